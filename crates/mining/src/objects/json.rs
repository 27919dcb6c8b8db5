//! OCEL 2.0 as JSON, in the order in which its parts come.

use std::fmt;
use std::io::Read;

use serde::de::{DeserializeSeed, Deserializer, Error, IgnoredAny, MapAccess, SeqAccess, Visitor};

use super::builder::ObjectLogBuilder;
use super::items::{EventItem, ObjectItem, TypeItem};
use super::tolerant::Tolerant;
use super::{Format, ObjectLog, ValueType, enough, format_of, xml};
use crate::read::{DateStyle, Decoder, ReadError, Report, Source, TimeZone, Utf8, parse_date, plural, unpacked};

/// How to read.
#[derive(Default)]
pub struct Options<'a> {
    /// The time zone of times written without an offset; `None` takes them as UTC.
    pub zone: Option<TimeZone>,
    /// Accept what is whole of a file that was cut off.
    pub partial: bool,
    /// Called with the number of bytes taken from the source so far (compressed bytes when it is gzipped).
    pub progress: Option<Box<dyn FnMut(u64) + Send + 'a>>,
}

/// Reads an OCEL 2.0 log as JSON or XML, plain or gzipped, told apart by their first bytes.
///
/// # Errors
/// When it is neither, is broken, or is cut off and [`Options::partial`] is not set.
pub fn read<'a>(source: impl Read + Send + 'a, mut options: Options<'a>) -> Result<(ObjectLog, Report), ReadError> {
    let (first, source) = enough(unpacked(Box::new(source), options.progress.take())?)?;
    let mut builder = ObjectLogBuilder::default();
    match format_of(&first) {
        Some(Format::Json) => json(&first, source, &options, &mut builder)?,
        Some(Format::Xml) => xml::xml(&first, source, &options, &mut builder)?,
        Some(Format::Sqlite) => return Err(ReadError::IsDatabase),
        None => {
            let reason = "it begins neither as OCEL 2.0 JSON ({) nor as OCEL 2.0 XML (<log> with <object-types>)";
            return Err(ReadError::NotObjects { reason: reason.into() });
        }
    }
    Ok(builder.finish())
}

fn json(first: &[u8], source: Source<'_>, options: &Options<'_>, into: &mut ObjectLogBuilder) -> Result<(), ReadError> {
    let mut source = Tolerant::new(Utf8::new(Decoder::new(first, source)));
    let buffered = std::io::BufReader::with_capacity(1 << 17, &mut source);
    let mut from = serde_json::Deserializer::from_reader(buffered);
    let result = Whole { into, zone: options.zone.as_ref() }.deserialize(&mut from).and_then(|()| from.end());
    let decoder = &source.source.decoder;
    if let Some(note) = decoder.note() {
        into.report.note(&note);
    }
    if source.replaced > 0 {
        let values = plural(source.replaced, "value");
        into.report.note(&format!("{values} that JSON does not have (NaN, Infinity) taken as missing"));
    }
    let (place, cut) = match &result {
        Ok(()) if decoder.broken => ("at the end of the packed stream, which is not whole".to_owned(), true),
        Ok(()) => return Ok(()),
        Err(error) => (format!("at line {}, column {}", error.line(), error.column()), error.is_eof()),
    };
    let events = into.report.events;
    if cut {
        if !options.partial {
            return Err(ReadError::CutOff { place, events });
        }
        into.report.cut_off = Some(place);
        return Ok(());
    }
    let Err(error) = result else { return Ok(()) };
    if error.is_io() {
        return Err(ReadError::Io(error.into()));
    }
    let said = error.to_string();
    let reason = said.rsplit_once(" at line ").map_or(said.as_str(), |(reason, _)| reason).to_owned();
    Err(ReadError::Json { place, reason, events })
}

struct Whole<'a> {
    into: &'a mut ObjectLogBuilder,
    zone: Option<&'a TimeZone>,
}

impl<'de> DeserializeSeed<'de> for Whole<'_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, from: D) -> Result<(), D::Error> {
        from.deserialize_map(self)
    }
}

impl<'de> Visitor<'de> for Whole<'_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object with eventTypes, objectTypes, events and objects")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<(), A::Error> {
        let mut found = false;
        while let Some(key) = map.next_key::<String>()? {
            let list = match key.as_str() {
                "eventTypes" => List::EventTypes,
                "objectTypes" => List::ObjectTypes,
                "events" => List::Events,
                "objects" => List::Objects,
                "ocel:global-log" | "ocel:events" | "ocel:objects" => {
                    return Err(A::Error::custom("it is OCEL 1.0; save it as OCEL 2.0 (pm4py can)"));
                }
                _ => {
                    map.next_value::<IgnoredAny>()?;
                    continue;
                }
            };
            found = true;
            map.next_value_seed(Items { list, into: &mut *self.into, zone: self.zone })?;
        }
        if found { Ok(()) } else { Err(A::Error::custom("it has none of eventTypes, objectTypes, events, objects")) }
    }
}

#[derive(Debug, Clone, Copy)]
enum List {
    EventTypes,
    ObjectTypes,
    Events,
    Objects,
}

/// One of the four lists, item by item.
struct Items<'a> {
    list: List,
    into: &'a mut ObjectLogBuilder,
    zone: Option<&'a TimeZone>,
}

impl<'de> DeserializeSeed<'de> for Items<'_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, from: D) -> Result<(), D::Error> {
        from.deserialize_seq(self)
    }
}

impl<'de> Visitor<'de> for Items<'_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a list")
    }

    fn visit_seq<A: SeqAccess<'de>>(mut self, mut list: A) -> Result<(), A::Error> {
        match self.list {
            List::EventTypes => {
                while let Some(kind) = list.next_element::<TypeItem>()? {
                    let attributes = kind.attributes.unwrap_or_default();
                    self.into
                        .event_type(&kind.name, attributes.into_iter().map(|a| (a.name, ValueType::of(&a.r#type))));
                }
            }
            List::ObjectTypes => {
                while let Some(kind) = list.next_element::<TypeItem>()? {
                    let attributes = kind.attributes.unwrap_or_default();
                    let attributes = attributes.into_iter().map(|a| (a.name, ValueType::of(&a.r#type)));
                    self.into.object_type(&kind.name, attributes);
                }
            }
            List::Events => {
                while let Some(event) = list.next_element::<EventItem>()? {
                    self.event(event);
                }
            }
            List::Objects => {
                while let Some(object) = list.next_element::<ObjectItem>()? {
                    self.object(object);
                }
            }
        }
        Ok(())
    }
}

impl Items<'_> {
    fn event(&mut self, event: EventItem) {
        let place = || format!("event \"{}\"", event.id.0);
        let Some(time) = &event.time else {
            return self.into.report.refuse(place(), "it has no time".into());
        };
        let Some(time) = parse_date(time.0.trim(), DateStyle::YearFirst, self.zone) else {
            let reason = format!("the time \"{}\" is not an ISO 8601 time", time.0);
            return self.into.report.refuse(place(), reason);
        };
        let Some(number) = self.into.event(&event.id.0, &event.r#type, time) else { return };
        for attribute in event.attributes {
            match attribute.value.value() {
                Ok(Some(value)) => self.into.event_value(number, &attribute.name, value),
                Ok(None) => {}
                Err(what) => self.into.report.incomplete(
                    format!("event \"{}\"", event.id.0),
                    format!("its \"{}\" is {what}, which OCEL has no values of", attribute.name),
                ),
            }
        }
        for link in event.relationships.unwrap_or_default() {
            self.into.relate(number, &link.object_id.0, link.qualifier.as_deref().unwrap_or_default());
        }
    }

    fn object(&mut self, object: ObjectItem) {
        let Some(number) = self.into.object(&object.id.0, &object.r#type) else { return };
        for attribute in object.attributes {
            let since = attribute
                .time
                .as_ref()
                .map_or(Some(0), |time| parse_date(time.0.trim(), DateStyle::YearFirst, self.zone));
            let place = || format!("object \"{}\"", object.id.0);
            let Some(since) = since else {
                let time = attribute.time.as_ref().map(|time| time.0.as_str()).unwrap_or_default();
                let reason = format!("its \"{}\" has the time \"{time}\", which is no time", attribute.name);
                self.into.report.incomplete(place(), reason);
                continue;
            };
            match attribute.value.value() {
                Ok(Some(value)) => self.into.object_value(number, &attribute.name, since, value),
                Ok(None) => {}
                Err(what) => self
                    .into
                    .report
                    .incomplete(place(), format!("its \"{}\" is {what}, which OCEL has no values of", attribute.name)),
            }
        }
        for link in object.relationships.unwrap_or_default() {
            self.into.relate_objects(number, &link.object_id.0, link.qualifier.as_deref().unwrap_or_default());
        }
    }
}

//! OCEL 2.0 as JSON, in the order in which its parts come.

use std::fmt;
use std::io::Read;

use serde::Deserialize;
use serde::de::{DeserializeSeed, Deserializer, Error, IgnoredAny, MapAccess, SeqAccess, Visitor};

use super::builder::ObjectLogBuilder;
use super::{Format, ObjectLog, Value, ValueType, format_of, xml};
use crate::read::{DateStyle, ReadError, Report, TimeZone, parse_date, unpacked};

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
    let (first, source) = unpacked(Box::new(source), options.progress.take())?;
    let mut builder = ObjectLogBuilder::default();
    match format_of(&first) {
        Some(Format::Json) => json(source, &options, &mut builder)?,
        Some(Format::Xml) => xml::xml(&first, source, &options, &mut builder)?,
        Some(Format::Sqlite) => return Err(ReadError::IsDatabase),
        None => {
            let reason = "it begins neither as OCEL 2.0 JSON ({) nor as OCEL 2.0 XML (<log> with <object-types>)";
            return Err(ReadError::NotObjects { reason: reason.into() });
        }
    }
    Ok(builder.finish())
}

fn json(source: impl Read, options: &Options<'_>, into: &mut ObjectLogBuilder) -> Result<(), ReadError> {
    let source = std::io::BufReader::with_capacity(1 << 17, source);
    let mut from = serde_json::Deserializer::from_reader(source);
    let result = Whole { into, zone: options.zone.as_ref() }.deserialize(&mut from).and_then(|()| from.end());
    let Err(error) = result else { return Ok(()) };
    let place = format!("at line {}, column {}", error.line(), error.column());
    let events = into.report.events;
    match error.classify() {
        serde_json::error::Category::Io
            if !matches!(error.io_error_kind(), Some(std::io::ErrorKind::UnexpectedEof)) =>
        {
            Err(ReadError::Io(error.into()))
        }
        serde_json::error::Category::Io | serde_json::error::Category::Eof => {
            if !options.partial {
                return Err(ReadError::CutOff { place, events });
            }
            into.report.cut_off = Some(place);
            Ok(())
        }
        _ => {
            let said = error.to_string();
            let reason = said.rsplit_once(" at line ").map_or(said.as_str(), |(reason, _)| reason).to_owned();
            Err(ReadError::Json { place, reason, events })
        }
    }
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
        let Some(time) = parse_date(event.time.trim(), DateStyle::YearFirst, self.zone) else {
            let reason = format!("the time \"{}\" is not an ISO 8601 time", event.time);
            return self.into.report.refuse(format!("event \"{}\"", event.id), reason);
        };
        let Some(number) = self.into.event(&event.id, &event.r#type, time) else { return };
        for attribute in event.attributes.unwrap_or_default() {
            if let Some(value) = attribute.value.value() {
                self.into.event_value(number, &attribute.name, value);
            }
        }
        for link in event.relationships.unwrap_or_default() {
            self.into.relate(number, &link.object_id, link.qualifier.as_deref().unwrap_or_default());
        }
    }

    fn object(&mut self, object: ObjectItem) {
        let Some(number) = self.into.object(&object.id, &object.r#type) else { return };
        for attribute in object.attributes.unwrap_or_default() {
            let since = attribute
                .time
                .as_deref()
                .map_or(Some(0), |time| parse_date(time.trim(), DateStyle::YearFirst, self.zone));
            let Some(since) = since else {
                let reason = format!("\"{}\" has the time {:?}, which is no time", attribute.name, attribute.time);
                self.into.report.incomplete(format!("object \"{}\"", object.id), reason);
                continue;
            };
            if let Some(value) = attribute.value.value() {
                self.into.object_value(number, &attribute.name, since, value);
            }
        }
        for link in object.relationships.unwrap_or_default() {
            self.into.relate_objects(number, &link.object_id, link.qualifier.as_deref().unwrap_or_default());
        }
    }
}

#[derive(Deserialize)]
struct TypeItem {
    name: String,
    attributes: Option<Vec<Declared>>,
}

#[derive(Deserialize)]
struct Declared {
    name: String,
    r#type: String,
}

#[derive(Deserialize)]
struct EventItem {
    id: String,
    r#type: String,
    time: String,
    attributes: Option<Vec<Attribute>>,
    relationships: Option<Vec<Link>>,
}

#[derive(Deserialize)]
struct ObjectItem {
    id: String,
    r#type: String,
    attributes: Option<Vec<Attribute>>,
    relationships: Option<Vec<Link>>,
}

#[derive(Deserialize)]
struct Attribute {
    name: String,
    time: Option<String>,
    value: Scalar,
}

#[derive(Deserialize)]
struct Link {
    #[serde(rename = "objectId")]
    object_id: String,
    qualifier: Option<String>,
}

#[derive(Deserialize)]
#[serde(untagged)]
enum Scalar {
    Boolean(bool),
    Integer(i64),
    Float(f64),
    Text(String),
    Nothing(()),
}

impl Scalar {
    fn value(&self) -> Option<Value<'_>> {
        Some(match self {
            Self::Boolean(truth) => Value::Boolean(*truth),
            Self::Integer(number) => Value::Integer(*number),
            Self::Float(number) => Value::Float(*number),
            Self::Text(text) => Value::Text(text),
            Self::Nothing(()) => return None,
        })
    }
}

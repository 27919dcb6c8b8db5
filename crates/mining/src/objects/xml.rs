//! OCEL 2.0 as XML. Element names count without their namespace prefix.

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event as Xml};

use super::builder::ObjectLogBuilder;
use super::json::Options;
use super::{Value, ValueType};
use crate::read::{DateStyle, Decoder, ReadError, Source, Utf8, parse_date, xml_value};

/// Lists and items, by depth.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Open {
    Log,
    EventTypes,
    ObjectTypes,
    EventType,
    ObjectType,
    Events,
    Objects,
    Event,
    Object,
    /// `attributes` inside an event or object, and `attribute` inside it.
    Attributes,
    Attribute,
    /// `objects` inside an event or object.
    Relations,
    Other,
}

pub(super) fn xml(
    first: &[u8],
    source: Source<'_>,
    options: &Options<'_>,
    into: &mut ObjectLogBuilder,
) -> Result<(), ReadError> {
    let mut reading = Reading {
        options,
        into,
        open: Vec::new(),
        kind: (String::new(), Vec::new()),
        number: None,
        attribute: (String::new(), None),
        text: String::new(),
        older: false,
        done: false,
    };
    let mut xml = Reader::from_reader(Utf8::new(Decoder::of_xml(first, source)));
    let mut bytes = Vec::new();
    while !reading.done {
        bytes.clear();
        if reading.older {
            return Err(ReadError::NotObjects { reason: "it is OCEL 1.0; save it as OCEL 2.0 (pm4py can)".into() });
        }
        match xml.read_event_into(&mut bytes) {
            Ok(Xml::Start(element)) => reading.start(&element),
            Ok(Xml::Empty(element)) => {
                reading.start(&element);
                reading.end();
            }
            Ok(Xml::End(_)) => reading.end(),
            Ok(Xml::Text(part)) => reading.text(&part),
            Ok(Xml::CData(part)) => reading.text(&part),
            Ok(Xml::GeneralRef(part)) => {
                let reference = format!("&{};", &*part);
                reading.text(&quick_xml::escape::unescape(&reference).unwrap_or_default());
            }
            Ok(Xml::Eof) => return reading.cut_off(xml.buffer_position()),
            Ok(_) => {}
            Err(quick_xml::Error::Io(error)) => {
                return Err(ReadError::Io(std::io::Error::new(error.kind(), error)));
            }
            Err(_) if xml.get_mut().is_empty() => return reading.cut_off(xml.buffer_position()),
            Err(error) => {
                let place = format!("at byte {} of the unpacked text", xml.buffer_position());
                return Err(ReadError::Xml { place, reason: error.to_string(), events: reading.into.report.events });
            }
        }
    }
    if let Some(note) = xml.get_mut().decoder.note() {
        reading.into.report.note(&note);
    }
    Ok(())
}

struct Reading<'a, 'b> {
    options: &'a Options<'b>,
    into: &'a mut ObjectLogBuilder,
    open: Vec<Open>,
    /// The type that is being declared.
    kind: (String, Vec<(String, ValueType)>),
    /// The event or object that is open; `None` when it was refused.
    number: Option<u32>,
    /// The attribute that is open: name and time.
    attribute: (String, Option<String>),
    text: String,
    /// Whether it is OCEL 1.0, which has globals as XES has them.
    older: bool,
    done: bool,
}

impl Reading<'_, '_> {
    fn start(&mut self, element: &BytesStart<'_>) {
        let name = element.local_name();
        let around = self.open.last().copied();
        let open = match (around, name.as_ref()) {
            (None, "log") => Open::Log,
            (Some(Open::Log), "global") => {
                self.older = true;
                Open::Other
            }
            (Some(Open::Log), "event-types") => Open::EventTypes,
            (Some(Open::Log), "object-types") => Open::ObjectTypes,
            (Some(Open::Log), "events") => Open::Events,
            (Some(Open::Log), "objects") => Open::Objects,
            (Some(Open::EventTypes), "event-type") => {
                self.kind = (xml_value(element, "name"), Vec::new());
                Open::EventType
            }
            (Some(Open::ObjectTypes), "object-type") => {
                self.kind = (xml_value(element, "name"), Vec::new());
                Open::ObjectType
            }
            (Some(Open::Events), "event") => {
                self.event(element);
                Open::Event
            }
            (Some(Open::Objects), "object") => {
                self.number = self.into.object(&xml_value(element, "id"), &xml_value(element, "type"));
                Open::Object
            }
            (Some(Open::EventType | Open::ObjectType | Open::Event | Open::Object), "attributes") => Open::Attributes,
            (Some(Open::Event | Open::Object), "objects") => Open::Relations,
            (Some(Open::Attributes), "attribute") => {
                let name = xml_value(element, "name");
                if matches!(self.outer(), Some(Open::EventType | Open::ObjectType)) {
                    self.kind.1.push((name, ValueType::of(&xml_value(element, "type"))));
                    Open::Other
                } else {
                    self.attribute = (name, Some(xml_value(element, "time")).filter(|time| !time.is_empty()));
                    self.text.clear();
                    Open::Attribute
                }
            }
            // `relationship` in the standard, `relobj` and `object` in older files: what matters is the id.
            (Some(Open::Relations), _) => {
                let (other, qualifier) = (xml_value(element, "object-id"), xml_value(element, "qualifier"));
                match (self.number, self.outer()) {
                    (Some(event), Some(Open::Event)) => self.into.relate(event, &other, &qualifier),
                    (Some(object), Some(Open::Object)) => self.into.relate_objects(object, &other, &qualifier),
                    _ => {}
                }
                Open::Other
            }
            _ => Open::Other,
        };
        self.open.push(open);
    }

    /// What the innermost open element is in.
    fn outer(&self) -> Option<Open> {
        self.open.iter().rev().nth(1).copied()
    }

    fn event(&mut self, element: &BytesStart<'_>) {
        let (id, time) = (xml_value(element, "id"), xml_value(element, "time"));
        let parsed = parse_date(time.trim(), DateStyle::YearFirst, self.options.zone.as_ref());
        self.number = if let Some(parsed) = parsed {
            self.into.event(&id, &xml_value(element, "type"), parsed)
        } else {
            let reason = format!("the time \"{time}\" is not an ISO 8601 time");
            self.into.report.refuse(format!("event \"{id}\""), reason);
            None
        };
    }

    fn text(&mut self, part: &str) {
        if self.open.last() == Some(&Open::Attribute) {
            self.text.push_str(part);
        }
    }

    fn end(&mut self) {
        match self.open.pop() {
            Some(Open::EventType) => self.into.event_type(&self.kind.0, std::mem::take(&mut self.kind.1)),
            Some(Open::ObjectType) => self.into.object_type(&self.kind.0, std::mem::take(&mut self.kind.1)),
            Some(Open::Attribute) => self.attribute(),
            _ => {}
        }
        self.done = self.open.is_empty();
    }

    fn attribute(&mut self) {
        let Some(number) = self.number else { return };
        let (name, time) = &self.attribute;
        let value = Value::Text(&self.text);
        if self.outer() == Some(Open::Event) {
            self.into.event_value(number, name, value);
            return;
        }
        let zone = self.options.zone.as_ref();
        let since = time.as_deref().map_or(Some(0), |time| parse_date(time.trim(), DateStyle::YearFirst, zone));
        if let Some(since) = since {
            self.into.object_value(number, name, since, value);
        } else {
            let time = time.as_deref().unwrap_or_default();
            let reason = format!("its \"{name}\" has the time \"{time}\", which is no time");
            self.into.report.incomplete(format!("object number {}", number + 1), reason);
        }
    }

    fn cut_off(&mut self, byte: u64) -> Result<(), ReadError> {
        let place = format!("at byte {byte} of the unpacked text");
        if !self.options.partial {
            return Err(ReadError::CutOff { place, events: self.into.report.events });
        }
        self.into.report.cut_off = Some(place);
        Ok(())
    }
}

//! XES (IEEE 1849): traces of events with typed attributes, as XML.
//!
//! Element names count without their namespace prefix, so files with missing or odd namespaces are read too. An event's
//! activity is its `concept:name`, or, where that is missing (or [`super::ActivityFrom`] asks for it), the values that a
//! classifier of the log names. An event whose time cannot be read is handed out without a time and counted as incomplete.

mod ahead;
mod declared;
mod own;
mod plain;

use quick_xml::errors::IllFormedError::MismatchedEndTag;
use quick_xml::events::{BytesStart, Event as Xml};
use quick_xml::{Error, Reader, XmlVersion};

use super::ActivityFrom;
use super::attributes::{Attributes, Buffer, Kind};
use super::decode::{Decoder, Utf8};
use super::report::plural;
use super::source::Source;
use super::{DateStyle, Event, Options, ReadError, Report, date};
use declared::{Declared, kind_of};
use own::Own;
use plain::Plain;

/// Longest name of a case that is kept: it is handed out with each of its events.
const LONGEST_NAME: usize = 1000;
/// Deepest list in a list whose key is part of the keys inside it, and longest such key.
const DEEPEST: usize = 32;
const LONGEST_PREFIX: usize = 1000;

/// A XES log being read.
pub struct XesReader<'a> {
    xml: Reader<Utf8<'a>>,
    bytes: Vec<u8>,
    /// Bytes that were read past the parser.
    passed: u64,
    /// Whether the present event's beginning was read past the parser, so that its end must be too.
    own_event: bool,
    /// Whether what is plain is read past the parser; a test turns it off.
    past: bool,
    inside: Inside<'a>,
}

/// Where in the log the reader is, and what it has of the present trace and event.
struct Inside<'a> {
    options: Options<'a>,
    report: Report,
    level: Level,
    /// Keys of the attributes that are open around the present one, each followed by `/`, and where each begins.
    prefix: String,
    open: Vec<usize>,
    declared: Declared,
    /// Events that took something from a global.
    defaulted: u64,
    last_case: String,
    trace: u64,
    event: u64,
    case: String,
    case_attributes: Buffer,
    own: Own,
    attributes: Buffer,
}

/// What the parser is directly inside of, apart from attributes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Level {
    Before,
    Log,
    Trace,
    Event,
    Done,
}

impl<'a> XesReader<'a> {
    /// The source must be unpacked already; [`super::open`] does that.
    pub(super) fn new(first: &[u8], source: Source<'a>, options: Options<'a>) -> Self {
        Self {
            xml: Reader::from_reader(Utf8::new(Decoder::new(first, source))),
            bytes: Vec::new(),
            passed: 0,
            own_event: false,
            past: true,
            inside: Inside::new(options),
        }
    }

    /// What was read and what was not, so far.
    pub fn report(&self) -> &Report {
        &self.inside.report
    }

    pub(super) fn note(&mut self, note: &str) {
        self.inside.report.note(note);
    }

    /// The next event; `None` at the end.
    pub fn next_event(&mut self) -> Result<Option<Event<'_>>, ReadError> {
        if !self.advance()? {
            let inside = &mut self.inside;
            if self.xml.get_mut().decoder.not_utf8 {
                inside.report.note("some text is not UTF-8; it was taken as Windows-1252 (check names with accents)");
            }
            if inside.defaulted > 0 {
                let note = format!("{} took a value from the log's globals", plural(inside.defaulted, "event"));
                inside.report.note(&note);
            }
            return Ok(None);
        }
        let inside = &self.inside;
        let attributes = if inside.options.attributes {
            Attributes::new(Some(&inside.case_attributes), &inside.attributes)
        } else {
            Attributes::default()
        };
        Ok(Some(Event {
            case: &inside.case,
            activity: inside.own.activity.get().unwrap_or_default(),
            time: inside.own.time,
            resource: inside.own.resource.get(),
            lifecycle: inside.own.lifecycle.get(),
            attributes,
        }))
    }

    /// Parses to the end of the next event that can be handed out.
    fn advance(&mut self) -> Result<bool, ReadError> {
        let mut bytes = std::mem::take(&mut self.bytes);
        while self.inside.level != Level::Done {
            // The parser sees the first tag, and then what is not plain.
            let plain = if self.inside.level == Level::Before || !self.past { Ok(Plain::Rest) } else { self.plain() };
            let inside = &mut self.inside;
            bytes.clear();
            let ready = match plain {
                Ok(Plain::Event) => Ok(true),
                Ok(Plain::CutOff) => self.cut_off().map(|()| false),
                Ok(Plain::Rest) => match self.xml.read_event_into(&mut bytes) {
                    Ok(Xml::Start(element)) => inside.start(&element).map(|()| false),
                    Ok(Xml::Empty(element)) => inside.start(&element).map(|()| inside.end()),
                    Ok(Xml::End(_)) => Ok(inside.end()),
                    Ok(Xml::Eof) => self.cut_off().map(|()| false),
                    Ok(_) => Ok(false),
                    Err(error) => self.failed(error).map(|()| false),
                },
                Err(error) => self.failed(error).map(|()| false),
            }?;
            if ready {
                self.bytes = bytes;
                return Ok(true);
            }
        }
        Ok(false)
    }

    fn failed(&mut self, error: Error) -> Result<(), ReadError> {
        match error {
            Error::Io(error) => {
                self.inside.level = Level::Done;
                Err(ReadError::Io(std::io::Error::new(error.kind(), error)))
            }
            // A tag that is whole and wrong is not the fault of the end that follows it.
            error if self.xml.get_mut().is_empty() && !matches!(error, Error::IllFormed(MismatchedEndTag { .. })) => {
                self.cut_off()
            }
            error => {
                let place = self.place();
                self.inside.level = Level::Done;
                Err(ReadError::Xml { place, reason: error.to_string(), events: self.inside.report.events })
            }
        }
    }

    fn cut_off(&mut self) -> Result<(), ReadError> {
        let place = self.place();
        let before = self.inside.level == Level::Before;
        self.inside.level = Level::Done;
        if before && !self.xml.get_mut().decoder.broken {
            return Err(ReadError::Empty { reason: "it has no <log> in it" });
        }
        if !self.inside.options.partial {
            return Err(ReadError::CutOff { place, events: self.inside.report.events });
        }
        self.inside.report.cut_off = Some(place);
        Ok(())
    }

    fn place(&self) -> String {
        let byte = self.xml.buffer_position() + self.passed;
        let inside = match self.inside.level {
            Level::Event => {
                format!("inside trace {} (\"{}\"), event {},", self.inside.trace, self.inside.case, self.inside.event)
            }
            Level::Trace => format!(
                "inside trace {} (\"{}\"), after event {},",
                self.inside.trace, self.inside.case, self.inside.event
            ),
            _ if self.inside.trace > 0 => format!("after trace {},", self.inside.trace),
            _ => "before the first trace,".to_owned(),
        };
        format!("{inside} at byte {byte} of the unpacked text")
    }
}

impl<'a> Inside<'a> {
    fn new(options: Options<'a>) -> Self {
        Self {
            options,
            report: Report::default(),
            level: Level::Before,
            prefix: String::new(),
            open: Vec::new(),
            declared: Declared::default(),
            defaulted: 0,
            last_case: String::new(),
            trace: 0,
            event: 0,
            case: String::new(),
            case_attributes: Buffer::default(),
            own: Own::default(),
            attributes: Buffer::default(),
        }
    }

    fn start(&mut self, element: &BytesStart<'_>) -> Result<(), ReadError> {
        let name = element.local_name();
        let name = name.as_ref();
        let outside = self.open.is_empty();
        match (self.level, name) {
            (Level::Before, "log") => self.level = Level::Log,
            (Level::Before, other) => {
                self.level = Level::Done;
                return Err(ReadError::NotXes { root: other.to_owned() });
            }
            (Level::Log, "trace") if outside => {
                self.level = Level::Trace;
                self.trace += 1;
                self.event = 0;
                self.case = format!("trace {}", self.trace);
                self.case_attributes.clear();
            }
            (Level::Trace, "event") if outside => self.begin_event(),
            (Level::Log, "object-types" | "event-types") if outside => {
                self.level = Level::Done;
                return Err(ReadError::IsObjects);
            }
            (Level::Log, "classifier") => {
                self.declared.classifier(element, &self.options.activity);
                self.enter("");
            }
            (Level::Log, "global") if outside => {
                self.declared.enter_global(element);
                self.enter("");
            }
            (Level::Log, _) => {
                if self.options.defaults && self.open.len() == 1 {
                    self.declared.global_attribute(name, element);
                }
                self.enter("");
            }
            (Level::Done, _) => self.enter(""),
            (Level::Trace | Level::Event, _) => self.attribute(name, element),
        }
        Ok(())
    }

    fn attribute(&mut self, name: &str, element: &BytesStart<'_>) {
        // `values` inside a list, and anything else, only groups what is inside it.
        let Some(kind) = kind_of(name) else { return self.enter("") };
        let key = value_of(element, "key");
        self.take(kind, &key, &value_of(element, "value"));
        self.enter(&key);
    }

    fn begin_event(&mut self) {
        self.level = Level::Event;
        self.event += 1;
        self.own.clear();
        self.attributes.clear();
    }

    /// Takes an attribute of the present trace or event.
    fn take(&mut self, kind: Kind, key: &str, value: &str) {
        let direct = self.open.is_empty();
        match (self.level, key) {
            (Level::Trace, "concept:name") if direct && value.len() > LONGEST_NAME => {
                self.report.note("a trace has a name longer than 1000 bytes; its number stands for it");
            }
            (Level::Trace, "concept:name") if direct && self.event > 0 => {
                self.report.note("a trace has its name after its events; its number stands for it");
            }
            (Level::Trace, "concept:name") if direct => {
                self.case.clear();
                self.case.push_str(value);
                if self.case == self.last_case {
                    self.report.note("several traces have the same name; they are taken as one case");
                }
                self.last_case.clone_from(&self.case);
            }
            (Level::Trace, _) => self.case_attributes.push(&["case:", &self.prefix, key], value, kind),
            (_, "concept:name") if direct => self.own.activity.set(value),
            (_, "time:timestamp") if direct => {
                self.own.time = date::parse(value.trim(), DateStyle::YearFirst, self.options.zone.as_ref());
                self.own.bad_time = self.own.time.is_none().then(|| value.to_owned());
            }
            (_, "org:resource") if direct => {
                self.own.resource.set(value);
                self.own.resource.full = !value.is_empty();
            }
            (_, "lifecycle:transition") if direct => {
                self.own.lifecycle.set(value);
                self.own.lifecycle.full = !value.is_empty();
            }
            _ => self.attributes.push(&[&self.prefix, key], value, kind),
        }
    }

    /// Goes inside an attribute (or anything that is not a log, trace or event).
    fn enter(&mut self, key: &str) {
        self.open.push(self.prefix.len());
        if !key.is_empty() && self.open.len() <= DEEPEST && self.prefix.len() + key.len() < LONGEST_PREFIX {
            self.prefix.push_str(key);
            self.prefix.push('/');
        }
    }

    /// Leaves an element; whether an event is ready.
    fn end(&mut self) -> bool {
        if let Some(length) = self.open.pop() {
            self.prefix.truncate(length);
            if self.open.is_empty() {
                self.declared.leave_global();
            }
            return false;
        }
        match self.level {
            Level::Event => {
                self.level = Level::Trace;
                self.finish()
            }
            Level::Trace => {
                self.level = Level::Log;
                false
            }
            _ => {
                self.level = Level::Done;
                false
            }
        }
    }

    /// Completes the event that was just left; whether it can be handed out.
    fn finish(&mut self) -> bool {
        if self.options.defaults {
            self.fill();
        }
        let wanted = self.declared.wanted(&self.options.activity);
        if self.options.activity != ActivityFrom::Name && wanted.is_none() {
            self.report.note("the log has no such classifier; concept:name is the activity");
        }
        let wanted = wanted.or_else(|| (!self.own.activity.full).then(|| self.declared.first()));
        if let Some(keys) = wanted {
            let view = Attributes::new(None, &self.attributes);
            let of = |key: &str| match key {
                "concept:name" => self.own.activity.get(),
                "org:resource" => self.own.resource.get(),
                "lifecycle:transition" => self.own.lifecycle.get(),
                _ => view.get(key),
            };
            let parts: Vec<&str> = keys.iter().filter_map(|key| of(key)).collect();
            let (named, name) = (!parts.is_empty(), parts.join("+"));
            self.own.activity.set(&name);
            self.own.activity.full = named;
        }
        if !self.own.activity.full {
            let place = format!("trace {} (\"{}\"), event {}", self.trace, self.case, self.event);
            self.report.refuse(place, "it has no concept:name, so no activity".into());
            return false;
        }
        if self.own.time.is_none() {
            let place = format!("trace {} (\"{}\"), event {}", self.trace, self.case, self.event);
            let reason = self.own.bad_time.as_ref().map_or_else(
                || "it has no time:timestamp".to_owned(),
                |time| format!("the time \"{time}\" is not an ISO 8601 time"),
            );
            self.report.incomplete(place, reason);
        }
        self.report.events += 1;
        true
    }

    /// Takes from the log's globals what the event lacks.
    fn fill(&mut self) {
        let mut took = false;
        for (key, value, kind) in self.declared.of_event() {
            let own = match key.as_str() {
                "concept:name" => &mut self.own.activity,
                "org:resource" => &mut self.own.resource,
                "lifecycle:transition" => &mut self.own.lifecycle,
                "time:timestamp" => {
                    if self.own.time.is_none() && self.own.bad_time.is_none() {
                        self.own.time = date::parse(value.trim(), DateStyle::YearFirst, self.options.zone.as_ref());
                        took = true;
                    }
                    continue;
                }
                _ => {
                    if Attributes::new(None, &self.attributes).get(key).is_none() {
                        self.attributes.push(&[key], value, *kind);
                        took = true;
                    }
                    continue;
                }
            };
            if !own.full {
                own.set(value);
                took = true;
            }
        }
        // Once for each trace: it may have many attributes, and many events.
        if self.event == 1 {
            let known = Attributes::new(None, &self.case_attributes);
            let lacks = |key: &str| known.iter().all(|a| a.key.strip_prefix("case:") != Some(key));
            let lacking: Vec<_> =
                self.declared.of_trace().iter().filter(|(key, _, _)| key != "concept:name" && lacks(key)).collect();
            for (key, value, kind) in &lacking {
                self.case_attributes.push(&["case:", key], value, *kind);
            }
            took |= !lacking.is_empty();
        }
        self.defaulted += u64::from(took);
    }
}

/// The value of an XML attribute; empty when it is missing. A reference that cannot be resolved stays as written.
pub(crate) fn value_of(element: &BytesStart<'_>, name: &str) -> String {
    element
        .attributes()
        .with_checks(false)
        .flatten()
        .find(|attribute| attribute.key.as_ref() == name)
        .map(|attribute| {
            attribute
                .normalized_value(XmlVersion::Explicit1_0)
                .map_or_else(|_| attribute.value.clone().into_owned(), std::borrow::Cow::into_owned)
        })
        .unwrap_or_default()
}

//! XES (IEEE 1849): traces of events with typed attributes, as XML.
//!
//! Element names count without their namespace prefix, so files with missing or odd namespaces are read too. An event's
//! activity is its `concept:name`, or, where that is missing (or [`super::ActivityFrom`] asks for it), the values that a
//! classifier of the log names: all of them, else the event is refused. An event whose time cannot be read is handed out
//! without a time and counted as incomplete.
//!
//! Events come in the order of the file. Those of a trace without a name wait until its end, because its name may come
//! after them; with attributes those of any trace do, because its attributes may.

mod ahead;
mod declared;
mod end;
mod entities;
mod fill;
mod held;
mod keys;
mod names;
mod own;
mod plain;
mod take;
mod told;
mod value;

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event as Xml};

use super::ActivityFrom;
use super::attributes::{Attributes, Buffer};
use super::decode::{Decoder, Utf8};
use super::source::Source;
use super::{Event, Options, ReadError, Report};
use crate::log::Header;
use declared::{Declared, kind_of};
use entities::Entities;
use held::Held;
use keys::Keys;
use names::Numbers;
use own::Own;
use plain::Plain;
pub(crate) use value::value_of;
use value::value_with;

/// Deepest list in a list whose key is part of the keys inside it, and longest such key.
const DEEPEST: usize = 32;
const LONGEST_PREFIX: usize = 1000;

/// Before all times.
const FIRST: (i64, u32) = (i64::MIN, 0);

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
    keys: Keys,
    declared: Declared,
    entities: Entities,
    header: Header,
    /// Whether the present trace has a name; its events wait for its end; and its time ran back.
    named: bool,
    holding: bool,
    back: bool,
    /// The last time of the present trace.
    last_time: (i64, u32),
    held: Held,
    numbers: Numbers,
    /// Why reading stopped, while events still wait.
    failed: Option<ReadError>,
    /// The log ended, and all that follows it was looked at.
    whole: bool,
    drained: bool,
    /// Traces whose times run back, traces without events, and events that are in no trace.
    backwards: u64,
    empty: u64,
    /// Times without an offset.
    local: u64,
    astray: u64,
    /// Traces whose name another was given for want of one.
    twice: u64,
    /// Inside such an event.
    is_astray: bool,
    /// Events that took something from a global.
    defaulted: u64,
    /// Traces that did.
    case_defaulted: u64,
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
            xml: Reader::from_reader(Utf8::new(Decoder::of_xml(first, source))),
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
            self.drain()?;
            let note = self.xml.get_mut().decoder.note();
            self.inside.conclude(note);
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
            finer: inside.own.finer,
            resource: inside.own.resource.get(),
            lifecycle: inside.own.lifecycle.get(),
            attributes,
        }))
    }

    /// Parses to the end of the next event that can be handed out.
    fn advance(&mut self) -> Result<bool, ReadError> {
        if self.inside.held.next(&mut self.inside.own, &mut self.inside.attributes) {
            return Ok(true);
        }
        if let Some(error) = self.inside.failed.take() {
            return Err(error);
        }
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
                    Ok(Xml::DocType(text)) => {
                        inside.entities.declare(&text);
                        Ok(false)
                    }
                    Ok(_) => Ok(false),
                    Err(error) => self.failed(error).map(|()| false),
                },
                Err(error) => self.failed(error).map(|()| false),
            };
            match ready {
                Ok(false) => {}
                Ok(true) => {
                    self.bytes = bytes;
                    return Ok(true);
                }
                // What was whole before it comes first.
                Err(error) if self.inside.release() => {
                    self.inside.failed = Some(error);
                    return Ok(true);
                }
                Err(error) => return Err(error),
            }
        }
        Ok(self.inside.release())
    }
}

impl<'a> Inside<'a> {
    fn new(mut options: Options<'a>) -> Self {
        let key = options.mapping.activity.take().filter(|_| options.activity == ActivityFrom::Name);
        Self {
            keys: Keys::new(&mut options.mapping),
            options,
            report: Report::default(),
            level: Level::Before,
            prefix: String::new(),
            open: Vec::new(),
            declared: Declared::new(key),
            entities: Entities::default(),
            header: Header::default(),
            named: false,
            holding: false,
            back: false,
            last_time: FIRST,
            held: Held::default(),
            numbers: Numbers::default(),
            failed: None,
            whole: false,
            drained: false,
            backwards: 0,
            empty: 0,
            local: 0,
            astray: 0,
            twice: 0,
            is_astray: false,
            defaulted: 0,
            case_defaulted: 0,
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
                if let Some((name, known)) = self.declared.lacks(&self.options.activity) {
                    self.level = Level::Done;
                    return Err(ReadError::ClassifierUnknown { name, known });
                }
                self.begin_trace();
            }
            (Level::Trace, "event") if outside => self.begin_event(),
            // Types may be missing; OCEL 1.0 has none.
            (Level::Log, "object-types" | "event-types" | "events" | "objects") if outside => {
                self.level = Level::Done;
                return Err(ReadError::IsObjects);
            }
            (Level::Log, "event") if outside => {
                self.astray += 1;
                self.is_astray = true;
                self.enter("");
            }
            (Level::Log, "classifier") => {
                self.declared.classifier(element, &self.options.activity);
                self.head(element, |header, of| header.classifier(of("name"), of("scope"), of("keys")));
                self.enter("");
            }
            (Level::Log, "extension") if outside => {
                let of = |name: &str| value_of(element, name);
                self.keys.extension(&of("name"), &of("uri"), &of("prefix"));
                self.head(element, |header, of| header.extension(of("name"), of("prefix"), of("uri")));
                self.enter("");
            }
            (Level::Log, "global") if outside => {
                self.declared.enter_global(element);
                self.head(element, |header, of| header.global(of("scope")));
                self.enter("");
            }
            (Level::Log, _) => {
                if self.options.defaults && self.open.len() == 1 {
                    self.declared.global_attribute(name, element);
                }
                let kind = kind_of(name).filter(|_| self.options.attributes && !self.is_astray);
                let Some(kind) = kind else {
                    self.enter("");
                    return Ok(());
                };
                let key = value_of(element, "key");
                let inside = !outside && self.declared.is_inside();
                self.header.attribute(inside, &[&self.prefix, &key], &value_of(element, "value"), kind);
                self.enter(&key);
            }
            (Level::Done, _) => self.enter(""),
            (Level::Trace | Level::Event, _) => self.attribute(name, element),
        }
        Ok(())
    }

    fn attribute(&mut self, name: &str, element: &BytesStart<'_>) {
        // `values` inside a list, and anything else, only groups what is inside it.
        let Some(kind) = kind_of(name) else { return self.enter("") };
        let key = value_with(element, "key", &mut self.entities);
        let value = value_with(element, "value", &mut self.entities);
        self.take(kind, &key, &value);
        self.enter(&key);
    }

    /// Takes what the log says of itself, for who wants to write it again.
    fn head(&mut self, element: &BytesStart<'_>, take: impl FnOnce(&mut Header, &dyn Fn(&str) -> String)) {
        if self.options.attributes {
            take(&mut self.header, &|name| value_of(element, name));
        }
    }

    fn begin_trace(&mut self) {
        self.level = Level::Trace;
        self.trace += 1;
        self.event = 0;
        self.case = format!("trace {}", self.trace);
        self.case_attributes.clear();
        (self.named, self.holding, self.back, self.last_time) = (false, false, false, FIRST);
    }

    fn begin_event(&mut self) {
        self.level = Level::Event;
        if self.event == 0 {
            self.holding = self.options.attributes || !self.named;
        }
        self.event += 1;
        self.own.clear();
        self.attributes.clear();
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
                self.is_astray = false;
            }
            return false;
        }
        match self.level {
            Level::Event => {
                self.level = Level::Trace;
                if !self.finish() {
                    return false;
                }
                if self.holding {
                    let room = self.held.keep(&mut self.own, &mut self.attributes);
                    self.holding = room;
                    return !room && self.release();
                }
                true
            }
            Level::Trace => {
                self.level = Level::Log;
                self.empty += u64::from(self.event == 0);
                self.release()
            }
            _ => {
                self.level = Level::Done;
                self.whole = true;
                false
            }
        }
    }

    /// Completes the event that was just left; whether it can be handed out.
    fn finish(&mut self) -> bool {
        if self.options.defaults {
            self.fill();
        }
        self.know();
        let wanted = self.declared.wanted(&self.options.activity);
        if self.options.activity != ActivityFrom::Name && wanted.is_none() {
            self.report.note("the log has no such classifier; concept:name is the activity");
        }
        if let Some(keys) = wanted.or_else(|| (!self.own.activity.full).then(|| self.declared.first())) {
            // One that lacks a key would be taken for another: "complete" is no activity.
            let parts: Option<Vec<&str>> = keys.iter().map(|key| self.value(key)).collect();
            match parts.filter(|parts| !parts.is_empty()).map(|parts| parts.join("+")) {
                Some(name) => self.call(&name),
                None => return self.refuse(wanted.is_some()),
            }
        }
        if !self.own.activity.full {
            return self.refuse(false);
        }
        if let Some(time) = self.own.time {
            let time = (time, self.own.finer);
            if time < self.last_time && !self.back {
                self.back = true;
                self.backwards += 1;
            }
            self.last_time = time;
        } else {
            let place = format!("trace {} (\"{}\"), event {}", self.trace, self.case, self.event);
            let reason = self.own.bad_time.as_ref().map_or_else(
                || format!("it has no {}", self.keys.time.name),
                |time| format!("the time \"{time}\" is not an ISO 8601 time"),
            );
            self.report.incomplete(place, reason);
        }
        self.report.events += 1;
        true
    }
}

//! Object-centric logs: one event may concern a ticket, two persons and a notice at once (OCEL 2.0).
//!
//! [`ObjectLog`] holds events, objects, their types and attributes, which objects an event concerns (E2O) and which
//! objects belong together (O2O), in columns; codes stand for names. [`read`] takes JSON and XML, [`sqlite`] the third
//! format of the standard. What belongs to one object type is a plain log ([`ObjectLog::flatten`]), and honest about what
//! flattening bends ([`Flattened`]).
//!
//! Source of the formats: A. Berti et al., "OCEL (Object-Centric Event Log) 2.0 Specification", 2023, ocel-standard.org.
//! Times are kept in milliseconds; what is finer in a file is cut.
//!
//! ```
//! let json = r#"{
//!   "eventTypes": [{"name": "asked", "attributes": []}], "objectTypes": [{"name": "ticket", "attributes": []}],
//!   "objects": [{"id": "t1", "type": "ticket"}, {"id": "t2", "type": "ticket"}],
//!   "events": [{"id": "e1", "type": "asked", "time": "2026-03-02T09:00:00Z",
//!     "relationships": [{"objectId": "t1", "qualifier": "about"}, {"objectId": "t2", "qualifier": "about"}]}]
//! }"#;
//! let (log, report) = mining::objects::read(json.as_bytes(), Default::default())?;
//! assert!(report.is_clean());
//! let (tickets, bent) = log.flatten("ticket").expect("the type is there");
//! assert_eq!((tickets.cases(), tickets.events(), bent.converging_events), (2, 2, 1));
//! # Ok::<(), mining::read::ReadError>(())
//! ```

mod builder;
mod flatten;
mod items;
mod json;
#[cfg(feature = "sqlite")]
pub mod sqlite;
mod tolerant;
mod views;
mod write_json;
mod write_xml;
mod xml;

pub use builder::ObjectLogBuilder;
pub use flatten::Flat;
pub use json::{Options, read};
pub use views::{Flattened, ObjectStats, TypeCount, TypeView};
pub use write_json::json as write_json;
pub use write_xml::xml as write_xml;

use std::borrow::Cow;
use std::io::{self, Read};
use std::ops::Range;

use encoding_rs::{UTF_16BE, UTF_16LE};

use crate::log::Names;
use crate::read::{Source, peeked, unpacked};

/// How a file begins that holds an object-centric log.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// OCEL 2.0 as JSON.
    Json,
    /// OCEL 2.0 as XML.
    Xml,
    /// OCEL 2.0 as an SQLite database.
    Sqlite,
}

/// What the first bytes of a file (unpacked, some thousand of them) say; `None` for anything else.
pub fn format_of(first: &[u8]) -> Option<Format> {
    if first.starts_with(b"SQLite format 3\0") {
        return Some(Format::Sqlite);
    }
    let text = &*text_of(first);
    let has = |word: &str| text.contains(word);
    let mut rest = text.bytes();
    match rest.next() {
        // An object, with a key or without: a table may begin with a brace too.
        Some(b'{') if matches!(rest.find(|byte| !byte.is_ascii_whitespace()), None | Some(b'"' | b'}')) => {
            Some(Format::Json)
        }
        // Types may be left out, or come last.
        Some(b'<') if ["<object-types", "<event-types", "<events", "<objects"].into_iter().any(has) => {
            Some(Format::Xml)
        }
        _ => None,
    }
}

/// The first bytes as text, without mark and space before it.
fn text_of(first: &[u8]) -> Cow<'_, str> {
    let text = match first {
        [0xFF, 0xFE, rest @ ..] => UTF_16LE.decode_without_bom_handling(rest).0,
        [0xFE, 0xFF, rest @ ..] => UTF_16BE.decode_without_bom_handling(rest).0,
        _ => String::from_utf8_lossy(first),
    };
    let is_before = |letter: char| letter == '\u{feff}' || letter.is_ascii_whitespace();
    if text.starts_with(is_before) { text.trim_start_matches(is_before).to_owned().into() } else { text }
}

/// How much may stand before the first element of an XML file that says what it is.
const PREAMBLE: usize = 1 << 18;

/// More of the first bytes, where those of an XML file do not say yet what it is: a long comment may come first.
pub(crate) fn enough((first, source): (Vec<u8>, Source<'_>)) -> io::Result<(Vec<u8>, Source<'_>)> {
    const TELLING: [&str; 8] =
        ["<object-types", "<event-types", "<trace", "<extension", "<classifier", "<global", "<string", "<html"];
    let long = first.len() >= 4096 && {
        let text = text_of(&first);
        text.starts_with('<') && !TELLING.iter().any(|word| text.contains(word))
    };
    if long { peeked(source, PREAMBLE) } else { Ok((first, source)) }
}

/// The format of a file, gzipped or not; `None` of anything else.
///
/// # Errors
/// When its first bytes cannot be read.
pub fn format_in<'a>(source: impl Read + Send + 'a) -> io::Result<Option<Format>> {
    Ok(format_of(&enough(unpacked(Box::new(source), None)?)?.0))
}

/// What an attribute is declared to be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ValueType {
    /// Text.
    String,
    /// An instant.
    Time,
    /// A whole number.
    Integer,
    /// A decimal number.
    Float,
    /// True or false.
    Boolean,
}

impl ValueType {
    /// Its name in OCEL 2.0.
    pub fn name(self) -> &'static str {
        match self {
            Self::String => "string",
            Self::Time => "time",
            Self::Integer => "integer",
            Self::Float => "float",
            Self::Boolean => "boolean",
        }
    }

    /// The type of an OCEL name, and of what programs write instead; text for anything else.
    pub fn of(name: &str) -> Self {
        match name.trim().to_ascii_lowercase().as_str() {
            "time" | "date" | "timestamp" | "datetime" => Self::Time,
            "integer" | "int" | "bigint" => Self::Integer,
            "float" | "double" | "real" => Self::Float,
            "boolean" | "bool" => Self::Boolean,
            _ => Self::String,
        }
    }
}

/// A value of an attribute.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Value<'a> {
    /// Text.
    Text(&'a str),
    /// UTC milliseconds since 1970.
    Time(i64),
    /// A whole number.
    Integer(i64),
    /// A decimal number.
    Float(f64),
    /// True or false.
    Boolean(bool),
}

impl Value<'_> {
    /// As text: times in ISO 8601, the shortest decimal that reads back the same.
    pub fn text(&self) -> String {
        match self {
            Self::Text(text) => (*text).to_owned(),
            Self::Time(millis) => crate::time::iso(*millis),
            Self::Integer(number) => number.to_string(),
            Self::Float(number) => format!("{number:?}"),
            Self::Boolean(truth) => truth.to_string(),
        }
    }
}

/// A value as it is kept: text by code.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Cell {
    Text(u32),
    Time(i64),
    Integer(i64),
    Float(f64),
    Boolean(bool),
}

/// A type of events or of objects.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Type {
    /// Its name.
    pub name: String,
    /// Its declared attributes, in order.
    pub attributes: Vec<(String, ValueType)>,
}

/// An object-centric log. Events and objects are numbered in the order of the file.
#[derive(Debug, Clone, Default)]
pub struct ObjectLog {
    event_types: Vec<Type>,
    object_types: Vec<Type>,
    event_ids: Names,
    object_ids: Names,
    /// Qualifiers, attribute names and text values.
    words: Names,
    event_type: Vec<u32>,
    event_time: Vec<i64>,
    object_type: Vec<u32>,
    /// Events by time, ties in the order of the file.
    by_time: Vec<u32>,
    event_objects: Links,
    object_objects: Links,
    /// Event, attribute, value; by event.
    event_values: Vec<(u32, u32, Cell)>,
    /// Object, attribute, since when (0 from the beginning), value; by object, then in the order of the file.
    object_values: Vec<(u32, u32, i64, Cell)>,
}

/// From each row to some objects, with a qualifier.
#[derive(Debug, Clone, Default)]
struct Links {
    starts: Vec<usize>,
    to: Vec<(u32, u32)>,
}

impl Links {
    fn of(&self, row: usize) -> &[(u32, u32)] {
        &self.to[self.starts[row]..self.starts[row + 1]]
    }
}

impl ObjectLog {
    /// Number of events.
    pub fn events(&self) -> usize {
        self.event_type.len()
    }

    /// Number of objects.
    pub fn objects(&self) -> usize {
        self.object_type.len()
    }

    /// The types of events.
    pub fn event_types(&self) -> &[Type] {
        &self.event_types
    }

    /// The types of objects.
    pub fn object_types(&self) -> &[Type] {
        &self.object_types
    }

    /// An event's id.
    pub fn event_id(&self, event: usize) -> &str {
        self.event_ids.get(event as u32)
    }

    /// An event's type.
    pub fn event_type(&self, event: usize) -> &Type {
        &self.event_types[self.event_type[event] as usize]
    }

    /// When an event happened, UTC milliseconds since 1970.
    pub fn event_time(&self, event: usize) -> i64 {
        self.event_time[event]
    }

    /// The numbers of all events, by time; ties in the order of the file.
    pub fn by_time(&self) -> impl Iterator<Item = usize> {
        self.by_time.iter().map(|&event| event as usize)
    }

    /// An object's id.
    pub fn object_id(&self, object: usize) -> &str {
        self.object_ids.get(object as u32)
    }

    /// An object's type.
    pub fn object_type(&self, object: usize) -> &Type {
        &self.object_types[self.object_type[object] as usize]
    }

    /// The objects that an event concerns: number and qualifier.
    pub fn event_objects(&self, event: usize) -> impl Iterator<Item = (usize, &str)> {
        self.event_objects.of(event).iter().map(|&(object, word)| (object as usize, self.words.get(word)))
    }

    /// The objects that an object belongs to: number and qualifier.
    pub fn object_objects(&self, object: usize) -> impl Iterator<Item = (usize, &str)> {
        self.object_objects.of(object).iter().map(|&(object, word)| (object as usize, self.words.get(word)))
    }

    /// An event's attributes: name and value.
    pub fn event_values(&self, event: usize) -> impl Iterator<Item = (&str, Value<'_>)> {
        let of = |row: &(u32, u32, Cell)| row.0 as usize;
        let range = range(&self.event_values, event, of);
        self.event_values[range].iter().map(|&(_, name, cell)| (self.words.get(name), self.value(cell)))
    }

    /// An object's attributes: name, since when (UTC milliseconds; 0 from the beginning) and value.
    pub fn object_values(&self, object: usize) -> impl Iterator<Item = (&str, i64, Value<'_>)> {
        let of = |row: &(u32, u32, i64, Cell)| row.0 as usize;
        let range = range(&self.object_values, object, of);
        self.object_values[range].iter().map(|&(_, name, since, cell)| (self.words.get(name), since, self.value(cell)))
    }

    fn value(&self, cell: Cell) -> Value<'_> {
        match cell {
            Cell::Text(code) => Value::Text(self.words.get(code)),
            Cell::Time(millis) => Value::Time(millis),
            Cell::Integer(number) => Value::Integer(number),
            Cell::Float(number) => Value::Float(number),
            Cell::Boolean(truth) => Value::Boolean(truth),
        }
    }
}

/// The rows of one event or object, in rows sorted by it.
fn range<T>(rows: &[T], wanted: usize, of: impl Fn(&T) -> usize) -> Range<usize> {
    let start = rows.partition_point(|row| of(row) < wanted);
    let length = rows[start..].partition_point(|row| of(row) == wanted);
    start..start + length
}

//! Reading logs: XES and CSV, plain or gzipped, told apart by their first bytes.
//!
//! [`open`] gives an [`EventReader`] that hands out one borrowed [`Event`] after another and never holds the file, so a
//! log of any size can stream into a database; [`read_log`] puts them into a [`Log`]. What cannot be read is counted
//! and named in the [`Report`], never dropped in silence.

mod attributes;
pub mod csv;
mod date;
mod decode;
mod error;
mod finer;
mod look;
mod report;
mod source;
mod xes;

use std::io::Read;

pub use attributes::{Attribute, Attributes, Kind};
pub use csv::{CsvPlan, CsvReader, Mapping};
pub use date::{DateOrder, DateStyle};
pub use error::ReadError;
pub use jiff::tz::TimeZone;
pub use look::{Example, LaidOut, Layout, Look, look};
pub use report::{Problem, Report};
pub use xes::XesReader;

pub(crate) use attributes::Buffer;
pub(crate) use csv::MOST_COLUMNS;
pub(crate) use date::parse as parse_date;
pub(crate) use decode::{Decoder, Utf8};

pub(crate) use report::plural;
pub(crate) use source::{Source, peeked, unpacked};
pub(crate) use xes::value_of as xml_value;

use crate::log::{AttributeTable, Log, LogBuilder};

/// One event, borrowed from the reader until the next is asked for.
#[derive(Debug, Clone, Copy)]
pub struct Event<'a> {
    /// The case's name.
    pub case: &'a str,
    /// The activity's name.
    pub activity: &'a str,
    /// UTC milliseconds since 1970; `None` only in XES, where an event may have no time.
    pub time: Option<i64>,
    /// Nanoseconds beyond that millisecond. They are not kept, but sorting goes by them.
    pub finer: u32,
    /// Who did it.
    pub resource: Option<&'a str>,
    /// `start`, `complete`, ... (XES `lifecycle:transition`).
    pub lifecycle: Option<&'a str>,
    /// Everything else; empty unless [`Options::attributes`] was set.
    pub attributes: Attributes<'a>,
}

/// How to read.
#[derive(Default)]
pub struct Options<'a> {
    /// Which CSV columns mean what; what is left out is found by the header's names. In XES it is keys: the case's of
    /// traces, the others of events; what is left out is the standard's. [`Self::activity`] counts before the activity's.
    pub mapping: Mapping,
    /// Whether events carry their other attributes too (slower).
    pub attributes: bool,
    /// The time zone of times written without an offset; `None` takes them as UTC.
    pub zone: Option<TimeZone>,
    /// Order of day and month in CSV dates; `None` settles it by looking at a sample.
    pub date_order: Option<DateOrder>,
    /// What names an activity in XES.
    pub activity: ActivityFrom,
    /// Whether what a XES event lacks is taken from the log's globals. Off, because programs fill these with
    /// placeholders; how many events took something is noted.
    pub defaults: bool,
    /// Accept what is whole of a file that was cut off; otherwise that is an error at its end.
    pub partial: bool,
    /// Called with the number of bytes taken from the source so far (compressed bytes when it is gzipped).
    pub progress: Option<Box<dyn FnMut(u64) + Send + 'a>>,
}

/// What names an activity in XES.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub enum ActivityFrom {
    /// `concept:name`; where an event has none, the first classifier, if the event has all of its keys.
    #[default]
    Name,
    /// The log's first classifier of events: the values of its keys, joined with `+`.
    FirstClassifier,
    /// The classifier of this name.
    Classifier(String),
}

/// A log being read, of either format.
pub enum EventReader<'a> {
    /// Comma, semicolon, tab or bar separated text.
    Csv(Box<CsvReader<'a>>),
    /// IEEE 1849 XML.
    Xes(Box<XesReader<'a>>),
}

/// Opens a log: unpacks gzip, recognises the format, and for CSV settles separator, columns and date style from a sample.
pub fn open<'a>(source: impl Read + Send + 'a, mut options: Options<'a>) -> Result<EventReader<'a>, ReadError> {
    let (first, source) = crate::objects::enough(source::unpacked(Box::new(source), options.progress.take())?)?;
    if let Some(kind) = source::packed(&first) {
        return Err(ReadError::Packed { kind });
    }
    // Marks of UTF-8 and UTF-16, the latter's empty bytes, and space may stand before the first character.
    let before = |byte: &u8| matches!(byte, 0xEF | 0xBB | 0xBF | 0xFF | 0xFE | 0) || byte.is_ascii_whitespace();
    if crate::objects::format_of(&first).is_some() {
        return Err(ReadError::IsObjects);
    }
    if first.iter().find(|byte| !before(byte)) == Some(&b'<') {
        Ok(EventReader::Xes(Box::new(XesReader::new(&first, source, options))))
    } else {
        Ok(EventReader::Csv(Box::new(CsvReader::new(source, options)?)))
    }
}

/// Reads a whole log into memory.
pub fn read_log<'a>(source: impl Read + Send + 'a, options: Options<'a>) -> Result<(Log, Report), ReadError> {
    let mut reader = open(source, options)?;
    let log = reader.collect_log()?;
    Ok((log, reader.into_report()))
}

impl EventReader<'_> {
    /// The next event; `None` at the end. After an error there is nothing more to read.
    #[inline]
    pub fn next_event(&mut self) -> Result<Option<Event<'_>>, ReadError> {
        match self {
            Self::Csv(reader) => reader.next_event(),
            Self::Xes(reader) => reader.next_event(),
        }
    }

    /// What was understood of a CSV file's layout (the dry run); `None` for XES, which needs no guessing.
    pub fn plan(&self) -> Option<&CsvPlan> {
        match self {
            Self::Csv(reader) => Some(reader.plan()),
            Self::Xes(_) => None,
        }
    }

    /// What was read and what was not, so far.
    pub fn report(&self) -> &Report {
        match self {
            Self::Csv(reader) => reader.report(),
            Self::Xes(reader) => reader.report(),
        }
    }

    /// The report, at the end.
    pub fn into_report(self) -> Report {
        self.report().clone()
    }

    /// Reads the rest into a log and the other attributes; these come only with [`Options::attributes`].
    pub fn collect_with_attributes(&mut self) -> Result<(Log, AttributeTable), ReadError> {
        let mut builder = LogBuilder::with_origins();
        self.keep_order(&mut builder);
        let mut table = AttributeTable::default();
        let mut otherwise = 0;
        let mut keep = |event: Event<'_>| {
            take(&mut builder, &event);
            otherwise += u64::from(!table.push(&event.attributes, builder.last_case()));
        };
        match self {
            Self::Csv(reader) => {
                while let Some(event) = reader.next_event()? {
                    keep(event);
                }
            }
            Self::Xes(reader) => {
                reader.rest(keep)?;
                table.set_header(reader.take_header());
            }
        }
        if otherwise > 0 {
            let events = plural(otherwise, "event");
            self.note(&format!(
                "{events} with other attributes of their case than its first event has: these are kept with the events"
            ));
        }
        self.note_same_names(&builder);
        self.checked()?;
        Ok((builder.finish(), table))
    }

    /// Reads the rest into a log, on as many threads as help.
    pub fn collect_log(&mut self) -> Result<Log, ReadError> {
        let mut builder = LogBuilder::default();
        self.keep_order(&mut builder);
        match self {
            Self::Csv(reader) => reader.collect_into(&mut builder)?,
            Self::Xes(reader) => reader.rest(|event| take(&mut builder, &event))?,
        }
        self.note_same_names(&builder);
        self.checked()?;
        Ok(builder.finish())
    }

    fn checked(&self) -> Result<(), ReadError> {
        match self {
            Self::Csv(reader) => reader.checked(),
            Self::Xes(_) => Ok(()),
        }
    }

    /// A XES trace is a list, and its order says what came after what; rows of CSV come in any order.
    fn keep_order(&self, builder: &mut LogBuilder) {
        if matches!(self, Self::Xes(_)) {
            builder.keep_order();
        }
    }

    fn note(&mut self, note: &str) {
        match self {
            Self::Csv(reader) => reader.note(note),
            Self::Xes(reader) => reader.note(note),
        }
    }

    /// XES has each case in one trace; where a name comes again, that should be known.
    fn note_same_names(&mut self, builder: &LogBuilder) {
        if let Self::Xes(reader) = self
            && builder.is_interleaved()
        {
            reader.note("several traces have the same name; they are taken as one case");
        }
    }
}

/// What times without an offset are taken as, in words.
fn zone_name(zone: Option<&TimeZone>) -> &str {
    zone.map_or("UTC", |zone| zone.iana_name().unwrap_or("as given"))
}

#[inline]
fn take(builder: &mut LogBuilder, event: &Event<'_>) {
    builder.push_finer(event.case, event.activity, event.time, event.finer, event.resource, event.lifecycle);
}

//! CSV: separator, columns and date style are settled from a sample, then rows stream by.
//!
//! A row without case, activity or readable time is refused, counted, and named by its number (the header is row 1) with
//! the reason. A file that ends in the middle of a row is an error, or a note in the report when `partial` is set.

mod columns;
mod parts;
mod plan;
mod rows;

pub use columns::Role;
pub use plan::{Column, CsvPlan, Mapping};

use rows::Rows;

use super::attributes::{Attributes, Buffer};
use super::source::{Source, peeked};
use super::{Event, Options, ReadError, Report, date};

/// How many rows of the sample are looked at to settle columns and dates.
const SAMPLE: usize = 5000;
/// And how many bytes of it.
const SAMPLE_BYTES: usize = 1 << 18;
/// A table with more columns than any spreadsheet can hold is no log.
const MOST_COLUMNS: usize = 16_384;

/// A CSV log being read.
pub struct CsvReader<'a> {
    rows: Rows<'a>,
    plan: CsvPlan,
    options: Options<'a>,
    report: Report,
    time: i64,
    attributes: Buffer,
    done: bool,
}

impl<'a> CsvReader<'a> {
    /// Reads the sample and settles the plan. The source must be unpacked already; [`super::open`] does that.
    pub(super) fn new(source: Source<'a>, options: Options<'a>) -> Result<Self, ReadError> {
        let (first, source) = peeked(source, SAMPLE_BYTES)?;
        if first.trim_ascii().is_empty() {
            return Err(ReadError::Empty { reason: "it is empty" });
        }
        let newline = if memchr::memchr(b'\n', &first).is_none() && first.contains(&b'\r') { b'\r' } else { b'\n' };
        let (separator, declared) = separator(&first, newline)?;
        let whole = first.len() < SAMPLE_BYTES;
        let (header, sample) = sampled(&first, separator, newline, declared, whole)?;
        if header.iter().all(|name| name.trim().is_empty()) {
            return Err(ReadError::Empty { reason: "its first row is empty" });
        }
        if header.len() > MOST_COLUMNS {
            return Err(ReadError::TooManyColumns { columns: header.len() });
        }
        let plan =
            CsvPlan::new(separator, &header, &sample, &options.mapping, options.date_order, options.zone.as_ref())?;
        let mut rows = Rows::new(&first, source, separator, newline);
        for _ in 0..=u8::from(declared) {
            rows.advance()?;
        }
        let mut report = Report::default();
        report.notes.clone_from(&plan.notes);
        rows.limit = if options.attributes { usize::MAX } else { plan.at.needed() };
        Ok(Self { rows, plan, options, report, time: 0, attributes: Buffer::default(), done: false })
    }

    /// What was understood of the file's layout.
    pub fn plan(&self) -> &CsvPlan {
        &self.plan
    }

    /// What was read and what was not, so far.
    pub fn report(&self) -> &Report {
        &self.report
    }

    /// The next event; `None` at the end.
    #[inline]
    pub fn next_event(&mut self) -> Result<Option<Event<'_>>, ReadError> {
        if self.advance()? { Ok(self.event()) } else { Ok(None) }
    }

    /// The present row as an event.
    #[inline]
    fn event(&mut self) -> Option<Event<'_>> {
        let at = self.plan.at;
        let (Some(case), Some(activity)) = (self.rows.cell(at.case), self.rows.cell(at.activity)) else {
            return None;
        };
        let optional =
            |column: Option<usize>| column.and_then(|column| self.rows.cell(column)).filter(|value| !is_nothing(value));
        let attributes = if self.options.attributes {
            self.attributes.clear();
            for (number, column) in self.plan.columns.iter().enumerate().filter(|(_, column)| column.role.is_none()) {
                if let Some(value) = self.rows.cell(number).filter(|value| !value.is_empty()) {
                    self.attributes.push(&[&column.name], value, column.kind);
                }
            }
            Attributes::new(None, &self.attributes)
        } else {
            Attributes::default()
        };
        Some(Event {
            case,
            activity,
            time: Some(self.time),
            resource: optional(at.resource),
            lifecycle: optional(at.lifecycle),
            attributes,
        })
    }

    /// Goes to the next row that is an event.
    #[inline]
    fn advance(&mut self) -> Result<bool, ReadError> {
        while !self.done {
            if !self.rows.advance()? {
                self.done = true;
                if self.rows.is_broken() {
                    self.cut_off(format!("after row {} (the packed stream has no end)", self.rows.row))?;
                }
                break;
            }
            self.done = !self.rows.closed;
            if self.is_event() {
                if self.done {
                    if self.is_cut_off() {
                        self.cut_off(format!("in the middle of row {}", self.rows.row))?;
                        break;
                    }
                    self.report
                        .note("the last row has no line end; was the file cut off there, its last value is short");
                }
                self.report.events += 1;
                return Ok(true);
            }
            if self.done {
                self.cut_off(format!("in the middle of row {}", self.rows.row))?;
                break;
            }
            let reason = self.reason();
            self.report.refuse(format!("row {}", self.rows.row), reason);
        }
        if self.rows.is_not_utf8() {
            self.report.note("some text is not UTF-8; it was taken as Windows-1252 (check names with accents)");
        }
        Ok(false)
    }

    /// Whether the present row is an event; reads its time.
    #[inline]
    fn is_event(&mut self) -> bool {
        let at = self.plan.at;
        let cells = (self.rows.cell(at.case), self.rows.cell(at.activity), self.rows.cell(at.time));
        if let (Some(case), Some(activity), Some(time)) = cells
            && !case.is_empty()
            && !activity.is_empty()
            && !self.rows.unclosed_quote
            && let Some(time) = date::parse(time, self.plan.date_style, self.options.zone.as_ref())
        {
            self.time = time;
            return true;
        }
        false
    }

    /// Whether the last row, which is an event but has no line end, misses cells.
    fn is_cut_off(&self) -> bool {
        self.rows.is_broken() || self.rows.len() < self.plan.columns.len()
    }

    #[cold]
    fn cut_off(&mut self, place: String) -> Result<(), ReadError> {
        if !self.options.partial {
            return Err(ReadError::CutOff { place, events: self.report.events });
        }
        self.report.cut_off = Some(place);
        Ok(())
    }

    /// Why the present row is no event.
    #[cold]
    fn reason(&self) -> String {
        let at = self.plan.at;
        let name = |column: usize| &self.plan.columns[column].name;
        let empty = |column: usize| self.rows.cell(column).is_none_or(str::is_empty);
        if self.rows.unclosed_quote {
            "a quotation mark is opened and never closed".to_owned()
        } else if self.rows.len() < self.plan.at.needed().min(3) {
            format!("it has {} of {} columns", self.rows.len(), self.plan.columns.len())
        } else if empty(at.case) {
            format!("no case in \"{}\"", name(at.case))
        } else if empty(at.activity) {
            format!("no activity in \"{}\"", name(at.activity))
        } else {
            let time: String = self.rows.cell(at.time).unwrap_or_default().chars().take(40).collect();
            if is_nothing(&time) {
                format!("no time in \"{}\"", name(at.time))
            } else {
                format!("the time \"{time}\" is not a {} time", self.plan.date_style)
            }
        }
    }
}

/// What programs write for "nothing here".
#[inline]
fn is_nothing(value: &str) -> bool {
    matches!(value, "" | "?" | "-" | "NULL" | "null" | "None" | "NaN" | "nan" | "N/A" | "n/a" | "NA")
}

/// The separator, and whether the file names it in a first row `sep=;` (as Excel reads it).
fn separator(first: &[u8], newline: u8) -> Result<(u8, bool), ReadError> {
    let line = first.split(|&byte| byte == newline).next().unwrap_or_default().trim_ascii_end();
    let line = line.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(line);
    if let [b's', b'e', b'p', b'=', separator] = line {
        return Ok((*separator, true));
    }
    let mut best = (b',', 0, 0);
    for separator in *b",;\t|" {
        let (header, rows) = sampled(
            &first[..first.len().min(SAMPLE_BYTES / 4)],
            separator,
            newline,
            false,
            first.len() < SAMPLE_BYTES / 4,
        )?;
        let same = rows.iter().take(50).filter(|row| row.len() == header.len()).count();
        // Most rows alike first, then most columns.
        let score = if header.len() > 1 { 1 + same } else { 0 };
        if score > best.1 || (score == best.1 && header.len() > best.2) {
            best = (separator, score, header.len());
        }
    }
    Ok((best.0, false))
}

/// Header and first rows; the last row is left out when the sample may have cut it.
fn sampled(
    first: &[u8],
    separator: u8,
    newline: u8,
    declared: bool,
    whole: bool,
) -> Result<(Vec<String>, Vec<Vec<String>>), ReadError> {
    let mut rows = Rows::new(first, Box::new(first), separator, newline);
    let mut all: Vec<Vec<String>> = Vec::new();
    while all.len() <= SAMPLE && rows.advance()? {
        if !rows.unclosed_quote && (whole || rows.closed || all.is_empty()) {
            all.push((0..rows.len()).filter_map(|at| rows.cell(at)).map(str::to_owned).collect());
        }
    }
    let mut all = all.into_iter().skip(usize::from(declared));
    let mut header = all.next().unwrap_or_default();
    if let Some(name) = header.first_mut() {
        *name = name.trim_start_matches('\u{feff}').to_owned();
    }
    Ok((header, all.collect()))
}

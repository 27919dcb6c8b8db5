//! CSV: separator, columns and date style are settled from a sample, then rows stream by.
//!
//! A row without case, activity or readable time is refused, counted, and named by its number (the file's first is row 1)
//! with the reason. Rows with more or fewer cells than the header are counted. A file that ends in the middle of a row is
//! an error, or a note in the report when `partial` is set.

mod columns;
mod dates;
mod dialect;
mod doubts;
mod oddities;
mod parts;
mod plan;
mod rows;

pub use columns::Role;
pub use plan::{Column, CsvPlan, Mapping};

use std::io::{Cursor, Read};

use dialect::Dialect;
use oddities::Oddities;
use rows::Rows;

use super::attributes::{Attributes, Buffer};
use super::finer::finer_in;
use super::source::{Source, peeked};
use super::{DateOrder, DateStyle, Event, Options, ReadError, Report, date};

/// How many rows of the sample are looked at to settle columns and dates.
const SAMPLE: usize = 5000;
/// And how many bytes of it.
const SAMPLE_BYTES: usize = 1 << 18;
/// A longer sample is taken when there are fewer rows in the first.
const FEW: usize = 20;
/// A table with more columns than any spreadsheet can hold is no log.
pub(crate) const MOST_COLUMNS: usize = 16_384;

/// A CSV log being read.
pub struct CsvReader<'a> {
    rows: Rows<'a>,
    plan: CsvPlan,
    options: Options<'a>,
    report: Report,
    oddities: Oddities,
    time: i64,
    attributes: Buffer,
    case_attributes: Buffer,
    done: bool,
}

impl<'a> CsvReader<'a> {
    /// Reads the sample and settles the plan. The source must be unpacked already; [`super::open`] does that.
    pub(super) fn new(source: Source<'a>, options: Options<'a>) -> Result<Self, ReadError> {
        let (first, source) = marked(peeked(source, SAMPLE_BYTES)?);
        if first.trim_ascii().is_empty() {
            return Err(ReadError::Empty { reason: "it is empty" });
        }
        let (dialect, named) = Dialect::found(&first)?;
        let mut whole = first.len() < SAMPLE_BYTES;
        let mut sample = sampled(&first, dialect, named, Ends { whole, unclosed: true })?;
        let (mut first, mut source) = (first, source);
        if sample.len() < FEW && !whole {
            // A row that is longer than the sample, or a stray quotation mark.
            (first, source) = peeked(source, rows::LONGEST_ROW + SAMPLE_BYTES)?;
            whole = first.len() < rows::LONGEST_ROW + SAMPLE_BYTES;
            let longer = sampled(&first, dialect, named, Ends { whole, unclosed: true })?;
            sample = if longer.len() > sample.len() {
                longer
            } else {
                sampled(&first, dialect, named, Ends { whole, unclosed: false })?
            };
        }
        let Some(header) = sample.first().filter(|header| header.iter().any(|name| !name.trim().is_empty())) else {
            return Err(ReadError::Empty { reason: "its first row is empty" });
        };
        if header.len() > MOST_COLUMNS {
            return Err(ReadError::TooManyColumns { columns: header.len() });
        }
        let (above, mut plan) =
            CsvPlan::found(dialect.separator, &sample, &options.mapping, options.date_order, options.zone.as_ref())?;
        plan.notes.extend(dialect.notes());
        let mut rows = Rows::new(&first, source, dialect);
        for _ in 0..=above + usize::from(named) {
            rows.advance()?;
        }
        let mut report = Report::default();
        report.notes.clone_from(&plan.notes);
        rows.limit = if options.attributes { usize::MAX } else { plan.at.needed() };
        let (oddities, attributes, case_attributes) = (Oddities::default(), Buffer::default(), Buffer::default());
        Ok(Self { rows, plan, options, report, oddities, time: 0, attributes, case_attributes, done: false })
    }

    /// What was understood of the file's layout.
    pub fn plan(&self) -> &CsvPlan {
        &self.plan
    }

    /// What was read and what was not, so far.
    pub fn report(&self) -> &Report {
        &self.report
    }

    pub(super) fn note(&mut self, note: &str) {
        self.report.note(note);
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
            self.case_attributes.clear();
            for (number, column) in self.plan.columns.iter().enumerate().filter(|(_, column)| column.role.is_none()) {
                if let Some(value) = self.rows.cell(number).filter(|value| !value.is_empty()) {
                    // As process mining programs call what is the same for all events of a case.
                    let of_case = column.name.starts_with("case:");
                    let into = if of_case { &mut self.case_attributes } else { &mut self.attributes };
                    into.push(&[&column.name], value, column.kind);
                }
            }
            Attributes::new(Some(&self.case_attributes), &self.attributes)
        } else {
            Attributes::default()
        };
        Some(Event {
            case,
            activity,
            time: Some(self.time),
            finer: self.rows.cell(at.time).map_or(0, |time| finer_in(self.plan.date_style, time)),
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
            let reason = self.refused();
            self.report.refuse(format!("row {}", self.rows.row), reason);
        }
        if self.rows.is_not_utf8() {
            self.report.note("some text is not UTF-8; it was taken as Windows-1252 (check names with accents)");
        }
        self.oddities.tell(&self.plan, &mut self.report);
        Ok(false)
    }

    /// Whether the present row is an event; reads its time.
    #[inline]
    fn is_event(&mut self) -> bool {
        let at = self.plan.at;
        let cells = (self.rows.cell(at.case), self.rows.cell(at.activity), self.rows.cell(at.time));
        if let (Some(case), Some(activity), Some(time)) = cells
            && !is_missing(case)
            && !is_missing(activity)
            && !self.rows.unclosed_quote
            && let Some(time) = match at.clock {
                None => date::parse(time, self.plan.date_style, self.options.zone.as_ref()),
                Some(clock) => self.joined(time, clock),
            }
        {
            self.time = time;
            if !(self.plan.least..=self.plan.columns.len()).contains(&self.rows.count()) {
                self.oddities.cells(&self.rows, &self.plan);
            }
            return true;
        }
        false
    }

    /// The time whose time of day has a column of its own.
    fn joined(&self, date: &str, clock: usize) -> Option<i64> {
        date::joined(date, self.rows.cell(clock)?, self.plan.date_style, self.options.zone.as_ref())
    }

    /// What a log's reader should know before it trusts what was read: an error when nothing could be, or when dates
    /// contradict an order of day and month that was a guess.
    pub(super) fn checked(&self) -> Result<(), ReadError> {
        if let (DateStyle::YearLast(order), Some((row, time))) = (self.plan.date_style, &self.oddities.other_order)
            && self.plan.order_open
            && self.options.date_order.is_none()
        {
            let other = if order == DateOrder::DayFirst { DateOrder::MonthFirst } else { DateOrder::DayFirst };
            return Err(ReadError::DateOrder { row: *row, time: time.clone(), other });
        }
        if self.report.events == 0
            && let Some(first) = self.report.problems.first()
        {
            let first = format!("{}: {}", first.place, first.reason);
            return Err(ReadError::NothingRead { rows: self.report.refused, first });
        }
        Ok(())
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

    /// Why the present row is no event; what is odd about it is counted.
    #[cold]
    fn refused(&mut self) -> String {
        let at = self.plan.at;
        let name = |column: usize| &self.plan.columns[column].name;
        let missing = |column: usize| self.rows.cell(column).is_none_or(is_missing);
        let said = |column: usize| match self.rows.cell(column) {
            Some(said) if !said.is_empty() => format!(" (it says {said})"),
            _ => String::new(),
        };
        let short = |text: &str| text.chars().take(40).collect::<String>();
        if self.rows.unclosed_quote {
            return self.rows.unclosed().to_owned();
        }
        if self.rows.len() < self.plan.at.needed().min(3) {
            return format!("it has {} of {} columns", self.rows.len(), self.plan.columns.len());
        }
        if missing(at.case) {
            return format!("no case in \"{}\"{}", name(at.case), said(at.case));
        }
        if missing(at.activity) {
            return format!("no activity in \"{}\"{}", name(at.activity), said(at.activity));
        }
        let time = self.rows.cell(at.time).unwrap_or_default();
        if is_nothing(time) {
            return format!("no time in \"{}\"", name(at.time));
        }
        let clock = at.clock.map(|column| (column, self.rows.cell(column).unwrap_or_default()));
        match clock {
            Some((column, clock)) if is_nothing(clock) => return format!("no time of day in \"{}\"", name(column)),
            Some((_, clock)) if date::time_of_day(clock).is_none() => {
                return format!("\"{}\" is no time of day", short(clock));
            }
            _ => {}
        }
        let other = match self.plan.date_style {
            DateStyle::YearLast(DateOrder::DayFirst) => Some(DateStyle::YearLast(DateOrder::MonthFirst)),
            DateStyle::YearLast(DateOrder::MonthFirst) => Some(DateStyle::YearLast(DateOrder::DayFirst)),
            _ => None,
        };
        if other.is_some_and(|other| date::parse(time, other, None).is_some()) {
            self.report.other_order += 1;
            self.oddities.other_order.get_or_insert((self.rows.row, short(time)));
        }
        self.plan.date_style.refuses(&short(time))
    }
}

/// What programs write for "nothing here".
#[inline]
fn is_nothing(value: &str) -> bool {
    matches!(value, "" | "?" | "-" | "\\N" | "NULL" | "null" | "None" | "NaN" | "nan" | "N/A" | "n/a" | "NA")
}

/// Whether a case or an activity is missing: empty, or one of the words that pandas takes for that. A mark such as `-` is
/// a name.
#[inline]
fn is_missing(value: &str) -> bool {
    match value.as_bytes() {
        [] => true,
        [b'N' | b'n' | b'#' | b'<' | b'\\', ..] if value.len() < 6 => {
            matches!(
                value,
                "\\N" | "NULL" | "null" | "None" | "NaN" | "nan" | "N/A" | "n/a" | "NA" | "<NA>" | "#N/A" | "#NA"
            )
        }
        _ => false,
    }
}

/// UTF-16 without its mark gets one: every other byte of its first letters is zero.
fn marked((first, source): (Vec<u8>, Source<'_>)) -> (Vec<u8>, Source<'_>) {
    let zero = |at: usize| first.iter().take(64).skip(at).step_by(2).all(|&byte| (byte == 0) == (at == 1));
    let mark: &[u8] = match (first.get(..4), zero(0) && zero(1)) {
        (Some(_), true) => b"\xFF\xFE",
        (Some([0, a, 0, b]), _) if *a != 0 && *b != 0 => b"\xFE\xFF",
        _ => return (first, source),
    };
    let marked = [mark, &first].concat();
    (marked, Box::new(Cursor::new(mark).chain(source)))
}

/// Where a sample ends.
#[derive(Debug, Clone, Copy)]
struct Ends {
    /// With the file.
    whole: bool,
    /// Otherwise at a quotation mark that is not closed in it: the cell may be longer than the sample.
    unclosed: bool,
}

/// The first rows, below one that names the separator; the last is left out when the sample may have cut it.
fn sampled(first: &[u8], dialect: Dialect, declared: bool, ends: Ends) -> Result<Vec<Vec<String>>, ReadError> {
    let mut rows = Rows::new(first, Box::new(first), dialect);
    let mut all: Vec<Vec<String>> = Vec::new();
    while all.len() <= SAMPLE && rows.advance()? {
        if rows.unclosed_quote && ends.unclosed && !ends.whole {
            break;
        }
        if !rows.unclosed_quote && (ends.whole || rows.closed || all.is_empty()) {
            all.push((0..rows.len()).filter_map(|at| rows.cell(at)).map(str::to_owned).collect());
        }
    }
    if declared && !all.is_empty() {
        all.remove(0);
    }
    if let Some(name) = all.first_mut().and_then(|header| header.first_mut()) {
        *name = name.trim_start_matches('\u{feff}').to_owned();
    }
    Ok(all)
}

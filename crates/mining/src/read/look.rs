//! A look at a log before it is taken: how it was understood, what would be left out, and its first events.

use std::io::Read;

use serde::Serialize;

use super::{DateOrder, DateStyle, EventReader, Options, Problem, ReadError, open};
use crate::time::iso;

/// How many events are shown.
const SHOWN: usize = 5;

/// What a dry run found; nothing of the log is kept.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Look {
    /// `csv` or `xes`.
    pub format: &'static str,
    /// How a CSV file is laid out; `None` for XES, which says so itself.
    pub layout: Option<Layout>,
    /// Events that can be read.
    pub events: u64,
    /// Rows or events that are refused.
    pub refused: u64,
    /// Of those, rows of a CSV file whose time is one with day and month the other way round.
    pub other_order: u64,
    /// Events with something missing.
    pub incomplete: u64,
    /// The first problems, each with its place.
    pub problems: Vec<Problem>,
    /// Other things worth knowing.
    pub notes: Vec<String>,
    /// Where the file was cut off, when a part was welcome.
    pub cut_off: Option<String>,
    /// The first events, as they are understood.
    pub examples: Vec<Example>,
}

/// How a CSV file is laid out.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Layout {
    /// Between cells.
    pub separator: char,
    /// All columns, in order.
    pub columns: Vec<LaidOut>,
    /// How times are written, in words: `day/month/year`.
    pub dates: String,
    /// Why that is thought.
    pub dates_because: String,
    /// Whether that is certain.
    pub dates_sure: bool,
    /// The order of day and month, where times have one.
    #[serde(skip)]
    pub order: Option<DateOrder>,
    /// Whether nothing at the beginning of the file settles it, so that a later row may contradict.
    #[serde(skip)]
    pub order_open: bool,
    /// The zone of times without an offset.
    pub zone: String,
}

/// A column.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct LaidOut {
    /// Its name, made different from all others.
    pub name: String,
    /// `case`, `activity`, `time`, `resource` or `lifecycle`; `None` is an attribute.
    pub role: Option<&'static str>,
    /// What its values are: `string`, `int`, `float`, `boolean` or `date`, as XES calls them.
    pub kind: &'static str,
    /// Up to three values.
    pub samples: Vec<String>,
}

/// An event as it is understood.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Example {
    /// The case.
    pub case: String,
    /// What happened.
    pub activity: String,
    /// When, ISO 8601 UTC.
    pub time: Option<String>,
    /// Who did it.
    pub resource: Option<String>,
}

/// Reads a log through to its end and keeps nothing of it.
///
/// # Errors
/// When it is no log, is broken, or is cut off and [`Options::partial`] is not set.
pub fn look<'a>(source: impl Read + Send + 'a, options: Options<'a>) -> Result<Look, ReadError> {
    let mut reader = open(source, options)?;
    let mut examples = Vec::new();
    while let Some(event) = reader.next_event()? {
        if examples.len() < SHOWN {
            examples.push(Example {
                case: event.case.to_owned(),
                activity: event.activity.to_owned(),
                time: event.time.map(iso),
                resource: event.resource.map(str::to_owned),
            });
        }
    }
    let contradicted = reader.report().other_order > 0;
    let layout = reader.plan().map(|plan| Layout {
        separator: plan.separator,
        columns: plan
            .columns
            .iter()
            .map(|column| LaidOut {
                name: column.name.clone(),
                role: column.role.map(super::csv::Role::name),
                kind: column.kind.name(),
                samples: column.samples.clone(),
            })
            .collect(),
        dates: plan.date_style.to_string(),
        dates_because: plan.date_reason.clone(),
        dates_sure: plan.date_sure && !(plan.order_open && contradicted),
        order: match plan.date_style {
            DateStyle::YearLast(order) => Some(order),
            _ => None,
        },
        order_open: plan.order_open,
        zone: plan.zone.clone(),
    });
    let format = if matches!(reader, EventReader::Csv(_)) { "csv" } else { "xes" };
    let report = reader.into_report();
    Ok(Look {
        format,
        layout,
        events: report.events,
        refused: report.refused,
        other_order: report.other_order,
        incomplete: report.incomplete,
        problems: report.problems,
        notes: report.notes,
        cut_off: report.cut_off,
        examples,
    })
}

//! Figures, or why there are none, in words and as JSON.

use ledger::measure::Shown;
use serde::Serialize;

use super::super::log::shown;
use super::super::say;

/// A figure, or why there is none.
#[derive(Debug, Serialize)]
#[serde(untagged)]
pub(super) enum Figure {
    Shown {
        group: Option<String>,
        n: u64,
        people: u64,
        value: f64,
        low: f64,
        high: Option<f64>,
        interval: &'static str,
        /// Answers that were understood, as a share of the rows.
        response: Option<f64>,
        /// Between what a share lies whatever those think who did not answer.
        bounds: Option<(f64, f64)>,
    },
    Refused {
        group: Option<String>,
        refused: &'static str,
        why: String,
    },
}

#[derive(Debug, Serialize)]
pub(super) struct Figures {
    pub(super) measure: &'static str,
    pub(super) column: String,
    pub(super) by: Option<String>,
    pub(super) level: f64,
    pub(super) k: u64,
    pub(super) rows: u64,
    pub(super) all: Figure,
    pub(super) groups: Vec<Figure>,
    /// Cells that could not be understood, and are left out.
    pub(super) skipped: Vec<Skipped>,
}

#[derive(Debug, Serialize)]
pub(super) struct Skipped {
    pub(super) row: u64,
    pub(super) cell: String,
}

pub(super) fn figure(group: Option<String>, shown: &Shown) -> Figure {
    match shown {
        Shown::Number(finding) => {
            let (low, high) = finding.interval();
            Figure::Shown {
                group,
                n: finding.n(),
                people: finding.people(),
                value: finding.value(),
                low,
                high,
                interval: finding.method(),
                response: finding.response(),
                bounds: finding.bounds().map(|(low, high)| (low.min(high), high)),
            }
        }
        Shown::Refused(why) => {
            let numbers = why.numbers();
            let number = |name: &str| numbers.iter().find(|(key, _)| *key == name).map_or(0, |(_, value)| *value);
            let (refused, words) = match why.key() {
                "refusal-few-people" => ("few-people", format!("fewer than {} people answered", number("k"))),
                "refusal-few-others" => (
                    "few-others",
                    format!("subtracting it from the whole would show a group of fewer than {} people", number("k")),
                ),
                "refusal-few-answers" => {
                    ("few-answers", format!("{} answers are too few; {} are needed", number("n"), number("needed")))
                }
                "refusal-all-alike" => (
                    "all-alike",
                    format!("all {} numbers are equal, so nothing says how far off is their mean", number("n")),
                ),
                "refusal-nothing" => ("nothing", "nobody answered".to_owned()),
                _ => ("cannot-tell", "it cannot be told".to_owned()),
            };
            Figure::Refused { group, refused, why: words }
        }
    }
}

pub(super) fn print(told: &Figures) {
    let percent = told.measure != "mean";
    let value = |number: f64| if percent { format!("{:.1}%", number * 100.0) } else { format!("{number:.3}") };
    // Named with its column, a group that is called "all" is not taken for all of them.
    let by = told.by.as_deref().unwrap_or_default();
    let named = |group: &Option<String>| match group.as_deref() {
        None => "all".to_owned(),
        Some("") => format!("{by} is empty"),
        Some(group) => shown(&format!("{by} = {group}")),
    };
    for figure in std::iter::once(&told.all).chain(&told.groups) {
        match figure {
            Figure::Shown { group, n, value: number, low, high, interval, .. } => say(format!(
                "{:<24} {:>9}  {} to {}  n = {n}  ({interval})",
                named(group),
                value(*number),
                value(*low),
                high.map_or_else(|| "?".to_owned(), value),
            )),
            Figure::Refused { group, why, .. } => say(format!("{:<24} cannot tell: {why}", named(group))),
        }
    }
    if let Some(first) = told.skipped.first() {
        let (cells, row) = (told.skipped.len(), first.row);
        say(format!(
            "{cells} answers were not understood and are left out, the first in row {row} (--json lists them)"
        ));
    }
}

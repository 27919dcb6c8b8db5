//! `thedesk log`: what an event log holds and how it compares, without storing anything.

mod convert;
mod fit;
mod look;
mod map;
mod read;
mod states;
mod stats;

use std::path::{Path, PathBuf};

use clap::{Subcommand, ValueEnum};
use indicatif::{ProgressBar, ProgressStyle};
use ledger::import::How;
use mining::Stats;
use mining::read::{DateOrder, Mapping, TimeZone};

use super::{Failure, Outcome, complain, say};

#[derive(Subcommand)]
pub(super) enum Command {
    /// Say how a file is understood, and what would be left out of it: format, columns, dates, first events
    Look(look::Arguments),
    /// Say what a log holds: cases, activities, variants, what follows what and after how long
    Stats(stats::Arguments),
    /// Draw a log as a map
    Map(map::Arguments),
    /// Compare cases with a path or a model: how many follow it, and what deviates, by name
    Fit(fit::Arguments),
    /// Say how long cases are in each state, and how often they change hands, come back or are opened again
    States(states::Arguments),
    /// Write a log in another format
    Convert(convert::Arguments),
}

/// The log to look at.
#[derive(clap::Args)]
struct Input {
    /// XES or CSV, plain or gzipped; or OCEL 2.0 as JSON, XML or SQLite
    file: PathBuf,
    /// Of an object-centric log, the type whose objects are the cases
    #[arg(long, value_name = "TYPE")]
    object_type: Option<String>,
    /// Of a XES log, name activities by this classifier; without a name by the first
    #[arg(long, value_name = "NAME", num_args = 0..=1, require_equals = true, default_missing_value = "")]
    classifier: Option<String>,
    #[command(flatten)]
    columns: Columns,
}

/// How to read a file where it does not say so itself.
#[derive(clap::Args, Clone)]
#[command(next_help_heading = "Columns of a CSV file, by name or by number from 1; keys of a XES log")]
pub(super) struct Columns {
    /// The case: ticket, order, request
    #[arg(long, value_name = "COLUMN")]
    case: Option<String>,
    /// What happened
    #[arg(long, value_name = "COLUMN")]
    activity: Option<String>,
    /// When; of a date and a time of day in two columns DATE+TIME
    #[arg(long, value_name = "COLUMN")]
    time: Option<String>,
    /// Who did it
    #[arg(long, value_name = "COLUMN")]
    resource: Option<String>,
    /// Whether it began or was completed
    #[arg(long, value_name = "COLUMN")]
    lifecycle: Option<String>,
    /// The time zone of times without an offset, such as Europe/Lisbon; UTC without
    #[arg(long, value_name = "ZONE", value_parser = zone)]
    zone: Option<TimeZone>,
    /// Order of day and month; found by looking without
    #[arg(long, value_name = "ORDER")]
    dates: Option<Dates>,
    /// Take what is whole of a file that was cut off
    #[arg(long)]
    partial: bool,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum Dates {
    DayFirst,
    MonthFirst,
}

fn zone(name: &str) -> Result<TimeZone, String> {
    TimeZone::get(name).map_err(|_| format!("{name} is no time zone that this machine knows; one is Europe/Lisbon"))
}

impl Columns {
    pub(super) fn how(&self) -> How {
        How {
            mapping: Mapping {
                case: self.case.clone(),
                activity: self.activity.clone(),
                time: self.time.clone(),
                resource: self.resource.clone(),
                lifecycle: self.lifecycle.clone(),
            },
            zone: self.zone.clone(),
            date_order: self.dates.map(|order| match order {
                Dates::DayFirst => DateOrder::DayFirst,
                Dates::MonthFirst => DateOrder::MonthFirst,
            }),
            partial: self.partial,
        }
    }
}

pub(super) fn run(command: &Command) -> Outcome {
    match command {
        Command::Look(arguments) => look::run(arguments),
        Command::Stats(arguments) => stats::run(arguments),
        Command::Map(arguments) => map::run(arguments),
        Command::Fit(arguments) => fit::run(arguments),
        Command::States(arguments) => states::run(arguments),
        Command::Convert(arguments) => convert::run(arguments),
    }
}

/// A bar over the bytes of a file; it shows itself on a terminal only.
pub(super) fn bytes_bar(file: &Path, doing: &'static str) -> ProgressBar {
    let length = std::fs::metadata(file).map_or(0, |metadata| metadata.len());
    let bar = ProgressBar::new(length).with_message(doing);
    bar.with_style(styled("{msg:>10} {wide_bar} {bytes} of {total_bytes}"))
}

/// The style of our bars; a template that cannot be is the plain one.
pub(super) fn styled(template: &str) -> ProgressStyle {
    ProgressStyle::with_template(template).unwrap_or_else(|_| ProgressStyle::default_bar())
}

/// `4,580 cases, 21,348 events, 14 activities, 226 variants`
pub(super) fn summary(stats: &Stats) -> String {
    format!(
        "{}, {}, {}, {}",
        counted(stats.cases, "case", "cases"),
        counted(stats.events, "event", "events"),
        counted(stats.activities.len(), "activity", "activities"),
        counted(stats.variants.count, "variant", "variants")
    )
}

fn counted(count: usize, one: &str, many: &str) -> String {
    format!("{} {}", mining::map::Words::default().count(count as u64), if count == 1 { one } else { many })
}

/// Text from a file for the terminal, which might obey control characters.
pub(super) fn shown(text: &str) -> String {
    text.chars().map(|letter| if letter.is_control() { '\u{fffd}' } else { letter }).collect()
}

/// How many lines of each list are printed; JSON has all.
const LINES: usize = 12;

fn rest(all: usize) {
    if all > LINES {
        say(format!("          and {} more (--json has what there is)", all - LINES));
    }
}

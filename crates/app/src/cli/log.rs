//! `thedesk log`: what an event log holds, in figures and as a map, without storing anything.

use std::fs::File;
use std::path::{Path, PathBuf};

use clap::{Subcommand, ValueEnum};
use indicatif::{ProgressBar, ProgressStyle};
use ledger::import::How;
use mining::map::{Direction, Flow, Options, svg};
use mining::read::{DateOrder, Mapping, TimeZone, read_log};
use mining::{Log, Stats};

use super::{Failure, Outcome, complain, say};

#[derive(Subcommand)]
pub(super) enum Command {
    /// Say what a log holds: cases, activities, variants, what follows what and after how long
    Stats {
        /// XES or CSV, plain or gzipped
        file: PathBuf,
        /// As JSON, with everything
        #[arg(long)]
        json: bool,
        #[command(flatten)]
        columns: Columns,
    },
    /// Draw a log as a map
    Map {
        /// XES or CSV, plain or gzipped
        file: PathBuf,
        /// The picture to write
        #[arg(long, value_name = "OUT")]
        svg: PathBuf,
        /// From top to bottom, for paper and phones
        #[arg(long)]
        down: bool,
        #[command(flatten)]
        columns: Columns,
    },
}

/// How to read a file where it does not say so itself.
#[derive(clap::Args, Clone)]
#[command(next_help_heading = "Columns of a CSV file, by name or by number from 1")]
pub(super) struct Columns {
    /// The case: ticket, order, request
    #[arg(long, value_name = "COLUMN")]
    case: Option<String>,
    /// What happened
    #[arg(long, value_name = "COLUMN")]
    activity: Option<String>,
    /// When
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
        Command::Stats { file, json, columns } => {
            let stats = Stats::of(&read(file, columns)?);
            if *json { say(serde_json::to_string_pretty(&stats)?) } else { print(&stats) }
        }
        Command::Map { file, svg: out, down, columns } => {
            let stats = Stats::of(&read(file, columns)?);
            let name = file.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
            let direction = if *down { Direction::Down } else { Direction::Right };
            let options = Options { title: name, direction, ..Options::about(&stats) };
            std::fs::write(out, svg(&Flow::from(&stats), &options)).map_err(|error| {
                Failure::Failed(format!("cannot write {} ({error}): give another place with --svg", out.display()))
            })?;
            say(format!("{}: {}", out.display(), summary(&stats)));
        }
    }
    Ok(())
}

/// Reads a log, with a bar on a terminal, and says what could not be read.
fn read(file: &Path, columns: &Columns) -> Result<Log, Failure> {
    let failed = |why: &dyn std::fmt::Display| Failure::Failed(format!("{}: {why}", file.display()));
    let source = File::open(file).map_err(|error| failed(&format!("cannot be read ({error}). Check its name")))?;
    let bar = bytes_bar(file, "reading");
    let how = columns.how();
    let mut options = how.options();
    let told = bar.clone();
    options.progress = Some(Box::new(move |bytes| told.set_position(bytes)));
    let (log, report) = read_log(source, options).map_err(|error| failed(&error))?;
    bar.finish_and_clear();
    if !report.is_clean() {
        complain(&format!("{}: {}", file.display(), report.to_string().trim_end()));
    }
    Ok(log)
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

/// How many lines of each list are printed; JSON has all.
const LINES: usize = 12;

fn print(stats: &Stats) {
    say(summary(stats));
    if let (Some(first), Some(last)) = (&stats.first, &stats.last) {
        say(format!("from {first} to {last}"));
    }
    say("\nactivities");
    for activity in stats.activities.iter().take(LINES) {
        say(format!("{:>9} {}", activity.count, activity.name));
    }
    rest(stats.activities.len());
    say("\nvariants");
    for variant in stats.variants.top.iter().take(LINES) {
        say(format!("{:>9} {:>5.1}%  {}", variant.cases, variant.share * 100.0, variant.activities.join(" > ")));
    }
    rest(stats.variants.count);
    say("\nwhat follows what, and the median wait");
    for follow in stats.directly_follows.iter().take(LINES) {
        let wait = follow.median_seconds.map(mining::time::human).unwrap_or_default();
        say(format!("{:>9} {:>10}  {} > {}", follow.count, wait, follow.from, follow.to));
    }
    rest(stats.directly_follows.len());
}

fn rest(all: usize) {
    if all > LINES {
        say(format!("          and {} more (--json has what there is)", all - LINES));
    }
}

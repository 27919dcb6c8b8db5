//! `thedesk log look`: how a file is understood, and what would be left out, before anything is made of it.

use indicatif::ProgressBar;
use mining::objects::{self, Format, ObjectLog, TypeCount};
use mining::read::{
    self as mining_read, DateOrder, DateStyle, LaidOut, Layout, Look, Options, Problem, ReadError, Report,
};
use serde::Serialize;

use super::{Input, Outcome, bytes_bar, counted, read, rest, say, shown};

#[derive(clap::Args)]
pub(in crate::cli) struct Arguments {
    #[command(flatten)]
    input: Input,
    /// As JSON, with everything
    #[arg(long)]
    json: bool,
}

/// How an object-centric log was understood.
#[derive(Debug, Serialize)]
struct ObjectLook {
    /// `ocel-json`, `ocel-xml` or `ocel-sqlite`.
    format: &'static str,
    events: usize,
    objects: usize,
    /// Types with how many there are of each.
    event_types: Vec<TypeCount>,
    object_types: Vec<TypeCount>,
    refused: u64,
    incomplete: u64,
    problems: Vec<Problem>,
    notes: Vec<String>,
    cut_off: Option<String>,
}

pub(super) fn run(arguments: &Arguments) -> Outcome {
    let Arguments { input, json } = arguments;
    let bar = bytes_bar(&input.file, "reading");
    match looked(input, &bar)? {
        Ok(look) => {
            bar.finish_and_clear();
            if *json { say(serde_json::to_string_pretty(&look)?) } else { print(&look) }
        }
        Err(ReadError::IsObjects) => {
            let (log, report) = read::objects(input, &bar)?;
            bar.finish_and_clear();
            let look = ObjectLook::of(&log, report, format(input)?);
            if *json { say(serde_json::to_string_pretty(&look)?) } else { print_objects(&look) }
        }
        Err(error) => return Err(read::failed(&input.file, &error)),
    }
    Ok(())
}

/// Looks, and once more with the other order of day and month when that was a guess and is contradicted: as the other
/// commands read it.
fn looked(input: &Input, bar: &ProgressBar) -> Result<Result<Look, ReadError>, super::Failure> {
    let look = |order: Option<DateOrder>| {
        let options = read::options(input, bar);
        let options = Options { date_order: options.date_order.or(order), ..options };
        Ok::<_, super::Failure>(mining_read::look(read::source(&input.file)?, options))
    };
    let first = match look(None)? {
        Ok(look) if look.other_order > 0 => look,
        other => return Ok(other),
    };
    let Some(Layout { order: Some(order), order_open: true, .. }) = first.layout else { return Ok(Ok(first)) };
    let other = if order == DateOrder::DayFirst { DateOrder::MonthFirst } else { DateOrder::DayFirst };
    let mut second = match look(Some(other))? {
        Ok(look) if look.other_order == 0 => look,
        _ => return Ok(Ok(first)),
    };
    if let Some(layout) = &mut second.layout {
        layout.dates_because = format!("{} times of the file fit no other order", first.other_order);
    }
    Ok(Ok(second))
}

/// Which of its three formats an object-centric log has.
fn format(input: &Input) -> Result<&'static str, super::Failure> {
    let failed = |error: std::io::Error| read::failed(&input.file, &format!("cannot be read ({error})"));
    Ok(match objects::format_in(read::source(&input.file)?).map_err(failed)? {
        Some(Format::Sqlite) => "ocel-sqlite",
        Some(Format::Xml) => "ocel-xml",
        _ => "ocel-json",
    })
}

impl ObjectLook {
    fn of(log: &ObjectLog, report: Report, format: &'static str) -> Self {
        let stats = log.stats();
        Self {
            format,
            events: stats.events,
            objects: stats.objects,
            event_types: stats.event_types,
            object_types: stats.object_types,
            refused: report.refused,
            incomplete: report.incomplete,
            problems: report.problems,
            notes: report.notes,
            cut_off: report.cut_off,
        }
    }
}

fn print(look: &Look) {
    say(format!("{}, {}", look.format.to_uppercase(), counted(look.events as usize, "event", "events")));
    if let Some(layout) = &look.layout {
        print_layout(layout);
    }
    unread(look.refused, look.incomplete, &look.problems, &look.notes, look.cut_off.as_deref());
    if look.examples.is_empty() {
        return;
    }
    say("\nthe first events");
    for example in &look.examples {
        let time = example.time.as_deref().unwrap_or("no time");
        let by = example.resource.as_ref().map(|who| format!(", {who}")).unwrap_or_default();
        say(shown(&format!("{:>24}  {}: {}{by}", time, example.case, example.activity)));
    }
}

fn print_layout(layout: &Layout) {
    let separator = match layout.separator {
        ',' => "commas".to_owned(),
        ';' => "semicolons".to_owned(),
        '\t' => "tabs".to_owned(),
        other => format!("\"{other}\""),
    };
    let understood = layout.dates != DateStyle::Unknown.to_string();
    let sure = if layout.dates_sure || !understood { "" } else { " (a guess)" };
    say(format!("{} columns between {separator}", layout.columns.len()));
    say(format!("times are {}{sure}: {}; without an offset {}", layout.dates, layout.dates_because, layout.zone));
    say("\ncolumns");
    for LaidOut { name, role, kind, samples } in &layout.columns {
        let meant = role.map_or_else(|| format!("({kind})"), |role| format!("= {role}"));
        say(shown(&format!("  {name} {meant}: {}", samples.join(", "))));
    }
}

fn print_objects(look: &ObjectLook) {
    let (events, objects) = (counted(look.events, "event", "events"), counted(look.objects, "object", "objects"));
    say(format!("{}, {events}, {objects}", look.format));
    for (name, types) in [("types of events", &look.event_types), ("types of objects", &look.object_types)] {
        say(format!("\n{name}"));
        for kind in types.iter().take(super::LINES) {
            say(shown(&format!("{:>9} {}", kind.count, kind.name)));
        }
        rest(types.len());
    }
    unread(look.refused, look.incomplete, &look.problems, &look.notes, look.cut_off.as_deref());
}

/// What was left out, and what else is worth knowing.
fn unread(refused: u64, incomplete: u64, problems: &[Problem], notes: &[String], cut_off: Option<&str>) {
    if refused + incomplete > 0 {
        say(format!("\n{refused} left out, {incomplete} incomplete"));
    }
    for Problem { place, reason } in problems.iter().take(super::LINES) {
        say(format!("  {place}: {reason}"));
    }
    let all = usize::try_from(refused + incomplete).unwrap_or(usize::MAX);
    if all > super::LINES {
        say(format!("  and {} more", all - super::LINES));
    }
    if let Some(place) = cut_off {
        say(format!("  the file is cut off: it ends {place}"));
    }
    for note in notes {
        say(format!("  note: {note}"));
    }
}

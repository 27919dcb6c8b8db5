//! `thedesk log stats`: what a log holds, in figures.

use mining::Stats;
use mining::objects::{ObjectStats, TypeCount};

use super::read::{self, Loaded};
use super::{Input, LINES, Outcome, counted, rest, say, shown, summary};

#[derive(clap::Args)]
pub(in crate::cli) struct Arguments {
    #[command(flatten)]
    input: Input,
    /// As JSON, with everything
    #[arg(long)]
    json: bool,
}

pub(super) fn run(arguments: &Arguments) -> Outcome {
    let Arguments { input, json } = arguments;
    let log = match read::any(input, false)? {
        Loaded::Objects(log) if input.object_type.is_none() => {
            let stats = log.stats();
            if *json {
                say(serde_json::to_string_pretty(&stats)?);
            } else {
                print_objects(&stats);
            }
            return Ok(());
        }
        Loaded::Objects(log) => read::flat(&log, input)?,
        Loaded::Plain(..) if input.object_type.is_some() => return Err(read::failed(&input.file, &read::NO_TYPES)),
        Loaded::Plain(log, _) => *log,
    };
    let stats = Stats::of(&log);
    if *json {
        say(serde_json::to_string_pretty(&stats.whole(&log))?);
    } else {
        print(&stats);
    }
    Ok(())
}

fn print_objects(stats: &ObjectStats) {
    say(format!(
        "{}, {}, {} between them, {} between objects",
        counted(stats.events, "event", "events"),
        counted(stats.objects, "object", "objects"),
        counted(stats.event_object_relations, "relation", "relations"),
        counted(stats.object_object_relations, "relation", "relations"),
    ));
    span(stats.first.as_deref(), stats.last.as_deref());
    let list = |name: &str, types: &[TypeCount]| {
        say(format!("\n{name}"));
        for kind in types.iter().take(LINES) {
            say(shown(&format!("{:>9} {}", kind.count, kind.name)));
        }
        rest(types.len());
    };
    list("types of events", &stats.event_types);
    list("types of objects", &stats.object_types);
    for view in &stats.views {
        say(format!(
            "\nseen from {}: {}, {}; {} events left out, {} counted more than once, {} with loops that may be none",
            view.object_type,
            counted(view.objects, "case", "cases"),
            counted(view.variants, "variant", "variants"),
            view.flattened.left_out,
            view.flattened.converging_events,
            view.flattened.diverging_objects,
        ));
        for follow in view.directly_follows.iter().take(LINES) {
            let wait = follow.median_seconds.map(mining::time::human).unwrap_or_default();
            say(shown(&format!("{:>9} {:>10}  {} > {}", follow.count, wait, follow.from, follow.to)));
        }
        rest(view.directly_follows.len());
    }
}

fn span(first: Option<&str>, last: Option<&str>) {
    if let (Some(first), Some(last)) = (first, last) {
        say(format!("from {first} to {last}"));
    }
}

fn print(stats: &Stats) {
    say(summary(stats));
    span(stats.first.as_deref(), stats.last.as_deref());
    say("\nactivities");
    for activity in stats.activities.iter().take(LINES) {
        say(shown(&format!("{:>9} {}", activity.count, activity.name)));
    }
    rest(stats.activities.len());
    say("\nvariants");
    for variant in stats.variants.top.iter().take(LINES) {
        let steps = variant.activities.join(" > ");
        say(shown(&format!("{:>9} {:>5.1}%  {steps}", variant.cases, variant.share * 100.0)));
    }
    rest(stats.variants.count);
    say("\nwhat follows what, and the median wait");
    for follow in stats.directly_follows.iter().take(LINES) {
        let wait = follow.median_seconds.map(mining::time::human).unwrap_or_default();
        say(shown(&format!("{:>9} {:>10}  {} > {}", follow.count, wait, follow.from, follow.to)));
    }
    rest(stats.directly_follows.len());
}

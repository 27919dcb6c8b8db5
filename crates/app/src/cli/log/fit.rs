//! `thedesk log fit`: a log beside a path or a model.

use std::path::{Path, PathBuf};
use std::time::Duration;

use indicatif::ProgressBar;
use mining::Log;
use mining::fit::{CaseFit, Fit, Limits, Model, Net, NotComputed, Summary, fit_with};
use mining::map::Words;
use serde::Serialize;

use super::{Failure, Input, LINES, Outcome, complain, read, rest, say, styled};

#[derive(clap::Args)]
#[command(group = clap::ArgGroup::new("beside").required(true))]
pub(in crate::cli) struct Arguments {
    #[command(flatten)]
    input: Input,
    /// The steps in their order, separated by commas: "Asked,Solved,Closed"
    #[arg(long, value_name = "STEPS", group = "beside")]
    path: Option<String>,
    /// A model with choices, options, loops and parallel parts (text or JSON), or a Petri net (PNML)
    #[arg(long, value_name = "FILE", group = "beside")]
    model: Option<PathBuf>,
    /// Say of each case how it fits
    #[arg(long)]
    per_case: bool,
    /// As JSON, with everything
    #[arg(long)]
    json: bool,
    /// States to look at for one way at most; what would take more is not computed, and counted
    #[arg(long, value_name = "STATES", default_value_t = Limits::default().states)]
    limit: usize,
    /// Seconds to compute at most; what is not done then is not computed, and counted
    #[arg(long, value_name = "SECONDS")]
    seconds: Option<u64>,
}

#[derive(Serialize)]
struct Told<'a> {
    #[serde(flatten)]
    summary: Summary,
    #[serde(skip_serializing_if = "Option::is_none")]
    per_case: Option<Vec<CaseFit<'a>>>,
}

pub(super) fn run(arguments: &Arguments) -> Outcome {
    let net = match (&arguments.path, &arguments.model) {
        (Some(path), _) => {
            Net::from(&Model::parse_path(path).map_err(|error| Failure::Failed(format!("--path {path:?}: {error}")))?)
        }
        (None, Some(file)) => model(file)?,
        (None, None) => return Err(Failure::Failed("give --path or --model".to_owned())),
    };
    let log = read::plain(&arguments.input)?;
    let absent: Vec<&str> = net.labels().filter(|label| log.activity_names().code(label).is_none()).collect();
    if !absent.is_empty() {
        let known: Vec<_> = log.activity_names().iter().take(20).map(|name| format!("\"{name}\"")).collect();
        complain(&format!(
            "no case of this log has \"{}\". Check the spelling; among its activities are {}",
            absent.join("\", \""),
            known.join(", ")
        ));
    }
    let limits = Limits { states: arguments.limit, time: arguments.seconds.map(Duration::from_secs), threads: 0 };
    let bar = ProgressBar::new(0).with_message("aligning");
    let bar = bar.with_style(styled("{msg:>10} {wide_bar} {pos} of {len} variants"));
    let found = fit_with(&log, &net, &limits, |done, of| {
        bar.set_length(of as u64);
        bar.set_position(done as u64);
    });
    bar.finish_and_clear();
    let found = found.map_err(|error| Failure::Failed(error.to_string()))?;
    let summary = found.summary(&log);
    if arguments.json {
        let per_case = arguments.per_case.then(|| found.cases(&log).collect());
        say(serde_json::to_string_pretty(&Told { summary, per_case })?);
    } else {
        print(&summary);
        if arguments.per_case {
            print_cases(&found, &log);
        }
    }
    Ok(())
}

fn model(file: &Path) -> Result<Net, Failure> {
    let failed = |why: &dyn std::fmt::Display| Failure::Failed(format!("{}: {why}", file.display()));
    let source = std::fs::read_to_string(file).map_err(|error| failed(&format!("cannot be read ({error})")))?;
    let first = source.trim_start_matches('\u{feff}').trim_start();
    if first.starts_with('<') {
        return Net::from_pnml(first).map_err(|error| failed(&error));
    }
    Model::parse(&source).map(|model| Net::from(&model)).map_err(|error| failed(&error))
}

fn print(summary: &Summary) {
    let words = Words::default();
    let share = |share: Option<f64>| share.map_or("none".to_owned(), |share| format!("{:.1}%", share * 100.0));
    say(format!(
        "{} of {} cases follow it exactly ({})",
        words.count(summary.exact.cases),
        words.count(summary.computed),
        share(summary.exact.share)
    ));
    if let Some(fitness) = summary.mean_fitness {
        say(format!("mean fitness {fitness:.3}, shortest way {} steps", summary.shortest_path));
    }
    for left in &summary.not_computed {
        let why = match left.why {
            NotComputed::TooManyStates => "they need more states than --limit",
            NotComputed::OutOfTime => "the time was up (--seconds)",
            NotComputed::TooLong => "they are longer than 65,534 events",
            NotComputed::NoWayThrough => "the model has no way through",
        };
        say(format!("not computed: {} cases ({} variants), {why}", words.count(left.cases), left.variants));
    }
    say("\ndeviations, by cases");
    for deviation in summary.deviations.iter().take(LINES) {
        say(format!("{:>9} {:>6.1}%  {deviation}", deviation.cases, deviation.share * 100.0));
    }
    rest(summary.deviations.len());
}

fn print_cases(found: &Fit<'_>, log: &Log) {
    say("");
    for case in found.cases(log) {
        let named: Vec<_> = case.deviations.iter().map(|named| format!("{} {}", named.kind, named.step)).collect();
        match case.fitness {
            Some(fitness) => say(format!("{fitness:.3}  {}  {}", case.case, named.join(", "))),
            None => say(format!("    -  {}  not computed", case.case)),
        }
    }
}

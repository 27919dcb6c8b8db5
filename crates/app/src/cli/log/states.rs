//! `thedesk log states`: time in states, hands and reopens, case by case.

use mining::map::Words;
use mining::states::{CaseStates, Rules, Total, states};
use mining::time::human;
use serde::Serialize;

use super::{Input, LINES, Outcome, complain, read, rest, say};

#[derive(clap::Args)]
pub(in crate::cli) struct Arguments {
    #[command(flatten)]
    input: Input,
    /// A state that pauses the clock, such as waiting for the customer; may be given several times
    #[arg(long, value_name = "STATE")]
    pause: Vec<String>,
    /// An activity that closes a case, so that another one opens it again; may be given several times
    #[arg(long, value_name = "ACTIVITY")]
    closed: Vec<String>,
    /// As JSON, with every case
    #[arg(long)]
    json: bool,
}

#[derive(Serialize)]
struct Told<'a> {
    total: Option<Total>,
    cases: Vec<CaseStates<'a>>,
}

pub(super) fn run(arguments: &Arguments) -> Outcome {
    let Arguments { input, pause, closed, json } = arguments;
    let log = read::plain(input)?;
    let rules = Rules { pause: pause.clone(), closed: closed.clone(), working: None };
    let unknown = rules.unknown(&log);
    if !unknown.is_empty() {
        let known: Vec<_> = log.activity_names().iter().take(20).map(|name| format!("\"{name}\"")).collect();
        complain(&format!(
            "no case of this log is ever in \"{}\". Check the spelling; among its states are {}",
            unknown.join("\", \""),
            known.join(", ")
        ));
    }
    let cases: Vec<_> = states(&log, &rules).collect();
    let total = Total::of(&cases);
    if *json {
        say(serde_json::to_string(&Told { total, cases })?);
    } else {
        print(total.as_ref(), &cases);
    }
    Ok(())
}

fn print(total: Option<&Total>, cases: &[CaseStates<'_>]) {
    let Some(total) = total else { return say("no cases") };
    let percent = |share: f64| format!("{:.1}%", share * 100.0);
    say(format!("{} cases, median {}", Words::default().count(total.cases as u64), human(total.median_seconds)));
    say(format!(
        "{} change hands, {} go back to one who had them, {} are opened again, {} come back to a state",
        percent(total.handed_over),
        percent(total.ping_pong),
        percent(total.reopened),
        percent(total.returned)
    ));
    say("\nmedian by changes of hands");
    for (changes, (count, median)) in total.by_hand_overs.iter().enumerate() {
        let more = if changes == 4 { " or more" } else { "" };
        say(format!("{count:>9} {:>10}  {changes}{more}", median.map(human).unwrap_or_default()));
    }
    let mut all: Vec<(&str, f64, u64, bool)> = Vec::new();
    let mut place = std::collections::HashMap::new();
    for state in cases.iter().flat_map(|case| &case.states) {
        let at = *place.entry(state.state).or_insert_with(|| {
            all.push((state.state, 0.0, 0, state.paused));
            all.len() - 1
        });
        all[at].1 += state.seconds;
        all[at].2 += 1;
    }
    all.sort_by(|a, b| b.1.total_cmp(&a.1).then_with(|| a.0.cmp(b.0)));
    say("\nstates: cases, mean time in it");
    for (state, seconds, count, paused) in all.iter().take(LINES) {
        let paused = if *paused { " (pauses the clock)" } else { "" };
        say(format!("{count:>9} {:>10}  {state}{paused}", human(seconds / *count as f64)));
    }
    rest(all.len());
}

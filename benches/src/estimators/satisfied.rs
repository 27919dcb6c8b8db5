//! The share of people who were satisfied in the end, when those who answer are not like those who are silent. What
//! the desk knows of everybody (channel, hand-overs, returns) mends little of it; calling some of the silent does.

use simulate::survey::Survey;
use simulate::ticket::{Channel, Ticket, What};
use simulate::{Company, Settings, Ways};
use statistics::interval::share::{Share, wilson};
use statistics::interval::{Estimate, Interval};
use statistics::response::rake::{Limits, rake};
use statistics::response::weight;
use statistics::response::worst_case;

use super::{Case, Claim, END, Judged, LEVEL, Trial, over};

const OF: &str = "share satisfied of all who came";
/// How many of the silent are called.
const CALLED: usize = 60;

/// In Lindenhof the angry and the happy answer most; in the second kind of world it has nothing to do with moods.
pub(super) fn judge(worlds: u64) -> Vec<Judged> {
    let mut all = Vec::new();
    let lindenhof = Ways::default();
    let silent_angry = Ways { answer_chance: [0.10, 0.10, 0.15, 0.20, 0.30], ..lindenhof };
    let alike = Ways { answer_chance: [0.28; 5], ..lindenhof };
    for (world, ways, raw) in [
        // Those without a mailbox, or asked lately, cannot answer, and are not quite like the others.
        ("all who are asked answer alike", alike, Claim::Near),
        ("the angry and the happy answer most", lindenhof, Claim::TooHigh),
        ("the dissatisfied are silent", silent_angry, Claim::TooHigh),
    ] {
        let case = |by, claim| Case { of: OF, world, by, claim, nothing: None };
        let cases = [
            case("answers as they came", raw),
            case("raked by channel, hand-overs, returns", Claim::Shown),
            case("answers and 60 of the silent called", Claim::Right),
            case("worst case of the silent", Claim::Bounds),
        ];
        all.extend(over(worlds, cases, |seed| tried(seed, ways)));
    }
    all
}

fn tried(seed: u64, ways: Ways) -> [Trial; 4] {
    let company = Company::with(Settings { people: 1_000, months: 3, seed, end: END }, ways);
    let truth = company.truth().satisfied;
    let satisfied = truth.value();
    let mut facts = Vec::new();
    let mut margins = [vec![0.0; 4], vec![0.0; 3], vec![0.0; 2]];
    let mut pleased = Vec::new();
    for ticket in company.tickets() {
        let known = known(ticket);
        let answer = match &ticket.survey {
            Survey::NotDue => continue,
            Survey::Invited { answer, .. } => answer.as_ref(),
            Survey::Withheld { .. } => None,
        };
        margins.iter_mut().zip(&known).for_each(|(margin, category)| margin[*category] += 1.0);
        if let Some(answer) = answer {
            pleased.push(answer.satisfaction >= 4);
            facts.push(known);
        }
    }
    let part = pleased.iter().filter(|pleased| **pleased).count() as u64;
    let raw = Share::new(part, pleased.len() as u64).ok();
    let raked = rake(&facts, &margins, Limits::default())
        .and_then(|raked| weight::share(&pleased, &raked.weights, LEVEL))
        .map(|weighted| weighted.estimate);
    [
        match raw {
            Some(raw) => Trial::share(satisfied, raw.value(), wilson(raw, LEVEL)),
            None => Trial::value(satisfied, None),
        },
        Trial::of(satisfied, raked),
        Trial::of(satisfied, called(&company, &pleased)),
        Trial::of(satisfied, bounds(&company, raw)),
    ]
}

/// Channel, hand-overs (none, one, more), whether it came back: what the desk knows of every ticket.
fn known(ticket: &Ticket) -> Vec<usize> {
    let count = |is: fn(&What) -> bool| ticket.events.iter().filter(|event| is(&event.what)).count();
    let channel = match ticket.channel {
        Channel::Email => 0,
        Channel::Portal => 1,
        Channel::Phone => 2,
        Channel::WalkUp => 3,
    };
    vec![
        channel,
        count(|what| matches!(what, What::HandedOver { .. })).min(2),
        count(|what| matches!(what, What::Reopened)).min(1),
    ]
}

/// Some of the silent are called, by lot, and each of them speaks for as many as were not.
fn called(company: &Company, pleased: &[bool]) -> statistics::Result<Estimate> {
    let silent = &company.truth().silent;
    // The list has no order that matters to moods, so every so manieth is as good as lots.
    let every = (silent.len() / CALLED).max(1);
    let spoke: Vec<bool> = silent.iter().step_by(every).take(CALLED).map(|one| one.mood.satisfaction >= 4).collect();
    let each = silent.len() as f64 / spoke.len().max(1) as f64;
    let weights: Vec<f64> = pleased.iter().map(|_| 1.0).chain(spoke.iter().map(|_| each)).collect();
    let all: Vec<bool> = pleased.iter().chain(&spoke).copied().collect();
    weight::share(&all, &weights, LEVEL).map(|weighted| weighted.estimate)
}

fn bounds(company: &Company, raw: Option<Share>) -> statistics::Result<Estimate> {
    let raw = raw.map_or_else(|| Share::new(0, 0), Ok)?;
    let rate = raw.whole() as f64 / company.truth().satisfied.whole as f64;
    let bounds = worst_case(raw.value(), rate)?;
    let interval = Interval { low: bounds.low, high: bounds.high, level: LEVEL, method: "worst case" };
    Ok(Estimate { value: raw.value(), interval })
}

//! Which moments decide how it is felt: whether the causes that make moods are found, and one that is none is not.

use simulate::survey::Survey;
use simulate::ticket::{Ticket, What};
use simulate::{Company, Settings};
use statistics::importance::{Importance, Journey, importance};
use statistics::interval::bootstrap::Draws;

use super::{Case, Claim, END, Judged, LEVEL, Trial, over};

/// Chasers, hand-overs, returns; then a figure that has nothing to do with anything.
const STEPS: usize = 4;

/// A year of Lindenhof.
pub(super) fn judge(worlds: u64) -> Vec<Judged> {
    let case = |by| Case {
        of: "share of worlds in which a cause is told from what is none",
        world: "Lindenhof's year",
        by,
        claim: Claim::Near,
        nothing: None,
    };
    let cases = [case("drop in R2 by chasers"), case("drop in R2 by hand-overs"), case("drop in R2 by coming back")];
    over(worlds, cases, tried)
}

fn tried(seed: u64) -> [Trial; 3] {
    let company = Company::new(Settings { people: 2_000, months: 12, seed, end: END });
    let found = importance(&journeys(&company), Draws { resamples: 60, seed, level: LEVEL });
    let above = |found: &Importance, step: usize| {
        let clear = found.steps[step].drop_in_r2.interval.low > found.steps[STEPS - 1].drop_in_r2.value;
        f64::from(u8::from(clear))
    };
    [0, 1, 2].map(|step| Trial::value(1.0, found.as_ref().ok().map(|found| above(found, step))))
}

fn journeys(company: &Company) -> Vec<Journey> {
    let answered = company.tickets().iter().filter_map(|ticket| match &ticket.survey {
        Survey::Invited { answer: Some(answer), .. } => Some((ticket, answer)),
        _ => None,
    });
    let count = |ticket: &Ticket, is: fn(&What) -> bool| ticket.events.iter().filter(|e| is(&e.what)).count() as f64;
    answered
        .map(|(ticket, answer)| Journey {
            person: u64::from(ticket.person.0),
            outcome: f64::from(answer.satisfaction),
            steps: vec![
                count(ticket, |what| matches!(what, What::Chased { .. })),
                count(ticket, |what| matches!(what, What::HandedOver { .. })),
                count(ticket, |what| matches!(what, What::Reopened)),
                // The second of the minute at which it was opened.
                (ticket.opened / 1_000 % 60) as f64,
            ],
        })
        .collect()
}

//! What people asked for, what came of it, and who was told.

use base::clock::{DAY, Moment};
use base::db::{Result, Tx};
use ledger::touchpoint::Source;
use programme::improvement::{self, ImprovementId, PastDuplicate, PastImprovement, PastRaiser};
use simulate::Company;
use simulate::improvement::{Ending, Improvement, Raiser};
use simulate::services::Service;
use simulate::survey::Survey;

use super::people::Cast;

/// Proposals that nobody has decided about yet: a service, and what those who were unhappy with it lately ask for.
const PROPOSALS: [(Service, &str); 2] = [
    (Service::Printing, "A printer that says by itself when it needs paper or toner"),
    (Service::Badge, "Let my badge open the other sites when I travel"),
];
/// "Lately".
const LATELY: i64 = 60 * DAY;

/// Writes all improvements; gives the ids in the company's order, proposals behind them.
pub(super) fn insert(tx: &mut Tx, company: &Company, cast: &Cast) -> Result<Vec<ImprovementId>> {
    let end = company.settings().end;
    let all = company.improvements().iter().enumerate();
    let mut past: Vec<PastImprovement> = all.map(|(place, one)| improvement(place, one, cast, end)).collect();
    past.extend(PROPOSALS.iter().map(|(service, title)| proposal(*service, title, company, cast)));
    improvement::import(tx, &past, Source::Simulated)
}

fn improvement(place: usize, one: &Improvement, cast: &Cast, end: i64) -> PastImprovement {
    let story = one.story;
    let declined = story.ending == Ending::Declined;
    let ended_at = if declined { one.decided } else { one.done };
    let is_over = ended_at.is_some();
    // Every third of those who asked said it in other words, which were merged later.
    let (mut own, mut others) = (Vec::new(), Vec::new());
    for (index, raiser) in one.raisers.iter().enumerate() {
        let elsewhere = story.duplicate.is_some() && index % 3 == 2;
        let helped = is_over.then(|| helped(place, index, story.effect)).flatten();
        let raiser = PastRaiser { helped, ..raised(raiser, cast) };
        if elsewhere { others.push(raiser) } else { own.push(raiser) }
    }
    let duplicates = story.duplicate.map(|title| {
        let at = others.iter().map(|raiser| raiser.at.0).min().unwrap_or(one.proposed).max(one.proposed);
        let merged_at = one.decided.unwrap_or(at).max(at + DAY).min(end - 1);
        PastDuplicate { title: title.to_owned(), at: Moment(at), merged_at: Moment(merged_at), raisers: others }
    });
    let text = story.outcome.to_owned();
    PastImprovement {
        title: story.title.to_owned(),
        // What is not over yet has a plan, and what is over an outcome.
        plan: if is_over { String::new() } else { text.clone() },
        outcome: if is_over { text } else { String::new() },
        owner: Some(cast.id(one.owner)),
        proposed_at: Moment(one.proposed),
        planned_at: one.decided.filter(|_| !declined).map(Moment),
        begun_at: one.begun.map(Moment),
        ended_at: ended_at.map(Moment),
        declined,
        told_at: one.told.map(Moment),
        raisers: own,
        duplicates: duplicates.into_iter().collect(),
    }
}

/// Two of five say whether it helped; the more it did, the more of them say yes.
fn helped(place: usize, index: usize, effect: f64) -> Option<bool> {
    match (place + index * 7) % 5 {
        0 => Some(true),
        1 => Some(effect >= 0.4),
        _ => None,
    }
}

fn raised(raiser: &Raiser, cast: &Cast) -> PastRaiser {
    PastRaiser {
        person: cast.id(raiser.person),
        version: Some(cast.version(raiser.person, raiser.at)),
        at: Moment(raiser.at),
        helped: None,
    }
}

/// A proposal, raised by those who were unhappy with the service lately and asked for nothing else.
fn proposal(service: Service, title: &str, company: &Company, cast: &Cast) -> PastImprovement {
    let since = company.settings().end - LATELY;
    let unhappy = company.tickets().iter().filter(|ticket| ticket.service == service).filter_map(|ticket| {
        let Survey::Invited { answer: Some(answer), .. } = &ticket.survey else { return None };
        (answer.satisfaction <= 3 && answer.raises.is_none() && answer.at >= since).then_some(Raiser {
            person: ticket.person,
            ticket: ticket.id,
            at: answer.at,
        })
    });
    let mut seen = std::collections::BTreeSet::new();
    let mut raisers: Vec<PastRaiser> =
        unhappy.filter(|raiser| seen.insert(raiser.person)).map(|raiser| raised(&raiser, cast)).collect();
    raisers.sort_by_key(|raiser| raiser.at);
    let owner = company.people().iter().find(|person| person.role == simulate::person::Role::Lead);
    let proposed_at = raisers.first().map_or(Moment(company.settings().end - DAY), |first| first.at);
    PastImprovement {
        title: title.to_owned(),
        plan: String::new(),
        outcome: String::new(),
        owner: owner.map(|owner| cast.id(owner.id)),
        proposed_at,
        planned_at: None,
        begun_at: None,
        ended_at: None,
        declined: false,
        told_at: None,
        raisers,
        duplicates: Vec::new(),
    }
}

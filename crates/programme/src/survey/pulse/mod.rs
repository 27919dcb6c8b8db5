//! The pulse: people are asked in turn, whether they came to the desk or not, if anything got in the way of their work
//! lately and where they went first with it. Surveys ask those who came; only this tells of those who did not.
//!
//! # Who is asked when
//! [`Panel`]: a cycle of some weeks has as many slots as working days, and a person's slot follows from who they are, by
//! lot and for ever. So everybody has the same odds on every day, whatever they lived through, and nobody is asked twice in
//! a cycle: answers need no weights.
//!
//! For that nothing about a person may keep them from being asked that has to do with coming to the desk. A survey a week
//! ago would: who comes is surveyed. So it is the other way round: whose pulse is due within the cool-down is not surveyed
//! ([`super::Withheld::PulseDue`]), which leaves surveys as random as they were. Only in the first cool-down after a pulse
//! was set up do surveys come before it; who had one sits out the first turn.
//!
//! # How
//! [`ask`] is run now and then: it finds out once a day who is due, asks them in small transactions, and can be stopped and
//! run again anywhere, as each is looked up before they are asked. A day on which the desk was down is made up for within
//! a week.

mod ask;
mod history;
pub(super) mod kinds;
mod pages;
mod panel;
mod said;
mod store;
#[cfg(test)]
mod tests;

use base::clock::Moment;
use ledger::person::PersonId;
use ledger::touchpoint::Source;

use super::SurveyId;
use super::model::{Survey, Withheld, reads_best_first};

pub use ask::{Round, Rounds, ask};
pub use history::{PastPulse, import};
pub use kinds::KINDS;
pub use panel::Panel;
pub use said::Said;

pub(super) use ask::day_of;
pub(super) use pages::routes;

/// What surveys of this kind are about, in the table of surveys and in the ledger.
pub(super) const PULSE: &str = "pulse";

/// A person's turn: asked, or not for a reason. The order of answers is that of who stands for them.
fn turn(
    id: SurveyId,
    person: PersonId,
    canonical: PersonId,
    withheld: Option<Withheld>,
    at: Moment,
    source: Source,
) -> Survey {
    Survey {
        id,
        object: (PULSE.to_owned(), id.0),
        person,
        subject: String::new(),
        service: None,
        view_token: None,
        token: if withheld.is_some() { String::new() } else { base::id::token() },
        withheld,
        share: 1.0,
        best_first: reads_best_first(canonical),
        decided_at: at,
        dismissed_at: None,
        source,
    }
}

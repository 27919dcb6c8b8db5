//! Who may do what with a ticket: pure functions of the actor and the record.

use ledger::person::PersonId;
use web::actor::Actor;

use super::model::{State, Ticket};

/// Whether someone may see a ticket's page as the person who asked.
pub(super) fn follow(actor: &Actor, ticket: &Ticket, same: &[PersonId]) -> bool {
    actor.person == ticket.person || same.contains(&ticket.person)
}

/// Whether the person can be asked, and say, if it is sorted.
pub(super) fn confirm(ticket: &Ticket) -> bool {
    matches!(ticket.state, State::Resolved | State::WaitingPerson)
}

/// Whether the person can still write to it; later they open a new one.
pub(super) fn write(ticket: &Ticket, now: base::clock::Moment) -> bool {
    ticket.clone().hear(false, now).is_some()
}

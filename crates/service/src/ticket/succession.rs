//! A matter that is over may go on in another ticket: because somebody wrote after it had been over for long, or because
//! an agent moved all of it. What is written to the old one then lands in the new one.

use base::clock::Moment;
use base::db::Tx;
use ledger::person::one_and_same;
use web::error::Result;

use super::TicketId;
use super::model::{State, Ticket};
use super::store::{self, links};

/// Longest chain that is followed.
const MOST: usize = 50;

/// Notes that a ticket goes on in another one.
pub(super) fn record(tx: &mut Tx, ended: TicketId, next: TicketId, now: Moment) -> Result<()> {
    if ended == next {
        return Ok(());
    }
    Ok(links::succeed(tx, ended, next, now)?)
}

/// Where a ticket went on when it was over: itself when it is not, or when it did not.
///
/// # Errors
/// When the database refuses.
pub fn latest(tx: &mut Tx, ticket: Ticket) -> Result<Ticket> {
    let mut ticket = ticket;
    for _ in 0..MOST {
        let next = if ticket.state == State::Closed { next(tx, ticket.id)? } else { None };
        match next {
            Some(next) if next.id != ticket.id => ticket = next,
            _ => break,
        }
    }
    Ok(ticket)
}

/// The same, as far as it is the same person's: what they write to their page never shows them somebody else's.
pub(super) fn of_same_person(tx: &mut Tx, ticket: Ticket) -> Result<Ticket> {
    let latest = latest(tx, ticket.clone())?;
    let same = latest.id == ticket.id || one_and_same(tx, ticket.person)?.contains(&latest.person);
    Ok(if same { latest } else { ticket })
}

fn next(tx: &mut Tx, id: TicketId) -> Result<Option<Ticket>> {
    match links::successor(tx, id)? {
        Some(next) => Ok(store::find(tx, next)?),
        None => Ok(None),
    }
}

/// The tickets before and after this one: those that went on in it, and the one that it goes on in.
pub(super) struct Neighbours {
    pub before: Vec<Ticket>,
    pub after: Option<Ticket>,
}

/// What a ticket goes on from, and in what.
pub(super) fn neighbours(tx: &mut Tx, id: TicketId) -> Result<Neighbours> {
    let ids = links::predecessors(tx, id)?;
    let mut before = Vec::with_capacity(ids.len());
    for id in ids {
        before.extend(store::find(tx, id)?);
    }
    Ok(Neighbours { before, after: next(tx, id)? })
}

//! Which ticket stands for which: merged ones, and those that went on in another.

use base::clock::Moment;
use base::db::{Result, Tx, params};
use ledger::person::PersonId;

use crate::ticket::TicketId;

/// `merged` and all that it stood for lead to `kept` from now on.
pub(in crate::ticket) fn merge(
    tx: &mut Tx,
    merged: TicketId,
    kept: TicketId,
    by: Option<PersonId>,
    now: Moment,
) -> Result<()> {
    tx.execute("UPDATE ticket_merges SET kept_id = $1 WHERE kept_id = $2", params![kept, merged])?;
    let sql = "INSERT INTO ticket_merges (merged_id, kept_id, at, by_person) VALUES ($1, $2, $3, $4)";
    tx.execute(sql, params![merged, kept, now, by]).map(drop)
}

/// The ticket that stands for this one, when it was merged.
pub(in crate::ticket) fn kept_for(tx: &mut Tx, id: TicketId) -> Result<Option<TicketId>> {
    tx.first("SELECT kept_id FROM ticket_merges WHERE merged_id = $1", params![id], |row| row.read())
}

/// `ended` goes on in `next`.
pub(in crate::ticket) fn succeed(tx: &mut Tx, ended: TicketId, next: TicketId, now: Moment) -> Result<()> {
    let sql = "INSERT INTO ticket_successors (ticket_id, next_id, at) VALUES ($1, $2, $3)
               ON CONFLICT (ticket_id) DO UPDATE SET next_id = $2, at = $3";
    tx.execute(sql, params![ended, next, now]).map(drop)
}

/// Where this one goes on.
pub(in crate::ticket) fn successor(tx: &mut Tx, id: TicketId) -> Result<Option<TicketId>> {
    tx.first("SELECT next_id FROM ticket_successors WHERE ticket_id = $1", params![id], |row| row.read())
}

/// The newest of those that go on in this one.
pub(in crate::ticket) fn predecessors(tx: &mut Tx, id: TicketId) -> Result<Vec<TicketId>> {
    let sql = "SELECT ticket_id FROM ticket_successors WHERE next_id = $1 ORDER BY at DESC LIMIT 5";
    tx.query(sql, params![id], |row| row.read())
}

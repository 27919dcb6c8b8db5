//! Lists of tickets, as agents see them.

use base::db::{Result, Row, ToParam, Tx, params};
use ledger::person::PersonId;

use super::{COLUMNS, ticket};
use crate::ticket::model::Ticket;

/// A line of a list of tickets.
#[derive(Debug, Clone)]
pub(in crate::ticket) struct Line {
    pub ticket: Ticket,
    pub name: String,
    /// How the person felt when last asked, 1 to 5; 0 when they did not say.
    pub felt: i64,
    /// Whose it is.
    pub agent_name: Option<String>,
    /// The last letter about it did not arrive.
    pub came_back: bool,
}

const LINE: &str = "p.name, COALESCE(p.felt, 0), a.name, (SELECT o.state FROM outbox o \
         WHERE o.object_type = 'ticket' AND o.object_id = t.id ORDER BY o.id DESC LIMIT 1) FROM tickets t \
     JOIN people p ON p.id = t.person_id LEFT JOIN people a ON a.id = t.agent_id";

fn line(row: &Row) -> Result<Line> {
    Ok(Line {
        ticket: ticket(row)?,
        name: row.read()?,
        felt: row.read()?,
        agent_name: row.read()?,
        came_back: row.read::<Option<String>>()?.as_deref() == Some("failed"),
    })
}

/// Which tickets a list shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::ticket) enum View {
    /// An agent's own.
    Mine(PersonId),
    /// Nobody's.
    Nobodys,
    /// All that the desk has to do, those who wait longest first.
    Longest,
    /// People who felt bad the last time.
    FeelsBad,
    /// Those that are sorted, newest first.
    Sorted,
}

/// The tickets of a view: `limit` lines from the `skip`-th on.
pub(in crate::ticket) fn list(tx: &mut Tx, view: View, skip: i64, limit: i64) -> Result<Vec<Line>> {
    let (condition, order) = match view {
        View::Mine(_) => ("t.is_open = 1 AND t.agent_id = $3", "t.changed_at DESC, t.id DESC"),
        View::Nobodys => ("t.is_open = 1 AND t.agent_id IS NULL", "t.changed_at DESC, t.id DESC"),
        View::Longest => ("t.is_open = 1 AND t.waiting_since IS NOT NULL", "t.waiting_since, t.id"),
        View::FeelsBad => ("t.is_open = 1 AND p.felt <= 2", "p.felt, t.waiting_since, t.id"),
        View::Sorted => (
            "t.is_open = 0 AND NOT EXISTS (SELECT 1 FROM ticket_merges g WHERE g.merged_id = t.id)",
            "t.changed_at DESC, t.id DESC",
        ),
    };
    let me = match view {
        View::Mine(person) => person,
        _ => PersonId(0),
    };
    let sql = format!("SELECT {COLUMNS}, {LINE} WHERE {condition} ORDER BY {order} LIMIT $1 OFFSET $2");
    tx.query(&sql, params![limit, skip, me], line)
}

/// How many tickets are in each of the views that the desk has to do: mine, nobody's, waiting, feels bad.
pub(in crate::ticket) fn counts(tx: &mut Tx, me: PersonId) -> Result<[i64; 4]> {
    // Four counts, each along an index of its own, take a twentieth of one pass over all open tickets.
    let sql = "SELECT (SELECT COUNT(*) FROM tickets WHERE is_open = 1 AND agent_id = $1),
                      (SELECT COUNT(*) FROM tickets WHERE is_open = 1 AND agent_id IS NULL),
                      (SELECT COUNT(*) FROM tickets WHERE is_open = 1 AND waiting_since IS NOT NULL),
                      (SELECT COUNT(*) FROM tickets t JOIN people p ON p.id = t.person_id
                       WHERE t.is_open = 1 AND p.felt <= 2)";
    tx.one(sql, params![me], |row| Ok([row.read()?, row.read()?, row.read()?, row.read()?]))
}

/// These tickets, in the order of their ids in `ids`.
pub(in crate::ticket) fn list_of(tx: &mut Tx, ids: &[i64]) -> Result<Vec<Line>> {
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    let sql = format!("SELECT {COLUMNS}, {LINE} WHERE t.id IN ({})", base::db::placeholders(1, ids.len()));
    let params: Vec<_> = ids.iter().map(ToParam::to_param).collect();
    let mut lines = tx.query(&sql, &params, line)?;
    lines.sort_by_key(|line| ids.iter().position(|id| *id == line.ticket.id.0));
    Ok(lines)
}

//! Following the ledger: each follower reads on from its cursor and moves it in the transaction that did the work,
//! so that everything is followed exactly once.

use base::db::{Result, Tx, params};

use super::model::Touchpoint;
use super::store::{COLUMNS, touchpoint};

/// How far a follower has come: everything up to and including this touchpoint is done.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub struct Cursor {
    /// The transaction's place.
    pub position: i64,
    /// The touchpoint within it.
    pub id: i64,
}

impl Cursor {
    /// The cursor just behind this touchpoint.
    pub fn behind(touchpoint: &Touchpoint) -> Self {
        Self { position: touchpoint.position, id: touchpoint.id.0 }
    }
}

/// The touchpoints behind `cursor`, in the ledger's order, at most `limit`. Never past a transaction that is still
/// in flight, so that none that commits late is passed over.
pub fn after(tx: &mut Tx, cursor: Cursor, limit: i64) -> Result<Vec<Touchpoint>> {
    let settled = tx.settled_before()?;
    let sql = format!(
        "SELECT {COLUMNS} FROM touchpoints t
         WHERE (t.position, t.id) > ($1, $2) AND t.position < $3 ORDER BY t.position, t.id LIMIT $4"
    );
    tx.query(&sql, params![cursor.position, cursor.id, settled, limit], touchpoint)
}

/// The end of the ledger as it stands now: a follower that begins here sees only what is new.
pub fn end(tx: &mut Tx) -> Result<Cursor> {
    let settled = tx.settled_before()?;
    let sql = "SELECT position, id FROM touchpoints WHERE position < $1 ORDER BY position DESC, id DESC LIMIT 1";
    let last = tx.first(sql, params![settled], |row| Ok(Cursor { position: row.read()?, id: row.read()? }))?;
    Ok(last.unwrap_or_default())
}

/// Where the follower of this name stands; at the beginning when it is new.
pub fn cursor(tx: &mut Tx, name: &str) -> Result<Cursor> {
    let sql = "SELECT position, touchpoint_id FROM cursors WHERE name = $1";
    let found = tx.first(sql, params![name], |row| Ok(Cursor { position: row.read()?, id: row.read()? }))?;
    Ok(found.unwrap_or_default())
}

/// Moves the follower of this name.
pub fn advance(tx: &mut Tx, name: &str, to: Cursor) -> Result<()> {
    tx.execute(
        "INSERT INTO cursors (name, position, touchpoint_id) VALUES ($1, $2, $3)
         ON CONFLICT (name) DO UPDATE SET position = excluded.position, touchpoint_id = excluded.touchpoint_id",
        params![name, to.position, to.id],
    )?;
    Ok(())
}

//! What `base::db` promises, told to both engines.
#![allow(clippy::unwrap_used, reason = "a test ends where something is missing")]
#![allow(clippy::redundant_closure_for_method_calls, reason = "`|row| row.read()` is how rows are read everywhere")]

#[path = "database/commits.rs"]
mod commits;
#[path = "database/isolation.rs"]
mod isolation;
#[path = "database/order.rs"]
mod order;
#[path = "database/restart.rs"]
mod restart;
#[path = "database/statements.rs"]
mod statements;

use base::db::{Error, Result, Tx, params};

/// Numbers under names, in a table of the real schema that nothing else of these tests uses.
fn put(tx: &mut Tx, name: &str, position: i64) -> Result<()> {
    let sql = "INSERT INTO cursors (name, position, touchpoint_id) VALUES ($1, $2, 0)";
    tx.execute(sql, params![name, position]).map(drop)
}

fn get(tx: &mut Tx, name: &str) -> Result<Option<i64>> {
    tx.first("SELECT position FROM cursors WHERE name = $1", params![name], |row| row.read())
}

/// How a story's own code refuses.
#[derive(Debug)]
enum Refused {
    ByUs,
    ByDatabase(Error),
}

impl From<Error> for Refused {
    fn from(error: Error) -> Self {
        Self::ByDatabase(error)
    }
}

//! Every statement about imports.

use std::collections::HashMap;

use base::clock::Moment;
use base::db::{Param, Result, Row, Tx, params};

use super::ImportId;
use super::model::Import;

const COLUMNS: &str = "id, name, kind, cases, events, started_at, finished_at";

fn import(row: &Row) -> Result<Import> {
    Ok(Import {
        id: row.read()?,
        name: row.read()?,
        kind: row.read()?,
        cases: row.read()?,
        events: row.read()?,
        started_at: row.read()?,
        finished_at: row.read()?,
    })
}

/// The imports, newest first, at most `limit`.
pub fn list(tx: &mut Tx, limit: i64) -> Result<Vec<Import>> {
    let sql = format!("SELECT {COLUMNS} FROM imports ORDER BY started_at DESC, id DESC LIMIT $1");
    tx.query(&sql, params![limit], import)
}

/// The import of this id.
pub fn find(tx: &mut Tx, id: ImportId) -> Result<Option<Import>> {
    tx.first(&format!("SELECT {COLUMNS} FROM imports WHERE id = $1"), params![id], import)
}

/// The import of the file with this digest.
pub(super) fn find_by_digest(tx: &mut Tx, digest: &str) -> Result<Option<Import>> {
    tx.first(&format!("SELECT {COLUMNS} FROM imports WHERE digest = $1"), params![digest], import)
}

/// Stores that an import begins.
pub(super) fn insert(tx: &mut Tx, name: &str, digest: &str, kind: &str, now: Moment) -> Result<Import> {
    let id: ImportId = tx.new_id();
    tx.execute(
        "INSERT INTO imports (id, name, digest, kind, events, cases, started_at) VALUES ($1, $2, $3, $4, 0, 0, $5)",
        params![id, name, digest, kind, now],
    )?;
    let (name, kind) = (name.to_owned(), kind.to_owned());
    Ok(Import { id, name, kind, cases: 0, events: 0, started_at: now, finished_at: None })
}

/// Moves an import on from `before` events; gives whether it still stood there.
pub(super) fn advance(tx: &mut Tx, id: ImportId, before: i64, events: i64, new_cases: i64) -> Result<bool> {
    let sql =
        "UPDATE imports SET events = $1, cases = cases + $2 WHERE id = $3 AND events = $4 AND finished_at IS NULL";
    Ok(tx.execute(sql, params![events, new_cases, id, before])? == 1)
}

/// Says that all of an import is stored.
pub(super) fn finish(tx: &mut Tx, id: ImportId, now: Moment) -> Result<()> {
    tx.execute("UPDATE imports SET finished_at = $1 WHERE id = $2", params![now, id]).map(drop)
}

/// The ids of the cases that are stored, by their names in the log.
pub(super) fn cases(tx: &mut Tx, id: ImportId) -> Result<HashMap<String, i64>> {
    let mut all = HashMap::new();
    tx.each("SELECT name, id FROM import_cases WHERE import_id = $1", params![id], |row| {
        all.insert(row.read()?, row.read()?);
        Ok(())
    })?;
    Ok(all)
}

/// Stores cases under these ids.
pub(super) fn insert_cases(tx: &mut Tx, import: ImportId, cases: &[(&str, i64)]) -> Result<()> {
    let rows: Vec<Param> =
        cases.iter().flat_map(|(name, id)| [Param::Int(import.0), Param::Text(name), Param::Int(*id)]).collect();
    tx.insert_rows("INSERT INTO import_cases (import_id, name, id)", 3, &rows).map(drop)
}

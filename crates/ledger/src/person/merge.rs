//! Two records of one person: merged without moving anything, and un-merged exactly.

use std::collections::HashMap;

use base::clock::Moment;
use base::db::{Result, Tx, params};

use super::PersonId;
use super::store::canonical;

/// Says that `merged` and `kept` are one person, for whom `kept` stands. Merging a person with themself does nothing.
pub fn merge(tx: &mut Tx, kept: PersonId, merged: PersonId, by: Option<PersonId>, now: Moment) -> Result<()> {
    let (kept, merged) = (canonical(tx, kept)?, canonical(tx, merged)?);
    if kept == merged {
        return Ok(());
    }
    let id: i64 = tx.new_id();
    tx.execute(
        "INSERT INTO person_merges (id, kept_id, merged_id, at, by_person) VALUES ($1, $2, $3, $4, $5)",
        params![id, kept, merged, now, by],
    )?;
    tx.execute("UPDATE people SET canonical_id = $1 WHERE canonical_id = $2", params![kept, merged])?;
    Ok(())
}

/// Takes back the merge that made `merged` part of someone else; whoever was merged into `merged` stays with it.
/// Gives whether there was such a merge.
pub fn unmerge(tx: &mut Tx, merged: PersonId, now: Moment) -> Result<bool> {
    let undone = tx.execute(
        "UPDATE person_merges SET undone_at = $1 WHERE merged_id = $2 AND undone_at IS NULL",
        params![now, merged],
    )?;
    if undone == 0 {
        return Ok(false);
    }
    let group = super::store::one_and_same(tx, merged)?;
    let mut parents: HashMap<PersonId, PersonId> = HashMap::new();
    for &member in &group {
        let sql = "SELECT kept_id FROM person_merges WHERE merged_id = $1 AND undone_at IS NULL";
        if let Some(kept) = tx.first(sql, params![member], |row| row.read())? {
            parents.insert(member, kept);
        }
    }
    for &member in &group {
        let mut root = member;
        while let Some(&parent) = parents.get(&root) {
            root = parent;
        }
        tx.execute("UPDATE people SET canonical_id = $1 WHERE id = $2", params![root, member])?;
    }
    Ok(true)
}

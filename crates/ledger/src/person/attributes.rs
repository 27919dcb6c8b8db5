//! What was known of a person from when on.

use base::clock::Moment;
use base::db::{Result, Tx, params};

use super::PersonId;
use super::model::Attributes;

/// Records that a person's attributes are these from `from` on; gives the new version, or the present one when
/// nothing changed.
pub fn set_attributes(tx: &mut Tx, person: PersonId, attributes: &Attributes, from: Moment) -> Result<i64> {
    let text = serde_json::to_string(attributes).unwrap_or_default();
    let newest = tx.first(
        "SELECT version, attributes FROM person_versions WHERE person_id = $1 ORDER BY version DESC LIMIT 1",
        params![person],
        |row| Ok((row.read::<i64>()?, row.read::<String>()?)),
    )?;
    let version = match newest {
        Some((version, known)) if known == text => return Ok(version),
        Some((version, _)) => version + 1,
        None => 1,
    };
    tx.execute(
        "INSERT INTO person_versions (person_id, version, from_at, attributes) VALUES ($1, $2, $3, $4)",
        params![person, version, from, text],
    )?;
    tx.execute("UPDATE people SET version = $1 WHERE id = $2", params![version, person])?;
    Ok(version)
}

/// The attributes of one version; empty for version 0, when nothing was known yet.
pub fn attributes_at(tx: &mut Tx, person: PersonId, version: i64) -> Result<Attributes> {
    let sql = "SELECT attributes FROM person_versions WHERE person_id = $1 AND version = $2";
    let text = tx.first(sql, params![person, version], |row| row.read::<String>())?;
    Ok(text.and_then(|text| serde_json::from_str(&text).ok()).unwrap_or_default())
}

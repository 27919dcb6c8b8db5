//! What the projection asks the database for, besides the touchpoints themselves, and a row without a database.

use base::clock::Moment;
use base::db::{Db, Result, params};

use crate::person::{Attributes, PersonId};
use crate::touchpoint::{Channel, Cursor, Direction, Initiator, Source, Stage};

/// A version of a person's attributes, as stored.
pub(super) struct Version {
    pub person: PersonId,
    pub number: i64,
    pub attributes: String,
}

/// Whether the touchpoint that a snapshot ends with is in this ledger; a snapshot of nothing is of every ledger.
pub(super) fn is_of_this_ledger(db: &Db, cursor: Cursor) -> Result<bool> {
    if cursor == Cursor::default() {
        return Ok(true);
    }
    db.read_now(move |tx| {
        let sql = "SELECT position FROM touchpoints WHERE id = $1";
        let position = tx.first(sql, params![cursor.id], |row| row.read::<i64>())?;
        Ok(position == Some(cursor.position))
    })
}

/// All versions of everybody: for a ledger that is read from its beginning.
pub(super) fn all_versions(db: &Db) -> Result<Vec<Version>> {
    db.read_now(|tx| {
        tx.query("SELECT person_id, version, attributes FROM person_versions", &[], |row| {
            Ok(Version { person: row.read()?, number: row.read()?, attributes: row.read()? })
        })
    })
}

/// These versions; one that does not exist is given as empty, so that nobody asks again.
pub(super) fn versions(db: &Db, wanted: Vec<(PersonId, i64)>) -> Result<Vec<Version>> {
    db.read_now(move |tx| {
        let sql = "SELECT attributes FROM person_versions WHERE person_id = $1 AND version = $2";
        wanted
            .iter()
            .map(|&(person, number)| {
                let found = tx.first(sql, params![person, number], |row| row.read::<String>())?;
                Ok(Version { person, number, attributes: found.unwrap_or_default() })
            })
            .collect()
    })
}

/// Who is merged into whom: the record, and who stands for it.
pub(super) fn merged(db: &Db) -> Result<Vec<(PersonId, PersonId)>> {
    // Whoever is not their own canonical record was once merged by name; the table of merges is small.
    let sql = "SELECT DISTINCT p.id, p.canonical_id FROM person_merges m JOIN people p ON p.id = m.merged_id
               WHERE p.canonical_id <> p.id";
    db.read_now(move |tx| tx.query(sql, &[], |row| Ok((row.read()?, row.read()?))))
}

/// Whose link was cut.
pub(super) fn erased(db: &Db) -> Result<Vec<PersonId>> {
    db.read_now(|tx| tx.query("SELECT id FROM people WHERE erased_at IS NOT NULL", &[], |row| row.read()))
}

/// A person of an [`Entry`].
#[derive(Debug, Clone)]
pub struct Person {
    /// Who.
    pub id: PersonId,
    /// Their attributes as of then.
    pub attributes: Attributes,
}

/// A touchpoint without a database.
#[derive(Debug, Clone)]
pub struct Entry<'e> {
    /// When.
    pub at: Moment,
    /// The kind's name.
    pub kind: &'e str,
    /// Where.
    pub channel: Channel,
    /// The stage of the lifecycle.
    pub stage: Stage,
    /// Who speaks to whom.
    pub direction: Direction,
    /// Who began it.
    pub initiator: Initiator,
    /// Whether the person sees it.
    pub visible: bool,
    /// How we know of it.
    pub source: Source,
    /// Whom it concerns, with what of their attributes.
    pub person: Option<&'e Person>,
    /// The service, by name.
    pub service: Option<&'e str>,
    /// The team that acted.
    pub team: Option<&'e str>,
    /// The first thing it concerns: its type and id.
    pub object: Option<(&'e str, i64)>,
    /// Numbers of the detail.
    pub numbers: &'e [(&'e str, f64)],
}

impl<'e> Entry<'e> {
    /// A touchpoint of this kind, by a person on the portal, in the stage of use.
    pub fn of(kind: &'e str, at: Moment, person: &'e Person) -> Self {
        Self {
            at,
            kind,
            channel: Channel::Portal,
            stage: Stage::Use,
            direction: Direction::ToDesk,
            initiator: Initiator::Person,
            visible: true,
            source: Source::Simulated,
            person: Some(person),
            service: None,
            team: None,
            object: None,
            numbers: &[],
        }
    }
}

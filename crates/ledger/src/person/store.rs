//! Every statement about people and their addresses.

use base::clock::Moment;
use base::db::{Param, Result, Row, Tx, params, placeholders};

use super::model::{AddressKind, NewPerson, Person, Relation, name_from_email, normal_email};
use super::{PersonId, set_attributes};

const COLUMNS: &str = "id, canonical_id, name, relation, language, version, simulated, created_at";

/// Where mail to the person `p` goes: their own addresses first, then those of records merged with them, the oldest of
/// each first. Not a join: SQLite would begin with everybody's mail addresses.
const ADDRESS: &str = "SELECT a.value FROM person_addresses a
     WHERE a.person_id IN (SELECT id FROM people WHERE canonical_id = p.canonical_id)
       AND a.kind = 'email' AND a.failing_since IS NULL
     ORDER BY CASE WHEN a.person_id = p.canonical_id THEN 0 ELSE 1 END, a.id LIMIT 1";

fn person(row: &Row) -> Result<Person> {
    Ok(Person {
        id: row.read()?,
        canonical: row.read()?,
        name: row.read()?,
        relation: row.read()?,
        language: row.read()?,
        version: row.read()?,
        simulated: row.read()?,
        created_at: row.read()?,
    })
}

/// The person of this id, as recorded; `None` when there is none or they were erased.
pub fn find(tx: &mut Tx, id: PersonId) -> Result<Option<Person>> {
    tx.first(&format!("SELECT {COLUMNS} FROM people WHERE id = $1 AND erased_at IS NULL"), params![id], person)
}

/// Who stands for this record: itself unless it was merged.
pub fn canonical(tx: &mut Tx, id: PersonId) -> Result<PersonId> {
    let found = tx.first("SELECT canonical_id FROM people WHERE id = $1", params![id], |row| row.read())?;
    Ok(found.unwrap_or(id))
}

/// All records that are this person: their own and those merged with it.
pub fn one_and_same(tx: &mut Tx, id: PersonId) -> Result<Vec<PersonId>> {
    let sql = "SELECT id FROM people WHERE canonical_id = (SELECT canonical_id FROM people WHERE id = $1)";
    tx.query(sql, params![id], |row| row.read())
}

/// Who has this address, in its normal form. A merged record answers with who stands for it.
pub fn find_by_address(tx: &mut Tx, kind: AddressKind, value: &str) -> Result<Option<Person>> {
    let sql = format!(
        "SELECT {} FROM people p WHERE p.erased_at IS NULL AND p.id =
            (SELECT r.canonical_id FROM person_addresses a JOIN people r ON r.id = a.person_id
             WHERE a.kind = $1 AND a.value = $2)",
        prefixed("p")
    );
    tx.first(&sql, params![kind, value], person)
}

fn prefixed(alias: &str) -> String {
    COLUMNS.split(", ").map(|column| format!("{alias}.{column}")).collect::<Vec<_>>().join(", ")
}

/// Stores a person with their address and first attributes.
pub fn insert(tx: &mut Tx, new: &NewPerson, now: Moment) -> Result<Person> {
    let person = Person {
        id: tx.new_id(),
        canonical: PersonId(0),
        name: new.name.trim().chars().take(200).collect(),
        relation: new.relation,
        language: new.language.clone(),
        version: 0,
        simulated: new.simulated,
        created_at: now,
    };
    let mut person = Person { canonical: person.id, ..person };
    tx.execute(
        "INSERT INTO people (id, canonical_id, name, relation, language, version, simulated, created_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
        params![
            person.id,
            person.canonical,
            person.name,
            person.relation,
            person.language,
            person.version,
            person.simulated,
            now
        ],
    )?;
    if let Some(email) = new.email.as_deref().and_then(normal_email) {
        add_address(tx, person.id, AddressKind::Email, &email, now)?;
    }
    if !new.attributes.is_empty() {
        person.version = set_attributes(tx, person.id, &new.attributes, now)?;
    }
    Ok(person)
}

/// The person of this mail address; someone new when nobody has it. `None` when it is no address at all.
pub fn find_or_create_by_email(
    tx: &mut Tx,
    email: &str,
    name: Option<&str>,
    language: &str,
    relation: impl Fn(&str) -> Relation,
    now: Moment,
) -> Result<Option<Person>> {
    let Some(email) = normal_email(email) else { return Ok(None) };
    if let Some(known) = find_by_address(tx, AddressKind::Email, &email)? {
        return Ok(Some(known));
    }
    let given = name.map(str::trim).filter(|name| !name.is_empty() && !name.contains('@'));
    let new = NewPerson {
        name: given.map_or_else(|| name_from_email(&email), str::to_owned),
        relation: relation(&email),
        language: language.to_owned(),
        email: Some(email),
        attributes: Default::default(),
        simulated: false,
    };
    insert(tx, &new, now).map(Some)
}

/// Adds an address, in its normal form, to a person.
///
/// # Errors
/// [`base::db::Error::Taken`] when someone has it already.
pub fn add_address(tx: &mut Tx, person: PersonId, kind: AddressKind, value: &str, now: Moment) -> Result<()> {
    let id: i64 = tx.new_id();
    tx.execute(
        "INSERT INTO person_addresses (id, person_id, kind, value, added_at) VALUES ($1, $2, $3, $4, $5)",
        params![id, person, kind, value, now],
    )?;
    Ok(())
}

/// All addresses of a person and the records merged with them, oldest first.
pub fn addresses(tx: &mut Tx, id: PersonId) -> Result<Vec<(AddressKind, String)>> {
    let sql = "SELECT a.kind, a.value FROM person_addresses a JOIN people r ON r.id = a.person_id
               WHERE r.canonical_id = (SELECT canonical_id FROM people WHERE id = $1) ORDER BY a.id";
    tx.query(sql, params![id], |row| Ok((row.read()?, row.read()?)))
}

/// Where mail to this person goes: their oldest mail address that does not bounce.
pub fn address_of(tx: &mut Tx, id: PersonId) -> Result<Option<String>> {
    let sql = format!("SELECT ({ADDRESS}) FROM people p WHERE p.id = $1");
    Ok(tx.first(&sql, params![id], |row| row.read::<Option<String>>())?.flatten())
}

/// Somebody to write to, with the address where mail to them goes; `None` when they have none that works.
pub fn reach(tx: &mut Tx, id: PersonId) -> Result<Option<(Person, String)>> {
    let sql = format!("SELECT {}, ({ADDRESS}) FROM people p WHERE p.id = $1 AND p.erased_at IS NULL", prefixed("p"));
    let found = tx.first(&sql, params![id], |row| Ok((person(row)?, row.read::<Option<String>>()?)))?;
    Ok(found.and_then(|(person, address)| Some((person, address?))))
}

/// Notes that mail to this address came back for good; it gets no more until somebody mends it.
pub fn mark_failing(tx: &mut Tx, email: &str, now: Moment) -> Result<Option<PersonId>> {
    let sql = "UPDATE person_addresses SET failing_since = COALESCE(failing_since, $1)
               WHERE kind = 'email' AND value = $2 RETURNING person_id";
    tx.first(sql, params![now, email], |row| row.read())
}

/// Notes that this address works after all: somebody wrote from it, or mended it. Whether it had been failing.
pub fn mark_working(tx: &mut Tx, email: &str) -> Result<bool> {
    let sql = "UPDATE person_addresses SET failing_since = NULL
               WHERE kind = 'email' AND value = $1 AND failing_since IS NOT NULL";
    Ok(tx.execute(sql, params![email])? > 0)
}

/// The mail addresses of a person to which mail comes back, each with since when.
pub fn failing(tx: &mut Tx, id: PersonId) -> Result<Vec<(String, Moment)>> {
    // Not a join, as above.
    let sql = "SELECT value, failing_since FROM person_addresses
               WHERE person_id IN
                   (SELECT id FROM people WHERE canonical_id = (SELECT canonical_id FROM people WHERE id = $1))
                 AND kind = 'email' AND failing_since IS NOT NULL ORDER BY id";
    tx.query(sql, params![id], |row| Ok((row.read()?, row.read()?)))
}

/// People whose name or address begins like `words`, at most `limit`, merged records left out.
pub fn search(tx: &mut Tx, words: &str, limit: i64) -> Result<Vec<Person>> {
    let escaped = words.trim().to_lowercase().replace(['%', '_', '\\'], " ");
    let like = format!("%{escaped}%");
    let sql = format!(
        "SELECT {COLUMNS} FROM people WHERE canonical_id = id AND erased_at IS NULL
           AND (LOWER(name) LIKE $1 OR id IN (SELECT person_id FROM person_addresses WHERE value LIKE $1))
         ORDER BY name, id LIMIT $2"
    );
    tx.query(&sql, params![like, limit], person)
}

/// The people of these ids, in no order; for lists that show many at once.
pub fn find_all(tx: &mut Tx, ids: &[PersonId]) -> Result<Vec<Person>> {
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    let sql = format!("SELECT {COLUMNS} FROM people WHERE id IN ({})", placeholders(1, ids.len()));
    let params: Vec<Param> = ids.iter().map(|id| Param::Int(id.0)).collect();
    tx.query(&sql, &params, person)
}

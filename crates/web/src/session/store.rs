//! Every statement about accounts, sessions and links.

use base::clock::Moment;
use base::db::{Result, Row, Tx, params};
use base::text::Lang;
use ledger::person::PersonId;

use super::accounts::Account;
use crate::actor::{Actor, Roles};

const ACTOR: &str = "p.id, p.name, p.language, COALESCE(a.roles, ''), a.team";

fn actor(row: &Row) -> Result<Actor> {
    Ok(Actor {
        person: row.read()?,
        name: row.read()?,
        lang: Lang::from_code(&row.read::<String>()?).unwrap_or_default(),
        roles: Roles::parse(&row.read::<String>()?),
        team: row.read()?,
    })
}

/// Who a session belongs to, if it lasts and the account is not disabled.
pub(super) fn find_actor(tx: &mut Tx, digest: &str, now: Moment) -> Result<Option<Actor>> {
    let sql = format!(
        "SELECT {ACTOR} FROM sessions s
         JOIN people r ON r.id = s.person_id JOIN people p ON p.id = r.canonical_id
         LEFT JOIN accounts a ON a.person_id = p.id
         WHERE s.digest = $1 AND s.expires_at > $2 AND a.disabled_at IS NULL AND p.erased_at IS NULL"
    );
    tx.first(&sql, params![digest, now], actor)
}

/// Begins a session and forgets those of the same person that ended.
pub(super) fn insert_session(tx: &mut Tx, digest: &str, person: PersonId, now: Moment, until: Moment) -> Result<()> {
    tx.execute("DELETE FROM sessions WHERE person_id = $1 AND expires_at <= $2", params![person, now])?;
    tx.execute(
        "INSERT INTO sessions (digest, person_id, created_at, expires_at) VALUES ($1, $2, $3, $4)",
        params![digest, person, now, until],
    )?;
    Ok(())
}

pub(super) fn delete_session(tx: &mut Tx, digest: &str) -> Result<()> {
    tx.execute("DELETE FROM sessions WHERE digest = $1", params![digest]).map(drop)
}

/// The account of the person with this mail address.
pub(super) fn find_account(tx: &mut Tx, email: &str) -> Result<Option<Account>> {
    let sql = "SELECT c.person_id, c.roles, c.password_hash, c.team FROM person_addresses a
               JOIN people r ON r.id = a.person_id JOIN accounts c ON c.person_id = r.canonical_id
               WHERE a.kind = 'email' AND a.value = $1 AND c.disabled_at IS NULL";
    tx.first(sql, params![email], |row| {
        Ok(Account {
            person: row.read()?,
            roles: Roles::parse(&row.read::<String>()?),
            password_hash: row.read()?,
            team: row.read()?,
        })
    })
}

pub(super) fn save_account(tx: &mut Tx, account: &Account) -> Result<()> {
    tx.execute(
        "INSERT INTO accounts (person_id, roles, password_hash, team) VALUES ($1, $2, $3, $4)
         ON CONFLICT (person_id) DO UPDATE SET roles = excluded.roles, password_hash = excluded.password_hash,
             team = excluded.team, disabled_at = NULL",
        params![account.person, account.roles.words(), account.password_hash, account.team],
    )
    .map(drop)
}

/// Whether anybody may administer this desk yet.
pub(super) fn has_admin(tx: &mut Tx) -> Result<bool> {
    let sql = "SELECT COUNT(*) FROM accounts WHERE roles LIKE '%admin%' AND disabled_at IS NULL";
    Ok(tx.one(sql, &[], |row| row.read::<i64>())? > 0)
}

/// People to sign in as by a click: some of each role, for a simulated desk only.
pub(super) fn list_staff(tx: &mut Tx, role: &str, limit: i64) -> Result<Vec<(PersonId, String, Option<String>)>> {
    let sql = "SELECT p.id, p.name, a.team FROM accounts a JOIN people p ON p.id = a.person_id
               WHERE a.roles LIKE $1 AND a.disabled_at IS NULL ORDER BY p.id LIMIT $2";
    tx.query(sql, params![format!("%{role}%"), limit], |row| Ok((row.read()?, row.read()?, row.read()?)))
}

/// Customers to sign in as by a click: those who were in touch last.
pub(super) fn list_customers(tx: &mut Tx, limit: i64) -> Result<Vec<(PersonId, String, Option<String>)>> {
    let sql = "SELECT p.id, p.name, NULL FROM people p
               WHERE p.id IN (SELECT person_id FROM (SELECT person_id, MAX(id) AS last FROM
                   (SELECT person_id, id FROM touchpoints WHERE person_id IS NOT NULL ORDER BY id DESC LIMIT 500) recent
                   GROUP BY person_id) newest)
                 AND NOT EXISTS (SELECT 1 FROM accounts a WHERE a.person_id = p.id)
               ORDER BY p.name LIMIT $1";
    tx.query(sql, params![limit], |row| {
        let (id, name) = (row.read()?, row.read()?);
        Ok((id, name, None))
    })
}

pub(super) fn insert_link(
    tx: &mut Tx,
    digest: &str,
    purpose: &str,
    person: Option<PersonId>,
    target: &str,
    until: Moment,
) -> Result<()> {
    tx.execute(
        "INSERT INTO links (digest, purpose, person_id, target, expires_at) VALUES ($1, $2, $3, $4, $5)",
        params![digest, purpose, person, target, until],
    )
    .map(drop)
}

/// A link that can still be used.
pub(super) fn find_link(
    tx: &mut Tx,
    digest: &str,
    purpose: &str,
    now: Moment,
) -> Result<Option<(Option<PersonId>, String)>> {
    let sql = "SELECT person_id, target FROM links
               WHERE digest = $1 AND purpose = $2 AND expires_at > $3 AND used_at IS NULL";
    tx.first(sql, params![digest, purpose, now], |row| Ok((row.read()?, row.read()?)))
}

/// Marks a link as used; gives whether it could be used.
pub(super) fn use_link(tx: &mut Tx, digest: &str, now: Moment) -> Result<bool> {
    let sql = "UPDATE links SET used_at = $1 WHERE digest = $2 AND used_at IS NULL AND expires_at > $1";
    Ok(tx.execute(sql, params![now, digest])? > 0)
}

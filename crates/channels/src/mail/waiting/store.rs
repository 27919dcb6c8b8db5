//! Every statement about mails that wait.

use base::clock::Moment;
use base::db::{Result, Tx, params};
use ledger::person::PersonId;

use crate::mail::MailId;

/// One that waits.
pub(super) struct Waits {
    pub id: MailId,
    pub subject: String,
    pub message_id: Option<String>,
    pub text: String,
    /// As JSON.
    pub files: String,
}

/// Lets one wait, unless it does.
pub(super) fn insert(tx: &mut Tx, id: MailId, sender: &str, text: &str, files: &str, now: Moment) -> Result<()> {
    let sql = "INSERT INTO mail_waits (mail_id, sender, at, text, files) VALUES ($1, $2, $3, $4, $5)
               ON CONFLICT (mail_id) DO NOTHING";
    tx.execute(sql, params![id, sender, now, text, files]).map(drop)
}

/// One waits no longer.
pub(super) fn forget(tx: &mut Tx, id: MailId) -> Result<()> {
    tx.execute("DELETE FROM mail_waits WHERE mail_id = $1", params![id]).map(drop)
}

/// None from before `at` waits any longer.
pub(super) fn forget_before(tx: &mut Tx, at: Moment) -> Result<()> {
    tx.execute("DELETE FROM mail_waits WHERE at < $1", params![at]).map(drop)
}

/// Those of a sender, whichever of their addresses they came from, in the order in which they came. Asked for each mail:
/// no joins, because SQLite would begin with everybody's addresses.
pub(super) fn of_sender(tx: &mut Tx, person: Option<PersonId>, address: &str, most: i64) -> Result<Vec<Waits>> {
    let sql = "SELECT mail_id, (SELECT subject FROM mails WHERE id = w.mail_id),
                   (SELECT message_id FROM mails WHERE id = w.mail_id), text, files
               FROM mail_waits w
               WHERE sender IN (SELECT CAST($1 AS TEXT) UNION ALL
                   SELECT value FROM person_addresses WHERE kind = 'email' AND person_id IN
                       (SELECT id FROM people WHERE canonical_id = (SELECT canonical_id FROM people WHERE id = $2)))
               ORDER BY mail_id LIMIT $3";
    tx.query(sql, params![address, person, most], |row| {
        Ok(Waits {
            id: row.read()?,
            subject: row.read()?,
            message_id: row.read()?,
            text: row.read()?,
            files: row.read()?,
        })
    })
}

/// What one names.
pub(super) fn references(tx: &mut Tx, id: MailId) -> Result<Vec<String>> {
    tx.query("SELECT message_id FROM mail_references WHERE mail_id = $1", params![id], |row| row.read())
}

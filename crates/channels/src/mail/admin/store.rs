//! Statements about how mail fared, for the operator.

use base::clock::Moment;
use base::db::{Result, Tx, params};

use super::super::model::Decision;

/// What is known of the mails of one mailbox.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(in crate::mail) struct Taken {
    /// When the last one was taken in.
    pub last: Option<Moment>,
    /// How many are held back.
    pub held: i64,
}

/// What is known of the mails of a mailbox, by the name it has in the records.
pub(in crate::mail) fn taken(tx: &mut Tx, mailbox: &str) -> Result<Taken> {
    let last = "SELECT at FROM mails WHERE mailbox = $1 ORDER BY id DESC LIMIT 1";
    let held = "SELECT COUNT(*) FROM mails WHERE decision = $1 AND mailbox = $2";
    Ok(Taken {
        last: tx.first(last, params![mailbox], |row| row.read())?,
        held: tx.one(held, params![Decision::Quarantined, mailbox], |row| row.read())?,
    })
}

/// How many mails are held back.
pub(in crate::mail) fn held(tx: &mut Tx) -> Result<i64> {
    tx.one("SELECT COUNT(*) FROM mails WHERE decision = $1", params![Decision::Quarantined], |row| row.read())
}

/// Why letters of late were not sent, the most frequent reason first.
pub(in crate::mail) fn failures(tx: &mut Tx, since: Moment, limit: i64) -> Result<Vec<(String, i64)>> {
    let sql = "SELECT COALESCE(error, ''), COUNT(*) FROM outbox WHERE state = 'failed' AND due_at >= $1
               GROUP BY COALESCE(error, '') ORDER BY COUNT(*) DESC, COALESCE(error, '') LIMIT $2";
    tx.query(sql, params![since, limit], |row| Ok((row.read()?, row.read()?)))
}

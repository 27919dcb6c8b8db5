//! Every statement about mails and mailboxes.

use base::clock::Moment;
use base::db::{Result, Row, Tx, params};
use ledger::person::PersonId;
use service::ticket::{MessageId, TicketId};

use super::MailId;
use super::arrival::Arrival;
use super::model::{Decision, Mail, Verdict, Why};

pub(super) const COLUMNS: &str = "id, at, sender, subject, mailbox, kind, decision, why, evidence, error, ticket_id, raw, \
     bytes, copies, written_at, also_in, moved_by, moved_at";

pub(super) fn mail(row: &Row) -> Result<Mail> {
    Ok(Mail {
        id: row.read()?,
        at: row.read()?,
        sender: row.read()?,
        subject: row.read()?,
        mailbox: row.read()?,
        kind: row.read()?,
        decision: row.read()?,
        why: row.read()?,
        evidence: row.read()?,
        error: row.read()?,
        ticket: row.read()?,
        raw: row.read()?,
        bytes: row.read()?,
        copies: row.read()?,
        written_at: row.read()?,
        also_in: row.read()?,
        moved_by: row.read()?,
        moved_at: row.read()?,
    })
}

/// A mail to be recorded before it is decided about, or one of which little is known.
pub(super) struct NewMail<'m> {
    pub key: &'m str,
    pub digest: &'m str,
    pub message_id: Option<&'m str>,
    pub written_at: Option<Moment>,
    pub sender: &'m str,
    pub subject: &'m str,
    pub mailbox: &'m str,
    pub kind: &'m str,
    pub evidence: &'m str,
    pub raw: &'m str,
    pub bytes: i64,
}

/// Records that a mail came; `None` when it had come before.
pub(super) fn insert(tx: &mut Tx, new: &NewMail, now: Moment) -> Result<Option<MailId>> {
    let id: MailId = tx.new_id();
    let inserted = tx.execute(
        "INSERT INTO mails (id, key, digest, message_id, at, written_at, sender, subject, mailbox, kind, decision, why,
             evidence, raw, bytes, copies, decided_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, 1, $5)
         ON CONFLICT (key) DO NOTHING",
        params![
            id,
            new.key,
            new.digest,
            new.message_id,
            now,
            new.written_at,
            new.sender,
            new.subject,
            new.mailbox,
            new.kind,
            Decision::Quarantined,
            Why::Unreadable,
            new.evidence,
            new.raw,
            new.bytes
        ],
    )?;
    Ok((inserted == 1).then_some(id))
}

/// Records what a mail says of itself, once it could be read.
pub(super) fn set_read(tx: &mut Tx, id: MailId, arrival: &Arrival, evidence: &str) -> Result<()> {
    tx.execute(
        "UPDATE mails SET key = $1, message_id = $2, written_at = $3, sender = $4, subject = $5, kind = $6, evidence = $7
         WHERE id = $8",
        params![
            arrival.parsed.key,
            arrival.message_id(),
            arrival.written_at(),
            arrival.sender(),
            arrival.subject,
            arrival.kind().as_str(),
            evidence,
            id
        ],
    )?;
    Ok(())
}

/// Records which mails a mail says it answers.
pub(super) fn set_references(tx: &mut Tx, id: MailId, arrival: &Arrival) -> Result<()> {
    for reference in arrival.references().into_iter().chain(arrival.marks()) {
        tx.execute(
            "INSERT INTO mail_references (mail_id, message_id) VALUES ($1, $2) ON CONFLICT DO NOTHING",
            params![id, reference],
        )?;
    }
    Ok(())
}

/// Records what was decided.
pub(super) fn decide(tx: &mut Tx, id: MailId, verdict: &Verdict, error: Option<&str>, now: Moment) -> Result<()> {
    tx.execute(
        "UPDATE mails SET decision = $1, why = $2, ticket_id = $3, error = $4, decided_at = $5, part_id = $6 WHERE id = $7",
        params![verdict.decision, verdict.why, verdict.ticket, error, now, verdict.part, id],
    )?;
    Ok(())
}

/// Records who of the desk had it decided.
pub(super) fn set_decided_by(tx: &mut Tx, id: MailId, by: PersonId) -> Result<()> {
    tx.execute("UPDATE mails SET decided_by = $1 WHERE id = $2", params![by, id])?;
    Ok(())
}

/// Records what was weighed.
pub(super) fn set_evidence(tx: &mut Tx, id: MailId, evidence: &str) -> Result<()> {
    tx.execute("UPDATE mails SET evidence = $1 WHERE id = $2", params![evidence, id]).map(drop)
}

/// Records that a mail came once more, and in which mailbox.
pub(super) fn add_copy(tx: &mut Tx, id: MailId, mailbox: &str) -> Result<()> {
    tx.execute("UPDATE mails SET copies = copies + 1 WHERE id = $1", params![id])?;
    let sql = "SELECT mailbox, also_in FROM mails WHERE id = $1";
    let known: Option<(String, String)> = tx.first(sql, params![id], |row| Ok((row.read()?, row.read()?)))?;
    let Some((first, others)) = known else { return Ok(()) };
    if first == mailbox || others.split(", ").any(|other| other == mailbox) || others.len() > 2_000 {
        return Ok(());
    }
    let others = if others.is_empty() { mailbox.to_owned() } else { format!("{others}, {mailbox}") };
    tx.execute("UPDATE mails SET also_in = $1 WHERE id = $2", params![others, id]).map(drop)
}

/// The mail of this id.
pub(super) fn find(tx: &mut Tx, id: MailId) -> Result<Option<Mail>> {
    tx.first(&format!("SELECT {COLUMNS} FROM mails WHERE id = $1"), params![id], mail)
}

/// The mail of this key.
pub(super) fn find_by_key(tx: &mut Tx, key: &str) -> Result<Option<Mail>> {
    tx.first(&format!("SELECT {COLUMNS} FROM mails WHERE key = $1"), params![key], mail)
}

/// The ticket that the mail with this Message-ID is in.
pub(super) fn ticket_of(tx: &mut Tx, message_id: &str) -> Result<Option<TicketId>> {
    let sql = "SELECT ticket_id FROM mails WHERE message_id = $1 AND ticket_id IS NOT NULL ORDER BY id DESC LIMIT 1";
    tx.first(sql, params![message_id], |row| row.read())
}

/// The tickets of mails that say they answer the one with this Message-ID, newest first.
pub(super) fn tickets_answering(tx: &mut Tx, message_id: &str) -> Result<Vec<TicketId>> {
    let sql = "SELECT m.ticket_id FROM mail_references r JOIN mails m ON m.id = r.mail_id
               WHERE r.message_id = $1 AND m.ticket_id IS NOT NULL ORDER BY m.id DESC LIMIT 20";
    tx.query(sql, params![message_id], |row| row.read())
}

/// The subjects of the mails in a ticket, newest first.
pub(super) fn subjects_in(tx: &mut Tx, ticket: TicketId) -> Result<Vec<String>> {
    let sql = "SELECT m.subject FROM ticket_messages p JOIN mails m ON m.part_id = p.id
               WHERE p.ticket_id = $1 ORDER BY p.id DESC LIMIT 50";
    tx.query(sql, params![ticket], |row| row.read())
}

/// Whether a mail in a ticket, by somebody who has part in it, is addressed to this address as well.
pub(super) fn is_addressed_in(tx: &mut Tx, ticket: TicketId, address: &str) -> Result<bool> {
    let sql = "SELECT m.evidence FROM ticket_messages p JOIN mails m ON m.part_id = p.id
               WHERE p.ticket_id = $1 AND p.author = 'person' ORDER BY p.id DESC LIMIT 50";
    let all: Vec<String> = tx.query(sql, params![ticket], |row| row.read())?;
    let names = |evidence: &String| {
        let evidence: serde_json::Value = serde_json::from_str(evidence).unwrap_or_default();
        let lists = ["to", "cc"].into_iter().filter_map(|list| evidence[list].as_array()).flatten();
        lists.filter_map(serde_json::Value::as_str).any(|to| to.eq_ignore_ascii_case(address))
    };
    Ok(all.iter().any(names))
}

/// The mail that became this message.
pub(super) fn find_by_part(tx: &mut Tx, part: MessageId) -> Result<Option<Mail>> {
    tx.first(&format!("SELECT {COLUMNS} FROM mails WHERE part_id = $1 ORDER BY id LIMIT 1"), params![part], mail)
}

/// The newest mail with this Message-ID that is in a ticket.
pub(super) fn find_by_message_id(tx: &mut Tx, message_id: &str) -> Result<Option<Mail>> {
    let sql =
        format!("SELECT {COLUMNS} FROM mails WHERE message_id = $1 AND ticket_id IS NOT NULL ORDER BY id DESC LIMIT 1");
    tx.first(&sql, params![message_id], mail)
}

/// Records that an agent moved a mail to another ticket.
pub(super) fn set_moved(tx: &mut Tx, id: MailId, ticket: TicketId, by: PersonId, now: Moment) -> Result<()> {
    let sql = "UPDATE mails SET ticket_id = $1, moved_by = $2, moved_at = $3 WHERE id = $4";
    tx.execute(sql, params![ticket, by, now, id]).map(drop)
}

/// How far a folder was read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Mark {
    pub uid_validity: i64,
    /// Everything after this is new.
    pub last_uid: i64,
    pub read_at: Moment,
    /// Of what was there before we came, everything up to this is still to be read; 0 when nothing is.
    pub backlog: i64,
    /// When we came.
    pub backlog_at: Moment,
}

/// How far this folder was read; `None` before the first time.
pub(super) fn mark(tx: &mut Tx, name: &str) -> Result<Option<Mark>> {
    let sql = "SELECT uid_validity, last_uid, read_at, backlog, backlog_at FROM mailboxes WHERE name = $1";
    tx.first(sql, params![name], |row| {
        Ok(Mark {
            uid_validity: row.read()?,
            last_uid: row.read()?,
            read_at: row.read()?,
            backlog: row.read()?,
            backlog_at: row.read()?,
        })
    })
}

/// Records how far a folder was read.
pub(super) fn set_mark(tx: &mut Tx, name: &str, mark: Mark) -> Result<()> {
    tx.execute(
        "INSERT INTO mailboxes (name, uid_validity, last_uid, read_at, backlog, backlog_at)
         VALUES ($1, $2, $3, $4, $5, $6)
         ON CONFLICT (name) DO UPDATE SET uid_validity = $2, last_uid = $3, read_at = $4, backlog = $5, backlog_at = $6",
        params![name, mark.uid_validity, mark.last_uid, mark.read_at, mark.backlog, mark.backlog_at],
    )?;
    Ok(())
}

/// Which of a POP3 mailbox's mails were taken in, and when.
pub(super) fn taken(tx: &mut Tx, mailbox: &str) -> Result<Vec<(String, Moment)>> {
    let sql = "SELECT uidl, taken_at FROM mailbox_mails WHERE mailbox = $1";
    tx.query(sql, params![mailbox], |row| Ok((row.read()?, row.read()?)))
}

/// Records that a mail of a POP3 mailbox was taken in.
pub(super) fn set_taken(tx: &mut Tx, mailbox: &str, uidl: &str, now: Moment) -> Result<()> {
    tx.execute(
        "INSERT INTO mailbox_mails (mailbox, uidl, taken_at) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING",
        params![mailbox, uidl, now],
    )?;
    Ok(())
}

/// Forgets a mail that the POP3 server no longer has.
pub(super) fn forget_taken(tx: &mut Tx, mailbox: &str, uidl: &str) -> Result<()> {
    tx.execute("DELETE FROM mailbox_mails WHERE mailbox = $1 AND uidl = $2", params![mailbox, uidl])?;
    Ok(())
}

/// How this sender's mails end, as far as it was learned.
pub(super) fn signature_of(tx: &mut Tx, sender: &str) -> Result<Option<String>> {
    tx.first("SELECT text FROM mail_signatures WHERE sender = $1", params![sender], |row| row.read())
}

/// This sender's mails end so.
pub(super) fn learn_signature(tx: &mut Tx, sender: &str, text: &str, now: Moment) -> Result<()> {
    let sql = "INSERT INTO mail_signatures (sender, text, learned_at) VALUES ($1, $2, $3)
               ON CONFLICT (sender) DO UPDATE SET text = $2, learned_at = $3";
    tx.execute(sql, params![sender, text, now]).map(drop)
}

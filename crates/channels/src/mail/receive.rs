//! One mail: kept, read, decided and recorded.
//!
//! The order makes it safe at any moment: the raw mail is in the file store before the write that names it, and the one
//! write both records that this mail came and does what follows. A mail that was received when the machine died is
//! received again, found to be the same by its key, and passed over; at worst a file that nothing names is left.
//! Whatever a mail makes us do wrong (a panic, too long a time, a statement that fails) ends in the quarantine and not
//! in the way of the next mail.

use std::sync::Arc;
use std::time::Duration;

use base::clock::Moment;
use base::db::Tx;
use base::file::{FileError, Stored};
use bytes::Bytes;
use ledger::person::PersonId;
use mail_message::Attachment;
use service::ticket::Enclosure;
use web::App;
use web::error::{Error, Result};

use super::MailId;
pub(super) use super::arrival::hex;
use super::arrival::{Arrival, Parsed, clean};
use super::decide::decide;
use super::hold::{HEAD, hold, hold_large, hold_unstorable, record};
use super::mailroom::Mailroom;
use super::model::{Decision, Mail, Outcome, Verdict, Why};
use super::quarantine;
use super::store::{self, NewMail};
use super::waiting;

/// How often storing is tried before the mail itself is held to be the reason.
const TRIES: u32 = 3;

/// Why a mail could not be taken in now. It was not lost: whoever holds it keeps it and tries again.
#[derive(Debug, thiserror::Error)]
pub enum ReceiveError {
    /// The file store refused.
    #[error("the mail could not be kept: {0}")]
    File(#[from] FileError),
    /// The database refused, also the record that it refused.
    #[error("the mail could not be recorded: {0}. Check the database; the mail is tried again")]
    Database(String),
}

/// Takes in one mail from `mailbox`. `Ok` means that it is stored for good, whatever was decided.
///
/// # Errors
/// When it could not be stored, and should be tried again.
pub async fn receive(app: &App, room: &Mailroom, bytes: Vec<u8>, mailbox: &str) -> Result<Outcome, ReceiveError> {
    let outcome = receive_one(app, room, bytes, mailbox).await?;
    room.health().received(outcome);
    Ok(outcome)
}

async fn receive_one(app: &App, room: &Mailroom, bytes: Vec<u8>, mailbox: &str) -> Result<Outcome, ReceiveError> {
    if bytes.len() as u64 > room.limit() {
        let size = bytes.len() as i64;
        return hold_large(app, room, &bytes[..HEAD.min(bytes.len())], size, mailbox).await;
    }
    let bytes = Bytes::from(bytes);
    let parsed = match read(app, room, &bytes).await {
        Ok(parsed) => parsed,
        Err(why) => return hold(app, &bytes, bytes.len() as i64, mailbox, Why::Unreadable, &why).await,
    };
    if let Some(outcome) = seen_before(app, &parsed.key, mailbox).await? {
        return Ok(outcome);
    }
    let raw = match app.files.put(bytes.clone()).await {
        Ok(raw) => raw,
        Err(FileError::TooLarge { .. }) => {
            let head = &bytes[..HEAD.min(bytes.len())];
            return hold_large(app, room, head, bytes.len() as i64, mailbox).await;
        }
        Err(error) => return Err(error.into()),
    };
    let enclosures = keep(app, &parsed.message.attachments).await?;
    let arrival = Arc::new(Arrival::new(parsed, &raw, mailbox, enclosures));
    let outcome = match store_patiently(app, room, &arrival, None).await {
        Ok(outcome) => outcome,
        Err(Trouble::Ours(why)) => return Err(ReceiveError::Database(why)),
        Err(Trouble::Mail(why)) => hold_unstorable(app, &arrival, &why).await?,
    };
    if outcome.repeated {
        forget(app, &raw, &arrival.enclosures).await;
    }
    Ok(outcome)
}

/// A mail of the quarantine that is taken in again.
#[derive(Debug, Clone, Copy)]
pub(super) struct Again {
    pub mail: MailId,
    /// Who of the desk wants it; nobody when the desk tries by itself.
    pub by: Option<PersonId>,
}

/// Takes a mail of the quarantine in again, from its raw form.
pub(super) async fn receive_again(app: &App, room: &Mailroom, again: Again) -> Result<Outcome> {
    let id = again.mail;
    let mail = app.db.read(move |tx| store::find(tx, id)).await?.ok_or(Error::NotFound)?;
    if mail.decision != Decision::Quarantined || mail.why == Why::TooLarge || mail.why == Why::Unfetchable {
        return Err(Error::Conflict);
    }
    let bytes = raw_of(app, &mail).await?;
    let parsed = match read(app, room, &bytes).await {
        Ok(parsed) => parsed,
        Err(why) => return still(app, room, &mail, Why::Unreadable, why).await,
    };
    let key = base::file::Key::parse(&mail.raw).ok_or(Error::NotFound)?;
    let raw = Stored { key, size: bytes.len() as u64, digest: digest(&bytes) };
    let enclosures = keep(app, &parsed.message.attachments).await.map_err(Error::internal)?;
    let arrival = Arc::new(Arrival::new(parsed, &raw, &mail.mailbox, enclosures));
    match store_patiently(app, room, &arrival, Some(again)).await {
        Ok(outcome) => Ok(outcome),
        Err(Trouble::Ours(why)) => Err(Error::Internal(why)),
        Err(Trouble::Mail(why)) => still(app, room, &mail, Why::Unstorable, why).await,
    }
}

/// Notes that a mail of the quarantine was tried in vain.
async fn still(app: &App, room: &Mailroom, mail: &Mail, reason: Why, why: String) -> Result<Outcome> {
    tracing::warn!(mail = %mail.id, reason = reason.as_str(), "a held mail still cannot be taken in: {why}");
    let (id, version) = (mail.id, room.version().to_owned());
    app.db.write(move |tx| quarantine::tried(tx, id, &version, reason, &clean(&why, 2_000))).await?;
    Ok(Outcome { why: reason, ..mail.outcome(false) })
}

/// A mail as it came.
pub(super) async fn raw_of(app: &App, mail: &Mail) -> Result<Bytes> {
    let key = base::file::Key::parse(&mail.raw).ok_or(Error::NotFound)?;
    app.files.get(&key).await.map_err(Error::internal)
}

/// Reads a mail on a thread of its own, so that neither a panic nor a mail that takes for ever reaches the next one.
pub(super) async fn read(app: &App, room: &Mailroom, bytes: &Bytes) -> Result<Parsed, String> {
    let (room_of_it, bytes, now) = (room.clone(), bytes.clone(), app.clock.now());
    let reading = tokio::task::spawn_blocking(move || Parsed::of(&bytes, &room_of_it, now));
    match tokio::time::timeout(room.pace().reading, reading).await {
        Ok(Ok(parsed)) => Ok(parsed),
        Ok(Err(_)) => Err("reading it panicked".to_owned()),
        Err(_) => Err(format!("reading it took longer than {} s", room.pace().reading.as_secs())),
    }
}

pub(super) async fn seen_before(app: &App, key: &str, mailbox: &str) -> Result<Option<Outcome>, ReceiveError> {
    let (known, mailbox) = (key.to_owned(), mailbox.to_owned());
    let found = app.db.read(move |tx| store::find_by_key(tx, &known)).await.map_err(ours)?;
    let Some(mail) = found else { return Ok(None) };
    let id = mail.id;
    app.db.write(move |tx| store::add_copy(tx, id, &mailbox)).await.map_err(ours)?;
    Ok(Some(mail.outcome(true)))
}

fn ours(error: base::db::Error) -> ReceiveError {
    ReceiveError::Database(error.to_string())
}

pub(super) async fn keep(app: &App, attachments: &[Attachment]) -> Result<Vec<Enclosure>, FileError> {
    let mut kept = Vec::with_capacity(attachments.len());
    for attachment in attachments {
        let stored = app.files.put(attachment.bytes.clone()).await?;
        kept.push(enclosure(attachment, &stored));
    }
    Ok(kept)
}

/// A part of a mail that is kept as a file.
pub(super) fn enclosure(attachment: &Attachment, stored: &Stored) -> Enclosure {
    Enclosure {
        key: stored.key.as_str().to_owned(),
        name: clean(&attachment.name, 255),
        kind: clean(&attachment.content_type, 100),
        bytes: stored.size as i64,
        cid: attachment.content_id.as_deref().map(|id| clean(id, 500)).filter(|id| !id.is_empty()),
        is_inline: attachment.inline,
    }
}

/// Deletes what was kept of a mail that another hand recorded meanwhile.
async fn forget(app: &App, raw: &Stored, enclosures: &[Enclosure]) {
    let keys = enclosures.iter().filter_map(|file| base::file::Key::parse(&file.key));
    for key in keys.chain([raw.key.clone()]) {
        if let Err(error) = app.files.delete(&key).await {
            tracing::warn!("a file that nothing names was left behind: {error}");
        }
    }
}

/// What kept a mail from being stored.
enum Trouble {
    /// The database: it may work later.
    Ours(String),
    /// The mail, as far as we can tell.
    Mail(String),
}

/// Stores an arrival; what fails is tried again, in case two writers met or the database was being restarted.
async fn store_patiently(
    app: &App,
    room: &Mailroom,
    arrival: &Arc<Arrival>,
    known: Option<Again>,
) -> Result<Outcome, Trouble> {
    let mut tries = 1;
    loop {
        let (within, room, arrival, now) = (app.clone(), room.clone(), Arc::clone(arrival), app.clock.now());
        let stored = app.db.write(move |tx| take_in(tx, &within, &room, &arrival, known, now)).await;
        match stored {
            Ok(outcome) => return Ok(outcome),
            Err(Error::Conflict) if tries < TRIES * 3 => {}
            Err(Error::Conflict) => return Err(Trouble::Ours(Error::Conflict.to_string())),
            Err(_) if tries < TRIES => {}
            Err(error) => return Err(Trouble::Mail(error.to_string())),
        }
        tokio::time::sleep(Duration::from_millis(50 << tries)).await;
        tries += 1;
    }
}

/// The write: that it came, what follows, and why.
fn take_in(
    tx: &mut Tx,
    app: &App,
    room: &Mailroom,
    arrival: &Arrival,
    known: Option<Again>,
    now: Moment,
) -> Result<Outcome> {
    let evidence = clean(&arrival.evidence().to_string(), usize::MAX);
    let id = match known {
        Some(Again { mail: id, .. }) => {
            if let Some(first) = store::find_by_key(tx, &arrival.parsed.key)?.filter(|first| first.id != id) {
                // It came another way meanwhile.
                let verdict = Verdict::new(Decision::Discarded, first.why, first.ticket);
                store::decide(tx, id, &verdict, None, now)?;
                return Ok(first.outcome(true));
            }
            store::set_read(tx, id, arrival, &evidence)?;
            waiting::forget(tx, id)?;
            id
        }
        None => {
            if let Some(id) = insert(tx, arrival, &evidence, now)? {
                id
            } else {
                let first = store::find_by_key(tx, &arrival.parsed.key)?.ok_or(Error::Conflict)?;
                store::add_copy(tx, first.id, &arrival.mailbox)?;
                return Ok(first.outcome(true));
            }
        }
    };
    let verdict = decide(tx, app, room, arrival, id, now)?;
    settle(tx, id, arrival, &verdict, now)?;
    match known {
        None if verdict.decision == Decision::Quarantined => record(tx, id, verdict.why, &arrival.sender(), now)?,
        Some(again) if verdict.decision != Decision::Quarantined => quarantine::admitted(tx, again, &verdict, now)?,
        Some(_) => quarantine::tried(tx, id, room.version(), verdict.why, "")?,
        None => {}
    }
    Ok(Outcome { mail: id, decision: verdict.decision, why: verdict.why, ticket: verdict.ticket, repeated: false })
}

/// Records what was decided about a mail, what was found out on the way, and which mails it answers.
pub(super) fn settle(tx: &mut Tx, id: MailId, arrival: &Arrival, verdict: &Verdict, now: Moment) -> Result<()> {
    store::decide(tx, id, verdict, None, now)?;
    if !verdict.notes.is_empty() {
        let mut weighed = arrival.evidence();
        for (name, note) in &verdict.notes {
            weighed[*name] = note.clone();
        }
        store::set_evidence(tx, id, &clean(&weighed.to_string(), usize::MAX))?;
    }
    Ok(store::set_references(tx, id, arrival)?)
}

pub(super) fn insert(tx: &mut Tx, arrival: &Arrival, evidence: &str, now: Moment) -> base::db::Result<Option<MailId>> {
    let message_id = arrival.message_id();
    let new = NewMail {
        key: &arrival.parsed.key,
        digest: &arrival.digest,
        message_id: message_id.as_deref(),
        written_at: arrival.written_at(),
        sender: &arrival.sender(),
        subject: &arrival.subject,
        mailbox: &arrival.mailbox,
        kind: arrival.kind().as_str(),
        evidence,
        raw: &arrival.raw,
        bytes: arrival.bytes,
    };
    store::insert(tx, &new, now)
}

pub(super) fn digest(bytes: &[u8]) -> String {
    use sha2::{Digest, Sha256};
    hex(&Sha256::digest(bytes))
}

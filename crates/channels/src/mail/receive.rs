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
use ledger::person::{find_by_address, find_or_create_by_email, normal_email};
use ledger::touchpoint::{self, Channel, Draft, Source};
use mail_message::{Attachment, Kind};
use serde_json::json;
use service::ticket::work::{self, Request};
use service::ticket::{Enclosure, Ticket};
use web::App;
use web::error::{Error, Result};

use super::arrival::{Arrival, Parsed, clean, hex};
use super::bounce::{self, as_message};
use super::mailroom::Mailroom;
use super::model::{Decision, Outcome, Verdict, Why};
use super::store::{self, NewMail};
use super::thread::{self, Sender};
use super::{MailId, kinds};

/// How much is kept of a mail that is larger than the desk takes, bytes: enough to see who wrote about what.
pub(super) const HEAD: usize = 64 * 1024;
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
    if bytes.len() as u64 > room.limit() {
        let size = bytes.len() as i64;
        return quarantine(app, &bytes[..HEAD.min(bytes.len())], size, mailbox, Why::TooLarge, "").await;
    }
    let bytes = Arc::new(bytes);
    let parsed = match read(room, &bytes).await {
        Ok(parsed) => parsed,
        Err(why) => return quarantine(app, &bytes, bytes.len() as i64, mailbox, Why::Unreadable, &why).await,
    };
    if let Some(outcome) = seen_before(app, &parsed.key).await? {
        return Ok(outcome);
    }
    let raw = match app.files.put(bytes.to_vec()).await {
        Ok(raw) => raw,
        Err(FileError::TooLarge { .. }) => {
            let head = &bytes[..HEAD.min(bytes.len())];
            return quarantine(app, head, bytes.len() as i64, mailbox, Why::TooLarge, "").await;
        }
        Err(error) => return Err(error.into()),
    };
    let enclosures = keep(app, &parsed.message.attachments).await?;
    let arrival = Arc::new(Arrival::new(parsed, &raw, mailbox, enclosures));
    let outcome = match store_patiently(app, room, &arrival, None).await {
        Ok(outcome) => outcome,
        Err(Trouble::Ours(why)) => return Err(ReceiveError::Database(why)),
        Err(Trouble::Mail(why)) => record_quarantined(app, &arrival, &why).await?,
    };
    if outcome.repeated {
        forget(app, &raw, &arrival.enclosures).await;
    }
    Ok(outcome)
}

/// Takes a mail of the quarantine in again, from its raw form.
pub(super) async fn receive_again(app: &App, room: &Mailroom, id: MailId) -> Result<Outcome> {
    let mail = app.db.read(move |tx| store::find(tx, id)).await?.ok_or(Error::NotFound)?;
    if mail.decision != Decision::Quarantined || mail.why == Why::TooLarge || mail.why == Why::Unfetchable {
        return Err(Error::Conflict);
    }
    let key = base::file::Key::parse(&mail.raw).ok_or(Error::NotFound)?;
    let internal = |error: FileError| Error::Internal(error.to_string());
    let bytes = Arc::new(app.files.get(&key).await.map_err(internal)?.to_vec());
    let raw = Stored { key, size: bytes.len() as u64, digest: digest(&bytes) };
    let parsed = match read(room, &bytes).await {
        Ok(parsed) => parsed,
        Err(why) => {
            tracing::warn!(mail = %id, "still not readable: {why}");
            return Ok(mail.outcome(false));
        }
    };
    let enclosures = keep(app, &parsed.message.attachments).await.map_err(|error| Error::Internal(error.to_string()))?;
    let arrival = Arc::new(Arrival::new(parsed, &raw, &mail.mailbox, enclosures));
    match store_patiently(app, room, &arrival, Some(id)).await {
        Ok(outcome) => Ok(outcome),
        Err(Trouble::Ours(why)) => Err(Error::Internal(why)),
        Err(Trouble::Mail(why)) => {
            tracing::warn!(mail = %id, "still not storable: {why}");
            Ok(mail.outcome(false))
        }
    }
}

/// Reads a mail on a thread of its own, so that neither a panic nor a mail that takes for ever reaches the next one.
async fn read(room: &Mailroom, bytes: &Arc<Vec<u8>>) -> Result<Parsed, String> {
    let (room_of_it, bytes) = (room.clone(), Arc::clone(bytes));
    let reading = tokio::task::spawn_blocking(move || Parsed::of(&bytes, &room_of_it));
    match tokio::time::timeout(room.pace().reading, reading).await {
        Ok(Ok(parsed)) => Ok(parsed),
        Ok(Err(_)) => Err("reading it panicked".to_owned()),
        Err(_) => Err(format!("reading it took longer than {} s", room.pace().reading.as_secs())),
    }
}

async fn seen_before(app: &App, key: &str) -> Result<Option<Outcome>, ReceiveError> {
    let known = key.to_owned();
    let found = app.db.read(move |tx| store::find_by_key(tx, &known)).await.map_err(ours)?;
    let Some(mail) = found else { return Ok(None) };
    app.db.write(move |tx| store::add_copy(tx, mail.id)).await.map_err(ours)?;
    Ok(Some(mail.outcome(true)))
}

fn ours(error: base::db::Error) -> ReceiveError {
    ReceiveError::Database(error.to_string())
}

async fn keep(app: &App, attachments: &[Attachment]) -> Result<Vec<Enclosure>, FileError> {
    let mut kept = Vec::with_capacity(attachments.len());
    for attachment in attachments {
        let stored = app.files.put(attachment.bytes.clone()).await?;
        kept.push(Enclosure {
            key: stored.key.as_str().to_owned(),
            name: clean(&attachment.name, 255),
            kind: clean(&attachment.content_type, 100),
            bytes: stored.size as i64,
        });
    }
    Ok(kept)
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
    known: Option<MailId>,
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
    known: Option<MailId>,
    now: Moment,
) -> Result<Outcome> {
    let evidence = clean(&arrival.evidence().to_string(), usize::MAX);
    let id = match known {
        Some(id) => {
            if let Some(first) = store::find_by_key(tx, &arrival.parsed.key)?.filter(|first| first.id != id) {
                // It came another way meanwhile.
                let verdict = Verdict::new(Decision::Discarded, first.why, first.ticket);
                store::decide(tx, id, &verdict, None, now)?;
                return Ok(first.outcome(true));
            }
            store::set_read(tx, id, arrival, &evidence)?;
            id
        }
        None => match insert(tx, arrival, &evidence, now)? {
            Some(id) => id,
            None => {
                let first = store::find_by_key(tx, &arrival.parsed.key)?.ok_or(Error::Conflict)?;
                store::add_copy(tx, first.id)?;
                return Ok(first.outcome(true));
            }
        },
    };
    let verdict = decide(tx, app, room, arrival, now)?;
    store::decide(tx, id, &verdict, None, now)?;
    store::set_references(tx, id, arrival)?;
    if verdict.decision == Decision::Quarantined && known.is_none() {
        record(tx, verdict.why, &arrival.sender(), now)?;
    }
    Ok(Outcome { mail: id, decision: verdict.decision, why: verdict.why, ticket: verdict.ticket, repeated: false })
}

fn insert(tx: &mut Tx, arrival: &Arrival, evidence: &str, now: Moment) -> base::db::Result<Option<MailId>> {
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

/// What becomes of a mail.
fn decide(tx: &mut Tx, app: &App, room: &Mailroom, arrival: &Arrival, now: Moment) -> Result<Verdict> {
    let message = &arrival.parsed.message;
    if message.headers.all(super::send::LOOP_HEADER).any(|mark| mark.trim() == room.mark()) {
        return Ok(Verdict::dropped(Why::Loop));
    }
    if let Some(bounce) = &arrival.parsed.class.bounce {
        return bounce::take(tx, arrival, bounce, now);
    }
    let from = arrival.parsed.sender();
    if from.is_some_and(|from| room.is_ours(&from.address)) {
        return Ok(Verdict::dropped(Why::Ourselves));
    }
    let address = from.and_then(|from| normal_email(&clean(&from.address, 320)));
    let sender = match address {
        Some(address) => {
            let person = find_by_address(tx, ledger::person::AddressKind::Email, &address)?;
            Some(Sender { address, person: person.map(|person| person.id) })
        }
        None => None,
    };
    let place = thread::place(tx, arrival, sender.as_ref())?;
    let receipt = message.machine_parts.iter().any(|part| part.content_type.ends_with("disposition-notification"));
    match (place.ticket, arrival.kind()) {
        (Some(ticket), Kind::AutoReply | Kind::Machine | Kind::Bounce | Kind::FeedbackReport) => {
            work::keep_machine(tx, &ticket, &as_message(arrival, ticket.person), now)?;
            Ok(Verdict::new(Decision::Kept, place.why, ticket.id))
        }
        (None, _) if receipt => Ok(Verdict::dropped(Why::Receipt)),
        (None, Kind::AutoReply) if !arrival.is_guess() => Ok(Verdict::dropped(Why::AutoReply)),
        (ticket, _) => match (&sender, from) {
            (Some(sender), Some(from)) => {
                let name = from.name.as_deref().map(|name| clean(name, 200));
                say(tx, app, room, arrival, sender, name.as_deref(), ticket, place.why, now)
            }
            _ => Ok(Verdict::new(Decision::Quarantined, Why::NoSender, None)),
        },
    }
}

/// The person says it: to their ticket, or in a new one.
#[allow(clippy::too_many_arguments, reason = "one place calls it, with everything that was found out")]
fn say(
    tx: &mut Tx,
    app: &App,
    room: &Mailroom,
    arrival: &Arrival,
    sender: &Sender,
    name: Option<&str>,
    ticket: Option<Ticket>,
    why: Why,
    now: Moment,
) -> Result<Verdict> {
    let relation = |email: &str| app.site.relation_of(email);
    let person = find_or_create_by_email(tx, &sender.address, name, room.language(), relation, now)?;
    let person = person.ok_or_else(|| Error::Internal("an address in normal form is no address".to_owned()))?;
    let mail_id = arrival.message_id();
    let request = Request {
        person: person.id,
        channel: Channel::Email,
        subject: &arrival.subject,
        text: &arrival.text,
        quoted: &arrival.quoted,
        html: arrival.html.as_deref(),
        mail_id: mail_id.as_deref(),
        service: None,
        needed_by: None,
        files: &arrival.enclosures,
        by_machine: arrival.parsed.class.must_not_be_answered(),
        source: Source::Lived,
    };
    let voice = app.voice();
    let Some(ticket) = ticket else {
        let opened = work::open(tx, &voice, &request, now)?;
        return Ok(Verdict::new(Decision::Opened, why, opened.id));
    };
    let before = ticket.id;
    let (ticket, _) = work::write(tx, &voice, ticket, &request, arrival.parsed.is_thanks, now)?;
    let decision = if ticket.id == before { Decision::Written } else { Decision::Opened };
    Ok(Verdict::new(decision, why, ticket.id))
}

/// Records a mail that could be read and not stored. It can be taken in again later.
async fn record_quarantined(app: &App, arrival: &Arc<Arrival>, why: &str) -> Result<Outcome, ReceiveError> {
    tracing::error!(sender = arrival.sender(), "a mail could not be stored and lies in the quarantine: {why}");
    let (arrival, why, now) = (Arc::clone(arrival), why.to_owned(), app.clock.now());
    let recorded = app.db.write(move |tx| {
        // What made storing fail may stand in what it says of itself.
        let id = match insert(tx, &arrival, "{}", now)? {
            Some(id) => id,
            None => match store::find_by_key(tx, &arrival.parsed.key)? {
                Some(first) => return Ok(first.outcome(true)),
                None => return Err(Error::Conflict),
            },
        };
        let verdict = Verdict::new(Decision::Quarantined, Why::Unstorable, None);
        store::decide(tx, id, &verdict, Some(&why), now)?;
        record(tx, verdict.why, &arrival.sender(), now)?;
        Ok::<_, Error>(Outcome { mail: id, decision: verdict.decision, why: verdict.why, ticket: None, repeated: false })
    });
    recorded.await.map_err(|error| ReceiveError::Database(error.to_string()))
}

/// Records a mail that could not even be read, or only in part: `kept` of its `size` bytes.
pub(super) async fn quarantine(
    app: &App,
    kept: &[u8],
    size: i64,
    mailbox: &str,
    reason: Why,
    error: &str,
) -> Result<Outcome, ReceiveError> {
    let key = format!("{}:{size}", digest(kept));
    if let Some(outcome) = seen_before(app, &key).await? {
        return Ok(outcome);
    }
    let raw = app.files.put(kept.to_vec()).await?;
    let mut parsed = None;
    if reason == Why::TooLarge {
        // The head is small and says who wrote about what; should it be poison as well, that stays unsaid.
        let head = kept.to_vec();
        parsed = tokio::task::spawn_blocking(move || mail_message::Message::read(&head)).await.ok();
    }
    let subject = parsed.as_ref().map(|message| clean(&message.subject, 1_000)).unwrap_or_default();
    let from = parsed.as_ref().and_then(|message| message.from.as_ref());
    let sender = clean(from.map_or("", |from| from.address.as_str()), 320);
    tracing::warn!(mailbox, reason = reason.as_str(), "a mail lies in the quarantine: {error}");
    let (mailbox, error, now) = (mailbox.to_owned(), (!error.is_empty()).then(|| error.to_owned()), app.clock.now());
    let recorded = app.db.write(move |tx| {
        let new = NewMail {
            key: &key,
            digest: &raw.digest,
            message_id: None,
            written_at: None,
            sender: &sender,
            subject: &subject,
            mailbox: &mailbox,
            kind: "",
            evidence: "{}",
            raw: raw.key.as_str(),
            bytes: size,
        };
        let verdict = Verdict::new(Decision::Quarantined, reason, None);
        let Some(id) = store::insert(tx, &new, now)? else { return Err(Error::Conflict) };
        store::decide(tx, id, &verdict, error.as_deref(), now)?;
        record(tx, reason, &sender, now)?;
        Ok::<_, Error>(Outcome { mail: id, decision: verdict.decision, why: reason, ticket: None, repeated: false })
    });
    recorded.await.map_err(|error| ReceiveError::Database(error.to_string()))
}

fn record(tx: &mut Tx, why: Why, sender: &str, now: Moment) -> base::db::Result<()> {
    let detail = json!({ "why": why.as_str(), "sender": sender });
    touchpoint::record(tx, Draft::of(&kinds::QUARANTINED, now, Channel::Email).detail(detail)).map(drop)
}

fn digest(bytes: &[u8]) -> String {
    use sha2::{Digest, Sha256};
    hex(&Sha256::digest(bytes))
}

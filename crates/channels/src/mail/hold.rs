//! Putting a mail into the quarantine: kept as far as it came, recorded with the reason, out of the way of the next.

use std::sync::Arc;

use base::clock::Moment;
use base::db::Tx;
use ledger::touchpoint::{self, Channel, Draft};
use serde_json::json;
use web::App;
use web::error::{Error, Result};

use super::MailId;
use super::arrival::{Arrival, clean};
use super::kinds;
use super::mailroom::{Mailroom, VERSION};
use super::model::{Decision, Outcome, Verdict, Why};
use super::quarantine;
use super::receive::{ReceiveError, digest, insert, seen_before};
use super::size;
use super::store::{self, NewMail};

/// How much is kept of a mail that is larger than the desk takes, bytes: enough to see who wrote about what.
pub(super) const HEAD: usize = 64 * 1024;

/// Records a mail that could be read and not stored. It can be taken in again later.
pub(super) async fn hold_unstorable(app: &App, arrival: &Arc<Arrival>, why: &str) -> Result<Outcome, ReceiveError> {
    tracing::error!(sender = arrival.sender(), "a mail could not be stored and lies in the quarantine: {why}");
    let (arrival, why, now) = (Arc::clone(arrival), why.to_owned(), app.clock.now());
    let recorded = app.db.write(move |tx| {
        // What made storing fail may stand in what it says of itself.
        let Some(id) = insert(tx, &arrival, "{}", now)? else {
            let first = store::find_by_key(tx, &arrival.parsed.key)?.ok_or(Error::Conflict)?;
            return Ok(first.outcome(true));
        };
        let verdict = Verdict::new(Decision::Quarantined, Why::Unstorable, None);
        store::decide(tx, id, &verdict, Some(&why), now)?;
        quarantine::set_version(tx, id, VERSION)?;
        record(tx, id, verdict.why, &arrival.sender(), now)?;
        Ok::<_, Error>(Outcome {
            mail: id,
            decision: verdict.decision,
            why: verdict.why,
            ticket: None,
            repeated: false,
        })
    });
    recorded.await.map_err(|error| ReceiveError::Database(error.to_string()))
}

/// Records a mail of `size` bytes that is larger than the desk takes, with its beginning, and tells its sender.
pub(super) async fn hold_large(
    app: &App,
    room: &Mailroom,
    head: &[u8],
    size: i64,
    mailbox: &str,
) -> Result<Outcome, ReceiveError> {
    put(app, Some(room), head, size, mailbox, Why::TooLarge, "").await
}

/// Records a mail that could not even be read, or only in part: `kept` of its `size` bytes.
pub(super) async fn hold(
    app: &App,
    kept: &[u8],
    size: i64,
    mailbox: &str,
    reason: Why,
    error: &str,
) -> Result<Outcome, ReceiveError> {
    put(app, None, kept, size, mailbox, reason, error).await
}

async fn put(
    app: &App,
    telling: Option<&Mailroom>,
    kept: &[u8],
    size: i64,
    mailbox: &str,
    reason: Why,
    error: &str,
) -> Result<Outcome, ReceiveError> {
    let key = format!("{}:{size}", digest(kept));
    if let Some(outcome) = seen_before(app, &key, mailbox).await? {
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
    let notice = telling.zip(parsed.as_ref()).and_then(|(room, head)| size::notice(app, room, head, size));
    let voice = app.voice();
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
        quarantine::set_version(tx, id, VERSION)?;
        record(tx, id, reason, &sender, now)?;
        if let Some(notice) = &notice {
            size::post(tx, &voice, notice, now)?;
        }
        Ok::<_, Error>(Outcome { mail: id, decision: verdict.decision, why: reason, ticket: None, repeated: false })
    });
    recorded.await.map_err(|error| ReceiveError::Database(error.to_string()))
}

pub(super) fn record(tx: &mut Tx, id: MailId, why: Why, sender: &str, now: Moment) -> base::db::Result<()> {
    let detail = json!({ "why": why.as_str(), "sender": sender });
    let draft = Draft::of(&kinds::QUARANTINED, now, Channel::Email).object("mail", id.0).detail(detail);
    touchpoint::record(tx, draft).map(drop)
}

//! Some mails at a time: read and parsed, their files written together, and stored in one transaction.

use std::ops::Range;
use std::sync::Arc;

use base::clock::Moment;
use base::db::Tx;
use base::file::Stored;
use bytes::Bytes;
use futures::{StreamExt, TryStreamExt};
use ledger::touchpoint::Source;
use web::App;
use web::error::{Error, Result};

use super::HistoryError;
use super::archive::{Archive, Entry};
use super::desk;
use crate::mail::arrival::{Arrival, Parsed, clean};
use crate::mail::decide::decide;
use crate::mail::hold::{HEAD, hold, hold_unstorable, record};
use crate::mail::mailroom::Mailroom;
use crate::mail::model::{Decision, Outcome, Why};
use crate::mail::receive::{ReceiveError, enclosure, insert, read, seen_before, settle};
use crate::mail::store;

/// What such mails are recorded under, in place of a mailbox.
const MAILBOX: &str = "import";
/// Mails that are parsed at a time.
const PARSING: usize = 4;

/// A batch that only has to be stored.
pub(super) struct Prepared {
    /// Mails that were decided about without a transaction: those held back, and those known already.
    outcomes: Vec<Outcome>,
    arrivals: Vec<Arc<Past>>,
}

/// A mail, and when it was written.
struct Past {
    arrival: Arc<Arrival>,
    at: Moment,
}

/// Reads, parses and keeps the mails of a batch.
pub(super) async fn prepare(
    app: &App,
    room: &Mailroom,
    archive: &Arc<Archive>,
    range: Range<usize>,
) -> Result<Prepared, HistoryError> {
    let entries: Vec<Entry> = archive.entries(range).to_vec();
    let parsing = entries.into_iter().map(|entry| parse(app, room, archive, entry));
    let parsed: Vec<Read> = futures::stream::iter(parsing).buffered(PARSING).try_collect().await?;
    let (mut outcomes, mut fresh, mut contents) = (Vec::new(), Vec::new(), Vec::new());
    for read in parsed {
        match read {
            Read::Held(outcome) => outcomes.push(outcome),
            Read::Whole(parsed, bytes, at) => {
                contents.push(bytes);
                contents.extend(parsed.message.attachments.iter().map(|attachment| attachment.bytes.clone().into()));
                fresh.push((parsed, at));
            }
        }
    }
    let mut stored = app.files.put_all(contents).await.map_err(ReceiveError::File)?.into_iter();
    let mut arrivals = Vec::with_capacity(fresh.len());
    for (parsed, at) in fresh {
        let Some(raw) = stored.next() else { break };
        let files: Vec<Stored> = stored.by_ref().take(parsed.message.attachments.len()).collect();
        let enclosures = parsed.message.attachments.iter().zip(&files).map(|(part, stored)| enclosure(part, stored));
        let enclosures = enclosures.collect();
        let arrival = Arrival { source: Source::Imported, ..Arrival::new(*parsed, &raw, MAILBOX, enclosures) };
        arrivals.push(Arc::new(Past { arrival: Arc::new(arrival), at }));
    }
    Ok(Prepared { outcomes, arrivals })
}

enum Read {
    Whole(Box<Parsed>, Bytes, Moment),
    Held(Outcome),
}

async fn parse(app: &App, room: &Mailroom, archive: &Arc<Archive>, entry: Entry) -> Result<Read, HistoryError> {
    let (archive, most) = (Arc::clone(archive), if entry.length > room.limit() { HEAD as u64 } else { room.limit() });
    let reading = tokio::task::spawn_blocking(move || archive.read(&entry, most)).await;
    let bytes = Bytes::from(reading.map_err(|error| HistoryError::Database(error.to_string()))??);
    if entry.length > room.limit() {
        return Ok(Read::Held(hold(app, &bytes, entry.length as i64, MAILBOX, Why::TooLarge, "").await?));
    }
    let parsed = match read(app, room, &bytes).await {
        Ok(parsed) => parsed,
        Err(why) => {
            return Ok(Read::Held(hold(app, &bytes, bytes.len() as i64, MAILBOX, Why::Unreadable, &why).await?));
        }
    };
    if let Some(outcome) = seen_before(app, &parsed.key, MAILBOX).await? {
        return Ok(Read::Held(outcome));
    }
    let now = app.clock.now();
    // What does not say when it was written was written at its neighbour's time; nothing in the future.
    let at = if entry.written == i64::MIN { now } else { Moment(entry.written.clamp(0, now.0)) };
    Ok(Read::Whole(Box::new(parsed), bytes, at))
}

/// Stores a batch in one transaction; when that fails, each of its mails in one of its own, so that the one which is the
/// reason is found and held back.
pub(super) async fn store(app: &App, room: &Mailroom, batch: Prepared) -> Result<Vec<Outcome>, HistoryError> {
    let Prepared { mut outcomes, arrivals } = batch;
    match store_some(app, room, arrivals.clone()).await {
        Ok(stored) => outcomes.extend(stored),
        Err(error) => {
            tracing::warn!(
                "{} mails are stored one by one, because together they were refused: {error}",
                arrivals.len()
            );
            for past in arrivals {
                match store_some(app, room, vec![Arc::clone(&past)]).await {
                    Ok(stored) => outcomes.extend(stored),
                    Err(error) => {
                        outcomes.push(hold_unstorable(app, &past.arrival, &error.to_string()).await?);
                    }
                }
            }
        }
    }
    Ok(outcomes)
}

async fn store_some(app: &App, room: &Mailroom, some: Vec<Arc<Past>>) -> Result<Vec<Outcome>> {
    let (within, room) = (app.clone(), room.clone());
    app.db.write(move |tx| some.iter().map(|past| take_in(tx, &within, &room, past)).collect::<Result<Vec<_>>>()).await
}

fn take_in(tx: &mut Tx, app: &App, room: &Mailroom, past: &Past) -> Result<Outcome> {
    let Past { arrival, at } = past;
    let evidence = clean(&arrival.evidence().to_string(), usize::MAX);
    let Some(id) = insert(tx, arrival, &evidence, *at)? else {
        let first = store::find_by_key(tx, &arrival.parsed.key)?.ok_or(Error::Conflict)?;
        store::add_copy(tx, first.id, &arrival.mailbox)?;
        return Ok(first.outcome(true));
    };
    let verdict = match desk::spoken_by(tx, room, arrival)? {
        Some(agent) => desk::said(tx, app, room, arrival, agent, *at)?,
        None => decide(tx, app, room, arrival, id, *at)?,
    };
    settle(tx, id, arrival, &verdict, *at)?;
    if verdict.decision == Decision::Quarantined {
        record(tx, id, verdict.why, &arrival.sender(), *at)?;
    }
    Ok(Outcome { mail: id, decision: verdict.decision, why: verdict.why, ticket: verdict.ticket, repeated: false })
}

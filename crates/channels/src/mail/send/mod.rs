//! The outbox by SMTP: each letter once.
//!
//! A letter is claimed under a lease, written as a mail, and taken through the dialogue up to the point where the server
//! is ready for it. Then, in a write of its own, we note that it is being handed over, and only then is it. So whatever
//! happens, a crash as well as a connection that breaks, there are two cases:
//!
//! - it was not yet handed over: it was certainly not taken, and is tried again;
//! - it was, and no answer was heard: it may have arrived. Sending it again could say the same thing twice, so it is
//!   marked as failed with that reason, and the agent who sees it decides.
//!
//! A refusal for good is a failure at once; a refusal for now is tried again, later each time, for two days.

mod breaker;
mod greeted;
mod html;
mod letter;
mod smtp;

use std::sync::Arc;
use std::time::Duration;

use base::clock::{DAY, HOUR, MINUTE, Moment};
use base::db::Result;
use base::file::Key;
use ledger::outbox::{self, Letter, LetterId};
use tokio::sync::{Semaphore, watch};
use tokio::task::JoinSet;
use web::App;

use super::mailroom::Mailroom;
use super::{oauth, stopped};
use breaker::Breaker;
use smtp::Answer;

pub(super) use letter::LOOP_HEADER;

/// Letters on their way at once: a server that does not answer holds up only its own.
const LANES: usize = 4;
/// For how long a letter is tried.
const GIVE_UP: i64 = 2 * DAY;
/// The longest pause between two tries.
const LONGEST: i64 = HOUR;

/// What an agent reads of a letter that was handed over without an answer.
const PERHAPS: &str =
    "the mail server did not say whether it took this: it may have arrived. Ask before sending it again";

/// Delivers letters until `stop`; those on their way are brought to an end.
pub(super) async fn run(app: App, room: Mailroom, mut stop: watch::Receiver<bool>) {
    let mut commits = app.db.commits();
    let lanes = Arc::new(Semaphore::new(LANES));
    let breaker = Breaker::new(room.pace().letters_a_minute);
    let mut on_their_way = JoinSet::new();
    let name = name(&room);
    room.health().starts(&name, app.clock.now());
    loop {
        commits.borrow_and_update();
        while on_their_way.try_join_next().is_some() {}
        let full = match round(&app, &room, &lanes, &breaker, &mut on_their_way).await {
            Ok(full) => full,
            Err(error) => {
                tracing::error!("the outbox cannot be read: {error}");
                false
            }
        };
        let free = async {
            // When every lane was taken, the next free one is the reason to look again.
            if full { drop(lanes.acquire().await) } else { std::future::pending().await }
        };
        tokio::select! {
            () = stopped(&mut stop) => break,
            _ = commits.changed() => {}
            () = free => {}
            () = tokio::time::sleep(room.pace().outbox) => {}
        }
    }
    while on_their_way.join_next().await.is_some() {}
}

fn name(room: &Mailroom) -> String {
    match room.sender() {
        Some((_, server)) => format!("sending {}:{}", server.host, server.port()),
        None => "sending (simulated)".to_owned(),
    }
}

/// Takes what is due and lanes are free for. Whether more may be due.
async fn round(
    app: &App,
    room: &Mailroom,
    lanes: &Arc<Semaphore>,
    breaker: &Breaker,
    on_their_way: &mut JoinSet<()>,
) -> Result<bool> {
    let now = app.clock.now();
    app.db.write(move |tx| settle_lapsed(tx, now)).await?;
    let free = lanes.available_permits().min(breaker.room());
    if free == 0 {
        return Ok(lanes.available_permits() == 0);
    }
    let lease = lease_before(room);
    let letters = app.db.write(move |tx| outbox::claim(tx, now, lease, free as i64)).await?;
    let full = letters.len() == free;
    for letter in letters {
        let Ok(lane) = Arc::clone(lanes).acquire_owned().await else { return Ok(false) };
        breaker.count();
        let (app, room) = (app.clone(), room.clone());
        on_their_way.spawn(async move {
            let id = letter.id;
            if let Err(error) = bring(&app, &room, letter).await {
                // The lease ends, and the letter is settled by what was noted about it.
                tracing::error!(letter = %id, "what became of a letter could not be recorded: {error}");
            }
            drop(lane);
        });
    }
    Ok(full)
}

/// Milliseconds that a letter is ours before it is handed over; more than all of that may take.
fn lease_before(room: &Mailroom) -> i64 {
    (room.pace().greeting.as_millis() as i64) * 3 / 2 + 5_000
}

/// Letters whose sender died: back when they were not handed over, and failed when they may have arrived.
pub(super) fn settle_lapsed(tx: &mut base::db::Tx, now: Moment) -> Result<()> {
    for (id, handed) in outbox::lapsed(tx, now, 100)? {
        if handed {
            outbox::failed(tx, id, PERHAPS)?;
        } else {
            outbox::try_again(tx, id, now, "the desk was stopped before it could be sent")?;
        }
        tx.announce();
    }
    Ok(())
}

/// Brings one letter to its server, and records what came of it.
async fn bring(app: &App, room: &Mailroom, letter: Letter) -> Result<()> {
    let id = letter.id;
    if app.site.simulated {
        tracing::debug!(letter = %id, "simulated: not sent");
        return settle(app, id, Settled::Sent).await;
    }
    let (to, automatic, now) = (letter.address.clone(), letter.automatic, app.clock.now());
    if automatic {
        let lately = app.db.read(move |tx| outbox::automatic_since(tx, &to, now.plus(-HOUR))).await?;
        if lately >= room.pace().automatic_an_hour {
            let why = format!("held back: {lately} automatic letters went to this address within an hour");
            tracing::warn!(letter = %id, "{why}");
            return settle(app, id, Settled::Failed(why)).await;
        }
    }
    let Some((from, server)) = room.sender() else {
        return settle(app, id, Settled::Again(now.plus(MINUTE), "there is no server to send by".to_owned())).await;
    };
    let files = match enclosed(app, &letter).await {
        Ok(files) => files,
        Err(why) => return settle(app, id, Settled::Failed(why)).await,
    };
    let written = match letter::write(&letter, room, from, &app.brand.name, files, now) {
        Ok(written) => written,
        Err(why) => return settle(app, id, Settled::Failed(why)).await,
    };
    let lease = room.pace().answer.as_millis() as i64 + 60_000;
    let handing = async || {
        let now = app.clock.now();
        app.db.write(move |tx| outbox::handing(tx, id, now, lease)).await.unwrap_or(false)
    };
    let answer = match oauth::proof_to_send(app, room, server).await {
        Ok(proof) => smtp::deliver(server, &proof, room.pace(), &written, handing).await,
        Err(trouble) => Answer::Unreachable(trouble.to_string()),
    };
    let now = app.clock.now();
    note_health(room, &answer, now);
    settle(app, id, settled(&letter, room, answer, now)).await
}

fn note_health(room: &Mailroom, answer: &Answer, now: Moment) {
    let name = name(room);
    match answer {
        Answer::Taken => room.health().did(&name, now),
        Answer::Refused(_) | Answer::NotNow(_) => room.health().well(&name, now),
        Answer::Unreachable(why) | Answer::Perhaps(why) => {
            tracing::warn!("{name}: {why}");
            room.health().failing(&name, now, why.clone());
        }
        Answer::Lost => {}
    }
}

/// What is to be recorded about a letter.
#[derive(Debug, PartialEq)]
enum Settled {
    Sent,
    Again(Moment, String),
    Failed(String),
    /// Another sender has it.
    NotOurs,
}

/// What an answer comes to.
fn settled(letter: &Letter, room: &Mailroom, answer: Answer, now: Moment) -> Settled {
    match answer {
        Answer::Taken => Settled::Sent,
        Answer::Lost => Settled::NotOurs,
        Answer::Refused(said) => Settled::Failed(format!("the mail server refused it: {said}")),
        Answer::Perhaps(why) => {
            tracing::warn!(letter = %letter.id, "{why}");
            Settled::Failed(PERHAPS.to_owned())
        }
        Answer::NotNow(said) | Answer::Unreachable(said) => {
            if now.since(letter.created_at) > GIVE_UP {
                return Settled::Failed(format!("given up after two days: {said}"));
            }
            Settled::Again(now.plus(pause(room.pace().retry, letter.attempts)), said)
        }
    }
}

/// Milliseconds until the next try: twice as long each time.
fn pause(first: Duration, attempts: i64) -> i64 {
    let doubled = attempts.clamp(1, 20) as u32 - 1;
    (first.as_millis() as i64).saturating_mul(1_i64 << doubled).min(LONGEST)
}

async fn settle(app: &App, id: LetterId, settled: Settled) -> Result<()> {
    let now = app.clock.now();
    app.db
        .write(move |tx| {
            match &settled {
                Settled::Sent => outbox::sent(tx, id, now)?,
                Settled::Again(due, why) => outbox::try_again(tx, id, *due, why)?,
                Settled::Failed(why) => outbox::failed(tx, id, why)?,
                Settled::NotOurs => return Ok(()),
            }
            // Who looks at the letter sees it at once; a letter to be tried again must not wake us at once.
            if !matches!(settled, Settled::Again(..)) {
                tx.announce();
            }
            Ok(())
        })
        .await
}

/// What is enclosed: names and contents. The words are `KEY|name`, the name as in a URL.
async fn enclosed(app: &App, letter: &Letter) -> Result<Vec<(String, bytes::Bytes)>, String> {
    let mut files = Vec::with_capacity(letter.files.len());
    for word in &letter.files {
        let (key, name) = word.split_once('|').unwrap_or((word, "file"));
        let key = Key::parse(key).ok_or_else(|| format!("an enclosure has no valid key: {key:?}"))?;
        let content = app.files.get(&key).await.map_err(|error| format!("an enclosure cannot be read: {error}"))?;
        files.push((letter::url_decoded(name), content));
    }
    Ok(files)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pauses_grow_up_to_an_hour() {
        let first = Duration::from_secs(30);
        assert_eq!([1, 2, 3].map(|attempts| pause(first, attempts)), [30_000, 60_000, 120_000]);
        assert_eq!(pause(first, 50), HOUR);
    }
}

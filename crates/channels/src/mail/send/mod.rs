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
mod dkim;
mod filing;
mod greeted;
mod html;
mod lane;
mod letter;
mod smtp;

use std::sync::Arc;
use std::time::Duration;

use base::clock::{DAY, HOUR, Moment};
use base::db::Result;
use base::file::Key;
use ledger::outbox::{self, Letter, Mailbox, Refused, Taken};
use ledger::touchpoint::{self, Channel, Draft};
use serde_json::json;
use tokio::sync::{Notify, watch};
use tokio::task::JoinSet;
use web::App;

use super::kinds;
use super::mailroom::Mailroom;
use super::{oauth, stopped};
use breaker::Breaker;
use filing::Filing;
use lane::Lane;
use letter::Written;
use smtp::Answer;

pub(super) use dkim::Signer;
#[cfg(test)]
pub(super) use dkim::signature_holds;
pub(super) use filing::run as run_filing;
pub(super) use letter::LOOP_HEADER;
#[cfg(any(test, fuzzing))]
pub(super) use smtp::dialogue;

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
    let lanes = Lane::all(&room, app.site.simulated);
    let breaker = Breaker::new(room.pace().letters_a_minute);
    let freed = Arc::new(Notify::new());
    let mut on_their_way = JoinSet::new();
    for lane in &lanes {
        room.health().starts(&lane.name, app.clock.now());
    }
    loop {
        commits.borrow_and_update();
        while on_their_way.try_join_next().is_some() {}
        let now = app.clock.now();
        if let Err(error) = app.db.write(move |tx| settle_lapsed(tx, now)).await {
            tracing::error!("letters whose sender died cannot be settled: {error}");
        }
        let mut full = false;
        for lane in &lanes {
            match round(&app, &room, lane, &breaker, &freed, &mut on_their_way).await {
                Ok(is_full) => full |= is_full,
                Err(error) => tracing::error!("the outbox cannot be read: {error}"),
            }
        }
        let free = async {
            // When every lane of a server was taken, the next free one is the reason to look again.
            if full { freed.notified().await } else { std::future::pending().await }
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

/// Takes what is due for a server and lanes are free for. Whether more may be due.
async fn round(
    app: &App,
    room: &Mailroom,
    lane: &Arc<Lane>,
    breaker: &Breaker,
    freed: &Arc<Notify>,
    on_their_way: &mut JoinSet<()>,
) -> Result<bool> {
    let (now, lease, within) = (app.clock.now(), lease_before(room), Arc::clone(lane));
    let mut free = lane.free.available_permits().min(breaker.room());
    if free == 0 {
        return Ok(lane.free.available_permits() == 0);
    }
    if let Some(most) = lane.a_day() {
        let looking = Arc::clone(lane);
        let left = app.db.read(move |tx| looking.left(tx, now)).await?;
        let (left, waiting) = left.unwrap_or((most, 0));
        // Those on their way are not counted as sent yet.
        free = free.min((left - on_their_way.len() as i64).max(0) as usize);
        if waiting > 0 {
            let why = format!("{most} letters went out within a day, which is its limit: {waiting} wait");
            room.health().failing(&lane.name, now, why);
        }
        if free == 0 {
            return Ok(false);
        }
    }
    let claimed = app.db.write(move |tx| outbox::claim_from(tx, now, lease, free as i64, within.whose()));
    let letters = claimed.await?;
    let full = letters.len() == free;
    for letter in letters {
        let Ok(permit) = Arc::clone(&lane.free).acquire_owned().await else { return Ok(false) };
        breaker.count();
        let (app, room, lane, freed) = (app.clone(), room.clone(), Arc::clone(lane), Arc::clone(freed));
        on_their_way.spawn(async move {
            let id = letter.id;
            if let Err(error) = bring(&app, &room, &lane, letter).await {
                // The lease ends, and the letter is settled by what was noted about it.
                tracing::error!(letter = %id, "what became of a letter could not be recorded: {error}");
            }
            drop(permit);
            freed.notify_one();
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
async fn bring(app: &App, room: &Mailroom, lane: &Lane, letter: Letter) -> Result<()> {
    let id = letter.id;
    let Some(server) = &lane.server else {
        tracing::debug!(letter = %id, "simulated: not sent");
        return settle(app, &letter, Settled::Sent(Taken::default(), None)).await;
    };
    let now = app.clock.now();
    if letter.automatic
        && let Some(why) = held_back(app, room, &letter, now).await?
    {
        tracing::warn!(letter = %id, "{why}");
        return settle(app, &letter, Settled::Failed(why)).await;
    }
    let files = match enclosed(app, &letter).await {
        Ok(files) => files,
        Err(why) => return settle(app, &letter, Settled::Failed(why)).await,
    };
    let refusal = letter.refusal_token.as_deref().map(|token| app.voice().url(&format!("/refusals/{token}")));
    let from = from(app, room, lane, &letter);
    let sheet = letter::Sheet { from, files, refusal: refusal.as_deref(), now };
    let written = match letter::write(&letter, room, sheet) {
        Ok(written) => written,
        Err(why) => return settle(app, &letter, Settled::Failed(why)).await,
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
    note_health(room, lane, &answer, now);
    let filing = match &answer {
        // Once, whoever it still goes to later.
        Answer::Taken { .. } if letter.reached.is_empty() => {
            filing::keep(app, room, &lane.address, &written.bytes, &letter.message_id).await
        }
        _ => None,
    };
    let settled = settled(&letter, room, lane, &written, answer, now).with(filing);
    settle(app, &letter, settled).await
}

/// Whom a letter comes from: as it says, unless that is no address of ours any more.
fn from(app: &App, room: &Mailroom, lane: &Lane, letter: &Letter) -> Mailbox {
    let brand = &app.brand.name;
    match &letter.sender {
        Some(sender) if room.own_address(&sender.address).is_some() => sender.clone(),
        Some(sender) => Mailbox { name: sender.name.clone(), address: lane.address.clone() },
        None => Mailbox { name: brand.clone(), address: lane.address.clone() },
    }
}

/// Why a letter that a program wrote is one too many.
async fn held_back(app: &App, room: &Mailroom, letter: &Letter, now: Moment) -> Result<Option<String>> {
    let (to, since) = (letter.address.clone(), now.plus(-HOUR));
    let ticket = letter.object_type.as_deref().filter(|kind| *kind == "ticket").and(letter.object_id);
    let lately = app.db.read(move |tx| {
        let to_them = outbox::automatic_since(tx, &to, since)?;
        let about_it = match ticket {
            Some(ticket) => outbox::automatic_about(tx, "ticket", ticket, since)?,
            None => 0,
        };
        Ok::<_, base::db::Error>((to_them, about_it))
    });
    let (to_them, about_it) = lately.await?;
    if to_them >= room.pace().automatic_an_hour {
        return Ok(Some(format!("held back: {to_them} automatic letters went to this address within an hour")));
    }
    if about_it >= room.pace().automatic_a_ticket {
        return Ok(Some(format!("held back: {about_it} automatic letters about this ticket went out within an hour")));
    }
    Ok(None)
}

fn note_health(room: &Mailroom, lane: &Lane, answer: &Answer, now: Moment) {
    let name = &lane.name;
    match answer {
        Answer::Taken { .. } => room.health().did(name, now),
        Answer::Refused(_) | Answer::NotNow(_) => room.health().well(name, now),
        Answer::Unreachable(why) | Answer::Perhaps(why) => {
            tracing::warn!("{name}: {why}");
            room.health().failing(name, now, why.clone());
        }
        Answer::Lost => {}
    }
}

/// What is to be recorded about a letter.
#[derive(Debug)]
enum Settled {
    /// It is out, with a copy to be kept.
    Sent(Taken, Option<Filing>),
    /// It is out for some; for the others it is tried again then, because of that.
    Partly(Taken, Option<Filing>, Moment, String),
    Again(Moment, String),
    Failed(String),
    /// Another sender has it.
    NotOurs,
}

impl Settled {
    fn with(self, filing: Option<Filing>) -> Self {
        match self {
            Self::Sent(taken, _) => Self::Sent(taken, filing),
            Self::Partly(taken, _, due, why) => Self::Partly(taken, filing, due, why),
            other => other,
        }
    }
}

/// What an answer comes to. What some have got is never a failure: for the others it is said why not.
fn settled(letter: &Letter, room: &Mailroom, lane: &Lane, written: &Written, answer: Answer, now: Moment) -> Settled {
    let is_too_late = now.since(letter.created_at) > GIVE_UP;
    let again = now.plus(pause(room.pace().retry, letter.attempts));
    let left_out = |said: &str| -> Vec<Refused> {
        written.to.iter().map(|to| Refused { address: to.to_string(), said: said.to_owned() }).collect()
    };
    let taken = |said: String, refused: Vec<Refused>, later: &[Refused]| {
        let not = |address: &String| refused.iter().chain(later).any(|no| no.address == *address);
        let reached = written.to.iter().map(ToString::to_string).filter(|address| !not(address));
        let reached = letter.reached.iter().cloned().chain(reached).collect();
        let known = letter
            .refused
            .iter()
            .chain(&written.refused)
            .filter(|known| !refused.iter().any(|no| no.address == known.address));
        let mut all: Vec<Refused> = Vec::new();
        for no in known.cloned().collect::<Vec<_>>().into_iter().chain(refused.clone()) {
            if !all.iter().any(|one| one.address == no.address) {
                all.push(no);
            }
        }
        Taken { account: lane.address.clone(), said, reached, refused: all }
    };
    match answer {
        Answer::Lost => Settled::NotOurs,
        Answer::Taken { said, refused, later } if later.is_empty() => Settled::Sent(taken(said, refused, &[]), None),
        Answer::Taken { said, mut refused, later } if is_too_late => {
            refused.extend(later);
            Settled::Sent(taken(said, refused, &[]), None)
        }
        Answer::Taken { said, refused, later } => {
            let why = later.iter().map(|no| format!("{}: {}", no.address, no.said)).collect::<Vec<_>>().join("; ");
            Settled::Partly(taken(said, refused, &later), None, again, why)
        }
        Answer::Refused(said) if !letter.reached.is_empty() => {
            Settled::Sent(taken(said.clone(), left_out(&said), &[]), None)
        }
        Answer::Refused(said) => Settled::Failed(format!("the mail server refused it: {said}")),
        Answer::Perhaps(why) => {
            tracing::warn!(letter = %letter.id, "{why}");
            Settled::Failed(PERHAPS.to_owned())
        }
        Answer::NotNow(said) | Answer::Unreachable(said) if is_too_late => {
            let why = format!("given up after two days: {said}");
            if letter.reached.is_empty() {
                Settled::Failed(why)
            } else {
                Settled::Sent(taken(why.clone(), left_out(&why), &[]), None)
            }
        }
        Answer::NotNow(said) | Answer::Unreachable(said) => Settled::Again(again, said),
    }
}

/// Milliseconds until the next try: twice as long each time.
fn pause(first: Duration, attempts: i64) -> i64 {
    let doubled = attempts.clamp(1, 20) as u32 - 1;
    (first.as_millis() as i64).saturating_mul(1_i64 << doubled).min(LONGEST)
}

async fn settle(app: &App, letter: &Letter, settled: Settled) -> Result<()> {
    let (now, letter) = (app.clock.now(), letter.clone());
    app.db
        .write(move |tx| {
            let id = letter.id;
            match &settled {
                Settled::Sent(taken, filing) => {
                    outbox::taken(tx, id, taken, now)?;
                    file_and_tell(tx, &letter, taken, filing.as_ref(), now)?;
                }
                Settled::Partly(taken, filing, due, why) => {
                    outbox::taken_in_part(tx, id, taken, *due, why)?;
                    file_and_tell(tx, &letter, taken, filing.as_ref(), now)?;
                }
                Settled::Again(due, why) => outbox::try_again(tx, id, *due, why)?,
                Settled::Failed(why) => {
                    outbox::failed(tx, id, why)?;
                    tell(tx, &letter, &letter.address, why, now)?;
                }
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

fn file_and_tell(
    tx: &mut base::db::Tx,
    letter: &Letter,
    taken: &Taken,
    filing: Option<&Filing>,
    now: Moment,
) -> Result<()> {
    if let Some(filing) = filing {
        filing::enqueue(tx, filing, now)?;
    }
    for no in taken.refused.iter().filter(|no| !letter.refused.contains(no)) {
        tell(tx, letter, &no.address, &no.said, now)?;
    }
    Ok(())
}

/// Records that somebody was not reached: whoever has the ticket open sees it at once.
fn tell(tx: &mut base::db::Tx, letter: &Letter, address: &str, why: &str, now: Moment) -> Result<()> {
    let detail = json!({ "address": address, "why": why });
    let mut draft = Draft::of(&kinds::UNSENT, now, Channel::Email).person(letter.person).detail(detail);
    if let (Some(kind), Some(id)) = (&letter.object_type, letter.object_id) {
        draft = draft.object(kind, id);
    }
    touchpoint::record(tx, draft).map(drop)
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

//! Telling everybody who asked, once.
//!
//! Who is told is decided over the whole tree of merged duplicates, and over people rather than records: a raiser is who
//! stands for their record now. That somebody was told stands in `improvement_tellings`, looked up over the same tree, and
//! the letter's occasion is unique besides. Whoever joins or is merged in later is told at that moment, so that no order
//! of joining, merging and finishing leaves anyone out or tells anyone twice.

use base::clock::Moment;
use base::db::{Result, Tx};
use ledger::outbox::{self, NewLetter};
use ledger::person::{Person, PersonId, reach};
use ledger::touchpoint::{self, Channel, Draft};
use serde_json::json;
use web::Voice;

use super::model::{Improvement, State};
use super::{kinds, store};

/// Tells everybody who asked for something that is over and has not been told. Those without an address stay to be told
/// in another way. Gives the improvement as it stands then.
pub(super) fn tell_rest(tx: &mut Tx, voice: &Voice, root: Improvement, now: Moment) -> Result<Improvement> {
    if !root.state.is_over() {
        return Ok(root);
    }
    let mut unreached = 0;
    for (person, title) in store::untold(tx, root.id)? {
        match reach(tx, person)? {
            // They want no such letters: it stands on the board and on their page.
            Some((_, address)) if outbox::refuses(tx, &address, "told")? => {
                note(tx, &root, person, &title, &base::id::token(), Channel::Portal, now)?;
            }
            Some((known, address)) => {
                let token = base::id::token();
                write(tx, voice, &root, (&known, address), &title, &token, now)?;
                note(tx, &root, person, &title, &token, Channel::Email, now)?;
            }
            None => unreached += 1,
        }
    }
    settle(tx, root, unreached, now)
}

/// Somebody told, in person, those whom no letter reaches.
pub(super) fn told_in_person(tx: &mut Tx, root: Improvement, now: Moment) -> Result<Improvement> {
    if !root.state.is_over() {
        return Ok(root);
    }
    for (person, title) in store::untold(tx, root.id)? {
        note(tx, &root, person, &title, &base::id::token(), Channel::WalkUp, now)?;
    }
    settle(tx, root, 0, now)
}

fn settle(tx: &mut Tx, root: Improvement, unreached: usize, now: Moment) -> Result<Improvement> {
    if unreached > 0 || root.told_at.is_some() {
        return Ok(root);
    }
    let root = root.told(now);
    store::update(tx, &root)?;
    Ok(root)
}

fn note(
    tx: &mut Tx,
    root: &Improvement,
    person: PersonId,
    title: &str,
    token: &str,
    channel: Channel,
    now: Moment,
) -> Result<()> {
    let by_letter = channel == Channel::Email;
    store::insert_telling(tx, root.id, person, token, by_letter, now)?;
    let done = root.state != State::Declined;
    let detail = json!({ "title": title, "outcome": root.outcome, "done": done, "by_letter": by_letter });
    let draft = Draft::of(&kinds::TOLD, now, channel).person(person).object("improvement", root.id.0);
    touchpoint::record(tx, draft.detail(detail)).map(drop)
}

fn write(
    tx: &mut Tx,
    voice: &Voice,
    root: &Improvement,
    (known, address): (&Person, String),
    title: &str,
    token: &str,
    now: Moment,
) -> Result<()> {
    let (person, words) = (known.id, voice.words(&known.language));
    let link = voice.url(&format!("/said-and-done/{token}"));
    let values = [
        ("name", known.name.as_str().into()),
        ("title", title.into()),
        ("outcome", root.outcome.as_str().into()),
        ("link", link.as_str().into()),
        ("brand", voice.brand().into()),
    ];
    let key = if root.state == State::Declined { "improvement-mail-declined" } else { "improvement-mail-done" };
    let letter = NewLetter {
        person: Some(person),
        address,
        occasion: format!("told:{}:{person}", root.id),
        subject: words.tn("improvement-mail-subject", &values),
        text: words.tn(key, &values),
        html: None,
        reply_token: None,
        in_reply_to: Vec::new(),
        files: Vec::new(),
        automatic: true,
        object: Some(("improvement", root.id.0)),
        refusable: Some("told"),
        name: known.name.clone(),
        ..NewLetter::default()
    };
    outbox::post(tx, &letter, now).map(drop)
}

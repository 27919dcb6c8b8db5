//! What can be done with improvements and follow-ups. Each function runs in its caller's transaction and records its
//! touchpoint there.

use base::clock::Moment;
use base::db::Tx;
use ledger::outbox::{self, NewLetter};
use ledger::person::{PersonId, reach};
use ledger::touchpoint::{self, Channel, Draft, Source};
use serde_json::json;
use web::Voice;
use web::error::Error;

use super::follow_up::{FollowUp, about_follow_up};
use super::model::{Came, Improvement, Refusal, State};
use super::tell::tell_rest;
use super::{ImprovementId, kinds, store};

/// The result of a piece of work.
pub(super) type Result<T> = std::result::Result<T, Error>;

impl From<Refusal> for Error {
    fn from(_: Refusal) -> Self {
        Self::Conflict
    }
}

/// Writes down what should be better.
pub(super) fn propose(
    tx: &mut Tx,
    title: &str,
    plan: &str,
    owner: Option<PersonId>,
    now: Moment,
) -> Result<Improvement> {
    let new = Improvement {
        id: tx.new_id(),
        title: title.to_owned(),
        plan: plan.to_owned(),
        outcome: String::new(),
        state: State::Proposed,
        owner,
        merged_into: None,
        proposed_at: now,
        changed_at: now,
        ended_at: None,
        told_at: None,
        source: Source::Lived,
    };
    store::insert(tx, &new)?;
    store::insert_change(tx, new.id, now, owner, State::Proposed.as_str(), plan)?;
    record(tx, Draft::of(&kinds::PROPOSED, now, Channel::Portal).person(owner), &new)?;
    Ok(new)
}

/// A person is one of those who asked for it; once, whatever is joined again. When it is over they are told at once.
pub(super) fn join(
    tx: &mut Tx,
    voice: &Voice,
    id: ImprovementId,
    person: PersonId,
    came: Came,
    now: Moment,
) -> Result<Improvement> {
    let root = store::root_of(tx, id)?.ok_or(Error::NotFound)?;
    if store::insert_raiser(tx, root.id, person, came, now)? {
        record(tx, Draft::of(&kinds::JOINED, now, Channel::Portal).person(person), &root)?;
    }
    Ok(tell_rest(tx, voice, root, now)?)
}

/// It goes on to another state. When that is its last, everybody who asked is told in this transaction.
pub(super) fn go(
    tx: &mut Tx,
    voice: &Voice,
    improvement: Improvement,
    next: State,
    words: &str,
    by: PersonId,
    now: Moment,
) -> Result<Improvement> {
    let gone = improvement.go(next, words, now)?;
    store::update(tx, &gone)?;
    store::insert_change(tx, gone.id, now, Some(by), next.as_str(), words)?;
    let detail = json!({ "title": gone.title, "words": words });
    record(tx, Draft::of(next.kind(), now, Channel::Portal).detail(detail), &gone)?;
    Ok(tell_rest(tx, voice, gone, now)?)
}

/// A duplicate becomes part of another, with all who asked for it. When that one is over they are told at once.
pub(super) fn merge(
    tx: &mut Tx,
    voice: &Voice,
    duplicate: Improvement,
    into: ImprovementId,
    by: PersonId,
    now: Moment,
) -> Result<Improvement> {
    let root = store::root_of(tx, into)?.ok_or(Error::NotFound)?;
    let merged = duplicate.merge(&root, now)?;
    store::update(tx, &merged)?;
    store::insert_change(tx, root.id, now, Some(by), "merged", &merged.title)?;
    let detail = json!({ "title": merged.title });
    let draft = Draft::of(&kinds::MERGED, now, Channel::Portal).detail(detail).object("improvement", merged.id.0);
    record(tx, draft, &root)?;
    Ok(tell_rest(tx, voice, root, now)?)
}

/// Somebody of the desk writes to the person whose answer it was. `false` when no address of theirs works.
pub(super) fn contact(
    tx: &mut Tx,
    voice: &Voice,
    follow_up: FollowUp,
    by: (PersonId, &str),
    text: &str,
    now: Moment,
) -> Result<bool> {
    if !follow_up.can_contact() {
        return Err(Error::Conflict);
    }
    let Some((person, address)) = reach(tx, follow_up.person)? else { return Ok(false) };
    let words = voice.words(&person.language);
    let note = store::insert_note(tx, follow_up.id, now, by.0, true, text)?;
    let foot = words.tn("followup-mail-foot", &[("agent", by.1.into()), ("brand", voice.brand().into())]);
    let letter = NewLetter {
        person: Some(follow_up.person),
        address,
        occasion: format!("followup:{}:{note}", follow_up.id),
        subject: words.t1("followup-mail-subject", "subject", follow_up.subject.as_str()),
        text: format!("{text}\n\n{foot}"),
        html: None,
        reply_token: None,
        in_reply_to: Vec::new(),
        files: Vec::new(),
        automatic: false,
        object: Some(("follow-up", follow_up.id.0)),
        name: person.name.clone(),
        ..NewLetter::default()
    };
    outbox::post(tx, &letter, now)?;
    let follow_up = follow_up.contact(now);
    store::update_follow_up(tx, &follow_up)?;
    let detail = json!({ "waited": now.since(follow_up.opened_at) });
    touchpoint::record(
        tx,
        about_follow_up(&follow_up, Draft::of(&kinds::CONTACTED, now, Channel::Email)).detail(detail),
    )?;
    Ok(true)
}

/// Nothing more is to be done about a follow-up.
pub(super) fn close(tx: &mut Tx, follow_up: FollowUp, now: Moment) -> Result<()> {
    let follow_up = follow_up.close(now);
    store::update_follow_up(tx, &follow_up)?;
    touchpoint::record(tx, about_follow_up(&follow_up, Draft::of(&kinds::CLOSED, now, Channel::Portal)))?;
    Ok(())
}

/// A raiser says whether what was done helped. Said twice, it is recorded once; another answer replaces the first.
pub(super) fn judge(tx: &mut Tx, token: &str, helped: bool, now: Moment) -> Result<()> {
    let telling = store::find_telling(tx, token)?.ok_or(Error::NotFound)?;
    if telling.helped == Some(helped) || telling.improvement.state == State::Declined {
        return Ok(());
    }
    store::judge_telling(tx, token, helped, now)?;
    let kind = if helped { &kinds::CONFIRMED } else { &kinds::REFUTED };
    let detail = json!({ "title": telling.improvement.title });
    let draft = Draft::of(kind, now, Channel::Portal).person(telling.person).detail(detail);
    record(tx, draft, &telling.improvement)
}

fn record(tx: &mut Tx, draft: Draft, improvement: &Improvement) -> Result<()> {
    touchpoint::record(tx, draft.object("improvement", improvement.id.0))?;
    Ok(())
}

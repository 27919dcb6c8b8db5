//! A follow-up: a bad answer that somebody looks after, within a working day.

use base::clock::{DAY, Moment};
use base::db::{Result, Tx};
use ledger::person::PersonId;
use ledger::touchpoint::{self, Channel, Draft, Source, Touchpoint};
use serde_json::{Value, json};

use super::{FollowUpId, ImprovementId, kinds, store};

base::code::define! {
    /// Where a follow-up stands.
    pub enum Standing {
        /// Nobody has written to the person yet.
        Open = "open",
        /// Somebody has.
        Contacted = "contacted",
        /// Nothing more is to be done.
        Closed = "closed",
    }
}

base::code::define! {
    /// Why it was opened.
    pub enum Reason {
        /// It is not sorted.
        NotSorted = "not-sorted",
        /// They were unhappy with how it was handled.
        Unhappy = "unhappy",
        /// It felt bad.
        FeltBad = "felt-bad",
    }
}

/// A follow-up as stored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FollowUp {
    /// Which one.
    pub id: FollowUpId,
    /// The survey, or without one the touchpoint, that it came from.
    pub origin: i64,
    /// Whose answer it was.
    pub person: PersonId,
    /// Type and id of what the answer was about.
    pub object: Option<(String, i64)>,
    /// What that was, in words.
    pub subject: String,
    /// Why it was opened.
    pub reason: Reason,
    /// 1 to 5.
    pub satisfaction: Option<i64>,
    /// 1 to 5.
    pub emotion: Option<i64>,
    /// What the person wrote.
    pub words: String,
    /// They agreed to be written to.
    pub may_contact: bool,
    /// Where it stands.
    pub state: Standing,
    /// Who looks after it.
    pub owner: Option<PersonId>,
    /// What it became part of.
    pub improvement: Option<ImprovementId>,
    /// When the answer came.
    pub opened_at: Moment,
    /// By when the person should have heard from us.
    pub due_at: Moment,
    /// When somebody wrote to them.
    pub contacted_at: Option<Moment>,
    /// When it was closed.
    pub closed_at: Option<Moment>,
    /// Lived here, or imported, or simulated.
    pub source: Source,
}

impl FollowUp {
    /// Whether the person can be written to about it: they agreed, and it is not over.
    pub fn can_contact(&self) -> bool {
        self.may_contact && self.state != Standing::Closed
    }

    /// How it felt, 1 to 5, as far as they said; 0 when they did not.
    pub(super) fn felt(&self) -> i64 {
        self.emotion.or(self.satisfaction).unwrap_or(0)
    }

    /// Somebody wrote to the person.
    pub(super) fn contact(self, now: Moment) -> Self {
        Self { state: Standing::Contacted, contacted_at: self.contacted_at.or(Some(now)), ..self }
    }

    /// Nothing more is to be done.
    pub(super) fn close(self, now: Moment) -> Self {
        Self { state: Standing::Closed, closed_at: Some(now), ..self }
    }
}

/// Why an answer needs somebody to look after it, if it does.
fn reason_of(detail: &Value) -> Option<Reason> {
    let bad = |name: &str| detail.get(name).and_then(Value::as_i64).is_some_and(|value| value <= 2);
    if detail.get("sorted").and_then(Value::as_str) == Some("no") {
        Some(Reason::NotSorted)
    } else if bad("satisfaction") {
        Some(Reason::Unhappy)
    } else {
        bad("emotion").then_some(Reason::FeltBad)
    }
}

/// One working day later, Monday to Friday, at the same hour (UTC): Friday noon is Monday noon.
pub(super) fn one_working_day_after(now: Moment) -> Moment {
    // 1 January 1970 was a Thursday: day 0 of the week is Monday.
    let weekday = |at: Moment| (at.0.div_euclid(DAY) + 3).rem_euclid(7);
    let mut due = now.plus(DAY);
    while weekday(due) >= 5 {
        due = due.plus(DAY);
    }
    due
}

/// Opens a follow-up for an answer (`survey.answered`, or `survey.amended`) that is bad, and gives it to the lead, or
/// without one the agent, who has the fewest. Once for each survey; a changed answer brings its words up to date. Gives
/// the follow-up that was opened now, if any. What was imported or simulated has had its follow-up elsewhere.
pub fn open(tx: &mut Tx, answer: &Touchpoint, now: Moment) -> Result<Option<FollowUpId>> {
    let (Some(person), Some(reason)) = (answer.person, reason_of(&answer.detail)) else { return Ok(None) };
    if matches!(answer.source, Source::Imported | Source::Simulated) {
        return Ok(None);
    }
    let number = |name: &str| answer.detail.get(name).and_then(Value::as_i64);
    let text = |name: &str| answer.detail.get(name).and_then(Value::as_str).unwrap_or_default().to_owned();
    let about = answer.objects.iter().find(|object| object.kind != "survey");
    let new = FollowUp {
        id: tx.new_id(),
        origin: answer.object("survey").unwrap_or(answer.id.0),
        person,
        object: about.map(|object| (object.kind.clone(), object.id)),
        subject: text("subject"),
        reason,
        satisfaction: number("satisfaction"),
        emotion: number("emotion"),
        words: text("comment"),
        may_contact: answer.detail.get("may_contact").and_then(Value::as_bool).unwrap_or(false),
        state: Standing::Open,
        owner: store::least_busy(tx)?,
        improvement: None,
        opened_at: now,
        due_at: one_working_day_after(now),
        contacted_at: None,
        closed_at: None,
        source: answer.source,
    };
    if store::refresh_follow_up(tx, &new)? {
        return Ok(None);
    }
    store::insert_follow_ups(tx, std::slice::from_ref(&new))?;
    let draft = Draft::of(&kinds::OPENED, now, Channel::Survey).promise_until(new.due_at);
    let detail = json!({ "reason": reason, "owner": new.owner });
    touchpoint::record(tx, about_follow_up(&new, draft).service(answer.service.clone()).detail(detail))?;
    Ok(Some(new.id))
}

/// A draft about a follow-up's person and what their answer was about.
pub(super) fn about_follow_up(follow_up: &FollowUp, draft: Draft) -> Draft {
    let draft = draft.person(follow_up.person).object("follow-up", follow_up.id.0);
    match &follow_up.object {
        Some((kind, id)) => draft.object(kind, *id),
        None => draft,
    }
}

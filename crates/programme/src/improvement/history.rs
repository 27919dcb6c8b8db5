//! Improvements and follow-ups of the past, written in bulk: for the demo and for imports. No letter is posted.

use base::clock::Moment;
use base::db::{Result, Tx};
use ledger::person::{PersonId, canonical};
use ledger::touchpoint::{self, Channel, Draft, Kind, Source};
use serde_json::json;

use super::follow_up::{FollowUp, Reason, Standing, about_follow_up, one_working_day_after};
use super::model::{Came, Improvement, State};
use super::{FollowUpId, ImprovementId, kinds, store};

/// Somebody who asked for it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PastRaiser {
    /// Who.
    pub person: PersonId,
    /// The version of their attributes that held then, if known.
    pub version: Option<i64>,
    /// When.
    pub at: Moment,
    /// What they said when asked whether it helped.
    pub helped: Option<bool>,
}

/// A duplicate that was merged into an improvement.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PastDuplicate {
    /// As people said it.
    pub title: String,
    /// When it was written down.
    pub at: Moment,
    /// When it was merged.
    pub merged_at: Moment,
    /// Who asked for it in these words.
    pub raisers: Vec<PastRaiser>,
}

/// An improvement of the past. Its state follows from its times: told, done, declined, doing, planned or proposed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PastImprovement {
    /// As people said it.
    pub title: String,
    /// What we wanted to do.
    pub plan: String,
    /// What was done, or why not.
    pub outcome: String,
    /// Who carries it.
    pub owner: Option<PersonId>,
    /// When it was written down.
    pub proposed_at: Moment,
    /// When it was planned.
    pub planned_at: Option<Moment>,
    /// When work began.
    pub begun_at: Option<Moment>,
    /// When it was done or declined.
    pub ended_at: Option<Moment>,
    /// It ended by being declined.
    pub declined: bool,
    /// When those who asked were told.
    pub told_at: Option<Moment>,
    /// Who asked for it.
    pub raisers: Vec<PastRaiser>,
    /// What was merged into it.
    pub duplicates: Vec<PastDuplicate>,
}

impl PastImprovement {
    fn state(&self) -> State {
        match (self.ended_at, self.told_at, self.begun_at, self.planned_at) {
            (Some(_), ..) if self.declined => State::Declined,
            (Some(_), Some(_), ..) => State::Told,
            (Some(_), None, ..) => State::Done,
            (None, _, Some(_), _) => State::Doing,
            (None, _, None, Some(_)) => State::Planned,
            _ => State::Proposed,
        }
    }
}

/// Writes improvements with all who asked and were told, and their touchpoints; gives the ids in order.
pub fn import(tx: &mut Tx, past: &[PastImprovement], source: Source) -> Result<Vec<ImprovementId>> {
    let mut drafts = Vec::new();
    let mut tellings: Vec<store::PastTelling> = Vec::new();
    let mut ids = Vec::with_capacity(past.len());
    for past in past {
        let changed_at = [past.told_at, past.ended_at, past.begun_at, past.planned_at].into_iter().flatten().next();
        let root = Improvement {
            id: tx.new_id(),
            title: past.title.clone(),
            plan: past.plan.clone(),
            outcome: past.outcome.clone(),
            state: past.state(),
            owner: past.owner,
            merged_into: None,
            proposed_at: past.proposed_at,
            changed_at: changed_at.unwrap_or(past.proposed_at),
            ended_at: past.ended_at,
            told_at: past.told_at,
            source,
        };
        store::insert(tx, &root)?;
        let mut add = |kind: &'static Kind, at: Moment, person: Option<(PersonId, Option<i64>)>, detail| {
            let draft = Draft::of(kind, at, Channel::Portal).object("improvement", root.id.0).source(source);
            let draft = draft.person(person.map(|(person, _)| person)).detail(detail);
            drafts.push((draft, person.and_then(|(_, version)| version)));
        };
        add(&kinds::PROPOSED, past.proposed_at, past.owner.map(|owner| (owner, None)), json!({ "title": past.title }));
        store::insert_change(tx, root.id, past.proposed_at, past.owner, State::Proposed.as_str(), "")?;
        let ending = if past.declined { State::Declined } else { State::Done };
        let steps = [(past.planned_at, State::Planned), (past.begun_at, State::Doing), (past.ended_at, ending)];
        for (at, state) in steps.into_iter().filter_map(|(at, state)| at.map(|at| (at, state))) {
            let words = if state.is_over() { &past.outcome } else { &past.plan };
            store::insert_change(tx, root.id, at, past.owner, state.as_str(), words)?;
            add(state.kind(), at, None, json!({ "title": past.title, "words": words }));
        }
        let own = past.raisers.iter().map(|raiser| (root.id, past.title.as_str(), raiser));
        let mut asked: Vec<(ImprovementId, &str, &PastRaiser)> = own.collect();
        for duplicate in &past.duplicates {
            let merged = Improvement {
                id: tx.new_id(),
                title: duplicate.title.clone(),
                plan: String::new(),
                outcome: String::new(),
                state: State::Proposed,
                merged_into: Some(root.id),
                proposed_at: duplicate.at,
                changed_at: duplicate.merged_at,
                ended_at: None,
                told_at: None,
                ..root.clone()
            };
            store::insert(tx, &merged)?;
            store::insert_change(tx, root.id, duplicate.merged_at, past.owner, "merged", &duplicate.title)?;
            add(&kinds::MERGED, duplicate.merged_at, None, json!({ "title": duplicate.title }));
            asked.extend(duplicate.raisers.iter().map(|raiser| (merged.id, duplicate.title.as_str(), raiser)));
        }
        let mut told = std::collections::BTreeSet::new();
        for (improvement, title, raiser) in asked {
            if store::insert_raiser(tx, improvement, raiser.person, Came::FollowUp, raiser.at)? {
                add(&kinds::JOINED, raiser.at, Some((raiser.person, raiser.version)), json!({ "title": title }));
            }
            let (Some(told_at), true) = (past.told_at, past.ended_at.is_some()) else { continue };
            let person = canonical(tx, raiser.person)?;
            if told.insert(person) {
                // Whoever joined after that was told when they joined.
                let at = told_at.max(raiser.at);
                tellings.push((root.id, person, base::id::token(), at, raiser.helped.filter(|_| !past.declined)));
                let detail =
                    json!({ "title": title, "outcome": past.outcome, "done": !past.declined, "by_letter": true });
                add(&kinds::TOLD, at, Some((raiser.person, raiser.version)), detail);
                if let Some(helped) = raiser.helped.filter(|_| !past.declined) {
                    let kind = if helped { &kinds::CONFIRMED } else { &kinds::REFUTED };
                    add(kind, at, Some((raiser.person, raiser.version)), json!({ "title": past.title }));
                }
            }
        }
        ids.push(root.id);
    }
    store::insert_tellings(tx, &tellings)?;
    touchpoint::record_many(tx, &drafts)?;
    Ok(ids)
}

/// A follow-up of the past.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PastFollowUp {
    /// The survey that it came from, as [`crate::survey::import`] gave it; or the touchpoint.
    pub origin: i64,
    /// Whose answer it was.
    pub person: PersonId,
    /// The version of their attributes that held then, if known.
    pub version: Option<i64>,
    /// Type and id of what the answer was about.
    pub object: (&'static str, i64),
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
    /// Who looks after it.
    pub owner: Option<PersonId>,
    /// When the answer came.
    pub opened_at: Moment,
    /// When somebody wrote to them.
    pub contacted_at: Option<Moment>,
    /// When it was closed.
    pub closed_at: Option<Moment>,
    /// What was found.
    pub note: Option<String>,
    /// What it became part of, as [`import`] gave it.
    pub improvement: Option<ImprovementId>,
}

/// Writes follow-ups and their touchpoints; gives the ids in order.
pub fn import_follow_ups(tx: &mut Tx, past: &[PastFollowUp], source: Source) -> Result<Vec<FollowUpId>> {
    let all: Vec<FollowUp> = past.iter().map(|past| follow_up_of(tx, past, source)).collect();
    store::insert_follow_ups(tx, &all)?;
    let (mut drafts, mut notes) = (Vec::new(), Vec::new());
    for (past, follow_up) in past.iter().zip(&all) {
        let mut add = |kind: &'static Kind, at: Moment, channel: Channel, detail| {
            let draft = about_follow_up(follow_up, Draft::of(kind, at, channel)).source(source).detail(detail);
            drafts.push((draft, past.version));
        };
        let detail = json!({ "reason": past.reason, "owner": past.owner });
        add(&kinds::OPENED, past.opened_at, Channel::Survey, detail);
        if let Some(at) = past.contacted_at {
            add(&kinds::CONTACTED, at, Channel::Email, json!({ "waited": at.since(past.opened_at) }));
        }
        if let Some(at) = past.closed_at {
            add(&kinds::CLOSED, at, Channel::Portal, json!({}));
        }
        if let Some(note) = &past.note {
            let at = past.contacted_at.or(past.closed_at).unwrap_or(past.opened_at);
            notes.push((follow_up.id, at, past.owner, note.as_str()));
        }
    }
    store::insert_notes(tx, &notes)?;
    touchpoint::record_many(tx, &drafts)?;
    Ok(all.iter().map(|follow_up| follow_up.id).collect())
}

fn follow_up_of(tx: &Tx, past: &PastFollowUp, source: Source) -> FollowUp {
    let state = match (past.closed_at, past.contacted_at) {
        (Some(_), _) => Standing::Closed,
        (None, Some(_)) => Standing::Contacted,
        (None, None) => Standing::Open,
    };
    FollowUp {
        id: tx.new_id(),
        origin: past.origin,
        person: past.person,
        object: Some((past.object.0.to_owned(), past.object.1)),
        subject: past.subject.clone(),
        reason: past.reason,
        satisfaction: past.satisfaction,
        emotion: past.emotion,
        words: past.words.clone(),
        may_contact: past.may_contact,
        state,
        owner: past.owner,
        improvement: past.improvement,
        opened_at: past.opened_at,
        due_at: one_working_day_after(past.opened_at),
        contacted_at: past.contacted_at,
        closed_at: past.closed_at,
        source,
    }
}

//! What an improvement is, and what can become of it. No I/O.

use base::clock::Moment;
use ledger::person::PersonId;
use ledger::touchpoint::{Kind, Source};

use super::{ImprovementId, kinds};

base::code::define! {
    /// Where an improvement stands.
    pub enum State {
        /// Somebody said so.
        Proposed = "proposed",
        /// It will be done.
        Planned = "planned",
        /// It is being done.
        Doing = "doing",
        /// It is done, and not everybody who asked has been told.
        Done = "done",
        /// It is done, and everybody who asked has been told.
        Told = "told",
        /// It will not be done, and why was said.
        Declined = "declined",
    }
}

impl State {
    /// Whether nothing more will be decided about it.
    pub fn is_over(self) -> bool {
        matches!(self, Self::Done | Self::Told | Self::Declined)
    }

    /// The touchpoint of coming into this state.
    pub(super) fn kind(self) -> &'static Kind {
        match self {
            Self::Proposed => &kinds::RETURNED,
            Self::Planned => &kinds::PLANNED,
            Self::Doing => &kinds::BEGUN,
            Self::Done | Self::Told => &kinds::DONE,
            Self::Declined => &kinds::DECLINED,
        }
    }
}

base::code::define! {
    /// How a raiser came to an improvement.
    pub enum Came {
        /// By a follow-up on their answer.
        FollowUp = "follow-up",
        /// Somebody added them.
        Joined = "joined",
    }
}

/// An improvement as stored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Improvement {
    /// Which one.
    pub id: ImprovementId,
    /// As people said it.
    pub title: String,
    /// What we will do.
    pub plan: String,
    /// What was done, or why not: what the raisers are told.
    pub outcome: String,
    /// Where it stands.
    pub state: State,
    /// Who carries it.
    pub owner: Option<PersonId>,
    /// What it is a duplicate of.
    pub merged_into: Option<ImprovementId>,
    /// When it was written down.
    pub proposed_at: Moment,
    /// When something last happened to it.
    pub changed_at: Moment,
    /// When it was done or declined.
    pub ended_at: Option<Moment>,
    /// When the last of those who asked was told.
    pub told_at: Option<Moment>,
    /// Lived here, or imported, or simulated.
    pub source: Source,
}

/// Why something cannot be done with an improvement now.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// It is over, or is so already, or became part of another.
    #[error("the improvement is {0}: this cannot be done now")]
    Not(State),
}

impl Improvement {
    /// Where it can go from here. Done and declined are for ever: people are told once.
    pub fn next(&self) -> Vec<State> {
        if self.merged_into.is_some() || self.state.is_over() {
            return Vec::new();
        }
        let all = [State::Proposed, State::Planned, State::Doing, State::Done, State::Declined];
        all.into_iter().filter(|next| *next != self.state).collect()
    }

    /// It goes on to `next`; `words` are the plan, or for the last two what the raisers are told.
    pub fn go(self, next: State, words: &str, now: Moment) -> Result<Self, Refusal> {
        if !self.next().contains(&next) {
            return Err(Refusal::Not(self.state));
        }
        let over = next.is_over();
        let plan = if over || words.is_empty() { self.plan } else { words.to_owned() };
        let outcome = if over { words.to_owned() } else { self.outcome };
        let ended_at = if over { Some(now) } else { None };
        Ok(Self { state: next, plan, outcome, ended_at, changed_at: now, ..self })
    }

    /// It is a duplicate of `other`. One that is over stays: its raisers have been told.
    pub fn merge(self, other: &Self, now: Moment) -> Result<Self, Refusal> {
        if self.id == other.id || self.merged_into.is_some() || other.merged_into.is_some() || self.state.is_over() {
            return Err(Refusal::Not(self.state));
        }
        Ok(Self { merged_into: Some(other.id), changed_at: now, ..self })
    }

    /// Everybody who asked has been told.
    pub(super) fn told(self, now: Moment) -> Self {
        let state = if self.state == State::Done { State::Told } else { self.state };
        Self { state, told_at: Some(self.told_at.unwrap_or(now)), ..self }
    }
}

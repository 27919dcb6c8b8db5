//! What the ledger's columns hold on the measures: gathered in one pass over the rows of a stretch of time (`gather`), and
//! kept up to date by taking in only what is new (`follow`). Afterwards it is what a fresh pass would gather.

mod flow;
mod follow;
mod gather;
mod index;
mod observe;
mod pain;
mod pulse;
mod role;

use base::clock::{DAY, Moment};

#[cfg(test)]
use crate::segment::Among;

use super::period::Period;
#[cfg(test)]
use super::sample::Sample;
use super::sample::Who;
use super::week::{Weeks, start_of, year_of};
use follow::Read;
use index::Index;
use pulse::Pulse;

pub use flow::{Flow, StageFlow};
pub(super) use observe::{Observation, Value, sample_of};
pub use pain::{Pain, Place};
pub use role::KINDS_ASKED;

/// Within this time another contact on the same service means that the first one did not do.
const AGAIN: i64 = 7 * DAY;
/// Tickets younger than this have not yet shown whether once was enough: two weeks to say yes, and a quiet one after it.
const SETTLED: i64 = 21 * DAY;
/// Within this time of the first use a second one shows that somebody comes back.
const SECOND: i64 = 84 * DAY;
/// Within this time of raising something people should hear what came of it. Who raised it later is not counted yet: that
/// they have not heard says nothing.
const HEARD: i64 = 84 * DAY;
/// An event that did not happen.
const NEVER: i64 = i64::MAX;

/// A ticket's life, as far as measures need it.
#[derive(Debug, Clone, Copy)]
struct Life {
    opened: i64,
    answered: i64,
    /// The last time that it was resolved, or confirmed without having been resolved.
    sorted: i64,
    confirmed: i64,
    /// The last time that it came back.
    reopened: i64,
    /// When it was needed by.
    needed: i64,
    /// The last that is known of it.
    latest: i64,
    who: Who,
    attributes: u32,
    /// The place of the contact that opened it; 0 is none.
    contact: u32,
    taken: u16,
    returns: u16,
    /// Whether it went on as another ticket.
    merged: bool,
    /// Whether somebody of the desk wrote it down for the person; `None` where that is not known.
    on_behalf: Option<bool>,
    /// Whether the person wrote it on the form; `None` where that is not known.
    proper: Option<bool>,
}

impl Life {
    /// Nothing is known of it yet.
    fn of(who: Who, attributes: u32) -> Self {
        Self {
            opened: NEVER,
            answered: NEVER,
            sorted: NEVER,
            confirmed: NEVER,
            reopened: NEVER,
            needed: NEVER,
            latest: i64::MIN,
            who,
            attributes,
            contact: 0,
            taken: 0,
            returns: 0,
            merged: false,
            on_behalf: None,
            proper: None,
        }
    }

    /// When it was sorted for good, if it is.
    fn end(&self) -> Option<i64> {
        (self.sorted != NEVER && (self.reopened == NEVER || self.reopened <= self.sorted)).then_some(self.sorted)
    }
}

/// A contact, and the person's next one on the same service.
#[derive(Debug, Clone, Copy)]
struct Contact {
    at: i64,
    next: i64,
    who: Who,
    attributes: u32,
    service: u16,
    channel: u8,
    /// Whether it begins something, instead of going on with it.
    begins: bool,
}

/// An answer to a survey; what was not answered is `None`.
#[derive(Debug, Clone, Copy)]
struct Answer {
    at: i64,
    who: Who,
    attributes: u32,
    service: u16,
    channel: u8,
    satisfaction: Option<u8>,
    effort: Option<u8>,
    emotion: Option<u8>,
    lost: Option<u8>,
    /// Where they would go first the next time; 1 is the desk.
    first: Option<u8>,
}

impl Answer {
    /// The same answers with what is said of them later; what was left out stays so.
    fn said_anew(&self, later: &Self) -> Self {
        let anew = |first: Option<u8>, later: Option<u8>| first.map(|first| later.unwrap_or(first));
        Self {
            satisfaction: anew(self.satisfaction, later.satisfaction),
            effort: anew(self.effort, later.effort),
            emotion: anew(self.emotion, later.emotion),
            lost: anew(self.lost, later.lost),
            first: anew(self.first, later.first),
            ..*self
        }
    }
}

/// Something that happened to a person and either went on as hoped by now, or not: an invitation (answered), a search
/// (found), something raised (told), a notice (read), a promise (kept), a place in line (served).
#[derive(Debug, Clone, Copy)]
struct Hope {
    at: i64,
    who: Who,
    attributes: u32,
    /// The place of the same person's one before it, where that matters.
    before: u32,
    fulfilled: bool,
}

/// Everything that the measures of a stretch of time need. It cannot be looked into: [`super::Release`] is the
/// way on, and the gate the only way out. Lists are in the order in which things became known.
#[derive(Debug, Clone)]
pub struct Evidence {
    from: Moment,
    /// The end of the stretch: until when waits are followed.
    now: i64,
    read: Read,
    index: Index,
    lives: Vec<Life>,
    contacts: Vec<Contact>,
    answers: Vec<Answer>,
    invitations: Vec<Hope>,
    searches: Vec<Hope>,
    raised: Vec<Hope>,
    notices: Vec<Notice>,
    promises: Vec<Hope>,
    lines: Vec<Hope>,
    suggestions: Vec<Suggestion>,
    firsts: Vec<First>,
    pulses: Vec<Pulse>,
    /// Invitations to a pulse.
    pulsed: Vec<Hope>,
}

/// A suggestion that was due, shown or withheld by lot, and the person's next contact with the desk, by any channel.
#[derive(Debug, Clone, Copy)]
struct Suggestion {
    at: i64,
    next: i64,
    who: Who,
    attributes: u32,
    shown: bool,
    /// The place of the same person's one before it.
    before: u32,
}

/// A person's first use of the desk, and the first one after it on another day.
#[derive(Debug, Clone, Copy)]
struct First {
    at: i64,
    next: i64,
    who: Who,
    attributes: u32,
}

/// A notice to a person: when they read it first since, and when they came about its service.
#[derive(Debug, Clone, Copy)]
struct Notice {
    at: i64,
    read: i64,
    came: i64,
    who: Who,
    attributes: u32,
    service: u16,
    /// The place of the same notice when it was last sent to the same person.
    before: u32,
    /// The place of the last notice to the same person on the same service.
    before_on_service: u32,
}

/// What lies in a period.
fn within<T>(list: &[T], period: Period, at: impl Fn(&T) -> i64) -> impl Iterator<Item = &T> {
    list.iter().filter(move |item| period.contains(at(item)))
}

impl Evidence {
    fn empty(stretch: Period) -> Self {
        Self {
            from: stretch.from,
            now: stretch.to.0,
            read: Read::default(),
            index: Index::default(),
            lives: Vec::new(),
            contacts: Vec::new(),
            answers: Vec::new(),
            invitations: Vec::new(),
            searches: Vec::new(),
            raised: Vec::new(),
            notices: Vec::new(),
            promises: Vec::new(),
            lines: Vec::new(),
            suggestions: Vec::new(),
            firsts: Vec::new(),
            pulses: Vec::new(),
            pulsed: Vec::new(),
        }
    }

    /// The sample of a measure for a period and a segment as they are asked for: what must never be shown, because the
    /// difference between two such samples can be one person. [`super::Release`] is the way to what may be shown.
    #[cfg(test)]
    pub(super) fn sample(&self, measure: &super::registry::Measure, period: Period, among: &Among) -> Sample {
        let question = measure.question;
        let all = self.observe(question, period).into_iter();
        let all = all.filter(|o| among.holds(o.attributes) && o.value != Value::Uncounted);
        let (ripe, young): (Vec<_>, Vec<_>) = all.partition(|observed| observed.ripe <= self.now);
        let sample = sample_of(question, &ripe).without_young(young.len() as u64);
        let Some(other) = question.beside() else { return sample };
        let beside = self.observe(other, period).into_iter().filter(|o| among.holds(o.attributes));
        sample.beside(beside.count() as u64)
    }

    /// The end of the stretch: until when waits are followed.
    pub(super) fn now(&self) -> i64 {
        self.now
    }

    /// Bytes held.
    pub fn bytes(&self) -> usize {
        fn of<T>(list: &Vec<T>) -> usize {
            list.capacity() * size_of::<T>()
        }
        let hopes = [&self.invitations, &self.searches, &self.raised, &self.promises, &self.lines, &self.pulsed];
        let hopes: usize = hopes.into_iter().map(of).sum();
        let asked = of(&self.answers) + of(&self.suggestions) + of(&self.firsts) + of(&self.pulses);
        hopes + asked + of(&self.lives) + of(&self.contacts) + of(&self.notices) + self.index.bytes()
    }

    /// Everything that there is.
    pub(super) fn stretch(&self) -> Period {
        Period { from: self.from, to: Moment(self.now) }
    }
}

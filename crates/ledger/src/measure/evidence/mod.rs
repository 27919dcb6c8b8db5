//! What the ledger's columns hold on the measures, gathered in one pass over the rows of a stretch of time.
//!
//! Kinds of touchpoint are known by their names here and nowhere else, so that a capability that is not there (or
//! another desk's log without it) leaves its measures without evidence, and nothing else.

mod flow;
mod gather;
mod observe;
mod pain;
mod pulse;

use base::clock::{DAY, Moment};

use crate::projection::View;
#[cfg(test)]
use crate::segment::Among;

use super::period::Period;
#[cfg(test)]
use super::sample::Sample;
use super::sample::Who;
use super::week::{Weeks, start_of, year_of};

pub use flow::{Flow, StageFlow};
pub use gather::KINDS_ASKED;
pub(super) use observe::{Observation, Value, sample_of};
pub use pain::{Pain, Place};
use pulse::Pulse;

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
    /// The next contact of its person on its service.
    next: i64,
    /// When it was needed by.
    needed: i64,
    who: Who,
    attributes: u32,
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
    /// The place of the life that it began and 1; 0 is none.
    opens: u32,
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
    fulfilled: bool,
}

/// Everything that the measures of a stretch of time need. It cannot be looked into: [`super::Release`] is the
/// way on, and the gate the only way out.
#[derive(Debug, Clone)]
pub struct Evidence {
    from: Moment,
    now: i64,
    lives: Vec<Life>,
    contacts: Vec<Contact>,
    answers: Vec<Answer>,
    invitations: Vec<Hope>,
    searches: Vec<Hope>,
    raised: Vec<Hope>,
    notices: Vec<Hope>,
    promises: Vec<Hope>,
    lines: Vec<Hope>,
    suggestions: Vec<Suggestion>,
    firsts: Vec<First>,
    warnings: Vec<Warning>,
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
}

/// A person's first use of the desk, and the first one after it on another day.
#[derive(Debug, Clone, Copy)]
struct First {
    at: i64,
    next: i64,
    who: Who,
    attributes: u32,
}

/// A notice to a person: when they read it, and when they came about its service.
#[derive(Debug, Clone, Copy)]
struct Warning {
    at: i64,
    read: i64,
    came: i64,
    who: Who,
    attributes: u32,
    service: u16,
}

/// What lies in a period, of a list in the order of time.
fn within<T>(list: &[T], period: Period, at: impl Fn(&T) -> i64) -> &[T] {
    let from = list.partition_point(|item| at(item) < period.from.0);
    let to = list.partition_point(|item| at(item) < period.to.0);
    &list[from..to.max(from)]
}

impl Evidence {
    /// Gathers what is needed for these weeks and all that follow, until now. It begins with a year of the release grid,
    /// so that what is released does not depend on how far back one looks.
    pub fn since(view: &View, weeks: Weeks, now: Moment) -> Self {
        let from = Moment(start_of(year_of(weeks.first())));
        Self::gather(view, Period { from, to: now.plus(1) })
    }

    /// Gathers what happened within the stretch. Waits are followed up to its end, not further.
    pub(super) fn gather(view: &View, stretch: Period) -> Self {
        gather::gather(view, stretch)
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

    /// Everything that there is.
    pub(super) fn stretch(&self) -> Period {
        Period { from: self.from, to: Moment(self.now) }
    }
}

//! What the ledger's columns hold on the measures, gathered in one pass over the rows of a stretch of time.
//!
//! Kinds of touchpoint are known by their names here and nowhere else, so that a capability that is not there (or
//! another desk's log without it) leaves its measures without evidence, and nothing else.

mod flow;
mod gather;
mod pain;

use std::collections::BTreeMap;

use base::clock::DAY;

use crate::projection::View;
use crate::segment::Among;

use super::denominator::Denominator;
use super::period::Period;
use super::registry::{Measure, Question};
use super::sample::{Sample, Who};

pub use flow::{Flow, StageFlow};
pub use pain::{Pain, Place};

/// Within this time another contact on the same service means that the first one did not do.
const AGAIN: i64 = 7 * DAY;
/// Tickets younger than this have not yet shown whether once was enough.
const SETTLED: i64 = 14 * DAY;
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

/// Everything that the measures of a stretch of time need. It cannot be looked into: [`Evidence::sample`] is the way on,
/// and the gate the only way out.
#[derive(Debug, Clone)]
pub struct Evidence {
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

/// What lies in a period, of a list in the order of time.
fn within<T>(list: &[T], period: Period, at: impl Fn(&T) -> i64) -> &[T] {
    let from = list.partition_point(|item| at(item) < period.from.0);
    let to = list.partition_point(|item| at(item) < period.to.0);
    &list[from..to.max(from)]
}

impl Evidence {
    /// Gathers what happened within the stretch. Waits are followed up to its end, not further.
    pub fn gather(view: &View, stretch: Period) -> Self {
        gather::gather(view, stretch)
    }

    /// The sample of a measure for a period within the stretch and the people who were then in a segment.
    pub fn sample(&self, measure: &Measure, period: Period, among: &Among) -> Sample {
        match measure.question {
            Question::Satisfaction => self.answered(period, among, |answer| answer.satisfaction, |value| value >= 4),
            Question::Effort => self.answered(period, among, |answer| answer.effort, |value| value >= 5),
            Question::Emotion => self.answered(period, among, |answer| answer.emotion, |value| value >= 4),
            Question::LostTime => self.lost(period, among),
            Question::ResponseRate => hopes(&self.invitations, period, among, Denominator::Invitations, true),
            Question::InVain => hopes(&self.searches, period, among, Denominator::Searches, false),
            Question::Read => settled(&self.notices, period, among, self.now),
            Question::PromiseKept => hopes(&self.promises, period, among, Denominator::Promises, true),
            Question::Abandoned => hopes(&self.lines, period, among, Denominator::Lines, false),
            Question::Avoided => self.avoided(period, among),
            Question::NeedMet => self.need_met(period, among),
            Question::Told => self.told(period, among),
            // A table has its own answers; the ledger has none.
            Question::Table => Sample::share(Denominator::Rows, []),
            Question::FirstAnswer => {
                self.waits(period, among, |life| (life.answered != NEVER).then_some(life.answered))
            }
            Question::Resolution => self.waits(period, among, Life::end),
            Question::FirstContact => self.first_contact(period, among),
            Question::Repeat => self.repeat(period, among),
            Question::Reopened => {
                let sorted = self.lives(period, among).filter(|life| life.sorted != NEVER || life.reopened != NEVER);
                Sample::share(Denominator::SortedTickets, sorted.map(|life| (life.who, life.returns > 0)))
            }
            Question::HandOvers => {
                let lives = self.lives(period, among);
                let passed = lives.map(|life| (life.who, f64::from(life.taken.saturating_sub(1))));
                Sample::mean(Denominator::Tickets, passed)
            }
        }
    }

    /// The samples of a measure for several periods.
    pub fn samples(&self, measure: &Measure, periods: &[Period], among: &Among) -> Vec<Sample> {
        periods.iter().map(|period| self.sample(measure, *period, among)).collect()
    }

    fn lives<'e>(&'e self, period: Period, among: &'e Among) -> impl Iterator<Item = &'e Life> {
        within(&self.lives, period, |life| life.opened).iter().filter(|life| among.holds(life.attributes))
    }

    fn answers<'e>(&'e self, period: Period, among: &'e Among) -> impl Iterator<Item = &'e Answer> {
        within(&self.answers, period, |answer| answer.at).iter().filter(|answer| among.holds(answer.attributes))
    }

    fn asked(&self, period: Period, among: &Among) -> u64 {
        let invited = within(&self.invitations, period, |hope| hope.at);
        invited.iter().filter(|hope| among.holds(hope.attributes)).count() as u64
    }

    fn answered(
        &self,
        period: Period,
        among: &Among,
        value: impl Fn(&Answer) -> Option<u8>,
        is_good: impl Fn(u8) -> bool,
    ) -> Sample {
        let given = self.answers(period, among).filter_map(|answer| Some((answer.who, is_good(value(answer)?))));
        Sample::share(Denominator::Answers, given).of_asked(self.asked(period, among))
    }

    fn lost(&self, period: Period, among: &Among) -> Sample {
        let given = self.answers(period, among).filter_map(|answer| Some((answer.who, answer.lost?)));
        Sample::classes(Denominator::Answers, given).of_asked(self.asked(period, among))
    }

    fn waits(&self, period: Period, among: &Among, end: impl Fn(&Life) -> Option<i64>) -> Sample {
        let waits = self.lives(period, among).map(|life| {
            let ended = end(life);
            (life.who, ended.unwrap_or(self.now) - life.opened, ended.is_some())
        });
        Sample::spans(Denominator::Tickets, waits)
    }

    /// The person says yes, nothing came back, and there was no further contact until a week after the yes. Tickets
    /// younger than two weeks, and yeses younger than one, are not yet known.
    fn first_contact(&self, period: Period, among: &Among) -> Sample {
        let quiet_until = |life: &Life| life.confirmed.saturating_add(AGAIN);
        let once = |life: &Life| life.confirmed != NEVER && life.returns == 0 && life.next > quiet_until(life);
        let is_known = |life: &Life| life.opened + SETTLED <= self.now && !(once(life) && quiet_until(life) > self.now);
        let all = self.lives(period, among).count();
        let known: Vec<_> = self.lives(period, among).filter(|life| is_known(life)).collect();
        let young = (all - known.len()) as u64;
        let observed = known.into_iter().map(|life| (life.who, once(life)));
        Sample::share(Denominator::SettledTickets, observed).without_young(young)
    }

    /// People who raised something in the period, whatever number of times: told after each of them, or not.
    fn told(&self, period: Period, among: &Among) -> Sample {
        let here = within(&self.raised, period, |hope| hope.at).iter().filter(|hope| among.holds(hope.attributes));
        let mut people: BTreeMap<Who, bool> = BTreeMap::new();
        for hope in here {
            let told = people.entry(hope.who).or_insert(true);
            *told = *told && hope.fulfilled;
        }
        Sample::share(Denominator::Raisers, people)
    }

    /// Requests that were sorted for good by the time at which they were needed; one that is still open when that time has
    /// passed was not.
    fn need_met(&self, period: Period, among: &Among) -> Sample {
        let needed = self.lives(period, among).filter(|life| life.needed != NEVER);
        let (known, young): (Vec<&Life>, Vec<_>) = needed.partition(|life| life.needed <= self.now);
        let met = known.iter().map(|life| (life.who, life.end().is_some_and(|end| end <= life.needed)));
        Sample::share(Denominator::Needs, met).without_young(young.len() as u64)
    }

    /// By hold-out: of those from whom a suggestion was withheld, the share who came to the desk within a week, minus that
    /// of those who saw it. What giving up or another way to the desk looks like does not count as avoided.
    fn avoided(&self, period: Period, among: &Among) -> Sample {
        let due = within(&self.suggestions, period, |due| due.at).iter().filter(|due| among.holds(due.attributes));
        let (known, young): (Vec<&Suggestion>, Vec<_>) = due.partition(|due| due.at + AGAIN <= self.now);
        let came = |shown: bool| {
            let those = known.iter().filter(move |due| due.shown == shown);
            those.map(|due| (due.who, due.next <= due.at + AGAIN)).collect::<Vec<_>>()
        };
        Sample::difference(Denominator::SettledSuggestions, came(false), came(true)).without_young(young.len() as u64)
    }

    fn repeat(&self, period: Period, among: &Among) -> Sample {
        let contacts = within(&self.contacts, period, |contact| contact.at);
        let here = contacts.iter().filter(|contact| among.holds(contact.attributes));
        let (known, young): (Vec<&Contact>, Vec<_>) = here.partition(|contact| contact.at + AGAIN <= self.now);
        let again = known.iter().map(|contact| (contact.who, contact.next <= contact.at + AGAIN));
        Sample::share(Denominator::SettledContacts, again).without_young(young.len() as u64)
    }
}

/// Each hope of a period: fulfilled or not.
fn hopes(list: &[Hope], period: Period, among: &Among, of: Denominator, wanted: bool) -> Sample {
    let here = within(list, period, |hope| hope.at).iter().filter(|hope| among.holds(hope.attributes));
    Sample::share(of, here.map(|hope| (hope.who, hope.fulfilled == wanted)))
}

/// Each hope of a period that has had a week's time.
fn settled(list: &[Hope], period: Period, among: &Among, now: i64) -> Sample {
    let here = within(list, period, |hope| hope.at).iter().filter(|hope| among.holds(hope.attributes));
    let (known, young): (Vec<&Hope>, Vec<_>) = here.partition(|hope| hope.at + AGAIN <= now);
    let read = known.iter().map(|hope| (hope.who, hope.fulfilled));
    Sample::share(Denominator::SettledNotices, read).without_young(young.len() as u64)
}

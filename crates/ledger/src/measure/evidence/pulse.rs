//! What people say of the last fortnight when they are asked by lot, beside what the desk knows of it.

use base::clock::DAY;

use super::index::Begun;
use super::{Evidence, Observation, Period, Value, Who, within};
use crate::measure::week::week_of;

/// The time that a pulse asks about, before its answer.
const ASKED_ABOUT: i64 = 14 * DAY;
/// Who came to the desk within this time before that has been there.
const BEFORE: i64 = 84 * DAY;
/// How far before an answer it matters when somebody came.
pub(super) const BACK: i64 = ASKED_ABOUT + BEFORE;

/// The number of "to the desk" among the places where one goes first.
const DESK: u8 = 1;

/// An answer; what was not answered is `None`.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Pulse {
    pub at: i64,
    pub who: Who,
    pub attributes: u32,
    /// Whether something got in the way of their work.
    pub trouble: Option<bool>,
    /// Where they went first with it.
    pub went: Option<u8>,
    /// Whether they told the desk, then or later.
    pub reported: Option<bool>,
    /// Whether the desk knows that they came in the time asked about.
    came: bool,
    /// Whether they had come in the time before it.
    been: bool,
}

impl Pulse {
    pub(super) fn new(at: i64, who: Who, attributes: u32, [trouble, went, reported]: [Option<u8>; 3]) -> Self {
        let is = |said: Option<u8>| said.map(|said| said == 1);
        let (trouble, reported) = (is(trouble), is(reported));
        Self { at, who, attributes, trouble, went, reported, came: false, been: false }
    }

    /// The same answer beside what the desk knows: `latest` is the place of when they last began something.
    pub(super) fn beside(self, begun: &[Begun], latest: u32) -> Self {
        let since = self.at - ASKED_ABOUT;
        let (mut place, mut came, mut been) = (latest, false, false);
        while let Some(one) =
            place.checked_sub(1).map(|place| begun[place as usize]).filter(|one| one.at >= since - BEFORE)
        {
            came |= (since..self.at).contains(&one.at);
            been |= one.at < since;
            place = one.before;
        }
        Self { came, been, ..self }
    }

    /// The same answer with what is said later: all of it within the week, as long as nothing is released; after it, what
    /// was left out stays so.
    pub(super) fn said_anew(&self, later: &Self) -> Self {
        if week_of(self.at) == week_of(later.at) {
            return Self { at: self.at, came: self.came, been: self.been, ..*later };
        }
        Self {
            trouble: self.trouble.and(later.trouble.or(self.trouble)),
            went: self.went.and(later.went.or(self.went)),
            reported: self.reported.and(later.reported.or(self.reported)),
            ..*self
        }
    }

    /// Where they went first with what got in their way.
    fn went_with_trouble(&self) -> Option<u8> {
        self.went.filter(|_| self.trouble == Some(true))
    }
}

impl Evidence {
    /// Whether something got in the way.
    pub(super) fn troubled(&self, period: Period) -> Vec<Observation> {
        self.pulsed(period, |pulse| pulse.trouble)
    }

    /// Whether they went elsewhere first.
    pub(super) fn around_said(&self, period: Period) -> Vec<Observation> {
        self.pulsed(period, |pulse| Some(pulse.went_with_trouble()? != DESK))
    }

    /// Whether the desk knows that they came.
    pub(super) fn around_found(&self, period: Period) -> Vec<Observation> {
        self.pulsed(period, |pulse| (pulse.trouble == Some(true)).then_some(pulse.came))
    }

    /// Whether they told nobody at the desk.
    pub(super) fn silent(&self, period: Period) -> Vec<Observation> {
        self.pulsed(period, |pulse| Some(!pulse.reported.filter(|_| pulse.trouble == Some(true))?))
    }

    /// Whether they came to the desk first, who had been there.
    pub(super) fn returned(&self, period: Period) -> Vec<Observation> {
        let own = within(&self.pulses, period, |pulse| pulse.at).filter(|pulse| pulse.been);
        own.map(|pulse| of_pulse(pulse, pulse.went_with_trouble().map(|went| went == DESK))).collect()
    }

    /// An answer without trouble is no observation of what came of the trouble, but stays in its group: else the size of
    /// the group would tell that there was none.
    fn pulsed(&self, period: Period, yes: impl Fn(&Pulse) -> Option<bool>) -> Vec<Observation> {
        let own = within(&self.pulses, period, |pulse| pulse.at);
        own.map(|pulse| of_pulse(pulse, yes(pulse))).collect()
    }
}

fn of_pulse(pulse: &Pulse, yes: Option<bool>) -> Observation {
    let Pulse { at, who, attributes, .. } = *pulse;
    Observation {
        at,
        ripe: at,
        who,
        attributes,
        service: 0,
        channel: 0,
        value: yes.map_or(Value::Uncounted, Value::Yes),
    }
}

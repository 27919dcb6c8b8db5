//! Moods, what causes them, and how they are remembered. The weights are the truth that driver analysis should find.

use crate::calendar::HOUR;
use crate::dice::Dice;
use crate::ticket::{Event, NeededBy, What};

/// What the person went through with one ticket.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Experience {
    /// Hours from opening to the last resolution.
    pub hours: f64,
    /// What they had asked for.
    pub needed_by: NeededBy,
    /// Times another agent took over.
    pub hand_overs: u32,
    /// Times they had to ask for news.
    pub chasers: u32,
    /// Times it came back.
    pub reopened: u32,
    /// Times they were asked for more.
    pub questions: u32,
    /// In the end it worked.
    pub solved: bool,
    /// They had searched in vain before.
    pub searched_in_vain: bool,
}

/// Points of mood (of 100) that each cause takes away, or gives.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Weights {
    /// Where everyone starts.
    pub start: f64,
    /// A step of waiting: the wish met in half the time is 0, met 1, twice 2, four times 3, eight 4, more 5.
    pub wait_step: f64,
    /// A hand-over.
    pub hand_over: f64,
    /// A chaser.
    pub chaser: f64,
    /// A reopening.
    pub reopening: f64,
    /// A question back.
    pub question: f64,
    /// Not solved.
    pub unsolved: f64,
    /// Searched in vain before.
    pub searched_in_vain: f64,
    /// Deviation of what nobody can explain.
    pub noise: f64,
}

/// The truth.
pub const WEIGHTS: Weights = Weights {
    start: 91.0,
    wait_step: -7.0,
    hand_over: -9.0,
    chaser: -8.0,
    reopening: -12.0,
    question: -2.0,
    unsolved: -34.0,
    searched_in_vain: -4.0,
    noise: 8.0,
};

/// One of the eight words.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[allow(missing_docs, reason = "the words are their own explanation")]
pub enum Word {
    Relieved,
    Confident,
    Respected,
    Neutral,
    Confused,
    Anxious,
    Frustrated,
    Ignored,
}

/// How somebody felt, whether or not they were ever asked.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Mood {
    /// 0 to 100.
    pub points: f64,
    /// 1 to 5.
    pub satisfaction: u8,
    /// 1 to 7: "the desk made it easy".
    pub effort: u8,
    /// 1 to 5.
    pub emotion: u8,
    /// The word they would choose.
    pub word: Word,
}

/// What memory keeps of a way: so much of its worst moment, the rest of its end (the peak-end rule).
pub const PEAK: f64 = 0.4;
/// As long as it is not sorted, everything weighs so many times what it weighs in memory.
const WHILE_IT_LASTS: f64 = 1.4;
/// And that something does not work takes away so much.
const PENDING: f64 = -8.0;

/// How somebody felt at a moment of the way.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Felt {
    /// When.
    pub at: i64,
    /// 0 to 100.
    pub points: f64,
}

impl Felt {
    /// The face that goes with it, 1 to 5, as for [`Mood::satisfaction`].
    pub fn face(self) -> u8 {
        steps(self.points, &FACES)
    }
}

/// Where a face ends and the next begins, in points.
const FACES: [f64; 4] = [26.0, 42.0, 58.0, 76.0];

fn steps(points: f64, cuts: &[f64]) -> u8 {
    1 + cuts.iter().filter(|cut| points >= **cut).count() as u8
}

/// How each event of a ticket felt, in time order. Until it is over, what went wrong so far weighs more than it will in
/// memory; and the end is what memory and the worst moment leave for it: remembered = PEAK worst + (1 - PEAK) end.
pub(crate) fn way(ticket: &Way<'_>) -> Vec<Felt> {
    let mut so_far =
        Experience { hand_overs: 0, chasers: 0, reopened: 0, questions: 0, solved: true, hours: 0.0, ..*ticket.lived };
    let at_first = WEIGHTS.start + ticket.temper;
    let mut felt = Vec::with_capacity(ticket.events.len());
    for event in ticket.events {
        match event.what {
            What::HandedOver { .. } => so_far.hand_overs += 1,
            What::Chased { .. } => so_far.chasers += 1,
            What::Reopened => so_far.reopened += 1,
            What::WaitsForPerson => so_far.questions += 1,
            _ => {}
        }
        so_far.hours = ((event.at - ticket.opened) as f64 / HOUR as f64).min(ticket.lived.hours);
        let points = at_first + PENDING + WHILE_IT_LASTS * so_far.takes_away();
        felt.push(Felt { at: event.at, points: points.clamp(0.0, 100.0) });
    }
    let worst = felt.iter().map(|felt| felt.points).fold(100.0, f64::min);
    if let Some(end) = felt.last_mut() {
        let remembered = at_first + ticket.lived.takes_away();
        end.points = ((remembered - PEAK * worst) / (1.0 - PEAK)).clamp(0.0, 100.0);
    }
    felt
}

/// A ticket, as its person lived it.
pub(crate) struct Way<'a> {
    pub(crate) opened: i64,
    pub(crate) events: &'a [Event],
    pub(crate) lived: &'a Experience,
    pub(crate) temper: f64,
}

impl Experience {
    /// What all causes together take away from a mood, in points; never above 0.
    fn takes_away(&self) -> f64 {
        let w = WEIGHTS;
        w.wait_step * self.wait_steps()
            + w.hand_over * f64::from(self.hand_overs)
            + w.chaser * f64::from(self.chasers)
            + w.reopening * f64::from(self.reopened)
            + w.question * f64::from(self.questions)
            + if self.solved { 0.0 } else { w.unsolved }
            + if self.searched_in_vain { w.searched_in_vain } else { 0.0 }
    }

    /// How many steps of waiting this was.
    pub fn wait_steps(&self) -> f64 {
        let ratio = self.hours / self.needed_by.hours();
        [0.5, 1.0, 2.0, 4.0, 8.0].iter().filter(|limit| ratio > **limit).count() as f64
    }
}

/// The mood that an experience leaves in a person of this temper.
pub(crate) fn felt(lived: &Experience, temper: f64, dice: &mut Dice) -> Mood {
    let caused = WEIGHTS.start + temper + lived.takes_away();
    let points = (caused + WEIGHTS.noise * dice.bell()).clamp(0.0, 100.0);
    // Effort and emotion see the same experience through their own noise.
    let mut blurred = || points + dice.bell() * 7.0;
    let effort = steps(blurred(), &[22.0, 34.0, 46.0, 58.0, 69.0, 82.0]);
    let emotion = steps(blurred(), &[24.0, 40.0, 58.0, 76.0]);
    let satisfaction = steps(points, &FACES);
    let word = match emotion {
        5 => [Word::Relieved, Word::Confident, Word::Respected][dice.weighted(&[5, 3, 3])],
        4 => [Word::Relieved, Word::Respected, Word::Neutral, Word::Confident][dice.weighted(&[4, 3, 3, 2])],
        3 => [Word::Neutral, Word::Confused][dice.weighted(&[5, 2])],
        _ if lived.chasers > 0 && dice.chance(0.6) => Word::Ignored,
        _ if lived.hand_overs > 1 && dice.chance(0.5) => Word::Confused,
        _ if lived.needed_by == NeededBy::Now && dice.chance(0.4) => Word::Anxious,
        _ => Word::Frustrated,
    };
    Mood { points, satisfaction, effort, emotion, word }
}

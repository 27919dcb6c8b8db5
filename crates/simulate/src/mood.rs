//! Moods, and what causes them. The weights are the truth that driver analysis should find.

use crate::dice::Dice;
use crate::ticket::NeededBy;

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

impl Experience {
    /// How many steps of waiting this was.
    pub fn wait_steps(&self) -> f64 {
        let ratio = self.hours / self.needed_by.hours();
        [0.5, 1.0, 2.0, 4.0, 8.0].iter().filter(|limit| ratio > **limit).count() as f64
    }
}

/// The mood that an experience leaves in a person of this temper.
pub(crate) fn felt(lived: &Experience, temper: f64, dice: &mut Dice) -> Mood {
    let w = WEIGHTS;
    let caused = w.start
        + temper
        + w.wait_step * lived.wait_steps()
        + w.hand_over * f64::from(lived.hand_overs)
        + w.chaser * f64::from(lived.chasers)
        + w.reopening * f64::from(lived.reopened)
        + w.question * f64::from(lived.questions)
        + if lived.solved { 0.0 } else { w.unsolved }
        + if lived.searched_in_vain { w.searched_in_vain } else { 0.0 };
    let points = (caused + w.noise * dice.bell()).clamp(0.0, 100.0);
    let steps = |points: f64, cuts: &[f64]| 1 + cuts.iter().filter(|cut| points >= **cut).count() as u8;
    // Effort and emotion see the same experience through their own noise.
    let mut blurred = || points + dice.bell() * 7.0;
    let effort = steps(blurred(), &[22.0, 34.0, 46.0, 58.0, 69.0, 82.0]);
    let emotion = steps(blurred(), &[24.0, 40.0, 58.0, 76.0]);
    let satisfaction = steps(points, &[26.0, 42.0, 58.0, 76.0]);
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

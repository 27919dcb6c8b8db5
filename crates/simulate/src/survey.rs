//! Being asked how it was: invited or not and why, answering or not.

use crate::Text;
use crate::mood::{Mood, Word};

/// How many of 100 who were invited answer, by true satisfaction from 1 to 5: the angry and the happy speak most.
pub const ANSWER_CHANCE: [f64; 5] = [0.36, 0.29, 0.17, 0.24, 0.38];
/// One invitation in this time.
pub const COOL_DOWN_DAYS: i64 = 30;
/// The share of those who could be asked that is.
pub const SAMPLED: f64 = 0.75;

/// What became of the survey of a ticket.
#[derive(Debug, Clone, PartialEq)]
pub enum Survey {
    /// The ticket is not over, or was only just.
    NotDue,
    /// The person was not asked.
    Withheld {
        /// When that was decided.
        at: i64,
        /// Why.
        why: Withheld,
    },
    /// The person was asked.
    Invited {
        /// When.
        at: i64,
        /// What they said, if anything, before the end of the simulation.
        answer: Option<Answer>,
    },
}

/// Why somebody was not asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Withheld {
    /// Asked less than 30 days ago.
    CoolDown,
    /// Not drawn.
    SampledOut,
    /// No mailbox.
    NoAddress,
    /// Does not want to be asked.
    OptedOut,
    /// Part of an outage: everyone knows how that was.
    Outage,
}

/// An answer. What is `None` was not asked that time (questions rotate) or was skipped.
#[derive(Debug, Clone, PartialEq)]
pub struct Answer {
    /// When.
    pub at: i64,
    /// 1 to 5.
    pub satisfaction: u8,
    /// 1 to 7: "the desk made it easy".
    pub effort: Option<u8>,
    /// 1 to 5.
    pub emotion: Option<u8>,
    /// One of eight.
    pub word: Option<Word>,
    /// Working time that it cost.
    pub lost: Option<LostTime>,
    /// In their own words.
    pub comment: Option<Text>,
    /// The improvement that the comment asks for: position in [`crate::Company::improvements`].
    pub raises: Option<usize>,
}

/// Working time that it cost, in classes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum LostTime {
    /// None.
    None,
    /// Under 15 minutes.
    UnderQuarter,
    /// 15 to 60 minutes.
    UnderHour,
    /// 1 to 4 hours.
    Hours,
    /// Half a day or more.
    HalfDay,
    /// More than a day.
    Days,
}

/// How somebody who never answered felt.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Silent {
    /// The ticket.
    pub ticket: crate::ticket::TicketId,
    /// What they would have said.
    pub mood: Mood,
}

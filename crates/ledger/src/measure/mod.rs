//! Measures: what is asked of the ledger, how it is computed, and the gate through which every number must go.
//!
//! - [`MEASURES`]: the one registry. A measure says what question it answers and which way is better; its name, question
//!   and formula are texts (`measure-KEY`, `measure-KEY-question`, `measure-KEY-formula`), so that what the page tells
//!   and what is computed stand beside one another.
//! - [`Evidence`]: what the ledger's columns hold on them, read in one pass. From it comes a [`Sample`] of a measure for
//!   a period and a segment. Neither can be looked into.
//! - [`Gate`]: the only way from a sample to a number. It gives a [`Finding`] (value, n, people, interval and its method,
//!   denominator, response rate, verdict against the period before) or a [`Refusal`] that says why not.
//!
//! Answers of one person resemble each other. Shares are therefore given the interval of their *effective* n (the
//! correlation within people lowers it), medians that of Woodruff's method with the same n, and means that of the ratio
//! estimator by person: all three widen as one person answers more often.
//!
//! Not yet here (issue 4): weights by sampling odds, raking, an auditor that remembers which cuts were shown and denies
//! those that could be subtracted (the gate already denies a segment whose complement is below k, a single hidden group,
//! and a trend with a hidden part), release in batches, and pre-registered looks.

mod change;
mod denominator;
mod estimate;
mod evidence;
mod gate;
mod period;
mod registry;
mod sample;
mod suppress;
mod survival;
mod table;

#[cfg(test)]
mod tests;

pub use denominator::Denominator;
pub use evidence::{Evidence, Flow, Pain, Place, StageFlow};
pub use gate::{Asked, Finding, Gate, Refusal, Run, Shown};
pub use period::Period;
pub use registry::{LOST_TIME, MEASURES, Measure, Question, Unit, by_key};
pub use sample::Sample;
pub use suppress::hidden;
pub use table::{Group, Table, of_table};

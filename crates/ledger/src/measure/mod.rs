//! Measures: what is asked of the ledger, how it is computed, and the gate through which every number must go.
//!
//! - [`MEASURES`]: the one registry. A measure says what question it answers and which way is better; its name, question
//!   and formula are texts (`measure-KEY`, `measure-KEY-question`, `measure-KEY-formula`), so that what the page tells
//!   and what is computed stand beside one another.
//! - [`Evidence`]: what the ledger's columns hold on them, read in one pass and followed. It cannot be looked into.
//! - [`Following`]: evidence that is kept between looks, so that each takes in only what is new.
//! - [`Release`]: what may be seen of it: groups of at least k people, never less (see there for why that withstands any
//!   chain of questions). From it comes a [`Sample`] of a measure for whole [`Weeks`] and a [`Part`] of the people.
//! - [`Gate`]: the only way from a sample to a number. It gives a [`Finding`] (value, n, people, interval and its method,
//!   denominator, response rate, verdict against the period before) or a [`Refusal`] that says why not.
//!
//! Answers of one person resemble each other. Shares are therefore given the interval of their *effective* n (the
//! correlation within people lowers it), medians that of Woodruff's method with the same n, and means that of the ratio
//! estimator by person: all three widen as one person answers more often.
//!
//! Answers need no weights by the odds of being asked: each survey is drawn with the same share, and a pulse asks everybody
//! in turn. Nor are they raked to those who did not answer: weights that differ within a group of a release would let
//! exchanging two answers of it change the number. Beside a share of answers stand the worst-case bounds instead.
//!
//! Somebody who looks every week for half a year is no more likely to read a false word than somebody who looks once at
//! the usual level: the gate's own level is set for that. A change of which it is written down beforehand when it will be
//! looked at can spend its level more freely (`statistics::sequential`).

mod change;
mod denominator;
mod estimate;
mod evidence;
mod following;
mod gate;
mod period;
mod refusal;
mod registry;
mod release;
mod sample;
mod suppress;
mod table;
mod week;

#[cfg(test)]
mod tests;

pub use change::Change;
pub use denominator::Denominator;
pub use evidence::{Evidence, Flow, KINDS_ASKED, Pain, Place, StageFlow};
pub use following::Following;
pub use gate::{Asked, Finding, Gate, Run, Shown};
pub use period::Period;
pub use refusal::Refusal;
pub use registry::{LOST_TIME, MEASURES, Measure, Question, Unit, by_key};
pub use release::{Cuts, Part, Release, Released};
pub use sample::Sample;
pub use suppress::hidden;
pub use table::{Group, Table, of_table};
pub use week::Weeks;

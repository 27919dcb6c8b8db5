//! Statistics that cannot fool anyone: for service desks, surveys and everybody who compares a before with an after.
//!
//! Pure functions without any I/O. Each one says what it needs, when it is wrong and where its formula is from; has a
//! test against a published figure or one worked out by hand; and refuses, in a sentence that says what would help,
//! where an honest figure cannot be given. What the intervals and tests promise is counted in simulations with a known
//! truth (`tests/simulation`). Everything random takes a seed and gives the same on every machine.
//!
//! Shares are fractions from 0 to 1 (never percentages), net scores run from -1 to +1, levels are fractions (0.95).
//! Groups are named *after* and *before*, in this order, and differences are after minus before.
//!
//! # Which function for which question
//!
//! | question | function |
//! |---|---|
//! | **How sure is a figure?** | |
//! | a share (satisfied, in time) | [`interval::share::wilson`] |
//! | a net score, a mean rating | [`interval::net::adjusted_wald`], [`interval::mean::student`] |
//! | a median or p90 of waits | [`interval::quantile::order_statistics`] |
//! | a typical duration, events per week | [`interval::duration::geometric_mean`], [`interval::rate::garwood`] |
//! | a mean with a long tail (lost time, cost), or by person | [`interval::studentized::mean`] |
//! | anything else | [`interval::bootstrap::bootstrap`] |
//! | how many answers are repeated or weighted ones worth | [`cluster::effective_n`], [`cluster::kish`] |
//! | what the silent could still change | [`response::worst_case`] |
//! | **Did it change?** | |
//! | two shares, nets, means, medians | `newcombe`, `difference`, `welch`, `median_difference` in [`interval`] |
//! | ratings of different people, few or tied | [`test::rank::superiority`] |
//! | the same people before and after | [`interval::mean::paired`], [`test::permutation::paired`] |
//! | any statistic, even three weeks against three | [`test::permutation::two_groups`] |
//! | a series of weeks with a date of change | [`test::series::interrupted`] |
//! | a figure per person, with the same from before | [`cuped::adjusted`] |
//! | the word for it: better, worse, no visible change, cannot tell | [`verdict::judge`] |
//! | **Am I being fooled?** | |
//! | by looking every week | [`sequential::spending`] (planned looks), [`sequential::anytime`] (any looks) |
//! | by twenty segments at once | [`test::multiple::benjamini_hochberg`] |
//! | because other people are counted now | [`mix::decompose`] |
//! | because we picked the worst | [`shrink::luck::guarded`] |
//! | by small groups beside large ones | [`shrink::shares`], [`shrink::means`] |
//! | by those who answered | [`response::rake::rake`], [`response::weight`] |
//! | is this month unusual at all | [`chart::Xmr`], [`chart::Proportions`] |
//! | **How many?** | |
//! | answers to see a change that matters | [`power`] |
//! | problems that never reached us | [`capture::two_lists`] |
//! | **Waiting** | |
//! | time to an end that some have not reached yet | [`survival::Curve`] |
//! | waits, hang-ups and agents | [`queue::erlang_c`], [`queue::erlang_a`], [`queue::staffing`] |
//! | a time to promise, and whether promises are kept | [`queue::promise`] |
//! | **What matters?** | |
//! | the step that decides how it is felt | [`importance::importance`] |
//!
//! # A change, honestly told
//!
//! ```
//! use statistics::interval::share::{Share, newcombe};
//! use statistics::verdict::{Good, Verdict, judge};
//!
//! // 78% satisfied before, 86% after: eight points up on fifty answers a side.
//! let (before, after) = (Share::new(39, 50)?, Share::new(43, 50)?);
//! let change = newcombe(after, before, 0.95)?;
//! assert!(change.low < 0.0 && change.high > 0.2);
//! // Five points would matter, which was written down before looking.
//! assert_eq!(judge(&change, 0.05, Good::Higher)?, Verdict::CannotTell);
//! // What it would have taken:
//! assert_eq!(statistics::power::two_shares(0.78, 0.86, 0.95, 0.8)?, 361);
//! # Ok::<(), statistics::Error>(())
//! ```

#![deny(missing_docs)]
#![cfg_attr(test, allow(clippy::unwrap_used, reason = "a failed test may panic"))]

pub mod capture;
pub mod chart;
pub mod cluster;
pub mod cuped;
pub mod importance;
pub mod interval;
pub mod mix;
pub mod power;
pub mod queue;
pub mod response;
pub mod sequential;
pub mod shrink;
pub mod survival;
pub mod test;
pub mod verdict;

mod distribution;
mod error;
mod least_squares;

pub use error::{Error, Result};

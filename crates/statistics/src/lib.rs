//! Statistics that cannot fool anyone: intervals, charts and verdicts as pure functions.
//!
//! Every function names the source of its formula, and has a test against a published or hand-computed figure.
//! Shares are fractions from 0 to 1 (never percentages), net scores run from -1 to +1, levels are fractions (0.95).
//!
//! - [`interval`]: how far off an estimate may be: shares, net scores, means, medians, anything by bootstrap.
//! - [`cluster`]: how much answers are worth when the same people answer often, or when they carry weights.
//! - [`response`]: what the silent could still do to a share.
//! - [`chart`]: has a series of measurements changed, or is it the usual up and down?
//! - [`verdict`]: better, worse, no visible change, or cannot tell.

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

//! What the promises of this crate are worth, in worlds whose truth is known.
//!
//! Each test draws many small worlds from a seed, computes a figure in each as a user would, and counts how often what
//! was promised came true. Nothing depends on the clock or the machine: the same seeds give the same counts.
//!
//! - `coverage`: do 95% intervals hold the truth 95 times of 100?
//! - `alarms`: how often is something found where nothing is?
//! - `sizes`: is a change found as often as the sample size promised?

#![allow(clippy::unwrap_used, reason = "a failed test may panic")]

mod alarms;
mod coverage;
mod sizes;
mod world;

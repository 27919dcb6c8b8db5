//! Formulas against figures computed by hand, what the gate refuses, and how often it cries wolf.
#![allow(clippy::unwrap_used, reason = "a test ends where something is missing")]

mod attacker;
mod formulas;
mod gate;
mod null;
mod order;
mod pulse;
mod stays;
mod ways;

use super::*;

/// The measure of this key.
fn measure(key: &str) -> &'static Measure {
    by_key(key).unwrap()
}

/// What the gate lets pass of one sample.
fn passed(key: &str, sample: &Sample) -> Finding {
    match Gate::default().show(measure(key), Asked::of(sample)) {
        Shown::Number(finding) => finding,
        Shown::Refused(why) => panic!("{key} was refused: {why:?}"),
    }
}

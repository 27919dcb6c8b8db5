//! A line in front of agents: calls come by chance, take their time, and some people give up.
//!
//! The textbook's line (M/M/c+M: Palm 1946), lived through call by call, to hold formulas and promises against. It is no
//! part of a company's year, so it may use logarithms, whose last digits differ between machines.

use crate::dice::Dice;

/// A line. Times are minutes.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Line {
    /// Calls an hour on average.
    pub calls_an_hour: f64,
    /// A call's length on average.
    pub handling: f64,
    /// How many take calls.
    pub agents: usize,
    /// After how long people give up, on average; `None`: never, as with calls that the desk returns.
    pub patience: Option<f64>,
    /// Chance of its own.
    pub seed: u64,
}

/// A call.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Call {
    /// When it came.
    pub at: f64,
    /// How long the caller waited, until it was taken or given up.
    pub waited: f64,
    /// Nobody took it in time.
    pub given_up: bool,
}

impl Line {
    /// So many calls, the first into an empty line.
    pub fn calls(&self, count: usize) -> Vec<Call> {
        let mut dice = Dice::new(self.seed);
        let mut exponential = move |mean: f64| -mean * (1.0 - dice.share()).ln();
        let mut free = vec![0.0_f64; self.agents.max(1)];
        let mut at = 0.0;
        let mut calls = Vec::with_capacity(count);
        for _ in 0..count {
            at += exponential(60.0 / self.calls_an_hour);
            // Drawn for every call, so that the same seed gives the same calls with any number of agents.
            let (length, patience) = (exponential(self.handling), exponential(self.patience.unwrap_or(1.0)));
            let patience = if self.patience.is_some() { patience } else { f64::INFINITY };
            let next = free.iter_mut().min_by(|one, other| one.total_cmp(other));
            let Some(next) = next else { return calls };
            let offered = (*next - at).max(0.0);
            let given_up = offered > patience;
            if !given_up {
                *next = at + offered + length;
            }
            calls.push(Call { at, waited: offered.min(patience), given_up });
        }
        calls
    }
}

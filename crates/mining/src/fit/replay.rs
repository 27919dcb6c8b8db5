//! Token replay, for comparison with other programs only.
//!
//! It is no measure to show to people: events that the model does not know are skipped, so a case with extra steps can
//! seem to fit. On the Helpdesk log against its four steps it calls 766 cases perfect that are not (MEASURES.md, 0.8).

use serde::Serialize;

use super::net::Net;
use crate::log::Log;
use crate::stats::grouped;

/// Tokens of a replay, summed over all cases.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize)]
pub struct Replay {
    /// Tokens put, the initial marking's included.
    pub produced: u64,
    /// Tokens taken, the final marking's included.
    pub consumed: u64,
    /// Tokens that had to be lent for a step to happen.
    pub missing: u64,
    /// Tokens left at the end.
    pub remaining: u64,
}

impl Replay {
    /// `0.5 (1 - missing / consumed) + 0.5 (1 - remaining / produced)`; `None` when nothing was consumed or produced.
    /// Source: A. Rozinat, W. van der Aalst, "Conformance checking of processes based on monitoring real behavior",
    /// Information Systems 33 (2008).
    pub fn fitness(&self) -> Option<f64> {
        let part = |wrong: u64, all: u64| (all > 0).then(|| 0.5 * (1.0 - wrong as f64 / all as f64));
        Some(part(self.missing, self.consumed)? + part(self.remaining, self.produced)?)
    }
}

/// Replays a log on a net without silent transitions and with each label once, one end; `None` for any other net.
pub fn replay(log: &Log, net: &Net) -> Option<Replay> {
    let [end] = net.finals.as_slice() else { return None };
    let names = log.activity_names();
    let mut transition_of = vec![None; names.len()];
    let mut labels = hashbrown::HashSet::new();
    for (number, transition) in net.transitions.iter().enumerate() {
        let label = transition.label.as_deref()?;
        if !labels.insert(label) {
            return None;
        }
        if let Some(code) = names.code(label) {
            transition_of[code as usize] = Some(number);
        }
    }
    let sum = |tokens: &[u8]| tokens.iter().map(|&count| i64::from(count)).sum::<i64>();
    let mut total = Replay::default();
    for variant in grouped(log).0 {
        let mut marking: Vec<i64> = net.initial.iter().map(|&count| i64::from(count)).collect();
        let (mut produced, mut consumed, mut missing) = (sum(&net.initial), 0, 0);
        let take = |marking: &mut [i64], place: usize, tokens: u8, missing: &mut i64| {
            marking[place] -= i64::from(tokens);
            if marking[place] < 0 {
                *missing -= marking[place];
                marking[place] = 0;
            }
        };
        for &code in log.case(variant.example).activities {
            let Some(transition) = transition_of[code as usize] else { continue };
            let transition = &net.transitions[transition];
            for &(place, tokens) in &transition.inputs {
                consumed += i64::from(tokens);
                take(&mut marking, place, tokens, &mut missing);
            }
            for &(place, tokens) in &transition.outputs {
                produced += i64::from(tokens);
                marking[place] += i64::from(tokens);
            }
        }
        consumed += sum(end);
        for (place, &tokens) in end.iter().enumerate() {
            take(&mut marking, place, tokens, &mut missing);
        }
        let remaining: i64 = marking.iter().sum();
        let all = |one: i64| one.unsigned_abs() * variant.cases;
        total.produced += all(std::mem::take(&mut produced));
        total.consumed += all(consumed);
        total.missing += all(missing);
        total.remaining += all(remaining);
    }
    Some(total)
}

//! Erlang C: everybody waits until served.
//!
//! Trap: when people hang up, it claims far longer waits than there are, and none at all can be given when work arrives
//! faster than agents serve. Use [`super::erlang_a`] for phone and chat.

use super::{Load, erlang_b};
use crate::error::{Error, Result};

/// What a line without impatience looks like in the long run.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Line {
    /// The share of people who have to wait at all.
    pub waiting: f64,
    /// The mean wait of everybody, those served at once included (average speed of answer).
    pub mean_wait: f64,
    /// The mean wait of those who wait.
    pub mean_wait_of_waiting: f64,
    /// The mean number of people in line.
    pub length: f64,
    /// The share of the time that agents are busy.
    pub occupancy: f64,
}

/// The line in front of `agents` agents.
///
/// Source: A. K. Erlang, Solution of some problems in the theory of probabilities of significance in automatic
/// telephone exchanges (1917).
///
/// # Errors
/// When as much work arrives as the agents can do, or more: the line has no length then.
///
/// ```
/// use statistics::queue::{Load, erlang_c};
/// // 24 calls an hour of ten minutes each, in seconds, with five agents.
/// let line = erlang_c::wait(Load::new(24.0 / 3600.0, 600.0)?, 5)?;
/// assert_eq!(line.mean_wait.round(), 332.0);
/// # Ok::<(), statistics::Error>(())
/// ```
pub fn wait(load: Load, agents: u32) -> Result<Line> {
    let offered = load.offered();
    let c = f64::from(agents);
    if offered >= c {
        return Err(Error::Overloaded { offered, agents });
    }
    let blocked = erlang_b(offered, agents);
    let waiting = c * blocked / (c - offered * (1.0 - blocked));
    let mean_wait_of_waiting = load.handling / (c - offered);
    let mean_wait = waiting * mean_wait_of_waiting;
    Ok(Line { waiting, mean_wait, mean_wait_of_waiting, length: load.arrivals * mean_wait, occupancy: offered / c })
}

/// The share of people who are served within `time` ("80% in 20 seconds").
///
/// # Errors
/// As for [`wait`].
pub fn served_within(load: Load, agents: u32, time: f64) -> Result<f64> {
    let line = wait(load, agents)?;
    Ok(1.0 - line.waiting * (-time.max(0.0) / line.mean_wait_of_waiting).exp())
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// MEASURES 2.3: 24 an hour, ten minutes, five agents. By hand: 4 erlangs; 4^5/120 * 5/1 = 42.667, the sum below
    /// 1 + 4 + 8 + 10.667 + 10.667 = 34.333, so 42.667 / 77 = 0.5541 wait, 600 s on average, everybody 332.5 s.
    #[test]
    fn five_agents_by_hand() {
        let line = wait(Load::new(24.0 / 3600.0, 600.0).unwrap(), 5).unwrap();
        assert!((line.waiting - 42.666_667 / 77.0).abs() < 1e-6 && (line.mean_wait - 332.467_5).abs() < 1e-3);
        assert!((line.length - line.mean_wait / 150.0).abs() < 1e-9);
    }

    /// R. Mitchell's worked example ("Call centre maths"): 360 calls in half an hour, 240 s, 55 agents: 48 erlangs,
    /// 23.9% wait, 8.2 s on average, 84.6% within 15 s.
    #[test]
    fn fifty_five_agents_of_mitchell() {
        let load = Load::new(0.2, 240.0).unwrap();
        let line = wait(load, 55).unwrap();
        assert!((line.waiting - 0.239).abs() < 6e-4 && (line.mean_wait - 8.2).abs() < 0.06);
        assert!((served_within(load, 55, 15.0).unwrap() - 0.846).abs() < 6e-4);
    }

    #[test]
    fn a_line_that_grows_without_end_is_refused() {
        let full = wait(Load::new(6.0, 1.0).unwrap(), 6);
        assert_eq!(full, Err(Error::Overloaded { offered: 6.0, agents: 6 }));
        assert!(full.unwrap_err().to_string().contains("add agents"));
    }

    proptest! {
        /// Also for thousands of agents: one more never makes anybody wait longer.
        #[test]
        fn another_agent_helps(offered in 0.1..4_000.0f64, spare in 1u32..200) {
            let load = Load::new(offered, 1.0).unwrap();
            let agents = offered as u32 + spare;
            let (one, two) = (wait(load, agents).unwrap(), wait(load, agents + 1).unwrap());
            prop_assert!(0.0 <= one.waiting && one.waiting <= 1.0);
            prop_assert!(two.mean_wait <= one.mean_wait && two.waiting <= one.waiting);
            let served = served_within(load, agents, 0.3).unwrap();
            prop_assert!((0.0..=1.0).contains(&served));
        }
    }
}

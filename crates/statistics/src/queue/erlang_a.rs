//! Erlang A: people wait, and give up when their patience ends.
//!
//! Patience is the mean time after which somebody who is not served gives up, exponentially distributed. Trap: it is
//! not the mean wait of those who gave up; those who were served had patience left, so their waits are censored.
//! Estimate it as total waiting time of *everybody* divided by the number who gave up.

use super::{Load, erlang_b};
use crate::error::{Error, Result, positive};

/// A line that may hold more people than this is not computed: it would take seconds, and nobody has one.
const LONGEST: usize = 4_000_000;

/// What a line with impatience looks like in the long run. It always exists, however much work arrives.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Line {
    /// The share of people who have to wait at all.
    pub waiting: f64,
    /// The mean time in line of everybody: served at once, served later, or given up.
    pub mean_wait: f64,
    /// The share of people who give up.
    pub abandoned: f64,
    /// The mean number of people in line.
    pub length: f64,
    /// The share of the time that agents are busy.
    pub occupancy: f64,
}

/// The line in front of `agents` agents, of people with this mean `patience`.
///
/// Computed on logarithms, so that thousands of agents and any overload are fine.
/// Sources: C. Palm (1946); A. Mandelbaum and S. Zeltyn, Service engineering in action: the Palm/Erlang-A queue, with
/// applications to call centers, in Advances in Services Innovations (2007).
///
/// # Errors
/// When `patience` is not a positive number, or the line could hold millions of people.
///
/// ```
/// use statistics::queue::{Load, erlang_a};
/// // 24 calls an hour of ten minutes each, five agents, patience for three minutes; all in seconds.
/// let line = erlang_a::wait(Load::new(24.0 / 3600.0, 600.0)?, 5, 180.0)?;
/// assert_eq!((line.mean_wait.round(), (line.abandoned * 1000.0).round()), (26.0, 144.0));
/// # Ok::<(), statistics::Error>(())
/// ```
pub fn wait(load: Load, agents: u32, patience: f64) -> Result<Line> {
    let states = States::of(load, agents, positive("patience", patience)?)?;
    let length = states.length;
    let mean_wait = length / load.arrivals;
    let abandoned = (mean_wait / patience).min(1.0);
    let occupancy = if agents == 0 { 0.0 } else { (load.offered() * (1.0 - abandoned) / f64::from(agents)).min(1.0) };
    Ok(Line { waiting: states.waiting, mean_wait, abandoned, length, occupancy })
}

/// The share of all people who are served within `time`; who gives up counts against it.
///
/// Source: Mandelbaum and Zeltyn (2007), by Simpson's rule over the time that somebody would have to wait.
///
/// # Errors
/// When `patience` is not a positive number, or the line could hold millions of people.
pub fn served_within(load: Load, agents: u32, patience: f64, time: f64) -> Result<f64> {
    let states = States::of(load, agents, positive("patience", patience)?)?;
    let (leave, serve) = (1.0 / patience, f64::from(agents) / load.handling);
    // Of those for whom an agent would be free after x, the share exp(-x / patience) is still there.
    let density = |x: f64| {
        let log = load.arrivals * -(-leave * x).exp_m1() / leave - serve * x - leave * x + states.ln_before;
        load.arrivals * log.exp()
    };
    // A thousand steps, however long the time: beyond 40 of both times nobody is left.
    let until = time.clamp(0.0, 40.0 * patience.max(load.handling));
    const STEPS: usize = 1_000;
    let width = until / STEPS as f64;
    let area: f64 = (0..=STEPS)
        .map(|i| {
            let simpson = if i == 0 || i == STEPS { 1.0 } else { 2.0 + 2.0 * (i % 2) as f64 };
            simpson * density(width * i as f64)
        })
        .sum();
    Ok((1.0 - states.waiting + area * width / 3.0).clamp(0.0, 1.0))
}

/// The long-run probabilities of how many people are there.
struct States {
    waiting: f64,
    length: f64,
    /// The logarithm of the probability that exactly one agent is free.
    ln_before: f64,
}

impl States {
    fn of(load: Load, agents: u32, patience: f64) -> Result<Self> {
        let (c, serve, leave) = (f64::from(agents), 1.0 / load.handling, 1.0 / patience);
        // All weights are relative to the state with one agent free; without agents, to a state that cannot be.
        let ln_below =
            if agents == 0 { f64::NEG_INFINITY } else { -erlang_b(load.offered(), agents - 1).max(1e-300).ln() };
        let mut logs = Vec::new();
        let (mut log, mut most) = (0.0f64, f64::NEG_INFINITY);
        for ahead in 0.. {
            let rate = c * serve + f64::from(ahead) * leave;
            // Nobody ahead and no agents: the first state is the reference itself.
            log += if rate > 0.0 { (load.arrivals / rate).ln() } else { 0.0 };
            if logs.len() == LONGEST {
                let wanted =
                    "shorter, or with more agents: this line could hold millions (erlang_c has endless patience)";
                return Err(Error::OutOfRange { name: "patience", value: patience, wanted });
            }
            logs.push(log);
            most = most.max(log);
            if load.arrivals < rate && log < most.max(ln_below) - 45.0 {
                break;
            }
        }
        let most = most.max(ln_below);
        let (mut busy, mut line) = (0.0, 0.0);
        for (ahead, log) in logs.iter().enumerate() {
            let weight = (log - most).exp();
            busy += weight;
            line += ahead as f64 * weight;
        }
        let total = busy + (ln_below - most).exp();
        Ok(Self { waiting: busy / total, length: line / total, ln_before: -most - total.ln() })
    }
}

#[cfg(test)]
mod tests {
    use super::super::erlang_c;
    use super::*;
    use proptest::prelude::*;

    /// O. Garnett, A. Mandelbaum and M. Reiman, Designing a call center with impatient customers, Manufacturing and
    /// Service Operations Management 4 (2002), table 1: 50 agents, 48 calls a minute of one minute, patience two
    /// minutes: 3.1% give up, 3.7 s mean wait (20.8 s by Erlang C), 3 in line (17), agents busy 93% of the time (96%).
    #[test]
    fn fifty_agents_of_garnett_mandelbaum_and_reiman() {
        let load = Load::new(48.0, 1.0).unwrap();
        let line = wait(load, 50, 2.0).unwrap();
        assert!((line.abandoned - 0.031).abs() < 6e-4 && (line.mean_wait * 60.0 - 3.7).abs() < 0.06, "{line:?}");
        assert!((line.length - 3.0).abs() < 0.5 && (line.occupancy - 0.93).abs() < 0.006);
        let endless = erlang_c::wait(load, 50).unwrap();
        assert!((endless.mean_wait * 60.0 - 20.8).abs() < 0.06 && (endless.length - 17.0).abs() < 0.5);
    }

    /// By hand with one agent, a call a minute of one minute, patience one minute: the states have the weights 1, 1,
    /// 1/2, 1/6 ... = 1/k!, together e. All agents are busy with 1 - 1/e; the line is the sum of (k - 1)/k! from 2 on =
    /// 1, over e: 0.3679 give up of each one. The density of the wait at x is exp(1 - e^-x - x) / e.
    #[test]
    fn one_agent_by_hand() {
        let load = Load::new(1.0, 1.0).unwrap();
        let line = wait(load, 1, 1.0).unwrap();
        let e = std::f64::consts::E;
        assert!((line.waiting - (1.0 - 1.0 / e)).abs() < 1e-12 && (line.abandoned - 1.0 / e).abs() < 1e-12);
        // Nobody is served later than never: the served are all who do not give up.
        assert!((served_within(load, 1, 1.0, 1e6).unwrap() - (1.0 - 1.0 / e)).abs() < 1e-6);
        assert!((served_within(load, 1, 1.0, 0.0).unwrap() - 1.0 / e).abs() < 1e-9);
    }

    /// With endless patience it is Erlang C.
    #[test]
    fn endless_patience_is_erlang_c() {
        let load = Load::new(24.0, 1.0 / 6.0).unwrap();
        let (a, c) = (wait(load, 5, 1e6).unwrap(), erlang_c::wait(load, 5).unwrap());
        assert!((a.mean_wait / c.mean_wait - 1.0).abs() < 1e-4 && (a.waiting / c.waiting - 1.0).abs() < 1e-4);
        let (a, c) = (served_within(load, 5, 1e6, 0.02).unwrap(), erlang_c::served_within(load, 5, 0.02).unwrap());
        assert!((a - c).abs() < 1e-4);
    }

    /// Twice as much work as 2,000 agents can do: half of it is given up, and nothing overflows. Without any agent all
    /// is.
    #[test]
    fn overload_and_nobody_there() {
        let line = wait(Load::new(4_000.0, 1.0).unwrap(), 2_000, 5.0).unwrap();
        assert!((line.abandoned - 0.5).abs() < 1e-6 && (line.occupancy - 1.0).abs() < 1e-6);
        let nobody = wait(Load::new(10.0, 1.0).unwrap(), 0, 3.0).unwrap();
        assert!((nobody.abandoned - 1.0).abs() < 1e-9 && (nobody.mean_wait - 3.0).abs() < 1e-9);
        let idle = wait(Load::new(0.001, 1.0).unwrap(), 500, 1.0).unwrap();
        assert!(idle.waiting < 1e-100 && idle.mean_wait < 1e-100);
        assert!(wait(Load::new(1_000.0, 1.0).unwrap(), 10, 1e9).is_err());
    }

    proptest! {
        #[test]
        fn shares_are_shares_and_agents_help(offered in 0.1..300.0f64, agents in 1u32..320, patience in 0.05..50.0f64) {
            let load = Load::new(offered, 1.0).unwrap();
            let (one, two) = (wait(load, agents, patience).unwrap(), wait(load, agents + 1, patience).unwrap());
            prop_assert!((0.0..=1.0).contains(&one.waiting) && (0.0..=1.0).contains(&one.occupancy));
            prop_assert!(two.abandoned <= one.abandoned + 1e-12);
            let (soon, later) = (served_within(load, agents, patience, 0.1).unwrap(),
                served_within(load, agents, patience, 1.0).unwrap());
            prop_assert!(1.0 - one.waiting <= soon + 1e-9 && soon <= later + 1e-9);
            prop_assert!(later <= 1.0 - one.abandoned + 1e-4);
        }
    }
}

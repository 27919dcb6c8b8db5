//! How many agents it takes.

use super::{Load, erlang_a, erlang_c};
use crate::error::{Error, Result, fraction, positive};

/// What is wanted of the line.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Target {
    /// The mean wait of everybody is at most this.
    MeanWait(f64),
    /// At least this share of all people is served within this time.
    ServedWithin {
        /// The share, such as 0.8.
        share: f64,
        /// The time, in the unit of the load.
        time: f64,
    },
    /// At most this share gives up; needs a patience.
    Abandoned(f64),
}

/// More agents than this are not looked for.
const MOST: u32 = 1_000_000;

/// The smallest number of agents that meets the target. With a `patience` by Erlang A, without one by Erlang C.
///
/// Trap: this is agents at their desks in that half hour, before breaks, meetings, holidays and illness; and a target
/// for the share served says nothing about how long the others wait.
///
/// # Errors
/// When the target is not positive or not a share, or a share of people who give up is wanted without a patience.
///
/// ```
/// use statistics::queue::{Load, staffing::{Target, agents}};
/// let load = Load::new(24.0 / 3600.0, 600.0)?;
/// assert_eq!(agents(load, None, Target::ServedWithin { share: 0.8, time: 20.0 })?, 7);
/// assert_eq!(agents(load, Some(180.0), Target::Abandoned(0.05))?, 7);
/// # Ok::<(), statistics::Error>(())
/// ```
pub fn agents(load: Load, patience: Option<f64>, target: Target) -> Result<u32> {
    match target {
        Target::MeanWait(time) => positive("mean wait", time)?,
        Target::ServedWithin { share, time } => positive("time", time).and(fraction("share served", share))?,
        Target::Abandoned(share) => fraction("share that gives up", share)?,
    };
    if let (Target::Abandoned(_), None) = (target, patience) {
        let wanted = "a mean patience: without one nobody gives up";
        return Err(Error::OutOfRange { name: "patience", value: f64::INFINITY, wanted });
    }
    let met = |agents: u32| -> Result<bool> {
        let Some(patience) = patience else {
            if f64::from(agents) <= load.offered() {
                return Ok(false);
            }
            return Ok(match target {
                Target::ServedWithin { share, time } => erlang_c::served_within(load, agents, time)? >= share,
                Target::MeanWait(time) => erlang_c::wait(load, agents)?.mean_wait <= time,
                Target::Abandoned(_) => false,
            });
        };
        Ok(match target {
            Target::ServedWithin { share, time } => erlang_a::served_within(load, agents, patience, time)? >= share,
            Target::MeanWait(time) => erlang_a::wait(load, agents, patience)?.mean_wait <= time,
            Target::Abandoned(share) => erlang_a::wait(load, agents, patience)?.abandoned <= share,
        })
    };
    // One more agent never makes it worse, so doubling and halving find the first number that does.
    let mut enough = 1;
    while !met(enough)? {
        enough *= 2;
        if enough > MOST {
            return Err(Error::Overloaded { offered: load.offered(), agents: MOST });
        }
    }
    let mut too_few = enough / 2;
    while enough - too_few > 1 {
        let middle = u32::midpoint(too_few, enough);
        if met(middle)? {
            enough = middle;
        } else {
            too_few = middle;
        }
    }
    Ok(enough)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// By hand for 4 erlangs of 600 s: Erlang B with 5 agents is 0.19907, with 6 0.11716, with 7 0.06275. Waiting:
    /// 6: 6 * 0.11716 / (6 - 4 * 0.88284) = 0.28476; 7: 7 * 0.06275 / (7 - 4 * 0.93725) = 0.13509. Within 20 s:
    /// 1 - 0.28476 exp(-2 * 20 / 600) = 0.7336 and 1 - 0.13509 exp(-3 * 20 / 600) = 0.8778.
    #[test]
    fn seven_agents_by_hand() {
        let load = Load::new(24.0 / 3600.0, 600.0).unwrap();
        assert!((erlang_c::served_within(load, 6, 20.0).unwrap() - 0.7336).abs() < 2e-4);
        assert!((erlang_c::served_within(load, 7, 20.0).unwrap() - 0.8778).abs() < 2e-4);
        assert_eq!(agents(load, None, Target::ServedWithin { share: 0.8, time: 20.0 }), Ok(7));
        // 0.28476 * 600 / 2 = 85.4 s with six, 27.0 s with seven.
        assert_eq!(agents(load, None, Target::MeanWait(60.0)), Ok(7));
        assert_eq!(agents(load, None, Target::MeanWait(90.0)), Ok(6));
    }

    /// Whoever is impatient needs fewer agents, since some leave.
    #[test]
    fn impatience_saves_agents_and_costs_people() {
        let load = Load::new(200.0, 0.25).unwrap();
        let target = Target::MeanWait(0.01);
        assert!(agents(load, Some(0.1), target).unwrap() < agents(load, None, target).unwrap());
        assert!(agents(load, Some(0.1), Target::ServedWithin { share: 0.9, time: 0.01 }).unwrap() > 40);
    }

    #[test]
    fn targets_that_mean_nothing_are_refused() {
        let load = Load::new(1.0, 1.0).unwrap();
        assert!(agents(load, None, Target::Abandoned(0.05)).is_err());
        assert!(agents(load, None, Target::MeanWait(0.0)).is_err());
        assert!(agents(load, Some(1.0), Target::ServedWithin { share: 80.0, time: 1.0 }).is_err());
        assert!(agents(load, Some(-1.0), Target::Abandoned(0.05)).is_err());
    }
}

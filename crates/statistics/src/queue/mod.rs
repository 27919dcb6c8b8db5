//! Waiting in line: how long, how many give up, how many agents it takes, and what may be promised.
//!
//! | question | use |
//! |---|---|
//! | how long do people wait who never give up (mail, walk-up) | [`erlang_c::wait`] |
//! | how long on the phone or in chat, where they do | [`erlang_a::wait`] |
//! | how many agents for a target | [`staffing::agents`] |
//! | "we call you back within ..." that is kept | [`promise::within`], [`promise::between`] |
//! | are promises kept as often as we say | [`promise::reliability`] |
//!
//! One unit of time throughout, the caller's: with hours, arrivals are per hour, and handling, patience and waits are
//! in hours. Traps: both models suppose arrivals at random at a steady rate, so use them for half an hour of the day
//! and not for its mean; and handling must include the work after the call.

pub mod erlang_a;
pub mod erlang_c;
pub mod promise;
pub mod staffing;

use crate::error::{Result, positive};

/// Work that arrives.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Load {
    arrivals: f64,
    handling: f64,
}

impl Load {
    /// `arrivals` per unit of time, each of which keeps an agent busy for `handling` units on average.
    ///
    /// # Errors
    /// When either is not a finite number above zero.
    pub fn new(arrivals: f64, handling: f64) -> Result<Self> {
        Ok(Self { arrivals: positive("arrivals", arrivals)?, handling: positive("handling time", handling)? })
    }

    /// Offered load in agents (erlangs): how many would be busy all the time.
    pub fn offered(self) -> f64 {
        self.arrivals * self.handling
    }
}

/// Erlang B, the share of calls that find all agents busy if nobody could wait. By recurrence over the agents, which
/// stays between 0 and 1 for any number of them. Source: A. K. Erlang (1917); the recurrence is in every text on
/// queues.
fn erlang_b(offered: f64, agents: u32) -> f64 {
    (1..=agents).fold(1.0, |blocked, k| offered * blocked / (f64::from(k) + offered * blocked))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// By hand for two erlangs and two agents: (2^2 / 2) / (1 + 2 + 2) = 0.4.
    #[test]
    fn erlang_b_by_hand() {
        assert!((erlang_b(2.0, 2) - 0.4).abs() < 1e-12);
        assert!((erlang_b(2.0, 0) - 1.0).abs() < 1e-12);
        assert!(Load::new(0.0, 1.0).is_err() && Load::new(1.0, f64::NAN).is_err());
        assert!((Load::new(24.0, 1.0 / 6.0).unwrap().offered() - 4.0).abs() < 1e-12);
    }
}

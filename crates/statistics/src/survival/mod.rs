//! How long things take of which some are not over yet.
//!
//! A ticket that is still open after nine days is not a ticket without a duration: it lasted at least nine days.
//! Dropping such waits makes every figure too good, and most in bad times. [`Curve`] keeps them (Kaplan-Meier): the
//! share still waiting after t, the median with an interval, and the mean wait up to a horizon.
//!
//! Trap: whoever leaves early must be like those who stay. Tickets that are closed by a clean-up, or moved to another
//! desk just before they would count as late, are not censored by chance; count them as what they are.

mod curve;
mod restricted_mean;

pub use curve::{Curve, Reached, Step};

/// One wait.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Wait {
    /// How long it lasted, or has lasted so far; 0 or more, in any one unit.
    pub time: f64,
    /// Whether it is over (`true`), or was still going on when it was last seen.
    pub ended: bool,
}

#[cfg(test)]
/// E. Freireich et al., Blood 21 (1963): weeks of remission with 6-mercaptopurine, 21 children.
fn freireich() -> Curve {
    let ended = [6, 6, 6, 7, 10, 13, 16, 22, 23].map(|t| Wait { time: f64::from(t), ended: true });
    let open = [6, 9, 10, 11, 17, 19, 20, 25, 32, 32, 34, 35].map(|t| Wait { time: f64::from(t), ended: false });
    Curve::of(&[ended.as_slice(), open.as_slice()].concat()).unwrap()
}

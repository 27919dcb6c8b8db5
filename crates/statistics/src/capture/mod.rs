//! How many there are in all, from lists that each saw only some: capture and recapture.
//!
//! The desk's log knows some of the problems people had; a short pulse survey knows others. From how many stand in both
//! follows how many stand in neither, and so the share that went around the desk. [`two_lists`] needs both lists to be
//! independent; [`three_lists`] needs a third list, and lets any two of them depend on each other.
//!
//! When it fails:
//! - *Dependence.* If whoever tells the desk also answers the pulse (positive dependence, the usual case), the total
//!   and the share that went around come out too **low**. If a list is made so as to avoid the other (negative), too
//!   high.
//! - *No shared key.* Problems must be matched one by one. A match that is missed counts as two problems: too high.
//! - *An open period.* Both lists must cover the same people and days; what began after one list closed cannot be in
//!   it.
//! - *Unequal chances.* Loud problems are in every list and quiet ones in none: too low.
//!
//! So the figure is an estimate under assumptions that cannot be tested with two lists: say them beside it.

mod three;
mod two;

pub use three::{Cells, three_lists};
pub use two::{Lists, two_lists};

use crate::interval::{Estimate, Interval};

/// How many there are in all.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Population {
    /// The estimated total, with its interval; never below what was seen.
    pub total: Estimate,
    /// The standard error of the total.
    pub standard_error: f64,
    /// How many different ones the lists saw together.
    pub seen: u64,
}

impl Population {
    /// The share of all that is not in a list of `listed`: with the desk's log as the list, the share that went around.
    pub fn share_missed(&self, listed: u64) -> Estimate {
        let missed = |total: f64| if total > 0.0 { (1.0 - listed as f64 / total).max(0.0) } else { 0.0 };
        let Interval { low, high, level, method } = self.total.interval;
        Estimate {
            value: missed(self.total.value),
            interval: Interval { low: missed(low), high: missed(high), level, method },
        }
    }
}

/// The interval of a total on the logarithm of what nobody saw, so that it cannot fall below what somebody did:
/// seen + f / C to seen + f C with C = exp(z sqrt(ln(1 + var / f^2))).
///
/// Source: A. Chao, Estimating the population size for capture-recapture data with unequal catchability, Biometrics 43
/// (1987); K. Burnham in E. Rexstad and K. Burnham, User's Guide for Interactive Program CAPTURE (1991).
fn population(total: f64, variance: f64, seen: u64, level: f64, z: f64) -> Population {
    let seen_by_some = seen as f64;
    let unseen = (total - seen_by_some).max(0.0);
    let (low, high) = if unseen > 0.0 {
        let factor = (z * (variance / (unseen * unseen)).ln_1p().sqrt()).exp();
        (seen_by_some + unseen / factor, seen_by_some + unseen * factor)
    } else {
        (seen_by_some, seen_by_some.max(total))
    };
    let value = total.max(seen_by_some);
    let interval = Interval { low, high, level, method: "log-normal of the unseen" };
    Population { total: Estimate { value, interval }, standard_error: variance.sqrt(), seen }
}

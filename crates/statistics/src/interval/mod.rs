//! How far off an estimate may be.
//!
//! An [`Interval`] is a range that, in 95 of 100 repetitions of the same measurement (at level 0.95), holds the
//! truth. Which method fits which figure: a share [`share::wilson`], two shares [`share::newcombe`], a net score
//! [`net::adjusted_wald`], a mean rating [`mean::student`], a median or percentile [`quantile::order_statistics`],
//! anything else, or anything where people answer repeatedly, [`bootstrap::bootstrap`].

pub mod bootstrap;
pub mod mean;
pub mod net;
pub mod quantile;
pub mod share;

use statrs::distribution::{ContinuousCDF, Normal};

/// A range for the truth behind an estimate, in the unit of that estimate.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Interval {
    /// Lower limit.
    pub low: f64,
    /// Upper limit, never below `low`.
    pub high: f64,
    /// The share of such intervals that hold the truth, such as 0.95.
    pub level: f64,
    /// The name of the method, in words fit to be shown ("Wilson score").
    pub method: &'static str,
}

impl Interval {
    /// From the lower to the upper limit.
    pub fn width(&self) -> f64 {
        self.high - self.low
    }

    /// Whether the value lies in the interval, limits included.
    pub fn contains(&self, value: f64) -> bool {
        self.low <= value && value <= self.high
    }
}

/// The two-sided critical value of the standard normal distribution: 1.96 at level 0.95.
pub(crate) fn critical_normal(level: f64) -> f64 {
    standard_normal().inverse_cdf(0.5 + level / 2.0)
}

pub(crate) fn standard_normal() -> Normal {
    Normal::standard()
}

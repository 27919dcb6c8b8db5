//! How far off an estimate may be.
//!
//! An [`Interval`] is a range that, in 95 of 100 repetitions of the same measurement (at level 0.95), holds the
//! truth. Which method fits which figure:
//!
//! | figure | one group | after minus before, independent groups | same people twice |
//! |---|---|---|---|
//! | share | [`share::wilson`] | [`share::newcombe`] | [`mean::paired`] of 0 and 1 |
//! | share, for a contract or an audit | [`share::clopper_pearson`] | | |
//! | net score | [`net::adjusted_wald`] | [`net::difference`] | [`mean::paired`] of -1, 0 and 1 |
//! | mean rating | [`mean::student`] | [`mean::welch`] | [`mean::paired`] |
//! | median, percentile | [`quantile::order_statistics`] | [`quantile::median_difference`], `median_ratio` | |
//! | duration | [`duration::geometric_mean`] | [`duration::ratio`] (a factor) | [`duration::paired_ratio`] |
//! | events per week | [`rate::garwood`] | [`rate::ratio`] (a factor) | |
//! | mean with a long tail, or by person (lost time, cost) | [`studentized::mean`] | [`studentized::difference`] | `studentized::mean` of changes |
//! | anything else, or by person | [`bootstrap::bootstrap`] | [`bootstrap::difference`] | `bootstrap` of pairs |

pub mod bootstrap;
pub mod duration;
pub mod mean;
pub mod net;
pub mod quantile;
pub mod rate;
pub mod share;
pub mod studentized;

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

/// A figure and its interval, in the same unit.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Estimate {
    /// The figure.
    pub value: f64,
    /// The range for the truth behind it.
    pub interval: Interval,
}

/// The mean and the variance (divided by n - 1) of at least two values.
pub(crate) fn mean_and_variance(values: &[f64]) -> (f64, f64) {
    let n = values.len() as f64;
    let mean = values.iter().sum::<f64>() / n;
    (mean, values.iter().map(|x| (x - mean).powi(2)).sum::<f64>() / (n - 1.0))
}

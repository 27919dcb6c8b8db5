//! Durations and other positive figures with long tails, on the scale of factors.
//!
//! Handling times, waits and lost time spread over factors, not over differences: twice as long is as far from usual as
//! half as long. On logarithms such figures are nearly symmetric, and Student's intervals hold.
//!
//! Trap: the geometric mean is close to the median and below the mean. What a company loses is the *sum* of hours, and
//! for that the mean counts (use [`super::studentized`]); for what a person can expect, these are better.

use super::{Estimate, Interval, mean};
use crate::error::{Error, Result, finite};

/// The geometric mean of positive values, in their unit, with Student's interval of the mean logarithm taken back.
///
/// Source: J. Sauro and J. Lewis, Average task times in usability tests: what to report?, Proceedings of CHI (2010);
/// for the transformation J. Aitchison and J. Brown, The Lognormal Distribution (1957).
///
/// # Errors
/// When there are fewer than two values, one is not finite or not larger than 0, or `level` is not between 0 and 1.
///
/// ```
/// // Minutes until five calls were over.
/// let typical = statistics::interval::duration::geometric_mean(&[4.0, 6.0, 5.0, 9.0, 60.0], 0.95)?;
/// assert!(typical.value < 10.0, "one long call moves it little");
/// # Ok::<(), statistics::Error>(())
/// ```
pub fn geometric_mean(values: &[f64], level: f64) -> Result<Estimate> {
    let found = mean::student(&logarithms(values)?, level)?;
    Ok(back(Estimate { value: found.value, interval: found.interval }, "Student t of logarithms"))
}

/// How many times as long `after` is as `before`, for two groups of different people: a ratio of geometric means, 0.8
/// being "a fifth less", with Welch's interval of the difference of mean logarithms taken back.
///
/// Source: as for [`geometric_mean`], and B. L. Welch, Biometrika 34 (1947).
///
/// # Errors
/// As for [`geometric_mean`], and when neither group varies.
pub fn ratio(after: &[f64], before: &[f64], level: f64) -> Result<Estimate> {
    Ok(back(mean::welch(&logarithms(after)?, &logarithms(before)?, level)?, "Welch t of logarithms"))
}

/// How many times as long the same people took, from (before, after) of each.
///
/// # Errors
/// As for [`geometric_mean`].
pub fn paired_ratio(pairs: &[(f64, f64)], level: f64) -> Result<Estimate> {
    let (before, after): (Vec<f64>, Vec<f64>) = pairs.iter().copied().unzip();
    let logs: Vec<(f64, f64)> = logarithms(&before)?.into_iter().zip(logarithms(&after)?).collect();
    Ok(back(mean::paired(&logs, level)?, "paired t of logarithms"))
}

pub(crate) fn logarithms(values: &[f64]) -> Result<Vec<f64>> {
    finite(values, 1)?;
    if let Some(&value) = values.iter().find(|value| **value <= 0.0) {
        let wanted = "a duration larger than 0: measure finer, or use a median (interval::quantile), which takes zeros";
        return Err(Error::OutOfRange { name: "duration", value, wanted });
    }
    Ok(values.iter().map(|value| value.ln()).collect())
}

fn back(logs: Estimate, method: &'static str) -> Estimate {
    let Interval { low, high, level, .. } = logs.interval;
    Estimate { value: logs.value.exp(), interval: Interval { low: low.exp(), high: high.exp(), level, method } }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// By hand: 1, 10, 100 have the mean logarithm ln 10 = 2.302585 and the deviation 2.302585; the half width is
    /// 4.302653 * 2.302585 / sqrt(3) = 5.719941, a factor of 304.887.
    #[test]
    fn one_ten_hundred_by_hand() {
        let found = geometric_mean(&[1.0, 10.0, 100.0], 0.95).unwrap();
        assert!((found.value - 10.0).abs() < 1e-9);
        assert!((found.interval.high / 10.0 - 304.887).abs() < 0.01);
        assert!((found.value / found.interval.low - found.interval.high / found.value).abs() < 1e-6);
    }

    /// Twice each value is a factor of 2 without any doubt in pairs, and with much doubt between strangers.
    #[test]
    fn doubling_is_a_factor_of_two() {
        let pairs = [(1.0, 2.0), (10.0, 20.0), (100.0, 200.0)];
        let same = paired_ratio(&pairs, 0.95).unwrap();
        assert!((same.value - 2.0).abs() < 1e-12 && same.interval.width() < 1e-9);
        let strangers = ratio(&[2.0, 20.0, 200.0], &[1.0, 10.0, 100.0], 0.95).unwrap();
        assert!((strangers.value - 2.0).abs() < 1e-12);
        // By hand: 2.302585 * sqrt(2 / 3) = 1.880053, times t(4) = 2.776445: a factor of exp(5.219863) = 184.909.
        assert!((strangers.interval.high / 2.0 - 184.909).abs() < 0.01);
    }

    #[test]
    fn a_duration_of_nothing_is_refused() {
        assert!(geometric_mean(&[1.0, 0.0, 2.0], 0.95).unwrap_err().to_string().contains("median"));
        assert!(ratio(&[1.0, 2.0], &[-1.0, 2.0], 0.95).is_err());
    }

    proptest! {
        #[test]
        fn another_unit_changes_nothing_but_the_unit(values in prop::collection::vec(0.1..500.0f64, 3..40)) {
            let seconds = geometric_mean(&values.iter().map(|x| x * 60.0).collect::<Vec<_>>(), 0.95).unwrap();
            let minutes = geometric_mean(&values, 0.95).unwrap();
            prop_assert!((seconds.interval.low / 60.0 / minutes.interval.low - 1.0).abs() < 1e-9);
            prop_assert!(minutes.interval.contains(minutes.value));
        }
    }
}

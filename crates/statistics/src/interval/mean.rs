//! Means of ratings.

use super::{Estimate, Interval, mean_and_variance};
use crate::distribution::critical_student;
use crate::error::{Error, Result, finite, fraction};

/// A mean and its interval, in the unit of the values.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Mean {
    /// The arithmetic mean.
    pub value: f64,
    /// The sample standard deviation (divided by n - 1).
    pub deviation: f64,
    /// Student's t interval of the mean.
    pub interval: Interval,
}

/// Student's t interval of a mean: mean +- t(n-1) s / sqrt(n).
///
/// For ratings and other values with short tails. Durations and lost time have long ones: use
/// [`super::quantile`] or [`super::studentized`]. A mean of an ordered scale treats its steps as equal: show the
/// distribution beside it.
/// Source: Student, The probable error of a mean, Biometrika 6 (1908); for ratings J. Sauro and J. Lewis,
/// Quantifying the User Experience, chapter 3.
///
/// ```
/// let mean = statistics::interval::mean::student(&[1.0, 2.0, 3.0, 4.0, 5.0], 0.95)?;
/// assert!(mean.value == 3.0 && mean.interval.low < 1.1 && mean.interval.high > 4.9);
/// # Ok::<(), statistics::Error>(())
/// ```
///
/// # Errors
/// When there are fewer than two values, one is not finite, or `level` is not between 0 and 1.
pub fn student(values: &[f64], level: f64) -> Result<Mean> {
    fraction("level", level)?;
    finite(values, 2)?;
    let n = values.len() as f64;
    let (value, variance) = mean_and_variance(values);
    let deviation = variance.sqrt();
    let half = critical_student(level, n - 1.0) * deviation / n.sqrt();
    let interval = Interval { low: value - half, high: value + half, level, method: "Student t" };
    Ok(Mean { value, deviation, interval })
}

/// Welch's interval of `mean(after) - mean(before)` for two groups of different people, with Satterthwaite's degrees
/// of freedom: the groups need neither the same size nor the same spread.
///
/// Use it for ratings and for person-level figures with short tails. For long tails use [`super::duration::ratio`] or
/// [`super::studentized::difference`]. Trap: the same people before and after are not two groups; use [`paired`].
/// Source: B. L. Welch, The generalization of Student's problem when several different population variances are
/// involved, Biometrika 34 (1947).
///
/// # Errors
/// When a group has fewer than two values, a value is not finite, neither group varies, or `level` is not between 0
/// and 1.
pub fn welch(after: &[f64], before: &[f64], level: f64) -> Result<Estimate> {
    fraction("level", level)?;
    finite(after, 2)?;
    finite(before, 2)?;
    let ((mean_after, var_after), (mean_before, var_before)) = (mean_and_variance(after), mean_and_variance(before));
    let (one, two) = (var_after / after.len() as f64, var_before / before.len() as f64);
    let square = one + two;
    if square <= 0.0 {
        return Err(Error::NoSpread { name: "both groups" });
    }
    let (m, n) = (after.len() as f64 - 1.0, before.len() as f64 - 1.0);
    let freedom = square * square / (one * one / m + two * two / n);
    let value = mean_after - mean_before;
    let half = critical_student(level, freedom) * square.sqrt();
    let interval = Interval { low: value - half, high: value + half, level, method: "Welch t" };
    Ok(Estimate { value, interval })
}

/// Student's interval of the mean change of the same people: each pair is (before, after), the change is after minus
/// before.
///
/// Pairs from the same person are worth far more than the same number of strangers, because what makes people differ
/// cancels. Trap: only those who answered twice are in it, and they may not be like the others.
/// Source: Student, The probable error of a mean, Biometrika 6 (1908).
///
/// # Errors
/// When there are fewer than two pairs, a value is not finite, or `level` is not between 0 and 1.
pub fn paired(pairs: &[(f64, f64)], level: f64) -> Result<Estimate> {
    let changes: Vec<f64> = pairs.iter().map(|(before, after)| after - before).collect();
    let mean = student(&changes, level)?;
    Ok(Estimate { value: mean.value, interval: Interval { method: "paired t", ..mean.interval } })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// Hours of extra sleep with two drugs, ten patients each: Student (1908), table on page 20.
    const FIRST: [f64; 10] = [0.7, -1.6, -0.2, -1.2, -0.1, 3.4, 3.7, 0.8, 0.0, 2.0];
    const SECOND: [f64; 10] = [1.9, 0.8, 1.1, 0.1, -0.1, 4.4, 5.5, 1.6, 4.6, 3.4];

    /// Student's sleep data as two groups: 95% from -3.3654832 to 0.2054832 for first minus second, as the manual of R
    /// prints for t.test.
    #[test]
    fn sleep_as_two_groups() {
        let found = welch(&FIRST, &SECOND, 0.95).unwrap();
        assert!((found.value + 1.58).abs() < 1e-9);
        assert!((found.interval.low + 3.365_483_2).abs() < 1e-6 && (found.interval.high - 0.205_483_2).abs() < 1e-6);
    }

    /// The same as pairs: from 0.7001142 to 2.4598858.
    #[test]
    fn sleep_as_pairs() {
        let pairs: Vec<(f64, f64)> = FIRST.iter().copied().zip(SECOND).collect();
        let found = paired(&pairs, 0.95).unwrap();
        assert!((found.value - 1.58).abs() < 1e-9);
        assert!((found.interval.low - 0.700_114_2).abs() < 1e-6 && (found.interval.high - 2.459_885_8).abs() < 1e-6);
    }

    #[test]
    fn two_groups_without_spread_are_refused() {
        assert_eq!(welch(&[3.0; 5], &[4.0; 5], 0.95), Err(Error::NoSpread { name: "both groups" }));
        assert!(welch(&[3.0], &[4.0; 5], 0.95).is_err());
    }

    /// By hand: mean 3, s = sqrt(2.5) = 1.5811, half = 2.7764 * 1.5811 / sqrt(5) = 1.9632.
    #[test]
    fn one_to_five_by_hand() {
        let mean = student(&[1.0, 2.0, 3.0, 4.0, 5.0], 0.95).unwrap();
        assert!((mean.value - 3.0).abs() < 1e-12 && (mean.deviation - 1.5811).abs() < 1e-4);
        assert!((mean.interval.low - 1.0368).abs() < 2e-4 && (mean.interval.high - 4.9632).abs() < 2e-4);
    }

    #[test]
    fn one_value_has_no_interval() {
        assert!(student(&[4.0], 0.95).is_err());
        assert!(student(&[4.0, f64::NAN], 0.95).is_err());
    }

    proptest! {
        #[test]
        fn the_mean_lies_in_its_interval(values in prop::collection::vec(1.0..5.0f64, 2..60)) {
            let mean = student(&values, 0.95).unwrap();
            prop_assert!(mean.interval.contains(mean.value));
            let doubled: Vec<f64> = values.iter().chain(&values).copied().collect();
            prop_assert!(student(&doubled, 0.95).unwrap().interval.width() <= mean.interval.width());
        }
    }
}

//! Medians and percentiles, without any assumption about the distribution.

use super::{Estimate, Interval};
use crate::distribution::{binomial_cdf, critical_normal, normal_quantile};
use crate::error::{Error, Result, finite, fraction};

/// A quantile of the values, and its interval in their unit.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Quantile {
    /// The sample quantile, interpolated between neighbours (type 7, as spreadsheets do).
    pub value: f64,
    /// Between two of the values themselves.
    pub interval: Interval,
    /// What the interval really covers: at least its level, since ranks are whole.
    pub coverage: f64,
}

/// The interval of the quantile `q` (0.5 for the median, 0.9 for p90) between two order statistics whose ranks come
/// from the binomial distribution: at most half of what the level leaves open lies beyond either end.
///
/// Right for waiting times, durations and lost time, however long their tails.
/// Source: H. A. David and H. N. Nagaraja, Order Statistics (2003), section 7.1; W. J. Conover, Practical
/// Nonparametric Statistics (1999), section 3.2.
///
/// ```
/// let hours = [0.2, 0.5, 0.7, 1.0, 1.5, 2.0, 3.0, 8.0, 26.0, 140.0];
/// let median = statistics::interval::quantile::order_statistics(&hours, 0.5, 0.95)?;
/// assert_eq!((median.value, median.interval.low, median.interval.high), (1.75, 0.5, 26.0));
/// # Ok::<(), statistics::Error>(())
/// ```
///
/// # Errors
/// When there are too few values for both ends to exist (6 for a median at level 0.95, 36 for p90), a value is not
/// finite, or `q` or `level` is not between 0 and 1.
pub fn order_statistics(values: &[f64], q: f64, level: f64) -> Result<Quantile> {
    fraction("quantile", q)?;
    fraction("level", level)?;
    finite(values, 1)?;
    let n = values.len();
    let Some((lower, upper, coverage)) = ranks(n, q, level) else {
        return Err(Error::TooFew { have: n, needed: smallest_n(q, level) });
    };
    let mut sorted = values.to_vec();
    sorted.sort_by(f64::total_cmp);
    let position = q * (n - 1) as f64;
    let below = position.floor() as usize;
    let above = (below + 1).min(n - 1);
    let value = sorted[below] + (position - below as f64) * (sorted[above] - sorted[below]);
    // Interpolation at extreme q may step past a rank; the interval then reaches to the estimate.
    let interval = Interval {
        low: sorted[lower - 1].min(value),
        high: sorted[upper - 1].max(value),
        level,
        method: "order statistics",
    };
    Ok(Quantile { value, interval, coverage })
}

/// The interval of `median(after) - median(before)` for two groups of different people, in the unit of the values.
///
/// No distribution is assumed and long tails do no harm. Trap: it supposes that ties are rare, so it is not for answers
/// on a five-point scale (use [`crate::test::rank::superiority`]).
/// Source: R. M. Price and D. G. Bonett, Distribution-free confidence intervals for difference and ratio of medians,
/// Journal of Statistical Computation and Simulation 72 (2002).
///
/// # Errors
/// When a group has fewer than 6 values, a value is not finite, so many are tied that neither median has a standard
/// error, or `level` is not between 0 and 1.
pub fn median_difference(after: &[f64], before: &[f64], level: f64) -> Result<Estimate> {
    fraction("level", level)?;
    let ((one, error_one), (two, error_two)) = (median_and_error(after)?, median_and_error(before)?);
    let error = error_one.hypot(error_two);
    if error <= 0.0 {
        return Err(Error::NoSpread { name: "the middle of both groups" });
    }
    let value = one - two;
    let half = critical_normal(level) * error;
    Ok(Estimate { value, interval: Interval { low: value - half, high: value + half, level, method: "Price-Bonett" } })
}

/// The interval of `median(after) / median(before)` for two groups of different people: 0.8 is "a fifth less".
///
/// For waiting times and other positive figures, where people think in factors. Source and trap as for
/// [`median_difference`], computed on logarithms.
///
/// # Errors
/// As for [`median_difference`], and when a value is not larger than 0.
pub fn median_ratio(after: &[f64], before: &[f64], level: f64) -> Result<Estimate> {
    let logs = median_difference(&super::duration::logarithms(after)?, &super::duration::logarithms(before)?, level)?;
    let limits = Interval { low: logs.interval.low.exp(), high: logs.interval.high.exp(), ..logs.interval };
    Ok(Estimate { value: logs.value.exp(), interval: Interval { method: "Price-Bonett, logarithms", ..limits } })
}

/// The median, and its standard error from two order statistics a known number of errors apart.
fn median_and_error(values: &[f64]) -> Result<(f64, f64)> {
    finite(values, 6)?;
    let mut sorted = values.to_vec();
    sorted.sort_by(f64::total_cmp);
    let n = sorted.len();
    let rank = ((n + 1) as f64 / 2.0 - (n as f64).sqrt()).round().max(1.0) as usize;
    let apart = 2.0 * normal_quantile(1.0 - binomial_cdf(rank as u64 - 1, n as u64, 0.5));
    let median = f64::midpoint(sorted[(n - 1) / 2], sorted[n / 2]);
    Ok((median, (sorted[n - rank] - sorted[rank - 1]) / apart))
}

/// Ranks from 1 of the two ends, and the probability that the quantile lies between them.
fn ranks(n: usize, q: f64, level: f64) -> Option<(usize, usize, f64)> {
    let tail = (1.0 - level) / 2.0;
    let below = |rank: usize| binomial_cdf(rank as u64 - 1, n as u64, q);
    // The chance that the quantile lies below X(r) is P(B <= r - 1): both tails are searched by halving.
    let lower = partition(1, n + 1, |rank| below(rank) <= tail) - 1;
    let upper = partition(1, n + 1, |rank| below(rank) < 1.0 - tail);
    (lower >= 1 && upper <= n).then(|| (lower, upper, below(upper) - below(lower)))
}

/// The first number in `from..to` for which `holds` is false, when it is true for a beginning of the range only.
fn partition(mut from: usize, mut to: usize, holds: impl Fn(usize) -> bool) -> usize {
    while from < to {
        let middle = usize::midpoint(from, to);
        if holds(middle) {
            from = middle + 1;
        } else {
            to = middle;
        }
    }
    from
}

/// Both the smallest and the largest value must be able to miss the quantile often enough.
fn smallest_n(q: f64, level: f64) -> usize {
    let tail = (1.0 - level) / 2.0;
    let slowest = q.max(1.0 - q);
    (tail.ln() / slowest.ln() - 1e-9).ceil() as usize
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// Ranks and coverages from the published table of distribution-free median intervals (Conover, table A3):
    /// n = 6: 1 and 6, 96.9%; n = 10: 2 and 9, 97.9%; n = 20: 6 and 15, 95.9%; n = 25: 8 and 18, 95.7%.
    #[test]
    fn ranks_of_the_median_agree_with_the_table() {
        for (n, lower, upper, coverage) in [(6, 1, 6, 0.969), (10, 2, 9, 0.979), (20, 6, 15, 0.959), (25, 8, 18, 0.957)]
        {
            let (l, u, c) = ranks(n, 0.5, 0.95).unwrap();
            assert_eq!((l, u), (lower, upper), "n = {n}");
            assert!((c - coverage).abs() < 6e-4, "n = {n}: {c}");
        }
    }

    #[test]
    fn too_few_values_say_how_many_are_needed() {
        let five = [1.0, 2.0, 3.0, 4.0, 5.0];
        assert_eq!(order_statistics(&five, 0.5, 0.95), Err(Error::TooFew { have: 5, needed: 6 }));
        assert_eq!(order_statistics(&five, 0.9, 0.95), Err(Error::TooFew { have: 5, needed: 36 }));
        assert!(ranks(36, 0.9, 0.95).is_some() && ranks(35, 0.9, 0.95).is_none());
    }

    #[test]
    fn the_median_of_ten_lies_between_the_second_and_the_ninth() {
        let values: Vec<f64> = (1..=10).map(f64::from).rev().collect();
        let median = order_statistics(&values, 0.5, 0.95).unwrap();
        assert_eq!((median.value, median.interval.low, median.interval.high), (5.5, 2.0, 9.0));
    }

    /// The example in the manual of D. Bonett's package statpsych for R (ci.median2): medians 34.5 and 43, difference
    /// -8.5, standard error 4.316291, from -16.95977 to -0.04022524. By hand: of ten, ranks 2 and 9 are 2 * 2.2998
    /// errors apart, so the errors are (40 - 27) / 4.5996 = 2.826 and (48 - 33) / 4.5996 = 3.261.
    #[test]
    fn difference_of_medians_agrees_with_bonett() {
        let first = [32.0, 39.0, 26.0, 35.0, 43.0, 27.0, 40.0, 37.0, 34.0, 29.0];
        let second = [36.0, 44.0, 47.0, 42.0, 49.0, 39.0, 46.0, 31.0, 33.0, 48.0];
        let found = median_difference(&first, &second, 0.95).unwrap();
        assert_eq!(found.value, -8.5);
        assert!((found.interval.low + 16.959_77).abs() < 1e-5 && (found.interval.high + 0.040_225).abs() < 1e-5);
        let ratio = median_ratio(&first, &second, 0.95).unwrap();
        // The median of an even number of logarithms is the geometric middle of the two: sqrt(34 * 35 / (42 * 44)).
        assert!((ratio.value - (34.0f64 * 35.0 / (42.0 * 44.0)).sqrt()).abs() < 1e-12);
        // Errors ln(40 / 27) / 4.5996 = 0.08545 and ln(48 / 33) / 4.5996 = 0.08146, together 0.11806; times 1.95996 a
        // factor of exp(0.23139) = 1.26035.
        assert!((ratio.interval.high / ratio.value - 1.260_35).abs() < 1e-4);
    }

    #[test]
    fn medians_of_ties_are_refused() {
        assert!(matches!(median_difference(&[3.0; 9], &[4.0; 9], 0.95), Err(Error::NoSpread { .. })));
        assert_eq!(median_difference(&[3.0; 5], &[4.0; 9], 0.95), Err(Error::TooFew { have: 5, needed: 6 }));
        assert!(median_ratio(&[0.0, 1.0, 2.0, 3.0, 4.0, 5.0], &[1.0; 6], 0.95).is_err());
    }

    proptest! {
        #[test]
        fn a_quantile_lies_in_its_interval(values in prop::collection::vec(0.0..1e6f64, 40..200), q in 0.1..0.9f64) {
            let quantile = order_statistics(&values, q, 0.95).unwrap();
            prop_assert!(quantile.interval.contains(quantile.value));
            prop_assert!(quantile.coverage >= 0.95 - 1e-12);
        }
    }
}

//! Medians and percentiles, without any assumption about the distribution.

use super::Interval;
use crate::error::{Error, Result, finite, fraction};
use statrs::distribution::{Binomial, DiscreteCDF};

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

/// Ranks from 1 of the two ends, and the probability that the quantile lies between them.
fn ranks(n: usize, q: f64, level: f64) -> Option<(usize, usize, f64)> {
    let tail = (1.0 - level) / 2.0;
    let binomial = Binomial::new(q, n as u64).expect("q was checked to be a fraction");
    let below = |rank: usize| binomial.cdf(rank as u64 - 1);
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

    proptest! {
        #[test]
        fn a_quantile_lies_in_its_interval(values in prop::collection::vec(0.0..1e6f64, 40..200), q in 0.1..0.9f64) {
            let quantile = order_statistics(&values, q, 0.95).unwrap();
            prop_assert!(quantile.interval.contains(quantile.value));
            prop_assert!(quantile.coverage >= 0.95 - 1e-12);
        }
    }
}

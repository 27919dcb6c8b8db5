//! Regression to the mean: what the worst of many gains for nothing.
//!
//! Whoever picks the worst team of twenty, does something, and measures again, will see it rise: it was the worst
//! partly by bad luck, and luck does not last. With 15 answers each and no difference between the teams at all, the
//! rise is 21 points. So a team that was picked because of its figure must beat what it would have gained anyway.
//! Better still: pick two, and leave one alone.

use super::{ShrunkShares, shares};
use crate::distribution::{binomial_cdf, normal_cdf};
use crate::error::{Error, Result, fraction, positive};
use crate::interval::share::{Share, newcombe, wilson};
use crate::interval::{Estimate, Interval};

/// How much the worst of `groups` equal groups, each with `n` answers and the true share `share`, rises on average when
/// nothing changes: share - E(smallest) / n, exactly. In fractions (0.21 is 21 points).
///
/// Source: F. Galton, Regression towards mediocrity in hereditary stature (1886), for the effect; the expectation of
/// the smallest is the sum of P(X >= j)^k over j.
///
/// # Errors
/// When there is no group or no answer, or the share is not between 0 and 1.
///
/// ```
/// let free = statistics::shrink::luck::worst_of_shares(20, 15, 0.8)?;
/// assert_eq!((free * 100.0).round(), 21.0);
/// # Ok::<(), statistics::Error>(())
/// ```
pub fn worst_of_shares(groups: u32, n: u64, share: f64) -> Result<f64> {
    fraction("share", share)?;
    if groups == 0 || n == 0 {
        return Err(Error::TooFew { have: 0, needed: 1 });
    }
    let at_least = |j: u64| 1.0 - binomial_cdf(j - 1, n, share);
    let smallest: f64 = (1..=n).map(|j| at_least(j).powf(f64::from(groups))).sum();
    Ok(share - smallest / n as f64)
}

/// The same for means: how far the lowest of `groups` equal groups lies below the truth on average, when each is known
/// with this `standard_error`.
///
/// Source: H. L. Harter, Expected values of normal order statistics, Biometrika 48 (1961); computed as the integral of
/// 1 - Phi^k - (1 - Phi)^k.
///
/// # Errors
/// When there is no group, or the error is not positive.
pub fn worst_of_means(groups: u32, standard_error: f64) -> Result<f64> {
    positive("standard error", standard_error)?;
    if groups == 0 {
        return Err(Error::TooFew { have: 0, needed: 1 });
    }
    const STEPS: usize = 2_000;
    let (k, width) = (f64::from(groups), 10.0 / STEPS as f64);
    let area: f64 = (0..=STEPS)
        .map(|i| {
            let below = normal_cdf(width * i as f64);
            let simpson = if i == 0 || i == STEPS { 1.0 } else { 2.0 + 2.0 * (i % 2) as f64 };
            simpson * (1.0 - below.powf(k) - (1.0 - below).powf(k))
        })
        .sum();
    Ok(standard_error * area * width / 3.0)
}

/// The judgement on a group that was picked for its figure.
#[derive(Debug, Clone, PartialEq)]
pub struct Guarded {
    /// After minus before as if it had been picked by lot: too good, for showing what a naive look would say.
    pub naive: Estimate,
    /// How much of that was to be expected without any change.
    pub free: f64,
    /// What is left, with an interval that knows how the group was picked. Judge this one.
    pub gain: Estimate,
    /// All groups before, pulled together.
    pub before: ShrunkShares,
}

/// Judges the share of a group `after` something was done for it, when it was picked from `groups` because of its
/// figure before (the worst, the best, the one that fell). What counts as its figure before is the one pulled towards
/// all groups, not its own.
///
/// Sources: as for [`shares`]; square and add as for [`newcombe`].
///
/// # Errors
/// As for [`shares`], and when there is no group number `picked`.
pub fn guarded(groups: &[Share], picked: usize, after: Share, level: f64) -> Result<Guarded> {
    let before = shares(groups, level)?;
    let (Some(own), Some(fair)) = (groups.get(picked), before.groups.get(picked).copied()) else {
        return Err(Error::Mismatch { name: "groups", have: groups.len(), wanted: picked + 1 });
    };
    let then = wilson(after, level)?;
    let value = after.value() - fair.value;
    let low = value - (after.value() - then.low).hypot(fair.interval.high - fair.value);
    let high = value + (then.high - after.value()).hypot(fair.value - fair.interval.low);
    let gain = Estimate { value, interval: Interval { low, high, level, method: "after, less what luck gives back" } };
    let naive = Estimate { value: after.value() - own.value(), interval: newcombe(after, *own, level)? };
    Ok(Guarded { naive, free: fair.value - own.value(), gain, before })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// MEASURES 2.8: the worst of 20 at n = 15. By hand for two groups with one answer each: the smaller is 1 only when
    /// both are, so it falls short by p - p^2.
    #[test]
    fn the_worst_of_twenty_gains_21_points() {
        let free = worst_of_shares(20, 15, 0.8).unwrap();
        assert!((free - 0.206).abs() < 5e-4, "{free}");
        assert!((worst_of_shares(2, 1, 0.8).unwrap() - (0.8 - 0.64)).abs() < 1e-12);
        assert!(worst_of_shares(1, 15, 0.8).unwrap().abs() < 1e-12);
        assert!(worst_of_shares(0, 15, 0.8).is_err() && worst_of_shares(20, 15, 80.0).is_err());
    }

    /// Harter's table: the largest of 2, 5, 10 and 20 normal values is on average 0.56419, 1.16296, 1.53875 and
    /// 1.86748.
    #[test]
    fn the_expected_extreme_agrees_with_harter() {
        for (k, printed) in [(1, 0.0), (2, 0.56419), (5, 1.16296), (10, 1.53875), (20, 1.86748)] {
            assert!((worst_of_means(k, 1.0).unwrap() - printed).abs() < 6e-6, "{k}");
        }
        assert!((worst_of_means(5, 2.0).unwrap() - 2.32593).abs() < 2e-5);
    }

    /// Twenty groups around 80% of 15; the worst has 8 and comes back with 12. Naively 27 points.
    #[test]
    fn the_worst_group_that_comes_back_is_not_praised() {
        let parts = [12, 13, 11, 12, 14, 10, 12, 13, 12, 11, 13, 12, 8, 12, 14, 11, 12, 13, 10, 12];
        let groups: Vec<Share> = parts.iter().map(|&part| Share::new(part, 15).unwrap()).collect();
        let found = guarded(&groups, 12, Share::new(12, 15).unwrap(), 0.95).unwrap();
        assert!((found.naive.value - 4.0 / 15.0).abs() < 1e-12);
        assert!(found.free > 0.2 && found.gain.value < 0.06, "{found:?}");
        assert!(found.gain.interval.contains(0.0));
        assert!((found.free + found.gain.value - found.naive.value).abs() < 1e-12);
        assert!(guarded(&groups, 20, groups[0], 0.95).is_err());
    }
}

//! Two lists: Chapman's estimator.

use super::{Population, population};
use crate::distribution::critical_normal;
use crate::error::{Error, Result, fraction};

/// Two lists of the same things in the same period.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Lists {
    /// How many are in the first list.
    pub first: u64,
    /// How many are in the second.
    pub second: u64,
    /// How many are in both.
    pub both: u64,
}

/// Fewer matches than this, and the estimate is biased low and its interval means nothing.
const FEWEST_MATCHES: u64 = 7;

/// The total behind two independent lists: (n1 + 1)(n2 + 1) / (m + 1) - 1.
///
/// Sources: D. Chapman, Some properties of the hypergeometric distribution with applications to zoological sample
/// censuses (1951); the variance is G. Seber's, Biometrika 57 (1970),
/// (n1 + 1)(n2 + 1)(n1 - m)(n2 - m) / ((m + 1)^2 (m + 2)); for at least seven matches D. Robson and H. Regier,
/// Transactions of the American Fisheries Society 93 (1964).
///
/// # Errors
/// When there are fewer than 7 matches, more than a list is long, or `level` is not between 0 and 1.
///
/// ```
/// use statistics::capture::{Lists, two_lists};
/// // 120 problems are in the log, 40 in the pulse, 22 of these in the log as well.
/// let all = two_lists(Lists { first: 120, second: 40, both: 22 }, 0.95)?;
/// assert_eq!((all.total.value.round(), all.standard_error.round()), (215.0, 26.0));
/// assert_eq!((all.share_missed(120).value * 100.0).round(), 44.0);
/// # Ok::<(), statistics::Error>(())
/// ```
pub fn two_lists(lists: Lists, level: f64) -> Result<Population> {
    let z = critical_normal(fraction("level", level)?);
    let Lists { first, second, both } = lists;
    let shorter = first.min(second);
    if both > shorter {
        return Err(Error::PartExceedsWhole { part: both, whole: shorter });
    }
    if both < FEWEST_MATCHES {
        return Err(Error::TooFew { have: both as usize, needed: FEWEST_MATCHES as usize });
    }
    let (n1, n2, m) = (first as f64, second as f64, both as f64);
    let total = (n1 + 1.0) * (n2 + 1.0) / (m + 1.0) - 1.0;
    let variance = (n1 + 1.0) * (n2 + 1.0) * (n1 - m) * (n2 - m) / ((m + 1.0).powi(2) * (m + 2.0));
    Ok(population(total, variance, first + second - both, level, z))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// By hand, 120, 40 and 22: 121 * 41 / 23 - 1 = 214.70; 121 * 41 * 98 * 18 / (23^2 * 24) = 689.29, error 26.25.
    /// Seen 138, unseen 76.70; ln(1 + 689.29 / 5882.3) = 0.11080, C = exp(1.95996 * 0.33286) = 1.9201: from 177.94 to
    /// 285.26. Around the desk went 1 - 120 / 214.70 = 44.1%, from 32.6% to 57.9%.
    #[test]
    fn the_log_and_the_pulse_by_hand() {
        let all = two_lists(Lists { first: 120, second: 40, both: 22 }, 0.95).unwrap();
        let near = |value: f64, hand: f64, within: f64| assert!((value - hand).abs() < within, "{value}, not {hand}");
        near(all.total.value, 214.696, 1e-3);
        near(all.standard_error, 26.254, 1e-3);
        near(all.total.interval.low, 177.94, 0.02);
        near(all.total.interval.high, 285.26, 0.02);
        let around = all.share_missed(120);
        near(around.value, 0.441, 5e-4);
        near(around.interval.low, 0.326, 5e-4);
        near(around.interval.high, 0.579, 5e-4);
    }

    /// G. Seber, The Estimation of Animal Abundance (1982), example 3.1 (climbing cutthroat trout): 109 marked, 177
    /// caught, 57 of them marked: 337 fish. By hand 110 * 178 / 58 - 1 = 336.6.
    #[test]
    fn sebers_trout() {
        let fish = two_lists(Lists { first: 109, second: 177, both: 57 }, 0.95).unwrap();
        assert_eq!(fish.total.value.round(), 337.0);
    }

    #[test]
    fn few_matches_and_impossible_ones_are_refused() {
        let refused = |first, second, both| two_lists(Lists { first, second, both }, 0.95).unwrap_err();
        assert_eq!(refused(100, 30, 3), Error::TooFew { have: 3, needed: 7 });
        assert_eq!(refused(100, 30, 31), Error::PartExceedsWhole { part: 31, whole: 30 });
    }

    #[test]
    fn when_each_is_in_both_lists_nothing_is_left() {
        let all = two_lists(Lists { first: 50, second: 50, both: 50 }, 0.95).unwrap();
        assert_eq!((all.total.value, all.total.interval.low, all.share_missed(50).value), (50.0, 50.0, 0.0));
    }

    proptest! {
        #[test]
        fn the_total_is_never_below_what_was_seen(both in 7u64..100, a in 0u64..400, b in 0u64..400) {
            let all = two_lists(Lists { first: both + a, second: both + b, both }, 0.95).unwrap();
            prop_assert!(all.total.interval.low >= all.seen as f64 - 1e-9);
            prop_assert!(all.total.interval.contains(all.total.value));
            let around = all.share_missed(both + a);
            prop_assert!(0.0 <= around.interval.low && around.interval.high < 1.0);
        }
    }
}

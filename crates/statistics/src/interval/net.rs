//! Net scores: the share of the pleased minus the share of the displeased (NPS and its relatives).

use super::{Estimate, Interval};
use crate::distribution::critical_normal;
use crate::error::{Error, Result, fraction};

/// The net score and its interval, both from -1 to +1.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct NetScore {
    /// Pleased minus displeased, as fractions of all answers.
    pub value: f64,
    /// Its adjusted-Wald interval.
    pub interval: Interval,
}

/// The adjusted-Wald interval of a net score: three answers are added to `n`, three quarters of one to the pleased
/// and three quarters to the displeased, then the usual standard error of a difference of shares is used.
///
/// The interval is centred on the adjusted score, so it is not symmetric around `value`, and is cut at -1 and +1.
/// Sources: B. Rocks, Interval estimation for the "Net Promoter Score", The American Statistician 70 (2016);
/// J. Sauro and J. Lewis, MeasuringU, on confidence intervals of net scores.
///
/// ```
/// // 70% pleased, 10% displeased of fifty: a net score of 60, between 38 and 75.
/// let net = statistics::interval::net::adjusted_wald(35, 5, 50, 0.95)?;
/// assert_eq!(((net.interval.low * 100.0).round(), (net.interval.high * 100.0).round()), (38.0, 75.0));
/// # Ok::<(), statistics::Error>(())
/// ```
///
/// # Errors
/// When `n` is 0, when the two counts together exceed it, or when `level` is not between 0 and 1.
pub fn adjusted_wald(pleased: u64, displeased: u64, n: u64, level: f64) -> Result<NetScore> {
    fraction("level", level)?;
    if n == 0 {
        return Err(Error::TooFew { have: 0, needed: 1 });
    }
    let named = pleased.saturating_add(displeased);
    if named > n {
        return Err(Error::PartExceedsWhole { part: named, whole: n });
    }
    let (pleased, displeased, n) = (pleased as f64, displeased as f64, n as f64);
    let interval = Interval { method: "adjusted Wald", ..adjusted(pleased / n, displeased / n, n, level) };
    Ok(NetScore { value: (pleased - displeased) / n, interval })
}

/// The same for answers that are worth less than their number, because people answered more than once: from the shares
/// of the pleased and the displeased, and an effective n from [`crate::cluster`], which need not be whole.
///
/// # Errors
/// When a share is outside 0 to 1, both together exceed 1, `effective_n` is not positive, or `level` is not between 0
/// and 1.
pub fn adjusted_wald_effective(pleased: f64, displeased: f64, effective_n: f64, level: f64) -> Result<NetScore> {
    fraction("level", level)?;
    for (name, value) in [("pleased", pleased), ("displeased", displeased), ("both together", pleased + displeased)] {
        // The sum of two thirds and one third is a little more than 1.
        if !(0.0..=1.0 + 1e-9).contains(&value) {
            return Err(Error::NotAFraction { name, value });
        }
    }
    crate::error::positive("effective_n", effective_n)?;
    let interval = adjusted(pleased, displeased, effective_n, level);
    Ok(NetScore { value: pleased - displeased, interval })
}

fn adjusted(pleased: f64, displeased: f64, n: f64, level: f64) -> Interval {
    let value = pleased - displeased;
    let adjusted_n = n + 3.0;
    let (up, down) = ((pleased * n + 0.75) / adjusted_n, (displeased * n + 0.75) / adjusted_n);
    let centre = up - down;
    let half = critical_normal(level) * ((up + down - centre * centre) / adjusted_n).sqrt();
    // At +-1 the adjusted interval of few answers can stop short of the score itself.
    let (low, high) = ((centre - half).max(-1.0).min(value), (centre + half).min(1.0).max(value));
    Interval { low, high, level, method: "adjusted Wald, effective n" }
}

/// Answers of one group, counted for a net score; the rest of `n` is neither pleased nor displeased.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Counts {
    /// Answers on the good side (9 and 10 for NPS).
    pub pleased: u64,
    /// Answers on the bad side (0 to 6 for NPS).
    pub displeased: u64,
    /// All answers.
    pub n: u64,
}

/// The interval of the difference of two net scores, after minus before, for two groups of different people: from -2 to
/// +2 (a change of ten points is 0.1).
///
/// Each adjusted-Wald interval contributes the side that points away from the other (square and add), so the result
/// agrees with what [`adjusted_wald`] shows for each group. Trap: a net score is noisy; ten points need some 700
/// answers a side ([`crate::power::two_nets`]).
/// Sources: as for [`adjusted_wald`]; G. Y. Zou and A. Donner, Construction of confidence limits about effect measures:
/// a general approach, Statistics in Medicine 27 (2008).
///
/// # Errors
/// As for [`adjusted_wald`], for either group.
pub fn difference(after: Counts, before: Counts, level: f64) -> Result<Estimate> {
    let one = adjusted_wald(after.pleased, after.displeased, after.n, level)?;
    let two = adjusted_wald(before.pleased, before.displeased, before.n, level)?;
    let value = one.value - two.value;
    let low = value - (one.value - one.interval.low).hypot(two.interval.high - two.value);
    let high = value + (one.interval.high - one.value).hypot(two.value - two.interval.low);
    Ok(Estimate { value, interval: Interval { low, high, level, method: "adjusted Wald, square and add" } })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn answers_worth_less_are_wider() {
        let plain = adjusted_wald(35, 5, 50, 0.95).unwrap();
        let whole = adjusted_wald_effective(0.7, 0.1, 50.0, 0.95).unwrap();
        assert!((plain.interval.low - whole.interval.low).abs() < 1e-12 && (plain.value - whole.value).abs() < 1e-12);
        let half = adjusted_wald_effective(0.7, 0.1, 25.0, 0.95).unwrap();
        assert!(half.interval.width() > 1.3 * whole.interval.width());
        assert!(adjusted_wald_effective(0.7, 0.4, 25.0, 0.95).is_err());
        assert!(adjusted_wald_effective(0.7, 0.1, 0.0, 0.95).is_err());
    }

    #[test]
    fn seventy_twenty_ten_at_three_sizes() {
        for (n, low, high) in [(10, 7, 85), (50, 38, 75), (200, 50, 68)] {
            let net = adjusted_wald(n * 7 / 10, n / 10, n, 0.95).unwrap();
            assert!((net.value - 0.6).abs() < 1e-12);
            let points = ((net.interval.low * 100.0).round() as i64, (net.interval.high * 100.0).round() as i64);
            assert_eq!(points, (low, high), "n = {n}");
        }
    }

    #[test]
    fn counts_that_exceed_the_whole_are_refused() {
        assert_eq!(adjusted_wald(7, 4, 10, 0.95), Err(Error::PartExceedsWhole { part: 11, whole: 10 }));
        assert!(adjusted_wald(0, 0, 0, 0.95).is_err());
    }

    /// By hand, 70/20/10 of 50 against 50/30/20 of 50. After: (35.75 - 5.75) / 53 = 0.56604, variance
    /// (41.5 / 53 - 0.56604^2) / 53 = 0.0087289, half 1.95996 * 0.093429 = 0.18312: from 0.38292 to 0.74915.
    /// Before: (25.75 - 10.75) / 53 = 0.28302, (36.5 / 53 - 0.0801) / 53 = 0.0114826, half 0.21002: from 0.07300 to
    /// 0.49304. Difference 0.6 - 0.3; low 0.3 - sqrt(0.21708^2 + 0.19304^2) = 0.00951, high
    /// 0.3 + sqrt(0.14915^2 + 0.22700^2) = 0.57162.
    #[test]
    fn difference_by_hand() {
        let after = Counts { pleased: 35, displeased: 5, n: 50 };
        let before = Counts { pleased: 25, displeased: 10, n: 50 };
        let found = difference(after, before, 0.95).unwrap();
        assert!((found.value - 0.3).abs() < 1e-12);
        assert!((found.interval.low - 0.009_51).abs() < 2e-5 && (found.interval.high - 0.571_62).abs() < 2e-5);
        let back = difference(before, after, 0.95).unwrap();
        assert!((back.interval.low + found.interval.high).abs() < 1e-12);
    }

    proptest! {
        #[test]
        fn the_score_lies_in_its_interval(up in 0u64..300, down in 0u64..300, rest in 1u64..300) {
            let net = adjusted_wald(up, down, up + down + rest, 0.95).unwrap();
            prop_assert!(net.interval.contains(net.value));
            prop_assert!(-1.0 <= net.interval.low && net.interval.high <= 1.0);
        }
    }
}

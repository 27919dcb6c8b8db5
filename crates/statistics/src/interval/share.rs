//! Shares: how many of all.

use super::Interval;
use crate::distribution::{beta_quantile, critical_normal};
use crate::error::{Error, Result, fraction};

/// A count out of a count.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Share {
    part: u64,
    whole: u64,
}

impl Share {
    /// `part` of `whole`.
    ///
    /// # Errors
    /// When `whole` is 0, or smaller than `part`.
    pub fn new(part: u64, whole: u64) -> Result<Self> {
        if whole == 0 {
            return Err(Error::TooFew { have: 0, needed: 1 });
        }
        if part > whole {
            return Err(Error::PartExceedsWhole { part, whole });
        }
        Ok(Self { part, whole })
    }

    /// The fraction, 0 to 1.
    pub fn value(self) -> f64 {
        self.part as f64 / self.whole as f64
    }

    /// The count in the numerator.
    pub fn part(self) -> u64 {
        self.part
    }

    /// The count in the denominator.
    pub fn whole(self) -> u64 {
        self.whole
    }
}

/// The score interval of a share, good from the first answer on and never outside 0 to 1.
///
/// Source: E. B. Wilson, Probable inference, the law of succession, and statistical inference, JASA 22 (1927).
///
/// ```
/// use statistics::interval::share::{Share, wilson};
/// // Four of five are satisfied: anything from 38 to 96%.
/// let interval = wilson(Share::new(4, 5)?, 0.95)?;
/// assert_eq!(((interval.low * 100.0).round(), (interval.high * 100.0).round()), (38.0, 96.0));
/// # Ok::<(), statistics::Error>(())
/// ```
///
/// # Errors
/// When `level` is not between 0 and 1.
pub fn wilson(share: Share, level: f64) -> Result<Interval> {
    let (low, high) = wilson_real(share.value(), share.whole as f64, fraction("level", level)?);
    Ok(Interval { low, high, level, method: "Wilson score" })
}

/// The score interval of a share whose answers are worth less than their number: weighted, or clustered by person.
/// `effective_n` comes from [`crate::cluster`], and need not be whole.
///
/// # Errors
/// When `value` is outside 0 to 1, `effective_n` is not positive, or `level` is not between 0 and 1.
pub fn wilson_effective(value: f64, effective_n: f64, level: f64) -> Result<Interval> {
    if !(0.0..=1.0).contains(&value) {
        return Err(Error::NotAFraction { name: "value", value });
    }
    if effective_n.is_nan() || effective_n <= 0.0 {
        let wanted = "an effective number of answers is larger than 0";
        return Err(Error::OutOfRange { name: "effective_n", value: effective_n, wanted });
    }
    let (low, high) = wilson_real(value, effective_n, fraction("level", level)?);
    Ok(Interval { low, high, level, method: "Wilson score, effective n" })
}

/// The exact interval of a share: it covers at least `level`, whatever the share and however few the answers.
///
/// A reference, and the one to use when "at least" is what was promised (a contract, an audit). For everything else
/// it is wider than it need be: at 20 answers it covers 97 to 99% when 95% was asked, so prefer [`wilson`].
/// Source: C. J. Clopper and E. S. Pearson, The use of confidence or fiducial limits illustrated in the case of the
/// binomial, Biometrika 26 (1934).
///
/// # Errors
/// When `level` is not between 0 and 1.
pub fn clopper_pearson(share: Share, level: f64) -> Result<Interval> {
    let tail = (1.0 - fraction("level", level)?) / 2.0;
    let (part, rest) = (share.part as f64, (share.whole - share.part) as f64);
    let low = if share.part == 0 { 0.0 } else { beta_quantile(part, rest + 1.0, tail) };
    let high = if share.part == share.whole { 1.0 } else { beta_quantile(part + 1.0, rest, 1.0 - tail) };
    Ok(Interval { low, high, level, method: "Clopper-Pearson exact" })
}

/// The interval of `after - before` for two independent groups, in fractions (0.1 is ten points).
///
/// Two intervals may overlap although their difference is clear of zero, so differences need this one.
/// Source: R. G. Newcombe, Interval estimation for the difference between independent proportions: comparison of
/// eleven methods, Statistics in Medicine 17 (1998), method 10 (square and add, from Wilson limits).
///
/// # Errors
/// When `level` is not between 0 and 1.
pub fn newcombe(after: Share, before: Share, level: f64) -> Result<Interval> {
    let (one, two) = (wilson(after, level)?, wilson(before, level)?);
    let (p1, p2) = (after.value(), before.value());
    let difference = p1 - p2;
    Ok(Interval {
        low: difference - (p1 - one.low).hypot(two.high - p2),
        high: difference + (one.high - p1).hypot(p2 - two.low),
        level,
        method: "Newcombe hybrid score",
    })
}

fn wilson_real(p: f64, n: f64, level: f64) -> (f64, f64) {
    let z = critical_normal(level);
    let z2 = z * z;
    let centre = (p + z2 / (2.0 * n)) / (1.0 + z2 / n);
    let half = z * (p * (1.0 - p) / n + z2 / (4.0 * n * n)).sqrt() / (1.0 + z2 / n);
    // Rounding alone could leave an estimate of 0 or 1 a hair outside its own interval.
    ((centre - half).clamp(0.0, p), (centre + half).clamp(p, 1.0))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn of(part: u64, whole: u64) -> Share {
        Share::new(part, whole).unwrap()
    }

    fn points(interval: Interval) -> (i64, i64) {
        ((interval.low * 100.0).round() as i64, (interval.high * 100.0).round() as i64)
    }

    #[test]
    fn four_of_five_may_be_anything_from_38_to_96_percent() {
        for (part, whole, expected) in [(4, 5, (38, 96)), (16, 20, (58, 92)), (40, 50, (67, 89)), (160, 200, (74, 85))]
        {
            assert_eq!(points(wilson(of(part, whole), 0.95).unwrap()), expected, "{part} of {whole}");
        }
    }

    /// Newcombe, Two-sided confidence intervals for the single proportion, Statistics in Medicine 17 (1998), table I.
    #[test]
    fn wilson_agrees_with_newcombes_table() {
        for (part, whole, low, high) in
            [(81, 263, 0.2553, 0.3662), (15, 148, 0.0624, 0.1605), (0, 20, 0.0, 0.1611), (1, 29, 0.0061, 0.1718)]
        {
            let interval = wilson(of(part, whole), 0.95).unwrap();
            assert!((interval.low - low).abs() < 6e-5 && (interval.high - high).abs() < 6e-5, "{interval:?}");
        }
    }

    /// The same table, the exact method.
    #[test]
    fn clopper_pearson_agrees_with_newcombes_table() {
        for (part, whole, low, high) in
            [(81, 263, 0.2527, 0.3676), (15, 148, 0.0578, 0.1617), (0, 20, 0.0, 0.1684), (1, 29, 0.0009, 0.1776)]
        {
            let interval = clopper_pearson(of(part, whole), 0.95).unwrap();
            assert!((interval.low - low).abs() < 6e-5 && (interval.high - high).abs() < 6e-5, "{interval:?}");
        }
    }

    /// By hand: none of 29 leaves 1 - 0.025^(1/29) = 0.1194 above, all of 29 is its mirror.
    #[test]
    fn clopper_pearson_at_the_ends() {
        let none = clopper_pearson(of(0, 29), 0.95).unwrap();
        let all = clopper_pearson(of(29, 29), 0.95).unwrap();
        assert!((none.high - (1.0 - 0.025f64.powf(1.0 / 29.0))).abs() < 1e-12 && none.low == 0.0);
        assert!((all.low + none.high - 1.0).abs() < 1e-12 && all.high == 1.0);
    }

    /// Newcombe (1998), the worked contrasts (a), (c), (e) and (g) of method 10.
    #[test]
    fn difference_agrees_with_newcombes_table() {
        for (after, before, low, high) in [
            (of(56, 70), of(48, 80), 0.0524, 0.3339),
            (of(6, 7), of(2, 7), 0.0582, 0.8062),
            (of(5, 56), of(0, 29), -0.0381, 0.1926),
            (of(10, 10), of(0, 10), 0.6075, 1.0),
        ] {
            let interval = newcombe(after, before, 0.95).unwrap();
            assert!((interval.low - low).abs() < 6e-5 && (interval.high - high).abs() < 6e-5, "{interval:?}");
        }
    }

    #[test]
    fn what_cannot_be_a_share_is_refused() {
        assert_eq!(Share::new(0, 0), Err(Error::TooFew { have: 0, needed: 1 }));
        assert_eq!(Share::new(6, 5), Err(Error::PartExceedsWhole { part: 6, whole: 5 }));
        assert!(wilson(of(1, 2), 95.0).unwrap_err().to_string().contains("0.95"));
        assert!(wilson_effective(f64::NAN, 3.0, 0.95).is_err());
        assert!(wilson_effective(0.5, 0.0, 0.95).is_err());
    }

    proptest! {
        #[test]
        fn a_share_lies_in_its_interval_and_more_answers_narrow_it(
            part in 0u64..500, more in 0u64..500, level in 0.5..0.999,
        ) {
            let share = Share::new(part, part + more + 1).unwrap();
            let interval = wilson(share, level).unwrap();
            prop_assert!(0.0 <= interval.low && interval.high <= 1.0);
            prop_assert!(interval.contains(share.value()));
            let tenfold = Share::new(share.part() * 10, share.whole() * 10).unwrap();
            prop_assert!(wilson(tenfold, level).unwrap().width() < interval.width());
        }

        #[test]
        fn a_difference_lies_in_its_interval_and_turns_with_its_sign(
            a in 0u64..60, m in 1u64..60, b in 0u64..60, k in 1u64..60,
        ) {
            let (one, two) = (Share::new(a, a + m).unwrap(), Share::new(b, b + k).unwrap());
            let there = newcombe(one, two, 0.95).unwrap();
            let back = newcombe(two, one, 0.95).unwrap();
            prop_assert!(there.contains(one.value() - two.value()));
            prop_assert!(there.low >= -1.0 && there.high <= 1.0);
            prop_assert!((there.low + back.high).abs() < 1e-12 && (there.high + back.low).abs() < 1e-12);
        }
    }
}

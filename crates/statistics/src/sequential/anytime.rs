//! Confidence sequences: intervals that hold at all looks together.
//!
//! An ordinary interval holds at one look that was fixed beforehand. A confidence sequence holds at the first, the
//! second and every later look *together* 95 times of 100, so a dashboard may show it every day and anybody may stop at
//! any time. The price is width: about 1.5 times that of a single look at the size it was tuned for.

use crate::error::{Error, Result, fraction, positive};
use crate::interval::share::Share;
use crate::interval::{Estimate, Interval};

/// Fewer answers than this, and a standard error cannot be relied on at all looks together.
const FEWEST: usize = 20;

/// A confidence sequence for one figure.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Sequence {
    level: f64,
    /// rho^2, the variance of the mixture, in units of one over answers.
    mixture: f64,
}

/// What may be said at one look.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Anytime {
    /// The figure with its interval, which holds together with those of all other looks.
    pub estimate: Estimate,
    /// Always valid: the chance that it ever falls to p or below, nothing having changed, is at most p. It may be read
    /// at every look, and the smallest one so far may be kept.
    pub p_value: f64,
}

impl Sequence {
    /// A sequence that is narrowest when about `planned` answers are in. It holds before and after as well; an error by
    /// a factor of five costs a tenth of the width.
    ///
    /// # Errors
    /// When fewer than 20 answers are planned, or `level` is not between 0 and 1.
    pub fn tuned(planned: usize, level: f64) -> Result<Self> {
        let alpha = 1.0 - fraction("level", level)?;
        if planned < FEWEST {
            return Err(Error::TooFew { have: planned, needed: FEWEST });
        }
        let twice = -2.0 * alpha.ln();
        Ok(Self { level, mixture: (twice + twice.ln() + 1.0) / planned as f64 })
    }

    /// The look when `answers` are in and the figure has this `standard_error`:
    /// value +- error sqrt(2 (r + 1) / r ln(sqrt(r + 1) / alpha)) with r = answers rho^2.
    ///
    /// For any figure with a standard error: a mean, a difference of means, shares or nets, clustered or not. Both the
    /// figure and its error must be of all the answers so far, not of the last week.
    /// Sources: H. Robbins, Statistical methods related to the law of the iterated logarithm, Annals of Mathematical
    /// Statistics 41 (1970); I. Waudby-Smith et al., Time-uniform central limit theory and asymptotic confidence
    /// sequences, Annals of Statistics 52 (2024), theorem 2.2 and appendix B.2 for rho; the p-value is that of the
    /// mixture sequential probability ratio test, R. Johari et al., Always valid inference, Operations Research 70
    /// (2022).
    ///
    /// # Errors
    /// When there are fewer than 20 answers, the error is not positive, or the value is not finite.
    ///
    /// ```
    /// use statistics::sequential::anytime::Sequence;
    /// let sequence = Sequence::tuned(400, 0.95)?;
    /// let week_three = sequence.at(0.08, 0.05, 60)?;
    /// assert!(week_three.estimate.interval.contains(0.0));
    /// # Ok::<(), statistics::Error>(())
    /// ```
    pub fn at(&self, value: f64, standard_error: f64, answers: usize) -> Result<Anytime> {
        positive("standard error", standard_error)?;
        if answers < FEWEST {
            return Err(Error::TooFew { have: answers, needed: FEWEST });
        }
        if !value.is_finite() {
            return Err(Error::NotFinite { position: 0 });
        }
        let r = answers as f64 * self.mixture;
        let alpha = 1.0 - self.level;
        let half = standard_error * (2.0 * (r + 1.0) / r * ((r + 1.0).sqrt() / alpha).ln()).sqrt();
        let interval =
            Interval { low: value - half, high: value + half, level: self.level, method: "confidence sequence" };
        let z = value / standard_error;
        let p_value = ((r + 1.0).sqrt() * (-z * z * r / (2.0 * (r + 1.0))).exp()).min(1.0);
        Ok(Anytime { estimate: Estimate { value, interval }, p_value })
    }

    /// The look at two shares, after minus before. The value is the plain difference; the error is that of A. Agresti
    /// and B. Caffo (The American Statistician 54 (2000), one answer of each kind added to each group), so that 0% and
    /// 100% have one as well.
    ///
    /// # Errors
    /// When there are fewer than 20 answers in both groups together.
    pub fn shares(&self, after: Share, before: Share) -> Result<Anytime> {
        let variance = |share: Share| {
            let n = share.whole() as f64 + 2.0;
            let p = (share.part() as f64 + 1.0) / n;
            p * (1.0 - p) / n
        };
        let error = (variance(after) + variance(before)).sqrt();
        self.at(after.value() - before.value(), error, (after.whole() + before.whole()) as usize)
    }
}

/// How much wider than an interval of one look the sequence is when `answers` are in, as a factor.
///
/// # Errors
/// As for [`Sequence::at`].
pub fn price(sequence: &Sequence, answers: usize) -> Result<f64> {
    let look = sequence.at(0.0, 1.0, answers)?;
    Ok(look.estimate.interval.high / crate::distribution::critical_normal(sequence.level))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::distribution::normal_cdf;
    use proptest::prelude::*;

    /// By hand at level 0.95, planned 400 and 400 in: -2 ln 0.05 = 5.991465, its logarithm 1.790336, so
    /// r = 5.991465 + 1.790336 + 1 = 8.781800. Half width over the error:
    /// sqrt(2 * 9.781800 / 8.781800 * ln(sqrt(9.781800) / 0.05)) = sqrt(2.227744 * (1.140262 + 2.995732)) = 3.035446.
    #[test]
    fn the_half_width_by_hand() {
        let sequence = Sequence::tuned(400, 0.95).unwrap();
        let look = sequence.at(0.2, 0.05, 400).unwrap();
        assert!((look.estimate.interval.high - 0.2 - 0.05 * 3.035_446).abs() < 1e-6, "{look:?}");
        assert!((price(&sequence, 400).unwrap() - 3.035_446 / 1.959_964).abs() < 1e-6);
        // z = 4: sqrt(9.781800) * exp(-16 * 8.781800 / 19.563600) = 3.127587 * 0.000760 = 0.002377.
        assert!((look.p_value - 0.002_377).abs() < 1e-5, "{}", look.p_value);
    }

    /// "Costs a tenth": at a fifth and at five times the planned size, against being tuned for just that.
    #[test]
    fn tuning_is_forgiving() {
        let sequence = Sequence::tuned(500, 0.95).unwrap();
        let best = price(&sequence, 500).unwrap();
        assert!((1.5..1.6).contains(&best), "{best}");
        for answers in [100, 2_500] {
            let ratio = price(&sequence, answers).unwrap() / best;
            assert!((1.0..1.11).contains(&ratio), "{answers}: {ratio}");
        }
    }

    #[test]
    fn the_first_few_answers_are_refused() {
        let sequence = Sequence::tuned(100, 0.95).unwrap();
        assert_eq!(sequence.at(0.1, 0.1, 19), Err(Error::TooFew { have: 19, needed: 20 }));
        assert!(Sequence::tuned(5, 0.95).is_err());
        assert!(sequence.at(0.1, 0.0, 50).is_err() && sequence.at(f64::NAN, 0.1, 50).is_err());
        let all = Share::new(30, 30).unwrap();
        assert!(sequence.shares(all, all).unwrap().estimate.interval.width() > 0.1);
    }

    proptest! {
        #[test]
        fn p_and_interval_say_the_same(value in -1.0..1.0f64, error in 0.01..0.5f64, answers in 20usize..5_000) {
            let look = Sequence::tuned(500, 0.95).unwrap().at(value, error, answers).unwrap();
            prop_assert_eq!(look.p_value > 0.05, look.estimate.interval.contains(0.0));
            // One look by itself always says more.
            prop_assert!(look.p_value >= 2.0 * normal_cdf(-(value / error).abs()) - 1e-12);
        }
    }
}

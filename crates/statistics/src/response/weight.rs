//! Answers that carry weights.

use crate::cluster::kish;
use crate::distribution::critical_student;
use crate::error::{Error, Result, finite, fraction};
use crate::interval::share::wilson_effective;
use crate::interval::{Estimate, Interval};

/// A figure of weighted answers.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Weighted {
    /// The weighted figure and its interval.
    pub estimate: Estimate,
    /// The number of equally weighted answers that these are worth.
    pub effective_n: f64,
}

/// One over the probability with which each answer came to be, scaled to the mean 1.
///
/// The probability is that of being asked, times that of answering when asked, where it is known or estimated. Trap: a
/// probability near zero lets one person speak for hundreds; look at the effective number of answers.
/// Source: D. Horvitz and D. Thompson, A generalization of sampling without replacement from a finite universe, JASA 47
/// (1952).
///
/// # Errors
/// When there is no probability, or one is not above 0 and at most 1.
///
/// ```
/// use statistics::response::weight::{inverse_probability, share};
/// // The satisfied answer at 20%, the others at 10%: 16 and 2 answers of 80 and 20 people. It reads 89%, it is 80%.
/// let pleased: Vec<bool> = (0..18).map(|i| i < 16).collect();
/// let odds: Vec<f64> = pleased.iter().map(|&pleased| if pleased { 0.2 } else { 0.1 }).collect();
/// let found = share(&pleased, &inverse_probability(&odds)?, 0.95)?;
/// assert!((found.estimate.value - 0.8).abs() < 1e-12);
/// # Ok::<(), statistics::Error>(())
/// ```
pub fn inverse_probability(probabilities: &[f64]) -> Result<Vec<f64>> {
    if probabilities.is_empty() {
        return Err(Error::TooFew { have: 0, needed: 1 });
    }
    if let Some(&value) = probabilities.iter().find(|p| !(**p > 0.0 && **p <= 1.0)) {
        let wanted = "the odds with which somebody was asked, above 0 and at most 1";
        return Err(Error::OutOfRange { name: "probability", value, wanted });
    }
    let sum: f64 = probabilities.iter().map(|p| 1.0 / p).sum();
    Ok(probabilities.iter().map(|p| probabilities.len() as f64 / p / sum).collect())
}

/// The weighted share of positive answers, with Wilson's interval at the effective number of answers.
///
/// That number is the smaller of Kish's, which supposes that weights have nothing to do with the answers, and the one
/// at which a plain share would have the linearised variance, which does not: when the displeased are the rare ones
/// with the large weights, Kish's alone promises too much (in our simulation 89 instead of 95 of 100).
/// Sources: L. Kish, Survey Sampling (1965), section 11.7; E. Korn and B. Graubard, Confidence intervals for
/// proportions with small expected number of positive counts estimated from survey data, Survey Methodology 24 (1998).
///
/// # Errors
/// When there are no answers, the weights are not as many, negative or all zero, or `level` is not between 0 and 1.
pub fn share(positive: &[bool], weights: &[f64], level: f64) -> Result<Weighted> {
    let equal = effective(positive.len(), weights)?;
    let of = |yes: bool, power: i32| {
        positive.iter().zip(weights).filter(|(p, _)| **p == yes).map(|(_, w)| w.powi(power)).sum::<f64>()
    };
    let (yes, no) = (of(true, 1), of(false, 1));
    let value = yes / (yes + no);
    let variance = (of(true, 2) * (1.0 - value).powi(2) + of(false, 2) * value.powi(2)) / (yes + no).powi(2);
    let effective_n = if variance > 0.0 { equal.min(value * (1.0 - value) / variance) } else { equal };
    let interval = wilson_effective(value, effective_n, level)?;
    Ok(Weighted { estimate: Estimate { value, interval }, effective_n })
}

/// The weighted mean, with Student's interval around it from the linearised variance: sum w^2 (y - mean)^2 over (sum
/// w)^2, times n / (n - 1), and the effective number of answers less one as degrees of freedom.
///
/// Source: C. Sarndal, B. Swensson and J. Wretman, Model Assisted Survey Sampling (1992), section 5.7.
///
/// # Errors
/// As for [`share`], and when fewer than two answers have a weight or a value is not finite.
pub fn mean(values: &[f64], weights: &[f64], level: f64) -> Result<Weighted> {
    fraction("level", level)?;
    finite(values, 2)?;
    let effective_n = effective(values.len(), weights)?;
    if effective_n <= 1.0 + 1e-9 {
        return Err(Error::TooFew { have: 1, needed: 2 });
    }
    let sum: f64 = weights.iter().sum();
    let value = values.iter().zip(weights).map(|(y, w)| y * w).sum::<f64>() / sum;
    let squares: f64 = values.iter().zip(weights).map(|(y, w)| (w * (y - value)).powi(2)).sum();
    let n = values.len() as f64;
    let half = critical_student(level, effective_n - 1.0) * (squares * n / (n - 1.0)).sqrt() / sum;
    let interval = Interval { low: value - half, high: value + half, level, method: "weighted, Student t" };
    Ok(Weighted { estimate: Estimate { value, interval }, effective_n })
}

fn effective(answers: usize, weights: &[f64]) -> Result<f64> {
    if weights.len() != answers {
        return Err(Error::Mismatch { name: "weights", have: weights.len(), wanted: answers });
    }
    kish(weights)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// MEASURES 2.6: the satisfied answer at 20%, the others at 10%: 80% reads 88.9%. By hand: weights 16 * 5 = 80 and
    /// 2 * 10 = 20. Kish's number is 100^2 / (16 * 25 + 2 * 100) = 16.67. The linearised variance is
    /// (16 * 25 * 0.2^2 + 2 * 100 * 0.8^2) / 100^2 = 0.0144, that of 0.16 / 0.0144 = 11.11 answers.
    #[test]
    fn the_silent_half_is_weighted_back() {
        let pleased: Vec<bool> = (0..18).map(|i| i < 16).collect();
        let odds: Vec<f64> = pleased.iter().map(|&yes| if yes { 0.2 } else { 0.1 }).collect();
        let weights = inverse_probability(&odds).unwrap();
        assert!((weights.iter().sum::<f64>() - 18.0).abs() < 1e-9);
        let found = share(&pleased, &weights, 0.95).unwrap();
        assert!((found.estimate.value - 0.8).abs() < 1e-12 && (found.effective_n - 100.0 / 9.0).abs() < 1e-9);
        let raw = share(&pleased, &[1.0; 18], 0.95).unwrap();
        assert!((raw.estimate.value - 0.8889).abs() < 1e-4 && (raw.effective_n - 18.0).abs() < 1e-9);
    }

    /// By hand: 1, 2, 4 with weights 1, 1, 2: mean 11/4; squares (1.75^2 + 0.75^2 + 2.5^2) = 9.875; times 3/2, root,
    /// over 4: 0.96217. The effective number is 16/6, so 1.667 degrees of freedom.
    #[test]
    fn a_weighted_mean_by_hand() {
        let found = mean(&[1.0, 2.0, 4.0], &[1.0, 1.0, 2.0], 0.95).unwrap();
        assert!((found.estimate.value - 2.75).abs() < 1e-12);
        let half = found.estimate.interval.width() / 2.0;
        assert!((half / critical_student(0.95, 5.0 / 3.0) - 0.962_17).abs() < 1e-5);
    }

    #[test]
    fn odds_and_weights_that_cannot_be_are_refused() {
        assert!(inverse_probability(&[0.5, 0.0]).is_err() && inverse_probability(&[1.5]).is_err());
        assert!(inverse_probability(&[]).is_err());
        assert!(matches!(share(&[true], &[1.0, 2.0], 0.95), Err(Error::Mismatch { .. })));
        assert!(mean(&[1.0, 2.0], &[1.0, 0.0], 0.95).is_err());
    }

    proptest! {
        /// Equal weights change nothing: it is Student's interval.
        #[test]
        fn equal_weights_change_nothing(values in prop::collection::vec(0.0..10.0f64, 2..40), weight in 0.1..9.0f64) {
            let plain = crate::interval::mean::student(&values, 0.95).unwrap();
            let found = mean(&values, &vec![weight; values.len()], 0.95).unwrap().estimate;
            prop_assert!((found.value - plain.value).abs() < 1e-9);
            prop_assert!((found.interval.width() - plain.interval.width()).abs() < 1e-6);
        }
    }
}

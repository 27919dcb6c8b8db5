//! What answers are worth when they are not independent, or not equal.

use crate::error::{Error, Result, finite};

/// The number of independent answers that `n` answers are worth when people answer `per_person` times on average:
/// n / (1 + (m - 1) ICC).
///
/// Source: L. Kish, Survey Sampling (1965), section 5.4 (the design effect of clusters).
///
/// ```
/// // 480 answers of people who answered three times each, with a correlation of 0.3 within people.
/// assert_eq!(statistics::cluster::effective_n(480.0, 3.0, 0.3)?.round(), 300.0);
/// # Ok::<(), statistics::Error>(())
/// ```
///
/// # Errors
/// When `per_person` is below 1 or `icc` is outside 0 to 1. A negative ICC found in data counts as 0.
pub fn effective_n(n: f64, per_person: f64, icc: f64) -> Result<f64> {
    if per_person.is_nan() || per_person < 1.0 {
        let wanted = "people who answered did so at least once";
        return Err(Error::OutOfRange { name: "per_person", value: per_person, wanted });
    }
    if !(0.0..=1.0).contains(&icc) {
        return Err(Error::OutOfRange { name: "icc", value: icc, wanted: "a correlation within people, 0 to 1" });
    }
    Ok(n / (1.0 + (per_person - 1.0) * icc))
}

/// The number of equally weighted answers that weighted ones are worth: (sum w)^2 / sum w^2.
///
/// Source: L. Kish, Survey Sampling (1965), section 11.7.
///
/// # Errors
/// When there is no weight, or one is negative or not finite, or all are zero.
pub fn kish(weights: &[f64]) -> Result<f64> {
    finite(weights, 1)?;
    if let Some(&value) = weights.iter().find(|weight| **weight < 0.0) {
        return Err(Error::OutOfRange { name: "weight", value, wanted: "weights are not negative" });
    }
    let sum: f64 = weights.iter().sum();
    if sum == 0.0 {
        return Err(Error::OutOfRange { name: "sum of weights", value: 0.0, wanted: "some weight must be positive" });
    }
    Ok(sum * sum / weights.iter().map(|weight| weight * weight).sum::<f64>())
}

/// The correlation between answers of the same person, ICC(1), by one-way analysis of variance for people with
/// unequal numbers of answers: (MSB - MSW) / (MSB + (m0 - 1) MSW). Below zero it is reported as 0.
///
/// Source: A. Donner, A review of inference procedures for the intraclass correlation coefficient in the one-way
/// random effects model, International Statistical Review 54 (1986).
///
/// # Errors
/// When there are fewer than two people, nobody answered twice, or a value is not finite.
pub fn icc(people: &[&[f64]]) -> Result<f64> {
    let people: Vec<&[f64]> = people.iter().copied().filter(|answers| !answers.is_empty()).collect();
    let k = people.len();
    let n: usize = people.iter().map(|answers| answers.len()).sum();
    if k < 2 {
        return Err(Error::TooFew { have: k, needed: 2 });
    }
    if n == k {
        return Err(Error::TooFew { have: n, needed: k + 1 });
    }
    for answers in &people {
        finite(answers, 1)?;
    }
    let (k, n) = (k as f64, n as f64);
    let mean = people.iter().flat_map(|answers| answers.iter()).sum::<f64>() / n;
    let (mut between, mut within, mut squares) = (0.0, 0.0, 0.0);
    for answers in &people {
        let m = answers.len() as f64;
        let own = answers.iter().sum::<f64>() / m;
        between += m * (own - mean).powi(2);
        within += answers.iter().map(|x| (x - own).powi(2)).sum::<f64>();
        squares += m * m;
    }
    let (between, within) = (between / (k - 1.0), within / (n - k));
    let m0 = (n - squares / n) / (k - 1.0);
    let total = between + (m0 - 1.0) * within;
    Ok(if total > 0.0 { ((between - within) / total).clamp(0.0, 1.0) } else { 0.0 })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// MEASURES 2.6: three answers a person and ICC 0.3 leave n / 1.6.
    #[test]
    fn three_answers_a_person_at_point_three() {
        assert!((effective_n(160.0, 3.0, 0.3).unwrap() - 100.0).abs() < 1e-9);
        assert!(effective_n(10.0, 0.5, 0.3).is_err() && effective_n(10.0, 2.0, 1.5).is_err());
    }

    /// By hand: weights 1, 1, 2: 16 / 6.
    #[test]
    fn kish_by_hand() {
        assert!((kish(&[1.0, 1.0, 2.0]).unwrap() - 16.0 / 6.0).abs() < 1e-12);
        assert!(kish(&[]).is_err() && kish(&[-1.0, 2.0]).is_err() && kish(&[0.0]).is_err());
    }

    /// P. Shrout and J. Fleiss, Psychological Bulletin 86 (1979): six targets, four judges, ICC(1,1) = 0.17.
    #[test]
    fn icc_of_shrout_and_fleiss() {
        let targets: [&[f64]; 6] = [
            &[9.0, 2.0, 5.0, 8.0],
            &[6.0, 1.0, 3.0, 2.0],
            &[8.0, 4.0, 6.0, 8.0],
            &[7.0, 1.0, 2.0, 6.0],
            &[10.0, 5.0, 6.0, 9.0],
            &[6.0, 2.0, 4.0, 7.0],
        ];
        assert!((icc(&targets).unwrap() - 0.17).abs() < 0.005);
    }

    proptest! {
        #[test]
        fn weights_never_add_answers(weights in prop::collection::vec(0.1..5.0f64, 1..50)) {
            let worth = kish(&weights).unwrap();
            prop_assert!(worth >= 1.0 - 1e-9 && worth <= weights.len() as f64 + 1e-9);
        }
    }
}

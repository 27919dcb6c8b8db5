//! Raking: weights that make the answers' margins those of everybody (iterative proportional fitting).

use crate::cluster::kish;
use crate::error::{Error, Result, finite};

/// How far raking may go.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Limits {
    /// No answer may weigh more than this many times the mean: 5 is usual.
    pub most: f64,
    /// How far a margin's share may stay off its target, as a fraction: 0.001 is a tenth of a point.
    pub tolerance: f64,
    /// After so many rounds it is refused.
    pub rounds: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self { most: 5.0, tolerance: 0.001, rounds: 500 }
    }
}

/// Weights that fit.
#[derive(Debug, Clone, PartialEq)]
pub struct Raked {
    /// One for each answer, with the mean 1.
    pub weights: Vec<f64>,
    /// The number of equally weighted answers that these are worth (Kish). When it is half of n, the precision is that
    /// of half the answers.
    pub effective_n: f64,
    /// How many answers were held at the largest weight.
    pub trimmed: usize,
    /// How many rounds it took.
    pub rounds: usize,
}

/// Weights answers so that each margin (site, role, channel) has the shares of everybody who was asked. `answers[i][m]`
/// is the category of answer i in margin m, from 0; `targets[m][c]` the wanted share of that category, or any number
/// proportional to it, such as a head count.
///
/// Each round brings one margin after the other to its target and then trims, until all margins hold together. The
/// margins alone are fitted: how site and role go together stays as it is among the answers.
/// Sources: W. E. Deming and F. F. Stephan, On a least squares adjustment of a sampled frequency table when the
/// expected marginal totals are known, Annals of Mathematical Statistics 11 (1940); for trimming L. Kish, Weighting:
/// why, when, and how? (1990); M. Battaglia et al., Practical considerations in raking survey data, Survey Practice 2
/// (2009).
///
/// # Errors
/// When there are no answers or margins; an answer lacks a margin or has an unknown category; nobody answered in a
/// category that is wanted; a target is negative or not finite; or the margins cannot be met with the largest weight
/// allowed.
///
/// ```
/// use statistics::response::rake::{Limits, rake};
/// // Of 8 answers 6 are from site 0, where half of the people are.
/// let answers: Vec<Vec<usize>> = [0, 0, 0, 0, 0, 0, 1, 1].iter().map(|&site| vec![site]).collect();
/// let raked = rake(&answers, &[vec![500.0, 500.0]], Limits::default())?;
/// assert!((raked.weights[7] / raked.weights[0] - 3.0).abs() < 0.01);
/// assert!(raked.effective_n < 7.0);
/// # Ok::<(), statistics::Error>(())
/// ```
pub fn rake(answers: &[Vec<usize>], targets: &[Vec<f64>], limits: Limits) -> Result<Raked> {
    let n = answers.len();
    if n == 0 || targets.is_empty() {
        return Err(Error::TooFew { have: 0, needed: 1 });
    }
    if limits.most.is_nan() || limits.most <= 1.0 {
        let wanted = "a number of times the mean weight, above 1";
        return Err(Error::OutOfRange { name: "largest weight", value: limits.most, wanted });
    }
    let targets = shares(answers, targets)?;
    let mut weights = vec![1.0; n];
    let mut gap = f64::INFINITY;
    for round in 1..=limits.rounds {
        for (margin, target) in targets.iter().enumerate() {
            let now = margin_of(answers, &weights, margin, target.len());
            for (weight, answer) in weights.iter_mut().zip(answers) {
                let category = answer[margin];
                *weight *= if now[category] > 0.0 { target[category] / now[category] } else { 1.0 };
            }
        }
        trim(&mut weights, limits.most);
        gap = targets.iter().enumerate().fold(0.0, |worst: f64, (margin, target)| {
            let now = margin_of(answers, &weights, margin, target.len());
            now.iter().zip(target).fold(worst, |worst, (now, target)| worst.max((now - target).abs()))
        });
        if gap <= limits.tolerance {
            let effective_n = kish(&weights)?;
            let trimmed = weights.iter().filter(|weight| **weight >= limits.most * (1.0 - 1e-9)).count();
            return Ok(Raked { weights, effective_n, trimmed, rounds: round });
        }
    }
    let advice = "merge small categories, leave out a margin, or allow larger weights";
    Err(Error::NotConverged { rounds: limits.rounds, gap, advice })
}

/// The targets as shares, checked against the answers.
fn shares(answers: &[Vec<usize>], targets: &[Vec<f64>]) -> Result<Vec<Vec<f64>>> {
    for answer in answers {
        if answer.len() != targets.len() {
            return Err(Error::Mismatch { name: "an answer's categories", have: answer.len(), wanted: targets.len() });
        }
        for (&category, target) in answer.iter().zip(targets) {
            if category >= target.len() {
                return Err(Error::Mismatch { name: "a margin's targets", have: target.len(), wanted: category + 1 });
            }
        }
    }
    let each = targets.iter().enumerate().map(|(margin, target)| {
        finite(target, 1)?;
        let sum: f64 = target.iter().sum();
        if let Some(&value) = target.iter().find(|share| **share < 0.0) {
            return Err(Error::OutOfRange { name: "target", value, wanted: "a share or a head count, 0 or more" });
        }
        if sum <= 0.0 {
            return Err(Error::OutOfRange { name: "targets of a margin", value: sum, wanted: "somebody in it" });
        }
        for (category, share) in target.iter().enumerate() {
            if *share > 0.0 && answers.iter().all(|answer| answer[margin] != category) {
                return Err(Error::EmptyCategory { margin, category });
            }
        }
        Ok(target.iter().map(|share| share / sum).collect())
    });
    each.collect()
}

/// The weighted share of each category.
fn margin_of(answers: &[Vec<usize>], weights: &[f64], margin: usize, categories: usize) -> Vec<f64> {
    let mut sums = vec![0.0; categories];
    answers.iter().zip(weights).for_each(|(answer, weight)| sums[answer[margin]] += weight);
    let total: f64 = weights.iter().sum();
    sums.iter().map(|sum| sum / total).collect()
}

/// Brings the mean to 1 and no weight above `most`; what is cut off goes to the others in proportion.
fn trim(weights: &mut [f64], most: f64) {
    // A few passes suffice: each leaves fewer that exceed, and the next round goes on from here.
    for _ in 0..20 {
        let scale = weights.len() as f64 / weights.iter().sum::<f64>();
        for weight in &mut *weights {
            *weight *= scale;
        }
        if weights.iter().all(|weight| *weight <= most * (1.0 + 1e-12)) {
            return;
        }
        for weight in &mut *weights {
            *weight = weight.min(most);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn table(cells: &[(usize, usize, usize)]) -> Vec<Vec<usize>> {
        cells.iter().flat_map(|&(row, column, count)| vec![vec![row, column]; count]).collect()
    }

    fn cell(answers: &[Vec<usize>], weights: &[f64], row: usize, column: usize) -> f64 {
        let inside = answers.iter().zip(weights).filter(|(a, _)| a[0] == row && a[1] == column);
        inside.map(|(_, weight)| weight).sum::<f64>() / weights.iter().sum::<f64>()
    }

    /// By hand: 8, 2, 1 and 4 have the odds ratio 8 * 4 / (2 * 1) = 16, which raking keeps. With even margins that is
    /// 0.4, 0.1, 0.1, 0.4, since 0.4 * 0.4 / (0.1 * 0.1) = 16.
    #[test]
    fn the_odds_ratio_stays_as_it_is() {
        let answers = table(&[(0, 0, 8), (0, 1, 2), (1, 0, 1), (1, 1, 4)]);
        let limits = Limits { tolerance: 1e-9, ..Limits::default() };
        let raked = rake(&answers, &[vec![1.0, 1.0], vec![50.0, 50.0]], limits).unwrap();
        for (row, column, share) in [(0, 0, 0.4), (0, 1, 0.1), (1, 0, 0.1), (1, 1, 0.4)] {
            assert!((cell(&answers, &raked.weights, row, column) - share).abs() < 1e-6);
        }
        assert!((raked.weights.iter().sum::<f64>() - 15.0).abs() < 1e-9 && raked.trimmed == 0);
    }

    /// By hand: 9 of 10 answers are of a category that is half of all: its answers weigh 5/9, the tenth 5. The
    /// effective number is 100 / (9 * 25/81 + 25) = 3.6.
    #[test]
    fn one_answer_for_five_is_worth_little() {
        let answers = table(&[(0, 0, 9), (1, 0, 1)]);
        let raked = rake(&answers, &[vec![0.5, 0.5], vec![1.0]], Limits::default()).unwrap();
        assert!((raked.weights[9] - 5.0).abs() < 0.02 && (raked.effective_n - 3.6).abs() < 0.02, "{raked:?}");
        let strict = rake(&answers, &[vec![0.5, 0.5], vec![1.0]], Limits { most: 3.0, ..Limits::default() });
        assert!(matches!(strict, Err(Error::NotConverged { gap, .. }) if (gap - 0.2).abs() < 1e-6));
    }

    #[test]
    fn margins_that_nobody_can_meet_are_refused() {
        let answers = table(&[(0, 0, 3), (1, 1, 3)]);
        let empty = rake(&answers, &[vec![0.4, 0.4, 0.2], vec![0.5, 0.5]], Limits::default());
        assert_eq!(empty, Err(Error::EmptyCategory { margin: 0, category: 2 }));
        // Row and column are the same here, so they cannot have different shares.
        let torn = rake(&answers, &[vec![0.3, 0.7], vec![0.6, 0.4]], Limits::default());
        assert!(torn.unwrap_err().to_string().contains("merge"));
        assert!(rake(&answers, &[vec![0.5, 0.5]], Limits::default()).is_err());
        assert!(rake(&answers, &[vec![1.0], vec![0.5, 0.5]], Limits::default()).is_err());
        assert!(rake(&answers, &[vec![-0.5, 1.5], vec![0.5, 0.5]], Limits::default()).is_err());
        assert!(rake(&[], &[vec![1.0]], Limits::default()).is_err());
    }

    proptest! {
        #[test]
        fn margins_are_met_and_weights_are_bounded(
            counts in prop::collection::vec(5usize..40, 6), rows in (0.35..0.65f64), column in (0.25..0.4f64),
        ) {
            let answers = table(&[(0, 0, counts[0]), (0, 1, counts[1]), (0, 2, counts[2]),
                (1, 0, counts[3]), (1, 1, counts[4]), (1, 2, counts[5])]);
            let targets = [vec![rows, 1.0 - rows], vec![column, column, 1.0 - 2.0 * column]];
            if let Ok(raked) = rake(&answers, &targets, Limits::default()) {
                prop_assert!(raked.weights.iter().all(|weight| *weight > 0.0 && *weight <= 5.0 + 1e-9));
                prop_assert!(raked.effective_n <= answers.len() as f64 + 1e-9);
                for (margin, target) in targets.iter().enumerate() {
                    let now = margin_of(&answers, &raked.weights, margin, target.len());
                    prop_assert!(now.iter().zip(target).all(|(now, target)| (now - target).abs() <= 0.001));
                }
            }
        }
    }
}

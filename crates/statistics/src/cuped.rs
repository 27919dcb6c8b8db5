//! A change seen more sharply, with what was known about each person before it (CUPED).
//!
//! People who contacted the desk often before will do so after. Taking out what each person's own past explains leaves
//! a difference with the same expectation and less noise: the variance falls by the square of the correlation, so a
//! correlation of 0.7 halves it, as twice as many people would.
//!
//! Use it for figures per person (contacts, lost hours) in two groups of different people, with the same figure from
//! before the change as the covariate. Traps: the covariate must be from before, or the adjustment removes the effect;
//! people who were not there before have none, so it says nothing about new joiners.

use crate::distribution::critical_student;
use crate::error::{Error, Result, finite, fraction};
use crate::interval::{Estimate, Interval, mean::welch, mean_and_variance};

/// Fewer people than this in a group, and the estimate of theta adds more noise than the adjustment removes.
const FEWEST: usize = 20;

/// A person: the covariate from before the change, and the outcome.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Person {
    /// From before the change, unaffected by it.
    pub covariate: f64,
    /// From after it.
    pub outcome: f64,
}

/// The difference of two groups, adjusted.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Adjusted {
    /// Changed minus unchanged, with what people's past explains taken out.
    pub difference: Estimate,
    /// The plain difference, by Welch, for showing beside it.
    pub unadjusted: Estimate,
    /// How much of the covariate was taken out: cov(X, Y) / var(X) within the groups.
    pub theta: f64,
    /// By how much the variance within the groups fell, 0 to 1: the squared correlation.
    pub variance_reduction: f64,
}

/// (mean Y1 - mean Y0) - theta (mean X1 - mean X0), with Welch's interval of the adjusted outcomes.
///
/// Source: A. Deng, Y. Xu, R. Kohavi and T. Walker, Improving the sensitivity of online controlled experiments by
/// utilizing pre-experiment data, WSDM (2013); it is the analysis of covariance of R. A. Fisher (1932).
///
/// ```
/// use statistics::cuped::{Person, adjusted};
/// // Contacts of each person in the quarter before and after; the second group got the new portal.
/// let person = |i: u32, saved: f64| {
///     let usual = f64::from(i * 7 % 13);
///     Person { covariate: usual, outcome: usual + f64::from(i * 5 % 3) - saved }
/// };
/// let unchanged: Vec<Person> = (0..40).map(|i| person(i, 0.0)).collect();
/// let changed: Vec<Person> = (0..40).map(|i| person(i + 3, 1.0)).collect();
/// let found = adjusted(&changed, &unchanged, 0.95)?;
/// assert!(found.unadjusted.interval.contains(0.0), "a plain comparison cannot tell");
/// assert!(found.difference.interval.high < 0.0 && found.variance_reduction > 0.9);
/// # Ok::<(), statistics::Error>(())
/// ```
///
/// # Errors
/// When a group has fewer than 20 people, a value is not finite, the covariates or outcomes do not vary, or `level` is
/// not between 0 and 1.
pub fn adjusted(changed: &[Person], unchanged: &[Person], level: f64) -> Result<Adjusted> {
    fraction("level", level)?;
    let column = |people: &[Person], of: fn(&Person) -> f64| people.iter().map(of).collect::<Vec<f64>>();
    let (x1, y1) = (column(changed, |p| p.covariate), column(changed, |p| p.outcome));
    let (x0, y0) = (column(unchanged, |p| p.covariate), column(unchanged, |p| p.outcome));
    for values in [&x1, &y1, &x0, &y0] {
        finite(values, FEWEST)?;
    }
    let within = |a: &[f64], b: &[f64]| {
        let (mean_a, mean_b) = (mean_and_variance(a).0, mean_and_variance(b).0);
        a.iter().zip(b).map(|(a, b)| (a - mean_a) * (b - mean_b)).sum::<f64>()
    };
    let (xx, yy) = (within(&x1, &x1) + within(&x0, &x0), within(&y1, &y1) + within(&y0, &y0));
    let xy = within(&x1, &y1) + within(&x0, &y0);
    for (name, squares) in [("the covariate", xx), ("the outcome", yy)] {
        if squares <= 0.0 {
            return Err(Error::NoSpread { name });
        }
    }
    let theta = xy / xx;
    let rest = |x: &[f64], y: &[f64]| x.iter().zip(y).map(|(x, y)| y - theta * x).collect::<Vec<f64>>();
    let (rest1, rest0) = (rest(&x1, &y1), rest(&x0, &y0));
    let ((mean1, var1), (mean0, var0)) = (mean_and_variance(&rest1), mean_and_variance(&rest0));
    let (n1, n0) = (changed.len() as f64, unchanged.len() as f64);
    // Theta was estimated too: its own error, times how far apart the groups were before, belongs in the interval.
    let apart = mean_and_variance(&x1).0 - mean_and_variance(&x0).0;
    let pooled = (var1 * (n1 - 1.0) + var0 * (n0 - 1.0)) / (n1 + n0 - 3.0);
    let variance = var1 / n1 + var0 / n0 + pooled * apart * apart / xx;
    let value = mean1 - mean0;
    let half = critical_student(level, n1 + n0 - 3.0) * variance.sqrt();
    let interval = Interval { low: value - half, high: value + half, level, method: "CUPED" };
    Ok(Adjusted {
        difference: Estimate { value, interval },
        unadjusted: welch(&y1, &y0, level)?,
        theta,
        variance_reduction: xy * xy / (xx * yy),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn people(values: &[(f64, f64)], times: usize) -> Vec<Person> {
        values.repeat(times).iter().map(|&(covariate, outcome)| Person { covariate, outcome }).collect()
    }

    /// By hand, each of four people five times. Unchanged: X 1, 2, 3, 4 and Y 2, 1, 4, 3; changed: X 2, 3, 4, 5 and Y
    /// 4, 3, 6, 5. Within each group XX is 5, YY 5, XY 3: theta 0.6, reduction 0.6^2 = 0.36. Plain difference 4.5 - 2.5
    /// = 2, of which 0.6 * 1 was there before: 1.4.
    #[test]
    fn four_kinds_of_people_by_hand() {
        let unchanged = people(&[(1.0, 2.0), (2.0, 1.0), (3.0, 4.0), (4.0, 3.0)], 5);
        let changed = people(&[(2.0, 4.0), (3.0, 3.0), (4.0, 6.0), (5.0, 5.0)], 5);
        let found = adjusted(&changed, &unchanged, 0.95).unwrap();
        assert!((found.theta - 0.6).abs() < 1e-12 && (found.variance_reduction - 0.36).abs() < 1e-12);
        assert!((found.unadjusted.value - 2.0).abs() < 1e-12 && (found.difference.value - 1.4).abs() < 1e-12);
        // The rest has 25 - 0.6 * 15 = 16 squares a group, variance 16 / 19; pooled 32 / 37 times 1^2 / 50 for theta.
        // Half width t(37) = 2.026192 times sqrt(2 * 16 / 19 / 20 + 32 / 37 / 50) = 0.318603.
        assert!((found.difference.interval.width() / 2.0 - 2.026_192 * 0.318_603).abs() < 1e-5);
    }

    #[test]
    fn too_few_people_and_a_past_without_variety_are_refused() {
        let some = people(&[(1.0, 2.0), (2.0, 1.0), (3.0, 4.0)], 8);
        assert_eq!(adjusted(&some, &some[..19], 0.95), Err(Error::TooFew { have: 19, needed: 20 }));
        let same = people(&[(1.0, 2.0), (1.0, 4.0)], 12);
        assert_eq!(adjusted(&same, &same, 0.95), Err(Error::NoSpread { name: "the covariate" }));
    }

    proptest! {
        /// What the past explains entirely leaves nothing but the change.
        #[test]
        fn a_past_that_explains_everything_leaves_the_change(
            past in prop::collection::vec(0.0..50.0f64, 45..60), change in -5.0..5.0f64,
        ) {
            let half = past.len() / 2;
            let outcome = |x: &f64| 3.0 + 0.5 * x;
            // A little noise with the mean zero that does not depend on the past's order.
            let noise = |i: usize| if i.is_multiple_of(2) { 0.01 } else { -0.01 };
            let person = |(i, x): (usize, &f64), change: f64| {
                Person { covariate: *x, outcome: outcome(x) + change + noise(i) }
            };
            let changed: Vec<Person> = past[..half].iter().enumerate().map(|pair| person(pair, change)).collect();
            let others: Vec<Person> = past[half..].iter().enumerate().map(|pair| person(pair, 0.0)).collect();
            let found = adjusted(&changed, &others, 0.95).unwrap();
            prop_assert!((found.difference.value - change).abs() < 0.02);
            prop_assert!(found.variance_reduction > 0.99 && found.variance_reduction <= 1.0 + 1e-12);
        }
    }
}

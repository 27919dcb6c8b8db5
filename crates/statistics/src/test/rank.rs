//! Ranks: how often is an answer after better than one before?
//!
//! For ratings on ordered scales, and for anything where only the order can be trusted. The figure is P(after > before)
//! plus half the ties: 0.5 means no difference, 0.7 means that of 100 random pairs 70 are higher after.
//! Trap one: the Mann-Whitney test does not compare medians; two groups with equal medians may differ clearly in it.
//! Trap two: the same people before and after are not two groups; use [`super::permutation::paired`].

use crate::distribution::{critical_normal, critical_student, normal_tail, root, student_two_sided};
use crate::error::{Error, Result, finite, fraction};
use crate::interval::{Estimate, Interval, mean_and_variance};

/// The Mann-Whitney comparison of two independent groups.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct MannWhitney {
    /// U: pairs in which after is larger, plus half the tied pairs.
    pub u: f64,
    /// U divided by the number of pairs, 0 to 1.
    pub probability: f64,
    /// Two-sided, from the normal approximation with ties and continuity corrected: fine from 10 a side on. For fewer
    /// use [`super::permutation::two_groups`].
    pub p_value: f64,
}

/// U, its share of all pairs, and a p-value.
///
/// Source: H. B. Mann and D. R. Whitney, On a test of whether one of two random variables is stochastically larger than
/// the other, Annals of Mathematical Statistics 18 (1947); ties as in E. L. Lehmann, Nonparametrics (1975), section
/// 1.2.
///
/// # Errors
/// When a group is empty, a value is not finite, or all values are equal.
pub fn mann_whitney(after: &[f64], before: &[f64]) -> Result<MannWhitney> {
    let pairs = Pairs::count(after, before)?;
    let (m, n) = (after.len() as f64, before.len() as f64);
    let total = m + n;
    let variance = m * n / 12.0 * (total + 1.0 - pairs.ties / (total * (total - 1.0)));
    if variance <= 0.0 {
        return Err(Error::NoSpread { name: "both groups" });
    }
    let distance = ((pairs.u - m * n / 2.0).abs() - 0.5).max(0.0);
    let p_value = (2.0 * normal_tail(distance / variance.sqrt())).min(1.0);
    Ok(MannWhitney { u: pairs.u, probability: pairs.u / (m * n), p_value })
}

/// P(after > before) plus half the ties, with an interval that stays inside 0 to 1 and keeps a width even when every
/// answer after is higher.
///
/// Good from about 10 a side on. Where the two groups spread very differently [`brunner_munzel`] is nearer to its
/// level.
/// Source: R. G. Newcombe, Confidence intervals for an effect size measure based on the Mann-Whitney statistic, part 2,
/// Statistics in Medicine 25 (2006), method 5 (the score form of Hanley and McNeil's variance, both sizes replaced by
/// their mean less one).
///
/// # Errors
/// When a group has fewer than two values, a value is not finite, or `level` is not between 0 and 1.
///
/// ```
/// let before = [2.0, 3.0, 3.0, 4.0, 2.0, 3.0, 4.0, 3.0, 1.0, 3.0];
/// let after = [4.0, 3.0, 5.0, 4.0, 4.0, 5.0, 3.0, 4.0, 4.0, 5.0];
/// let found = statistics::test::rank::superiority(&after, &before, 0.95)?;
/// assert!(found.value > 0.8 && found.interval.low > 0.5);
/// # Ok::<(), statistics::Error>(())
/// ```
pub fn superiority(after: &[f64], before: &[f64], level: f64) -> Result<Estimate> {
    fraction("level", level)?;
    finite(after, 2)?;
    finite(before, 2)?;
    let (m, n) = (after.len() as f64, before.len() as f64);
    let value = Pairs::count(after, before)?.u / (m * n);
    let z = critical_normal(level);
    let star = f64::midpoint(m, n) - 1.0;
    let error = |t: f64| {
        let both = (1.0 - t) / (2.0 - t) + t / (1.0 + t);
        z * (t * (1.0 - t) * (1.0 + star * both) / (m * n)).sqrt()
    };
    // The limits are the values that lie just z of *their own* errors away from what was seen.
    let low = if value > 0.0 { root(0.0, value, |t| t + error(t) - value) } else { 0.0 };
    let high = if value < 1.0 { root(value, 1.0, |t| t - error(t) - value) } else { 1.0 };
    Ok(Estimate { value, interval: Interval { low, high, level, method: "Newcombe method 5" } })
}

/// The Brunner-Munzel comparison of two independent groups.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct BrunnerMunzel {
    /// P(after > before) plus half the ties, and its interval cut to 0 to 1.
    pub superiority: Estimate,
    /// How many standard errors from 0.5.
    pub statistic: f64,
    /// Satterthwaite's degrees of freedom.
    pub freedom: f64,
    /// Two-sided.
    pub p_value: f64,
}

/// The generalised Wilcoxon test, which allows for ties and for groups that spread differently.
///
/// Good from about 10 a side on; below that it finds differences too often.
/// Source: E. Brunner and U. Munzel, The nonparametric Behrens-Fisher problem: asymptotic theory and a small-sample
/// approximation, Biometrical Journal 42 (2000).
///
/// # Errors
/// When a group has fewer than two values, a value is not finite, `level` is not between 0 and 1, or the groups do not
/// overlap at all, which leaves no error to estimate: [`superiority`] still gives an interval then.
pub fn brunner_munzel(after: &[f64], before: &[f64], level: f64) -> Result<BrunnerMunzel> {
    fraction("level", level)?;
    finite(after, 2)?;
    finite(before, 2)?;
    let (m, n) = (after.len() as f64, before.len() as f64);
    let ((one, var_one), (_, var_two)) =
        (mean_and_variance(&placements(after, before)), mean_and_variance(&placements(before, after)));
    let (a, b) = (var_one / m, var_two / n);
    let square = a + b;
    if square <= 0.0 {
        return Err(Error::NoSpread { name: "the places of each group in the other" });
    }
    let freedom = square * square / (a * a / (m - 1.0) + b * b / (n - 1.0));
    let error = square.sqrt();
    let half = critical_student(level, freedom) * error;
    let statistic = (one - 0.5) / error;
    let limits = ((one - half).max(0.0), (one + half).min(1.0));
    let interval = Interval { low: limits.0, high: limits.1, level, method: "Brunner-Munzel" };
    let p_value = student_two_sided(statistic, freedom);
    Ok(BrunnerMunzel { superiority: Estimate { value: one, interval }, statistic, freedom, p_value })
}

/// For each value of `these` the share of `others` below it, ties half.
fn placements(these: &[f64], others: &[f64]) -> Vec<f64> {
    let sorted = sorted(others);
    let n = others.len() as f64;
    let place = |x: &f64| {
        let (below, up_to) = (sorted.partition_point(|y| y < x), sorted.partition_point(|y| y <= x));
        f64::midpoint(below as f64, up_to as f64) / n
    };
    these.iter().map(place).collect()
}

fn sorted(values: &[f64]) -> Vec<f64> {
    let mut sorted = values.to_vec();
    sorted.sort_by(f64::total_cmp);
    sorted
}

struct Pairs {
    u: f64,
    /// The sum of t^3 - t over groups of t tied values.
    ties: f64,
}

impl Pairs {
    fn count(after: &[f64], before: &[f64]) -> Result<Self> {
        finite(after, 1)?;
        finite(before, 1)?;
        let u = placements(after, before).iter().sum::<f64>() * before.len() as f64;
        let all = sorted(&[after, before].concat());
        let ties = all.chunk_by(|a, b| a == b).map(|tied| (tied.len() as f64).powi(3) - tied.len() as f64).sum();
        Ok(Self { u, ties })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// Permeability of membranes, Hollander and Wolfe (1973), page 69, as in the manual of R (wilcox.test): W = 35.
    #[test]
    fn permeability_of_membranes() {
        let term = [0.80, 0.83, 1.89, 1.04, 1.45, 1.38, 1.91, 1.64, 0.73, 1.46];
        let early = [1.15, 0.88, 0.90, 0.74, 1.21];
        let found = mann_whitney(&term, &early).unwrap();
        assert_eq!((found.u, found.probability), (35.0, 0.7));
        // By hand: variance 50 * 16 / 12 = 66.667; (35 - 25 - 0.5) / 8.165 = 1.1635; twice the tail is 0.2446.
        assert!((found.p_value - 0.2446).abs() < 1e-4);
    }

    /// Pain scores after surgery, Brunner and Munzel (2000), as printed by their test in the package lawstat for R:
    /// statistic 3.1375, df = 17.683, p = 0.005786, estimate 0.788961 from 0.5952169 to 0.9827052.
    const ACTIVE: [f64; 14] = [1.0, 2.0, 1.0, 1.0, 1.0, 1.0, 1.0, 1.0, 1.0, 1.0, 2.0, 4.0, 1.0, 1.0];
    const CONTROL: [f64; 11] = [3.0, 3.0, 4.0, 3.0, 1.0, 2.0, 3.0, 1.0, 1.0, 5.0, 4.0];

    #[test]
    fn pain_scores_of_brunner_and_munzel() {
        let found = brunner_munzel(&CONTROL, &ACTIVE, 0.95).unwrap();
        let near = |value: f64, printed: f64, within: f64| assert!((value - printed).abs() < within, "{found:?}");
        near(found.superiority.value, 0.788_961, 1e-6);
        near(found.statistic, 3.1375, 6e-5);
        near(found.freedom, 17.683, 6e-4);
        near(found.p_value, 0.005_786, 1e-6);
        near(found.superiority.interval.low, 0.595_216_9, 1e-6);
        near(found.superiority.interval.high, 0.982_705_2, 1e-6);
    }

    /// By hand, 10 against 10 without overlap: t = 0.80021 has the variance
    /// 0.80021 * 0.19979 * (1 + 9 * (0.19979 / 1.19979 + 0.80021 / 1.80021)) / 100 = 0.010391, and 1.95996 * sqrt of it
    /// is 0.19979 = 1 - t, which is Newcombe's equation for the lower limit.
    #[test]
    fn newcombes_limits_solve_his_equation() {
        let low: Vec<f64> = (0..10).map(f64::from).collect();
        let high: Vec<f64> = (20..30).map(f64::from).collect();
        let found = superiority(&high, &low, 0.95).unwrap();
        assert_eq!((found.value, found.interval.high), (1.0, 1.0));
        let t = found.interval.low;
        let variance = t * (1.0 - t) * (1.0 + 9.0 * ((1.0 - t) / (2.0 - t) + t / (1.0 + t))) / 100.0;
        assert!((1.0 - t - 1.959_964 * variance.sqrt()).abs() < 1e-6 && (t - 0.800_21).abs() < 1e-5, "{t}");
        assert!(matches!(brunner_munzel(&high, &low, 0.95), Err(Error::NoSpread { .. })));
    }

    #[test]
    fn what_cannot_be_compared_is_refused() {
        assert!(mann_whitney(&[1.0, 1.0], &[1.0]).is_err());
        assert!(mann_whitney(&[], &[1.0]).is_err());
        assert!(superiority(&[1.0], &[1.0, 2.0], 0.95).is_err());
        assert!(superiority(&[1.0, f64::NAN], &[1.0, 2.0], 0.95).is_err());
    }

    proptest! {
        #[test]
        fn turning_the_groups_around_mirrors_everything(
            after in prop::collection::vec(1u8..6, 2..30), before in prop::collection::vec(1u8..6, 2..30),
        ) {
            let numbers = |values: &[u8]| values.iter().map(|&x| f64::from(x)).collect::<Vec<_>>();
            let (after, before) = (numbers(&after), numbers(&before));
            let there = superiority(&after, &before, 0.95).unwrap();
            let back = superiority(&before, &after, 0.95).unwrap();
            prop_assert!((there.value + back.value - 1.0).abs() < 1e-12);
            prop_assert!((there.interval.low + back.interval.high - 1.0).abs() < 1e-9);
            prop_assert!(there.interval.contains(there.value));
        }
    }
}

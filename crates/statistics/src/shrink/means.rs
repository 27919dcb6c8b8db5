//! Means and other figures with a standard error.

use super::FEWEST_GROUPS;
use crate::distribution::{critical_normal, root};
use crate::error::{Error, Result, fraction, positive};
use crate::interval::{Estimate, Interval};

/// A group's own figure.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Group {
    /// The figure, such as a mean.
    pub value: f64,
    /// Its standard error, in the same unit.
    pub standard_error: f64,
}

/// All groups, pulled together.
#[derive(Debug, Clone, PartialEq)]
pub struct ShrunkMeans {
    /// Where they are pulled to: the mean of all, each weighted by how well it is known.
    pub centre: f64,
    /// The standard deviation of the true figures around it; 0 when luck explains all differences.
    pub between: f64,
    /// Each group's figure and interval, in the order given.
    pub groups: Vec<Estimate>,
}

/// Pulls each group's figure towards the centre by (k - 3)/(k - 1) times its share of luck, v / (v + between^2).
///
/// With equal errors this is exactly the estimator of James and Stein around the mean of all groups. The spread between
/// groups is the one at which their distances from the centre are as large as they should be (Paule and Mandel).
/// Sources: W. James and C. Stein, Estimation with quadratic loss (1961); B. Efron and C. Morris, Data analysis using
/// Stein's estimator and its generalizations, JASA 70 (1975); the intervals are those of C. Morris, Parametric
/// empirical Bayes inference, JASA 78 (1983), which hold on average over the groups.
///
/// # Errors
/// When there are fewer than 4 groups, a value is not finite, an error is not positive, or `level` is not between 0 and
/// 1.
///
/// ```
/// use statistics::shrink::{Group, means};
/// let sites = [(3.1, 0.4), (3.9, 0.1), (4.0, 0.1), (4.1, 0.2), (4.9, 0.5)]
///     .map(|(value, standard_error)| Group { value, standard_error });
/// let found = means(&sites, 0.95)?;
/// assert!(found.groups[4].value < 4.7, "the best is the one known least");
/// # Ok::<(), statistics::Error>(())
/// ```
pub fn means(groups: &[Group], level: f64) -> Result<ShrunkMeans> {
    let z = critical_normal(fraction("level", level)?);
    if groups.len() < FEWEST_GROUPS {
        return Err(Error::TooFew { have: groups.len(), needed: FEWEST_GROUPS });
    }
    for (position, group) in groups.iter().enumerate() {
        positive("standard error", group.standard_error)?;
        if !group.value.is_finite() {
            return Err(Error::NotFinite { position });
        }
    }
    let k = groups.len() as f64;
    let weight = |group: &Group, between: f64| 1.0 / (group.standard_error.powi(2) + between);
    let centre = |between: f64| {
        let total: f64 = groups.iter().map(|group| weight(group, between)).sum();
        groups.iter().map(|group| weight(group, between) * group.value).sum::<f64>() / total
    };
    let distance = |between: f64| {
        let middle = centre(between);
        groups.iter().map(|group| weight(group, between) * (group.value - middle).powi(2)).sum::<f64>()
    };
    let widest = groups.iter().map(|group| (group.value - centre(0.0)).powi(2)).sum::<f64>();
    let between = if distance(0.0) > k - 1.0 { root(0.0, widest, |x| k - 1.0 - distance(x)) } else { 0.0 };
    let middle = centre(between);
    let total: f64 = groups.iter().map(|group| weight(group, between)).sum();
    let mean_variance =
        groups.iter().map(|group| weight(group, between) * group.standard_error.powi(2)).sum::<f64>() / total;
    let shrunk = groups.iter().map(|group| {
        let (w, own) = (weight(group, between), group.standard_error.powi(2));
        let pull = (k - 3.0) / (k - 1.0) * own * w;
        let away = group.value - middle;
        let known = own * (1.0 - (1.0 - w / total) * pull);
        let unsure = 2.0 / (k - 3.0) * pull * pull * (mean_variance + between) * w * away * away;
        let (value, half) = (group.value - pull * away, z * (known + unsure).sqrt());
        let interval = Interval { low: value - half, high: value + half, level, method: "empirical Bayes (Morris)" };
        Estimate { value, interval }
    });
    Ok(ShrunkMeans { centre: middle, between: between.sqrt(), groups: shrunk.collect() })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// B. Efron and C. Morris, Stein's paradox in statistics, Scientific American 236 (1977): batting averages of 18
    /// players after 45 times at bat, 1970. The shrinking factor is 0.212 (so the pull is 0.788), and .400 becomes
    /// .294.
    #[test]
    fn baseball_of_efron_and_morris() {
        let averages = [
            0.400, 0.378, 0.356, 0.333, 0.311, 0.311, 0.289, 0.267, 0.244, 0.244, 0.222, 0.222, 0.222, 0.222, 0.222,
            0.200, 0.178, 0.156,
        ];
        let mean = averages.iter().sum::<f64>() / 18.0;
        let standard_error = (mean * (1.0 - mean) / 45.0).sqrt();
        let players = averages.map(|value| Group { value, standard_error });
        let found = means(&players, 0.95).unwrap();
        assert!((found.centre - 0.265).abs() < 6e-4);
        let factor = (found.groups[0].value - found.centre) / (0.400 - found.centre);
        assert!((factor - 0.212).abs() < 2e-3, "{factor}");
        assert!((found.groups[0].value - 0.294).abs() < 6e-4 && (found.groups[17].value - 0.242).abs() < 6e-4);
    }

    /// By hand: 1, 2, 3, 4, 5 with the error 1 each have 10 squares around 3; the pull is (5 - 3) * 1 / 10 = 0.2, so 1
    /// becomes 1.4, and the spread between is sqrt(10 / 4 - 1) = 1.2247.
    #[test]
    fn five_groups_by_hand() {
        let groups = [1.0, 2.0, 3.0, 4.0, 5.0].map(|value| Group { value, standard_error: 1.0 });
        let found = means(&groups, 0.95).unwrap();
        assert!((found.groups[0].value - 1.4).abs() < 1e-9 && (found.between - 1.5f64.sqrt()).abs() < 1e-9);
        // Morris: 1 - 4/5 * 0.2 + 2/2 * 0.2^2 * (1 - 3)^2 = 1.
        assert!((found.groups[0].interval.width() / 2.0 - 1.959_964).abs() < 1e-6);
    }

    #[test]
    fn three_groups_are_refused() {
        let groups = [1.0, 2.0, 3.0].map(|value| Group { value, standard_error: 1.0 });
        assert_eq!(means(&groups, 0.95), Err(Error::TooFew { have: 3, needed: 4 }));
        let exact = [1.0, 2.0, 3.0, 4.0].map(|value| Group { value, standard_error: 0.0 });
        assert!(means(&exact, 0.95).is_err());
    }

    proptest! {
        #[test]
        fn nobody_is_pulled_beyond_the_centre(groups in prop::collection::vec((-10.0..10.0f64, 0.1..5.0f64), 4..30)) {
            let group = |&(value, standard_error): &(f64, f64)| Group { value, standard_error };
            let groups: Vec<Group> = groups.iter().map(group).collect();
            let found = means(&groups, 0.95).unwrap();
            for (group, shrunk) in groups.iter().zip(&found.groups) {
                let (own, now) = (group.value - found.centre, shrunk.value - found.centre);
                prop_assert!(now.abs() <= own.abs() + 1e-9 && own * now >= -1e-9);
            }
        }
    }
}

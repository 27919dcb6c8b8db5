//! Shares of groups.

use super::FEWEST_GROUPS;
use crate::distribution::beta_quantile;
use crate::error::{Error, Result, fraction};
use crate::interval::share::Share;
use crate::interval::{Estimate, Interval};

/// All groups' shares, pulled together.
#[derive(Debug, Clone, PartialEq)]
pub struct ShrunkShares {
    /// Where they are pulled to: all parts over all wholes.
    pub centre: f64,
    /// As how many answers the knowledge of the other groups counts in each group: small when groups really differ. Never
    /// more than there are answers in all.
    pub strength: f64,
    /// Each group's share and interval, in the order given.
    pub groups: Vec<Estimate>,
}

/// Pulls each group's share towards all others', as if `strength` more answers with the share of all had been given in
/// it: (x + strength p) / (n + strength), with the interval of that beta distribution.
///
/// The strength is 1/rho - 1, rho being the correlation within groups by analysis of variance. When the groups differ no
/// more than luck makes them, it is all answers there are: the others then say as much as they can.
/// Sources: J. Kleinman, Proportions with extraneous variance, JASA 68 (1973), for the model and its moments; M. Ridout,
/// C. Demetrio and D. Firth, Estimating intraclass correlation for binary data, Biometrics 55 (1999), for rho.
///
/// # Errors
/// When there are fewer than 4 groups, all answers are the same, nobody answered twice in any group, or `level` is not
/// between 0 and 1.
pub fn shares(groups: &[Share], level: f64) -> Result<ShrunkShares> {
    let tail = (1.0 - fraction("level", level)?) / 2.0;
    let k = groups.len();
    if k < FEWEST_GROUPS {
        return Err(Error::TooFew { have: k, needed: FEWEST_GROUPS });
    }
    let part: u64 = groups.iter().map(|group| group.part()).sum();
    let whole: u64 = groups.iter().map(|group| group.whole()).sum();
    if part == 0 || part == whole {
        return Err(Error::NoSpread { name: "the answers" });
    }
    if whole == k as u64 {
        return Err(Error::TooFew { have: whole as usize, needed: k + 1 });
    }
    let (n, k) = (whole as f64, k as f64);
    let centre = part as f64 / n;
    let (mut between, mut within, mut squares) = (0.0, 0.0, 0.0);
    for group in groups {
        let (m, p) = (group.whole() as f64, group.value());
        between += m * (p - centre).powi(2);
        within += m * p * (1.0 - p);
        squares += m * m;
    }
    let (between, within) = (between / (k - 1.0), within / (n - k));
    let size = (n - squares / n) / (k - 1.0);
    let rho = (between - within) / (between + (size - 1.0) * within);
    let strength = if rho > 0.0 { (1.0 / rho - 1.0).min(n) } else { n };
    let shrunk = groups.iter().map(|group| {
        let up = group.part() as f64 + strength * centre;
        let down = (group.whole() - group.part()) as f64 + strength * (1.0 - centre);
        let (low, high) = if down > 0.0 && up > 0.0 {
            (beta_quantile(up, down, tail), beta_quantile(up, down, 1.0 - tail))
        } else {
            // Only when each group is all or nothing: then others say nothing, and the share is what it is.
            (group.value(), group.value())
        };
        let interval = Interval { low, high, level, method: "empirical Bayes (beta-binomial)" };
        Estimate { value: up / (up + down), interval }
    });
    Ok(ShrunkShares { centre, strength, groups: shrunk.collect() })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn of(counts: &[(u64, u64)]) -> Vec<Share> {
        counts.iter().map(|&(part, whole)| Share::new(part, whole).unwrap()).collect()
    }

    /// By hand: 2, 4, 6 and 8 of 10. Between 10 (0.09 + 0.01 + 0.01 + 0.09) / 3 = 2/3; within 10 (0.16 + 0.24 + 0.24 +
    /// 0.16) / 36 = 2/9; rho (4/9) / (2/3 + 9 * 2/9) = 1/6, so the strength is 5: 2 of 10 becomes 4.5 of 15.
    #[test]
    fn four_groups_by_hand() {
        let found = shares(&of(&[(2, 10), (4, 10), (6, 10), (8, 10)]), 0.95).unwrap();
        assert!((found.strength - 5.0).abs() < 1e-9 && (found.centre - 0.5).abs() < 1e-12);
        assert!((found.groups[0].value - 0.3).abs() < 1e-9 && (found.groups[3].value - 0.7).abs() < 1e-9);
        assert!(found.groups[0].interval.contains(0.3));
    }

    /// Groups that differ less than luck would make them are nearly the same: 12 answers each, 48 in all.
    #[test]
    fn luck_alone_leaves_nearly_nothing() {
        let found = shares(&of(&[(9, 12), (9, 12), (8, 12), (10, 12)]), 0.95).unwrap();
        assert_eq!(found.strength, 48.0);
        // By hand: (8 + 48 * 0.75) / 60 = 0.7333.
        assert!((found.groups[2].value - 44.0 / 60.0).abs() < 1e-12);
    }

    #[test]
    fn what_shows_no_differences_is_refused() {
        assert!(shares(&of(&[(1, 2), (1, 2), (1, 2)]), 0.95).is_err());
        assert!(shares(&of(&[(2, 2); 5]), 0.95).is_err());
        assert!(shares(&of(&[(1, 1), (0, 1), (1, 1), (0, 1)]), 0.95).is_err());
    }

    #[test]
    fn groups_that_are_all_or_nothing_are_left_alone() {
        let found = shares(&of(&[(5, 5), (0, 5), (5, 5), (0, 5)]), 0.95).unwrap();
        assert!(found.groups[0].value > 0.99 && found.groups[1].value < 0.01);
    }

    proptest! {
        #[test]
        fn every_share_lies_between_its_own_and_all(counts in prop::collection::vec((0u64..30, 1u64..30), 4..20)) {
            let groups: Vec<Share> = counts.iter().map(|&(a, b)| Share::new(a, a + b).unwrap()).collect();
            prop_assume!(groups.iter().any(|g| g.part() > 0) && groups.iter().any(|g| g.whole() > 1));
            let found = shares(&groups, 0.95).unwrap();
            for (group, shrunk) in groups.iter().zip(&found.groups) {
                let (a, b) = (group.value().min(found.centre), group.value().max(found.centre));
                prop_assert!(a - 1e-9 <= shrunk.value && shrunk.value <= b + 1e-9);
                prop_assert!(0.0 <= shrunk.interval.low && shrunk.interval.high <= 1.0);
            }
        }
    }
}

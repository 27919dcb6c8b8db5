//! Shares of groups.

use super::FEWEST_GROUPS;
use crate::distribution::crossing;
use crate::error::{Error, Result, fraction};
use crate::interval::share::Share;
use crate::interval::{Estimate, Interval};
use statrs::function::beta::{beta_reg, ln_beta};
use std::collections::HashMap;

/// How many degrees of pulling are weighed against each other.
const PULLS: u32 = 30;
/// How many centres on either side of the share of all.
const CENTRES: i32 = 4;
/// What explains the groups worse than this, against the best, is left out of the intervals, which are found to a
/// thousandth of a percent.
const NEGLIGIBLE: f64 = 1e-4;

/// All groups' shares, pulled together.
#[derive(Debug, Clone, PartialEq)]
pub struct ShrunkShares {
    /// Where they are pulled to: close to all parts over all wholes, and closer to the mean of the groups the more
    /// these differ.
    pub centre: f64,
    /// How far a group of average size is pulled: 0 not at all (groups really differ), 1 all the way (all luck).
    pub pull: f64,
    /// As how many answers the knowledge of the other groups counts in each group, at that pull.
    pub strength: f64,
    /// Each group's share and interval, in the order given.
    pub groups: Vec<Estimate>,
}

/// Pulls each group's share towards all others', as if m more answers with the share of all, p, had been given in it:
/// to (x + m p) / (n + m). Neither m nor p is known. Each degree of pulling B = m / (m + average n) from 0 to 1 is
/// weighed with each p by how well they explain the groups (the beta-binomial likelihood; all p are equally likely
/// beforehand, and all standard deviations of the true shares). The interval is that of all these together.
///
/// Taking a single best m instead promises far too much with small groups (in our simulation 82 of 100 instead of 95),
/// because luck and differences can hardly be told apart in them. As it is, intervals at 0.95 hold 93 to 97 of 100 on
/// average over the groups (with ten to thirty groups of 12 to 40), and more only when the groups do not differ at all.
/// Sources: J. Kleinman, Proportions with extraneous variance, JASA 68 (1973), for the model; A. Gelman, Prior
/// distributions for variance parameters in hierarchical models, Bayesian Analysis 1 (2006), for the standard deviation.
///
/// # Errors
/// When there are fewer than 4 groups, all answers are the same, nobody answered twice in any group, or `level` is not
/// between 0 and 1.
///
/// ```
/// use statistics::{interval::share::Share, shrink::shares};
/// let sites = [(8, 8), (41, 50), (33, 45), (52, 60), (3, 6)];
/// let sites: Vec<Share> = sites.iter().map(|&(part, whole)| Share::new(part, whole)).collect::<Result<_, _>>()?;
/// let found = shares(&sites, 0.95)?;
/// assert!(found.groups[0].value < 0.93, "8 of 8 is not 100%");
/// # Ok::<(), statistics::Error>(())
/// ```
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
    let priors = weighed(groups, part as f64 / whole as f64, whole as f64);
    let best = priors.iter().map(|prior| prior.weight).fold(0.0, f64::max);
    let likely: Vec<&Prior> = priors.iter().filter(|prior| prior.weight > NEGLIGIBLE * best).collect();
    let all: f64 = likely.iter().map(|prior| prior.weight).sum();
    let pulled = |x: f64, own: f64| -> Estimate {
        let below = |share: f64| -> f64 {
            let each = likely.iter().map(|prior| {
                let (up, down) = (prior.answers * prior.centre, prior.answers * (1.0 - prior.centre));
                prior.weight * beta_reg(x + up, own - x + down, share)
            });
            each.sum::<f64>() / all
        };
        let quantile = |p: f64| crossing(0.0, 1.0, 1e-5, |share| below(share) - p);
        let value = |prior: &Prior| prior.weight * (x + prior.answers * prior.centre) / (own + prior.answers);
        let method = "empirical Bayes (beta-binomial)";
        let interval = Interval { low: quantile(tail), high: quantile(1.0 - tail), level, method };
        Estimate { value: priors.iter().map(value).sum(), interval }
    };
    // Small groups often have the same counts.
    let mut known: HashMap<(u64, u64), Estimate> = HashMap::new();
    let of = |group: &Share| {
        let (part, whole) = (group.part(), group.whole());
        *known.entry((part, whole)).or_insert_with(|| pulled(part as f64, whole as f64))
    };
    let groups = groups.iter().map(of).collect();
    let size = whole as f64 / k as f64;
    let mean_of = |figure: fn(&Prior) -> f64| priors.iter().map(|prior| prior.weight * figure(prior)).sum::<f64>();
    let pull = mean_of(|prior| prior.pull);
    Ok(ShrunkShares { centre: mean_of(|prior| prior.centre), pull, strength: size * pull / (1.0 - pull), groups })
}

/// One way in which the groups may be alike.
struct Prior {
    /// The share of all.
    centre: f64,
    /// How far a group of average size is pulled to it.
    pull: f64,
    /// As how many more answers that is.
    answers: f64,
    /// How well it explains the groups; all weights sum to 1.
    weight: f64,
}

/// Every degree of pulling with the centres that are likely with it, weighed by the likelihood.
fn weighed(groups: &[Share], share: f64, whole: f64) -> Vec<Prior> {
    let size = whole / groups.len() as f64;
    let mut priors = Vec::new();
    for step in 0..PULLS {
        let pull = (f64::from(step) + 0.5) / f64::from(PULLS);
        let answers = size * pull / (1.0 - pull);
        // As far as the share of all may be off when answers of a group resemble each other.
        let error = (share * (1.0 - share) / whole * (1.0 + (size - 1.0) / (1.0 + answers))).sqrt();
        for place in -CENTRES..=CENTRES {
            let centre = share + 3.0 * error * f64::from(place) / f64::from(CENTRES);
            if centre <= 0.0 || centre >= 1.0 {
                continue;
            }
            let (up, down) = (answers * centre, answers * (1.0 - centre));
            let empty = ln_beta(up, down);
            let explained: f64 = groups
                .iter()
                .map(|group| {
                    let (x, rest) = (group.part() as f64, (group.whole() - group.part()) as f64);
                    ln_beta(x + up, rest + down) - empty
                })
                .sum();
            // The distance between neighbouring centres grows with the error, and each stands for its neighbourhood;
            // so does that between standard deviations, sqrt(p (1 - p) / (m + 1)), as B goes in even steps.
            let spacing = error.ln() - 1.5 * (answers + 1.0).ln() - 2.0 * (1.0 - pull).ln();
            priors.push(Prior { centre, pull, answers, weight: explained + spacing });
        }
    }
    let most = priors.iter().fold(f64::NEG_INFINITY, |most, prior| most.max(prior.weight));
    let total: f64 = priors.iter().map(|prior| (prior.weight - most).exp()).sum();
    for prior in &mut priors {
        prior.weight = (prior.weight - most).exp() / total;
    }
    priors
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn of(counts: &[(u64, u64)]) -> Vec<Share> {
        counts.iter().map(|&(part, whole)| Share::new(part, whole).unwrap()).collect()
    }

    /// Tumours in 71 groups of rats: R. Tarone, Biometrics 38 (1982), as in A. Gelman et al., Bayesian Data Analysis,
    /// section 5.3, where the posterior centres on beta(2.4, 14.3): the share 0.14, as strong as 16.7 rats.
    #[test]
    fn tarones_rats() {
        let mut rats = vec![(0, 20); 7];
        rats.extend([
            (0, 19),
            (0, 19),
            (0, 19),
            (0, 19),
            (0, 18),
            (0, 18),
            (0, 17),
            (1, 20),
            (1, 20),
            (1, 20),
            (1, 20),
        ]);
        rats.extend([(1, 19), (1, 19), (1, 18), (1, 18), (2, 25), (2, 24), (2, 23)]);
        rats.extend([(2, 20); 6]);
        rats.extend([
            (1, 10),
            (5, 49),
            (2, 19),
            (5, 46),
            (3, 27),
            (2, 17),
            (7, 49),
            (7, 47),
            (3, 20),
            (3, 20),
            (2, 13),
        ]);
        rats.extend([(9, 48), (10, 50)]);
        rats.extend([(4, 20); 7]);
        rats.extend([(10, 48), (4, 19), (4, 19), (4, 19), (5, 22), (11, 46), (12, 49), (5, 20), (5, 20), (6, 23)]);
        rats.extend([(5, 19), (6, 22), (6, 20), (6, 20), (6, 20), (16, 52), (15, 47), (15, 46), (9, 24), (4, 14)]);
        assert_eq!(rats.len(), 71);
        let found = shares(&of(&rats), 0.95).unwrap();
        assert!(
            (found.centre - 0.14).abs() < 0.02 && (found.strength - 16.7).abs() < 4.0,
            "{} {}",
            found.centre,
            found.strength
        );
        // By hand with 16.7 rats more at 0.14: (4 + 2.4) / (14 + 16.7) = 0.208.
        assert!((found.groups[70].value - 0.208).abs() < 0.01, "{}", found.groups[70].value);
    }

    /// Groups that differ less than luck would make them are pulled most of the way, those that are all or nothing
    /// hardly.
    #[test]
    fn luck_is_pulled_and_differences_are_left() {
        let luck = shares(&of(&[(9, 12), (9, 12), (8, 12), (10, 12)]), 0.95).unwrap();
        assert!(luck.pull > 0.6 && luck.groups[2].value > 0.70, "{luck:?}");
        let real = shares(&of(&[(50, 50), (0, 50), (50, 50), (0, 50)]), 0.95).unwrap();
        assert!(real.pull < 0.05 && real.groups[0].value > 0.98 && real.groups[1].value < 0.02, "{real:?}");
    }

    #[test]
    fn what_shows_no_differences_is_refused() {
        assert!(shares(&of(&[(1, 2), (1, 2), (1, 2)]), 0.95).is_err());
        assert!(shares(&of(&[(2, 2); 5]), 0.95).is_err());
        assert!(shares(&of(&[(1, 1), (0, 1), (1, 1), (0, 1)]), 0.95).is_err());
    }

    proptest! {
        #[test]
        fn every_share_lies_between_its_own_and_all(counts in prop::collection::vec((0u64..30, 1u64..30), 4..20)) {
            let groups: Vec<Share> = counts.iter().map(|&(a, b)| Share::new(a, a + b).unwrap()).collect();
            prop_assume!(groups.iter().any(|g| g.part() > 0) && groups.iter().any(|g| g.whole() > 1));
            let found = shares(&groups, 0.95).unwrap();
            for (group, shrunk) in groups.iter().zip(&found.groups) {
                // The centres that are weighed lie around the one that is shown.
                let (a, b) = (group.value().min(found.centre), group.value().max(found.centre));
                prop_assert!(a - 0.05 <= shrunk.value && shrunk.value <= b + 0.05);
                prop_assert!(0.0 <= shrunk.interval.low && shrunk.interval.high <= 1.0);
                prop_assert!(shrunk.interval.contains(shrunk.value));
            }
        }
    }
}

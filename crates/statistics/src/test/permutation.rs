//! Shuffling: if nothing changed, the labels "before" and "after" are arbitrary, so every other way to put them is as
//! likely as the one seen.
//!
//! What is shuffled is a *unit*: a person with all their answers, or a block of weeks. Shuffling single answers of
//! people who answer often, or single days of a series, would find differences that are not there. With few units every
//! arrangement is looked at and the p-value is exact; with many, a seeded sample of them. Trap: three against three
//! cannot go below 0.10 and four against four not below 0.029, whatever happened. The smallest possible value is
//! therefore part of the answer.

use crate::error::{Error, Result, finite};
use rand::{RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;

/// Up to this many arrangements are all looked at: 8 against 8 has 12,870, 16 pairs have 65,536.
const ALL: u64 = 70_000;

/// How many arrangements to draw when there are too many for all, and from which seed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Shuffles {
    /// 2,000 or more for a p-value that is shown.
    pub draws: u32,
    /// The same seed gives the same p-value, on every machine.
    pub seed: u64,
}

impl Default for Shuffles {
    fn default() -> Self {
        Self { draws: 4_999, seed: 1 }
    }
}

/// What shuffling found.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Permutation {
    /// The statistic of the data as they are.
    pub observed: f64,
    /// Two-sided: the share of arrangements with a statistic at least as far from zero.
    pub p_value: f64,
    /// How many arrangements were looked at, the one seen included.
    pub arrangements: u64,
    /// Whether these were all there are.
    pub exact: bool,
    /// The smallest p-value that data of this size can have: above 0.05 the test can find nothing.
    pub smallest: f64,
}

/// Tests two sets of different units. `statistic(after, before)` is a difference: zero when the two are alike, finite
/// always. p = (1 + arrangements as extreme) / (1 + draws), or the exact share when all are looked at.
///
/// Sources: E. J. G. Pitman, Significance tests which may be applied to samples from any populations, Supplement to the
/// Journal of the Royal Statistical Society 4 (1937); B. Phipson and G. Smyth, Permutation p-values should never be
/// zero, Statistical Applications in Genetics and Molecular Biology 9 (2010).
///
/// # Errors
/// When a set is empty, there are no draws, or the statistic is not finite.
///
/// ```
/// use statistics::test::permutation::{Shuffles, two_groups};
/// let mean = |weeks: &[&f64]| weeks.iter().copied().sum::<f64>() / weeks.len() as f64;
/// let found = two_groups(&[8.0, 9.0, 7.0], &[3.0, 4.0, 5.0], |a, b| mean(a) - mean(b), Shuffles::default())?;
/// // Perfect separation, and still only 2 of 20 arrangements.
/// assert_eq!((found.p_value, found.smallest), (0.1, 0.1));
/// # Ok::<(), statistics::Error>(())
/// ```
pub fn two_groups<U>(
    after: &[U],
    before: &[U],
    statistic: impl Fn(&[&U], &[&U]) -> f64,
    shuffles: Shuffles,
) -> Result<Permutation> {
    let (k, n) = (after.len(), after.len() + before.len());
    if after.is_empty() || before.is_empty() {
        return Err(Error::TooFew { have: 0, needed: 1 });
    }
    let mut units: Vec<&U> = after.iter().chain(before).collect();
    let mut tally = Tally::new(statistic(&units[..k], &units[k..]))?;
    let all = choose(n, k).filter(|all| *all <= ALL);
    if all.is_some() {
        let mut chosen: Vec<usize> = (0..k).collect();
        let (mut one, mut two) = (Vec::with_capacity(k), Vec::with_capacity(n - k));
        loop {
            one.clear();
            two.clear();
            let mut next = chosen.iter().peekable();
            for (index, &unit) in units.iter().enumerate() {
                if next.next_if_eq(&&index).is_some() { one.push(unit) } else { two.push(unit) }
            }
            tally.add(statistic(&one, &two))?;
            if !advance(&mut chosen, n) {
                break;
            }
        }
    } else {
        let mut random = ChaCha8Rng::seed_from_u64(shuffles.seed);
        for _ in 0..shuffles.draws {
            for slot in 0..k {
                let other = slot + random.random_range(0..(n - slot) as u32) as usize;
                units.swap(slot, other);
            }
            tally.add(statistic(&units[..k], &units[k..]))?;
        }
    }
    // Turning all labels around is an arrangement of its own only when the sets are equally large.
    let extreme = if 2 * k == n { 2.0 } else { 1.0 };
    tally.finish(all, extreme, shuffles)
}

/// Tests the changes (after minus before) of the same people, one for each person: if nothing changed, each change is
/// as likely to have the other sign. The statistic is the mean change.
///
/// Source: R. A. Fisher, The Design of Experiments (1935), section 21.
///
/// # Errors
/// When there is no change, one is not finite, or there are no draws.
pub fn paired(changes: &[f64], shuffles: Shuffles) -> Result<Permutation> {
    finite(changes, 1)?;
    let n = changes.len();
    let mean = |sum: f64| sum / n as f64;
    let mut tally = Tally::new(mean(changes.iter().sum()))?;
    let all = 1u64.checked_shl(n as u32).filter(|all| n < 64 && *all <= ALL);
    if let Some(all) = all {
        for signs in 0..all {
            let flipped = changes.iter().enumerate().map(|(i, x)| if signs >> i & 1 == 1 { -x } else { *x });
            tally.add(mean(flipped.sum()))?;
        }
    } else {
        let mut random = ChaCha8Rng::seed_from_u64(shuffles.seed);
        for _ in 0..shuffles.draws {
            tally.add(mean(changes.iter().map(|x| if random.random_bool(0.5) { -x } else { *x }).sum()))?;
        }
    }
    tally.finish(all, 2.0, shuffles)
}

struct Tally {
    observed: f64,
    extreme: u64,
    seen: u64,
}

impl Tally {
    fn new(observed: f64) -> Result<Self> {
        if observed.is_finite() {
            Ok(Self { observed, extreme: 0, seen: 0 })
        } else {
            Err(Error::NotFinite { position: 0 })
        }
    }

    fn add(&mut self, statistic: f64) -> Result<()> {
        if !statistic.is_finite() {
            return Err(Error::NotFinite { position: self.seen as usize });
        }
        self.seen += 1;
        // Sums of the same numbers in another order differ by rounding; they must count as equal.
        let slack = 1e-9 * self.observed.abs().max(1e-300);
        self.extreme += u64::from(statistic.abs() >= self.observed.abs() - slack);
        Ok(())
    }

    fn finish(self, all: Option<u64>, fewest_extreme: f64, shuffles: Shuffles) -> Result<Permutation> {
        let Self { observed, extreme, seen } = self;
        if let Some(all) = all {
            let p_value = extreme as f64 / seen as f64;
            let smallest = fewest_extreme / all as f64;
            return Ok(Permutation { observed, p_value, arrangements: all, exact: true, smallest: smallest.min(1.0) });
        }
        if shuffles.draws == 0 {
            return Err(Error::OutOfRange { name: "draws", value: 0.0, wanted: "use 2000 or more" });
        }
        let arrangements = 1 + seen;
        let p_value = (1 + extreme) as f64 / arrangements as f64;
        Ok(Permutation { observed, p_value, arrangements, exact: false, smallest: 1.0 / arrangements as f64 })
    }
}

/// How many ways to choose `k` of `n`, when that fits.
fn choose(n: usize, k: usize) -> Option<u64> {
    (0..k.min(n - k) as u64).try_fold(1u64, |ways, i| Some(ways.checked_mul(n as u64 - i)? / (i + 1)))
}

/// The next choice in dictionary order; false after the last.
fn advance(chosen: &mut [usize], n: usize) -> bool {
    let k = chosen.len();
    let Some(at) = (0..k).rev().find(|&i| chosen[i] < n - k + i) else {
        return false;
    };
    chosen[at] += 1;
    for i in at + 1..k {
        chosen[i] = chosen[i - 1] + 1;
    }
    true
}

#[cfg(test)]
mod tests {
    use super::*;

    fn mean(values: &[&f64]) -> f64 {
        values.iter().copied().sum::<f64>() / values.len() as f64
    }

    fn difference(after: &[&f64], before: &[&f64]) -> f64 {
        mean(after) - mean(before)
    }

    /// Darwin's fifteen pairs of maize, in eighths of an inch. Fisher (1935), section 21: of 32,768 arrangements 863
    /// sum to 314 or more, so two-sided 1,726 of them, 5.267%.
    #[test]
    fn darwins_maize() {
        let changes =
            [49.0, -67.0, 8.0, 16.0, 6.0, 23.0, 28.0, 41.0, 14.0, 29.0, 56.0, 24.0, 75.0, 60.0, -48.0].map(|x| x / 8.0);
        let found = paired(&changes, Shuffles::default()).unwrap();
        assert!(found.exact && found.arrangements == 32_768);
        assert!((found.p_value - 1726.0 / 32_768.0).abs() < 1e-12, "{}", found.p_value * 32_768.0);
    }

    /// Efron and Tibshirani, An Introduction to the Bootstrap (1993), section 15.2: the mice of table 2.1, one-sided
    /// 0.14 from a sample of arrangements; here all 11,440.
    #[test]
    fn the_mice_of_efron_and_tibshirani() {
        let treated = [94.0, 197.0, 16.0, 38.0, 99.0, 141.0, 23.0];
        let others = [52.0, 104.0, 146.0, 10.0, 51.0, 30.0, 40.0, 27.0, 46.0];
        let found = two_groups(&treated, &others, difference, Shuffles::default()).unwrap();
        assert!(found.exact && found.arrangements == 11_440);
        assert!((found.p_value / 2.0 - 0.14).abs() < 0.01, "{}", found.p_value);
    }

    /// C(6, 3) = 20 and C(8, 4) = 70 arrangements, of which two are the most extreme.
    #[test]
    fn few_against_few_cannot_find_anything() {
        let smallest = |n: u32| {
            let after: Vec<f64> = (100..100 + n).map(f64::from).collect();
            let before: Vec<f64> = (0..n).map(f64::from).collect();
            let found = two_groups(&after, &before, difference, Shuffles::default()).unwrap();
            assert_eq!(found.p_value, found.smallest);
            found.p_value
        };
        assert_eq!((smallest(3), smallest(4)), (2.0 / 20.0, 2.0 / 70.0));
    }

    #[test]
    fn many_units_are_sampled_by_a_seed() {
        let after: Vec<f64> = (0..40).map(|i| f64::from(i) + 15.0).collect();
        let before: Vec<f64> = (0..40).map(f64::from).collect();
        let once = two_groups(&after, &before, difference, Shuffles::default()).unwrap();
        assert_eq!(once, two_groups(&after, &before, difference, Shuffles::default()).unwrap());
        assert!(!once.exact && once.arrangements == 5_000 && once.p_value < 0.01);
        let changes: Vec<f64> = (0..40).map(|i| f64::from(i % 5) - 2.0).collect();
        assert!(paired(&changes, Shuffles { draws: 500, seed: 9 }).unwrap().p_value > 0.9);
    }

    #[test]
    fn what_cannot_be_shuffled_is_refused() {
        assert!(two_groups(&[], &[1.0], difference, Shuffles::default()).is_err());
        assert!(two_groups(&[1.0], &[2.0], |_, _| f64::NAN, Shuffles::default()).is_err());
        assert!(paired(&[1.0; 30], Shuffles { draws: 0, seed: 1 }).is_err());
        assert!(paired(&[], Shuffles::default()).is_err());
    }
}

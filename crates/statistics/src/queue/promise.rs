//! Promised times, and whether they are kept as often as was said.

use crate::error::{Error, Result, finite, fraction};
use crate::interval::Interval;
use crate::interval::share::{Share, wilson};

/// A time window to promise.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Window {
    /// Not before this; 0 when only "within" is promised.
    pub from: f64,
    /// Not after this.
    pub to: f64,
    /// How often a window made like this is kept in the long run: at least what was asked for, since ranks are whole.
    pub coverage: f64,
}

/// "Within so long": the time by which the share `coverage` of the next people will have been served, judging by
/// `recent` waits. It is the k-th smallest of n, k = coverage (n + 1) rounded up, which the next wait does not exceed
/// with the probability k / (n + 1), whatever the distribution.
///
/// Never promise the mean: half or more of all people wait longer than that. Trap: the next day must be like the recent
/// ones. Take waits of the same hour and weekday, and check with [`reliability`].
/// Sources: S. S. Wilks, Determination of sample sizes for setting tolerance limits, Annals of Mathematical Statistics
/// 12 (1941); V. Vovk et al., Algorithmic Learning in a Random World (2005), for why only exchangeability is needed.
///
/// # Errors
/// When there are too few waits for such a promise (4 for 80%, 9 for 90%), one is negative or not finite, or `coverage`
/// is not between 0 and 1.
///
/// ```
/// let minutes = [12.0, 4.0, 25.0, 8.0, 15.0, 9.0, 31.0, 11.0, 6.0];
/// let window = statistics::queue::promise::within(&minutes, 0.8)?;
/// assert_eq!((window.to, window.coverage), (25.0, 0.8));
/// # Ok::<(), statistics::Error>(())
/// ```
pub fn within(recent: &[f64], coverage: f64) -> Result<Window> {
    fraction("coverage", coverage)?;
    let sorted = checked(recent)?;
    let n = sorted.len();
    let rank = rank(coverage, n);
    if rank > n {
        return Err(Error::TooFew { have: n, needed: smallest(coverage) });
    }
    Ok(Window { from: 0.0, to: sorted[rank - 1], coverage: rank as f64 / (n + 1) as f64 })
}

/// "Between ... and ...": as [`within`], leaving out as much of the soonest as of the latest.
///
/// # Errors
/// As for [`within`]; for 80% it needs 9 waits.
pub fn between(recent: &[f64], coverage: f64) -> Result<Window> {
    fraction("coverage", coverage)?;
    let sorted = checked(recent)?;
    let n = sorted.len();
    let upper = rank(f64::midpoint(1.0, coverage), n);
    if upper > n {
        return Err(Error::TooFew { have: n, needed: smallest(f64::midpoint(1.0, coverage)) });
    }
    let lower = n + 1 - upper;
    Ok(Window { from: sorted[lower - 1], to: sorted[upper - 1], coverage: (upper - lower) as f64 / (n + 1) as f64 })
}

/// The rounding of 0.8 * 10 must not ask for the ninth.
fn rank(coverage: f64, n: usize) -> usize {
    (coverage * (n + 1) as f64 - 1e-9).ceil().max(1.0) as usize
}

fn smallest(coverage: f64) -> usize {
    (1.0 / (1.0 - coverage) - 1e-9).ceil() as usize - 1
}

fn checked(recent: &[f64]) -> Result<Vec<f64>> {
    finite(recent, 1)?;
    if let Some(&value) = recent.iter().find(|wait| **wait < 0.0) {
        return Err(Error::OutOfRange { name: "wait", value, wanted: "a time of 0 or more" });
    }
    let mut sorted = recent.to_vec();
    sorted.sort_by(f64::total_cmp);
    Ok(sorted)
}

/// A promise that was made, and what came of it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Promise {
    /// How often it should be kept, such as 0.8.
    pub coverage: f64,
    /// Whether it was.
    pub kept: bool,
}

/// What promises of one kind were worth.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Worth {
    /// Kept as often as said, give or take the tolerance.
    AsSaid,
    /// Broken more often than said: promise later times.
    TooShort,
    /// Kept more often than said: people were made to wait for nothing.
    TooLong,
    /// Not enough promises yet.
    CannotTell,
}

/// Promises that were made with the same coverage.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Reliability {
    /// How often they should be kept.
    pub coverage: f64,
    /// How many were made.
    pub n: u64,
    /// The share kept.
    pub kept: f64,
    /// Its Wilson interval.
    pub interval: Interval,
    /// The finding.
    pub worth: Worth,
}

/// For each coverage that was promised, how often it was kept: the reliability diagram. `tolerance` is how far off does
/// not matter (0.05). A kind is [`Worth::AsSaid`] when its whole interval lies within the tolerance of what was said,
/// and too short or too long when its interval is clear of what was said.
///
/// Source: M. DeGroot and S. Fienberg, The comparison and evaluation of forecasters, The Statistician 32 (1983).
///
/// # Errors
/// When a coverage, the tolerance or `level` is not between 0 and 1.
pub fn reliability(promises: &[Promise], tolerance: f64, level: f64) -> Result<Vec<Reliability>> {
    fraction("tolerance", tolerance)?;
    for promise in promises {
        fraction("coverage", promise.coverage)?;
    }
    let mut sorted = promises.to_vec();
    sorted.sort_by(|a, b| a.coverage.total_cmp(&b.coverage));
    let kinds = sorted.chunk_by(|a, b| a.coverage == b.coverage).map(|kind| {
        let (coverage, n) = (kind[0].coverage, kind.len() as u64);
        let share = Share::new(kind.iter().filter(|promise| promise.kept).count() as u64, n)?;
        let interval = wilson(share, level)?;
        let worth = if coverage - tolerance <= interval.low && interval.high <= coverage + tolerance {
            Worth::AsSaid
        } else if interval.high < coverage {
            Worth::TooShort
        } else if interval.low > coverage {
            Worth::TooLong
        } else {
            Worth::CannotTell
        };
        Ok(Reliability { coverage, n, kept: share.value(), interval, worth })
    });
    kinds.collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// By hand: of 1 to 19 the 16th is promised for 80% of 20 places; between the 2nd and the 18th lie 16 of 20 places.
    #[test]
    fn nineteen_waits_by_hand() {
        let waits: Vec<f64> = (1..=19).rev().map(f64::from).collect();
        assert_eq!(within(&waits, 0.8), Ok(Window { from: 0.0, to: 16.0, coverage: 0.8 }));
        assert_eq!(between(&waits, 0.8), Ok(Window { from: 2.0, to: 18.0, coverage: 0.8 }));
        assert_eq!(within(&waits, 0.81).unwrap().to, 17.0);
    }

    #[test]
    fn too_few_waits_promise_nothing() {
        assert_eq!(within(&[1.0, 2.0, 3.0], 0.8), Err(Error::TooFew { have: 3, needed: 4 }));
        assert_eq!(between(&[1.0; 8], 0.8), Err(Error::TooFew { have: 8, needed: 9 }));
        assert!(within(&[1.0; 4], 0.8).is_ok() && between(&[1.0; 9], 0.8).is_ok());
        assert!(within(&[-1.0; 9], 0.8).is_err() && within(&[1.0; 9], 80.0).is_err());
    }

    fn made(coverage: f64, kept: usize, of: usize) -> Vec<Promise> {
        (0..of).map(|i| Promise { coverage, kept: i < kept }).collect()
    }

    /// Wilson: 1,600 of 2,000 is 78.2 to 81.7%; 60 of 100 is 50.2 to 69.1%; 99 of 100 94.6 to 99.8%; 8 of 10 49 to 94%.
    #[test]
    fn each_finding() {
        let found = |kept, of| reliability(&made(0.8, kept, of), 0.05, 0.95).unwrap()[0].worth;
        assert_eq!(found(1_600, 2_000), Worth::AsSaid);
        assert_eq!(found(60, 100), Worth::TooShort);
        assert_eq!(found(99, 100), Worth::TooLong);
        assert_eq!(found(8, 10), Worth::CannotTell);
        let both = [made(0.9, 9, 10), made(0.5, 4, 10)].concat();
        let found = reliability(&both, 0.05, 0.95).unwrap();
        assert_eq!((found.len(), found[0].coverage, found[0].kept, found[1].n), (2, 0.5, 0.4, 10));
    }

    proptest! {
        #[test]
        fn a_window_covers_what_it_says_of_the_waits_it_was_made_from(
            waits in prop::collection::vec(0.0..100.0f64, 9..80), coverage in 0.5..0.8f64,
        ) {
            for window in [within(&waits, coverage).unwrap(), between(&waits, coverage).unwrap()] {
                prop_assert!(window.coverage >= coverage - 1e-9 && window.from <= window.to);
            }
            let longer = within(&waits, coverage + 0.1).unwrap();
            prop_assert!(longer.to >= within(&waits, coverage).unwrap().to);
        }
    }
}

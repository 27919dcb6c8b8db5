//! Rates: how many events in how much exposure (complaints per week, outages per year, contacts per head).
//!
//! A count of rare, independent events is Poisson. Trap: events that come in bursts (forty calls about one outage) are
//! one event forty times; count the outage, or resample weeks with [`super::bootstrap`].

use super::{Estimate, Interval};
use crate::distribution::gamma_quantile;
use crate::error::{Error, Result, fraction, positive};
use crate::interval::share::{Share, clopper_pearson};

/// A count of events, and the exposure in which they happened (weeks, heads, thousands of contacts).
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Events {
    /// How many happened.
    pub count: u64,
    /// In how much, larger than 0; the rate is per unit of this.
    pub exposure: f64,
}

/// The exact interval of a Poisson rate, in events per unit of exposure. It covers at least `level`, and with fewer
/// than ten events clearly more.
///
/// None seen is not none possible: 0 in 4 weeks may be 0.92 a week.
/// Source: F. Garwood, Fiducial limits for the Poisson distribution, Biometrika 28 (1936).
///
/// # Errors
/// When the exposure is not positive, or `level` is not between 0 and 1.
///
/// ```
/// use statistics::interval::rate::{Events, garwood};
/// let complaints = garwood(Events { count: 10, exposure: 4.0 }, 0.95)?;
/// assert!(complaints.interval.contains(1.5) && complaints.interval.contains(4.0));
/// # Ok::<(), statistics::Error>(())
/// ```
pub fn garwood(events: Events, level: f64) -> Result<Estimate> {
    let tail = (1.0 - fraction("level", level)?) / 2.0;
    let exposure = positive("exposure", events.exposure)?;
    let count = events.count as f64;
    let low = if events.count == 0 { 0.0 } else { gamma_quantile(count, tail) / exposure };
    let high = gamma_quantile(count + 1.0, 1.0 - tail) / exposure;
    Ok(Estimate { value: count / exposure, interval: Interval { low, high, level, method: "Garwood exact" } })
}

/// How many times as often something happens after as before, with the exact interval: given the total, the later count
/// is binomial, so Clopper-Pearson applies. With no event before, the ratio and its upper limit are infinite.
///
/// Source: J. Przyborowski and H. Wilenski, Homogeneity of results in testing samples from Poisson series, Biometrika
/// 31 (1940).
///
/// # Errors
/// When nothing happened in either period, an exposure is not positive, or `level` is not between 0 and 1.
pub fn ratio(after: Events, before: Events, level: f64) -> Result<Estimate> {
    let per = positive("exposure", after.exposure)? / positive("exposure", before.exposure)?;
    let Some(total) = after.count.checked_add(before.count).filter(|total| *total > 0) else {
        return Err(Error::TooFew { have: 0, needed: 1 });
    };
    let limits = clopper_pearson(Share::new(after.count, total)?, level)?;
    let odds = |share: f64| if share < 1.0 { share / (1.0 - share) / per } else { f64::INFINITY };
    let interval = Interval { low: odds(limits.low), high: odds(limits.high), level, method: "exact conditional" };
    Ok(Estimate { value: odds(after.count as f64 / total as f64), interval })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn of(count: u64, exposure: f64) -> Events {
        Events { count, exposure }
    }

    /// Garwood's table, as in every book of tables: 0: 0 to 3.689; 1: 0.0253 to 5.572; 10: 4.795 to 18.390.
    #[test]
    fn counts_agree_with_garwoods_table() {
        for (count, low, high) in [(0, 0.0, 3.689), (1, 0.0253, 5.572), (10, 4.795, 18.390)] {
            let found = garwood(of(count, 1.0), 0.95).unwrap();
            assert!((found.interval.low - low).abs() < 6e-4 && (found.interval.high - high).abs() < 6e-4, "{found:?}");
        }
    }

    /// The manual of R, poisson.test(137, 24.19893): 5.661414, from 4.753125 to 6.692709.
    #[test]
    fn a_rate_agrees_with_the_manual_of_r() {
        let found = garwood(of(137, 24.19893), 0.95).unwrap();
        assert!((found.value - 5.661_414).abs() < 1e-5);
        assert!((found.interval.low - 4.753_125).abs() < 1e-5 && (found.interval.high - 6.692_709).abs() < 1e-5);
    }

    /// The same manual, Snedecor and Cochran's 11 in 800 against 21 in 3011: ratio 1.971488, from 0.8584264 to
    /// 4.2772659.
    #[test]
    fn a_ratio_agrees_with_the_manual_of_r() {
        let found = ratio(of(11, 800.0), of(21, 3011.0), 0.95).unwrap();
        assert!((found.value - 1.971_488).abs() < 1e-5);
        assert!((found.interval.low - 0.858_426).abs() < 1e-5 && (found.interval.high - 4.277_266).abs() < 1e-5);
    }

    #[test]
    fn nothing_before_has_no_upper_limit_and_nothing_at_all_is_refused() {
        let found = ratio(of(5, 1.0), of(0, 1.0), 0.95).unwrap();
        assert!(found.value.is_infinite() && found.interval.high.is_infinite() && found.interval.low > 0.8);
        assert!(ratio(of(0, 1.0), of(0, 1.0), 0.95).is_err());
        assert!(garwood(of(3, 0.0), 0.95).is_err());
    }

    proptest! {
        #[test]
        fn a_rate_lies_in_its_interval(count in 0u64..2_000, exposure in 0.1..100.0f64) {
            let found = garwood(of(count, exposure), 0.95).unwrap();
            prop_assert!(found.interval.contains(found.value));
            let longer = garwood(of(count * 4, exposure * 4.0), 0.95).unwrap();
            prop_assert!(longer.interval.width() < found.interval.width());
        }
    }
}

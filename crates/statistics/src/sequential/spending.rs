//! Group sequential looks: how much of the allowed error each look may spend.
//!
//! At each look use an interval at that look's own [`Look::level`] instead of 0.95, and judge it as usual. Trap: the
//! figure at which a series was stopped early is on average too good; say that it was stopped, and let the next period
//! give the size.

use crate::distribution::{normal_quantile, normal_tail, root};
use crate::error::{Error, Result};

/// Looks must be at least this fraction of the planned answers apart.
const CLOSEST: f64 = 0.001;

/// How the allowed error is spread over the looks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Spending {
    /// Hardly anything early, nearly everything at the end: early looks stop for large changes only, and the last look
    /// is almost as good as a single one. The usual choice.
    OBrienFleming,
    /// Evenly: easier to stop early, harder at the end.
    Pocock,
}

impl Spending {
    /// The part of a one-sided error `alpha` that may be spent when the fraction `t` of the planned answers is in.
    /// O'Brien-Fleming type: 2 - 2 Phi(z(1 - alpha/2) / sqrt t); Pocock type: alpha ln(1 + (e - 1) t).
    fn spent(self, alpha: f64, t: f64) -> f64 {
        match self {
            Self::OBrienFleming => 2.0 * normal_tail(normal_quantile(1.0 - alpha / 2.0) / t.sqrt()),
            Self::Pocock => alpha * (1.0 + (std::f64::consts::E - 1.0) * t).ln(),
        }
    }
}

/// What one look may conclude.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Look {
    /// The fraction of the planned answers that is in, 0 to 1.
    pub fraction: f64,
    /// Stop when the estimate is more than this many standard errors from zero.
    pub critical: f64,
    /// The level of an interval that is clear of zero just then: 1 - 2 Phi(-critical), such as 0.9956. At most 1 -
    /// 1e-12, so that very early looks have an interval too.
    pub level: f64,
    /// Two-sided error spent up to and including this look.
    pub spent: f64,
}

/// The looks of a plan with the two-sided error `alpha` (0.05), one for each of the `fractions` of the planned answers
/// in rising order, the last at most 1. Both sides are bounded alike.
///
/// The looks need not be evenly spaced, and later fractions may be changed as long as it is not because of what was
/// seen.
/// Sources: K. K. G. Lan and D. DeMets, Discrete sequential boundaries for clinical trials, Biometrika 70 (1983);
/// computed by the recursion of P. Armitage, C. McPherson and B. Rowe, Repeated significance tests on accumulating
/// data, Journal of the Royal Statistical Society A 132 (1969).
///
/// # Errors
/// When there are no fractions, they do not rise or leave 0 to 1, or `alpha` is not between 0 and 1.
///
/// ```
/// use statistics::sequential::spending::{Spending, boundaries};
/// let looks = boundaries(Spending::OBrienFleming, 0.05, &[0.25, 0.5, 0.75, 1.0])?;
/// assert!(looks[0].critical > 4.0 && looks[3].critical < 2.03);
/// # Ok::<(), statistics::Error>(())
/// ```
pub fn boundaries(spending: Spending, alpha: f64, fractions: &[f64]) -> Result<Vec<Look>> {
    let side = crate::error::fraction("alpha", alpha)? / 2.0;
    checked(fractions)?;
    let mut path = Path::default();
    let mut looks = Vec::with_capacity(fractions.len());
    let mut before = 0.0;
    for &t in fractions {
        let spent = spending.spent(side, t);
        let critical = root(0.0, 30.0, |z| (spent - before) - path.upper_exit(t, z));
        path.pass(t, critical);
        before = spent;
        let level = (1.0 - 2.0 * normal_tail(critical)).min(1.0 - 1e-12);
        looks.push(Look { fraction: t, critical, level, spent: 2.0 * spent });
    }
    Ok(looks)
}

/// How often at least one look up to each one is beyond its critical value when nothing changed: what "I look every
/// week" really costs. `critical` has one value, or one for each look.
///
/// # Errors
/// When there are no fractions, they do not rise or leave 0 to 1, or there is another number of critical values.
pub fn false_alarms(fractions: &[f64], critical: &[f64]) -> Result<Vec<f64>> {
    checked(fractions)?;
    if critical.len() != 1 && critical.len() != fractions.len() {
        return Err(Error::Mismatch { name: "critical", have: critical.len(), wanted: fractions.len() });
    }
    if let Some(&value) = critical.iter().find(|z| !z.is_finite() || **z <= 0.0) {
        return Err(Error::OutOfRange { name: "critical", value, wanted: "a number of standard errors, such as 1.96" });
    }
    let mut path = Path::default();
    let mut total = 0.0;
    let found = fractions.iter().enumerate().map(|(k, &t)| {
        let z = critical[k.min(critical.len() - 1)];
        total += 2.0 * path.upper_exit(t, z);
        path.pass(t, z);
        total
    });
    Ok(found.collect())
}

fn checked(fractions: &[f64]) -> Result<()> {
    if fractions.is_empty() {
        return Err(Error::TooFew { have: 0, needed: 1 });
    }
    let mut before = 0.0;
    for &value in fractions {
        if value.is_nan() || value - before < CLOSEST * (1.0 - 1e-9) || value > 1.0 {
            let wanted = "fractions of the planned answers that rise by at least 0.001 from look to look, up to 1";
            return Err(Error::OutOfRange { name: "fraction", value, wanted });
        }
        before = value;
    }
    Ok(())
}

/// The density of a Brownian path at the last look, of those paths only that no look has stopped.
#[derive(Default)]
struct Path {
    time: f64,
    /// (place, density times the weight of Simpson's rule); empty before the first look.
    grid: Vec<(f64, f64)>,
}

impl Path {
    /// The chance to be above `z` standard errors at time `t`, not having been stopped before.
    fn upper_exit(&self, t: f64, z: f64) -> f64 {
        let edge = z * t.sqrt();
        if self.grid.is_empty() {
            return normal_tail(z);
        }
        let step = (t - self.time).sqrt();
        self.grid.iter().map(|(place, weight)| weight * normal_tail((edge - place) / step)).sum()
    }

    /// Keeps the paths within `z` standard errors at time `t`.
    fn pass(&mut self, t: f64, z: f64) {
        // Nothing is beyond 9 standard errors, wherever the boundary is.
        let edge = z.min(9.0) * t.sqrt();
        let step = (t - self.time).sqrt();
        let density = |place: f64| -> f64 {
            let one = |from: f64| ((from - place) / step).powi(2) / -2.0;
            let scale = step * std::f64::consts::TAU.sqrt();
            if self.grid.is_empty() {
                return one(0.0).exp() / scale;
            }
            self.grid.iter().map(|(from, weight)| weight * one(*from).exp()).sum::<f64>() / scale
        };
        // Six points to a step of the path keep Simpson's rule right to six digits, for this step and for a next one as
        // short as looks may be apart.
        let halves = ((edge / step.min(CLOSEST.sqrt()) * 6.0).ceil() as usize).clamp(60, 1_000);
        let points = 2 * halves;
        let width = 2.0 * edge / points as f64;
        let grid = (0..=points).map(|i| {
            let place = -edge + width * i as f64;
            let simpson = if i == 0 || i == points { 1.0 } else { 2.0 + 2.0 * (i % 2) as f64 };
            (place, density(place) * simpson * width / 3.0)
        });
        self.grid = grid.collect();
        self.time = t;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn even(looks: u32) -> Vec<f64> {
        (1..=looks).map(|k| f64::from(k) / f64::from(looks)).collect()
    }

    fn critical(spending: Spending, looks: u32) -> Vec<f64> {
        boundaries(spending, 0.05, &even(looks)).unwrap().iter().map(|look| look.critical).collect()
    }

    /// The values that the program of D. Reboussin, D. DeMets, K. Kim and K. Lan prints (Computations for group
    /// sequential boundaries using the Lan-DeMets spending function method, Controlled Clinical Trials 21 (2000)) for
    /// five even looks at two-sided 0.05.
    #[test]
    fn five_looks_agree_with_reboussin() {
        for (spending, printed) in [
            (Spending::OBrienFleming, [4.8769, 3.3569, 2.6803, 2.2898, 2.0310]),
            (Spending::Pocock, [2.4380, 2.4268, 2.4101, 2.3966, 2.3859]),
        ] {
            let found = critical(spending, 5);
            for (value, printed) in found.iter().zip(printed) {
                assert!((value - printed).abs() < 2e-4, "{spending:?}: {found:?}");
            }
        }
    }

    /// Armitage, McPherson and Rowe (1969), table 2: 1.96 at each of 1, 2, 3, 4, 5, 10, 20 looks; and 27% for 26 looks.
    #[test]
    fn naive_looks_agree_with_armitage() {
        let naive = |looks: u32| *false_alarms(&even(looks), &[1.959_964]).unwrap().last().unwrap();
        for (looks, printed) in [(1, 0.050), (2, 0.083), (3, 0.107), (4, 0.126), (5, 0.142), (10, 0.193), (20, 0.248)] {
            assert!((naive(looks) - printed).abs() < 6e-4, "{looks} looks: {}", naive(looks));
        }
        assert!((naive(26) - 0.269).abs() < 0.005, "{}", naive(26));
    }

    /// What is spent comes back as false alarms, also for uneven looks.
    #[test]
    fn all_looks_together_keep_the_promise() {
        for fractions in [even(26), vec![0.1, 0.15, 0.6, 0.601, 1.0]] {
            for spending in [Spending::OBrienFleming, Spending::Pocock] {
                let looks = boundaries(spending, 0.05, &fractions).unwrap();
                let values: Vec<f64> = looks.iter().map(|look| look.critical).collect();
                let alarms = false_alarms(&fractions, &values).unwrap();
                for (look, alarm) in looks.iter().zip(alarms) {
                    assert!((look.spent - alarm).abs() < 1e-6 && look.level > 0.95);
                }
                assert!((looks.last().unwrap().spent - 0.05).abs() < 1e-9);
            }
        }
    }

    #[test]
    fn one_look_is_an_ordinary_interval() {
        let one = critical(Spending::Pocock, 1);
        assert!((one[0] - 1.959_964).abs() < 1e-5);
    }

    #[test]
    fn fractions_must_rise() {
        assert!(boundaries(Spending::Pocock, 0.05, &[0.5, 0.5005]).is_err());
        assert!(boundaries(Spending::Pocock, 0.05, &[0.5, 0.5]).is_err());
        assert!(boundaries(Spending::Pocock, 0.05, &[0.5, 1.2]).is_err());
        assert!(boundaries(Spending::Pocock, 0.05, &[]).is_err());
        assert!(false_alarms(&[0.5, 1.0], &[1.96, 1.96, 1.96]).is_err());
    }
}

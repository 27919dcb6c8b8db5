//! Linear models whose errors resemble their neighbours (AR(1)), by restricted maximum likelihood.
//!
//! Sources: D. Harville, Maximum likelihood approaches to variance component estimation, JASA 72 (1977); the first row
//! is kept (S. Prais and C. Winsten, 1954). For intervals every likeness is weighed with its likelihood, as D. Harville,
//! Bayesian inference for variance components using only error contrasts, Biometrika 61 (1974), with the prior for it
//! of J. Berger and R. Yang, Noninformative priors and Bayesian testing for the AR(1) model, Econometric Theory 10
//! (1994): 1 / sqrt(1 - rho^2).

use crate::distribution::{critical_student, crossing, student_cdf};
use crate::error::Result;
use crate::least_squares::{Fit, fit};

/// Neighbours more alike than this cannot be told from a drift.
const LARGEST: f64 = 0.98;
/// In how many steps from 0 to the largest likeness it is weighed.
const STEPS: i32 = 40;
/// A likeness that explains the series worse than this, against the best, is left out.
const NEGLIGIBLE: f64 = 1e-6;

/// A model fitted with AR(1) errors.
pub(super) struct Ar1 {
    /// How alike neighbours are, at the largest likelihood.
    pub rho: f64,
    /// The fit of the model freed of that likeness.
    pub fit: Fit,
    /// Every likeness that explains the series, with the fit freed of it.
    likely: Vec<Likely>,
    /// Rows less columns.
    freedom: f64,
}

struct Likely {
    /// All sum to 1.
    weight: f64,
    fit: Fit,
}

pub(super) fn ar1(columns: &[Vec<f64>], y: &[f64]) -> Result<Ar1> {
    let freedom = (y.len() - columns.len()) as f64;
    let tried = |rho: f64| -> Result<(f64, Fit)> {
        let found = freed(columns, y, rho)?;
        let squares = found.residual_squares.ln();
        let likelihood = -0.5 * (freedom * squares - (1.0 - rho * rho).ln() + found.ln_determinant);
        Ok((likelihood, found))
    };
    let at = |step: i32| LARGEST * f64::from(step) / f64::from(STEPS);
    let (mut best, mut likely) = ((f64::NEG_INFINITY, 0), Vec::new());
    for step in -STEPS..=STEPS {
        let (likelihood, fit) = tried(at(step))?;
        if likelihood > best.0 {
            best = (likelihood, step);
        }
        likely.push(Likely { weight: likelihood - 0.5 * (1.0 - at(step).powi(2)).ln(), fit });
    }
    // Golden section between the neighbours of the best step.
    let (mut low, mut high) = (at((best.1 - 1).max(-STEPS)), at((best.1 + 1).min(STEPS)));
    let golden = (5.0f64.sqrt() - 1.0) / 2.0;
    for _ in 0..40 {
        let (one, two) = (high - golden * (high - low), low + golden * (high - low));
        if tried(one)?.0 < tried(two)?.0 {
            low = one;
        } else {
            high = two;
        }
    }
    let rho = f64::midpoint(low, high);
    Ok(Ar1 { rho, fit: freed(columns, y, rho)?, likely: weighed(likely), freedom })
}

/// From logarithms to weights that sum to 1, without those that do not matter.
fn weighed(mut likely: Vec<Likely>) -> Vec<Likely> {
    let most = likely.iter().map(|one| one.weight).fold(f64::NEG_INFINITY, f64::max);
    for one in &mut likely {
        one.weight = (one.weight - most).exp();
    }
    likely.retain(|one| one.weight > NEGLIGIBLE);
    let all: f64 = likely.iter().map(|one| one.weight).sum();
    for one in &mut likely {
        one.weight /= all;
    }
    likely
}

impl Ar1 {
    /// The limits between which the combination `w` of the coefficients lies at `level`: those of Student's
    /// distributions at every likeness together, which is wider than at the likeliest alone, because how alike
    /// neighbours are is not known.
    pub(super) fn limits(&self, w: &[f64], level: f64) -> (f64, f64) {
        let each: Vec<(f64, f64, f64)> = self
            .likely
            .iter()
            .map(|Likely { weight, fit }| {
                let deviation = (fit.residual_squares / self.freedom * fit.spread(w)).sqrt();
                (*weight, fit.combination(w), deviation)
            })
            .collect();
        let half = critical_student(level, self.freedom);
        let lowest = each.iter().map(|(_, middle, deviation)| middle - half * deviation).fold(f64::INFINITY, f64::min);
        let highest =
            each.iter().map(|(_, middle, deviation)| middle + half * deviation).fold(f64::NEG_INFINITY, f64::max);
        let below = |x: f64| {
            let parts = each
                .iter()
                .map(|(weight, middle, deviation)| weight * student_cdf((x - middle) / deviation, self.freedom));
            parts.sum::<f64>()
        };
        let tail = (1.0 - level) / 2.0;
        let quantile = |p: f64| crossing(lowest, highest, (highest - lowest) * 1e-9, |x| below(x) - p);
        (quantile(tail), quantile(1.0 - tail))
    }
}

/// The fit after each row has lost `rho` times the row before it; the first row is scaled to the same variance.
fn freed(columns: &[Vec<f64>], y: &[f64], rho: f64) -> Result<Fit> {
    let free = |values: &[f64]| -> Vec<f64> {
        let first = values[0] * (1.0 - rho * rho).sqrt();
        std::iter::once(first).chain(values.windows(2).map(|pair| pair[1] - rho * pair[0])).collect()
    };
    let columns: Vec<Vec<f64>> = columns.iter().map(|column| free(column)).collect();
    fit(&columns, &free(y))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::least_squares::longley::{EMPLOYED, GNP, POPULATION};

    /// J. Faraway, Linear Models with R (2005), section 6.1: gls(Employed ~ GNP + Population, correlation = corAR1) by
    /// REML on Longley's data: phi 0.6441692; 101.858133 (14.1989324), 0.072071 (0.0106057), -0.548513 (0.1541297);
    /// residual standard error 0.689207, which is that of an error taken by itself.
    #[test]
    fn longleys_data_agree_with_faraway() {
        let scaled = |values: &[f64], by: f64| values.iter().map(|x| x / by).collect::<Vec<_>>();
        let columns = vec![vec![1.0; 16], scaled(&GNP, 1000.0), scaled(&POPULATION, 1000.0)];
        let employed = scaled(&EMPLOYED, 1000.0);
        let found = ar1(&columns, &employed).unwrap();
        assert!((found.rho - 0.644_169_2).abs() < 1e-5, "{}", found.rho);
        let units = [[1.0, 0.0, 0.0], [0.0, 1.0, 0.0], [0.0, 0.0, 1.0]];
        let printed = [(101.858_133, 14.198_932_4), (0.072_071, 0.010_605_7), (-0.548_513, 0.154_129_7)];
        let variance = found.fit.residual_squares / 13.0;
        for (w, (coefficient, error)) in units.iter().zip(printed) {
            assert!((found.fit.combination(w) / coefficient - 1.0).abs() < 2e-5);
            assert!(((variance * found.fit.spread(w)).sqrt() / error - 1.0).abs() < 2e-5);
        }
        assert!(((variance / (1.0 - found.rho * found.rho)).sqrt() - 0.689_207).abs() < 1e-5);
        // The same integral in 4,001 steps, computed apart: plug-in Student limits would be 71.18 to 132.53.
        for (w, (low, high)) in units.iter().zip([(68.266, 134.358), (0.047_581, 0.094_992), (-0.891_643, -0.186_780)])
        {
            let limits = found.limits(w, 0.95);
            let off = (limits.0 - low).abs().max((limits.1 - high).abs());
            assert!(off < 0.01 * (high - low), "{limits:?}");
        }
    }

    /// Where the errors are far from alike, every likeness that is left has the same fit: Student's limits.
    #[test]
    fn limits_of_one_likeness_are_students() {
        let mut found = ar1(&[vec![1.0; 5], vec![0.0, 1.0, 2.0, 3.0, 4.0]], &[1.0, 3.0, 2.0, 5.0, 4.0]).unwrap();
        // By hand at rho = 0: slope 0.8, residual squares 3.6, variance 1.2, spread 1/10, t(3) = 3.182446.
        found.likely = vec![Likely {
            weight: 1.0,
            fit: fit(&[vec![1.0; 5], vec![0.0, 1.0, 2.0, 3.0, 4.0]], &[1.0, 3.0, 2.0, 5.0, 4.0]).unwrap(),
        }];
        let (low, high) = found.limits(&[0.0, 1.0], 0.95);
        let half = 3.182_446 * 0.12f64.sqrt();
        assert!((low - 0.8 + half).abs() < 1e-5 && (high - 0.8 - half).abs() < 1e-5, "{low} to {high}");
    }
}

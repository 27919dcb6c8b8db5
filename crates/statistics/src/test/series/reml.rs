//! Linear models whose errors resemble their neighbours (AR(1)), by restricted maximum likelihood.
//!
//! Sources: D. Harville, Maximum likelihood approaches to variance component estimation, JASA 72 (1977); the first row
//! is kept (S. Prais and C. Winsten, 1954); degrees of freedom as F. Satterthwaite, Biometrics Bulletin 2 (1946), from
//! the curvature of the likelihood.

use crate::error::Result;
use crate::least_squares::{Fit, fit};

/// Neighbours more alike than this cannot be told from a drift.
const LARGEST: f64 = 0.98;

/// A model fitted with AR(1) errors.
pub(super) struct Ar1<'a> {
    columns: &'a [Vec<f64>],
    y: &'a [f64],
    /// How alike neighbours are.
    pub rho: f64,
    /// The fit of the model freed of that likeness.
    pub fit: Fit,
    /// The variance of an error given its neighbour before.
    pub variance: f64,
}

pub(super) fn ar1<'a>(columns: &'a [Vec<f64>], y: &'a [f64]) -> Result<Ar1<'a>> {
    let likelihood = |rho: f64| -> Result<f64> {
        let found = freed(columns, y, rho)?;
        let freedom = (y.len() - columns.len()) as f64;
        Ok(-0.5 * (freedom * found.residual_squares.ln() - (1.0 - rho * rho).ln() + found.ln_determinant))
    };
    const STEPS: i32 = 40;
    let at = |step: i32| LARGEST * f64::from(step) / f64::from(STEPS);
    let mut best = (f64::NEG_INFINITY, 0);
    for step in -STEPS..=STEPS {
        let value = likelihood(at(step))?;
        if value > best.0 {
            best = (value, step);
        }
    }
    // Golden section between the neighbours of the best step.
    let (mut low, mut high) = (at((best.1 - 1).max(-STEPS)), at((best.1 + 1).min(STEPS)));
    let golden = (5.0f64.sqrt() - 1.0) / 2.0;
    for _ in 0..40 {
        let (one, two) = (high - golden * (high - low), low + golden * (high - low));
        if likelihood(one)? < likelihood(two)? {
            low = one;
        } else {
            high = two;
        }
    }
    let rho = f64::midpoint(low, high);
    let fit = freed(columns, y, rho)?;
    let variance = fit.residual_squares / (y.len() - columns.len()) as f64;
    Ok(Ar1 { columns, y, rho, fit, variance })
}

impl Ar1<'_> {
    /// Satterthwaite's degrees of freedom for the combination `w`: 2 v^2 / var(v), v being its variance as a function
    /// of the error variance and rho, and their own uncertainty coming from the curvature of the likelihood. Never more
    /// than independent errors would have, and never below 2.
    pub(super) fn freedom(&self, w: &[f64]) -> f64 {
        let rows = (self.y.len() - self.columns.len()) as f64;
        let (variance, step) = (self.variance, 1e-4);
        let shifted = |by: f64| freed(self.columns, self.y, self.rho + by);
        let (Ok(less), Ok(more)) = (shifted(-step), shifted(step)) else {
            return 2.0;
        };
        let spread = self.fit.spread(w);
        let spread_slope = (more.spread(w) - less.spread(w)) / (2.0 * step);
        let squares_slope = (more.residual_squares - less.residual_squares) / (2.0 * step);
        let part = |fit: &Fit, rho: f64| {
            -0.5 * (fit.residual_squares / variance - (1.0 - rho * rho).ln() + fit.ln_determinant)
        };
        let bend = part(&more, self.rho + step) - 2.0 * part(&self.fit, self.rho) + part(&less, self.rho - step);
        // The information matrix of (variance, rho).
        let of_variance = rows / (2.0 * variance * variance);
        let of_both = -squares_slope / (2.0 * variance * variance);
        let of_rho = -bend / (step * step);
        let determinant = of_variance * of_rho - of_both * of_both;
        if determinant <= 0.0 || of_rho <= 0.0 {
            return 2.0;
        }
        let (one, two) = (spread, variance * spread_slope);
        let uncertainty = (of_rho * one * one - 2.0 * of_both * one * two + of_variance * two * two) / determinant;
        (2.0 * (variance * spread).powi(2) / uncertainty).clamp(2.0, rows)
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
        for (w, (coefficient, error)) in units.iter().zip(printed) {
            assert!((found.fit.combination(w) / coefficient - 1.0).abs() < 2e-5);
            assert!(((found.variance * found.fit.spread(w)).sqrt() / error - 1.0).abs() < 2e-5);
            let freedom = found.freedom(w);
            assert!((2.0..=13.0).contains(&freedom), "{freedom}");
        }
        assert!(((found.variance / (1.0 - found.rho * found.rho)).sqrt() - 0.689_207).abs() < 1e-5);
    }
}

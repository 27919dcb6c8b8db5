//! Linear models by Householder's QR, the way that loses no digits to normal equations.
//!
//! Some 60 lines instead of a matrix library: the models here have at most a few dozen columns, and NIST's hardest
//! small problem (Longley) comes out to eleven digits.

use crate::error::{Error, Result};

/// A linear model that was fitted.
#[derive(Debug, Clone)]
pub(crate) struct Fit {
    /// One for each column.
    pub coefficients: Vec<f64>,
    /// The sum of squared residuals.
    pub residual_squares: f64,
    /// The inverse of X'X.
    pub inverse: Vec<Vec<f64>>,
    /// The natural logarithm of the determinant of X'X.
    pub ln_determinant: f64,
}

impl Fit {
    /// w' (X'X)^-1 w: times the residual variance, the variance of the combination `w` of the coefficients.
    pub(crate) fn spread(&self, w: &[f64]) -> f64 {
        let row = |row: &Vec<f64>| row.iter().zip(w).map(|(a, b)| a * b).sum::<f64>();
        self.inverse.iter().zip(w).map(|(entries, x)| x * row(entries)).sum()
    }

    /// The combination `w` of the coefficients.
    pub(crate) fn combination(&self, w: &[f64]) -> f64 {
        self.coefficients.iter().zip(w).map(|(a, b)| a * b).sum()
    }
}

/// Fits `y` by the columns (a constant is a column of ones), which must be as long as `y`.
///
/// # Errors
/// When there are not more rows than columns, or a column follows from those before it.
pub(crate) fn fit(columns: &[Vec<f64>], y: &[f64]) -> Result<Fit> {
    let (rows, p) = (y.len(), columns.len());
    if rows <= p {
        return Err(Error::TooFew { have: rows, needed: p + 1 });
    }
    let mut triangle: Vec<Vec<f64>> = columns.to_vec();
    let mut rest = y.to_vec();
    for j in 0..p {
        let size = norm(&columns[j]);
        let (done, open) = triangle.split_at_mut(j + 1);
        let column = &mut done[j];
        let length = norm(&column[j..]);
        if length <= 1e-10 * size || size == 0.0 {
            return Err(Error::Dependent { column: j });
        }
        // The mirror that turns this column's rest onto its first entry, away from cancellation.
        let turned = if column[j] > 0.0 { -length } else { length };
        let mut mirror = column[j..].to_vec();
        mirror[0] -= turned;
        let square: f64 = mirror.iter().map(|entry| entry * entry).sum();
        for other in open.iter_mut().chain([&mut rest]) {
            let along = 2.0 * mirror.iter().zip(&other[j..]).map(|(m, entry)| m * entry).sum::<f64>() / square;
            other[j..].iter_mut().zip(&mirror).for_each(|(entry, m)| *entry -= along * m);
        }
        column[j] = turned;
    }
    let residual_squares = rest[p..].iter().map(|entry| entry * entry).sum();
    // R is now the upper triangle, as triangle[column][row].
    let mut coefficients = rest[..p].to_vec();
    back_substitute(&triangle, &mut coefficients);
    let inverse = (0..p).map(|unit| inverse_row(&triangle, unit)).collect();
    let ln_determinant = (0..p).map(|j| 2.0 * triangle[j][j].abs().ln()).sum();
    Ok(Fit { coefficients, residual_squares, inverse, ln_determinant })
}

/// One row of R^-1 R^-T, by solving for R^-T first.
fn inverse_row(triangle: &[Vec<f64>], unit: usize) -> Vec<f64> {
    let mut row = vec![0.0; triangle.len()];
    for i in unit..triangle.len() {
        let known: f64 = (unit..i).map(|k| triangle[i][k] * row[k]).sum();
        row[i] = (f64::from(u8::from(i == unit)) - known) / triangle[i][i];
    }
    back_substitute(triangle, &mut row);
    row
}

fn back_substitute(triangle: &[Vec<f64>], right: &mut [f64]) {
    for i in (0..right.len()).rev() {
        let known: f64 = (i + 1..right.len()).map(|k| triangle[k][i] * right[k]).sum();
        right[i] = (right[i] - known) / triangle[i][i];
    }
}

fn norm(values: &[f64]) -> f64 {
    values.iter().map(|x| x * x).sum::<f64>().sqrt()
}

/// J. Longley, An appraisal of least squares programs for the electronic computer, JASA 62 (1967): prices, GNP,
/// unemployed, armed forces, population and employed in the United States, 1947 to 1962.
#[cfg(test)]
pub(crate) mod longley {
    pub(crate) const EMPLOYED: [f64; 16] = [
        60323.0, 61122.0, 60171.0, 61187.0, 63221.0, 63639.0, 64989.0, 63761.0, 66019.0, 67857.0, 68169.0, 66513.0,
        68655.0, 69564.0, 69331.0, 70551.0,
    ];
    pub(crate) const GNP: [f64; 16] = [
        234_289.0, 259_426.0, 258_054.0, 284_599.0, 328_975.0, 346_999.0, 365_385.0, 363_112.0, 397_469.0, 419_180.0,
        442_769.0, 444_546.0, 482_704.0, 502_601.0, 518_173.0, 554_894.0,
    ];
    pub(crate) const POPULATION: [f64; 16] = [
        107_608.0, 108_632.0, 109_773.0, 110_929.0, 112_075.0, 113_270.0, 115_094.0, 116_219.0, 117_388.0, 118_734.0,
        120_445.0, 121_950.0, 123_366.0, 125_368.0, 127_852.0, 130_081.0,
    ];
    pub(crate) const PRICES: [f64; 16] =
        [83.0, 88.5, 88.2, 89.5, 96.2, 98.1, 99.0, 100.0, 101.2, 104.6, 108.4, 110.8, 112.6, 114.2, 115.7, 116.9];
    pub(crate) const UNEMPLOYED: [f64; 16] = [
        2356.0, 2325.0, 3682.0, 3351.0, 2099.0, 1932.0, 1870.0, 3578.0, 2904.0, 2822.0, 2936.0, 4681.0, 3813.0, 3931.0,
        4806.0, 4007.0,
    ];
    pub(crate) const FORCES: [f64; 16] = [
        1590.0, 1456.0, 1616.0, 1650.0, 3099.0, 3594.0, 3547.0, 3350.0, 3048.0, 2857.0, 2798.0, 2637.0, 2552.0, 2514.0,
        2572.0, 2827.0,
    ];
}

#[cfg(test)]
mod tests {
    use super::longley::*;
    use super::*;

    /// NIST's certified values for Longley's data (Statistical Reference Datasets, "higher difficulty").
    #[test]
    fn longleys_data_agree_with_nist() {
        let years: Vec<f64> = (1947..1963).map(f64::from).collect();
        let columns = vec![
            vec![1.0; 16],
            PRICES.to_vec(),
            GNP.to_vec(),
            UNEMPLOYED.to_vec(),
            FORCES.to_vec(),
            POPULATION.to_vec(),
            years,
        ];
        let found = fit(&columns, &EMPLOYED).unwrap();
        let certified = [
            -3_482_258.634_595_82,
            15.061_872_271_373_3,
            -0.035_819_179_292_591_0,
            -2.020_229_803_816_83,
            -1.033_226_867_173_59,
            -0.051_104_105_653_517_1,
            1_829.151_464_613_55,
        ];
        for (value, certified) in found.coefficients.iter().zip(certified) {
            assert!((value / certified - 1.0).abs() < 1e-8, "{value} is not {certified}");
        }
        let variance = found.residual_squares / 9.0;
        assert!((variance.sqrt() / 304.854_073_561_965 - 1.0).abs() < 1e-9);
        let error = |w: &[f64]| (variance * found.spread(w)).sqrt();
        assert!((error(&[1.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0]) / 890_420.383_607_373 - 1.0).abs() < 1e-8);
        assert!((error(&[0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 1.0]) / 455.478_499_142_212 - 1.0).abs() < 1e-8);
    }

    /// By hand: a constant and 0, 1, 2 have X'X = [[3, 3], [3, 5]], determinant 6, inverse [[5, -3], [-3, 3]] / 6.
    #[test]
    fn a_line_by_hand() {
        let found = fit(&[vec![1.0; 3], vec![0.0, 1.0, 2.0]], &[1.0, 3.0, 2.0]).unwrap();
        assert!((found.coefficients[0] - 1.5).abs() < 1e-12 && (found.coefficients[1] - 0.5).abs() < 1e-12);
        assert!((found.residual_squares - 1.5).abs() < 1e-12 && (found.ln_determinant - 6.0f64.ln()).abs() < 1e-12);
        assert!((found.inverse[0][1] + 0.5).abs() < 1e-12 && (found.inverse[1][1] - 0.5).abs() < 1e-12);
        assert!((found.combination(&[1.0, 2.0]) - 2.5).abs() < 1e-12);
    }

    #[test]
    fn a_column_that_follows_from_others_is_named() {
        let twice = [vec![1.0; 4], vec![1.0, 2.0, 3.0, 5.0], vec![3.0, 5.0, 7.0, 11.0]];
        assert_eq!(fit(&twice, &[1.0, 2.0, 3.0, 5.0]).unwrap_err(), Error::Dependent { column: 2 });
        assert_eq!(fit(&twice[..2], &[1.0, 2.0]).unwrap_err(), Error::TooFew { have: 2, needed: 3 });
    }
}

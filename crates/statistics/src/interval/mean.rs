//! Means of ratings.

use super::Interval;
use crate::error::{Result, finite, fraction};
use statrs::distribution::{ContinuousCDF, StudentsT};

/// A mean and its interval, in the unit of the values.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Mean {
    /// The arithmetic mean.
    pub value: f64,
    /// The sample standard deviation (divided by n - 1).
    pub deviation: f64,
    /// Student's t interval of the mean.
    pub interval: Interval,
}

/// Student's t interval of a mean: mean +- t(n-1) s / sqrt(n).
///
/// For ratings and other values with short tails. Durations and lost time have long ones: use
/// [`super::quantile`] or [`super::bootstrap`]. A mean of an ordered scale treats its steps as equal: show the
/// distribution beside it.
/// Source: Student, The probable error of a mean, Biometrika 6 (1908); for ratings J. Sauro and J. Lewis,
/// Quantifying the User Experience, chapter 3.
///
/// # Errors
/// When there are fewer than two values, one is not finite, or `level` is not between 0 and 1.
pub fn student(values: &[f64], level: f64) -> Result<Mean> {
    fraction("level", level)?;
    finite(values, 2)?;
    let n = values.len() as f64;
    let value = values.iter().sum::<f64>() / n;
    let deviation = (values.iter().map(|x| (x - value).powi(2)).sum::<f64>() / (n - 1.0)).sqrt();
    let half = critical_student(level, n - 1.0) * deviation / n.sqrt();
    let interval = Interval { low: value - half, high: value + half, level, method: "Student t" };
    Ok(Mean { value, deviation, interval })
}

fn critical_student(level: f64, freedom: f64) -> f64 {
    StudentsT::new(0.0, 1.0, freedom)
        .expect("a t distribution exists for every positive number of degrees of freedom")
        .inverse_cdf(0.5 + level / 2.0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// Critical values as printed in every t table.
    #[test]
    fn critical_values_agree_with_the_table() {
        for (freedom, expected) in [(1.0, 12.706), (4.0, 2.776), (9.0, 2.262), (30.0, 2.042)] {
            assert!((critical_student(0.95, freedom) - expected).abs() < 6e-4, "{freedom}");
        }
    }

    /// By hand: mean 3, s = sqrt(2.5) = 1.5811, half = 2.7764 * 1.5811 / sqrt(5) = 1.9632.
    #[test]
    fn one_to_five_by_hand() {
        let mean = student(&[1.0, 2.0, 3.0, 4.0, 5.0], 0.95).unwrap();
        assert!((mean.value - 3.0).abs() < 1e-12 && (mean.deviation - 1.5811).abs() < 1e-4);
        assert!((mean.interval.low - 1.0368).abs() < 2e-4 && (mean.interval.high - 4.9632).abs() < 2e-4);
    }

    #[test]
    fn one_value_has_no_interval() {
        assert!(student(&[4.0], 0.95).is_err());
        assert!(student(&[4.0, f64::NAN], 0.95).is_err());
    }

    proptest! {
        #[test]
        fn the_mean_lies_in_its_interval(values in prop::collection::vec(1.0..5.0f64, 2..60)) {
            let mean = student(&values, 0.95).unwrap();
            prop_assert!(mean.interval.contains(mean.value));
            let doubled: Vec<f64> = values.iter().chain(&values).copied().collect();
            prop_assert!(student(&doubled, 0.95).unwrap().interval.width() <= mean.interval.width());
        }
    }
}

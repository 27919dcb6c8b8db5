//! The chart of individual values and moving ranges (XmR).

use super::rules::{Point, Signal, signals};
use crate::error::{Result, finite};

/// From the mean moving range to three sigma: 3 / d2 with d2 = 1.128 for ranges of two.
const TO_LIMIT: f64 = 2.66;
/// From the mean moving range to the upper limit of a range. Wheeler prints 3.268, some older tables 3.267.
const TO_RANGE_LIMIT: f64 = 3.268;

/// Limits of a process, fixed from a baseline. Do not recompute them at each good month: freeze, then judge.
///
/// Source: D. J. Wheeler, Understanding Variation (2000). No distribution is assumed.
///
/// ```
/// use statistics::chart::Xmr;
/// // Median hours to an answer, week by week; the first eight are the baseline.
/// let weeks = [5.1, 4.6, 5.4, 5.0, 4.8, 5.3, 4.9, 5.2, 5.0, 3.1];
/// let chart = Xmr::from_baseline(&weeks[..8])?;
/// assert!(chart.signals(&weeks)?.iter().any(|signal| signal.at == 9));
/// # Ok::<(), statistics::Error>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Xmr {
    /// The mean of the baseline.
    pub centre: f64,
    /// centre - 2.66 mean moving range.
    pub lower: f64,
    /// centre + 2.66 mean moving range.
    pub upper: f64,
    /// The mean of the steps between neighbours.
    pub mean_range: f64,
    /// 3.268 mean moving range: a step larger than this is itself a signal.
    pub range_limit: f64,
}

impl Xmr {
    /// Limits from a baseline in time order.
    ///
    /// # Errors
    /// When there are fewer than 6 values (limits from fewer move too much to be used), or one is not finite.
    pub fn from_baseline(values: &[f64]) -> Result<Self> {
        finite(values, 6)?;
        let centre = values.iter().sum::<f64>() / values.len() as f64;
        let steps = values.windows(2).map(|pair| (pair[1] - pair[0]).abs());
        let mean_range = steps.sum::<f64>() / (values.len() - 1) as f64;
        Ok(Self {
            centre,
            lower: centre - TO_LIMIT * mean_range,
            upper: centre + TO_LIMIT * mean_range,
            mean_range,
            range_limit: TO_RANGE_LIMIT * mean_range,
        })
    }

    /// Every point of the series at which a rule speaks, in time order.
    ///
    /// # Errors
    /// When a value is not finite.
    pub fn signals(&self, values: &[f64]) -> Result<Vec<Signal>> {
        finite(values, 0)?;
        let points: Vec<Point> = values
            .iter()
            .enumerate()
            .map(|(at, value)| Point {
                offset: value - self.centre,
                limit: self.upper - self.centre,
                step: at > 0 && (value - values[at - 1]).abs() > self.range_limit,
            })
            .collect();
        Ok(signals(&points))
    }
}

#[cfg(test)]
mod tests {
    use super::super::rules::Rule;
    use super::*;
    use proptest::prelude::*;

    /// By hand: steps 2, 1, 3, 2, 2 have the mean 2; the values 10, 12, 11, 14, 12, 13 have the mean 12 (72 / 6),
    /// with the last step 1 instead of 2 the mean range is 9 / 5 = 1.8.
    #[test]
    fn limits_by_hand() {
        let chart = Xmr::from_baseline(&[10.0, 12.0, 11.0, 14.0, 12.0, 13.0]).unwrap();
        assert!((chart.centre - 12.0).abs() < 1e-12 && (chart.mean_range - 1.8).abs() < 1e-12);
        assert!((chart.lower - (12.0 - 4.788)).abs() < 1e-9 && (chart.upper - 16.788).abs() < 1e-9);
        assert!((chart.range_limit - 5.8824).abs() < 1e-9);
    }

    fn chart() -> Xmr {
        Xmr { centre: 10.0, lower: 7.0, upper: 13.0, mean_range: 1.128, range_limit: 3.686 }
    }

    #[test]
    fn each_rule_speaks_where_it_should() {
        let only = |values: &[f64]| chart().signals(values).unwrap().iter().map(|s| (s.at, s.rule)).collect::<Vec<_>>();
        assert_eq!(only(&[10.0, 13.5]), [(1, Rule::Outside)]);
        assert_eq!(only(&[10.5; 7]), []);
        assert_eq!(only(&[10.5; 8]), [(7, Rule::EightOnASide)]);
        assert_eq!(only(&[12.5, 11.0, 12.5]), [(2, Rule::TwoOfThree)]);
        assert_eq!(only(&[12.5, 9.5, 7.5]), []);
        assert_eq!(only(&[8.5, 12.3]), [(1, Rule::Step)]);
        assert_eq!(only(&[10.5, 10.5, 10.5, 10.0, 10.5, 10.5, 10.5, 10.5]), []);
    }

    #[test]
    fn a_short_baseline_is_refused() {
        assert!(Xmr::from_baseline(&[1.0, 2.0, 3.0]).is_err());
    }

    proptest! {
        #[test]
        fn a_shift_far_beyond_the_limits_always_speaks(values in prop::collection::vec(0.0..1.0f64, 12..30)) {
            let chart = Xmr::from_baseline(&values).unwrap();
            prop_assert!(chart.lower <= chart.centre && chart.centre <= chart.upper);
            let signals = chart.signals(&[chart.upper + 1.0]).unwrap();
            prop_assert_eq!(signals[0].rule, Rule::Outside);
        }
    }
}

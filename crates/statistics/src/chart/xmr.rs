//! The chart of individual values and moving ranges (XmR).

use crate::error::{Result, finite};

/// From the mean moving range to three sigma: 3 / d2 with d2 = 1.128 for ranges of two.
const TO_LIMIT: f64 = 2.66;
/// From the mean moving range to the upper limit of a range. Wheeler prints 3.268, some older tables 3.267.
const TO_RANGE_LIMIT: f64 = 3.268;

/// Limits of a process, fixed from a baseline. Do not recompute them at each good month: freeze, then judge.
///
/// Source: D. J. Wheeler, Understanding Variation (2000). No distribution is assumed.
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

/// Why a point speaks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Rule {
    /// Outside the limits.
    Outside,
    /// The eighth (or later) point in a row on one side of the centre.
    EightOnASide,
    /// Two of three in a row beyond two thirds of the way to the limit, on the same side.
    TwoOfThree,
    /// The step to this point is larger than the limit of ranges.
    Step,
}

/// A point at which a rule first speaks or keeps speaking.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Signal {
    /// Index into the series, from 0.
    pub at: usize,
    /// The rule.
    pub rule: Rule,
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
        let mut signals = Vec::new();
        let mut run = 0i64;
        for (at, &value) in values.iter().enumerate() {
            let mut speak = |rule| signals.push(Signal { at, rule });
            if value < self.lower || value > self.upper {
                speak(Rule::Outside);
            }
            // The run counts up above the centre and down below it; a point on the centre ends it.
            run = if value > self.centre {
                run.max(0) + 1
            } else if value < self.centre {
                run.min(0) - 1
            } else {
                0
            };
            if run.abs() >= 8 {
                speak(Rule::EightOnASide);
            }
            let recent = &values[at.saturating_sub(2)..=at];
            let far = |sign: f64| {
                let beyond = |x: &f64| (x - self.centre) * sign > (self.upper - self.centre) * 2.0 / 3.0;
                beyond(&value) && recent.iter().filter(|x| beyond(x)).count() >= 2
            };
            if far(1.0) || far(-1.0) {
                speak(Rule::TwoOfThree);
            }
            if at > 0 && (value - values[at - 1]).abs() > self.range_limit {
                speak(Rule::Step);
            }
        }
        Ok(signals)
    }
}

#[cfg(test)]
mod tests {
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

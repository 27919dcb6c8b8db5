//! The chart of shares (p-chart), with limits that follow how many answers each point has.

use super::rules::{Point, Signal, signals};
use crate::error::{Error, Result};
use crate::interval::share::Share;

/// A process that yields shares, fixed from a baseline.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Proportions {
    /// The share of the baseline: all parts over all wholes.
    pub centre: f64,
    /// How many times as much the baseline's points move as counting alone explains (Laney's sigma z). Near 1 the chart
    /// is right; above about 1.3 something else moves the shares (a season, another mix of cases), the limits here are
    /// too tight, and [`super::Xmr`] of the shares is the honest chart.
    pub overdispersion: f64,
}

/// Where the usual ends for a point with so many answers.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Limits {
    /// centre - 3 sqrt(p (1 - p) / n), not below 0.
    pub lower: f64,
    /// centre + 3 sqrt(p (1 - p) / n), not above 1.
    pub upper: f64,
}

impl Proportions {
    /// The centre from a baseline in time order.
    ///
    /// Sources: W. Shewhart, Economic Control of Quality of Manufactured Product (1931); D. Laney, Improved control
    /// charts for attributes, Quality Engineering 14 (2002).
    ///
    /// # Errors
    /// When there are fewer than 6 points, or all answers of the baseline are the same.
    ///
    /// ```
    /// use statistics::{chart::Proportions, interval::share::Share};
    /// let months = [(41, 50), (38, 49), (45, 55), (40, 52), (43, 51), (39, 50)];
    /// let baseline = months.map(|(part, whole)| Share::new(part, whole)).into_iter().collect::<Result<Vec<_>, _>>()?;
    /// let chart = Proportions::from_baseline(&baseline)?;
    /// assert!(chart.signals(&[Share::new(29, 50)?])?.len() == 1, "58% is not the usual up and down");
    /// # Ok::<(), statistics::Error>(())
    /// ```
    pub fn from_baseline(points: &[Share]) -> Result<Self> {
        if points.len() < 6 {
            return Err(Error::TooFew { have: points.len(), needed: 6 });
        }
        let (part, whole) = points.iter().fold((0, 0), |(part, whole), p| (part + p.part(), whole + p.whole()));
        if part == 0 || part == whole {
            return Err(Error::NoSpread { name: "the baseline" });
        }
        let centre = part as f64 / whole as f64;
        let fixed = Self { centre, overdispersion: 1.0 };
        let scores: Vec<f64> = points.iter().map(|p| (p.value() - centre) / fixed.sigma(p.whole())).collect();
        let steps: f64 = scores.windows(2).map(|pair| (pair[1] - pair[0]).abs()).sum();
        // 1.128 is d2, the mean range of two standard normal values.
        Ok(Self { centre, overdispersion: steps / (scores.len() - 1) as f64 / 1.128 })
    }

    /// The limits for a point with `n` answers.
    pub fn limits(&self, n: u64) -> Limits {
        let far = 3.0 * self.sigma(n);
        Limits { lower: (self.centre - far).max(0.0), upper: (self.centre + far).min(1.0) }
    }

    /// The fewest answers that a point needs: five expected of the rarer kind. With fewer the limits are not where the
    /// formula puts them.
    pub fn fewest(&self) -> u64 {
        (5.0 / self.centre.min(1.0 - self.centre) - 1e-9).ceil() as u64
    }

    /// Every point of the series at which a rule speaks, in time order.
    ///
    /// # Errors
    /// When a point has fewer answers than [`Self::fewest`]: join weeks into months.
    pub fn signals(&self, points: &[Share]) -> Result<Vec<Signal>> {
        let needed = self.fewest();
        if let Some(small) = points.iter().find(|point| point.whole() < needed) {
            return Err(Error::TooFew { have: small.whole() as usize, needed: needed as usize });
        }
        let seen: Vec<Point> = points
            .iter()
            .map(|p| Point { offset: p.value() - self.centre, limit: 3.0 * self.sigma(p.whole()), step: false })
            .collect();
        Ok(signals(&seen))
    }

    fn sigma(&self, n: u64) -> f64 {
        (self.centre * (1.0 - self.centre) / n as f64).sqrt()
    }
}

#[cfg(test)]
mod tests {
    use super::super::rules::Rule;
    use super::*;

    fn shares(counts: &[(u64, u64)]) -> Vec<Share> {
        counts.iter().map(|&(part, whole)| Share::new(part, whole).unwrap()).collect()
    }

    /// D. Montgomery, Introduction to Statistical Quality Control, purchase orders with errors in 25 weeks of 80 to 120
    /// orders each: 234 of 2,450, centre 0.096. Week 11 with 20 of 110 is above its limit of 0.180.
    #[test]
    fn montgomerys_purchase_orders() {
        let orders = [
            100, 80, 80, 100, 110, 110, 100, 100, 90, 90, 110, 120, 120, 120, 110, 80, 80, 80, 90, 100, 100, 100, 100,
            90, 90,
        ];
        let errors = [12, 8, 6, 9, 10, 12, 11, 16, 10, 6, 20, 15, 9, 8, 6, 8, 10, 7, 5, 8, 5, 8, 10, 6, 9];
        let weeks = shares(&errors.into_iter().zip(orders).collect::<Vec<_>>());
        let chart = Proportions::from_baseline(&weeks).unwrap();
        assert!((chart.centre - 234.0 / 2_450.0).abs() < 1e-12);
        // By hand: 0.0955 + 3 sqrt(0.0955 * 0.9045 / 110) = 0.0955 + 0.0841; at 80 orders 0.0955 - 0.0986 is below 0.
        assert!((chart.limits(110).upper - 0.1796).abs() < 1e-4 && chart.limits(80).lower == 0.0);
        let outside: Vec<usize> =
            chart.signals(&weeks).unwrap().iter().filter(|s| s.rule == Rule::Outside).map(|s| s.at).collect();
        assert_eq!(outside, [10]);
    }

    /// By hand: shares 0.4 and 0.6 by turns, 100 answers each, move 0.2 / 0.05 = 4 standard errors a step, where
    /// counting alone gives 1.128.
    #[test]
    fn what_moves_more_than_counts_do_is_seen() {
        let chart = Proportions::from_baseline(&shares(&[(40, 100), (60, 100)].repeat(4))).unwrap();
        assert!((chart.overdispersion - 4.0 / 1.128).abs() < 1e-9);
    }

    #[test]
    fn small_points_and_empty_baselines_are_refused() {
        assert!(matches!(Proportions::from_baseline(&shares(&[(5, 5); 8])), Err(Error::NoSpread { .. })));
        assert!(Proportions::from_baseline(&shares(&[(3, 5); 5])).is_err());
        let chart = Proportions::from_baseline(&shares(&[(90, 100); 6])).unwrap();
        assert_eq!(chart.signals(&shares(&[(9, 10)])), Err(Error::TooFew { have: 10, needed: 50 }));
    }

    #[test]
    fn eight_on_a_side_speak_though_their_sizes_differ() {
        let chart = Proportions::from_baseline(&shares(&[(50, 100), (52, 100), (48, 100)].repeat(3))).unwrap();
        let run = shares(&[(52, 100), (105, 200), (16, 30), (53, 100), (26, 50), (51, 100), (33, 60), (52, 100)]);
        assert_eq!(chart.signals(&run).unwrap(), [Signal { at: 7, rule: Rule::EightOnASide }]);
    }
}

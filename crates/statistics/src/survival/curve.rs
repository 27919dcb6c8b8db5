//! The Kaplan-Meier curve and what is read off it.

use super::Wait;
use crate::distribution::critical_normal;
use crate::error::{Error, Result, fraction, positive};
use crate::interval::{Estimate, Interval};

/// A time at which at least one wait ended.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Step {
    /// When.
    pub time: f64,
    /// How many were still waiting just before.
    pub at_risk: u64,
    /// How many waits ended then.
    pub ended: u64,
    /// The share still waiting from then on.
    pub waiting: f64,
    /// Greenwood's sum up to here: the variance of ln(waiting).
    pub variance: f64,
}

/// The share still waiting, over time.
#[derive(Debug, Clone, PartialEq)]
pub struct Curve {
    steps: Vec<Step>,
    times: Vec<f64>,
    pub(super) inflate: f64,
}

/// The time by which a share of the waits is over.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Reached {
    /// The time itself.
    pub value: f64,
    /// Lower limit; it is 0 when the curve falls below at its first step.
    pub low: f64,
    /// Upper limit, `None` when the data do not reach it: "at least".
    pub high: Option<f64>,
    /// The level of the limits.
    pub level: f64,
}

impl Curve {
    /// The curve of these waits. Of equal times the ended ones come first: whoever still waits at t was at risk at t.
    ///
    /// Source: E. Kaplan and P. Meier, Nonparametric estimation from incomplete observations, JASA 53 (1958).
    ///
    /// # Errors
    /// When there is no wait, or a time is negative or not finite.
    ///
    /// ```
    /// use statistics::survival::{Curve, Wait};
    /// let days = [(1.0, true), (2.0, true), (2.0, true), (4.0, false), (6.0, true), (9.0, false), (9.0, false)];
    /// let curve = Curve::of(&days.map(|(time, ended)| Wait { time, ended }))?;
    /// let median = curve.quantile(0.5, 0.95)?.expect("more than half are over by then");
    /// assert_eq!((median.value, median.high), (6.0, None));
    /// # Ok::<(), statistics::Error>(())
    /// ```
    pub fn of(waits: &[Wait]) -> Result<Self> {
        if waits.is_empty() {
            return Err(Error::TooFew { have: 0, needed: 1 });
        }
        for (position, wait) in waits.iter().enumerate() {
            if !wait.time.is_finite() {
                return Err(Error::NotFinite { position });
            }
            if wait.time < 0.0 {
                return Err(Error::OutOfRange { name: "wait", value: wait.time, wanted: "a time of 0 or more" });
            }
        }
        let mut sorted = waits.to_vec();
        sorted.sort_by(|a, b| a.time.total_cmp(&b.time));
        let (mut steps, mut at_risk, mut waiting, mut variance) = (Vec::new(), waits.len() as u64, 1.0, 0.0);
        for same in sorted.chunk_by(|a, b| a.time == b.time) {
            let ended = same.iter().filter(|wait| wait.ended).count() as u64;
            if ended > 0 {
                waiting *= 1.0 - ended as f64 / at_risk as f64;
                if ended < at_risk {
                    variance += ended as f64 / (at_risk as f64 * (at_risk - ended) as f64);
                }
                steps.push(Step { time: same[0].time, at_risk, ended, waiting, variance });
            }
            at_risk -= same.len() as u64;
        }
        Ok(Self { steps, times: sorted.iter().map(|wait| wait.time).collect(), inflate: 1.0 })
    }

    /// The same curve with wider limits, because the same people wait often: `inflate` is n over the effective n of
    /// [`crate::cluster::effective_n`], and multiplies Greenwood's variance.
    ///
    /// # Errors
    /// When `inflate` is not a positive number.
    pub fn widened(mut self, inflate: f64) -> Result<Self> {
        self.inflate = positive("inflate", inflate)?;
        Ok(self)
    }

    /// The steps of the curve, in time order.
    pub fn steps(&self) -> &[Step] {
        &self.steps
    }

    /// How many waits there are.
    pub fn n(&self) -> usize {
        self.times.len()
    }

    /// The share still waiting after `time`, with its log-log limits, which stay inside 0 to 1. Before the first end
    /// and after the last the exact limit for so many people takes over, so that "all" and "none" have a width as well.
    ///
    /// Sources: M. Greenwood, The natural duration of cancer (1926), for the variance; J. Kalbfleisch and R. Prentice,
    /// The Statistical Analysis of Failure Time Data (2002), section 1.4, for log-log.
    ///
    /// # Errors
    /// When `time` is after the longest wait seen while some were still waiting (nobody knows), is negative, or `level`
    /// is not between 0 and 1.
    pub fn waiting(&self, time: f64, level: f64) -> Result<Estimate> {
        let z = critical_normal(fraction("level", level)?);
        self.known(time)?;
        let passed = self.steps.partition_point(|step| step.time <= time);
        let tail = (1.0 - level) / 2.0;
        let (value, low, high) = match passed.checked_sub(1).map(|at| self.steps[at]) {
            None => {
                let watched = self.times.len() - self.times.partition_point(|t| *t < time);
                (1.0, tail.powf(self.inflate / watched.max(1) as f64), 1.0)
            }
            Some(step) if step.waiting <= 0.0 => (0.0, 0.0, 1.0 - tail.powf(self.inflate / step.at_risk as f64)),
            Some(step) => {
                let (low, high) = self.limits(&step, z);
                (step.waiting, low, high)
            }
        };
        Ok(Estimate { value, interval: Interval { low, high, level, method: "Kaplan-Meier, log-log" } })
    }

    /// The time by which the share `q` of the waits is over: 0.5 for the median. `None` when fewer than that are over.
    /// The limits are the times at which the log-log limits of the curve pass 1 - `q`.
    ///
    /// Source: R. Brookmeyer and J. Crowley, A confidence interval for the median survival time, Biometrics 38 (1982).
    ///
    /// # Errors
    /// When `q` or `level` is not between 0 and 1.
    pub fn quantile(&self, q: f64, level: f64) -> Result<Option<Reached>> {
        let z = critical_normal(fraction("level", level)?);
        let left = 1.0 - fraction("quantile", q)?;
        let (mut value, mut low, mut high) = (None, None, None);
        for step in &self.steps {
            // After the last wait is over there is no error to estimate: the upper limit stays open.
            let (lower, upper) = if step.waiting > 0.0 { self.limits(step, z) } else { (0.0, 1.0) };
            let passed = |share: f64| share <= left * (1.0 + 1e-12);
            low = low.or_else(|| passed(lower).then_some(step.time));
            value = value.or_else(|| passed(step.waiting).then_some(step.time));
            high = high.or_else(|| passed(upper).then_some(step.time));
        }
        Ok(value.map(|value: f64| Reached { value, low: low.unwrap_or(value).min(value), high, level }))
    }

    /// The log-log limits at a step with somebody still waiting.
    fn limits(&self, step: &Step, z: f64) -> (f64, f64) {
        let error = z * (step.variance * self.inflate).sqrt() / step.waiting.ln().abs();
        (step.waiting.powf(error.exp()), step.waiting.powf((-error).exp()))
    }

    /// Refuses a time after the longest wait, when some were still waiting then.
    pub(super) fn known(&self, time: f64) -> Result<()> {
        let longest = self.times.last().copied().unwrap_or(0.0);
        let over = self.steps.last().is_some_and(|step| step.waiting <= 0.0);
        if time.is_finite() && time >= 0.0 && (time <= longest || over) {
            return Ok(());
        }
        let wanted = "a time up to the longest wait seen: nobody knows what comes after";
        Err(Error::OutOfRange { name: "time", value: time, wanted })
    }
}

#[cfg(test)]
mod tests {
    use super::super::freireich;
    use super::*;
    use proptest::prelude::*;

    fn near(value: f64, printed: f64, within: f64) {
        assert!((value - printed).abs() < within, "{value} is not near {printed}");
    }

    /// The curve as every textbook prints it (D. Collett, Modelling Survival Data in Medical Research; D. Kleinbaum and
    /// M. Klein, Survival Analysis): 0.857 (0.076), 0.807 (0.087), 0.753, 0.690, 0.627, 0.538, 0.448 (0.135).
    #[test]
    fn freireichs_curve() {
        let curve = freireich();
        let printed = [0.857, 0.807, 0.753, 0.690, 0.627, 0.538, 0.448];
        for (step, share) in curve.steps().iter().zip(printed) {
            near(step.waiting, share, 6e-4);
        }
        for (at, error) in [(0, 0.0764), (1, 0.0869), (6, 0.1346)] {
            let step = curve.steps()[at];
            near(step.waiting * step.variance.sqrt(), error, 6e-5);
        }
        // Log-log limits as SAS prints them: 0.6197 to 0.9516 from week 6 on, 0.1880 to 0.6801 from week 23 on.
        let first = curve.waiting(6.5, 0.95).unwrap().interval;
        near(first.low, 0.6197, 6e-5);
        near(first.high, 0.9516, 6e-5);
        let last = curve.waiting(23.0, 0.95).unwrap().interval;
        near(last.low, 0.1880, 6e-5);
        near(last.high, 0.6801, 6e-5);
    }

    /// Median 23 weeks, log-log limits from 13 on without an end (as R's survfit prints).
    #[test]
    fn freireichs_median() {
        let median = freireich().quantile(0.5, 0.95).unwrap().unwrap();
        assert_eq!((median.value, median.low, median.high), (23.0, 13.0, None));
    }

    #[test]
    fn what_nobody_can_know_is_refused() {
        assert!(freireich().waiting(36.0, 0.95).is_err() && freireich().waiting(-1.0, 0.95).is_err());
        assert!(Curve::of(&[]).is_err());
        assert!(Curve::of(&[Wait { time: -1.0, ended: true }]).is_err());
        let mostly_open =
            [(1.0, true), (2.0, false), (3.0, false), (4.0, false)].map(|(time, ended)| Wait { time, ended });
        assert_eq!(Curve::of(&mostly_open).unwrap().quantile(0.5, 0.95).unwrap(), None);
    }

    /// Nothing has ended yet for 29 people: exact, 0.025^(1/29) = 0.8806 may be the truth.
    #[test]
    fn all_still_waiting_has_a_width() {
        let open: Vec<Wait> = (0..29).map(|_| Wait { time: 5.0, ended: false }).collect();
        near(Curve::of(&open).unwrap().waiting(3.0, 0.95).unwrap().interval.low, 0.025f64.powf(1.0 / 29.0), 1e-12);
        let over: Vec<Wait> = open.iter().map(|wait| Wait { ended: true, ..*wait }).collect();
        near(
            Curve::of(&over).unwrap().waiting(9.0, 0.95).unwrap().interval.high,
            1.0 - 0.025f64.powf(1.0 / 29.0),
            1e-12,
        );
    }

    proptest! {
        /// With nothing censored the curve is one minus the share of waits that are over.
        #[test]
        fn without_open_waits_it_is_a_plain_share(times in prop::collection::vec(1u8..30, 2..60), at in 1u8..30) {
            let waits: Vec<Wait> = times.iter().map(|&t| Wait { time: f64::from(t), ended: true }).collect();
            let curve = Curve::of(&waits).unwrap();
            let left = times.iter().filter(|t| **t > at).count() as f64 / times.len() as f64;
            let found = curve.waiting(f64::from(at), 0.95).unwrap();
            prop_assert!((found.value - left).abs() < 1e-9 && found.interval.contains(found.value));
            let wider = curve.widened(2.0).unwrap().waiting(f64::from(at), 0.95).unwrap();
            prop_assert!(wider.interval.width() >= found.interval.width() - 1e-12);
        }
    }
}

//! The median of waits of which some have not ended.

use std::f64::consts::LN_2;

/// A median, and the ends of its interval; an end that was not reached is `None`.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Median {
    pub value: f64,
    pub low: f64,
    pub high: Option<f64>,
}

/// The Kaplan-Meier median of `waits` (how long, whether it ended) and its interval: the times at which the pointwise
/// log-log limits of the curve fall to a half. `inflate` (n over effective n) widens Greenwood's variance when the same
/// people wait often. `None` when more than half may still be waiting.
///
/// Sources: E. Kaplan and P. Meier, Nonparametric estimation from incomplete observations, JASA 53 (1958);
/// R. Brookmeyer and J. Crowley, A confidence interval for the median survival time, Biometrics 38 (1982);
/// J. Kalbfleisch and R. Prentice, The Statistical Analysis of Failure Time Data (2002), section 1.4, for log-log.
pub(super) fn median(waits: &mut [(f64, bool)], z: f64, inflate: f64) -> Option<Median> {
    // Of equal times the ended ones come first: whoever still waits at t was at risk at t.
    waits.sort_by(|a, b| a.0.total_cmp(&b.0).then(b.1.cmp(&a.1)));
    let (mut alive, mut curve, mut greenwood) = (waits.len() as f64, 1.0f64, 0.0);
    let (mut value, mut low, mut high) = (None, None, None);
    let mut at = 0;
    while at < waits.len() {
        let time = waits[at].0;
        let here = waits[at..].iter().take_while(|wait| wait.0 == time).count();
        let ended = waits[at..at + here].iter().filter(|wait| wait.1).count() as f64;
        if ended > 0.0 {
            curve *= 1.0 - ended / alive;
            if alive > ended {
                greenwood += ended / (alive * (alive - ended));
            }
            let (lower, upper) = if curve > 0.0 && curve < 1.0 {
                let error = z * (greenwood * inflate).sqrt() / curve.ln().abs();
                (curve.powf(error.exp()), curve.powf((-error).exp()))
            } else {
                (curve, curve)
            };
            let half = |reached: f64| reached.ln() <= -LN_2 + 1e-12;
            low = low.or_else(|| half(lower).then_some(time));
            value = value.or_else(|| half(curve).then_some(time));
            high = high.or_else(|| half(upper).then_some(time));
        }
        alive -= here as f64;
        at += here;
    }
    let value: f64 = value?;
    Some(Median { value, low: low.unwrap_or(value).min(value), high })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// By hand: 1, 2, 3+, 4, 5 (the third still waits). S = 0.8, 0.6, then of two at risk 0.3: the median is 4.
    #[test]
    fn five_waits_by_hand() {
        let mut waits = [(5.0, true), (1.0, true), (3.0, false), (2.0, true), (4.0, true)];
        assert_eq!(median(&mut waits, 1.96, 1.0).map(|found| found.value), Some(4.0));
    }

    /// Freireich's leukaemia trial (1963), the 6-MP arm of 21: the median is 23 weeks, and its log-log interval at 0.95
    /// begins at 13 and has no end (as R's survfit with conf.type "log-log" prints).
    #[test]
    fn freireichs_trial() {
        let ended = [6, 6, 6, 7, 10, 13, 16, 22, 23];
        let waiting = [6, 9, 10, 11, 17, 19, 20, 25, 32, 32, 34, 35];
        let mut waits: Vec<(f64, bool)> = ended.iter().map(|&t| (f64::from(t), true)).collect();
        waits.extend(waiting.iter().map(|&t| (f64::from(t), false)));
        let found = median(&mut waits, 1.959_963_985, 1.0).unwrap();
        assert_eq!((found.value, found.low, found.high), (23.0, 13.0, None));
    }

    #[test]
    fn when_more_than_half_wait_there_is_no_median() {
        let mut waits = [(1.0, true), (2.0, false), (3.0, false), (4.0, false)];
        assert_eq!(median(&mut waits, 1.96, 1.0), None);
    }
}

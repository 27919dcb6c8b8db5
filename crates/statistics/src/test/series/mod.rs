//! A series with a known date of change: the interrupted time series.
//!
//! The points before give a line; the question is by how much the series jumps off it at the change (the level), and by
//! how much its slope changes after. So a rise that was going on anyway is not counted as success, which two averages
//! would do: a series that climbs from 79 to 86 may have climbed all along.

mod reml;

use crate::distribution::critical_student;
use crate::error::{Error, Result, finite, fraction};
use crate::interval::{Estimate, Interval};
use crate::least_squares::{Fit, fit};

/// From this many points on each side, neighbours' likeness is estimated; with fewer it cannot be.
const ENOUGH_FOR_AUTOCORRELATION: usize = 12;

/// What changed, in the unit of the series.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Interrupted {
    /// How much the series rose with each point before the change.
    pub trend: Estimate,
    /// By how much it jumped at the first point after, off the line of before.
    pub level: Estimate,
    /// By how much the rise with each point changed.
    pub slope: Estimate,
    /// How far the last point of the line after lies off the line of before: level + slope * (points after - 1).
    pub at_end: Estimate,
    /// How alike neighbours are (AR(1), -1 to 1); `None` when the points were too few to tell and independence was
    /// assumed.
    pub autocorrelation: Option<f64>,
}

/// Level and slope change of a series of evenly spaced points, `before` and `after` a change whose date was known
/// beforehand: y = b0 + b1 t + b2 D + b3 (t since the change).
///
/// With fewer than 12 points on a side by ordinary least squares; from 12 on by REML with AR(1) errors, the intervals
/// weighing every likeness of neighbours that the series allows. With `control` (a site or service that was not changed,
/// the same points), the difference of the two series is used, so that what happened to both is not counted.
///
/// Taking the likeliest likeness for the truth makes intervals too narrow (as in Turner's simulations); weighed as here,
/// those at 0.95 hold 94 to 98 of 100 in ours, with 12 to 40 points a side and correlations of 0.3 to 0.8.
///
/// Traps: least squares on ten likeminded weeks promises too much. A season needs a full year on each side, or a control. A date
/// that was chosen because the series jumped there makes every figure here meaningless. Twelve points a side with few
/// answers in each see only large changes.
/// Sources: A. Wagner et al., Segmented regression analysis of interrupted time series studies in medication use
/// research, Journal of Clinical Pharmacy and Therapeutics 27 (2002); S. Turner et al., Evaluation of statistical
/// methods used in the analysis of interrupted time series studies, BMC Medical Research Methodology 21 (2021).
///
/// # Errors
/// When a side has fewer than 4 points, the control is not as long as the series, a value is not finite, the points lie
/// on their lines without any error, or `level` is not between 0 and 1.
///
/// ```
/// // Share of tickets solved in a day, month by month: rising before, and no jump at all.
/// let before = [0.60, 0.63, 0.64, 0.68, 0.69, 0.72];
/// let after = [0.74, 0.75, 0.79, 0.80];
/// let found = statistics::test::series::interrupted(&before, &after, None, 0.95)?;
/// assert!(found.level.interval.contains(0.0), "the rise was there already");
/// # Ok::<(), statistics::Error>(())
/// ```
pub fn interrupted(
    before: &[f64],
    after: &[f64],
    control: Option<(&[f64], &[f64])>,
    level: f64,
) -> Result<Interrupted> {
    fraction("level", level)?;
    finite(before, 4)?;
    finite(after, 4)?;
    let mut y = [before, after].concat();
    if let Some((control_before, control_after)) = control {
        for (name, have, wanted) in [
            ("control before", control_before.len(), before.len()),
            ("control after", control_after.len(), after.len()),
        ] {
            if have != wanted {
                return Err(Error::Mismatch { name, have, wanted });
            }
        }
        finite(control_before, 4)?;
        finite(control_after, 4)?;
        y.iter_mut().zip(control_before.iter().chain(control_after)).for_each(|(y, other)| *y -= other);
    }
    let columns = design(before.len(), after.len());
    let combinations =
        [[0.0, 1.0, 0.0, 0.0], [0.0, 0.0, 1.0, 0.0], [0.0, 0.0, 0.0, 1.0], [0.0, 0.0, 1.0, after.len() as f64 - 1.0]];
    let long = before.len().min(after.len()) >= ENOUGH_FOR_AUTOCORRELATION;
    let [trend, jump, slope, at_end] = if long {
        let found = reml::ar1(&columns, &y)?;
        checked(&found.fit, &y)?;
        let [trend, jump, slope, at_end] = combinations.map(|w| {
            let (low, high) = found.limits(&w, level);
            Estimate {
                value: found.fit.combination(&w),
                interval: Interval { low, high, level, method: "REML, AR(1), every likeness weighed" },
            }
        });
        return Ok(Interrupted { trend, level: jump, slope, at_end, autocorrelation: Some(found.rho) });
    } else {
        let found = fit(&columns, &y)?;
        checked(&found, &y)?;
        let freedom = (y.len() - 4) as f64;
        let variance = found.residual_squares / freedom;
        combinations.map(|w| {
            estimate(found.combination(&w), variance * found.spread(&w), freedom, level, "least squares, Student t")
        })
    };
    Ok(Interrupted { trend, level: jump, slope, at_end, autocorrelation: None })
}

/// Constant, time from 0, after the change, points since the change.
fn design(before: usize, after: usize) -> Vec<Vec<f64>> {
    let since = |t: usize| t as f64 - before as f64;
    let time = 0..before + after;
    vec![
        vec![1.0; before + after],
        time.clone().map(|t| t as f64).collect(),
        time.clone().map(|t| f64::from(u8::from(t >= before))).collect(),
        time.map(|t| since(t).max(0.0)).collect(),
    ]
}

fn estimate(value: f64, variance: f64, freedom: f64, level: f64, method: &'static str) -> Estimate {
    let half = critical_student(level, freedom) * variance.sqrt();
    Estimate { value, interval: Interval { low: value - half, high: value + half, level, method } }
}

/// Points exactly on their lines are invented, or rounded until nothing is left: their interval would have no width.
fn checked(fit: &Fit, y: &[f64]) -> Result<()> {
    let size = y.iter().map(|y| y * y).sum::<f64>();
    if fit.residual_squares > 1e-20 * size { Ok(()) } else { Err(Error::NoSpread { name: "the errors of the series" }) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use rand::{RngExt, SeedableRng};
    use rand_chacha::ChaCha8Rng;

    /// By hand: 0 + t before and 10 + 3 t after, with errors +e -e -e +e on each side, which are orthogonal to a
    /// constant and a line. So the lines are found exactly: jump at the first point after (t = 4) 22 - 4 = 18, slope
    /// change 2, at the end 18 + 3 * 2 = 24. Residual variance 8 e^2 / 4 = 2 e^2. A line through four points has at its
    /// ends the variance 0.7, extrapolated one step beyond 1.5: the jump has 2.2 * 2 e^2, its half width is 2.776445 *
    /// e * sqrt(4.4) = 5.823920 e.
    #[test]
    fn two_lines_by_hand() {
        let e = 0.1;
        let before = [e, 1.0 - e, 2.0 - e, 3.0 + e];
        let after = [22.0 + e, 25.0 - e, 28.0 - e, 31.0 + e];
        let found = interrupted(&before, &after, None, 0.95).unwrap();
        assert!((found.trend.value - 1.0).abs() < 1e-9 && (found.level.value - 18.0).abs() < 1e-9);
        assert!((found.slope.value - 2.0).abs() < 1e-9 && (found.at_end.value - 24.0).abs() < 1e-9);
        assert!((found.level.interval.width() / 2.0 - 0.582_392_0).abs() < 1e-6);
        assert_eq!(found.autocorrelation, None);
    }

    /// What happens to both series is not counted.
    #[test]
    fn a_control_takes_out_what_happened_to_both() {
        let season = [5.0, 9.0, 4.0, 7.0, 2.0, 8.0, 3.0, 6.0, 1.0, 5.5];
        let noise = [0.2, -0.1, -0.2, 0.1, 0.15, -0.05, 0.1, -0.25, 0.05, 0.0];
        let series: Vec<f64> =
            season.iter().zip(noise).enumerate().map(|(t, (s, n))| s + n + if t >= 5 { 2.0 } else { 0.0 }).collect();
        let alone = interrupted(&series[..5], &series[5..], None, 0.95).unwrap();
        let beside = interrupted(&series[..5], &series[5..], Some((&season[..5], &season[5..])), 0.95).unwrap();
        assert!(alone.level.interval.contains(0.0));
        assert!(beside.level.interval.low > 1.0 && beside.level.interval.high < 3.0, "{beside:?}");
    }

    #[test]
    fn long_series_estimate_how_alike_neighbours_are() {
        let mut random = ChaCha8Rng::seed_from_u64(4);
        let mut error = 0.0;
        let y: Vec<f64> = (0..60)
            .map(|t| {
                error = 0.6 * error + random.random_range(-0.5..0.5);
                f64::from(t) * 0.1 + error + if t >= 30 { 3.0 } else { 0.0 }
            })
            .collect();
        let found = interrupted(&y[..30], &y[30..], None, 0.95).unwrap();
        assert!(found.autocorrelation.is_some_and(|rho| (0.2..0.9).contains(&rho)), "{found:?}");
        assert!(found.level.interval.contains(3.0) && found.level.interval.low > 0.0);
    }

    #[test]
    fn what_cannot_be_judged_is_refused() {
        let line: Vec<f64> = (0..8).map(f64::from).collect();
        assert!(interrupted(&line[..3], &line[3..], None, 0.95).is_err());
        assert!(matches!(interrupted(&line[..4], &line[4..], None, 0.95), Err(Error::NoSpread { .. })));
        let other = Some((&line[..3], &line[4..]));
        assert!(matches!(interrupted(&line[..4], &line[4..], other, 0.95), Err(Error::Mismatch { .. })));
    }
}

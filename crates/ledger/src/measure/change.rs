//! Has it changed since the period before?

use statistics::interval::Interval;
use statistics::verdict::{Verdict, judge};

use super::estimate::{Estimate, critical, effective_n, estimate, square_and_add};
use super::registry::{LOST_TIME, Measure, Unit};
use super::sample::{Data, Sample};

/// The word for the difference, at a level that the number of measures looked at has raised.
pub(super) fn verdict(measure: &Measure, now: &Sample, before: &Sample, level: f64) -> Verdict {
    difference(measure, now, before, level)
        .and_then(|interval| judge(&interval, smallest(measure), measure.better).ok())
        .unwrap_or(Verdict::CannotTell)
}

/// Spans are compared as ratios, so their smallest change is a ratio too.
fn smallest(measure: &Measure) -> f64 {
    match measure.unit {
        Unit::Span => measure.smallest.ln_1p(),
        Unit::Share | Unit::Class | Unit::PerTicket | Unit::Number | Unit::Net | Unit::Difference => measure.smallest,
    }
}

fn difference(measure: &Measure, now: &Sample, before: &Sample, level: f64) -> Option<Interval> {
    if let (Data::Classes(now), Data::Classes(before)) = (&now.data, &before.data) {
        return superiority(now, before, level);
    }
    let (now, before) = (estimate(now, level).ok()?, estimate(before, level).ok()?);
    let (one, two) = match measure.unit {
        Unit::Span => (logarithm(now)?, logarithm(before)?),
        _ => (plain(now)?, plain(before)?),
    };
    Some(square_and_add(one, two, level))
}

fn plain(estimate: Estimate) -> Option<[f64; 3]> {
    Some([estimate.range.low, estimate.value, estimate.range.high?])
}

/// On the scale on which waits are compared: a second is the shortest.
fn logarithm(estimate: Estimate) -> Option<[f64; 3]> {
    plain(estimate).map(|limits| limits.map(|span| span.max(1_000.0).ln()))
}

/// How far the chance that an answer of now is of a higher class than one of before (ties count half) is from a half:
/// the Mann-Whitney statistic with DeLong's variance, widened as people answered more than once.
///
/// Source: E. DeLong, D. DeLong and D. Clarke-Pearson, Comparing the areas under two or more correlated receiver
/// operating characteristic curves, Biometrics 44 (1988).
fn superiority(now: &[(u8, u32)], before: &[(u8, u32)], level: f64) -> Option<Interval> {
    if now.len() < 2 || before.len() < 2 {
        return None;
    }
    let counts = |answers: &[(u8, u32)]| {
        let mut counts = [0.0f64; LOST_TIME.len()];
        for (class, _) in answers {
            counts[usize::from(*class).min(LOST_TIME.len() - 1)] += 1.0;
        }
        counts
    };
    let (one, two) = (counts(now), counts(before));
    let (n, m) = (now.len() as f64, before.len() as f64);
    let placed =
        |other: &[f64; 6], total: f64, class: usize| (other[..class].iter().sum::<f64>() + other[class] / 2.0) / total;
    let chance: f64 = (0..6).map(|class| one[class] / n * placed(&two, m, class)).sum();
    let spread = |own: &[f64; 6], other: &[f64; 6], size: f64, total: f64, mean: f64| {
        let squares = (0..6).map(|class| own[class] * (placed(other, total, class) - mean).powi(2));
        squares.sum::<f64>() / (size - 1.0) / size
    };
    let inflate = |answers: &[(u8, u32)], size: f64| {
        let mut each = vec![(0, 0); answers.iter().map(|(_, who)| *who as usize + 1).max().unwrap_or(0)];
        for (class, who) in answers {
            each[*who as usize].0 += u32::from(*class >= 2);
            each[*who as usize].1 += 1;
        }
        size / effective_n(&each).min(size)
    };
    let variance = spread(&one, &two, n, m, chance) * inflate(now, n)
        + spread(&two, &one, m, n, 1.0 - chance) * inflate(before, m);
    let half = critical(level) * variance.sqrt();
    let away = chance - 0.5;
    // All in one class on both sides: nothing is known of how much they vary.
    (variance > 0.0).then_some(Interval { low: away - half, high: away + half, level, method: "Mann-Whitney, DeLong" })
}

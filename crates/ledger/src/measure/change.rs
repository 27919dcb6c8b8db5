//! Has it changed since the period before?

use statistics::interval::Interval;
use statistics::test::rank::brunner_munzel;
use statistics::verdict::{Verdict, judge};

use super::estimate::{Estimate, effective_n, estimate, square_and_add};
use super::registry::{Measure, Unit};
use super::sample::{Data, Sample};

/// How a number compares with that of the period before.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Change {
    /// The number before, in the measure's unit.
    pub before: f64,
    /// Between what the change lies: now minus before in the measure's unit; for spans how many times as long as before;
    /// for classes how likely an answer of now is of a higher class than one of before (0.5: neither).
    pub between: (f64, f64),
    /// The level of that, such as 0.998: higher, as a page makes many comparisons and is looked at every week.
    pub level: f64,
    /// What it came to.
    pub verdict: Verdict,
}

/// The change and the word for it, at a level that the number of measures looked at has raised; none where the period
/// before says nothing.
pub(super) fn change(measure: &Measure, now: &Sample, before: &Sample, level: f64) -> Option<Change> {
    let interval = difference(measure, now, before, level)?;
    let word = measure.better.and_then(|better| judge(&interval, smallest(measure), better).ok());
    let told = |end: f64| match measure.unit {
        Unit::Span => end.exp(),
        Unit::Class => (end + 0.5).clamp(0.0, 1.0),
        Unit::Share | Unit::Net => end.clamp(-1.0, 1.0),
        Unit::PerTicket | Unit::Number | Unit::Difference => end,
    };
    let between = (told(interval.low), told(interval.high));
    let before = estimate(before, level).ok()?.value;
    Some(Change { before, between, level, verdict: word.unwrap_or(Verdict::CannotTell) })
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

/// How far the chance that an answer of now is of a higher class than one of before (ties count half) is from a half, by
/// Brunner and Munzel, widened as people answered more than once (by the side that did so more).
fn superiority(now: &[(u8, u32)], before: &[(u8, u32)], level: f64) -> Option<Interval> {
    let values = |answers: &[(u8, u32)]| answers.iter().map(|(class, _)| f64::from(*class)).collect::<Vec<f64>>();
    let found = brunner_munzel(&values(now), &values(before), level).ok()?.superiority;
    let (low, high) = (found.value - found.interval.low, found.interval.high - found.value);
    // The interval is cut at 0 and 1; the longer side is as long as it is wide.
    let half = low.max(high) * inflate(now).max(inflate(before)).sqrt();
    let away = found.value - 0.5;
    Some(Interval { low: away - half, high: away + half, level, method: "Brunner-Munzel" })
}

/// How much less the answers are worth because the same people gave several: n over the effective n.
fn inflate(answers: &[(u8, u32)]) -> f64 {
    let mut each = vec![(0, 0); answers.iter().map(|(_, who)| *who as usize + 1).max().unwrap_or(0)];
    for (class, who) in answers {
        each[*who as usize].0 += u32::from(*class >= 2);
        each[*who as usize].1 += 1;
    }
    let n = answers.len() as f64;
    n / effective_n(&each).min(n)
}

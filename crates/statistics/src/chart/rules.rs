//! The rules by which points speak, the same for every chart.

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

/// A point of any chart, as the rules see it.
#[derive(Debug, Clone, Copy)]
pub(super) struct Point {
    /// From the centre to the point.
    pub offset: f64,
    /// From the centre to the limit, on either side.
    pub limit: f64,
    /// Whether the step to this point is a signal by itself.
    pub step: bool,
}

/// Every point at which a rule speaks, in time order.
pub(super) fn signals(points: &[Point]) -> Vec<Signal> {
    let mut signals = Vec::new();
    let mut run = 0i64;
    for (at, point) in points.iter().enumerate() {
        let mut speak = |rule| signals.push(Signal { at, rule });
        if point.offset.abs() > point.limit {
            speak(Rule::Outside);
        }
        // The run counts up above the centre and down below it; a point on the centre ends it.
        run = if point.offset > 0.0 {
            run.max(0) + 1
        } else if point.offset < 0.0 {
            run.min(0) - 1
        } else {
            0
        };
        if run.abs() >= 8 {
            speak(Rule::EightOnASide);
        }
        let recent = &points[at.saturating_sub(2)..=at];
        let far = |sign: f64| {
            let beyond = |point: &Point| point.offset * sign > point.limit * 2.0 / 3.0;
            beyond(point) && recent.iter().filter(|point| beyond(point)).count() >= 2
        };
        if far(1.0) || far(-1.0) {
            speak(Rule::TwoOfThree);
        }
        if point.step {
            speak(Rule::Step);
        }
    }
    signals
}

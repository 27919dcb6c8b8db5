//! Did it get better, or are other people counted? A change split into mix and rate.
//!
//! A total may fall although every segment rose, when segments with lower figures grew (Simpson's paradox). Kitagawa's
//! decomposition says how much of a change comes from *who* was counted (mix) and how much from how they fared (rate).
//! Both belong on every page that compares two periods. Trap: it explains by the segments that it is given, and by no
//! others.

use crate::error::{Error, Result};

/// A segment in the two periods.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Segment {
    /// How many were counted before (answers, contacts); weights are these over their sum.
    pub n_before: f64,
    /// The figure before, in any unit; ignored when nobody was counted.
    pub before: f64,
    /// How many were counted after.
    pub n_after: f64,
    /// The figure after; ignored when nobody was counted.
    pub after: f64,
}

/// What one segment contributed.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Part {
    /// Through its weight: (w1 - w0)(s0 + s1) / 2.
    pub mix: f64,
    /// Through its figure: (s1 - s0)(w0 + w1) / 2.
    pub rate: f64,
}

/// The change of a total, split.
#[derive(Debug, Clone, PartialEq)]
pub struct Decomposition {
    /// The total before.
    pub before: f64,
    /// The total after.
    pub after: f64,
    /// How much of after - before comes from who was counted.
    pub mix: f64,
    /// How much comes from how they fared; mix + rate is the whole change.
    pub rate: f64,
    /// Each segment's part, in the order given. A single segment's mix part depends on where the scale has its zero, so
    /// show the sum, and the rate parts.
    pub segments: Vec<Part>,
}

impl Decomposition {
    /// after - before.
    pub fn change(&self) -> f64 {
        self.after - self.before
    }
}

/// Splits the change of a weighted mean. A segment that exists in one period only counts as mix: its figure in the
/// other period is taken to have been the same.
///
/// Source: E. Kitagawa, Components of a difference between two rates, JASA 50 (1955).
///
/// # Errors
/// When nobody was counted in a period, a count is negative, or a figure or count is not finite.
///
/// ```
/// use statistics::mix::{Segment, decompose};
/// let segments = [(30.0, 90.0, 10.0, 91.0), (50.0, 80.0, 50.0, 81.0), (20.0, 70.0, 40.0, 71.0)]
///     .map(|(n_before, before, n_after, after)| Segment { n_before, before, n_after, after });
/// let split = decompose(&segments)?;
/// assert_eq!((split.before.round(), split.after.round()), (81.0, 78.0));
/// assert!(split.rate > 0.0, "every segment rose");
/// # Ok::<(), statistics::Error>(())
/// ```
pub fn decompose(segments: &[Segment]) -> Result<Decomposition> {
    for (position, segment) in segments.iter().enumerate() {
        for (name, n, figure) in
            [("count before", segment.n_before, segment.before), ("count after", segment.n_after, segment.after)]
        {
            if !n.is_finite() || (n > 0.0 && !figure.is_finite()) {
                return Err(Error::NotFinite { position });
            }
            if n < 0.0 {
                return Err(Error::OutOfRange { name, value: n, wanted: "a count of 0 or more" });
            }
        }
    }
    let all_before: f64 = segments.iter().map(|segment| segment.n_before).sum();
    let all_after: f64 = segments.iter().map(|segment| segment.n_after).sum();
    if all_before <= 0.0 || all_after <= 0.0 {
        return Err(Error::TooFew { have: 0, needed: 1 });
    }
    let (mut before, mut after, mut mix, mut rate) = (0.0, 0.0, 0.0, 0.0);
    let mut parts = Vec::with_capacity(segments.len());
    for segment in segments {
        let (w0, w1) = (segment.n_before / all_before, segment.n_after / all_after);
        let (s0, s1) = match (segment.n_before > 0.0, segment.n_after > 0.0) {
            (true, true) => (segment.before, segment.after),
            (true, false) => (segment.before, segment.before),
            (false, true) => (segment.after, segment.after),
            (false, false) => (0.0, 0.0),
        };
        let part = Part { mix: (w1 - w0) * f64::midpoint(s0, s1), rate: (s1 - s0) * f64::midpoint(w0, w1) };
        before += w0 * s0;
        after += w1 * s1;
        mix += part.mix;
        rate += part.rate;
        parts.push(part);
    }
    Ok(Decomposition { before, after, mix, rate, segments: parts })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn of(n_before: f64, before: f64, n_after: f64, after: f64) -> Segment {
        Segment { n_before, before, n_after, after }
    }

    /// MEASURES 2.8: all three segments rise by one point and the total falls from 81 to 78. By hand, with weights 30,
    /// 50, 20 and then 10, 50, 40: 27 + 40 + 14 = 81 and 9.1 + 40.5 + 28.4 = 78; mix -0.2 * 90.5 + 0 + 0.2 * 70.5 = -4,
    /// rate 0.2 + 0.5 + 0.3 = 1.
    #[test]
    fn everybody_rises_and_the_total_falls() {
        let split =
            decompose(&[of(30.0, 90.0, 10.0, 91.0), of(50.0, 80.0, 50.0, 81.0), of(20.0, 70.0, 40.0, 71.0)]).unwrap();
        let near = |value: f64, hand: f64| assert!((value - hand).abs() < 1e-9, "{value}, not {hand}");
        near(split.before, 81.0);
        near(split.after, 78.0);
        near(split.change(), -3.0);
        near(split.mix, -4.0);
        near(split.rate, 1.0);
        near(split.segments[0].mix, -18.1);
        near(split.segments[1].rate, 0.5);
    }

    /// A new site with 60 where there was only one with 80: half of all, so 80 to 70, all of it mix.
    #[test]
    fn a_segment_that_came_or_went_is_mix() {
        let split = decompose(&[of(10.0, 80.0, 10.0, 80.0), of(0.0, f64::NAN, 10.0, 60.0)]).unwrap();
        assert_eq!((split.before, split.after, split.mix, split.rate), (80.0, 70.0, -10.0, 0.0));
    }

    #[test]
    fn nobody_in_a_period_is_refused() {
        assert!(decompose(&[of(0.0, 1.0, 5.0, 1.0)]).is_err() && decompose(&[]).is_err());
        assert!(decompose(&[of(1.0, f64::NAN, 5.0, 1.0)]).is_err());
        assert!(decompose(&[of(-1.0, 1.0, 5.0, 1.0), of(2.0, 1.0, 5.0, 1.0)]).is_err());
    }

    proptest! {
        #[test]
        fn mix_and_rate_are_the_whole_change(
            counts in prop::collection::vec((0u16..500, 0.0..100.0f64, 0u16..500, 0.0..100.0f64), 1..40),
        ) {
            let mut segments: Vec<Segment> =
                counts.iter().map(|&(m, s, n, t)| of(f64::from(m), s, f64::from(n), t)).collect();
            segments.push(of(1.0, 50.0, 1.0, 50.0));
            let split = decompose(&segments).unwrap();
            prop_assert!((split.mix + split.rate - split.change()).abs() < 1e-9);
            let parts: f64 = split.segments.iter().map(|part| part.mix + part.rate).sum();
            prop_assert!((parts - split.change()).abs() < 1e-9);
        }
    }
}

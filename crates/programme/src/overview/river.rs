//! The river: each stage draws its own reach, and five of them side by side are one water. On a phone they lie beneath
//! each other.

use ledger::measure::{Flow, StageFlow};

const WIDTH: f64 = 200.0;
const HEIGHT: f64 = 120.0;
/// The widest that the water gets, and the least that still reads as water.
const WIDEST: f64 = 84.0;
const LEAST: f64 = 3.0;
const MIDDLE: f64 = 46.0;
/// How far a reach flows into its neighbours, so that no line of light stands between them.
const SEAM: f64 = 0.5;

/// The drawing of one stage: outlines for paths, in a field of 200 by 120.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Reach {
    /// The water.
    pub water: String,
    /// What leaves here; empty when nobody does or it may not be told.
    pub leaving: String,
    /// Whether the width is not known: few people, or nobody yet.
    pub is_unknown: bool,
}

/// The reaches of a flow, in its order.
pub(super) fn reaches(flow: &Flow) -> Vec<Reach> {
    let most = flow.stages.iter().filter_map(|stage| stage.people).max().unwrap_or(0).max(1) as f64;
    let width = |people: Option<u64>| people.map_or(LEAST, |people| (people as f64 / most * WIDEST).max(LEAST));
    let widths: Vec<f64> = flow.stages.iter().map(|stage| width(stage.people)).collect();
    let at = |place: usize| widths[place.min(widths.len() - 1)];
    flow.stages
        .iter()
        .enumerate()
        .map(|(place, stage)| {
            let before = if place == 0 { at(0) } else { f64::midpoint(at(place - 1), at(place)) };
            let after = f64::midpoint(at(place), at(place + 1));
            reach(stage, before, at(place), after, most)
        })
        .collect()
}

fn reach(stage: &StageFlow, before: f64, here: f64, after: f64, most: f64) -> Reach {
    let (left, centre, right) = (before / 2.0, here / 2.0, after / 2.0);
    let (quarter, half, rest) = (WIDTH * 0.25, WIDTH * 0.5, WIDTH * 0.75);
    let water = format!(
        "M-{SEAM} {:.1}H0C{quarter} {:.1} {quarter} {:.1} {half} {:.1}S{rest} {:.1} {WIDTH} {:.1}h{SEAM}V{:.1}h-{SEAM}C{rest} {:.1} {rest} {:.1} {half} {:.1}S{quarter} {:.1} 0 {:.1}h-{SEAM}Z",
        MIDDLE - left,
        MIDDLE - left,
        MIDDLE - centre,
        MIDDLE - centre,
        MIDDLE - right,
        MIDDLE - right,
        MIDDLE + right,
        MIDDLE + right,
        MIDDLE + centre,
        MIDDLE + centre,
        MIDDLE + left,
        MIDDLE + left,
    );
    let leaving = stage.left.filter(|&left| left > 0).map_or_else(String::new, |left| {
        // A side stream as wide as the part that leaves, from the middle of the stage down to the edge.
        let wide = (left as f64 / most * WIDEST * 0.6).clamp(LEAST, WIDTH * 0.4);
        let (from, bank, foot) = (half, MIDDLE + centre - 1.0, half + WIDTH * 0.16);
        format!(
            "M{from:.1} {bank:.1}C{from:.1} {:.1} {foot:.1} {:.1} {foot:.1} {HEIGHT}H{:.1}C{:.1} {:.1} {:.1} {:.1} {:.1} {bank:.1}Z",
            bank + 16.0,
            bank + 8.0,
            foot + wide,
            foot + wide,
            bank + 8.0,
            from + wide,
            bank + 16.0,
            from + wide,
        )
    });
    let is_unknown = stage.people.is_none_or(|people| people == 0);
    Reach { water, leaving, is_unknown }
}

//! Where everything stands: cards, lines and labels, in axes that know nothing of right or down.
//!
//! `along` runs with the flow, `across` at right angles to it; drawing turns them into x and y.

use super::graph::{Arc, Layered, layered};

/// Distance between the upright parts of back arcs.
pub(super) const BESIDE: f64 = 9.0;
/// What a gap has beside the longest label in it, for curve and arrow head.
const LABEL_ROOM: f64 = 32.0;

/// A point: along the flow, and across it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Point {
    pub(super) along: f64,
    pub(super) across: f64,
}

/// A place for something with a size; the point is its centre.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Spot {
    pub(super) at: Point,
    /// Full extent along and across.
    pub(super) size: Point,
}

/// A line to draw, with its arrow head and a place for its label.
#[derive(Debug, Clone)]
pub(super) struct Line {
    pub(super) pieces: Vec<Piece>,
    /// Tip and base of the arrow head; both on the line's end.
    pub(super) tip: Point,
    pub(super) base: Point,
    pub(super) width: f64,
    pub(super) label: Spot,
}

/// A piece of a line; the first is a move.
#[derive(Debug, Clone, Copy)]
pub(super) enum Piece {
    Move(Point),
    Straight(Point),
    /// Two control points and the end.
    Curve(Point, Point, Point),
    /// A rounded corner: the corner itself, and the end.
    Corner(Point, Point),
}

/// Sizes that depend on the direction of the flow.
#[derive(Debug, Clone, Copy)]
pub(super) struct Measures {
    /// Least room between layers, and between neighbours in a layer.
    pub(super) gap: Point,
    /// Room that a waypoint keeps free across the flow, for its line and label.
    pub(super) waypoint: f64,
    /// Distance of the lanes that back arcs run in.
    pub(super) lane: f64,
    /// Where a label stands beside a line, across: 0 on it, -1 before it, 1 behind it.
    pub(super) label_side: f64,
    /// Room between a line and the label beside it.
    pub(super) label_room: f64,
}

/// What is to be placed.
pub(super) struct Drawing<'a> {
    /// Size of each step (cards, then the start and the end mark).
    pub(super) sizes: &'a [Point],
    pub(super) first: usize,
    pub(super) last: usize,
    pub(super) arcs: &'a [Arc],
    /// Stroke width of each arc, and size of its label.
    pub(super) widths: &'a [f64],
    pub(super) labels: &'a [Point],
    pub(super) measures: Measures,
}

/// Places of steps and lines.
pub(super) struct Placed {
    pub(super) steps: Vec<Spot>,
    pub(super) lines: Vec<Line>,
}

/// Places everything.
pub(super) fn place(drawing: &Drawing<'_>) -> Placed {
    let graph = layered(drawing.sizes.len(), drawing.first, drawing.last, drawing.arcs);
    let m = &drawing.measures;
    let steps = drawing.sizes.len();
    let size = |item: usize| drawing.sizes.get(item).map_or(m.waypoint, |size| size.across);
    let across = positions(&graph, drawing.arcs, size, m.gap.across);

    // Layers stand one behind the other, each as deep as its deepest step.
    let mut edges: Vec<(f64, f64)> = Vec::with_capacity(graph.layers.len());
    let mut from = 0.0;
    for (number, layer) in graph.layers.iter().enumerate() {
        let depth = layer.iter().filter_map(|&item| drawing.sizes.get(item)).map(|s| s.along).fold(0.0, f64::max);
        edges.push((from, from + depth));
        from += depth + between(drawing, &graph, number);
    }
    let spots: Vec<Spot> = (0..steps)
        .map(|item| {
            let (low, high) = edges[graph.layer[item]];
            Spot { at: Point { along: f64::midpoint(low, high), across: across[item] }, size: drawing.sizes[item] }
        })
        .collect();
    let lines = super::route::route(drawing, &graph, &across, &edges, &spots);
    Placed { steps: spots, lines }
}

/// Room between a layer and the next: enough for the labels of arcs that span just this gap, and for the uprights of back
/// arcs.
fn between(drawing: &Drawing<'_>, graph: &Layered, layer: usize) -> f64 {
    let (mut room, mut uprights) = (drawing.measures.gap.along, 0.0);
    for (at, arc) in drawing.arcs.iter().enumerate() {
        match &graph.chains[at] {
            Some(chain) if chain.len() == 2 && graph.layer[arc.from] == layer => {
                room = f64::max(room, drawing.labels[at].along + LABEL_ROOM);
            }
            None if graph.layer[arc.from] == layer => uprights += BESIDE,
            None if graph.layer[arc.to] == layer + 1 => uprights += BESIDE,
            _ => {}
        }
    }
    if uprights > 0.0 { room.max(uprights + 60.0) } else { room }
}

/// Positions across the flow: each item where its neighbours pull it, kept apart and in order.
fn positions(graph: &Layered, arcs: &[Arc], size: impl Fn(usize) -> f64, gap: f64) -> Vec<f64> {
    let items = graph.layer.len();
    let mut links: Vec<Vec<(usize, f64)>> = vec![Vec::new(); items];
    let heaviest = arcs.iter().map(|arc| arc.weight).fold(f64::MIN_POSITIVE, f64::max);
    for (chain, arc) in graph.chains.iter().zip(arcs) {
        let Some(chain) = chain else { continue };
        // The inner parts of long arcs pull hardest, so that they are straight.
        let pull = if chain.len() > 3 { 3.0 } else { 1.0 };
        for (at, pair) in chain.windows(2).enumerate() {
            let inner = at > 0 && at + 2 < chain.len();
            // To the fourth power, so that the main road is straight and the rest gives way.
            let weight = (arc.weight / heaviest * if inner { pull } else { 1.0 }).max(1e-3).powi(4);
            links[pair[0]].push((pair[1], weight));
            links[pair[1]].push((pair[0], weight));
        }
    }
    let mut place = vec![0.0; items];
    for layer in &graph.layers {
        settle(layer, &mut place, |_| (0.0, 1.0), &size, gap);
    }
    for sweep in 0..40 {
        let count = graph.layers.len();
        for step in 0..count {
            let at = if sweep % 2 == 0 { step } else { count - 1 - step };
            let before = place.clone();
            let pulled = |item: usize| {
                let weight: f64 = links[item].iter().map(|link| link.1).sum();
                if weight == 0.0 {
                    return (before[item], 1e-12);
                }
                (links[item].iter().map(|link| before[link.0] * link.1).sum::<f64>() / weight, weight)
            };
            settle(&graph.layers[at], &mut place, pulled, &size, gap);
        }
    }
    place
}

/// The positions nearest to where the items are pulled (least squares by weight) that keep them in order and apart:
/// isotonic regression by pooling neighbours that would overlap.
fn settle(
    layer: &[usize],
    place: &mut [f64],
    pulled: impl Fn(usize) -> (f64, f64),
    size: impl Fn(usize) -> f64,
    gap: f64,
) {
    // (sum of weighted positions, sum of weights, items), each position counted from the first item.
    let mut pools: Vec<(f64, f64, usize)> = Vec::with_capacity(layer.len());
    let mut offsets = Vec::with_capacity(layer.len());
    let mut offset = 0.0;
    for (number, &item) in layer.iter().enumerate() {
        if number > 0 {
            offset += size(layer[number - 1]) / 2.0 + gap + size(item) / 2.0;
        }
        offsets.push(offset);
        let (position, weight) = pulled(item);
        pools.push(((position - offset) * weight, weight, 1));
        while let [.., a, b] = pools.as_mut_slice() {
            if a.0 / a.1 <= b.0 / b.1 {
                break;
            }
            *a = (a.0 + b.0, a.1 + b.1, a.2 + b.2);
            pools.pop();
        }
    }
    let means = pools.iter().flat_map(|pool| std::iter::repeat_n(pool.0 / pool.1, pool.2));
    for ((&item, offset), mean) in layer.iter().zip(offsets).zip(means) {
        place[item] = mean + offset;
    }
}

//! The ways of the lines: forward arcs in smooth curves through their waypoints, back arcs around below, and a free place
//! for each label.

use super::graph::Layered;
use super::place::{BESIDE, Drawing, Line, Measures, Piece, Point, Spot};

/// Room between two lines where they meet a card, as a share of the card's side.
const PORT_GAP: f64 = 0.09;
/// Radius of the corners of back arcs.
const CORNER: f64 = 12.0;

/// Routes all arcs. `across` has the position of each item, `edges` begin and end of each layer.
pub(super) fn route(
    drawing: &Drawing<'_>,
    graph: &Layered,
    across: &[f64],
    edges: &[(f64, f64)],
    spots: &[Spot],
) -> Vec<Line> {
    let lanes = lanes(drawing, graph, across);
    let (outs, ins) = (ports(drawing, graph, across, spots, true), ports(drawing, graph, across, spots, false));
    let mut uprights = vec![0_u32; edges.len() + 1];
    let mut lines: Vec<Line> = Vec::with_capacity(drawing.arcs.len());
    let mut places: Vec<Vec<Point>> = Vec::with_capacity(drawing.arcs.len());
    for (at, arc) in drawing.arcs.iter().enumerate() {
        let width = drawing.widths[at];
        let (source, target) = (&spots[arc.from], &spots[arc.to]);
        let out = Point { along: source.at.along + source.size.along / 2.0, across: outs[at] };
        let tip = Point { along: target.at.along - target.size.along / 2.0 - 1.0, across: ins[at] };
        let base = Point { along: tip.along - 7.0 - width * 0.35, ..tip };
        let (pieces, candidates) = if let Some(chain) = &graph.chains[at] {
            forward(chain, graph, across, edges, out, base)
        } else {
            let (leaving, arriving) = (graph.layer[arc.from] + 1, graph.layer[arc.to]);
            uprights[leaving] += 1;
            uprights[arriving] += 1;
            let far = edges[graph.layer[arc.from]].1 + CORNER + BESIDE * f64::from(uprights[leaving]);
            let near = edges[graph.layer[arc.to]].0 - 14.0 - CORNER - BESIDE * f64::from(uprights[arriving]);
            backward(out, base, far, near, lanes[at].unwrap_or(out.across))
        };
        let label = Spot { at: base, size: drawing.labels[at] };
        lines.push(Line { pieces, tip, base, width, label });
        places.push(candidates);
    }
    let samples: Vec<(Point, f64)> = lines.iter().flat_map(sampled).collect();
    // The widest choose the place of their label first.
    let mut order: Vec<usize> = (0..lines.len()).collect();
    order.sort_by(|&a, &b| drawing.widths[b].total_cmp(&drawing.widths[a]));
    let mut taken: Vec<Spot> = spots.to_vec();
    for at in order {
        lines[at].label = free_place(drawing, at, &places[at], &taken, &samples);
        taken.push(lines[at].label);
    }
    lines
}

/// A curve from card to card by way of the waypoints, and places where its label may stand, best first.
fn forward(
    chain: &[usize],
    graph: &Layered,
    across: &[f64],
    edges: &[(f64, f64)],
    out: Point,
    base: Point,
) -> (Vec<Piece>, Vec<Point>) {
    let mut pieces = vec![Piece::Move(out)];
    let mut candidates = Vec::new();
    let mut at = out;
    let mut bends = Vec::new();
    let waypoints = chain.get(1..chain.len().saturating_sub(1)).unwrap_or_default();
    for &item in waypoints {
        let (low, high) = edges[graph.layer[item]];
        let (enter, leave) = (Point { along: low, across: across[item] }, Point { along: high, across: across[item] });
        bends.push((at, enter));
        pieces.push(curve(at, enter));
        pieces.push(Piece::Straight(leave));
        candidates.push(Point { along: f64::midpoint(low, high), across: across[item] });
        at = leave;
    }
    bends.push((at, base));
    pieces.push(curve(at, base));
    for share in [0.5, 0.38, 0.62, 0.26, 0.74] {
        for &(from, to) in &bends {
            candidates.push(on_curve(from, to, share));
        }
    }
    (pieces, candidates)
}

fn curve(from: Point, to: Point) -> Piece {
    let middle = f64::midpoint(from.along, to.along);
    Piece::Curve(Point { along: middle, ..from }, Point { along: middle, ..to }, to)
}

/// A point of the curve that [`curve`] makes, by its Bernstein form.
fn on_curve(from: Point, to: Point, share: f64) -> Point {
    let rest = 1.0 - share;
    let middle = f64::midpoint(from.along, to.along);
    let inner = 3.0 * rest * share;
    let (first, last) = (rest.powi(3), share.powi(3));
    Point {
        along: first * from.along + inner * middle + last * to.along,
        across: (first + inner * rest) * from.across + (last + inner * share) * to.across,
    }
}

/// Points along a line, about every 6 px, with its width.
fn sampled(line: &Line) -> Vec<(Point, f64)> {
    let mut points = Vec::new();
    let mut from = line.tip;
    for piece in &line.pieces {
        let (Piece::Move(to) | Piece::Straight(to) | Piece::Curve(_, _, to) | Piece::Corner(_, to)) = *piece;
        if !matches!(piece, Piece::Move(_)) {
            let length = (to.along - from.along).hypot(to.across - from.across);
            let steps = (length / 6.0).ceil().clamp(1.0, 2000.0) as u32;
            for step in 0..=steps {
                let share = f64::from(step) / f64::from(steps);
                let straight = |a: f64, b: f64| a + (b - a) * share;
                let point = if matches!(piece, Piece::Curve(..)) {
                    on_curve(from, to, share)
                } else {
                    Point { along: straight(from.along, to.along), across: straight(from.across, to.across) }
                };
                points.push((point, line.width));
            }
        }
        from = to;
    }
    points.push((line.base, line.width + 7.0));
    points.push((line.tip, line.width));
    points
}

/// Out of the card, around below in a lane of its own, and into the card from the front again.
fn backward(out: Point, base: Point, far: f64, near: f64, lane: f64) -> (Vec<Piece>, Vec<Point>) {
    let point = |along: f64, across: f64| Point { along, across };
    let down = |from: f64| CORNER.min((lane - from).abs() / 2.0);
    let (first, second) = (down(out.across), down(base.across));
    let pieces = vec![
        Piece::Move(out),
        Piece::Straight(point(far - first, out.across)),
        Piece::Corner(point(far, out.across), point(far, out.across + first)),
        Piece::Straight(point(far, lane - first)),
        Piece::Corner(point(far, lane), point(far - first, lane)),
        Piece::Straight(point(near + second, lane)),
        Piece::Corner(point(near, lane), point(near, lane - second)),
        Piece::Straight(point(near, base.across + second)),
        Piece::Corner(point(near, base.across), point(near + second, base.across)),
        Piece::Straight(base),
    ];
    let candidates = [0.5, 0.35, 0.65, 0.2, 0.8].map(|share| point(near + (far - near) * share, lane)).to_vec();
    (pieces, candidates)
}

/// The lane of each back arc: below everything in the layers that it spans, short ones inside.
fn lanes(drawing: &Drawing<'_>, graph: &Layered, across: &[f64]) -> Vec<Option<f64>> {
    let span = |at: usize| (graph.layer[drawing.arcs[at].to], graph.layer[drawing.arcs[at].from]);
    let mut back: Vec<usize> = (0..drawing.arcs.len()).filter(|&at| graph.chains[at].is_none()).collect();
    back.sort_by_key(|&at| (span(at).1 - span(at).0, span(at).0));
    let mut lanes: Vec<Option<f64>> = vec![None; drawing.arcs.len()];
    for (number, &at) in back.iter().enumerate() {
        let (low, high) = span(at);
        let bottom = |item: usize| {
            let size = drawing.sizes.get(item).map_or(drawing.measures.waypoint, |size| size.across);
            across[item] + size / 2.0
        };
        let below = graph.layers[low..=high].iter().flatten().map(|&item| bottom(item)).fold(f64::MIN, f64::max);
        let taken = back[..number].iter().filter(|&&other| span(other).0 <= high && low <= span(other).1);
        let lane = taken
            .filter_map(|&other| lanes[other])
            .map(|lane| lane + drawing.measures.lane)
            .fold(below + drawing.measures.lane * 0.8, f64::max);
        lanes[at] = Some(lane);
    }
    lanes
}

/// Where each arc leaves (or reaches) its card: side by side in the order of where they go, so that they do not cross.
fn ports(drawing: &Drawing<'_>, graph: &Layered, across: &[f64], spots: &[Spot], out: bool) -> Vec<f64> {
    let mut ports = vec![0.0; drawing.arcs.len()];
    for (step, spot) in spots.iter().enumerate() {
        let toward = |at: usize| match &graph.chains[at] {
            None => f64::MAX,
            Some(chain) if out => across[chain[1]],
            Some(chain) => across[chain[chain.len() - 2]],
        };
        let own = |at: &usize| (if out { drawing.arcs[*at].from } else { drawing.arcs[*at].to }) == step;
        let mut arcs: Vec<usize> = (0..drawing.arcs.len()).filter(own).collect();
        arcs.sort_by(|&a, &b| toward(a).total_cmp(&toward(b)));
        let widths: f64 = arcs.iter().map(|&at| drawing.widths[at]).sum();
        let gaps = arcs.len().saturating_sub(1) as f64;
        let room = spot.size.across * 0.78 - widths;
        let gap = if gaps > 0.0 { (room / gaps).clamp(0.0, spot.size.across * PORT_GAP) } else { 0.0 };
        // The widest meets the middle of the card, so that the main road is straight, as far as all stay on the card.
        let total = widths + gap * gaps;
        let widest = (0..arcs.len()).max_by(|&a, &b| drawing.widths[arcs[a]].total_cmp(&drawing.widths[arcs[b]]));
        let before = arcs[..widest.unwrap_or(0)].iter().map(|&at| drawing.widths[at] + gap).sum::<f64>();
        let half = widest.map_or(0.0, |number| drawing.widths[arcs[number]] / 2.0);
        let reach = (spot.size.across * 0.42).max(total / 2.0);
        let mut next = spot.at.across + (-before - half).clamp(-reach, reach - total);
        for at in arcs {
            ports[at] = next + drawing.widths[at] / 2.0;
            next += drawing.widths[at] + gap;
        }
    }
    ports
}

/// The candidate where the label hides least: cards and labels not at all, lines as little as can be. It stands beside
/// its line rather than on it; candidates come best first, and ties go to the first.
fn free_place(
    drawing: &Drawing<'_>,
    at: usize,
    candidates: &[Point],
    taken: &[Spot],
    samples: &[(Point, f64)],
) -> Spot {
    let size = drawing.labels[at];
    let Measures { label_side: side, label_room: room, .. } = drawing.measures;
    let mut best = Spot { at: candidates.first().copied().unwrap_or(Point { along: 0.0, across: 0.0 }), size };
    let mut least = f64::MAX;
    for (number, candidate) in candidates.iter().enumerate() {
        let beside = |turn: f64, distance: f64| {
            let shift = turn * (drawing.widths[at] / 2.0 + size.across / 2.0 + room + distance);
            (Point { across: candidate.across + shift, ..*candidate }, distance)
        };
        // Where a line is steep there is more room before or behind it than above or below.
        let before = |turn: f64, distance: f64| {
            let shift = turn * (drawing.widths[at] + size.along / 2.0 + distance);
            (Point { along: candidate.along + shift, ..*candidate }, distance)
        };
        for (point, distance) in [
            beside(side, 0.0),
            beside(-side, 0.0),
            before(1.0, 5.0),
            before(-1.0, 5.0),
            beside(side, 7.0),
            beside(-side, 7.0),
            before(1.0, 14.0),
            before(-1.0, 14.0),
            beside(side, 16.0),
            beside(-side, 16.0),
        ] {
            let spot = Spot { at: point, size };
            let touched: f64 = taken.iter().map(|other| overlap(&spot, other)).sum();
            let crossed = samples
                .iter()
                .filter(|(point, width)| {
                    (point.along - spot.at.along).abs() < f64::midpoint(size.along, *width) + 1.0
                        && (point.across - spot.at.across).abs() < f64::midpoint(size.across, *width) + 1.0
                })
                .count();
            let cost = touched * 2.0 + crossed as f64 * 4.0 + distance * 0.5 + number as f64 * 0.2;
            if cost < least {
                (least, best) = (cost, spot);
            }
        }
    }
    best
}

/// The area that two spots share.
fn overlap(a: &Spot, b: &Spot) -> f64 {
    let shared = |a: f64, a_size: f64, b: f64, b_size: f64| (f64::midpoint(a_size, b_size) - (a - b).abs()).max(0.0);
    shared(a.at.along, a.size.along, b.at.along, b.size.along)
        * shared(a.at.across, a.size.across, b.at.across, b.size.across)
}

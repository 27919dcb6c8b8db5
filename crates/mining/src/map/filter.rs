//! Which steps and arcs are drawn: the frequent ones, and as many rare ones as hold the picture together.

use super::flow::Flow;

/// What is drawn, as indices into the flow, and what is not, in figures.
#[derive(Debug, Clone, Default)]
pub(super) struct Shown {
    pub(super) nodes: Vec<usize>,
    /// Arcs between two different steps.
    pub(super) edges: Vec<usize>,
    /// Arcs from a step to itself, told on the step's card.
    pub(super) repeats: Vec<usize>,
    pub(super) starts: Vec<usize>,
    pub(super) ends: Vec<usize>,
    pub(super) hidden_nodes: usize,
    pub(super) hidden_edges: usize,
    /// Moves along hidden arcs, as a share of all moves.
    pub(super) hidden_share: f64,
}

/// A side arc (start or end) with less than this share of cases is left out unless its step needs it.
const SIDE_SHARE: f64 = 0.02;

/// Chooses what to draw: arcs by number of moves until `cover` of all moves is drawn or there are `most` arcs, then for
/// every step so reached its strongest way in and out.
pub(super) fn choose(flow: &Flow, cover: f64, most: usize) -> Shown {
    let valid = |edge: usize| {
        let edge = &flow.edges[edge];
        edge.from < flow.nodes.len() && edge.to < flow.nodes.len()
    };
    let mut order: Vec<usize> = (0..flow.edges.len()).filter(|&edge| valid(edge)).collect();
    let known = order.len();
    order.sort_by_key(|&edge| (std::cmp::Reverse(flow.edges[edge].count), edge));
    let all: u64 = order.iter().map(|&edge| flow.edges[edge].count).sum();

    let mut shown = vec![false; flow.nodes.len()];
    let mut taken = vec![false; flow.edges.len()];
    let (mut moves, mut arcs) = (0, 0);
    for &edge in &order {
        let Some(arc) = flow.edges.get(edge) else { continue };
        if moves as f64 >= cover * all as f64 || arcs >= most {
            break;
        }
        moves += arc.count;
        arcs += usize::from(arc.from != arc.to);
        taken[edge] = true;
        shown[arc.from] = true;
        shown[arc.to] = true;
    }
    // Where all begin and end is always drawn.
    let strongest = |side: &[(usize, u64)]| {
        side.iter().filter(|(node, _)| *node < flow.nodes.len()).max_by_key(|(_, count)| *count).map(|(node, _)| *node)
    };
    for node in [strongest(&flow.starts), strongest(&flow.ends)].into_iter().flatten() {
        shown[node] = true;
    }
    let side = |side: &[(usize, u64)], shown: &[bool]| -> Vec<usize> {
        let largest = strongest(side);
        (0..side.len())
            .filter(|&at| {
                let (node, count) = side[at];
                shown.get(node) == Some(&true)
                    && (Some(node) == largest || count as f64 >= SIDE_SHARE * flow.total as f64)
            })
            .collect()
    };
    let (mut starts, mut ends) = (side(&flow.starts, &shown), side(&flow.ends, &shown));

    // No step without a way in and a way out, among the steps that are drawn.
    for node in (0..flow.nodes.len()).filter(|&node| shown[node]) {
        for into in [true, false] {
            let (own, other) = (
                |e: usize| if into { flow.edges[e].to } else { flow.edges[e].from },
                |e: usize| {
                    if into { flow.edges[e].from } else { flow.edges[e].to }
                },
            );
            let (sides, all_sides) = if into { (&mut starts, &flow.starts) } else { (&mut ends, &flow.ends) };
            let linked = sides.iter().any(|&at| all_sides[at].0 == node)
                || order.iter().any(|&e| taken[e] && own(e) == node && other(e) != node);
            if linked {
                continue;
            }
            let best = order.iter().copied().find(|&e| own(e) == node && other(e) != node && shown[other(e)]);
            let side = (0..all_sides.len()).find(|&at| all_sides[at].0 == node);
            match (best, side) {
                (Some(edge), Some(at)) if flow.edges[edge].count < all_sides[at].1 => sides.push(at),
                (Some(edge), _) => taken[edge] = true,
                (None, Some(at)) => sides.push(at),
                (None, None) => {}
            }
        }
    }
    // A step's repeats stand on its card, so they are never hidden with it on the picture.
    for &edge in &order {
        let arc = &flow.edges[edge];
        taken[edge] |= arc.from == arc.to && shown[arc.from];
    }
    let drawn: u64 = order.iter().filter(|&&edge| taken[edge]).map(|&edge| flow.edges[edge].count).sum();
    let pick = |repeat: bool| -> Vec<usize> {
        let same = |edge: &usize| (flow.edges[*edge].from == flow.edges[*edge].to) == repeat;
        order.iter().copied().filter(|&edge| taken[edge]).filter(same).collect()
    };
    let (edges, repeats) = (pick(false), pick(true));
    Shown {
        nodes: (0..flow.nodes.len()).filter(|&node| shown[node]).collect(),
        hidden_nodes: shown.iter().filter(|&&shown| !shown).count(),
        hidden_edges: known - edges.len() - repeats.len(),
        hidden_share: if all == 0 { 0.0 } else { (all - drawn) as f64 / all as f64 },
        edges,
        repeats,
        starts,
        ends,
    }
}

//! The layered graph behind a map: who stands in which layer, in which order (after Sugiyama, Tagawa and Toda 1981).
//!
//! 1. Cycles are opened by the flow of cases: the greedy ordering of Eades, Lin and Smyth (1993) with weights; arcs that
//!    run against it are *back arcs*, which are routed around and take no part in the layers.
//! 2. Layers by longest path, then each step moves to where its arcs are shortest.
//! 3. Long arcs get a waypoint in each layer they pass, and the order within layers is improved by barycentres until
//!    crossings stop falling.

/// An arc between items of the graph.
#[derive(Debug, Clone, Copy)]
pub(super) struct Arc {
    pub(super) from: usize,
    pub(super) to: usize,
    pub(super) weight: f64,
}

/// A layered graph. Items are the steps, by the caller's numbers, and after them the waypoints of long arcs.
#[derive(Debug)]
pub(super) struct Layered {
    /// Items of each layer, in order.
    pub(super) layers: Vec<Vec<usize>>,
    /// Layer of each item.
    pub(super) layer: Vec<usize>,
    /// For each arc the items it passes, from its source to its target; `None` for a back arc.
    pub(super) chains: Vec<Option<Vec<usize>>>,
}

/// Lays out `count` steps, of which `first` must come first and `last` last.
pub(super) fn layered(count: usize, first: usize, last: usize, arcs: &[Arc]) -> Layered {
    let rank = flow_order(count, first, last, arcs);
    let ahead: Vec<Arc> = arcs.iter().filter(|arc| rank[arc.from] < rank[arc.to]).copied().collect();
    let mut layer = longest_paths(count, &rank, &ahead);
    layer[last] = layer.iter().copied().max().unwrap_or(0).max(1);
    shorten(&mut layer, first, last, &rank, &ahead);

    let mut chains = Vec::with_capacity(arcs.len());
    for arc in arcs {
        // By layer now: an arc against the order may run forward all the same, where nothing else ties its steps.
        chains.push((layer[arc.from] < layer[arc.to]).then(|| {
            let mut chain = vec![arc.from];
            for between in layer[arc.from] + 1..layer[arc.to] {
                chain.push(layer.len());
                layer.push(between);
            }
            chain.push(arc.to);
            chain
        }));
    }
    let mut layers = vec![Vec::new(); layer.iter().copied().max().unwrap_or(0) + 1];
    for (item, &at) in layer.iter().enumerate() {
        layers[at].push(item);
    }
    let mut graph = Layered { layers, layer, chains };
    untangle(&mut graph, arcs);
    graph
}

/// The place of each item in the order that the flow suggests.
fn flow_order(count: usize, first: usize, last: usize, arcs: &[Arc]) -> Vec<usize> {
    let mut left: Vec<usize> = vec![first];
    let mut right: Vec<usize> = vec![last];
    let mut open: Vec<usize> = (0..count).filter(|&item| item != first && item != last).collect();
    while !open.is_empty() {
        let flow = |item: usize| {
            let inside = |other: usize| open.contains(&other);
            let out: f64 = arcs.iter().filter(|arc| arc.from == item && inside(arc.to)).map(|arc| arc.weight).sum();
            let into: f64 = arcs.iter().filter(|arc| arc.to == item && inside(arc.from)).map(|arc| arc.weight).sum();
            (out, into)
        };
        if let Some(at) = open.iter().position(|&item| flow(item).0 == 0.0) {
            right.push(open.remove(at));
            continue;
        }
        if let Some(at) = open.iter().position(|&item| flow(item).1 == 0.0) {
            left.push(open.remove(at));
            continue;
        }
        // Begun from outside counts too: where cases start is more likely to come first.
        let surplus = |item: usize| {
            let begun: f64 = arcs.iter().filter(|a| a.from == first && a.to == item).map(|a| a.weight).sum();
            let ended: f64 = arcs.iter().filter(|a| a.to == last && a.from == item).map(|a| a.weight).sum();
            let (out, into) = flow(item);
            out - into + begun - ended
        };
        let best = (0..open.len()).max_by(|&a, &b| surplus(open[a]).total_cmp(&surplus(open[b])).then(b.cmp(&a)));
        left.push(open.remove(best.unwrap_or(0)));
    }
    let mut rank = vec![0; count];
    for (place, &item) in left.iter().chain(right.iter().rev()).enumerate() {
        rank[item] = place;
    }
    rank
}

fn longest_paths(count: usize, rank: &[usize], ahead: &[Arc]) -> Vec<usize> {
    let mut order: Vec<usize> = (0..count).collect();
    order.sort_by_key(|&item| rank[item]);
    let mut layer = vec![1; count];
    for &item in &order {
        if rank[item] == 0 {
            layer[item] = 0;
        }
        for arc in ahead.iter().filter(|arc| arc.from == item) {
            layer[arc.to] = layer[arc.to].max(layer[item] + 1);
        }
    }
    layer
}

/// Moves each item, between its neighbours, to where the weighted length of its arcs is least.
fn shorten(layer: &mut [usize], first: usize, last: usize, rank: &[usize], ahead: &[Arc]) {
    let mut order: Vec<usize> = (0..layer.len()).filter(|&item| item != first && item != last).collect();
    order.sort_by_key(|&item| std::cmp::Reverse(rank[item]));
    for _ in 0..4 {
        for &item in &order {
            let into = || ahead.iter().filter(|arc| arc.to == item);
            let out = || ahead.iter().filter(|arc| arc.from == item);
            let low = into().map(|arc| layer[arc.from] + 1).max().unwrap_or(1);
            let high = out().map(|arc| layer[arc.to] - 1).min().unwrap_or(low).max(low);
            let cost = |at: usize| {
                let before: f64 = into().map(|arc| (at - layer[arc.from]) as f64 * arc.weight).sum();
                let after: f64 = out().map(|arc| (layer[arc.to] - at) as f64 * arc.weight).sum();
                before + after
            };
            if let Some(best) = (low..=high).min_by(|&a, &b| cost(a).total_cmp(&cost(b))) {
                layer[item] = best;
            }
        }
    }
}

/// Orders the items of each layer so that few arcs cross, heavy ones least of all.
fn untangle(graph: &mut Layered, arcs: &[Arc]) {
    let items = graph.layer.len();
    let mut links: Vec<Vec<(usize, f64)>> = vec![Vec::new(); items];
    for (chain, arc) in graph.chains.iter().zip(arcs) {
        for pair in chain.iter().flat_map(|chain| chain.windows(2)) {
            links[pair[0]].push((pair[1], arc.weight));
            links[pair[1]].push((pair[0], arc.weight));
        }
    }
    // The heaviest first, so that the main road begins in front.
    let heft = |item: &usize| links[*item].iter().map(|link| link.1).sum::<f64>();
    for layer in &mut graph.layers {
        layer.sort_by(|a, b| heft(b).total_cmp(&heft(a)));
    }
    let mut best = graph.layers.clone();
    let mut fewest = crossings(&best, &graph.layer, &links);
    let mut place = vec![0.0; items];
    for sweep in 0..24 {
        let downward = sweep % 2 == 0;
        let count = graph.layers.len();
        for step in 1..count {
            let at = if downward { step } else { count - 1 - step };
            let beside = if downward { at - 1 } else { at + 1 };
            for (position, &item) in graph.layers[beside].iter().enumerate() {
                place[item] = position as f64;
            }
            let centre = |item: usize, position: usize| {
                let near = || links[item].iter().filter(|(other, _)| graph.layer[*other] == beside);
                let weight: f64 = near().map(|link| link.1.sqrt()).sum();
                if weight == 0.0 {
                    position as f64
                } else {
                    near().map(|l| place[l.0] * l.1.sqrt()).sum::<f64>() / weight
                }
            };
            let mut keyed: Vec<(f64, usize)> =
                graph.layers[at].iter().enumerate().map(|(position, &item)| (centre(item, position), item)).collect();
            keyed.sort_by(|a, b| a.0.total_cmp(&b.0));
            graph.layers[at] = keyed.into_iter().map(|(_, item)| item).collect();
        }
        let crossed = crossings(&graph.layers, &graph.layer, &links);
        if crossed < fewest {
            fewest = crossed;
            best.clone_from(&graph.layers);
        }
    }
    // Neighbours change places as long as that helps.
    graph.layers = best;
    for _ in 0..6 {
        let mut better = false;
        for at in 0..graph.layers.len() {
            for left in 1..graph.layers[at].len() {
                graph.layers[at].swap(left - 1, left);
                let crossed = crossings(&graph.layers, &graph.layer, &links);
                if crossed < fewest {
                    fewest = crossed;
                    better = true;
                } else {
                    graph.layers[at].swap(left - 1, left);
                }
            }
        }
        if !better {
            break;
        }
    }
}

/// Crossings of all pairs of arcs between neighbouring layers, each weighing as its lighter arc.
fn crossings(layers: &[Vec<usize>], layer: &[usize], links: &[Vec<(usize, f64)>]) -> f64 {
    let mut place = vec![0; layer.len()];
    for items in layers {
        for (position, &item) in items.iter().enumerate() {
            place[item] = position;
        }
    }
    let mut sum = 0.0;
    for items in layers {
        let arcs: Vec<(usize, usize, f64)> = items
            .iter()
            .flat_map(|&item| {
                let near = links[item].iter().filter(move |(other, _)| layer[*other] == layer[item] + 1);
                near.map(move |&(other, weight)| (item, other, weight))
            })
            .map(|(item, other, weight)| (place[item], place[other], weight))
            .collect();
        for (number, a) in arcs.iter().enumerate() {
            for b in &arcs[number + 1..] {
                if (a.0 < b.0 && a.1 > b.1) || (a.0 > b.0 && a.1 < b.1) {
                    sum += 1.0 + a.2.min(b.2).sqrt();
                }
            }
        }
    }
    sum
}

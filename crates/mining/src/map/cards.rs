//! What stands on the map: the text of each card, and the look and label of each line.

use super::filter::Shown;
use super::flow::{Flow, LineStyle};
use super::graph::Arc;
use super::language::{Words, filled};
use super::style::{WAITS, light, wait_step};
use super::words::{width, wrapped};

pub(super) const CARD_WIDTH: f64 = 176.0;
/// Font sizes of names, and of everything else on cards and lines.
pub(super) const NAME: f64 = 14.0;
pub(super) const SMALL: f64 = 12.0;
/// The width of a line that all went along.
const WIDEST: f64 = 11.0;

/// A step as it is drawn.
pub(super) struct Card {
    pub(super) title: String,
    pub(super) name: Vec<String>,
    pub(super) volume: String,
    pub(super) again: Option<String>,
    pub(super) share: f64,
}

impl Card {
    pub(super) fn new(flow: &Flow, shown: &Shown, node: usize, words: &Words) -> Self {
        let step = &flow.nodes[node];
        let share = step.cases as f64 / flow.total.max(1) as f64;
        let repeat = shown.repeats.iter().map(|&edge| &flow.edges[edge]).find(|edge| edge.from == node);
        let unit = words.unit(flow.unit, step.cases);
        let volume = format!("{} {unit} · {}", words.count(step.cases), words.share(share));
        Self {
            title: format!("{}: {}, {}", step.name, volume.replace(" · ", ", "), words.times(step.count)),
            // Semi-bold runs about 8% wider than regular.
            name: wrapped(&step.name, NAME * 1.08, CARD_WIDTH - 24.0),
            volume,
            again: repeat.map(|edge| {
                let times = filled(&words.again, &[("n", &words.count(edge.count))]);
                let Some(wait) = edge.median_seconds.map(|wait| words.wait(wait)) else { return times };
                let long = format!("{times}, {}", words.after(&wait));
                if width(&long, SMALL) <= CARD_WIDTH - 28.0 { long } else { format!("{times}, {wait}") }
            }),
            share: share.clamp(0.0, 1.0),
        }
    }

    pub(super) fn height(&self) -> f64 {
        30.0 + self.name.len() as f64 * 18.0 + 18.0 * f64::from(1 + u8::from(self.again.is_some()))
    }
}

/// A line as it is drawn, between cards by their place in the list; behind them come start and end.
pub(super) struct Drawn {
    pub(super) arc: Arc,
    pub(super) stroke: f64,
    pub(super) class: String,
    pub(super) head: String,
    pub(super) colour: &'static str,
    pub(super) dashes: Option<&'static str>,
    /// How many, and how long they waited.
    pub(super) label: (String, String),
    pub(super) title: String,
}

pub(super) fn arcs(flow: &Flow, shown: &Shown, words: &Words) -> Vec<Drawn> {
    let total = flow.total.max(1) as f64;
    let place = |node: usize| shown.nodes.binary_search(&node).ok();
    let stroke = |cases: u64| (WIDEST * cases as f64 / total).clamp(1.25, WIDEST);
    let mut arcs = Vec::new();
    for &edge in &shown.edges {
        let edge = &flow.edges[edge];
        let (Some(from), Some(to)) = (place(edge.from), place(edge.to)) else { continue };
        let step = edge.median_seconds.map(wait_step);
        let wait = edge.median_seconds.map(|wait| words.wait(wait));
        arcs.push(Drawn {
            arc: Arc { from, to, weight: edge.cases as f64 },
            stroke: stroke(edge.cases),
            class: step.map_or_else(|| "map-side".into(), |step| format!("map-wait-{step}")),
            head: step.map_or_else(|| "map-side-head".into(), |step| format!("map-head-{step}")),
            colour: step.map_or(light("map-side"), |step| WAITS[step].1),
            dashes: match edge.line {
                LineStyle::Measured => None,
                LineStyle::Assumed => Some("7 5"),
                LineStyle::Wished => Some("1 5"),
            },
            label: (words.count(edge.cases), wait.clone().unwrap_or_default()),
            title: format!(
                "{}: {} {} ({}), {}{}",
                filled(&words.arc, &[("from", &flow.nodes[edge.from].name), ("to", &flow.nodes[edge.to].name)]),
                words.count(edge.cases),
                words.unit(flow.unit, edge.cases),
                words.share(edge.cases as f64 / total),
                words.times(edge.count),
                wait.map(|wait| format!(", {}", filled(&words.median, &[("wait", &wait)]))).unwrap_or_default()
            ),
        });
    }
    let (first, last) = (shown.nodes.len(), shown.nodes.len() + 1);
    for (list, all, begins) in [(&shown.starts, &flow.starts, true), (&shown.ends, &flow.ends, false)] {
        for &(node, cases) in list.iter().filter_map(|&at| all.get(at)) {
            let Some(card) = place(node) else { continue };
            let (from, to) = if begins { (first, card) } else { (card, last) };
            arcs.push(Drawn {
                arc: Arc { from, to, weight: cases as f64 },
                stroke: stroke(cases),
                class: "map-side".into(),
                head: "map-side-head".into(),
                colour: light("map-side"),
                dashes: None,
                label: (if list.len() > 1 { words.count(cases) } else { String::new() }, String::new()),
                title: filled(
                    if begins { &words.begin } else { &words.finish },
                    &[("n", &words.count(cases)), ("step", &flow.nodes[node].name)],
                ),
            });
        }
    }
    arcs
}

//! Turning a flow into SVG text: what is drawn, how large it is, and in which order it is painted.

use super::cards::{CARD_WIDTH, Card, Drawn, SMALL, arcs};
use super::filter::choose;
use super::flow::Flow;
use super::picture::{MARK, Picture};
use super::place::{Drawing, Measures, Placed, Point, place};
use super::words::width;
use super::{Direction, Options};

/// Draws a flow.
pub fn svg(flow: &Flow, options: &Options) -> String {
    let shown = choose(flow, options.cover, options.most_arcs);
    let cards: Vec<Card> = shown.nodes.iter().map(|&node| Card::new(flow, &shown, node, &options.words)).collect();
    // All cards are as high as the highest, so that the rows are calm.
    let height = cards.iter().map(Card::height).fold(0.0, f64::max);
    let arcs = arcs(flow, &shown, &options.words);
    let placed = placed(&arcs, cards.len(), height, options.direction);
    let mut picture = Picture::new(options, &placed);
    for (arc, line) in arcs.iter().zip(&placed.lines) {
        picture.line(arc, line);
    }
    for (card, spot) in cards.iter().zip(&placed.steps) {
        picture.card(card, spot);
    }
    if !cards.is_empty() {
        picture.mark(placed.steps.get(cards.len()), true, &options.words.start);
        picture.mark(placed.steps.get(cards.len() + 1), false, &options.words.end);
    }
    for (arc, line) in arcs.iter().zip(&placed.lines) {
        picture.label(arc, line);
    }
    picture.finish(flow, &shown, options)
}

fn placed(arcs: &[Drawn], cards: usize, height: f64, direction: Direction) -> Placed {
    let turned = |x: f64, y: f64| match direction {
        Direction::Right => Point { along: x, across: y },
        Direction::Down => Point { along: y, across: x },
    };
    let mut sizes = vec![turned(CARD_WIDTH, height); cards];
    sizes.extend([turned(MARK, MARK); 2]);
    let labels: Vec<Point> = arcs
        .iter()
        .map(|arc| {
            let (number, wait) = &arc.label;
            let wide = width(number, SMALL) + width(wait, SMALL) + if wait.is_empty() { 8.0 } else { 20.0 };
            turned(wide, if number.is_empty() { 0.0 } else { 15.0 })
        })
        .collect();
    let longest = |of: fn(&Point) -> f64| labels.iter().map(of).fold(0.0, f64::max);
    let measures = match direction {
        Direction::Right => Measures {
            gap: Point { along: 64.0, across: 26.0 },
            waypoint: 22.0,
            lane: 25.0,
            label_side: -1.0,
            label_room: 1.5,
        },
        Direction::Down => Measures {
            gap: Point { along: 76.0, across: 22.0 },
            waypoint: longest(|label| label.across) * 0.75,
            lane: longest(|label| label.across) + 14.0,
            label_side: 1.0,
            label_room: 5.0,
        },
    };
    place(&Drawing {
        sizes: &sizes,
        first: cards,
        last: cards + 1,
        arcs: &arcs.iter().map(|arc| arc.arc).collect::<Vec<_>>(),
        widths: &arcs.iter().map(|arc| arc.stroke).collect::<Vec<_>>(),
        labels: &labels,
        measures,
    })
}

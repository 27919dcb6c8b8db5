//! The map: well-formed whatever the flow, honest about what it hides, and fit for a strict page.

#![allow(clippy::unwrap_used, reason = "a test may end with a panic")]

use mining::map::{Direction, Edge, Flow, LineStyle, Node, Options, STYLESHEET, Unit, rows, svg};
use mining::{Stats, read_log};
use proptest::prelude::*;

fn node(name: &str, cases: u64) -> Node {
    Node { name: name.into(), count: cases, cases }
}

fn edge(from: usize, to: usize, cases: u64, median_seconds: Option<f64>) -> Edge {
    Edge { from, to, count: cases, cases, median_seconds, line: LineStyle::Measured }
}

/// Ask, solve, close; some are asked again.
fn desk() -> Flow {
    Flow {
        total: 100,
        unit: Unit::People,
        nodes: vec![node("Ask <us>", 100), node("Solve", 98), node("Close", 90), node("Lose", 1)],
        edges: vec![
            edge(0, 1, 98, Some(7200.0)),
            edge(1, 2, 90, Some(90_000.0)),
            edge(1, 0, 20, Some(3.0e6)),
            edge(1, 1, 7, Some(60.0)),
            edge(0, 3, 1, None),
        ],
        starts: vec![(0, 100)],
        ends: vec![(2, 90), (1, 9), (3, 1)],
    }
}

/// Fails on anything that is not well-formed, and gives back all text.
fn text_of(svg: &str) -> String {
    let mut reader = quick_xml::Reader::from_str(svg);
    let (mut text, mut depth) = (String::new(), 0);
    loop {
        match reader.read_event().unwrap() {
            quick_xml::events::Event::Start(element) => {
                depth += 1;
                assert!(element.attributes().all(|attribute| attribute.is_ok()));
            }
            quick_xml::events::Event::End(_) => depth -= 1,
            quick_xml::events::Event::Text(part) => text.push_str(&part),
            quick_xml::events::Event::Eof => break,
            _ => {}
        }
    }
    assert_eq!(depth, 0);
    text
}

#[test]
fn it_says_what_it_shows_and_what_it_hides() {
    let options = Options { title: "The desk".into(), note: "in May".into(), cover: 0.99, ..Options::default() };
    let text = text_of(&svg(&desk(), &options));
    for part in ["The desk", "in May", "Solve", "98 people", "98%", "again 7×, after 1 min", "1 of 5 arcs hidden"] {
        assert!(text.contains(part), "{part}: {text}");
    }
    assert!(text.contains("under 1% of moves; 1 rare step hidden"), "{text}");
    let all = text_of(&svg(&desk(), &Options { cover: 1.0, ..Options::default() }));
    assert!(all.contains("All arcs are shown.") && all.contains("Lose"), "{all}");
}

#[test]
fn a_page_with_a_strict_policy_can_inline_it() {
    let inline = svg(&desk(), &Options { standalone: false, id: "may".into(), ..Options::default() });
    for never in ["<style", " style=", "<script", " onload", " onclick", "href", "<?xml"] {
        assert!(!inline.contains(never), "{never}");
    }
    assert!(inline.contains("aria-labelledby=\"may-title may-desc\"") && inline.contains("<title id=\"may-title\">"));
    assert!(inline.contains("Ask &lt;us&gt;"));
    let alone = svg(&desk(), &Options::default());
    assert!(alone.contains(STYLESHEET) && alone.contains("prefers-color-scheme"));
}

#[test]
fn assumed_is_dashed_and_wished_dotted() {
    let mut flow = desk();
    assert!(!svg(&flow, &Options::default()).contains("stroke-dasharray"));
    flow.edges[0].line = LineStyle::Assumed;
    flow.edges[1].line = LineStyle::Wished;
    let drawn = svg(&flow, &Options::default());
    assert!(drawn.contains("stroke-dasharray=\"7 5\"") && drawn.contains("stroke-dasharray=\"1 5\""));
}

#[test]
fn the_table_has_every_move() {
    let table = rows(&desk());
    assert_eq!(table.len(), 1 + 5 + 3);
    assert_eq!((table[0].from.as_deref(), table[0].to.as_deref()), (None, Some("Ask <us>")));
    assert_eq!((table[1].cases, table[1].wait.as_deref()), (98, Some("2 h")));
    assert_eq!((table[8].from.as_deref(), table[8].to.as_deref()), (Some("Lose"), None));
}

#[test]
fn a_log_makes_a_map() {
    let csv = "case,activity,timestamp\n1,ask,2026-01-01 10:00\n1,solve,2026-01-01 12:00\n2,ask,2026-01-03 10:00\n";
    let stats = Stats::of(&read_log(csv.as_bytes(), mining::read::Options::default()).unwrap().0);
    let text = text_of(&svg(&Flow::from(&stats), &Options::about(&stats)));
    assert!(text.contains("2 cases, 3 events, 2026-01-01 to 2026-01-03"), "{text}");
    assert!(text.contains("ask to solve: 1 case (50%), once, median wait 2 h"), "{text}");
}

#[test]
fn nothing_is_drawn_of_nothing() {
    for direction in [Direction::Right, Direction::Down] {
        text_of(&svg(&Flow::default(), &Options { direction, ..Options::default() }));
        let alone =
            Flow { total: 1, nodes: vec![node("x", 1)], starts: vec![(0, 1)], ends: vec![(0, 1)], ..Flow::default() };
        assert!(text_of(&svg(&alone, &Options { direction, ..Options::default() })).contains("1 case"));
    }
}

proptest! {
    #[test]
    fn any_flow_can_be_drawn(
        names in prop::collection::vec(".{0,30}", 1..14),
        moves in prop::collection::vec((0_usize..16, 0_usize..16, 0_u64..500, prop::option::of(-1e9..1e9)), 0..60),
        sides in prop::collection::vec((0_usize..16, 0_u64..500), 0..6),
        down: bool,
        cover in 0.0..1.0,
    ) {
        let flow = Flow {
            total: 500,
            unit: Unit::Cases,
            nodes: names.iter().map(|name| node(name, 100)).collect(),
            edges: moves.iter().map(|&(from, to, cases, wait)| edge(from, to, cases, wait)).collect(),
            starts: sides.clone(),
            ends: sides,
        };
        let direction = if down { Direction::Down } else { Direction::Right };
        let options = Options { direction, cover, ..Options::default() };
        let drawn = svg(&flow, &options);
        text_of(&drawn);
        prop_assert!(!drawn.contains("NaN") && !drawn.contains("inf "));
        prop_assert_eq!(&drawn, &svg(&flow, &options));
    }
}

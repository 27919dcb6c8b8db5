//! The map as a table.

use super::flow::Flow;
use crate::time::human;

/// A row: a move from one step to another, or a beginning or an end.
#[derive(Debug, Clone, PartialEq, serde::Serialize)]
pub struct Row {
    /// The step before; `None` where cases begin.
    pub from: Option<String>,
    /// The step after; `None` where cases end.
    pub to: Option<String>,
    /// How many cases (or people).
    pub cases: u64,
    /// Those as a share of all, 0 to 1.
    pub share: f64,
    /// How often; for a beginning or an end the same as `cases`.
    pub count: u64,
    /// Median wait in English words, when known.
    pub wait: Option<String>,
    /// The same in seconds, for who writes another language.
    pub wait_seconds: Option<f64>,
}

/// All moves of a flow, those that the picture hides too: beginnings first, ends last, the frequent before the rare.
pub fn rows(flow: &Flow) -> Vec<Row> {
    let name = |node: usize| flow.nodes.get(node).map(|node| node.name.clone());
    let share = |cases: u64| cases as f64 / flow.total.max(1) as f64;
    let side = |node: usize, cases: u64, begins: bool| Row {
        from: name(node).filter(|_| !begins),
        to: name(node).filter(|_| begins),
        cases,
        share: share(cases),
        count: cases,
        wait: None,
        wait_seconds: None,
    };
    let mut edges: Vec<_> = flow.edges.iter().collect();
    edges.sort_by_key(|edge| std::cmp::Reverse(edge.count));
    let moves = edges.into_iter().map(|edge| Row {
        from: name(edge.from),
        to: name(edge.to),
        cases: edge.cases,
        share: share(edge.cases),
        count: edge.count,
        wait: edge.median_seconds.map(human),
        wait_seconds: edge.median_seconds,
    });
    let starts = flow.starts.iter().map(|&(node, cases)| side(node, cases, true));
    let ends = flow.ends.iter().map(|&(node, cases)| side(node, cases, false));
    starts.chain(moves).chain(ends).collect()
}

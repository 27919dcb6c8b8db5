//! What a map shows: steps, and how many went from which to which, after how long.

use crate::stats::Stats;

/// A flow of cases (or people) through steps. Made from a log's [`Stats`], or by anyone who has counted otherwise.
#[derive(Debug, Clone, Default)]
pub struct Flow {
    /// How many cases (or people) there are; shares are of these.
    pub total: u64,
    /// What is counted.
    pub unit: Unit,
    /// The steps.
    pub nodes: Vec<Node>,
    /// Moves from step to step.
    pub edges: Vec<Edge>,
    /// Where they begin: index of the step, and how many.
    pub starts: Vec<(usize, u64)>,
    /// Where they end: index of the step, and how many.
    pub ends: Vec<(usize, u64)>,
}

/// What a flow counts.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Unit {
    /// Cases of a log.
    #[default]
    Cases,
    /// People.
    People,
}

/// A step.
#[derive(Debug, Clone, Default)]
pub struct Node {
    /// Its name.
    pub name: String,
    /// How often it happened.
    pub count: u64,
    /// To how many cases (or people).
    pub cases: u64,
}

/// Moves from one step to another, or to the same again.
#[derive(Debug, Clone, Default)]
pub struct Edge {
    /// Index of the step before.
    pub from: usize,
    /// Index of the step after.
    pub to: usize,
    /// How often.
    pub count: u64,
    /// By how many cases (or people).
    pub cases: u64,
    /// Median of the wait between, when known.
    pub median_seconds: Option<f64>,
    /// How the line is drawn.
    pub line: LineStyle,
}

/// The grammar of lines, the same on every map.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum LineStyle {
    /// Solid: seen in data.
    #[default]
    Measured,
    /// Dashed: thought in a workshop.
    Assumed,
    /// Dotted: hoped for.
    Wished,
}

impl From<&Stats> for Flow {
    fn from(stats: &Stats) -> Self {
        let mut index = hashbrown::HashMap::new();
        let mut nodes = Vec::with_capacity(stats.activities.len());
        for activity in &stats.activities {
            index.insert(activity.name.as_str(), nodes.len());
            nodes.push(Node { name: activity.name.clone(), count: activity.count, cases: activity.cases });
        }
        let at = |name: &String| index.get(name.as_str()).copied();
        let edges = stats.directly_follows.iter().filter_map(|edge| {
            Some(Edge {
                from: at(&edge.from)?,
                to: at(&edge.to)?,
                count: edge.count,
                cases: edge.cases,
                median_seconds: edge.median_seconds,
                line: LineStyle::Measured,
            })
        });
        let edges = edges.collect();
        let sides = |side: &[crate::stats::Edge]| side.iter().filter_map(|e| Some((at(&e.name)?, e.count))).collect();
        Self {
            total: stats.cases as u64,
            unit: Unit::Cases,
            edges,
            starts: sides(&stats.start),
            ends: sides(&stats.end),
            nodes,
        }
    }
}

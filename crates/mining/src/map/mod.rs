//! The measured map: steps as cards, moves as lines, drawn on the server as one SVG without scripts.
//!
//! How to read it: the flow runs from left to right (or from top to bottom); a card is a step with how many came by; a
//! line is as wide as the number of cases that went along it, and as warm as they waited; lines back run around below.
//! Rare arcs are left out, and the picture says how many. [`rows`] has the same as a table, for those who cannot see it.
//!
//! Colours come from custom properties (`--map-paper`, `--map-card`, `--map-line`, `--map-text`, `--map-quiet`,
//! `--map-bar`, `--map-side`, `--map-wait-0` to `-4`), with calm defaults. A file that stands alone carries
//! [`STYLESHEET`] and a dark variant; a page that inlines the picture puts [`STYLESHEET`] into its own style sheet, so
//! that a strict content security policy holds. Without any style sheet the picture is whole, in light colours.

mod cards;
mod draw;
mod filter;
mod flow;
mod graph;
mod language;
mod picture;
mod place;
mod route;
mod style;
mod table;
mod words;

pub use draw::svg;
pub use flow::{Edge, Flow, LineStyle, Node, Unit};
pub use language::{Text, Words};
pub use style::STYLESHEET;
pub use table::{Row, rows};

/// Where the flow runs.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Direction {
    /// From left to right, for screens.
    #[default]
    Right,
    /// From top to bottom, for phones and paper.
    Down,
}

/// How to draw.
#[derive(Debug, Clone)]
pub struct Options {
    /// A file of its own, with style sheet and background; otherwise a piece of a page.
    pub standalone: bool,
    /// Prefix of the ids in the picture, so that several can stand on one page. Letters, digits and `-`.
    pub id: String,
    /// The picture's accessible name, and its heading where it stands alone; a page writes its own heading.
    pub title: String,
    /// A line below that heading, such as the period.
    pub note: String,
    /// Where the flow runs.
    pub direction: Direction,
    /// The share of moves to draw at least, 0 to 1; arcs beyond it are hidden, rarest first.
    pub cover: f64,
    /// Draw about this many arcs at most, whatever `cover` says.
    pub most_arcs: usize,
    /// What is said on it, in the reader's language.
    pub words: Words,
}

impl Options {
    /// Options with a note of what the log holds: cases, events and the period.
    pub fn about(stats: &crate::Stats) -> Self {
        let words = Words::default();
        let counted = |count: usize| words.count(count as u64);
        let day = |time: &Option<String>| time.as_deref().and_then(|time| time.get(..10)).map(str::to_owned);
        let period = match (day(&stats.first), day(&stats.last)) {
            (Some(first), Some(last)) => format!(", {first} to {last}"),
            _ => String::new(),
        };
        let note = format!("{} cases, {} events{period}", counted(stats.cases), counted(stats.events));
        Self { note, ..Self::default() }
    }
}

impl Default for Options {
    fn default() -> Self {
        Self {
            standalone: true,
            id: "map".into(),
            title: "Measured map".into(),
            note: String::new(),
            direction: Direction::Right,
            cover: 0.96,
            most_arcs: 24,
            words: Words::default(),
        }
    }
}

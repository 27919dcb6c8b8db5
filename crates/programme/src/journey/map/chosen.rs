//! What someone wants to see of a map, from the address: anything that cannot be is the usual.

use ledger::import::Import;
use mining::map::{Direction, Options, Words};
use serde::Deserialize;

/// Days that a map may look back; 0 is everything.
pub(super) const PERIODS: [i64; 4] = [30, 90, 365, 0];
/// How much is drawn.
pub(super) const DETAILS: [&str; 3] = ["few", "usual", "all"];

/// The query, as it came.
#[derive(Debug, Deserialize, Default)]
pub(in super::super) struct Wish {
    /// `desk`, or the id of an import.
    #[serde(default)]
    of: String,
    #[serde(default)]
    days: String,
    #[serde(default)]
    detail: String,
    /// Whether what people do not see is drawn too.
    #[serde(default)]
    all: String,
}

/// Whose map.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Of {
    /// Our own tickets.
    Desk,
    /// An imported log.
    Log(Box<Import>),
}

/// What is drawn.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Chosen {
    pub of: Of,
    /// Only cases that began in so many days before the end; 0 is all of them.
    pub days: i64,
    pub detail: &'static str,
    /// With what people do not see.
    pub all: bool,
}

impl Wish {
    /// What is meant; nothing when it names a log that is not there.
    pub(super) fn chosen(&self, logs: &[Import]) -> Option<Chosen> {
        let of = match self.of.as_str() {
            "" | "desk" => Of::Desk,
            id => Of::Log(Box::new(logs.iter().find(|log| log.id.to_string() == id)?.clone())),
        };
        // A desk is looked at as it is of late; a log as the whole that it is.
        let usual = if of == Of::Desk { 90 } else { 0 };
        let days = self.days.parse().ok().filter(|days| PERIODS.contains(days)).unwrap_or(usual);
        let detail = DETAILS.into_iter().find(|detail| *detail == self.detail).unwrap_or("usual");
        Some(Chosen { of, days, detail, all: self.all == "1" })
    }
}

impl Chosen {
    /// The value of the choice of source.
    pub(super) fn source(&self) -> String {
        match &self.of {
            Of::Desk => "desk".to_owned(),
            Of::Log(log) => log.id.to_string(),
        }
    }

    pub(super) fn is_desk(&self) -> bool {
        self.of == Of::Desk
    }

    /// The query that leads back here.
    pub(super) fn query(&self) -> String {
        let all = if self.all { "&all=1" } else { "" };
        format!("?of={}&days={}&detail={}{all}", self.source(), self.days, self.detail)
    }

    /// How it is drawn.
    pub(super) fn options(&self, words: &Words, direction: Direction, id: &str, title: String) -> Options {
        let (cover, most_arcs) = match self.detail {
            "few" => (0.8, 10),
            "all" => (1.0, 400),
            _ => (0.96, 24),
        };
        Options {
            standalone: false,
            id: id.to_owned(),
            title,
            note: String::new(),
            direction,
            cover,
            most_arcs,
            words: words.clone(),
        }
    }
}

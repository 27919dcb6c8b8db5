//! What was read, what was not, and why.

use std::fmt;

/// How many problems are kept word by word; all are counted.
pub(super) const KEPT: usize = 50;
/// And how many of them are printed; a terminal is no place for more.
const PRINTED: usize = 10;

/// What a reader made of a file.
#[derive(Debug, Clone, Default)]
pub struct Report {
    /// Events handed out.
    pub events: u64,
    /// Rows (CSV) or events (XES) that were refused.
    pub refused: u64,
    /// Events handed out with something missing, for instance an unreadable time in XES.
    pub incomplete: u64,
    /// The first 50 problems, each with its place.
    pub problems: Vec<Problem>,
    /// Rows of a CSV file among the refused whose time is one with day and month the other way round.
    pub other_order: u64,
    /// Things worth knowing that cost no event, such as an encoding that had to be guessed.
    pub notes: Vec<String>,
    /// Where the file was cut off, in words, when the whole part was accepted anyway.
    pub cut_off: Option<String>,
}

/// Something that could not be read.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct Problem {
    /// Where: `row 17`, or `trace 3, event 2`.
    pub place: String,
    /// Why, in words.
    pub reason: String,
}

impl Report {
    /// Whether everything was read.
    pub fn is_clean(&self) -> bool {
        self.refused == 0 && self.incomplete == 0 && self.cut_off.is_none()
    }

    #[cold]
    pub(crate) fn refuse(&mut self, place: String, reason: String) {
        self.refused += 1;
        self.keep(place, reason);
    }

    #[cold]
    pub(crate) fn incomplete(&mut self, place: String, reason: String) {
        self.incomplete += 1;
        self.keep(place, reason);
    }

    /// Adds a note once.
    pub(crate) fn note(&mut self, note: &str) {
        let note = printable(note);
        if !self.notes.contains(&note) {
            self.notes.push(note);
        }
    }

    fn keep(&mut self, place: String, reason: String) {
        if self.problems.len() < KEPT {
            self.problems.push(Problem { place: printable(&place), reason: printable(&reason) });
        }
    }
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} read", plural(self.events, "event"))?;
        if self.refused > 0 {
            write!(f, ", {} refused", self.refused)?;
        }
        if self.incomplete > 0 {
            write!(f, ", {} incomplete", self.incomplete)?;
        }
        writeln!(f)?;
        if let Some(place) = &self.cut_off {
            writeln!(f, "  the file is cut off: it ends {}", printable(place))?;
        }
        for Problem { place, reason } in self.problems.iter().take(PRINTED) {
            writeln!(f, "  {place}: {reason}")?;
        }
        let rest = (self.refused + self.incomplete).saturating_sub(self.problems.len().min(PRINTED) as u64);
        if rest > 0 {
            writeln!(f, "  and {rest} more")?;
        }
        for note in &self.notes {
            writeln!(f, "  note: {note}")?;
        }
        Ok(())
    }
}

/// Text from a file for a message: what a terminal might obey is U+FFFD, line ends are spaces.
pub(crate) fn printable(text: &str) -> String {
    let shown = |letter: char| match letter {
        '\n' | '\r' | '\t' => ' ',
        letter if letter.is_control() => '\u{fffd}',
        letter => letter,
    };
    text.chars().map(shown).collect()
}

/// `1 event`, `2 events`.
pub(crate) fn plural(count: u64, noun: &str) -> String {
    format!("{count} {noun}{}", if count == 1 { "" } else { "s" })
}

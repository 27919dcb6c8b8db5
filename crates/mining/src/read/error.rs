//! Why a log could not be read, and what to do about it.

use std::io;

use super::DateOrder;
use super::report::{plural, printable};

/// Why reading stopped. The message says what to do.
#[derive(Debug, thiserror::Error)]
pub enum ReadError {
    /// The source failed.
    #[error("the file could not be read: {0}")]
    Io(#[from] io::Error),
    /// The file ends too early; everything before that was handed out.
    #[error(
        "the file is cut off: it ends {}. {} before that {} whole. Export or copy the file again, \
         or take the part that is whole (--partial)",
        printable(place), plural(*events, "event"), if *events == 1 { "is" } else { "are" }
    )]
    CutOff {
        /// Where it ends, in words: trace and event number, or row; and byte.
        place: String,
        /// Whole events before the cut.
        events: u64,
    },
    /// The XML is broken in the middle.
    #[error(
        "the XML is broken {}: {}. {} before that could be read. Export the file again",
        printable(place), printable(reason), plural(*events, "event")
    )]
    Xml {
        /// Where, in words.
        place: String,
        /// What the XML reader says.
        reason: String,
        /// Whole events before that.
        events: u64,
    },
    /// An XML file of another kind.
    #[error(
        "this XML file is not an event log: it begins with <{}> where XES has <log>. Give an XES or a CSV file",
        printable(root)
    )]
    NotXes {
        /// The root element's name.
        root: String,
    },
    /// An object-centric log where a plain one is read.
    #[error(
        "this is an object-centric log (OCEL), which has no single case. Flatten it to one type of objects first, \
         or read it as what it is"
    )]
    IsObjects,
    /// A file that must be unpacked first.
    #[error("the file is packed: it is {kind}. Unpack it first, or save it as a table (CSV)")]
    Packed {
        /// What it is.
        kind: &'static str,
    },
    /// The log has no such classifier.
    #[error(
        "the log has no classifier \"{}\". {}", printable(name),
        if known.is_empty() { "It has none".to_owned() } else { format!("It has: {}", listed(known)) }
    )]
    ClassifierUnknown {
        /// What was asked for.
        name: String,
        /// Those that it has.
        known: Vec<String>,
    },
    /// A XES log with events, of which none could be read.
    #[error("none of its {} could be read. {first}. {}", plural(*refused, "event"), told(keys))]
    NoEvents {
        /// How many events were refused.
        refused: u64,
        /// The first, and why.
        first: String,
        /// Keys that its events have.
        keys: Vec<String>,
    },
    /// An SQLite database, which is not read from a stream of bytes.
    #[error("this is an SQLite database, which is read by its path")]
    IsDatabase,
    /// A gzipped SQLite database.
    #[error("this is an SQLite database that is packed, and SQLite reads none that is: unpack it first (gunzip)")]
    PackedDatabase,
    /// A file of another kind where an object-centric log is read.
    #[error("this is no object-centric log: {reason}. Give OCEL 2.0 as JSON, XML or SQLite")]
    NotObjects {
        /// What it is instead.
        reason: String,
    },
    /// The JSON is broken, or is not as OCEL 2.0 has it.
    #[error(
        "the JSON cannot be read {place}: {reason}. {} before that could be. Export the file again",
        plural(*events, "event")
    )]
    Json {
        /// Line and column, in words.
        place: String,
        /// What is wrong.
        reason: String,
        /// Whole events before that.
        events: u64,
    },
    /// The database cannot be read.
    #[error("the SQLite database cannot be read: {reason}. Check that it is OCEL 2.0, and export it again")]
    Database {
        /// What SQLite says.
        reason: String,
    },
    /// There is nothing in it.
    #[error("the file holds no log: {reason}. Give an XES file, or a CSV file whose first row names the columns")]
    Empty {
        /// What it holds instead.
        reason: &'static str,
    },
    /// A column could not be found by its header.
    #[error(
        "no column was recognised as the {role}. Say which columns are what with --case, --activity and --time, by name \
         or by number; the first row must name them. The file has: {}",
        listed(columns)
    )]
    ColumnUnknown {
        /// `case`, `activity` or `time`.
        role: &'static str,
        /// The header's names.
        columns: Vec<String>,
    },
    /// The mapping names a column that is not there.
    #[error("the {role} is to be taken from column \"{name}\", but the file has only: {}", listed(columns))]
    ColumnMissing {
        /// `case`, `activity`, `time`, `resource` or `lifecycle`.
        role: &'static str,
        /// What the mapping says.
        name: String,
        /// The header's names.
        columns: Vec<String>,
    },
    /// The mapping names a column for two things.
    #[error("column \"{}\" is to be the {one} and the {other}: name another for one of them", printable(name))]
    ColumnTwice {
        /// The column.
        name: String,
        /// What it is taken for.
        one: &'static str,
        /// What it is to be as well.
        other: &'static str,
    },
    /// The mapping names a key that the log does not have.
    #[error(
        "the {role} is to be taken from the key \"{name}\", which no {of} of the log has. The first has: {keys}",
        name = printable(name), of = if *role == "case" { "trace" } else { "event" }, keys = listed(keys)
    )]
    KeyMissing {
        /// `case`, `time`, `resource` or `lifecycle`.
        role: &'static str,
        /// What the mapping says.
        name: String,
        /// Keys that the log's first trace or event has.
        keys: Vec<String>,
    },
    /// No row could be read.
    #[error(
        "nothing could be read of {}. {first}. See with `log look` how the file is understood, and say which columns are \
         what with --case, --activity and --time",
        plural(*rows, "row")
    )]
    NothingRead {
        /// How many rows there are below the header.
        rows: u64,
        /// The first, and why not.
        first: String,
    },
    /// The order of day and month was a guess, and is wrong.
    #[error(
        "the order of day and month was a guess, and row {row} contradicts it: \"{}\". Say --dates {}",
        printable(time),
        match other { DateOrder::DayFirst => "day-first", DateOrder::MonthFirst => "month-first" }
    )]
    DateOrder {
        /// The row, counted from 1 with the header.
        row: u64,
        /// The time in it.
        time: String,
        /// The order in which that is a time.
        other: DateOrder,
    },
    /// A first row that names no columns.
    #[error("the first row has {columns} columns, so this is hardly a CSV file. Check the file")]
    TooManyColumns {
        /// How many the first row has.
        columns: usize,
    },
    /// A row without end.
    #[error("row {row} is longer than 16 MB, so this is hardly a CSV file. Check the file, and that it is not packed")]
    RowTooLong {
        /// The row, counted from 1 with the header.
        row: u64,
    },
}

fn told(keys: &[String]) -> String {
    if keys.is_empty() {
        return "Its events have no attributes: export the log again".to_owned();
    }
    format!("Its events have: {}. Say with --activity which of these names the activity", listed(keys))
}

fn listed(columns: &[String]) -> String {
    let short = |name: &str| printable(&name.chars().take(NAME).collect::<String>());
    let item = |(at, name): (usize, &String)| format!("{} \"{}\"", at + 1, short(name));
    let items: Vec<_> = columns.iter().enumerate().take(LISTED).map(item).collect();
    let more = columns.len().saturating_sub(LISTED);
    items.join(", ") + &if more > 0 { format!(" and {more} more") } else { String::new() }
}

/// As many columns are named, each with as many letters: an error is to be read.
const LISTED: usize = 30;
const NAME: usize = 60;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn of_many_columns_some_are_named() {
        let columns: Vec<String> = (0..100).map(|n| format!("{n} {}", "x".repeat(200))).collect();
        let said = listed(&columns);
        assert!(said.starts_with("1 \"0 xxx") && said.ends_with(" and 70 more") && said.len() < 2_500, "{said}");
        assert_eq!(listed(&columns[..0]), "");
    }
}

//! Writing logs, as this crate reads them and any other program: CSV and XES.

mod csv;
mod xes;

use std::borrow::Cow;

use hashbrown::HashMap;

pub use csv::{csv, csv_with, row};
pub use xes::{xes, xes_with};

use crate::log::AttributeTable;

/// What was written, and what of it is not as it was.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Written {
    /// Events that were left out, because the format needs a time of each.
    pub left_out: u64,
    /// What has another name now, and what the format has no place for.
    pub notes: Vec<String>,
}

/// The fields of events and cases, as XES calls them, which every process mining program knows.
const FIELDS: [&str; 5] =
    ["case:concept:name", "concept:name", "time:timestamp", "org:resource", "lifecycle:transition"];

/// New names for attributes that are called as a field of the log is, which would be read in its place; and what to say.
fn renamed(attributes: &AttributeTable) -> (HashMap<&str, String>, Vec<String>) {
    let clashing = attributes.keys().filter(|key| FIELDS.contains(key));
    // One more number than there are keys: one of these names is free.
    let most = attributes.keys().count() + 2;
    let free = |key: &str| {
        let names = (2..=most).map(|number| format!("{key} ({number})"));
        names.into_iter().find(|new| attributes.keys().all(|known| known != new))
    };
    let names: HashMap<&str, String> = clashing.filter_map(|key| Some((key, free(key)?))).collect();
    let said = FIELDS.iter().filter_map(|field| {
        let name = names.get(field)?;
        Some(format!("the attribute {field} is written as \"{name}\": {field} is the log's own"))
    });
    let said = said.collect();
    (names, said)
}

/// Whether XML can hold all characters of a text.
fn is_xml(text: &str) -> bool {
    !text.chars().any(|c| matches!(c, '\u{fffe}' | '\u{ffff}') || (c < ' ' && !matches!(c, '\t' | '\n' | '\r')))
}

/// Text as XML takes it, in attributes and between tags; characters that XML cannot hold become U+FFFD.
pub(crate) fn escaped(text: &str) -> Cow<'_, str> {
    let plain = |c: char| !matches!(c, '&' | '<' | '>' | '"' | '\'' | '\u{fffe}' | '\u{ffff}') && c >= ' ';
    if text.chars().all(plain) {
        return Cow::Borrowed(text);
    }
    let mut into = String::with_capacity(text.len() + 16);
    for c in text.chars() {
        match c {
            '&' => into.push_str("&amp;"),
            '<' => into.push_str("&lt;"),
            '>' => into.push_str("&gt;"),
            '"' => into.push_str("&quot;"),
            '\'' => into.push_str("&apos;"),
            // A reader turns a bare one in an attribute into a blank.
            '\n' => into.push_str("&#10;"),
            '\r' => into.push_str("&#13;"),
            '\t' => into.push_str("&#9;"),
            c if plain(c) => into.push(c),
            _ => into.push('\u{fffd}'),
        }
    }
    Cow::Owned(into)
}

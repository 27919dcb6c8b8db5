//! Writing logs, as this crate reads them and any other program: CSV and XES.

mod csv;
mod xes;

use std::borrow::Cow;

pub use csv::{csv, csv_with, row};
pub use xes::{xes, xes_with};

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

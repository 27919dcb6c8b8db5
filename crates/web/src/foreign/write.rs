//! Pieces as HTML again, in the one form that has a single meaning.

use super::link::{self, Found};
use super::quote::Fold;
use super::read::Piece;
use super::tags;

/// Writes pieces; the fold's part goes into a `<details>`.
pub(super) fn write(pieces: &[Piece<'_>], fold: Option<(Fold, &str)>) -> String {
    let mut out = String::with_capacity(pieces.len() * 16);
    let mut unknown = 0;
    for (place, piece) in pieces.iter().enumerate() {
        if let Some((fold, word)) = fold.filter(|(fold, _)| fold.start == place) {
            debug_assert!(fold.start < fold.end, "a fold holds something");
            out.push_str("<details><summary>");
            text(&word.replace('&', "&amp;"), &mut unknown, &mut out);
            out.push_str("</summary>");
        }
        match piece {
            Piece::Text(written) => text(written, &mut unknown, &mut out),
            Piece::Open { tag, attributes, style, close } => {
                open(tag, attributes, style.as_deref(), &mut out);
                if *tag == "a"
                    && let Some(elsewhere) = link::leads_elsewhere(attributes, pieces, place, *close)
                {
                    out.push(' ');
                    attribute(tags::GOES, &elsewhere, &mut out);
                }
                out.push('>');
            }
            Piece::Close { tag } => {
                out.push_str("</");
                out.push_str(tag);
                out.push('>');
            }
        }
        if fold.is_some_and(|(fold, _)| fold.end == place + 1) {
            out.push_str("</details>");
        }
    }
    out
}

fn open(tag: &str, attributes: &[(&str, &str)], style: Option<&str>, out: &mut String) {
    out.push('<');
    out.push_str(tag);
    let mut styled = false;
    for (name, value) in attributes {
        let name = name.to_ascii_lowercase();
        if !tags::has_attribute(tag, &name) {
            continue;
        }
        out.push(' ');
        match style.filter(|_| name == "style" && !styled) {
            // What the style says itself comes last, and holds.
            Some(style) => {
                styled = true;
                attribute(&name, &format!("{style}{value}"), out);
            }
            None => attribute(&name, value, out),
        }
    }
    if let Some(style) = style.filter(|_| !styled) {
        out.push(' ');
        attribute("style", style, out);
    }
}

/// The value's entities stay as they are.
fn attribute(name: &str, value: &str, out: &mut String) {
    out.push_str(name);
    out.push_str("=\"");
    for c in value.chars() {
        match c {
            '"' => out.push_str("&quot;"),
            '<' => out.push_str("&lt;"),
            '\0' => {}
            c => out.push(c),
        }
    }
    out.push('"');
}

/// Most entities that are left to the parser, which takes its time over those it does not know.
const UNKNOWN: usize = 20_000;

/// Text with the characters themselves in place of most entities: a mail may be written in nothing else.
fn text(written: &str, unknown: &mut usize, out: &mut String) {
    link::undo(written, |found| match found {
        Found::Text(text) => out.extend(text.chars().filter(|c| *c != '\0')),
        Found::Char('<') => out.push_str("&lt;"),
        Found::Char('&') => out.push_str("&amp;"),
        Found::Char(c) => out.push(c),
        Found::Unknown(sign) if *unknown < UNKNOWN => {
            *unknown += 1;
            out.push_str(sign);
        }
        Found::Unknown(_) => out.push_str("&amp;"),
    });
}

//! Pieces as HTML again, in the one form that has a single meaning.

use super::link::{self, Found};
use super::quote::Fold;
use super::read::Piece;
use super::tags;

/// Writes pieces; the fold's part goes into a `<details>`.
pub(super) fn write(pieces: &[Piece<'_>], fold: Option<(Fold, &str)>) -> String {
    let mut out = String::with_capacity(pieces.len() * 16);
    let mut texts = Texts::default();
    for (place, piece) in pieces.iter().enumerate() {
        if let Some((fold, word)) = fold.filter(|(fold, _)| fold.start == place) {
            debug_assert!(fold.start < fold.end, "a fold holds something");
            out.push_str("<details><summary>");
            texts.write(&word.replace('&', "&amp;"), &mut out);
            out.push_str("</summary>");
        }
        match piece {
            Piece::Text(written) => texts.write(written, &mut out),
            Piece::Open { tag, attributes, style, close } => {
                texts.run = 0;
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
pub(super) fn attribute(name: &str, value: &str, out: &mut String) {
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

/// Longest text without a tag, bytes. What writes the outcome looks through all of a text at each ampersand in it, so that
/// a megabyte of them took minutes.
const LONGEST: usize = 8_100;
/// From here on a text is parted where an entity begins, so that none of them is cut: the longest has 33 bytes.
const LONG: usize = 8_000;

/// Text as it is written.
#[derive(Default)]
struct Texts {
    /// Entities that were left to the parser.
    unknown: usize,
    /// Bytes since the last tag.
    run: usize,
}

impl Texts {
    /// Text with the characters themselves in place of most entities: a mail may be written in nothing else.
    fn write(&mut self, written: &str, out: &mut String) {
        link::undo(written, |found| match found {
            Found::Text(text) => {
                for c in text.chars().filter(|c| *c != '\0') {
                    self.part(LONGEST, c.len_utf8(), out);
                    out.push(c);
                }
            }
            Found::Char(c) => {
                self.part(LONGEST, c.len_utf8(), out);
                match c {
                    '<' => out.push_str("&lt;"),
                    '&' => out.push_str("&amp;"),
                    c => out.push(c),
                }
            }
            Found::Unknown(sign) if self.unknown < UNKNOWN => {
                self.unknown += 1;
                self.part(LONG, sign.len(), out);
                out.push_str(sign);
            }
            Found::Unknown(sign) => {
                self.part(LONGEST, sign.len(), out);
                out.push_str("&amp;");
            }
        });
    }

    /// Parts what has become too long, by what nobody sees; so many bytes come next.
    fn part(&mut self, longest: usize, bytes: usize, out: &mut String) {
        if self.run >= longest {
            out.push_str("<wbr>");
            self.run = 0;
        }
        self.run += bytes;
    }
}

#[cfg(test)]
mod tests {
    use crate::foreign::{Wanted, clean};

    #[test]
    fn line_53_a_long_text_is_shown_to_its_end() {
        for words in ["&amp; ", "\u{a7}", "x&nosuch;", "&eacute;", "plain words "] {
            for html in [words.repeat(8_000), format!("<table><tr>{}", words.repeat(8_000))] {
                let shown = clean(&html, Wanted::default()).html;
                assert_eq!(clean(&shown, Wanted::default()).html, shown);
                let whole: String = shown.split("<wbr>").collect();
                let expected = words.replace("&nosuch;", "&amp;nosuch;").replace("&eacute;", "\u{e9}");
                assert!(whole.contains(&expected.repeat(8_000)), "{words}: {} bytes", whole.len());
                assert!(shown.split('<').all(|run| run.len() < 60_000), "{words} in one");
            }
        }
    }
}

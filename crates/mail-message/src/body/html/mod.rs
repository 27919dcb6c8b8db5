//! HTML as plain text: one pass, no tree, so that no nesting and no size can hurt. Quotes become `>` lines, which is
//! what the reply rules read; what else the structure tells is marked ([`regions`]).

mod link;
mod page;
mod structure;
mod tag;

use mail_parser::decoders::html::add_html_token;

use crate::reply::{Region, RegionIs};
use page::Page;
use structure::Part;

/// Characters that mark where parts begin and end while a text is put together. They are no characters of any text:
/// Unicode keeps them for such use inside a program, and they are taken out of every input.
const MARKS: &[(char, Part)] = &[
    ('\u{fdd0}', Part::Quote),
    ('\u{fdd1}', Part::QuoteFromHere),
    ('\u{fdd2}', Part::Attributed),
    ('\u{fdd3}', Part::Signature),
    ('\u{fdd4}', Part::Forwarded),
];
const END: char = '\u{fdd5}';

/// The text of an HTML document or fragment. Block elements break lines, `<li>` gives `* ` or a number,
/// `<blockquote>` gives `> `, `<hr>` a line of dashes, a link its address where the text hides it; scripts, styles,
/// comments and hidden elements give nothing. Linear in the length of `html`.
pub fn html_to_text(html: &str) -> String {
    regions(&marked_text(html)).0.trim_end().to_owned()
}

/// The text with marks for [`regions`].
pub(super) fn marked_text(html: &str) -> String {
    let mut page = Page::default();
    let bytes = html.as_bytes();
    let mut at = 0;
    while at < bytes.len() {
        match bytes[at] {
            b'<' if html[at..].starts_with("<!--") => at = page.comment(html, at + 4),
            b'<' if bytes.get(at + 1).is_some_and(|b| b.is_ascii_alphabetic() || matches!(b, b'/' | b'!' | b'?')) => {
                // Without any `>` to come, this is no tag, and neither is anything after it.
                let end = if page.no_more_tags { None } else { tag_end(bytes, at) };
                page.no_more_tags = end.is_none();
                at = match end {
                    Some(end) => page.tag(html, at, end),
                    None => page.literal("<", at),
                };
            }
            b'&' => {
                let (decoded, next) = entity(html, at);
                page.text(&decoded);
                at = next;
            }
            _ => {
                let end = memchr::memchr2(b'<', b'&', &bytes[at + 1..]).map_or(bytes.len(), |next| at + 1 + next);
                page.text(&html[at..end]);
                at = end;
            }
        }
    }
    page.finished()
}

/// Takes the marks out of a text, and says in which lines they stood.
pub(super) fn regions(text: &str) -> (String, Vec<Region>) {
    /// Most regions that are told about.
    const MOST: usize = 100;
    if !text.contains(is_mark) {
        return (text.to_owned(), Vec::new());
    }
    let mut out = String::with_capacity(text.len());
    let mut found: Vec<Region> = Vec::new();
    let mut open: Vec<usize> = Vec::new();
    let mut line = 0;
    for c in text.chars() {
        if let Some((_, part)) = MARKS.iter().find(|(mark, _)| *mark == c) {
            let is = match part {
                Part::Quote | Part::QuoteFromHere => RegionIs::Quote,
                Part::Attributed => RegionIs::Attributed,
                Part::Signature => RegionIs::Signature,
                Part::Forwarded => RegionIs::Forwarded,
            };
            if found.len() < MOST {
                if *part != Part::QuoteFromHere {
                    open.push(found.len());
                }
                found.push(Region { is, start: line, end: usize::MAX });
            }
        } else if c == END {
            if let Some(region) = open.pop() {
                found[region].end = line + 1;
            }
        } else {
            line += usize::from(c == '\n');
            out.push(c);
        }
    }
    (out, found)
}

pub(super) fn is_mark(c: char) -> bool {
    ('\u{fdd0}'..='\u{fdef}').contains(&c)
}

/// Where the tag that starts at `at` ends, one past its `>`; quotes hide a `>`, within reason.
fn tag_end(bytes: &[u8], at: usize) -> Option<usize> {
    let mut quote = None;
    for (offset, &byte) in bytes[at..].iter().enumerate().take(20_000) {
        match (quote, byte) {
            (None, b'>') => return Some(at + offset + 1),
            (None, b'"' | b'\'') if offset > 0 && bytes[at + offset - 1] == b'=' => quote = Some(byte),
            (Some(open), _) if open == byte => quote = None,
            _ => {}
        }
    }
    // A tag that never ends within its quotes: the next `>` is the best guess.
    memchr::memchr(b'>', &bytes[at..]).map(|end| at + end + 1)
}

/// The character reference at `at`, decoded, and where to go on; a lone `&` is text.
fn entity(html: &str, at: usize) -> (String, usize) {
    let end = html.as_bytes()[at + 1..].iter().take(12).position(|b| *b == b';');
    let name = end.map(|end| &html[at + 1..at + 1 + end]).filter(|name| !name.is_empty());
    let Some(name) = name.filter(|name| name.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'#')) else {
        return ("&".to_owned(), at + 1);
    };
    let mut decoded = String::new();
    match number(name) {
        Some(c) => decoded.push(c),
        None => add_html_token(&mut decoded, &html.as_bytes()[at..at + 2 + name.len()], false),
    }
    (decoded, at + name.len() + 2)
}

fn number(name: &str) -> Option<char> {
    let digits = name.strip_prefix('#')?;
    let code = match digits.strip_prefix(['x', 'X']) {
        Some(hex) => u32::from_str_radix(hex, 16).ok()?,
        None => digits.parse().ok()?,
    };
    char::from_u32(code).filter(|c| !c.is_control() || *c == '\n')
}

/// The value of an attribute with its character references decoded.
fn decoded(value: &str) -> String {
    let mut out = String::with_capacity(value.len());
    let mut at = 0;
    while at < value.len() {
        let next = memchr::memchr(b'&', &value.as_bytes()[at..]).map_or(value.len(), |next| at + next);
        out.push_str(&value[at..next]);
        at = next;
        if at < value.len() {
            let (decoded, next) = entity(value, at);
            out.push_str(&decoded);
            at = next;
        }
    }
    out
}

#[cfg(test)]
mod tests;

//! Which part of a mail is the history beneath it, when its program marked it.

use super::link::decoded;
use super::read::Piece;

/// A part of a document: the pieces from `start` up to `end`, in which all that begins also ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Fold {
    pub start: usize,
    pub end: usize,
}

/// Classes and ids of elements that hold the history.
#[rustfmt::skip]
const HOLDERS: &[&str] = &[
    "gmail_quote", "gmail_quote_container", "gmail_extra", "yahoo_quoted", "ydp_yahoo_quoted", "moz-cite-prefix",
    "protonmail_quote", "tutanota_quote", "zmail_extra", "mail-editor-reference-message-container",
    "ms-outlook-mobile-reference-message", "olk_src_body_section", "isreplycontent", "freebirdquote", "hotmailquote",
];
/// Ids of elements after which the history begins.
const HEADS: &[&str] = &["divrplyfwdmsg", "appendonsend", "stopspelling", "reply-intro"];

/// How much of a history is looked at to see whether it is a forwarded mail.
const BEGINNING: usize = 400;
/// How a forwarded mail is introduced.
#[rustfmt::skip]
const FORWARDS: &[&str] = &[
    "forwarded message", "weitergeleitete nachricht", "begin forwarded", "anfang der weitergeleiteten",
    "message transféré", "mensaje reenviado", "messaggio inoltrato", "doorgestuurd bericht", "fwd:", "wg:", "fw:",
];

/// The history, when it can be told apart and nothing of what is new stands within it.
pub(super) fn find(pieces: &[Piece<'_>]) -> Option<Fold> {
    let mut regions: Vec<Fold> = Vec::new();
    let mut place = 0;
    while place < pieces.len() {
        let region = region_at(pieces, place);
        if let Some(region) = region {
            place = region.end.max(place + 1);
            regions.push(region);
        } else {
            place += 1;
        }
    }
    let (first, last) = (*regions.first()?, *regions.last()?);
    let answers_within = regions.windows(2).any(|two| is_visible(&pieces[two[0].end..two[1].start]));
    if answers_within || !(is_visible(&pieces[..first.start]) || is_visible(&pieces[last.end..])) {
        return None;
    }
    if !is_visible(&pieces[..first.start]) && regions.len() > 1 {
        return None;
    }
    let fold = Fold { start: first.start, end: last.end };
    let fold = if is_whole(&pieces[fold.start..fold.end]) { fold } else { first };
    let said = words(&pieces[fold.start..fold.end]).to_lowercase();
    (!FORWARDS.iter().any(|forward| said.contains(forward))).then_some(fold)
}

fn region_at(pieces: &[Piece<'_>], place: usize) -> Option<Fold> {
    let Piece::Open { tag, attributes, close, .. } = &pieces[place] else { return None };
    let value = |wanted: &str| {
        attributes.iter().find(|(name, _)| name.eq_ignore_ascii_case(wanted)).map_or("", |(_, value)| *value)
    };
    let names = format!("{} {}", value("class"), value("id")).to_ascii_lowercase();
    let named = |list: &[&str]| {
        names.split_ascii_whitespace().any(|name| list.contains(&name.trim_start_matches("x_")) || list.contains(&name))
    };
    let cites = *tag == "blockquote" && value("type").eq_ignore_ascii_case("cite");
    if cites || named(HOLDERS) {
        return Some(Fold { start: place, end: (*close).min(pieces.len() - 1) + 1 });
    }
    if named(HEADS) || (*tag == "div" && is_line_of_outlook(value("style"))) {
        let start = outermost(pieces, place);
        return Some(Fold { start, end: end_of_parent(pieces, start) });
    }
    None
}

/// The line that Outlook draws above what is answered.
fn is_line_of_outlook(style: &str) -> bool {
    let style: String = style.to_ascii_lowercase().chars().filter(|c| !c.is_whitespace()).collect();
    let line = style.split_once("border-top:solid").map(|(_, rest)| rest);
    line.is_some_and(|rest| rest.starts_with("#e1e1e1") || rest.starts_with("#b5c4df"))
        && style.contains("padding:3.0pt0")
}

/// The outermost element that begins with this one, with nothing to be seen before it.
fn outermost(pieces: &[Piece<'_>], place: usize) -> usize {
    let mut start = place;
    for (before, piece) in pieces[..place].iter().enumerate().rev() {
        match piece {
            Piece::Open { tag: "div" | "span", close, .. } if *close >= place => start = before,
            Piece::Open { tag: "hr", .. } => start = before,
            Piece::Text(text) if is_blank(text) => {}
            _ => break,
        }
    }
    // Everything that a wrapper of the whole mail begins with is not history.
    if is_visible(&pieces[..start]) { start } else { place }
}

fn end_of_parent(pieces: &[Piece<'_>], start: usize) -> usize {
    let mut place = start;
    while let Some(piece) = pieces.get(place) {
        match piece {
            Piece::Open { close, .. } => place = (*close).max(place) + 1,
            Piece::Text(_) => place += 1,
            Piece::Close { .. } => return place,
        }
    }
    pieces.len()
}

/// All that begins here also ends here.
fn is_whole(pieces: &[Piece<'_>]) -> bool {
    let mut depth = 0usize;
    for piece in pieces {
        match piece {
            Piece::Open { tag: "br" | "hr" | "img" | "wbr", .. } | Piece::Text(_) => {}
            Piece::Open { .. } => depth += 1,
            Piece::Close { .. } => match depth.checked_sub(1) {
                Some(less) => depth = less,
                None => return false,
            },
        }
    }
    depth == 0
}

pub(super) fn is_visible(pieces: &[Piece<'_>]) -> bool {
    pieces.iter().any(|piece| match piece {
        Piece::Text(text) => !is_blank(text),
        Piece::Open { tag, .. } => *tag == "img",
        Piece::Close { .. } => false,
    })
}

pub(super) fn is_blank(text: &str) -> bool {
    text.trim().is_empty()
        || decoded(text)
            .chars()
            .all(|c| c.is_whitespace() || matches!(c, '\u{200b}'..='\u{200f}' | '\u{ad}' | '\u{34f}' | '\u{feff}'))
}

fn words(pieces: &[Piece<'_>]) -> String {
    let mut words = String::new();
    for piece in pieces {
        if let Piece::Text(text) = piece {
            words.push_str(text);
            if words.len() > BEGINNING {
                break;
            }
        }
    }
    words.truncate(words.floor_char_boundary(BEGINNING));
    words
}

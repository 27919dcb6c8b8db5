//! The outer form of hostile HTML: a sequence of pieces that is balanced, bounded and has no surprises left in it. What is
//! dangerous is told apart later (`clean`); here it is made sure that telling it apart takes linear time. A browser's
//! rules for misnested tags can make millions of elements of a few: nothing of that kind survives this.

use std::collections::HashMap;

use super::quote;
use super::tags::{self, Kind};

/// Deepest nesting, and most elements, that are kept; text always is.
const DEEPEST: usize = 200;
const MOST: usize = 40_000;
/// Most attributes of one element, and most bytes of all sheets.
const ATTRIBUTES: usize = 40;
const SHEETS: usize = 300_000;

/// A piece of a document, in its order.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Piece<'h> {
    /// Text with its entities as they are, and without `<`.
    Text(&'h str),
    /// An element begins; `close` is the place of its end among the pieces.
    Open { tag: &'static str, attributes: Vec<(&'h str, &'h str)>, style: Option<String>, close: usize },
    /// It ends.
    Close { tag: &'static str },
}

/// A document, read.
#[derive(Debug, Default)]
pub(super) struct Pieces<'h> {
    pub all: Vec<Piece<'h>>,
    /// What stood in its `<style>` elements.
    pub sheet: String,
}

struct Reader<'h> {
    html: &'h str,
    at: usize,
    pieces: Pieces<'h>,
    /// What is open: tag, place of its piece, and whether its attributes are in a `span` of their own.
    open: Vec<(&'static str, usize, bool)>,
    /// Elements that are too deep: their ends are passed over as well.
    ignored: HashMap<&'static str, usize>,
    /// Ends that were looked for and not found: they are not looked for again.
    missing: Vec<&'static str>,
    elements: usize,
    /// How many tables and paragraphs are open: mostly none, and then nothing needs to be looked for.
    tables: usize,
    paragraphs: usize,
}

/// Reads HTML of any kind.
pub(super) fn read(html: &str) -> Pieces<'_> {
    let mut reader = Reader {
        html,
        at: 0,
        pieces: Pieces::default(),
        open: Vec::new(),
        ignored: HashMap::new(),
        missing: Vec::new(),
        elements: 0,
        tables: 0,
        paragraphs: 0,
    };
    while reader.at < html.len() {
        reader.step();
    }
    while !reader.open.is_empty() {
        reader.close_last();
    }
    reader.pieces
}

impl<'h> Reader<'h> {
    fn step(&mut self) {
        let rest = &self.html[self.at..];
        let Some(less) = rest.find('<') else {
            self.text(rest);
            self.at = self.html.len();
            return;
        };
        self.text(&rest[..less]);
        self.at += less;
        let rest = &self.html[self.at..];
        match rest.as_bytes().get(1) {
            Some(b'!') if rest.starts_with("<!--") => self.comment(),
            Some(b'/') if rest.as_bytes().get(2).is_some_and(u8::is_ascii_alphabetic) => {
                let (name, _) = self.tag(2);
                if let Some(tag) = tags::known(&name) {
                    self.end(tag);
                }
            }
            Some(b'!' | b'?' | b'/') => self.skip_past(">"),
            Some(first) if first.is_ascii_alphabetic() => {
                let (name, attributes) = self.tag(1);
                self.start(&name, attributes);
            }
            _ => {
                self.text("&lt;");
                self.at += 1;
            }
        }
    }

    fn text(&mut self, text: &'h str) {
        if text.is_empty() {
            return;
        }
        // What stands in a table but in no cell, a browser puts before the table, and looks for that place each time.
        // Here it gets a cell of its own.
        if self.is_between() && !text.bytes().all(|byte| byte.is_ascii_whitespace()) {
            if quote::is_blank(text) {
                return;
            }
            if self.elements < MOST && self.open.len() < DEEPEST {
                self.start("td", Vec::new());
            }
            while self.is_between() {
                self.close_last();
            }
        }
        self.pieces.all.push(Piece::Text(text));
    }

    /// Within a table, but in none of its cells.
    fn is_between(&self) -> bool {
        let around = || self.open.iter().rev().find(|(open, ..)| tags::is_cell_or_table(open));
        self.tables > 0 && around().is_some_and(|(open, ..)| *open == "table")
    }

    fn skip_past(&mut self, end: &str) {
        self.at = self.html[self.at..].find(end).map_or(self.html.len(), |found| self.at + found + end.len());
    }

    /// A comment; one that never ends is passed over up to the next `>`, so that it cannot hide the rest of the mail.
    fn comment(&mut self) {
        let inside = self.at + 4;
        for empty in [">", "->"] {
            if self.html[inside..].starts_with(empty) {
                self.at = inside + empty.len();
                return;
            }
        }
        match self.find("-->", inside) {
            Some(end) => self.at = end + 3,
            None => self.skip_past(">"),
        }
    }

    /// Where `end` is next, looked for only as long as it can be there.
    fn find(&mut self, end: &'static str, from: usize) -> Option<usize> {
        if self.missing.contains(&end) {
            return None;
        }
        let bytes = self.html.as_bytes();
        let found = (from..=bytes.len().saturating_sub(end.len()))
            .find(|at| bytes[*at..*at + end.len()].eq_ignore_ascii_case(end.as_bytes()));
        if found.is_none() {
            self.missing.push(end);
        }
        found
    }

    /// Reads a tag whose name begins `skip` bytes further, and goes past it.
    fn tag(&mut self, skip: usize) -> (String, Vec<(&'h str, &'h str)>) {
        let html = self.html;
        let bytes = html.as_bytes();
        let until = |from: usize, ends: &dyn Fn(u8) -> bool| {
            bytes[from..].iter().position(|byte| ends(*byte)).map_or(bytes.len(), |found| from + found)
        };
        let is_end = |byte: u8| byte.is_ascii_whitespace() || matches!(byte, b'/' | b'>');
        let name = self.at + skip;
        let mut at = until(name, &is_end);
        let name = html[name..at].to_ascii_lowercase();
        let mut attributes = Vec::new();
        loop {
            at = until(at, &|byte| !byte.is_ascii_whitespace() && byte != b'/');
            let Some(byte) = bytes.get(at) else {
                // A tag that never ends is none, and neither is what it swallowed.
                self.at = at;
                return (String::new(), Vec::new());
            };
            if *byte == b'>' {
                self.at = at + 1;
                return (name, attributes);
            }
            let start = at;
            at = until(at + 1, &|byte| is_end(byte) || byte == b'=');
            let attribute = &html[start..at];
            let sign = until(at, &|byte| !byte.is_ascii_whitespace());
            let mut value = "";
            if bytes.get(sign) == Some(&b'=') {
                at = until(sign + 1, &|byte| !byte.is_ascii_whitespace());
                if let Some(quote @ (b'"' | b'\'')) = bytes.get(at) {
                    let end = until(at + 1, &|byte| byte == *quote);
                    value = &html[at + 1..end];
                    at = (end + 1).min(bytes.len());
                } else {
                    let end = until(at, &|byte| byte.is_ascii_whitespace() || byte == b'>');
                    value = &html[at..end];
                    at = end;
                }
            }
            if attributes.len() < ATTRIBUTES && !attribute.bytes().any(|byte| matches!(byte, b'"' | b'\'' | b'<' | 0)) {
                attributes.push((attribute, value));
            }
        }
    }

    fn start(&mut self, name: &str, attributes: Vec<(&'h str, &'h str)>) {
        if let Some(end) = tags::swallowed(name) {
            let inside = self.at;
            let is_sheet = end == "</style";
            match self.find(end, inside) {
                Some(at) => {
                    if is_sheet && self.pieces.sheet.len() + (at - inside) <= SHEETS {
                        self.pieces.sheet.push_str(&self.html[inside..at]);
                        self.pieces.sheet.push('\n');
                    }
                    self.at = at;
                    self.skip_past(">");
                }
                None if matches!(end, "</script" | "</style") => self.at = self.html.len(),
                None => {}
            }
            return;
        }
        let Some(tag) = tags::known(name) else { return };
        let kind = tags::kind(tag);
        if self.elements >= MOST || !self.may_stand_here(tag) {
            return;
        }
        if kind == Kind::Void {
            self.elements += 1;
            let close = self.pieces.all.len();
            self.pieces.all.push(Piece::Open { tag, attributes, style: None, close });
            return;
        }
        self.close_what_this_ends(tag, kind);
        if self.open.len() >= DEEPEST {
            self.elements += 1;
            *self.ignored.entry(tag).or_default() += 1;
            return;
        }
        self.elements += 1;
        let style = tags::style_of(name, &attributes);
        // What a browser would open again in each paragraph has no attributes of its own.
        let wraps = kind == Kind::Formatting && !attributes.is_empty();
        let (outer, inner) = if wraps { (Vec::new(), attributes) } else { (attributes, Vec::new()) };
        self.tables += usize::from(tag == "table");
        self.paragraphs += usize::from(tag == "p");
        self.open.push((tag, self.pieces.all.len(), wraps));
        let style_outer = if wraps { None } else { style.clone() };
        self.pieces.all.push(Piece::Open { tag, attributes: outer, style: style_outer, close: usize::MAX });
        if wraps {
            self.pieces.all.push(Piece::Open { tag: "span", attributes: inner, style, close: usize::MAX });
        }
    }

    /// Rows and cells stand in tables only, and between cells nothing else does: a browser would put it elsewhere.
    fn may_stand_here(&mut self, tag: &str) -> bool {
        if self.tables == 0 {
            return tags::kind(tag) != Kind::InTable;
        }
        let around = self.open.iter().rposition(|(open, ..)| tags::is_cell_or_table(open));
        let is_between = around.is_some_and(|place| self.open[place].0 == "table");
        match tags::kind(tag) {
            Kind::InTable => true,
            _ if is_between && tag == "table" => {
                while self.open.len() > around.unwrap_or_default() {
                    self.close_last();
                }
                true
            }
            _ => !is_between,
        }
    }

    /// A paragraph ends where a block begins, a cell where the next one does.
    fn close_what_this_ends(&mut self, tag: &'static str, kind: Kind) {
        let ended: &[&str] = match tag {
            "li" => &["li"],
            "dt" | "dd" => &["dt", "dd"],
            "td" | "th" => &["td", "th"],
            "tr" => &["tr", "td", "th"],
            "thead" | "tbody" | "tfoot" | "caption" | "colgroup" => {
                &["thead", "tbody", "tfoot", "tr", "td", "th", "caption", "colgroup"]
            }
            "a" => &["a"],
            _ if kind == Kind::Block && self.paragraphs > 0 => &["p"],
            _ => return,
        };
        let boundary = match tag {
            "li" => tags::is_list,
            "dt" | "dd" => |open: &str| open == "dl" || tags::is_cell_or_table(open),
            _ if kind == Kind::InTable => |open: &str| open == "table",
            _ => tags::is_cell_or_table,
        };
        let mut found = None;
        for (place, (open, ..)) in self.open.iter().enumerate().rev() {
            if ended.contains(open) {
                found = Some(place);
            } else if boundary(open) {
                break;
            }
        }
        if let Some(place) = found {
            while self.open.len() > place {
                self.close_last();
            }
        }
    }

    fn end(&mut self, tag: &'static str) {
        if let Some(count) = self.ignored.get_mut(tag).filter(|count| **count > 0) {
            *count -= 1;
            return;
        }
        let in_table = tags::kind(tag) == Kind::InTable || tag == "table";
        let found = self
            .open
            .iter()
            .rposition(|(open, ..)| *open == tag || (!in_table && tags::is_cell_or_table(open)) || *open == "table");
        if let Some(place) = found.filter(|place| self.open[*place].0 == tag) {
            while self.open.len() > place {
                self.close_last();
            }
        }
    }

    fn close_last(&mut self) {
        let Some((tag, place, wraps)) = self.open.pop() else { return };
        self.tables -= usize::from(tag == "table");
        self.paragraphs -= usize::from(tag == "p");
        if wraps {
            let at = self.pieces.all.len();
            self.pieces.all.push(Piece::Close { tag: "span" });
            self.set_close(place + 1, at);
        }
        let at = self.pieces.all.len();
        self.pieces.all.push(Piece::Close { tag });
        self.set_close(place, at);
    }

    fn set_close(&mut self, place: usize, at: usize) {
        if let Some(Piece::Open { close, .. }) = self.pieces.all.get_mut(place) {
            *close = at;
        }
    }
}

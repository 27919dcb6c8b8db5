//! What is written of a page: words, the line breaks and marks owed before them, the addresses of links.

use super::super::{is_mark, link};
use super::{DEEPEST, LONGEST_LINK, Page};

impl Page {
    pub(in super::super) fn literal(&mut self, text: &str, at: usize) -> usize {
        self.text(text);
        at + text.len()
    }

    pub(super) fn end_link(&mut self) {
        let Some((href, from)) = self.link.take() else { return };
        let text = self.out.get(from..).filter(|text| text.len() < LONGEST_LINK).unwrap_or("");
        let text: String = text.chars().filter(|c| !is_mark(*c)).collect();
        if let Some(address) = link::address_to_show(&href, &text, self.base.as_deref()) {
            if !self.out.ends_with([' ', '\n']) {
                self.out.push(' ');
            }
            self.out.push('<');
            self.out.push_str(&address);
            self.out.push('>');
        }
    }

    /// Owes line breaks for a block that opens or closes here.
    pub(super) fn new_line(&mut self, breaks: usize) {
        if self.hold {
            return;
        }
        self.break_line(if self.spacer { 2 } else { breaks });
        self.spacer = false;
    }

    pub(super) fn break_line(&mut self, breaks: usize) {
        if !self.out.is_empty() {
            self.breaks = self.breaks.max(breaks);
        }
        self.blank = false;
    }

    pub(super) fn line_break(&mut self) {
        if self.breaks > 0 || self.out.is_empty() {
            self.breaks = (self.breaks + 1).min(3);
        } else {
            self.breaks = 1;
        }
        self.blank = false;
    }

    pub(in super::super) fn text(&mut self, text: &str) {
        // Control characters are no text in HTML either.
        let invisible = |c: char| {
            matches!(c, '\u{200b}' | '\u{200c}' | '\u{feff}' | '\u{ad}' | '\u{34f}')
                || is_mark(c)
                || c.is_control() && !c.is_ascii_whitespace()
        };
        // No-break spaces and form feeds are blanks, within preformatted text too.
        let blank = |c: char| matches!(c, '\u{a0}' | '\u{c}');
        if text.contains(|c| blank(c) || invisible(c)) {
            let plain: String =
                text.chars().filter(|c| !invisible(*c)).map(|c| if blank(c) { ' ' } else { c }).collect();
            self.spacer |= text.contains('\u{a0}') && plain.trim().is_empty() && (self.breaks > 0 || self.hold);
            self.words(&plain);
        } else {
            self.words(text);
        }
    }

    fn words(&mut self, text: &str) {
        if self.preformatted > 0 {
            for (number, line) in text.split('\n').enumerate() {
                if number > 0 {
                    self.flush();
                    self.breaks = 1;
                    self.flush();
                }
                if !line.is_empty() {
                    self.flush();
                    let line = line.trim_end_matches('\r').chars();
                    self.out.extend(line.map(|c| if c == '\r' { ' ' } else { c }));
                }
            }
            return;
        }
        for (number, word) in text.split(|c: char| c.is_ascii_whitespace()).enumerate() {
            self.blank |= number > 0;
            if word.is_empty() {
                continue;
            }
            let fresh = self.out.is_empty() || self.breaks > 0;
            self.flush();
            if self.cell && !fresh {
                self.out.push('\t');
            } else if self.blank && !fresh && !self.out.ends_with([' ', '\n']) {
                self.out.push(' ');
            }
            (self.blank, self.cell, self.hold, self.spacer) = (false, false, false, false);
            self.out.push_str(word);
        }
    }

    /// Writes what is owed before a text: line breaks, the quote marks of the line that begins, a bullet.
    fn flush(&mut self) {
        if self.breaks > 0 || self.out.is_empty() {
            let quotes = "> ".repeat(self.quotes.min(DEEPEST));
            for left in (0..self.breaks).rev() {
                self.out.truncate(self.out.trim_end_matches([' ', '\t']).len());
                self.out.push('\n');
                if left > 0 {
                    self.out.push_str(quotes.trim_end());
                }
            }
            self.out.extend(self.marks.drain(..));
            self.out.push_str(&quotes);
            self.breaks = 0;
            self.blank = false;
        }
        self.out.extend(self.marks.drain(..));
        if let Some(bullet) = self.bullet.take() {
            self.out.push_str(&bullet);
        }
    }
}

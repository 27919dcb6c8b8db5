//! Rows and cells of separated text (RFC 4180 and what programs really write).
//!
//! Fast where files are plain: text is checked to be UTF-8 a block at a time, a row without quotation marks is split
//! without copying, and columns that nobody asked for are not split at all.

use memchr::{memchr, memchr_iter, memchr2, memrchr};

use super::super::{decode::BLOCK, decode::Decoder, error::ReadError, source::Source};
use super::dialect::Dialect;

/// A row is refused beyond this length.
pub(super) const LONGEST_ROW: usize = 16 << 20;
/// A row with quotation marks that is not complete within this has lost a closing one, as far as we can tell.
const LONGEST_QUOTE: usize = LONGEST_ROW;

/// Reads rows one after the other into a buffer that is used again.
pub(super) struct Rows<'a> {
    decoder: Decoder<'a>,
    text: String,
    at: usize,
    dialect: Dialect,
    /// Cells beyond this many are not split.
    pub(super) limit: usize,
    /// Cells of the present row, of `text`, or unquoted when the row has quotation marks.
    cells: Cells,
    quoted: bool,
    /// Cells of the present row beyond those that were split.
    beyond: usize,
    /// Where the present row ends, when it has no quotation marks.
    end: usize,
    /// Number of the present row, the header being 1.
    pub(super) row: u64,
    /// Whether the present row ends with a line end, as all but the last must.
    pub(super) closed: bool,
    /// Whether a quotation mark in the present row is never closed.
    pub(super) unclosed_quote: bool,
    /// Whether there is more than could be searched for it.
    too_far: bool,
}

impl<'a> Rows<'a> {
    /// Rows of a source that begins with `first` (given to recognise UTF-16 by its mark).
    pub(super) fn new(first: &[u8], source: Source<'a>, dialect: Dialect) -> Self {
        let text = String::with_capacity(2 * BLOCK);
        Self { decoder: Decoder::new(first, source), text, ..Rows::empty(dialect) }
    }

    fn empty(dialect: Dialect) -> Self {
        Self {
            decoder: Decoder::ended(),
            text: String::new(),
            at: 0,
            dialect,
            limit: usize::MAX,
            cells: Cells::default(),
            quoted: false,
            beyond: 0,
            end: 0,
            row: 0,
            closed: true,
            unclosed_quote: false,
            too_far: false,
        }
    }

    /// Rows of texts that are given one after the other, and each end where a row ends.
    pub(super) fn of_texts(&self) -> Rows<'static> {
        let limit = self.limit;
        Rows { limit, decoder: Decoder::ended(), ..Rows::empty(self.dialect) }
    }

    /// Begins with a text. The one before is given back.
    pub(super) fn exchange(&mut self, text: String) -> String {
        (self.at, self.row) = (0, 0);
        std::mem::replace(&mut self.text, text)
    }

    /// Takes whole rows from the front of what is left, about `size` bytes, into `piece`. `false` when the rest is to be
    /// read row by row: the end is near, a row is longer than that, or it has a quotation mark that is not closed here.
    pub(super) fn cut(&mut self, size: usize, piece: &mut String) -> Result<bool, ReadError> {
        self.text.drain(..self.at);
        self.at = 0;
        while self.text.len() < size && !self.decoder.ended {
            self.decoder.more(&mut self.text)?;
        }
        if self.decoder.ended && self.text.len() < size {
            return Ok(false);
        }
        let end = self.whole_rows(self.text.floor_char_boundary(size));
        if end == 0 {
            return Ok(false);
        }
        piece.clear();
        piece.push_str(&self.text[end..]);
        std::mem::swap(piece, &mut self.text);
        piece.truncate(end);
        Ok(true)
    }

    /// Where the last row ends that is whole within the first `length` bytes; the text begins with a row.
    fn whole_rows(&self, length: usize) -> usize {
        let text = &self.text[..length];
        let bytes = text.as_bytes();
        let mut at = 0;
        loop {
            let last = |end: usize| memrchr(self.dialect.newline, &bytes[at..end]).map_or(at, |found| at + found + 1);
            let Some(quote) = memchr(self.dialect.mark, &bytes[at..]) else { return last(length) };
            let row = last(at + quote);
            match unquote(&text[row..], self.dialect, false, &mut ()) {
                Some(length) => at = row + length,
                None => return row,
            }
        }
    }

    /// Goes to the next row; `false` at the end. Empty rows are passed over but counted.
    #[inline]
    pub(super) fn advance(&mut self) -> Result<bool, ReadError> {
        let Dialect { newline, mark, spaced, .. } = self.dialect;
        loop {
            let rest = &self.text.as_bytes()[self.at..];
            // One search for both: most rows have no quotation mark before their end.
            let found = memchr2(newline, mark, rest);
            let quoted = spaced || found.is_some_and(|at| rest[at] != newline);
            let end = if quoted { memchr(newline, rest) } else { found };
            if end.unwrap_or(rest.len()) > LONGEST_ROW {
                return Err(ReadError::RowTooLong { row: self.row + 1 });
            }
            let Some(length) = end else {
                if !self.decoder.ended {
                    self.fill()?;
                    continue;
                }
                if rest.trim_ascii().is_empty() {
                    return Ok(false);
                }
                self.row += 1;
                self.closed = false;
                // The last row is split whole, to tell whether it was cut off.
                self.limit = usize::MAX;
                let end = self.text.len();
                return self.split(end, end, quoted);
            };
            self.row += 1;
            let end = self.at + length;
            if rest[..length].trim_ascii().is_empty() {
                self.at = end + 1;
                continue;
            }
            return self.split(end, end + 1, quoted);
        }
    }

    /// Number of cells of the present row (up to `limit`).
    pub(super) fn len(&self) -> usize {
        self.cells.ranges.len()
    }

    /// Number of cells of the present row, split or not.
    #[inline]
    pub(super) fn count(&self) -> usize {
        self.cells.ranges.len() + self.beyond
    }

    /// What is wrong with a quotation mark that is not closed.
    pub(super) fn unclosed(&self) -> &'static str {
        if self.too_far {
            "a quotation mark is opened and not closed within 16 MB: it is a stray one, or the cell is too long to read"
        } else {
            "a quotation mark is opened and never closed"
        }
    }

    /// Whether all cells of the present row from this on are empty.
    pub(super) fn is_empty_from(&self, at: usize) -> bool {
        let unsplit = match self.cells.ranges.last() {
            Some(&(_, last)) if self.beyond > 0 => &self.text[last..self.end],
            _ => "",
        };
        let separator = char::from(self.dialect.separator);
        let kept = self.cells.ranges.len();
        (at..kept).filter_map(|at| self.cell(at)).all(|cell| cell.trim().is_empty())
            // Before the first of these cells there is a separator, and as many as were not split before it.
            && unsplit.split(separator).skip(1 + at.saturating_sub(kept)).all(|cell| cell.trim().is_empty())
    }

    /// A cell of the present row.
    #[inline]
    pub(super) fn cell(&self, at: usize) -> Option<&str> {
        let &(start, end) = self.cells.ranges.get(at)?;
        if self.quoted { self.cells.unquoted.get(start..end) } else { self.text.get(start..end) }
    }

    /// How many cells of all rows so far stood between marks, and behind how many of these something followed.
    pub(super) fn marks(&self) -> (usize, usize) {
        (self.cells.closed, self.cells.odd)
    }

    /// Whether all of the source was taken; the last rows may still be to come.
    pub(super) fn is_ended(&self) -> bool {
        self.decoder.ended
    }

    /// Whether the source broke off before its end.
    pub(super) fn is_broken(&self) -> bool {
        self.decoder.broken
    }

    /// Whether bytes had to be taken as Windows-1252 because they are not UTF-8.
    pub(super) fn is_not_utf8(&self) -> bool {
        self.decoder.not_utf8
    }

    #[inline]
    fn split(&mut self, end: usize, next: usize, quoted: bool) -> Result<bool, ReadError> {
        let cells = &mut self.cells.ranges;
        cells.clear();
        self.unclosed_quote = false;
        if quoted {
            return self.split_quoted();
        }
        self.quoted = false;
        self.beyond = 0;
        let start = self.at;
        let line = &self.text.as_bytes()[start..end];
        let length = line.len() - usize::from(line.last() == Some(&b'\r'));
        let mut from = 0;
        for found in memchr_iter(self.dialect.separator, &line[..length]) {
            cells.push((start + from, start + found));
            from = found + 1;
            if cells.len() == self.limit {
                self.beyond = 1 + count(self.dialect.separator, &line[from..length]);
                self.end = start + length;
                self.at = next;
                return Ok(true);
            }
        }
        cells.push((start + from, start + length));
        self.at = next;
        Ok(true)
    }

    /// Splits a row with quotation marks, which may run over several lines.
    fn split_quoted(&mut self) -> Result<bool, ReadError> {
        self.quoted = true;
        self.beyond = 0;
        loop {
            self.cells.clear();
            let rest = &self.text[self.at..];
            // No further, so that the answer is the same wherever blocks end.
            let near = &rest[..rest.floor_char_boundary(LONGEST_QUOTE)];
            let ended = self.decoder.ended && near.len() == rest.len();
            match unquote(near, self.dialect, ended, &mut self.cells) {
                Some(length) => {
                    self.closed = near.as_bytes()[..length].last() == Some(&self.dialect.newline);
                    self.at += length;
                    return Ok(true);
                }
                None if rest.len() < LONGEST_QUOTE && !self.decoder.ended => {
                    // Twice as much each time, so that a long cell is gone over a few times only.
                    let wanted = rest.len() * 2;
                    self.fill()?;
                    while self.text.len() < wanted && !self.decoder.ended {
                        self.fill()?;
                    }
                }
                None => {
                    // Give up on this line only, so that one stray mark does not swallow the file.
                    self.unclosed_quote = true;
                    self.too_far = !ended;
                    let line = memchr(self.dialect.newline, rest.as_bytes());
                    // A cut-off file and a stray mark look alike; when only one line is left it is the cut.
                    self.closed = line.is_some();
                    self.at += line.map_or(rest.len(), |length| length + 1);
                    return Ok(true);
                }
            }
        }
    }

    /// Reads one more block behind what is left of the text.
    #[cold]
    fn fill(&mut self) -> Result<(), ReadError> {
        self.text.drain(..self.at);
        self.at = 0;
        Ok(self.decoder.more(&mut self.text)?)
    }
}

/// How often a byte comes, in sums of bytes, which the processor does many of at once: faster than searching in pieces as
/// short as the rest of a row.
#[inline]
fn count(byte: u8, text: &[u8]) -> usize {
    text.chunks(128).map(|part| usize::from(part.iter().map(|&other| u8::from(other == byte)).sum::<u8>())).sum()
}

/// Cells as ranges of a text; those of rows with quotation marks have a text of their own.
#[derive(Default)]
struct Cells {
    ranges: Vec<(usize, usize)>,
    unquoted: String,
    start: usize,
    /// Cells between marks so far, and those with something behind the second.
    closed: usize,
    odd: usize,
}

impl Cells {
    fn clear(&mut self) {
        self.ranges.clear();
        self.unquoted.clear();
        self.start = 0;
    }
}

/// Takes the cells of a row with quotation marks.
trait Take {
    /// More of the present cell.
    fn text(&mut self, text: &str);
    /// The present cell stands between marks; whether something follows the second.
    fn closed(&mut self, odd: bool);
    /// The present cell ends.
    fn end(&mut self);
}

impl Take for Cells {
    fn text(&mut self, text: &str) {
        self.unquoted.push_str(text);
    }

    fn closed(&mut self, odd: bool) {
        self.closed += 1;
        self.odd += usize::from(odd);
    }

    fn end(&mut self) {
        self.ranges.push((self.start, self.unquoted.len()));
        self.start = self.unquoted.len();
    }
}

/// Only the length is wanted.
impl Take for () {
    fn text(&mut self, _: &str) {}
    fn closed(&mut self, _: bool) {}
    fn end(&mut self) {}
}

/// Splits the row that `text` begins with; how many bytes it takes with its line end. `None` when a quotation mark is not
/// closed, or the row has no end, unless the text has `ended` with it.
fn unquote(text: &str, dialect: Dialect, ended: bool, into: &mut impl Take) -> Option<usize> {
    let bytes = text.as_bytes();
    let mut at = 0;
    loop {
        if dialect.spaced {
            at += bytes[at..].iter().take_while(|&&byte| byte == b' ').count();
        }
        // Spreadsheets keep digits a text with `="0012"`.
        at += usize::from(bytes[at..].starts_with(&[b'=', dialect.mark]));
        let marked = bytes.get(at) == Some(&dialect.mark);
        if marked {
            at = closing(text, at + 1, dialect, into)?;
        }
        // Plain text, or what follows a closing mark by mistake.
        let found = memchr2(dialect.separator, dialect.newline, &bytes[at..]);
        if found.is_none() && !ended {
            return None;
        }
        let end = found.map_or(bytes.len(), |length| at + length);
        let last = bytes.get(end) != Some(&dialect.separator);
        let mut tail = &text[at..end];
        if last {
            tail = tail.strip_suffix('\r').unwrap_or(tail);
        }
        if marked {
            if dialect.spaced {
                tail = tail.trim_end_matches(' ');
            }
            into.closed(!tail.is_empty());
        }
        into.text(tail);
        into.end();
        at = end + 1;
        if last {
            return Some(at.min(bytes.len()));
        }
    }
}

/// Takes what stands between marks, the first of which is before `at`; what follows the second.
fn closing(text: &str, mut at: usize, dialect: Dialect, into: &mut impl Take) -> Option<usize> {
    let (bytes, mark) = (text.as_bytes(), dialect.mark);
    loop {
        let rest = &bytes[at..];
        let length = if dialect.backslash { memchr2(mark, b'\\', rest) } else { memchr(mark, rest) }?;
        into.text(&text[at..at + length]);
        at += length + 1;
        let next = bytes.get(at).copied();
        if bytes[at - 1] == mark {
            if next != Some(mark) {
                return Some(at);
            }
            into.text(&text[at..=at]);
            at += 1;
        } else if next? == mark || next == Some(b'\\') {
            into.text(&text[at..=at]);
            at += 1;
        } else {
            // It stands for itself.
            into.text("\\");
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn all(bytes: &[u8], separator: u8) -> (Vec<Vec<String>>, bool) {
        let mut rows = Rows::new(bytes, Box::new(bytes), Dialect::plain(separator, b'\n'));
        let mut seen = Vec::new();
        while rows.advance().unwrap() {
            seen.push((0..rows.len()).map(|at| rows.cell(at).unwrap().to_owned()).collect());
        }
        (seen, rows.is_not_utf8())
    }

    #[test]
    fn plain_and_quoted_rows() {
        let (rows, _) = all(b"a,b\r\n\r\n\"1,5\",\"say \"\"hi\"\"\"\r\n\"two\nlines\",5\" disk\nx,", b',');
        assert_eq!(rows, [vec!["a", "b"], vec!["1,5", "say \"hi\""], vec!["two\nlines", "5\" disk"], vec!["x", ""]]);
    }

    #[test]
    fn a_stray_mark_costs_one_row() {
        let bytes = b"a;b\n\"open;1\nnext;2\n";
        let mut rows = Rows::new(bytes, Box::new(&bytes[..]), Dialect::plain(b';', b'\n'));
        assert!(rows.advance().unwrap() && rows.advance().unwrap());
        assert!(rows.unclosed_quote);
        assert!(rows.advance().unwrap());
        assert_eq!((rows.cell(0), rows.row), (Some("next"), 3));
    }

    #[test]
    fn other_encodings_are_understood() {
        assert_eq!(all(b"f\xFCr,x\n", b','), (vec![vec!["für".to_owned(), "x".into()]], true));
        let utf16: Vec<u8> =
            b"\xFF\xFE".iter().copied().chain("für\tx\n".encode_utf16().flat_map(u16::to_le_bytes)).collect();
        assert_eq!(all(&utf16, b'\t'), (vec![vec!["für".to_owned(), "x".into()]], false));
        assert_eq!(all("ä,ö\nü".as_bytes(), b','), (vec![vec!["ä".to_owned(), "ö".into()], vec!["ü".into()]], false));
    }
}

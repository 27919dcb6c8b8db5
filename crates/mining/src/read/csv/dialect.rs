//! How a table is written: what lies between its cells and rows, and how marks around cells are put. Settled by trying.

use memchr::memmem;

use super::super::ReadError;
use super::rows::Rows;
use super::{Ends, sampled};

/// As much of a file is tried with each separator.
const NEAR: usize = 1 << 16;

/// What lies between cells and rows, and how marks around cells are put.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Dialect {
    /// Between cells.
    pub(super) separator: u8,
    /// Between rows.
    pub(super) newline: u8,
    /// Around a cell that holds one of these.
    pub(super) mark: u8,
    /// Marks inside of cells may have a backslash before them. Two of them are one in any dialect.
    pub(super) backslash: bool,
    /// Spaces before cells mean nothing, so that a mark may follow them.
    pub(super) spaced: bool,
}

impl Dialect {
    /// As RFC 4180 has it, but for the separator and the line end.
    pub(super) fn plain(separator: u8, newline: u8) -> Self {
        Self { separator, newline, mark: b'"', backslash: false, spaced: false }
    }

    /// The dialect of a file that begins so, and whether its first row only names the separator.
    pub(super) fn found(first: &[u8]) -> Result<(Self, bool), ReadError> {
        let newline = if memchr::memchr(b'\n', first).is_none() && first.contains(&b'\r') { b'\r' } else { b'\n' };
        let declared = declared(first, newline)?;
        let separator = declared.map_or_else(|| separator(first, newline), Ok)?;
        Ok((Self::plain(separator, newline).marked(first, declared.is_some())?, declared.is_some()))
    }

    /// What a reader should know of it beyond its separator.
    pub(super) fn notes(self) -> impl Iterator<Item = String> {
        [
            (self.mark == b'\'', "texts stand between single quotation marks"),
            (self.backslash, "a backslash stands before quotation marks that belong to a text"),
            (self.spaced, "spaces before cells are left out, because quotation marks follow them"),
        ]
        .into_iter()
        .filter(|&(is, _)| is)
        .map(|(_, note)| note.to_owned())
    }

    /// The dialect whose marks fit the file best; this one where no other is better.
    fn marked(self, first: &[u8], named: bool) -> Result<Self, ReadError> {
        let has = |part: &[u8]| memmem::find(first, part).is_some();
        let single = has(&[self.separator, b'\'']) || first.starts_with(b"'");
        let spaced = has(b" \"");
        let others: Vec<Self> = [(b'"', false), (b'"', true), (b'\'', false)]
            .into_iter()
            .flat_map(|(mark, spaced)| [false, true].map(|backslash| Self { mark, backslash, spaced, ..self }))
            .filter(|other| {
                (other.mark == b'"' || single)
                    && (!other.spaced || spaced)
                    && (!other.backslash || has(&[b'\\', other.mark]))
                    && *other != self
            })
            .collect();
        if others.is_empty() {
            return Ok(self);
        }
        let plain = self.fit(first, named)?;
        let mut best = (self, plain);
        for other in others {
            let fit = other.fit(first, named)?;
            // One apostrophe is no mark, and one text may begin with a space and a mark.
            let is_usual = (fit.closed.saturating_sub(plain.closed)) * 2 >= fit.rows || fit.alike > plain.alike;
            let is_enough = is_usual || (other.mark == b'"' && !other.spaced);
            if is_enough && fit.is_better(best.1) {
                best = (other, fit);
            }
        }
        Ok(best.0)
    }

    /// How well it fits the beginning of a file.
    fn fit(self, first: &[u8], named: bool) -> Result<Fit, ReadError> {
        let mut rows = Rows::new(first, Box::new(first), self);
        let mut fit = Fit::default();
        let mut columns = 0;
        while rows.advance()? {
            if rows.row == 1 && named {
                continue;
            }
            fit.rows += 1;
            columns = if fit.rows == 1 { rows.len() } else { columns };
            fit.alike += usize::from(!rows.unclosed_quote && rows.len() == columns);
        }
        (fit.closed, fit.odd) = rows.marks();
        Ok(fit)
    }
}

/// How well a dialect fits.
#[derive(Debug, Clone, Copy, Default)]
struct Fit {
    rows: usize,
    /// Rows with as many cells as the first.
    alike: usize,
    /// Cells between marks, and those of them with something behind the second.
    closed: usize,
    odd: usize,
}

impl Fit {
    fn is_better(self, than: Self) -> bool {
        let order = |fit: Self| (fit.alike, usize::MAX - fit.odd, fit.closed);
        order(self) > order(than)
    }
}

/// The separator that the file names in a first row `sep=;`, as Excel reads it.
fn declared(first: &[u8], newline: u8) -> Result<Option<u8>, ReadError> {
    // Nothing lies between cells yet, so the row is one cell, without the quotation marks that it may have.
    let mut rows = Rows::new(first, Box::new(first), Dialect::plain(0, newline));
    if !rows.advance()? || rows.unclosed_quote {
        return Ok(None);
    }
    let line = rows.cell(0).unwrap_or_default().trim_start_matches('\u{feff}');
    Ok(match line.as_bytes() {
        [b's' | b'S', b'e' | b'E', b'p' | b'P', b'=', separator] if separator.is_ascii() => Some(*separator),
        _ => None,
    })
}

/// The separator, going by how many rows it cuts alike.
fn separator(first: &[u8], newline: u8) -> Result<u8, ReadError> {
    let mut best = (b',', 0, 0);
    let mut below = (b',', 0);
    for separator in *b",;\t|^~\x01" {
        let near = &first[..first.len().min(NEAR)];
        let ends = Ends { whole: first.len() < NEAR, unclosed: true };
        let rows = sampled(near, Dialect::plain(separator, newline), false, ends)?;
        let lengths: Vec<usize> = rows.iter().take(51).map(Vec::len).collect();
        let header = lengths.first().copied().unwrap_or_default();
        let alike = |length: usize| lengths.iter().skip(1).filter(|&&other| other == length).count();
        // Most rows alike first, then most columns.
        let score = if header > 1 { 1 + alike(header) } else { 0 };
        if score > best.1 || (score == best.1 && header > best.2) {
            best = (separator, score, header);
        }
        let most = lengths.iter().filter(|&&length| length > 2).map(|&length| alike(length)).max().unwrap_or_default();
        if most > below.1 {
            below = (separator, most);
        }
    }
    // Where the first row has one cell only, something may stand above the header.
    Ok(if best.1 == 0 { below.0 } else { best.0 })
}

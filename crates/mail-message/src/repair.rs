//! Borders between parts that a program or a relay broke, mended before the structure is read: boundaries never closed,
//! never named or named wrongly, several Content-Types. One pass over the lines; headers and borders count only where
//! they stand in the structure, so that the content of a part is never touched.

use std::collections::HashMap;

use crate::Warning;
use crate::header::parameters;

/// How often a boundary is looked for in the whole rest of a message.
const MOST_GUESSES: usize = 20;

/// The message with its structure mended; `None` when nothing is broken.
pub(crate) fn repaired(bytes: &[u8], warnings: &mut Vec<Warning>) -> Option<Vec<u8>> {
    let mut scan = Scan { bytes, ..Scan::default() };
    scan.run();
    if scan.is_damaged {
        warnings.push(Warning::DamagedStructure);
    }
    (!scan.changes.is_empty()).then(|| changed(bytes, scan.changes))
}

enum Change {
    Insert(Vec<u8>),
    /// Another letter instead of the one that is there: a header that must not count gets another name.
    Letter(u8),
}

fn changed(bytes: &[u8], mut changes: Vec<(usize, Change)>) -> Vec<u8> {
    // What is put in at a place stands before the letter there.
    changes.sort_by_key(|(at, change)| (*at, matches!(change, Change::Letter(_))));
    let mut out = Vec::with_capacity(bytes.len() + 100);
    let mut from = 0;
    for (at, change) in changes {
        out.extend_from_slice(bytes.get(from..at).unwrap_or_default());
        from = at.max(from);
        match change {
            Change::Insert(piece) => out.extend(piece),
            Change::Letter(letter) => {
                out.push(letter);
                from += 1;
            }
        }
    }
    out.extend_from_slice(bytes.get(from..).unwrap_or_default());
    out
}

/// What became of a boundary that some Content-Type names.
#[derive(Clone, Copy, PartialEq)]
enum Boundary {
    Named,
    /// Seen; its place among those that are open.
    Open(usize),
    Closed,
}

#[derive(Default)]
struct Scan<'x> {
    bytes: &'x [u8],
    boundaries: HashMap<&'x [u8], Boundary>,
    open: Vec<&'x [u8]>,
    changes: Vec<(usize, Change)>,
    is_damaged: bool,
    guesses: usize,
    block: Block,
}

/// A block of headers that is being read: where things are in the message.
#[derive(Default)]
struct Block {
    start: usize,
    /// Each Content-Type: where its name begins, where its value begins and ends.
    types: Vec<(usize, usize, usize)>,
    encoding: Option<(usize, usize)>,
    last: Last,
}

#[derive(Default, PartialEq)]
enum Last {
    Type,
    Encoding,
    #[default]
    Other,
}

impl<'x> Scan<'x> {
    fn run(&mut self) {
        let bytes = self.bytes;
        let (mut at, mut in_headers) = (0, true);
        while at < bytes.len() {
            let end = memchr::memchr(b'\n', &bytes[at..]).map_or(bytes.len(), |end| at + end + 1);
            let line = bytes[at..end].trim_ascii_end();
            if in_headers && self.is_own_border(line) {
                // The empty line below the headers is missing.
                self.changes.push((at, Change::Insert(b"\n".to_vec())));
                self.end_of_headers(at);
            }
            if line.starts_with(b"--")
                && let Some(opens) = self.border(at, &line[2..])
            {
                in_headers = opens;
                self.block = Block { start: end, ..Block::default() };
            } else if in_headers && line.is_empty() {
                in_headers = self.end_of_headers(end);
                self.block = Block { start: end, ..Block::default() };
            } else if in_headers {
                self.header(at, at + line.len());
            }
            at = end;
        }
        if in_headers && !self.block.types.is_empty() {
            self.end_of_headers(bytes.len());
        }
        let mut before = if bytes.ends_with(b"\n") { "" } else { "\r\n" };
        while let Some(boundary) = self.open.pop() {
            self.close(bytes.len(), boundary, before);
            before = "";
        }
    }

    /// Whether a line among the headers is the border that these headers name.
    fn is_own_border(&mut self, line: &[u8]) -> bool {
        let Some(border) = line.strip_prefix(b"--").filter(|_| self.guesses < MOST_GUESSES) else { return false };
        let Some(&(_, from, to)) = self.block.types.last() else { return false };
        self.guesses += 1;
        parameters(&self.bytes[from..to]).get("boundary").is_some_and(|named| named.as_bytes() == border)
    }

    fn header(&mut self, at: usize, end: usize) {
        let line = &self.bytes[at..end];
        let starts = |name: &[u8]| line.get(..name.len()).is_some_and(|begin| begin.eq_ignore_ascii_case(name));
        let unfolded = self.block.last == Last::Type && starts(b"boundary=");
        if unfolded {
            // A relay took the blank away that made this a continuation.
            self.changes.push((at, Change::Insert(b" ".to_vec())));
        }
        if unfolded || matches!(line.first(), Some(b' ' | b'\t')) {
            match self.block.last {
                Last::Type => {
                    if let Some((_, _, until)) = self.block.types.last_mut() {
                        *until = end;
                    }
                }
                Last::Encoding => self.block.encoding = self.block.encoding.map(|(from, _)| (from, end)),
                Last::Other => {}
            }
            return;
        }
        let colon = memchr::memchr(b':', line).unwrap_or(line.len());
        let value = (at + colon + 1).min(end);
        let name = line[..colon].trim_ascii_end();
        self.block.last = if name.eq_ignore_ascii_case(b"content-type") {
            self.block.types.push((at, value, end));
            Last::Type
        } else if name.eq_ignore_ascii_case(b"content-transfer-encoding") {
            self.block.encoding = Some((value, end));
            Last::Encoding
        } else {
            Last::Other
        };
    }

    /// Decides what the block says; gives whether another block of headers follows at `body`, as in a message within.
    fn end_of_headers(&mut self, body: usize) -> bool {
        let bytes = self.bytes;
        let value = |&(_, from, to): &(usize, usize, usize)| bytes[from..to].trim_ascii();
        let is_multipart = |kind: &&(usize, usize, usize)| starts_with(value(kind), b"multipart/");
        let types = std::mem::take(&mut self.block.types);
        // The first counts, unless only another one says how the parts are separated.
        let chosen = types.iter().find(is_multipart).or(types.iter().find(|kind| !value(kind).is_empty()));
        for other in types.iter().filter(|kind| Some(kind.0) != chosen.map(|chosen| chosen.0)) {
            self.changes.push((other.0, Change::Letter(b'X')));
            self.is_damaged |= !value(other).is_empty();
        }
        let Some(chosen) = chosen else {
            if self.block.start == 0 {
                self.guess_type(body);
            }
            return false;
        };
        let said = value(chosen);
        if is_multipart(&chosen) {
            self.multipart(chosen, body);
            return false;
        }
        let kind = said.split(|byte| *byte == b';').next().unwrap_or(said).trim_ascii();
        if !kind.contains(&b'/') {
            // "Content-Type: text" is older than MIME; any other single word says nothing.
            if kind.eq_ignore_ascii_case(b"text") {
                let at =
                    chosen.1 + (bytes[chosen.1..chosen.2].len() - bytes[chosen.1..chosen.2].trim_ascii_start().len());
                self.changes.push((at + kind.len(), Change::Insert(b"/plain".to_vec())));
            } else {
                self.changes.push((chosen.0, Change::Letter(b'X')));
            }
        }
        let encoded = self.block.encoding.is_some_and(|(from, to)| {
            let encoding = bytes[from..to].trim_ascii();
            starts_with(encoding, b"base64") || starts_with(encoding, b"quoted-printable")
        });
        !encoded && (starts_with(said, b"message/rfc822") || starts_with(said, b"message/global"))
    }

    fn multipart(&mut self, &(name, from, to): &(usize, usize, usize), body: usize) {
        let bytes = self.bytes;
        let named = parameters(&bytes[from..to]).get("boundary").map(|boundary| boundary.trim_end().to_owned());
        // Only a boundary that is written as it is can be a piece of the message.
        let named = named.filter(|boundary| !boundary.is_empty());
        let found = named.as_deref().and_then(|boundary| {
            let at = memchr::memmem::find(&bytes[from..to], boundary.as_bytes())?;
            Some(&bytes[from + at..from + at + boundary.len()])
        });
        let is_first = self.block.start == 0;
        let lost = match found {
            None => named.is_none(),
            Some(boundary) => is_first && memchr::memmem::find(&bytes[body..], &[b"--", boundary].concat()).is_none(),
        };
        if lost && self.guesses < MOST_GUESSES {
            self.guesses += 1;
            if let Some(boundary) = guess(&bytes[body..]) {
                let kind = bytes[from..to].trim_ascii();
                let kind =
                    kind.split(|byte| matches!(byte, b';' | b' ' | b'\t' | b'\r' | b'\n')).next().unwrap_or(kind);
                self.changes.push((name, Change::Letter(b'X')));
                self.name_boundary(kind, boundary);
            } else {
                // Without any border there are no parts, only a text.
                self.changes.push((name, Change::Letter(b'X')));
                self.is_damaged = true;
            }
            return;
        }
        if let Some(boundary) = found {
            let value = bytes[from..to].to_ascii_lowercase();
            let name_and = |quote: &[u8]| [b"boundary=", quote, &boundary.to_ascii_lowercase()].concat();
            if ![&b""[..], b"\""].iter().any(|quote| memchr::memmem::find(&value, &name_and(quote)).is_some()) {
                // Folds and blanks around the `=`: written anew, as every program can read it.
                let kind = value.trim_ascii().split(|byte| matches!(byte, b';' | b' ' | b'\t' | b'\r' | b'\n')).next();
                let damaged = self.is_damaged;
                self.changes.push((name, Change::Letter(b'X')));
                self.name_boundary(kind.unwrap_or_default(), boundary);
                self.is_damaged = damaged;
                return;
            }
            self.boundaries.entry(boundary).or_insert(Boundary::Named);
        }
    }

    /// A message whose Content-Type got lost, but whose body begins with a boundary and ends with it.
    fn guess_type(&mut self, body: usize) {
        let rest = &self.bytes[body..];
        let text = rest.trim_ascii_start();
        if !text.starts_with(b"--") && !text.starts_with(b"This is a multi") {
            return;
        }
        if let Some(boundary) = guess(rest)
            && memchr::memmem::find(rest, &[b"\n--", boundary, b"--"].concat()).is_some()
        {
            self.name_boundary(b"multipart/mixed", boundary);
        }
    }

    /// Writes a Content-Type at the start of the block.
    fn name_boundary(&mut self, kind: &[u8], boundary: &'x [u8]) {
        let header = [b"Content-Type: ", kind, b"; boundary=\"", boundary, b"\"\n"].concat();
        self.changes.push((self.block.start, Change::Insert(header)));
        self.boundaries.entry(boundary).or_insert(Boundary::Named);
        self.is_damaged = true;
    }

    /// Handles a line `--border`: `Some(true)` when a part begins here, `Some(false)` when the last one ended, `None`
    /// when it is no border of ours.
    fn border(&mut self, at: usize, border: &'x [u8]) -> Option<bool> {
        let (border, closes) = match (self.boundaries.contains_key(border), border.strip_suffix(b"--")) {
            (true, _) => (border, false),
            (false, Some(shorter)) if self.boundaries.contains_key(shorter) => (shorter, true),
            _ => return None,
        };
        match (*self.boundaries.get(border)?, closes) {
            (Boundary::Open(place), _) => {
                // Whatever was opened within ends here, too.
                while self.open.len() > place + 1 {
                    if let Some(inner) = self.open.pop() {
                        self.close(at, inner, "");
                    }
                }
                if closes {
                    self.open.pop();
                    self.boundaries.insert(border, Boundary::Closed);
                }
                Some(!closes)
            }
            (Boundary::Named, false) => {
                self.boundaries.insert(border, Boundary::Open(self.open.len()));
                self.open.push(border);
                Some(true)
            }
            (Boundary::Named, true) | (Boundary::Closed, _) => None,
        }
    }

    fn close(&mut self, at: usize, boundary: &'x [u8], before: &str) {
        let line = [before.as_bytes(), b"--", boundary, b"--\r\n"].concat();
        self.changes.push((at, Change::Insert(line)));
        self.boundaries.insert(boundary, Boundary::Closed);
        self.is_damaged = true;
    }
}

/// The first line like a border, with a header of a part below it, that comes again.
fn guess(body: &[u8]) -> Option<&[u8]> {
    let mut lines = body.split(|byte| *byte == b'\n').map(<[u8]>::trim_ascii_end).take(500).peekable();
    while let Some(line) = lines.next() {
        let next = lines.peek().copied().unwrap_or_default();
        let Some(border) = line.strip_prefix(b"--").filter(|border| (2..=200).contains(&border.len())) else {
            continue;
        };
        let is_written = border.iter().all(|byte| byte.is_ascii_graphic() && !matches!(byte, b'"' | b'\\'));
        if is_written && starts_with(next, b"content-") {
            let again = memchr::memmem::find_iter(body, &[b"\n--", border].concat()).take(2).count();
            let first = usize::from(body.starts_with(&[b"--", border].concat()));
            return (again + first > 1).then_some(border);
        }
    }
    None
}

fn starts_with(value: &[u8], begin: &[u8]) -> bool {
    value.get(..begin.len()).is_some_and(|start| start.eq_ignore_ascii_case(begin))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(mail: &str) -> Option<String> {
        repaired(mail.as_bytes(), &mut Vec::new()).map(|bytes| String::from_utf8_lossy(&bytes).into_owned())
    }

    #[test]
    fn a_whole_structure_stays_as_it_is() {
        let whole = "Content-Type: multipart/mixed; boundary=a\n\n--a\nContent-Type: multipart/alternative;\n\tboundary=\"b\"\n\n\
            --b\n\nText: boundary=x\n--x\n--b--\n\n--a\nContent-Type: text/plain\n\nContent-Type: multipart/mixed; boundary=z\n--z\n\
            --a--\n";
        assert_eq!(of(whole), None);
        assert_eq!(of("Subject: x\n\n--a\nContent-Type: text/plain\n"), None);
        assert_eq!(of(""), None);
    }

    #[test]
    fn what_is_open_is_closed_where_it_must_have_been() {
        let cut = "Content-Type: multipart/mixed; boundary=a\n\n--a\nContent-Type: multipart/related; boundary=b\n\n--b\n\nx\n";
        assert_eq!(of(cut).as_deref(), Some(&*format!("{cut}--b--\r\n--a--\r\n")));
        let open = format!("{cut}--a--\n");
        assert_eq!(of(&open).as_deref(), Some(&*format!("{cut}--b--\r\n--a--\n")));
    }

    #[test]
    fn boundaries_that_are_not_named_are_found() {
        let parts = "--b1\nContent-Type: text/plain\n\nx\n--b1--\n";
        let typed = |kind: &str| format!("Content-Type: {kind}; boundary=\"b1\"\n");
        let none = format!("Content-Type: multipart/alternative\n\n{parts}");
        let expected = format!("{}Xontent-Type: multipart/alternative\n\n{parts}", typed("multipart/alternative"));
        assert_eq!(of(&none), Some(expected));
        let lost = format!("Subject: x\n\n{parts}");
        assert_eq!(of(&lost), Some(format!("{}{lost}", typed("multipart/mixed"))));
        let twice = "Content-Type: text/plain\nContent-Type: multipart/mixed; boundary=b1\n\n";
        assert_eq!(of(&format!("{twice}{parts}")), Some(format!("X{}{parts}", &twice[1..])));
        assert_eq!(
            of("Content-Type: text; charset=koi8-r\n\n").as_deref(),
            Some("Content-Type: text/plain; charset=koi8-r\n\n")
        );
    }
}

//! Where the parts of a mail are, byte by byte.
//!
//! `mail-message` reads a mail forgivingly and mends it; here nothing may be mended, because a signature is over the
//! bytes as they were sent.

mod field;
mod transfer;

use std::borrow::Cow;

pub(crate) use field::{Kind, sender_addresses, unfolded};
use memchr::memmem;
pub(crate) use transfer::{base64, decode, to_base64};

/// Most parts of one multipart that are looked at.
const MOST_PARTS: usize = 500;

/// A mail or a part of one: headers, an empty line, a body.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Entity<'a> {
    pub(crate) whole: &'a [u8],
    pub(crate) head: &'a [u8],
    pub(crate) body: &'a [u8],
}

impl<'a> Entity<'a> {
    pub(crate) fn of(whole: &'a [u8]) -> Self {
        let mut at = 0;
        for line in lines(whole) {
            if trimmed(line).is_empty() {
                return Self { whole, head: &whole[..at], body: &whole[at + line.len()..] };
            }
            at += line.len();
        }
        Self { whole, head: whole, body: &[] }
    }

    /// Each header as it stands, folded lines with it, with its name in lower case.
    pub(crate) fn fields(&self) -> impl Iterator<Item = (String, &'a [u8])> {
        let mut rest = self.head;
        std::iter::from_fn(move || {
            let mut end = lines(rest).next()?.len();
            for line in lines(&rest[end..]) {
                if !line.starts_with(b" ") && !line.starts_with(b"\t") {
                    break;
                }
                end += line.len();
            }
            let (field, after) = rest.split_at(end);
            rest = after;
            let name = field.split(|byte| *byte == b':').next().unwrap_or_default();
            Some((String::from_utf8_lossy(name).trim().to_ascii_lowercase(), field))
        })
    }

    /// The first header of this name, unfolded.
    pub(crate) fn header(&self, name: &str) -> Option<String> {
        let (_, field) = self.fields().find(|(found, _)| found == name)?;
        Some(field::unfolded(field))
    }

    pub(crate) fn kind(&self) -> Kind {
        Kind::parse(&self.header("content-type").unwrap_or_default())
    }

    /// What the part is called, by its disposition or its type; empty when it is not.
    pub(crate) fn file_name(&self) -> String {
        let disposition = Kind::parse(&self.header("content-disposition").unwrap_or_default());
        let name = disposition.parameter("filename").map(str::to_owned);
        name.or_else(|| self.kind().parameter("name").map(str::to_owned)).unwrap_or_default()
    }

    pub(crate) fn is_attachment(&self) -> bool {
        let disposition = self.header("content-disposition").unwrap_or_default();
        disposition.trim_start().to_ascii_lowercase().starts_with("attachment")
    }

    /// The body with its transfer encoding undone.
    pub(crate) fn decoded(&self) -> Cow<'a, [u8]> {
        decode(&self.header("content-transfer-encoding").unwrap_or_default(), self.body)
    }

    /// The parts of a multipart, each without the line end before its boundary, which belongs to the boundary.
    pub(crate) fn parts(&self) -> Vec<Entity<'a>> {
        let kind = self.kind();
        let Some(boundary) = kind.parameter("boundary").filter(|boundary| !boundary.is_empty()) else {
            return Vec::new();
        };
        let delimiter = [b"--", boundary.as_bytes()].concat();
        let mut parts = Vec::new();
        let mut from = None;
        for at in memmem::find_iter(self.body, &delimiter) {
            if at > 0 && self.body[at - 1] != b'\n' {
                continue;
            }
            let after = &self.body[at + delimiter.len()..];
            let line = lines(after).next().unwrap_or_default();
            let rest = trimmed(line);
            let is_last = rest == b"--";
            if !is_last && !rest.is_empty() {
                continue;
            }
            if let Some(from) = from {
                parts.push(Entity::of(without_line_end(&self.body[from..at.max(from)])));
            }
            from = (!is_last).then_some(at + delimiter.len() + line.len());
            if is_last || parts.len() >= MOST_PARTS {
                break;
            }
        }
        // A mail that was cut off has no last boundary.
        if let Some(from) = from.filter(|_| parts.len() < MOST_PARTS) {
            parts.push(Entity::of(without_line_end(&self.body[from..])));
        }
        parts
    }
}

/// The lines of `bytes`, each with its end.
pub(crate) fn lines(bytes: &[u8]) -> impl Iterator<Item = &[u8]> {
    bytes.split_inclusive(|byte| *byte == b'\n')
}

/// A line without blanks and line ends at its end.
pub(crate) fn trimmed(line: &[u8]) -> &[u8] {
    line.trim_ascii_end()
}

fn without_line_end(bytes: &[u8]) -> &[u8] {
    let bytes = bytes.strip_suffix(b"\n").unwrap_or(bytes);
    bytes.strip_suffix(b"\r").unwrap_or(bytes)
}

/// With each line ending in CR LF, as it travels and as it is signed; a store may have kept it otherwise.
pub(crate) fn canonical(bytes: &[u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(bytes.len() + bytes.len() / 32);
    let mut before = 0;
    for &byte in bytes {
        if byte == b'\n' && before != b'\r' {
            out.push(b'\r');
        }
        out.push(byte);
        before = byte;
    }
    out
}

/// Nothing in it that anybody would read.
pub(crate) fn is_blank(bytes: &[u8]) -> bool {
    bytes.iter().all(u8::is_ascii_whitespace)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_part_ends_before_the_line_end_of_its_boundary() {
        let mail = b"Content-Type: multipart/mixed; boundary=\"ab\"\r\n\r\nfore\r\n--ab\r\nA: b\r\n\r\none\r\n\r\n--abc\r\n--ab \r\n\r\ntwo\n--ab--\r\nafter";
        let parts = Entity::of(mail).parts();
        assert_eq!(parts.len(), 2);
        assert_eq!(parts[0].whole, b"A: b\r\n\r\none\r\n\r\n--abc");
        assert_eq!(parts[0].header("a").as_deref(), Some("b"));
        assert_eq!(parts[1].body, b"two");
    }

    #[test]
    fn line_ends_are_made_whole_once() {
        assert_eq!(canonical(b"a\nb\r\n\nc\r"), b"a\r\nb\r\n\r\nc\r");
    }
}

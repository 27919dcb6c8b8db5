//! The headers of a message: unfolded, in order, with the readings that a desk needs.

mod address;
mod date;
mod id;
mod parameters;
mod word;

pub use address::Address;
pub(crate) use address::{addresses, name_alone};
pub(crate) use date::{Dated, date};
pub(crate) use id::ids;
pub(crate) use parameters::parameters;
pub(crate) use word::decode as decode_words;

use crate::{Warning, charset};

/// Headers of which at least one must be present for a block at the start of a text to count as headers.
#[rustfmt::skip]
const KNOWN: &[&str] = &[
    "from", "to", "cc", "bcc", "subject", "date", "received", "message-id", "return-path", "reply-to", "sender",
    "content-type", "mime-version", "delivered-to", "envelope-to", "in-reply-to", "references", "auto-submitted",
    "list-id", "precedence", "content-transfer-encoding", "dkim-signature", "x-original-to", "x-mailer",
];

/// Headers that only programs write.
#[rustfmt::skip]
const TRACES: &[&str] = &[
    "received", "message-id", "return-path", "mime-version", "delivered-to", "dkim-signature",
];

/// Headers that must appear once at most (RFC 5322, section 3.6).
#[rustfmt::skip]
const ONCE: &[&str] = &[
    "from", "sender", "reply-to", "to", "cc", "message-id", "subject", "date",
];

/// The headers of one message, unfolded, in order. Names are lower case; values are as written, not yet decoded.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Headers(Vec<(String, String)>);

impl Headers {
    /// The first value of the header `name` (lower case), as written, trimmed.
    pub fn get(&self, name: &str) -> Option<&str> {
        self.0.iter().find(|(n, _)| n == name).map(|(_, value)| value.as_str())
    }

    /// Every value of the header `name` (lower case), in order.
    pub fn all<'a, 'n>(&'a self, name: &'n str) -> impl Iterator<Item = &'a str> + use<'a, 'n> {
        self.0.iter().filter(move |(n, _)| n == name).map(|(_, value)| value.as_str())
    }

    /// The first value of the header `name`, with encoded words decoded and control characters taken out.
    pub fn text(&self, name: &str) -> Option<String> {
        self.get(name).map(decode_words)
    }

    /// Every header, in order.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &str)> {
        self.0.iter().map(|(name, value)| (name.as_str(), value.as_str()))
    }
}

/// Where the message proper begins: after a byte order mark, empty lines and an mbox "From " line.
pub(crate) fn start(bytes: &[u8]) -> usize {
    let mut at = if bytes.starts_with(b"\xef\xbb\xbf") { 3 } else { 0 };
    while matches!(bytes.get(at), Some(b'\r' | b'\n')) {
        at += 1;
    }
    let rest = bytes[at..].strip_prefix(b">").unwrap_or(&bytes[at..]);
    // "From :" is a header, with a blank that was allowed once.
    let is_separator = rest.strip_prefix(b"From ").is_some_and(|rest| !rest.trim_ascii_start().starts_with(b":"));
    if is_separator {
        at += memchr::memchr(b'\n', &bytes[at..]).map_or(bytes.len() - at, |end| end + 1);
    }
    at
}

/// Reads the header block at the start of `bytes`; gives it with the offset of the body.
/// `None` when there is no header block, that is when no known header is in it.
pub(crate) fn read(bytes: &[u8], warnings: &mut Vec<Warning>) -> Option<(Headers, usize)> {
    let mut raw: Vec<(String, Vec<u8>)> = Vec::new();
    let (mut at, mut broken, mut starts_broken) = (0, false, false);
    while at < bytes.len() {
        let end = memchr::memchr(b'\n', &bytes[at..]).map_or(bytes.len(), |end| at + end + 1);
        let line = trim_line(&bytes[at..end]);
        at = end;
        if line.is_empty() {
            break;
        }
        if matches!(line[0], b' ' | b'\t') {
            if let Some((_, value)) = raw.last_mut() {
                value.push(b' ');
                value.extend_from_slice(line.trim_ascii());
            } else {
                broken = true;
                starts_broken = true;
            }
            continue;
        }
        match memchr::memchr(b':', line) {
            Some(colon) if (1..=80).contains(&colon) && is_name(line[..colon].trim_ascii_end()) => {
                let name = String::from_utf8_lossy(line[..colon].trim_ascii_end()).to_ascii_lowercase();
                raw.push((name, line[colon + 1..].trim_ascii().to_vec()));
            }
            _ => {
                broken = true;
                starts_broken |= raw.is_empty();
            }
        }
    }
    // A text may quote a header block further down; only a trace of transport makes headers of a broken beginning.
    let known = if starts_broken { TRACES } else { KNOWN };
    if !raw.iter().any(|(name, _)| known.contains(&name.as_str())) {
        return None;
    }
    if broken {
        warnings.push(Warning::BrokenHeaderLine);
    }
    let headers = Headers(raw.into_iter().map(|(name, value)| (name, charset::guess(&value))).collect());
    for name in ONCE {
        if headers.all(name).nth(1).is_some() {
            warnings.push(Warning::RepeatedHeader((*name).to_owned()));
        }
    }
    Some((headers, at))
}

fn trim_line(line: &[u8]) -> &[u8] {
    let mut line = line.strip_suffix(b"\n").unwrap_or(line);
    // Some gateways write two carriage returns.
    while let Some(shorter) = line.strip_suffix(b"\r") {
        line = shorter;
    }
    line
}

fn is_name(name: &[u8]) -> bool {
    !name.is_empty() && name.iter().all(|b| (33..=126).contains(b) && *b != b':')
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test ends where something is missing")]
mod tests {
    use super::*;

    #[test]
    fn a_text_that_begins_with_a_colon_has_no_headers() {
        assert!(read(b"One: here is what I have.\n\n- this\n", &mut Vec::new()).is_none());
        assert_eq!((start(b"\r\nFrom a@b Mon\nx"), start(b"From  : a@b\n"), start(b">From a\n")), (15, 0, 8));
        let (headers, body) = read(b"SUBJECT:  a\r\n b\r\n\r\nx", &mut Vec::new()).unwrap();
        assert_eq!((headers.get("subject"), body), (Some("a b"), 19));
    }

    #[test]
    fn a_repeated_header_counts_once_and_is_said() {
        let mut warnings = Vec::new();
        let (headers, _) = read(b"From: a@b\nFrom: c@d\nnonsense\n\n", &mut warnings).unwrap();
        assert_eq!(headers.get("from"), Some("a@b"));
        assert_eq!(warnings, [Warning::BrokenHeaderLine, Warning::RepeatedHeader("from".into())]);
    }
}

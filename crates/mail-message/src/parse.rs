//! The MIME structure, by `mail-parser`, inside limits that keep hostile structures linear and off the stack.

use mail_parser::{MessageParser, PartType};

use crate::Warning;

/// Work that unfindable boundaries may cost, in bytes looked at: each multipart may scan the whole message once.
const SCAN_BUDGET: usize = 1_000_000_000;

/// The parsed structure. Nested messages are taken apart one by one when it is dropped, since a nested drop of
/// tens of thousands of levels would overflow the stack.
pub(crate) struct Parsed<'x>(mail_parser::Message<'x>);

impl<'x> std::ops::Deref for Parsed<'x> {
    type Target = mail_parser::Message<'x>;

    fn deref(&self) -> &Self::Target {
        &self.0
    }
}

impl Drop for Parsed<'_> {
    fn drop(&mut self) {
        let mut left = std::mem::take(&mut self.0.parts);
        while let Some(part) = left.pop() {
            if let PartType::Message(mut inner) = part.body {
                left.append(&mut inner.parts);
            }
        }
    }
}

/// Reads the structure of `bytes`. `None` when there is none to read; then a warning says why.
pub(crate) fn parse<'x>(bytes: &'x [u8], warnings: &mut Vec<Warning>) -> Option<Parsed<'x>> {
    let bytes = within_limits(bytes, warnings);
    // The parser promises not to panic; a mail must not stop the desk if that promise is ever broken.
    let parsed = std::panic::catch_unwind(|| MessageParser::new().with_mime_headers().parse(bytes));
    match parsed {
        Ok(Some(message)) if !message.parts.is_empty() => Some(Parsed(message)),
        _ => {
            warnings.push(Warning::UnreadableStructure);
            None
        }
    }
}

/// Cuts the message where it opens more multiparts than the budget allows.
fn within_limits<'x>(bytes: &'x [u8], warnings: &mut Vec<Warning>) -> &'x [u8] {
    let allowed = (SCAN_BUDGET / bytes.len().max(1)).clamp(20, 1000);
    let (mut at, mut seen) = (0, 0);
    while at < bytes.len() {
        let end = memchr::memchr(b'\n', &bytes[at..]).map_or(bytes.len(), |end| at + end + 1);
        if opens_multipart(&bytes[at..end]) {
            seen += 1;
            if seen > allowed {
                warnings.push(Warning::TooManyParts);
                return &bytes[..at];
            }
        }
        at = end;
    }
    bytes
}

fn opens_multipart(line: &[u8]) -> bool {
    let start = line.get(..12).unwrap_or(line);
    let header = start.eq_ignore_ascii_case(b"content-type") || line.first().is_some_and(u8::is_ascii_whitespace);
    header && line.windows(9).take(200).any(|w| w.eq_ignore_ascii_case(b"multipart"))
}

//! What is written in a message, and what is attached to it.

mod flowed;
mod html;
pub(crate) mod name;
mod seam;
mod text;

pub use html::html_to_text;

use std::collections::HashSet;

use mail_parser::{MessagePart, MimeHeaders, PartType};

use crate::reply::Region;
use crate::{MachinePart, Message, Warning, charset, parse, repair, transfer};

/// Most parts that are read; the rest stays in the raw message, with a warning (PEERS 68).
const MOST_PARTS: usize = 500;

/// Parts that are written for programs.
#[rustfmt::skip]
const MACHINE: &[&str] = &[
    "message/delivery-status", "message/global-delivery-status", "message/feedback-report",
    "message/disposition-notification", "message/global-disposition-notification", "text/rfc822-headers",
    "message/rfc822-headers", "message/global-headers",
];

/// A file, an inline picture or an attached message.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Attachment {
    /// A safe file name: no path, no control characters, at most 255 bytes, never empty.
    pub name: String,
    /// Lower case, without parameters: `image/png`. What the sender says; it proves nothing.
    pub content_type: String,
    /// The Content-ID without brackets, which `cid:` links in the HTML name.
    pub content_id: Option<String>,
    /// Meant to be shown in the text rather than listed.
    pub inline: bool,
    /// The content, decoded.
    pub bytes: Vec<u8>,
}

impl Attachment {
    /// The attached message, when this is one. It is read only when asked for, so nesting costs nothing.
    pub fn message(&self) -> Option<Message> {
        is_message(&self.content_type).then(|| Message::read(&self.bytes))
    }
}

/// Everything below the headers.
#[derive(Default)]
pub(crate) struct Body {
    pub(crate) text: String,
    pub(crate) html: Option<String>,
    pub(crate) attachments: Vec<Attachment>,
    pub(crate) machine_parts: Vec<MachinePart>,
    /// What the structure of the HTML tells about lines of the text, as long as the text is this many bytes long.
    pub(crate) regions: (Vec<Region>, usize),
}

impl Body {
    /// What the structure of the HTML tells about the lines of the text.
    pub(crate) fn regions(&mut self) -> Vec<Region> {
        let (regions, bytes) = std::mem::take(&mut self.regions);
        if bytes == self.text.len() { regions } else { Vec::new() }
    }
}

/// Reads the body; `body_at` is where the headers end, for a structure that cannot be read.
pub(crate) fn read(bytes: &[u8], body_at: usize, warnings: &mut Vec<Warning>) -> Body {
    let repaired = repair::repaired(bytes, warnings);
    let bytes = repaired.as_deref().unwrap_or(bytes);
    let Some(parsed) = parse::parse(bytes, warnings) else {
        let text = tidy(&charset::decode(bytes.get(body_at..).unwrap_or(&[]), None, warnings));
        return Body { text, ..Body::default() };
    };
    let mut body = Body::default();
    text::read(&parsed, bytes, &mut body, warnings);
    attach(&parsed, bytes, &mut body, warnings);
    body
}

fn attach(parsed: &parse::Parsed<'_>, bytes: &[u8], body: &mut Body, warnings: &mut Vec<Warning>) {
    let mut seen = HashSet::new();
    for &id in &parsed.attachments {
        if body.attachments.len() + body.machine_parts.len() >= MOST_PARTS {
            warnings.push(Warning::TooManyParts);
            break;
        }
        let Some(part) = parsed.parts.get(id as usize).filter(|_| seen.insert(id)) else {
            continue;
        };
        let content_type = content_type(part);
        let calendar = content_type == "text/calendar";
        if calendar || MACHINE.contains(&content_type.as_str()) {
            let method = part.content_type().and_then(|t| t.attribute("method")).map(str::to_ascii_uppercase);
            let text = decoded(bytes, part, warnings);
            body.machine_parts.push(MachinePart { content_type: content_type.clone(), method, text });
            if !calendar {
                continue;
            }
        }
        let content_id = part.content_id().map(|id| id.trim_matches(['<', '>', ' ']));
        let content_id = content_id.map(|id| id.chars().filter(|c| !c.is_control()).collect::<String>());
        let disposition = part.content_disposition();
        let inline = disposition.map_or(content_id.is_some(), |d| !d.is_attachment());
        let content = raw(bytes, part, warnings);
        let name = name::of(bytes, part, &content_type, body.attachments.len() + 1);
        body.attachments.push(Attachment { name, content_type, content_id, inline, bytes: content });
    }
}

fn is_message(content_type: &str) -> bool {
    matches!(content_type, "message/rfc822" | "message/global")
}

fn content_type(part: &MessagePart<'_>) -> String {
    match part.content_type() {
        Some(t) => type_cleaned(&format!("{}/{}", t.ctype(), t.subtype().unwrap_or("plain"))),
        None if matches!(part.body, PartType::Message(_)) => "message/rfc822".to_owned(),
        None => "text/plain".to_owned(),
    }
}

/// A content type in lower case, without characters that none can hold (RFC 2045, 5.1).
pub(crate) fn type_cleaned(said: &str) -> String {
    let of_type = |c: &char| c.is_ascii_graphic() && !r#"()<>@,;:\"[]?="#.contains(*c);
    said.chars().filter(of_type).map(|c| c.to_ascii_lowercase()).collect()
}

/// The content of a part with its transfer encoding undone, by our own forgiving decoders.
fn raw(bytes: &[u8], part: &MessagePart<'_>, warnings: &mut Vec<Warning>) -> Vec<u8> {
    let content = bytes.get(part.offset_body as usize..part.offset_end as usize).unwrap_or(&[]);
    let (decoded, damaged) = transfer::decode(part.content_transfer_encoding().unwrap_or(""), content);
    if damaged && !warnings.contains(&Warning::DamagedEncoding) {
        warnings.push(Warning::DamagedEncoding);
    }
    decoded
}

fn decoded(bytes: &[u8], part: &MessagePart<'_>, warnings: &mut Vec<Warning>) -> String {
    let label = part.content_type().and_then(|t| t.attribute("charset"));
    charset::decode(&raw(bytes, part, warnings), label, warnings)
}

/// Line ends as `\n`, no other control characters but tabs, no blank lines at either end.
pub(crate) fn tidy(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        match c {
            '\r' if chars.peek() == Some(&'\n') => {}
            '\r' => out.push('\n'),
            '\n' | '\t' => out.push(c),
            c if c.is_control() => {}
            c => out.push(c),
        }
    }
    let end = out.trim_end().len();
    // "-- " with nothing below it keeps its blank: it is the mark of a signature.
    out.truncate(if out[..end].ends_with("--") && out[end..].starts_with(' ') { end + 1 } else { end });
    let first = out.len() - out.trim_start_matches(['\n', ' ', '\t']).len();
    let line = out[..first].rfind('\n').map_or(0, |at| at + 1);
    out.split_off(line)
}

//! The mail that bounced, as far as it is quoted: an attached message, its headers, or a copy within the text.

use crate::Message;
use crate::header::{self, Headers, addresses, ids};

/// Longest attached text that is looked into.
const LONGEST: usize = 100_000;

/// What is needed of it.
#[derive(Default)]
pub(super) struct Original {
    pub(super) message_id: Option<String>,
    pub(super) recipient: Option<String>,
}

impl Original {
    /// What is missing here, taken from `other`.
    fn or(self, other: Self) -> Self {
        Self { message_id: self.message_id.or(other.message_id), recipient: self.recipient.or(other.recipient) }
    }

    /// The same, from where it is looked for only when something is missing.
    fn or_else(self, other: impl FnOnce() -> Self) -> Self {
        if self.message_id.is_some() && self.recipient.is_some() { self } else { self.or(other()) }
    }
}

/// Lines after which a server copies our mail, lower case, without rules around them. A line counts when it begins so.
#[rustfmt::skip]
const MARKERS: &[&str] = &[
    "original message", "--- original message", "below this line is a copy", "this is a copy of the message",
    "this is a copy of your message", "included is a copy of the message", "below is a copy of the original",
    "the header of the original message", "message headers follow", "message header follows",
    "unsent message follows", "unsent message below", "returned message", "original mail",
    "the original message follows", "message follows", "here is a copy of", "copy of the original message",
    "message transcript", "ursprüngliche nachricht", "message text follows", "original headers", "original-nachricht",
    "headers of the original", "return message", "undelivered message", "mensaje original", "message d'origine",
    "original message headers", "header of the original message", "end of message", "message header is",
    "kopfzeilen der ursprünglichen", "der header der", "en-têtes de message d'origine",
    "ursprüngliche nachrichtenkopfzeilen", "encabezados de mensajes originales",
    "intestazioni originali del messaggio", "cabeçalhos de mensagens originais", "original message header",
    "the message header", "元のメッセージ",
];

/// Where the copy begins in a notice, as a line number.
pub(super) fn line(lines: &[&str]) -> Option<usize> {
    lines.iter().position(|line| {
        let bare = line.trim().trim_matches(['-', '=', '_', '*', '#', ' ', ':', '.']).to_lowercase();
        (bare.len() < 100 && MARKERS.iter().any(|marker| bare.starts_with(marker)))
            || line.starts_with("Received: ")
            || line.starts_with("Received:from ")
            || line.starts_with("Return-Path: <")
            || line.starts_with("Return-path: <")
    })
}

/// Finds the mail that bounced in the parts of `message`, then in its text, then in attached texts. Where no copy gives
/// its id, the fields and headers may in which some servers name it.
pub(super) fn of(message: &Message) -> Original {
    let attached =
        message.attachments.iter().filter(|a| matches!(a.content_type.as_str(), "message/rfc822" | "message/global"));
    let quoted = message.machine_parts.iter().filter(|part| part.content_type.ends_with("headers"));
    let files = message.attachments.iter().filter(|a| a.content_type.starts_with("text/") && a.bytes.len() < LONGEST);
    let mut found = Original::default();
    for bytes in attached.map(|a| a.bytes.as_slice()).chain(quoted.map(|part| part.text.as_bytes())) {
        found = found.or(of_bytes(bytes));
    }
    found = found.or_else(|| in_text(&message.text));
    for file in files.take(5) {
        found = found.or_else(|| of_bytes(&file.bytes)).or_else(|| in_text(&String::from_utf8_lossy(&file.bytes)));
    }
    found.message_id = found.message_id.or_else(|| named(message));
    found
}

fn of_bytes(bytes: &[u8]) -> Original {
    let bytes = &bytes[header::start(bytes)..];
    header::read(bytes, &mut Vec::new()).map(|(headers, _)| read(&headers)).unwrap_or_default()
}

fn in_text(text: &str) -> Original {
    let lines: Vec<&str> = text.lines().collect();
    let Some(start) = line(&lines) else {
        return Original::default();
    };
    let copy = lines[start..].iter().take(20).position(|line| is_header(line));
    let from = start + copy.unwrap_or(0);
    let text = lines[from..].iter().take(500).copied().collect::<Vec<_>>().join("\n");
    of_bytes(text.as_bytes())
}

/// A line that begins as a header does: one word, a colon.
fn is_header(line: &str) -> bool {
    line.split_once(':').is_some_and(|(name, _)| !name.is_empty() && !name.contains([' ', '\t', '<', '"']))
}

/// The id that the notice itself names: in a field of the report, in its text, or as what it answers.
fn named(message: &Message) -> Option<String> {
    let reports = message.machine_parts.iter().filter(|part| part.content_type.ends_with("delivery-status"));
    let texts = reports.map(|part| part.text.as_str()).chain([message.text.as_str()]);
    let stated = texts.flat_map(|text| text.lines().take(400)).find_map(|line| {
        let (name, value) = line.trim().split_once(':')?;
        let name = name.to_ascii_lowercase();
        let names =
            matches!(name.as_str(), "message-id" | "x-original-message-id" | "original-message-id" | "message id");
        names.then(|| ids(value).into_iter().find(|id| id.contains('@'))).flatten()
    });
    stated.or_else(|| message.in_reply_to.first().or(message.references.last()).cloned())
}

fn read(headers: &Headers) -> Original {
    Original {
        message_id: headers.get("message-id").and_then(|value| ids(value).into_iter().next()),
        recipient: ["x-hmxmroriginalrecipient", "to"].iter().find_map(|name| {
            let first = headers.get(name).and_then(|value| addresses(value).into_iter().next());
            first.map(|a| a.address).filter(|a| a.contains('@'))
        }),
    }
}

//! The mail that bounced, as far as it is quoted: an attached message, its headers, or a copy within the text.

use crate::Message;
use crate::header::{self, Headers, addresses, ids};

/// What is needed of it.
#[derive(Default)]
pub(super) struct Original {
    pub(super) message_id: Option<String>,
    pub(super) recipient: Option<String>,
}

/// Lines after which a server copies our mail, lower case, without rules around them. A line counts when it begins so.
#[rustfmt::skip]
const MARKERS: &[&str] = &[
    "original message", "--- original message", "below this line is a copy", "this is a copy of the message",
    "this is a copy of your message", "included is a copy of the message", "below is a copy of the original",
    "the header of the original message", "message headers follow", "message header follows",
    "unsent message follows", "unsent message below", "returned message", "original mail",
    "the original message follows", "message follows", "here is a copy of", "copy of the original message",
    "message transcript", "ursprüngliche nachricht", "message text follows", "original headers",
    "original-nachricht", "headers of the original", "return message", "undelivered message", "mensaje original",
    "message d'origine",
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

/// Finds the mail that bounced in the parts of `message`, then in its text.
pub(super) fn of(message: &Message) -> Original {
    let attached = message.attachments.iter().find(|a| a.content_type == "message/rfc822").map(|a| a.bytes.as_slice());
    let quoted = message.machine_parts.iter().find(|part| part.content_type.ends_with("headers"));
    let bytes = attached.or(quoted.map(|part| part.text.as_bytes()));
    if let Some((headers, _)) = bytes.and_then(|bytes| header::read(&bytes[header::start(bytes)..], &mut Vec::new())) {
        return read(&headers);
    }
    let lines: Vec<&str> = message.text.lines().collect();
    let Some(start) = line(&lines) else {
        return Original::default();
    };
    let copy = lines[start..]
        .iter()
        .position(|line| line.contains(": ") || line.contains(":<") || line.starts_with("Received"));
    let from = start + copy.unwrap_or(0);
    let text = lines[from..].iter().take(500).copied().collect::<Vec<_>>().join("\n");
    header::read(text.as_bytes(), &mut Vec::new()).map(|(headers, _)| read(&headers)).unwrap_or_default()
}

fn read(headers: &Headers) -> Original {
    Original {
        message_id: headers.get("message-id").and_then(|value| ids(value).into_iter().next()),
        recipient: headers
            .get("to")
            .and_then(|value| addresses(value).into_iter().next())
            .map(|a| a.address)
            .filter(|a| a.contains('@')),
    }
}

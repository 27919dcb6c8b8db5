//! A message as a desk needs it, read from its bytes.

use crate::body::{self, Attachment, Body};
use crate::calendar::{self, Calendar};
use crate::header::{self, Address, Headers};
use crate::reply::{self, Forwarded, Reply};
use crate::{Warning, charset, inline, tnef, uuencode};

/// One mail message, understood. Dates are milliseconds UTC; ids are without brackets; texts use `\n`.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Message {
    /// Every header, unfolded, as written.
    pub headers: Headers,
    /// The subject, decoded; empty when there is none.
    pub subject: String,
    /// The first address of From.
    pub from: Option<Address>,
    /// The Sender header: who really sent, on behalf of `from`.
    pub sender: Option<Address>,
    /// Where answers should go, when it names a usable address.
    pub reply_to: Option<Address>,
    /// Everyone in To.
    pub to: Vec<Address>,
    /// Everyone in Cc.
    pub cc: Vec<Address>,
    /// The mailboxes it was delivered to: Delivered-To, X-Original-To, Envelope-To and the like.
    pub delivered_to: Vec<Address>,
    /// The envelope sender. `Some("")` is the null sender `<>`, which must never be answered.
    pub return_path: Option<String>,
    /// When it was written, milliseconds UTC; never later than it was received by more than two days.
    pub date: Option<i64>,
    /// Its own id.
    pub message_id: Option<String>,
    /// What it answers, as written; some clients name several.
    pub in_reply_to: Vec<String>,
    /// The conversation so far, oldest first as written; [`crate::thread`] gives newest first.
    pub references: Vec<String>,
    /// The whole text, from the plain part or made of the HTML.
    pub text: String,
    /// The HTML as found. Untrusted: sanitise before showing.
    pub html: Option<String>,
    /// The text split into what is new, what is quoted and what is a signature.
    pub reply: Reply,
    /// The message that is forwarded in the text, when one is.
    pub forwarded: Option<Forwarded>,
    /// Files, inline pictures, attached messages.
    pub attachments: Vec<Attachment>,
    /// Parts for machines: delivery status, feedback report, disposition notification, calendar, original headers.
    pub machine_parts: Vec<MachinePart>,
    /// The meeting that it invites to, answers or calls off.
    pub calendar: Option<Calendar>,
    /// What could not be understood as it stands.
    pub warnings: Vec<Warning>,
}

/// A part that is written for programs, not shown as an attachment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MachinePart {
    /// Lower case, without parameters: `message/delivery-status`.
    pub content_type: String,
    /// The `method` of a calendar part, upper case: `REQUEST`, `REPLY`, `CANCEL`.
    pub method: Option<String>,
    /// Its text.
    pub text: String,
}

impl Message {
    /// Reads a message from its bytes. Never fails: a text without headers becomes a message with that text.
    pub fn read(bytes: &[u8]) -> Self {
        let mut warnings = Vec::new();
        if memchr::memchr(b'\n', bytes).is_none() && bytes.contains(&b'\r') {
            // Lines that end as they did on old Macs.
            let lines: Vec<u8> = bytes.iter().map(|byte| if *byte == b'\r' { b'\n' } else { *byte }).collect();
            return Self::read(&lines);
        }
        let bytes = &bytes[header::start(bytes)..];
        let Some((headers, body_at)) = header::read(bytes, &mut warnings) else {
            return Self::of_text(&charset::decode(bytes, None, &mut warnings), warnings);
        };
        let mut body = body::read(bytes, body_at, &mut warnings);
        uuencode::lift(&mut body);
        let wrapped_subject = tnef::open(&mut body, &mut warnings);
        inline::mark(&mut body);
        let calendar = calendar::of(&mut body);
        let regions = body.regions();
        let Body { text, html, attachments, machine_parts, .. } = body;
        let subject = headers.text("subject").filter(|s| !s.is_empty()).or(wrapped_subject).unwrap_or_default();
        let (reply, forwarded) = reply::read(&text, &subject, &regions);
        let all = |names: &[&str]| -> Vec<Address> {
            let named = names.iter().flat_map(|name| headers.all(name).flat_map(header::addresses));
            named.filter(|found| !found.address.is_empty()).collect()
        };
        let first = |name: &str| headers.all(name).flat_map(header::addresses).find(|a| !a.address.is_empty());
        let from = headers.all("from").flat_map(header::addresses).next();
        let from = from.or_else(|| headers.all("from").find_map(header::name_alone));
        if from.as_ref().is_none_or(|from| from.address.is_empty()) {
            warnings.push(Warning::NoFrom);
        }
        let header::Dated { date, warning } = header::date(&headers);
        warnings.extend(warning);
        let message_id = headers.all("message-id").flat_map(header::ids).next();
        if message_id.is_none() {
            warnings.push(Warning::NoMessageId);
        }
        let ids = |name: &str| headers.all(name).flat_map(header::ids).collect::<Vec<_>>();
        Self {
            subject,
            sender: first("sender"),
            reply_to: first("reply-to").filter(|address| address.address.contains('@')),
            to: all(&["to"]),
            cc: all(&["cc"]),
            delivered_to: all(&["delivered-to", "x-original-to", "envelope-to", "x-envelope-to", "x-forwarded-to"]),
            return_path: headers.get("return-path").map(return_path),
            in_reply_to: ids("in-reply-to"),
            references: ids("references"),
            reply,
            forwarded,
            from,
            date,
            message_id,
            text,
            html,
            attachments,
            machine_parts,
            calendar,
            warnings,
            headers,
        }
    }

    /// When it was written, as [`Message::date`], from its first bytes alone.
    pub fn date_of(head: &[u8]) -> Option<i64> {
        let head = &head[header::start(head)..];
        header::read(head, &mut Vec::new()).and_then(|(headers, _)| header::date(&headers).date)
    }

    fn of_text(text: &str, mut warnings: Vec<Warning>) -> Self {
        warnings.insert(0, Warning::NoHeaders);
        let text = body::tidy(text);
        Self { reply: reply::split(&text), text, warnings, ..Self::default() }
    }
}

fn return_path(value: &str) -> String {
    header::addresses(value).into_iter().next().map(|a| a.address).unwrap_or_default()
}

//! One mail, read and kept, before anything is decided about it.

use std::fmt::Write;

use base::clock::Moment;
use ledger::touchpoint::Source;
use mail_message::{Address, Authenticity, Classification, Evidence, Kind, Message};
use serde_json::{Value, json};
use service::ticket::{Enclosure, Extras, Seal};
use sha2::{Digest, Sha256};

use super::mailroom::Mailroom;
use super::origin::{self, Forwarded};
use super::{extras, seal};

/// Longest text, quote and HTML that are put into the conversation, bytes; the whole mail is kept beside it.
pub(super) const TEXT: usize = 200_000;
const HTML: usize = 2_000_000;
/// Headers in which machines that watch others say which problem a mail is about, the same when it is over.
#[rustfmt::skip]
const PROBLEMS: &[&str] = &[
    "x-problem-id", "x-event-id", "x-incident-id", "x-alert-id", "x-alert-key", "x-zabbix-event", "x-nagios-problem-id",
    "x-icinga-problem-id", "x-check-mk-problem-id", "x-monit-event-id", "x-correlation-id", "x-dedup-key",
];
/// Most mails that one says it answers.
const REFERENCES: usize = 50;

/// What the parser makes of a mail.
pub(super) struct Parsed {
    pub message: Message,
    pub class: Classification,
    pub evidence: Evidence,
    pub authenticity: Authenticity,
    pub is_thanks: bool,
    /// The mail that a person passed on in it.
    pub forwarded: Option<Forwarded>,
    /// Its HTML shows what its text cannot.
    pub is_rich: bool,
    /// How it was signed and locked.
    pub seal: Option<Seal>,
    /// By what this mail is the same mail, whichever way it comes.
    pub key: String,
}

impl Parsed {
    /// Reads a mail, opened when it was locked for us. Pure, and slow for a large one.
    pub(super) fn of(bytes: &[u8], room: &Mailroom, now: Moment) -> Self {
        #[cfg(test)]
        super::tests::break_on_poison(bytes, room);
        let opened = mail_seal::open(bytes, room.keys(), now.0.div_euclid(1_000));
        let message = Message::read(opened.bytes.as_deref().unwrap_or(bytes));
        let class = mail_message::classify::classify(&message);
        let evidence = room.evidence(&message);
        let authenticity = room.authenticity(&message);
        let is_thanks = mail_message::is_thanks(&message.reply.visible);
        let forwarded = if class.kind == Kind::Human { origin::forwarded(&message) } else { None };
        // It is the same mail whether we could open it or not.
        let key = if opened.bytes.is_some() { key_of(&Message::read(bytes), bytes) } else { key_of(&message, bytes) };
        let html = message.html.as_deref().filter(|html| html.len() <= HTML);
        let is_rich = html.is_some_and(|html| web::foreign::says_more(html, &message.reply.visible));
        let seal = opened.seal.map(seal::of);
        Self { message, class, evidence, authenticity, is_thanks, forwarded, is_rich, seal, key }
    }

    /// Whom it says it is from, when that can be an address.
    pub(super) fn sender(&self) -> Option<&Address> {
        self.message.from.as_ref().filter(|from| ledger::person::normal_email(&from.address).is_some())
    }
}

/// A mail that lies in the file store and is to be decided about.
pub(super) struct Arrival {
    pub parsed: Parsed,
    pub digest: String,
    pub raw: String,
    pub bytes: i64,
    pub mailbox: String,
    pub enclosures: Vec<Enclosure>,
    pub subject: String,
    pub text: String,
    pub whole: String,
    pub quoted: String,
    pub html: Option<String>,
    pub extras: Extras,
    /// Lived here, or brought along.
    pub source: Source,
}

impl Arrival {
    pub(super) fn new(parsed: Parsed, raw: &base::file::Stored, mailbox: &str, enclosures: Vec<Enclosure>) -> Self {
        let reply = &parsed.message.reply;
        let quoted = [reply.signature.as_str(), reply.quoted.as_str()];
        let quoted = quoted.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join("\n\n");
        Self {
            digest: raw.digest.clone(),
            raw: raw.key.as_str().to_owned(),
            bytes: raw.size as i64,
            mailbox: mailbox.to_owned(),
            enclosures,
            subject: clean(&parsed.message.subject, 1_000),
            text: clean(&reply.visible, TEXT),
            whole: clean(&parsed.message.text, TEXT),
            quoted: clean(&quoted, TEXT),
            html: parsed.message.html.as_deref().filter(|html| html.len() <= HTML).map(|html| clean(html, HTML)),
            extras: Extras { seal: parsed.seal.clone(), ..extras::of(&parsed.message, parsed.is_rich) },
            source: Source::Lived,
            parsed,
        }
    }

    pub(super) fn kind(&self) -> Kind {
        self.parsed.class.kind
    }

    /// Whether only what people write as well speaks for this kind.
    pub(super) fn is_guess(&self) -> bool {
        let kind = self.kind();
        self.parsed.class.evidence.iter().filter(|sign| sign.kind == kind).all(|sign| sign.weak)
    }

    pub(super) fn message_id(&self) -> Option<String> {
        self.parsed.message.message_id.as_deref().map(|id| clean(id, 998)).filter(|id| !id.is_empty())
    }

    /// The mails that this one says it answers, newest first.
    pub(super) fn references(&self) -> Vec<String> {
        self.parsed.evidence.ids.iter().take(REFERENCES).map(|id| clean(id, 998)).collect()
    }

    /// Numbers of other desks and of machines, as ids that only this sender's mails can have: two with the same one are
    /// about the same. People write such numbers too, so that of them only long ones count.
    pub(super) fn marks(&self) -> Vec<String> {
        let sender = self.sender().to_lowercase();
        let by_program = matches!(self.kind(), Kind::Machine | Kind::List);
        let digits = |mark: &str| mark.bytes().filter(u8::is_ascii_digit).count();
        let of_desks = self.parsed.evidence.foreign_marks.iter().filter(|mark| by_program || digits(mark) >= 7);
        let mut marks: Vec<String> = of_desks.map(|mark| format!("number:{sender}:{}", mark.to_lowercase())).collect();
        if self.kind() == Kind::Machine {
            let headers = &self.parsed.message.headers;
            let named = PROBLEMS.iter().filter_map(|name| Some((name, headers.get(name)?.trim()))).take(3);
            marks.extend(named.filter(|(_, id)| !id.is_empty()).map(|(name, id)| format!("{name}:{sender}:{id}")));
        }
        marks.into_iter().map(|mark| clean(&mark, 998)).collect()
    }

    pub(super) fn sender(&self) -> String {
        clean(self.parsed.message.from.as_ref().map_or("", |from| from.address.as_str()), 320)
    }

    pub(super) fn written_at(&self) -> Option<Moment> {
        self.parsed.message.date.map(Moment)
    }

    /// Everything that was weighed, for an agent who asks why.
    pub(super) fn evidence(&self) -> Value {
        let signs: Vec<Value> = self.parsed.class.evidence.iter().take(20).map(|sign| json!(sign)).collect();
        let addresses =
            |all: &[Address]| all.iter().take(20).map(|one| clean(&one.address, 320)).collect::<Vec<String>>();
        json!({
            "to": addresses(&self.parsed.message.to),
            "cc": addresses(&self.parsed.message.cc),
            "delivered_to": addresses(&self.parsed.message.delivered_to),
            "token": self.parsed.evidence.token.is_some(),
            "quoted_token": self.parsed.evidence.quoted_token.is_some(),
            "numbers": self.parsed.evidence.foreign_marks,
            "authenticity": self.parsed.authenticity,
            "answers": self.references(),
            "number": self.parsed.evidence.subject_number,
            "signs": signs,
            "bounce": self.parsed.class.bounce,
            "seal": self.extras.seal,
            "warnings": self.parsed.message.warnings.iter().map(ToString::to_string).collect::<Vec<_>>(),
        })
    }
}

/// Without null bytes, which PostgreSQL does not keep, and not longer than `most` bytes.
pub(super) fn clean(text: &str, most: usize) -> String {
    let end = text.floor_char_boundary(most.min(text.len()));
    text[..end].replace('\0', "")
}

/// A mail is the same when Message-ID, sender, date and subject are; a robot that gives all its mails one id differs in
/// the others. What has no id or no date is the same when its content is. What servers add on the way does not count.
fn key_of(message: &Message, bytes: &[u8]) -> String {
    let mut hash = Sha256::new();
    let mut add = |part: &[u8]| {
        hash.update((part.len() as u64).to_be_bytes());
        hash.update(part);
    };
    add(message.from.as_ref().map(Address::key).unwrap_or_default().as_bytes());
    add(message.subject.as_bytes());
    let date = message.headers.get("date").unwrap_or_default();
    add(date.as_bytes());
    match &message.message_id {
        Some(id) => add(id.as_bytes()),
        None => add(b""),
    }
    if message.message_id.is_none() || date.is_empty() {
        add(&unix_lines(content(bytes)));
    }
    hex(&hash.finalize())
}

/// What follows the headers; everything when there are none.
fn content(bytes: &[u8]) -> &[u8] {
    let end = bytes.windows(2).position(|two| two == b"\n\n").map(|at| at + 2);
    let end_crlf = bytes.windows(4).position(|four| four == b"\r\n\r\n").map(|at| at + 4);
    match (end, end_crlf) {
        (Some(one), Some(other)) => &bytes[one.min(other)..],
        (Some(at), None) | (None, Some(at)) => &bytes[at..],
        (None, None) => bytes,
    }
}

/// A pipe gives lines as the machine ends them, a mailbox as the standard does.
fn unix_lines(bytes: &[u8]) -> Vec<u8> {
    let mut lines = Vec::with_capacity(bytes.len());
    for (at, byte) in bytes.iter().enumerate() {
        if *byte != b'\r' || bytes.get(at + 1) != Some(&b'\n') {
            lines.push(*byte);
        }
    }
    lines
}

pub(super) fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::with_capacity(bytes.len() * 2), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn key(mail: &str) -> String {
        key_of(&Message::read(mail.as_bytes()), mail.as_bytes())
    }

    const MAIL: &str = "From: ana@lindenhof.example\nDate: Mon, 2 Mar 2026 09:00:00 +0000\nMessage-ID: <1@x>\nSubject: Door\n\nIt is stuck.\n";

    #[test]
    fn the_same_mail_is_known_whichever_way_it_comes() {
        let other_way = format!("Received: from a by b\nDelivered-To: it@desk.example\n{MAIL}");
        assert_eq!(key(MAIL), key(&other_way));
        assert_eq!(key(MAIL), key(&MAIL.replace('\n', "\r\n")));
        assert_ne!(key(MAIL), key(&MAIL.replace("Door", "Window")), "a robot with one id for all its mails");
    }

    #[test]
    fn without_an_id_the_content_counts() {
        let mail = MAIL.replace("Message-ID: <1@x>\n", "");
        assert_eq!(key(&mail), key(&mail.replace('\n', "\r\n")));
        assert_ne!(key(&mail), key(&mail.replace("stuck", "open")));
    }
}

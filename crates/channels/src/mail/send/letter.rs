//! A letter as a mail: headers that programs and people need, text and the same as HTML, what is enclosed.

use std::time::{Duration, UNIX_EPOCH};

use base::clock::Moment;
use bytes::Bytes;
use ledger::outbox::Letter;
use lettre::Address;
use lettre::message::header::{ContentType, HeaderName, HeaderValue};
use lettre::message::{Attachment, Mailbox, Message, MultiPart, SinglePart};

use super::html;
use crate::mail::mailroom::Mailroom;

/// Our mark against loops: a mail that carries our own is a letter of ours that came round.
pub(in crate::mail) const LOOP_HEADER: &str = "x-thedesk-loop";
/// Most ids in References; the oldest and the newest matter.
const REFERENCES: usize = 20;
/// Longest id that is repeated.
const LONGEST_ID: usize = 250;

/// A mail ready for its server.
pub(super) struct Written {
    pub from: Address,
    pub to: Address,
    pub bytes: Vec<u8>,
}

/// Writes the mail. The error says why it can never be sent.
pub(super) fn write(
    letter: &Letter,
    room: &Mailroom,
    from: &str,
    brand: &str,
    files: Vec<(String, Bytes)>,
    now: Moment,
) -> Result<Written, String> {
    let no_address =
        |address: &str, error: lettre::address::AddressError| format!("{address:?} is no address: {error}");
    let to: Address = letter.address.parse().map_err(|error| no_address(&letter.address, error))?;
    let own: Address = from.parse().map_err(|error| no_address(from, error))?;
    // Bounces come back to where answers do, so that they find the ticket too.
    let back = letter.reply_token.as_deref().map(|token| room.with_token(from, token));
    let back: Option<Address> = match back {
        Some(back) => Some(back.parse().map_err(|error| no_address(&back, error))?),
        None => None,
    };
    let mut mail = Message::builder()
        .from(Mailbox::new(Some(one_line(brand)), own.clone()))
        .to(Mailbox::new(None, to.clone()))
        .date(UNIX_EPOCH + Duration::from_millis(now.0.max(0) as u64))
        .message_id(Some(format!("<{}@{}>", letter.message_id, room.domain())))
        .subject(one_line(&letter.subject));
    if let Some(back) = &back {
        mail = mail.reply_to(Mailbox::new(None, back.clone()));
    }
    let answered = ids(&letter.in_reply_to);
    if let Some(newest) = answered.last() {
        mail = mail.in_reply_to(newest.clone()).references(answered.join(" "));
    }
    if letter.automatic {
        // RFC 3834, 5: what answers a mail says so, and other desks open no ticket for it.
        let how = if answered.is_empty() { "auto-generated" } else { "auto-replied" };
        mail = mail.raw_header(raw("Auto-Submitted", how)?);
        mail = mail.raw_header(raw("X-Auto-Response-Suppress", "All")?);
    }
    mail = mail.raw_header(raw("X-TheDesk-Loop", room.mark())?);
    let text = letter.text.replace('\0', "");
    let html = match letter.html.as_deref() {
        Some(html) => html.replace('\0', ""),
        None => html::of_text(&text),
    };
    let said = MultiPart::alternative().singlepart(SinglePart::plain(text)).singlepart(SinglePart::html(html));
    let mail = if files.is_empty() {
        mail.multipart(said)
    } else {
        let all = files.into_iter().fold(MultiPart::mixed().multipart(said), |all, (name, content)| {
            let kind = kind_of(&name);
            all.singlepart(Attachment::new(one_line(&name)).body(content.to_vec(), kind))
        });
        mail.multipart(all)
    };
    let mail = mail.map_err(|error| format!("it cannot be written as a mail: {error}"))?;
    Ok(Written { from: back.unwrap_or(own), to, bytes: mail.formatted() })
}

/// Without anything that could end a header's line.
fn one_line(text: &str) -> String {
    let text: String =
        text.chars().map(|c| if c.is_control() || c == '\u{2028}' || c == '\u{2029}' { ' ' } else { c }).collect();
    text.trim().to_owned()
}

/// The ids in brackets: the first and the newest, those left out that no header could hold.
fn ids(given: &[String]) -> Vec<String> {
    let plain = |id: &&String| {
        id.len() <= LONGEST_ID && id.bytes().all(|byte| (33..=126).contains(&byte) && byte != b'<' && byte != b'>')
    };
    let mut ids: Vec<String> = given.iter().filter(plain).map(|id| format!("<{id}>")).collect();
    if ids.len() > REFERENCES {
        ids.drain(1..=ids.len() - REFERENCES);
    }
    ids
}

fn raw(name: &'static str, value: &str) -> Result<HeaderValue, String> {
    let header = HeaderName::new_from_ascii(name.to_owned()).map_err(|error| format!("{name}: {error}"))?;
    Ok(HeaderValue::new(header, one_line(value)))
}

/// What a file says it is, by its name. What we do not know is just bytes.
fn kind_of(name: &str) -> ContentType {
    let ending = name.rsplit('.').next().unwrap_or_default().to_lowercase();
    let kind = match ending.as_str() {
        "pdf" => "application/pdf",
        "png" => "image/png",
        "jpg" | "jpeg" => "image/jpeg",
        "gif" => "image/gif",
        "webp" => "image/webp",
        "txt" | "log" => "text/plain; charset=utf-8",
        "csv" => "text/csv; charset=utf-8",
        "zip" => "application/zip",
        "docx" => "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        "xlsx" => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        _ => "application/octet-stream",
    };
    ContentType::parse(kind).unwrap_or(ContentType::TEXT_PLAIN)
}

/// A name out of a URL; what is not UTF-8 becomes replacement characters.
pub(super) fn url_decoded(text: &str) -> String {
    let bytes = text.as_bytes();
    let (mut decoded, mut at) = (Vec::with_capacity(bytes.len()), 0);
    while at < bytes.len() {
        let code = text.get(at + 1..at + 3).and_then(|hex| u8::from_str_radix(hex, 16).ok());
        match (bytes[at], code) {
            (b'%', Some(byte)) => {
                decoded.push(byte);
                at += 3;
            }
            (byte, _) => {
                decoded.push(byte);
                at += 1;
            }
        }
    }
    String::from_utf8_lossy(&decoded).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_that_is_given_ends_a_header() {
        assert_eq!(one_line("Door\r\nBcc: all@x.example\u{2028}\0"), "Door  Bcc: all@x.example");
        let given = ["a@b", "a b@c", "x>\r\nBcc: y", "c@d"].map(str::to_owned);
        assert_eq!(ids(&given), ["<a@b>", "<c@d>"]);
    }

    #[test]
    fn a_long_chain_keeps_its_first_and_its_newest() {
        let given: Vec<String> = (0..50).map(|n| format!("{n}@x")).collect();
        let kept = ids(&given);
        assert_eq!((kept.len(), kept[0].as_str(), kept[19].as_str()), (20, "<0@x>", "<49@x>"));
        assert_eq!(kept[1], "<31@x>");
    }

    #[test]
    fn names_come_back_as_they_were() {
        assert_eq!(url_decoded(&web::form::url_encoded("Plan ä 100%.pdf")), "Plan ä 100%.pdf");
        assert_eq!(url_decoded("100%zz%e"), "100%zz%e");
    }
}

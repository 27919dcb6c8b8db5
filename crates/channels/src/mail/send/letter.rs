//! A letter as a mail: headers that programs and people need, text and the same as HTML, what is enclosed.

use std::time::{Duration, UNIX_EPOCH};

use base::clock::Moment;
use bytes::Bytes;
use ledger::outbox::{Letter, Mailbox, Refused};
use lettre::Address;
use lettre::message::header::{ContentType, HeaderName, HeaderValue};
use lettre::message::{Attachment, Message, MultiPart, SinglePart};

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
    /// Whom the server is told that it comes from: where returned mail goes.
    pub from: Address,
    /// Everybody who has not got it yet.
    pub to: Vec<Address>,
    /// Whom no server could reach.
    pub refused: Vec<Refused>,
    pub bytes: Vec<u8>,
}

/// What goes into the mail besides the letter.
pub(super) struct Sheet<'s> {
    /// Whom it comes from.
    pub from: Mailbox,
    /// What is enclosed, with its names.
    pub files: Vec<(String, Bytes)>,
    /// Where its reader says that they want no more of its kind.
    pub refusal: Option<&'s str>,
    pub now: Moment,
}

/// Writes the mail. The error says why it can never be sent.
pub(super) fn write(letter: &Letter, room: &Mailroom, sheet: Sheet) -> Result<Written, String> {
    let own = address(&sheet.from.address)?;
    // Bounces come back to where answers do, so that they find the ticket too.
    let back = letter.reply_token.as_deref().map(|token| room.with_token(&sheet.from.address, token));
    let back = back.as_deref().map(address).transpose()?;
    let to = address(&letter.address)?;
    let mut all = vec![to.clone()];
    let mut refused = Vec::new();
    let mut mail = Message::builder()
        .from(mailbox(&sheet.from.name, own.clone()))
        .to(mailbox(&letter.name, to))
        .date(UNIX_EPOCH + Duration::from_millis(sheet.now.0.max(0) as u64))
        .message_id(Some(format!("<{}@{}>", letter.message_id, room.domain())))
        .subject(one_line(&letter.subject));
    for (other, seen) in letter.cc.iter().map(|cc| (cc, true)).chain(letter.bcc.iter().map(|bcc| (bcc, false))) {
        match address(&other.address) {
            Ok(place) => {
                if seen {
                    mail = mail.cc(mailbox(&other.name, place.clone()));
                }
                if !all.contains(&place) {
                    all.push(place);
                }
            }
            // One address that is none keeps the mail from nobody else.
            Err(said) => refused.push(Refused { address: other.address.clone(), said }),
        }
    }
    if let Some(back) = &back {
        mail = mail.reply_to(lettre::message::Mailbox::new(None, back.clone()));
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
    if let Some(link) = sheet.refusal {
        // RFC 8058: a mail program may say it for its user by a POST, and only by that.
        mail = mail.raw_header(raw("List-Unsubscribe", &format!("<{link}>"))?);
        mail = mail.raw_header(raw("List-Unsubscribe-Post", "List-Unsubscribe=One-Click")?);
    }
    mail = mail.raw_header(raw("X-TheDesk-Loop", room.mark())?);
    let text = letter.text.replace('\0', "");
    let html = match letter.html.as_deref() {
        Some(html) => html.replace('\0', ""),
        None => html::of_text(&text),
    };
    let said = MultiPart::alternative().singlepart(SinglePart::plain(text)).singlepart(SinglePart::html(html));
    let mail = if sheet.files.is_empty() {
        mail.multipart(said)
    } else {
        let all = sheet.files.into_iter().fold(MultiPart::mixed().multipart(said), |all, (name, content)| {
            let kind = kind_of(&name);
            all.singlepart(Attachment::new(one_line(&name)).body(content.to_vec(), kind))
        });
        mail.multipart(all)
    };
    let mail = mail.map_err(|error| format!("it cannot be written as a mail: {error}"))?;
    let bytes = match room.signer(&sheet.from.address) {
        Some(signer) => signer.sign(&mail.formatted(), sheet.now)?,
        None => mail.formatted(),
    };
    let settled = |place: &Address| {
        let place = place.to_string();
        letter.reached.contains(&place) || letter.refused.iter().any(|known| known.address == place)
    };
    all.retain(|place| !settled(place));
    Ok(Written { from: back.unwrap_or(own), to: all, refused, bytes })
}

fn address(text: &str) -> Result<Address, String> {
    text.parse().map_err(|error| format!("{text:?} is no address: {error}"))
}

fn mailbox(name: &str, address: Address) -> lettre::message::Mailbox {
    let name = one_line(name);
    lettre::message::Mailbox::new((!name.is_empty()).then_some(name), address)
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

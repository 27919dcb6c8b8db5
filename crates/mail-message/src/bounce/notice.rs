//! Bounces in words only: the dialects of mail servers. Who sent it, what the subject says, what the text says; two of
//! the three must agree, so that a person who quotes a bounce is not taken for one.

use super::{Bounce, Said, original};
use crate::Message;
use crate::classify::is_nobody;
use crate::header::addresses;

/// Longest notice that is read, in lines and in bytes.
const MOST_LINES: usize = 400;
const LONGEST: usize = 20_000;

/// Words of subjects, lower case; anywhere in it.
#[rustfmt::skip]
const SUBJECTS: &[&str] = &[
    "delivery status notification", "delivery failure", "delivery failed", "delivery has failed", "failure notice",
    "mail delivery", "delivery notification", "undeliverable", "undelivered", "returned mail", "returned to sender",
    "could not be delivered", "couldn't be delivered", "not delivered", "delivery report", "delivery error",
    "mail system error", "returned message", "message you sent blocked", "bounce notification", "non-delivery",
    "nondeliverable", "non deliverable", "error sending your mail", "delivery problem", "mail failure",
    "warning: message", "delayed mail", "delivery delayed", "delivery temporarily", "message status - undeliverable",
    "postmaster notify", "unzustellbar", "nicht zustellbar", "zustellung fehlgeschlagen", "zustellfehler",
    "übermittlungsfehler", "échec de la remise", "non remis", "message non distribué", "échec de la distribution",
    "no se puede entregar", "no entregado", "error de entrega", "mancato recapito", "messaggio non recapitato",
    "recapito non riuscito", "falha na entrega", "não entregue", "niet bezorgd", "onbestelbaar",
    "kan niet worden bezorgd", "kunne ikke leveres", "kunde inte levereras", "ikke leveret", "niedostarczon",
    "nie można dostarczyć", "недоставлен", "не доставлено", "не может быть доставлено", "ошибка доставки", "退信",
    "系统退信", "邮件退回", "メールエラー", "配信でき", "配信不能", "送信エラー", "エラーメール", "配送できません", "반송",
];

/// Words of notices, lower case; anywhere above the copy of our mail.
#[rustfmt::skip]
const TEXTS: &[&str] = &[
    "could not be delivered", "couldn't be delivered", "wasn't delivered", "was not delivered", "unable to deliver",
    "wasn't able to deliver", "not able to deliver", "delivery to the following recipient", "delivery has failed",
    "delivery failed", "failed permanently", "permanent error", "permanent fatal errors", "had delivery problems",
    "had delivery errors", "had permanent", "did not reach the following", "error delivering your mail",
    "undeliverable", "non-deliverable", "transcript of session follows", "error occurred while", "could not deliver",
    "cannot be delivered", "following recipients was rejected", "following address",
    "trouble delivering your message", "returned permanent errors", "failure reasons", "unknown user",
    "unknown recipient", "invalid user address", "user unknown", "message could not be sent",
    "rejected by the recipient", "no longer being tried", "message was not delivered", "delivery attempts",
    "this is the mailer-daemon", "mail delivery software", "non-delivered information", "не может быть доставлено",
    "не удалось доставить", "konnte nicht zugestellt", "nicht zugestellt werden", "n'a pas pu être",
    "no se ha podido entregar", "no pudo ser entregado", "non è stato possibile recapitare", "não pôde ser entregue",
    "kon niet worden bezorgd", "送信できませんでした", "送信に失敗", "配信できません", "無法投遞", "无法投递",
];

/// Words of subjects and of notices that nothing has failed for good yet, lower case.
#[rustfmt::skip]
const DELAYED_SUBJECTS: &[&str] = &[
    "delayed", "delay)", "will retry", "still being tried", "will be retried", "not yet been delivered",
    "will continue to be attempted", "temporarily",
];
#[rustfmt::skip]
const DELAYED_TEXTS: &[&str] = &[
    "you do not need to resend", "still trying", "will continue trying", "no action is required on your part",
    "will be retried",
];

/// Words before an address that make it the failed one, lower case.
#[rustfmt::skip]
const BEFORE_FAILED: &[&str] = &[
    "rcpt to:", "delivered to:", "deliver message to:", "delivering your mail to", "recipient:", "recipients:",
    "recipient(s):", "final-recipient:", "user:", "permanent errors:", "addressed to:", "address:", "to:",
];
/// Words before an address that make it somebody else's.
#[rustfmt::skip]
const BEFORE_OTHERS: &[&str] = &[
    "mail from:", "from:", "envelope-from", "envelope sender", "sender:", "contact", "reply-to:",
];

/// Reads a notice; `None` when the message is not one.
pub(super) fn read(message: &Message) -> Option<Bounce> {
    let failed: Vec<String> = message
        .headers
        .all("x-failed-recipients")
        .flat_map(addresses)
        .map(|a| a.address)
        .filter(|a| a.contains('@'))
        .take(200)
        .collect();
    let lines: Vec<&str> = message.text.lines().take(MOST_LINES).collect();
    let end = original::line(&lines).unwrap_or(lines.len());
    let mut room = LONGEST;
    let fits = |line: &&str| {
        let fits = line.len() < room;
        room = if fits { room - line.len() - 1 } else { 0 };
        fits
    };
    let notice_lines: Vec<&str> = lines[..end].iter().copied().take_while(fits).collect();
    let notice = notice_lines.join("\n");
    let lower = notice.to_lowercase();
    if failed.is_empty() && !is_notice(message, &lower) {
        return None;
    }
    let original = original::of(message);
    let delayed = is_delay(message, &lower);
    let mut recipients = if failed.is_empty() { recipients(&notice_lines, message) } else { failed };
    if recipients.is_empty() {
        recipients.extend(original.recipient);
    }
    let said = |recipient: Option<String>| Said { recipient, delayed, text: notice.clone(), ..Said::default() };
    let failures = if recipients.is_empty() {
        vec![said(None).understood()]
    } else {
        recipients.into_iter().map(|recipient| said(Some(recipient)).understood()).collect()
    };
    Some(Bounce { failures, message_id: original.message_id, feedback: None, seen_in: "words of a mail server" })
}

fn is_notice(message: &Message, lower: &str) -> bool {
    let subject = message.subject.to_lowercase();
    let from = message.from.as_ref();
    let by_server = from.is_none_or(|from| from.address.is_empty() || is_nobody(&from.address))
        || message.return_path.as_deref().is_some_and(|path| path.is_empty() || is_nobody(path))
        || reported(message);
    let says_subject = SUBJECTS.iter().any(|words| subject.contains(words));
    let says_text = TEXTS.iter().any(|words| lower.contains(words));
    let auto_reply = message.headers.get("auto-submitted").is_some_and(|value| value.starts_with("auto-replied"));
    // Exim and Gmail call their bounces auto-replied; a person's out-of-office does not speak of delivery.
    (by_server || auto_reply && says_subject) && (says_subject || says_text)
}

/// multipart/report with a delivery status announced, whether or not the part is there.
fn reported(message: &Message) -> bool {
    message.headers.get("content-type").is_some_and(|value| {
        let lower = value.to_lowercase();
        lower.starts_with("multipart/report") && !lower.contains("disposition-notification")
    })
}

fn is_delay(message: &Message, lower: &str) -> bool {
    let subject = message.subject.to_lowercase();
    DELAYED_SUBJECTS.iter().any(|words| subject.contains(words))
        || DELAYED_TEXTS.iter().any(|words| lower.contains(words))
}

/// The addresses that a notice names as failed: the most telling lines first, each once, never the sender's own.
fn recipients(lines: &[&str], message: &Message) -> Vec<String> {
    let own: Vec<String> = message.to.iter().chain(&message.from).map(crate::Address::key).collect();
    let mut best: Vec<String> = Vec::new();
    let mut score = 0;
    for line in lines.iter().filter(|line| line.len() < 1000) {
        for (address, rank) in ranked(line) {
            if own.contains(&address.to_lowercase()) || is_nobody(&address) && rank < 3 {
                continue;
            }
            if rank > score {
                best.clear();
                score = rank;
            }
            if rank == score && !best.iter().any(|known| known.eq_ignore_ascii_case(&address)) && best.len() < 50 {
                best.push(address);
            }
        }
    }
    best
}

/// The addresses of a line with how telling it is: 3 alone on the line or after telling words, 2 at its start, 1 else.
fn ranked(line: &str) -> Vec<(String, u8)> {
    let lower = line.to_lowercase();
    let trimmed = line.trim().trim_start_matches(['*', '>', '-', '<', '"', '\'', ' ']);
    let mut found = Vec::new();
    let mut from = 0;
    while let Some(at) = line[from..].find('@').map(|at| at + from) {
        let is_part = |c: char| c.is_alphanumeric() || matches!(c, '.' | '-' | '_' | '+' | '=' | '/' | '&' | '#' | '~');
        let start = line[..at].char_indices().rev().take_while(|(_, c)| is_part(*c)).last().map_or(at, |(at, _)| at);
        let end = line[at + 1..]
            .find(|c: char| !(c.is_alphanumeric() || matches!(c, '.' | '-')))
            .map_or(line.len(), |end| at + 1 + end);
        from = end.max(at + 1);
        let address = line[start..end].trim_end_matches(['.', '-']);
        if start == at || at + 1 >= end || !address.contains('@') || address.ends_with('@') {
            continue;
        }
        // Lower case can change lengths; the words before are sought in what is before, by characters.
        let before = lower.get(..start).unwrap_or("").trim_end_matches(['<', '"', '\'', ' ', '(', '[']);
        if BEFORE_OTHERS.iter().any(|words| before.ends_with(words)) {
            continue;
        }
        let alone = trimmed.trim_end_matches(['>', ':', '"', ' ', '\'']).eq_ignore_ascii_case(address);
        let rank = if alone || BEFORE_FAILED.iter().any(|words| before.ends_with(words)) {
            3
        } else if trimmed.starts_with(address) {
            2
        } else {
            1
        };
        found.push((address.to_owned(), rank));
    }
    found
}

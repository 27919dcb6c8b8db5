//! Feedback reports (ARF, RFC 5965): a person pressed "spam", or a check failed. Some providers send the same without
//! the part for machines: the fields in the text, or nothing but a subject and our mail.

use super::{Bounce, Failure, Reason, original};
use crate::Message;
use crate::header::addresses;

/// How subjects of complaints without a report begin, lower case.
const SUBJECTS: &[&str] =
    &["complaint about message from", "email feedback report for", "abuse report for", "[spam report]"];

/// Reads the feedback report of a message.
pub(super) fn read(message: &Message) -> Option<Bounce> {
    let part = message.machine_parts.iter().find(|part| part.content_type == "message/feedback-report");
    let fields = match part {
        Some(part) => part.text.as_str(),
        None if announced(message) || is_complaint(message) => message.text.as_str(),
        None => return None,
    };
    let original = original::of(message);
    let named = ["original-rcpt-to", "removal-recipient"].iter().find_map(|name| field(fields, name));
    let recipient =
        named.and_then(|value| addresses(&value).into_iter().next().map(|a| a.address)).or(original.recipient);
    Some(Bounce {
        failures: vec![Failure { recipient, reason: Reason::Feedback, ..Failure::default() }],
        message_id: original.message_id,
        feedback: Some(field(fields, "feedback-type").unwrap_or_else(|| "abuse".to_owned()).to_lowercase()),
        seen_in: "feedback report",
    })
}

fn field(text: &str, name: &str) -> Option<String> {
    text.lines().take(500).find_map(|line| {
        let (key, value) = line.split_once(':')?;
        key.trim().eq_ignore_ascii_case(name).then(|| value.trim().to_owned())
    })
}

/// The type of the message promises a report that is not where it belongs.
fn announced(message: &Message) -> bool {
    let content_type = message.headers.get("content-type").unwrap_or("").to_ascii_lowercase();
    content_type.starts_with("multipart/report") && content_type.contains("feedback-report")
        || field(&message.text, "feedback-type").is_some() && field(&message.text, "user-agent").is_some()
}

/// A provider's complaint in its own form: our mail is attached, and the subject says what it is.
fn is_complaint(message: &Message) -> bool {
    let subject = message.subject.to_lowercase();
    SUBJECTS.iter().any(|words| subject.starts_with(words))
        && message.attachments.iter().any(|a| a.content_type == "message/rfc822")
}

//! Feedback reports (ARF, RFC 5965): a person pressed "spam", or a check failed.

use super::{Bounce, Failure, Reason, original};
use crate::Message;
use crate::header::addresses;

/// Reads the feedback report of a message.
pub(super) fn read(message: &Message) -> Option<Bounce> {
    let part = message.machine_parts.iter().find(|part| part.content_type == "message/feedback-report")?;
    let field = |name: &str| {
        part.text.lines().find_map(|line| {
            let (key, value) = line.split_once(':')?;
            key.trim().eq_ignore_ascii_case(name).then(|| value.trim().to_owned())
        })
    };
    let original = original::of(message);
    let named = ["original-rcpt-to", "removal-recipient"].iter().find_map(|name| field(name));
    let recipient =
        named.and_then(|value| addresses(&value).into_iter().next().map(|a| a.address)).or(original.recipient);
    Some(Bounce {
        failures: vec![Failure { recipient, reason: Reason::Feedback, ..Failure::default() }],
        message_id: original.message_id,
        feedback: Some(field("feedback-type").unwrap_or_else(|| "abuse".to_owned()).to_lowercase()),
        seen_in: "feedback report",
    })
}

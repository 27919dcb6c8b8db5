//! What `thedesk mail inspect` prints for one message.

use serde_json::{Value, json};

use crate::classify::classify;
use crate::{Address, Message, Warning};

/// Everything the parser makes of `bytes`, as one JSON object. Never fails; a text without headers is taken as a body.
///
/// Keys: `subject`, `from`, `sender`, `reply_to`, `to`, `cc`, `delivered_to`, `date` (milliseconds UTC), `reply` (the
/// text above the quote), `text` (the whole), `signature`, `forwarded` (null, or `from`, `date`, `subject`), `attachments` (`name`, `size`, `content_type`, `inline`,
/// `content_id`, and for an attached message `message`: `subject`, `from`, `text`, `attachments` by name), `message_id`,
/// `in_reply_to`, `references`, `classification`, `evidence`, `must_not_be_answered`, `bounce` (null, or `recipient`,
/// `status`, `reply`, `reason`, `hard`, `delayed`, `message_id`, `feedback`, `failures`), `calendar` (null,
/// or `method`, `uid`, `summary`, `start` and `end` (`written`, `zone`, `utc`, `whole_day`), `location`, `organizer`,
/// `attendees` (`name`, `address`, `answer`), `comment`, `repeats`), `warnings`.
pub fn inspect(bytes: &[u8]) -> Value {
    let message = Message::read(bytes);
    let classification = classify(&message);
    let attachments: Vec<Value> = message
        .attachments
        .iter()
        .map(|a| {
            json!({
                "name": a.name, "size": a.bytes.len(), "content_type": a.content_type, "inline": a.inline,
                "content_id": a.content_id, "message": a.message().map(|inner| attached(&inner)),
            })
        })
        .collect();
    let bounce = classification.bounce.as_ref().map(|bounce| {
        let first = bounce.failures.first();
        json!({
            "recipient": first.and_then(|f| f.recipient.clone()),
            "status": first.and_then(|f| f.status.clone()),
            "reply": first.and_then(|f| f.reply.clone()),
            "reason": first.map(|f| f.reason.as_str()),
            "hard": first.is_some_and(|f| f.hard),
            "delayed": first.is_some_and(|f| f.delayed),
            "message_id": bounce.message_id,
            "feedback": bounce.feedback,
            "failures": bounce.failures,
        })
    });
    json!({
        "subject": message.subject,
        "from": message.from,
        "sender": message.sender,
        "reply_to": message.reply_to,
        "to": message.to.iter().map(|a: &Address| &a.address).collect::<Vec<_>>(),
        "cc": message.cc.iter().map(|a: &Address| &a.address).collect::<Vec<_>>(),
        "delivered_to": message.delivered_to.iter().map(|a: &Address| &a.address).collect::<Vec<_>>(),
        "date": message.date,
        "reply": message.reply.visible,
        "text": message.text,
        "signature": message.reply.signature,
        "forwarded": message.forwarded,
        "attachments": attachments,
        "message_id": message.message_id,
        "in_reply_to": message.in_reply_to,
        "references": message.references,
        "classification": classification.kind.as_str(),
        "evidence": classification.evidence,
        "must_not_be_answered": classification.must_not_be_answered(),
        "bounce": bounce,
        "calendar": message.calendar,
        "warnings": message.warnings.iter().map(Warning::to_string).collect::<Vec<_>>(),
    })
}

/// An attached message in short; what is attached to it is only named.
fn attached(inner: &Message) -> Value {
    json!({
        "subject": inner.subject,
        "from": inner.from,
        "text": inner.text,
        "attachments": inner.attachments.iter().map(|a| &a.name).collect::<Vec<_>>(),
    })
}

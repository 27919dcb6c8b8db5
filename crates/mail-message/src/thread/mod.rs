//! What a message itself says about the conversation it belongs to. Evidence, not a decision: the desk weighs it, and
//! knows who may speak in which conversation.

mod thanks;

pub use thanks::is_thanks;

use std::collections::HashSet;

use serde::Serialize;

use crate::Message;

/// The desk's own address and number, to recognise its own marks.
#[derive(Debug, Clone, Copy)]
pub struct Own<'a> {
    /// The part of our address before the `@`, without a token: `desk`.
    pub address_local_part: &'a str,
    /// The part after it: `example.org`.
    pub domain: &'a str,
    /// How a number looks in a subject, with `{number}` for the digits: `[D-{number}]`.
    pub number_pattern: &'a str,
}

/// What was found, strongest first.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Evidence {
    /// The token of an address like `desk+TOKEN@example.org` among To, Cc and the mailboxes delivered to.
    pub token: Option<String>,
    /// The ids of In-Reply-To and References, newest first, each once.
    pub ids: Vec<String>,
    /// The digits of our number in the subject. Weak: anyone can write it.
    pub subject_number: Option<String>,
}

/// Gathers the evidence in `message`.
pub fn evidence(message: &Message, own: &Own<'_>) -> Evidence {
    let mut addresses = message.to.iter().chain(&message.cc).chain(&message.delivered_to);
    let token = addresses.find_map(|address| token(&address.address, own));
    let mut seen = HashSet::new();
    // References is the whole chain with the parent last; In-Reply-To alone survives some clients (PEERS 4).
    let ids = message.in_reply_to.iter().chain(message.references.iter().rev());
    let ids = ids.filter(|id| seen.insert(id.as_str())).cloned().collect();
    Evidence { token, ids, subject_number: subject_number(&message.subject, own.number_pattern) }
}

/// The token in one of our addresses: letters, digits, `-`, `_` and `.` only.
fn token(address: &str, own: &Own<'_>) -> Option<String> {
    let (local, domain) = address.rsplit_once('@')?;
    let (name, token) = local.split_once('+')?;
    let ours = name.eq_ignore_ascii_case(own.address_local_part) && domain.eq_ignore_ascii_case(own.domain);
    let well_formed = (1..=128).contains(&token.len())
        && token.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_' | b'.'));
    (ours && well_formed).then(|| token.to_owned())
}

/// The first of our numbers in a subject. Another desk's mark with the same digits is left alone.
fn subject_number(subject: &str, pattern: &str) -> Option<String> {
    let (before, after) = pattern.split_once("{number}")?;
    let (before, after) = (before.to_ascii_lowercase(), after.to_ascii_lowercase());
    let lower = subject.to_ascii_lowercase();
    let mut from = 0;
    while let Some(found) = lower[from..].find(&before) {
        let start = from + found;
        let digits = &lower[start + before.len()..];
        let length = digits.bytes().take_while(u8::is_ascii_digit).count();
        let word_before = !before.starts_with(|c: char| c.is_ascii_alphanumeric())
            || !lower[..start].ends_with(|c: char| c.is_alphanumeric());
        if (1..=18).contains(&length) && digits[length..].starts_with(&after) && word_before {
            return Some(digits[..length].to_owned());
        }
        from = start + lower[start..].chars().next().map_or(1, char::len_utf8);
        if from >= lower.len() {
            break;
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    const OWN: Own<'_> = Own { address_local_part: "desk", domain: "example.org", number_pattern: "[D-{number}]" };

    #[test]
    fn evidence_is_gathered_strongest_first() {
        // PEERS 1, 2, 4, 5, 7, 9
        let message = Message::read(
            b"From: ann@example.net\nTo: Bob <bob@example.org>\nCc: Desk <Desk+t0-Ken.x@EXAMPLE.org>\n\
            In-Reply-To: <c@x> <b@x>\nReferences: <a@x>\n\t<b@x> <c@x>\nSubject: Re: [Other #7] [d-1042] Printer\n\nHi",
        );
        let found = evidence(&message, &OWN);
        assert_eq!(found.token.as_deref(), Some("t0-Ken.x"));
        assert_eq!(found.ids, ["c@x", "b@x", "a@x"]);
        assert_eq!(found.subject_number.as_deref(), Some("1042"));
    }

    #[test]
    fn marks_of_others_are_left_alone() {
        let foreign = Message::read(b"To: desk+abc@example.net, x+abc@example.org\nSubject: [AD-12] [D-] D-12\n\n");
        assert_eq!(evidence(&foreign, &OWN), Evidence::default());
        let shell = Message::read(b"Delivered-To: \"desk+a;rm -rf\"@example.org\n\n");
        assert_eq!(evidence(&shell, &OWN).token, None);
    }
}

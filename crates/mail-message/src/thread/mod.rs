//! What a message itself says about the conversation it belongs to. Evidence, not a decision: the desk weighs it, and
//! knows who may speak in which conversation.

mod conversations;
mod foreign;
mod subject;
mod thanks;

pub use conversations::{Link, Mail, Place, conversations};
pub use foreign::marks as foreign_marks;
pub use subject::plain_subject;
pub use thanks::is_thanks;

use std::collections::HashSet;

use serde::Serialize;

use crate::Message;

/// Longest text that is searched for one of our addresses.
const LONGEST: usize = 200_000;

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
    /// The token of such an address in the text or in a link, where our mail is quoted: what is left when a relay took
    /// the headers away. Weaker than `token`: who forwards our mail passes it on.
    pub quoted_token: Option<String>,
    /// The digits of our number in the subject. Weak: anyone can write it.
    pub subject_number: Option<String>,
    /// The numbers of other desks in the subject, as they write them: `INC0012345`, `NET-42`. They say nothing about
    /// our tickets but which of them are about the same.
    pub foreign_marks: Vec<String>,
}

/// Gathers the evidence in `message`.
pub fn evidence(message: &Message, own: &Own<'_>) -> Evidence {
    let mut addresses = message.to.iter().chain(&message.cc).chain(&message.delivered_to);
    let token = addresses.find_map(|address| token(&address.address, own));
    let mut seen = HashSet::new();
    // References is the whole chain with the parent last; In-Reply-To alone survives some clients (PEERS 4).
    let ids = message.in_reply_to.iter().chain(message.references.iter().rev());
    let ids = ids.filter(|id| seen.insert(id.as_str())).cloned().collect();
    let texts = [Some(message.text.as_str()), message.html.as_deref()];
    let quoted_token = texts.into_iter().flatten().find_map(|text| token_in(text, own));
    let subject = without_links(&message.subject);
    let subject_number = subject_number(&subject, own.number_pattern);
    let mut foreign_marks = foreign_marks(&subject);
    if let Some(number) = &subject_number {
        let ours = own.number_pattern.replace("{number}", number);
        let ours = ours.trim_matches(|c: char| !c.is_alphanumeric());
        foreign_marks.retain(|mark| !mark.eq_ignore_ascii_case(ours));
    }
    Evidence { token, ids, quoted_token, subject_number, foreign_marks }
}

/// The token in one of our addresses: letters, digits, `-`, `_` and `.` only.
fn token(address: &str, own: &Own<'_>) -> Option<String> {
    let (local, domain) = address.rsplit_once('@')?;
    let (name, token) = local.split_once('+')?;
    let ours = name.eq_ignore_ascii_case(own.address_local_part) && domain.eq_ignore_ascii_case(own.domain);
    (ours && is_token(token)).then(|| token.to_owned())
}

fn is_token(token: &str) -> bool {
    (1..=128).contains(&token.len()) && token.bytes().all(is_of_token)
}

fn is_of_token(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.')
}

/// The newest, that is the first, of our addresses with a token in running text. In links the `+` may be `%2B`, the `@`
/// `%40` or `&#64;`.
fn token_in(text: &str, own: &Own<'_>) -> Option<String> {
    if own.address_local_part.is_empty() || own.domain.is_empty() {
        return None;
    }
    let start = (0..=LONGEST.min(text.len())).rev().find(|at| text.is_char_boundary(*at)).unwrap_or(0);
    let lower = text[..start].to_ascii_lowercase();
    let name = own.address_local_part.to_ascii_lowercase();
    let domain = own.domain.to_ascii_lowercase();
    for (at, _) in lower.match_indices(&name) {
        if lower[..at].ends_with(|c: char| c.is_ascii() && is_of_token(c as u8) || c == '+') {
            continue;
        }
        let after = &lower[at + name.len()..];
        let Some(rest) = ["+", "%2b", "&#43;"].iter().find_map(|plus| after.strip_prefix(plus)) else { continue };
        let length = rest.bytes().take(129).take_while(|byte| is_of_token(*byte)).count();
        let Some(host) = ["@", "%40", "&#64;"].iter().find_map(|sign| rest[length..].strip_prefix(sign)) else {
            continue;
        };
        let whole = host.strip_prefix(&domain).is_some_and(|rest| {
            !rest.starts_with(|c: char| c.is_ascii_alphanumeric() || c == '-')
                && !rest.strip_prefix('.').is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_alphanumeric()))
        });
        if whole && is_token(&rest[..length]) {
            let from = lower.len() - rest.len();
            return Some(text[from..from + length].to_owned());
        }
    }
    None
}

/// The subject without the addresses that clients put behind what they take for a link: `[D-7 <http://D-7>]`.
fn without_links(subject: &str) -> String {
    let mut out = String::with_capacity(subject.len());
    let mut rest = subject;
    // Without any `>` to come nothing is a link, however much looks like the beginning of one.
    let mut no_more = false;
    while let Some(open) = rest.find('<') {
        let inside = &rest[open + 1..];
        let is_link = ["http:", "https:", "mailto:", "tel:"].iter().any(|scheme| inside.starts_with(scheme));
        let close = if is_link && !no_more { inside.find('>') } else { None };
        no_more |= is_link && close.is_none();
        let Some(close) = close else {
            out.push_str(&rest[..=open]);
            rest = inside;
            continue;
        };
        out.push_str(rest[..open].trim_end());
        rest = &inside[close + 1..];
    }
    out.push_str(rest);
    out
}

/// The first of our numbers in a subject, blanks within it or not. Another desk's mark with the same digits is left
/// alone.
fn subject_number(subject: &str, pattern: &str) -> Option<String> {
    let (before, after) = pattern.split_once("{number}")?;
    let (before, after) = (before.to_ascii_lowercase(), after.to_ascii_lowercase());
    let lower = subject.to_ascii_lowercase();
    let mut from = 0;
    while let Some(found) = lower[from..].find(&before) {
        let start = from + found;
        let digits = lower[start + before.len()..].trim_start_matches(' ');
        let length = digits.bytes().take_while(u8::is_ascii_digit).count();
        let word_before = !before.starts_with(|c: char| c.is_ascii_alphanumeric())
            || !lower[..start].ends_with(|c: char| c.is_alphanumeric());
        let ends = digits[length..].starts_with(&after) || digits[length..].trim_start_matches(' ').starts_with(&after);
        if (1..=18).contains(&length) && ends && word_before {
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
mod tests;

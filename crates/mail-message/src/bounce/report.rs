//! The machine-readable delivery report (RFC 3464): in its own part, in several, within the text, or in a text that
//! is attached; with the blank lines, folds and blanks that servers get wrong.

use super::{Failure, Said, original, status};
use crate::header::addresses;
use crate::{Attachment, Message};

/// Most recipients that are read of one report.
const MOST: usize = 200;
/// Longest attached text that is searched for a report.
const LONGEST_ATTACHED: usize = 20_000;

/// Fields that count as such wherever a line begins with them, however far it is indented.
const TELLING: &[&str] = &[
    "final-recipient",
    "original-recipient",
    "action",
    "status",
    "diagnostic-code",
    "remote-mta",
    "reporting-mta",
    "last-attempt-date",
    "x-powermta-bouncecategory",
];

/// What the report says.
pub(super) enum Report {
    /// There is none.
    None,
    /// Everything was delivered, relayed or expanded.
    Success,
    /// At least one recipient failed or is delayed.
    Failures(Vec<Failure>),
}

/// One block of fields, names in lower case.
type Fields = Vec<(String, String)>;

/// Reads the report of a message.
pub(super) fn read(message: &Message) -> Report {
    let mut text = String::new();
    for part in message.machine_parts.iter().filter(|part| part.content_type.ends_with("delivery-status")) {
        text.push_str(&part.text);
        text.push_str("\n\n");
    }
    match read_fields(&text) {
        Report::None => {}
        found => return found,
    }
    let shown = above_the_copy(&message.text);
    if has_report(&shown) {
        return read_fields(&shown);
    }
    let attached = message.attachments.iter().filter_map(attached_text).find(|text| has_report(text));
    attached.map_or(Report::None, |text| read_fields(&text))
}

/// Reads the report inside an attached message: gateways wrap the bounces of the servers behind them.
pub(super) fn read_wrapped(message: &Message) -> Option<Vec<Failure>> {
    let inner = message.attachments.iter().find_map(Attachment::message)?;
    match read(&inner) {
        Report::Failures(failures) => Some(failures),
        Report::Success | Report::None => None,
    }
}

/// The text of an attachment that may be a report without its proper type.
fn attached_text(attachment: &Attachment) -> Option<String> {
    let is_text = attachment.content_type.starts_with("text/") || attachment.content_type.ends_with("delivery-status");
    (is_text && attachment.bytes.len() <= LONGEST_ATTACHED)
        .then(|| above_the_copy(&String::from_utf8_lossy(&attachment.bytes)))
}

/// A mail that is quoted may be a report itself; what it says is not about ours.
fn above_the_copy(text: &str) -> String {
    let lines: Vec<&str> = text.lines().take(1000).collect();
    let end = original::line(&lines).unwrap_or(lines.len());
    lines[..end].join("\n")
}

fn read_fields(text: &str) -> Report {
    let mut failures: Vec<Failure> = Vec::new();
    let mut success = false;
    for fields in joined(groups(text)).iter().filter(|fields| is_about_recipient(fields)).take(MOST) {
        let action = get(fields, "action").unwrap_or("failed").to_lowercase();
        if ["delivered", "relayed", "expanded"].iter().any(|good| action.starts_with(good)) {
            success = true;
            continue;
        }
        let failure = said(fields, action.starts_with("delay")).understood();
        let same = |known: &Failure| known.recipient == failure.recipient && known.status == failure.status;
        if !failures.iter().any(same) {
            failures.push(failure);
        }
    }
    match (failures.is_empty(), success) {
        (false, _) => Report::Failures(failures),
        (true, true) => Report::Success,
        (true, false) => Report::None,
    }
}

fn has_report(text: &str) -> bool {
    let has = |name: &str| text.lines().take(500).any(|line| field(line).is_some_and(|(key, _)| key == name));
    has("final-recipient") && (has("status") || has("diagnostic-code") || has("action"))
}

/// The telling field that a line begins with.
fn field(line: &str) -> Option<(&'static str, &str)> {
    let (name, value) = line.trim_start_matches([' ', '\t', '>', '*', '|']).split_once(':')?;
    let name = name.trim_end();
    TELLING.iter().find(|telling| telling.eq_ignore_ascii_case(name)).map(|telling| (*telling, value.trim()))
}

/// Cuts the text into blocks of unfolded fields: at blank lines, and where a field begins the next recipient.
fn groups(text: &str) -> Vec<Fields> {
    let mut groups: Vec<Fields> = vec![Vec::new()];
    for line in text.lines() {
        let Some(fields) = groups.last_mut() else { break };
        if line.trim().is_empty() {
            if !fields.is_empty() {
                groups.push(Vec::new());
            }
        } else if let Some((name, value)) = field(line) {
            let again = get(fields, name).is_some() && matches!(name, "final-recipient" | "action");
            if again {
                groups.push(Vec::new());
            }
            if let Some(fields) = groups.last_mut() {
                fields.push((name.to_owned(), value.to_owned()));
            }
        } else if line.starts_with([' ', '\t']) || !line.contains(':') {
            if let Some((_, value)) = fields.last_mut().filter(|(_, value)| value.len() < 4000) {
                value.push(' ');
                value.push_str(line.trim());
            }
        } else if let Some((name, value)) = line.split_once(':') {
            if name.trim().contains(' ') {
                // "host mx said: 550 ...": a diagnosis that went on without being folded.
                if let Some((_, before)) = fields.last_mut().filter(|(_, before)| before.len() < 4000) {
                    before.push(' ');
                    before.push_str(line.trim());
                }
            } else {
                fields.push((name.trim().to_ascii_lowercase(), value.trim().to_owned()));
            }
        }
    }
    groups
}

/// A blank line within one recipient's fields is a mistake of the server's: what names nobody belongs to what follows,
/// or to what went before, when it says something new about it.
fn joined(groups: Vec<Fields>) -> Vec<Fields> {
    let mut joined: Vec<Fields> = Vec::new();
    for fields in groups {
        let says = |fields: &Fields| ["action", "status", "diagnostic-code"].iter().any(|n| get(fields, n).is_some());
        let names = |fields: &Fields| recipient_of(fields).is_some();
        match joined.last_mut() {
            Some(last) if says(last) != says(&fields) && names(last) != names(&fields) => last.extend(fields),
            Some(last)
                if names(last)
                    && !names(&fields)
                    && says(&fields)
                    && get(last, "diagnostic-code").is_none()
                    && get(&fields, "action").is_none() =>
            {
                last.extend(fields);
            }
            _ => joined.push(fields),
        }
    }
    joined
}

fn get<'a>(fields: &'a Fields, name: &str) -> Option<&'a str> {
    fields.iter().find(|(n, _)| n == name).map(|(_, value)| value.as_str())
}

fn is_about_recipient(fields: &Fields) -> bool {
    ["final-recipient", "original-recipient", "action"].iter().any(|name| get(fields, name).is_some())
}

/// The address that failed, as one field or the other gives it.
fn recipient_of(fields: &Fields) -> Option<String> {
    let address = |name| get(fields, name).and_then(recipient);
    // "X-Actual-Recipient" is what an alias stood for; the address that we wrote to is the one to know.
    let named = address("final-recipient").filter(|a| a.contains('@'));
    named.or_else(|| address("original-recipient")).or_else(|| address("x-actual-recipient"))
}

fn said(fields: &Fields, delayed: bool) -> Said {
    let code = get(fields, "diagnostic-code").unwrap_or("");
    let (kind, text) = match code.split_once(';') {
        Some((kind, text)) if !kind.trim().contains(' ') && kind.len() < 40 => {
            (kind.trim().to_lowercase(), text.trim())
        }
        _ => (String::new(), code),
    };
    let mut text = text.to_owned();
    // What stands in brackets behind the status is the server's summary, and often all that it says.
    let status = get(fields, "status");
    if let Some((_, comment)) = status.and_then(|status| status.split_once('(')).filter(|_| text.is_empty()) {
        comment.trim_end_matches(')').clone_into(&mut text);
    }
    Said {
        recipient: recipient_of(fields),
        original_recipient: get(fields, "original-recipient").and_then(recipient),
        delayed,
        status: status.and_then(status::of_field),
        local_program: kind == "x-unix",
        sorted_as: get(fields, "x-powermta-bouncecategory").map(str::to_owned),
        text,
        ..Said::default()
    }
}

/// `rfc822; ann@example.org`, with or without type and brackets.
fn recipient(value: &str) -> Option<String> {
    let address = value.split_once(';').map_or(value, |(_, address)| address);
    addresses(address).into_iter().next().map(|a| a.address).filter(|a| !a.is_empty())
}

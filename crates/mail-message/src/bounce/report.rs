//! The machine-readable delivery report (RFC 3464), in its own part or, as some servers have it, within the text.

use super::{Failure, Said, status};
use crate::Message;
use crate::header::addresses;

/// Most recipients that are read of one report.
const MOST: usize = 200;

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
    let part = message.machine_parts.iter().find(|part| part.content_type.ends_with("delivery-status"));
    match part {
        Some(part) => read_fields(&part.text),
        None if has_report_in_text(&message.text) => read_fields(&message.text),
        None => Report::None,
    }
}

/// Reads the report inside an attached message: gateways wrap the bounces of the servers behind them.
pub(super) fn read_wrapped(message: &Message) -> Option<Vec<Failure>> {
    let inner = message.attachments.iter().find_map(crate::Attachment::message)?;
    match read(&inner) {
        Report::Failures(failures) => Some(failures),
        Report::Success | Report::None => None,
    }
}

fn read_fields(text: &str) -> Report {
    let groups = groups(text);
    let mut failures: Vec<Failure> = Vec::new();
    let mut success = false;
    for fields in groups.iter().filter(|fields| is_about_recipient(fields)).take(MOST) {
        let action = get(fields, "action").unwrap_or("failed").to_lowercase();
        if ["delivered", "relayed", "expanded"].iter().any(|good| action.starts_with(good)) {
            success = true;
            continue;
        }
        let failure = said(fields, action.starts_with("delayed")).understood();
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

fn has_report_in_text(text: &str) -> bool {
    let has = |name: &str| text.lines().take(500).any(|line| starts_with_field(line, name));
    has("final-recipient") && (has("status") || has("diagnostic-code") || has("action"))
}

fn starts_with_field(line: &str, name: &str) -> bool {
    line.len() > name.len()
        && line.is_char_boundary(name.len())
        && line[..name.len()].eq_ignore_ascii_case(name)
        && line[name.len()..].starts_with(':')
}

/// Cuts the text at blank lines into blocks of unfolded fields.
fn groups(text: &str) -> Vec<Fields> {
    let mut groups: Vec<Fields> = vec![Vec::new()];
    for line in text.lines() {
        let Some(fields) = groups.last_mut() else { break };
        if line.trim().is_empty() {
            if !fields.is_empty() {
                groups.push(Vec::new());
            }
        } else if line.starts_with([' ', '\t']) {
            if let Some((_, value)) = fields.last_mut().filter(|(_, value)| value.len() < 4000) {
                value.push(' ');
                value.push_str(line.trim());
            }
        } else if let Some((name, value)) = line.split_once(':') {
            fields.push((name.trim().to_ascii_lowercase(), value.trim().to_owned()));
        }
    }
    groups
}

fn get<'a>(fields: &'a Fields, name: &str) -> Option<&'a str> {
    fields.iter().find(|(n, _)| n == name).map(|(_, value)| value.as_str())
}

fn is_about_recipient(fields: &Fields) -> bool {
    ["final-recipient", "original-recipient", "action"].iter().any(|name| get(fields, name).is_some())
}

fn said(fields: &Fields, delayed: bool) -> Said {
    let address = |name| get(fields, name).and_then(recipient);
    let (kind, text) =
        match get(fields, "diagnostic-code").map(|value| value.split_once(';').unwrap_or(("smtp", value))) {
            Some((kind, text)) if !kind.contains(' ') => (kind.trim().to_lowercase(), text.trim().to_owned()),
            _ => (String::new(), get(fields, "diagnostic-code").unwrap_or("").to_owned()),
        };
    let original_recipient = address("original-recipient");
    Said {
        recipient: address("final-recipient").filter(|a| a.contains('@')).or_else(|| original_recipient.clone()),
        original_recipient,
        delayed,
        status: get(fields, "status").and_then(status::of_field),
        local_program: kind == "x-unix",
        text,
        in_report: true,
    }
}

/// `rfc822; ann@example.org`, with or without type and brackets.
fn recipient(value: &str) -> Option<String> {
    let address = value.split_once(';').map_or(value, |(_, address)| address);
    addresses(address).into_iter().next().map(|a| a.address).filter(|a| !a.is_empty())
}

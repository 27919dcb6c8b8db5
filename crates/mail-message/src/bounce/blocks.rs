//! A notice in words, taken apart: whose addresses it names as failed, and which of its lines speak about each.

use super::dialects::Dialect;
use crate::classify::is_nobody;

/// Most recipients that are read of one notice.
const MOST: usize = 100;
/// Most that the lines elsewhere in a notice add to a recipient's own, in bytes.
const MOST_ELSEWHERE: usize = 600;

/// Words before an address that make it the failed one, lower case.
#[rustfmt::skip]
const BEFORE_FAILED: &[&str] = &[
    "rcpt to:", "delivered to:", "deliver message to:", "deliver to", "delivering your mail to", "recipient:",
    "recipients:", "recipient(s):", "final-recipient:", "user:", "permanent errors:", "addressed to:", "address:",
    "address(es):", "addresses:", "recipient address:", "unknown user:", "failed recipient:", "failed address:",
    "message to", "mail to", "e-mail to", "email to", "addressee:", "smtp:", "empfänger:", "destinataire :",
    "destinatario:", "destinatário:", "收件人：", "收件人:", "宛先:", "to:",
];
/// Words before an address that make it somebody else's.
#[rustfmt::skip]
const BEFORE_OTHERS: &[&str] = &[
    "mail from:", "from:", "from", "envelope-from", "envelope sender", "sender:", "sender", "contact", "reply-to:",
    "postmaster at", "von:", "absender:", "de :", "de:", "da:", "от:", "mailto:", "message-id:", "help at",
    "send mail to", "send email to", "e-mail us at", "questions to", "forward this message to",
];

/// One address that failed, with the line that names it.
pub(super) struct Named {
    pub(super) address: String,
    pub(super) line: usize,
}

/// The addresses that a notice names as failed: the most telling lines first, each once. `own` are ours, in lower case:
/// a notice is addressed to the sender, so they count only where nobody else is named.
pub(super) fn recipients(lines: &[&str], dialect: Option<&Dialect>, own: &[String]) -> Vec<Named> {
    let words = dialect.map_or(&[][..], |dialect| dialect.recipients);
    let lower: Vec<String> = lines.iter().map(|line| line.to_lowercase()).collect();
    let from = lower.iter().position(|line| words.iter().any(|word| line.contains(word)));
    let others = |address: &str| !own.iter().any(|own| own.eq_ignore_ascii_case(address));
    let all = |_: &str| true;
    let mut found = Vec::new();
    if let Some(from) = from {
        found = best(lines, from, words, &others);
    }
    if found.is_empty() {
        found = best(lines, 0, words, &others);
    }
    if found.is_empty() {
        found = best(lines, from.unwrap_or(0), words, &all);
    }
    found
}

fn best(lines: &[&str], from: usize, words: &[&str], counts: &dyn Fn(&str) -> bool) -> Vec<Named> {
    let mut best: Vec<Named> = Vec::new();
    let mut score = 0;
    for (number, line) in lines.iter().enumerate().skip(from).filter(|(_, line)| line.len() < 1000) {
        for (address, rank) in ranked(line, words) {
            if !counts(&address) || is_nobody(&address) && rank < 3 {
                continue;
            }
            if rank > score {
                best.clear();
                score = rank;
            }
            let known = || best.iter().any(|named| named.address.eq_ignore_ascii_case(&address));
            if rank == score && best.len() < MOST && !known() {
                best.push(Named { address, line: number });
            }
        }
    }
    best
}

/// The addresses of a line with how telling it is: 3 alone on the line or after telling words, 2 at its start, 1 else.
fn ranked(line: &str, words: &[&str]) -> Vec<(String, u8)> {
    let trimmed = line.trim().trim_start_matches(['*', '>', '-', '<', '"', '\'', ' ', '•', '·', '[']);
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
        let before = line[..start].to_lowercase();
        let before = before.trim_end_matches(['<', '"', '\'', ' ', '(', '[', '\t', '“', '«']);
        if BEFORE_OTHERS.iter().any(|words| before.ends_with(words)) {
            continue;
        }
        let named = |words: &[&str]| {
            words.iter().any(|words| before.ends_with(words.trim_end_matches(['<', '"', '\'', ' ', '(', '['])))
        };
        let alone =
            trimmed.trim_end_matches(['>', ':', '"', ' ', '\'', ']', ';', ',', '.']).eq_ignore_ascii_case(address);
        // "ann@example.org<mailto:ann@example.org>", "<ann@example.org>: host said", "ann@example.org (No such user)".
        let leads = trimmed.strip_prefix(address).is_some_and(|rest| {
            let rest = rest.trim_start_matches(['>', '"', '\'']);
            rest.starts_with(':') || rest.starts_with("<mailto:") || rest.trim_start().starts_with(['(', '[', '#'])
        });
        let rank = if alone || leads || named(BEFORE_FAILED) || named(words) {
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

/// What is said about each of several recipients: its line and those below it, up to the next recipient or a rule
/// across the page; and what is said elsewhere about it by name.
pub(super) fn about_each(lines: &[&str], named: &[Named]) -> Vec<String> {
    let starts: Vec<usize> = named.iter().map(|named| named.line).collect();
    named.iter().map(|one| about(lines, one, &starts)).collect()
}

fn about(lines: &[&str], one: &Named, starts: &[usize]) -> String {
    let next = starts.iter().copied().filter(|start| *start > one.line).min().unwrap_or(lines.len());
    // A notice may have no line of its own, and its recipients in a header only.
    let below = lines.get(one.line + 1..next).unwrap_or_default();
    let rule = below.iter().position(|line| is_rule(line)).map_or(next, |at| one.line + 1 + at);
    let mut text = lines[one.line..rule].join("\n");
    let address = one.address.to_lowercase();
    let (mut room, mut after) = (MOST_ELSEWHERE, 0);
    for (_, line) in lines.iter().enumerate().filter(|(number, _)| !(one.line..rule).contains(number)) {
        // An answer follows the command that names the recipient.
        let names = line.len() < 1000 && line.to_lowercase().contains(&address);
        after = if names { 2 } else { after };
        if after > 0 && line.len() < room && (names || line.trim_start().starts_with(['4', '5', '<'])) {
            text.push('\n');
            text.push_str(line);
            room -= line.len();
        }
        after = usize::from(after == 2 && names);
    }
    text
}

fn is_rule(line: &str) -> bool {
    let line = line.trim();
    line.starts_with("----") || line.starts_with("====") || line.starts_with("****") || line.starts_with("____")
}

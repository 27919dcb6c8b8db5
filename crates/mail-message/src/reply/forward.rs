//! A forwarded message: who wrote it, when, about what.

use serde::Serialize;

use super::header_block::{Label, labelled, labelled_without_colon};
use super::line::{is_emphasis, is_rule, unquoted};
use crate::Address;

/// The message that somebody passed on in the text of theirs, as far as the headers copied above it tell.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Forwarded {
    /// Who wrote it first. The address is empty where the program copied the name only.
    pub from: Option<Address>,
    /// When, in the words of the program that forwarded it: languages and time zones differ too much to guess.
    pub date: Option<String>,
    /// About what.
    pub subject: Option<String>,
    /// What stands above it: the words of who passed it on.
    #[serde(skip)]
    pub above: String,
    /// The message that is passed on, without the headers copied above it.
    #[serde(skip)]
    pub text: String,
}

/// Lines below the marker in which headers are looked for.
const NEAR: usize = 40;
/// Programs wrap lines that are at least this long.
const WIDE: usize = 50;
/// Longest value, in bytes.
const LONGEST: usize = 1000;

impl Forwarded {
    /// Reads the headers at `from` and below; `marked` says that a marker stands above them.
    pub(super) fn read(lines: &[&str], from: usize, marked: bool) -> Self {
        let mut values: Vec<(Label, String)> = Vec::new();
        let mut blank = true;
        let mut above = 0;
        let mut headers_end = from;
        for (at, line) in lines.iter().enumerate().skip(from).take(NEAR) {
            let (_, line) = unquoted(line);
            if line.trim().is_empty() || is_rule(line) {
                blank = true;
                continue;
            }
            let label = labelled(line).or_else(|| labelled_without_colon(line).filter(|_| marked));
            if let Some((label, value)) = label {
                let again = label != Label::Other && values.iter().any(|(seen, _)| *seen == label);
                if again || blank && enough(&values) {
                    break;
                }
                values.push((label, value.trim().to_owned()));
                headers_end = at + 1;
            } else if let Some((last, value)) = values.last_mut() {
                // Below a long line stands the rest of its value, and below a name alone on its line the value.
                let open = above >= WIDE && !blank || value.is_empty() && *last != Label::Other;
                if value.len() > LONGEST || !open && enough(&values) {
                    break;
                }
                if let Some((_, value)) = values.last_mut().filter(|_| open) {
                    headers_end = at + 1;
                    value.push_str(if value.is_empty() { "" } else { " " });
                    value.push_str(line.trim());
                }
            }
            above = line.chars().count();
            blank = false;
        }
        let value = |wanted: Label| {
            let found = values.iter().find(|(label, value)| *label == wanted && !value.is_empty());
            found.map(|(_, value)| value.trim_matches(is_emphasis).to_owned())
        };
        Self {
            from: value(Label::From).and_then(|from| person(&from)),
            date: value(Label::Sent),
            subject: value(Label::Subject),
            above: String::new(),
            text: content(&lines[headers_end..]),
        }
    }
}

/// The lines as a text of its own, without the marks of a quote when all of it is one.
fn content(lines: &[&str]) -> String {
    let written = || lines.iter().filter(|line| !line.trim().is_empty());
    let is_quote = written().next().is_some() && written().all(|line| unquoted(line).0 > 0);
    let plain = |line: &&'_ str| if is_quote { once_unquoted(line) } else { (*line).to_owned() };
    lines.iter().map(plain).collect::<Vec<_>>().join("\n").trim_matches('\n').trim_end().to_owned()
}

fn once_unquoted(line: &str) -> String {
    let rest = line.trim_start().strip_prefix(['>', '＞']).unwrap_or(line);
    rest.strip_prefix(' ').unwrap_or(rest).to_owned()
}

fn enough(values: &[(Label, String)]) -> bool {
    let has = |wanted: Label| values.iter().any(|(label, _)| *label == wanted);
    has(Label::From) && has(Label::Subject) && (has(Label::Sent) || has(Label::To))
}

/// The person in a value like `Ann Other <ann@example.org>`, `Ann Other [mailto:ann@example.org]` or `ann@example.org`.
pub(super) fn person(value: &str) -> Option<Address> {
    let value = value.get(..value.len().min(LONGEST)).unwrap_or("").trim_matches(is_emphasis);
    let tidy = |name: &str| {
        let name = name.trim().trim_end_matches("mailto:");
        let name = name.trim_matches(|c: char| {
            is_emphasis(c) || matches!(c, '<' | '[' | '(' | '"' | ',' | ';' | '\u{201c}' | '\u{201d}' | ')' | ']' | '>')
        });
        let name = name.strip_prefix('\'').and_then(|inner| inner.strip_suffix('\'')).unwrap_or(name);
        (!name.is_empty() && !name.contains('@')).then(|| name.to_owned())
    };
    let Some(at) = value.find('@').filter(|at| *at > 0) else {
        return tidy(value).map(|name| Address { name: Some(name), address: String::new() });
    };
    let local = |c: char| c.is_alphanumeric() || "._%+-=/'&!#$~".contains(c);
    let start = value[..at].char_indices().rev().take_while(|(_, c)| local(*c)).last().map_or(at, |(start, _)| start);
    let domain = |c: char| c.is_alphanumeric() || matches!(c, '.' | '-' | '_');
    let end = value[at + 1..].find(|c| !domain(c)).map_or(value.len(), |end| at + 1 + end);
    let domain = value[at + 1..end].trim_end_matches(['.', '-']).to_lowercase();
    let local = value[start..at].trim_start_matches('\'');
    if local.is_empty() || domain.is_empty() {
        return tidy(value).map(|name| Address { name: Some(name), address: String::new() });
    }
    let behind = value[end..].trim_start_matches(['>', ']', ' ']);
    let comment = behind.strip_prefix('(').and_then(|inside| inside.split_once(')')).map(|(inside, _)| inside);
    let name = tidy(&value[..start]).or_else(|| comment.and_then(tidy));
    Some(Address { name, address: format!("{local}@{domain}") })
}

#[cfg(test)]
mod tests {
    use super::person;

    #[test]
    fn people_as_programs_write_them() {
        let cases = [
            ("Ann Other <ann@Example.org>", Some("Ann Other"), "ann@example.org"),
            ("Ann Other [mailto:ann@example.org]", Some("Ann Other"), "ann@example.org"),
            ("\"Other, Ann\" <ann@example.org<mailto:ann@example.org>>", Some("Other, Ann"), "ann@example.org"),
            ("*Ann Other* <ann@example.org>", Some("Ann Other"), "ann@example.org"),
            ("ann@example.org (Ann Other)", Some("Ann Other"), "ann@example.org"),
            ("<ann@example.org>", None, "ann@example.org"),
            ("'ann@example.org'", None, "ann@example.org"),
            ("ann@example.org <ann@example.org>", None, "ann@example.org"),
            ("Ann Other", Some("Ann Other"), ""),
        ];
        for (text, name, address) in cases {
            let found = person(text).unwrap();
            assert_eq!((found.name.as_deref(), found.address.as_str()), (name, address), "{text}");
        }
        assert_eq!(person("  "), None);
    }
}

//! The block of headers that programs put above a quote or a forwarded message: "From: ... Sent: ... To: ...", in any
//! order, in any language, bold or not, with wrapped values and empty lines between.

use std::collections::HashMap;
use std::sync::LazyLock;

use super::line::{is_emphasis, lowered};
use super::words::headers::{FORM, NAMES};

/// What a line names, when it is a line of such a block.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Label {
    From,
    Sent,
    To,
    Subject,
    Other,
}

/// A block that was found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Block {
    /// One past its last labelled line.
    pub(super) end: usize,
    /// It names sender, recipient and a date: no form that a website fills in looks like that by chance.
    sure: bool,
}

/// Lines in which a block must be complete; long recipient lists wrap.
const LONGEST_BLOCK: usize = 24;
/// Most lines of one value.
const MOST_WRAPPED: usize = 8;
/// Longest name of a header, in characters.
const LONGEST_NAME: usize = 24;

static LABELS: LazyLock<HashMap<&'static str, Label>> = LazyLock::new(|| {
    let mut labels = HashMap::new();
    for names in NAMES {
        let kinds = [
            (Label::From, names.from),
            (Label::Sent, names.sent),
            (Label::To, names.to),
            (Label::Subject, names.subject),
            (Label::Other, names.other),
        ];
        for (label, words) in kinds {
            for word in words {
                // A word that two languages use differently keeps the meaning of the language that comes first.
                labels.entry(*word).or_insert(label);
            }
        }
    }
    labels
});

/// The label of a line and what stands behind its colon.
pub(super) fn labelled(line: &str) -> Option<(Label, &str)> {
    let line = line.trim_start_matches(is_emphasis);
    let start = line.char_indices().nth(LONGEST_NAME).map_or(line.len(), |(at, _)| at);
    let colon = line[..start].find([':', '：'])?;
    let width = line[colon..].chars().next().map_or(1, char::len_utf8);
    Some((named(&line[..colon])?, line[colon + width..].trim_matches(is_emphasis)))
}

/// The label of a line `From Ann Other <ann@example.org>`: some programs write no colon. Only below a marker.
pub(super) fn labelled_without_colon(line: &str) -> Option<(Label, &str)> {
    let (name, value) = line.trim_matches(is_emphasis).split_once([' ', '\t'])?;
    Some((named(name)?, value.trim()))
}

fn named(name: &str) -> Option<Label> {
    let name = name.trim_matches(is_emphasis);
    if name.is_empty() || name.chars().nth(LONGEST_NAME).is_some() {
        return None;
    }
    LABELS.get(lowered(name).as_str()).copied()
}

/// The label of each line, looked up once.
pub(super) fn labels(lines: &[&str]) -> Vec<Option<Label>> {
    lines.iter().map(|line| labelled(line).map(|(label, _)| label)).collect()
}

/// The block that begins at line `at`, if one does. `marked` says that a rule or a marker stands above it.
pub(super) fn at(lines: &[&str], labels: &[Option<Label>], at: usize, marked: bool) -> Option<Block> {
    if !matches!(labels[at], Some(label) if label != Label::Other) {
        return None;
    }
    if let Some(block) = in_one_line(lines[at], at) {
        return Some(block);
    }
    let mut seen: Vec<Label> = Vec::with_capacity(4);
    let (mut end, mut wrapped, mut blanks) = (at, 0, 0);
    let (mut dated, mut addressed) = (false, false);
    for line in at..lines.len().min(at + LONGEST_BLOCK) {
        match labels[line] {
            Some(label) => {
                if label != Label::Other {
                    if seen.contains(&label) {
                        break;
                    }
                    seen.push(label);
                }
                let value = labelled(lines[line]).map_or("", |(_, value)| value);
                dated |= label == Label::Sent && value.bytes().any(|b| b.is_ascii_digit());
                let named = value.is_empty() || value.contains(char::is_alphabetic);
                if matches!(label, Label::From | Label::To) && !named {
                    // Hours of opening, not people.
                    return None;
                }
                addressed |= label == Label::From && value.contains('@');
                (end, wrapped, blanks) = (line + 1, 0, 0);
            }
            None if lines[line].trim().is_empty() => {
                blanks += 1;
                if blanks > 1 {
                    break;
                }
            }
            // A wrapped value stands directly below its first line.
            None if blanks == 0 && wrapped < MOST_WRAPPED => wrapped += 1,
            // The value of an Outlook that doubles every line end.
            None => break,
        }
    }
    let has = |label: Label| seen.contains(&label);
    let enough =
        has(Label::From) && [Label::Sent, Label::To, Label::Subject].iter().filter(|label| has(**label)).count() >= 2;
    let (to, subject) = (has(Label::To), has(Label::Subject));
    // A journey has a From, a To and a date as well; a mail has a subject or an address.
    let sure = match (to, subject) {
        (true, true) => dated || addressed,
        _ => dated && addressed,
    };
    let sure = sure && !is_form(lines, end);
    (enough && (marked || sure)).then_some(Block { end, sure })
}

/// Whether the line directly below goes on like a form: "Message: ...".
fn is_form(lines: &[&str], end: usize) -> bool {
    let Some(line) = lines.get(end) else { return false };
    let start = line.char_indices().nth(LONGEST_NAME).map_or(line.len(), |(at, _)| at);
    let name = line[..start].find([':', '：']).map(|colon| lowered(line[..colon].trim_matches(is_emphasis)));
    name.is_some_and(|name| FORM.contains(&name.as_str()))
}

/// Some programs lose the line breaks: `From: Ann <ann@example.org> Sent: Monday, 4 March 2024 To: Desk Subject: Keys`.
fn in_one_line(line: &str, at: usize) -> Option<Block> {
    const LONGEST: usize = 1000;
    if line.len() > LONGEST || !line.contains('@') {
        return None;
    }
    let mut seen: Vec<Label> = Vec::with_capacity(4);
    for (colon, _) in line.match_indices([':', '：']).take(40) {
        // The name is the last word before the colon, or the last two.
        let mut words = line[..colon].trim_end_matches(is_emphasis).rsplitn(3, |c: char| is_emphasis(c));
        let (last, second) = (words.next().unwrap_or(""), words.next().unwrap_or(""));
        let found = named(&format!("{second} {last}")).or_else(|| named(last));
        if let Some(label) = found.filter(|label| *label != Label::Other && !seen.contains(label)) {
            seen.push(label);
        }
    }
    (seen.first() == Some(&Label::From) && seen.len() == 4).then_some(Block { end: at + 1, sure: true })
}

/// Lotus Notes: the name, the date below it, then "To", "cc" and "Subject" each alone on a line. Gives the line of the
/// subject.
pub(super) fn of_notes(lines: &[&str], at: usize) -> Option<usize> {
    let dated = |line: &str| {
        let digits = line.bytes().filter(u8::is_ascii_digit).count();
        line.len() < 60 && (8..=16).contains(&digits) && line.contains(':')
    };
    let name = lines[at].trim();
    if name.is_empty() || name.len() > 100 || !lines.get(at + 1).is_some_and(|line| dated(line)) {
        return None;
    }
    let alone = |line: &str| named(line.split('\t').next().unwrap_or(line));
    let near = lines[at + 1..].iter().take(14);
    let found = |wanted: Label| near.clone().position(|line| line.len() < 200 && alone(line) == Some(wanted));
    let (to, subject) = (found(Label::To)?, found(Label::Subject)?);
    (to < subject).then_some(at + 1 + subject)
}

impl Block {
    /// See [`Block::sure`].
    pub(super) fn is_sure(self) -> bool {
        self.sure
    }
}

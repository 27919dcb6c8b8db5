//! Signatures: below `-- `, sign-offs of phones and lists. Only at the end of the new text; never in its middle.

use super::What;
use super::line::lowered;
use super::words::footers::{BEGINS, BEGINS_WITH_PROGRAM, ENDS_WITH_PROGRAM, PROGRAMS};

/// Longest line that phones add.
const SHORT: usize = 70;
/// Most words after "Sent from my": "Sent from my desk, which is easier than the phone." is a sentence.
const FEW_WORDS: usize = 4;
/// Most words of a line that names a device or program.
const WORDS: usize = 12;
/// Longest signature below a `--` line.
const LONGEST: usize = 25;

/// Marks the signatures at the end of each stretch of new text.
pub(super) fn mark(lines: &[&str], what: &mut [What]) {
    let first = what.iter().position(|w| matches!(w, What::New | What::Quote)).unwrap_or(what.len());
    let mut end = what.len();
    while end > 0 {
        match what[end - 1] {
            What::Blank | What::Quote | What::Signature => end -= 1,
            What::New => {
                let start = stretch_start(what, end);
                let Some(from) = signature_start(lines, start, end, first) else {
                    break;
                };
                for (line, what) in lines[from..end].iter().zip(&mut what[from..end]) {
                    if !line.trim().is_empty() {
                        *what = What::Signature;
                    }
                }
                end = from;
            }
        }
    }
}

/// The first line of the stretch of new (and blank) lines that ends at `end`.
fn stretch_start(what: &[What], end: usize) -> usize {
    let mut start = end;
    while start > 0 && end - start < 200 && matches!(what[start - 1], What::New | What::Blank) {
        start -= 1;
    }
    start
}

/// Where the signature at the end of `start..end` begins, when there is one. `first` is the first line with content:
/// a message is never all signature.
fn signature_start(lines: &[&str], start: usize, end: usize, first: usize) -> Option<usize> {
    let earliest = start.max(end.saturating_sub(LONGEST));
    let above = |at: usize| first < at;
    let delimiter = (earliest..end).rev().find(|at| is_delimiter(lines[*at]) && above(*at));
    if delimiter.is_some() {
        return delimiter;
    }
    // Otherwise the last paragraph, judged by its first line.
    let paragraph = (start..end).rev().find(|at| lines[*at].trim().is_empty()).map_or(start, |at| at + 1);
    let first = lines.get(paragraph)?.trim();
    let last = lines.get(end - 1)?.trim();
    let short = end - paragraph <= 6;
    // "-Mouse" above "-Keyboard" is a list.
    let is_list = lines[paragraph + 1..end].iter().any(|line| line.starts_with('-'));
    if short
        && (first.starts_with("__") || is_sign_off(first) && !is_list || added_by_program(first))
        && above(paragraph)
    {
        return Some(paragraph);
    }
    (added_by_program(last) && above(end - 1)).then_some(end - 1)
}

/// `-- ` alone on its line; many programs lose the blank, some write an em dash.
fn is_delimiter(line: &str) -> bool {
    matches!(line.trim_end(), "--" | "—" | "– –" | "__")
}

/// `-Ann Other` alone on a line.
fn is_sign_off(line: &str) -> bool {
    let Some(name) = line.strip_prefix('-') else {
        return false;
    };
    name.starts_with(char::is_alphabetic) && name.len() <= 40 && name.split_whitespace().count() <= 3
}

fn added_by_program(line: &str) -> bool {
    if line.len() > SHORT * 2 || line.chars().count() > SHORT {
        return false;
    }
    let lower = lowered(line);
    let lower = lower.trim_matches(|c: char| {
        matches!(c, '*' | '_' | '[' | ']' | '(' | ')' | '<' | '>' | '.' | '-' | '~') || c.is_whitespace()
    });
    if BEGINS
        .iter()
        .any(|start| lower.strip_prefix(start).is_some_and(|rest| rest.split_whitespace().count() <= FEW_WORDS))
    {
        return true;
    }
    // A sentence has a comma or a full stop somewhere: "Sent from the office, not the phone."
    let sentence = lower.contains([',', ';', '?']) || lower.contains(". ");
    !sentence
        && lower.split_whitespace().count() <= WORDS
        && (BEGINS_WITH_PROGRAM.iter().any(|start| lower.starts_with(start))
            || ENDS_WITH_PROGRAM.iter().any(|end| lower.ends_with(end)))
        && PROGRAMS.iter().any(|program| begins_word(lower, program))
}

/// Whether `part` is in the text at the start of a word; scripts without blanks have no such start.
fn begins_word(text: &str, part: &str) -> bool {
    let inside = |c: char| c.is_alphabetic() && (c as u32) < 0x0590;
    text.match_indices(part)
        .any(|(at, _)| !(part.starts_with(inside) && text[..at].chars().next_back().is_some_and(inside)))
}

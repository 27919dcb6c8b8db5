//! The lines that programs draw: "-----Original Message-----", "---------- Forwarded message ---------", "Reply above
//! this line".

use std::sync::LazyLock;

use regex::Regex;

use super::line::{is_rule_mark, lowered, ruled};
use super::words::markers::{BEGIN_FORWARDED, FORWARDED, ORIGINAL, REPLY_ABOVE, SUBJECT_ANSWERED, SUBJECT_FORWARDED};

/// Longest marker, in bytes.
const LONGEST: usize = 240;

static ANY_REPLY_ABOVE: LazyLock<Option<Regex>> = LazyLock::new(|| {
    let phrases: Vec<String> = REPLY_ABOVE.iter().map(|phrase| regex::escape(phrase)).collect();
    Regex::new(&phrases.join("|")).ok()
});

/// What the subject says about a message, by how it begins.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Subject {
    Forwarded,
    Answered,
    /// `VS:` is a forwarded message in Norwegian and an answer in Finnish.
    Either,
    New,
}

/// A line like `----- Original Message -----`.
pub(super) fn opens_original(line: &str) -> bool {
    let drawn = |line: &&str| line.starts_with(|c: char| is_rule_mark(c) || !c.is_ascii() && !c.is_alphanumeric());
    let Some((before, words, after)) = short(line).filter(drawn).and_then(ruled) else { return false };
    let words = words.trim_end_matches([':', ' ']);
    if before < 2 {
        return false;
    }
    let whole = ORIGINAL.contains(&words);
    let begins = before >= 3 && after >= 3 && ORIGINAL.iter().any(|phrase| is_begin(words, phrase));
    (whole && (after >= 2 || before >= 4 || words.contains(' '))) || begins
}

/// `words` begins with `phrase` as whole words.
fn is_begin(words: &str, phrase: &str) -> bool {
    phrase.contains(' ') && words.strip_prefix(phrase).is_some_and(|rest| rest.starts_with([' ', ':']))
}

/// A line like `---------- Forwarded message ---------` or `Begin forwarded message:`.
pub(super) fn forwards(line: &str) -> bool {
    let drawn = |line: &&str| {
        let mark = |c: char| is_rule_mark(c) || !c.is_ascii() && !c.is_alphanumeric();
        line.starts_with(mark) || line.ends_with([':', '：', '*'])
    };
    let Some((before, words, after)) = short(line).filter(drawn).and_then(ruled) else { return false };
    if before >= 2 && (after >= 2 || before >= 5) {
        return FORWARDED.iter().any(|stem| words.contains(stem));
    }
    let Some(words) = words.strip_suffix(':') else { return false };
    BEGIN_FORWARDED.contains(&words.trim_end())
}

/// A line like `##- Please reply above this line -##`.
pub(super) fn reply_above(line: &str) -> bool {
    let Some(line) = short(line) else { return false };
    if !ANY_REPLY_ABOVE.as_ref().is_some_and(|any| any.is_match(&lowered(line))) {
        return false;
    }
    ruled(line).is_some_and(|(before, words, after)| {
        before + after >= 2
            || line.trim_start().starts_with(['[', '(', '<', '«'])
            || words.split_whitespace().count() <= 12
    })
}

fn short(line: &str) -> Option<&str> {
    let line = line.trim();
    (!line.is_empty() && line.len() <= LONGEST).then_some(line)
}

/// What the subject says, by its first prefix: an answer to something forwarded is an answer.
pub(super) fn subject(subject: &str) -> Subject {
    let start = subject.char_indices().nth(100).map_or(subject, |(at, _)| &subject[..at]);
    let lower = lowered(start);
    let mut rest = lower.trim_start();
    // Tags of lists and desks come before: "[D-12] Fwd: Keys".
    while let Some((_, behind)) = rest.strip_prefix('[').and_then(|inside| inside.split_once(']')) {
        rest = behind.trim_start();
    }
    let Some((prefix, _)) = rest.split_once(':') else { return Subject::New };
    let prefix = uncounted(prefix);
    let (forwarded, answered) = (SUBJECT_FORWARDED.contains(&prefix), SUBJECT_ANSWERED.contains(&prefix));
    match (forwarded, answered) {
        (true, true) => Subject::Either,
        (true, false) => Subject::Forwarded,
        (false, true) => Subject::Answered,
        (false, false) => Subject::New,
    }
}

/// Whether `prefix`, lower case and without its colon, says that a subject was answered or forwarded.
pub(crate) fn is_prefix(prefix: &str) -> bool {
    let prefix = uncounted(prefix);
    let known = |prefix: &str| SUBJECT_FORWARDED.contains(&prefix) || SUBJECT_ANSWERED.contains(&prefix);
    known(prefix) || known(prefix.trim_end_matches('.'))
}

/// `re[2]`, `re(3)` and `re^2` are `re`.
fn uncounted(prefix: &str) -> &str {
    prefix.trim().trim_end_matches(|c: char| c.is_ascii_digit() || matches!(c, '(' | ')' | '[' | ']' | '^'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn subjects_by_their_first_prefix() {
        let cases = [
            ("Fwd: Re: Keys", Subject::Forwarded),
            ("Re: Fwd: Keys", Subject::Answered),
            ("[D-12] WG: Drucker", Subject::Forwarded),
            ("AW: WG: Drucker", Subject::Answered),
            ("RE[2]: x", Subject::Answered),
            ("转发：打印机", Subject::Forwarded),
            ("VS: Nøkler", Subject::Either),
            ("Keys: lost", Subject::New),
        ];
        for (text, wanted) in cases {
            assert_eq!(subject(text), wanted, "{text}");
        }
    }
}

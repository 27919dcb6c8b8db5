//! The line above a quote: "On Monday, Ann wrote:", by the words of each language and by what only programs write.

use std::collections::HashMap;
use std::sync::LazyLock;

use regex::Regex;

use super::line::{is_emphasis, is_rule_mark, lowered, ruled};
use super::words::attributions::{PHRASES, PRONOUNS, Phrase, QUOTING};

/// Longest attribution, in lines and in bytes: programs wrap it, but not further.
const MOST_LINES: usize = 5;
const LONGEST: usize = 600;

/// Most words that may follow where the verb comes last: "wrote the following:".
const FEW_WORDS: usize = 2;
/// Most words of a name.
const NAME: usize = 8;

/// An attribution that was found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Found {
    /// How many lines it takes.
    pub(super) lines: usize,
    /// Written by a program without doubt: it names a time or an address, so what follows is a quote even without `>`.
    pub(super) by_program: bool,
    begins: Begins,
}

/// How the first line of an attribution begins.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Begins {
    /// With a word that its language begins attributions with, and a date.
    Word,
    Date,
    /// With a name and an address.
    Name,
    Otherwise,
}

/// Every verb, to the phrases that it belongs to; and an expression that finds them all in one pass.
static VERBS: LazyLock<HashMap<&'static str, Vec<&'static Phrase>>> = LazyLock::new(|| {
    let mut verbs: HashMap<&'static str, Vec<&'static Phrase>> = HashMap::new();
    for phrase in PHRASES {
        for verb in phrase.verbs {
            verbs.entry(verb).or_default().push(phrase);
        }
    }
    verbs
});
static ANY_VERB: LazyLock<Option<Regex>> = LazyLock::new(|| {
    let mut verbs: Vec<String> = VERBS.keys().map(|verb| regex::escape(verb)).collect();
    verbs.sort_by_key(|verb| std::cmp::Reverse(verb.len()));
    Regex::new(&verbs.join("|")).ok()
});

/// Looks for an attribution that begins at line `at`.
pub(super) fn find(lines: &[&str], at: usize) -> Option<Found> {
    if let Some(found) = with_text_behind(lines[at]) {
        return Some(found);
    }
    if is_of_groupwise(lines[at]) {
        return Some(Found { lines: 1, by_program: true, begins: Begins::Word });
    }
    let mut joined = String::new();
    for (number, line) in lines[at..].iter().take(MOST_LINES).enumerate() {
        let line = line.trim();
        if line.is_empty() || line.starts_with('>') || joined.len() + line.len() > LONGEST {
            return None;
        }
        if number > 0 && !joined.ends_with('<') {
            joined.push(' ');
        }
        joined.push_str(line);
        if closes(line) || is_between_rules(&joined) {
            let found = judged(lines[at].trim(), &joined, number + 1)?;
            // A line of prose above an attribution is not part of it.
            let later = if number > 0 { find(lines, at + 1) } else { None };
            return if later.is_some_and(|later| begins_at(found, lines[at], later, lines[at + 1])) {
                None
            } else {
                Some(found)
            };
        }
    }
    None
}

/// Whether the attribution begins at the later of two lines: the earlier one is prose above it.
fn begins_at(earlier: Found, line: &str, later: Found, later_line: &str) -> bool {
    let sentence_ends = line.trim_end().ends_with(['.', '!', '?', '…', '。', '！', '？']);
    let whole_date = || first_characters(later_line.trim()).bytes().filter(u8::is_ascii_digit).count() > 4;
    match (earlier.begins, later.begins) {
        (_, Begins::Otherwise) => false,
        (Begins::Name | Begins::Otherwise, _) | (_, Begins::Word) => true,
        (Begins::Date, Begins::Date) => sentence_ends || whole_date(),
        (Begins::Word | Begins::Date, _) => sentence_ends,
    }
}

/// An attribution without its colon, which some phones leave out; only directly above marked lines.
pub(super) fn without_colon(line: &str) -> Option<Found> {
    let line = line.trim();
    let fits = !line.is_empty() && line.len() < LONGEST && line.bytes().any(|b| b.is_ascii_digit());
    let found = if fits { judged(line, line, 1) } else { None };
    found.filter(|found| found.by_program && found.begins != Begins::Otherwise)
}

/// GroupWise: `>>> Ann Other <ann@example.org> 04.03.2024 10:11 >>>`.
pub(super) fn is_of_groupwise(line: &str) -> bool {
    let inside = line.trim().strip_prefix(">>> ").and_then(|rest| rest.strip_suffix(" >>>"));
    inside.is_some_and(|inside| inside.len() < LONGEST && has_date(inside) && has_time(inside))
}

/// Whether a line ends as an attribution does.
fn closes(line: &str) -> bool {
    line.trim_end_matches(|c| is_emphasis(c) || is_rule_mark(c)).ends_with([':', '：', '；'])
}

/// `---- On Mon, 04 Mar 2024 10:11:12 +0100 Ann <ann@example.org> wrote ----`
fn is_between_rules(joined: &str) -> bool {
    joined.starts_with("---") && joined.ends_with("---") && ruled(joined).is_some()
}

/// Some phones write the quote behind the attribution, in the same line.
fn with_text_behind(line: &str) -> Option<Found> {
    let line = line.trim_start();
    let end = line.char_indices().nth(300).map_or(line.len(), |(at, _)| at);
    if !line[..end].contains('@') {
        return None;
    }
    let lower = lowered(&line[..end]);
    let verb = verbs(&lower).into_iter().find(|verb| {
        let rest = lower[verb.end..].trim_start();
        rest.strip_prefix(':').is_some_and(|rest| rest.starts_with(' ') && !rest.trim().is_empty())
    })?;
    let before = &lower[..verb.end];
    let starts = verb.phrases.iter().any(|p| p.starts.iter().any(|word| before.starts_with(word)));
    let sure = starts && has_address(before) && has_date(before) && has_time(before);
    sure.then_some(Found { lines: 1, by_program: true, begins: Begins::Word })
}

struct Verb {
    start: usize,
    end: usize,
    phrases: &'static [&'static Phrase],
}

/// Every verb in a lowered text, as whole words where the script has words.
fn verbs(lower: &str) -> Vec<Verb> {
    let Some(any) = ANY_VERB.as_ref() else { return Vec::new() };
    let joins = |one: Option<char>, other: Option<char>| {
        let part = |c: Option<char>| c.is_some_and(|c| c.is_alphabetic() && (c as u32) < 0x0590);
        part(one) && part(other)
    };
    any.find_iter(lower)
        .filter(|found| {
            let word = found.as_str();
            !joins(lower[..found.start()].chars().next_back(), word.chars().next())
                && !joins(word.chars().next_back(), lower[found.end()..].chars().next())
        })
        .filter_map(|found| {
            let phrases = VERBS.get(found.as_str())?;
            Some(Verb { start: found.start(), end: found.end(), phrases })
        })
        .collect()
}

/// Judges a candidate of `lines` lines: its first line alone, and all of them as one.
fn judged(first: &str, written: &str, lines: usize) -> Option<Found> {
    let leading = |c: char| is_emphasis(c) || is_rule_mark(c) || matches!(c, '[' | '(' | '"');
    let lower = lowered(written);
    let lower = lower
        .trim_start_matches(leading)
        .trim_end_matches(|c: char| is_emphasis(c) || is_rule_mark(c) || matches!(c, ':' | '；'));
    let start = lowered(first);
    let start = start.trim_start_matches(leading);
    let address = has_address(lower);
    let whole_date = has_date(lower) && has_time(lower);
    let dated = first_characters(start).bytes().any(|b| b.is_ascii_digit());
    let named_first = begins_with_name(start);
    let spoken = spoken(written, lower, whole_date);
    let starts = |p: &Phrase| p.starts.iter().any(|word| start.starts_with(word));
    let strong = |p: &Phrase| p.starts.iter().any(|word| word.len() > 9 && start.starts_with(word));
    if lines <= 2 && address && QUOTING.iter().any(|word| start.starts_with(word)) {
        return Some(Found { lines, by_program: true, begins: Begins::Word });
    }
    let Some(spoken) = spoken else {
        // Gmail in Russian and Japanese has no verb: date, time, name, address in brackets, colon.
        let verbless = dated && address && whole_date && lower.ends_with(['>', ')', ']']);
        return verbless.then_some(Found { lines, by_program: true, begins: Begins::Date });
    };
    let has_digit = first.bytes().any(|b| b.is_ascii_digit());
    let word = spoken.phrases.iter().any(|p| strong(p) || starts(p) && (has_digit || start.contains('@')));
    let begins = match () {
        () if word => Begins::Word,
        () if dated => Begins::Date,
        () if named_first => Begins::Name,
        () => Begins::Otherwise,
    };
    // A wrapped attribution begins as its language does, with a date or a name; prose above one does not.
    let fits = begins != Begins::Otherwise || lines == 1;
    let by_program = spoken.by_name && fits && (address || whole_date);
    let one_line = lines == 1 && (by_program || address || lower.len() < 80);
    (begins != Begins::Otherwise || one_line).then_some(Found { lines, by_program, begins })
}

struct Spoken {
    phrases: &'static [&'static Phrase],
    /// Somebody is named; a person who tells what "he wrote" names nobody.
    by_name: bool,
}

/// The verb of an attribution, when what follows it can be the rest of one. The last verb counts: a name may hold one.
fn spoken(written: &str, lower: &str, whole_date: bool) -> Option<Spoken> {
    verbs(lower).into_iter().rev().find_map(|verb| {
        let tail = lower[verb.end..].trim_matches(|c: char| !c.is_alphanumeric() && !matches!(c, '<' | '@'));
        let words = tail.split_whitespace().count();
        let digits = tail.bytes().filter(u8::is_ascii_digit).count();
        let name_follows = verb.phrases.iter().any(|phrase| phrase.name_follows);
        let rest_fits = words <= FEW_WORDS || tail.contains('@') || digits >= 4 || name_follows && words <= NAME;
        if !rest_fits {
            return None;
        }
        let before = lower[..verb.start].split_whitespace().next_back().unwrap_or("");
        let told = PRONOUNS.contains(&before.trim_matches(|c: char| !c.is_alphanumeric() && c != '\''));
        let first_of_tail = tail.split_whitespace().next().unwrap_or("");
        let after_told = name_follows
            && !tail.contains('@')
            && (PRONOUNS.contains(&first_of_tail) || words > 0 && digits < 4 && !tail_is_a_name(written, words));
        let named = words > 0 || lower[..verb.start].split_whitespace().count() >= if whole_date { 3 } else { 1 };
        Some(Spoken { phrases: verb.phrases, by_name: named && !told && !after_told })
    })
}

/// Whether one of the last `words` words begins with a capital letter, or is of a script that has none.
fn tail_is_a_name(written: &str, words: usize) -> bool {
    let starts_name = |word: &str| {
        let first = word.chars().find(|c| c.is_alphanumeric());
        first.is_none_or(|c| !c.is_lowercase())
    };
    written.split_whitespace().rev().take(words + 1).any(starts_name)
}

/// `ann other <ann@example.org> ...`: a name of a few words, then the address.
fn begins_with_name(lower: &str) -> bool {
    let Some(bracket) = lower.find(['<', '(']) else { return false };
    let name = &lower[..bracket];
    let inside = &lower[bracket + 1..];
    let end = inside.find(['>', ')', ' ']).unwrap_or(inside.len());
    name.contains(char::is_alphabetic)
        && name.len() < 80
        && name.split_whitespace().count() <= NAME
        && !name.contains(". ")
        && (inside[..end].contains('@') || inside.is_empty())
}

fn first_characters(text: &str) -> &str {
    let end = text.char_indices().nth(28).map_or(text.len(), |(at, _)| at);
    &text[..end]
}

/// Whether there is a date with its year: `2024` as a number of its own, or `3/4/24`, `04. 03. 24`.
fn has_date(text: &str) -> bool {
    let bytes = text.as_bytes();
    let mut at = 0;
    let mut numbers: Vec<(usize, usize)> = Vec::new();
    while at < bytes.len() {
        let end = at + bytes[at..].iter().take_while(|b| b.is_ascii_digit()).count();
        if end == at {
            at += 1;
            continue;
        }
        let part_of_word = |byte: Option<&u8>| byte.is_some_and(u8::is_ascii_alphabetic);
        let alone = !part_of_word(at.checked_sub(1).map(|at| &bytes[at])) && !part_of_word(bytes.get(end));
        if alone && end - at == 4 && matches!(&bytes[at..at + 2], b"19" | b"20") {
            return true;
        }
        numbers.push((at, end));
        at = end;
    }
    let joined = |one: usize, other: usize| matches!(&bytes[one..other], b"." | b"/" | b"-" | b". ");
    numbers.windows(3).any(|three| {
        joined(three[0].1, three[1].0)
            && joined(three[1].1, three[2].0)
            && three.iter().all(|(from, to)| to - from <= 2)
    })
}

/// A time of day: two groups of digits around `:`, `.` or `h`, or the words for hours of East Asia.
fn has_time(text: &str) -> bool {
    let bytes = text.as_bytes();
    let clock = bytes.windows(4).any(|w| {
        w[0].is_ascii_digit() && matches!(w[1], b':' | b'.' | b'h') && w[2].is_ascii_digit() && w[3].is_ascii_digit()
    });
    clock || ["时", "時", "시", "点", "點"].iter().any(|hour| text.contains(hour))
}

/// Something like `ann@example.org`, in brackets or bare.
fn has_address(text: &str) -> bool {
    let bytes = text.as_bytes();
    memchr::memchr_iter(b'@', bytes).any(|at| {
        at > 0
            && !matches!(bytes[at - 1], b' ' | b'<' | b'(')
            && bytes.get(at + 1).is_some_and(|next| !matches!(next, b' ' | b'>' | b')'))
    })
}

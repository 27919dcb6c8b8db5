//! Which part of a text to show, and which words in it were found.

use std::ops::Range;

use super::search::forgiven;
use super::words;

/// How many characters of a body are shown.
const SHOWN: usize = 180;
/// How many characters of context stand before the first word found.
const BEFORE: usize = 40;
/// Of a very long body only the beginning is looked through for the part to show.
const LOOKED_AT: usize = 40_000;

/// Plain text with the places, in bytes, of the words that were found: a template escapes the pieces and marks them.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Marked {
    /// The text.
    pub text: String,
    /// In order, not overlapping, each at the bounds of characters.
    pub marks: Vec<Range<usize>>,
}

impl Marked {
    /// The text in pieces from left to right, each with whether it is marked.
    pub fn pieces(&self) -> Vec<(&str, bool)> {
        let mut all = Vec::new();
        let mut end = 0;
        for mark in &self.marks {
            all.push((&self.text[end..mark.start], false));
            all.push((&self.text[mark.clone()], true));
            end = mark.end;
        }
        all.push((&self.text[end..], false));
        all.retain(|(piece, _)| !piece.is_empty());
        all
    }
}

/// The whole text, marked.
pub(super) fn whole(text: String, wanted: &[String]) -> Marked {
    let marks = found(&text, wanted).into_iter().map(|(place, _)| place).collect();
    Marked { text, marks }
}

/// The part of the text in which most of the different words wanted are, marked; its beginning when none is.
pub(super) fn best_part(text: &str, wanted: &[String]) -> Marked {
    let text = &text[..text.floor_char_boundary(LOOKED_AT)];
    let found = found(text, wanted);
    let mut best = (0, 0);
    for (first, (place, _)) in found.iter().enumerate() {
        let near = found[first..].iter().take_while(|(other, _)| other.end <= place.start + SHOWN - BEFORE);
        let different: std::collections::BTreeSet<usize> = near.map(|(_, which)| *which).collect();
        if different.len() > best.0 {
            best = (different.len(), place.start);
        }
    }
    let start = word_start(text, best.1.saturating_sub(BEFORE));
    let end = word_end(text, text.floor_char_boundary(start + SHOWN), start);
    let cut = (if start > 0 { "… " } else { "" }, if end < text.len() { " …" } else { "" });
    let shift = cut.0.len();
    let marks = found.into_iter().map(|(place, _)| place).filter(|place| place.start >= start && place.end <= end);
    let marks = marks.map(|place| place.start - start + shift..place.end - start + shift).collect();
    // Line breaks say nothing in one line; each is one byte, as is a space, so the places stay.
    let shown = text[start..end].replace(['\n', '\r', '\t'], " ");
    Marked { text: format!("{}{shown}{}", cut.0, cut.1), marks }
}

/// Where words that are wanted stand, and which of the wanted each is.
fn found(text: &str, wanted: &[String]) -> Vec<(Range<usize>, usize)> {
    let last = wanted.len().saturating_sub(1);
    let fits = |word: &str| {
        let fits = |(place, want): (usize, &String)| {
            word == want || (place == last && want.len() >= 2 && word.starts_with(want.as_str())) || almost(word, want)
        };
        wanted.iter().enumerate().position(fits)
    };
    words::of(text).into_iter().filter_map(|(word, place)| Some((place, fits(&word)?))).collect()
}

/// Whether two words differ by one letter: another, one more, one less, or two exchanged.
fn almost(word: &str, want: &str) -> bool {
    if !forgiven(want) {
        return false;
    }
    let (one, two): (Vec<char>, Vec<char>) = (word.chars().collect(), want.chars().collect());
    let same = one.iter().zip(&two).take_while(|(a, b)| a == b).count();
    let (one, two) = (&one[same..], &two[same..]);
    match one.len().cmp(&two.len()) {
        std::cmp::Ordering::Equal => {
            one.is_empty()
                || one[1..] == two[1..]
                || (one.len() >= 2 && one[0] == two[1] && one[1] == two[0] && one[2..] == two[2..])
        }
        std::cmp::Ordering::Greater => one[1..] == *two,
        std::cmp::Ordering::Less => *one == two[1..],
    }
}

fn word_start(text: &str, near: usize) -> usize {
    let near = text.floor_char_boundary(near);
    if near == 0 {
        return 0;
    }
    text[near..]
        .find(char::is_whitespace)
        .filter(|skip| *skip < BEFORE)
        .map_or(near, |skip| near + skip + text[near + skip..].chars().next().map_or(0, char::len_utf8))
}

fn word_end(text: &str, near: usize, start: usize) -> usize {
    if near >= text.len() {
        return text.len();
    }
    text[start..near].rfind(char::is_whitespace).filter(|end| *end > SHOWN / 2).map_or(near, |end| start + end)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn wanted(words: &[&str]) -> Vec<String> {
        words.iter().map(|word| (*word).to_owned()).collect()
    }

    #[test]
    fn one_letter_off_is_almost() {
        for word in ["printer", "prnter", "priinter", "pritner", "prinxer"] {
            assert!(almost(word, "printer"), "{word}");
        }
        for word in ["prxxter", "print", "sprinters", ""] {
            assert!(!almost(word, "printer"), "{word}");
        }
        assert!(!almost("cat", "car"), "short words are not forgiven");
    }

    #[test]
    fn pieces_put_together_are_the_text() {
        let marked = whole("Der Drucker für Zoë <b>".to_owned(), &wanted(&["drucker", "zo"]));
        let pieces = marked.pieces();
        assert_eq!(pieces.iter().map(|(piece, _)| *piece).collect::<String>(), "Der Drucker für Zoë <b>");
        let marks: Vec<&str> = pieces.iter().filter(|(_, marked)| *marked).map(|(piece, _)| *piece).collect();
        assert_eq!(marks, ["Drucker", "Zoë"]);
    }

    #[test]
    fn the_part_shown_is_where_the_words_are() {
        let text = format!("{}\nthe toner of the printer is empty\n{}", "öde Worte ".repeat(60), "more ".repeat(90));
        let part = best_part(&text, &wanted(&["printer", "toner"]));
        assert!(part.text.contains("toner of the printer"), "{}", part.text);
        assert!(part.text.starts_with("… ") && part.text.ends_with(" …"), "{}", part.text);
        let marks: Vec<&str> = part.marks.iter().map(|mark| &part.text[mark.clone()]).collect();
        assert_eq!(marks, ["toner", "printer"]);
    }

    #[test]
    fn a_text_without_the_words_shows_its_beginning() {
        assert_eq!(best_part("short", &wanted(&["absent"])), Marked { text: "short".to_owned(), marks: vec![] });
        assert_eq!(best_part("", &wanted(&["absent"])), Marked::default());
    }
}

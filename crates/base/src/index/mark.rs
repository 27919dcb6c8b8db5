//! Which part of a text to show, and which words in it were found.

use std::collections::VecDeque;
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

/// The words that are looked for, each with whether it may be a letter off.
pub(super) struct Wanted<'w> {
    words: Vec<(&'w str, bool)>,
}

impl<'w> Wanted<'w> {
    /// The words of a question, as [`words::of`] gives them.
    pub(super) fn new(words: &'w [String]) -> Self {
        Self { words: words.iter().map(|word| (word.as_str(), forgiven(word))).collect() }
    }

    /// Which of the words this one is, if any: the last may be unfinished, a long one a letter off.
    fn which(&self, word: &str) -> Option<usize> {
        let last = self.words.len().saturating_sub(1);
        let fits = |(place, (want, forgiven)): (usize, &(&str, bool))| {
            word == *want
                || (place == last && want.len() >= 2 && word.starts_with(want))
                || (*forgiven && almost(word, want))
        };
        self.words.iter().enumerate().position(fits)
    }

    /// The whole text, marked.
    pub(super) fn marked(&self, text: String) -> Marked {
        let mut marks = Vec::new();
        words::each(&text, |word, place| {
            if self.which(word).is_some() {
                marks.push(place);
            }
            true
        });
        Marked { text, marks }
    }

    /// The part of the text in which most of the different words are, marked; its beginning when none is.
    pub(super) fn best_part(&self, text: &str) -> Marked {
        let text = &text[..text.floor_char_boundary(LOOKED_AT)];
        // Those found that one line could show with the newest of them, and what was best so far.
        let mut near: VecDeque<(Range<usize>, usize)> = VecDeque::new();
        let (mut most, mut best) = (0, 0);
        words::each(text, |word, place| {
            let Some(which) = self.which(word) else { return true };
            while near.front().is_some_and(|(first, _)| place.end > first.start + SHOWN - BEFORE) {
                near.pop_front();
            }
            near.push_back((place, which));
            let different = (0..self.words.len()).filter(|one| near.iter().any(|(_, which)| which == one)).count();
            if different > most {
                (most, best) = (different, near.front().map_or(0, |(first, _)| first.start));
            }
            most < self.words.len()
        });
        let start = word_start(text, best.saturating_sub(BEFORE));
        let end = word_end(text, text.floor_char_boundary(start + SHOWN), start);
        // Line breaks say nothing in one line; each is one byte, as is a space, so the places stay.
        let shown = text[start..end].replace(['\n', '\r', '\t'], " ");
        let mut marked = self.marked(shown);
        let cut = (if start > 0 { "… " } else { "" }, if end < text.len() { " …" } else { "" });
        for mark in &mut marked.marks {
            *mark = mark.start + cut.0.len()..mark.end + cut.0.len();
        }
        marked.text = format!("{}{}{}", cut.0, marked.text, cut.1);
        marked
    }
}

/// Whether two words differ by one letter: another, one more, one less, or two exchanged.
fn almost(word: &str, want: &str) -> bool {
    let (mut one, mut two) = (word.chars(), want.chars());
    loop {
        let (rest_one, rest_two) = (one.as_str(), two.as_str());
        match (one.next(), two.next()) {
            (Some(a), Some(b)) if a == b => {}
            (Some(a), Some(b)) => {
                let (after_one, after_two) = (one.as_str(), two.as_str());
                let exchanged = one.next() == Some(b) && two.next() == Some(a) && one.as_str() == two.as_str();
                return after_one == after_two || after_one == rest_two || rest_one == after_two || exchanged;
            }
            (Some(_), None) => return one.as_str().is_empty(),
            (None, Some(_)) => return two.as_str().is_empty(),
            (None, None) => return true,
        }
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
        let short = wanted(&["car"]);
        assert_eq!(Wanted::new(&short).which("cat"), None, "short words are not forgiven");
    }

    #[test]
    fn pieces_put_together_are_the_text() {
        let words = wanted(&["drucker", "zo"]);
        let marked = Wanted::new(&words).marked("Der Drucker für Zoë <b>".to_owned());
        let pieces = marked.pieces();
        assert_eq!(pieces.iter().map(|(piece, _)| *piece).collect::<String>(), "Der Drucker für Zoë <b>");
        let marks: Vec<&str> = pieces.iter().filter(|(_, marked)| *marked).map(|(piece, _)| *piece).collect();
        assert_eq!(marks, ["Drucker", "Zoë"]);
    }

    #[test]
    fn the_part_shown_is_where_the_words_are() {
        let text = format!("{}\nthe toner of the printer is empty\n{}", "öde Worte ".repeat(60), "more ".repeat(90));
        let words = wanted(&["printer", "toner"]);
        let part = Wanted::new(&words).best_part(&text);
        assert!(part.text.contains("toner of the printer"), "{}", part.text);
        assert!(part.text.starts_with("… ") && part.text.ends_with(" …"), "{}", part.text);
        let marks: Vec<&str> = part.marks.iter().map(|mark| &part.text[mark.clone()]).collect();
        assert_eq!(marks, ["toner", "printer"]);
    }

    #[test]
    fn a_text_without_the_words_shows_its_beginning() {
        let words = wanted(&["absent"]);
        let absent = Wanted::new(&words);
        assert_eq!(absent.best_part("short"), Marked { text: "short".to_owned(), marks: vec![] });
        assert_eq!(absent.best_part(""), Marked::default());
    }
}

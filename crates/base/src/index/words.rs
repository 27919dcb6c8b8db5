//! How text becomes words: lower case, without accents, and with German umlauts in either spelling alike.

use std::ops::Range;

use tantivy::tokenizer::{
    AsciiFoldingFilter, LowerCaser, RemoveLongFilter, SimpleTokenizer, TextAnalyzer, Token, TokenFilter, TokenStream,
    Tokenizer,
};

/// The analyzer's name in the schema.
pub(super) const NAME: &str = "words";
/// Longer runs of letters are no words: they are keys, hashes, encoded files.
const LONGEST: usize = 60;

/// Makes words from text, for documents and questions alike.
pub(super) fn analyzer() -> TextAnalyzer {
    TextAnalyzer::builder(SimpleTokenizer::default())
        .filter(RemoveLongFilter::limit(LONGEST))
        .filter(LowerCaser)
        .filter(AsciiFoldingFilter)
        .filter(Umlauts)
        .build()
}

/// Hands each word of a text, with its place in it in bytes, to `visit`, as long as that says to go on.
pub(super) fn each(text: &str, mut visit: impl FnMut(&str, Range<usize>) -> bool) {
    let mut analyzer = analyzer();
    let mut stream = analyzer.token_stream(text);
    while let Some(token) = stream.next() {
        if !visit(&token.text, token.offset_from..token.offset_to) {
            return;
        }
    }
}

/// The words of a text.
pub(super) fn of(text: &str) -> Vec<String> {
    let mut all = Vec::new();
    each(text, |word, _| {
        all.push(word.to_owned());
        true
    });
    all
}

/// `Müller`, `Mueller` and `Muller` are one word. Folding made `u` of `ü`; this makes `u` of `ue`, but not behind a
/// vowel or a q (`neue`, `Bauer`, `queue`), where it is no umlaut.
#[derive(Clone)]
struct Umlauts;

impl TokenFilter for Umlauts {
    type Tokenizer<T: Tokenizer> = UmlautTokenizer<T>;

    fn transform<T: Tokenizer>(self, inner: T) -> UmlautTokenizer<T> {
        UmlautTokenizer { inner }
    }
}

#[derive(Clone)]
struct UmlautTokenizer<T> {
    inner: T,
}

impl<T: Tokenizer> Tokenizer for UmlautTokenizer<T> {
    type TokenStream<'a> = UmlautStream<T::TokenStream<'a>>;

    fn token_stream<'a>(&'a mut self, text: &'a str) -> Self::TokenStream<'a> {
        UmlautStream { inner: self.inner.token_stream(text) }
    }
}

struct UmlautStream<S> {
    inner: S,
}

impl<S: TokenStream> TokenStream for UmlautStream<S> {
    fn advance(&mut self) -> bool {
        if !self.inner.advance() {
            return false;
        }
        let text = &mut self.inner.token_mut().text;
        if text.as_bytes().windows(2).any(|pair| pair[1] == b'e' && matches!(pair[0], b'a' | b'o' | b'u')) {
            *text = without_e(text);
        }
        true
    }

    fn token(&self) -> &Token {
        self.inner.token()
    }

    fn token_mut(&mut self) -> &mut Token {
        self.inner.token_mut()
    }
}

fn without_e(word: &str) -> String {
    let mut out = String::with_capacity(word.len());
    let mut before = [' ', ' '];
    for letter in word.chars() {
        let umlaut = letter == 'e'
            && matches!(before[1], 'a' | 'o' | 'u')
            && !matches!(before[0], 'a' | 'e' | 'i' | 'o' | 'u' | 'y' | 'q');
        if !umlaut {
            out.push(letter);
        }
        before = [before[1], letter];
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn one(text: &str) -> String {
        of(text).join(" ")
    }

    #[test]
    fn spellings_of_one_word_are_one_word() {
        for word in ["Müller", "Mueller", "MÜLLER", "Muller"] {
            assert_eq!(one(word), "muller", "{word}");
        }
        assert_eq!(one("Straße"), one("Strasse"));
        assert_eq!(one("neue Queue des Bauern"), "neue queue des bauern");
        assert_eq!(one("José & D-1042!"), "jose d 1042");
        assert_eq!(one("Zoë"), one("Zoe"));
    }

    #[test]
    fn places_are_those_of_the_text_as_written() {
        let text = "für Grüße";
        let mut places = Vec::new();
        each(text, |_, place| {
            places.push(&text[place]);
            true
        });
        assert_eq!(places, ["für", "Grüße"]);
    }
}

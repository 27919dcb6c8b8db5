//! How text becomes words: lower case, without accents, and with German umlauts in either spelling alike.

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

/// The words of a text with their places in it, in bytes.
pub(super) fn of(text: &str) -> Vec<(String, std::ops::Range<usize>)> {
    let mut analyzer = analyzer();
    let mut stream = analyzer.token_stream(text);
    let mut all = Vec::new();
    while let Some(token) = stream.next() {
        all.push((token.text.clone(), token.offset_from..token.offset_to));
    }
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
        if ["ae", "oe", "ue"].iter().any(|pair| text.contains(pair)) {
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
        of(text).into_iter().map(|(word, _)| word).collect::<Vec<_>>().join(" ")
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
        let places: Vec<&str> = of(text).into_iter().map(|(_, place)| &text[place]).collect();
        assert_eq!(places, ["für", "Grüße"]);
    }
}

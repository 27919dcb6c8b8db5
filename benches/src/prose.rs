//! Texts as people write them to a desk, as far as a search index notes: few words very often, many seldom (Zipf), half
//! of them empty words, and now and then a number that stands nowhere else.

use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::{Rng, SeedableRng};

/// How many words there are besides the empty ones.
const WORDS: usize = 8_000;

/// Words that carry no meaning, the most frequent first.
const EMPTY: [&str; 44] = [
    "the", "to", "and", "a", "in", "is", "it", "of", "that", "my", "not", "for", "on", "with", "i", "we", "have",
    "was", "this", "be", "but", "at", "as", "can", "no", "you", "are", "from", "there", "when", "since", "after", "by",
    "or", "an", "has", "if", "again", "still", "please", "our", "so", "they", "will",
];

/// A word in every thousandth ticket, to see whether all of them are found.
pub(crate) const PLANTED: &str = "zephyrine";
/// A word in the last ticket only.
pub(crate) const LAST: &str = "ultimopostremo";

/// Chance, the same in every run.
pub(crate) struct Dice(ChaCha8Rng);

impl Dice {
    /// The same for the same seed.
    pub(crate) fn new(seed: u64) -> Self {
        Self(ChaCha8Rng::seed_from_u64(seed))
    }

    /// From 0 up to `n`, without it.
    pub(crate) fn below(&mut self, n: usize) -> usize {
        (self.0.next_u64() % n.max(1) as u64) as usize
    }

    /// From 0 up to 1.
    pub(crate) fn share(&mut self) -> f64 {
        (self.0.next_u64() >> 11) as f64 / (1u64 << 53) as f64
    }
}

/// Every word there is, the most frequent first.
pub(crate) struct Language(Vec<String>);

impl Language {
    /// The language of this bench.
    pub(crate) fn new() -> Self {
        const STARTS: [&str; 18] =
            ["b", "br", "c", "d", "f", "g", "gr", "h", "k", "l", "m", "n", "p", "pl", "r", "s", "st", "t"];
        const VOWELS: [&str; 7] = ["a", "e", "i", "o", "u", "ea", "io"];
        const ENDS: [&str; 8] = ["", "", "n", "r", "l", "s", "t", "nd"];
        let mut dice = Dice::new(41);
        let mut known = std::collections::BTreeSet::new();
        let mut words: Vec<String> = EMPTY.iter().map(ToString::to_string).collect();
        while words.len() < EMPTY.len() + WORDS {
            let mut word = String::new();
            for _ in 0..2 + dice.below(3) {
                word.push_str(STARTS[dice.below(STARTS.len())]);
                word.push_str(VOWELS[dice.below(VOWELS.len())]);
            }
            word.push_str(ENDS[dice.below(ENDS.len())]);
            if known.insert(word.clone()) {
                words.push(word);
            }
        }
        Self(words)
    }

    /// The word of this rank, 0 the most frequent.
    pub(crate) fn word(&self, rank: usize) -> &str {
        &self.0[rank.min(self.0.len() - 1)]
    }

    /// A word, each as likely as one divided by its rank.
    fn some(&self, dice: &mut Dice) -> &str {
        let rank = (dice.share() * (self.0.len() as f64).ln()).exp();
        self.word(rank as usize - 1)
    }

    /// A word that means something, of middling frequency: what people search for.
    pub(crate) fn sought(&self, dice: &mut Dice) -> &str {
        let (first, last) = (EMPTY.len() as f64, 4_000.0_f64);
        let rank = first * (last / first).powf(dice.share());
        self.word(rank as usize)
    }

    /// A line of `least` to `most` words.
    pub(crate) fn line(&self, dice: &mut Dice, least: usize, most: usize) -> String {
        let count = least + dice.below(most - least + 1);
        let mut line = String::with_capacity(count * 7);
        for place in 0..count {
            if place > 0 {
                line.push(' ');
            }
            line.push_str(self.some(dice));
        }
        line
    }

    /// A message of `least` to `most` words, in sentences.
    pub(crate) fn message(&self, dice: &mut Dice, least: usize, most: usize) -> String {
        let count = least + dice.below(most - least + 1);
        let mut text = String::with_capacity(count * 7);
        let mut left = count;
        while left > 0 {
            let words = (5 + dice.below(10)).min(left);
            text.push_str(&self.line(dice, words, words));
            text.push_str(if dice.below(4) == 0 { ".\n" } else { ". " });
            left -= words;
        }
        text
    }
}

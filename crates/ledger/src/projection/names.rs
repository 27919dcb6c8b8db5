//! Words and ids as codes, and lists that grow while others read them.

use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};
use std::sync::Arc;

use super::column::CHUNK;

/// Words by code. Few enough to be copied when one is added.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Names(Arc<Vec<String>>);

impl Names {
    /// A list whose code 0 is nothing.
    pub(super) fn with_nothing() -> Self {
        Self(Arc::new(vec![String::new()]))
    }

    pub(super) fn of(words: Vec<String>) -> Self {
        Self(Arc::new(words))
    }

    /// The code of a word, if it ever occurred.
    pub fn code(&self, word: &str) -> Option<usize> {
        self.0.iter().position(|known| known == word)
    }

    /// The word of a code; empty for one that does not exist.
    pub fn name(&self, code: usize) -> &str {
        self.0.get(code).map_or("", String::as_str)
    }

    /// All words in the order of their codes.
    pub fn iter(&self) -> impl Iterator<Item = &str> {
        self.0.iter().map(String::as_str)
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The code of a word, new or known. When `most` codes are taken, all further words share the last one.
    pub(super) fn enter(&mut self, word: &str, most: usize) -> usize {
        if let Some(code) = self.code(word) {
            return code;
        }
        if self.0.len() + 1 < most {
            Arc::make_mut(&mut self.0).push(word.to_owned());
        } else if self.0.len() < most {
            Arc::make_mut(&mut self.0).push("…".to_owned());
        }
        self.0.len() - 1
    }
}

/// A list that only grows; a clone shares what was there.
#[derive(Debug, Clone, PartialEq)]
pub struct Grown<T> {
    full: Vec<Arc<Vec<T>>>,
    tail: Arc<Vec<T>>,
}

impl<T: Clone> Default for Grown<T> {
    fn default() -> Self {
        Self { full: Vec::new(), tail: Arc::new(Vec::new()) }
    }
}

impl<T: Clone> Grown<T> {
    /// How many there are.
    pub fn len(&self) -> usize {
        self.full.len() * CHUNK + self.tail.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The value at a place.
    pub fn get(&self, place: usize) -> Option<&T> {
        self.full.get(place / CHUNK).unwrap_or(&self.tail).get(place % CHUNK)
    }

    /// All values in order.
    pub fn iter(&self) -> impl Iterator<Item = &T> {
        self.full.iter().chain(std::iter::once(&self.tail)).flat_map(|part| part.iter())
    }

    pub(super) fn push(&mut self, value: T) {
        let tail = Arc::make_mut(&mut self.tail);
        if tail.capacity() == tail.len() {
            tail.reserve(tail.len().clamp(64, CHUNK - tail.len()));
        }
        tail.push(value);
        if tail.len() == CHUNK {
            self.full.push(std::mem::take(&mut self.tail));
        }
    }

    pub(super) fn set(&mut self, place: usize, value: T) {
        let part = self.full.get_mut(place / CHUNK).unwrap_or(&mut self.tail);
        if let Some(slot) = Arc::make_mut(part).get_mut(place % CHUNK) {
            *slot = value;
        }
    }
}

/// A map by numbers that are spread well enough by one multiplication (ids, codes), never by what a stranger chose.
pub(crate) type NumberMap<K, V> = HashMap<K, V, BuildHasherDefault<Spread>>;

/// The hasher of [`NumberMap`].
#[derive(Default)]
pub(crate) struct Spread(u64);

impl Hasher for Spread {
    fn write(&mut self, bytes: &[u8]) {
        for byte in bytes {
            self.write_u64(u64::from(*byte));
        }
    }

    fn write_u8(&mut self, value: u8) {
        self.write_u64(u64::from(value));
    }

    fn write_u32(&mut self, value: u32) {
        self.write_u64(u64::from(value));
    }

    fn write_i64(&mut self, value: i64) {
        self.write_u64(value.cast_unsigned());
    }

    fn write_u64(&mut self, value: u64) {
        let mixed = (self.0 ^ value).wrapping_mul(0x9E37_79B9_7F4A_7C15);
        self.0 = mixed ^ (mixed >> 29);
    }

    fn finish(&self) -> u64 {
        self.0
    }
}

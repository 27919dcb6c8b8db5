//! A dictionary of names: each distinct text is kept once and known by a small number.

use std::hash::BuildHasher;

use hashbrown::{DefaultHashBuilder, HashTable};

/// Distinct texts, numbered from 0 in the order in which they were first seen.
///
/// All texts lie in one string, so a million short names cost a million small offsets, not a million allocations.
#[derive(Debug, Clone, Default)]
pub struct Names {
    text: String,
    ends: Vec<usize>,
    codes: HashTable<u32>,
    hasher: DefaultHashBuilder,
}

impl Names {
    /// The code of `name`, which is kept if it is new.
    ///
    /// # Panics
    /// When more than 2^32 distinct names are given (that many do not fit in memory).
    #[inline]
    pub fn intern(&mut self, name: &str) -> u32 {
        let hash = self.hasher.hash_one(name.as_bytes());
        let (text, ends) = (&self.text, &self.ends);
        if let Some(&code) = self.codes.find(hash, |&code| slice(text, ends, code) == name) {
            return code;
        }
        self.insert(name, hash)
    }

    /// The code of `name`, if it was ever interned.
    pub fn code(&self, name: &str) -> Option<u32> {
        let hash = self.hasher.hash_one(name.as_bytes());
        self.codes.find(hash, |&code| self.get(code) == name).copied()
    }

    /// The text of a code.
    ///
    /// # Panics
    /// When the code was not given out by this dictionary.
    #[inline]
    pub fn get(&self, code: u32) -> &str {
        slice(&self.text, &self.ends, code)
    }

    /// How many distinct names there are.
    pub fn len(&self) -> usize {
        self.ends.len()
    }

    /// Whether no name was interned yet.
    pub fn is_empty(&self) -> bool {
        self.ends.is_empty()
    }

    /// All names in the order of their codes.
    pub fn iter(&self) -> impl Iterator<Item = &str> {
        (0..self.len() as u32).map(|code| self.get(code))
    }

    /// Forgets all names, and keeps the room that they took.
    pub(super) fn clear(&mut self) {
        self.text.clear();
        self.ends.clear();
        self.codes.clear();
    }

    #[cold]
    fn insert(&mut self, name: &str, hash: u64) -> u32 {
        let code = u32::try_from(self.ends.len()).expect("a log has fewer than 2^32 distinct names");
        self.text.push_str(name);
        self.ends.push(self.text.len());
        let (text, ends, hasher) = (&self.text, &self.ends, &self.hasher);
        self.codes.insert_unique(hash, code, |&other| hasher.hash_one(slice(text, ends, other).as_bytes()));
        code
    }
}

#[inline]
fn slice<'a>(text: &'a str, ends: &[usize], code: u32) -> &'a str {
    let at = code as usize;
    let start = if at == 0 { 0 } else { ends[at - 1] };
    &text[start..ends[at]]
}

#[cfg(test)]
mod tests {
    use super::Names;

    #[test]
    fn a_name_keeps_its_code() {
        let mut names = Names::default();
        assert_eq!(names.intern("open"), 0);
        assert_eq!(names.intern(""), 1);
        assert_eq!(names.intern("öffnen"), 2);
        assert_eq!(names.intern("open"), 0);
        assert_eq!(names.intern(""), 1);
        assert_eq!((names.get(2), names.code("öffnen"), names.code("shut")), ("öffnen", Some(2), None));
        assert_eq!(names.iter().collect::<Vec<_>>(), ["open", "", "öffnen"]);
    }

    #[test]
    fn many_names_survive_growth() {
        let mut names = Names::default();
        for n in 0..10_000 {
            assert_eq!(names.intern(&format!("case {n}")), n);
        }
        assert!((0..10_000).all(|n| names.code(&format!("case {n}")) == Some(n)));
    }
}

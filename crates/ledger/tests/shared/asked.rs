//! Kinds of touchpoint with the names that measures ask for, with numbers; the tests inside the crate use this file too,
//! so it takes types from where it is included.

use super::{KINDS_ASKED, Kind, Stage};

/// How many kinds there are.
pub(crate) const MANY: usize = KINDS_ASKED.len() + 1;

/// Everything that measures ask for, and one kind that they do not.
pub(crate) const NAMES: [&str; MANY] = {
    let mut names = ["article.read"; MANY];
    let (asked, _) = names.split_at_mut(KINDS_ASKED.len());
    asked.copy_from_slice(&KINDS_ASKED);
    names
};

/// What those who use this file may say in numbers.
const NUMBERS: &[&str] = &["satisfaction", "effort", "lost", "need", "trouble", "went", "reported"];

/// The kinds of these names, each with the numbers of all.
pub(crate) static KINDS: [Kind; MANY] = {
    let mut all = [const { Kind::new("", Stage::Use) }; MANY];
    let mut place = 0;
    while place < MANY {
        all[place] = Kind::new(NAMES[place], Stage::Use).with_numbers(NUMBERS);
        place += 1;
    }
    all
};

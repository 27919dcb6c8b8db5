//! Variants: cases with the same sequence of activities, grouped.

use std::cmp::Reverse;
use std::hash::BuildHasher;

use hashbrown::{DefaultHashBuilder, HashTable};

use crate::log::Log;

/// One sequence of activities that cases went through.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Variant {
    /// A case that went so, the first in the log; its activities are the variant's.
    pub example: usize,
    /// Cases that went exactly so.
    pub cases: u64,
}

/// All variants of a log, in the order in which they first appear.
pub fn variants(log: &Log) -> Vec<Variant> {
    group(log, |_| {})
}

/// All variants of a log, and for each case the number of its variant.
pub fn grouped(log: &Log) -> (Vec<Variant>, Vec<u32>) {
    let mut of_case = Vec::with_capacity(log.cases());
    let variants = group(log, |variant| of_case.push(variant));
    (variants, of_case)
}

fn group(log: &Log, mut tell: impl FnMut(u32)) -> Vec<Variant> {
    let hasher = DefaultHashBuilder::default();
    let mut table: HashTable<u32> = HashTable::new();
    let mut found: Vec<Variant> = Vec::new();
    // Hashes are kept, so that a growing table need not go back to the events.
    let mut hashes: Vec<u64> = Vec::new();
    for case in log.iter() {
        let hash = hasher.hash_one(case.activities);
        let same = |&at: &u32| {
            hashes[at as usize] == hash && log.case(found[at as usize].example).activities == case.activities
        };
        if let Some(&at) = table.find(hash, same) {
            found[at as usize].cases += 1;
            tell(at);
        } else {
            tell(found.len() as u32);
            table.insert_unique(hash, found.len() as u32, |&at| hashes[at as usize]);
            found.push(Variant { example: case.index, cases: 1 });
            hashes.push(hash);
        }
    }
    found
}

/// The `count` most frequent of them; ties in the order of their activities' names.
pub(super) fn top(log: &Log, all: &[Variant], count: usize) -> Vec<Variant> {
    let mut by_cases: Vec<Variant> = all.to_vec();
    // Names are compared only among those that may come in: all with at least as many cases as the last of the top.
    by_cases.sort_unstable_by_key(|variant| Reverse(variant.cases));
    if let Some(least) = count.checked_sub(1).and_then(|last| by_cases.get(last)).map(|variant| variant.cases) {
        by_cases.retain(|variant| variant.cases >= least);
    }
    let names = log.activity_names();
    let mut rank: Vec<u32> = (0..names.len() as u32).collect();
    rank.sort_unstable_by_key(|&code| names.get(code));
    let mut order = vec![0_u32; rank.len()];
    for (place, &code) in (0..).zip(&rank) {
        order[code as usize] = place;
    }
    let sequence = |variant: &Variant| log.case(variant.example).activities.iter().map(|&code| order[code as usize]);
    by_cases.sort_by(|a, b| b.cases.cmp(&a.cases).then_with(|| sequence(a).cmp(sequence(b))));
    by_cases.truncate(count);
    by_cases
}

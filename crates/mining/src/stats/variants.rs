//! Variants: cases with the same sequence of activities, grouped.

use std::cmp::Reverse;
use std::hash::BuildHasher;
use std::ops::Range;

use hashbrown::{DefaultHashBuilder, HashTable};

use super::shares::{shared, split};
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
    log.routes().variants.clone()
}

/// All variants of a log, and for each case the number of its variant.
pub fn grouped(log: &Log) -> (Vec<Variant>, Vec<u32>) {
    let routes = log.routes();
    (routes.variants.clone(), routes.of_case.clone())
}

/// Groups the cases, on so many threads.
pub(super) fn group(log: &Log, threads: usize) -> (Vec<Variant>, Vec<u32>) {
    let hasher = DefaultHashBuilder::default();
    let mut groups = shared(split(log, threads), |cases| Groups::of(log, cases, &hasher)).into_iter();
    let Some(mut all) = groups.next() else { return Default::default() };
    for more in groups {
        // In the order of their first cases, so that numbers are those of a single thread.
        let numbers: Vec<u32> =
            more.found.iter().zip(&more.hashes).map(|(variant, &hash)| all.number(log, *variant, hash)).collect();
        all.of_case.extend(more.of_case.iter().map(|&number| numbers[number as usize]));
    }
    (all.found, all.of_case)
}

/// The variants of some cases that follow each other.
#[derive(Default)]
struct Groups {
    table: HashTable<u32>,
    found: Vec<Variant>,
    /// Hashes are kept, so that a growing table need not go back to the events.
    hashes: Vec<u64>,
    of_case: Vec<u32>,
}

impl Groups {
    fn of(log: &Log, cases: Range<usize>, hasher: &DefaultHashBuilder) -> Self {
        let mut groups = Self { of_case: Vec::with_capacity(cases.len()), ..Self::default() };
        for case in cases {
            let hash = hasher.hash_one(log.activities(case));
            let number = groups.number(log, Variant { example: case, cases: 1 }, hash);
            groups.of_case.push(number);
        }
        groups
    }

    /// The number of a variant, whose cases are added; a new one has the next.
    fn number(&mut self, log: &Log, variant: Variant, hash: u64) -> u32 {
        let Self { table, found, hashes, .. } = self;
        let activities = log.activities(variant.example);
        let same = |&at: &u32| hashes[at as usize] == hash && log.activities(found[at as usize].example) == activities;
        if let Some(&number) = table.find(hash, same) {
            found[number as usize].cases += variant.cases;
            return number;
        }
        let number = found.len() as u32;
        table.insert_unique(hash, number, |&at| hashes[at as usize]);
        found.push(variant);
        hashes.push(hash);
        number
    }
}

/// The `count` most frequent of them; ties in the order of their activities' names.
pub(super) fn top(log: &Log, all: &[Variant], count: usize) -> Vec<Variant> {
    if count == 0 {
        return Vec::new();
    }
    let mut by_cases: Vec<Variant> = all.to_vec();
    if count < by_cases.len() {
        // Names are compared only among those that may come in: all with at least as many cases as the last of the top.
        let least = by_cases.select_nth_unstable_by_key(count - 1, |variant| Reverse(variant.cases)).1.cases;
        by_cases.retain(|variant| variant.cases >= least);
    }
    let names = log.activity_names();
    let mut rank: Vec<u32> = (0..names.len() as u32).collect();
    rank.sort_unstable_by_key(|&code| names.get(code));
    let mut order = vec![0_u32; rank.len()];
    for (place, &code) in (0..).zip(&rank) {
        order[code as usize] = place;
    }
    let sequence = |variant: &Variant| log.activities(variant.example).iter().map(|&code| order[code as usize]);
    by_cases.sort_by(|a, b| b.cases.cmp(&a.cases).then_with(|| sequence(a).cmp(sequence(b))));
    by_cases.truncate(count);
    by_cases
}

//! What of a log stays the same whichever of its cases are looked at: variants, whose each case is, and pairs.

use hashbrown::HashMap;

use super::variants::{Variant, group};
use crate::log::{Log, NO_CODE};

/// With at most this many activities pairs are found in a square table (at most 4 MB), else in a hash map.
const SQUARE: usize = 1024;

/// Made once, when a summary first needs it, and kept by the log: 4 bytes a case, 16 a variant.
#[derive(Debug, Clone)]
pub(crate) struct Routes {
    /// In the order in which they first appear.
    pub(super) variants: Vec<Variant>,
    /// The number of each case's variant.
    pub(super) of_case: Vec<u32>,
    /// All pairs, in the order in which they first appear.
    pub(super) pairs: Pairs,
}

impl Routes {
    pub(crate) fn of(log: &Log) -> Self {
        Self::on(log, super::shares::threads(log))
    }

    /// The same on so many threads.
    pub(super) fn on(log: &Log, threads: usize) -> Self {
        let (variants, of_case) = group(log, threads);
        let mut pairs = Pairs::new(log.activity_names().len());
        // A case that goes a known way has no new pairs.
        for variant in &variants {
            for pair in log.activities(variant.example).windows(2) {
                pairs.add(pair[0], pair[1]);
            }
        }
        Self { variants, of_case, pairs }
    }
}

/// Pairs of activities that follow each other directly, numbered.
#[derive(Debug, Clone)]
pub(super) struct Pairs {
    numbers: Numbers,
    /// Codes before and after, by number.
    pub(super) all: Vec<(u32, u32)>,
}

#[derive(Debug, Clone)]
enum Numbers {
    Square { width: usize, numbers: Vec<u32> },
    Sparse(HashMap<(u32, u32), u32>),
}

impl Pairs {
    fn new(activities: usize) -> Self {
        let numbers = if activities <= SQUARE {
            Numbers::Square { width: activities, numbers: vec![NO_CODE; activities * activities] }
        } else {
            Numbers::Sparse(HashMap::new())
        };
        Self { numbers, all: Vec::new() }
    }

    fn add(&mut self, from: u32, to: u32) {
        let next = self.all.len() as u32;
        let new = match &mut self.numbers {
            Numbers::Square { width, numbers } => {
                let number = &mut numbers[from as usize * *width + to as usize];
                let new = *number == NO_CODE;
                if new {
                    *number = next;
                }
                new
            }
            Numbers::Sparse(numbers) => *numbers.entry((from, to)).or_insert(next) == next,
        };
        if new {
            self.all.push((from, to));
        }
    }

    /// The number of a pair of the log.
    #[inline]
    pub(super) fn number(&self, from: u32, to: u32) -> usize {
        match &self.numbers {
            Numbers::Square { width, numbers } => numbers[from as usize * width + to as usize] as usize,
            Numbers::Sparse(numbers) => numbers.get(&(from, to)).map_or(self.all.len(), |&number| number as usize),
        }
    }
}

//! Chance, the same on every machine: ChaCha for the bits, and only exact arithmetic on top.
//!
//! No logarithms or exponentials: their last digits differ between platforms, and one differing digit early in a
//! year changes every story after it.

use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::{Rng, SeedableRng};

pub(crate) struct Dice(ChaCha8Rng);

/// Quantiles of a log-normal distribution with median 1 (sigma 0.9), in steps of 5%.
const SPREAD: [f64; 21] = [
    0.10, 0.228, 0.316, 0.393, 0.469, 0.545, 0.624, 0.707, 0.796, 0.893, 1.0, 1.12, 1.256, 1.415, 1.603, 1.835, 2.133,
    2.541, 3.169, 4.394, 8.0,
];

impl Dice {
    pub(crate) fn new(seed: u64) -> Self {
        Self(ChaCha8Rng::seed_from_u64(seed))
    }

    /// From 0 up to 1.
    pub(crate) fn share(&mut self) -> f64 {
        (self.0.next_u64() >> 11) as f64 / (1u64 << 53) as f64
    }

    pub(crate) fn chance(&mut self, share: f64) -> bool {
        self.share() < share
    }

    pub(crate) fn between(&mut self, low: f64, high: f64) -> f64 {
        low + self.share() * (high - low)
    }

    /// From 0 up to `n`, without it.
    pub(crate) fn below(&mut self, n: usize) -> usize {
        ((u128::from(self.0.next_u64()) * n as u128) >> 64) as usize
    }

    pub(crate) fn whole(&mut self, low: i64, high: i64) -> i64 {
        low + self.below((high - low + 1) as usize) as i64
    }

    pub(crate) fn pick<T: Copy>(&mut self, from: &[T]) -> T {
        from[self.below(from.len())]
    }

    /// An index, as likely as its weight.
    pub(crate) fn weighted(&mut self, weights: &[u32]) -> usize {
        let mut left = self.below(weights.iter().map(|w| *w as usize).sum::<usize>().max(1));
        for (index, weight) in weights.iter().enumerate() {
            if left < *weight as usize {
                return index;
            }
            left -= *weight as usize;
        }
        weights.len() - 1
    }

    /// A factor with median 1 and a long tail: times and efforts of people.
    pub(crate) fn spread(&mut self) -> f64 {
        let place = self.share() * 20.0;
        let below = place as usize;
        SPREAD[below] + (place - below as f64) * (SPREAD[below + 1] - SPREAD[below])
    }

    /// Roughly normal, mean 0, deviation 1: the sum of twelve shares, less six.
    pub(crate) fn bell(&mut self) -> f64 {
        (0..12).map(|_| self.share()).sum::<f64>() - 6.0
    }
}

//! Worlds with a known truth.

use rand::{RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;
use statistics::interval::share::Share;

pub(crate) struct World(ChaCha8Rng);

/// The share of `times` seeded worlds in which `holds`.
pub(crate) fn share_of_worlds(times: u32, seed: u64, mut holds: impl FnMut(&mut World) -> bool) -> f64 {
    let mut world = World(ChaCha8Rng::seed_from_u64(seed));
    let held = (0..times).filter(|_| holds(&mut world)).count();
    held as f64 / f64::from(times)
}

impl World {
    /// Evenly between the two.
    pub(crate) fn between(&mut self, low: f64, high: f64) -> f64 {
        self.0.random_range(low..high)
    }

    /// A whole number below `n`.
    pub(crate) fn below(&mut self, n: usize) -> usize {
        self.0.random_range(0..n as u32) as usize
    }

    pub(crate) fn chance(&mut self, p: f64) -> bool {
        self.0.random_bool(p)
    }

    /// Standard normal (Box and Muller).
    pub(crate) fn normal(&mut self) -> f64 {
        let (u, v): (f64, f64) = (1.0 - self.between(0.0, 1.0), self.between(0.0, 1.0));
        (-2.0 * u.ln()).sqrt() * (std::f64::consts::TAU * v).cos()
    }

    pub(crate) fn normals(&mut self, n: usize, mean: f64, deviation: f64) -> Vec<f64> {
        (0..n).map(|_| mean + deviation * self.normal()).collect()
    }

    /// A duration with the median 1 and this spread of its logarithm.
    pub(crate) fn duration(&mut self, spread: f64) -> f64 {
        (spread * self.normal()).exp()
    }

    pub(crate) fn exponential(&mut self, mean: f64) -> f64 {
        -mean * (1.0 - self.between(0.0, 1.0)).ln()
    }

    /// How many of `n` come true with the probability `p`.
    pub(crate) fn count(&mut self, n: u64, p: f64) -> u64 {
        (0..n).filter(|_| self.chance(p)).count() as u64
    }

    pub(crate) fn share(&mut self, n: u64, p: f64) -> Share {
        Share::new(self.count(n, p), n).unwrap()
    }

    /// An answer from 1 to 5 as desks get them: 5, 8, 15, 32 and 40%. The mean is 3.94.
    pub(crate) fn rating(&mut self) -> f64 {
        let place = self.between(0.0, 1.0);
        [0.05, 0.13, 0.28, 0.60].iter().fold(1.0, |rating, limit| if place > *limit { rating + 1.0 } else { rating })
    }

    pub(crate) fn ratings(&mut self, n: usize) -> Vec<f64> {
        (0..n).map(|_| self.rating()).collect()
    }

    /// People who answer one to four times each, with answers that resemble each other within a person; the mean is 0.
    pub(crate) fn people(&mut self, n: usize) -> Vec<Vec<f64>> {
        (0..n)
            .map(|_| {
                let own = self.normal();
                let times = 1 + self.below(4);
                (0..times).map(|_| own + self.normal()).collect()
            })
            .collect()
    }

    /// A true share that differs from group to group: beta with these whole shapes, the `a`-th smallest of a + b - 1.
    pub(crate) fn beta(&mut self, a: usize, b: usize) -> f64 {
        let mut places: Vec<f64> = (1..a + b).map(|_| self.between(0.0, 1.0)).collect();
        places.sort_by(f64::total_cmp);
        places[a - 1]
    }

    /// A series whose errors resemble their neighbours, with the standard deviation 1.
    pub(crate) fn alike_neighbours(&mut self, n: usize, rho: f64) -> Vec<f64> {
        let mut error = self.normal();
        (0..n)
            .map(|_| {
                error = rho * error + (1.0 - rho * rho).sqrt() * self.normal();
                error
            })
            .collect()
    }
}

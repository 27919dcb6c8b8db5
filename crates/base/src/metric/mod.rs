//! Figures for whoever watches the desk from outside: how often, how long, how many. Counting costs a few atomic
//! additions; [`Exposition`] writes the figures as Prometheus reads them (text format 0.0.4).

mod exposition;

use std::sync::atomic::{AtomicI64, AtomicU64, Ordering};
use std::time::{Duration, Instant};

pub use exposition::{Exposition, Kind};

/// Upper bounds of a histogram's buckets, seconds: from what nobody feels to what nobody waits for.
pub const BOUNDS: [f64; 12] = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 10.0];

/// How long something took, each time.
#[derive(Debug, Default)]
pub struct Histogram {
    /// One for each bound, and one for what took longer than all.
    buckets: [AtomicU64; BOUNDS.len() + 1],
    micros: AtomicU64,
}

impl Histogram {
    /// Once more, and this long.
    pub fn observe(&self, took: Duration) {
        let seconds = took.as_secs_f64();
        let bucket = BOUNDS.iter().position(|bound| seconds <= *bound).unwrap_or(BOUNDS.len());
        self.buckets[bucket].fetch_add(1, Ordering::Relaxed);
        self.micros.fetch_add(u64::try_from(took.as_micros()).unwrap_or(u64::MAX), Ordering::Relaxed);
    }

    /// How often.
    pub fn count(&self) -> u64 {
        self.buckets.iter().map(|bucket| bucket.load(Ordering::Relaxed)).sum()
    }

    /// How often at most as long as each bound, then how often at all; and how long together, seconds.
    fn read(&self) -> (Vec<u64>, f64) {
        let mut all = 0;
        let sums = self.buckets.iter().map(|bucket| {
            all += bucket.load(Ordering::Relaxed);
            all
        });
        (sums.collect(), self.micros.load(Ordering::Relaxed) as f64 / 1e6)
    }
}

/// A door that work goes through: how long each piece took from asking to the answer, and how many are inside now.
#[derive(Debug, Default)]
pub struct Door {
    /// How long each took, waiting included.
    pub took: Histogram,
    inside: AtomicI64,
}

impl Door {
    /// One more goes in; it comes out when what this gives is dropped.
    pub fn enter(&self) -> Inside<'_> {
        self.inside.fetch_add(1, Ordering::Relaxed);
        Inside { door: self, since: Instant::now() }
    }

    /// How many are inside: waiting, or being worked on.
    pub fn inside(&self) -> i64 {
        self.inside.load(Ordering::Relaxed)
    }
}

/// One piece of work inside a [`Door`].
#[derive(Debug)]
pub struct Inside<'d> {
    door: &'d Door,
    since: Instant,
}

impl Drop for Inside<'_> {
    fn drop(&mut self) {
        self.door.inside.fetch_sub(1, Ordering::Relaxed);
        self.door.took.observe(self.since.elapsed());
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_histogram_counts_by_how_long_it_took() {
        let histogram = Histogram::default();
        for millis in [0, 1, 2, 300, 60_000] {
            histogram.observe(Duration::from_millis(millis));
        }
        let (sums, seconds) = histogram.read();
        assert_eq!(sums, [2, 3, 3, 3, 3, 3, 3, 3, 4, 4, 4, 4, 5]);
        assert!((seconds - 60.303).abs() < 1e-9);
        assert_eq!(histogram.count(), 5);
    }

    #[test]
    fn a_door_knows_how_many_are_inside() {
        let door = Door::default();
        let first = door.enter();
        let second = door.enter();
        assert_eq!(door.inside(), 2);
        drop((first, second));
        assert_eq!((door.inside(), door.took.count()), (0, 2));
    }
}

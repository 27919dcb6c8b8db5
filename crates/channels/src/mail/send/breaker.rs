//! The last guard against a flood, whatever its reason: so many letters a minute, and the others wait.

use std::collections::VecDeque;
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

const MINUTE: Duration = Duration::from_mins(1);

/// Counts letters of the last minute.
pub(super) struct Breaker {
    most: usize,
    lately: Mutex<VecDeque<Instant>>,
}

impl Breaker {
    pub(super) fn new(most: usize) -> Self {
        Self { most, lately: Mutex::default() }
    }

    /// How many letters may still go out now.
    pub(super) fn room(&self) -> usize {
        let mut lately = self.lately.lock().unwrap_or_else(PoisonError::into_inner);
        while lately.front().is_some_and(|sent| sent.elapsed() > MINUTE) {
            lately.pop_front();
        }
        self.most.saturating_sub(lately.len())
    }

    /// One more goes out.
    pub(super) fn count(&self) {
        self.lately.lock().unwrap_or_else(PoisonError::into_inner).push_back(Instant::now());
    }
}

#[cfg(test)]
mod tests {
    use super::Breaker;

    #[test]
    fn line_29_a_flood_waits() {
        let breaker = Breaker::new(2);
        assert_eq!(breaker.room(), 2);
        breaker.count();
        breaker.count();
        breaker.count();
        assert_eq!(breaker.room(), 0);
    }
}

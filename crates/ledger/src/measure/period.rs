//! A stretch of time.

use base::clock::Moment;

/// From an instant to another, the second left out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Period {
    /// The first instant.
    pub from: Moment,
    /// The first instant behind it.
    pub to: Moment,
}

impl Period {
    /// The `length` milliseconds before `to`.
    pub fn before(to: Moment, length: i64) -> Self {
        Self { from: to.plus(-length), to }
    }

    /// Milliseconds.
    pub fn length(self) -> i64 {
        self.to.since(self.from)
    }

    /// The equal period just before this one.
    pub fn previous(self) -> Self {
        Self::before(self.from, self.length())
    }

    /// `count` equal slices that end where this one ends, oldest first, each a `part`-th of it.
    pub fn slices(self, part: i64, count: i64) -> Vec<Self> {
        let length = self.length() / part.max(1);
        (0..count).rev().map(|back| Self::before(self.to.plus(-back * length), length)).collect()
    }

    /// Whether an instant lies in it.
    pub fn contains(self, at: i64) -> bool {
        self.from.0 <= at && at < self.to.0
    }
}

//! The fixed grid of time on which numbers are released: whole ISO weeks in UTC, in blocks of four, in years of 52.

use base::clock::{DAY, Moment};

use super::period::Period;

const WEEK: i64 = 7 * DAY;
/// The first Monday since the epoch.
const MONDAY: i64 = 4 * DAY;
/// Weeks of a block: at its end, groups that are still too small are put together.
pub(super) const BLOCK: i64 = 4;
/// Weeks after which what was never enough is no longer carried on. Whoever reads the grid begins at such a year, so
/// that what is released does not depend on how far back one looks.
const YEAR: i64 = 52;

/// The week that an instant lies in, counted from the first Monday since the epoch.
pub(super) fn week_of(at: i64) -> i64 {
    (at - MONDAY).div_euclid(WEEK)
}

/// The first instant of a week.
pub(super) fn start_of(week: i64) -> i64 {
    MONDAY + week * WEEK
}

/// The first week of the year of the grid that a week lies in.
pub(super) fn year_of(week: i64) -> i64 {
    week.div_euclid(YEAR) * YEAR
}

/// Whole weeks, one after the other. There is no other way to ask for a period, so that nobody can slide it by a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Weeks {
    first: i64,
    count: i64,
}

impl Weeks {
    /// The last `count` weeks (at least one) that have ended by now.
    pub fn until(now: Moment, count: i64) -> Self {
        let count = count.max(1);
        Self { first: week_of(now.0) - count, count }
    }

    /// As many weeks just before these.
    pub fn previous(self) -> Self {
        Self { first: self.first - self.count, ..self }
    }

    /// `count` slices of `size` weeks each, oldest first, the last ending where these end.
    pub fn slices(self, size: i64, count: i64) -> Vec<Self> {
        let size = size.max(1);
        let end = self.first + self.count;
        (1..=count).rev().map(|back| Self { first: end - back * size, count: size }).collect()
    }

    /// From the first instant to the last.
    pub fn period(self) -> Period {
        Period { from: Moment(start_of(self.first)), to: Moment(start_of(self.first + self.count)) }
    }

    /// The number of the first week on the grid.
    pub(super) fn first(self) -> i64 {
        self.first
    }

    /// Whether a week is one of them.
    pub(super) fn holds(self, week: i64) -> bool {
        self.first <= week && week < self.first + self.count
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// 2026-03-02 was a Monday: 1,772,409,600 seconds.
    #[test]
    fn weeks_begin_on_monday_and_a_running_one_is_left_out() {
        let monday = Moment(1_772_409_600_000);
        let ended = Weeks::until(monday, 4);
        assert_eq!(ended.period(), Period { from: monday.plus(-28 * DAY), to: monday });
        for day in 0..7 {
            assert_eq!(Weeks::until(monday.plus(day * DAY + 1), 4), ended, "no day moves it");
        }
        assert_eq!(Weeks::until(monday.plus(7 * DAY), 4).period().to, monday.plus(7 * DAY));
        assert_eq!(ended.previous().period().to, ended.period().from);
        let slices = ended.slices(1, 3);
        assert_eq!((slices.len(), slices[2].period().to, slices[0].period().length()), (3, monday, WEEK));
    }
}

//! Working time: how much of the time between two instants a desk was open. Every clock of the house asks here.
//!
//! A [`Calendar`] has a time zone, the hours of each weekday, and days with hours of their own (holidays have none). What
//! it answers is exact to the millisecond, across years and changes of daylight saving: an hour that a clock change takes
//! away is not worked, and one that it gives is worked twice. All instants are UTC milliseconds.
//!
//! - [`Calendar::between`]: the working time from one instant to another.
//! - [`Calendar::after`]: the instant at which so much of it will have passed, which is when a promise falls due.
//! - [`Calendar::spent`]: the working time of a life in states, without those that pause the clock.

mod days;
mod file;
mod table;

#[cfg(test)]
mod tests;

use std::collections::BTreeMap;
use std::sync::OnceLock;

use base::clock::{DAY, Moment};
use jiff::civil::{Date, date};
use jiff::tz::TimeZone;

pub use days::Hours;
pub use file::CalendarError;
use table::Table;

/// When a desk is open.
#[derive(Debug, Clone)]
pub struct Calendar {
    zone: TimeZone,
    /// From Monday on.
    week: [Hours; 7],
    days: BTreeMap<Date, Hours>,
    /// Of every year, by month and day.
    yearly: BTreeMap<(i8, i8), Hours>,
    table: OnceLock<Table>,
    /// The four centuries after the table.
    far: OnceLock<Table>,
}

/// The end of the table, and of the one after it.
const END: Date = date(2100, 1, 1);
const FAR: Date = date(2500, 1, 1);
/// Days and dates come again after four centuries, and so do the changes of clocks, once all that is known of them is a
/// rule.
const CYCLE: i64 = 146_097 * DAY;

impl Calendar {
    /// A calendar of one time zone; `week` begins with Monday.
    pub fn new(zone: TimeZone, week: [Hours; 7]) -> Self {
        Self {
            zone,
            week,
            days: BTreeMap::new(),
            yearly: BTreeMap::new(),
            table: OnceLock::new(),
            far: OnceLock::new(),
        }
    }

    /// Open at any time: working time is the time that passes.
    pub fn always() -> Self {
        Self::new(TimeZone::UTC, std::array::from_fn(|_| Hours::all_day()))
    }

    /// The same with other hours on one day; none when it is a holiday. They replace those of its weekday.
    #[must_use]
    pub fn with_day(mut self, day: Date, hours: Hours) -> Self {
        self.days.insert(day, hours);
        (self.table, self.far) = Default::default();
        self
    }

    /// The same with other hours on this day of every year, unless the day of that very year has its own.
    #[must_use]
    pub fn with_yearly(mut self, month: i8, day: i8, hours: Hours) -> Self {
        self.yearly.insert((month, day), hours);
        (self.table, self.far) = Default::default();
        self
    }

    /// Its time zone, in which times without an offset are meant.
    pub fn zone(&self) -> &TimeZone {
        &self.zone
    }

    /// Working milliseconds from `from` to `to`; negative when `to` is earlier.
    pub fn between(&self, from: Moment, to: Moment) -> i64 {
        if from > to {
            return -self.between(to, from);
        }
        match (self.until(from.0), self.until(to.0)) {
            (Some(before), Some(all)) => all - before,
            // Before 1970, or beyond 2100 with days of their own there: day by day.
            _ => self.walk(from, to),
        }
    }

    /// Milliseconds worked since 1970; `None` before, and beyond 2100 where single days of then have hours of their own.
    fn until(&self, at: i64) -> Option<i64> {
        let table = self.table();
        if at <= table.end() {
            return table.until(at);
        }
        if self.days.last_key_value().is_some_and(|(day, _)| *day >= END) {
            return None;
        }
        let far = self.far.get_or_init(|| Table::of(self, END, FAR));
        let (cycles, rest) = ((at - table.end()) / CYCLE, (at - table.end()) % CYCLE);
        Some(table.all() + cycles * far.all() + far.until(table.end() + rest)?)
    }

    /// The first instant at which `work` milliseconds (not negative) have been worked since `from`; `None` when the
    /// calendar does not open for so long until the year 2100.
    pub fn after(&self, from: Moment, work: i64) -> Option<Moment> {
        if work <= 0 {
            return Some(from);
        }
        let before = self.table().until(from.0)?;
        self.table().reaches(before.checked_add(work)?).map(Moment)
    }

    /// The working time of something that went through states: `changes` are instants, in order, and whether the clock
    /// runs from then on; the last state lasts to `until`. What comes after `until` does not count.
    pub fn spent(&self, changes: impl IntoIterator<Item = (Moment, bool)>, until: Moment) -> i64 {
        let (mut spent, mut running_since) = (0, None::<Moment>);
        for (at, runs) in changes {
            let at = at.min(until);
            if let Some(since) = running_since.take() {
                spent += self.between(since, at);
            }
            running_since = runs.then_some(at);
        }
        spent + running_since.map_or(0, |since| self.between(since, until))
    }

    /// Whether it is open at an instant.
    pub fn is_open(&self, at: Moment) -> bool {
        self.between(at, at.plus(1)) > 0
    }

    fn table(&self) -> &Table {
        self.table.get_or_init(|| Table::of(self, date(1970, 1, 1), END))
    }

    /// Whether no day has any hours.
    fn never_opens(&self) -> bool {
        self.week.iter().chain(self.days.values()).chain(self.yearly.values()).all(|hours| *hours == Hours::none())
    }

    /// The hours of a day.
    fn hours(&self, day: Date) -> &Hours {
        let own = self.days.get(&day).or_else(|| self.yearly.get(&(day.month(), day.day())));
        own.unwrap_or(&self.week[day.weekday().to_monday_zero_offset() as usize])
    }

    fn walk(&self, from: Moment, to: Moment) -> i64 {
        let day_of = |at: Moment| {
            let at = jiff::Timestamp::from_millisecond(at.0).unwrap_or(jiff::Timestamp::MIN);
            self.zone.to_datetime(at).date()
        };
        // A day more on either side: where clocks go back over midnight, a day has hours after the next one has begun.
        let last = day_of(to).tomorrow().unwrap_or(Date::MAX);
        let (mut day, mut worked) = (day_of(from).yesterday().unwrap_or(Date::MIN), 0);
        loop {
            for (start, end) in self.hours(day).instants(day, &self.zone) {
                worked += (end.min(to.0) - start.max(from.0)).max(0);
            }
            match day.tomorrow() {
                Ok(next) if day < last => day = next,
                _ => return worked,
            }
        }
    }
}

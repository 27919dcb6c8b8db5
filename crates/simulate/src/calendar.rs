//! Days, hours and seasons of the company, by exact integer arithmetic on UTC milliseconds.

use crate::places::Site;
use jiff::civil::{Date, date};

pub(crate) const MINUTE: i64 = 60_000;
pub(crate) const HOUR: i64 = 60 * MINUTE;
pub(crate) const DAY: i64 = 24 * HOUR;

/// Hours in which somebody works, in minutes of the local day.
#[derive(Clone, Copy)]
pub(crate) struct Hours {
    pub(crate) opens: i64,
    pub(crate) closes: i64,
    pub(crate) saturday: bool,
}

pub(crate) const DESK: Hours = Hours { opens: 8 * 60, closes: 17 * 60 + 30, saturday: false };
pub(crate) const OFFICE: Hours = Hours { opens: 7 * 60 + 40, closes: 18 * 60, saturday: false };
pub(crate) const SHIFTS: Hours = Hours { opens: 6 * 60, closes: 22 * 60, saturday: true };

/// A day as the company lives it.
#[derive(Clone, Copy)]
pub(crate) struct Day {
    /// Of the month.
    pub(crate) date: i8,
    /// 0 is Monday.
    pub(crate) weekday: usize,
    pub(crate) holiday: bool,
    /// How many needs arise, compared with a usual working day.
    pub(crate) load: f64,
    /// The last days of a quarter and the first of the next.
    pub(crate) quarter_end: bool,
}

pub(crate) struct Calendar {
    first: i64,
    days: Vec<Day>,
    /// When clocks in Europe are on summer time; the whole Union and Britain change at the same instant.
    summers: Vec<(i64, i64)>,
}

impl Calendar {
    /// Days from a little before `start` to well after `end` (stories run past the end before they are cut).
    pub(crate) fn new(start: i64, end: i64) -> Self {
        let first = start.div_euclid(DAY) - 2;
        let last = end.div_euclid(DAY) + 150;
        let epoch = date(1970, 1, 1);
        let civil = |day: i64| epoch.saturating_add(jiff::Span::new().days(day));
        let days = (first..=last).map(|number| day(number, civil(number))).collect();
        let zone = crate::places::central_zone();
        let (from, to) = (civil(first).year(), civil(last).year());
        let summers = (from..=to)
            .map(|year| {
                let noon = |month, day| {
                    let at = date(year, month, day).at(12, 0, 0, 0).to_zoned(zone.clone());
                    at.expect("noon exists on every day").timestamp()
                };
                let change = |month| {
                    let mut changes = zone.following(noon(month, 20));
                    changes.next().expect("clocks change twice a year").timestamp().as_millisecond()
                };
                (change(3), change(10))
            })
            .collect();
        Self { first, days, summers }
    }

    pub(crate) fn day(&self, at_local: i64) -> Day {
        let index = at_local.div_euclid(DAY) - self.first;
        self.days[index.clamp(0, self.days.len() as i64 - 1) as usize]
    }

    pub(crate) fn local(&self, site: Site, at: i64) -> i64 {
        let summer = self.summers.iter().any(|&(from, to)| from <= at && at < to);
        at + (site.winter_offset_hours() + i64::from(summer)) * HOUR
    }

    /// The instant of a local time; the hour that clocks skip or repeat does not matter to a story.
    pub(crate) fn utc(&self, site: Site, local: i64) -> i64 {
        let guess = local - site.winter_offset_hours() * HOUR;
        guess - (self.local(site, guess) - local)
    }

    fn is_working(day: Day, hours: Hours) -> bool {
        !day.holiday && (day.weekday < 5 || (hours.saturday && day.weekday == 5))
    }

    /// The first instant, not before `at`, in working hours.
    pub(crate) fn opens(&self, site: Site, hours: Hours, at: i64) -> i64 {
        let mut local = self.local(site, at);
        loop {
            let midnight = local - local.rem_euclid(DAY);
            if Self::is_working(self.day(local), hours) {
                let opens = midnight + hours.opens * MINUTE;
                if local <= opens {
                    return self.utc(site, opens).max(at);
                }
                if local < midnight + hours.closes * MINUTE {
                    return self.utc(site, local).max(at);
                }
            }
            local = midnight + DAY;
        }
    }

    /// The instant at which `work` milliseconds of working time have passed since `at`.
    pub(crate) fn after(&self, site: Site, hours: Hours, at: i64, work: i64) -> i64 {
        let mut at = self.opens(site, hours, at);
        let mut left = work;
        loop {
            let local = self.local(site, at);
            let closes = local - local.rem_euclid(DAY) + hours.closes * MINUTE;
            if local + left <= closes {
                return at + left;
            }
            left -= closes - local;
            at = self.opens(site, hours, at + (closes - local) + HOUR);
        }
    }
}

fn day(number: i64, civil: Date) -> Day {
    let (month, day) = (civil.month(), civil.day());
    let weekday = (number + 3).rem_euclid(7) as usize;
    let holiday = matches!((month, day), (12, 24..=26 | 31) | (1 | 5, 1));
    // Return in January, holidays in August, quiet before Christmas.
    let season = [1.3, 1.05, 1.05, 1.0, 0.95, 1.0, 0.85, 0.6, 1.15, 1.1, 1.05, 0.85][month as usize - 1];
    let first_days_back = if month == 1 && (2..=12).contains(&day) { 1.35 } else { 1.0 };
    let dead_days = if month == 12 && day > 21 { 0.4 } else { 1.0 };
    let by_weekday = [1.3, 1.1, 1.0, 0.95, 0.75, 0.06, 0.03][weekday];
    let load = if holiday { 0.03 } else { season * first_days_back * dead_days * by_weekday };
    let quarter_end = (month % 3 == 0 && day >= 27) || (month % 3 == 1 && day <= 4);
    Day { date: day, weekday, holiday, load, quarter_end }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> i64 {
        text.parse::<jiff::Timestamp>().unwrap().as_millisecond()
    }

    fn year() -> Calendar {
        Calendar::new(at("2025-11-01T00:00:00Z"), at("2026-11-22T08:00:00Z"))
    }

    #[test]
    fn clocks_change_with_the_union() {
        let calendar = year();
        let hour = |site, text| calendar.local(site, at(text)).rem_euclid(DAY) / HOUR;
        assert_eq!(hour(Site::Hamburg, "2026-03-29T00:59:00Z"), 1);
        assert_eq!(hour(Site::Hamburg, "2026-03-29T01:00:00Z"), 3);
        assert_eq!(hour(Site::Lisbon, "2026-07-01T12:00:00Z"), 13);
        assert_eq!(hour(Site::Leeds, "2026-10-25T01:00:00Z"), 1);
    }

    #[test]
    fn work_stops_over_the_weekend() {
        let calendar = year();
        // Friday 17:00 in Hamburg: half an hour is left, then Monday from eight.
        let monday = calendar.after(Site::Hamburg, DESK, at("2026-11-20T16:00:00Z"), HOUR);
        assert_eq!(monday, at("2026-11-23T07:30:00Z"));
        assert_eq!(calendar.opens(Site::Hamburg, DESK, at("2026-11-21T09:00:00Z")), at("2026-11-23T07:00:00Z"));
    }
}

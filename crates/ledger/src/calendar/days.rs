//! The hours of a day, as local times and as instants.

use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;

/// Seconds in a day of 24 hours.
pub(super) const DAY: u32 = 86_400;

/// When a desk is open on a day: spans of local time, in order, none touching another.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Hours(Vec<(u32, u32)>);

impl Hours {
    /// Closed.
    pub fn none() -> Self {
        Self::default()
    }

    /// From midnight to midnight.
    pub fn all_day() -> Self {
        Self(vec![(0, DAY)])
    }

    /// Spans of seconds since midnight, each from 0 to 86,400, in any order; what overlaps counts once. `None` when one
    /// ends before it begins or after the day.
    pub fn of(mut spans: Vec<(u32, u32)>) -> Option<Self> {
        if spans.iter().any(|&(start, end)| start >= end || end > DAY) {
            return None;
        }
        spans.sort_unstable();
        let mut merged: Vec<(u32, u32)> = Vec::with_capacity(spans.len());
        for (start, end) in spans {
            match merged.last_mut() {
                Some(last) if start <= last.1 => last.1 = last.1.max(end),
                _ => merged.push((start, end)),
            }
        }
        Some(Self(merged))
    }

    /// The spans on a day as UTC milliseconds, in order: every instant at which a clock of the zone shows a time within
    /// them. A time that a clock change skips has none, and one that happens twice has two.
    pub(super) fn instants(&self, day: Date, zone: &TimeZone) -> Vec<(i64, i64)> {
        let Ok(midnight) = day.to_datetime(jiff::civil::Time::midnight()).to_zoned(TimeZone::UTC) else {
            return Vec::new();
        };
        let midnight = midnight.timestamp().as_millisecond();
        let Some(offsets) = offsets(zone, midnight - FURTHEST, midnight + i64::from(DAY) * 1_000 + FURTHEST) else {
            return Vec::new();
        };
        let mut instants = Vec::with_capacity(self.0.len());
        for (from, to, offset) in offsets {
            for &(start, end) in &self.0 {
                let start = (midnight + i64::from(start) * 1_000 - offset).max(from);
                let end = (midnight + i64::from(end) * 1_000 - offset).min(to);
                if start < end {
                    instants.push((start, end));
                }
            }
        }
        instants
    }
}

/// No zone is further from UTC than this, milliseconds.
const FURTHEST: i64 = 26 * 3_600 * 1_000;

/// The stretches from `from` to `to` (UTC milliseconds) in which a zone keeps one offset, with that offset in milliseconds.
fn offsets(zone: &TimeZone, from: i64, to: i64) -> Option<Vec<(i64, i64, i64)>> {
    let first = Timestamp::from_millisecond(from).ok()?;
    let milliseconds = |offset: jiff::tz::Offset| i64::from(offset.seconds()) * 1_000;
    let mut stretches = Vec::with_capacity(1);
    let (mut since, mut offset) = (from, milliseconds(zone.to_offset(first)));
    for change in zone.following(first) {
        let at = change.timestamp().as_millisecond();
        if at >= to {
            break;
        }
        stretches.push((since, at, offset));
        (since, offset) = (at, milliseconds(change.offset()));
    }
    stretches.push((since, to, offset));
    Some(stretches)
}

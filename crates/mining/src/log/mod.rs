//! The log in memory: events in columns, by case, and within a case by time or in the order of the file.
//!
//! About 20 bytes an event (activity 4, time 8, resource and lifecycle 4 each when there are any), plus the text of the
//! case names. Codes stand for names; [`Names`] turns them back.

mod attributes;
mod builder;
mod chunks;
mod header;
mod names;

use std::ops::Range;
use std::sync::OnceLock;

pub use attributes::AttributeTable;
pub use builder::LogBuilder;
pub use header::Header;
pub use names::Names;

use crate::stats::Routes;

/// Stands in a code column where an event has no such value.
pub const NO_CODE: u32 = u32::MAX;

/// Stands in the time column where an event has no time (XES allows that).
pub const NO_TIME: i64 = i64::MIN;

/// A whole event log: cases in the order in which they first appeared, their events by time, ties in original order.
///
/// A case in which any event lacks a time keeps its original order, because there is nothing better to go by. So do all
/// cases of a log that was read from XES, or built so ([`LogBuilder::keep_order`]): there the order of a trace says what
/// came after what, whatever the times are.
#[derive(Debug, Clone, Default)]
pub struct Log {
    case_names: Names,
    activity_names: Names,
    resource_names: Names,
    lifecycle_names: Names,
    /// Where each case begins, and one last entry with the number of events; empty when there are no cases.
    starts: Vec<usize>,
    activity: Vec<u32>,
    time: Vec<i64>,
    /// Nanoseconds beyond each time; empty when the log is sorted by them already, or no event has any.
    finer: Vec<u32>,
    /// Empty when no event has one; so is `lifecycle`.
    resource: Vec<u32>,
    lifecycle: Vec<u32>,
    /// Which event each one was when it came; empty unless the builder kept it.
    origin: Vec<u32>,
    /// Whether all events have a time, and each case is in the order of time.
    in_time: bool,
    /// What of a summary is the same whichever cases it is about; made when the first is asked for.
    routes: OnceLock<Routes>,
    /// The log in the order of time, where it is in another.
    by_time: OnceLock<Box<Log>>,
}

/// One case of a log: its events as slices of the log's columns.
#[derive(Debug, Clone, Copy)]
pub struct Case<'a> {
    /// The case's number in this log, from 0.
    pub index: usize,
    /// Its name, as the source gave it.
    pub name: &'a str,
    /// Activity codes, in order.
    pub activities: &'a [u32],
    /// UTC milliseconds since 1970, of the same events; [`NO_TIME`] where unknown.
    pub times: &'a [i64],
}

impl Log {
    /// An empty builder; shorthand for [`LogBuilder::default`].
    pub fn builder() -> LogBuilder {
        LogBuilder::default()
    }

    /// Number of cases; each has at least one event.
    pub fn cases(&self) -> usize {
        self.starts.len().saturating_sub(1)
    }

    /// Number of events.
    pub fn events(&self) -> usize {
        self.activity.len()
    }

    /// The case with this number.
    ///
    /// # Panics
    /// When there are not so many cases.
    pub fn case(&self, index: usize) -> Case<'_> {
        let range = self.range(index);
        Case {
            index,
            name: self.case_names.get(index as u32),
            activities: &self.activity[range.clone()],
            times: &self.time[range],
        }
    }

    /// All cases, in the order of their numbers.
    pub fn iter(&self) -> impl Iterator<Item = Case<'_>> {
        (0..self.cases()).map(|index| self.case(index))
    }

    /// Which events (rows of the columns) belong to a case.
    ///
    /// # Panics
    /// When there are not so many cases.
    pub fn range(&self, case: usize) -> Range<usize> {
        self.starts[case]..self.starts[case + 1]
    }

    /// Activity codes of a case, in order.
    pub(crate) fn activities(&self, case: usize) -> &[u32] {
        &self.activity[self.range(case)]
    }

    /// Times of a case, in the order of its events.
    pub(crate) fn times(&self, case: usize) -> &[i64] {
        &self.time[self.range(case)]
    }

    /// The first case that begins at this event or after it; the number of cases beyond the last.
    pub(crate) fn case_at(&self, event: usize) -> usize {
        self.starts.partition_point(|&start| start < event).min(self.cases())
    }

    /// Whether all events have a time, and those of each case are in its order.
    pub(crate) fn is_in_time(&self) -> bool {
        self.in_time
    }

    /// Whether the events of a case are in the order of time; one without a time is before all others.
    fn is_sorted(&self, case: usize) -> bool {
        let range = self.range(case);
        match self.finer.get(range.clone()) {
            Some(finer) => self.time[range].iter().zip(finer).is_sorted(),
            None => self.time[range].is_sorted(),
        }
    }

    /// The events of a case by time, ties in the log's order; in the log's order where one has no time.
    pub(crate) fn by_time(&self, case: usize) -> impl Iterator<Item = usize> {
        let range = self.range(case);
        let sorted = (!self.is_sorted(case) && !self.times(case).contains(&NO_TIME)).then(|| {
            let mut rows: Vec<usize> = range.clone().collect();
            rows.sort_by_key(|&row| (self.time[row], self.finer.get(row)));
            rows
        });
        let plain = if sorted.is_some() { 0..0 } else { range };
        sorted.into_iter().flatten().chain(plain)
    }

    /// The log with the events of each case by time, which is mostly this one; else another that has nothing but activities
    /// and times, and is made when it is first asked for.
    pub(crate) fn in_order_of_time(&self) -> &Self {
        let is_other = |case: usize| !self.is_sorted(case) && !self.times(case).contains(&NO_TIME);
        if self.in_time || (self.by_time.get().is_none() && !(0..self.cases()).any(is_other)) {
            return self;
        }
        self.by_time.get_or_init(|| {
            let rows = || (0..self.cases()).flat_map(|case| self.by_time(case));
            Box::new(Self {
                activity_names: self.activity_names.clone(),
                starts: self.starts.clone(),
                activity: rows().map(|row| self.activity[row]).collect(),
                time: rows().map(|row| self.time[row]).collect(),
                in_time: !self.time.contains(&NO_TIME),
                ..Self::default()
            })
        })
    }

    /// Variants, whose each case is, and pairs.
    pub(crate) fn routes(&self) -> &Routes {
        self.routes.get_or_init(|| Routes::of(self))
    }

    /// The activities by code.
    pub fn activity_names(&self) -> &Names {
        &self.activity_names
    }

    /// The cases by number.
    pub fn case_names(&self) -> &Names {
        &self.case_names
    }

    /// All names, of whatever.
    pub(crate) fn texts(&self) -> impl Iterator<Item = &str> {
        [&self.case_names, &self.activity_names, &self.resource_names, &self.lifecycle_names]
            .into_iter()
            .flat_map(Names::iter)
    }

    /// Activity code of each event.
    pub fn activity_column(&self) -> &[u32] {
        &self.activity
    }

    /// Time of each event, UTC milliseconds since 1970, or [`NO_TIME`].
    pub fn time_column(&self) -> &[i64] {
        &self.time
    }

    /// Who did this event (a row of the columns), when the source says so.
    pub fn resource(&self, event: usize) -> Option<&str> {
        named(&self.resource, &self.resource_names, event)
    }

    /// The lifecycle transition of this event (`start`, `complete`, ...), when the source says so.
    pub fn lifecycle(&self, event: usize) -> Option<&str> {
        named(&self.lifecycle, &self.lifecycle_names, event)
    }

    /// Which event this one was when it came, from 0; `None` unless [`LogBuilder::with_origins`] kept that.
    pub fn origin(&self, event: usize) -> Option<usize> {
        self.origin.get(event).map(|&origin| origin as usize)
    }

    /// First and last known time, UTC milliseconds; `None` when no event has one.
    pub fn span(&self) -> Option<(i64, i64)> {
        let mut known = self.time.iter().copied().filter(|&t| t != NO_TIME);
        let first = known.next()?;
        Some(known.fold((first, first), |(low, high), t| (low.min(t), high.max(t))))
    }
}

fn named<'a>(column: &[u32], names: &'a Names, event: usize) -> Option<&'a str> {
    let code = *column.get(event)?;
    (code != NO_CODE).then(|| names.get(code))
}

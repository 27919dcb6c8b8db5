//! Building a log from events in any order.

use std::sync::OnceLock;

use super::chunks::Chunks;
use super::{Log, NO_CODE, NO_TIME, Names};

/// Takes events in any order and hands back the [`Log`].
#[derive(Debug, Default)]
pub struct LogBuilder {
    case_names: Names,
    activity_names: Names,
    resource_names: Names,
    lifecycle_names: Names,
    /// Events per case.
    counts: Vec<u32>,
    case: Chunks<u32>,
    activity: Chunks<u32>,
    time: Chunks<i64>,
    /// Nanoseconds beyond each time; empty when no event has any.
    finer: Chunks<u32>,
    resource: Chunks<u32>,
    lifecycle: Chunks<u32>,
    /// Which event each one was when it came; empty unless asked for.
    origin: Chunks<u32>,
    origins: bool,
    last_case: u32,
    /// Whether the cases came one after the other, so that no sorting by case is needed.
    interleaved: bool,
    /// Whether an event had no time.
    untimed: bool,
    /// Whether events stay in the order in which they were pushed.
    keeps_order: bool,
}

impl LogBuilder {
    /// A builder whose log knows in which order its events came ([`Log::origin`]); 4 bytes an event more.
    pub fn with_origins() -> Self {
        Self { origins: true, ..Self::default() }
    }

    /// Leaves the events of a case in the order in which they are pushed, instead of sorting them by time.
    ///
    /// A XES trace is an ordered list (IEEE 1849), and programs that read one go by its order.
    pub fn keep_order(&mut self) {
        self.keeps_order = true;
    }

    /// Takes one event. `time` is in UTC milliseconds since 1970.
    ///
    /// # Panics
    /// When more than 2^32 events or names are given (that many do not fit in memory).
    #[inline]
    pub fn push(
        &mut self,
        case: &str,
        activity: &str,
        time: Option<i64>,
        resource: Option<&str>,
        lifecycle: Option<&str>,
    ) {
        self.push_finer(case, activity, time, 0, resource, lifecycle);
    }

    /// The same with the nanoseconds beyond the millisecond of its time, by which events are sorted too.
    ///
    /// # Panics
    /// As [`Self::push`].
    #[inline]
    pub fn push_finer(
        &mut self,
        case: &str,
        activity: &str,
        time: Option<i64>,
        finer: u32,
        resource: Option<&str>,
        lifecycle: Option<&str>,
    ) {
        let case = self.case_code(case);
        let activity = self.activity_names.intern(activity);
        if let Some(name) = resource {
            let code = self.resource_names.intern(name);
            self.resource.pad(self.case.len, NO_CODE);
            self.resource.push(code);
        }
        if let Some(name) = lifecycle {
            let code = self.lifecycle_names.intern(name);
            self.lifecycle.pad(self.case.len, NO_CODE);
            self.lifecycle.push(code);
        }
        if finer > 0 {
            self.finer.pad(self.case.len, 0);
            self.finer.push(finer);
        }
        if self.origins {
            self.origin.push(self.case.len as u32);
        }
        self.counts[case as usize] += 1;
        self.case.push(case);
        self.activity.push(activity);
        let time = time.unwrap_or(NO_TIME);
        self.untimed |= time == NO_TIME;
        self.time.push(time);
    }

    /// Which case the event that was pushed last is of, in the order in which cases first came.
    pub(crate) fn last_case(&self) -> usize {
        self.last_case as usize
    }

    /// Takes all events of another builder, as if they were pushed here one by one.
    pub(crate) fn append(&mut self, part: &Self) {
        let before = self.case.len;
        let cases: Vec<u32> = part.case_names.iter().map(|name| self.case_code(name)).collect();
        for (&case, &count) in cases.iter().zip(&part.counts) {
            self.counts[case as usize] += count;
        }
        self.interleaved |= part.interleaved;
        self.untimed |= part.untimed;
        if let Some(&last) = cases.get(part.last_case as usize) {
            self.last_case = last;
        }
        self.case.extend_mapped(&part.case, &cases);
        self.activity.extend_mapped(&part.activity, &codes(&mut self.activity_names, &part.activity_names));
        for times in part.time.iter() {
            self.time.extend(times.iter().copied());
        }
        if part.finer.len > 0 {
            self.finer.pad(before, 0);
            for finer in part.finer.iter() {
                self.finer.extend(finer.iter().copied());
            }
        }
        for (column, names, theirs, their_names) in [
            (&mut self.resource, &mut self.resource_names, &part.resource, &part.resource_names),
            (&mut self.lifecycle, &mut self.lifecycle_names, &part.lifecycle, &part.lifecycle_names),
        ] {
            if theirs.len > 0 {
                column.pad(before, NO_CODE);
                column.extend_mapped(theirs, &codes(names, their_names));
            }
        }
        if self.origins {
            self.origin.extend(before as u32..self.case.len as u32);
        }
    }

    /// Forgets all events, and keeps the room that they took.
    pub(crate) fn clear(&mut self) {
        let names =
            [&mut self.case_names, &mut self.activity_names, &mut self.resource_names, &mut self.lifecycle_names];
        names.into_iter().for_each(Names::clear);
        self.counts.clear();
        let columns = [
            &mut self.case,
            &mut self.activity,
            &mut self.finer,
            &mut self.resource,
            &mut self.lifecycle,
            &mut self.origin,
        ];
        columns.into_iter().for_each(Chunks::clear);
        self.time.clear();
        self.last_case = 0;
        (self.interleaved, self.untimed) = (false, false);
    }

    /// How many events were taken so far.
    pub fn events(&self) -> usize {
        self.case.len
    }

    /// How many cases were seen so far.
    pub fn cases(&self) -> usize {
        self.case_names.len()
    }

    /// Whether a case went on after another had begun.
    pub fn is_interleaved(&self) -> bool {
        self.interleaved
    }

    /// The log: events by case, and within a case by time (ties in the order in which they were pushed), or all in the
    /// order in which they were pushed after [`Self::keep_order`].
    pub fn finish(mut self) -> Log {
        let events = self.case.len;
        let mut starts = Vec::with_capacity(self.counts.len() + 1);
        let mut total = 0_usize;
        starts.push(0);
        for &count in &self.counts {
            total += count as usize;
            starts.push(total);
        }
        if self.counts.is_empty() {
            starts.clear();
        }
        if self.resource.len > 0 {
            self.resource.pad(events, NO_CODE);
        }
        if self.lifecycle.len > 0 {
            self.lifecycle.pad(events, NO_CODE);
        }
        if self.finer.len > 0 {
            self.finer.pad(events, 0);
        }
        let (activity, time, finer, resource, lifecycle, origin);
        if self.interleaved {
            // Turn each event's case into the row where the event belongs, then move one column at a time: at most one
            // column exists twice.
            let mut next: Vec<u32> = starts.iter().map(|&start| start as u32).collect();
            for case in self.case.iter_mut() {
                let row = &mut next[*case as usize];
                *case = *row;
                *row += 1;
            }
            drop(next);
            activity = self.activity.scattered(&self.case);
            time = self.time.scattered(&self.case);
            finer = self.finer.scattered(&self.case);
            resource = self.resource.scattered(&self.case);
            lifecycle = self.lifecycle.scattered(&self.case);
            origin = self.origin.scattered(&self.case);
        } else {
            self.case = Chunks::default();
            activity = self.activity.joined();
            time = self.time.joined();
            finer = self.finer.joined();
            resource = self.resource.joined();
            lifecycle = self.lifecycle.joined();
            origin = self.origin.joined();
        }
        let keeps_order = self.keeps_order;
        let mut log = Log {
            case_names: self.case_names,
            activity_names: self.activity_names,
            resource_names: self.resource_names,
            lifecycle_names: self.lifecycle_names,
            starts,
            activity,
            time,
            finer,
            resource,
            lifecycle,
            origin,
            in_time: !self.untimed,
            routes: OnceLock::new(),
            by_time: OnceLock::new(),
        };
        if keeps_order {
            log.in_time &= (0..log.cases()).all(|case| log.is_sorted(case));
        } else {
            sort_by_time(&mut log);
            // They told which came first, and that is all.
            log.finer = Vec::new();
        }
        log
    }

    #[inline]
    fn case_code(&mut self, name: &str) -> u32 {
        // Most sources write a case's events together, so the last one is the best guess.
        if !self.counts.is_empty() && self.case_names.get(self.last_case) == name {
            return self.last_case;
        }
        let code = self.case_names.intern(name);
        if code as usize == self.counts.len() {
            self.counts.push(0);
        } else {
            self.interleaved = true;
        }
        self.last_case = code;
        code
    }
}

/// The codes that another dictionary's names have here.
fn codes(names: &mut Names, theirs: &Names) -> Vec<u32> {
    theirs.iter().map(|name| names.intern(name)).collect()
}

fn sort_by_time(log: &mut Log) {
    let mut order: Vec<(i64, u32, u32)> = Vec::new();
    let mut codes: Vec<u32> = Vec::new();
    for case in 0..log.cases() {
        let range = log.range(case);
        if log.is_sorted(case) || log.times(case).contains(&NO_TIME) {
            continue;
        }
        order.clear();
        let finer = log.finer.get(range.clone()).unwrap_or_default().iter().copied().chain(std::iter::repeat(0));
        order.extend(log.times(case).iter().zip(finer).zip(0..).map(|((&time, finer), at)| (time, finer, at)));
        let times = &mut log.time[range.clone()];
        // The position is part of the key, so an unstable sort keeps ties in their order.
        order.sort_unstable();
        for (slot, &(time, _, _)) in times.iter_mut().zip(&order) {
            *slot = time;
        }
        for column in [&mut log.activity, &mut log.finer, &mut log.resource, &mut log.lifecycle, &mut log.origin] {
            let Some(slice) = column.get_mut(range.clone()) else { continue };
            codes.clear();
            codes.extend(order.iter().map(|&(_, _, at)| slice[at as usize]));
            slice.copy_from_slice(&codes);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::chunks::CHUNK;
    use super::*;

    #[test]
    fn events_in_any_order_end_by_case_and_time() {
        let mut builder = Log::builder();
        builder.push("b", "close", Some(30), None, None);
        builder.push("a", "open", Some(5), Some("ana"), None);
        builder.push("b", "open", Some(10), None, Some("complete"));
        builder.push("a", "close", Some(5), None, None);
        let log = builder.finish();
        let seen: Vec<_> = log
            .iter()
            .map(|case| {
                let names: Vec<_> = case.activities.iter().map(|&a| log.activity_names().get(a)).collect();
                (case.name, names, case.times.to_vec())
            })
            .collect();
        assert_eq!(seen, [("b", vec!["open", "close"], vec![10, 30]), ("a", vec!["open", "close"], vec![5, 5])]);
        assert_eq!((0..4).map(|e| log.resource(e)).collect::<Vec<_>>(), [None, None, Some("ana"), None]);
        assert_eq!((0..4).map(|e| log.lifecycle(e)).collect::<Vec<_>>(), [Some("complete"), None, None, None]);
        assert_eq!(log.span(), Some((5, 30)));
    }

    #[test]
    fn a_case_with_an_unknown_time_keeps_its_order() {
        let mut builder = Log::builder();
        for (activity, time) in [("x", Some(9)), ("y", None), ("z", Some(1))] {
            builder.push("1", activity, time, None, None);
        }
        let log = builder.finish();
        assert_eq!(log.time_column(), [9, NO_TIME, 1]);
        assert_eq!(log.span(), Some((1, 9)));
    }

    #[test]
    fn events_are_sorted_by_all_that_is_known_of_their_time() {
        let rows = [("1", "b", 5, 900), ("2", "x", 5, 0), ("1", "a", 5, 100), ("1", "c", 6, 0), ("2", "y", 4, 999)];
        for split in 0..rows.len() {
            let (mut whole, mut part) = (Log::builder(), Log::builder());
            for (at, &(case, activity, time, finer)) in rows.iter().enumerate() {
                let into = if at < split { &mut whole } else { &mut part };
                into.push_finer(case, activity, Some(time), finer, None, None);
            }
            whole.append(&part);
            let log = whole.finish();
            let names: Vec<_> = log.activity_column().iter().map(|&code| log.activity_names().get(code)).collect();
            assert_eq!((names.concat().as_str(), log.time_column()), ("abcyx", &[5, 5, 6, 4, 5][..]));
        }
    }

    #[test]
    fn an_order_that_is_kept_is_not_that_of_time() {
        for (keeps, expected) in [(true, [9, 1, 5, 7]), (false, [1, 9, 5, 7])] {
            let mut builder = Log::builder();
            if keeps {
                builder.keep_order();
            }
            for (case, time) in [("1", 9), ("2", 5), ("1", 1), ("2", 7)] {
                builder.push(case, "x", Some(time), None, None);
            }
            let log = builder.finish();
            assert_eq!(log.time_column(), expected);
            assert_eq!((log.is_in_time(), log.span()), (!keeps, Some((1, 9))));
            let by_time: Vec<i64> = log.by_time(0).map(|event| log.time_column()[event]).collect();
            assert_eq!(by_time, [1, 9]);
        }
    }

    #[test]
    fn an_empty_log_is_empty() {
        let log = Log::builder().finish();
        assert_eq!((log.cases(), log.events(), log.span()), (0, 0, None));
    }

    #[test]
    fn columns_longer_than_a_chunk_are_whole() {
        let mut builder = Log::builder();
        let events = CHUNK * 2 + 3;
        for n in 0..events {
            builder.push(if n % 2 == 0 { "even" } else { "odd" }, "x", Some(n as i64), Some("r"), None);
        }
        let log = builder.finish();
        assert_eq!(log.events(), events);
        assert!(log.case(1).times.iter().zip(0..).all(|(&t, i): (&i64, i64)| t == 2 * i + 1));
    }
}

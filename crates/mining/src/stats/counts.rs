//! Counting the events of all or some cases of a log, on several threads, in two passes.
//!
//! The first counts cases by variant and waits by pair of activities. What depends on the sequence of activities alone is
//! then counted once for each variant, not for each case; the second pass collects the waits around each median.

use std::ops::Range;

use super::follows::Follow;
use super::routes::Routes;
use super::shares::{shared, split};
use super::variants::Variant;
use super::waits::{BUCKETS, Middle, bucket};
use crate::log::{Log, NO_CODE, NO_TIME};

/// With more pairs than this, waits are collected whole: buckets would need more room than they save.
const MOST_PAIRS: usize = 4096;

/// What was counted.
#[derive(Debug, PartialEq)]
pub(super) struct Counts {
    pub(super) cases: usize,
    pub(super) events: usize,
    /// By code.
    pub(super) activities: Vec<Seen>,
    /// Those that occur, in the order of the log; the example is the first case of the whole log.
    pub(super) variants: Vec<Variant>,
    /// Those that occur, in the order in which they first appear in the whole log.
    pub(super) follows: Vec<Follow>,
    /// First and last known time.
    pub(super) span: Option<(i64, i64)>,
}

/// An activity.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Seen {
    pub(super) events: u64,
    pub(super) cases: u64,
    pub(super) starts: u64,
    pub(super) ends: u64,
    /// The variant in which it was last seen.
    last: u32,
}

/// A pair of activities.
#[derive(Clone, Copy)]
struct Pair {
    count: u64,
    cases: u64,
    last: u32,
}

/// How to count; it changes no figure.
#[derive(Debug, Clone, Copy)]
pub(super) struct Way {
    pub(super) threads: usize,
    /// Whether waits are counted in buckets first, so that few need to be collected.
    pub(super) buckets: bool,
}

impl Way {
    pub(super) fn of(log: &Log, routes: &Routes) -> Self {
        let pairs = routes.pairs.all.len();
        let buckets = pairs <= MOST_PAIRS && pairs * BUCKETS <= log.events();
        Self { threads: super::shares::threads(log), buckets }
    }
}

/// Counts the cases that `keep` names by their number.
pub(super) fn counts(log: &Log, routes: &Routes, way: Way, keep: impl Fn(usize) -> bool + Sync) -> Counts {
    let ranges = split(log, way.threads);
    let mut first = shared(ranges.clone(), |cases| {
        let mut pass = First::new(routes, way.buckets);
        match (log.is_in_time(), way.buckets) {
            (true, true) => pass.count::<true, true>(log, routes, cases, &keep),
            (true, false) => pass.count::<true, false>(log, routes, cases, &keep),
            (false, true) => pass.count::<false, true>(log, routes, cases, &keep),
            (false, false) => pass.count::<false, false>(log, routes, cases, &keep),
        }
        pass
    })
    .into_iter();
    let mut all = first.next().unwrap_or_else(|| First::new(routes, way.buckets));
    first.for_each(|more| all.add(&more));

    let width = if way.buckets { BUCKETS } else { 1 };
    let tallies = all.waits.chunks_exact(width);
    let middles: Vec<Middle> = tallies
        .map(|waits| if way.buckets { Middle::of(waits) } else { Middle::anywhere(u64::from(waits[0])) })
        .collect();
    let step = routes.variants.len().div_ceil(way.threads).max(1);
    let of_variants =
        |share: usize| (share * step).min(routes.variants.len())..((share + 1) * step).min(routes.variants.len());
    let shares = ranges.into_iter().enumerate().map(|(share, cases)| (cases, of_variants(share))).collect();
    let mut second = shared(shares, |(cases, variants)| {
        (ByVariant::of(log, routes, variants, &all.of_variant), collected(log, routes, cases, &middles, &keep))
    })
    .into_iter();
    let (mut by_variant, mut waits) = second
        .next()
        .unwrap_or_else(|| (ByVariant::of(log, routes, 0..0, &all.of_variant), vec![Vec::new(); middles.len()]));
    for (more, more_waits) in second {
        by_variant.add(&more);
        waits.iter_mut().zip(more_waits).for_each(|(waits, more)| waits.extend(more));
    }

    let follows = routes.pairs.all.iter().enumerate().filter_map(|(number, &(from, to))| {
        let Pair { count, cases, .. } = by_variant.pairs[number];
        let timed: u64 = all.waits[number * width..(number + 1) * width].iter().map(|&waits| u64::from(waits)).sum();
        (count > 0).then(|| Follow {
            from,
            to,
            count,
            cases,
            median_seconds: middles[number].median(&mut waits[number]).map(|millis| millis / 1000.0),
            mean_seconds: (timed > 0).then(|| all.sums[number] as f64 / timed as f64 / 1000.0),
        })
    });
    let counted = routes.variants.iter().zip(&all.of_variant).filter(|(_, cases)| **cases > 0);
    Counts {
        cases: all.cases,
        events: all.events,
        follows: follows.collect(),
        activities: by_variant.activities,
        variants: counted.map(|(variant, &cases)| Variant { cases: u64::from(cases), ..*variant }).collect(),
        span: (all.span.0 != NO_TIME).then_some(all.span),
    }
}

/// What the first pass counts.
struct First {
    cases: usize,
    events: usize,
    of_variant: Vec<u32>,
    /// `NO_TIME` and the least time while none is known.
    span: (i64, i64),
    /// Of each pair the sum of its waits, and how many there are: in buckets, or just that.
    sums: Vec<i128>,
    waits: Vec<u32>,
}

impl First {
    fn new(routes: &Routes, buckets: bool) -> Self {
        let pairs = routes.pairs.all.len();
        Self {
            cases: 0,
            events: 0,
            of_variant: vec![0; routes.variants.len()],
            span: (NO_TIME, NO_TIME),
            sums: vec![0; pairs],
            waits: vec![0; if buckets { pairs * BUCKETS } else { pairs }],
        }
    }

    /// Counts some cases. `IN_TIME`: all events of the log have a time, and those of a case are in its order.
    fn count<const IN_TIME: bool, const FINE: bool>(
        &mut self,
        log: &Log,
        routes: &Routes,
        cases: Range<usize>,
        keep: &impl Fn(usize) -> bool,
    ) {
        for case in cases {
            if !keep(case) {
                continue;
            }
            let (activities, times) = (log.activities(case), log.times(case));
            self.cases += 1;
            self.events += activities.len();
            self.of_variant[routes.of_case[case] as usize] += 1;
            if IN_TIME {
                self.reach(times[0]);
                self.reach(times[times.len() - 1]);
            } else {
                times.iter().filter(|time| **time != NO_TIME).for_each(|&time| self.reach(time));
            }
            for (pair, times) in activities.windows(2).zip(times.windows(2)) {
                if IN_TIME || is_wait(times) {
                    let number = routes.pairs.number(pair[0], pair[1]);
                    self.sums[number] += i128::from(times[1]) - i128::from(times[0]);
                    let slot = if FINE { number * BUCKETS + bucket(times[1].saturating_sub(times[0])) } else { number };
                    self.waits[slot] += 1;
                }
            }
        }
    }

    #[inline]
    fn reach(&mut self, time: i64) {
        if self.span.0 == NO_TIME {
            self.span = (time, time);
        }
        self.span = (self.span.0.min(time), self.span.1.max(time));
    }

    fn add(&mut self, more: &Self) {
        self.cases += more.cases;
        self.events += more.events;
        add_each(&mut self.of_variant, &more.of_variant);
        add_each(&mut self.waits, &more.waits);
        self.sums.iter_mut().zip(&more.sums).for_each(|(sum, more)| *sum += more);
        if more.span.0 != NO_TIME {
            self.reach(more.span.0);
            self.reach(more.span.1);
        }
    }
}

/// Whether there is a wait between two times: both are known, and the second is not before the first.
#[inline]
fn is_wait(times: &[i64]) -> bool {
    times[0] != NO_TIME && times[1] >= times[0]
}

fn add_each(counts: &mut [u32], more: &[u32]) {
    counts.iter_mut().zip(more).for_each(|(count, more)| *count += more);
}

/// What follows from the sequence of activities alone.
struct ByVariant {
    activities: Vec<Seen>,
    pairs: Vec<Pair>,
}

impl ByVariant {
    fn of(log: &Log, routes: &Routes, variants: Range<usize>, cases: &[u32]) -> Self {
        let mut activities =
            vec![Seen { events: 0, cases: 0, starts: 0, ends: 0, last: NO_CODE }; log.activity_names().len()];
        let mut pairs = vec![Pair { count: 0, cases: 0, last: NO_CODE }; routes.pairs.all.len()];
        for number in variants.filter(|&number| cases[number] > 0) {
            let (times, mark) = (u64::from(cases[number]), number as u32);
            let way = log.activities(routes.variants[number].example);
            for &code in way {
                let seen = &mut activities[code as usize];
                seen.events += times;
                if seen.last != mark {
                    seen.last = mark;
                    seen.cases += times;
                }
            }
            for pair in way.windows(2) {
                let pair = &mut pairs[routes.pairs.number(pair[0], pair[1])];
                pair.count += times;
                if pair.last != mark {
                    pair.last = mark;
                    pair.cases += times;
                }
            }
            if let (Some(&first), Some(&last)) = (way.first(), way.last()) {
                activities[first as usize].starts += times;
                activities[last as usize].ends += times;
            }
        }
        for seen in &mut activities {
            seen.last = NO_CODE;
        }
        Self { activities, pairs }
    }

    fn add(&mut self, more: &Self) {
        for (seen, more) in self.activities.iter_mut().zip(&more.activities) {
            seen.events += more.events;
            seen.cases += more.cases;
            seen.starts += more.starts;
            seen.ends += more.ends;
        }
        for (pair, more) in self.pairs.iter_mut().zip(&more.pairs) {
            pair.count += more.count;
            pair.cases += more.cases;
        }
    }
}

/// The waits of each pair that its median may be.
fn collected(
    log: &Log,
    routes: &Routes,
    cases: Range<usize>,
    middles: &[Middle],
    keep: &impl Fn(usize) -> bool,
) -> Vec<Vec<i64>> {
    let mut waits = vec![Vec::new(); middles.len()];
    if middles.iter().all(|middle| middle.wanted == 0) {
        return waits;
    }
    for case in cases {
        if !keep(case) {
            continue;
        }
        for (pair, times) in log.activities(case).windows(2).zip(log.times(case).windows(2)) {
            if is_wait(times) {
                let wait = times[1].saturating_sub(times[0]);
                let number = routes.pairs.number(pair[0], pair[1]);
                if middles[number].takes(wait) {
                    waits[number].push(wait);
                }
            }
        }
    }
    waits
}

//! Figures are the same however they are counted: beside a plain recount, on any number of threads, of all or some cases.

use std::collections::{BTreeMap, BTreeSet};

use proptest::prelude::*;

use super::counts::{Counts, Way, counts};
use super::routes::Routes;
use super::{Stats, TOP};
use crate::log::{Log, LogBuilder, NO_TIME};

type Row = (u8, u8, Option<i64>);

fn log(rows: &[Row], keep: impl Fn(&str) -> bool) -> Log {
    let mut builder = LogBuilder::default();
    // Half of the logs are as XES may have them: not in the order of time.
    if rows.len().is_multiple_of(2) {
        builder.keep_order();
    }
    for &(case, activity, time) in rows {
        let name = format!("case {case}");
        if keep(&name) {
            builder.push(&name, &format!("do {activity}"), time, None, None);
        }
    }
    builder.finish()
}

fn rows() -> impl Strategy<Value = Vec<Row>> {
    let time = prop_oneof![
        5 => (0..5_i64).prop_map(Some),
        20 => (0..10_000_000_i64).prop_map(Some),
        1 => any::<i64>().prop_map(Some),
    ];
    let timed = prop::collection::vec((0_u8..20, 0_u8..6, time.clone()), 0..250);
    let untimed = prop::collection::vec((0_u8..20, 0_u8..6, prop_oneof![9 => time, 1 => Just(None)]), 0..250);
    prop_oneof![timed, untimed]
}

/// How often a pair was, in which cases, and after how long.
type Waits = (u64, BTreeSet<usize>, Vec<i128>);

/// Every figure by the plainest of means: names are joined and sorted, waits are kept and sorted.
fn plainly(log: &Log, keep: &dyn Fn(usize) -> bool) -> Vec<String> {
    let mut said = Vec::new();
    let mut ways: BTreeMap<&[u32], (usize, u64)> = BTreeMap::new();
    let mut pairs: BTreeMap<(u32, u32), Waits> = BTreeMap::new();
    let mut activities: BTreeMap<u32, (u64, BTreeSet<usize>, u64, u64)> = BTreeMap::new();
    let mut times = Vec::new();
    let (mut cases, mut events) = (0, 0);
    let mut example: BTreeMap<&[u32], usize> = BTreeMap::new();
    for case in log.iter() {
        example.entry(case.activities).or_insert(case.index);
        if !keep(case.index) {
            continue;
        }
        cases += 1;
        events += case.activities.len();
        ways.entry(case.activities).or_insert((example[case.activities], 0)).1 += 1;
        activities.entry(case.activities[0]).or_default().2 += 1;
        activities.entry(case.activities[case.activities.len() - 1]).or_default().3 += 1;
        for (at, &activity) in case.activities.iter().enumerate() {
            let seen = activities.entry(activity).or_default();
            seen.0 += 1;
            seen.1.insert(case.index);
            times.extend(Some(case.times[at]).filter(|&time| time != NO_TIME));
            if at > 0 {
                let pair = pairs.entry((case.activities[at - 1], activity)).or_default();
                pair.0 += 1;
                pair.1.insert(case.index);
                if case.times[at - 1] != NO_TIME && case.times[at] >= case.times[at - 1] {
                    pair.2.push(i128::from(case.times[at]) - i128::from(case.times[at - 1]));
                }
            }
        }
    }
    said.push(format!("{cases} {events} {:?}", times.iter().min().zip(times.iter().max())));
    said.extend(
        activities
            .into_iter()
            .map(|(code, (events, cases, starts, ends))| format!("{code}: {events} {} {starts} {ends}", cases.len())),
    );
    let mut variants: Vec<_> = ways.into_values().collect();
    variants.sort_unstable();
    said.push(format!("{variants:?}"));
    said.extend(pairs.into_iter().map(|((from, to), (count, cases, mut waits))| {
        waits.sort_unstable();
        let mean = (!waits.is_empty()).then(|| waits.iter().sum::<i128>() as f64 / waits.len() as f64 / 1000.0);
        let at = |at: usize| waits[at].clamp(i128::from(i64::MIN), i128::from(i64::MAX)) as i64 as f64 / 2.0;
        let median = (!waits.is_empty()).then(|| (at((waits.len() - 1) / 2) + at(waits.len() / 2)) / 1000.0);
        format!("{from} {to}: {count} {} {median:?} {mean:?}", cases.len())
    }));
    said
}

fn said(counts: &Counts) -> Vec<String> {
    let mut said = vec![format!("{} {} {:?}", counts.cases, counts.events, counts.span)];
    let activities = counts.activities.iter().enumerate().filter(|(_, seen)| seen.events > 0);
    said.extend(
        activities.map(|(code, seen)| format!("{code}: {} {} {} {}", seen.events, seen.cases, seen.starts, seen.ends)),
    );
    said.push(format!(
        "{:?}",
        counts.variants.iter().map(|variant| (variant.example, variant.cases)).collect::<Vec<_>>()
    ));
    let mut follows = counts.follows.clone();
    follows.sort_by_key(|follow| (follow.from, follow.to));
    said.extend(follows.iter().map(|follow| {
        let (median, mean) = (follow.median_seconds, follow.mean_seconds);
        format!("{} {}: {} {} {median:?} {mean:?}", follow.from, follow.to, follow.count, follow.cases)
    }));
    said
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(100))]

    #[test]
    fn any_way_of_counting_gives_the_plain_figures(rows in rows(), mask: u32) {
        let log = log(&rows, |_| true);
        for keep in [&(|_| true) as &(dyn Fn(usize) -> bool + Sync), &|case| mask >> (case % 32) & 1 == 1, &|_| false] {
            let expected = plainly(&log, &|case| keep(case));
            for threads in [1, 2, 3, 7] {
                let routes = Routes::on(&log, threads);
                for buckets in [true, false] {
                    let found = counts(&log, &routes, Way { threads, buckets }, keep);
                    prop_assert_eq!(said(&found), expected.clone(), "{} threads, buckets: {}", threads, buckets);
                }
            }
        }
    }

    #[test]
    fn some_cases_are_as_a_log_of_these_alone(rows in rows(), mask: u32) {
        let kept = |name: &str| name["case ".len()..].parse::<u32>().is_ok_and(|case| mask >> (case % 32) & 1 == 1);
        let (all, alone) = (log(&rows, |_| true), log(&rows, kept));
        let part = Stats::of_part(&all, TOP, |case| kept(all.case(case).name));
        prop_assert_eq!(part, Stats::of(&alone));
    }
}

/// Long enough for threads and buckets to be chosen by themselves; times tie and repeat.
#[test]
fn a_long_log_is_counted_on_threads_as_on_one() {
    let mut builder = LogBuilder::default();
    let (mut state, mut now) = (7_u64, 1_700_000_000_000);
    for _ in 0..200_000 {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        let dice = state >> 33;
        now += (dice % 977) as i64 * i64::from(dice % 3 > 0);
        builder.push(&format!("case {}", dice % 20_011), &format!("do {}", dice / 7 % 9), Some(now), None, None);
    }
    let log = builder.finish();
    let routes = log.routes();
    assert!(Way::of(&log, routes).buckets);
    let expected = plainly(&log, &|_| true);
    for way in [Way::of(&log, routes), Way { threads: 5, buckets: true }, Way { threads: 1, buckets: false }] {
        assert_eq!(said(&counts(&log, routes, way, |_| true)), expected, "{way:?}");
    }
}

/// As JSON, a log's summary has all variants, in the fields and the order of the summary that holds them.
#[test]
fn the_whole_summary_is_the_summary_with_all_variants() {
    let mut builder = Log::builder();
    for case in 0..90_u8 {
        for step in 0..=case % 45 {
            let name = format!("step {}", step % 3);
            builder.push(&format!("case {case}"), &name, Some(i64::from(step) * 1000), None, None);
        }
    }
    let log = builder.finish();
    let stats = Stats::of(&log);
    assert_eq!((stats.variants.count, stats.variants.top.len()), (45, super::TOP));
    let all = Stats::with_top(&log, usize::MAX);
    assert_eq!(serde_json::to_string(&stats.whole(&log)).unwrap(), serde_json::to_string(&all).unwrap());
}

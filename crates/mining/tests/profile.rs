//! The temporal profile against sums done one by one, and arcs by people.

#![allow(clippy::unwrap_used, reason = "a test may end with a panic")]

use std::collections::BTreeMap;

use mining::profile::{MOST_ACTIVITIES, flags, profile};
use mining::{Log, LogBuilder, stats};
use proptest::prelude::*;

fn log(rows: &[(u8, u8, i64)]) -> Log {
    let mut builder = LogBuilder::default();
    for (case, activity, time) in rows {
        builder.push(&case.to_string(), &activity.to_string(), Some(*time * 1000), None, None);
    }
    builder.finish()
}

/// Seconds of all pairs, by case.
fn pairs(log: &Log) -> BTreeMap<(String, String), Vec<(String, f64)>> {
    let mut all: BTreeMap<_, Vec<_>> = BTreeMap::new();
    let name = |code: u32| log.activity_names().get(code).to_owned();
    for case in log.iter() {
        for one in 0..case.activities.len() {
            for other in one + 1..case.activities.len() {
                let pair = (name(case.activities[one]), name(case.activities[other]));
                let seconds = (case.times[other] - case.times[one]) as f64 / 1000.0;
                all.entry(pair).or_default().push((case.name.to_owned(), seconds));
            }
        }
    }
    all
}

proptest! {
    #[test]
    fn a_profile_is_what_adding_up_says(rows in prop::collection::vec((0_u8..6, 0_u8..4, 0_i64..5000), 0..60)) {
        let log = log(&rows);
        let expected = pairs(&log);
        let found = profile(&log).unwrap();
        prop_assert_eq!(found.pairs.len(), expected.len());
        let mut flagged = Vec::new();
        for pair in &found.pairs {
            let all = &expected[&(pair.from.clone(), pair.to.clone())];
            let count = all.len() as f64;
            let mean = all.iter().map(|(_, seconds)| seconds).sum::<f64>() / count;
            let squares: f64 = all.iter().map(|(_, seconds)| (seconds - mean).powi(2)).sum();
            prop_assert_eq!(pair.count as usize, all.len());
            prop_assert!((pair.mean_seconds - mean).abs() < 1e-6);
            let sd = (count > 1.0).then(|| (squares / (count - 1.0)).sqrt());
            prop_assert_eq!(pair.sd_seconds.is_some(), sd.is_some());
            let Some(sd) = sd else { continue };
            prop_assert!((pair.sd_seconds.unwrap() - sd).abs() < 1e-6);
            let far = all.iter().filter(|(_, seconds)| sd > 1e-6 && (seconds - mean).abs() / sd > 1.5 + 1e-9);
            flagged.extend(far.map(|(case, _)| (case.clone(), pair.from.clone(), pair.to.clone())));
        }
        flagged.sort();
        flagged.dedup();
        let mut seen: Vec<_> = flags(&log, 1.5).unwrap().iter()
            .map(|flag| (flag.case.to_owned(), flag.from.to_owned(), flag.to.to_owned())).collect();
        seen.sort();
        prop_assert_eq!(seen, flagged);
    }
}

#[test]
fn the_furthest_of_a_case_is_told() {
    let mut rows: Vec<(u8, u8, i64)> =
        (0..20).flat_map(|case| [(case, 0, 0), (case, 1, 100 + i64::from(case % 3))]).collect();
    rows.extend([(99, 0, 0), (99, 0, 50), (99, 1, 1100)]);
    let log = log(&rows);
    let found = flags(&log, 3.0).unwrap();
    assert_eq!(found.len(), 1);
    assert_eq!((found[0].case, found[0].from, found[0].to, found[0].seconds), ("99", "0", "1", 1100.0));
    assert!(found[0].deviations > 3.0 && found[0].deviations < 4.0, "{}", found[0].deviations);
}

#[test]
fn too_many_activities_have_no_profile() {
    let mut builder = LogBuilder::default();
    for number in 0..=MOST_ACTIVITIES {
        builder.push("1", &number.to_string(), Some(number as i64), None, None);
    }
    let log = builder.finish();
    assert!(profile(&log).is_none() && flags(&log, 3.0).is_none());
}

#[test]
fn one_who_asks_every_day_is_one() {
    // Cases 0 and 1 are the same person's; case 3 is nobody's.
    let log = log(&[(0, 0, 0), (0, 1, 1), (1, 0, 5), (1, 1, 6), (2, 0, 7), (2, 1, 8), (2, 1, 9), (3, 0, 1), (3, 1, 2)]);
    let people = stats::people(&log, |case| [Some(7), Some(7), Some(8), None][case]);
    let found: Vec<_> = stats::follows(&log).iter().map(|follow| (follow.from, follow.to, follow.cases)).collect();
    assert_eq!(found, [(0, 1, 4), (1, 1, 1)]);
    assert_eq!(people, [2, 1]);
}

//! What must hold for any log and any bytes.

#![allow(clippy::unwrap_used, reason = "a test may end with a panic")]

use std::collections::BTreeMap;

use mining::read::Options;
use mining::{Log, Stats, read_log};
use proptest::prelude::*;

type Row = (u8, u8, i64);

fn log(rows: &[Row]) -> Log {
    let mut builder = Log::builder();
    for &(case, activity, time) in rows {
        builder.push(&format!("case {case}"), &format!("do {activity}"), Some(time), None, None);
    }
    builder.finish()
}

/// Distinct times within a case, so that the order of events is the same whatever the order of rows.
fn rows() -> impl Strategy<Value = Vec<Row>> {
    prop::collection::vec((0_u8..12, 0_u8..5, 0_i64..500), 0..200).prop_map(|rows| {
        let mut seen = std::collections::BTreeSet::new();
        rows.into_iter().filter(|&(case, _, time)| seen.insert((case, time))).collect()
    })
}

proptest! {
    #[test]
    fn any_shuffle_of_events_gives_the_same_stats(pair in rows().prop_flat_map(|r| (Just(r.clone()), Just(r).prop_shuffle()))) {
        let (rows, shuffled) = pair;
        prop_assert_eq!(Stats::of(&log(&rows)), Stats::of(&log(&shuffled)));
    }

    #[test]
    fn stats_equal_a_plain_recount(rows in rows()) {
        let stats = Stats::with_top(&log(&rows), usize::MAX);
        let mut cases: BTreeMap<u8, Vec<(i64, u8)>> = BTreeMap::new();
        for (case, activity, time) in rows {
            cases.entry(case).or_default().push((time, activity));
        }
        let mut waits: BTreeMap<(String, String), Vec<i64>> = BTreeMap::new();
        let mut variants: BTreeMap<Vec<u8>, u64> = BTreeMap::new();
        for events in cases.values_mut() {
            events.sort_unstable();
            *variants.entry(events.iter().map(|e| e.1).collect()).or_default() += 1;
            for pair in events.windows(2) {
                let edge = (format!("do {}", pair[0].1), format!("do {}", pair[1].1));
                waits.entry(edge).or_default().push(pair[1].0 - pair[0].0);
            }
        }
        prop_assert_eq!(stats.cases, cases.len());
        prop_assert_eq!(stats.variants.count, variants.len());
        prop_assert_eq!(stats.variants.top.iter().map(|v| v.cases).sum::<u64>(), cases.len() as u64);
        prop_assert_eq!(stats.directly_follows.len(), waits.len());
        for edge in &stats.directly_follows {
            let waits = waits.get_mut(&(edge.from.clone(), edge.to.clone())).unwrap();
            waits.sort_unstable();
            let n = waits.len();
            let median = (waits[(n - 1) / 2] + waits[n / 2]) as f64 / 2000.0;
            prop_assert_eq!(edge.count, n as u64);
            prop_assert!((edge.median_seconds.unwrap() - median).abs() < 1e-9);
            prop_assert!((edge.mean_seconds.unwrap() - waits.iter().sum::<i64>() as f64 / n as f64 / 1000.0).abs() < 1e-9);
        }
    }

    #[test]
    fn any_bytes_are_read_or_refused_without_a_panic(bytes in prop::collection::vec(any::<u8>(), 0..400)) {
        let _ = read_log(&bytes[..], Options { partial: true, attributes: true, ..Options::default() });
    }

    #[test]
    fn any_text_in_csv_cells_is_read_or_refused_without_a_panic(
        cells in prop::collection::vec("[\"a1,;/:é \\-\n0-9]{0,12}", 0..40),
    ) {
        let text = format!("case,activity,time\n{}", cells.join(","));
        let _ = read_log(text.as_bytes(), Options { partial: true, ..Options::default() });
    }

    #[test]
    fn truncated_files_never_panic(cut in 0.0_f64..1.0, gzip: bool, xes: bool) {
        let text: &[u8] = if xes { XES.as_bytes() } else { CSV.as_bytes() };
        let whole = if gzip {
            let mut packed = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
            std::io::Write::write_all(&mut packed, text).unwrap();
            packed.finish().unwrap()
        } else {
            text.to_vec()
        };
        let part = &whole[..(whole.len() as f64 * cut) as usize];
        if let Err(error) = read_log(part, Options::default()) {
            prop_assert!(!error.to_string().is_empty());
        }
        let _ = read_log(part, Options { partial: true, ..Options::default() });
    }
}

const CSV: &str = "case,activity,time,note\n1,ask,2026-01-01 10:00,\"a, b\"\n1,solve,2026-01-01 11:00,ü\n2,ask,2026-01-02 10:00,\"x\"\n";
const XES: &str = "<?xml version=\"1.0\"?><log><trace><string key=\"concept:name\" value=\"ä\"/><event><string \
    key=\"concept:name\" value=\"a &lt; b\"/><date key=\"time:timestamp\" value=\"2026-01-01T10:00:00Z\"/></event><event>\
    <string key=\"concept:name\" value=\"c\"/></event></trace></log>";

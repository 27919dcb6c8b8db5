//! Real logs, which lie outside the repository: in the folder that THEDESK_SHARED_DATA names, or in `../shared/data`
//! beside the repository. Without them these tests say so and pass.

#![allow(clippy::unwrap_used, reason = "a test may end with a panic")]
#![allow(clippy::print_stderr, reason = "a test that does nothing must say so")]

use std::fs::File;
use std::path::{Path, PathBuf};

use mining::read::{DateOrder, DateStyle, Options, open};
use mining::{Stats, read_log};

fn data(file: &str) -> Option<PathBuf> {
    let folder = std::env::var_os("THEDESK_SHARED_DATA")
        .map_or_else(|| Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/data"), PathBuf::from);
    let path = folder.join(file);
    if path.exists() {
        return Some(path);
    }
    eprintln!("skipped: {} is not there (set THEDESK_SHARED_DATA to the folder of real logs)", path.display());
    None
}

#[test]
fn helpdesk_is_the_same_from_csv_and_xes() {
    let (Some(csv), Some(xes)) = (data("log-helpdesk/helpdesk.csv.gz"), data("log-helpdesk/helpdesk.xes.gz")) else {
        return;
    };
    let of = |path: &Path| {
        let (log, report) = read_log(File::open(path).unwrap(), Options::default()).unwrap();
        assert!(report.is_clean(), "{report}");
        Stats::of(&log)
    };
    let (csv, xes) = (of(&csv), of(&xes));
    for stats in [&csv, &xes] {
        assert_eq!((stats.cases, stats.events), (4_580, 21_348));
        assert_eq!((stats.activities.len(), stats.variants.count), (14, 226));
        assert_eq!(stats.variants.top[0].cases, 2_366);
    }
    assert_eq!(csv.activities, xes.activities);
    assert_eq!(csv.variants, xes.variants);
    assert_eq!((&csv.start, &csv.end), (&xes.start, &xes.end));
}

#[test]
fn servicenow_is_understood_without_being_told() {
    let Some(path) = data("log-servicenow/incident_event_log_first1000.csv") else { return };
    let mut reader = open(File::open(path).unwrap(), Options::default()).unwrap();
    assert_eq!(reader.plan().unwrap().date_style, DateStyle::YearLast(DateOrder::DayFirst));
    let log = reader.collect_log().unwrap();
    assert!(reader.report().is_clean(), "{}", reader.report());
    let stats = Stats::of(&log);
    assert_eq!((stats.cases, stats.events, stats.activities.len()), (1_000, 6_784, 8));
}

//! XES written by hand, and what was read of it, in short.

#![allow(clippy::unwrap_used, dead_code, reason = "a test may end with a panic, and none needs all of this")]

use mining::log::AttributeTable;
use mining::read::{Options, Report, open};
use mining::{Log, read_log};

/// An event of an activity at an hour of one day.
pub(crate) fn event(activity: &str, hour: u32) -> String {
    format!(
        "<event><string key=\"concept:name\" value=\"{activity}\"/>\
         <date key=\"time:timestamp\" value=\"2026-03-02T{hour:02}:00:00Z\"/></event>"
    )
}

pub(crate) fn name(name: &str) -> String {
    format!("<string key=\"concept:name\" value=\"{name}\"/>")
}

pub(crate) fn trace(parts: &[String]) -> String {
    format!("<trace>{}</trace>", parts.concat())
}

pub(crate) fn xes(parts: &[String]) -> String {
    format!("<?xml version=\"1.0\"?>\n<log>{}</log>", parts.concat())
}

pub(crate) fn read(text: &str) -> (Log, Report) {
    read_log(text.as_bytes(), Options::default()).unwrap()
}

pub(crate) fn with_attributes(source: &[u8]) -> (Log, AttributeTable, Report) {
    let mut reader = open(source, Options { attributes: true, ..Options::default() }).unwrap();
    let (log, table) = reader.collect_with_attributes().unwrap();
    (log, table, reader.into_report())
}

/// Each case: its name, and its activities in order.
pub(crate) fn ways(log: &Log) -> Vec<String> {
    let way = |case: mining::log::Case<'_>| {
        let names: Vec<_> = case.activities.iter().map(|&code| log.activity_names().get(code)).collect();
        format!("{}: {}", case.name, names.join(" "))
    };
    log.iter().map(way).collect()
}

pub(crate) fn noted(report: &Report, part: &str) {
    assert!(report.notes.iter().any(|note| note.contains(part)), "{part:?} is not in {report}");
}

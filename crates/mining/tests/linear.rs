//! Hostile logs: four times as much takes about four times the time, whatever is repeated.

#![allow(clippy::unwrap_used, reason = "a test may end with a panic")]

use std::hint::black_box;
use std::time::{Duration, Instant};

use mining::read::{Options, ReadError, open};
use mining::{read_log, write};

const XES: &str = "<log><trace><string key=\"concept:name\" value=\"1\"/>";
const EVENT: &str = "<log><trace><event>";
const CSV: &str = "case,activity,time\n";

/// A name, how the log begins, and what is repeated below it.
const REPEATED: &[(&str, &str, &str)] = &[
    ("columns without a name", "case,activity,time", ","),
    ("columns of one name", "case,activity,time", ",a"),
    ("columns of one name and its number", "case,activity,time,a (2),a (3)", ",a"),
    ("empty cells", CSV, ","),
    ("quotation marks", CSV, "\""),
    ("cells that never end", CSV, "1,a,\"2026-01-01\n"),
    ("marks in cells", CSV, "\"\"\"\n"),
    ("one long cell", "case,activity,time\n1,a,\"", "x\n"),
    ("rows without an event", CSV, "1,,\n"),
    ("carriage returns", "case,activity,time\r", "1,a,2026-01-01\r"),
    ("blank rows", CSV, "\n"),
    ("cases", CSV, "1,a,2026-01-01\n2,b,2026-01-02\n"),
    ("times of many digits", "case,activity,time\n1,a,", "1"),
    ("bytes of no encoding", CSV, "\u{fe}\u{80}"),
    ("nested lists", EVENT, "<list key=\"a\">"),
    ("nested values", EVENT, "<values>"),
    ("attributes of a case", XES, "<string key=\"a\" value=\"b\"/>"),
    ("attributes of an event", EVENT, "<string key=\"a\" value=\"b\"/>"),
    ("attributes of an element", "<log><trace><event><string ", "a=\"b\" "),
    ("traces", "<log>", "<trace></trace>"),
    ("events without a name", XES, "<event/>"),
    ("events", XES, "<event><string key=\"concept:name\" value=\"a\"/></event>"),
    ("references", "<log><trace><string key=\"concept:name\" value=\"", "&amp;&x;"),
    ("comments", "<log>", "<!-- -->"),
    ("open brackets", "<log>", "<"),
    ("a document type", "<!DOCTYPE log [", "<!ENTITY a \"b\">"),
];

/// Reads all that can be read, twice: with attributes and into a log, which is written.
fn read(log: &[u8]) -> Duration {
    let begun = Instant::now();
    let options = |attributes| Options { attributes, partial: true, ..Options::default() };
    if let Ok(mut reader) = open(log, options(true)) {
        while let Ok(Some(event)) = reader.next_event() {
            black_box(event);
        }
    }
    if let Ok((log, _)) = read_log(log, options(false)) {
        write::csv(&log, std::io::sink()).unwrap();
    }
    begun.elapsed()
}

fn repeated(head: &str, piece: &str, length: usize) -> Vec<u8> {
    [head.as_bytes(), &piece.as_bytes().repeat(length / piece.len() + 1)].concat()
}

/// A log whose one name is as long as its events are together.
fn of_one_long_name(length: usize) -> Vec<u8> {
    let name = "a".repeat(length / 2);
    let head = format!("<log><trace><string key=\"concept:name\" value=\"{name}\"/>");
    repeated(&head, "<event><string key=\"concept:name\" value=\"a\"/></event>", length / 2)
}

/// As many keys of a classifier as attributes that it might mean.
fn of_many_keys(length: usize) -> Vec<u8> {
    let keys = "x ".repeat(length / 4);
    let head = format!("<log><classifier name=\"a\" keys=\"{keys}\"/><trace>");
    repeated(&head, "<event><string key=\"a\" value=\"b\"/><int key=\"c\" value=\"1\"/></event>", length / 2)
}

/// What grows with the square takes sixteen times as long. What is over in a moment is not measured; what seems slow is
/// tried again, since others use the machine too.
#[test]
fn four_times_as_much_takes_no_more_than_ten_times_as_long() {
    const FEW: usize = 100_000;
    const MOMENT: Duration = Duration::from_millis(60);
    let mut shapes: Vec<(&str, Vec<u8>, Vec<u8>)> = REPEATED
        .iter()
        .map(|(name, head, piece)| (*name, repeated(head, piece, FEW), repeated(head, piece, 4 * FEW)))
        .collect();
    shapes.push(("one long name", of_one_long_name(FEW), of_one_long_name(4 * FEW)));
    shapes.push(("many keys", of_many_keys(FEW), of_many_keys(4 * FEW)));
    let mut slow = Vec::new();
    for (name, few, many) in shapes {
        let growth = || read(&many).as_secs_f64() / read(&few).max(MOMENT).as_secs_f64();
        if (0..4).map(|_| growth()).all(|times| times >= 10.0) {
            slow.push(name);
        }
    }
    assert!(slow.is_empty(), "more than linear: {slow:?}");
}

#[test]
fn a_table_of_endless_columns_is_refused() {
    let wide = repeated("case,activity,time", ",a", 100_000);
    let error = read_log(&wide[..], Options::default()).unwrap_err();
    assert!(matches!(error, ReadError::TooManyColumns { columns } if columns > 40_000), "{error}");
}

#[test]
fn a_name_that_is_a_text_gives_way_to_the_number_of_its_trace() {
    let (log, report) =
        read_log(&of_one_long_name(10_000)[..], Options { partial: true, ..Options::default() }).unwrap();
    assert_eq!((log.cases(), log.case(0).name), (1, "trace 1"));
    assert!(log.events() > 50 && report.notes.iter().any(|note| note.contains("longer than 1000 bytes")));
}

#[test]
fn lists_in_lists_keep_their_values_however_deep() {
    let deep = format!("{EVENT}{}<string key=\"b\" value=\"c\"/>", "<list key=\"a\">".repeat(1000));
    let whole =
        format!("{deep}{}<string key=\"concept:name\" value=\"d\"/></event></trace></log>", "</list>".repeat(1000));
    let mut reader = open(whole.as_bytes(), Options { attributes: true, ..Options::default() }).unwrap();
    let event = reader.next_event().unwrap().unwrap();
    let last = event.attributes.iter().last().unwrap();
    assert!(last.value == "c" && last.key.ends_with("a/b") && last.key.len() < 200, "{}", last.key);
}

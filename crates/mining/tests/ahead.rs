//! A whole log is read with a thread that unpacks ahead; event by event it is the same log, and what breaks it is told.

#![allow(clippy::unwrap_used, reason = "a test may end with a panic")]

use std::io::{self, Read, Write};

use mining::read::{Options, open};
use mining::{Log, LogBuilder};

/// About 2 MB: far more than what may wait between the threads.
fn long(end: &str) -> String {
    let mut text = "<?xml version=\"1.0\"?>\n<log>\n".to_owned();
    for trace in 0..2_000 {
        text.push_str(&format!("<trace>\n  <string key=\"concept:name\" value=\"Fall {trace} ä\"/>\n"));
        for event in 0..5 {
            let time = format!("2026-01-{:02}T10:{:02}:00.000+01:00", 1 + trace % 28, event * 7);
            text.push_str(&format!(
                "  <event>\n    <string key=\"concept:name\" value=\"do {}\"/>\n    <string key=\"note\" value=\"a &lt; b\"/>\n    \
                 <date key=\"time:timestamp\" value=\"{time}\"/>\n  </event>\n",
                (trace + event) % 7
            ));
        }
        text.push_str("</trace>\n");
    }
    text + end
}

fn packed(text: &[u8]) -> Vec<u8> {
    let mut into = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    into.write_all(text).unwrap();
    into.finish().unwrap()
}

type Said = (Vec<(String, u32, i64)>, String);

fn told(log: Result<Log, String>, report: String) -> Said {
    let log = match log {
        Ok(log) => log,
        Err(error) => return (Vec::new(), error),
    };
    let events = log.iter().flat_map(|case| {
        case.activities.iter().zip(case.times).map(move |(&code, &time)| (case.name.to_owned(), code, time))
    });
    (events.collect(), report)
}

/// Read whole, and event by event.
fn both(bytes: &[u8], options: fn() -> Options<'static>) -> (Said, Said) {
    let mut reader = open(bytes, options()).unwrap();
    let log = reader.collect_log().map_err(|error| error.to_string());
    let whole = told(log, format!("{:?}", reader.report()));
    let mut reader = open(bytes, options()).unwrap();
    let mut builder = LogBuilder::default();
    let log = loop {
        match reader.next_event() {
            Ok(Some(event)) => builder.push(event.case, event.activity, event.time, event.resource, event.lifecycle),
            Ok(None) => break Ok(builder.finish()),
            Err(error) => break Err(error.to_string()),
        }
    };
    (whole, told(log, format!("{:?}", reader.report())))
}

#[test]
fn whole_and_event_by_event_a_log_is_the_same() {
    let text = long("</log>\n");
    let partial = || Options { partial: true, ..Options::default() };
    let packed_text = packed(text.as_bytes());
    for bytes in [text.as_bytes(), &packed_text] {
        let (whole, events) = both(bytes, Options::default);
        assert_eq!(whole.0.len(), 10_000);
        assert_eq!(whole, events);
        // Cut off, and what is whole of it.
        for cut in [bytes.len() / 3, bytes.len() / 10 * 9] {
            let (whole, events) = both(&bytes[..cut], Options::default);
            assert!(whole.0.is_empty() && whole.1.contains("cut off"), "{}", whole.1);
            assert_eq!(whole, events);
            let (whole, events) = both(&bytes[..cut], partial);
            assert!(!whole.0.is_empty());
            assert_eq!(whole, events);
        }
    }
    let odd = [text.as_bytes(), b"<!-- f\xFCr -->"].concat();
    let (whole, events) = both(&odd, Options::default);
    assert_eq!((whole.0.len(), whole), (10_000, events));
}

/// The thread ahead is sent home when nobody reads on: after an error, and after the end of the log.
#[test]
fn what_ends_early_ends_both_threads() {
    let text = long("</log>\n");
    let broken = text.replacen("</event>", "</evens>", 1);
    let (whole, events) = both(broken.as_bytes(), Options::default);
    assert!(whole.1.contains("expected `</event>`, but `</evens>` was found"), "{}", whole.1);
    assert_eq!(whole, events);
    let after = text.clone() + &text;
    let (whole, events) = both(after.as_bytes(), Options::default);
    assert_eq!((whole.0.len(), whole), (10_000, events));
}

#[test]
fn a_source_that_fails_is_told() {
    let text = long("</log>\n");
    let failing = text.as_bytes()[..1_000_000].chain(Failing);
    let error = mining::read_log(failing, Options { partial: true, ..Options::default() }).unwrap_err();
    assert!(error.to_string().contains("unplugged"), "{error}");
}

struct Failing;

impl Read for Failing {
    fn read(&mut self, _: &mut [u8]) -> io::Result<usize> {
        Err(io::Error::other("unplugged"))
    }
}

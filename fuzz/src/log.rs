//! What must hold for any event log.
//!
//! The report counts what was read; read in one go or through gzip the log is the same; what we write we read again.

use std::io::{Read, Write};

use mining::read::{Options, ReadError, open};
use mining::{Log, Stats, read_log, write};

type Events = Vec<(String, String, i64, Option<String>, Option<String>)>;

fn events(log: &Log) -> Events {
    let of_case = |case: usize| {
        log.range(case).map(move |event| {
            (
                log.case_names().get(case as u32).to_owned(),
                log.activity_names().get(log.activity_column()[event]).to_owned(),
                log.time_column()[event],
                log.resource(event).map(str::to_owned),
                log.lifecycle(event).map(str::to_owned),
            )
        })
    };
    (0..log.cases()).flat_map(of_case).collect()
}

/// Any bytes as a log, whatever their format; then the same, said to be XES, and packed.
pub fn log(data: &[u8]) {
    any(data);
    if !data.starts_with(b"<") {
        let head: &[u8] = b"<?xml version=\"1.0\"?><log><trace><string key=\"concept:name\" value=\"a\"/><event>";
        any(&[head, data].concat());
    }
}

fn any(data: &[u8]) {
    let partial = || Options { partial: true, ..Options::default() };
    let whole = read_log(data, Options::default());
    let read = read_log(data, partial());
    if let Err(error) = &whole {
        assert!(!error.to_string().is_empty());
    }
    // With attributes the same events come.
    let mut streamed = 0;
    if let Ok(mut reader) = open(data, Options { attributes: true, ..partial() }) {
        while let Ok(Some(event)) = reader.next_event() {
            streamed += 1;
            assert!(event.attributes.iter().all(|attribute| attribute.key.len() <= data.len() * 4 + 100));
        }
    }
    let Ok((log, report)) = read else {
        assert!(whole.is_err(), "whole, but not in part");
        return;
    };
    assert_eq!(log.events() as u64, report.events);
    assert_eq!(streamed, report.events, "with attributes, another number of events");
    if let Ok((whole, _)) = &whole {
        assert_eq!(events(whole), events(&log));
    }
    Stats::of(&log);
    written(&log);
    // Byte by byte: where blocks end changes nothing.
    if data.len() < 4000 {
        let (slow, _) = read_log(Slow(data), partial()).expect("read once");
        assert_eq!(events(&slow), events(&log), "read byte by byte, another log");
    }
    if data.starts_with(b"\x1f\x8b") {
        // Packed once is enough.
        return;
    }
    let mut packed = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    packed.write_all(data).expect("memory takes it");
    let packed = packed.finish().expect("memory takes it");
    let (unpacked, _) = read_log(&packed[..], partial()).expect("read once");
    assert_eq!(events(&unpacked), events(&log), "packed, another log");
}

/// One byte at a time.
struct Slow<'a>(&'a [u8]);

impl Read for Slow<'_> {
    fn read(&mut self, into: &mut [u8]) -> std::io::Result<usize> {
        let Some(room) = into.get_mut(..1) else { return Ok(0) };
        self.0.read(room)
    }
}

/// A log of any names at any times: `data` cut into cells by the byte 255, five cells an event.
pub fn table(data: &[u8]) {
    let cells: Vec<&[u8]> = data.split(|byte| *byte == 255).collect();
    let mut log = Log::builder();
    for event in cells.chunks(5) {
        let text = |at: usize| event.get(at).map(|cell| String::from_utf8_lossy(cell).into_owned());
        let time = event
            .get(2)
            .map(|cell| cell.iter().fold(0i64, |time, byte| time.wrapping_mul(199).wrapping_add(i64::from(*byte))));
        log.push(
            &text(0).unwrap_or_default(),
            &text(1).unwrap_or_default(),
            time,
            text(3).as_deref(),
            text(4).as_deref(),
        );
    }
    written(&log.finish());
}

/// What is written is read again, but for what CSV cannot say: that is left out or refused, and counted.
pub fn written(log: &Log) {
    // Years of four digits, as everybody writes them.
    const EARLIEST: i64 = -62_135_596_800_000;
    const LATEST: i64 = 253_402_300_799_999;
    let mut csv = Vec::new();
    let left_out = write::csv(log, &mut csv).expect("memory takes it");
    let mut known: Events = events(log).into_iter().filter(|event| event.2 != mining::log::NO_TIME).collect();
    assert_eq!(known.len() as u64 + left_out, log.events() as u64);
    if known.is_empty() || known.iter().any(|event| !(EARLIEST..=LATEST).contains(&event.2)) {
        return;
    }
    let all = known.len();
    // What programs write for a name that is missing is none.
    let missing = ["", "NULL", "null", "None", "NaN", "nan", "N/A", "n/a", "NA", "<NA>", "#N/A", "#NA"];
    known.retain(|event| !missing.contains(&event.0.as_str()) && !missing.contains(&event.1.as_str()));
    let (again, report) = match read_log(&csv[..], Options::default()) {
        Err(ReadError::NothingRead { rows, .. }) if known.is_empty() => return assert_eq!(rows, all as u64),
        read => read.unwrap_or_else(|error| panic!("{error}: {}", String::from_utf8_lossy(&csv))),
    };
    assert_eq!(report.refused, (all - known.len()) as u64, "{report:?} of {}", String::from_utf8_lossy(&csv));
    // What programs write for "nothing here" is nothing.
    let something = |value: &Option<String>| {
        let nothing = ["", "?", "-", "NULL", "null", "None", "NaN", "nan", "N/A", "n/a", "NA"];
        value.clone().filter(|value| !nothing.contains(&value.as_str()))
    };
    for event in &mut known {
        (event.3, event.4) = (something(&event.3), something(&event.4));
    }
    assert_eq!(sorted(&events(&again)), sorted(&known), "written and read: {}", String::from_utf8_lossy(&csv));
}

/// Cases in an order of their own, the events of each by time, and at one time as they were: a case with an event
/// without a time was not in the order of time.
fn sorted(events: &Events) -> Events {
    let mut events = events.clone();
    events.sort_by(|a, b| (&a.0, a.2).cmp(&(&b.0, b.2)));
    events
}

//! What must hold for any object-centric log: the report counts what was read, its views agree with it, and what we write
//! we read again, in every format.

use mining::objects::{ObjectLog, Options, Value, read, write_json, write_xml};

/// Any bytes as an object-centric log; then the same behind the beginning of a JSON and of an XML one.
pub fn objects(data: &[u8]) {
    any(data);
    if !data.starts_with(b"{") && !data.starts_with(b"<") {
        any(&[b"{\"objectTypes\":[],\"eventTypes\":[],\"events\":[{\"id\":\"e\",".as_slice(), data].concat());
        any(&[b"<log><object-types/><event-types/><events><event id=\"e\"".as_slice(), data].concat());
    }
}

fn any(data: &[u8]) {
    let whole = read(data, Options::default());
    let part = read(data, Options { partial: true, ..Options::default() });
    if let Err(error) = &whole {
        assert!(!error.to_string().is_empty());
    }
    let Ok((log, report)) = part else {
        assert!(whole.is_err(), "whole, but not in part");
        return;
    };
    assert_eq!(log.events() as u64, report.events);
    if let Ok((whole, _)) = &whole {
        assert_eq!(said(whole, true), said(&log, true), "in part, another log");
    }
    let stats = log.stats();
    assert_eq!((stats.events, stats.objects), (log.events(), log.objects()));
    for view in &stats.views {
        let (flat, bent) = log.flatten(&view.object_type).expect("a view has its type");
        assert_eq!(bent.events + bent.left_out, log.events() as u64);
        assert_eq!(flat.events() as u64, bent.events + bent.added);
        assert_eq!(flat.cases(), view.objects);
    }
    written(&log, report.is_clean());
}

fn written(log: &ObjectLog, clean: bool) {
    // Years of four digits, as everybody writes them.
    const YEARS: std::ops::RangeInclusive<i64> = -62_135_596_800_000..=253_402_300_799_999;
    if !log.by_time().all(|event| YEARS.contains(&log.event_time(event))) {
        return;
    }
    let mut json = Vec::new();
    write_json(log, &mut json).expect("memory takes it");
    again(&json, &said(log, true), true, clean);
    let mut xml = Vec::new();
    write_xml(log, &mut xml).expect("memory takes it");
    // What XML cannot hold stands there as another character; of values of another type than the declared it has the
    // text.
    let said = said(log, clean);
    let held = |c: char| matches!(c, '\t' | '\n' | ' '..='\u{d7ff}' | '\u{e000}'..='\u{fffc}' | '\u{10000}'..);
    if said
        .iter()
        .all(|line| line.replace("\\r", "").chars().all(held) && !line.contains("\\u{") && !line.contains("\\0"))
    {
        again(&xml, &said, clean, clean);
    }
}

fn again(bytes: &[u8], said_before: &[String], typed: bool, clean: bool) {
    let (again, report) =
        read(bytes, Options::default()).unwrap_or_else(|error| panic!("{error}: {}", String::from_utf8_lossy(bytes)));
    // A value that is not of its declared type is kept as it is, and told each time.
    assert!(!clean || report.is_clean(), "{report}: {}", String::from_utf8_lossy(bytes));
    assert_eq!(said(&again, typed), said_before, "written and read: {}", String::from_utf8_lossy(bytes));
}

/// All that a log says, a line for each event and object, in an order that does not depend on the file's; values with
/// their types or as text.
fn said(log: &ObjectLog, typed: bool) -> Vec<String> {
    let of = |value: Value<'_>| if typed { format!("{value:?}") } else { format!("{:?}", value.text()) };
    let sorted = |mut all: Vec<String>| {
        all.sort();
        all
    };
    let event = |event: usize| {
        let values = sorted(log.event_values(event).map(|(name, value)| format!("{name:?}={}", of(value))).collect());
        let about =
            sorted(log.event_objects(event).map(|(o, word)| format!("{:?} {word:?}", log.object_id(o))).collect());
        let (id, kind, time) = (log.event_id(event), &log.event_type(event).name, log.event_time(event));
        format!("event {id:?} {kind:?} {time} {values:?} {about:?}")
    };
    let object = |object: usize| {
        let values = log.object_values(object).map(|(name, since, value)| format!("{since} {name:?}={}", of(value)));
        let with = log.object_objects(object).map(|(o, word)| format!("{:?} {word:?}", log.object_id(o)));
        let (id, kind) = (log.object_id(object), &log.object_type(object).name);
        format!("object {id:?} {kind:?} {:?} {:?}", sorted(values.collect()), sorted(with.collect()))
    };
    sorted((0..log.events()).map(event).chain((0..log.objects()).map(object)).collect())
}

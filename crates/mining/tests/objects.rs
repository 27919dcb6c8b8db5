//! Object-centric logs: three formats say the same, and flattening says what it bends.

#![allow(clippy::unwrap_used, reason = "a test may end with a panic")]

mod generated;

use std::io::Write;

use generated::said;
use mining::objects::{Format, ObjectLog, Options, Value, format_of, read, write_json, write_xml};
use mining::read::ReadError;
use mining::{Stats, read_log};

fn error(source: &str) -> String {
    read(source.as_bytes(), Options::default()).unwrap_err().to_string()
}

fn written(log: &ObjectLog) -> [Vec<u8>; 2] {
    let (mut json, mut xml) = (Vec::new(), Vec::new());
    write_json(log, &mut json).unwrap();
    write_xml(log, &mut xml).unwrap();
    [json, xml]
}

#[test]
fn json_and_xml_are_read_as_they_were_written() {
    for seed in 0..5 {
        let log = generated::objects(40, seed);
        for (bytes, format) in written(&log).iter().zip([Format::Json, Format::Xml]) {
            assert_eq!(format_of(bytes), Some(format));
            let (again, report) = read(&bytes[..], Options::default()).unwrap();
            assert!(report.is_clean(), "{report}");
            assert!(said(&again) == said(&log), "{format:?}");
            // Order and numbers too.
            assert_eq!(again.by_time().collect::<Vec<_>>(), log.by_time().collect::<Vec<_>>());
            let mut packed = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
            packed.write_all(bytes).unwrap();
            let (unpacked, _) = read(&packed.finish().unwrap()[..], Options::default()).unwrap();
            assert_eq!(said(&unpacked), said(&log));
        }
    }
}

#[cfg(feature = "sqlite")]
#[test]
fn sqlite_is_read_as_it_was_written() {
    use mining::objects::sqlite;
    let folder = tempfile::tempdir().unwrap();
    for seed in 0..3 {
        let (log, path) = (generated::objects(40, seed), folder.path().join(format!("{seed}.sqlite")));
        sqlite::write(&log, &path).unwrap();
        let (again, report) = sqlite::read(&path, None).unwrap();
        assert!(report.is_clean(), "{report}");
        assert_eq!(said(&again), said(&log));
        assert!(sqlite::write(&log, &path).unwrap_err().to_string().contains("is there already"));
        assert_eq!(format_of(&std::fs::read(&path).unwrap()), Some(Format::Sqlite));
    }
    let path = folder.path().join("none.sqlite");
    std::fs::write(&path, "SQLite format 3\0 and then nothing").unwrap();
    assert!(matches!(sqlite::read(&path, None), Err(ReadError::NotObjects { .. } | ReadError::Database { .. })));
}

/// Types named like the format's own tables, names that differ in case only, and values that only look like SQL.
#[cfg(feature = "sqlite")]
#[test]
fn sqlite_takes_any_name() {
    use mining::objects::{ObjectLogBuilder, sqlite};
    let mut builder = ObjectLogBuilder::default();
    for kind in ["object", "OBJECT", "map_type", "", "'; DROP TABLE event; --", "Ö", "Ü"] {
        builder.object(&format!("o {kind}"), kind);
        let event = builder.event(&format!("e {kind}"), kind, 5).unwrap();
        builder.event_value(event, "a \"quoted\" name", Value::Text("'; DROP TABLE object; --"));
        builder.relate(event, &format!("o {kind}"), kind);
    }
    let log = builder.finish().0;
    let path = tempfile::tempdir().unwrap().keep().join("any.sqlite");
    sqlite::write(&log, &path).unwrap();
    assert_eq!(said(&sqlite::read(&path, None).unwrap().0), said(&log));
}

const TICKETS: &str = r#"{"objects": [
 {"id": "t1", "type": "ticket", "attributes": [
   {"name": "priority", "time": "1970-01-01T00:00:00Z", "value": "low"},
   {"name": "priority", "time": "2026-03-02T10:00:00+01:00", "value": "high"},
   {"name": "cost", "value": "1.5"}, {"name": "open", "value": 1}, {"name": "vip", "value": null}],
  "relationships": [{"objectId": "p1", "qualifier": "of"}, {"objectId": "nobody", "qualifier": "of"}]},
 {"id": "t2", "type": "ticket", "relationships": null}, {"id": "t3", "type": "ticket"}, {"id": "p1", "type": "person"}],
"objectTypes": [{"name": "ticket", "attributes": [{"name": "cost", "type": "float"}, {"name": "open", "type": "boolean"}]}],
"eventTypes": [],
"more": {"that": ["is", "skipped"]},
"events": [
 {"id": "e3", "type": "solved", "time": "2026-03-02T12:00:00Z", "relationships": [{"objectId": "t1", "qualifier": "x"}]},
 {"id": "e1", "type": "asked", "time": "2026-03-02 09:00:00", "attributes": [{"name": "n", "value": 7}],
  "relationships": [{"objectId": "t1", "qualifier": "x"}, {"objectId": "t2", "qualifier": "x"}, {"objectId": "t1", "qualifier": "y"}]},
 {"id": "e2", "type": "told", "time": "2026-03-02T10:30:00.5Z", "relationships": [{"objectId": "t1", "qualifier": "x"}, {"objectId": "p1"}]},
 {"id": "e4", "type": "told", "time": "2026-03-02T11:00:00Z", "relationships": [{"objectId": "t1", "qualifier": "x"}]},
 {"id": "e5", "type": "slept", "time": "2026-03-02T11:30:00Z", "relationships": [{"objectId": "p1"}]},
 {"id": "e1", "type": "asked", "time": "2026-03-02T09:00:00Z"}, {"id": "e6", "type": "asked", "time": "soon"},
 {"id": "e7", "type": "asked", "time": "2026-03-03T09:00:00Z", "relationships": [{"objectId": "nowhere", "qualifier": "x"}]}
]}"#;

#[test]
fn what_a_file_leaves_open_is_settled_or_told() {
    let (log, report) = read(TICKETS.as_bytes(), Options::default()).unwrap();
    assert_eq!((log.events(), log.objects()), (6, 4));
    let said: Vec<_> = report.problems.iter().map(|p| format!("{}: {}", p.place, p.reason)).collect();
    let expected = [
        "event \"e1\": another event has this id",
        "event \"e6\": the time \"soon\" is not an ISO 8601 time",
        "event \"e7\": it refers to object \"nowhere\", which is not there",
        "object \"t1\": it refers to object \"nobody\", which is not there",
    ];
    assert_eq!(said, expected);
    assert_eq!((report.events, report.refused, report.incomplete), (6, 2, 2));
    let values: Vec<_> = log.object_values(0).collect();
    let change = 1_772_442_000_000;
    let expected = [
        ("priority", 0, Value::Text("low")),
        ("priority", change, Value::Text("high")),
        ("cost", 0, Value::Float(1.5)),
        ("open", 0, Value::Boolean(true)),
    ];
    assert_eq!(values, expected);
    assert_eq!(log.event_values(1).collect::<Vec<_>>(), [("n", Value::Integer(7))]);
    assert_eq!(
        log.by_time().map(|event| log.event_id(event)).collect::<Vec<_>>(),
        ["e1", "e2", "e4", "e5", "e3", "e7"]
    );
}

#[test]
fn flattening_tells_what_it_bends() {
    let (log, _) = read(TICKETS.as_bytes(), Options::default()).unwrap();
    let (tickets, bent) = log.flatten("ticket").unwrap();
    // e1 is about two tickets; t1 was told twice, once with a person and once without; e5 and e7 are about none.
    assert_eq!((tickets.cases(), tickets.events()), (2, 5));
    assert_eq!((bent.events, bent.left_out, bent.converging_events, bent.added), (4, 2, 1, 1));
    assert_eq!((bent.diverging_objects, bent.without_events), (1, 1));
    assert!(log.flatten("nothing").is_none());
    let stats = log.stats();
    assert_eq!(
        (stats.events, stats.objects, stats.event_object_relations, stats.object_object_relations),
        (6, 4, 8, 1)
    );
    assert_eq!(stats.first.as_deref(), Some("2026-03-02T09:00:00Z"));
    let ticket = &stats.views[0];
    let follows: Vec<_> =
        ticket.directly_follows.iter().map(|f| (&*f.from, &*f.to, f.count, f.median_seconds)).collect();
    let expected =
        [("asked", "told", 1, Some(5400.5)), ("told", "solved", 1, Some(3600.0)), ("told", "told", 1, Some(1799.5))];
    assert_eq!((ticket.object_type.as_str(), ticket.variants, &follows[..]), ("ticket", 2, &expected[..]));
}

#[test]
fn a_plain_log_goes_there_and_back() {
    let log = generated::log(50, 1);
    let (objects, left_out) = ObjectLog::from_log(&log, "ticket");
    assert_eq!((left_out, objects.objects(), objects.events()), (0, 50, log.events()));
    let (again, bent) = objects.flatten("ticket").unwrap();
    assert_eq!((bent.converging_events, bent.left_out, bent.diverging_objects), (0, 0, 0));
    assert_eq!(Stats::of(&again), Stats::of(&log));
    let resources = |log: &mining::Log| {
        let first = |case: usize| log.resource(log.range(case).start).map(str::to_owned);
        let mut all: Vec<_> = log.iter().map(|case| (case.name.to_owned(), first(case.index))).collect();
        all.sort();
        all
    };
    assert_eq!(resources(&again), resources(&log));
}

#[test]
fn what_is_no_object_log_is_said_to_be_none() {
    assert!(error("<log><trace/></log>").contains("this is no object-centric log: it begins neither as"));
    assert!(error("case,activity").contains("Give OCEL 2.0 as JSON, XML or SQLite"));
    assert!(error("{\"a\": 1}").contains("has none of eventTypes"));
    assert!(error("{\"ocel:events\": {}}").contains("it is OCEL 1.0; save it as OCEL 2.0"));
    let wrong = error("{\"events\": 7}");
    assert!(
        wrong.contains("cannot be read at line 1, column 13: invalid type: integer `7`, expected a list"),
        "{wrong}"
    );
    assert!(error("{\"events\": [{\"id\": \"e\"}]}").contains("missing field `type`"));
    // And the readers of plain logs say what it is.
    for bytes in written(&generated::objects(3, 1)) {
        assert!(matches!(read_log(&bytes[..], mining::read::Options::default()), Err(ReadError::IsObjects)));
    }
}

#[test]
fn a_file_that_is_cut_off_is_read_in_part_when_that_is_welcome() {
    for bytes in written(&generated::objects(30, 7)) {
        let cut = &bytes[..bytes.len() - bytes.len() / 10];
        let message = read(cut, Options::default()).unwrap_err().to_string();
        assert!(message.contains("the file is cut off"), "{message}");
        let (log, report) = read(cut, Options { partial: true, ..Options::default() }).unwrap();
        assert!(report.cut_off.is_some() && log.events() > 20 && log.events() < 66, "{report}");
    }
}

/// Any cut, any byte turned over: an answer, never a panic.
#[test]
fn broken_files_are_answered() {
    let log = generated::objects(6, 3);
    for bytes in written(&log) {
        for at in (0..bytes.len()).step_by(3) {
            let options = || Options { partial: true, ..Options::default() };
            let _ = read(&bytes[..at], options());
            let mut other = bytes.clone();
            other[at] ^= 0x15;
            let _ = read(&other[..], options());
        }
    }
}

/// What a type's log keeps: attributes of events, and of the objects that are its cases.
#[test]
fn flattening_keeps_attributes() {
    let json = r#"{"eventTypes": [], "objectTypes": [],
     "objects": [
      {"id": "t1", "type": "ticket", "attributes": [
        {"name": "cost", "time": "2026-03-02T10:00:00Z", "value": 2.5}, {"name": "cost", "time": "1970-01-01T00:00:00Z", "value": 1.5},
        {"name": "due", "time": "2026-03-01T10:00:00Z", "value": "May"}, {"name": "concept:name", "value": "one"}]},
      {"id": "t2", "type": "ticket"}, {"id": "p", "type": "person", "attributes": [{"name": "age", "value": 40}]}],
     "events": [
      {"id": "e1", "type": "ask", "time": "2026-03-02T09:00:00Z", "attributes": [{"name": "n", "value": 7},
        {"name": "org:resource", "value": "ana"}, {"name": "lifecycle:transition", "value": "start"}],
       "relationships": [{"objectId": "t1"}, {"objectId": "t2"}, {"objectId": "p"}]},
      {"id": "e2", "type": "end", "time": "2026-03-02T11:00:00Z", "attributes": [{"name": "ok", "value": true}],
       "relationships": [{"objectId": "t1"}]}]}"#;
    let (log, _) = read(json.as_bytes(), Options::default()).unwrap();
    let flat = log.flatten_with("ticket").unwrap();
    assert_eq!((flat.log.cases(), flat.log.events(), flat.changes), (2, 3, 1));
    assert_eq!((flat.log.resource(0), flat.log.lifecycle(0)), (Some("ana"), Some("start")));
    let mut csv = Vec::new();
    mining::write::csv_with(&flat.log, &flat.attributes, &mut csv).unwrap();
    let expected = "case:concept:name,concept:name,time:timestamp,org:resource,lifecycle:transition,case:ocel:type,case:cost,case:due,\
        case:concept:name (2),ocel:eid,n,ok\n\
        t1,ask,2026-03-02T09:00:00Z,ana,start,ticket,1.5,May,one,e1,7,\n\
        t1,end,2026-03-02T11:00:00Z,,,ticket,1.5,May,one,e2,,true\n\
        t2,ask,2026-03-02T09:00:00Z,ana,start,ticket,,,,e1,7,\n";
    assert_eq!(String::from_utf8(csv).unwrap(), expected);
    let mut xes = Vec::new();
    mining::write::xes_with(&flat.log, &flat.attributes, &mut xes).unwrap();
    let xes = String::from_utf8(xes).unwrap();
    assert!(
        xes.contains("<float key=\"cost\" value=\"1.5\"/>") && xes.contains("<int key=\"n\" value=\"7\"/>"),
        "{xes}"
    );
    assert_eq!(
        (Stats::of(&flat.log), flat.bent),
        log.flatten("ticket").map(|(log, bent)| (Stats::of(&log), bent)).unwrap()
    );
}

/// Files from before the standard was settled call a relation `relobj`.
#[test]
fn relations_of_older_files_are_read() {
    let mut xml = Vec::new();
    write_xml(&generated::objects(20, 3), &mut xml).unwrap();
    let new = String::from_utf8(xml).unwrap();
    let old = new.replace("<relationship ", "<relobj ").replace("</relationship>", "</relobj>");
    assert_ne!(old, new);
    let (again, report) = read(old.as_bytes(), Options::default()).unwrap();
    assert!(report.is_clean());
    assert_eq!(said(&again), said(&generated::objects(20, 3)));
}

/// JSON as programs write it: with a mark, in UTF-16, with NaN, numbers for ids; and what costs one value or one event.
#[test]
fn json_that_is_not_quite_json_is_read() {
    let json = r#"{"objectTypes": [], "eventTypes": [], "objects": [
      {"id": 5, "type": "ticket", "attributes": [
        {"name": "cost", "value": NaN}, {"name": "size", "value": -Infinity}, {"name": "note", "value": "NaN"},
        {"name": "late", "time": "0", "value": 1}, {"name": "big", "value": 12345678901234567890},
        {"name": "parts", "value": ["a"]}]}],
     "events": [{"id": "e1", "type": "ask", "time": "2026-03-02T09:00:00Z", "attributes": [{"name": "x", "value": {"y": [1]}}],
       "relationships": [{"objectId": 5, "qualifier": "of"}]},
      {"id": "e2", "type": "ask"}, {"id": "e3", "type": "ask", "time": null}, {"id": "e4", "type": "ask", "time": 7}]}"#;
    let utf16: Vec<u8> = format!("\u{feff}{json}").encode_utf16().flat_map(u16::to_le_bytes).collect();
    for bytes in [json.as_bytes(), format!("\u{feff}{json}").as_bytes(), &utf16] {
        assert_eq!(format_of(&bytes[..100]), Some(Format::Json));
        let (log, report) = read(bytes, Options::default()).unwrap();
        assert_eq!((log.events(), log.objects(), log.event_objects(0).count()), (1, 1, 1));
        let values: Vec<_> = log.object_values(0).collect();
        assert_eq!(values, [("note", 0, Value::Text("NaN")), ("big", 0, Value::Float(12_345_678_901_234_567_890.0))]);
        let said: Vec<_> = report.problems.iter().map(|p| format!("{}: {}", p.place, p.reason)).collect();
        let expected = [
            "object \"5\": its \"late\" has the time \"0\", which is no time",
            "object \"5\": its \"parts\" is a list, which OCEL has no values of",
            "event \"e1\": its \"x\" is a JSON object, which OCEL has no values of",
            "event \"e2\": it has no time",
            "event \"e3\": it has no time",
            "event \"e4\": the time \"7\" is not an ISO 8601 time",
        ];
        assert_eq!(said, expected);
        assert_eq!(report.notes, ["2 values that JSON does not have (NaN, Infinity) taken as missing"]);
        let plain = read_log(bytes, mining::read::Options::default());
        assert!(matches!(plain, Err(ReadError::IsObjects)));
    }
}

#[test]
fn attributes_may_be_names_with_values() {
    let json = r#"{"objectTypes": [], "eventTypes": [],
      "objects": [{"id": "o", "type": "ticket", "attributes": {"size": 3, "note": "n", "none": null}}],
      "events": [{"id": "e", "type": "ask", "time": "2026-03-02T09:00:00Z", "attributes": {"done": true},
        "relationships": [{"objectId": "o", "qualifier": "of"}]},
       {"id": "f", "type": "ask", "time": "2026-03-02T09:00:00Z", "attributes": null}]}"#;
    let (log, report) = read(json.as_bytes(), Options::default()).unwrap();
    assert!(report.is_clean(), "{report}");
    let values: Vec<_> = log.object_values(0).collect();
    assert_eq!(values, [("size", 0, Value::Integer(3)), ("note", 0, Value::Text("n"))]);
    assert_eq!(log.event_values(0).collect::<Vec<_>>(), [("done", Value::Boolean(true))]);
}

#[test]
fn the_encoding_that_xml_declares_counts() {
    let text = |label: &str, word: &str| {
        format!(
            "<?xml version=\"1.0\" encoding=\"{label}\"?><log><object-types/><event-types/>\
             <events><event id=\"e\" type=\"{word}\" time=\"2026-03-02T09:00:00Z\"><objects/></event></events>\
             <objects/></log>"
        )
    };
    for (label, encoding, word) in [
        ("ISO-8859-2", encoding_rs::ISO_8859_2, "Příjetí"),
        ("windows-1251", encoding_rs::WINDOWS_1251, "Решено"),
        ("ISO-8859-1", encoding_rs::WINDOWS_1252, "geprüft"),
    ] {
        let bytes = encoding.encode(&text(label, word)).0.into_owned();
        let (log, report) = read(&bytes[..], Options::default()).unwrap();
        assert_eq!(log.event_type(0).name, word, "{label}");
        assert!(report.notes.is_empty(), "{label}: {report}");
    }
    let (_, report) = read(text("Klingon", "tlh").as_bytes(), Options::default()).unwrap();
    assert!(report.notes[0].contains("\"Klingon\" is not known"), "{report}");
}

/// What comes before the first element may be longer than what is looked at first.
#[test]
fn a_long_comment_hides_no_format() {
    let comment = format!("<?xml version=\"1.0\"?>\n<!-- {} -->\n", "words ".repeat(5000));
    let log = generated::objects(10, 1);
    let mut xml = Vec::new();
    write_xml(&log, &mut xml).unwrap();
    let text = String::from_utf8(xml).unwrap();
    let text = format!("{comment}{}", &text[text.find("<log").unwrap()..]);
    assert_eq!(mining::objects::format_in(text.as_bytes()).unwrap(), Some(Format::Xml));
    assert_eq!(said(&read(text.as_bytes(), Options::default()).unwrap().0), said(&log));
    assert!(matches!(read_log(text.as_bytes(), mining::read::Options::default()), Err(ReadError::IsObjects)));
    // Types may be missing; and an older version is said to be one.
    let bare = "<log><objects><object id=\"t\" type=\"ticket\"/></objects><events><event id=\"e\" type=\"ask\" \
        time=\"2026-03-02T09:00:00Z\"><objects><relationship object-id=\"t\" qualifier=\"\"/></objects></event></events></log>";
    let (log, report) = read(bare.as_bytes(), Options::default()).unwrap();
    assert!(report.is_clean() && (log.events(), log.event_objects(0).count()) == (1, 1), "{report}");
    let older = "<log><global scope=\"event\"/><events><event><string key=\"id\" value=\"e\"/></event></events></log>";
    assert!(error(older).contains("it is OCEL 1.0; save it as OCEL 2.0"), "{}", error(older));
    let xes = "<log><trace><event><string key=\"concept:name\" value=\"a\"/></event></trace></log>";
    assert_eq!(read_log(format!("{comment}{xes}").as_bytes(), Default::default()).unwrap().0.events(), 1);
}

/// Names that SQLite or the format has for other columns are changed and told; first values that came late are where
/// programs look for an object's own.
#[cfg(feature = "sqlite")]
#[test]
fn sqlite_holds_names_that_clash_and_values_that_came_late() {
    use mining::objects::{ObjectLogBuilder, sqlite};
    let mut builder = ObjectLogBuilder::default();
    let object = builder.object("o", "thing").unwrap();
    for (name, since) in [("size", 7000), ("Size", 5000), ("ocel_id", 5000), ("ocel:oid", 5000), ("size", 9000)] {
        builder.object_value(object, name, since, Value::Integer(since));
    }
    let event = builder.event("e", "done", 5).unwrap();
    builder.event_value(event, "OCEL_TIME", Value::Text("noon"));
    let log = builder.finish().0;
    let path = tempfile::tempdir().unwrap().keep().join("clash.sqlite");
    let notes = sqlite::write(&log, &path).unwrap();
    assert_eq!(notes.len(), 4, "{notes:?}");
    assert!(notes[0].contains("\"OCEL_TIME\" of the event type \"done\" is called \"OCEL_TIME (2)\""), "{notes:?}");
    let (again, report) = sqlite::read(&path, None).unwrap();
    assert!(report.is_clean(), "{report}");
    let mut values: Vec<_> =
        again.object_values(0).map(|(name, since, value)| (name.to_owned(), since, value)).collect();
    values.sort_by(|a, b| (&a.0, a.1).cmp(&(&b.0, b.1)));
    let expected = [
        ("Size (2)".to_owned(), 5000, Value::Integer(5000)),
        ("ocel oid".to_owned(), 5000, Value::Integer(5000)),
        ("ocel_id (2)".to_owned(), 5000, Value::Integer(5000)),
        ("size".to_owned(), 7000, Value::Integer(7000)),
        ("size".to_owned(), 9000, Value::Integer(9000)),
    ];
    assert_eq!(values, expected);
    assert_eq!(again.event_values(0).collect::<Vec<_>>(), [("OCEL_TIME (2)", Value::Text("noon"))]);
    let database = rusqlite::Connection::open(&path).unwrap();
    let first = "SELECT ocel_time, \"Size (2)\", size FROM object_thing WHERE ocel_changed_field IS NULL";
    let row = database.query_row(first, [], |row| {
        Ok((row.get::<_, String>(0)?, row.get::<_, Option<i64>>(1)?, row.get::<_, Option<i64>>(2)?))
    });
    assert_eq!(row.unwrap(), ("1970-01-01T00:00:05Z".to_owned(), Some(5000), None));
}

/// Reading leaves nothing beside the file, and a packed database is said to be packed.
#[cfg(feature = "sqlite")]
#[test]
fn a_database_with_a_log_ahead_is_read_and_left_alone() {
    use mining::objects::sqlite;
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("what? 100% #1.sqlite");
    let log = generated::objects(20, 2);
    assert!(sqlite::write(&log, &path).unwrap().is_empty());
    let database = rusqlite::Connection::open(&path).unwrap();
    database.pragma_update(None, "journal_mode", "wal").unwrap();
    drop(database);
    assert_eq!(std::fs::read(&path).unwrap()[18], 2);
    assert_eq!(said(&sqlite::read(&path, None).unwrap().0), said(&log));
    assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 1);
    // What is only in the log ahead is read too.
    let database = rusqlite::Connection::open(&path).unwrap();
    database.execute("INSERT INTO object VALUES ('one more', 'unheard of')", []).unwrap();
    assert_eq!(sqlite::read(&path, None).unwrap().0.objects(), log.objects() + 1);
    drop(database);
    let mut packed = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    packed.write_all(&std::fs::read(&path).unwrap()).unwrap();
    let path = folder.path().join("packed.sqlite.gz");
    std::fs::write(&path, packed.finish().unwrap()).unwrap();
    assert!(sqlite::read(&path, None).unwrap_err().to_string().contains("unpack it first"));
}

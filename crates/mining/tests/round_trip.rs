//! What we write, the crate `process_mining` reads, and the other way round: the same cases, events, attributes and times.

#![allow(clippy::unwrap_used, reason = "a test may end with a panic")]

mod generated;

use mining::log::AttributeTable;
use mining::objects::{self, ObjectLog, Value, write_json, write_xml};
use mining::read::{Kind, Options, open};
use mining::{Log, write};
use process_mining::core::chrono::DateTime;
use process_mining::core::event_data::case_centric::{AttributeValue, Attributes};
use process_mining::core::event_data::object_centric::{OCELAttributeValue, OCELRelationship, OCELType};
use process_mining::{EventLog, Exportable, Importable, OCEL};

/// All types of values, of traces and events; attributes inside others; what XML must escape.
const XES: &str = r#"<?xml version="1.0" encoding="UTF-8"?>
<log xes.version="1.0" xmlns="http://www.xes-standard.org/">
<trace>
  <string key="concept:name" value="Fall &lt;1&gt; &amp; &quot;mehr&quot;"/>
  <string key="customer" value="Ægir, d'Arc"/>
  <int key="age" value="-42"/>
  <boolean key="vip" value="true"/>
  <event>
    <string key="concept:name" value="待つ 🙂"/>
    <date key="time:timestamp" value="2026-03-02T09:00:00.250+01:00"/>
    <string key="org:resource" value="José"/>
    <string key="lifecycle:transition" value="complete"/>
    <float key="cost" value="0.1"/>
    <float key="whole" value="7.0"/>
    <int key="large" value="9007199254740993"/>
    <date key="due" value="2027-12-31T23:59:59.999Z"/>
    <boolean key="late" value="false"/>
    <id key="ticket" value="6ba7b810-9dad-11d1-80b4-00c04fd430c8"/>
    <string key="note" value=" two  blanks "/>
    <string key="place" value="Lisboa"><string key="country" value="PT"/><int key="floor" value="3"/></string>
  </event>
  <event>
    <string key="concept:name" value="closed"/>
    <date key="time:timestamp" value="1969-12-31T23:59:59.001Z"/>
  </event>
</trace>
<trace>
  <string key="concept:name" value="2"/>
  <event><string key="concept:name" value="asked"/><date key="time:timestamp" value="2026-03-02T09:00:00Z"/></event>
</trace>
</log>"#;

fn ours(xes: &[u8]) -> (Log, AttributeTable) {
    let mut reader = open(xes, Options { attributes: true, ..Options::default() }).unwrap();
    let (log, table) = reader.collect_with_attributes().unwrap();
    assert!(reader.report().is_clean(), "{}", reader.report());
    (log, table)
}

fn theirs(xes: &[u8]) -> EventLog {
    EventLog::import_from_reader(xes, "xes").unwrap()
}

fn millis(time: &str) -> i64 {
    DateTime::parse_from_rfc3339(time).unwrap().timestamp_millis()
}

/// Cases and events as lines, attributes in order, each with its type.
fn said(log: &Log, table: &AttributeTable) -> Vec<String> {
    let one = |key: &str, kind: Kind, value: &str| match kind {
        Kind::Date => format!("{key} date {}", millis(value)),
        Kind::Float => format!("{key} float {:?}", value.parse::<f64>().unwrap()),
        kind => format!("{key} {} {value}", kind.name()),
    };
    let mut lines = Vec::new();
    for case in log.iter() {
        lines.push(format!("case {}", case.name));
        lines.extend(table.of_case(case.index).map(|a| one(a.key.strip_prefix("case:").unwrap(), a.kind, a.value)));
        for (event, (&code, &time)) in log.range(case.index).zip(case.activities.iter().zip(case.times)) {
            let fields = (log.activity_names().get(code), time, log.resource(event), log.lifecycle(event));
            lines.push(format!("event {fields:?}"));
            lines.extend(table.of_event(log, event).map(|a| one(a.key, a.kind, a.value)));
        }
    }
    lines
}

/// The same of the crate's log.
fn heard(log: &EventLog) -> Vec<String> {
    fn all(prefix: &str, attributes: &Attributes, leave: &[&str], into: &mut Vec<String>) {
        for attribute in attributes.iter().filter(|attribute| !leave.contains(&attribute.key.as_str())) {
            let key = format!("{prefix}{}", attribute.key);
            into.push(match &attribute.value {
                AttributeValue::String(text) => format!("{key} string {text}"),
                AttributeValue::Date(time) => format!("{key} date {}", time.timestamp_millis()),
                AttributeValue::Int(number) => format!("{key} int {number}"),
                AttributeValue::Float(number) => format!("{key} float {number:?}"),
                AttributeValue::Boolean(truth) => format!("{key} boolean {truth}"),
                AttributeValue::ID(id) => format!("{key} id {id}"),
                other => panic!("{key}: {other:?}"),
            });
            all(&format!("{key}/"), attribute.own_attributes.as_ref().unwrap_or(&Vec::new()), &[], into);
        }
    }
    const FIELDS: [&str; 4] = ["concept:name", "time:timestamp", "org:resource", "lifecycle:transition"];
    let text = |attributes: &Attributes, key: &str| {
        attributes.iter().find(|attribute| attribute.key == key).map(|attribute| match &attribute.value {
            AttributeValue::String(text) => text.clone(),
            other => panic!("{key}: {other:?}"),
        })
    };
    let mut lines = Vec::new();
    for trace in &log.traces {
        lines.push(format!("case {}", text(&trace.attributes, "concept:name").unwrap()));
        all("", &trace.attributes, &FIELDS[..1], &mut lines);
        for event in &trace.events {
            let time = event.attributes.iter().find_map(|attribute| match &attribute.value {
                AttributeValue::Date(time) if attribute.key == "time:timestamp" => Some(time.timestamp_millis()),
                _ => None,
            });
            let [activity, _, resource, lifecycle] =
                FIELDS.map(|key| (key != FIELDS[1]).then(|| text(&event.attributes, key)).flatten());
            lines.push(format!(
                "event {:?}",
                (activity.unwrap().as_str(), time.unwrap(), resource.as_deref(), lifecycle.as_deref())
            ));
            all("", &event.attributes, &FIELDS, &mut lines);
        }
    }
    lines
}

#[test]
fn xes_with_all_its_types() {
    let (log, table) = ours(XES.as_bytes());
    let expected = said(&log, &table);
    assert!(expected.len() == 18 && expected.contains(&"place/floor int 3".into()), "{expected:#?}");
    let mut written = Vec::new();
    write::xes_with(&log, &table, &mut written).unwrap();
    let known = theirs(&written);
    assert_eq!(heard(&known), expected);
    // And back: what the crate writes of it, we read.
    let mut back = Vec::new();
    known.export_to_writer(&mut back, "xes").unwrap();
    let (log, table) = ours(&back);
    assert_eq!(said(&log, &table), expected);
}

#[test]
fn xes_of_many_cases() {
    for seed in 1..4 {
        let log = generated::log(300, seed);
        let mut written = Vec::new();
        write::xes(&log, &mut written).unwrap();
        let known = theirs(&written);
        let expected = said(&log, &AttributeTable::default());
        assert_eq!(heard(&known), expected);
        let mut back = Vec::new();
        known.export_to_writer(&mut back, "xes.gz").unwrap();
        let (log, table) = ours(&back);
        assert_eq!(said(&log, &table), expected);
    }
}

/// All that the crate's log says, in the lines of [`generated::said`].
fn objects_heard(log: &OCEL) -> Vec<String> {
    let value = |value: &OCELAttributeValue| match value {
        OCELAttributeValue::Integer(number) => format!("{:?}", Value::Integer(*number)),
        OCELAttributeValue::Float(number) => format!("{:?}", Value::Float(*number)),
        OCELAttributeValue::Boolean(truth) => format!("{:?}", Value::Boolean(*truth)),
        OCELAttributeValue::Time(time) => format!("{:?}", Value::Time(time.timestamp_millis())),
        OCELAttributeValue::String(text) => format!("{:?}", Value::Text(text)),
        OCELAttributeValue::Null => panic!("a value was not understood"),
    };
    let sorted = |mut all: Vec<String>| {
        all.sort();
        all
    };
    let links = |all: &[OCELRelationship]| {
        let mut links: Vec<_> = all.iter().map(|link| (link.object_id.as_str(), link.qualifier.as_str())).collect();
        links.sort_unstable();
        format!("{links:?}")
    };
    let types = |of: &str, all: &[OCELType]| -> Vec<String> {
        let declared = |kind: &OCELType| {
            let mut attributes: Vec<_> = kind
                .attributes
                .iter()
                .map(|attribute| (attribute.name.clone(), objects::ValueType::of(&attribute.value_type)))
                .collect();
            attributes.sort_by(|a, b| a.0.cmp(&b.0));
            format!("{of} type {:?} {attributes:?}", kind.name)
        };
        all.iter().map(declared).collect()
    };
    let mut lines = [types("event", &log.event_types), types("object", &log.object_types)].concat();
    lines.extend(log.events.iter().map(|event| {
        let values = sorted(event.attributes.iter().map(|a| format!("{}={}", a.name, value(&a.value))).collect());
        let (time, about) = (event.time.timestamp_millis(), links(&event.relationships));
        format!("event {} {} {time} {values:?} {about}", event.id, event.event_type)
    }));
    lines.extend(log.objects.iter().map(|object| {
        let said = |a: &process_mining::core::event_data::object_centric::OCELObjectAttribute| {
            format!("{} {}={}", a.time.timestamp_millis(), a.name, value(&a.value))
        };
        let values = sorted(object.attributes.iter().map(said).collect());
        format!("object {} {} {values:?} {}", object.id, object.object_type, links(&object.relationships))
    }));
    sorted(lines)
}

/// Only what differs is worth reading.
fn same(found: &[String], expected: &[String], what: &str) {
    let differing: Vec<_> = found.iter().zip(expected).filter(|(found, expected)| found != expected).take(4).collect();
    assert!(differing.is_empty() && found.len() == expected.len(), "{what}: {differing:#?}");
}

#[test]
fn object_centric_logs_in_json_and_xml() {
    let read = |bytes: &[u8]| -> ObjectLog {
        let (log, report) = objects::read(bytes, objects::Options::default()).unwrap();
        assert!(report.is_clean(), "{report}");
        log
    };
    for seed in 1..4 {
        let log = generated::objects(60, seed);
        let expected = generated::said(&log);
        // Of a text in XML the crate keeps no blanks at its ends; JSON keeps all.
        let trimmed: Vec<_> = expected.iter().map(|line| line.replace(" blank ", "blank")).collect();
        assert_ne!(trimmed, expected);
        for (format, expected) in [("json", &expected), ("xml", &trimmed)] {
            let mut written = Vec::new();
            if format == "json" { write_json(&log, &mut written) } else { write_xml(&log, &mut written) }.unwrap();
            let known = OCEL::import_from_reader(&written[..], format).unwrap();
            same(&objects_heard(&known), expected, format);
            let mut back = Vec::new();
            known.export_to_writer(&mut back, format).unwrap();
            same(&generated::said(&read(&back)), expected, &format!("{format}, written by the crate"));
        }
    }
}

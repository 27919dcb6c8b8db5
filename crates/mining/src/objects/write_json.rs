//! OCEL 2.0 as JSON.

use std::io::{self, Write};

use serde_json::{Map, Value as Json, json};

use super::{ObjectLog, Type, Value};
use crate::time::iso;

/// Writes an object-centric log as OCEL 2.0 JSON, one event and one object a line.
///
/// # Errors
/// When `into` fails.
pub fn json(log: &ObjectLog, into: impl Write) -> io::Result<()> {
    let mut into = io::BufWriter::with_capacity(1 << 17, into);
    into.write_all(b"{\n\"objectTypes\": ")?;
    list(&mut into, log.object_types.iter().map(declared))?;
    into.write_all(b",\n\"eventTypes\": ")?;
    list(&mut into, log.event_types.iter().map(declared))?;
    into.write_all(b",\n\"objects\": ")?;
    list(&mut into, (0..log.objects()).map(|object| self::object(log, object)))?;
    into.write_all(b",\n\"events\": ")?;
    list(&mut into, (0..log.events()).map(|event| self::event(log, event)))?;
    into.write_all(b"\n}\n")?;
    into.flush()
}

fn list(into: &mut impl Write, items: impl Iterator<Item = Json>) -> io::Result<()> {
    into.write_all(b"[")?;
    for (number, item) in items.enumerate() {
        into.write_all(if number > 0 { b",\n" } else { b"\n" })?;
        serde_json::to_writer(&mut *into, &item)?;
    }
    into.write_all(b"\n]")
}

fn declared(kind: &Type) -> Json {
    let attributes: Vec<Json> =
        kind.attributes.iter().map(|(name, kind)| json!({ "name": name, "type": kind.name() })).collect();
    json!({ "name": kind.name, "attributes": attributes })
}

fn object(log: &ObjectLog, object: usize) -> Json {
    let attributes: Vec<Json> = log
        .object_values(object)
        .map(|(name, since, value)| json!({ "name": name, "time": iso(since), "value": scalar(value) }))
        .collect();
    item(log.object_id(object), &log.object_type(object).name, None, attributes, links(log, log.object_objects(object)))
}

fn event(log: &ObjectLog, event: usize) -> Json {
    let attributes: Vec<Json> =
        log.event_values(event).map(|(name, value)| json!({ "name": name, "value": scalar(value) })).collect();
    let time = iso(log.event_time(event));
    item(log.event_id(event), &log.event_type(event).name, Some(time), attributes, links(log, log.event_objects(event)))
}

fn item(id: &str, kind: &str, time: Option<String>, attributes: Vec<Json>, relationships: Vec<Json>) -> Json {
    let mut item = Map::new();
    item.insert("id".into(), id.into());
    item.insert("type".into(), kind.into());
    if let Some(time) = time {
        item.insert("time".into(), time.into());
    }
    item.insert("attributes".into(), attributes.into());
    item.insert("relationships".into(), relationships.into());
    Json::Object(item)
}

fn links<'a>(log: &ObjectLog, links: impl Iterator<Item = (usize, &'a str)>) -> Vec<Json> {
    links.map(|(object, word)| json!({ "objectId": log.object_id(object), "qualifier": word })).collect()
}

fn scalar(value: Value<'_>) -> Json {
    match value {
        Value::Text(text) => text.into(),
        Value::Time(millis) => iso(millis).into(),
        Value::Integer(number) => number.into(),
        // JSON has no infinity; the declared type makes a number of the text again.
        Value::Float(number) if number.is_finite() => number.into(),
        Value::Float(number) => number.to_string().into(),
        Value::Boolean(truth) => truth.into(),
    }
}

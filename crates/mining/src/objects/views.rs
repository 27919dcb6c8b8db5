//! Object-centric logs seen from one type of objects: plain logs, and what directly follows what for each type.

use hashbrown::HashMap;
use serde::Serialize;

use super::{ObjectLog, Value};
use crate::log::{AttributeTable, Log};
use crate::read::{Attribute, Kind};
use crate::stats::{DirectlyFollows, Edge, Stats};
use crate::time::iso;

/// What flattening to one type of objects bends. Source of the two words: W. van der Aalst, "Object-centric process
/// mining: dealing with divergence and convergence in event data", SEFM 2019.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Flattened {
    /// Events that concern an object of the type.
    pub events: u64,
    /// Events that concern none, and are left out.
    pub left_out: u64,
    /// Convergence: events that concern several objects of the type, so that they are counted more than once.
    pub converging_events: u64,
    /// How many rows that adds.
    pub added: u64,
    /// Divergence: objects of the type with the same activity several times, about different objects of other types, so
    /// that what happened side by side looks like a loop.
    pub diverging_objects: u64,
    /// Objects of the type that no event concerns; they are no cases.
    pub without_events: u64,
}

/// A type and how many there are of it.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct TypeCount {
    /// Its name.
    pub name: String,
    /// How many.
    pub count: u64,
}

/// A log from the side of one type of objects.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct TypeView {
    /// The type of objects.
    pub object_type: String,
    /// Objects of the type with at least one event.
    pub objects: usize,
    /// What flattening to it bends.
    pub flattened: Flattened,
    /// Different ways in which its objects went.
    pub variants: usize,
    /// What its objects begin with.
    pub start: Vec<Edge>,
    /// What its objects end with (so far).
    pub end: Vec<Edge>,
    /// What directly follows what for its objects: this type's part of the object-centric graph (OC-DFG).
    pub directly_follows: Vec<DirectlyFollows>,
}

/// What an object-centric log holds, as `thedesk log stats FILE --json` prints it.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ObjectStats {
    /// Number of events.
    pub events: usize,
    /// Number of objects.
    pub objects: usize,
    /// Relations of events to objects.
    pub event_object_relations: usize,
    /// Relations of objects to objects.
    pub object_object_relations: usize,
    /// Most frequent first.
    pub event_types: Vec<TypeCount>,
    /// Most frequent first.
    pub object_types: Vec<TypeCount>,
    /// First time, ISO 8601 UTC.
    pub first: Option<String>,
    /// Last time, ISO 8601 UTC.
    pub last: Option<String>,
    /// Each type of objects that has events, in the order of `object_types`.
    pub views: Vec<TypeView>,
}

impl ObjectLog {
    /// The log in figures, from the side of each type of objects.
    pub fn stats(&self) -> ObjectStats {
        let counted = |types: &[super::Type], rows: &[u32]| {
            let mut counts = vec![0_u64; types.len()];
            for &kind in rows {
                counts[kind as usize] += 1;
            }
            let named = types.iter().zip(counts).map(|(kind, count)| TypeCount { name: kind.name.clone(), count });
            let mut all: Vec<TypeCount> = named.collect();
            all.sort_by(|a, b| b.count.cmp(&a.count).then_with(|| a.name.cmp(&b.name)));
            all
        };
        let object_types = counted(&self.object_types, &self.object_type);
        let view = |kind: &TypeCount| {
            let (log, flattened) = self.flatten(&kind.name)?;
            let stats = Stats::with_top(&log, 0);
            (log.cases() > 0).then(|| TypeView {
                object_type: kind.name.clone(),
                objects: log.cases(),
                flattened,
                variants: stats.variants.count,
                start: stats.start,
                end: stats.end,
                directly_follows: stats.directly_follows,
            })
        };
        let at = |event: Option<&u32>| event.map(|&event| iso(self.event_time[event as usize]));
        ObjectStats {
            events: self.events(),
            objects: self.objects(),
            event_object_relations: self.event_objects.to.len(),
            object_object_relations: self.object_objects.to.len(),
            event_types: counted(&self.event_types, &self.event_type),
            first: at(self.by_time.first()),
            last: at(self.by_time.last()),
            views: object_types.iter().filter_map(view).collect(),
            object_types,
        }
    }

    /// A plain log as an object-centric one: each case is an object of `case_type`, each event concerns its case, and
    /// who did it is the event's attribute `org:resource`. Events without a time are left out; how many is told.
    pub fn from_log(log: &Log, case_type: &str) -> (Self, u64) {
        Self::from_log_with(log, &AttributeTable::default(), case_type)
    }

    /// The same with the other attributes: those of a case are its object's, from the beginning. A key whose values are
    /// of several kinds has text.
    pub fn from_log_with(log: &Log, attributes: &AttributeTable, case_type: &str) -> (Self, u64) {
        let kinds = kinds(log, attributes);
        let mut builder = super::ObjectLogBuilder::default();
        let mut left_out = 0;
        builder.object_type(case_type, []);
        for case in log.iter() {
            let object = builder.object(case.name, case_type);
            for attribute in attributes.of_case(case.index).filter(|attribute| attribute.kind != Kind::List) {
                let name = attribute.key.strip_prefix("case:").unwrap_or(attribute.key);
                if let Some((object, value)) = object.zip(valued(attribute, &kinds)) {
                    builder.object_value(object, name, 0, value);
                }
            }
        }
        let mut number = 0_u64;
        for case in log.iter() {
            for (event, (&code, &time)) in log.range(case.index).zip(case.activities.iter().zip(case.times)) {
                if time == crate::log::NO_TIME {
                    left_out += 1;
                    continue;
                }
                number += 1;
                let taken = builder.event(&format!("e{number}"), log.activity_names().get(code), time);
                let Some(taken) = taken else { continue };
                builder.relate(taken, case.name, case_type);
                let said = [("org:resource", log.resource(event)), ("lifecycle:transition", log.lifecycle(event))];
                for (name, value) in said {
                    if let Some(value) = value {
                        builder.event_value(taken, name, Value::Text(value));
                    }
                }
                for attribute in attributes.of_event(log, event).filter(|attribute| attribute.kind != Kind::List) {
                    if let Some(value) = valued(attribute, &kinds) {
                        builder.event_value(taken, attribute.key, value);
                    }
                }
            }
        }
        (builder.finish().0, left_out)
    }
}

/// What all values of each key are; text where they differ.
fn kinds<'a>(log: &Log, attributes: &'a AttributeTable) -> HashMap<&'a str, Kind> {
    let mut kinds: HashMap<&str, Kind> = HashMap::new();
    let mut take = |attribute: Attribute<'a>| {
        let kind = if number(attribute).is_some() { attribute.kind } else { Kind::Text };
        let known = kinds.entry(attribute.key).or_insert(kind);
        *known = match (*known, kind) {
            (one, other) if one == other => one,
            (Kind::Int | Kind::Float, Kind::Int | Kind::Float) => Kind::Float,
            _ => Kind::Text,
        };
    };
    for case in 0..log.cases() {
        attributes.of_case(case).for_each(&mut take);
        log.range(case).for_each(|event| attributes.of_event(log, event).for_each(&mut take));
    }
    kinds
}

/// The value of an attribute that is not text.
fn number(attribute: Attribute<'_>) -> Option<Value<'_>> {
    let text = attribute.value.trim();
    match attribute.kind {
        Kind::Int => text.parse().ok().map(Value::Integer),
        Kind::Float => text.parse().ok().or_else(|| text.replacen(',', ".", 1).parse().ok()).map(Value::Float),
        Kind::Boolean => text.parse().ok().map(Value::Boolean),
        Kind::Date => crate::read::parse_date(text, crate::read::DateStyle::YearFirst, None).map(Value::Time),
        Kind::Text | Kind::Id | Kind::List => None,
    }
}

/// The value of an attribute, as what all values of its key are.
fn valued<'a>(attribute: Attribute<'a>, kinds: &HashMap<&str, Kind>) -> Option<Value<'a>> {
    match (kinds.get(attribute.key)?, number(attribute)) {
        (Kind::Text | Kind::Id | Kind::List, _) | (_, None) => Some(Value::Text(attribute.value)),
        (Kind::Float, Some(Value::Integer(whole))) => Some(Value::Float(whole as f64)),
        (_, value) => value,
    }
}

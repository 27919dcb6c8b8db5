//! The plain log of one type of objects, with or without what else is known of its events and objects.

use std::ops::Range;

use hashbrown::{HashMap, HashSet};

use super::{Flattened, ObjectLog, Value};
use crate::log::{AttributeTable, Log, LogBuilder};
use crate::read::{Attributes, Buffer, Kind};

/// A log from the side of one type, with its attributes.
#[derive(Debug, Clone)]
pub struct Flat {
    /// Cases and events.
    pub log: Log,
    /// Attributes of events under their own names, the event's id as `ocel:eid`, and those of the cases' objects as `case:`
    /// and their names: of each the value from the beginning, else the first. Their type is `case:ocel:type`. pm4py calls
    /// them the same.
    pub attributes: AttributeTable,
    /// What flattening bends.
    pub bent: Flattened,
    /// Later values of objects' attributes, which a case has no place for.
    pub changes: u64,
}

/// What becomes the log's own columns, if it is text.
const RESOURCES: [&str; 2] = ["org:resource", "resource"];
const LIFECYCLE: &str = "lifecycle:transition";

impl ObjectLog {
    /// The plain log of one type: each of its objects is a case with the events that concern it, by time. An event's
    /// attribute `org:resource` or `resource` is who did it, `lifecycle:transition` its lifecycle. `None` when there is no
    /// such type.
    pub fn flatten(&self, object_type: &str) -> Option<(Log, Flattened)> {
        let mut builder = LogBuilder::default();
        let bent = self.flattened(object_type, &mut builder, |_, _, _| {})?;
        Some((builder.finish(), bent))
    }

    /// The same with all attributes of the events, and those of the objects that are its cases.
    pub fn flatten_with(&self, object_type: &str) -> Option<Flat> {
        let mut builder = LogBuilder::with_origins();
        let (mut attributes, mut changes) = (AttributeTable::default(), 0);
        let (mut of_case, mut own) = (Buffer::default(), Buffer::default());
        let bent = self.flattened(object_type, &mut builder, |event, object, new_case| {
            of_case.clear();
            if new_case {
                of_case.push(&["case:ocel:type"], object_type, Kind::Text);
                changes += self.first_values(object, &mut of_case);
            }
            own.clear();
            own.push(&["ocel:eid"], self.event_id(event), Kind::Text);
            for (name, value) in self.event_values(event) {
                // The log has a column for these.
                if name == RESOURCES[0] || name == LIFECYCLE {
                    continue;
                }
                let other = if matches!(name, "concept:name" | "time:timestamp" | "ocel:eid") { " (2)" } else { "" };
                own.push(&[name, other], &value.text(), kind_of(value));
            }
            // Those of a case that is known already are not there again, so any case will do for them.
            let case = if new_case { attributes.cases() } else { 0 };
            attributes.push(&Attributes::new(Some(&of_case), &own), case);
        })?;
        Some(Flat { log: builder.finish(), attributes, bent, changes })
    }

    /// Takes the first value of each of an object's attributes; how many later ones there are.
    fn first_values(&self, object: usize, into: &mut Buffer) -> u64 {
        let mut first: Vec<(&str, i64, Value<'_>)> = Vec::new();
        let mut changes = 0;
        for (name, since, value) in self.object_values(object) {
            match first.iter_mut().find(|(known, ..)| *known == name) {
                Some(known) => {
                    changes += 1;
                    if since < known.1 {
                        *known = (name, since, value);
                    }
                }
                None => first.push((name, since, value)),
            }
        }
        for (name, _, value) in first {
            let other = if matches!(name, "concept:name" | "ocel:type") { " (2)" } else { "" };
            into.push(&["case:", name, other], &value.text(), kind_of(value));
        }
        changes
    }

    /// Builds the log of a type, and tells of each row its event, its object, and whether that is a new case.
    fn flattened(
        &self,
        object_type: &str,
        builder: &mut LogBuilder,
        mut tell: impl FnMut(usize, usize, bool),
    ) -> Option<Flattened> {
        let wanted = self.object_types.iter().position(|kind| kind.name == object_type)? as u32;
        let mut bent = Flattened {
            events: 0,
            left_out: 0,
            converging_events: 0,
            added: 0,
            diverging_objects: 0,
            without_events: 0,
        };
        let mut cases: Vec<u32> = Vec::new();
        let mut others: Vec<u32> = Vec::new();
        // For each object and activity, what else it was about the first time: a part of one long list.
        let mut about: HashMap<(u32, u32), Range<usize>> = HashMap::new();
        let mut all_others: Vec<u32> = Vec::new();
        let mut diverging: HashSet<u32> = HashSet::new();
        let mut with_events: HashSet<u32> = HashSet::new();
        for &event in &self.by_time {
            let row = event as usize;
            cases.clear();
            others.clear();
            for &(object, _) in self.event_objects.of(row) {
                let list = if self.object_type[object as usize] == wanted { &mut cases } else { &mut others };
                // Two qualifiers do not make two events.
                if !list.contains(&object) {
                    list.push(object);
                }
            }
            if cases.is_empty() {
                bent.left_out += 1;
                continue;
            }
            bent.events += 1;
            bent.added += cases.len() as u64 - 1;
            bent.converging_events += u64::from(cases.len() > 1);
            others.sort_unstable();
            let text = |names: &[&str]| {
                self.event_values(row).find(|(name, _)| names.contains(name)).map(|(_, value)| value.text())
            };
            let (resource, lifecycle) = (text(&RESOURCES), text(&[LIFECYCLE]));
            let kind = self.event_type[row];
            for &object in &cases {
                with_events.insert(object);
                let first = about.entry((object, kind)).or_insert_with(|| {
                    let start = all_others.len();
                    all_others.extend_from_slice(&others);
                    start..all_others.len()
                });
                if all_others[first.clone()] != others {
                    diverging.insert(object);
                }
                let before = builder.cases();
                builder.push(
                    self.object_ids.get(object),
                    &self.event_types[kind as usize].name,
                    Some(self.event_time[row]),
                    resource.as_deref(),
                    lifecycle.as_deref(),
                );
                tell(row, object as usize, builder.cases() > before);
            }
        }
        bent.diverging_objects = diverging.len() as u64;
        let all = self.object_type.iter().filter(|&&kind| kind == wanted).count();
        bent.without_events = (all - with_events.len()) as u64;
        Some(bent)
    }
}

/// What a value is, as a plain log types it.
fn kind_of(value: Value<'_>) -> Kind {
    match value {
        Value::Text(_) => Kind::Text,
        Value::Time(_) => Kind::Date,
        Value::Integer(_) => Kind::Int,
        Value::Float(_) => Kind::Float,
        Value::Boolean(_) => Kind::Boolean,
    }
}

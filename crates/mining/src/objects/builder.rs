//! Building an object log from parts in any order: relations may come before what they relate.

use super::{Cell, Links, ObjectLog, Type, Value, ValueType};
use crate::log::{NO_CODE, Names};
use crate::read::{DateStyle, Report, parse_date};

/// Takes events, objects, relations and attributes in any order and hands back the [`ObjectLog`].
#[derive(Debug, Default)]
pub struct ObjectLogBuilder {
    log: ObjectLog,
    event_type_names: Names,
    object_type_names: Names,
    /// Every id that was met; an object that is only referred to has no type.
    object_rows: Vec<u32>,
    event_links: Vec<(u32, u32, u32)>,
    object_links: Vec<(u32, u32, u32)>,
    /// What could not be taken.
    pub(super) report: Report,
}

impl ObjectLogBuilder {
    /// Declares a type of events with its attributes; one that is declared again gains what is new.
    pub fn event_type(&mut self, name: &str, attributes: impl IntoIterator<Item = (String, ValueType)>) {
        declare(&mut self.log.event_types, &mut self.event_type_names, name, attributes);
    }

    /// Declares a type of objects with its attributes.
    pub fn object_type(&mut self, name: &str, attributes: impl IntoIterator<Item = (String, ValueType)>) {
        declare(&mut self.log.object_types, &mut self.object_type_names, name, attributes);
    }

    /// Takes an event; its number, or `None` when the id was there before.
    pub fn event(&mut self, id: &str, kind: &str, time: i64) -> Option<u32> {
        let number = self.log.event_ids.intern(id);
        if (number as usize) < self.log.event_type.len() {
            self.report.refuse(format!("event \"{id}\""), "another event has this id".into());
            return None;
        }
        declare(&mut self.log.event_types, &mut self.event_type_names, kind, []);
        self.log.event_type.push(self.event_type_names.code(kind).unwrap_or(NO_CODE));
        self.log.event_time.push(time);
        self.report.events += 1;
        Some(number)
    }

    /// Takes an object; its number, or `None` when the id was there before.
    pub fn object(&mut self, id: &str, kind: &str) -> Option<u32> {
        let number = self.object_number(id);
        if self.object_rows[number as usize] != NO_CODE {
            self.report.refuse(format!("object \"{id}\""), "another object has this id".into());
            return None;
        }
        declare(&mut self.log.object_types, &mut self.object_type_names, kind, []);
        self.object_rows[number as usize] = self.object_type_names.code(kind).unwrap_or(NO_CODE);
        Some(number)
    }

    fn object_number(&mut self, id: &str) -> u32 {
        let number = self.log.object_ids.intern(id);
        if number as usize == self.object_rows.len() {
            self.object_rows.push(NO_CODE);
        }
        number
    }

    /// An event's attribute.
    pub fn event_value(&mut self, event: u32, name: &str, value: Value<'_>) {
        let (name, cell) = (self.log.words.intern(name), self.cell(value));
        self.log.event_values.push((event, name, cell));
    }

    /// An object's attribute, since a time (0 from the beginning).
    pub fn object_value(&mut self, object: u32, name: &str, since: i64, value: Value<'_>) {
        let (name, cell) = (self.log.words.intern(name), self.cell(value));
        self.log.object_values.push((object, name, since, cell));
    }

    /// An event concerns an object.
    pub fn relate(&mut self, event: u32, object: &str, qualifier: &str) {
        let link = (event, self.object_number(object), self.log.words.intern(qualifier));
        self.event_links.push(link);
    }

    /// An object belongs to another.
    pub fn relate_objects(&mut self, object: u32, other: &str, qualifier: &str) {
        let link = (object, self.object_number(other), self.log.words.intern(qualifier));
        self.object_links.push(link);
    }

    /// The number of an event that was taken.
    pub fn event_number(&self, id: &str) -> Option<u32> {
        self.log.event_ids.code(id)
    }

    fn cell(&mut self, value: Value<'_>) -> Cell {
        match value {
            Value::Text(text) => Cell::Text(self.log.words.intern(text)),
            Value::Time(millis) => Cell::Time(millis),
            Value::Integer(number) => Cell::Integer(number),
            Value::Float(number) => Cell::Float(number),
            Value::Boolean(truth) => Cell::Boolean(truth),
        }
    }

    /// The log, and what could not be taken: relations to objects that are not there, values of another type than the
    /// declared (these are kept as they are).
    pub fn finish(mut self) -> (ObjectLog, Report) {
        let numbers = self.dense_objects();
        let mut lost = |from: String, to: u32, names: &Names| {
            self.report.incomplete(from, format!("it refers to object \"{}\", which is not there", names.get(to)));
        };
        let mut event_links = Vec::with_capacity(self.event_links.len());
        for (event, object, qualifier) in std::mem::take(&mut self.event_links) {
            match numbers[object as usize] {
                NO_CODE => lost(format!("event \"{}\"", self.log.event_ids.get(event)), object, &self.log.object_ids),
                known => event_links.push((event, known, qualifier)),
            }
        }
        let mut object_links = Vec::with_capacity(self.object_links.len());
        for (object, other, qualifier) in std::mem::take(&mut self.object_links) {
            match (numbers[object as usize], numbers[other as usize]) {
                (NO_CODE, _) => {}
                (_, NO_CODE) => {
                    lost(format!("object \"{}\"", self.log.object_ids.get(object)), other, &self.log.object_ids);
                }
                (from, to) => object_links.push((from, to, qualifier)),
            }
        }
        self.log.object_type = self.object_rows.iter().copied().filter(|&kind| kind != NO_CODE).collect();
        if self.log.object_type.len() < self.object_rows.len() {
            let mut ids = Names::default();
            for (number, id) in self.log.object_ids.iter().enumerate() {
                if numbers[number] != NO_CODE {
                    ids.intern(id);
                }
            }
            self.log.object_ids = ids;
            for row in &mut self.log.object_values {
                row.0 = numbers[row.0 as usize];
            }
        }
        self.log.event_objects = links(event_links, self.log.event_type.len());
        self.log.object_objects = links(object_links, self.log.object_type.len());
        self.log.event_values.sort_by_key(|row| row.0);
        self.log.object_values.sort_by_key(|row| row.0);
        self.typed();
        let mut by_time: Vec<u32> = (0..self.log.event_time.len() as u32).collect();
        by_time.sort_by_key(|&event| self.log.event_time[event as usize]);
        self.log.by_time = by_time;
        (self.log, self.report)
    }

    /// The number that each known object will have; `NO_CODE` for those that are only referred to.
    fn dense_objects(&self) -> Vec<u32> {
        let mut next = 0;
        let number = |&kind: &u32| {
            if kind == NO_CODE {
                return NO_CODE;
            }
            next += 1;
            next - 1
        };
        self.object_rows.iter().map(number).collect()
    }

    /// Turns values into their declared types; an attribute that was never declared is, by its first value.
    fn typed(&mut self) {
        let mut events = std::mem::take(&mut self.log.event_values);
        for (event, name, cell) in &mut events {
            let kind = &mut self.log.event_types[self.log.event_type[*event as usize] as usize];
            if let Some(wrong) = typed(kind, &mut self.log.words, *name, cell) {
                self.report.incomplete(format!("event \"{}\"", self.log.event_ids.get(*event)), wrong);
            }
        }
        self.log.event_values = events;
        let mut objects = std::mem::take(&mut self.log.object_values);
        for (object, name, _, cell) in &mut objects {
            let kind = &mut self.log.object_types[self.log.object_type[*object as usize] as usize];
            if let Some(wrong) = typed(kind, &mut self.log.words, *name, cell) {
                self.report.incomplete(format!("object \"{}\"", self.log.object_ids.get(*object)), wrong);
            }
        }
        self.log.object_values = objects;
    }
}

fn declare(
    types: &mut Vec<Type>,
    names: &mut Names,
    name: &str,
    attributes: impl IntoIterator<Item = (String, ValueType)>,
) {
    let code = names.intern(name) as usize;
    if code == types.len() {
        types.push(Type { name: name.to_owned(), attributes: Vec::new() });
    }
    for (attribute, kind) in attributes {
        if !types[code].attributes.iter().any(|(known, _)| *known == attribute) {
            types[code].attributes.push((attribute, kind));
        }
    }
}

/// Turns a value into its declared type; why not, when it cannot be.
fn typed(kind: &mut Type, words: &mut Names, name: u32, cell: &mut Cell) -> Option<String> {
    let declared = kind.attributes.iter().find(|(known, _)| known == words.get(name)).map(|(_, kind)| *kind);
    let Some(declared) = declared else {
        let found = match cell {
            Cell::Text(_) => ValueType::String,
            Cell::Time(_) => ValueType::Time,
            Cell::Integer(_) => ValueType::Integer,
            Cell::Float(_) => ValueType::Float,
            Cell::Boolean(_) => ValueType::Boolean,
        };
        kind.attributes.push((words.get(name).to_owned(), found));
        return None;
    };
    let text = |code: u32| words.get(code).trim();
    let turned = match (declared, *cell) {
        (ValueType::String, Cell::Text(_))
        | (ValueType::Time, Cell::Time(_))
        | (ValueType::Integer, Cell::Integer(_))
        | (ValueType::Float, Cell::Float(_))
        | (ValueType::Boolean, Cell::Boolean(_)) => return None,
        (ValueType::Time, Cell::Text(code)) => parse_date(text(code), DateStyle::YearFirst, None).map(Cell::Time),
        (ValueType::Integer, Cell::Text(code)) => text(code).parse().ok().map(Cell::Integer),
        (ValueType::Integer, Cell::Float(number)) if number.fract() == 0.0 && number.abs() < 9e15 => {
            Some(Cell::Integer(number as i64))
        }
        (ValueType::Integer, Cell::Boolean(truth)) => Some(Cell::Integer(i64::from(truth))),
        (ValueType::Float, Cell::Text(code)) => text(code).parse().ok().map(Cell::Float),
        (ValueType::Float, Cell::Integer(number)) => Some(Cell::Float(number as f64)),
        (ValueType::Boolean, Cell::Integer(number @ (0 | 1))) => Some(Cell::Boolean(number == 1)),
        (ValueType::Boolean, Cell::Text(code)) => match text(code).to_ascii_lowercase().as_str() {
            "true" | "1" => Some(Cell::Boolean(true)),
            "false" | "0" => Some(Cell::Boolean(false)),
            _ => None,
        },
        (ValueType::String, other) => {
            let text = match other {
                Cell::Text(_) => return None,
                Cell::Time(millis) => Value::Time(millis).text(),
                Cell::Integer(number) => Value::Integer(number).text(),
                Cell::Float(number) => Value::Float(number).text(),
                Cell::Boolean(truth) => Value::Boolean(truth).text(),
            };
            Some(Cell::Text(words.intern(&text)))
        }
        _ => None,
    };
    if let Some(turned) = turned {
        *cell = turned;
        return None;
    }
    Some(format!("its \"{}\" is no {}", words.get(name), declared.name()))
}

fn links(mut all: Vec<(u32, u32, u32)>, rows: usize) -> Links {
    all.sort_by_key(|link| link.0);
    let mut starts = Vec::with_capacity(rows + 1);
    let mut at = 0;
    for row in 0..=rows as u32 {
        while all.get(at).is_some_and(|link| link.0 < row) {
            at += 1;
        }
        starts.push(at);
    }
    Links { starts, to: all.into_iter().map(|(_, object, word)| (object, word)).collect() }
}

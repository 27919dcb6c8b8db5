//! Touchpoints become rows.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use serde_json::Value;

use super::column::{CHUNK, Chunk, Sparse};
use super::names::NumberMap;
use super::read::{Entry, Version};
use super::view::{NOBODY, PROMISE, View};
use crate::person::{Attributes, PersonId};
use crate::touchpoint::{Cursor, Kinds, Touchpoint};

/// The view that grows, and what is needed to find codes.
pub(super) struct Builder {
    view: View,
    people: NumberMap<i64, u32>,
    objects: NumberMap<(u8, i64), u32>,
    attributes: HashMap<String, u32>,
    /// The attributes of each person's versions, as far as they were asked for.
    versions: NumberMap<(u32, i64), u32>,
    /// Which numbers each kind carries: the name in the detail and the column.
    numbers: HashMap<&'static str, Vec<(&'static str, usize)>>,
    promise: usize,
    erased: HashSet<PersonId>,
}

/// A row's codes, before it is in its columns.
struct Codes<'c> {
    at: i64,
    person: u32,
    attributes: u32,
    object: (&'c str, i64),
    kind: &'c str,
    service: &'c str,
    team: &'c str,
    small: [u8; 4],
}

impl Builder {
    /// Goes on from a view (an empty one, or a snapshot's).
    pub(super) fn new(mut view: View, kinds: &Kinds) -> Self {
        view.past = another_past();
        let coded = |list: &super::Grown<i64>| {
            list.iter().enumerate().filter(|(_, id)| **id != 0).map(|(code, id)| (*id, code as u32)).collect()
        };
        let people: NumberMap<i64, u32> = coded(&view.people);
        let mut objects = NumberMap::default();
        for chunk in view.chunks() {
            for (code, kind) in chunk.object.iter().zip(&chunk.object_type).filter(|(code, _)| **code != 0) {
                objects.insert((*kind, view.object(*code).unwrap_or(0)), *code);
            }
        }
        let text = |set: &Arc<Attributes>| serde_json::to_string(set.as_ref()).unwrap_or_default();
        let attributes = view.attributes.iter().enumerate().map(|(code, set)| (text(set), code as u32)).collect();
        let of_kind = |names: &'static [&'static str]| {
            names.iter().filter_map(|name| Some((*name, view.number(name)?))).collect::<Vec<_>>()
        };
        let numbers = kinds.iter().map(|kind| (kind.name, of_kind(kind.numbers))).collect();
        let promise = view.number(PROMISE).expect("every view has a column for promises");
        let erased = HashSet::new();
        Self { people, objects, attributes, versions: NumberMap::default(), numbers, promise, erased, view }
    }

    pub(super) fn is_empty(&self) -> bool {
        self.view.rows == 0
    }

    pub(super) fn cursor(&self) -> Cursor {
        self.view.cursor
    }

    pub(super) fn view(&self) -> View {
        self.view.clone()
    }

    /// The versions of attributes that these touchpoints need and that nobody read yet.
    pub(super) fn unknown_versions(&self, batch: &[Touchpoint]) -> Vec<(PersonId, i64)> {
        let known = |person: PersonId, version| {
            self.people.get(&person.0).is_some_and(|code| self.versions.contains_key(&(*code, version)))
        };
        let wanted: HashSet<(PersonId, i64)> = batch
            .iter()
            .filter_map(|touchpoint| Some((touchpoint.person?, touchpoint.person_version)))
            .filter(|&(person, version)| version != 0 && !known(person, version))
            .collect();
        wanted.into_iter().collect()
    }

    pub(super) fn know_versions(&mut self, versions: Vec<Version>) {
        for Version { person, number, attributes } in versions {
            let (person, attributes) = (self.person(person), self.attributes(&attributes));
            self.versions.insert((person, number), attributes);
        }
    }

    /// Takes a touchpoint in.
    pub(super) fn append(&mut self, touchpoint: &Touchpoint) {
        let person = touchpoint.person.filter(|person| !self.erased.contains(person));
        let person = person.map_or(NOBODY, |person| self.person(person));
        let attributes = self.versions.get(&(person, touchpoint.person_version)).copied().unwrap_or(0);
        let manner = touchpoint.direction as u8 | (touchpoint.initiator as u8) << 2 | u8::from(touchpoint.visible) << 4;
        let row = self.push(&Codes {
            at: touchpoint.at.0,
            person,
            attributes: if person == NOBODY { 0 } else { attributes },
            object: touchpoint.objects.first().map_or(("", 0), |object| (object.kind.as_str(), object.id)),
            kind: &touchpoint.kind,
            service: touchpoint.service.as_deref().unwrap_or_default(),
            team: touchpoint.team.as_deref().unwrap_or_default(),
            small: [touchpoint.channel as u8, touchpoint.stage as u8, manner, touchpoint.source as u8],
        });
        let declared = touchpoint.kind.split(':').next().unwrap_or_default();
        let tail = Arc::make_mut(&mut self.view.tail);
        for (name, column) in self.numbers.get(declared).into_iter().flatten() {
            if let Some(value) = touchpoint.detail.get(name).and_then(number) {
                keep(tail, *column, row, value);
            }
        }
        if let Some(promised) = touchpoint.promise_until {
            keep(tail, self.promise, row, promised.0 as f64);
        }
        self.view.cursor = Cursor::behind(touchpoint);
        self.end_row();
    }

    /// Takes a row in that was never in a database.
    pub(super) fn append_entry(&mut self, entry: &Entry) {
        let (person, attributes) = entry.person.map_or((NOBODY, 0), |person| {
            let text = serde_json::to_string(&person.attributes).unwrap_or_default();
            (self.person(person.id), self.attributes(&text))
        });
        let manner = entry.direction as u8 | (entry.initiator as u8) << 2 | u8::from(entry.visible) << 4;
        let row = self.push(&Codes {
            at: entry.at.0,
            person,
            attributes,
            object: entry.object.unwrap_or_default(),
            kind: entry.kind,
            service: entry.service.unwrap_or_default(),
            team: entry.team.unwrap_or_default(),
            small: [entry.channel as u8, entry.stage as u8, manner, entry.source as u8],
        });
        let tail = Arc::make_mut(&mut self.view.tail);
        for (name, value) in entry.numbers {
            if let Some(column) = self.view.numbers.code(name) {
                keep(tail, column, row, *value);
            }
        }
        self.end_row();
    }

    /// Says who is merged into whom, and cuts the rows of the erased from them.
    pub(super) fn set_people(&mut self, merged: &[(PersonId, PersonId)], erased: Option<&[PersonId]>) {
        self.erase(erased.unwrap_or_default());
        let here = |person: &PersonId| !self.erased.contains(person);
        let known: Vec<_> = merged.iter().filter(|(record, kept)| here(record) && here(kept)).copied().collect();
        let map: NumberMap<u32, u32> =
            known.into_iter().map(|(record, kept)| (self.person(record), self.person(kept))).collect();
        if *self.view.merged != map {
            self.view.merged = Arc::new(map);
            self.view.past = another_past();
        }
    }

    fn erase(&mut self, erased: &[PersonId]) {
        let new: HashSet<u32> = erased
            .iter()
            .filter(|person| self.erased.insert(**person))
            .filter_map(|person| self.people.remove(&person.0))
            .collect();
        if new.is_empty() {
            return;
        }
        self.view.past = another_past();
        for &code in &new {
            self.view.people.set(code as usize, 0);
        }
        for chunk in self.view.chunks.iter_mut().chain(std::iter::once(&mut self.view.tail)) {
            let theirs: Vec<usize> = (0..chunk.len()).filter(|&row| new.contains(&chunk.person[row])).collect();
            if !theirs.is_empty() {
                let chunk = Arc::make_mut(chunk);
                for row in theirs {
                    chunk.person[row] = NOBODY;
                    chunk.attributes[row] = 0;
                }
            }
        }
    }

    fn person(&mut self, person: PersonId) -> u32 {
        let view = &mut self.view;
        *self.people.entry(person.0).or_insert_with(|| {
            view.people.push(person.0);
            view.people.len() as u32 - 1
        })
    }

    fn attributes(&mut self, text: &str) -> u32 {
        if text.is_empty() || text == "{}" {
            return 0;
        }
        if let Some(code) = self.attributes.get(text) {
            return *code;
        }
        self.view.attributes.push(Arc::new(serde_json::from_str(text).unwrap_or_default()));
        let code = self.view.attributes.len() as u32 - 1;
        self.attributes.insert(text.to_owned(), code);
        code
    }

    /// Begins a row; gives its place in the tail.
    fn push(&mut self, codes: &Codes) -> u16 {
        const WIDE: usize = 1 << 16;
        const NARROW: usize = 1 << 8;
        let kind = self.view.kinds.enter(codes.kind, WIDE) as u16;
        let service = self.view.services.enter(codes.service, WIDE) as u16;
        let team = self.view.teams.enter(codes.team, WIDE) as u16;
        let object_type = self.view.object_types.enter(codes.object.0, NARROW) as u8;
        let object = if object_type == 0 {
            0
        } else {
            let view = &mut self.view;
            *self.objects.entry((object_type, codes.object.1)).or_insert_with(|| {
                view.objects.push(codes.object.1);
                view.objects.len() as u32 - 1
            })
        };
        let columns = self.view.numbers.len();
        let tail = Arc::make_mut(&mut self.view.tail);
        if tail.is_empty() {
            tail.numbers.resize(columns, Sparse::default());
        }
        tail.spread(codes.at);
        tail.at.push(codes.at);
        tail.person.push(codes.person);
        tail.attributes.push(codes.attributes);
        tail.object.push(object);
        tail.kind.push(kind);
        tail.service.push(service);
        tail.team.push(team);
        tail.object_type.push(object_type);
        let [channel, stage, manner, source] = codes.small;
        tail.channel.push(channel);
        tail.stage.push(stage);
        tail.manner.push(manner);
        tail.source.push(source);
        (tail.len() - 1) as u16
    }

    fn end_row(&mut self) {
        self.view.rows += 1;
        if self.view.tail.len() == CHUNK {
            let mut full = std::mem::take(&mut self.view.tail);
            Arc::make_mut(&mut full).settle();
            self.view.chunks.push(full);
        }
    }
}

/// A number that no other past has.
fn another_past() -> u64 {
    static LAST: AtomicU64 = AtomicU64::new(0);
    LAST.fetch_add(1, Ordering::Relaxed) + 1
}

fn keep(chunk: &mut Chunk, column: usize, row: u16, value: f64) {
    chunk.numbers[column].rows.push(row);
    chunk.numbers[column].values.push(value);
}

/// A number of a detail; yes and no are 1 and 0.
fn number(value: &Value) -> Option<f64> {
    match value {
        Value::Bool(yes) => Some(f64::from(u8::from(*yes))),
        other => other.as_f64().filter(|number| number.is_finite()),
    }
}

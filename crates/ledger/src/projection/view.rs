//! What readers get: the ledger as it stood at one moment.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::column::{CHUNK, Chunk};
use super::names::{Grown, Names, NumberMap};
use crate::person::{Attributes, PersonId};
use crate::touchpoint::{Cursor, Kinds};

/// The code of a person that nobody knows, or whose link was cut.
pub const NOBODY: u32 = 0;
/// The name of the column that keeps until when something was promised.
pub(super) const PROMISE: &str = "promise_until";

/// The ledger's columns at one moment. A clone shares the arrays; nothing in them changes any more.
#[derive(Debug, Clone)]
pub struct View {
    pub(super) chunks: Vec<Arc<Chunk>>,
    pub(super) tail: Arc<Chunk>,
    pub(super) rows: usize,
    pub(super) cursor: Cursor,
    pub(super) kinds: Names,
    pub(super) services: Names,
    pub(super) teams: Names,
    pub(super) object_types: Names,
    pub(super) numbers: Names,
    pub(super) people: Grown<i64>,
    pub(super) objects: Grown<i64>,
    pub(super) attributes: Grown<Arc<Attributes>>,
    pub(super) merged: Arc<NumberMap<u32, u32>>,
    /// Which past it tells: another number once people were merged, told apart, or erased, and for another builder.
    pub(super) past: u64,
    /// What the numbers of each kind are: a snapshot of other columns is of no use.
    pub(super) fingerprint: u64,
}

impl View {
    /// No touchpoint yet; columns for the numbers of these kinds.
    pub(super) fn empty(kinds: &Kinds) -> Self {
        let mut numbers: BTreeSet<&str> = kinds.iter().flat_map(|kind| kind.numbers.iter().copied()).collect();
        numbers.insert(PROMISE);
        let mut seen = Sum::default();
        for kind in kinds.iter().filter(|kind| !kind.numbers.is_empty()) {
            seen.text(kind.name);
            kind.numbers.iter().for_each(|name| seen.text(name));
        }
        let mut view = Self {
            chunks: Vec::new(),
            tail: Arc::default(),
            rows: 0,
            cursor: Cursor::default(),
            kinds: Names::default(),
            services: Names::with_nothing(),
            teams: Names::with_nothing(),
            object_types: Names::with_nothing(),
            numbers: Names::of(numbers.into_iter().map(str::to_owned).collect()),
            people: Grown::default(),
            objects: Grown::default(),
            attributes: Grown::default(),
            merged: Arc::default(),
            past: 0,
            fingerprint: seen.value(),
        };
        view.people.push(0);
        view.objects.push(0);
        view.attributes.push(Arc::default());
        view
    }

    /// How many touchpoints there are.
    pub fn rows(&self) -> usize {
        self.rows
    }

    /// The last touchpoint that is in it.
    pub fn cursor(&self) -> Cursor {
        self.cursor
    }

    /// The columns, in the ledger's order (which is nearly, but not exactly, the order of time).
    pub fn chunks(&self) -> impl Iterator<Item = &Chunk> {
        self.chunks.iter().chain(std::iter::once(&self.tail)).map(AsRef::as_ref).filter(|chunk| !chunk.is_empty())
    }

    /// The columns of chunks that may have touchpoints within `from..to`.
    pub fn chunks_within(&self, from: i64, to: i64) -> impl Iterator<Item = &Chunk> {
        self.chunks().filter(move |chunk| chunk.touches(from, to))
    }

    /// The chunk of a row, counted over all, and its place there.
    pub(crate) fn chunk_of(&self, row: usize) -> (&Chunk, usize) {
        let (chunk, row) = (self.chunks.get(row / CHUNK).unwrap_or(&self.tail), row % CHUNK);
        (chunk, row)
    }

    /// A number that stays the same as long as rows are only added: codes mean what they meant, and who stands for whom.
    pub(crate) fn past(&self) -> u64 {
        self.past
    }

    /// The kinds that occurred, by code.
    pub fn kinds(&self) -> &Names {
        &self.kinds
    }

    /// The services that occurred, by code; 0 is none.
    pub fn services(&self) -> &Names {
        &self.services
    }

    /// The teams that acted, by code; 0 is none.
    pub fn teams(&self) -> &Names {
        &self.teams
    }

    /// The types of things that occurred, by code; 0 is none.
    pub fn object_types(&self) -> &Names {
        &self.object_types
    }

    /// The place of a number's column in [`Chunk::numbers`].
    pub fn number(&self, name: &str) -> Option<usize> {
        self.numbers.code(name)
    }

    /// How many codes of people there are.
    pub fn people(&self) -> usize {
        self.people.len()
    }

    /// The person of a code, as recorded; `None` for [`NOBODY`] and for one whose link was cut.
    pub fn person(&self, code: u32) -> Option<PersonId> {
        self.people.get(code as usize).copied().filter(|&id| id != 0).map(PersonId)
    }

    /// The code of who stands for this person.
    pub fn canonical(&self, code: u32) -> u32 {
        if self.merged.is_empty() { code } else { self.merged.get(&code).copied().unwrap_or(code) }
    }

    /// How many codes of things there are.
    pub fn objects(&self) -> usize {
        self.objects.len()
    }

    /// The id of the thing of a code; its type stands in [`Chunk::object_type`].
    pub fn object(&self, code: u32) -> Option<i64> {
        self.objects.get(code as usize).copied().filter(|_| code != 0)
    }

    /// The different sets of attributes, in the order of their codes; code 0 is the empty one.
    pub fn attributes(&self) -> impl Iterator<Item = &Attributes> {
        self.attributes.iter().map(AsRef::as_ref)
    }

    /// Bytes held by columns and lists (those of shared arrays once).
    pub fn bytes(&self) -> usize {
        let chunks: usize = self.chunks.iter().chain(std::iter::once(&self.tail)).map(|chunk| chunk.bytes()).sum();
        chunks + (self.people.len() + self.objects.len()) * 8 + self.attributes.len() * 200
    }

    /// One number for everything that the columns say, whatever the codes.
    pub(super) fn digest(&self) -> u64 {
        let word = |text: &str| {
            let mut sum = Sum::default();
            sum.text(text);
            sum.value()
        };
        let words = |names: &Names| names.iter().map(word).collect::<Vec<u64>>();
        let (kinds, services, teams) = (words(&self.kinds), words(&self.services), words(&self.teams));
        let (types, numbers) = (words(&self.object_types), words(&self.numbers));
        let attributes: Vec<u64> = self.attributes().map(|set| word(&format!("{set:?}"))).collect();
        let mut sum = Sum::default();
        for chunk in self.chunks() {
            for row in 0..chunk.len() {
                let person = self.person(self.canonical(chunk.person[row])).map_or(0, |person| person.0);
                sum.add(chunk.at[row].cast_unsigned());
                sum.add(person.cast_unsigned());
                sum.add(attributes[chunk.attributes[row] as usize]);
                sum.add(self.object(chunk.object[row]).unwrap_or(0).cast_unsigned());
                sum.add(kinds[usize::from(chunk.kind[row])]);
                sum.add(services[usize::from(chunk.service[row])]);
                sum.add(teams[usize::from(chunk.team[row])]);
                sum.add(types[usize::from(chunk.object_type[row])]);
                let small = [chunk.channel[row], chunk.stage[row], chunk.manner[row], chunk.source[row]];
                sum.add(u64::from(u32::from_le_bytes(small)));
            }
            for (name, column) in numbers.iter().zip(&chunk.numbers) {
                for (row, value) in column.rows.iter().zip(&column.values) {
                    sum.add(*name);
                    sum.add(u64::from(*row));
                    sum.add(value.to_bits());
                }
            }
        }
        sum.add(self.cursor.position.cast_unsigned());
        sum.add(self.cursor.id.cast_unsigned());
        sum.value()
    }
}

/// A running sum that changes with every word and with their order: against broken files, not against malice.
#[derive(Debug, Clone, Copy)]
pub(super) struct Sum(u64);

impl Default for Sum {
    fn default() -> Self {
        Self(0x5DEE_CE66_D1CE_4E5B)
    }
}

impl Sum {
    pub(super) fn add(&mut self, word: u64) {
        self.0 = (self.0 ^ word).wrapping_mul(0x9E37_79B9_7F4A_7C15).rotate_left(29);
    }

    pub(super) fn bytes(&mut self, bytes: &[u8]) {
        let words = bytes.chunks_exact(8);
        let mut last = [0u8; 8];
        last[..words.remainder().len()].copy_from_slice(words.remainder());
        for word in words {
            self.add(u64::from_le_bytes(word.try_into().expect("chunks_exact gives eight bytes")));
        }
        self.add(u64::from_le_bytes(last));
        self.add(bytes.len() as u64);
    }

    pub(super) fn text(&mut self, text: &str) {
        self.bytes(text.as_bytes());
    }

    pub(super) fn value(self) -> u64 {
        self.0 ^ (self.0 >> 31)
    }
}

//! The other attributes of a whole log, beside its columns: for writing a log again with all that it held.

use std::ops::Range;

use super::{Header, Log, Names};
use crate::read::{Attribute, Attributes, Kind};

/// All other attributes of a log that was read with them.
///
/// Keys are kept once, values one after the other in one text: about 20 bytes an attribute and its value. Those of a
/// case are kept once for each case, from its first event.
#[derive(Debug, Clone, Default)]
pub struct AttributeTable {
    keys: Names,
    values: String,
    /// Key, where the value begins and ends, and what it is.
    items: Vec<(u32, usize, usize, Kind)>,
    /// Items of each event, in the order in which they came, and of each case.
    events: Vec<(usize, usize)>,
    cases: Vec<(usize, usize)>,
    header: Header,
}

impl AttributeTable {
    /// Takes the attributes of the next event, which is of this case, in the order in which cases first come; those of the
    /// case too when it is the case's first. Whether a later one says the same of its case: what it says otherwise stays
    /// with the event.
    pub fn push(&mut self, attributes: &Attributes<'_>, case: usize) -> bool {
        let start = self.items.len();
        let mut same = true;
        if case == self.cases.len() {
            let range = self.keep(attributes.of_case());
            self.cases.push(range);
        } else if attributes.of_case().next().is_some() {
            let (from, to) = self.cases.get(case).copied().unwrap_or_default();
            let known = |table: &Self, one: &Attribute<'_>| {
                table.items[from..to]
                    .iter()
                    .any(|&(key, from, to, _)| table.keys.get(key) == one.key && table.values[from..to] == *one.value)
            };
            for one in attributes.of_case() {
                if !known(self, &one) {
                    self.keep(std::iter::once(one));
                    same = false;
                }
            }
        }
        let start = if same { self.items.len() } else { start };
        let (_, end) = self.keep(attributes.own());
        self.events.push((start, end));
        same
    }

    fn keep<'a>(&mut self, attributes: impl Iterator<Item = Attribute<'a>>) -> (usize, usize) {
        let start = self.items.len();
        for Attribute { key, value, kind } in attributes {
            let from = self.values.len();
            self.values.push_str(value);
            self.items.push((self.keys.intern(key), from, self.values.len(), kind));
        }
        (start, self.items.len())
    }

    /// The attributes of an event of the log that came with this table, in the order of the file.
    pub fn of_event<'a>(&'a self, log: &Log, event: usize) -> impl Iterator<Item = Attribute<'a>> + use<'a> {
        self.iter(log.origin(event).and_then(|origin| self.events.get(origin)))
    }

    /// The attributes of a case; their keys begin with `case:`.
    pub fn of_case(&self, case: usize) -> impl Iterator<Item = Attribute<'_>> {
        self.iter(self.cases.get(case))
    }

    fn iter(&self, range: Option<&(usize, usize)>) -> impl Iterator<Item = Attribute<'_>> + use<'_> {
        let range = range.map_or(0..0, |&(start, end)| Range { start, end });
        self.items[range].iter().map(|&(key, from, to, kind)| Attribute {
            key: self.keys.get(key),
            value: &self.values[from..to],
            kind,
        })
    }

    /// What the log says of itself.
    pub fn header(&self) -> &Header {
        &self.header
    }

    pub(crate) fn set_header(&mut self, header: Header) {
        self.header = header;
    }

    /// All keys, in the order in which they first came; lists too, which have no value of their own.
    pub fn keys(&self) -> impl Iterator<Item = &str> {
        self.keys.iter()
    }

    /// How many cases came so far.
    pub(crate) fn cases(&self) -> usize {
        self.cases.len()
    }

    /// All keys and values.
    pub(crate) fn texts(&self) -> impl Iterator<Item = &str> {
        self.keys.iter().chain(self.items.iter().map(|&(_, from, to, _)| &self.values[from..to]))
    }

    /// Whether there is no attribute at all.
    pub fn is_empty(&self) -> bool {
        self.items.is_empty()
    }
}

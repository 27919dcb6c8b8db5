//! The summary with all variants, written one after the other: a log may have a million of them.

use serde::ser::SerializeStruct;
use serde::{Serialize, Serializer};

use super::{Stats, Variant, variants};
use crate::log::Log;

/// A summary that is serialised with all variants, in the fields of [`Stats`].
#[derive(Debug, Clone, Copy)]
pub struct Whole<'a> {
    stats: &'a Stats,
    log: &'a Log,
}

impl Stats {
    /// The summary of this whole log with all its variants, for serialising: they are named as they are written, and never
    /// held together. Most frequent first, ties in the order of names.
    pub fn whole<'a>(&'a self, log: &'a Log) -> Whole<'a> {
        Whole { stats: self, log }
    }
}

impl Serialize for Whole<'_> {
    fn serialize<S: Serializer>(&self, into: S) -> Result<S::Ok, S::Error> {
        let Self { stats, log } = *self;
        let variants = All { log, cases: stats.cases, list: variants::top(log, &log.routes().variants, usize::MAX) };
        let mut into = into.serialize_struct("Stats", 9)?;
        into.serialize_field("cases", &stats.cases)?;
        into.serialize_field("events", &stats.events)?;
        into.serialize_field("activities", &stats.activities)?;
        into.serialize_field("variants", &variants)?;
        into.serialize_field("start", &stats.start)?;
        into.serialize_field("end", &stats.end)?;
        into.serialize_field("directly_follows", &stats.directly_follows)?;
        into.serialize_field("first", &stats.first)?;
        into.serialize_field("last", &stats.last)?;
        into.end()
    }
}

struct All<'a> {
    log: &'a Log,
    cases: usize,
    list: Vec<Variant>,
}

impl Serialize for All<'_> {
    fn serialize<S: Serializer>(&self, into: S) -> Result<S::Ok, S::Error> {
        let mut into = into.serialize_struct("Variants", 2)?;
        into.serialize_field("count", &self.list.len())?;
        into.serialize_field("top", &List(self))?;
        into.end()
    }
}

struct List<'a>(&'a All<'a>);

#[derive(Serialize)]
struct Named<'a> {
    activities: Vec<&'a str>,
    cases: u64,
    share: f64,
}

impl Serialize for List<'_> {
    fn serialize<S: Serializer>(&self, into: S) -> Result<S::Ok, S::Error> {
        let All { log, cases, list } = self.0;
        let names = log.activity_names();
        into.collect_seq(list.iter().map(|variant| Named {
            activities: log.activities(variant.example).iter().map(|&code| names.get(code)).collect(),
            cases: variant.cases,
            share: variant.cases as f64 / (*cases).max(1) as f64,
        }))
    }
}

//! Which keys of a log mean what: those of the standard, or those that were asked for.

use super::Inside;
use crate::read::attributes::Attributes;
use crate::read::{Mapping, ReadError};

/// The standard's extensions: name, where it is defined, and the prefix of its keys.
const EXTENSIONS: [(&str, &str, &str); 4] = [
    ("Concept", "concept.xesext", "concept"),
    ("Time", "time.xesext", "time"),
    ("Organizational", "org.xesext", "org"),
    ("Lifecycle", "lifecycle.xesext", "lifecycle"),
];

/// The keys that mean something, and those that a log has.
pub(super) struct Keys {
    /// Of traces.
    pub(super) case: Key,
    /// The others of events. Another activity that is asked for is taken as a classifier is, with it as its only key.
    pub(super) activity: Key,
    pub(super) time: Key,
    pub(super) resource: Key,
    pub(super) lifecycle: Key,
    /// What the first event has, and the first trace.
    pub(super) of_event: Vec<String>,
    pub(super) of_trace: Vec<String>,
}

/// A key, and whether it was seen.
pub(super) struct Key {
    pub(super) name: String,
    /// The same with the prefix that the log gives to the standard's extension.
    also: Option<String>,
    asked: bool,
    seen: bool,
}

impl Key {
    fn new(asked: Option<String>, standard: &str) -> Self {
        let is_asked = asked.is_some();
        Self { name: asked.unwrap_or_else(|| standard.to_owned()), also: None, asked: is_asked, seen: false }
    }

    /// Whether this is the key.
    #[inline]
    pub(super) fn is(&self, key: &str) -> bool {
        self.name == key || self.also.as_deref() == Some(key)
    }

    /// The same of a key that a trace or event has.
    #[inline]
    pub(super) fn sees(&mut self, key: &str) -> bool {
        let is = self.is(key);
        self.seen |= is;
        is
    }
}

impl Keys {
    /// Takes from a mapping what it says.
    pub(super) fn new(mapping: &mut Mapping) -> Self {
        // As attributes of a case are called where they are written down.
        let case = mapping.case.take().map(|key| key.strip_prefix("case:").map(str::to_owned).unwrap_or(key));
        Self {
            case: Key::new(case, "concept:name"),
            activity: Key::new(None, "concept:name"),
            time: Key::new(mapping.time.take(), "time:timestamp"),
            resource: Key::new(mapping.resource.take(), "org:resource"),
            lifecycle: Key::new(mapping.lifecycle.take(), "lifecycle:transition"),
            of_event: Vec::new(),
            of_trace: Vec::new(),
        }
    }

    /// Takes an extension that the log declares: it may give another prefix to one of the standard's.
    pub(super) fn extension(&mut self, name: &str, uri: &str, prefix: &str) {
        let known = |&&(its, file, _): &&(&str, &str, &str)| its == name || uri.rsplit('/').next() == Some(file);
        let Some((_, _, standard)) = EXTENSIONS.iter().find(known).filter(|(_, _, standard)| *standard != prefix)
        else {
            return;
        };
        let all = [&mut self.case, &mut self.activity, &mut self.time, &mut self.resource, &mut self.lifecycle];
        for key in all.into_iter().filter(|key| !key.asked) {
            if let Some(rest) = key.name.strip_prefix(standard).filter(|rest| rest.starts_with(':')) {
                key.also = Some(format!("{prefix}{rest}"));
            }
        }
    }

    /// What was asked for and no trace or event has: what it should mean, the key, and the keys that there are.
    fn missing(&self) -> Option<(&'static str, &str, &[String])> {
        let of_events = [("time", &self.time), ("resource", &self.resource), ("lifecycle", &self.lifecycle)];
        let of_events = of_events.into_iter().map(|(role, key)| (role, key, self.of_event.as_slice()));
        std::iter::once(("case", &self.case, self.of_trace.as_slice()))
            .chain(of_events)
            .find(|(_, key, _)| key.asked && !key.seen)
            .map(|(role, key, known)| (role, key.name.as_str(), known))
    }
}

impl Inside<'_> {
    /// Learns the keys of the first event and of its trace, once.
    #[inline]
    pub(super) fn know(&mut self) {
        if self.keys.of_event.is_empty() {
            self.learn();
        }
    }

    #[cold]
    fn learn(&mut self) {
        let own = [
            (&self.keys.activity.name, self.own.activity.full),
            (&self.keys.time.name, self.own.time.is_some()),
            (&self.keys.resource.name, self.own.resource.full),
            (&self.keys.lifecycle.name, self.own.lifecycle.full),
        ];
        let own = own.into_iter().filter(|(_, full)| *full).map(|(key, _)| key.as_str());
        let other = Attributes::new(None, &self.attributes);
        self.keys.of_event = own.chain(other.own().map(|other| other.key)).map(str::to_owned).collect();
        let name = self.named.then(|| self.keys.case.name.clone());
        let case = Attributes::new(None, &self.case_attributes);
        let case = case.own().map(|other| other.key.trim_start_matches("case:").to_owned());
        self.keys.of_trace = name.into_iter().chain(case).collect();
    }

    /// The value that the present event has for a key.
    pub(super) fn value(&self, key: &str) -> Option<&str> {
        let own = [
            (&self.keys.activity, &self.own.activity),
            (&self.keys.resource, &self.own.resource),
            (&self.keys.lifecycle, &self.own.lifecycle),
        ];
        match own.into_iter().find(|(own, _)| own.is(key)) {
            Some((_, slot)) => slot.get(),
            None => Attributes::new(None, &self.attributes).get(key),
        }
    }

    /// Whether keys that were asked for are there; only a log with events can tell.
    pub(super) fn any_asked(&self) -> Result<(), ReadError> {
        match self.keys.missing().filter(|_| self.report.events > 0) {
            Some((role, name, keys)) => Err(ReadError::KeyMissing { role, name: name.to_owned(), keys: keys.to_vec() }),
            None => Ok(()),
        }
    }
}

//! What a log declares before its traces: classifiers, which name activities, and globals, which fill gaps.

use quick_xml::events::BytesStart;

use super::super::ActivityFrom;
use super::super::attributes::Kind;
use super::value_of;

/// Most keys of a classifier, and attributes of a global.
const MOST_KEYS: usize = 32;
const MOST_DEFAULTS: usize = 64;

/// An attribute of a global: key, value and kind.
type Preset = (String, String, Kind);

/// Classifiers and globals of a log.
#[derive(Debug, Default)]
pub(super) struct Declared {
    /// Keys of the first classifier of events, and of the one that was asked for.
    first: Vec<String>,
    asked: Option<Vec<String>>,
    /// The key of events that names their activities, where one was asked for.
    key: Vec<String>,
    /// Names of all classifiers of events.
    names: Vec<String>,
    /// Inside a global of this scope; the attributes of both.
    inside: Option<Scope>,
    in_global: bool,
    of_event: Vec<Preset>,
    of_trace: Vec<Preset>,
}

/// What a global is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Scope {
    Trace,
    Event,
}

impl Declared {
    /// What a log declares, read with the wish that this key names activities.
    pub(super) fn new(key: Option<String>) -> Self {
        Self { key: key.into_iter().collect(), ..Self::default() }
    }

    /// Takes a classifier; one for traces names no activity.
    pub(super) fn classifier(&mut self, element: &BytesStart<'_>, activity: &ActivityFrom) {
        if value_of(element, "scope") == "trace" {
            return;
        }
        let mut keys = classifier_keys(&value_of(element, "keys"));
        keys.truncate(MOST_KEYS);
        if matches!(activity, ActivityFrom::Classifier(name) if *name == value_of(element, "name")) {
            self.asked = Some(keys.clone());
        }
        if self.first.is_empty() {
            self.first = keys;
        }
        if self.names.len() < MOST_KEYS {
            self.names.push(value_of(element, "name"));
        }
    }

    /// Keys of the first classifier; none when there is none.
    pub(super) fn first(&self) -> &[String] {
        &self.first
    }

    /// The classifier that was asked for and is not there, and those that are.
    pub(super) fn lacks(&self, activity: &ActivityFrom) -> Option<(String, Vec<String>)> {
        match activity {
            ActivityFrom::Classifier(name) if self.asked.is_none() => Some((name.clone(), self.names.clone())),
            _ => None,
        }
    }

    /// Keys of the classifier that was asked for, or the key; `None` when none was, or it is not there.
    pub(super) fn wanted(&self, activity: &ActivityFrom) -> Option<&[String]> {
        match activity {
            ActivityFrom::Name => Some(self.key.as_slice()).filter(|keys| !keys.is_empty()),
            ActivityFrom::FirstClassifier => Some(self.first()).filter(|keys| !keys.is_empty()),
            ActivityFrom::Classifier(_) => self.asked.as_deref(),
        }
    }

    /// Goes inside a global.
    pub(super) fn enter_global(&mut self, element: &BytesStart<'_>) {
        self.in_global = true;
        self.inside = match value_of(element, "scope").as_str() {
            "event" => Some(Scope::Event),
            "trace" => Some(Scope::Trace),
            _ => None,
        };
    }

    /// Whether this is inside of a global.
    pub(super) fn is_inside(&self) -> bool {
        self.in_global
    }

    /// Leaves whatever the log holds beside its traces.
    pub(super) fn leave_global(&mut self) {
        (self.inside, self.in_global) = (None, false);
    }

    /// An attribute directly inside a global.
    pub(super) fn global_attribute(&mut self, name: &str, element: &BytesStart<'_>) {
        let list = match self.inside {
            Some(Scope::Event) => &mut self.of_event,
            Some(Scope::Trace) => &mut self.of_trace,
            None => return,
        };
        if let Some(kind) = kind_of(name).filter(|_| list.len() < MOST_DEFAULTS) {
            list.push((value_of(element, "key"), value_of(element, "value"), kind));
        }
    }

    /// What every event has, and which value where it does not.
    pub(super) fn of_event(&self) -> &[Preset] {
        &self.of_event
    }

    /// The same of traces.
    pub(super) fn of_trace(&self) -> &[Preset] {
        &self.of_trace
    }
}

/// What the element of an attribute says of its value.
pub(super) fn kind_of(element: &str) -> Option<Kind> {
    Some(match element {
        "string" => Kind::Text,
        "date" => Kind::Date,
        "int" => Kind::Int,
        "float" => Kind::Float,
        "boolean" => Kind::Boolean,
        "id" => Kind::Id,
        "list" | "container" => Kind::List,
        _ => return None,
    })
}

/// Keys separated by spaces; a key with spaces stands in single quotes.
fn classifier_keys(text: &str) -> Vec<String> {
    let mut keys = Vec::new();
    for (number, part) in text.split('\'').enumerate() {
        if number % 2 == 1 {
            keys.push(part.to_owned());
        } else {
            keys.extend(part.split_whitespace().map(str::to_owned));
        }
    }
    keys
}

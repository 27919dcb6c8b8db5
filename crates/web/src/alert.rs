//! What whoever works here should know wherever they are: one quiet line at the top of agents' and administrators' pages.
//!
//! A capability that watches something says what is wrong at the moment; the pages show it in each reader's language.

use std::collections::BTreeMap;
use std::sync::{Arc, PoisonError, RwLock};

use base::clock::Moment;
use base::text::{Value, Words};
use jiff::tz::TimeZone;

/// Something that is wrong now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Alert {
    /// The key of the sentence, which may use `$what`, `$since` and `$why`.
    pub key: String,
    /// What it is about: an address, a server.
    pub what: String,
    /// Since when.
    pub since: Moment,
    /// The key of the reason.
    pub why: String,
    /// Where an administrator goes.
    pub href: &'static str,
}

impl Alert {
    /// The sentence in the reader's language.
    pub fn said(&self, words: &Words, now: Moment, zone: &TimeZone) -> String {
        let (since, why) = (words.when(self.since.0, now.0, zone), words.t(&self.why));
        words.tn(
            &self.key,
            &[("what", Value::from(self.what.as_str())), ("since", Value::from(since)), ("why", Value::from(why))],
        )
    }
}

/// All alerts, by who watches. Cloning gives another handle to the same ones.
#[derive(Debug, Clone, Default)]
pub struct Alerts(Arc<RwLock<BTreeMap<&'static str, Vec<Alert>>>>);

impl Alerts {
    /// This is all that is wrong with what this watcher watches.
    pub fn set(&self, watcher: &'static str, alerts: Vec<Alert>) {
        self.0.write().unwrap_or_else(PoisonError::into_inner).insert(watcher, alerts);
    }

    /// All that is wrong.
    pub fn all(&self) -> Vec<Alert> {
        self.0.read().unwrap_or_else(PoisonError::into_inner).values().flatten().cloned().collect()
    }
}

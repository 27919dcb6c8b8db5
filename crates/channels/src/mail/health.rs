//! How each mailbox and the sender fare, for the operator. In memory: it is about now.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};

use base::clock::Moment;

use super::model::Outcome;

/// How something fares.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Fares {
    /// It is being tried for the first time.
    Starting,
    /// It works.
    Well,
    /// It does not work, and is tried again.
    Failing {
        /// What went wrong, in words that say what to do where we know.
        why: String,
        /// How often in a row.
        times: u32,
    },
}

/// How one mailbox or server fares.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Report {
    /// Which: `inbox user@host/folder` or `sending host:port`.
    pub name: String,
    /// How.
    pub fares: Fares,
    /// Since when.
    pub since: Moment,
    /// When it last did its work.
    pub last_ok: Option<Moment>,
    /// Mails or letters since the start.
    pub done: u64,
    /// Failures since the start.
    pub failed: u64,
}

/// All reports. Cloning gives another handle to the same ones.
#[derive(Debug, Clone, Default)]
pub(super) struct Health(Arc<Mutex<Inner>>);

#[derive(Debug, Default)]
struct Inner {
    reports: BTreeMap<String, Report>,
    /// Mails since the start, by what was decided; one that had come before is none of these.
    decided: BTreeMap<&'static str, u64>,
}

impl Health {
    fn change(&self, name: &str, now: Moment, change: impl FnOnce(&mut Report)) {
        let mut inner = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let report = inner.reports.entry(name.to_owned()).or_insert_with(|| Report {
            name: name.to_owned(),
            fares: Fares::Starting,
            since: now,
            last_ok: None,
            done: 0,
            failed: 0,
        });
        change(report);
    }

    pub(super) fn starts(&self, name: &str, now: Moment) {
        self.change(name, now, |_| {});
    }

    pub(super) fn well(&self, name: &str, now: Moment) {
        self.change(name, now, |report| {
            if report.fares != Fares::Well {
                (report.fares, report.since) = (Fares::Well, now);
            }
            report.last_ok = Some(now);
        });
    }

    pub(super) fn did(&self, name: &str, now: Moment) {
        self.well(name, now);
        self.change(name, now, |report| report.done += 1);
    }

    pub(super) fn failing(&self, name: &str, now: Moment, why: String) {
        self.change(name, now, |report| {
            let times = if let Fares::Failing { times, .. } = report.fares { times + 1 } else { 1 };
            if times == 1 {
                report.since = now;
            }
            report.fares = Fares::Failing { why, times };
            report.failed += 1;
        });
    }

    pub(super) fn reports(&self) -> Vec<Report> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).reports.values().cloned().collect()
    }

    /// A mail came and was decided about.
    pub(super) fn received(&self, outcome: Outcome) {
        let word = if outcome.repeated { "repeated" } else { outcome.decision.as_str() };
        let mut inner = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        *inner.decided.entry(word).or_default() += 1;
    }

    /// Mails since the start, by what was decided.
    pub(super) fn decided(&self) -> BTreeMap<&'static str, u64> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).decided.clone()
    }
}

//! What a log holds, in figures: activities, variants, starts and ends, directly-follows with counts and exact waits.

mod follows;
mod variants;

use serde::Serialize;

pub use follows::{Follow, follows, people};
pub use variants::{Variant, grouped, variants};

use crate::log::{Log, NO_CODE};
use crate::time::iso;

/// How many variants [`Stats::of`] lists.
pub const TOP: usize = 20;

/// The summary of a log, as `thedesk log stats FILE --json` prints it.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Stats {
    /// Number of cases.
    pub cases: usize,
    /// Number of events.
    pub events: usize,
    /// Most frequent first.
    pub activities: Vec<Activity>,
    /// The different sequences of activities.
    pub variants: Variants,
    /// What cases begin with, most frequent first.
    pub start: Vec<Edge>,
    /// What cases end with (so far), most frequent first.
    pub end: Vec<Edge>,
    /// Which activity directly follows which in a case, most frequent first.
    pub directly_follows: Vec<DirectlyFollows>,
    /// First known time, ISO 8601 UTC.
    pub first: Option<String>,
    /// Last known time, ISO 8601 UTC.
    pub last: Option<String>,
}

/// An activity.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Activity {
    /// Its name.
    pub name: String,
    /// Events.
    pub count: u64,
    /// Cases with at least one.
    pub cases: u64,
}

/// The different sequences of activities.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Variants {
    /// How many there are.
    pub count: usize,
    /// The most frequent, most frequent first.
    pub top: Vec<NamedVariant>,
}

/// One sequence of activities.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct NamedVariant {
    /// The activities, in order.
    pub activities: Vec<String>,
    /// Cases that went exactly so.
    pub cases: u64,
    /// Those as a share of all cases, 0 to 1.
    pub share: f64,
}

/// An activity at which cases begin or end.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Edge {
    /// Its name.
    pub name: String,
    /// Cases.
    pub count: u64,
    /// Those as a share of all cases, 0 to 1.
    pub share: f64,
}

/// One activity directly after another in the same case.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct DirectlyFollows {
    /// The activity before.
    pub from: String,
    /// The activity after.
    pub to: String,
    /// How often.
    pub count: u64,
    /// In how many different cases.
    pub cases: u64,
    /// Exact median of the time between them; `None` when no such pair has both times.
    pub median_seconds: Option<f64>,
    /// Mean of the time between them.
    pub mean_seconds: Option<f64>,
}

impl Stats {
    /// The summary with the [`TOP`] most frequent variants.
    pub fn of(log: &Log) -> Self {
        Self::with_top(log, TOP)
    }

    /// The summary with the `top` most frequent variants. Ties come in the order of names, so that equal logs give equal
    /// summaries whatever the order of their events.
    pub fn with_top(log: &Log, top: usize) -> Self {
        let names = log.activity_names();
        let name = |code: u32| names.get(code).to_owned();
        let share = |count: u64| count as f64 / log.cases().max(1) as f64;

        let mut counts = vec![Seen::default(); names.len()];
        for case in log.iter() {
            let mark = case.index as u32;
            for &code in case.activities {
                let seen = &mut counts[code as usize];
                seen.events += 1;
                if seen.last != mark {
                    seen.last = mark;
                    seen.cases += 1;
                }
            }
            if let (Some(&first), Some(&last)) = (case.activities.first(), case.activities.last()) {
                counts[first as usize].starts += 1;
                counts[last as usize].ends += 1;
            }
        }
        let mut activities: Vec<Activity> = counts
            .iter()
            .zip(names.iter())
            .map(|(seen, name)| Activity { name: name.to_owned(), count: seen.events, cases: seen.cases })
            .collect();
        activities.sort_by(|a, b| b.count.cmp(&a.count).then_with(|| a.name.cmp(&b.name)));
        let edges = |of: fn(&Seen) -> u64| {
            let found = counts.iter().zip(names.iter()).filter(|(seen, _)| of(seen) > 0);
            let mut edges: Vec<Edge> = found
                .map(|(seen, name)| Edge { name: name.to_owned(), count: of(seen), share: share(of(seen)) })
                .collect();
            edges.sort_by(|a, b| b.count.cmp(&a.count).then_with(|| a.name.cmp(&b.name)));
            edges
        };

        let all = variants(log);
        let top = variants::top(log, &all, top)
            .into_iter()
            .map(|variant| NamedVariant {
                activities: log.case(variant.example).activities.iter().map(|&code| name(code)).collect(),
                cases: variant.cases,
                share: share(variant.cases),
            })
            .collect();

        let mut directly_follows: Vec<DirectlyFollows> = follows(log)
            .into_iter()
            .map(|follow| DirectlyFollows {
                from: name(follow.from),
                to: name(follow.to),
                count: follow.count,
                cases: follow.cases,
                median_seconds: follow.median_seconds,
                mean_seconds: follow.mean_seconds,
            })
            .collect();
        directly_follows.sort_by(|a, b| b.count.cmp(&a.count).then_with(|| (&a.from, &a.to).cmp(&(&b.from, &b.to))));

        let span = log.span();
        Self {
            cases: log.cases(),
            events: log.events(),
            activities,
            variants: Variants { count: all.len(), top },
            start: edges(|seen| seen.starts),
            end: edges(|seen| seen.ends),
            directly_follows,
            first: span.map(|(first, _)| iso(first)),
            last: span.map(|(_, last)| iso(last)),
        }
    }
}

#[derive(Clone, Copy)]
struct Seen {
    events: u64,
    cases: u64,
    starts: u64,
    ends: u64,
    /// The case it was last seen in.
    last: u32,
}

impl Default for Seen {
    fn default() -> Self {
        Self { events: 0, cases: 0, starts: 0, ends: 0, last: NO_CODE }
    }
}

//! What a log holds, in figures: activities, variants, starts and ends, directly-follows with counts and exact waits.

mod counts;
mod follows;
mod routes;
mod shares;
#[cfg(test)]
mod tests;
mod variants;
mod waits;
mod whole;

use serde::Serialize;

pub use follows::{Follow, follows, people};
pub(crate) use routes::Routes;
pub use variants::{Variant, grouped, variants};
pub use whole::Whole;

use counts::{Counts, Seen, Way, counts};

use crate::log::Log;
use crate::time::iso;

/// How many variants [`Stats::of`] lists.
pub const TOP: usize = 20;

/// The summary of a log, as `thedesk log stats FILE --json` prints it (with all variants: [`Stats::whole`]).
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
    /// Which activity directly follows which in a case, most frequent first. That goes by time, the variants by the order of
    /// the log, which may be another in XES.
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
    /// Exact median of the time between them; `None` when no such pair has both times. Where the second is before the
    /// first, as it may be in a case in which a time is missing, there is no time between them; so in the mean.
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
        Self::of_part(log, top, |_| true)
    }

    /// The summary of the cases that `keep` names by their number, as if the log had no others: of a period, a segment, or
    /// what a slider leaves. Variants are grouped once for a log, when the first summary is asked for.
    ///
    /// ```
    /// let csv = "case,activity,timestamp\n1,ask,2026-03-02 09:00\n1,solve,2026-03-02 11:00\n2,ask,2026-04-01 09:00\n";
    /// let (log, _) = mining::read_log(csv.as_bytes(), mining::read::Options::default())?;
    /// let march = mining::Stats::of_part(&log, 20, |case| log.case(case).times[0] < 1_775_000_000_000);
    /// assert_eq!((march.cases, march.directly_follows[0].count), (1, 1));
    /// # Ok::<(), mining::read::ReadError>(())
    /// ```
    pub fn of_part(log: &Log, top: usize, keep: impl Fn(usize) -> bool + Sync) -> Self {
        let of = |log: &Log| {
            let routes = log.routes();
            counts(log, routes, Way::of(log, routes), &keep)
        };
        let mut all = of(log);
        let sorted = log.in_order_of_time();
        if !std::ptr::eq(sorted, log) {
            all.follows = of(sorted).follows;
        }
        Self::told(log, top, all)
    }

    /// What was counted, by name.
    fn told(log: &Log, top: usize, counts: Counts) -> Self {
        let names = log.activity_names();
        let name = |code: u32| names.get(code).to_owned();
        let share = |count: u64| count as f64 / counts.cases.max(1) as f64;

        let seen = || counts.activities.iter().zip(names.iter()).filter(|(seen, _)| seen.events > 0);
        let mut activities: Vec<Activity> = seen()
            .map(|(seen, name)| Activity { name: name.to_owned(), count: seen.events, cases: seen.cases })
            .collect();
        activities.sort_by(|a, b| b.count.cmp(&a.count).then_with(|| a.name.cmp(&b.name)));
        let edges = |of: fn(&Seen) -> u64| {
            let mut edges: Vec<Edge> = seen()
                .filter(|(seen, _)| of(seen) > 0)
                .map(|(seen, name)| Edge { name: name.to_owned(), count: of(seen), share: share(of(seen)) })
                .collect();
            edges.sort_by(|a, b| b.count.cmp(&a.count).then_with(|| a.name.cmp(&b.name)));
            edges
        };

        let top = variants::top(log, &counts.variants, top)
            .into_iter()
            .map(|variant| NamedVariant {
                activities: log.case(variant.example).activities.iter().map(|&code| name(code)).collect(),
                cases: variant.cases,
                share: share(variant.cases),
            })
            .collect();

        let mut directly_follows: Vec<DirectlyFollows> = counts
            .follows
            .iter()
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

        Self {
            cases: counts.cases,
            events: counts.events,
            activities,
            variants: Variants { count: counts.variants.len(), top },
            start: edges(|seen| seen.starts),
            end: edges(|seen| seen.ends),
            directly_follows,
            first: counts.span.map(|(first, _)| iso(first)),
            last: counts.span.map(|(_, last)| iso(last)),
        }
    }
}

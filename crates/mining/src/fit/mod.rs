//! How well cases fit a model: optimal alignments, and what deviates, by name.
//!
//! An alignment puts a case beside the model, move by move: both agree (cost 0), only the log moves (something *extra*
//! happened, cost 1), or only the model moves (something is *missing*, cost 1; nothing for a silent step). An optimal
//! one has the least cost. Fitness is `1 - cost / (events of the case + steps of the shortest way through the model)`.
//! Source: W. van der Aalst, A. Adriansyah, B. van Dongen, "Replaying history on process models for conformance
//! checking and performance analysis", WIREs Data Mining and Knowledge Discovery 2 (2012).
//!
//! ```
//! use mining::fit::{Limits, Model, Net, fit};
//! let csv = "case,activity,timestamp\n\
//!     1,ask,2026-03-02 09:00\n1,wait,2026-03-02 09:30\n1,solve,2026-03-02 11:00\n2,ask,2026-03-03 09:00\n";
//! let (log, _) = mining::read_log(csv.as_bytes(), mining::read::Options::default())?;
//! let model = Model::path(["ask", "solve"])?;
//! let net = Net::from(&model);
//! let found = fit(&log, &net, &Limits::default())?;
//! let summary = found.summary(&log);
//! assert_eq!(summary.exact.cases, 0);
//! let named: Vec<_> = summary.deviations.iter().map(|d| d.to_string()).collect();
//! assert_eq!(named, ["extra wait", "missing solve"]);
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

mod align;
mod json;
mod model;
mod net;
mod pnml;
mod replay;
mod summary;
mod text;

use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

pub use align::{Move, NotComputed};
pub use model::{Block, MOST_STEPS, Model};
pub use net::Net;
pub use replay::{Replay, replay};
pub use summary::{CaseFit, Deviation, Exact, Kind, Left, Named, Summary};

use crate::log::Log;
use crate::stats::grouped;
use align::Aligner;

/// Why a model cannot be used, and where.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ModelError {
    /// Line and column, from 1; `None` when it is about the whole.
    pub place: Option<(usize, usize)>,
    /// What is wrong, and what to do.
    pub reason: String,
}

impl ModelError {
    fn whole(reason: String) -> Self {
        Self { place: None, reason }
    }
}

impl std::fmt::Display for ModelError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self.place {
            Some((line, column)) => {
                write!(f, "the model cannot be read at line {line}, column {column}: {}", self.reason)
            }
            None => write!(f, "the model cannot be used: {}", self.reason),
        }
    }
}

impl std::error::Error for ModelError {}

/// How long and how far to search.
#[derive(Debug, Clone, Copy)]
pub struct Limits {
    /// States per variant; a state takes some 60 bytes and as many as the net has places, and a search 128 MB at most.
    pub states: usize,
    /// For the whole log; variants whose turn comes later are not computed.
    pub time: Option<Duration>,
    /// Threads; 0 is one for each core.
    pub threads: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self { states: 200_000, time: None, threads: 0 }
    }
}

/// An optimal alignment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Alignment {
    /// Moves of the log alone, and visible moves of the model alone.
    pub cost: u32,
    /// The moves. Of equally good alignments it is always the same one.
    pub moves: Vec<Move>,
}

/// A variant beside the model.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct VariantFit {
    /// A case that went so.
    pub example: usize,
    /// Cases that went exactly so.
    pub cases: u64,
    /// Its alignment, or why there is none.
    pub outcome: Result<Alignment, NotComputed>,
}

/// A log beside a model.
#[derive(Debug, Clone)]
pub struct Fit<'a> {
    net: &'a Net,
    /// Cost of the shortest way through the model.
    pub shortest: u32,
    /// The variants, in the order in which they first appear.
    pub variants: Vec<VariantFit>,
    /// Each case's variant.
    pub of_case: Vec<u32>,
}

/// Aligns each variant of a log once, on several threads.
///
/// # Errors
/// When the model has no way from its beginning to its end, or finding the shortest takes more states than the limit.
pub fn fit<'a>(log: &Log, net: &'a Net, limits: &Limits) -> Result<Fit<'a>, ModelError> {
    fit_with(log, net, limits, |_, _| {})
}

/// The same, and tells `progress` how many variants are done, of how many.
///
/// # Errors
/// As [`fit`].
pub fn fit_with<'a>(
    log: &Log,
    net: &'a Net,
    limits: &Limits,
    progress: impl Fn(usize, usize) + Sync,
) -> Result<Fit<'a>, ModelError> {
    let aligner = Aligner::new(net, limits.states);
    let shortest = aligner.shortest().map_err(|why| {
        ModelError::whole(match why {
            NotComputed::NoWayThrough => "no way leads from its beginning to its end: check its arcs".into(),
            _ => "its shortest way was not found within the limit of states (--limit): a model with many steps at the same time \
                  has too many. Raise the limit, or make it smaller".into(),
        })
    })?;
    let (variants, of_case) = grouped(log);
    let deadline = limits.time.map(|time| Instant::now() + time);
    let names = log.activity_names();
    let align = |example: usize| {
        if deadline.is_some_and(|deadline| Instant::now() >= deadline) {
            return Err(NotComputed::OutOfTime);
        }
        let trace: Vec<&str> = log.case(example).activities.iter().map(|&code| names.get(code)).collect();
        aligner.align(&trace).map(|(cost, moves)| Alignment { cost, moves })
    };
    let cores = std::thread::available_parallelism().map_or(1, std::num::NonZero::get);
    // Starting a thread costs as much as some dozen alignments.
    let threads = if limits.threads == 0 { cores } else { limits.threads }.min(variants.len() / 64 + 1);
    let (next, done) = (AtomicUsize::new(0), AtomicUsize::new(0));
    let outcomes = Mutex::new(vec![None; variants.len()]);
    let work = || {
        loop {
            let at = next.fetch_add(1, Ordering::Relaxed);
            let Some(variant) = variants.get(at) else { break };
            let outcome = align(variant.example);
            if let Ok(mut outcomes) = outcomes.lock() {
                outcomes[at] = Some(outcome);
            }
            progress(done.fetch_add(1, Ordering::Relaxed) + 1, variants.len());
        }
    };
    std::thread::scope(|scope| {
        for _ in 1..threads {
            scope.spawn(work);
        }
        work();
    });
    let outcomes = outcomes.into_inner().unwrap_or_else(std::sync::PoisonError::into_inner);
    let variants = variants
        .iter()
        .zip(outcomes)
        .map(|(variant, outcome)| VariantFit {
            example: variant.example,
            cases: variant.cases,
            outcome: outcome.unwrap_or(Err(NotComputed::OutOfTime)),
        })
        .collect();
    Ok(Fit { net, shortest, variants, of_case })
}

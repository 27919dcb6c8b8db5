//! Estimators against a known truth: each is tried in many worlds of `simulate`, and what is claimed of it is held
//! against what it does.
//!
//! A world is a company (or a line in front of agents) of its own seed. An estimator sees what a desk could see of it;
//! the truth is what nobody there knows. [`judge`] gives the rows, [`report()`] the file `benches/ESTIMATORS.md`.

mod around;
mod avoided;
mod change;
mod drivers;
mod moments;
mod promise;
mod report;
mod satisfied;

use std::sync::Mutex;
use std::sync::atomic::{AtomicU64, Ordering};

use statistics::interval::{Estimate, Interval};

pub(crate) use report::report;

/// 2026-11-20 15:00 UTC, a Friday afternoon: "now" of every company.
const END: i64 = 1_795_186_800_000;
/// Level of all intervals.
const LEVEL: f64 = 0.95;

/// What is claimed of an estimator in a world, and must be seen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Claim {
    /// It is right on average, and its interval holds the truth 93 to 97 times of 100.
    Right,
    /// It is off by two points at most.
    Near,
    /// It is too low.
    TooLow,
    /// It is too high.
    TooHigh,
    /// Its interval always holds the truth.
    Bounds,
    /// There is nothing to be seen, and it says so at least 95 times of 100.
    Silent,
    /// Shown for what it is worth, without a claim.
    Shown,
}

/// What an estimator said in one world.
#[derive(Debug, Clone)]
struct Trial {
    truth: f64,
    /// Nothing when it refused.
    found: Option<Found>,
}

#[derive(Debug, Clone, Copy)]
struct Found {
    value: f64,
    interval: Option<(f64, f64)>,
}

impl Trial {
    fn of(truth: f64, found: statistics::Result<Estimate>) -> Self {
        let found = found
            .ok()
            .map(|found| Found { value: found.value, interval: Some((found.interval.low, found.interval.high)) });
        Self { truth, found }
    }

    fn value(truth: f64, value: Option<f64>) -> Self {
        Self { truth, found: value.map(|value| Found { value, interval: None }) }
    }

    fn share(truth: f64, value: f64, interval: statistics::Result<Interval>) -> Self {
        Self::of(truth, interval.map(|interval| Estimate { value, interval }))
    }
}

/// One estimator in one kind of world.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Case {
    /// What is estimated.
    of: &'static str,
    /// In which worlds.
    world: &'static str,
    /// By what.
    by: &'static str,
    claim: Claim,
    /// The value that means "nothing there", where a test is made of the interval.
    nothing: Option<f64>,
}

/// How it did.
#[derive(Debug, Clone)]
pub(crate) struct Judged {
    case: Case,
    worlds: usize,
    refused: usize,
    truth: f64,
    bias: f64,
    /// The standard error of the bias.
    error: f64,
    /// Of how many intervals how many hold the truth.
    covered: Option<(usize, usize)>,
    width: Option<f64>,
    /// The share of all worlds whose interval leaves out "nothing there".
    told: Option<f64>,
}

impl Judged {
    /// Whether it does what is claimed of it, up to the luck of so many worlds.
    pub(crate) fn as_claimed(&self) -> bool {
        let answered = self.worlds - self.refused;
        let many = answered as f64;
        // Three standard errors; and what nobody would notice.
        let right = self.bias.abs() <= (3.0 * self.error).max(0.005 * self.truth.abs());
        let covers = |low: f64, high: f64| {
            let Some((held, of)) = self.covered else { return true };
            let luck = |share: f64| 3.0 * (share * (1.0 - share) / of as f64).sqrt();
            let share = held as f64 / of as f64;
            share >= low - luck(low) && share <= high + luck(high)
        };
        answered > 0
            && match self.case.claim {
                Claim::Right => right && covers(0.93, 0.97),
                Claim::Near => self.bias.abs() <= 0.02 + 3.0 * self.error,
                Claim::TooLow => self.bias < -3.0 * self.error,
                Claim::TooHigh => self.bias > 3.0 * self.error,
                Claim::Bounds => self.covered.is_some_and(|(held, of)| held == of),
                Claim::Silent => {
                    let luck = 3.0 * (0.05 * 0.95 / many).sqrt();
                    self.told.is_some_and(|told| told <= 0.05 + luck)
                }
                Claim::Shown => true,
            }
    }

    /// In a sentence, for who wants to know why a test failed.
    #[cfg(test)]
    fn told(&self) -> String {
        format!("{self:?}")
    }
}

/// All estimators, each in so many worlds.
pub(crate) fn judge(worlds: u64) -> Vec<Judged> {
    let mut all = around::judge(worlds);
    all.extend(satisfied::judge(worlds));
    all.extend(avoided::judge(worlds.div_ceil(2)));
    all.extend(change::judge(worlds.div_ceil(2)));
    all.extend(drivers::judge(worlds.div_ceil(8)));
    all.extend(moments::judge(worlds.div_ceil(4)));
    all.extend(promise::judge(worlds));
    all
}

/// Tries `cases` in worlds of the seeds from 1 on, on all cores; `world` gives one trial for each case.
fn over<const CASES: usize>(
    worlds: u64,
    cases: [Case; CASES],
    world: impl Fn(u64) -> [Trial; CASES] + Sync,
) -> Vec<Judged> {
    let next = AtomicU64::new(1);
    let all: Mutex<Vec<[Trial; CASES]>> = Mutex::new(Vec::new());
    let cores = std::thread::available_parallelism().map_or(1, std::num::NonZero::get);
    std::thread::scope(|scope| {
        for _ in 0..cores {
            scope.spawn(|| {
                loop {
                    let seed = next.fetch_add(1, Ordering::Relaxed);
                    if seed > worlds {
                        break;
                    }
                    let trials = world(seed);
                    if let Ok(mut all) = all.lock() {
                        all.push(trials);
                    }
                }
            });
        }
    });
    let all = all.into_inner().unwrap_or_default();
    cases.into_iter().enumerate().map(|(at, case)| judged(case, all.iter().map(|trials| &trials[at]))).collect()
}

fn judged<'a>(case: Case, trials: impl Iterator<Item = &'a Trial>) -> Judged {
    let trials: Vec<&Trial> = trials.collect();
    let answered: Vec<(f64, Found)> = trials.iter().filter_map(|trial| Some((trial.truth, trial.found?))).collect();
    let many = answered.len() as f64;
    let mean = |of: &dyn Fn(&(f64, Found)) -> f64| answered.iter().map(of).sum::<f64>() / many;
    let bias = mean(&|(truth, found)| found.value - truth);
    let variance = mean(&|(truth, found)| (found.value - truth - bias).powi(2));
    let intervals: Vec<(f64, (f64, f64))> =
        answered.iter().filter_map(|(truth, found)| Some((*truth, found.interval?))).collect();
    let held = intervals.iter().filter(|(truth, (low, high))| (*low..=*high).contains(truth)).count();
    let covered = (!intervals.is_empty()).then_some((held, intervals.len()));
    let told = case.nothing.map(|nothing| {
        let clear = intervals.iter().filter(|(_, (low, high))| !(*low..=*high).contains(&nothing)).count();
        clear as f64 / trials.len() as f64
    });
    // In the middle: a single interval may have no end.
    let mut widths: Vec<f64> = intervals.iter().map(|(_, (low, high))| high - low).collect();
    widths.sort_by(f64::total_cmp);
    Judged {
        case,
        worlds: trials.len(),
        refused: trials.len() - answered.len(),
        truth: mean(&|(truth, _)| *truth),
        bias,
        error: (variance / many).sqrt(),
        covered,
        width: widths.get(widths.len() / 2).copied(),
        told,
    }
}

#[cfg(test)]
mod tests;

//! Temporal profile: how long it usually takes from one activity to a later one, and which cases are far from usual.
//!
//! For each pair of activities where the second comes after the first in a case, directly or not, mean and standard
//! deviation of the time between, over all such pairs of events. What comes after goes by time, also in a log whose traces
//! are in another order, as those of XES may be. Source: F. Stertz, J. Mangler, S. Rinderle-Ma,
//! "Temporal conformance checking at runtime based on time-infused process models", 2020 (arXiv 2008.07262).
//!
//! ```
//! use mining::profile::profile;
//! let rows = ["1,ask,2026-03-02 09:00\n1,solve,2026-03-02 10:00\n", "2,ask,2026-03-02 09:00\n2,solve,2026-03-02 12:00\n"];
//! let csv = format!("case,activity,timestamp\n{}", rows.concat());
//! let (log, _) = mining::read_log(csv.as_bytes(), mining::read::Options::default())?;
//! let profile = profile(&log).expect("there are few activities");
//! assert_eq!((profile.pairs[0].count, profile.pairs[0].mean_seconds), (2, 7200.0));
//! # Ok::<(), mining::read::ReadError>(())
//! ```

use hashbrown::HashMap;
use serde::Serialize;

use crate::log::{Log, NO_TIME};

/// With more activities than this there is no profile: pairs grow with their square.
pub const MOST_ACTIVITIES: usize = 1000;

/// How long it takes from one activity to a later one.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Pair {
    /// The activity before.
    pub from: String,
    /// The activity after, directly or not.
    pub to: String,
    /// Pairs of events.
    pub count: u64,
    /// Mean of the seconds between.
    pub mean_seconds: f64,
    /// Standard deviation of the seconds between, of the sample (n - 1); `None` of a single pair.
    pub sd_seconds: Option<f64>,
}

/// All pairs of a log.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Profile {
    /// Most frequent first, ties in the order of names.
    pub pairs: Vec<Pair>,
}

/// A case in which a pair took unusually long, or unusually little.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Flag<'a> {
    /// The case's name.
    pub case: &'a str,
    /// The activity before.
    pub from: &'a str,
    /// The activity after.
    pub to: &'a str,
    /// The seconds between the two events of this case that are furthest from usual.
    pub seconds: f64,
    /// How many standard deviations from the mean.
    pub deviations: f64,
}

/// Count, mean and sum of squared distances from it, in seconds.
#[derive(Debug, Clone, Copy, Default)]
struct Moments {
    count: f64,
    mean: f64,
    squares: f64,
}

impl Moments {
    /// Both together. Source: T. Chan, G. Golub, R. LeVeque, "Updating formulae and a pairwise algorithm for computing
    /// sample variances", 1979.
    fn and(self, other: Self) -> Self {
        let count = self.count + other.count;
        if count == 0.0 {
            return self;
        }
        let apart = other.mean - self.mean;
        Self {
            count,
            mean: self.mean + apart * other.count / count,
            squares: self.squares + other.squares + apart * apart * self.count * other.count / count,
        }
    }

    fn sd(self) -> Option<f64> {
        (self.count > 1.0).then(|| (self.squares / (self.count - 1.0)).max(0.0).sqrt())
    }
}

/// What was seen of one activity in a case so far: its times since the case began, and the first and last of them.
#[derive(Debug, Clone, Copy)]
struct Seen {
    code: u32,
    times: Moments,
    first: f64,
    last: f64,
}

/// Calls `tell` for each event and each activity before it in its case. Linear in events times activities of a case.
fn walk<'a>(log: &'a Log, mut tell: impl FnMut(&'a str, &Seen, u32, f64)) {
    let mut before: Vec<Seen> = Vec::new();
    let mut place: HashMap<u32, usize> = HashMap::new();
    for case in log.iter() {
        before.clear();
        place.clear();
        let Some(start) = case.times.iter().copied().filter(|&time| time != NO_TIME).min() else { continue };
        for row in log.by_time(case.index) {
            let (code, time) = (log.activity_column()[row], log.time_column()[row]);
            if time == NO_TIME {
                continue;
            }
            let at = time.saturating_sub(start) as f64 / 1000.0;
            for seen in &before {
                tell(case.name, seen, code, at);
            }
            let own = Moments { count: 1.0, mean: at, squares: 0.0 };
            let slot = *place.entry(code).or_insert_with(|| {
                before.push(Seen { code, times: Moments::default(), first: at, last: at });
                before.len() - 1
            });
            let seen = &mut before[slot];
            seen.times = seen.times.and(own);
            (seen.first, seen.last) = (seen.first.min(at), seen.last.max(at));
        }
    }
}

/// The profile of a log; `None` with more than [`MOST_ACTIVITIES`] activities.
pub fn profile(log: &Log) -> Option<Profile> {
    let names = log.activity_names();
    let pairs = moments(log)?;
    let mut pairs: Vec<Pair> = pairs
        .into_iter()
        .map(|((from, to), moments)| Pair {
            from: names.get(from).to_owned(),
            to: names.get(to).to_owned(),
            count: moments.count as u64,
            mean_seconds: moments.mean,
            sd_seconds: moments.sd(),
        })
        .collect();
    pairs.sort_by(|a, b| b.count.cmp(&a.count).then_with(|| (&a.from, &a.to).cmp(&(&b.from, &b.to))));
    Some(Profile { pairs })
}

fn moments(log: &Log) -> Option<HashMap<(u32, u32), Moments>> {
    if log.activity_names().len() > MOST_ACTIVITIES {
        return None;
    }
    let mut pairs: HashMap<(u32, u32), Moments> = HashMap::new();
    walk(log, |_, seen, code, at| {
        // The times since all earlier ones: as far apart from each other as these are.
        let between = Moments { mean: at - seen.times.mean, ..seen.times };
        let known = pairs.entry((seen.code, code)).or_default();
        *known = known.and(between);
    });
    Some(pairs)
}

/// The cases in which a pair is more than `deviations` standard deviations from its mean, each case and pair once, in the
/// log's order. Pairs that always took the same time are not flagged, nor those that were seen once. `None` as
/// [`profile`].
pub fn flags(log: &Log, deviations: f64) -> Option<Vec<Flag<'_>>> {
    let pairs = moments(log)?;
    let names = log.activity_names();
    let mut found: Vec<Flag<'_>> = Vec::new();
    // Where the flags of the present case are.
    let mut known: HashMap<(u32, u32), usize> = HashMap::new();
    let mut present: Option<&str> = None;
    walk(log, |case, seen, code, at| {
        if present != Some(case) {
            present = Some(case);
            known.clear();
        }
        let Some(usual) = pairs.get(&(seen.code, code)) else { return };
        let Some(sd) = usual.sd().filter(|sd| *sd > 0.0) else { return };
        for seconds in [at - seen.first, at - seen.last] {
            let away = (seconds - usual.mean).abs() / sd;
            if away <= deviations {
                continue;
            }
            let slot = *known.entry((seen.code, code)).or_insert_with(|| {
                let (from, to) = (names.get(seen.code), names.get(code));
                found.push(Flag { case, from, to, seconds, deviations: away });
                found.len() - 1
            });
            if away > found[slot].deviations {
                (found[slot].seconds, found[slot].deviations) = (seconds, away);
            }
        }
    });
    Some(found)
}

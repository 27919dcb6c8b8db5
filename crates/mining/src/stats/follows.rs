//! Directly-follows: which activity comes directly after which in the same case, how often, and after how long.
//!
//! What comes after goes by time here, also in a log whose traces are in another order, as those of XES may be: that is how
//! pm4py counts them too, and a wait that runs back is none. Variants, starts and ends go by the order of the log.

use hashbrown::HashSet;

use super::counts::{Way, counts};
use crate::log::Log;

/// One activity directly after another.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Follow {
    /// Code of the activity before.
    pub from: u32,
    /// Code of the activity after.
    pub to: u32,
    /// How often.
    pub count: u64,
    /// In how many different cases.
    pub cases: u64,
    /// Exact median of the seconds between; `None` when no such pair has both times. Where the second is before the first,
    /// as it may be in a case in which a time is missing, there is no wait; so in the mean.
    pub median_seconds: Option<f64>,
    /// Mean of the seconds between.
    pub mean_seconds: Option<f64>,
}

/// All directly-follows pairs of a log, in the order in which they first appear.
///
/// The median is exact (of an even number, the mean of the middle two).
pub fn follows(log: &Log) -> Vec<Follow> {
    let log = log.in_order_of_time();
    let routes = log.routes();
    counts(log, routes, Way::of(log, routes), |_| true).follows
}

/// How many different people are behind each of the pairs that [`follows`] gives, in the same order. A person may have
/// several cases; `person` tells whose a case is, and a case of nobody counts for nobody.
///
/// Weigh the arcs of a map by this, and one who asks every day is still one.
pub fn people(log: &Log, person: impl Fn(usize) -> Option<u32>) -> Vec<u64> {
    let log = log.in_order_of_time();
    let pairs = &log.routes().pairs;
    let mut counts = vec![0; pairs.all.len()];
    let mut seen: HashSet<(usize, u32)> = HashSet::new();
    for case in 0..log.cases() {
        let Some(whose) = person(case) else { continue };
        for pair in log.activities(case).windows(2) {
            let number = pairs.number(pair[0], pair[1]);
            counts[number] += u64::from(seen.insert((number, whose)));
        }
    }
    counts
}

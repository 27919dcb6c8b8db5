//! Directly-follows: which activity comes directly after which in the same case, how often, and after how long.

use hashbrown::{HashMap, HashSet};

use crate::log::{Log, NO_CODE, NO_TIME};

/// With at most this many activities the edges are found in a square table (at most 4 MB), else in a hash map.
const SQUARE: usize = 1024;

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
    /// Exact median of the seconds between; `None` when no such pair has both times.
    pub median_seconds: Option<f64>,
    /// Mean of the seconds between.
    pub mean_seconds: Option<f64>,
}

/// All directly-follows pairs of a log.
///
/// The median is exact (of an even number, the mean of the middle two). Two passes over the events: the first counts, the
/// second lays each edge's waits side by side, 8 bytes a pair, and selects their middle.
pub fn follows(log: &Log) -> Vec<Follow> {
    let mut edges = Edges::new(log.activity_names().len());
    let mut tallies: Vec<Tally> = Vec::new();
    for case in log.iter() {
        let mark = case.index as u32;
        for (pair, times) in case.activities.windows(2).zip(case.times.windows(2)) {
            let edge = edges.id(pair[0], pair[1]);
            if edge == tallies.len() {
                tallies.push(Tally::new(pair[0], pair[1]));
            }
            let tally = &mut tallies[edge];
            tally.count += 1;
            if tally.last != mark {
                tally.last = mark;
                tally.cases += 1;
            }
            if times[0] != NO_TIME && times[1] != NO_TIME {
                tally.timed += 1;
                tally.sum += i128::from(times[1]) - i128::from(times[0]);
            }
        }
    }

    // Where each edge's waits begin.
    let mut next: Vec<usize> = Vec::with_capacity(tallies.len());
    let mut total = 0;
    for tally in &tallies {
        next.push(total);
        total += tally.timed;
    }
    let mut waits = vec![0_i64; total];
    for case in log.iter() {
        for (pair, times) in case.activities.windows(2).zip(case.times.windows(2)) {
            if times[0] != NO_TIME && times[1] != NO_TIME {
                let slot = &mut next[edges.id(pair[0], pair[1])];
                waits[*slot] = times[1].saturating_sub(times[0]);
                *slot += 1;
            }
        }
    }
    let mut rest = waits.as_mut_slice();
    tallies
        .iter()
        .map(|tally| {
            let (own, others) = std::mem::take(&mut rest).split_at_mut(tally.timed);
            rest = others;
            Follow {
                from: tally.from,
                to: tally.to,
                count: tally.count,
                cases: tally.cases,
                median_seconds: median(own).map(|millis| millis / 1000.0),
                mean_seconds: (tally.timed > 0).then(|| tally.sum as f64 / tally.timed as f64 / 1000.0),
            }
        })
        .collect()
}

/// How many different people are behind each of the pairs that [`follows`] gives, in the same order. A person may have
/// several cases; `person` tells whose a case is, and a case of nobody counts for nobody.
///
/// Weigh the arcs of a map by this, and one who asks every day is still one.
pub fn people(log: &Log, person: impl Fn(usize) -> Option<u32>) -> Vec<u64> {
    let mut edges = Edges::new(log.activity_names().len());
    let mut counts: Vec<u64> = Vec::new();
    let mut seen: HashSet<(usize, u32)> = HashSet::new();
    for case in log.iter() {
        let whose = person(case.index);
        for pair in case.activities.windows(2) {
            let edge = edges.id(pair[0], pair[1]);
            if edge == counts.len() {
                counts.push(0);
            }
            counts[edge] += u64::from(whose.is_some_and(|whose| seen.insert((edge, whose))));
        }
    }
    counts
}

/// The exact median; `None` of nothing. The values are put in another order.
fn median(values: &mut [i64]) -> Option<f64> {
    let middle = values.len() / 2;
    if values.is_empty() {
        return None;
    }
    let even = values.len().is_multiple_of(2);
    let (below, &mut upper, _) = values.select_nth_unstable(middle);
    let lower = if even { below.iter().copied().max().unwrap_or(upper) } else { upper };
    Some(lower as f64 / 2.0 + upper as f64 / 2.0)
}

struct Tally {
    from: u32,
    to: u32,
    count: u64,
    cases: u64,
    timed: usize,
    sum: i128,
    /// The case it was last seen in.
    last: u32,
}

impl Tally {
    fn new(from: u32, to: u32) -> Self {
        Self { from, to, count: 0, cases: 0, timed: 0, sum: 0, last: NO_CODE }
    }
}

/// Numbers the pairs that occur.
enum Edges {
    Square { width: usize, ids: Vec<u32>, count: u32 },
    Sparse(HashMap<(u32, u32), usize>),
}

impl Edges {
    fn new(activities: usize) -> Self {
        if activities <= SQUARE {
            Self::Square { width: activities, ids: vec![NO_CODE; activities * activities], count: 0 }
        } else {
            Self::Sparse(HashMap::new())
        }
    }

    /// The number of a pair; a new pair has the next.
    #[inline]
    fn id(&mut self, from: u32, to: u32) -> usize {
        match self {
            Self::Square { width, ids, count } => {
                let id = &mut ids[from as usize * *width + to as usize];
                if *id == NO_CODE {
                    *id = *count;
                    *count += 1;
                }
                *id as usize
            }
            Self::Sparse(ids) => {
                let next = ids.len();
                *ids.entry((from, to)).or_insert(next)
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::median;

    #[test]
    fn medians_are_exact() {
        assert_eq!(median(&mut []), None);
        assert_eq!(median(&mut [7]), Some(7.0));
        assert_eq!(median(&mut [9, 1, 4]), Some(4.0));
        assert_eq!(median(&mut [9, 1, 4, 5]), Some(4.5));
        assert_eq!(median(&mut [5, 5, 1, 1]), Some(3.0));
    }
}

//! From a sample to a value and its interval.

mod means;
mod spans;

use statistics::capture;
use statistics::cluster;
use statistics::interval::Interval;
use statistics::interval::share::{Share, wilson, wilson_effective};

use super::sample::{Data, Sample};

/// An interval whose upper end may not be known.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Range {
    pub low: f64,
    pub high: Option<f64>,
    pub method: &'static str,
}

#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Estimate {
    pub value: f64,
    pub range: Range,
    /// Waits that have not ended.
    pub pending: u64,
}

/// Why there is no estimate.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Without {
    TooFew {
        needed: u64,
    },
    StillWaiting {
        pending: u64,
    },
    /// Nothing is known of how values vary that are all equal.
    AllAlike,
    /// Of two lists.
    TooFewInBoth {
        needed: u64,
    },
}

impl From<statistics::Error> for Without {
    fn from(error: statistics::Error) -> Self {
        match error {
            statistics::Error::TooFew { needed, .. } => Self::TooFew { needed: needed as u64 },
            statistics::Error::NoSpread { .. } => Self::AllAlike,
            _ => Self::TooFew { needed: 6 },
        }
    }
}

/// The value and its interval at `level`.
pub(super) fn estimate(sample: &Sample, level: f64) -> Result<Estimate, Without> {
    match &sample.data {
        Data::Share(each) => share(each, level),
        Data::Spans(waits, share) => spans::span(waits, *share, level),
        Data::Top(each) => means::top(each, level),
        Data::Classes(classes) => spans::class(classes, level),
        Data::Mean(each) => means::mean(each, level),
        Data::Events(each) => means::events(each, level),
        Data::Net(each) => means::net(each, level),
        Data::Difference(first, second) => difference(first, second, level),
        Data::Lists(each, other) => missed(each, *other, level),
    }
}

/// Newcombe's method 10, from the Wilson limits of the effective n of each group.
fn difference(first: &[(u32, u32)], second: &[(u32, u32)], level: f64) -> Result<Estimate, Without> {
    let limits = |estimate: Estimate| [estimate.range.low, estimate.value, estimate.range.high.unwrap_or(1.0)];
    let (one, two) = (limits(share(first, level)?), limits(share(second, level)?));
    let interval = square_and_add(one, two, level);
    let range = Range { low: interval.low, high: Some(interval.high), method: "Newcombe hybrid score" };
    Ok(Estimate { value: one[1] - two[1], range, pending: 0 })
}

/// The interval of a difference from the low end, value and high end of its two parts, squared and added. For shares with
/// Wilson limits this is Newcombe's method 10. The same people in both make it too wide rather than too narrow.
///
/// Source: G. Zou and A. Donner, Construction of confidence limits about effect measures: a general approach,
/// Statistics in Medicine 27 (2008).
pub(super) fn square_and_add(now: [f64; 3], before: [f64; 3], level: f64) -> Interval {
    let difference = now[1] - before[1];
    Interval {
        low: difference - (now[1] - now[0]).hypot(before[2] - before[1]),
        high: difference + (now[2] - now[1]).hypot(before[1] - before[0]),
        level,
        method: "square and add",
    }
}

/// The share of all that the other list misses, by Chapman.
fn missed(each: &[(u32, u32)], other: u64, level: f64) -> Result<Estimate, Without> {
    let both = each.iter().map(|(both, _)| u64::from(*both)).sum();
    let second = each.iter().map(|(_, all)| u64::from(*all)).sum();
    // What is in both is in the other list, though a part of that may not be released yet.
    let first = other.max(both);
    let found = capture::two_lists(capture::Lists { first, second, both }, level).map_err(|error| match error {
        statistics::Error::TooFew { needed, .. } => Without::TooFewInBoth { needed: needed as u64 },
        error => error.into(),
    })?;
    let found = found.share_missed(first);
    let range = Range { low: found.interval.low, high: Some(found.interval.high), method: "Chapman, two lists" };
    Ok(Estimate { value: found.value, range, pending: 0 })
}

fn share(each: &[(u32, u32)], level: f64) -> Result<Estimate, Without> {
    let part: u64 = each.iter().map(|(part, _)| u64::from(*part)).sum();
    let whole: u64 = each.iter().map(|(_, whole)| u64::from(*whole)).sum();
    let of = Share::new(part, whole)?;
    let n = effective_n(each);
    let interval = if n < whole as f64 { wilson_effective(of.value(), n, level)? } else { wilson(of, level)? };
    let range = Range { low: interval.low, high: Some(interval.high), method: interval.method };
    Ok(Estimate { value: of.value(), range, pending: 0 })
}

/// How many independent yes-or-no answers these are worth, people answering more than once.
pub(super) fn effective_n(each: &[(u32, u32)]) -> f64 {
    let own = |&(part, whole): &(u32, u32)| (0..whole).map(move |place| f64::from(u8::from(place < part)));
    worth(each.iter().map(own))
}

/// How many independent answers those of each person are worth.
///
/// Kish's design effect with the mean number of answers that an answer is among (the sum of squares over the sum), which
/// holds for people who answer unequally often. Where all agree nothing is known of the correlation within people, and
/// only people are counted.
fn worth<A: IntoIterator<Item = f64>>(each: impl Iterator<Item = A>) -> f64 {
    let (mut flat, mut ends) = (Vec::new(), Vec::new());
    for own in each {
        let before = flat.len();
        flat.extend(own);
        if flat.len() > before {
            ends.push(flat.len());
        }
    }
    let (n, people) = (flat.len() as f64, ends.len() as f64);
    if flat.len() <= ends.len() || ends.len() < 2 {
        return n.min(people.max(1.0));
    }
    if flat.iter().all(|answer| *answer == flat[0]) {
        return people;
    }
    let starts = std::iter::once(0).chain(ends.iter().copied());
    let answers: Vec<&[f64]> = starts.zip(&ends).map(|(from, to)| &flat[from..*to]).collect();
    let per_person = answers.iter().map(|own| (own.len() as f64).powi(2)).sum::<f64>() / n;
    // Within the bounds that both functions demand, as n exceeds the number of people; else every person counts once.
    let icc = cluster::icc(&answers).unwrap_or(1.0);
    cluster::effective_n(n, per_person, icc).unwrap_or(people)
}

//! From a sample to a value and its interval.

use statistics::capture;
use statistics::cluster;
use statistics::interval::Interval;
use statistics::interval::mean;
use statistics::interval::net::adjusted_wald;
use statistics::interval::quantile::order_statistics;
use statistics::interval::share::{Share, wilson, wilson_effective};
use statistics::survival::{Curve, Wait};

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
    /// Of two lists.
    TooFewInBoth {
        needed: u64,
    },
}

impl From<statistics::Error> for Without {
    fn from(error: statistics::Error) -> Self {
        match error {
            statistics::Error::TooFew { needed, .. } => Self::TooFew { needed: needed as u64 },
            _ => Self::TooFew { needed: 6 },
        }
    }
}

/// The value and its interval at `level`.
pub(super) fn estimate(sample: &Sample, level: f64) -> Result<Estimate, Without> {
    match &sample.data {
        Data::Share(each) => share(each, level),
        Data::Spans(waits, share) => span(waits, *share, level),
        Data::Top(each) => top(each, level),
        Data::Classes(classes) => class(classes, level),
        Data::Ratio(each) => ratio(each, level),
        Data::Net(each) => net(each, level),
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

/// Adjusted-Wald where everybody answered once; by person otherwise.
fn net(each: &[[u32; 3]], level: f64) -> Result<Estimate, Without> {
    if each.iter().all(|[.., all]| *all == 1) {
        let sum = |at: usize| each.iter().map(|counts| u64::from(counts[at])).sum();
        let score = adjusted_wald(sum(0), sum(1), each.len() as u64, level)?;
        let range = Range { low: score.interval.low, high: Some(score.interval.high), method: score.interval.method };
        return Ok(Estimate { value: score.value, range, pending: 0 });
    }
    let linear: Vec<(f64, f64)> =
        each.iter().map(|&[up, down, all]| (f64::from(up) - f64::from(down), f64::from(all))).collect();
    let Estimate { value, range, pending } = ratio(&linear, level)?;
    let range = Range { low: range.low.max(-1.0), high: range.high.map(|high| high.min(1.0)), ..range };
    Ok(Estimate { value, range, pending })
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
///
/// Kish's design effect with the mean number of answers that an answer is among (the sum of squares over the sum), which
/// holds for people who answer unequally often. Where all agree nothing is known of the correlation within people, and
/// only people are counted.
pub(super) fn effective_n(each: &[(u32, u32)]) -> f64 {
    let n: f64 = each.iter().map(|(_, whole)| f64::from(*whole)).sum();
    let people = each.iter().filter(|(_, whole)| *whole > 0).count() as f64;
    if n <= people || people < 2.0 {
        return n.min(people.max(1.0));
    }
    let part: f64 = each.iter().map(|(part, _)| f64::from(*part)).sum();
    if part == 0.0 || part == n {
        return people;
    }
    let mut flat = Vec::with_capacity(n as usize);
    for (part, whole) in each {
        flat.extend((0..*whole).map(|place| f64::from(u8::from(place < *part))));
    }
    let mut rest = flat.as_slice();
    let mut answers = Vec::with_capacity(each.len());
    for (_, whole) in each {
        let (own, others) = rest.split_at(*whole as usize);
        answers.push(own);
        rest = others;
    }
    let per_person = each.iter().map(|(_, whole)| f64::from(*whole).powi(2)).sum::<f64>() / n;
    // Within the bounds that both functions demand, as n exceeds the number of people; else every person counts once.
    let icc = cluster::icc(&answers).unwrap_or(1.0);
    cluster::effective_n(n, per_person, icc).unwrap_or(people)
}

/// Yes or no for each observation, counted by person.
fn by_person(observed: impl Iterator<Item = (u32, bool)>) -> Vec<(u32, u32)> {
    let mut each: Vec<(u32, u32)> = Vec::new();
    for (who, yes) in observed {
        let who = who as usize;
        if each.len() <= who {
            each.resize(who + 1, (0, 0));
        }
        each[who].0 += u32::from(yes);
        each[who].1 += 1;
    }
    each
}

fn span(waits: &[(f64, bool, u32)], share: f64, level: f64) -> Result<Estimate, Without> {
    let pending = waits.iter().filter(|(_, ended, _)| !ended).count() as u64;
    let n = waits.len();
    if pending == 0 {
        let values: Vec<f64> = waits.iter().map(|(span, ..)| *span).collect();
        let whose: Vec<u32> = waits.iter().map(|(.., who)| *who).collect();
        return quantile(&values, &whose, share, level);
    }
    let ends: Vec<Wait> = waits.iter().map(|&(time, ended, _)| Wait { time, ended }).collect();
    let curve = Curve::of(&ends)?;
    let still = Without::StillWaiting { pending };
    let value = curve.quantile(share, level)?.ok_or(still)?.value;
    let each = by_person(waits.iter().map(|&(span, ended, who)| (who, ended && span <= value)));
    let inflate = n as f64 / effective_n(&each).min(n as f64);
    let found = curve.widened(inflate)?.quantile(share, level)?.ok_or(still)?;
    let range = Range { low: found.low, high: found.high, method: "Kaplan-Meier, log-log" };
    Ok(Estimate { value: found.value, range, pending })
}

/// A quantile and its interval: order statistics; when people are there more than once, Woodruff's, which takes the
/// limits of the share below it (Wilson's, of the effective n) back to values.
///
/// Source: R. Woodruff, Confidence intervals for medians and other position measures, JASA 47 (1952).
fn quantile(values: &[f64], whose: &[u32], share: f64, level: f64) -> Result<Estimate, Without> {
    let exact = order_statistics(values, share, level)?;
    let each = by_person(whose.iter().zip(values).map(|(who, value)| (*who, *value <= exact.value)));
    let n = effective_n(&each);
    let (mut low, mut high, mut method) = (exact.interval.low, exact.interval.high, exact.interval.method);
    if n < values.len() as f64 {
        let limits = wilson_effective(share, n, level)?;
        let mut sorted = values.to_vec();
        sorted.sort_by(f64::total_cmp);
        let last = sorted.len() - 1;
        let at = |below: f64| below * sorted.len() as f64;
        low = low.min(sorted[(at(limits.low).floor() as usize).saturating_sub(1).min(last)]);
        high = high.max(sorted[(at(limits.high).ceil() as usize).min(last)]);
        method = "Woodruff, effective n";
    }
    Ok(Estimate { value: exact.value, range: Range { low, high: Some(high), method }, pending: 0 })
}

fn class(classes: &[(u8, u32)], level: f64) -> Result<Estimate, Without> {
    let values: Vec<f64> = classes.iter().map(|(class, _)| f64::from(*class)).collect();
    let whose: Vec<u32> = classes.iter().map(|(_, who)| *who).collect();
    let found = quantile(&values, &whose, 0.5, level)?;
    // Between two classes there is none: the lower one, as half of the answers are not above it.
    Ok(Estimate { value: found.value.floor(), ..found })
}

/// The ratio estimator by person: Student's interval of its linearised values v + (y - v m) / mean(m).
///
/// Source: W. Cochran, Sampling Techniques (1977), section 6.3.
fn ratio(each: &[(f64, f64)], level: f64) -> Result<Estimate, Without> {
    let (sum, count) = each.iter().fold((0.0, 0.0), |(sum, count), (y, m)| (sum + y, count + m));
    if count == 0.0 {
        return Err(Without::TooFew { needed: 2 });
    }
    let (value, size) = (sum / count, count / each.len() as f64);
    let linear: Vec<f64> = each.iter().map(|(y, m)| value + (y - value * m) / size).collect();
    let interval = mean::student(&linear, level)?.interval;
    // What is never below zero has no interval below zero.
    let least = if each.iter().all(|(y, _)| *y >= 0.0) { 0.0 } else { f64::NEG_INFINITY };
    let method = if each.iter().all(|(_, m)| *m == 1.0) { "Student t" } else { "Student t, by person" };
    let range = Range { low: interval.low.max(least), high: Some(interval.high), method };
    Ok(Estimate { value, range, pending: 0 })
}

/// Groups of people that are left out in turn.
const LEFT_OUT: usize = 20;

/// The part of all that the largest tenth holds (at least one), with Student's interval of the jackknife that leaves out a
/// twentieth of the people at a time, so that all that is one person's stays together. The logarithm of the odds keeps it
/// between nothing and all.
///
/// Source: K. Wolter, Introduction to Variance Estimation (2007), chapter 4, the delete-a-group jackknife.
fn top(each: &[(f64, u32)], level: f64) -> Result<Estimate, Without> {
    let held = |left_out: Option<usize>| {
        let is_in = |who: u32| left_out.is_none_or(|group| who as usize % LEFT_OUT != group);
        let mut values: Vec<f64> = each.iter().filter(|(_, who)| is_in(*who)).map(|(value, _)| *value).collect();
        values.sort_by(|a, b| b.total_cmp(a));
        let (all, tenth) = (values.iter().sum::<f64>(), values.len().div_ceil(10));
        (all > 0.0).then(|| values[..tenth].iter().sum::<f64>() / all)
    };
    let people = each.iter().map(|(_, who)| *who as usize + 1).max().unwrap_or(0);
    let few = Without::TooFew { needed: LEFT_OUT as u64 };
    let value = held(None).filter(|value| people >= LEFT_OUT && *value < 1.0).ok_or(few)?;
    let odds = |share: f64| (share / (1.0 - share)).ln();
    let whole = odds(value);
    // Pseudo-values: their mean has the jackknife's error.
    let groups = LEFT_OUT as f64;
    let pseudo = |group| Some(groups * whole - (groups - 1.0) * odds(held(Some(group))?));
    let pseudo: Vec<f64> = (0..LEFT_OUT).map(pseudo).collect::<Option<_>>().ok_or(few)?;
    let half = mean::student(&pseudo, level)?.interval.width() / 2.0;
    let share = |odds: f64| 1.0 / (1.0 + (-odds).exp());
    let (low, high) = (share(whole - half), share(whole + half));
    let range = Range { low, high: Some(high), method: "delete-a-group jackknife, by person" };
    Ok(Estimate { value, range, pending: 0 })
}

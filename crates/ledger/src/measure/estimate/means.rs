//! Net scores, means and what the largest hold.

use statistics::interval::mean::student;
use statistics::interval::net::{adjusted_wald, adjusted_wald_effective};
use statistics::interval::rate::{Events, garwood};

use super::{Estimate, Range, Without, worth};

/// Adjusted-Wald, by person where people answered more than once.
pub(super) fn net(each: &[[u32; 3]], level: f64) -> Result<Estimate, Without> {
    let sum = |at: usize| each.iter().map(|counts| u64::from(counts[at])).sum::<u64>();
    let (up, down, n) = (sum(0), sum(1), sum(2));
    let answers = |[up, down, all]: &[u32; 3]| {
        let said = |times: u32, value: f64| std::iter::repeat_n(value, times as usize);
        said(*up, 1.0).chain(said(*down, -1.0)).chain(said(all - up - down, 0.0))
    };
    let worth = worth(each.iter().map(answers));
    let score = if worth < n as f64 {
        adjusted_wald_effective(up as f64 / n as f64, down as f64 / n as f64, worth, level)?
    } else {
        adjusted_wald(up, down, n, level)?
    };
    let range = Range { low: score.interval.low, high: Some(score.interval.high), method: score.interval.method };
    Ok(Estimate { value: score.value, range, pending: 0 })
}

/// The ratio estimator by person: Student's interval of its linearised values v + (y - v m) / mean(m).
///
/// Source: W. Cochran, Sampling Techniques (1977), section 6.3.
pub(super) fn mean(each: &[(f64, f64)], level: f64) -> Result<Estimate, Without> {
    let (sum, count) = totals(each);
    if count == 0.0 {
        return Err(Without::TooFew { needed: 2 });
    }
    let (value, size) = (sum / count, count / each.len() as f64);
    let linear: Vec<f64> = each.iter().map(|(y, m)| value + (y - value * m) / size).collect();
    let interval = student(&linear, level)?.interval;
    // Each is alike by what was said, not by how wide that is: large numbers may differ by little.
    let alike = each.iter().map(|(y, m)| y / m).all(|one| (one - value).abs() <= value.abs() * 4.0 * f64::EPSILON);
    if alike || interval.width() == 0.0 {
        return Err(Without::AllAlike);
    }
    let method = if each.iter().all(|(_, m)| *m == 1.0) { "Student t" } else { "Student t, by person" };
    Ok(Estimate { value, range: Range { low: interval.low, high: Some(interval.high), method }, pending: 0 })
}

/// With fewer events than this, Student's interval of their mean is too narrow.
const FEW_EVENTS: f64 = 10.0;

/// The mean of a count, which is never below zero. Few events are rare ones: then it is as wide as the exact limits of
/// events among so many people, each counted once, as one person's things are no independent chances.
pub(super) fn events(each: &[(f64, f64)], level: f64) -> Result<Estimate, Without> {
    let (sum, count) = totals(each);
    let found = mean(each, level);
    if sum >= FEW_EVENTS || count == 0.0 {
        return found.map(|own| Estimate { range: Range { low: own.range.low.max(0.0), ..own.range }, ..own });
    }
    let people = each.len() as f64;
    let once = sum * people / count;
    let limits = |events: f64| garwood(Events { count: events as u64, exposure: people }, level);
    let (mut low, mut high) = (limits(once.floor())?.interval.low, limits(once.ceil())?.interval.high);
    if let Ok(own) = found {
        low = low.min(own.range.low.max(0.0));
        high = own.range.high.map_or(high, |end| end.max(high));
    }
    Ok(Estimate { value: sum / count, range: Range { low, high: Some(high), method: "Garwood exact" }, pending: 0 })
}

fn totals(each: &[(f64, f64)]) -> (f64, f64) {
    each.iter().fold((0.0, 0.0), |(sum, count), (y, m)| (sum + y, count + m))
}

/// Groups of people that are left out in turn.
const LEFT_OUT: usize = 20;

/// The part of all that the largest tenth holds (at least one), with Student's interval of the jackknife that leaves out a
/// twentieth of the people at a time, so that all that is one person's stays together. The logarithm of the odds keeps it
/// between nothing and all.
///
/// Source: K. Wolter, Introduction to Variance Estimation (2007), chapter 4, the delete-a-group jackknife.
pub(super) fn top(each: &[(f64, u32)], level: f64) -> Result<Estimate, Without> {
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
    let half = student(&pseudo, level)?.interval.width() / 2.0;
    let share = |odds: f64| 1.0 / (1.0 + (-odds).exp());
    let (low, high) = (share(whole - half), share(whole + half));
    let range = Range { low, high: Some(high), method: "delete-a-group jackknife, by person" };
    Ok(Estimate { value, range, pending: 0 })
}

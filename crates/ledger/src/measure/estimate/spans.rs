//! Waits, medians and classes.

use statistics::interval::quantile::order_statistics;
use statistics::interval::share::wilson_effective;
use statistics::survival::{Curve, Wait};

use super::{Estimate, Range, Without, effective_n};

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

pub(super) fn span(waits: &[(f64, bool, u32)], share: f64, level: f64) -> Result<Estimate, Without> {
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

pub(super) fn class(classes: &[(u8, u32)], level: f64) -> Result<Estimate, Without> {
    let values: Vec<f64> = classes.iter().map(|(class, _)| f64::from(*class)).collect();
    let whose: Vec<u32> = classes.iter().map(|(_, who)| *who).collect();
    let found = quantile(&values, &whose, 0.5, level)?;
    // Between two classes there is none: the lower one, as half of the answers are not above it.
    Ok(Estimate { value: found.value.floor(), ..found })
}

//! Which steps of a journey decide how it is felt: moments of truth.
//!
//! A linear model of the overall rating by the figures of the steps, and for each step how much worse it gets without
//! it. A workshop names the step that people talk about; this names the one whose ups and downs go together with
//! theirs. Traps: it is not causal, since what makes a step bad may make everything bad; two steps that always go
//! together share their importance; and a step that is equally bad for everybody has none at all, though it may be the
//! one to mend.

use crate::error::{Error, Result, fraction};
use crate::interval::Estimate;
use crate::interval::bootstrap::{Draws, bootstrap};
use crate::least_squares::fit;
use rand::{RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;
use std::collections::BTreeMap;

/// Fewer people than this do not tell steps apart.
const FEWEST_PEOPLE: usize = 60;
/// Parts into which people are divided, each predicted from the others.
const FOLDS: usize = 5;
/// How often each step is shuffled in each part.
const SHUFFLES: usize = 20;

/// One journey of one person.
#[derive(Debug, Clone, PartialEq)]
pub struct Journey {
    /// Who; journeys of the same person stay together wherever something is drawn or left out.
    pub person: u64,
    /// The overall rating, in any unit.
    pub outcome: f64,
    /// The figure of each step (satisfaction, wait, hand-overs, 0 or 1 for a deviation), the same steps for all.
    pub steps: Vec<f64>,
}

/// What one step is worth.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Step {
    /// By how much R2 falls when the step is left out of the model, with a bootstrap interval by person. It is never
    /// below zero, and for steps without any worth a little above it.
    pub drop_in_r2: Estimate,
    /// By how much R2 falls for people who were not in the model when the step's figures are shuffled among them.
    /// Around zero for steps without worth, below as often as above.
    pub permutation: f64,
}

/// The worth of all steps.
#[derive(Debug, Clone, PartialEq)]
pub struct Importance {
    /// The share of the outcome's variance that all steps explain together in these journeys.
    pub r2: f64,
    /// The same for people who were not in the model; far below `r2` when there are too many steps for so few people.
    pub r2_of_others: f64,
    /// How many people there are.
    pub people: usize,
    /// One for each step, in the order given.
    pub steps: Vec<Step>,
}

/// The importance of each step. In our simulations of 60 and 150 people the intervals at 0.95 hold 94 of 100. `draws`
/// gives the seed, the level and the number of resamples (500 are enough).
///
/// Sources: W. Kruskal, Relative importance by averaging over orderings, The American Statistician 41 (1987), on what a
/// drop in R2 says; L. Breiman, Random forests, Machine Learning 45 (2001), for shuffling.
///
/// # Errors
/// When there are fewer than 60 people, or not ten for each step; the journeys have different numbers of steps; a
/// figure is not finite; the outcome does not vary; or a step follows from the others.
///
/// ```
/// use statistics::importance::{Journey, importance};
/// use statistics::interval::bootstrap::Draws;
/// let journeys: Vec<Journey> = (0..80u32)
///     .map(|i| {
///         let (answer, form) = (f64::from(i * 37 % 11), f64::from(i * 53 % 7));
///         Journey { person: u64::from(i), outcome: answer + f64::from(i * 29 % 5), steps: vec![answer, form] }
///     })
///     .collect();
/// let found = importance(&journeys, Draws { resamples: 200, ..Draws::default() })?;
/// assert!(found.steps[0].drop_in_r2.value > 0.5 && found.steps[1].drop_in_r2.value < 0.05);
/// # Ok::<(), statistics::Error>(())
/// ```
pub fn importance(journeys: &[Journey], draws: Draws) -> Result<Importance> {
    fraction("level", draws.level)?;
    let count = checked(journeys)?;
    let mut by_person: BTreeMap<u64, Vec<&Journey>> = BTreeMap::new();
    for journey in journeys {
        by_person.entry(journey.person).or_default().push(journey);
    }
    let people: Vec<Vec<&Journey>> = by_person.into_values().collect();
    let needed = FEWEST_PEOPLE.max(10 * count);
    if people.len() < needed {
        return Err(Error::TooFew { have: people.len(), needed });
    }
    let all: Vec<&Journey> = people.iter().flatten().copied().collect();
    let every: Vec<usize> = (0..count).collect();
    // Fitted once as it is, so that a step that follows from others is refused by name.
    fit(&design(&all, &every), &outcomes(&all))?;
    let r2 = r2(&all, &every);
    let (r2_of_others, permutation) = held_out(&people, &every, draws.seed)?;
    let steps = every.iter().map(|&step| {
        let others: Vec<usize> = every.iter().copied().filter(|other| *other != step).collect();
        let statistic = |drawn: &[&Vec<&Journey>]| {
            let journeys: Vec<&Journey> = drawn.iter().flat_map(|person| person.iter()).copied().collect();
            (r2_or_none(&journeys, &every) - r2_or_none(&journeys, &others)).max(0.0)
        };
        let found = bootstrap(&people, statistic, draws)?;
        let drop_in_r2 = Estimate { value: found.estimate, interval: found.percentile };
        Ok(Step { drop_in_r2, permutation: permutation[step] })
    });
    let steps = steps.collect::<Result<Vec<Step>>>()?;
    Ok(Importance { r2, r2_of_others, people: people.len(), steps })
}

fn checked(journeys: &[Journey]) -> Result<usize> {
    let Some(first) = journeys.first() else {
        return Err(Error::TooFew { have: 0, needed: FEWEST_PEOPLE });
    };
    let count = first.steps.len();
    if count == 0 {
        return Err(Error::TooFew { have: 0, needed: 1 });
    }
    for (position, journey) in journeys.iter().enumerate() {
        if journey.steps.len() != count {
            return Err(Error::Mismatch { name: "steps", have: journey.steps.len(), wanted: count });
        }
        if !journey.outcome.is_finite() || journey.steps.iter().any(|figure| !figure.is_finite()) {
            return Err(Error::NotFinite { position });
        }
    }
    if journeys.iter().all(|journey| journey.outcome == first.outcome) {
        return Err(Error::NoSpread { name: "the outcome" });
    }
    Ok(count)
}

fn outcomes(journeys: &[&Journey]) -> Vec<f64> {
    journeys.iter().map(|journey| journey.outcome).collect()
}

/// A constant and the steps asked for.
fn design(journeys: &[&Journey], steps: &[usize]) -> Vec<Vec<f64>> {
    let column = |&step: &usize| journeys.iter().map(|journey| journey.steps[step]).collect();
    std::iter::once(vec![1.0; journeys.len()]).chain(steps.iter().map(column)).collect()
}

/// The share of the variance that these steps explain; a resample in which a rare step does not occur, or is the same
/// for all, does without it.
fn r2(journeys: &[&Journey], steps: &[usize]) -> f64 {
    let y = outcomes(journeys);
    let mean = y.iter().sum::<f64>() / y.len() as f64;
    let squares: f64 = y.iter().map(|y| (y - mean).powi(2)).sum();
    let mut steps = steps.to_vec();
    loop {
        match fit(&design(journeys, &steps), &y) {
            Ok(found) if squares > 0.0 => return (1.0 - found.residual_squares / squares).max(0.0),
            Err(Error::Dependent { column }) if column > 0 => {
                steps.remove(column - 1);
            }
            _ => return 0.0,
        }
    }
}

fn r2_or_none(journeys: &[&Journey], steps: &[usize]) -> f64 {
    if steps.is_empty() { 0.0 } else { r2(journeys, steps) }
}

/// R2 for people who were not in the model, and by how much it falls when each step is shuffled among them.
fn held_out(people: &[Vec<&Journey>], every: &[usize], seed: u64) -> Result<(f64, Vec<f64>)> {
    let mut random = ChaCha8Rng::seed_from_u64(seed);
    let mut order: Vec<usize> = (0..people.len()).collect();
    shuffle(&mut order, &mut random);
    let all = outcomes(&people.iter().flatten().copied().collect::<Vec<_>>());
    let mean = all.iter().sum::<f64>() / all.len() as f64;
    let squares: f64 = all.iter().map(|y| (y - mean).powi(2)).sum();
    let (mut error, mut shuffled) = (0.0, vec![0.0; every.len()]);
    for fold in 0..FOLDS {
        let inside = |held: bool| -> Vec<&Journey> {
            let chosen = order.iter().enumerate().filter(|(place, _)| (place % FOLDS == fold) == held);
            chosen.flat_map(|(_, &person)| people[person].iter().copied()).collect()
        };
        let (train, test) = (inside(false), inside(true));
        let model = fit(&design(&train, every), &outcomes(&train))?;
        let columns = design(&test, every);
        let y = outcomes(&test);
        let missed = |columns: &[Vec<f64>]| -> f64 {
            let predicted = |row: usize| columns.iter().zip(&model.coefficients).map(|(c, b)| c[row] * b).sum::<f64>();
            y.iter().enumerate().map(|(row, y)| (y - predicted(row)).powi(2)).sum()
        };
        error += missed(&columns);
        for &step in every {
            let mut mixed = columns.clone();
            for _ in 0..SHUFFLES {
                shuffle(&mut mixed[step + 1], &mut random);
                shuffled[step] += missed(&mixed) / SHUFFLES as f64;
            }
        }
    }
    Ok((1.0 - error / squares, shuffled.iter().map(|worse| (worse - error) / squares).collect()))
}

fn shuffle<T>(values: &mut [T], random: &mut ChaCha8Rng) {
    for last in (1..values.len()).rev() {
        values.swap(last, random.random_range(0..=last as u32) as usize);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const FEW: Draws = Draws { resamples: 100, seed: 5, level: 0.95 };

    /// Two steps at -1 and 1 in all four combinations, and an error of 1 and -1 that is orthogonal to both: outcome = 2
    /// a + b + e has the variance 4 + 1 + 1. By hand: R2 = 5/6, without a 1/6, without b 4/6.
    fn journeys(people: u64) -> Vec<Journey> {
        (0..people * 8)
            .map(|i| {
                let sign = |bit: u64| if i >> bit & 1 == 1 { 1.0 } else { -1.0 };
                let (a, b, e) = (sign(0), sign(1), sign(2));
                Journey { person: i / 4, outcome: 2.0 * a + b + e, steps: vec![a, b] }
            })
            .collect()
    }

    #[test]
    fn two_steps_by_hand() {
        let found = importance(&journeys(40), FEW).unwrap();
        assert_eq!(found.people, 80);
        assert!((found.r2 - 5.0 / 6.0).abs() < 1e-12 && (found.r2_of_others - 5.0 / 6.0).abs() < 0.02);
        assert!((found.steps[0].drop_in_r2.value - 4.0 / 6.0).abs() < 1e-12);
        assert!((found.steps[1].drop_in_r2.value - 1.0 / 6.0).abs() < 1e-12);
        // Shuffling breaks the tie and keeps the figures: twice the variance that the step explained.
        assert!((found.steps[0].permutation - 8.0 / 6.0).abs() < 0.15, "{found:?}");
        assert!((found.steps[1].permutation - 2.0 / 6.0).abs() < 0.08, "{found:?}");
        assert_eq!(found, importance(&journeys(40), FEW).unwrap());
    }

    #[test]
    fn a_step_without_worth_is_near_zero() {
        let mut random = ChaCha8Rng::seed_from_u64(3);
        let with_noise: Vec<Journey> = journeys(40)
            .into_iter()
            .map(|mut journey| {
                journey.steps.push(random.random_range(0.0..1.0));
                journey
            })
            .collect();
        let found = importance(&with_noise, FEW).unwrap();
        assert!(found.steps[2].permutation.abs() < 0.01 && found.steps[2].drop_in_r2.value < 0.02, "{found:?}");
        assert!(found.steps[0].drop_in_r2.interval.low > found.steps[1].drop_in_r2.interval.high);
    }

    #[test]
    fn what_cannot_be_told_apart_is_refused() {
        let refused = |journeys: &[Journey]| importance(journeys, FEW).unwrap_err();
        // 29 times 8 journeys are of 58 people only.
        assert_eq!(refused(&journeys(29)), Error::TooFew { have: 58, needed: 60 });
        let mut twice = journeys(40);
        for journey in &mut twice {
            journey.steps.push(journey.steps[0] * 2.0);
        }
        assert_eq!(refused(&twice), Error::Dependent { column: 3 });
        let mut uneven = journeys(40);
        uneven[7].steps.pop();
        assert_eq!(refused(&uneven), Error::Mismatch { name: "steps", have: 1, wanted: 2 });
        let mut same = journeys(40);
        for journey in &mut same {
            journey.outcome = 3.0;
        }
        assert_eq!(refused(&same), Error::NoSpread { name: "the outcome" });
    }
}

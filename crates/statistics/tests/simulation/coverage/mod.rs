//! Do intervals at level 0.95 hold the truth 93 to 97 times of 100, at sizes at which they are honestly used? Where
//! whole counts make an interval wider than it need be, it may hold it more often, and must never do so less than 93
//! times.

mod models;

use crate::world::{World, share_of_worlds};
use statistics::cluster;
use statistics::interval::bootstrap::{Draws, bootstrap, difference};
use statistics::interval::net::{self, Counts};
use statistics::interval::rate::{self, Events};
use statistics::interval::share::{clopper_pearson, newcombe, wilson};
use statistics::interval::{Interval, duration, mean, quantile, studentized};
use statistics::test::rank;

pub(crate) const LEVEL: f64 = 0.95;

/// 93 to 97 of 100.
pub(crate) fn as_promised(name: &str, times: u32, seed: u64, holds: impl FnMut(&mut World) -> bool) {
    let covered = share_of_worlds(times, seed, holds);
    assert!((0.93..=0.97).contains(&covered), "{name} covers {covered:.4}");
}

/// At least 93 of 100: whole counts make it wider.
pub(crate) fn at_least(name: &str, times: u32, seed: u64, holds: impl FnMut(&mut World) -> bool) {
    let covered = share_of_worlds(times, seed, holds);
    assert!(covered >= 0.93, "{name} covers {covered:.4}");
}

#[test]
fn shares() {
    as_promised("Wilson, 40 answers", 4_000, 1, |world| {
        let p = world.between(0.5, 0.97);
        wilson(world.share(40, p), LEVEL).unwrap().contains(p)
    });
    at_least("Wilson, 10 answers", 4_000, 2, |world| {
        let p = world.between(0.5, 0.95);
        wilson(world.share(10, p), LEVEL).unwrap().contains(p)
    });
    let exact = share_of_worlds(1_500, 3, |world| {
        let p = world.between(0.5, 0.97);
        clopper_pearson(world.share(30, p), LEVEL).unwrap().contains(p)
    });
    assert!(exact >= 0.95, "the exact interval covers {exact:.4}");
    as_promised("Newcombe, 30 and 50", 4_000, 4, |world| {
        let (p, q) = (world.between(0.6, 0.95), world.between(0.6, 0.95));
        newcombe(world.share(30, p), world.share(50, q), LEVEL).unwrap().contains(p - q)
    });
}

#[test]
fn net_scores() {
    let answers = |world: &mut World, n: u64, up: f64, down: f64| {
        let pleased = world.count(n, up);
        let displeased = world.count(n - pleased, down / (1.0 - up));
        Counts { pleased, displeased, n }
    };
    as_promised("net score, 40 answers", 4_000, 5, |world| {
        let Counts { pleased, displeased, n } = answers(world, 40, 0.6, 0.15);
        net::adjusted_wald(pleased, displeased, n, LEVEL).unwrap().interval.contains(0.45)
    });
    as_promised("difference of net scores, 40 and 60", 4_000, 6, |world| {
        let (after, before) = (answers(world, 40, 0.6, 0.15), answers(world, 60, 0.5, 0.25));
        net::difference(after, before, LEVEL).unwrap().interval.contains(0.2)
    });
    // Sixty percent pleased and fifteen displeased; in two of three answers of a person the first one is repeated.
    as_promised("net score of 40 people, some more than once", 4_000, 47, |world| {
        let felt = |world: &mut World| if world.chance(0.6) { 1.0 } else { -f64::from(world.chance(0.375)) };
        let people: Vec<Vec<f64>> = (0..40)
            .map(|_| {
                let first = felt(world);
                let more = world.below(3);
                let again = (0..more).map(|_| if world.chance(0.67) { first } else { felt(world) });
                std::iter::once(first).chain(again.collect::<Vec<_>>()).collect()
            })
            .collect();
        let each: Vec<&[f64]> = people.iter().map(Vec::as_slice).collect();
        let all = people.concat();
        let n = all.len() as f64;
        let among = each.iter().map(|own| (own.len() as f64).powi(2)).sum::<f64>() / n;
        let worth = cluster::effective_n(n, among, cluster::icc(&each).unwrap()).unwrap();
        let share = |felt: f64| all.iter().filter(|own| **own == felt).count() as f64 / n;
        net::adjusted_wald_effective(share(1.0), share(-1.0), worth, LEVEL).unwrap().interval.contains(0.45)
    });
}

#[test]
fn means() {
    const MEAN: f64 = 3.94;
    as_promised("Student, 25 ratings", 4_000, 7, |world| {
        mean::student(&world.ratings(25), LEVEL).unwrap().interval.contains(MEAN)
    });
    as_promised("Welch, 12 and 30", 4_000, 8, |world| {
        let (after, before) = (world.normals(12, 5.0, 1.0), world.normals(30, 4.0, 3.0));
        mean::welch(&after, &before, LEVEL).unwrap().interval.contains(1.0)
    });
    as_promised("pairs, 12 people", 4_000, 9, |world| {
        let pairs: Vec<(f64, f64)> = (0..12)
            .map(|_| {
                let own = 3.0 * world.normal();
                (own + world.normal(), own + 0.5 + world.normal())
            })
            .collect();
        mean::paired(&pairs, LEVEL).unwrap().interval.contains(0.5)
    });
}

#[test]
fn medians_and_percentiles() {
    let durations = |world: &mut World, n: usize| (0..n).map(|_| world.duration(1.0)).collect::<Vec<f64>>();
    at_least("median of 25", 4_000, 10, |world| {
        quantile::order_statistics(&durations(world, 25), 0.5, LEVEL).unwrap().interval.contains(1.0)
    });
    // The 90th percentile of a normal logarithm is 1.281552.
    at_least("p90 of 80", 4_000, 11, |world| {
        quantile::order_statistics(&durations(world, 80), 0.9, LEVEL).unwrap().interval.contains(1.281_552f64.exp())
    });
    as_promised("difference of medians, 25 and 40", 4_000, 12, |world| {
        let (after, before) = (world.normals(25, 0.0, 1.0), world.normals(40, 0.0, 2.0));
        quantile::median_difference(&after, &before, LEVEL).unwrap().interval.contains(0.0)
    });
    as_promised("ratio of medians, 25 and 40", 4_000, 13, |world| {
        let (after, before) = (durations(world, 25), durations(world, 40));
        quantile::median_ratio(&after, &before, LEVEL).unwrap().interval.contains(1.0)
    });
}

#[test]
fn durations_and_rates() {
    let durations = |world: &mut World, n: usize| (0..n).map(|_| world.duration(1.0)).collect::<Vec<f64>>();
    as_promised("geometric mean of 10", 4_000, 14, |world| {
        duration::geometric_mean(&durations(world, 10), LEVEL).unwrap().interval.contains(1.0)
    });
    as_promised("ratio of durations, 10 and 20", 4_000, 15, |world| {
        let after: Vec<f64> = durations(world, 10).iter().map(|x| x * 0.7).collect();
        duration::ratio(&after, &durations(world, 20), LEVEL).unwrap().interval.contains(0.7)
    });
    // Events at random: as many as exponential gaps fit.
    let events = |world: &mut World, rate: f64| {
        let mut until = world.exponential(1.0 / rate);
        let mut count = 0;
        while until < 1.0 {
            until += world.exponential(1.0 / rate);
            count += 1;
        }
        Events { count, exposure: 1.0 }
    };
    let (one, two) = (
        share_of_worlds(1_500, 16, |world| rate::garwood(events(world, 20.0), LEVEL).unwrap().interval.contains(20.0)),
        share_of_worlds(1_500, 17, |world| {
            rate::ratio(events(world, 30.0), events(world, 20.0), LEVEL).unwrap().interval.contains(1.5)
        }),
    );
    assert!(one >= 0.945 && two >= 0.945, "exact intervals of rates cover {one:.4} and {two:.4}");
}

/// What each person said in all, and how often: a group that is quick to add up.
fn totals(people: &[Vec<f64>]) -> Vec<(f64, f64)> {
    people.iter().map(|answers| (answers.iter().sum(), answers.len() as f64)).collect()
}

fn mean_answer(people: &[&(f64, f64)]) -> f64 {
    let (mut sum, mut count) = (0.0, 0.0);
    for (said, times) in people {
        sum += said;
        count += times;
    }
    sum / count
}

#[test]
fn bootstraps_by_person() {
    let draws = |seed| Draws { resamples: 300, seed, level: LEVEL };
    let mut seed = 0;
    as_promised("mean of 60 people", 1_000, 18, |world| {
        seed += 1;
        bootstrap(&totals(&world.people(60)), mean_answer, draws(seed)).unwrap().bca.contains(0.0)
    });
    // Drawing answers one by one promises too much.
    let by_answer = share_of_worlds(300, 18, |world| {
        seed += 1;
        let answers: Vec<(f64, f64)> = world.people(60).concat().into_iter().map(|answer| (answer, 1.0)).collect();
        bootstrap(&answers, mean_answer, draws(seed)).unwrap().bca.contains(0.0)
    });
    assert!(by_answer < 0.88, "by answer {by_answer:.4}");
    as_promised("difference of means, 70 and 90 people", 800, 40, |world| {
        seed += 1;
        let (after, before) = (totals(&world.people(70)), totals(&world.people(90)));
        let change = |a: &[&(f64, f64)], b: &[&(f64, f64)]| mean_answer(a) - mean_answer(b);
        difference(&after, &before, change, draws(seed)).unwrap().bca.contains(0.0)
    });
}

/// Lost time has a long tail, and a few people lose most of it.
#[test]
fn long_tails_by_person() {
    let draws = |seed| Draws { resamples: 500, seed, level: LEVEL };
    let lost = |world: &mut World, n: usize| -> Vec<[f64; 1]> { (0..n).map(|_| [world.duration(0.8)]).collect() };
    let mut seed = 0;
    as_promised("lost time of 80 people", 1_500, 38, |world| {
        seed += 1;
        studentized::mean(&lost(world, 80), draws(seed)).unwrap().interval.contains(0.32f64.exp())
    });
    as_promised("answers of 30 people, some more than once", 1_500, 41, |world| {
        seed += 1;
        studentized::mean(&world.people(30), draws(seed)).unwrap().interval.contains(0.0)
    });
    as_promised("difference of lost time, 40 and 60 people", 1_500, 42, |world| {
        seed += 1;
        let (after, before) = (lost(world, 40), lost(world, 60));
        studentized::difference(&after, &before, draws(seed)).unwrap().interval.contains(0.0)
    });
    // Without the draws' own errors it promises too much.
    let corrected = share_of_worlds(1_000, 43, |world| {
        seed += 1;
        let people: Vec<(f64, f64)> = lost(world, 40).iter().map(|[time]| (*time, 1.0)).collect();
        bootstrap(&people, mean_answer, draws(seed)).unwrap().bca.contains(0.32f64.exp())
    });
    assert!((0.89..=0.935).contains(&corrected), "BCa {corrected:.4}");
}

#[test]
fn ranks() {
    as_promised("superiority of ratings, 15 and 20", 4_000, 20, |world| {
        let (after, before) = (world.ratings(15), world.ratings(20));
        rank::superiority(&after, &before, LEVEL).unwrap().interval.contains(0.5)
    });
    // P(X > Y) for normal values one deviation apart is Phi(1 / sqrt 2) = 0.760250.
    as_promised("superiority with a difference, 15 and 20", 4_000, 21, |world| {
        let (after, before) = (world.normals(15, 1.0, 1.0), world.normals(20, 0.0, 1.0));
        rank::superiority(&after, &before, LEVEL).unwrap().interval.contains(0.760_250)
    });
    as_promised("Brunner-Munzel with unequal spreads, 20 and 30", 4_000, 22, |world| {
        let (after, before) = (world.normals(20, 0.0, 3.0), world.normals(30, 0.0, 1.0));
        rank::brunner_munzel(&after, &before, LEVEL).unwrap().superiority.interval.contains(0.5)
    });
}

/// A level is a level: the same at 0.8 and 0.99.
#[test]
fn other_levels() {
    for (level, low, high) in [(0.8, 0.78, 0.83), (0.99, 0.984, 0.996)] {
        let contains = |interval: Interval| interval.contains(0.0);
        let covered = share_of_worlds(3_000, 37, |world| {
            contains(mean::student(&world.normals(10, 0.0, 1.0), level).unwrap().interval)
        });
        assert!((low..=high).contains(&covered), "at {level} {covered:.4}");
    }
}

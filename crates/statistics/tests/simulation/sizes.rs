//! Is a change found as often as the sample size promised?

use crate::world::{World, share_of_worlds};
use statistics::interval::mean;
use statistics::interval::net::{self, Counts};
use statistics::interval::share::newcombe;
use statistics::power;

/// Eighty of a hundred, give or take three.
fn as_planned(name: &str, times: u32, seed: u64, found: impl FnMut(&mut World) -> bool) {
    let power = share_of_worlds(times, seed, found);
    assert!((0.77..=0.84).contains(&power), "{name} finds {power:.4}");
}

#[test]
fn eighty_of_a_hundred_changes_are_found() {
    as_planned("shares, 80 to 90", 1_500, 201, |world| {
        let n = power::two_shares(0.8, 0.9, 0.95, 0.8).unwrap();
        newcombe(world.share(n, 0.9), world.share(n, 0.8), 0.95).unwrap().low > 0.0
    });
    as_planned("means, half a deviation", 2_000, 202, |world| {
        let n = power::two_means(2.0, 1.0, 0.95, 0.8).unwrap() as usize;
        let (after, before) = (world.normals(n, 6.0, 2.0), world.normals(n, 5.0, 2.0));
        mean::welch(&after, &before, 0.95).unwrap().interval.low > 0.0
    });
    let answers = |world: &mut World, n: u64, up: f64, down: f64| {
        let pleased = world.count(n, up);
        Counts { pleased, displeased: world.count(n - pleased, down / (1.0 - up)), n }
    };
    // Around 70/20/10, so that the mean of both variances is that of the plan.
    as_planned("net scores, twenty points", 1_500, 203, |world| {
        let n = power::two_nets(0.7, 0.1, 0.2, 0.95, 0.8).unwrap();
        let (after, before) = (answers(world, n, 0.75, 0.05), answers(world, n, 0.65, 0.15));
        net::difference(after, before, 0.95).unwrap().interval.low > 0.0
    });
}

/// A quarter of the answers finds far less: the power asked for is not there by itself.
#[test]
fn a_quarter_of_the_answers_is_not_enough() {
    let n = power::two_shares(0.8, 0.9, 0.95, 0.8).unwrap() / 4;
    let found = share_of_worlds(1_500, 204, |world| {
        newcombe(world.share(n, 0.9), world.share(n, 0.8), 0.95).unwrap().low > 0.0
    });
    let promised = power::of_two_shares(n, 0.8, 0.9, 0.95).unwrap();
    assert!(found < 0.4 && (found - promised).abs() < 0.05, "{found:.3} against {promised:.3}");
}

//! The claims, in fewer worlds than the report has: what is wrong by more than luck shows here too.

use super::*;

fn hold(all: &[Judged]) {
    for judged in all {
        assert!(judged.as_claimed(), "{}", judged.told());
    }
}

#[test]
fn going_around_is_found_where_the_assumptions_hold_and_underestimated_where_not() {
    hold(&around::judge(24));
}

#[test]
fn those_who_are_silent_are_accounted_for() {
    hold(&satisfied::judge(30));
}

#[test]
fn spared_tickets_are_found_by_the_hold_out() {
    hold(&avoided::judge(6));
}

#[test]
fn nothing_changed_is_not_praised() {
    hold(&change::judge(8));
}

#[test]
fn the_worst_moment_is_forgotten_at_the_end() {
    let all = moments::judge(4);
    hold(&all);
    let near = |at: usize| all[at].bias.abs() < 0.7 * all[0].bias.abs();
    assert!(near(1) && near(2), "{all:?}");
}

#[test]
fn lines_are_what_the_formulas_say() {
    hold(&promise::judge(40));
}

/// The judge itself: an estimator that is off, or whose interval is too narrow, does not pass.
#[test]
fn what_is_wrong_is_seen() {
    let case = |claim| Case { of: "a share", world: "made by hand", by: "nothing", claim, nothing: Some(0.0) };
    let trials = |shift: f64, half: f64| -> Vec<Trial> {
        let found = |seed: u32| {
            let value = 0.5 + shift + f64::from(seed * 37 % 101) / 1_000.0 - 0.05;
            Found { value, interval: Some((value - half, value + half)) }
        };
        (0..1_010).map(|seed| Trial { truth: 0.5, found: Some(found(seed)) }).collect()
    };
    let verdict = |claim, shift, half| judged(case(claim), trials(shift, half).iter()).as_claimed();
    assert!(verdict(Claim::Right, 0.0, 0.0475));
    assert!(!verdict(Claim::Right, 0.05, 0.2), "biased");
    assert!(!verdict(Claim::Right, 0.0, 0.02), "too narrow");
    assert!(!verdict(Claim::Right, 0.0, 0.4), "or too wide");
    assert!(verdict(Claim::Near, 0.02, 0.4) && !verdict(Claim::Near, 0.05, 0.1));
    assert!(verdict(Claim::TooLow, -0.05, 0.1) && !verdict(Claim::TooLow, 0.0, 0.1));
    assert!(verdict(Claim::TooHigh, 0.05, 0.1) && !verdict(Claim::TooHigh, -0.05, 0.1));
    assert!(verdict(Claim::Bounds, 0.0, 0.06) && !verdict(Claim::Bounds, 0.0, 0.04));
    assert!(!verdict(Claim::Silent, 0.0, 0.1), "it tells of something");
}

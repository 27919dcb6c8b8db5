//! Lines: what Erlang's formulas say of them, how long people are patient, and whether promised times are kept.

use simulate::line::{Call, Line};
use statistics::queue::promise::within;
use statistics::queue::{Load, erlang_a, erlang_c};

use super::{Case, Claim, Judged, Trial, over};

const WORLD: &str = "24 calls an hour of 10 minutes, 5 agents, patience 3 minutes";
const LINE: Line = Line { calls_an_hour: 24.0, handling: 10.0, agents: 5, patience: Some(3.0), seed: 0 };
/// A month's calls.
const CALLS: usize = 4_000;
/// Until the line is as full as it is in the long run.
const WARM_UP: usize = 200;
/// Returned calls of a few days, by which the next is promised.
const RECENT: usize = 200;

/// The line of the textbook, and the same with returned calls.
pub(super) fn judge(worlds: u64) -> Vec<Judged> {
    let case = |of, by, claim| Case { of, world: WORLD, by, claim, nothing: None };
    let cases = [
        case("share that gives up", "Erlang A", Claim::Right),
        case("mean wait in minutes", "Erlang A", Claim::Right),
        case("mean wait in minutes", "Erlang C", Claim::TooHigh),
        case("patience in minutes", "all waits over those who gave up", Claim::Right),
        case("patience in minutes", "waits of those who gave up", Claim::TooLow),
    ];
    let mut all = over(worlds, cases, tried);
    let case = |by, claim| Case {
        of: "promises \"within ...\" for 80 of 100 that are kept",
        world: "returned calls, the next like the last",
        by,
        claim,
        nothing: None,
    };
    let cases = [case("quantile of recent waits", Claim::Near), case("mean of recent waits", Claim::Shown)];
    all.extend(over(worlds, cases, promised));
    all
}

fn tried(seed: u64) -> [Trial; 5] {
    let calls = &Line { seed, ..LINE }.calls(CALLS)[WARM_UP..];
    let many = calls.len() as f64;
    let waited: f64 = calls.iter().map(|call| call.waited).sum();
    let left: Vec<&Call> = calls.iter().filter(|call| call.given_up).collect();
    let load = Load::new(LINE.calls_an_hour / 60.0, LINE.handling);
    let patience = LINE.patience.unwrap_or_default();
    let by_a = load.clone().and_then(|load| erlang_a::wait(load, LINE.agents as u32, patience)).ok();
    let by_c = load.and_then(|load| erlang_c::wait(load, LINE.agents as u32)).ok();
    let own = left.iter().map(|call| call.waited).sum::<f64>() / left.len() as f64;
    [
        Trial::value(left.len() as f64 / many, by_a.map(|line| line.abandoned)),
        Trial::value(waited / many, by_a.map(|line| line.mean_wait)),
        Trial::value(waited / many, by_c.map(|line| line.mean_wait)),
        Trial::value(patience, Some(waited / left.len() as f64)),
        Trial::value(patience, Some(own)),
    ]
}

/// Calls that are returned from a line without end: each promise is judged by the call that comes well after.
fn promised(seed: u64) -> [Trial; 2] {
    let line = Line { patience: None, seed, ..LINE };
    let calls = &line.calls(CALLS)[WARM_UP..];
    let (mut kept, mut kept_by_mean, mut made) = (0_u32, 0_u32, 0_u32);
    for at in (RECENT..calls.len()).step_by(20) {
        let recent: Vec<f64> = calls[at - RECENT..at].iter().map(|call| call.waited).collect();
        let mean = recent.iter().sum::<f64>() / RECENT as f64;
        let Ok(window) = within(&recent, 0.8) else { continue };
        made += 1;
        kept += u32::from(calls[at].waited <= window.to);
        kept_by_mean += u32::from(calls[at].waited <= mean);
    }
    let share = |kept: u32| (made > 0).then(|| f64::from(kept) / f64::from(made));
    [Trial::value(0.8, share(kept)), Trial::value(0.8, share(kept_by_mean))]
}

//! How many people on the phone, and what to promise? `cargo run -p statistics --example staffing`
//!
//! Half an hour on a Monday morning: 24 calls an hour, ten minutes each, patience for three minutes. All in minutes.
#![allow(clippy::print_stdout, reason = "an example shows what it finds")]

use statistics::queue::promise::{Promise, reliability, within};
use statistics::queue::staffing::{Target, agents};
use statistics::queue::{Load, erlang_a, erlang_c};

fn main() -> statistics::Result<()> {
    let load = Load::new(24.0 / 60.0, 10.0)?;
    let patience = 3.0;
    println!("agents | if all waited: mean wait | as people are: mean wait, give up, served in 20 s");
    for count in 4..=8 {
        let endless = match erlang_c::wait(load, count) {
            Ok(line) => format!("{:5.1} min", line.mean_wait),
            Err(refused) => refused.to_string(),
        };
        let line = erlang_a::wait(load, count, patience)?;
        let soon = erlang_a::served_within(load, count, patience, 20.0 / 60.0)?;
        println!(
            "{count:6} | {endless} | {:.2} min, {:.0}%, {:.0}%",
            line.mean_wait,
            line.abandoned * 100.0,
            soon * 100.0
        );
    }
    let few_give_up = agents(load, Some(patience), Target::Abandoned(0.05))?;
    let most_at_once = agents(load, Some(patience), Target::ServedWithin { share: 0.8, time: 20.0 / 60.0 })?;
    println!("\nAt most 5% give up with {few_give_up} agents, 80% are served in 20 seconds with {most_at_once}.");

    // Nobody has to hold: they are called back. The last nineteen waits of such mornings, in minutes.
    let recent =
        [4.0, 11.0, 7.0, 25.0, 9.0, 14.0, 6.0, 18.0, 31.0, 8.0, 12.0, 5.0, 10.0, 22.0, 13.0, 9.0, 16.0, 40.0, 7.0];
    let window = within(&recent, 0.8)?;
    println!(
        "\n\"We call you back within {:.0} minutes\" is kept {:.0} times of 100.",
        window.to,
        window.coverage * 100.0
    );

    // A quarter later: 300 promises, 221 kept.
    let made: Vec<Promise> = (0..300).map(|i| Promise { coverage: 0.8, kept: i < 221 }).collect();
    for kind in reliability(&made, 0.05, 0.95)? {
        println!(
            "Promised {:.0}%, kept {:.0}% ({:.0} to {:.0}%): {:?}.",
            kind.coverage * 100.0,
            kind.kept * 100.0,
            kind.interval.low * 100.0,
            kind.interval.high * 100.0,
            kind.worth
        );
    }
    Ok(())
}

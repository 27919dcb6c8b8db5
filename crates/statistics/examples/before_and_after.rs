//! A form was shortened. Did it help? `cargo run -p statistics --example before_and_after`
//!
//! The plan was written down first: five points of satisfaction matter, one look at the end. The company, its two sites
//! and all figures are invented.
#![allow(clippy::print_stdout, reason = "an example shows what it finds")]

use statistics::interval::share::{Share, newcombe, wilson};
use statistics::mix::{Segment, decompose};
use statistics::power::two_shares;
use statistics::response::worst_case;
use statistics::test::series::interrupted;
use statistics::verdict::{Good, judge};

fn main() -> statistics::Result<()> {
    println!("Needed for 80 to 85%: {} answers a side.\n", two_shares(0.80, 0.85, 0.95, 0.8)?);

    // Satisfied of all who answered, per site; the smaller site answers much more after.
    let sites = [("Harbour", (240, 300), (170, 200)), ("Hill", (70, 100), (222, 300))];
    let (mut before, mut after) = ((0, 0), (0, 0));
    let mut segments = Vec::new();
    for (name, then, now) in sites {
        let (old, new) = (Share::new(then.0, then.1)?, Share::new(now.0, now.1)?);
        let change = newcombe(new, old, 0.95)?;
        println!(
            "{name:8} {} -> {}, change {}",
            percent(old.value()),
            percent(new.value()),
            points(change.low, change.high)
        );
        before = (before.0 + then.0, before.1 + then.1);
        after = (after.0 + now.0, after.1 + now.1);
        segments.push(Segment {
            n_before: then.1 as f64,
            before: old.value(),
            n_after: now.1 as f64,
            after: new.value(),
        });
    }
    let (before, after) = (Share::new(before.0, before.1)?, Share::new(after.0, after.1)?);
    let change = newcombe(after, before, 0.95)?;
    let verdict = judge(&change, 0.05, Good::Higher)?;
    println!(
        "All      {} -> {}, change {}",
        percent(before.value()),
        percent(after.value()),
        points(change.low, change.high)
    );
    println!("Verdict: {}.\n", verdict.words());

    let split = decompose(&segments)?;
    println!(
        "Of the change {:+.1} points come from who answered and {:+.1} from how they fared.",
        split.mix * 100.0,
        split.rate * 100.0
    );
    let sure = wilson(after, 0.95)?;
    let silent = worst_case(after.value(), 0.25)?;
    println!(
        "After: {} to {} of those who answer; with 25% answering, {} to {} of all.\n",
        percent(sure.low),
        percent(sure.high),
        percent(silent.low),
        percent(silent.high)
    );

    // The same, month by month: it was rising all along.
    let months_before = [0.71, 0.73, 0.74, 0.76, 0.76, 0.78, 0.80, 0.80];
    let months_after = [0.82, 0.82, 0.85, 0.85, 0.87, 0.88];
    let series = interrupted(&months_before, &months_after, None, 0.95)?;
    println!(
        "Month by month: {:+.1} points a month before the change; jump at the change {}.",
        series.trend.value * 100.0,
        points(series.level.interval.low, series.level.interval.high)
    );
    Ok(())
}

fn percent(share: f64) -> String {
    format!("{:.0}%", share * 100.0)
}

fn points(low: f64, high: f64) -> String {
    format!("between {:+.1} and {:+.1} points", low * 100.0, high * 100.0)
}

//! How many problems never reached the desk? `cargo run -p statistics --example went_around`
//!
//! 120 problems stand in the desk's log. A short pulse survey of some people in the same two weeks names 40, and 22 of
//! these are in the log.
#![allow(clippy::print_stdout, reason = "an example shows what it finds")]

use statistics::capture::{Lists, two_lists};
use statistics::interval::share::{Share, wilson};

fn main() -> statistics::Result<()> {
    let lists = Lists { first: 120, second: 40, both: 22 };
    let all = two_lists(lists, 0.95)?;
    let total = all.total;
    println!(
        "All problems: about {:.0} (standard error {:.0}), between {:.0} and {:.0}.",
        total.value, all.standard_error, total.interval.low, total.interval.high
    );
    let around = all.share_missed(lists.first);
    println!(
        "Went around the desk: about {:.0}%, between {:.0} and {:.0}%.",
        around.value * 100.0,
        around.interval.low * 100.0,
        around.interval.high * 100.0
    );
    // The pulse alone says it too, for the people who were asked.
    let elsewhere = Share::new(lists.second - lists.both, lists.second)?;
    let alone = wilson(elsewhere, 0.95)?;
    println!(
        "The pulse alone: {:.0}% of its 40 problems, between {:.0} and {:.0}%.",
        elsewhere.value() * 100.0,
        alone.low * 100.0,
        alone.high * 100.0
    );
    println!("\nIf people who call the desk are also those who answer the pulse, the truth is higher.");
    match two_lists(Lists { first: 120, second: 12, both: 4 }, 0.95) {
        Ok(found) => println!("{found:?}"),
        Err(refused) => println!("With a pulse of 12 and 4 matches: {refused}."),
    }
    Ok(())
}

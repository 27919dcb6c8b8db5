//! What a log holds: `cargo run --release --example stats -- FILE`
#![allow(clippy::print_stdout, reason = "an example shows what it finds")]

use std::error::Error;
use std::fs::File;

use mining::read::Options;
use mining::{Stats, read_log, time};

fn main() -> Result<(), Box<dyn Error>> {
    let file = std::env::args().nth(1).ok_or("give a log: XES or CSV, plain or gzipped")?;
    let (log, report) = read_log(File::open(file)?, Options::default())?;
    print!("{report}");
    let stats = Stats::of(&log);
    println!("{} cases, {} events, {} variants", stats.cases, stats.events, stats.variants.count);
    for follow in stats.directly_follows.iter().take(10) {
        let wait = follow.median_seconds.map(time::human).unwrap_or_default();
        println!("{:>8}  {} > {}  {wait}", follow.count, follow.from, follow.to);
    }
    Ok(())
}

//! A log beside a path: `cargo run --release --example fit -- FILE "A,B,C"`
#![allow(clippy::print_stdout, reason = "an example shows what it finds")]

use std::error::Error;
use std::fs::File;

use mining::fit::{Limits, Model, Net, fit};
use mining::read::Options;
use mining::read_log;

fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = std::env::args().skip(1);
    let (Some(file), Some(path)) = (arguments.next(), arguments.next()) else {
        return Err("give a log and a path: FILE \"A,B,C\"".into());
    };
    let (log, _) = read_log(File::open(file)?, Options::default())?;
    let net = Net::from(&Model::parse_path(&path)?);
    let found = fit(&log, &net, &Limits::default())?;
    let summary = found.summary(&log);
    println!("{} of {} cases follow it exactly", summary.exact.cases, summary.computed);
    for deviation in &summary.deviations {
        println!("{:>6.1}%  {deviation}", deviation.share * 100.0);
    }
    Ok(())
}

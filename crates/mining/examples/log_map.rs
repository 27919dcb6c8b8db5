//! Draws a log: `cargo run -p mining --example log_map -- LOG OUT.svg [down]`.

use std::fs::File;

use mining::map::{Direction, Flow, Options, svg};
use mining::{Stats, read_log};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut arguments = std::env::args().skip(1);
    let (Some(log), Some(out)) = (arguments.next(), arguments.next()) else {
        return Err("give a log and the SVG file to write".into());
    };
    let direction = if arguments.next().as_deref() == Some("down") { Direction::Down } else { Direction::Right };
    let (log, _) = read_log(File::open(log)?, mining::read::Options::default())?;
    let stats = Stats::of(&log);
    let options = Options { direction, ..Options::about(&stats) };
    std::fs::write(out, svg(&Flow::from(&stats), &options))?;
    Ok(())
}

//! `thedesk log map`: a log as a picture.

use std::path::PathBuf;

use mining::Stats;
use mining::map::{Direction, Flow, Options, svg};

use super::{Failure, Input, Outcome, read, say, summary};

#[derive(clap::Args)]
pub(in crate::cli) struct Arguments {
    #[command(flatten)]
    input: Input,
    /// The picture to write
    #[arg(long, value_name = "OUT")]
    svg: PathBuf,
    /// From top to bottom, for paper and phones
    #[arg(long)]
    down: bool,
}

pub(super) fn run(arguments: &Arguments) -> Outcome {
    let Arguments { input, svg: out, down } = arguments;
    let stats = Stats::of(&read::plain(input)?);
    let name = input.file.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    let direction = if *down { Direction::Down } else { Direction::Right };
    let options = Options { title: name, direction, ..Options::about(&stats) };
    std::fs::write(out, svg(&Flow::from(&stats), &options)).map_err(|error| {
        Failure::Failed(format!("cannot write {} ({error}): give another place with --svg", out.display()))
    })?;
    say(format!("{}: {}", out.display(), summary(&stats)));
    Ok(())
}

//! `thedesk demo`: a company that never existed, to look around in.

use std::path::PathBuf;

use base::clock::Clock;
use base::config::{Config, Overrides};

use super::{Outcome, data_folder, say};
use crate::house::House;
use crate::serving;

#[derive(clap::Args)]
pub(super) struct Arguments {
    /// Keep the demo in this folder; without one it is gone afterwards
    #[arg(long)]
    data: Option<PathBuf>,
    /// Where to listen
    #[arg(long, default_value = "127.0.0.1:7300")]
    listen: String,
    /// How many people the organisation has
    #[arg(long, default_value_t = 2_000, value_parser = clap::value_parser!(u32).range(40..=100_000))]
    people: u32,
    /// How many months it has been running
    #[arg(long, default_value_t = 12, value_parser = clap::value_parser!(u32).range(1..=60))]
    months: u32,
    /// The same seed gives the same organisation
    #[arg(long, default_value_t = 7)]
    seed: u64,
}

pub(super) fn run(arguments: &Arguments) -> Outcome {
    let passing = std::env::temp_dir().join(format!("thedesk-demo-{}", std::process::id()));
    let data = data_folder(arguments.data.as_ref().unwrap_or(&passing))?;
    let flags = Overrides::default()
        .set("listen", Some(&arguments.listen))
        .set("base_url", Some(format!("http://{}", arguments.listen)));
    let config = Config::load(&data, &flags)?;
    let socket = serving::bind(config.listen)?;
    let house = House::build(&config, Clock::default(), true)?;
    say(format!("A simulated organisation is at {} (people {}, months {}, seed {}).", config.base_url, arguments.people, arguments.months, arguments.seed));
    let served = serving::run(house, &config, socket);
    if arguments.data.is_none() {
        // What was made for looking around goes with it; a rest left behind is in the system's own temporary folder.
        let _ = std::fs::remove_dir_all(&passing);
    }
    served?;
    Ok(())
}

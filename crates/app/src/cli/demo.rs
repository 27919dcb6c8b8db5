//! `thedesk demo`: a company that never existed, to look around in.

use std::path::{Path, PathBuf};
use std::time::Instant;

use base::clock::Clock;
use base::config::{Config, Overrides};

use super::{Outcome, data_folder, say};
use crate::demo::{self, Found, Mark, Progress, Wanted};
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
    let passing = Passing::new();
    let data = data_folder(arguments.data.as_deref().unwrap_or(&passing.0))?;
    let config = Config::load(&data, &flags(arguments, &data))?;
    let socket = serving::bind(config.listen)?;
    let wanted = Wanted { people: arguments.people, months: arguments.months, seed: arguments.seed };
    let mark = Mark::of(&data, &config.database());
    let found = mark.look(wanted)?;
    let house = House::build(&config, Clock::default(), true)?;
    say(format!("A simulated organisation is at {}", config.base_url));
    match found {
        Found::Nothing => make_up(&house, &mark, wanted, &socket)?,
        Found::Demo(made) if made != wanted => say(format!(
            "This folder already holds one of {} people over {} months (seed {}), which is shown as it is. Give another folder for another one.",
            made.people, made.months, made.seed
        )),
        Found::Demo(_) => {}
    }
    serving::run(house, &config, socket)?;
    Ok(())
}

/// Writes the company, while the socket shows how far it is.
fn make_up(house: &House, mark: &Mark, wanted: Wanted, socket: &std::net::TcpListener) -> Outcome {
    let began = Instant::now();
    let progress = Progress::default();
    let now = house.app.clock.now();
    demo::serve_while(socket, &house.app, &progress, || demo::make_up(&house.app.db, wanted, now, &progress))?;
    mark.finish(wanted)?;
    let Wanted { people, months, seed } = wanted;
    tracing::info!(
        "{people} people over {months} months (seed {seed}) made up in {:.1} s",
        began.elapsed().as_secs_f64()
    );
    Ok(())
}

/// What the flags say and, unless the folder has a configuration of its own, what suits the organisation.
fn flags(arguments: &Arguments, data: &Path) -> Overrides {
    let flags = Overrides::default()
        .set("listen", Some(&arguments.listen))
        .set("base_url", Some(format!("http://{}", arguments.listen)));
    if data.join(base::config::FILE).exists() {
        return flags;
    }
    flags
        .set("brand.name", Some("Lindenhof Service Desk"))
        .set("desk.own_domains", Some("lindenhof.example"))
        .set("desk.time_zone", Some("Europe/Berlin"))
        .set("survey.pulse_weeks", Some(demo::PULSE_WEEKS))
}

/// A folder for looking around, which goes with the process; a rest left by a kill is in the system's own temporary
/// folder.
struct Passing(PathBuf);

impl Passing {
    fn new() -> Self {
        let folder = std::env::temp_dir().join(format!("thedesk-demo-{}", std::process::id()));
        // In a container every process may have the same number: what an earlier one left is not ours to show.
        let _ = std::fs::remove_dir_all(&folder);
        Self(folder)
    }
}

impl Drop for Passing {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

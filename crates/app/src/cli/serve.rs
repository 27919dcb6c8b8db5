//! `thedesk serve`

use std::path::PathBuf;

use base::clock::Clock;
use base::config::{Config, Overrides};

use super::{Outcome, data_folder, say};
use crate::house::House;
use crate::serving;

#[derive(clap::Args)]
pub(super) struct Arguments {
    /// The folder for database, files and search index
    #[arg(long, env = "THEDESK_DATA")]
    data: PathBuf,
    /// A PostgreSQL database instead of the SQLite file in the data folder: postgres://user:password@host/name
    #[arg(long)]
    database_url: Option<String>,
    /// Where to listen, such as 127.0.0.1:7300
    #[arg(long)]
    listen: Option<String>,
}

pub(super) fn run(arguments: &Arguments) -> Outcome {
    let data = data_folder(&arguments.data)?;
    let flags = Overrides::default()
        .set("database_url", arguments.database_url.as_ref())
        .set("listen", arguments.listen.as_ref());
    let config = Config::load(&data, &flags)?;
    // Before anything else, so that a port in use is found before a database is opened.
    let socket = serving::bind(config.listen)?;
    let house = House::build(&config, Clock::default(), false)?;
    if let Some(token) = house.set_up_link()? {
        say(format!("Nobody administers this desk yet. Open once, within a day: {}/set-up/{token}", config.base_url));
    }
    serving::run(house, &config, socket)?;
    Ok(())
}

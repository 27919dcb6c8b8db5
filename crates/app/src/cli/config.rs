//! `thedesk config`: what can be set, and whether what is set can be.

use std::path::PathBuf;

use base::config::{Config, Overrides};
use clap::Subcommand;

use super::{Outcome, say};

#[derive(Subcommand)]
pub(super) enum Command {
    /// Say whether the configuration can be used
    Check {
        /// The data folder, which may hold thedesk.toml
        #[arg(long, env = "THEDESK_DATA")]
        data: PathBuf,
    },
    /// Print every setting with its default
    Reference,
}

pub(super) fn run(command: &Command) -> Outcome {
    match command {
        Command::Check { data } => {
            let config = Config::load(data, &Overrides::default())?;
            say(format!("The configuration is good. The desk would listen on {}.", config.listen));
        }
        Command::Reference => say(Config::reference().trim_end()),
    }
    Ok(())
}

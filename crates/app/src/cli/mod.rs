//! The command line. Exit codes: 0 done, 1 failed, 2 wrong usage, 75 try again later.

mod calendar;
mod config;
mod demo;
mod import;
mod instant;
mod log;
mod mail;
mod measure;
mod serve;
mod table;
mod user;

use std::io::Write;
use std::path::PathBuf;
use std::process::ExitCode;

use base::config::{Config, Overrides};
use clap::{Parser, Subcommand};
use tracing_subscriber::EnvFilter;

/// Try again later (sysexits.h): what a mail server understands as "keep it in your queue".
const TRY_AGAIN: u8 = 75;

/// A self-hosted service desk that runs its own customer-experience programme.
#[derive(Parser)]
#[command(name = "thedesk", version, max_term_width = 100)]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Serve a simulated organisation to look around in, with one-click sign-in
    Demo(demo::Arguments),
    /// Serve the desk
    Serve(serve::Arguments),
    /// Read logs of other desks into the ledger
    Import(import::Arguments),
    /// Look at an event log without storing it
    #[command(subcommand)]
    Log(log::Command),
    /// Ask a business calendar
    #[command(subcommand)]
    Calendar(calendar::Command),
    /// Compute a figure from answers in a CSV file, through the gate that every number of a desk goes through
    #[command(subcommand)]
    Measure(measure::Command),
    /// Look at the configuration
    #[command(subcommand)]
    Config(config::Command),
    /// Mail from a mail server, and a look at mails
    #[command(subcommand)]
    Mail(mail::Command),
    /// Say who works here
    #[command(subcommand)]
    User(user::Command),
}

/// Which desk a command is about.
#[derive(clap::Args)]
struct Place {
    /// The folder for database, files and search index
    #[arg(long, env = "THEDESK_DATA")]
    data: PathBuf,
    /// A PostgreSQL database instead of the SQLite file in the data folder: postgres://user:password@host/name
    #[arg(long)]
    database_url: Option<String>,
}

impl Place {
    /// The configuration of this desk.
    fn config(&self) -> Result<Config, Failure> {
        let data = data_folder(&self.data)?;
        Ok(Config::load(&data, &Overrides::default().set("database_url", self.database_url.as_ref()))?)
    }
}

/// Why a command failed.
#[derive(Debug)]
enum Failure {
    /// It cannot be done; the sentence says what to do.
    Failed(String),
    /// It may work later.
    TryAgain(String),
}

impl Failure {
    /// Why, in words.
    fn into_words(self) -> String {
        match self {
            Self::Failed(why) | Self::TryAgain(why) => why,
        }
    }
}

impl<E: std::fmt::Display> From<E> for Failure {
    fn from(error: E) -> Self {
        Self::Failed(error.to_string())
    }
}

/// What the commands return.
type Outcome = Result<(), Failure>;

/// Reads the arguments, runs the command and says how it went.
pub(crate) fn run() -> ExitCode {
    let arguments = Arguments::parse();
    // Huge pages would hold twice the memory for a heap of small things.
    #[cfg(target_os = "linux")]
    let _ = rustix::thread::disable_transparent_huge_pages(true);
    // The index warns of merges that it meant to start and that something else had done: nothing follows from it.
    let filter = EnvFilter::try_from_env("THEDESK_LOG").unwrap_or_else(|_| EnvFilter::new("info,tantivy=error"));
    tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr).with_target(false).init();
    let outcome = match arguments.command {
        Command::Demo(arguments) => demo::run(&arguments),
        Command::Serve(arguments) => serve::run(&arguments),
        Command::Import(arguments) => import::run(&arguments),
        Command::Log(command) => log::run(&command),
        Command::Calendar(command) => calendar::run(&command),
        Command::Measure(command) => measure::run(&command),
        Command::Config(command) => config::run(&command),
        Command::Mail(command) => mail::run(&command),
        Command::User(command) => user::run(&command),
    };
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(Failure::Failed(why)) => {
            complain(&why);
            ExitCode::FAILURE
        }
        Err(Failure::TryAgain(why)) => {
            complain(&why);
            ExitCode::from(TRY_AGAIN)
        }
    }
}

#[expect(clippy::print_stderr, reason = "this is the command line's own voice")]
fn complain(why: &str) {
    eprintln!("thedesk: {why}");
}

/// Prints a line of what was asked for.
fn say(line: impl std::fmt::Display) {
    put(format!("{line}\n").as_bytes());
}

/// Puts out what was asked for. Who has closed the other end (`| head`) has read enough, and the command ends.
#[expect(clippy::exit, reason = "nothing is left to do for a command that cannot tell what it found")]
fn put(bytes: &[u8]) {
    let mut out = std::io::stdout().lock();
    if let Err(error) = out.write_all(bytes).and_then(|()| out.flush()) {
        if error.kind() != std::io::ErrorKind::BrokenPipe {
            complain(&format!("what was found cannot be written ({error})"));
        }
        std::process::exit(1);
    }
}

/// The data folder, made when it is new.
fn data_folder(given: &std::path::Path) -> Result<PathBuf, Failure> {
    std::fs::create_dir_all(given).map_err(|error| {
        Failure::Failed(format!("cannot make the data folder {} ({error}): give another with --data", given.display()))
    })?;
    Ok(given.to_path_buf())
}

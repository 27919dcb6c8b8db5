//! The binary `bench`: how fast and how small the desk is, against the bars of its design.
//!
//! It fills a data folder once (and keeps it), starts the release binary beside itself on a copy, and measures as
//! people would notice: over HTTP on loopback, with the client's own work on the same cores. Every measurement is bounded
//! in time and count. The table goes to standard output and to `benches/RESULTS.md`.

mod creation;
mod desk;
mod estimators;
mod fill;
mod ledger_rows;
mod load;
mod log_crate;
mod log_rows;
mod machine;
mod mail_rows;
mod pages;
mod prose;
mod row;
mod search;
mod start;
mod ten_million;

use std::error::Error;
use std::path::PathBuf;
use std::process::ExitCode;
use std::time::Duration;

use clap::{Parser, Subcommand};

use row::Row;

/// What everything here ends with when it cannot go on.
type Result<T> = std::result::Result<T, Box<dyn Error + Send + Sync>>;

/// Measures the desk and writes benches/RESULTS.md.
#[derive(Parser)]
#[command(name = "bench", max_term_width = 100)]
struct Arguments {
    #[command(subcommand)]
    alone: Option<Alone>,
    /// How many tickets the desk has
    #[arg(long, default_value_t = 100_000, value_parser = clap::value_parser!(u32).range(1_000..=2_000_000))]
    tickets: u32,
    /// How long each measurement over HTTP takes, in seconds
    #[arg(long, default_value_t = 5, value_parser = clap::value_parser!(u64).range(1..=60))]
    seconds: u64,
    /// In how many worlds each estimator is judged
    #[arg(long, default_value_t = 400, value_parser = clap::value_parser!(u64).range(8..=10_000))]
    worlds: u64,
    /// Only these groups of rows: creation, pages, search, mail, ledger, logs, start, ten-million, estimators
    #[arg(long, value_delimiter = ',')]
    only: Vec<String>,
    /// Where filled folders are kept between runs; beside the binaries when not given
    #[arg(long)]
    cache: Option<PathBuf>,
    /// The file to write; with --only, nothing is written unless this is given
    #[arg(long)]
    results: Option<PathBuf>,
}

/// Parts that run in a process of their own, so that its peak of memory is theirs.
#[derive(Subcommand)]
enum Alone {
    /// Read and summarise an event log, and print the figures as JSON
    LogStats {
        /// The log
        file: PathBuf,
    },
    /// The same with the `process_mining` crate
    LogCrate {
        /// The log
        file: PathBuf,
    },
}

fn main() -> ExitCode {
    let arguments = Arguments::parse();
    let outcome = match arguments.alone {
        Some(Alone::LogStats { file }) => log_rows::alone(&file),
        Some(Alone::LogCrate { file }) => log_crate::alone(&file),
        None => measure(&arguments),
    };
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            note(format!("bench: {error}"));
            ExitCode::FAILURE
        }
    }
}

fn measure(arguments: &Arguments) -> Result<()> {
    if arguments.only == ["logs"] && arguments.results.is_none() {
        // These need no desk, so none is filled.
        print(row::table(&log_rows::measure()?));
        return Ok(());
    }
    if arguments.only == ["estimators"] {
        return estimators(arguments);
    }
    let wants = |group: &str| arguments.only.is_empty() || arguments.only.iter().any(|only| only == group);
    let cache = match &arguments.cache {
        Some(cache) => cache.clone(),
        None => machine::beside_the_binary()?.join("bench-data"),
    };
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
    let filled = fill::ready(&runtime, &cache, arguments.tickets as usize)?;
    let shape = machine::Shape::look(&cache)?;
    let within = Duration::from_secs(arguments.seconds);
    let mut rows: Vec<Row> = Vec::new();

    if wants("creation") || wants("pages") || wants("search") {
        let closures = if wants("creation") { creation::without_http(&runtime, &filled, within)? } else { Vec::new() };
        let desk = desk::Loaded::start(&filled)?;
        if wants("pages") {
            note("inbox and ticket pages");
            rows.extend(pages::measure(&runtime, &desk, &filled, within)?);
        }
        if wants("search") {
            note("search");
            rows.extend(search::measure(&runtime, &desk, &filled, within)?);
        }
        if wants("creation") {
            note("tickets over HTTP");
            let created = creation::over_http(&runtime, &desk, &filled, within, &closures)?;
            rows.splice(0..0, created);
        }
        rows.push(desk.memory_under_load(&filled)?);
    }
    if wants("mail") {
        note("an archive of mails");
        rows.push(mail_rows::measure()?);
    }
    if wants("ledger") {
        note("the ledger");
        rows.extend(ledger_rows::measure(&runtime, &filled, within)?);
    }
    if wants("logs") {
        note("event logs");
        rows.extend(log_rows::measure()?);
    }
    if wants("start") {
        note("start and memory");
        rows.extend(start::measure(&filled)?);
    }
    if wants("ten-million") {
        note("a ledger of ten million touchpoints");
        rows.extend(ten_million::measure(&filled)?);
    }

    if wants("estimators") {
        estimators(arguments)?;
    }

    let table = row::table(&rows);
    print(&table);
    let results = match (&arguments.results, arguments.only.is_empty()) {
        (Some(file), _) => Some(file.clone()),
        (None, true) => Some(PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/RESULTS.md"))),
        (None, false) => None,
    };
    if let Some(file) = results {
        std::fs::write(&file, row::results(&rows, &shape, &filled))?;
        note(format!("written to {}", file.display()));
    }
    Ok(())
}

/// Judges the estimators, prints the report and, unless other results were asked for, writes it.
fn estimators(arguments: &Arguments) -> Result<()> {
    note(format!("estimators in {} worlds", arguments.worlds));
    let date = jiff::Zoned::now().date().to_string();
    let report = estimators::report(&estimators::judge(arguments.worlds), &date);
    print(&report);
    if arguments.results.is_none() {
        let file = PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/ESTIMATORS.md"));
        std::fs::write(&file, report)?;
        note(format!("written to {}", file.display()));
    }
    Ok(())
}

/// Says how far it is, beside the results.
#[expect(clippy::print_stderr, reason = "this is the command's own voice")]
fn note(words: impl std::fmt::Display) {
    eprintln!("{words}");
}

/// Prints a result.
#[expect(clippy::print_stdout, reason = "this is the command's own voice")]
fn print(text: impl std::fmt::Display) {
    println!("{text}");
}

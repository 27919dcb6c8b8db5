//! One sequence of migrations for both engines, read from the folder `migrations` at the root.

use std::path::Path;

use refinery::{Migration, Runner};

use super::error::{Error, Result};
use super::{pg, sqlite};

mod embedded {
    refinery::embed_migrations!("../../migrations");
}

/// The newest schema this binary knows.
pub fn known_version() -> i64 {
    embedded::migrations::runner().get_migrations().iter().map(|m| i64::from(m.version())).max().unwrap_or(0)
}

/// A fingerprint of every migration this binary knows: it changes when any of their texts does. Names the template
/// databases of tests.
pub fn schema_fingerprint() -> String {
    let runner = embedded::migrations::runner();
    let texts: Vec<&str> = runner.get_migrations().iter().filter_map(Migration::sql).collect();
    crate::id::digest(&texts.concat())
}

/// Brings a SQLite file up to date, creating it when it is new.
pub(super) fn sqlite_file(path: &Path) -> Result<()> {
    let mut conn = sqlite::create(path)?;
    let url = path.display().to_string();
    let runner = runner(|text| {
        text.replace("BIGINT PRIMARY KEY", "INTEGER PRIMARY KEY").replace(") /* clustered */;", ") WITHOUT ROWID;")
    });
    let applied = runner.get_applied_migrations(&mut conn).unwrap_or_default();
    refuse_newer(&applied)?;
    runner.run(&mut conn).map(drop).map_err(|error| failed(url, &error))
}

/// Brings a PostgreSQL database up to date.
pub(super) fn postgres_url(url: &str) -> Result<()> {
    let mut client = pg::connect_url(url)?;
    // Several nodes may start at once: one migrates, the others wait here.
    client.batch_execute("SELECT pg_advisory_lock(7299999)")?;
    let runner = runner(str::to_owned);
    let applied = runner.get_applied_migrations(&mut client).unwrap_or_default();
    refuse_newer(&applied)?;
    runner.run(&mut client).map(drop).map_err(|error| failed("the PostgreSQL database".to_owned(), &error))
}

fn runner(dialect: impl Fn(&str) -> String) -> Runner {
    let migrations: Vec<Migration> = embedded::migrations::runner()
        .get_migrations()
        .iter()
        .filter_map(|m| {
            let name = format!("V{}__{}", m.version(), m.name());
            Migration::unapplied(&name, &dialect(m.sql().unwrap_or_default())).ok()
        })
        .collect();
    Runner::new(&migrations).set_abort_divergent(true).set_abort_missing(true)
}

fn refuse_newer(applied: &[Migration]) -> Result<()> {
    let (found, known) = (applied.iter().map(|m| i64::from(m.version())).max().unwrap_or(0), known_version());
    if found > known { Err(Error::Newer { found, known }) } else { Ok(()) }
}

fn failed(url: String, error: &refinery::Error) -> Error {
    use std::error::Error as _;
    let why = error.source().map_or_else(|| error.to_string(), |source| format!("{error}: {source}"));
    Error::Open { url, why: format!("its schema could not be brought up to date: {why}") }
}

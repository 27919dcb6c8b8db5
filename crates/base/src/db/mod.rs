//! The database: one SQL text for SQLite and PostgreSQL, and two doors, [`Db::write`] and [`Db::read`].
//!
//! A door takes a plain closure of a [`Tx`] and runs it on a database thread: one hop per transaction, no `await`
//! inside. On SQLite waiting writes share one commit (group commit, `synchronous=FULL`); on PostgreSQL each is a
//! serializable transaction that is run again when it met another. So a closure may run twice: no side effects in it.
//! The answer comes after the commit is durable.

mod error;
mod migrate;
mod pg;
mod sqlite;
mod tx;
mod value;
mod work;

use std::sync::Arc;

use tokio::sync::watch;

pub use error::{Error, Result};
pub use migrate::{known_version, schema_fingerprint};
pub use tx::{Row, Tx, placeholders};
pub use value::{Column, FromColumn, Param, ToParam, params};

use crate::clock::Clock;
use crate::id::IdMaker;
use crate::metric::Door;
use work::{Task, Work};

/// A handle to the database; clones share it.
#[derive(Clone)]
pub struct Db {
    engine: Arc<Engine>,
    commits: watch::Receiver<u64>,
    meter: Arc<Meter>,
}

/// What goes through the two doors, for whoever watches.
#[derive(Debug, Default)]
pub struct Meter {
    /// Transactions that write.
    pub writes: Door,
    /// Transactions that only read.
    pub reads: Door,
}

enum Engine {
    Sqlite(sqlite::Sqlite),
    Postgres(pg::Postgres),
}

/// How many threads and connections a database gets.
#[derive(Debug, Clone, Copy)]
pub struct Size {
    /// SQLite's reader threads.
    pub readers: usize,
    /// PostgreSQL's connections.
    pub connections: usize,
}

impl Default for Size {
    fn default() -> Self {
        let cores = std::thread::available_parallelism().map_or(2, usize::from);
        Self { readers: cores.clamp(2, 8), connections: 16 }
    }
}

/// Brings the database at `url` up to date and closes it again; [`Db::open`] does the same before it starts its threads.
///
/// # Errors
/// When it cannot be opened or reached, or was made by a newer version.
pub fn migrate(url: &str) -> Result<()> {
    if is_postgres(url) { migrate::postgres_url(url) } else { migrate::sqlite_file(&sqlite::path_of(url)) }
}

fn is_postgres(url: &str) -> bool {
    url.starts_with("postgres://") || url.starts_with("postgresql://")
}

impl Db {
    /// Opens `url` (`sqlite:PATH`, a plain path, or `postgres://...`), brings its schema up to date and starts its
    /// threads. Blocks while it does.
    ///
    /// # Errors
    /// When it cannot be opened or reached, or was made by a newer version.
    pub fn open(url: &str, clock: Clock, size: Size) -> Result<Self> {
        let (announce, commits) = watch::channel(0);
        let ids = Arc::new(IdMaker::new(clock, 0));
        migrate(url)?;
        let engine = if is_postgres(url) {
            Engine::Postgres(pg::Postgres::start(url, &ids, announce, size.connections)?)
        } else {
            let path = sqlite::path_of(url);
            Engine::Sqlite(sqlite::Sqlite::start(&path, &ids, announce, size.readers)?)
        };
        Ok(Self { engine: Arc::new(engine), commits, meter: Arc::default() })
    }

    /// Runs `closure` in a transaction that may write; its result comes once the commit is durable.
    ///
    /// # Errors
    /// What the closure refused with (nothing it did is kept), or why the commit failed.
    pub async fn write<T, E>(&self, closure: impl FnMut(&mut Tx) -> Result<T, E> + Send + 'static) -> Result<T, E>
    where
        T: Send + 'static,
        E: From<Error> + Send + 'static,
    {
        let _inside = self.meter.writes.enter();
        let (task, answer) = Task::new(closure);
        self.engine.send(Box::new(task), true);
        answer.await.unwrap_or_else(|_| Err(Error::Closed.into()))
    }

    /// Runs `closure` in a read-only transaction: all its statements see one state of the database.
    ///
    /// # Errors
    /// What the closure refused with, or why the database could not be read.
    pub async fn read<T, E>(&self, closure: impl FnMut(&mut Tx) -> Result<T, E> + Send + 'static) -> Result<T, E>
    where
        T: Send + 'static,
        E: From<Error> + Send + 'static,
    {
        let _inside = self.meter.reads.enter();
        let (task, answer) = Task::new(closure);
        self.engine.send(Box::new(task), false);
        answer.await.unwrap_or_else(|_| Err(Error::Closed.into()))
    }

    /// [`Db::write`] for threads outside the async runtime: the command line, bulk work, tests.
    pub fn write_now<T, E>(&self, closure: impl FnMut(&mut Tx) -> Result<T, E> + Send + 'static) -> Result<T, E>
    where
        T: Send + 'static,
        E: From<Error> + Send + 'static,
    {
        let _inside = self.meter.writes.enter();
        let (task, answer) = Task::new(closure);
        self.engine.send(Box::new(task), true);
        answer.blocking_recv().unwrap_or_else(|_| Err(Error::Closed.into()))
    }

    /// [`Db::read`] for threads outside the async runtime.
    pub fn read_now<T, E>(&self, closure: impl FnMut(&mut Tx) -> Result<T, E> + Send + 'static) -> Result<T, E>
    where
        T: Send + 'static,
        E: From<Error> + Send + 'static,
    {
        let _inside = self.meter.reads.enter();
        let (task, answer) = Task::new(closure);
        self.engine.send(Box::new(task), false);
        answer.blocking_recv().unwrap_or_else(|_| Err(Error::Closed.into()))
    }

    /// How long transactions take, waiting included, and how many there are at this moment.
    pub fn meter(&self) -> &Meter {
        &self.meter
    }

    /// Changes whenever a transaction that called [`Tx::announce`] became durable, on this node or (PostgreSQL) another.
    /// A wake-up, not a guarantee: whoever follows also looks from time to time.
    pub fn commits(&self) -> watch::Receiver<u64> {
        self.commits.clone()
    }
}

impl Engine {
    fn send(&self, work: Box<dyn Work>, writes: bool) {
        let sent = match self {
            Self::Sqlite(engine) if writes => engine.write(work),
            Self::Sqlite(engine) => engine.read(work),
            Self::Postgres(engine) => engine.send(work, writes),
        };
        if let Err(work) = sent {
            work.answer(Err(Error::Closed));
        }
    }
}

//! SQLite: one writer thread that commits waiting closures together, and a few reader threads.

use std::fs::File;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use crossbeam_channel::{Receiver, Sender, unbounded};
use rusqlite::config::DbConfig;
use rusqlite::{Connection, OpenFlags};
use tokio::sync::watch;

use super::error::{Error, Result};
use super::tx::{Conn, Tx};
use super::work::Work;
use crate::id::IdMaker;

/// At most this many closures share one commit, so that the first does not wait long for the last.
const GROUP: usize = 512;
/// As many processes may use one file at once: the desk, and commands beside it.
const PROCESSES: i64 = 64;

/// The queues of the writer and the readers.
pub(super) struct Sqlite {
    writes: Sender<Box<dyn Work>>,
    reads: Sender<Box<dyn Work>>,
    /// Held as long as this process makes ids under its number.
    _node: File,
}

impl Sqlite {
    /// Opens the file, which is migrated already, and starts the threads.
    pub(super) fn start(path: &Path, ids: &Arc<IdMaker>, commits: watch::Sender<u64>, readers: usize) -> Result<Self> {
        let node = take_node(path, ids)?;
        let (writes, write_queue) = unbounded();
        let (reads, read_queue) = unbounded();
        let writer = Writer::open(path, Arc::clone(ids), commits)?;
        spawn("db-writer", move || writer.run(&write_queue))?;
        for number in 0..readers {
            let (path, ids, queue) = (path.to_owned(), Arc::clone(ids), read_queue.clone());
            let conn = connect(&path, OpenFlags::SQLITE_OPEN_READ_ONLY)?;
            spawn(&format!("db-reader-{number}"), move || read_all(&conn, &ids, &queue))?;
        }
        Ok(Self { writes, reads, _node: node })
    }

    pub(super) fn write(&self, work: Box<dyn Work>) -> Result<(), Box<dyn Work>> {
        self.writes.send(work).map_err(|refused| refused.0)
    }

    pub(super) fn read(&self, work: Box<dyn Work>) -> Result<(), Box<dyn Work>> {
        self.reads.send(work).map_err(|refused| refused.0)
    }
}

/// Takes the first number that no other process at this file holds, so that no two of them make the same id. The lock
/// goes with the process, however it ends.
fn take_node(path: &Path, ids: &IdMaker) -> Result<File> {
    let failed = |why: String| Error::Open { url: path.display().to_string(), why };
    for number in 0..PROCESSES {
        let beside = path.with_extension(format!("node{number}"));
        let file = File::create(&beside).map_err(|error| failed(error.to_string()))?;
        if file.try_lock().is_ok() {
            ids.set_node(number);
            return Ok(file);
        }
    }
    Err(failed(format!("{PROCESSES} processes use it already")))
}

/// Opens a connection as every thread of ours wants it.
pub(super) fn connect(path: &Path, access: OpenFlags) -> Result<Connection> {
    let flags = access | OpenFlags::SQLITE_OPEN_NO_MUTEX | OpenFlags::SQLITE_OPEN_URI;
    let open = || -> rusqlite::Result<Connection> {
        let conn = Connection::open_with_flags(path, flags)?;
        conn.busy_timeout(Duration::from_secs(10))?;
        // Without it SQLite plans a query anew whenever a value is bound that a better plan might follow from.
        conn.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_QPSG, true)?;
        conn.set_prepared_statement_cache_capacity(512);
        conn.execute_batch(
            "PRAGMA foreign_keys = ON; PRAGMA synchronous = FULL; PRAGMA temp_store = MEMORY;
             PRAGMA cache_size = -8000;",
        )?;
        Ok(conn)
    };
    open().map_err(|error| Error::Open { url: path.display().to_string(), why: error.to_string() })
}

/// Opens the file for writing, creating it when it is new, with the write-ahead log on.
pub(super) fn create(path: &Path) -> Result<Connection> {
    let conn = connect(path, OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_CREATE)?;
    let wal = "PRAGMA journal_mode = WAL; PRAGMA wal_autocheckpoint = 16000; PRAGMA journal_size_limit = 67108864;";
    conn.execute_batch(wal).map_err(|error| Error::Open { url: path.display().to_string(), why: error.to_string() })?;
    Ok(conn)
}

fn spawn(name: &str, body: impl FnOnce() + Send + 'static) -> Result<()> {
    std::thread::Builder::new()
        .name(name.to_owned())
        .spawn(body)
        .map(drop)
        .map_err(|error| Error::Open { url: name.to_owned(), why: error.to_string() })
}

struct Writer {
    conn: Connection,
    ids: Arc<IdMaker>,
    commits: watch::Sender<u64>,
}

/// What became of a group.
enum Ran {
    /// All of it is to be kept; whether something in it was announced.
    Kept(bool),
    /// The last one refused, and what it wrote is among the rest.
    Spoilt,
}

/// How a transaction control statement went; an error text when SQLite refused it.
type Control = Result<(), String>;

impl Writer {
    fn open(path: &Path, ids: Arc<IdMaker>, commits: watch::Sender<u64>) -> Result<Self> {
        Ok(Self { conn: create(path)?, ids, commits })
    }

    fn run(self, queue: &Receiver<Box<dyn Work>>) {
        while let Ok(first) = queue.recv() {
            self.group(first, queue);
        }
    }

    /// Runs what waits and commits once for all of it.
    ///
    /// A savepoint around each closure would copy every page that it touches, for a refusal that hardly ever comes. So
    /// the group runs without, and only when one refuses that had written already is all undone and run again in
    /// savepoints: closures may run more than once on the other engine too.
    fn group(&self, first: Box<dyn Work>, queue: &Receiver<Box<dyn Work>>) {
        let mut done = Vec::new();
        let outcome = match self.try_all(first, queue, &mut done) {
            Ok(Ran::Kept(announced)) => self.commit(announced),
            Ok(Ran::Spoilt) if done.len() == 1 => self.control("ROLLBACK"),
            Ok(Ran::Spoilt) => {
                self.control("ROLLBACK").and_then(|()| self.each_alone(&mut done)).and_then(|said| self.commit(said))
            }
            Err(why) => Err(why),
        };
        if outcome.is_err() && !self.conn.is_autocommit() {
            let _ = self.control("ROLLBACK");
        }
        for work in done {
            work.answer(outcome.clone().map_err(Error::Commit));
        }
    }

    /// Runs `first` and what waits behind it, until something refuses that had written already.
    fn try_all(
        &self,
        first: Box<dyn Work>,
        queue: &Receiver<Box<dyn Work>>,
        done: &mut Vec<Box<dyn Work>>,
    ) -> Result<Ran, String> {
        done.push(first);
        let mut number = self.begin()?;
        let mut announced = false;
        loop {
            number += 1;
            let before = self.conn.total_changes();
            let Some(work) = done.last_mut() else { break };
            match self.run_one(work.as_mut(), number)? {
                Some(said) => announced |= said,
                None if self.conn.total_changes() != before => return Ok(Ran::Spoilt),
                None => {}
            }
            if done.len() == GROUP {
                break;
            }
            let Ok(next) = queue.try_recv() else { break };
            done.push(next);
        }
        Ok(Ran::Kept(announced))
    }

    /// Runs closures again, each in a savepoint, so that those that refuse are undone alone. Gives whether any of the
    /// others announced something.
    fn each_alone(&self, all: &mut [Box<dyn Work>]) -> Result<bool, String> {
        let mut announced = false;
        for (number, work) in (self.begin()? + 1..).zip(all) {
            self.control("SAVEPOINT one")?;
            match self.run_one(work.as_mut(), number)? {
                Some(said) => announced |= said,
                None => self.control("ROLLBACK TO one")?,
            }
            self.control("RELEASE one")?;
        }
        Ok(announced)
    }

    /// Runs one closure. Gives whether it announced something; nothing when it refused.
    fn run_one(&self, work: &mut dyn Work, number: i64) -> Result<Option<bool>, String> {
        let mut tx = Tx {
            conn: Conn::Sqlite(&self.conn),
            ids: &self.ids,
            number,
            must_retry: false,
            failed: false,
            announced: false,
        };
        let keep = work.run(&mut tx);
        let announced = tx.announced;
        // A full disk may have rolled everything back by itself.
        if self.conn.is_autocommit() {
            return Err("SQLite rolled the group back: the disk may be full".to_owned());
        }
        Ok(keep.then_some(announced))
    }

    fn commit(&self, announced: bool) -> Control {
        self.control("COMMIT")?;
        if announced {
            self.commits.send_modify(|count| *count += 1);
        }
        Ok(())
    }

    /// Begins a group and takes as many numbers as it may need; gives the one before the first. The numbers stand in the
    /// file, so that they grow across restarts, and across processes, in the order of the commits.
    fn begin(&self) -> Result<i64, String> {
        self.control("BEGIN IMMEDIATE")?;
        let sql = "UPDATE counters SET value = value + ?1 WHERE name = 'transaction' RETURNING value - ?1";
        let taken = self.conn.prepare_cached(sql).and_then(|mut take| take.query_row([GROUP as i64], |row| row.get(0)));
        taken.map_err(|error| error.to_string())
    }

    fn control(&self, sql: &str) -> Control {
        let run = self.conn.prepare_cached(sql).and_then(|mut statement| statement.raw_execute());
        run.map(drop).map_err(|error| error.to_string())
    }
}

/// Runs reads one after the other, each seeing one state of the database throughout.
fn read_all(conn: &Connection, ids: &IdMaker, queue: &Receiver<Box<dyn Work>>) {
    while let Ok(mut work) = queue.recv() {
        let began = conn.execute_batch("BEGIN");
        let mut tx =
            Tx { conn: Conn::Sqlite(conn), ids, number: 0, must_retry: false, failed: false, announced: false };
        work.run(&mut tx);
        let ended = conn.execute_batch("COMMIT");
        work.answer(began.and(ended).map_err(Error::from));
    }
}

/// The file of a `sqlite:` URL or a plain path.
pub(super) fn path_of(url: &str) -> PathBuf {
    PathBuf::from(url.strip_prefix("sqlite:").unwrap_or(url))
}

//! SQLite: one writer thread that commits waiting closures together, and a few reader threads.

use std::fs::File;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use crossbeam_channel::{Receiver, Sender, unbounded};
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
        conn.set_prepared_statement_cache_capacity(512);
        conn.execute_batch(
            "PRAGMA foreign_keys = ON; PRAGMA synchronous = FULL; PRAGMA temp_store = MEMORY;
             PRAGMA cache_size = -8000; PRAGMA mmap_size = 268435456;",
        )?;
        Ok(conn)
    };
    open().map_err(|error| Error::Open { url: path.display().to_string(), why: error.to_string() })
}

/// Opens the file for writing, creating it when it is new, with the write-ahead log on.
pub(super) fn create(path: &Path) -> Result<Connection> {
    let conn = connect(path, OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_CREATE)?;
    let wal = "PRAGMA journal_mode = WAL; PRAGMA wal_autocheckpoint = 4000; PRAGMA journal_size_limit = 67108864;";
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

    /// Runs what waits, each closure in a savepoint of its own, and commits once for all of them.
    fn group(&self, first: Box<dyn Work>, queue: &Receiver<Box<dyn Work>>) {
        let mut number = match self.begin() {
            Ok(number) => number,
            Err(why) => {
                let _ = self.control("ROLLBACK");
                first.answer(Err(Error::Commit(why)));
                return;
            }
        };
        let mut done: Vec<Box<dyn Work>> = Vec::new();
        let mut announced = false;
        let mut next = Some(first);
        let mut failed = None;
        while let Some(mut work) = next.take() {
            number += 1;
            match self.run_one(work.as_mut(), number) {
                Ok(said) => announced |= said,
                Err(why) => failed = Some(why),
            }
            done.push(work);
            if failed.is_none() && done.len() < GROUP {
                next = queue.try_recv().ok();
            }
        }
        let outcome = match failed {
            None => self.control("COMMIT"),
            Some(why) => Err(why),
        };
        if outcome.is_err() && !self.conn.is_autocommit() {
            let _ = self.control("ROLLBACK");
        }
        if announced && outcome.is_ok() {
            self.commits.send_modify(|count| *count += 1);
        }
        for work in done {
            work.answer(outcome.clone().map_err(Error::Commit));
        }
    }

    /// Runs one closure; it alone is undone when it refuses. Gives whether it announced something.
    fn run_one(&self, work: &mut dyn Work, number: i64) -> Result<bool, String> {
        self.control("SAVEPOINT one")?;
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
        if !keep {
            self.control("ROLLBACK TO one")?;
        }
        self.control("RELEASE one")?;
        Ok(keep && announced)
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

//! SQLite: one writer thread that commits waiting closures together, and a few reader threads.

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
/// Transaction numbers are reserved on disk in blocks of this many, so that they grow across restarts without a write each.
const NUMBERS: i64 = 1 << 20;

/// The queues of the writer and the readers.
pub(super) struct Sqlite {
    writes: Sender<Box<dyn Work>>,
    reads: Sender<Box<dyn Work>>,
}

impl Sqlite {
    /// Opens the file, which is migrated already, and starts the threads.
    pub(super) fn start(path: &Path, ids: &Arc<IdMaker>, commits: watch::Sender<u64>, readers: usize) -> Result<Self> {
        let (writes, write_queue) = unbounded();
        let (reads, read_queue) = unbounded();
        let writer = Writer::open(path, Arc::clone(ids), commits)?;
        spawn("db-writer", move || writer.run(&write_queue))?;
        for number in 0..readers {
            let (path, ids, queue) = (path.to_owned(), Arc::clone(ids), read_queue.clone());
            let conn = connect(&path, OpenFlags::SQLITE_OPEN_READ_ONLY)?;
            spawn(&format!("db-reader-{number}"), move || read_all(&conn, &ids, &queue))?;
        }
        Ok(Self { writes, reads })
    }

    pub(super) fn write(&self, work: Box<dyn Work>) -> Result<(), Box<dyn Work>> {
        self.writes.send(work).map_err(|refused| refused.0)
    }

    pub(super) fn read(&self, work: Box<dyn Work>) -> Result<(), Box<dyn Work>> {
        self.reads.send(work).map_err(|refused| refused.0)
    }
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
    conn.execute_batch(wal)
        .map_err(|error| Error::Open { url: path.display().to_string(), why: error.to_string() })?;
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
    /// The next transaction's number, and the first that is not reserved on disk yet.
    next: i64,
    reserved: i64,
}

/// How a transaction control statement went; an error text when SQLite refused it.
type Control = Result<(), String>;

impl Writer {
    fn open(path: &Path, ids: Arc<IdMaker>, commits: watch::Sender<u64>) -> Result<Self> {
        let conn = create(path)?;
        let sql = "SELECT value FROM counters WHERE name = 'transaction'";
        let reserved: i64 = conn.query_row(sql, [], |row| row.get(0))?;
        Ok(Self { conn, ids, commits, next: reserved, reserved })
    }

    fn run(mut self, queue: &Receiver<Box<dyn Work>>) {
        while let Ok(first) = queue.recv() {
            self.group(first, queue);
        }
    }

    /// Runs what waits, each closure in a savepoint of its own, and commits once for all of them.
    fn group(&mut self, first: Box<dyn Work>, queue: &Receiver<Box<dyn Work>>) {
        if let Err(why) = self.control("BEGIN IMMEDIATE") {
            first.answer(Err(Error::Commit(why)));
            return;
        }
        let mut done: Vec<Box<dyn Work>> = Vec::new();
        let mut announced = false;
        let mut next = Some(first);
        let mut failed = None;
        while let Some(mut work) = next.take() {
            match self.run_one(work.as_mut()) {
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
        if outcome.is_err() {
            // A reservation made in this group may be gone with it.
            self.reserved = 0;
            if !self.conn.is_autocommit() {
                let _ = self.control("ROLLBACK");
            }
        }
        if announced && outcome.is_ok() {
            self.commits.send_modify(|count| *count += 1);
        }
        for work in done {
            work.answer(outcome.clone().map_err(Error::Commit));
        }
    }

    /// Runs one closure; it alone is undone when it refuses. Gives whether it announced something.
    fn run_one(&mut self, work: &mut dyn Work) -> Result<bool, String> {
        // Before the savepoint: what a refusing closure undoes must not undo the reservation of numbers.
        let number = self.number()?;
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

    fn number(&mut self) -> Result<i64, String> {
        self.next += 1;
        if self.next >= self.reserved {
            self.reserved = self.next + NUMBERS;
            let sql = "UPDATE counters SET value = ?1 WHERE name = 'transaction'";
            let reserve = self.conn.prepare_cached(sql).and_then(|mut s| s.execute([self.reserved]));
            reserve.map_err(|error| error.to_string())?;
        }
        Ok(self.next)
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

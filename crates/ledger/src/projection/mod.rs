//! The ledger as columns in memory: one array a column, words as codes, so that a measure over ten million
//! touchpoints takes as long as reading the few columns it needs.
//!
//! [`Projection`] follows the ledger (one task, [`Projection::follow`]) and hands out [`View`]s: consistent, immutable
//! and cheap, so that nobody who reads keeps anybody who writes waiting. A snapshot file makes a start quick; it is only
//! ever a copy of the ledger, and one that is broken, older or of another ledger is put aside and built again.
//!
//! Memory: 32 bytes a row, 10 for each number that a touchpoint carries, and about 40 for each thing (a ticket, an
//! article) that is mentioned for the first time; `bin/bench --only ten-million` measures it.

mod build;
mod column;
mod file;
mod names;
mod read;
mod view;

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError, RwLock};
use std::time::{Duration, Instant};

use base::db::Db;

use crate::touchpoint::{Kinds, after};
use build::Builder;
pub use column::{CHUNK, Chunk, Sparse};
pub(crate) use names::NumberMap;
pub use names::{Grown, Names};
pub use read::{Entry, Person};
pub use view::{NOBODY, View};

/// Touchpoints that are read from the ledger at once.
const BATCH: i64 = 10_000;
/// A snapshot is due after this many new rows.
const SNAPSHOT_AFTER: u64 = 250_000;
/// How often to look without having been woken.
const LOOK: Duration = Duration::from_secs(5);
/// How often to ask who was erased, which means looking at everybody.
const ERASED: Duration = Duration::from_mins(1);
/// Commits that come within this time are taken in together.
const GATHER: Duration = Duration::from_millis(40);

/// Why the projection cannot go on.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The ledger could not be read.
    #[error(transparent)]
    Database(#[from] base::db::Error),
    /// The snapshot could not be written; nothing is lost, but the next start takes longer.
    #[error("cannot write the snapshot {}: {why}. Check the disk and who may write there", .path.display())]
    Snapshot {
        /// The file.
        path: PathBuf,
        /// What the system said.
        why: std::io::Error,
    },
}

/// The ledger's columns, kept up to date.
pub struct Projection {
    db: Db,
    path: PathBuf,
    builder: Mutex<Builder>,
    published: RwLock<View>,
    /// Rows in the last snapshot.
    kept: Mutex<u64>,
    /// When it was last asked who was erased.
    asked: Mutex<Option<Instant>>,
}

impl Projection {
    /// Reads the snapshot in `folder`, if there is a good one of this ledger. Call [`Projection::catch_up`] next, or let
    /// [`Projection::follow`] do so. Blocks while it reads.
    ///
    /// # Errors
    /// When the database cannot be read. A broken snapshot is no error: it is put aside.
    pub fn open(db: &Db, folder: &Path, kinds: &Kinds) -> Result<Self, Error> {
        let path = folder.join("projection.columns");
        let empty = View::empty(kinds);
        let view = match file::read(&path, &empty) {
            Ok(Some(view)) if read::is_of_this_ledger(db, view.cursor())? => view,
            Ok(Some(_)) => {
                tracing::warn!(path = %path.display(), "the snapshot is of another ledger: building it again");
                empty
            }
            Ok(None) => empty,
            Err(why) => {
                tracing::warn!(path = %path.display(), %why, "the snapshot cannot be used: building it again");
                empty
            }
        };
        let rows = view.rows() as u64;
        let builder = Builder::new(view, kinds);
        let published = RwLock::new(builder.view());
        Ok(Self {
            db: db.clone(),
            path,
            builder: Mutex::new(builder),
            published,
            kept: Mutex::new(rows),
            asked: Mutex::new(None),
        })
    }

    /// Takes in everything that is in the ledger by now, and gives how many touchpoints were new. Blocks.
    ///
    /// # Errors
    /// When the database cannot be read; what was taken in until then stays.
    pub fn catch_up(&self) -> Result<u64, Error> {
        // Only a panic within could poison it, and every batch is taken in whole or not at all.
        let mut builder = self.builder.lock().unwrap_or_else(PoisonError::into_inner);
        let mut new = 0;
        if builder.is_empty() {
            builder.know_versions(read::all_versions(&self.db)?);
        }
        loop {
            let cursor = builder.cursor();
            let batch = self.db.read_now(move |tx| after(tx, cursor, BATCH))?;
            let wanted = builder.unknown_versions(&batch);
            if !wanted.is_empty() {
                builder.know_versions(read::versions(&self.db, wanted)?);
            }
            let rows = batch.len();
            for touchpoint in &batch {
                builder.append(touchpoint);
            }
            new += rows as u64;
            let whole = (rows as i64) < BATCH;
            if whole {
                let erased = self.is_time_for_erased().then(|| read::erased(&self.db)).transpose()?;
                builder.set_people(&read::merged(&self.db)?, erased.as_deref());
            }
            *self.published.write().unwrap_or_else(PoisonError::into_inner) = builder.view();
            if whole {
                return Ok(new);
            }
        }
    }

    /// The ledger as it stood at the end of the last [`Projection::catch_up`]. Cheap: arrays are shared, not copied.
    pub fn view(&self) -> View {
        self.published.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Writes the present view to the snapshot file, whole or not at all. Blocks.
    ///
    /// # Errors
    /// When the file cannot be written.
    pub fn snapshot(&self) -> Result<(), Error> {
        let view = self.view();
        // Two snapshots at once would write one file.
        let mut kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        file::write(&self.path, &view).map_err(|why| Error::Snapshot { path: self.path.clone(), why })?;
        *kept = view.rows() as u64;
        Ok(())
    }

    /// One number for everything in the columns: equal for two projections of one ledger, however they came about.
    /// Takes in what is new first.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn digest(&self) -> Result<u64, Error> {
        *self.asked.lock().unwrap_or_else(PoisonError::into_inner) = None;
        self.catch_up()?;
        Ok(self.view().digest())
    }

    /// Follows the ledger until the future is dropped: the one that writes here. It blocks while it takes in what is new,
    /// so it wants a thread of its own, which a runtime of several threads drives.
    pub async fn follow(&self) {
        let mut commits = self.db.commits();
        loop {
            commits.mark_unchanged();
            let step = || catch_unwind(AssertUnwindSafe(|| self.step()));
            match tokio::task::block_in_place(step) {
                Ok(Ok(())) => {}
                Ok(Err(error)) => tracing::error!(%error, "the projection cannot follow the ledger; trying again"),
                Err(_) => tracing::error!("the projection stumbled; trying again"),
            }
            match tokio::time::timeout(LOOK, commits.changed()).await {
                Ok(Ok(())) => tokio::time::sleep(GATHER).await,
                Ok(Err(_)) => return,
                Err(_) => {}
            }
        }
    }

    fn is_time_for_erased(&self) -> bool {
        let mut asked = self.asked.lock().unwrap_or_else(PoisonError::into_inner);
        let due = asked.is_none_or(|at| at.elapsed() >= ERASED);
        if due {
            *asked = Some(Instant::now());
        }
        due
    }

    fn step(&self) -> Result<(), Error> {
        self.catch_up()?;
        let kept = *self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        if self.view().rows() as u64 >= kept + SNAPSHOT_AFTER {
            self.snapshot()?;
        }
        Ok(())
    }
}

/// A view of rows that never were in a database: for tests and benchmarks.
pub fn of_entries<'e>(kinds: &Kinds, entries: impl IntoIterator<Item = Entry<'e>>) -> View {
    let mut builder = Builder::new(View::empty(kinds), kinds);
    for entry in entries {
        builder.append_entry(&entry);
    }
    builder.view()
}

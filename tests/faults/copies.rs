//! The copies of the ledger that a desk keeps for speed: search index and projection. After any number of kills each is
//! what it would be if it were made anew.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;
use std::time::{Duration, Instant};

use base::clock::Clock;
use base::db::Db;
use base::index::{Index, Query, Reader};
use ledger::projection::Projection;
use ledger::touchpoint::{self, IMPORTED, Kinds};
use testkit::desk::Process;
use testkit::folder;

use crate::crowd::MATTERS;
use crate::storm::Result;

/// How long the index may take to catch up, or to be made anew.
const PATIENCE: Duration = Duration::from_mins(3);

/// What an index finds: how many documents there are, and the tickets of each question.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Finds {
    /// Documents in all.
    pub(crate) documents: u64,
    tickets: Vec<(String, BTreeSet<i64>)>,
}

/// What the running desk's index finds once it has followed the ledger to its end.
pub(crate) fn caught_up(data: &Path, db: &Db) -> Result<Finds> {
    let index = Index::open(&data.join("index"))?;
    let begun = Instant::now();
    loop {
        let end = db.read_now(touchpoint::end)?;
        let wanted = format!("{}:{}", end.position, end.id);
        let stands = index.cursor()?;
        if stands.as_deref() == Some(&wanted) {
            break;
        }
        if begun.elapsed() > PATIENCE {
            return Err(format!("the index stands at {stands:?}, the ledger at {wanted}").into());
        }
        std::thread::sleep(Duration::from_millis(50));
    }
    drop(index);
    // Opened again, so that it sees the commit that brought it here.
    let index = Index::open(&data.join("index"))?;
    let mut tickets = Vec::new();
    let questions =
        MATTERS.iter().map(ToString::to_string).chain(["heating morning".into(), "printr".into(), "2x1".into()]);
    for words in questions {
        let query = Query {
            words: words.clone(),
            kind: Some("ticket".to_owned()),
            tag: None,
            reader: Reader::Desk,
            now: Clock::default().now(),
            limit: 1_000_000,
            offset: 0,
        };
        tickets.push((words, index.search(&query)?.hits.iter().map(|hit| hit.id).collect()));
    }
    Ok(Finds { documents: index.count(), tickets })
}

impl Finds {
    /// Whether every question found something: an index that finds nothing equals every other that does not.
    pub(crate) fn something(&self) -> bool {
        self.tickets.iter().all(|(_, found)| !found.is_empty())
    }
}

/// Stops the desk, deletes its index, and starts it again; [`caught_up`] then waits for the new one.
pub(crate) fn delete_index(desk: &mut Process, data: &Path) -> Result<()> {
    desk.stop();
    fs::remove_dir_all(data.join("index"))?;
    Ok(desk.start_again()?)
}

/// Takes a snapshot of the projection as it is now, for [`projection_agrees`] to go on from.
pub(crate) fn snapshot(db: &Db, folder: &Path) -> Result<()> {
    let projection = Projection::open(db, folder, &kinds())?;
    projection.catch_up()?;
    Ok(projection.snapshot()?)
}

/// Whether the projection from that snapshot and what came since is the one that is built from the ledger's beginning.
pub(crate) fn projection_agrees(db: &Db, kept: &Path) -> Result<()> {
    let from_snapshot = Projection::open(db, kept, &kinds())?;
    let old_rows = from_snapshot.view().rows();
    let empty = folder::on_disk("projection")?;
    let anew = Projection::open(db, empty.path(), &kinds())?;
    let (one, other) = (from_snapshot.digest()?, anew.digest()?);
    let rows = anew.view().rows();
    let stored = db.read_now(touchpoint::count)?;
    if one != other || from_snapshot.view().rows() != rows || rows as i64 != stored || old_rows == 0 || old_rows >= rows
    {
        return Err(format!(
            "the projection differs: {} rows ({old_rows} of them from the snapshot) with digest {one:x}, \
             anew {rows} rows with digest {other:x}; the ledger has {stored}",
            from_snapshot.view().rows()
        )
        .into());
    }
    Ok(())
}

fn kinds() -> Kinds {
    let declared: Vec<_> = service::KINDS.iter().copied().flatten().copied().chain([&IMPORTED]).collect();
    Kinds::gather(&[&declared])
}

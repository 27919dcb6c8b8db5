//! Mails of the past: an mbox or a folder of mails becomes conversations, with nobody told and nothing answered.
//!
//! [`Archive::look`] finds every mail in one pass and puts them in the order of time, so that tickets are lived through
//! as they were, whichever way the archive is sorted. [`take_in`] reads them in batches: each is parsed on several
//! threads, its files are written with one wait for the disk, and it is decided about in one transaction. How far it came
//! is noted with each batch, and a mail is known by its key: broken off and started again it goes on from there, and no
//! mail is there twice.
//!
//! What our own people wrote is the desk's part of the conversation; everything else is decided as if it came today
//! (`mail/decide`), at the time it was written.

mod archive;
mod batch;
mod desk;

use std::sync::Arc;

use base::clock::{DAY, Moment};
use futures::StreamExt;
use service::ticket::history;
use web::App;
use web::error::Error;

use super::mailroom::Mailroom;
use super::model::{Decision, Outcome};
use super::receive::ReceiveError;
use super::store::{self, Mark};

pub use archive::{Archive, ArchiveError};

/// Batches that are read while one is stored.
const AHEAD: usize = 2;
/// As many tickets are ended in one transaction.
const AT_ONCE: i64 = 500;

/// What became of an archive's mails.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Done {
    /// Mails that began a ticket.
    pub opened: u64,
    /// Mails that were added to one.
    pub written: u64,
    /// Mails of programs that were kept with one.
    pub kept: u64,
    /// Mails that were recorded and left at that.
    pub dropped: u64,
    /// Mails that wait for an agent in the quarantine.
    pub quarantined: u64,
    /// Mails that the desk had already.
    pub known: u64,
    /// Mails that an earlier try had been through.
    pub before: u64,
    /// Tickets that were ended, being silent for long.
    pub closed: u64,
}

impl Done {
    fn count(&mut self, outcome: &Outcome) {
        let of = match outcome.decision {
            _ if outcome.repeated => &mut self.known,
            Decision::Opened => &mut self.opened,
            Decision::Written => &mut self.written,
            Decision::Kept => &mut self.kept,
            Decision::Dropped | Decision::Discarded => &mut self.dropped,
            Decision::Quarantined => &mut self.quarantined,
        };
        *of += 1;
    }
}

/// Why an archive could not be taken in to its end. What was taken in before stays; starting again goes on from there.
#[derive(Debug, thiserror::Error)]
pub enum HistoryError {
    /// The archive cannot be read.
    #[error(transparent)]
    Archive(#[from] ArchiveError),
    /// A mail could not be stored.
    #[error(transparent)]
    Store(#[from] ReceiveError),
    /// How far we are could not be read or written.
    #[error("the database refused ({0}): check it, and start the import again; it goes on where it stopped")]
    Database(String),
}

impl From<Error> for HistoryError {
    fn from(error: Error) -> Self {
        Self::Database(error.to_string())
    }
}

impl From<base::db::Error> for HistoryError {
    fn from(error: base::db::Error) -> Self {
        Self::Database(error.to_string())
    }
}

/// Takes in every mail of an archive, and then ends its tickets in which nothing was said for `open_days`.
/// `progress` is told how many of the archive's mails are through.
///
/// # Errors
/// When the archive cannot be read any more, or nothing can be stored.
pub async fn take_in(
    app: &App,
    room: &Mailroom,
    archive: Arc<Archive>,
    open_days: i64,
    progress: impl Fn(u64),
) -> Result<Done, HistoryError> {
    let name = archive.name();
    let known = app.db.read({
        let name = name.clone();
        move |tx| store::mark(tx, &name)
    });
    let mails = archive.len() as i64;
    let begin = known.await?.filter(|mark| mark.uid_validity == mails).map_or(0, |mark| mark.last_uid as usize);
    let mut done = Done { before: begin as u64, ..Done::default() };
    let reading = archive.batches(begin).into_iter().map(|range| {
        // A task of its own reads on while an earlier batch is being stored.
        let (app, room, archive) = (app.clone(), room.clone(), Arc::clone(&archive));
        tokio::spawn(async move { (range.end, batch::prepare(&app, &room, &archive, range).await) })
    });
    let mut ready = futures::stream::iter(reading).buffered(AHEAD);
    while let Some(batch) = ready.next().await {
        let (end, prepared) = batch.map_err(|error| HistoryError::Database(error.to_string()))?;
        for outcome in batch::store(app, room, prepared?).await? {
            done.count(&outcome);
        }
        let (name, read_at) = (name.clone(), app.clock.now());
        let mark = Mark { uid_validity: mails, last_uid: end as i64, read_at, backlog: 0, backlog_at: read_at };
        app.db.write(move |tx| store::set_mark(tx, &name, mark)).await?;
        progress(end as u64);
    }
    done.closed = close(app, open_days).await?;
    Ok(done)
}

async fn close(app: &App, open_days: i64) -> Result<u64, HistoryError> {
    let before = Moment(app.clock.now().0 - open_days * DAY);
    let mut closed = 0;
    loop {
        let some = app.db.write(move |tx| history::close_silent(tx, before, AT_ONCE)).await?;
        closed += some as u64;
        if some < AT_ONCE as usize {
            return Ok(closed);
        }
    }
}

//! The demo: the company that `simulate` made up, written through the same tables that life writes.
//!
//! Everything here is marked as simulated: people, tickets, touchpoints. The story is told in chapters, in the order of
//! time, each one transaction ([`chapter`]); the search index and the projection follow by themselves. While it is being
//! written every page says so ([`waiting`]), and a folder says what its demo is and whether it was finished ([`mark`]).

mod chapter;
mod improvements;
mod kinds;
mod mark;
mod people;
mod pulses;
mod surveys;
#[cfg(test)]
mod tests;
mod tickets;
mod touches;
mod waiting;

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc::sync_channel;

use base::clock::{HOUR, Moment};
use base::db::Db;
use base::text::Texts;
use ledger::touchpoint;
use service::ticket::bulk;
use simulate::{Company, Settings};

pub(crate) use kinds::KINDS;
pub(crate) use mark::{Found, Mark};
pub(crate) use pulses::WEEKS as PULSE_WEEKS;
pub(crate) use waiting::serve_while;

/// The sentences of what no capability tells yet, and of the page that waits.
pub(crate) const TEXTS: Texts = Texts { en: include_str!("texts.en.ftl"), de: include_str!("texts.de.ftl") };

/// What to make up.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Wanted {
    /// Employees.
    pub(crate) people: u32,
    /// For how long the desk has been running.
    pub(crate) months: u32,
    /// The same seed gives the same company.
    pub(crate) seed: u64,
}

impl Wanted {
    /// The company as of `now`, to the hour: for the same people, months and seed the same story, moved in time.
    fn settings(self, now: Moment) -> Settings {
        let Self { people, months, seed } = self;
        Settings { people: people as usize, months, seed, end: now.0 - now.0.rem_euclid(HOUR) }
    }
}

/// How far the writing is; clones look at the same.
#[derive(Debug, Clone, Default)]
pub(crate) struct Progress(Arc<[AtomicUsize; 2]>);

impl Progress {
    fn expect(&self, total: usize) {
        self.0[1].store(total, Ordering::Relaxed);
    }

    fn add(&self, done: usize) {
        self.0[0].fetch_add(done, Ordering::Relaxed);
    }

    /// Contacts written, and contacts in all; 0 in all until that is known.
    fn now(&self) -> (usize, usize) {
        let [done, total] = [0, 1].map(|index| self.0[index].load(Ordering::Relaxed));
        (done.min(total), total)
    }
}

/// Makes up a company as of `now` and writes it into an empty database.
///
/// # Errors
/// When the database refuses; what was written until then stays, and [`Mark`] tells of it.
pub(crate) fn make_up(db: &Db, wanted: Wanted, now: Moment, progress: &Progress) -> base::db::Result<()> {
    let company = Arc::new(Company::new(wanted.settings(now)));
    let events: usize = company.tickets().iter().map(|ticket| ticket.events.len()).sum();
    progress.expect(events + company.touches().len());

    let (before, count) = (Arc::clone(&company), company.tickets().len());
    let (cast, reserved) = db.write_now(move |tx| {
        let cast = people::insert(tx, &before)?;
        Ok::<_, base::db::Error>((cast, bulk::reserve(tx, count)?))
    })?;
    let cast = Arc::new(cast);
    let (before, known) = (Arc::clone(&company), Arc::clone(&cast));
    let improvements = db.write_now(move |tx| improvements::insert(tx, &before, &known))?;

    // One thread tells, this one waits for the database: the next chapter is ready when the last is on disk.
    let (tell, told) = sync_channel(1);
    std::thread::scope(|scope| {
        let (company, cast, reserved, improvements) = (&company, &cast, &reserved, &improvements);
        // The teller owns the sender: when it has told everything the loop below ends.
        scope.spawn(move || chapter::tell(company, cast, reserved, improvements, &tell));
        for chapter in told {
            let events = chapter::write(db, chapter)?;
            progress.add(events);
        }
        Ok::<_, base::db::Error>(())
    })?;
    // What was simulated has no consequences: whoever reacts need not look at it.
    db.write_now(|tx| {
        let end = touchpoint::end(tx)?;
        touchpoint::advance(tx, crate::reactions::NAME, end)
    })
}

//! What is known of an import, how a file is to be read, and what can be in the way.

use base::clock::Moment;
use mining::read::{DateOrder, Mapping, Options, ReadError, TimeZone};

use super::ImportId;

/// How a file is to be read, where it does not say so itself.
#[derive(Debug, Clone, Default)]
pub struct How {
    /// Which columns of a CSV file mean what; what is left out is found by their names.
    pub mapping: Mapping,
    /// The time zone of times without an offset; UTC when empty.
    pub zone: Option<TimeZone>,
    /// Order of day and month; settled by looking when empty.
    pub date_order: Option<DateOrder>,
    /// Take what is whole of a file that was cut off.
    pub partial: bool,
}

impl How {
    /// The same for a reader.
    pub fn options<'a>(&self) -> Options<'a> {
        Options {
            mapping: self.mapping.clone(),
            zone: self.zone.clone(),
            date_order: self.date_order,
            partial: self.partial,
            ..Options::default()
        }
    }

    /// What was said beyond the file itself, in words: an import is only continued in the way in which it began.
    pub(super) fn layout(&self) -> String {
        let Mapping { case, activity, time, resource, lifecycle } = &self.mapping;
        let columns =
            [("case", case), ("activity", activity), ("time", time), ("resource", resource), ("lifecycle", lifecycle)];
        let mut said: Vec<String> = columns
            .iter()
            .filter_map(|(role, column)| column.as_ref().map(|column| format!("{role}={column}")))
            .collect();
        said.extend(self.zone.as_ref().map(|zone| format!("zone={}", zone.iana_name().unwrap_or("fixed"))));
        said.extend(self.date_order.map(|order| format!("dates={order:?}")));
        if self.partial {
            said.push("partial".to_owned());
        }
        said.join(" ")
    }
}

/// A log in the ledger.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Import {
    /// Which one.
    pub id: ImportId,
    /// The file's name.
    pub name: String,
    /// The format, and with a blank before it how it was read where the file does not say so: `csv case=Ticket`.
    pub kind: String,
    /// Cases stored so far.
    pub cases: i64,
    /// Events stored so far.
    pub events: i64,
    /// When it was begun.
    pub started_at: Moment,
    /// When all of it was stored; empty when it was cut off, or is under way.
    pub finished_at: Option<Moment>,
}

/// What an import came to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Done {
    /// Which it is.
    pub id: ImportId,
    /// Events that an earlier try had stored already.
    pub before: i64,
    /// All events of it in the ledger.
    pub events: i64,
    /// All cases of it in the ledger.
    pub cases: i64,
}

/// Why a file was not read into the ledger. Each says what to do.
#[derive(Debug, thiserror::Error)]
pub enum ImportError {
    /// The file cannot be opened or read.
    #[error("cannot read {path} ({why}). Check its name and who may read it")]
    File {
        /// Its path.
        path: String,
        /// What the system said.
        why: std::io::Error,
    },
    /// It is not a log that we can read, or only in part.
    #[error("{path}: {why}. Nothing of it was stored")]
    Log {
        /// Its path.
        path: String,
        /// What the reader said.
        why: ReadError,
    },
    /// No event has a time.
    #[error(
        "{path}: none of its events has a time, so there is no journey to see. Export it again with times. \
         Nothing of it was stored"
    )]
    NoTimes {
        /// Its path.
        path: String,
    },
    /// It is in the ledger already.
    #[error(
        "{path} is in the ledger already: the same file, named {name}, was imported at {at} with {cases} cases and \
         {events} events. Nothing was changed"
    )]
    Already {
        /// Its path now.
        path: String,
        /// Its name then.
        name: String,
        /// When.
        at: Moment,
        /// How many cases.
        cases: i64,
        /// How many events.
        events: i64,
    },
    /// It was begun otherwise.
    #[error(
        "{path} was begun before as \"{begun}\" and has {events} events in the ledger: continue it in the same way, \
         not as \"{now}\". Nothing was changed"
    )]
    Otherwise {
        /// Its path.
        path: String,
        /// How it was read then.
        begun: String,
        /// How it is to be read now.
        now: String,
        /// How many events are stored.
        events: i64,
    },
    /// Somebody else imports the same file.
    #[error(
        "another process is importing {path} too: let one of them finish. What this one stored is there once, \
         and nothing is lost"
    )]
    Elsewhere {
        /// Its path.
        path: String,
    },
    /// The file is not what it was when it was looked at.
    #[error(
        "{path} changed while it was read: {events} events of it are in the ledger. Import it again when nobody \
         writes to it"
    )]
    Changed {
        /// Its path.
        path: String,
        /// How many events are stored.
        events: i64,
    },
    /// The caller asked to stop.
    #[error("stopped: {events} events of {path} are in the ledger. Import it again to go on from there")]
    Stopped {
        /// Its path.
        path: String,
        /// How many events are stored.
        events: i64,
    },
    /// The reader failed in the middle of what it had read once.
    #[error("{path}: {why}. {events} events of it are in the ledger; import it again to go on from there")]
    Midway {
        /// Its path.
        path: String,
        /// What the reader said.
        why: ReadError,
        /// How many events are stored.
        events: i64,
    },
    /// The database refused.
    #[error(transparent)]
    Database(#[from] base::db::Error),
}

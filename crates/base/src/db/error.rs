//! What can go wrong with the database, in words that say what to do.

use thiserror::Error;

/// A failure of the database or of a statement.
#[derive(Debug, Error)]
pub enum Error {
    /// The database could not be opened or reached.
    #[error("cannot open the database {url}: {why}")]
    Open {
        /// Which one, without a password.
        url: String,
        /// What the engine said.
        why: String,
    },
    /// It was made by a newer version of this program.
    #[error(
        "this database has schema {found}, and this version of The Desk knows schemas up to {known}: \
         start the version that last used it, or a newer one. Nothing was changed"
    )]
    Newer {
        /// The database's schema version.
        found: i64,
        /// The newest that this binary knows.
        known: i64,
    },
    /// A row with the same unique key exists already.
    #[error("this is stored already ({0})")]
    Taken(String),
    /// A statement failed on SQLite.
    #[error("database: {0}")]
    Sqlite(rusqlite::Error),
    /// A statement failed on PostgreSQL.
    #[error("database: {}", postgres_words(.0))]
    Postgres(postgres::Error),
    /// A column did not hold what was asked of it.
    #[error("column {index} holds {found}, not {wanted}")]
    Column {
        /// Counted from 0.
        index: usize,
        /// What the engine gave.
        found: String,
        /// The Rust type that was asked for.
        wanted: &'static str,
    },
    /// A statement names more parameters than it was given.
    #[error("the statement wants parameter ${wanted}, and {given} were given")]
    Params {
        /// The highest number in the statement.
        wanted: usize,
        /// How many were bound.
        given: usize,
    },
    /// Other transactions were in this one's way each time it was run.
    #[error("too many people changed the same thing at once: nothing was changed, please try again")]
    Contended,
    /// The group of writes could not be made durable; none of them happened.
    #[error("the write could not be made durable ({0}): nothing was changed. Check the disk, then try again")]
    Commit(String),
    /// The work inside the transaction panicked; it was rolled back.
    #[error("the work inside the transaction panicked; it was rolled back")]
    Panicked,
    /// A statement failed and the closure went on as if it had not.
    #[error(
        "a statement of this transaction failed and the work went on without it; nothing was changed. \
         This is a mistake in the program: look before inserting, or say ON CONFLICT"
    )]
    PassedOver,
    /// The database is being closed.
    #[error("the database is closed")]
    Closed,
}

/// The result of anything done with the database.
pub type Result<T, E = Error> = std::result::Result<T, E>;

impl Error {
    /// Whether a unique key was taken, whatever the engine calls it.
    pub fn is_taken(&self) -> bool {
        matches!(self, Self::Taken(_))
    }

    /// Whether PostgreSQL asks to run the whole transaction again (40001, 40P01).
    pub(super) fn is_serialization(&self) -> bool {
        use postgres::error::SqlState;
        match self {
            Self::Contended => true,
            Self::Postgres(error) => {
                matches!(error.code(), Some(&SqlState::T_R_SERIALIZATION_FAILURE | &SqlState::T_R_DEADLOCK_DETECTED))
            }
            _ => false,
        }
    }
}

impl From<rusqlite::Error> for Error {
    fn from(error: rusqlite::Error) -> Self {
        use rusqlite::ErrorCode::ConstraintViolation;
        use rusqlite::ffi::{SQLITE_CONSTRAINT_PRIMARYKEY, SQLITE_CONSTRAINT_UNIQUE};
        match &error {
            rusqlite::Error::SqliteFailure(code, message)
                if code.code == ConstraintViolation
                    && matches!(code.extended_code, SQLITE_CONSTRAINT_UNIQUE | SQLITE_CONSTRAINT_PRIMARYKEY) =>
            {
                Self::Taken(message.clone().unwrap_or_default())
            }
            _ => Self::Sqlite(error),
        }
    }
}

impl From<postgres::Error> for Error {
    fn from(error: postgres::Error) -> Self {
        use postgres::error::SqlState;
        if error.code() == Some(&SqlState::UNIQUE_VIOLATION) {
            let constraint = error.as_db_error().and_then(|e| e.constraint()).unwrap_or_default();
            Self::Taken(constraint.to_owned())
        } else {
            Self::Postgres(error)
        }
    }
}

/// PostgreSQL's own sentence: the driver's Display says only "db error".
fn postgres_words(error: &postgres::Error) -> String {
    match error.as_db_error() {
        Some(said) => format!("{} ({})", said.message(), said.code().code()),
        None => error.to_string(),
    }
}

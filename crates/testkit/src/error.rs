use std::path::PathBuf;
use std::time::Duration;

/// Why a test could not get the server, mail or database it asked for. Each message says what to do.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// A program that tests need is not on this machine.
    #[error("{program} is not here; install it with: apt-get install {package}")]
    Missing {
        /// The program's name or the place where it was looked for.
        program: String,
        /// Debian's package that brings it.
        package: &'static str,
    },
    /// A server ended, or never answered, before it was ready.
    #[error("{name} did not start: {why}\nIts log ({log}) ends with:\n{tail}", log = log.display())]
    DidNotStart {
        /// What was started.
        name: String,
        /// What was seen: an exit, or a wait that ran out.
        why: String,
        /// Where the whole log is, as long as the test's folder is kept.
        log: PathBuf,
        /// The last lines of the log.
        tail: String,
    },
    /// A condition did not become true in time.
    #[error("waited {waited:?} for {what}; seen instead: {seen}")]
    TimedOut {
        /// What was waited for.
        what: String,
        /// How long.
        waited: Duration,
        /// What there was when the wait ended.
        seen: String,
    },
    /// The operating system refused something.
    #[error("could not {doing}: {source}")]
    Io {
        /// What was being done, with the path or program.
        doing: String,
        /// The system's own word.
        source: std::io::Error,
    },
    /// PostgreSQL refused a statement.
    #[error("PostgreSQL refused to {doing}: {}", detail(source))]
    Postgres {
        /// What was being done.
        doing: String,
        /// The server's own word.
        source: postgres::Error,
    },
    /// Building a template database failed in the caller's own code.
    #[error("the template database {name} could not be built: {why}")]
    Template {
        /// The template's name.
        name: String,
        /// The caller's message.
        why: String,
    },
}

/// `postgres::Error` prints as "db error" alone; the server's sentence is one level down.
fn detail(error: &postgres::Error) -> String {
    error.as_db_error().map_or_else(|| error.to_string(), ToString::to_string)
}

/// Names what was being done when the system refused.
pub(crate) fn io(doing: impl Into<String>) -> impl FnOnce(std::io::Error) -> Error {
    let doing = doing.into();
    move |source| Error::Io { doing, source }
}

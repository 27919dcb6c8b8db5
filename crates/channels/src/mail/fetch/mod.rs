//! Reads a mailbox by IMAP: a task for each, for ever.
//!
//! Nothing is fetched twice and nothing is left out: for each mailbox we keep the last number (UID) that was taken in and
//! the validity of such numbers, in the database and not in the server's flags, which others change too. A mail is stored
//! first and flagged as seen after. When the machine dies in between, the mail is fetched again and known again. When the
//! server begins its numbers anew, everything unread or as new as our last visit is looked at again.

mod connection;
mod pass;

use std::time::Duration;

use base::clock::MINUTE;
use base::config::Imap;
use tokio::sync::watch;
use web::App;

use super::mailroom::Mailroom;
use super::receive::ReceiveError;
use super::stopped;
use connection::Session;

/// The longest that we wait for the server to tell of new mail before we look by ourselves: shorter than what routers
/// on the way forget.
const IDLE: Duration = Duration::from_mins(4);
/// The longest pause between two tries.
const LONGEST: Duration = Duration::from_mins(5);

/// Why a mailbox could not be read now.
#[derive(Debug, thiserror::Error)]
enum FetchError {
    /// The connection or the server failed.
    #[error("{0}")]
    Imap(#[from] async_imap::error::Error),
    /// The connection could not be made.
    #[error("cannot connect ({0}): check host, port and tls of this mailbox")]
    Connect(String),
    /// The server does not know us.
    #[error("the server refused user and password ({0}): check user and password of this mailbox")]
    Login(String),
    /// The server took too long.
    #[error("the server did not answer within {0} s")]
    Silent(u64),
    /// A mail could not be stored.
    #[error("{0}")]
    Store(#[from] ReceiveError),
    /// How far we are could not be read or written.
    #[error("{0}")]
    Database(#[from] base::db::Error),
}

/// The reader of one mailbox.
pub(super) struct Reader {
    app: App,
    room: Mailroom,
    imap: Imap,
    /// By which the mailbox is known in the database.
    mailbox: String,
    /// By which it is known in reports.
    name: String,
    /// The mail at which reading broke off, and how often.
    stuck: Option<(u32, u32)>,
}

impl Reader {
    pub(super) fn new(app: App, room: Mailroom, address: &str, imap: Imap) -> Self {
        let mailbox = format!("{}@{}:{}/{}", imap.user, imap.host, imap.port(), imap.folder);
        let name = format!("inbox {address} ({})", imap.folder);
        Self { app, room, imap, mailbox, name, stuck: None }
    }

    /// Reads until `stop`. Whatever fails is tried again, later each time.
    pub(super) async fn run(mut self, mut stop: watch::Receiver<bool>) {
        self.room.health().starts(&self.name, self.app.clock.now());
        let mut failures = 0_u32;
        loop {
            let begun = self.app.clock.now();
            let stopping = tokio::select! {
                () = stopped(&mut stop) => None,
                ended = self.watch() => Some(ended),
            };
            let Some(Err(error)) = stopping else { return };
            let now = self.app.clock.now();
            tracing::warn!(mailbox = self.mailbox, "{error}");
            self.room.health().failing(&self.name, now, error.to_string());
            failures = if now.since(begun) > 5 * MINUTE { 1 } else { failures.saturating_add(1) };
            let pause = self.room.pace().retry.saturating_mul(1 << (failures - 1).min(16)).min(LONGEST);
            tokio::select! {
                () = stopped(&mut stop) => return,
                () = tokio::time::sleep(pause) => {}
            }
        }
    }

    /// Reads over one connection, until it fails.
    async fn watch(&mut self) -> Result<std::convert::Infallible, FetchError> {
        let patience = self.room.pace().command;
        let mut session = connection::open(&self.imap, patience).await?;
        let can_idle = within(patience, session.capabilities()).await?.has_str("IDLE");
        loop {
            while self.pass(&mut session).await? {}
            self.room.health().well(&self.name, self.app.clock.now());
            session = self.wait(session, can_idle).await?;
        }
    }

    /// Until there may be new mail.
    async fn wait(&self, session: Session, can_idle: bool) -> Result<Session, FetchError> {
        if !can_idle {
            tokio::time::sleep(Duration::from_secs(u64::from(self.imap.poll_seconds))).await;
            return Ok(session);
        }
        let patience = self.room.pace().command;
        let mut idle = session.idle();
        within(patience, idle.init()).await?;
        let (news, _interrupt) = idle.wait_with_timeout(IDLE);
        news.await?;
        within(patience, idle.done()).await
    }
}

/// A connection for a test that plays somebody else who reads the mailbox.
#[cfg(test)]
pub(super) async fn open_for_test(imap: &Imap) -> Session {
    connection::open(imap, Duration::from_secs(10)).await.expect("the test's mailbox opens")
}

/// A command that must be answered in time.
async fn within<T>(
    patience: Duration,
    command: impl Future<Output = async_imap::error::Result<T>>,
) -> Result<T, FetchError> {
    match tokio::time::timeout(patience, command).await {
        Ok(answered) => Ok(answered?),
        Err(_) => Err(FetchError::Silent(patience.as_secs())),
    }
}

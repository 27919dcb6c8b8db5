//! Reads mailboxes, by IMAP or POP3: a task for each folder, for ever.
//!
//! Nothing is fetched twice and nothing is left out: how far a mailbox was read is in the database, and not in the
//! server's flags, which others change too. A mail is stored first; what becomes of it in the mailbox comes after. When
//! the machine dies in between, the mail is fetched again and known again.
//!
//! | file | what it does |
//! |---|---|
//! | `imap` | the protocol: `name` writes folders, `answer` reads what the server says |
//! | `look` | what is new in a folder, and what was there before we came |
//! | `batch` | takes in some mails over one connection, one in memory at a time |
//! | `pop3` | a mailbox read by POP3: the protocol and the look |
//! | `settle` | what becomes of them in the mailbox: flagged, moved, deleted |

mod batch;
pub(in crate::mail) mod imap;
mod look;
pub(in crate::mail) mod pop3;
mod settle;

use std::time::Duration;

use base::clock::MINUTE;
use base::config::{Account, Auth, Imap};
use tokio::sync::watch;
use web::App;

use super::link::{Cause, Place, Trouble};
use super::mailroom::Mailroom;
use super::receive::ReceiveError;
use super::{oauth, stopped};
use imap::Client;

/// The longest pause between two tries.
const LONGEST: Duration = Duration::from_mins(5);
/// The longest that a server may ask us to stay away.
const LONGEST_ASKED: Duration = Duration::from_hours(1);

/// Why a mailbox could not be read now.
#[derive(Debug, thiserror::Error)]
enum FetchError {
    /// The connection or the server failed.
    #[error("{0}")]
    Server(#[from] Trouble),
    /// A mail could not be stored.
    #[error("{0}")]
    Store(#[from] ReceiveError),
    /// How far we are could not be read or written.
    #[error("{0}")]
    Database(#[from] base::db::Error),
}

/// A mailbox, or a folder of one, that is read until the desk stops.
pub(super) enum Mailbox {
    /// By IMAP.
    Imap(Reader),
    /// By POP3.
    Pop3(pop3::Reader),
}

/// The reader of one folder by IMAP.
pub(super) struct Reader {
    app: App,
    room: Mailroom,
    account: Account,
    imap: Imap,
    folder: String,
    /// By which the folder is known in the database.
    mailbox: String,
    /// By which it is known in reports.
    name: String,
    /// The mail at which reading broke off, and how often.
    stuck: Option<(u32, u32)>,
}

impl Mailbox {
    /// All that is to be read of this account.
    pub(super) fn all_of(app: &App, room: &Mailroom, account: &Account) -> Vec<Self> {
        if let Some(pop3) = &account.pop3 {
            return vec![Self::Pop3(pop3::Reader::new(app, room, account, pop3))];
        }
        let Some(imap) = &account.imap else { return Vec::new() };
        let reader = |folder: &str| Reader {
            app: app.clone(),
            room: room.clone(),
            account: account.clone(),
            imap: imap.clone(),
            folder: folder.to_owned(),
            mailbox: format!("{}@{}:{}/{folder}", imap.user, imap.host, imap.port()),
            name: format!("inbox {} ({folder})", account.address),
            stuck: None,
        };
        imap.all_folders().into_iter().map(reader).map(Self::Imap).collect()
    }

    /// Reads until `stop`. Whatever fails is tried again, later each time.
    pub(super) async fn run(mut self, mut stop: watch::Receiver<bool>) {
        let (app, room, mailbox, name) = match &self {
            Self::Imap(reader) => (&reader.app, &reader.room, &reader.mailbox, &reader.name),
            Self::Pop3(reader) => reader.about(),
        };
        let (app, room, mailbox, name) = (app.clone(), room.clone(), mailbox.clone(), name.clone());
        room.health().starts(&name, app.clock.now());
        let mut failures = 0_u32;
        loop {
            let begun = app.clock.now();
            let stopping = tokio::select! {
                () = stopped(&mut stop) => None,
                ended = self.watch() => Some(ended),
            };
            let Some(Err(error)) = stopping else { return };
            let now = app.clock.now();
            tracing::warn!(mailbox, "{error}");
            room.health().failing(&name, now, error.to_string());
            failures = if now.since(begun) > 5 * MINUTE { 1 } else { failures.saturating_add(1) };
            tokio::select! {
                () = stopped(&mut stop) => return,
                () = tokio::time::sleep(pause(&error, failures, room.pace().retry)) => {}
            }
        }
    }

    async fn watch(&mut self) -> Result<std::convert::Infallible, FetchError> {
        match self {
            Self::Imap(reader) => reader.watch().await,
            Self::Pop3(reader) => reader.watch().await,
        }
    }
}

impl Reader {
    /// Reads over one connection, until it fails.
    async fn watch(&mut self) -> Result<std::convert::Infallible, FetchError> {
        let mut client = self.open().await?;
        let mut backlog = self.begin(&mut client).await?;
        loop {
            while self.take_new(&mut client).await? {}
            if self.take_earlier(&mut client, &mut backlog).await? {
                // New mail does not wait until all that was there before is read.
                client.tell("NOOP").await?;
                continue;
            }
            self.room.health().well(&self.name, self.app.clock.now());
            self.wait(&mut client).await?;
        }
    }

    async fn open(&self) -> Result<Client, FetchError> {
        let (place, patience) = (Place::from(&self.imap), self.room.pace().command);
        let proof = oauth::proof(&self.app, &self.room, &self.account, &self.imap.password).await?;
        let opened = Client::open(place, &self.imap.user, &proof, patience).await;
        if let (Err(trouble), Auth::Oauth2) = (&opened, self.account.auth)
            && trouble.cause == Cause::TokenRefused
        {
            oauth::refused(&self.app, &self.account, &proof).await?;
        }
        Ok(opened?)
    }

    /// Until there may be new mail.
    async fn wait(&self, client: &mut Client) -> Result<(), FetchError> {
        if client.can("IDLE") {
            client.idle(self.room.pace().idle).await?;
        } else {
            tokio::time::sleep(Duration::from_secs(u64::from(self.imap.poll_seconds))).await;
            client.tell("NOOP").await?;
        }
        Ok(())
    }
}

/// How long to stay away after a failure: twice as long each time, and what the server asked for.
fn pause(error: &FetchError, failures: u32, first: Duration) -> Duration {
    let doubled = first.saturating_mul(1 << failures.saturating_sub(1).min(16)).min(LONGEST);
    match error {
        FetchError::Server(trouble) if trouble.cause == Cause::Busy => {
            let asked = asked_for(&trouble.words).unwrap_or(first * 4);
            doubled.max(asked.min(LONGEST_ASKED))
        }
        _ => doubled,
    }
}

/// How long the server asks us to wait, where it says so: "Backoff 300 seconds", "try again in 5 minutes".
fn asked_for(words: &str) -> Option<Duration> {
    let words = words.to_lowercase();
    let mut words = words.split(|letter: char| !letter.is_alphanumeric()).filter(|word| !word.is_empty()).peekable();
    while let Some(word) = words.next() {
        let Ok(number) = word.parse::<u64>() else { continue };
        let length = match *words.peek()? {
            "ms" | "millisecond" | "milliseconds" => Duration::from_millis(number),
            "s" | "sec" | "second" | "seconds" => Duration::from_secs(number),
            "min" | "minute" | "minutes" => Duration::from_secs(number.saturating_mul(60)),
            "hour" | "hours" => Duration::from_secs(number.saturating_mul(3_600)),
            _ => continue,
        };
        return Some(length);
    }
    None
}

/// A connection for a test that plays somebody else who reads the mailbox.
#[cfg(test)]
pub(super) async fn open_for_test(imap: &Imap) -> Client {
    let proof = super::link::Proof::Password(imap.password.clone());
    let opened = Client::open(Place::from(imap), &imap.user, &proof, Duration::from_secs(10)).await;
    opened.expect("the test's mailbox opens")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn line_72_a_server_that_asks_for_patience_gets_it() {
        for (words, seconds) in [
            ("NO [THROTTLED] Account exceeded limits. Suggested Backoff Time: 299923 milliseconds", Some(299)),
            ("NO Request is throttled. Backoff 300 seconds.", Some(300)),
            ("NO [UNAVAILABLE] try again in 5 minutes", Some(300)),
            ("NO [LIMIT] too many connections (10)", None),
            ("", None),
        ] {
            assert_eq!(asked_for(words).map(|found| found.as_secs()), seconds, "{words}");
        }
        let first = Duration::from_secs(30);
        let busy = |words: &str| FetchError::Server(Trouble::new(Cause::Busy, words));
        assert_eq!(pause(&busy("[LIMIT]"), 1, first), first * 4);
        assert_eq!(pause(&busy("wait 20 minutes"), 1, first), Duration::from_mins(20));
        assert_eq!(pause(&busy("wait 20 hours"), 1, first), LONGEST_ASKED);
        let closed = FetchError::Server(Trouble::closed(b""));
        assert_eq!(pause(&closed, 1, first), first);
        assert_eq!(pause(&closed, 2, first), first * 2);
        assert_eq!(pause(&closed, u32::MAX, first), LONGEST);
    }
}

//! Looks at a mailbox as the desk uses it, step by step: what was tried, what the server said, and what to do when it
//! failed. Nothing is read, sent or changed.

mod reading;
mod sending;

use std::time::{Duration, Instant};

use base::config::Account;
use web::App;

use super::link::{Cause, Link, Place, Trouble, resolve};
use super::mailroom::Mailroom;

base::code::define! {
    /// Which use of the mailbox a step belongs to. Its text: `mail-side-reading`.
    pub enum Side {
        /// Mail is read.
        Reading = "reading",
        /// Letters are sent.
        Sending = "sending",
    }
}

base::code::define! {
    /// What is tried. Its text: `mail-step-resolve`.
    pub enum StepKind {
        /// Find the host's address.
        Resolve = "resolve",
        /// Connect.
        Connect = "connect",
        /// Encrypt; what was said is whom the certificate is for, who vouches for it, and until when.
        Tls = "tls",
        /// Hear the greeting.
        Greeting = "greeting",
        /// Ask what the server can do; for sending, this is EHLO.
        Capabilities = "capabilities",
        /// Ask for encryption.
        Starttls = "starttls",
        /// Get a token from the provider.
        Token = "token",
        /// Sign in.
        SignIn = "sign-in",
        /// Open the folder.
        Folder = "folder",
        /// Count the mails that wait.
        Waiting = "waiting",
        /// Name ourselves as sender and as recipient, and take it back.
        Letter = "letter",
    }
}

/// How a step ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum StepOutcome {
    /// It worked.
    Ok,
    /// It did not, and nothing after it was tried.
    Failed {
        /// The key of the text that says what to do.
        advice_key: &'static str,
    },
}

/// One step.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Step {
    /// Which use of the mailbox it belongs to.
    pub side: Side,
    /// What was tried.
    pub what: StepKind,
    /// With whom or what: `imap.example.org:993`, a folder's name.
    pub of: String,
    /// What the server or the system said: one line, at most 300 characters, never a password or a token.
    pub said: Option<String>,
    /// How it ended.
    pub outcome: StepOutcome,
    /// How long it took.
    pub took: Duration,
}

impl Step {
    /// Whether it worked.
    pub fn is_ok(&self) -> bool {
        self.outcome == StepOutcome::Ok
    }
}

/// Tries what the desk does with this mailbox, reading first. Each side ends at its first failure; a side that is not
/// set up has no steps.
pub(in crate::mail) async fn probe(app: &App, room: &Mailroom, account: &Account) -> Vec<Step> {
    let mut steps = reading::steps(app, room, account).await;
    steps.extend(sending::steps(app, room, account).await);
    steps
}

/// The steps so far of one side.
struct Walk {
    side: Side,
    steps: Vec<Step>,
}

impl Walk {
    fn new(side: Side) -> Self {
        Self { side, steps: Vec::new() }
    }

    /// Takes a step; `None` when it failed. `said` tells what to show of a success.
    async fn take<T>(
        &mut self,
        what: StepKind,
        of: &str,
        trying: impl Future<Output = Result<T, Trouble>>,
        said: impl FnOnce(&T) -> String,
    ) -> Option<T> {
        let begun = Instant::now();
        let ended = trying.await;
        let (outcome, words) = match &ended {
            Ok(found) => (StepOutcome::Ok, said(found)),
            Err(trouble) => (StepOutcome::Failed { advice_key: trouble.advice() }, trouble.words.clone()),
        };
        let said = (!words.is_empty()).then_some(words);
        self.steps.push(Step { side: self.side, what, of: of.to_owned(), said, outcome, took: begun.elapsed() });
        ended.ok()
    }

    /// Finds the host and connects.
    async fn connect(&mut self, place: Place<'_>, patience: Duration) -> Option<Link> {
        let of = format!("{}:{}", place.host, place.port);
        let listed = |found: &Vec<std::net::SocketAddr>| {
            found.iter().map(|address| address.ip().to_string()).collect::<Vec<_>>().join(", ")
        };
        let addresses = self.take(StepKind::Resolve, place.host, resolve(place, patience), listed).await?;
        let connecting = Link::connect(&addresses, patience);
        let (link, _) = self.take(StepKind::Connect, &of, connecting, |(_, address)| address.to_string()).await?;
        Some(link)
    }

    /// Encrypts.
    async fn encrypt(&mut self, link: Link, place: Place<'_>) -> Option<Link> {
        let begun = Instant::now();
        let (outcome, said, link) = match link.encrypt_and_show(place).await {
            Ok((link, certificate)) => (StepOutcome::Ok, certificate.map(|seen| seen.to_string()), Some(link)),
            Err((trouble, certificate)) => {
                // Whose certificate it is says more than the library's word for what is wrong with it.
                let seen = certificate.map(|seen| seen.to_string());
                let words = (!trouble.words.is_empty()).then_some(trouble.words.clone());
                (StepOutcome::Failed { advice_key: trouble.advice() }, seen.or(words), None)
            }
        };
        let (side, of, took) = (self.side, place.host.to_owned(), begun.elapsed());
        self.steps.push(Step { side, what: StepKind::Tls, of, said, outcome, took });
        link
    }
}

/// Silence or TLS's own bytes at a port where we wait for a greeting: it waits for TLS.
pub(in crate::mail) fn ungreeted(trouble: Trouble, place: Place<'_>) -> Trouble {
    let for_tls = matches!(place.port, 465 | 993 | 995);
    let plain = place.tls != base::config::Tls::Implicit;
    if plain && for_tls && matches!(trouble.cause, Cause::Silent | Cause::Closed | Cause::Garbled) {
        return Trouble { cause: Cause::TlsHere, words: trouble.words };
    }
    trouble
}

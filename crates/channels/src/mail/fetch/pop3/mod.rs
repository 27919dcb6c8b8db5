//! A mailbox read by POP3: a connection for each look, because what others put in is only seen by the next one.
//!
//! The server's name for each mail (UIDL) is kept for those that were taken in, and forgotten when the server no longer
//! lists it. A server without such names is asked for the beginning of each mail instead.

mod client;

use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;

use base::clock::{DAY, Moment};
use base::config::{Account, Auth, Pop3};
use web::App;

use super::FetchError;
use crate::mail::hold::{HEAD, hold, hold_large};
use crate::mail::link::{Cause, Place};
use crate::mail::mailroom::Mailroom;
use crate::mail::model::Why;
use crate::mail::oauth;
use crate::mail::receive::receive;
use crate::mail::store;
pub(in crate::mail) use client::{Client, Listed};

/// After this many broken connections at one mail, the mail is held to be the reason.
const STUCK: u32 = 3;
/// How many lines of a mail's text tell it from others, where the server has no name for it.
const LINES: usize = 20;

/// The reader of one mailbox.
pub(in crate::mail) struct Reader {
    app: App,
    room: Mailroom,
    account: Account,
    pop3: Pop3,
    mailbox: String,
    name: String,
    /// The mail at which reading broke off, and how often.
    stuck: Option<(String, u32)>,
}

impl Reader {
    pub(super) fn new(app: &App, room: &Mailroom, account: &Account, pop3: &Pop3) -> Self {
        Self {
            app: app.clone(),
            room: room.clone(),
            account: account.clone(),
            pop3: pop3.clone(),
            mailbox: format!("{}@{}:{}", pop3.user, pop3.host, pop3.port()),
            name: format!("inbox {} (POP3)", account.address),
            stuck: None,
        }
    }

    pub(super) fn about(&self) -> (&App, &Mailroom, &String, &String) {
        (&self.app, &self.room, &self.mailbox, &self.name)
    }

    pub(super) async fn watch(&mut self) -> Result<std::convert::Infallible, FetchError> {
        loop {
            let mut client = self.open().await?;
            self.look(&mut client).await?;
            // Only a goodbye makes the server delete what it was told to.
            client.quit().await?;
            self.room.health().well(&self.name, self.app.clock.now());
            tokio::time::sleep(Duration::from_secs(u64::from(self.pop3.poll_seconds))).await;
        }
    }

    async fn open(&self) -> Result<Client, FetchError> {
        let (place, patience) = (Place::from(&self.pop3), self.room.pace().command);
        let proof = oauth::proof(&self.app, &self.room, &self.account, &self.pop3.password).await?;
        let opened = Client::open(place, &self.pop3.user, &proof, patience).await;
        if let (Err(trouble), Auth::Oauth2) = (&opened, self.account.auth)
            && trouble.cause == Cause::TokenRefused
        {
            oauth::refused(&self.app, &self.account, &proof).await?;
        }
        Ok(opened?)
    }

    /// Takes in everything that is new, and deletes what was kept for long enough.
    async fn look(&mut self, client: &mut Client) -> Result<(), FetchError> {
        let mailbox = self.mailbox.clone();
        let taken: BTreeMap<String, Moment> =
            self.app.db.read(move |tx| store::taken(tx, &mailbox)).await?.into_iter().collect();
        let listed = self.listed(client).await?;
        for mail in &listed {
            let taken_at = match taken.get(&mail.name) {
                Some(at) => *at,
                None => self.take(client, mail).await?,
            };
            let days = self.pop3.delete_after_days.map(|days| i64::from(days) * DAY);
            if days.is_some_and(|days| taken_at.plus(days) <= self.app.clock.now()) {
                client.delete(mail.number).await?;
            }
        }
        let there: BTreeSet<String> = listed.into_iter().map(|mail| mail.name).collect();
        let gone: Vec<String> = taken.into_keys().filter(|name| !there.contains(name)).collect();
        if !gone.is_empty() {
            let mailbox = self.mailbox.clone();
            let forgetting =
                self.app.db.write(move |tx| gone.iter().try_for_each(|name| store::forget_taken(tx, &mailbox, name)));
            forgetting.await?;
        }
        Ok(())
    }

    /// What is in the mailbox, each with a name that is its own.
    async fn listed(&self, client: &mut Client) -> Result<Vec<Listed>, FetchError> {
        let mut listed = client.list().await?;
        if !client.names(&mut listed).await? {
            for mail in &mut listed {
                let begin = client.top(mail.number, LINES, HEAD).await?;
                mail.name = format!("{} {}", crate::mail::receive::digest(&begin), mail.size);
            }
        }
        let mut seen: BTreeMap<String, u32> = BTreeMap::new();
        for mail in &mut listed {
            let times = seen.entry(mail.name.clone()).or_default();
            *times += 1;
            if *times > 1 {
                // Two of one name are two mails, until their keys say otherwise.
                mail.name = format!("{} {times}", mail.name);
            }
        }
        Ok(listed)
    }

    async fn take(&mut self, client: &mut Client, mail: &Listed) -> Result<Moment, FetchError> {
        let stuck = self.stuck.as_ref().filter(|(name, _)| *name == mail.name).map_or(0, |(_, times)| *times);
        if stuck >= STUCK {
            let head = format!("{} {}\n", self.mailbox, mail.name);
            hold(&self.app, head.as_bytes(), head.len() as i64, &self.mailbox, Why::Unfetchable, "").await?;
        } else if let Err(error) = self.receive(client, mail).await {
            if matches!(&error, FetchError::Server(trouble) if trouble.may_be_a_mail()) {
                self.stuck = Some((mail.name.clone(), stuck + 1));
            }
            return Err(error);
        }
        self.stuck = None;
        let (mailbox, name, now) = (self.mailbox.clone(), mail.name.clone(), self.app.clock.now());
        self.app.db.write(move |tx| store::set_taken(tx, &mailbox, &name, now)).await?;
        Ok(now)
    }

    async fn receive(&self, client: &mut Client, mail: &Listed) -> Result<(), FetchError> {
        let limit = self.room.limit();
        let (bytes, cut) = if mail.size > limit {
            (client.top(mail.number, LINES, HEAD).await?, Some(mail.size))
        } else {
            client.retrieve(mail.number, usize::try_from(limit).unwrap_or(usize::MAX), HEAD).await?
        };
        let outcome = match cut {
            Some(size) => {
                let size = i64::try_from(size).unwrap_or(i64::MAX);
                hold_large(&self.app, &self.room, &bytes, size, &self.mailbox).await?
            }
            None => receive(&self.app, &self.room, bytes, &self.mailbox).await?,
        };
        self.room.health().did(&self.name, self.app.clock.now());
        tracing::info!(mailbox = self.mailbox, mail = %outcome.mail, decision = %outcome.decision, why = %outcome.why, repeated = outcome.repeated, "a mail came");
        Ok(())
    }
}

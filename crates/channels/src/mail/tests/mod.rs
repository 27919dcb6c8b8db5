//! Mail, as stories. `desk` is a desk with a mailroom; what needs real servers is in `with_mail_servers`.

mod bodies;
mod deciding;
mod fetching;
mod history;
mod lines;
mod moving;
mod pages;
mod people;
mod quarantine;
mod sealed;
mod sending;
mod sending_with_mail_servers;
mod shuffled;
mod watching;
mod with_mail_servers;

use base::clock::Clock;
use base::config::{Config, Overrides};
use base::db::{Db, Error as DbError, params};
use ledger::person::PersonId;
use ledger::touchpoint::Kind;
use service::ticket::work::{self, By};
use service::ticket::{State, Ticket, TicketId};
use web::testing::TestApp;

use super::mailroom::{Mailroom, Pace};
use super::model::Outcome;
use super::receive::receive;

/// Our address in all stories.
const DESK: &str = "it@desk.example";

/// A desk with a mailroom.
pub(super) struct Desk {
    pub(super) app: TestApp,
    pub(super) room: Mailroom,
}

impl Desk {
    /// A desk that is in a hurry, without servers.
    fn new(db: Db, clock: Clock) -> Self {
        Self::with(db, clock, &accounts(&format!("[[mail.accounts]]\naddress = \"{DESK}\"\n")), hurry())
    }

    pub(super) fn with(db: Db, clock: Clock, config: &Config, pace: Pace) -> Self {
        let senders = web::senders::Senders::of(&config.mail);
        Self::set_up(db, clock, config, pace, |site| site.senders = senders)
    }

    fn simulated(db: Db, config: &Config) -> Self {
        Self::set_up(db, Clock::System, config, hurry(), |site| site.simulated = true)
    }

    fn set_up(db: Db, clock: Clock, config: &Config, pace: Pace, change: impl FnOnce(&mut web::Site)) -> Self {
        let kinds: Vec<&[&'static Kind]> = service::KINDS.iter().chain(crate::KINDS).copied().collect();
        let texts = [service::TEXTS, crate::TEXTS];
        let app = TestApp::set_up(db, clock, &texts, &kinds, crate::NAV, change);
        Self { app, room: Mailroom::with_pace(config, pace) }
    }

    async fn take(&self, mail: &str) -> Outcome {
        receive(&self.app, &self.room, mail.as_bytes().to_vec(), "test").await.unwrap()
    }

    async fn ticket(&self, id: TicketId) -> Ticket {
        self.app.db.read(move |tx| service::ticket::find(tx, id)).await.unwrap().unwrap()
    }

    async fn ticket_of(&self, outcome: Outcome) -> Ticket {
        self.ticket(outcome.ticket.unwrap()).await
    }

    /// The conversation: who wrote, and what.
    async fn messages(&self, id: TicketId) -> Vec<(String, String)> {
        let sql = "SELECT author, text FROM ticket_messages WHERE ticket_id = $1 ORDER BY id";
        self.app.db.read(move |tx| tx.query(sql, params![id], |row| Ok((row.read()?, row.read()?)))).await.unwrap()
    }

    async fn count(&self, sql: &'static str) -> i64 {
        self.app.db.read(move |tx| tx.one(sql, &[], |row| row.read::<i64>())).await.unwrap()
    }

    /// Letters to this address: occasion without its ids, state, error.
    async fn letters(&self, address: &'static str) -> Vec<(String, String, Option<String>)> {
        let sql = "SELECT occasion, state, error FROM outbox WHERE address = $1 ORDER BY id";
        let all: Vec<(String, String, Option<String>)> = self
            .app
            .db
            .read(move |tx| tx.query(sql, params![address], |row| Ok((row.read()?, row.read()?, row.read()?))))
            .await
            .unwrap();
        let short = |occasion: String| occasion.split(':').next().unwrap_or_default().to_owned();
        all.into_iter().map(|(occasion, state, error)| (short(occasion), state, error)).collect()
    }

    /// Message-IDs of our letters about a ticket, oldest first.
    async fn issued(&self, id: TicketId) -> Vec<String> {
        let letters = self.app.db.read(move |tx| ledger::outbox::of_object(tx, "ticket", id.0)).await.unwrap();
        letters.into_iter().map(|letter| format!("{}@desk.example", letter.message_id)).collect()
    }

    async fn agent(&self) -> PersonId {
        self.app.person("Noor Haddad", &[web::actor::Role::Agent]).await.0
    }

    /// An agent answers.
    async fn answer(&self, agent: PersonId, id: TicketId, text: &'static str, next: State) -> Ticket {
        let (voice, now) = (self.app.voice(), self.app.clock.now());
        self.app
            .db
            .write(move |tx| {
                let ticket = service::ticket::find(tx, id)?.unwrap();
                let by = By { person: agent, name: "Noor Haddad", team: None };
                work::answer(tx, &voice, ticket, by, work::Answer { text, files: &[], next }, now)
            })
            .await
            .unwrap()
    }

    async fn execute(&self, sql: &'static str) {
        self.app
            .db
            .write(move |tx| tx.execute(sql, &[]).map(drop))
            .await
            .unwrap_or_else(|error: DbError| panic!("{error}"));
    }
}

/// A configuration with these accounts, as the operator writes it.
pub(super) fn accounts(toml: &str) -> Config {
    let none = std::iter::empty();
    Config::read(toml, std::path::Path::new("."), none, &Overrides::default()).unwrap()
}

pub(super) fn hurry() -> Pace {
    use std::time::Duration;
    Pace {
        outbox: Duration::from_millis(100),
        greeting: Duration::from_secs(10),
        answer: Duration::from_secs(2),
        retry: Duration::from_millis(200),
        ..Pace::default()
    }
}

/// A mail from somebody to the desk, with more headers (each ending its line).
fn mail(from: &str, id: &str, subject: &str, headers: &str, text: &str) -> String {
    let at = base::clock::Clock::System.now();
    format!(
        "From: {from}\r\nTo: {DESK}\r\nSubject: {subject}\r\nMessage-ID: <{id}>\r\nDate: {}\r\n{headers}\r\n{text}\r\n",
        jiff::Timestamp::from_millisecond(at.0 / 1000 * 1000).unwrap().strftime("%a, %d %b %Y %H:%M:%S +0000")
    )
}

/// What a reader of today does not survive, and one of another version does: a reader has no such mail that we know of.
const POISON: &str = "X-Poison: 1\r\n";

pub(super) fn break_on_poison(bytes: &[u8], room: &Mailroom) {
    let poisoned = bytes.windows(POISON.len()).any(|part| part == POISON.as_bytes());
    assert!(!poisoned || room.version() != super::mailroom::VERSION, "poison");
}

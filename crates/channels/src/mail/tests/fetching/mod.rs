//! Reading mailboxes: against servers that follow a script of ours, and (in `with_mail_servers`) against real ones.

mod encrypted;
mod line_72_odd_servers;
mod line_75_pop3_odd_servers;
mod script;
mod with_mail_servers;

use std::time::Duration;

use base::clock::Clock;
use base::db::Db;
use tokio::sync::watch;
use tokio::task::JoinHandle;

use super::super::start;
use super::{Desk, accounts, hurry};
use crate::mail::mailroom::Pace;

const ANA: &str = "Ana Silva <ana@lindenhof.example>";
const SECOND: Duration = Duration::from_secs(1);

/// A desk whose mailboxes are read until it is stopped.
struct Office {
    desk: Desk,
    stop: watch::Sender<bool>,
    tasks: Vec<JoinHandle<()>>,
}

impl Office {
    fn of(db: Db, clock: Clock, toml: &str, pace: Pace) -> Self {
        let desk = Desk::with(db, clock, &accounts(toml), pace);
        let mut office = Self { desk, stop: watch::channel(false).0, tasks: Vec::new() };
        office.start();
        office
    }

    fn open(db: Db, toml: &str) -> Self {
        Self::of(db, Clock::System, toml, hurry())
    }

    fn start(&mut self) {
        self.stop = watch::channel(false).0;
        self.tasks = start(&self.desk.app, &self.desk.room, &self.stop.subscribe());
    }

    async fn stop(&mut self) {
        self.stop.send_replace(true);
        for task in self.tasks.drain(..) {
            tokio::time::timeout(10 * SECOND, task).await.expect("mail stops when it is told to").unwrap();
        }
    }

    /// Until a count has reached what is wanted, and not more.
    async fn until(&self, wanted: i64, sql: &'static str) {
        let begun = std::time::Instant::now();
        loop {
            let found = self.desk.count(sql).await;
            if found == wanted {
                return;
            }
            let reports = self.desk.room.reports();
            assert!(found < wanted, "{sql}: {found}, wanted {wanted}\n{reports:#?}");
            assert!(begun.elapsed() < 60 * SECOND, "{sql}: {found}, wanted {wanted}\n{reports:#?}");
            tokio::time::sleep(SECOND / 20).await;
        }
    }

    async fn mails(&self, wanted: i64) {
        self.until(wanted, "SELECT COUNT(*) FROM mails").await;
    }

    /// Until a report says so.
    async fn until_told(&self, words: &str) {
        let begun = std::time::Instant::now();
        loop {
            let reports = format!("{:?}", self.desk.room.reports());
            if reports.contains(words) {
                return;
            }
            assert!(begun.elapsed() < 60 * SECOND, "nobody says {words:?}: {reports}");
            tokio::time::sleep(SECOND / 20).await;
        }
    }

    /// The subjects of mails in the order in which they came.
    async fn subjects(&self) -> Vec<String> {
        let sql = "SELECT subject FROM mails ORDER BY id";
        self.desk.app.db.read(move |tx| tx.query(sql, &[], |row| row.read())).await.unwrap()
    }
}

/// The section of an account that reads by IMAP, without encryption.
fn imap(port: u16, address: &str, more: &str) -> String {
    format!(
        "[[mail.accounts]]\naddress = \"{address}\"\n[mail.accounts.imap]\nhost = \"127.0.0.1\"\nport = {port}\n\
         tls = \"none\"\nuser = \"{address}\"\npassword = \"{}\"\npoll_seconds = 5\n{more}\n",
        testkit::mail::PASSWORD
    )
}

/// The section of an account that reads by POP3, without encryption.
fn pop3(port: u16, address: &str, more: &str) -> String {
    imap(port, address, more).replace("accounts.imap", "accounts.pop3")
}

//! The list for mails, line by line: what the running desk does with them. What one mail by itself says is in the
//! conformance mails of `mail-message`.

mod colleagues;
mod copies;
mod forwards;
mod programs;
mod returned;
mod size;
mod threading;

use base::clock::Clock;
use base::db::{Db, params};
use service::ticket::TicketId;

use super::{DESK, Desk, accounts, hurry};

const ANA: &str = "Ana Silva <ana@lindenhof.example>";
const BOB: &str = "Bob <bob@elsewhere.example>";
/// What our own mail server calls itself when it vouches for somebody.
const MX: &str = "mx.desk.example";

/// A desk with these settings for mail that comes in.
fn desk_with(db: Db, clock: Clock, incoming: &str) -> Desk {
    let toml = format!("[incoming]\n{incoming}\n[[mail.accounts]]\naddress = \"{DESK}\"\n");
    Desk::with(db, clock, &accounts(&toml), hurry())
}

/// The mail of this file, as it lies beside the stories.
macro_rules! raw {
    ($name:literal) => {
        include_str!(concat!("../mails/", $name, ".eml"))
    };
}
use raw;

impl Desk {
    /// To a ticket's own address instead of the desk's.
    async fn to_ticket(&self, id: TicketId, mail: &str) -> String {
        let token = self.ticket(id).await.reply_token;
        mail.replace(DESK, &format!("it+{token}@desk.example"))
    }

    /// What the messages of a ticket carry besides their words, as JSON; empty where they carry nothing.
    async fn extras(&self, id: TicketId) -> Vec<serde_json::Value> {
        let sql = "SELECT COALESCE(extras, '{}') FROM ticket_messages WHERE ticket_id = $1 ORDER BY id";
        let all: Vec<String> = self.app.db.read(move |tx| tx.query(sql, params![id], |row| row.read())).await.unwrap();
        all.iter().map(|json| serde_json::from_str(json).unwrap()).collect()
    }

    /// The texts of a ticket's messages.
    async fn texts(&self, id: TicketId) -> Vec<String> {
        self.messages(id).await.into_iter().map(|(_, text)| text).collect()
    }

    /// Who wrote a ticket's messages: person, desk, note, machine.
    async fn authors(&self, id: TicketId) -> Vec<String> {
        self.messages(id).await.into_iter().map(|(author, _)| author).collect()
    }

    /// Letters of all kinds that were ever posted.
    async fn posted(&self) -> i64 {
        self.count("SELECT COUNT(*) FROM outbox").await
    }

    /// All tickets.
    async fn opened(&self) -> i64 {
        self.count("SELECT COUNT(*) FROM tickets").await
    }
}

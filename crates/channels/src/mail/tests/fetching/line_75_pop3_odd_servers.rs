//! POP3 servers that lack what others have, or lie.

use std::sync::{Arc, Mutex};

use testkit::both_engines;

use super::script::{Server, Visitor};
use super::{ANA, Office, SECOND, pop3};
use crate::mail::tests::{DESK, mail};

/// What a server has and what it heard.
#[derive(Clone, Default)]
struct Store {
    mails: Arc<Mutex<Vec<String>>>,
    heard: Arc<Mutex<Vec<String>>>,
    names: bool,
}

impl Store {
    fn new(names: bool, mails: &[String]) -> Self {
        Self { mails: Arc::new(Mutex::new(mails.to_vec())), heard: Arc::default(), names }
    }

    async fn serve(&self) -> Server {
        let store = self.clone();
        Server::start(move |visitor| treat(store.clone(), visitor)).await
    }

    fn heard(&self, word: &str) -> usize {
        self.heard.lock().unwrap().iter().filter(|line| line.starts_with(word)).count()
    }
}

/// Dots at the start of lines as they go over the wire.
fn stuffed(mail: &str) -> String {
    let lines =
        mail.lines().map(|line| if line.starts_with('.') { format!(".{line}\r\n") } else { format!("{line}\r\n") });
    lines.collect::<String>() + ".\r\n"
}

async fn treat(store: Store, mut visitor: Visitor) {
    visitor.say("+OK ready\r\n").await;
    let mut deleted = Vec::new();
    while let Some(line) = visitor.hear().await {
        store.heard.lock().unwrap().push(line.clone());
        let mails = store.mails.lock().unwrap().clone();
        let mut words = line.split(' ');
        let word = words.next().unwrap_or_default();
        let number: usize = words.next().and_then(|number| number.parse().ok()).unwrap_or(0);
        let listing = |of: &dyn Fn(usize, &String) -> String| {
            let lines: String = mails.iter().enumerate().map(|(at, mail)| of(at + 1, mail)).collect();
            format!("+OK\r\n{lines}.\r\n")
        };
        let answer = match word {
            "LIST" => listing(&|number, mail| format!("{number} {}\r\n", mail.len())),
            "UIDL" if store.names => listing(&|number, mail| format!("{number} {}\r\n", base::id::digest(mail))),
            "CAPA" | "UIDL" => "-ERR unknown\r\n".to_owned(),
            "TOP" => {
                let (head, text) = mails[number - 1].split_once("\r\n\r\n").unwrap();
                let text: Vec<&str> = text.lines().take(20).collect();
                format!("+OK\r\n{}", stuffed(&format!("{head}\r\n\r\n{}", text.join("\r\n"))))
            }
            "RETR" => format!("+OK\r\n{}", stuffed(&mails[number - 1])),
            "DELE" => {
                deleted.push(number);
                "+OK\r\n".to_owned()
            }
            "QUIT" => {
                let mut kept = store.mails.lock().unwrap();
                deleted.sort_unstable();
                for number in deleted.drain(..).rev() {
                    kept.remove(number - 1);
                }
                "+OK\r\n".to_owned()
            }
            _ => "+OK\r\n".to_owned(),
        };
        visitor.say(&answer).await;
    }
}

fn letters() -> Vec<String> {
    let text = ".\r\n..two\r\n.end";
    (1..=3)
        .map(|n| mail(ANA, &format!("{n}@lindenhof.example"), &format!("Door {n}"), "", &format!("{n}\r\n{text}")))
        .collect()
}

both_engines! {
    async fn a_server_without_names_for_mails_is_asked_how_each_begins(db: Db, clock: Clock) {
        let store = Store::new(false, &letters());
        let server = store.serve().await;
        let mut office = Office::open(db, &pop3(server.port, DESK, ""));
        office.mails(3).await;
        office.until(3, "SELECT COUNT(*) FROM mailbox_mails").await;
        server.until_visited(2).await;
        office.until_told("Well").await;
        office.stop().await;
        assert_eq!(store.heard("RETR"), 3, "each once");
        assert!(store.heard("TOP") >= 3);
        assert_eq!(office.desk.count("SELECT MAX(copies) FROM mails").await, 1);
        // A common end of several mails is taken for a signature, and folded.
        let sql = "SELECT COUNT(*) FROM ticket_messages WHERE text LIKE '%..two%' OR quoted LIKE '%..two%'";
        assert_eq!(office.desk.count(sql).await, 3, "dots are what they were");
    }

    async fn line_24_what_was_stored_and_not_noted_is_known_again_and_deleted_only_after(db: Db, clock: Clock) {
        let store = Store::new(true, &letters());
        let server = store.serve().await;
        let toml = pop3(server.port, DESK, "");
        let mut office = Office::open(db.clone(), &toml);
        office.mails(3).await;
        office.until(3, "SELECT COUNT(*) FROM mailbox_mails").await;
        office.stop().await;
        assert_eq!(store.heard("DELE"), 0, "nothing is deleted unless the operator says so");
        // As if the machine had died between storing and noting.
        office.desk.execute("DELETE FROM mailbox_mails").await;
        let mut office = Office::open(db, &pop3(server.port, DESK, "delete_after_days = 0"));
        office.until(6, "SELECT CAST(SUM(copies) AS BIGINT) FROM mails").await;
        let begun = std::time::Instant::now();
        while !store.mails.lock().unwrap().is_empty() {
            assert!(begun.elapsed() < 30 * SECOND);
            tokio::time::sleep(SECOND / 20).await;
        }
        assert_eq!(office.desk.count("SELECT COUNT(*) FROM tickets").await, 3);
        // What the server no longer lists is forgotten.
        office.until(3, "SELECT 3 - COUNT(*) FROM mailbox_mails").await;
        office.stop().await;
    }

    async fn mails_stay_until_their_days_are_over(db: Db, clock: Clock) {
        let store = Store::new(true, &letters());
        let server = store.serve().await;
        let toml = pop3(server.port, DESK, "delete_after_days = 3");
        let mut office = Office::of(db, clock.clone(), &toml, crate::mail::tests::hurry());
        office.mails(3).await;
        office.until_told("Well").await;
        office.stop().await;
        clock.advance(2 * base::clock::DAY);
        office.start();
        server.until_visited(2).await;
        office.stop().await;
        assert_eq!(store.mails.lock().unwrap().len(), 3);
        clock.advance(base::clock::DAY);
        office.start();
        office.until(3, "SELECT 3 - COUNT(*) FROM mailbox_mails").await;
        office.stop().await;
        assert!(store.mails.lock().unwrap().is_empty());
        assert_eq!(office.desk.count("SELECT COUNT(*) FROM mails WHERE copies = 1").await, 3);
    }
}

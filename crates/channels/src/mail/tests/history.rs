//! Archives of mails, as stories.

use std::path::Path;
use std::sync::Arc;

use base::clock::DAY;
use testkit::both_engines;

use super::{DESK, Desk, mail};
use crate::mail::history::{Archive, Done, take_in};

const LINE: &str = "From somebody@lindenhof.example Mon Mar  2 09:00:00 2026\n";

/// A mail of `days` ago.
fn old(now: i64, days: i64, from: &str, to: &str, id: &str, answers: &str, text: &str) -> String {
    let at = jiff::Timestamp::from_millisecond(now - days * DAY).unwrap().strftime("%a, %d %b %Y %H:%M:%S +0000");
    let answers = if answers.is_empty() { String::new() } else { format!("In-Reply-To: <{answers}>\n") };
    format!("{LINE}From: {from}\nTo: {to}\nSubject: Door\nDate: {at}\nMessage-ID: <{id}>\n{answers}\n{text}\n\n")
}

async fn import(desk: &Desk, path: &Path) -> Done {
    let archive = Arc::new(Archive::look(&[path.to_path_buf()], |_| {}).unwrap());
    take_in(&desk.app, &desk.room, archive, 14, |_| {}).await.unwrap()
}

const ANA: &str = "Ana Lind <ana@lindenhof.example>";

both_engines! {
    async fn an_archive_becomes_conversations_and_nobody_is_told(db: Db, clock: Clock) {
        let desk = Desk::new(db, clock);
        let now = desk.app.clock.now().0;
        let home = tempfile::tempdir().unwrap();
        let path = home.path().join("support.mbox");
        // As such files are: the newest first, our own answers among them, a program's mail, one twice.
        let archive = [
            old(now, 2, "Bo <bo@lindenhof.example>", DESK, "5@lindenhof.example", "", "The window, too."),
            old(now, 397, ANA, DESK, "3@lindenhof.example", "2@desk.example", "It is open. Thank you."),
            old(now, 398, DESK, ANA, "2@desk.example", "1@lindenhof.example", "Try the handle."),
            old(now, 400, ANA, DESK, "1@lindenhof.example", "", "It is stuck."),
            old(now, 400, ANA, DESK, "1@lindenhof.example", "", "It is stuck."),
            old(now, 90, DESK, "Cleo <cleo@other.example>", "6@desk.example", "", "Your key is here."),
            old(now, 89, "Cleo <cleo@other.example>", DESK, "7@other.example", "6@desk.example", "I come."),
        ];
        std::fs::write(&path, archive.concat()).unwrap();
        let done = import(&desk, &path).await;
        assert_eq!((done.opened, done.written, done.known, done.closed), (3, 3, 1, 2), "{done:?}");
        assert_eq!(desk.count("SELECT COUNT(*) FROM outbox").await, 0, "nobody is written to");
        let oldest = desk.count("SELECT id FROM tickets ORDER BY opened_at LIMIT 1").await;
        let first = desk.ticket(service::ticket::TicketId(oldest)).await;
        let said = desk.messages(first.id).await;
        let expected = [("person", "It is stuck."), ("desk", "Try the handle."), ("person", "It is open. Thank you.")];
        assert_eq!(said.iter().map(|(who, what)| (who.as_str(), what.as_str())).collect::<Vec<_>>(), expected);
        assert_eq!(first.opened_at.0 / 1_000, (now - 400 * DAY) / 1_000, "at the time when it happened");
        assert!(!first.state.is_open());
        let still_open = "SELECT COUNT(*) FROM tickets WHERE is_open = 1";
        assert_eq!(desk.count(still_open).await, 1, "what was said lately still waits for somebody");
        let lived = "SELECT COUNT(*) FROM touchpoints WHERE source <> 'imported'";
        assert_eq!(desk.count(lived).await, 0);
        // Again, and as a copy elsewhere: nothing is there twice.
        assert_eq!(import(&desk, &path).await, Done { before: 7, ..Done::default() });
        let single = home.path().join("one.eml");
        std::fs::write(&single, archive[0].strip_prefix(LINE).unwrap().trim_end().to_owned() + "\n").unwrap();
        assert_eq!(import(&desk, &single).await.known, 1);
        // What comes after the move goes on where it was left.
        desk.take(&mail("Bo <bo@lindenhof.example>", "8@x", "Re: Door", "In-Reply-To: <5@lindenhof.example>\r\n", "And?")).await;
        assert_eq!(desk.count("SELECT COUNT(*) FROM tickets").await, 3);
    }

    async fn what_an_agent_wrote_is_the_desks_and_one_poisoned_mail_stops_nothing(db: Db, clock: Clock) {
        let desk = Desk::new(db, clock);
        let now = desk.app.clock.now().0;
        desk.app.person("Noor Haddad", &[web::actor::Role::Agent]).await;
        let noor = desk.app.db.read(|tx| {
            tx.one("SELECT value FROM person_addresses WHERE value LIKE 'noor%'", &[], |row| row.read::<String>())
        });
        let noor = noor.await.unwrap();
        let home = tempfile::tempdir().unwrap();
        let path = home.path().join("archive");
        let mut all: Vec<String> = (0..250)
            .map(|n| old(now, 300, &format!("P{n} <p{n}@lindenhof.example>"), DESK, &format!("{n}@x"), "", "Stuck."))
            .collect();
        all.push(old(now, 200, &noor, "p7@lindenhof.example", "a@x", "7@x", "Done."));
        let poison = "Content-Type: multipart/mixed; boundary=b\n\n--b\nContent-Disposition: attachment; filename=a\n\n1\n--b--\n\n";
        let headers = old(now, 250, ANA, DESK, "poison@x", "", "");
        all.insert(100, format!("{}{poison}", headers.trim_end_matches('\n').to_owned() + "\n"));
        std::fs::write(&path, all.concat()).unwrap();
        desk.execute("ALTER TABLE ticket_files RENAME TO elsewhere").await;
        let done = import(&desk, &path).await;
        assert_eq!((done.opened, done.written, done.quarantined), (250, 1, 1), "{done:?}");
        let by_noor = "SELECT COUNT(*) FROM ticket_messages m JOIN people p ON p.id = m.author_id
                       WHERE m.author = 'desk' AND p.name = 'Noor Haddad'";
        assert_eq!(desk.count(by_noor).await, 1);
    }
}

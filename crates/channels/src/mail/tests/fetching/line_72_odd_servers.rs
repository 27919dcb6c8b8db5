//! IMAP servers that ask for patience, lie, fall silent or hang up.

use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

use testkit::both_engines;

use super::script::{body, imap as server};
use super::{ANA, Office, SECOND, imap};
use crate::mail::link::{Cause, Place, Proof};
use crate::mail::mailroom::Pace;
use crate::mail::tests::{DESK, hurry, mail};
use crate::mail::{Fares, fetch};

fn letters(count: u32) -> Vec<(u32, String)> {
    (1..=count)
        .map(|uid| (uid, mail(ANA, &format!("{uid}@lindenhof.example"), &format!("Door {uid}"), "", "Stuck.")))
        .collect()
}

both_engines! {
    async fn what_comes_for_other_numbers_or_twice_is_left_alone(db: Db, clock: Clock) {
        let mails = letters(2);
        let lies = mails.clone();
        let server = server(mails, move |command, _| {
            let asked = command.starts_with("UID FETCH 1:2 (UID BODY.PEEK[])");
            let stranger = mail(ANA, "9@lindenhof.example", "Not asked for", "", "Hm.");
            asked.then(|| {
                let (one, two) = (body(1, &lies[0].1), body(2, &lies[1].1));
                format!("{}* 5 EXISTS\r\n* 1 FETCH (FLAGS (\\Seen))\r\n{one}{one}{two}TAG OK\r\n", body(9, &stranger))
            })
        })
        .await;
        let mut office = Office::open(db, &imap(server.port, DESK, ""));
        office.until(2, "SELECT COUNT(*) FROM tickets").await;
        office.until(1, "SELECT COUNT(*) FROM mailboxes WHERE last_uid = 2 AND backlog = 0").await;
        office.stop().await;
        assert_eq!(office.desk.count("SELECT COUNT(*) FROM mails WHERE copies = 1").await, 2);
    }

    async fn a_mail_larger_than_it_was_said_to_be_lies_in_the_quarantine(db: Db, clock: Clock) {
        let mut mails = letters(2);
        mails[0].1 = mail(ANA, "1@lindenhof.example", "Film", "", &"la ".repeat(50_000));
        let server = server(mails, |command, _| {
            let asked = command.contains("RFC822.SIZE");
            asked.then(|| "* 1 FETCH (UID 1 RFC822.SIZE 10)\r\n* 2 FETCH (UID 2 RFC822.SIZE 10)\r\nTAG OK\r\n".to_owned())
        })
        .await;
        let mut office = Office::open(db, &format!("[limits]\nmail_bytes = 100000\n{}", imap(server.port, DESK, "")));
        office.mails(2).await;
        office.stop().await;
        let large = "SELECT COUNT(*) FROM mails WHERE why = 'too-large' AND bytes > 100000 AND subject = 'Film'";
        assert_eq!(office.desk.count(large).await, 1);
        assert_eq!(office.desk.count("SELECT COUNT(*) FROM tickets").await, 1);
    }

    async fn a_mail_at_which_the_server_hangs_up_is_not_in_the_way(db: Db, clock: Clock) {
        let mails = letters(3);
        let whole = mails.clone();
        // The second one is announced and never comes.
        let server = server(mails, move |command, _| {
            let with_second = command.starts_with("UID FETCH 1:3 (UID BODY") || command.starts_with("UID FETCH 2 (UID BODY");
            with_second.then(|| {
                let first = if command.contains("1:3") { body(1, &whole[0].1) } else { String::new() };
                format!("{first}* 2 FETCH (UID 2 BODY[] {{5}}\r\nab* BYE\r\n* BYE broken\r\nTAG BAD\r\n")
            })
        })
        .await;
        let mut office = Office::open(db, &imap(server.port, DESK, ""));
        office.mails(3).await;
        office.stop().await;
        assert_eq!(office.desk.count("SELECT COUNT(*) FROM tickets").await, 2);
        assert_eq!(office.desk.count("SELECT COUNT(*) FROM mails WHERE why = 'unfetchable'").await, 1);
    }

    async fn a_server_that_has_too_much_to_do_is_left_in_peace(db: Db, clock: Clock) {
        let server = server(Vec::new(), |command, _| {
            (command == "GREETING").then(|| "* BYE [THROTTLED] Suggested Backoff Time: 3600000 milliseconds\r\n".to_owned())
        })
        .await;
        let mut office = Office::open(db, &imap(server.port, DESK, ""));
        office.until_told("the server asks for patience").await;
        tokio::time::sleep(2 * SECOND).await;
        assert_eq!(server.visits(), 1, "it was told to stay away for an hour");
        office.stop().await;
    }

    async fn a_connection_that_died_without_a_word_is_found_out(db: Db, clock: Clock) {
        // Whoever idles on the first connection is not heard any more.
        let server = server(letters(1), |command, visit| (command == "IDLE" && visit == 0).then(String::new)).await;
        let pace = Pace { command: SECOND / 2, idle: SECOND / 2, ..hurry() };
        let mut office = Office::of(db, clock, &imap(server.port, DESK, ""), pace);
        server.until_visited(2).await;
        office.mails(1).await;
        office.stop().await;
    }

    async fn new_numbers_of_the_server_lose_nothing_and_double_nothing(db: Db, clock: Clock) {
        static VALIDITY: AtomicU32 = AtomicU32::new(7);
        VALIDITY.store(7, Ordering::SeqCst);
        let server = server(letters(3), |command, _| {
            let validity = VALIDITY.load(Ordering::SeqCst);
            if command.starts_with("SELECT") {
                Some(format!("* 3 EXISTS\r\n* OK [UIDVALIDITY {validity}] v\r\n* OK [UIDNEXT 4] n\r\nTAG OK\r\n"))
            } else if command.starts_with("UID SEARCH OR UNSEEN SINCE ") {
                Some("* SEARCH 1 2 3\r\nTAG OK\r\n".to_owned())
            } else if command == "UID SEARCH UNSEEN" {
                Some("* SEARCH 3\r\nTAG OK\r\n".to_owned())
            } else {
                None
            }
        })
        .await;
        let mut office = Office::open(db, &imap(server.port, DESK, ""));
        office.mails(1).await;
        office.stop().await;
        VALIDITY.store(8, Ordering::SeqCst);
        office.start();
        office.mails(3).await;
        office.until(1, "SELECT COUNT(*) FROM mailboxes WHERE uid_validity = 8 AND backlog = 0").await;
        office.stop().await;
        assert_eq!(office.desk.count("SELECT COUNT(*) FROM tickets").await, 3);
    }

    async fn a_folder_that_is_not_there_is_told_with_those_that_are(db: Db, clock: Clock) {
        let server = server(Vec::new(), |command, _| {
            if command.starts_with("SELECT") {
                Some("TAG NO [NONEXISTENT] Mailbox does not exist\r\n".to_owned())
            } else if command.starts_with("LIST") {
                Some("* LIST () \"/\" INBOX\r\n* LIST () \"/\" {10}\r\n\"Gr&APYA3w-e\r\n* LIST () \"/\" \"Gr&APYA3w-e\"\r\nTAG OK\r\n".to_owned())
            } else {
                None
            }
        })
        .await;
        let mut office = Office::open(db, &imap(server.port, DESK, "folder = \"Anfragen\""));
        office.until_told("there is no such folder").await;
        office.until_told("INBOX").await;
        office.until_told("Größe").await;
        office.stop().await;
    }
}

async fn opened(port: u16, proof: &Proof) -> Result<fetch::imap::Client, Cause> {
    let place = Place { host: "127.0.0.1", port, tls: base::config::Tls::None, ca_file: None };
    let opened = fetch::imap::Client::open(place, "it@desk.example", proof, Duration::from_secs(5)).await;
    opened.map_err(|trouble| trouble.cause)
}

fn password() -> Proof {
    Proof::Password(base::config::Secret::new("pass \"word\\"))
}

#[tokio::test]
async fn a_refused_login_says_what_to_do() {
    for (words, cause) in [
        ("TAG NO [AUTHENTICATIONFAILED] Authentication failed.", Cause::LoginRefused),
        ("TAG NO [ALERT] Application-specific password required", Cause::AppPassword),
        ("TAG NO LOGIN failed. Basic authentication is disabled.", Cause::TokenWanted),
        ("TAG NO [PRIVACYREQUIRED] Plaintext authentication disallowed", Cause::TlsWanted),
        ("TAG NO [UNAVAILABLE] Temporary authentication failure", Cause::Busy),
        ("TAG NO [LIMIT] Too many simultaneous connections", Cause::Busy),
    ] {
        let server =
            server(Vec::new(), move |command, _| command.starts_with("LOGIN").then(|| format!("{words}\r\n"))).await;
        assert_eq!(opened(server.port, &password()).await.unwrap_err(), cause, "{words}");
    }
}

#[tokio::test]
async fn no_password_is_said_where_the_server_wants_none_in_the_clear() {
    let server = server(Vec::new(), |command, _| {
        assert!(!command.starts_with("LOGIN"), "it was said");
        (command == "CAPABILITY").then(|| "* CAPABILITY IMAP4rev1 STARTTLS LOGINDISABLED\r\nTAG OK\r\n".to_owned())
    })
    .await;
    assert_eq!(opened(server.port, &password()).await.unwrap_err(), Cause::TlsWanted);
}

#[tokio::test]
async fn a_server_that_says_without_end_is_left() {
    let server = server(Vec::new(), |command, _| {
        (command == "CAPABILITY").then(|| format!("* CAPABILITY {}", "A".repeat(9_000_000)))
    })
    .await;
    assert_eq!(opened(server.port, &password()).await.unwrap_err(), Cause::Garbled);
}

#[tokio::test]
async fn without_uidplus_nothing_of_others_is_expunged() {
    use std::sync::{Arc, Mutex};
    for (flagged, expunged) in [("1 2", true), ("1 2 5", false)] {
        let heard: Arc<Mutex<Vec<String>>> = Arc::default();
        let hearing = Arc::clone(&heard);
        let server = server(letters(2), move |command, _| {
            hearing.lock().unwrap().push(command.to_owned());
            match command {
                "CAPABILITY" => Some("* CAPABILITY IMAP4rev1\r\nTAG OK\r\n".to_owned()),
                "UID SEARCH DELETED" => Some(format!("* SEARCH {flagged}\r\nTAG OK\r\n")),
                _ => None,
            }
        })
        .await;
        let database = testkit::database::Database::sqlite();
        let toml = imap(server.port, DESK, "after = \"move\"\ndone_folder = \"Done \\\"so\\\"\"");
        let mut office = Office::open(database.db(), &toml);
        office.mails(2).await;
        office.until(1, "SELECT COUNT(*) FROM mailboxes WHERE backlog = 0").await;
        office.stop().await;
        let heard = heard.lock().unwrap();
        assert!(heard.iter().any(|command| command == "UID COPY 1:2 \"Done \\\"so\\\"\""), "{heard:?}");
        assert!(heard.iter().any(|command| command == "UID STORE 1:2 +FLAGS.SILENT (\\Deleted)"), "{heard:?}");
        assert_eq!(heard.iter().any(|command| command == "EXPUNGE"), expunged, "{heard:?}");
        assert!(!heard.iter().any(|command| command.starts_with("UID MOVE") || command.starts_with("UID EXPUNGE")));
    }
}

#[tokio::test]
async fn all_is_well_on_a_server_that_does_as_it_should() {
    let server = server(letters(45), |_, _| None).await;
    let database = testkit::database::Database::sqlite();
    let mut office = Office::open(database.db(), &imap(server.port, DESK, ""));
    office.mails(45).await;
    office.until(1, "SELECT COUNT(*) FROM mailboxes WHERE backlog = 0").await;
    let begun = std::time::Instant::now();
    while !office.desk.room.reports().iter().all(|report| report.fares == Fares::Well) {
        assert!(begun.elapsed() < 20 * SECOND, "{:?}", office.desk.room.reports());
        tokio::time::sleep(SECOND / 20).await;
    }
    office.stop().await;
    assert_eq!(server.visits(), 1);
    // The newest come first, in groups in which the older ones do.
    let subjects = office.subjects().await;
    assert_eq!((subjects[0].as_str(), subjects[19].as_str()), ("Door 26", "Door 45"));
    assert_eq!((subjects[20].as_str(), subjects[44].as_str()), ("Door 6", "Door 5"));
}

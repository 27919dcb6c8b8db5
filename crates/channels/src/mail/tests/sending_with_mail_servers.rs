//! Sending through real servers: who gets a mail, what each server says to whom, and what is kept of it.

use std::time::{Duration, Instant};

use base::clock::Clock;
use base::config::Config;
use base::db::params;
use ledger::outbox::{self, Letter as Posted, Mailbox, NewLetter};
use service::ticket::participant::Recipients;
use service::ticket::work::{self, Answer, By};
use service::ticket::{State, TicketId};
use testkit::both_engines;
use testkit::mail::{Letter, Server};

use super::super::{Fares, pipe};
use super::with_mail_servers::{Office, account, wait};
use super::{DESK, Desk, Pace, accounts, hurry, mail};

const ANA: &str = "Ana Silva <ana@lindenhof.example>";
const SECOND: Duration = Duration::from_secs(1);

/// One server for letters alone.
fn sends(servers: &Server, address: &str) -> String {
    let port = servers.smtp_port();
    format!(
        "[[mail.accounts]]\naddress = \"{address}\"\n[mail.accounts.smtp]\nhost = \"127.0.0.1\"\nport = {port}\ntls = \"none\"\n"
    )
}

fn mailbox(name: &str, address: &str) -> Mailbox {
    Mailbox { name: name.to_owned(), address: address.to_owned() }
}

/// Something to be said to somebody, about nothing.
fn letter(occasion: &str, to: &str) -> NewLetter {
    NewLetter {
        address: to.to_owned(),
        occasion: occasion.to_owned(),
        subject: "Door".to_owned(),
        text: format!("About {occasion}."),
        ..NewLetter::default()
    }
}

impl Office {
    async fn post(&self, letter: NewLetter) {
        let now = self.desk.app.clock.now();
        self.desk.app.db.write(move |tx| outbox::post(tx, &letter, now)).await.unwrap().unwrap();
    }

    /// Ana's ticket, opened by a mail with these headers; its acknowledgement is out.
    async fn ticket(&self, headers: &str) -> TicketId {
        let written = mail(ANA, "1@lindenhof.example", "Door", headers, "It is stuck.");
        let ticket = pipe(&self.desk.app, &self.desk.room, written.into_bytes()).await.unwrap().ticket.unwrap();
        self.until(1, "SELECT COUNT(*) FROM outbox WHERE state = 'sent'").await;
        ticket
    }

    async fn answer_to(&self, id: TicketId, recipients: Recipients) -> Posted {
        let (agent, voice, now) = (self.desk.agent().await, self.desk.app.voice(), self.desk.app.clock.now());
        let posted = self.desk.app.db.write(move |tx| {
            let ticket = service::ticket::find(tx, id)?.unwrap();
            let by = By { person: agent, name: "Noor Haddad", team: None };
            let answer = Answer { text: "Try the handle.", files: &[], next: State::WaitingPerson };
            work::answer_to(tx, &voice, ticket, by, answer, &recipients, now)?;
            Ok::<_, web::error::Error>(outbox::of_object(tx, "ticket", id.0)?.pop().unwrap())
        });
        posted.await.unwrap()
    }

    /// The letter as it stands, once it fits.
    async fn letter_that(&self, occasion: &'static str, fits: impl Fn(&Posted) -> bool) -> Posted {
        let begun = Instant::now();
        loop {
            let id = self.desk.app.db.read(move |tx| {
                tx.one("SELECT message_id FROM outbox WHERE occasion LIKE $1", params![format!("{occasion}%")], |row| {
                    row.read::<String>()
                })
            });
            let id = id.await.unwrap();
            let found = self.desk.app.db.read(move |tx| outbox::find_by_message_id(tx, &id)).await.unwrap().unwrap();
            if fits(&found) {
                return found;
            }
            assert!(begun.elapsed() < 40 * SECOND, "{found:?}\n{:?}", self.desk.room.reports());
            tokio::time::sleep(SECOND / 20).await;
        }
    }

    async fn queue_of(&self, id: outbox::LetterId) -> String {
        let sql = "SELECT queue FROM outbox WHERE id = $1";
        self.desk.app.db.read(move |tx| tx.one(sql, params![id], |row| row.read())).await.unwrap()
    }
}

/// A header's addresses, as written.
fn header(letter: &Letter, name: &str) -> String {
    letter.header(name).unwrap_or_default()
}

both_engines! {
    async fn line_76_one_mail_goes_to_all_and_nobody_sees_the_bcc(db: Db, _clock: Clock) {
        let servers = Server::start().unwrap();
        let mut office = Office::of(db, &accounts(&account(&servers, DESK, true)));
        let ticket = office.ticket("Cc: Bea Costa <bea@x.example>, Chris <chris@x.example>\r\n").await;
        let recipients = Recipients {
            cc: vec![mailbox("Bea Costa", "bea@x.example"), mailbox("Dürr, Jörg", "joerg@x.example")],
            bcc: vec![mailbox("Eva", "eva@x.example")],
            from: None,
        };
        office.answer_to(ticket, recipients).await;
        let mut ids = Vec::new();
        for who in ["ana@lindenhof.example", "bea@x.example", "joerg@x.example", "eva@x.example"] {
            let got = wait(&servers, who, "Try the handle");
            assert_eq!(header(&got, "to"), "\"Ana Silva\" <ana@lindenhof.example>");
            let cc = header(&got, "cc");
            assert!(cc.contains("bea@x.example") && cc.contains("joerg@x.example") && cc.is_ascii(), "{cc}");
            assert!(!String::from_utf8_lossy(got.raw()).contains("eva@"), "nobody sees her, not even in what she got");
            ids.push(got.message_id());
        }
        ids.dedup();
        assert_eq!(ids.len(), 1, "one mail, so that a reply reaches all");
        // Chris was left out this once; the acknowledgement was Ana's alone.
        assert!(servers.list("chris@x.example").unwrap().is_empty());
        assert_eq!(servers.list("bea@x.example").unwrap().len(), 1);
        assert_eq!(servers.list("ana@lindenhof.example").unwrap().len(), 2);
        office.stop().await;
    }

    async fn line_77_who_is_refused_keeps_the_mail_from_nobody_else(db: Db, _clock: Clock) {
        let servers = Server::start().unwrap();
        let mut office = Office::of(db, &accounts(&account(&servers, DESK, true)));
        let ticket = office.ticket("Cc: refuse@x.example, greylist@x.example, bea@x.example\r\n").await;
        let cc = ["refuse@x.example", "greylist@x.example", "bea@x.example"].map(|address| mailbox("", address));
        office.answer_to(ticket, Recipients { cc: cc.to_vec(), ..Recipients::default() }).await;
        for who in ["ana@lindenhof.example", "bea@x.example", "greylist@x.example"] {
            wait(&servers, who, "Try the handle");
        }
        let settled = office.letter_that("ticket.answer", |letter| letter.state == outbox::State::Sent).await;
        let refused: Vec<_> = settled.refused.iter().map(|no| no.address.as_str()).collect();
        assert_eq!(refused, ["refuse@x.example"]);
        assert!(settled.refused[0].said.contains("no such person here"));
        assert_eq!(settled.reached.len(), 3);
        assert!(office.queue_of(settled.id).await.contains(" id="), "the number under which Exim knows it");
        // Each got it once, also those who had it before the slow one did.
        for who in ["bea@x.example", "greylist@x.example"] {
            assert_eq!(servers.list(who).unwrap().len(), 1, "{who}");
        }
        assert_eq!(servers.list("ana@lindenhof.example").unwrap().len(), 2);
        // Whoever has the ticket open is told.
        let told = "SELECT COUNT(*) FROM touchpoints WHERE kind = 'mail.unsent' AND detail LIKE '%refuse@x.example%'";
        assert_eq!(office.desk.count(told).await, 1);
        office.stop().await;
    }

    async fn line_77_a_refusal_for_good_is_there_at_once(db: Db, _clock: Clock) {
        let servers = Server::start().unwrap();
        let mut office = Office::of(db, &accounts(&account(&servers, DESK, true)));
        let begun = Instant::now();
        let written = mail("Rob <refuse-rob@x.example>", "1@x.example", "Door", "", "It is stuck.");
        pipe(&office.desk.app, &office.desk.room, written.into_bytes()).await.unwrap();
        office.until(1, "SELECT COUNT(*) FROM touchpoints WHERE kind = 'mail.unsent'").await;
        assert!(begun.elapsed() < 20 * SECOND);
        let (_, state, why) = office.desk.letters("refuse-rob@x.example").await.remove(0);
        assert_eq!(state, "failed");
        assert!(why.unwrap().contains("550 5.1.1 no such person here"));
        office.stop().await;
    }

    async fn line_77_a_daily_limit_lets_the_rest_wait_and_says_so(db: Db, _clock: Clock) {
        let servers = Server::start().unwrap();
        let config = format!("{}letters_a_day = 2\n", sends(&servers, DESK));
        let mut office = Office::of(db, &accounts(&config));
        for number in 0..5 {
            office.post(letter(&format!("limited:{number}"), &format!("p{number}@x.example"))).await;
        }
        office.until(2, "SELECT COUNT(*) FROM outbox WHERE state = 'sent'").await;
        let begun = Instant::now();
        let says_so = || {
            office.desk.room.reports().into_iter().any(|report| {
                matches!(report.fares, Fares::Failing { why, .. } if why.contains("2 letters") && why.contains("3 wait"))
            })
        };
        while !says_so() {
            assert!(begun.elapsed() < 20 * SECOND, "{:?}", office.desk.room.reports());
            tokio::time::sleep(SECOND / 20).await;
        }
        assert_eq!(office.desk.count("SELECT COUNT(*) FROM outbox WHERE state = 'waiting'").await, 3);
        office.stop().await;
    }

    async fn line_77_a_server_that_is_dead_holds_up_only_its_own(db: Db, _clock: Clock) {
        let servers = Server::start().unwrap();
        // Takes connections and says nothing.
        let silent = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let port = silent.local_addr().unwrap().port();
        let held = tokio::spawn(async move {
            let mut held = Vec::new();
            while let Ok((connection, _)) = silent.accept().await {
                held.push(connection);
            }
        });
        let config = format!(
            "[[mail.accounts]]\naddress = \"{DESK}\"\n[mail.accounts.smtp]\nhost = \"127.0.0.1\"\nport = {port}\ntls = \"none\"\n{}",
            sends(&servers, "billing@desk.example")
        );
        let mut office = Office::of(db, &accounts(&config));
        for number in 0..12 {
            office.post(letter(&format!("held:{number}"), "ana@lindenhof.example")).await;
        }
        let sender = Some(mailbox("Billing", "billing@desk.example"));
        office.post(NewLetter { sender, ..letter("free", "bea@x.example") }).await;
        let got = wait(&servers, "bea@x.example", "About free");
        assert_eq!(got.from(), "billing@desk.example");
        office.until(1, "SELECT COUNT(*) FROM outbox WHERE state = 'sent'").await;
        held.abort();
        office.stop().await;
    }

    async fn line_25_an_alias_is_answered_from_by_the_server_that_is_its(db: Db, _clock: Clock) {
        let servers = Server::start().unwrap();
        let config = format!(
            "[mail]\nsender_name = \"{{agent}} at {{desk}}\"\n{}{}[[mail.identities]]\naddress = \"rechnung@desk.example\"\n\
             name = \"Büro, Rechnungen\"\naccount = \"billing@desk.example\"\n",
            account(&servers, DESK, true),
            account(&servers, "billing@desk.example", true),
        );
        let mut office = Office::of(db, &accounts(&config));
        let ticket = office.ticket("X-Note: to an alias\r\nDelivered-To: rechnung@desk.example\r\n").await;
        // It names our first address in To: that is where it went.
        let received = servers.wait_for_mail("ana@lindenhof.example", |_| true, 20 * SECOND).unwrap();
        assert_eq!(received.from(), DESK);
        let recipients = Recipients { from: Some("rechnung@desk.example".to_owned()), ..Recipients::default() };
        office.answer_to(ticket, recipients).await;
        let got = wait(&servers, "ana@lindenhof.example", "Try the handle");
        assert_eq!(got.from(), "rechnung@desk.example");
        let from = header(&got, "from");
        assert!(from.is_ascii() && from.contains("=?utf-8?"), "the name is encoded: {from}");
        let token = office.desk.ticket(ticket).await.reply_token;
        assert_eq!(header(&got, "reply-to"), format!("rechnung+{token}@desk.example"));
        assert!(got.message_id().ends_with("@desk.example"));
        let by = "SELECT COUNT(*) FROM outbox WHERE account = 'billing@desk.example' AND state = 'sent'";
        office.until(1, by).await;
        office.stop().await;
    }

    async fn line_78_what_goes_out_is_whole_when_it_comes_in(db: Db, _clock: Clock) {
        let servers = Server::start().unwrap();
        let folder = tempfile::tempdir().unwrap();
        // An Ed25519 key in the frame of RFC 8410.
        let key = "-----BEGIN PRIVATE KEY-----\nMC4CAQAwBQYDK2VwBCIEIJ1hsZ3v/VpguoRK9JLsLMREScVpezJpGXA7rAMcrn9g\n-----END PRIVATE KEY-----\n";
        std::fs::write(folder.path().join("dkim.pem"), key).unwrap();
        let text = format!("{}[[mail.dkim]]\ndomain = \"desk.example\"\nselector = \"s1\"\nkey_file = \"dkim.pem\"\n", account(&servers, DESK, true));
        let config = Config::read(&text, folder.path(), [], &base::config::Overrides::default()).unwrap();
        let mut office = Office::of(db, &config);
        let file = office.desk.app.files.put(b"%PDF-1.7".to_vec()).await.unwrap();
        let name = web::form::url_encoded("Plan für Müller & Söhne – 2. Stock, mit einem sehr langen Namen.pdf");
        let words = format!("Grüße & <Küsse> \u{1f600}\n.\n..dots\n{}\nFrom here on\n\nEnde", "lang ".repeat(400));
        office.post(NewLetter {
            name: "Ana \"A.\" Silva\r\nBcc: all@x.example".to_owned(),
            subject: "Tür – \u{1f6aa} ".repeat(30),
            text: words.clone(),
            files: vec![format!("{}|{name}", file.key.as_str())],
            refusable: Some("survey"),
            automatic: true,
            ..letter("whole", "ana@lindenhof.example")
        }).await;
        let got = servers.wait_for_mail("ana@lindenhof.example", |_| true, 20 * SECOND).unwrap();
        let raw = String::from_utf8(got.raw().to_vec()).unwrap();
        assert!(raw.lines().all(|line| line.len() <= 998) && raw.is_ascii(), "every server takes it");
        assert_eq!(got.text().trim_end(), words.trim_end());
        assert!(got.html().contains("Grüße &amp; &lt;Küsse&gt;") && got.subject().starts_with("Tür – \u{1f6aa}"));
        assert!(got.header("bcc").is_none(), "a name does not end a header");
        assert!(raw.contains("filename*0*=utf-8''Plan%20f%C3%BCr") || raw.contains("filename*=utf-8''"), "{raw}");
        // Mail programs may offer to refuse such letters by one click (RFC 8058).
        let token = office.letter_that("whole", |letter| letter.state == outbox::State::Sent).await.refusal_token.unwrap();
        assert_eq!(header(&got, "list-unsubscribe"), format!("<{}>", office.desk.app.voice().url(&format!("/refusals/{token}"))));
        assert_eq!(header(&got, "list-unsubscribe-post"), "List-Unsubscribe=One-Click");
        // Its signature covers what the reader sees, and came through the server whole.
        let signature = header(&got, "dkim-signature").replace(' ', "");
        for part in ["d=desk.example", "s=s1", "a=ed25519-sha256", "h=from:from:", ":subject:", ":list-unsubscribe:list-unsubscribe-post"] {
            assert!(signature.contains(part), "{part}: {signature}");
        }
        let public = "11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo=";
        let since = raw.find("DKIM-Signature:").unwrap();
        let as_sent = raw[since..].replace("\r\n", "\n").replace('\n', "\r\n");
        assert!(crate::mail::send::signature_holds(&as_sent, public), "{as_sent}");
        assert!(!crate::mail::send::signature_holds(&as_sent.replacen("List-Unsubscribe: <", "List-Unsubscribe: <x", 1), public));
        // Answers to people are nothing to do without.
        let ticket = office.ticket_of_bob().await;
        let answer = wait(&servers, "bob@lindenhof.example", "Try the handle");
        assert!(answer.header("list-unsubscribe").is_none() && ticket.0 > 0);
        office.stop().await;
    }

    async fn line_79_a_copy_of_what_went_out_is_laid_into_its_folder(db: Db, _clock: Clock) {
        let servers = Server::start().unwrap();
        let with = account(&servers, DESK, true).replacen(
            &format!("address = \"{DESK}\"\n"),
            &format!("address = \"{DESK}\"\nsent_folder = \"Sent\"\n"),
            1,
        );
        let mut office = Office::of(db, &accounts(&with));
        office.post(NewLetter { cc: vec![mailbox("Bea", "bea@x.example")], ..letter("copied", "ana@lindenhof.example") }).await;
        let got = wait(&servers, "ana@lindenhof.example", "About copied");
        let begun = Instant::now();
        let copies = loop {
            let copies = servers.list_in(DESK, "Sent").unwrap();
            if !copies.is_empty() {
                break copies;
            }
            assert!(begun.elapsed() < 30 * SECOND, "{:?}\n{}", office.desk.room.reports(), servers.log());
            tokio::time::sleep(SECOND / 20).await;
        };
        let (copy, flags) = &copies[0];
        assert!(copies.len() == 1 && flags.contains('S'), "read, as one's own mail is: {flags}");
        assert_eq!(copy.message_id(), got.message_id());
        assert_eq!(copy.text(), got.text());
        office.until(1, "SELECT CASE WHEN COUNT(*) = 0 THEN 1 ELSE 0 END FROM jobs").await;
        office.stop().await;
    }

    async fn line_79_a_folder_that_cannot_be_reached_neither_fails_nor_delays_a_letter(db: Db, _clock: Clock) {
        let servers = Server::start().unwrap();
        let with = account(&servers, DESK, true)
            .replacen(&format!("address = \"{DESK}\"\n"), &format!("address = \"{DESK}\"\nsent_folder = \"Sent\"\n"), 1)
            .replacen("password = \"", "password = \"wrong", 1);
        let mut office = Office::of(db, &accounts(&with));
        office.post(letter("copied", "ana@lindenhof.example")).await;
        wait(&servers, "ana@lindenhof.example", "About copied");
        office.letter_that("copied", |letter| letter.state == outbox::State::Sent).await;
        office.until(1, "SELECT COUNT(*) FROM jobs WHERE kind = 'file_sent_letter' AND error IS NOT NULL").await;
        let failing = |report: &crate::mail::Report| {
            report.name.contains("copies") && matches!(report.fares, Fares::Failing { .. })
        };
        assert!(office.desk.room.reports().iter().any(failing), "{:?}", office.desk.room.reports());
        assert_eq!(servers.list("ana@lindenhof.example").unwrap().len(), 1);
        office.stop().await;
    }

    async fn line_29_programs_letters_are_held_back_by_address_and_by_ticket(db: Db, _clock: Clock) {
        let servers = Server::start().unwrap();
        let desk = Desk::with(db, Clock::System, &accounts(&sends(&servers, DESK)), Pace { automatic_an_hour: 3, automatic_a_ticket: 2, ..hurry() });
        let mut office = Office::with(desk);
        let automatic = |occasion: &str, to: &str, object| NewLetter { automatic: true, object, ..letter(occasion, to) };
        // One after the other, as programs that answer each other write.
        for number in 0..5_i64 {
            office.post(automatic(&format!("loop:{number}"), "robot@x.example", None)).await;
            office.settled(number + 1).await;
        }
        for number in 0..4_i64 {
            let to = format!("p{number}@x.example");
            office.post(automatic(&format!("many:{number}"), &to, Some(("ticket", 77)))).await;
            office.settled(number + 6).await;
        }
        let held = |words: &'static str| {
            let sql = "SELECT COUNT(*) FROM outbox WHERE state = 'failed' AND error LIKE $1";
            let db = office.desk.app.db.clone();
            async move { db.read(move |tx| tx.one(sql, params![format!("held back: %{words}%")], |row| row.read::<i64>())).await.unwrap() }
        };
        assert_eq!((held("to this address").await, held("about this ticket").await), (2, 2));
        assert_eq!(servers.list("robot@x.example").unwrap().len(), 3);
        // What a person wrote is never held back.
        office.post(NewLetter { object: Some(("ticket", 77)), ..letter("person", "robot@x.example") }).await;
        wait(&servers, "robot@x.example", "About person");
        office.stop().await;
    }

    async fn line_29_a_flood_waits_whatever_its_reason(db: Db, _clock: Clock) {
        let servers = Server::start().unwrap();
        let desk = Desk::with(db, Clock::System, &accounts(&sends(&servers, DESK)), Pace { letters_a_minute: 3, ..hurry() });
        let mut office = Office::with(desk);
        for number in 0..8 {
            office.post(letter(&format!("flood:{number}"), &format!("p{number}@x.example"))).await;
        }
        office.until(3, "SELECT COUNT(*) FROM outbox WHERE state = 'sent'").await;
        office.stop().await;
        assert_eq!(office.desk.count("SELECT COUNT(*) FROM outbox WHERE state = 'waiting'").await, 5);
    }
}

impl Office {
    /// Somebody else's ticket, with its answer.
    async fn ticket_of_bob(&self) -> TicketId {
        let written = mail("Bob <bob@lindenhof.example>", "9@lindenhof.example", "Lamp", "", "It is dark.");
        let ticket = pipe(&self.desk.app, &self.desk.room, written.into_bytes()).await.unwrap().ticket.unwrap();
        self.answer_to(ticket, Recipients::default()).await;
        ticket
    }
}

//! Reading real mailboxes: Dovecot's, by IMAP and POP3, in the clear and encrypted, with passwords and with tokens.

use std::path::PathBuf;

use axum::Router;
use axum::extract::RawQuery;
use axum::routing::{get, post};
use base::config::{Imap, Tls};
use serde_json::json;
use testkit::both_engines;
use testkit::mail::{Authority, Options, PASSWORD, Server};

use super::{ANA, Office, SECOND, imap, pop3};
use crate::mail::fetch::open_for_test;
use crate::mail::tests::{DESK, mail};
use crate::mail::{Side, StepKind, StepOutcome, check, pipe};

fn letter(n: u32) -> String {
    mail(ANA, &format!("{n}@lindenhof.example"), &format!("Door {n}"), "", "It is stuck.")
}

/// Somebody else who uses the mailbox.
async fn other(servers: &Server) -> crate::mail::fetch::imap::Client {
    let toml = imap(servers.imap_port(), DESK, "");
    let imap: Imap = crate::mail::tests::accounts(&toml).mail.accounts[0].imap.clone().unwrap();
    open_for_test(&imap).await
}

both_engines! {
    async fn line_72_folders_of_any_name_are_read(db: Db, clock: Clock) {
        let servers = Server::start().unwrap();
        let names = ["Kunden & Anfragen", "The \"big\" one", "Größe.Ελλάδα.受信箱", "back\\slash"];
        let mut session = other(&servers).await;
        for (n, name) in names.iter().enumerate() {
            let folder = crate::mail::fetch::imap::name::folder(name);
            session.tell(&format!("CREATE {folder}")).await.unwrap();
            session.append(name, letter(n as u32).as_bytes()).await.unwrap();
            // Mail that was read before the desk comes is left alone, so it is made unread.
            session.select(name).await.unwrap();
            session.tell("UID STORE 1:* -FLAGS (\\Seen)").await.unwrap();
        }
        let listed = serde_json::to_string(&names).unwrap();
        let mut office = Office::open(db, &imap(servers.imap_port(), DESK, &format!("folders = {listed}")));
        office.mails(4).await;
        office.stop().await;
        assert_eq!(office.desk.count("SELECT COUNT(DISTINCT mailbox) FROM mails").await, 4);
    }

    async fn line_72_a_mail_that_is_stored_is_moved_where_the_operator_wants_it(db: Db, clock: Clock) {
        for capability in [None, Some("IMAP4rev1 IDLE UIDPLUS"), Some("IMAP4rev1 IDLE")] {
            let options = Options { imap_capability: capability.map(ToOwned::to_owned), ..Options::default() };
            let servers = Server::with(options).unwrap();
            let mut session = other(&servers).await;
            session.tell("CREATE \"Erledigt\"").await.unwrap();
            let config = imap(servers.imap_port(), DESK, "after = \"move\"\ndone_folder = \"Erledigt\"");
            let database = testkit::database::Database::sqlite();
            let mut office = Office::open(database.db(), &config);
            for n in 1..=3 {
                servers.deliver(DESK, letter(n).as_bytes()).unwrap();
            }
            office.mails(3).await;
            office.until(1, "SELECT COUNT(*) FROM mailboxes WHERE last_uid + backlog > 0 AND backlog = 0").await;
            let begun = std::time::Instant::now();
            while session.select("Erledigt").await.unwrap().exists < 3 {
                assert!(begun.elapsed() < 30 * SECOND, "{capability:?}");
                tokio::time::sleep(SECOND / 20).await;
            }
            let begun = std::time::Instant::now();
            while session.select("INBOX").await.unwrap().exists > 0 {
                assert!(begun.elapsed() < 30 * SECOND, "{capability:?}");
                tokio::time::sleep(SECOND / 20).await;
            }
            office.stop().await;
        }
    }

    async fn line_72_a_first_import_from_a_day_on_begins_with_the_newest_and_goes_on_where_it_broke_off(db: Db, clock: Clock) {
        let servers = Server::start().unwrap();
        let mut session = other(&servers).await;
        let old = letter(0);
        session.tell(&format!("APPEND INBOX \"1-Feb-2020 10:00:00 +0000\" {{{}+}}\r\n{old}", old.len())).await.unwrap();
        for n in 1..=60 {
            servers.deliver(DESK, letter(n).as_bytes()).unwrap();
        }
        // All were read by somebody before the desk came.
        session.select("INBOX").await.unwrap();
        session.tell("UID STORE 1:* +FLAGS (\\Seen)").await.unwrap();
        let config = imap(servers.imap_port(), DESK, "since = \"2024-01-01\"");
        let mut office = Office::open(db, &config);
        office.until(1, "SELECT COUNT(*) FROM mailboxes WHERE backlog > 0 AND backlog < 61").await;
        office.stop().await;
        let before = office.desk.count("SELECT COUNT(*) FROM mails").await;
        assert!(before >= 20, "{before}");
        // New mail comes before the rest.
        servers.deliver(DESK, letter(99).as_bytes()).unwrap();
        office.start();
        office.mails(61).await;
        office.until(1, "SELECT COUNT(*) FROM mailboxes WHERE backlog = 0").await;
        office.stop().await;
        let subjects = office.subjects().await;
        let at = |subject: &str| subjects.iter().position(|found| found == subject).unwrap();
        assert!(at("Door 60") < 20, "the newest were first");
        assert!(at("Door 99") < at("Door 1"), "what is new comes before what is old");
        assert!(!subjects.contains(&"Door 0".to_owned()), "it is from before that day");
    }

    async fn line_72_twelve_mailboxes_at_once(db: Db, clock: Clock) {
        let servers = Server::start().unwrap();
        let mut config = String::new();
        for n in 1..=12 {
            let address = format!("team{n}@desk.example");
            config += &imap(servers.imap_port(), &address, "");
            servers.deliver(&address, letter(n).replace(DESK, &address).as_bytes()).unwrap();
        }
        let mut office = Office::open(db, &config);
        office.mails(12).await;
        office.stop().await;
        assert_eq!(office.desk.count("SELECT COUNT(*) FROM tickets").await, 12);
        assert_eq!(office.desk.room.reports().len(), 12);
    }

    async fn line_75_a_mailbox_by_pop3_stays_as_it_is_and_is_read_once(db: Db, clock: Clock) {
        let servers = Server::with(Options { pop3: true, ..Options::default() }).unwrap();
        for n in 1..=3 {
            servers.deliver(DESK, letter(n).replace("stuck.", "stuck.\r\n.\r\n..dots").as_bytes()).unwrap();
        }
        let mut office = Office::open(db, &pop3(servers.pop3_port(), DESK, ""));
        office.mails(3).await;
        office.until(3, "SELECT COUNT(*) FROM mailbox_mails").await;
        servers.deliver(DESK, letter(4).as_bytes()).unwrap();
        office.mails(4).await;
        office.stop().await;
        assert_eq!(office.desk.count("SELECT MAX(copies) FROM mails").await, 1);
        assert_eq!(servers.list(DESK).unwrap().len(), 4);
        assert_eq!(office.desk.count("SELECT COUNT(*) FROM ticket_messages WHERE text LIKE '%..dots%'").await, 3);
    }

    async fn line_75_whichever_way_a_mail_comes_the_same_becomes_of_it(db: Db, clock: Clock) {
        let servers = Server::with(Options { pop3: true, ..Options::default() }).unwrap();
        let set = set();
        let mut seen = Vec::new();
        for way in ["pipe", "imap", "pop3"] {
            let address = format!("{way}@desk.example");
            let to = |mail: &str| mail.replace(DESK, &address);
            let config = match way {
                "imap" => imap(servers.imap_port(), &address, ""),
                "pop3" => pop3(servers.pop3_port(), &address, ""),
                _ => format!("[[mail.accounts]]\naddress = \"{address}\"\n"),
            };
            let database = testkit::database::Database::sqlite();
            for mail in set.iter().filter(|_| way != "pipe") {
                servers.deliver(&address, to(mail).as_bytes()).unwrap();
            }
            let mut office = Office::open(database.db(), &config);
            for mail in set.iter().filter(|_| way == "pipe") {
                pipe(&office.desk.app, &office.desk.room, to(mail).into_bytes()).await.unwrap();
            }
            office.until(set.len() as i64, "SELECT CAST(COALESCE(SUM(copies), 0) AS BIGINT) FROM mails").await;
            office.stop().await;
            seen.push((way, told(&office, &address).await));
        }
        assert!(seen[0].1.len() > 5, "{seen:?}");
        for (way, told) in &seen[1..] {
            assert_eq!(*told, seen[0].1, "{way}");
        }
    }
}

both_engines! {
    async fn line_73_a_mailbox_opens_with_a_token(db: Db, clock: Clock) {
        let provider = tokio::net::TcpListener::bind(("127.0.0.1", 0)).await.unwrap();
        let port = provider.local_addr().unwrap().port();
        let tokens = json!({ "access_token": "open-sesame", "expires_in": 3600 });
        let speaks = |RawQuery(query): RawQuery| async move {
            let good = query.unwrap_or_default().starts_with("token=open-sesame&");
            axum::Json(json!({ "active": good.to_string(), "username": DESK }))
        };
        let routes = Router::new().route("/token", post(move || async { axum::Json(tokens) })).route("/speaks", get(speaks));
        tokio::spawn(async move { axum::serve(provider, routes).await });
        let introspection = Some(format!("http://127.0.0.1:{port}/speaks?token="));
        let servers = Server::with(Options { introspection, pop3: true, ..Options::default() }).unwrap();
        let oauth = format!(
            "[mail.accounts.oauth]\ntoken_url = \"http://127.0.0.1:{port}/token\"\nclient_id = \"desk\"\n\
             refresh_token = \"first\"\n"
        );
        let without_password = |toml: String| toml.replace(&format!("password = \"{PASSWORD}\"\n"), "");
        servers.deliver(DESK, letter(1).as_bytes()).unwrap();
        for (n, section) in [imap(servers.imap_port(), DESK, &oauth), pop3(servers.pop3_port(), DESK, &oauth)].into_iter().enumerate() {
            let toml = without_password(section).replace("[mail.accounts.imap]", "auth = \"oauth2\"\n[mail.accounts.imap]");
            let toml = toml.replace("[mail.accounts.pop3]", "auth = \"oauth2\"\n[mail.accounts.pop3]");
            let mut office = Office::open(db.clone(), &toml);
            office.until(n as i64 + 1, "SELECT COALESCE(MAX(copies), 0) FROM mails").await;
            office.stop().await;
        }
    }
}

/// Mails of several kinds, in an order in which each finds what it belongs to.
fn set() -> Vec<String> {
    let reply = "In-Reply-To: <1@lindenhof.example>\r\n";
    let parts = "MIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=b\r\n";
    let attached = "--b\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: 8bit\r\n\r\nSiehe Anhang: Größe.\r\n\
                    --b\r\nContent-Disposition: attachment; filename=plan.txt\r\n\r\n.\r\n..\r\n--b--";
    vec![
        mail(ANA, "1@lindenhof.example", "Door", "", "It is stuck."),
        mail(ANA, "2@lindenhof.example", "Re: Door", reply, "Still.\r\n.\r\n..and dots"),
        mail("Bo <bo@lindenhof.example>", "3@lindenhof.example", "Plan", parts, attached),
        mail(
            "mailer-daemon@lindenhof.example",
            "4@lindenhof.example",
            "Out of office",
            "Auto-Submitted: auto-replied\r\n",
            "Away.",
        ),
        mail(ANA, "1@lindenhof.example", "Door", "", "It is stuck."),
        "No headers at all, a line\r\n\r\nand another".to_owned(),
        format!(
            "From: {ANA}\r\nTo: {DESK}\r\nSubject: bare\nMessage-ID: <5@lindenhof.example>\n\nlines end in one letter here\n"
        ),
    ]
}

/// What became of them, without what differs by nature.
async fn told(office: &Office, address: &str) -> Vec<String> {
    let mut all = Vec::new();
    for sql in [
        "SELECT 'mail ' || sender || '|' || subject || '|' || kind || '|' || decision || '|' || why || '|' || copies FROM mails",
        "SELECT 'ticket ' || t.subject || '|' || t.state || '|' || (SELECT COUNT(*) FROM ticket_messages m WHERE m.ticket_id = t.id) FROM tickets t",
        "SELECT 'message ' || author || '|' || text FROM ticket_messages",
        "SELECT 'file ' || name || '|' || bytes FROM ticket_files",
    ] {
        let found: Vec<String> = office.desk.app.db.read(move |tx| tx.query(sql, &[], |row| row.read())).await.unwrap();
        all.extend(found.into_iter().map(|line| line.replace(address, "ADDRESS")));
    }
    all.sort();
    all
}

/// Servers that show a certificate, and the file with the authority behind it.
struct Shown {
    servers: Server,
    ca_file: PathBuf,
    _folder: tempfile::TempDir,
}

impl Shown {
    fn start(names: &[&str], valid: bool) -> Self {
        let authority = Authority::new();
        let options = Options { certificate: Some(authority.issue(names, valid)), pop3: true, ..Options::default() };
        let folder = tempfile::tempdir().unwrap();
        let ca_file = folder.path().join("ca.pem");
        std::fs::write(&ca_file, authority.pem()).unwrap();
        Self { servers: Server::with(options).unwrap(), ca_file, _folder: folder }
    }

    /// An account of these servers.
    fn account(&self, way: &str, tls: Tls, trusted: bool) -> String {
        let (tls, read, send) = match (way, tls) {
            (_, Tls::None) => ("none", self.servers.imap_port(), self.servers.smtp_port()),
            ("pop3", Tls::Implicit) => ("implicit", self.servers.pop3s_port(), self.servers.smtps_port()),
            ("pop3", Tls::Starttls) => ("starttls", self.servers.pop3_port(), self.servers.smtp_port()),
            (_, Tls::Implicit) => ("implicit", self.servers.imaps_port(), self.servers.smtps_port()),
            (_, Tls::Starttls) => ("starttls", self.servers.imap_port(), self.servers.smtp_port()),
        };
        let ca = if trusted { format!("ca_file = {:?}\n", self.ca_file) } else { String::new() };
        let section = |what: &str, port: u16| {
            format!(
                "[mail.accounts.{what}]\nhost = \"localhost\"\nport = {port}\ntls = \"{tls}\"\nuser = \"{DESK}\"\n\
                 password = \"{PASSWORD}\"\n{ca}"
            )
        };
        format!("[[mail.accounts]]\naddress = \"{DESK}\"\n{}{}", section(way, read), section("smtp", send))
    }
}

both_engines! {
    async fn line_72_mail_is_read_and_sent_over_tls_of_each_kind(db: Db, clock: Clock) {
        let shown = Shown::start(&["localhost"], true);
        let mut n = 0;
        for way in ["imap", "pop3"] {
            for tls in [Tls::Implicit, Tls::Starttls] {
                n += 1;
                let mut office = Office::open(db.clone(), &shown.account(way, tls, true));
                let person = format!("person{n}@lindenhof.example");
                let written = mail(&person, &format!("tls{n}@lindenhof.example"), "Door", "", "It is stuck.");
                shown.servers.deliver(DESK, written.as_bytes()).unwrap();
                shown.servers.wait_for_mail(&person, |_| true, 30 * SECOND).unwrap();
                let steps = check(&office.desk.app, &office.desk.room).await.remove(0).1;
                assert!(steps.iter().all(crate::mail::Step::is_ok), "{way} {tls:?}: {steps:#?}");
                let sides = [Side::Reading, Side::Sending];
                assert!(sides.iter().all(|side| steps.iter().any(|step| step.side == *side)));
                let certificate = steps.iter().find(|step| step.what == StepKind::Tls).unwrap().said.clone().unwrap();
                assert!(certificate.contains("localhost") && certificate.contains("An authority for tests"), "{certificate}");
                assert!(!format!("{steps:?}").contains(PASSWORD));
                office.stop().await;
            }
        }
    }

    async fn line_72_a_certificate_that_is_not_right_is_told_and_no_password_is_said(db: Db, clock: Clock) {
        let right = Shown::start(&["localhost"], true);
        let named = Shown::start(&["other.example"], true);
        let old = Shown::start(&["localhost"], false);
        for (shown, trusted, advice) in [
            (&right, false, "mail-advice-certificate-untrusted"),
            (&named, true, "mail-advice-certificate-name"),
            (&old, true, "mail-advice-certificate-expired"),
        ] {
            for (way, tls) in [("imap", Tls::Implicit), ("imap", Tls::Starttls), ("pop3", Tls::Implicit), ("pop3", Tls::Starttls)] {
                let config = crate::mail::tests::accounts(&shown.account(way, tls, trusted));
                let desk = crate::mail::tests::Desk::with(db.clone(), clock.clone(), &config, crate::mail::tests::hurry());
                let steps = check(&desk.app, &desk.room).await.remove(0).1;
                let failed: Vec<_> = steps.iter().filter(|step| !step.is_ok()).collect();
                assert_eq!(failed.len(), 2, "{way} {tls:?} {advice}: {steps:#?}");
                for step in failed {
                    assert_eq!((step.what, step.outcome), (StepKind::Tls, StepOutcome::Failed { advice_key: advice }), "{steps:#?}");
                    assert!(step.said.as_deref().unwrap_or_default().contains("An authority for tests"), "{step:?}");
                }
            }
        }
    }

    async fn line_74_a_look_at_a_mailbox_says_what_to_do(db: Db, clock: Clock) {
        let shown = Shown::start(&["localhost"], true);
        let right = shown.account("imap", Tls::Implicit, true);
        for (wrong, what, advice) in [
            (right.replacen(PASSWORD, "wrong", 1), StepKind::SignIn, "mail-advice-login-refused"),
            (right.replacen("tls = \"implicit\"", "tls = \"implicit\"\nfolder = \"Anfragen\"", 1), StepKind::Folder, "mail-advice-folder-missing"),
            (shown.account("imap", Tls::Starttls, true).replacen("starttls", "implicit", 1), StepKind::Tls, "mail-advice-no-tls-here"),
            (right.replacen("localhost", "no-such-host.invalid", 1), StepKind::Resolve, "mail-advice-name-unknown"),
        ] {
            let config = crate::mail::tests::accounts(&wrong);
            let desk = crate::mail::tests::Desk::with(db.clone(), clock.clone(), &config, crate::mail::tests::hurry());
            let steps = check(&desk.app, &desk.room).await.remove(0).1;
            let failed = steps.iter().find(|step| !step.is_ok()).unwrap();
            assert_eq!((failed.what, failed.outcome), (what, StepOutcome::Failed { advice_key: advice }), "{steps:#?}");
            assert!(steps.iter().any(|step| step.side == Side::Sending && step.what == StepKind::Letter && step.is_ok()));
            if what == StepKind::Folder {
                assert!(failed.said.as_deref().unwrap_or_default().contains("INBOX"), "{failed:?}");
            }
        }
        assert!(shown.servers.list(DESK).unwrap().is_empty(), "nothing was sent");
    }
}

#[test]
fn every_advice_and_every_step_has_its_words() {
    let catalogue = base::text::Catalogue::new(&[crate::mail::PROBE_TEXTS]).unwrap();
    let words = catalogue.words(base::text::Lang::default());
    assert!(StepKind::ALL.iter().all(|step| words.has(&format!("mail-step-{step}"))));
    assert!(Side::ALL.iter().all(|side| words.has(&format!("mail-side-{side}"))));
    assert!(crate::mail::link::Cause::ALL.iter().all(|cause| words.has(cause.advice())));
}

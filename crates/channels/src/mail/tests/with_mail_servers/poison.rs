//! Mails that break what reads them, between mails that do not; and mailboxes that cannot be read.

use super::super::super::mailroom::{Mailroom, Pace};
use super::super::POISON;
use super::super::quarantine::{filled, get, post};
use super::*;

both_engines! {
    async fn line_74_a_mail_that_breaks_the_reader_holds_up_none_and_a_newer_version_takes_it_in(db: Db, clock: Clock) {
        let servers = Server::start().unwrap();
        let config = accounts(&account(&servers, DESK, true));
        let mut office = Office::of(db, &config);
        servers.deliver(DESK, mail(ANA, "1@lindenhof.example", "Door", "", "It is stuck.").as_bytes()).unwrap();
        servers.deliver(DESK, mail(ANA, "2@lindenhof.example", "Lift", POISON, "It hums.").as_bytes()).unwrap();
        servers.deliver(DESK, mail(ANA, "3@lindenhof.example", "Window", "", "It rattles.").as_bytes()).unwrap();
        office.mails(3).await;
        assert_eq!(office.desk.count("SELECT COUNT(*) FROM tickets").await, 2, "the others came through");
        let held = "SELECT COUNT(*) FROM mails WHERE decision = 'quarantined' AND why = 'unreadable' AND tries = 1";
        assert_eq!(office.desk.count(held).await, 1);
        assert_eq!(office.desk.count("SELECT COUNT(*) FROM touchpoints WHERE kind = 'mail.quarantined'").await, 1);
        let (_, agent) = office.desk.app.person("Noor Haddad", &[web::actor::Role::Agent]).await;
        let page = get(&office.desk, "/desk/quarantine", &agent).await;
        assert!(page.contains("It could not be read."), "{page}");
        assert_eq!(servers.list(DESK).unwrap().len(), 3, "the mailbox keeps what could not be read as well");
        office.stop().await;

        // The same version does not try again by itself; a newer one does, once, and takes it in.
        office.start();
        servers.deliver(DESK, mail(ANA, "4@lindenhof.example", "Stairs", "", "They creak.").as_bytes()).unwrap();
        office.mails(4).await;
        assert_eq!(office.desk.count(held).await, 1);
        office.stop().await;
        office.desk.room = Mailroom::of_version(&config, hurry(), "9.9.9");
        office.start();
        office.until(4, "SELECT COUNT(*) FROM tickets").await;
        assert_eq!(office.desk.count("SELECT COUNT(*) FROM mails WHERE decision = 'quarantined'").await, 0);
        let admitted = "SELECT COUNT(*) FROM touchpoints WHERE kind = 'mail.admitted' AND initiator = 'machine'";
        assert_eq!(office.desk.count(admitted).await, 1);
        assert_eq!(office.desk.count("SELECT COUNT(*) FROM ticket_messages WHERE text LIKE 'It hums%'").await, 1);
        office.stop().await;
    }

    async fn line_74_a_mail_that_cannot_be_stored_holds_up_none_and_can_be_tried_again(db: Db, clock: Clock) {
        let servers = Server::start().unwrap();
        let desk = Desk::with(db, Clock::System, &accounts(&account(&servers, DESK, false)), hurry());
        desk.execute("ALTER TABLE ticket_files RENAME TO elsewhere").await;
        let headers = "MIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=b\r\n";
        let parts = "--b\r\nContent-Type: text/plain\r\n\r\nSee.\r\n--b\r\nContent-Disposition: attachment; filename=a\r\n\r\n1\r\n--b--";
        servers.deliver(DESK, mail(ANA, "1@lindenhof.example", "Plan", headers, parts).as_bytes()).unwrap();
        servers.deliver(DESK, mail(ANA, "2@lindenhof.example", "Door", "", "Stuck.").as_bytes()).unwrap();
        let mut office = Office { desk, stop: watch::channel(false).0, tasks: Vec::new() };
        office.start();
        office.mails(2).await;
        office.stop().await;
        assert_eq!(office.desk.count("SELECT COUNT(*) FROM tickets").await, 1);
        assert_eq!(office.desk.count("SELECT COUNT(*) FROM mails WHERE why = 'unstorable'").await, 1);
        office.desk.execute("ALTER TABLE elsewhere RENAME TO ticket_files").await;
        let (_, agent) = office.desk.app.person("Noor Haddad", &[web::actor::Role::Agent]).await;
        let (_, to) = post(&office.desk, "/desk/quarantine/admissions", &agent, "all=unstorable").await;
        assert_eq!(to.as_deref(), Some("/desk/quarantine"));
        assert_eq!(office.desk.count("SELECT COUNT(*) FROM tickets").await, 2);
        assert_eq!(office.desk.count("SELECT COUNT(*) FROM ticket_files").await, 1);
    }

    async fn a_mailbox_that_refuses_us_is_told_everywhere_and_to_the_operator_once(db: Db, clock: Clock) {
        let servers = Server::start().unwrap();
        let wrong = account(&servers, DESK, true).replace(PASSWORD, "not-the-password");
        let config = accounts(&format!("[mail]\noperator_address = \"chief@ops.example\"\n{wrong}"));
        let pace = Pace { watch: SECOND / 10, alarm: Duration::ZERO, ..hurry() };
        let desk = Desk::with(db, Clock::System, &config, pace);
        let mut office = Office { desk, stop: watch::channel(false).0, tasks: Vec::new() };
        office.start();
        office.until(1, "SELECT COUNT(*) FROM alarms WHERE way = 'reading' AND cause = 'password'").await;
        let letter = servers.wait_for_mail("chief@ops.example", |_| true, 20 * SECOND).unwrap();
        assert!(letter.subject().contains(DESK), "{}", letter.subject());
        assert!(!letter.text().contains("not-the-password"));
        let (_, admin) = office.desk.app.person("Ada Quist", &[web::actor::Role::Admin]).await;
        let page = get(&office.desk, "/admin/mail", &admin).await;
        assert!(page.contains("the server does not accept user and password"), "{page}");
        assert!(!page.contains("not-the-password") && page.contains("# password is not shown"), "{page}");
        office.stop().await;
        assert_eq!(servers.list("chief@ops.example").unwrap().len(), 1);
    }

    async fn a_connection_is_tried_step_by_step_and_no_password_is_shown(db: Db, clock: Clock) {
        let servers = Server::start().unwrap();
        let wrong = account(&servers, "help@desk.example", false).replace(PASSWORD, "not-the-password");
        let config = accounts(&format!("{}{wrong}", account(&servers, DESK, true)));
        let desk = Desk::with(db, Clock::System, &config, hurry());
        let (_, admin) = desk.app.person("Ada Quist", &[web::actor::Role::Admin]).await;
        let (_, agent) = desk.app.person("Noor Haddad", &[web::actor::Role::Agent]).await;
        let check = "/admin/mail/check";
        assert_eq!(filled(&desk, check, &agent, "account=it%40desk.example").await.0, axum::http::StatusCode::FORBIDDEN);
        let (status, page) = filled(&desk, check, &admin, "account=it%40desk.example").await;
        assert_eq!(status, axum::http::StatusCode::OK);
        assert!(page.contains("All of this works.") && !page.contains("step-failed"), "{page}");
        for step in ["Connect", "Sign in", "Open the folder", "Name sender and recipient, send nothing"] {
            assert!(page.contains(step), "{step}: {page}");
        }
        let (_, page) = filled(&desk, check, &admin, "account=help%40desk.example").await;
        assert!(page.contains("step-failed") && page.contains("does not take this user and password"), "{page}");
        assert!(!page.contains("not-the-password"), "{page}");
        assert_eq!(filled(&desk, check, &admin, "account=x%40y.example").await.0, axum::http::StatusCode::NOT_FOUND);

        // The set-up page: what is typed is tried, and comes out as lines without the password.
        let form = |password: &str| {
            format!(
                "provider=own&address=it%40desk.example&password={password}&imap_host=127.0.0.1&imap_port={}&imap_tls=none\
                 &smtp_host=127.0.0.1&smtp_port={}&smtp_tls=none",
                servers.imap_port(),
                servers.smtp_port()
            )
        };
        let (_, page) = filled(&desk, "/admin/mail/new", &admin, &form("typed-and-wrong")).await;
        assert!(page.contains("step-failed") && !page.contains("typed-and-wrong"), "{page}");
        let (_, page) = filled(&desk, "/admin/mail/new", &admin, &form(PASSWORD)).await;
        assert!(page.contains("password_file = &#34;mail.password&#34;") && !page.contains(PASSWORD), "{page}");
        for provider in ["own", "google", "microsoft"] {
            get(&desk, &format!("/admin/mail/new?for={provider}"), &admin).await;
        }
        assert_eq!(desk.count("SELECT COUNT(*) FROM mails").await, 0, "trying takes nothing in");
    }
}

//! Whether mail flows: the alarm, who is told, and what the figures say. Without servers, the clock in the test's hand.

use base::clock::{HOUR, MINUTE};
use base::metric::Exposition;
use testkit::both_engines;
use web::actor::Role;

use super::super::alarm::look;
use super::quarantine::{get, status};
use super::{DESK, Desk, accounts, hurry, mail};

/// A desk with one mailbox, whose reader the test plays.
fn desk(db: base::db::Db, clock: base::clock::Clock) -> Desk {
    let toml = format!(
        "[mail]\noperator_address = \"chief@ops.example\"\n[[mail.accounts]]\naddress = \"{DESK}\"\n\
         [mail.accounts.imap]\nhost = \"imap.desk.example\"\nuser = \"it\"\npassword = \"hush-hush\"\n\
         [mail.accounts.smtp]\nhost = \"smtp.desk.example\"\nuser = \"it\"\npassword = \"hush-hush\"\n"
    );
    let pace = super::Pace { alarm: std::time::Duration::from_mins(5), ..hurry() };
    Desk::with(db, clock, &accounts(&toml), pace)
}

fn reader() -> String {
    format!("inbox {DESK} (INBOX)")
}

fn refuse(desk: &Desk) {
    let why = "the server refused user and password (NO): check user and password of this mailbox";
    desk.room.health().failing(&reader(), desk.app.clock.now(), why.to_owned());
}

async fn figures(desk: &Desk) -> String {
    let mut out = Exposition::new();
    super::super::expose(&desk.app, &desk.room, &mut out).await.unwrap();
    out.into_text()
}

both_engines! {
    async fn a_mailbox_that_cannot_be_read_is_an_alarm_that_is_told_once(db: Db, clock: Clock) {
        let desk = desk(db, clock.clone());
        let (_, agent) = desk.app.person("Noor Haddad", &[Role::Agent]).await;
        let (_, admin) = desk.app.person("Ada Quist", &[Role::Agent, Role::Admin]).await;
        desk.room.health().well(&reader(), clock.now());
        look(&desk.app, &desk.room).await.unwrap();
        clock.advance(MINUTE);
        refuse(&desk);
        clock.advance(4 * MINUTE);
        look(&desk.app, &desk.room).await.unwrap();
        assert_eq!(desk.count("SELECT COUNT(*) FROM alarms").await, 0, "a moment is no trouble");

        clock.advance(2 * MINUTE);
        for _ in 0..3 {
            refuse(&desk);
            look(&desk.app, &desk.room).await.unwrap();
        }
        let standing = "SELECT COUNT(*) FROM alarms WHERE ended_at IS NULL AND cause = 'password' AND told_at IS NOT NULL";
        assert_eq!(desk.count(standing).await, 1);
        let letters = desk.letters("chief@ops.example").await;
        assert_eq!(letters.len(), 1, "{letters:?}");
        let page = get(&desk, "/desk/quarantine", &agent).await;
        assert!(page.contains(&format!("Mail to {DESK} has not been read since")), "{page}");
        assert!(!page.contains("href=\"/admin/mail\""), "an agent has no business there");
        let page = get(&desk, "/desk/quarantine", &admin).await;
        assert!(page.contains("href=\"/admin/mail\""), "{page}");
        assert!(figures(&desk).await.contains(&format!("thedesk_mail_flowing{{mailbox=\"{DESK}\",way=\"reading\"}} 0\n")));

        desk.room.health().well(&reader(), clock.now());
        look(&desk.app, &desk.room).await.unwrap();
        assert_eq!(desk.count("SELECT COUNT(*) FROM alarms WHERE ended_at IS NOT NULL").await, 1);
        assert!(!get(&desk, "/desk/quarantine", &agent).await.contains("has not been read"));
        assert!(figures(&desk).await.contains(&format!("thedesk_mail_flowing{{mailbox=\"{DESK}\",way=\"reading\"}} 1\n")));
        let page = get(&desk, "/admin/mail", &admin).await;
        assert!(page.contains("It flowed again after 7\u{a0}min."), "{page}");

        // Again within the hour: the same trouble. After that: another one, and another letter.
        for (pause, alarms) in [(10 * MINUTE, 1), (2 * HOUR, 2)] {
            desk.room.health().well(&reader(), clock.now());
            look(&desk.app, &desk.room).await.unwrap();
            clock.advance(pause);
            refuse(&desk);
            clock.advance(6 * MINUTE);
            look(&desk.app, &desk.room).await.unwrap();
            assert_eq!(desk.count("SELECT COUNT(*) FROM alarms WHERE way = 'reading'").await, alarms);
            assert_eq!(desk.letters("chief@ops.example").await.len() as i64, alarms);
        }
    }

    async fn letters_that_lie_about_are_an_alarm_without_a_letter(db: Db, clock: Clock) {
        let desk = desk(db, clock.clone());
        desk.take(&mail("Ana Silva <ana@lindenhof.example>", "1@lindenhof.example", "Door", "", "Stuck.")).await;
        look(&desk.app, &desk.room).await.unwrap();
        assert_eq!(desk.count("SELECT COUNT(*) FROM alarms").await, 0);
        clock.advance(11 * MINUTE);
        look(&desk.app, &desk.room).await.unwrap();
        assert_eq!(desk.count("SELECT COUNT(*) FROM alarms WHERE way = 'sending' AND cause = 'waiting'").await, 1);
        assert_eq!(desk.letters("chief@ops.example").await.len(), 0);
        desk.execute("UPDATE outbox SET state = 'sent', sent_at = due_at").await;
        look(&desk.app, &desk.room).await.unwrap();
        assert_eq!(desk.count("SELECT COUNT(*) FROM alarms WHERE ended_at IS NOT NULL").await, 1);
    }

    async fn figures_and_pages_tell_no_secret_and_name_nobody(db: Db, clock: Clock) {
        let desk = desk(db, clock);
        desk.take(&mail("Ana Silva <ana@lindenhof.example>", "1@lindenhof.example", "My salary", "", "Stuck.")).await;
        desk.take("Subject: My illness\r\n\r\nWho?\r\n").await;
        refuse(&desk);
        let told = figures(&desk).await;
        assert!(told.contains("thedesk_mails_received_total{decision=\"opened\"} 1\n"), "{told}");
        assert!(told.contains("thedesk_mails_received_total{decision=\"quarantined\"} 1\n"), "{told}");
        assert!(told.contains("thedesk_mails_quarantined 1\n") && told.contains("thedesk_outbox_letters{state=\"waiting\"} 1\n"));
        let (_, admin) = desk.app.person("Ada Quist", &[Role::Admin]).await;
        let (_, agent) = desk.app.person("Noor Haddad", &[Role::Agent]).await;
        let page = get(&desk, "/admin/mail", &admin).await;
        assert!(page.contains("imap.desk.example:993") && page.contains("smtp.desk.example:587"), "{page}");
        for private in ["ana@", "lindenhof", "salary", "illness", "hush-hush"] {
            assert!(!told.contains(private), "{private}: {told}");
            assert!(!page.contains(private), "{private}: {page}");
        }
        let refused = status(&desk, "/admin/mail", &agent).await;
        assert_eq!(refused, axum::http::StatusCode::FORBIDDEN);
    }
}

//! Line 67: what is larger than the desk takes.

use testkit::both_engines;

use super::super::{Desk, accounts, hurry, mail};
use super::{ANA, BOB, DESK};
use crate::mail::model::{Decision, Why};

both_engines! {
    async fn line_67_who_sends_too_much_is_told_once_a_day_and_agents_see_its_beginning(db: Db, clock: Clock) {
        let toml = format!("[limits]\nmail_bytes = 100000\n[[mail.accounts]]\naddress = \"{DESK}\"\n");
        let desk = Desk::with(db, clock, &accounts(&toml), hurry());
        let large = "la ".repeat(100_000);
        for number in 0..3 {
            let held = desk.take(&mail(ANA, &format!("{number}@x.example"), "My film", "", &large)).await;
            assert_eq!((held.decision, held.why), (Decision::Quarantined, Why::TooLarge));
        }
        let shown = "SELECT COUNT(*) FROM mails WHERE subject = 'My film' AND sender = 'ana@lindenhof.example' AND bytes > 300000";
        assert_eq!(desk.count(shown).await, 3);
        assert_eq!(desk.letters("ana@lindenhof.example").await.len(), 1, "once a day");
        let sql = "SELECT text, subject, in_reply_to, automatic FROM outbox";
        let (text, subject, answers, automatic): (String, String, String, bool) = desk.app.db
            .read(move |tx| tx.one(sql, &[], |row| Ok((row.read()?, row.read()?, row.read()?, row.read()?)))).await.unwrap();
        assert!(text.contains("1 MB") && text.contains("100 kB") && text.contains("http://desk.test/requests/new"), "{text}");
        assert_eq!((subject.as_str(), answers.as_str(), automatic), ("Re: My film", "0@x.example", true));

        // Never a program, never who did not write, never ourselves.
        for (number, (from, headers)) in [
            (BOB, "Auto-Submitted: auto-replied\r\n"),
            (BOB, "Return-Path: <>\r\n"),
            ("no-reply@shop.example", ""),
            (DESK, ""),
            ("", ""),
        ].into_iter().enumerate() {
            let held = desk.take(&mail(from, &format!("m{number}@x.example"), "Film", headers, &large)).await;
            assert_eq!(held.why, Why::TooLarge);
        }
        assert_eq!(desk.posted().await, 1);
        assert_eq!(desk.opened().await, 0);
    }

    async fn line_67_what_was_left_out_of_a_mail_is_recorded_with_it(db: Db, clock: Clock) {
        let desk = Desk::new(db, clock);
        let headers = "MIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=b\r\n";
        let part = "--b\r\nContent-Type: text/plain\r\nContent-Disposition: attachment; filename=a.txt\r\n\r\nx\r\n";
        let text = format!("--b\r\nContent-Type: text/plain\r\n\r\nSee all.\r\n{}--b--", part.repeat(700));
        let outcome = desk.take(&mail(ANA, "1@x.example", "Many", headers, &text)).await;
        assert_eq!(outcome.decision, Decision::Opened);
        assert_eq!(desk.count("SELECT COUNT(*) FROM mails WHERE evidence LIKE '%more parts than are read%'").await, 1);
    }
}

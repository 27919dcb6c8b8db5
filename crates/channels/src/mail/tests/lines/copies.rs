//! Lines 20 to 23: the same mail, more than once.

use testkit::both_engines;

use super::super::super::mailroom::Pace;
use super::super::super::receive::{Again, receive, receive_again};
use super::super::{Desk, accounts, hurry, mail};
use super::{ANA, BOB};
use crate::mail::model::{Decision, Why};

both_engines! {
    async fn line_20_sixteen_hands_with_the_same_mail_make_one_message(db: Db, clock: Clock) {
        let desk = Desk::new(db, clock);
        let sent = mail(ANA, "1@x.example", "Door", "", "It is stuck.");
        let all = futures::future::join_all((0..16).map(|_| desk.take(&sent))).await;
        assert_eq!(all.iter().filter(|outcome| !outcome.repeated).count(), 1);
        assert_eq!(desk.count("SELECT COUNT(*) FROM ticket_messages").await, 1);
        assert_eq!(desk.count("SELECT copies FROM mails").await, 16);
        assert_eq!(desk.posted().await, 1, "and she is told once");
        assert!(desk.take(&sent).await.repeated);
    }

    async fn line_21_a_mail_to_two_of_our_mailboxes_is_one_ticket_that_names_both(db: Db, clock: Clock) {
        let toml = ["it", "help", "hr"].map(|name| format!("[[mail.accounts]]\naddress = \"{name}@desk.example\"\n")).concat();
        let desk = Desk::with(db, clock, &accounts(&toml), Pace { ..hurry() });
        // To one, in copy to another, and blindly to a third: each server adds its own lines on the way.
        let sent = mail(ANA, "1@x.example", "Door", "Cc: help@desk.example\r\n", "It is stuck.");
        for mailbox in ["it@desk.example", "help@desk.example", "hr@desk.example", "it@desk.example"] {
            let copy = format!("Received: by mx for {mailbox}\r\nDelivered-To: {mailbox}\r\n{sent}");
            receive(&desk.app, &desk.room, copy.into_bytes(), mailbox).await.unwrap();
        }
        assert_eq!((desk.opened().await, desk.posted().await), (1, 1));
        let shown = "SELECT COUNT(*) FROM mails WHERE mailbox = 'it@desk.example' AND copies = 4
                     AND also_in = 'help@desk.example, hr@desk.example'";
        assert_eq!(desk.count(shown).await, 1, "an agent can see where it came to");
    }

    async fn line_22_without_an_id_or_with_everybodys_the_content_tells_mails_apart(db: Db, clock: Clock) {
        let desk = Desk::new(db, clock);
        let with = |id: &str, text: &str| {
            let whole = mail(ANA, "X", "Door", "", text);
            let date = whole.find("Date: ").map(|at| whole[at..].split("\r\n").next().unwrap().to_owned()).unwrap();
            whole.replace("Message-ID: <X>\r\n", id).replace(&date, "Date: Mon, 2 Mar 2026 09:00:00 +0000")
        };
        for id in ["", "Message-ID: \r\n", "Message-ID: <>\r\n"] {
            let text = format!("It is stuck ({} signs).", id.len());
            assert_eq!(desk.take(&with(id, &text)).await.decision, Decision::Opened, "{id:?}");
            assert!(desk.take(&with(id, &text)).await.repeated, "{id:?}: the same again");
            assert_eq!(desk.take(&with(id, "Something else.")).await.repeated, id.len() > 12, "{id:?}");
        }
        // A robot that gives all its mails one id differs in what it says.
        let robot = |subject: &str| mail(BOB, "always@robot.example", subject, "", "Look.");
        assert!(!desk.take(&robot("Report 1")).await.repeated);
        assert!(!desk.take(&robot("Report 2")).await.repeated);
        // Twice in one mail: the first counts.
        let twice = mail(ANA, "first@x.example", "Twice", "Message-ID: <second@x.example>\r\n", "Hm.");
        let twice = desk.take(&twice).await;
        let answer = desk.take(&mail(ANA, "9@x.example", "Re: Twice", "In-Reply-To: <first@x.example>\r\n", "Hm?")).await;
        assert_eq!((answer.why, answer.ticket), (Why::Held, twice.ticket));
    }

    async fn line_23_what_was_put_aside_or_deleted_does_not_come_back(db: Db, clock: Clock) {
        let desk = Desk::new(db, clock);
        let nameless = "Subject: Hello\r\n\r\nWho am I?\r\n";
        let held = desk.take(nameless).await;
        desk.execute("UPDATE mails SET decision = 'discarded'").await;
        let again = desk.take(nameless).await;
        assert!(again.repeated && again.mail == held.mail && again.decision == Decision::Discarded);
        assert!(receive_again(&desk.app, &desk.room, Again { mail: held.mail, by: None }).await.is_err(), "nor by hand");

        let sent = mail(ANA, "1@x.example", "Door", "", "It is stuck.");
        desk.take(&sent).await;
        for sql in [
            "UPDATE mails SET ticket_id = NULL, part_id = NULL",
            "DELETE FROM ticket_messages",
            "DELETE FROM tickets",
        ] {
            desk.execute(sql).await;
        }
        let back = desk.take(&format!("Delivered-To: it@desk.example\r\n{sent}")).await;
        assert!(back.repeated && back.ticket.is_none());
        assert_eq!(desk.opened().await, 0);
    }
}

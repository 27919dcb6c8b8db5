//! What becomes of a mail, on both engines.

use base::config::Config;
use testkit::both_engines;

use super::super::mailroom::Pace;
use super::super::model::{Decision, Why};
use super::super::receive::Again;
use super::{Desk, accounts, hurry, mail};
use service::ticket::State;

const ANA: &str = "Ana Silva <ana@lindenhof.example>";
const BOB: &str = "Bob <bob@elsewhere.example>";

/// An attachment's worth of MIME, with `name` and `text`.
fn with_file(from: &str, id: &str) -> String {
    let headers = "MIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=b\r\n";
    let text = "--b\r\nContent-Type: text/plain\r\n\r\nSee the plan.\r\n--b\r\nContent-Type: text/csv\r\n\
        Content-Disposition: attachment; filename=plan.csv\r\n\r\n1,2\r\n--b--";
    mail(from, id, "Plan", headers, text)
}

/// What a mail server writes when it could not deliver one of our letters.
fn bounced(original: &str, recipient: &str, status: &str) -> String {
    let headers = "MIME-Version: 1.0\r\nAuto-Submitted: auto-replied\r\nReturn-Path: <>\r\n\
        Content-Type: multipart/report; report-type=delivery-status; boundary=r\r\n";
    let text = format!(
        "--r\r\nContent-Type: text/plain\r\n\r\nYour mail could not be delivered.\r\n--r\r\n\
        Content-Type: message/delivery-status\r\n\r\nReporting-MTA: dns; mx.example\r\n\r\n\
        Final-Recipient: rfc822; {recipient}\r\nAction: failed\r\nStatus: {status}\r\n\
        Diagnostic-Code: smtp; 550 {status} the mailbox is gone\r\n\r\n--r\r\nContent-Type: text/rfc822-headers\r\n\r\n\
        Message-ID: <{original}>\r\nTo: {recipient}\r\n\r\n--r--"
    );
    mail("Mail Delivery System <mailer-daemon@mx.example>", &format!("b-{original}"), "Undelivered", headers, &text)
}

both_engines! {
    async fn a_mail_opens_a_ticket_once(db: Db, clock: Clock) {
        let desk = Desk::new(db, clock);
        let sent = mail(ANA, "1@lindenhof.example", "Door", "", "It is stuck.");
        let first = desk.take(&sent).await;
        assert_eq!((first.decision, first.why, first.repeated), (Decision::Opened, Why::New, false));
        let ticket = desk.ticket_of(first).await;
        assert_eq!((ticket.subject.as_str(), ticket.state), ("Door", State::New));
        assert_eq!(desk.messages(ticket.id).await, [("person".to_owned(), "It is stuck.".to_owned())]);
        assert_eq!(desk.letters("ana@lindenhof.example").await.len(), 1, "she is told that we have it");

        let again = desk.take(&format!("Delivered-To: help@desk.example\r\n{sent}")).await;
        assert!(again.repeated && again.mail == first.mail && again.ticket == first.ticket);
        assert_eq!(desk.count("SELECT COUNT(*) FROM tickets").await, 1);
        assert_eq!(desk.count("SELECT copies FROM mails").await, 2);
    }

    async fn the_same_mail_at_the_same_moment_lands_once(db: Db, clock: Clock) {
        let desk = Desk::new(db, clock);
        let sent = mail(ANA, "1@lindenhof.example", "Door", "", "It is stuck.");
        let all = futures::future::join_all((0..6).map(|_| desk.take(&sent))).await;
        assert_eq!(all.iter().filter(|outcome| !outcome.repeated).count(), 1);
        assert_eq!(desk.count("SELECT COUNT(*) FROM tickets").await, 1);
        assert_eq!(desk.count("SELECT COUNT(*) FROM outbox").await, 1);
    }

    async fn an_answer_finds_its_ticket_by_evidence(db: Db, clock: Clock) {
        let desk = Desk::new(db, clock);
        let opened = desk.take(&mail(ANA, "1@lindenhof.example", "Door", "", "It is stuck.")).await;
        let ticket = desk.ticket_of(opened).await;
        let issued = desk.issued(ticket.id).await.remove(0);

        let to_token = mail(ANA, "2@lindenhof.example", "whatever", "", "Two.")
            .replace("it@desk.example", &format!("it+{}@desk.example", ticket.reply_token.to_uppercase()));
        let answers = [
            (to_token, Why::Token),
            (mail(ANA, "3@lindenhof.example", "x", &format!("In-Reply-To: <{issued}>\r\n"), "Three."), Why::Issued),
            (mail(ANA, "4@lindenhof.example", "x", "References: <1@lindenhof.example>\r\n", "Four."), Why::Held),
            (mail(ANA, "5@lindenhof.example", &format!("AW: Door [{}]", ticket.label()), "", "Five."), Why::Number),
        ];
        for (answer, why) in answers {
            let outcome = desk.take(&answer).await;
            assert_eq!((outcome.decision, outcome.why, outcome.ticket), (Decision::Written, why, Some(ticket.id)));
        }
        let texts: Vec<String> = desk.messages(ticket.id).await.into_iter().map(|(_, text)| text).collect();
        assert_eq!(texts, ["It is stuck.", "Two.", "Three.", "Four.", "Five."]);
        // A subject alone says nothing.
        let same_words = desk.take(&mail(ANA, "6@lindenhof.example", "Re: Door", "", "Another door.")).await;
        assert_eq!((same_words.decision, same_words.why), (Decision::Opened, Why::New));
    }

    async fn a_stranger_neither_reads_nor_writes(db: Db, clock: Clock) {
        let desk = Desk::new(db, clock);
        let opened = desk.take(&mail(ANA, "1@lindenhof.example", "Door", "", "It is stuck.")).await;
        let ticket = desk.ticket_of(opened).await;
        let quoting = mail(BOB, "7@elsewhere.example", "Re: Door", "In-Reply-To: <1@lindenhof.example>\r\n", "Tell me.");
        let outcome = desk.take(&quoting).await;
        assert_eq!((outcome.decision, outcome.why), (Decision::Opened, Why::Stranger));
        assert_ne!(outcome.ticket, Some(ticket.id));
        let guessed = desk.take(&mail(BOB, "8@elsewhere.example", &format!("[{}]", ticket.label()), "", "Hm.")).await;
        assert_eq!((guessed.decision, guessed.why), (Decision::Opened, Why::New));
        assert_eq!(desk.messages(ticket.id).await.len(), 1);

        // Who was given the ticket's own address may write, and it stays hers.
        let given = mail(BOB, "9@elsewhere.example", "Re: Door", "", "I have the key.")
            .replace("it@desk.example", &format!("it+{}@desk.example", ticket.reply_token));
        assert_eq!(desk.take(&given).await.ticket, Some(ticket.id));
        assert_eq!(desk.ticket(ticket.id).await.person, ticket.person);
        // And now he has a part in it.
        let later = desk.take(&mail(BOB, "10@elsewhere.example", "x", "References: <1@lindenhof.example>\r\n", "Ok.")).await;
        assert_eq!((later.why, later.ticket), (Why::Held, Some(ticket.id)));
    }

    async fn the_order_in_which_mails_come_does_not_matter(db: Db, clock: Clock) {
        let desk = Desk::new(db, clock);
        let second = mail(ANA, "2@lindenhof.example", "Re: Door", "References: <0@other.example> <1@lindenhof.example>\r\n", "Two.");
        let first = mail(ANA, "1@lindenhof.example", "Door", "References: <0@other.example>\r\n", "One.");
        let third = mail(ANA, "3@lindenhof.example", "Re: Door", "In-Reply-To: <0@other.example>\r\n", "Three.");
        let begun = desk.take(&second).await;
        let found = [desk.take(&first).await, desk.take(&third).await];
        assert_eq!(found.map(|outcome| outcome.why), [Why::Answered, Why::Sibling]);
        assert!(found.iter().all(|outcome| outcome.ticket == begun.ticket));
    }

    async fn what_programs_write_is_kept_and_never_answered(db: Db, clock: Clock) {
        let desk = Desk::new(db, clock);
        let auto = "Auto-Submitted: auto-replied\r\n";
        let unasked = desk.take(&mail(BOB, "1@x.example", "Out of office", auto, "I am away.")).await;
        assert_eq!((unasked.decision, unasked.why), (Decision::Dropped, Why::AutoReply));

        let opened = desk.take(&mail(ANA, "2@lindenhof.example", "Door", "", "It is stuck.")).await;
        let agent = desk.agent().await;
        desk.answer(agent, opened.ticket.unwrap(), "Try again.", State::Resolved).await;
        let ticket = desk.ticket_of(opened).await;
        let issued = desk.issued(ticket.id).await.pop().unwrap();
        let headers = format!("{auto}In-Reply-To: <{issued}>\r\n");
        let away = desk.take(&mail(ANA, "3@lindenhof.example", "Out of office", &headers, "I am away.")).await;
        assert_eq!((away.decision, away.ticket), (Decision::Kept, Some(ticket.id)));
        assert_eq!(desk.ticket(ticket.id).await, ticket, "nothing about the ticket changed");
        assert_eq!(desk.messages(ticket.id).await.last().unwrap().0, "machine");

        let alarm = "Auto-Submitted: auto-generated\r\n";
        let alarm = desk.take(&mail("Watch <watch@lindenhof.example>", "4@x.example", "Disk full", alarm, "94 %")).await;
        assert_eq!(alarm.decision, Decision::Opened, "monitoring opens tickets");
        assert!(desk.letters("watch@lindenhof.example").await.is_empty(), "and nobody thanks a program");

        let receipt = "Content-Type: multipart/report; report-type=disposition-notification; boundary=r\r\n";
        let parts = "--r\r\nContent-Type: text/plain\r\n\r\nRead.\r\n--r\r\nContent-Type: message/disposition-notification\r\n\r\n\
            Disposition: manual-action/MDN-sent-manually; displayed\r\n\r\n--r--";
        let read = desk.take(&mail(BOB, "5@x.example", "Read: Door", receipt, parts)).await;
        assert_eq!((read.decision, read.why), (Decision::Dropped, Why::Receipt));
        assert_eq!(desk.letters("ana@lindenhof.example").await.len(), 2, "the acknowledgement and the answer");
    }

    async fn our_own_letters_do_not_come_in(db: Db, clock: Clock) {
        let desk = Desk::new(db, clock);
        let header = format!("X-TheDesk-Loop: {}\r\n", desk.room.mark());
        let round = desk.take(&mail(BOB, "1@x.example", "Fwd", &header, "Hello.")).await;
        assert_eq!((round.decision, round.why), (Decision::Dropped, Why::Loop));
        let other_desk = desk.take(&mail(BOB, "2@x.example", "Hi", "X-TheDesk-Loop: another\r\n", "Hello.")).await;
        assert_eq!(other_desk.decision, Decision::Opened);
        let own = desk.take(&mail("IT+abc@Desk.example", "3@x.example", "Hi", "", "Hello.")).await;
        assert_eq!((own.decision, own.why), (Decision::Dropped, Why::Ourselves));
    }

    async fn line_32_a_bounce_marks_the_address_and_shows_on_the_ticket(db: Db, clock: Clock) {
        let desk = Desk::new(db, clock);
        let opened = desk.take(&mail(ANA, "1@lindenhof.example", "Door", "", "It is stuck.")).await;
        let agent = desk.agent().await;
        desk.answer(agent, opened.ticket.unwrap(), "Try again.", State::WaitingPerson).await;
        let ticket = desk.ticket_of(opened).await;
        let issued = desk.issued(ticket.id).await.pop().unwrap();
        desk.execute("UPDATE outbox SET state = 'sent'").await;

        let forged = desk.take(&bounced("nobody@desk.example", "ana@lindenhof.example", "5.1.1")).await;
        assert_eq!((forged.decision, forged.why), (Decision::Dropped, Why::UnknownBounce));
        let other = desk.take(&bounced(&issued.replace("@desk", "@smtp.desk"), "bob@elsewhere.example", "5.1.1")).await;
        assert_eq!(other.decision, Decision::Kept);
        assert_eq!(desk.count("SELECT COUNT(*) FROM person_addresses WHERE failing_since IS NOT NULL").await, 0);

        let back = desk.take(&bounced(&issued, "ana@lindenhof.example", "5.1.1")).await;
        assert_eq!((back.decision, back.why, back.ticket), (Decision::Kept, Why::Issued, Some(ticket.id)));
        assert_eq!(desk.ticket(ticket.id).await, ticket, "nothing about the ticket changed");
        assert_eq!(desk.count("SELECT COUNT(*) FROM person_addresses WHERE failing_since IS NOT NULL").await, 1);
        let letters = desk.letters("ana@lindenhof.example").await;
        let (_, state, error) = letters.last().unwrap();
        assert_eq!(state, "failed");
        assert!(error.as_deref().unwrap().contains("5.1.1"), "{error:?}");
        assert_eq!(desk.count("SELECT COUNT(*) FROM touchpoints WHERE kind = 'mail.bounced'").await, 1);
    }

    async fn thanks_do_not_reopen(db: Db, clock: Clock) {
        let desk = Desk::new(db, clock);
        let opened = desk.take(&mail(ANA, "1@lindenhof.example", "Door", "", "It is stuck.")).await;
        let agent = desk.agent().await;
        let ticket = desk.answer(agent, opened.ticket.unwrap(), "Try again.", State::Resolved).await;
        let thanks = desk.take(&mail(ANA, "2@lindenhof.example", "Re: Door", "References: <1@lindenhof.example>\r\n", "Thank you!")).await;
        assert_eq!(thanks.ticket, Some(ticket.id));
        assert_eq!(desk.ticket(ticket.id).await.state, State::Resolved);
        desk.take(&mail(ANA, "3@lindenhof.example", "Re: Door", "References: <1@lindenhof.example>\r\n", "It is stuck again.")).await;
        assert_eq!(desk.ticket(ticket.id).await.state, State::Open);
    }

    async fn files_come_along_and_null_bytes_do_not(db: Db, clock: Clock) {
        let desk = Desk::new(db, clock);
        let outcome = desk.take(&with_file("A\0na <ana@lindenhof.example>", "1\0@lindenhof.example")).await;
        assert_eq!(outcome.decision, Decision::Opened);
        assert_eq!(desk.count("SELECT COUNT(*) FROM ticket_files WHERE name = 'plan.csv' AND bytes = 3").await, 1);
    }

    async fn what_cannot_be_taken_in_is_kept(db: Db, clock: Clock) {
        let desk = Desk::new(db, clock);
        let nobody = desk.take("Subject: Hello\r\n\r\nWho am I?\r\n").await;
        assert_eq!((nobody.decision, nobody.why), (Decision::Quarantined, Why::NoSender));
        assert_eq!(desk.take("").await.why, Why::NoSender);
        let large = mail(ANA, "1@lindenhof.example", "Film", "", &"la ".repeat(400_000));
        let large = desk.take(&large).await;
        assert_eq!((large.decision, large.why), (Decision::Quarantined, Why::TooLarge));
        assert_eq!(desk.count("SELECT COUNT(*) FROM mails WHERE subject = 'Film' AND bytes > 1000000").await, 1);

        // A mail that cannot be stored does not stop the next.
        desk.execute("ALTER TABLE ticket_files RENAME TO elsewhere").await;
        let poisoned = with_file(ANA, "2@lindenhof.example");
        let poison = desk.take(&poisoned).await;
        assert_eq!((poison.decision, poison.why), (Decision::Quarantined, Why::Unstorable));
        assert_eq!(desk.take(&mail(ANA, "3@lindenhof.example", "Door", "", "Stuck.")).await.decision, Decision::Opened);
        assert!(desk.take(&poisoned).await.repeated);
        assert_eq!(desk.count("SELECT COUNT(*) FROM tickets").await, 1);
        assert_eq!(desk.count("SELECT COUNT(*) FROM touchpoints WHERE kind = 'mail.quarantined'").await, 4);

        // Once that is mended it can be taken in.
        desk.execute("ALTER TABLE elsewhere RENAME TO ticket_files").await;
        let again = crate::mail::receive::receive_again(&desk.app, &desk.room, Again { mail: poison.mail, by: None }).await.unwrap();
        assert_eq!((again.decision, again.mail), (Decision::Opened, poison.mail));
        assert_eq!(desk.count("SELECT COUNT(*) FROM ticket_files").await, 1);
    }
}

#[test]
fn another_separator_and_several_addresses_are_known() {
    let toml = "[mail]\nreply_separator = \"-\"\n[[mail.accounts]]\naddress = \"it@desk.example\"\n\
        [[mail.accounts]]\naddress = \"people-office@hr.example\"\n";
    let config: Config = accounts(toml);
    let room = super::super::mailroom::Mailroom::with_pace(&config, Pace { ..hurry() });
    let message = |to: &str| mail_message::Message::read(format!("To: {to}\r\n\r\n").as_bytes());
    assert_eq!(room.with_token("it@desk.example", "t0k"), "it-t0k@desk.example");
    assert_eq!(room.evidence(&message("People-Office-t0k@hr.example")).token.as_deref(), Some("t0k"));
    assert_eq!(room.evidence(&message("office-t0k@hr.example")).token, None);
    assert!(room.is_ours("IT-t0k@desk.example") && room.is_ours("people-office@hr.example"));
    assert!(!room.is_ours("it@hr.example"));
}

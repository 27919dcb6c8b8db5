//! Lines 31 and 32: mails of ours that come back.

use service::ticket::{State, Ticket};
use testkit::both_engines;

use super::super::{Desk, mail};
use super::ANA;
use crate::mail::model::{Decision, Why};

/// What a mail server says about a letter: `action` is failed or delayed.
fn report(id: &str, original: &str, recipient: &str, action: &str, status: &str) -> String {
    let headers = "MIME-Version: 1.0\r\nAuto-Submitted: auto-replied\r\nReturn-Path: <>\r\n\
        Content-Type: multipart/report; report-type=delivery-status; boundary=r\r\n";
    let text = format!(
        "--r\r\nContent-Type: text/plain\r\n\r\nAbout your mail.\r\n--r\r\n\
        Content-Type: message/delivery-status\r\n\r\nReporting-MTA: dns; mx.example\r\n\r\n\
        Final-Recipient: rfc822; {recipient}\r\nAction: {action}\r\nStatus: {status}\r\n\
        Diagnostic-Code: smtp; {} {status} said the server\r\n\r\n--r\r\nContent-Type: text/rfc822-headers\r\n\r\n\
        Message-ID: <{original}>\r\nTo: {recipient}\r\n\r\n--r--",
        if status.starts_with('5') { "550" } else { "450" },
    );
    mail("Mail Delivery System <mailer-daemon@mx.example>", id, "Undelivered", headers, &text)
}

const FAILING: &str = "SELECT COUNT(*) FROM person_addresses WHERE failing_since IS NOT NULL";

/// A ticket of Ana's that was answered, and the id of the answer.
async fn answered(desk: &Desk) -> (Ticket, String) {
    let opened = desk.take(&mail(ANA, "1@x.example", "Door", "", "It is stuck.")).await;
    let agent = desk.agent().await;
    let ticket = desk.answer(agent, opened.ticket.unwrap(), "Try again.", State::WaitingPerson).await;
    desk.execute("UPDATE outbox SET state = 'sent'").await;
    let issued = desk.issued(ticket.id).await.pop().unwrap();
    (desk.ticket(ticket.id).await, issued)
}

both_engines! {
    async fn line_31_only_what_is_final_fails_a_letter_and_only_what_is_for_good_marks_the_address(db: Db, clock: Clock) {
        let desk = Desk::new(db, clock);
        let (ticket, issued) = answered(&desk).await;
        let state = async || desk.letters("ana@lindenhof.example").await.pop().unwrap().1;
        let delayed = desk.take(&report("d@mx", &issued, "ana@lindenhof.example", "delayed", "4.4.1")).await;
        assert_eq!((delayed.decision, delayed.ticket), (Decision::Kept, Some(ticket.id)));
        assert_eq!((state().await.as_str(), desk.count(FAILING).await), ("sent", 0), "it may still arrive");
        let soft = desk.take(&report("s@mx", &issued, "ana@lindenhof.example", "failed", "4.2.2")).await;
        assert_eq!(soft.decision, Decision::Kept);
        assert_eq!((state().await.as_str(), desk.count(FAILING).await), ("failed", 0), "her mailbox was full");
        let hard = desk.take(&report("h@mx", &issued, "ana@lindenhof.example", "failed", "5.1.1")).await;
        assert_eq!(hard.decision, Decision::Kept);
        assert_eq!(desk.count(FAILING).await, 1);
        assert_eq!(desk.ticket(ticket.id).await, ticket, "and the ticket stands as it stood");
        assert_eq!(desk.authors(ticket.id).await, ["person", "desk", "machine", "machine", "machine"]);
    }

    async fn line_31_a_bounce_of_a_bounce_and_of_a_letter_to_an_agent_start_nothing(db: Db, clock: Clock) {
        let desk = Desk::new(db, clock);
        desk.agent().await;
        let now = desk.app.clock.now();
        // A letter to somebody of the desk, about no ticket.
        let letter = ledger::outbox::NewLetter {
            person: None,
            address: "noor.haddad@lindenhof.example".to_owned(),
            occasion: "a-notice".to_owned(),
            subject: "News".to_owned(),
            text: "Something happened.".to_owned(),
            html: None,
            reply_token: None,
            in_reply_to: Vec::new(),
            files: Vec::new(),
            automatic: true,
            object: None,
            ..ledger::outbox::NewLetter::default()
        };
        desk.app.db.write(move |tx| ledger::outbox::post(tx, &letter, now).map(drop)).await.unwrap();
        let sql = "SELECT message_id FROM outbox";
        let id: String = desk.app.db.read(move |tx| tx.one(sql, &[], |row| row.read::<String>())).await.unwrap();
        for number in 0..5 {
            let back = desk.take(&report(&format!("{number}@mx"), &format!("{id}@desk.example"), "noor.haddad@lindenhof.example", "failed", "5.1.1")).await;
            assert_eq!((back.decision, back.why, back.ticket), (Decision::Kept, Why::Issued, None));
            // And what comes back of that.
            let again = desk.take(&report(&format!("{number}b@mx"), &format!("{number}@mx"), "mailer-daemon@desk.example", "failed", "5.1.1")).await;
            assert_eq!((again.decision, again.why), (Decision::Dropped, Why::UnknownBounce));
        }
        assert_eq!((desk.posted().await, desk.opened().await), (1, 0), "no letter leads to another");
        assert_eq!(desk.count(FAILING).await, 1);
    }

    async fn line_32_an_address_to_which_mail_comes_back_works_again_when_somebody_writes_from_it(db: Db, clock: Clock) {
        let desk = Desk::new(db, clock);
        let (ticket, issued) = answered(&desk).await;
        desk.take(&report("h@mx", &issued, "ana@lindenhof.example", "failed", "5.1.1")).await;
        let person = ticket.person;
        let failing = desk.app.db.read(move |tx| ledger::person::failing(tx, person)).await.unwrap();
        assert_eq!(failing[0].0, "ana@lindenhof.example");
        assert_eq!(desk.app.db.read(move |tx| ledger::person::address_of(tx, person)).await.unwrap(), None);
        let told = "SELECT COUNT(*) FROM touchpoints WHERE kind = 'mail.bounced'";
        assert_eq!(desk.count(told).await, 1, "which agents are shown as it happens");

        desk.take(&mail(ANA, "2@x.example", "Re: Door", "In-Reply-To: <1@x.example>\r\n", "I am back.")).await;
        assert_eq!(desk.count(FAILING).await, 0);
        let works = desk.app.db.read(move |tx| ledger::person::address_of(tx, person)).await.unwrap();
        assert_eq!(works.as_deref(), Some("ana@lindenhof.example"));
    }
}

//! Lines 27 to 30 and 35: what programs write, and who hears nothing from ours.

use service::ticket::State;
use testkit::both_engines;

use super::super::{Desk, mail};
use super::{ANA, BOB};
use crate::mail::model::{Decision, Why};

both_engines! {
    async fn line_27_a_machine_opens_a_ticket_and_its_recovery_joins_it(db: Db, clock: Clock) {
        let desk = Desk::new(db, clock);
        let machines = [
            ("nagios@host.example", "** PROBLEM Service Alert: web01/HTTP is CRITICAL **", "** RECOVERY Service Alert: web01/HTTP is OK **", "X-Nagios-Problem-ID: 4711\r\n"),
            ("icinga2@host.example", "[PROBLEM] Ping on db01 is DOWN!", "[RECOVERY] Ping on db01 is UP!", "X-Icinga-Problem-ID: 88\r\n"),
            ("zabbix@host.example", "Problem: Disk full on files01", "Resolved: Disk full on files01", "In-Reply-To: <event.77@zabbix.host.example>\r\n"),
            ("omd@host.example", "Check_MK: mail01/Queue OK -> CRIT", "Check_MK: mail01/Queue CRIT -> OK", "X-Check-MK-Problem-ID: 12\r\n"),
            ("monit@host.example", "monit alert -- Does not exist nginx", "monit alert -- Exists nginx", "References: <nginx.web02@monit.host.example>\r\n"),
        ];
        for (number, (from, problem, recovery, same)) in machines.into_iter().enumerate() {
            let first = desk.take(&mail(from, &format!("p{number}@host.example"), problem, same, "Look at it.")).await;
            assert_eq!((first.decision, first.why), (Decision::Opened, Why::New), "{from}");
            let over = desk.take(&mail(from, &format!("r{number}@host.example"), recovery, same, "It is over.")).await;
            assert_eq!((over.decision, over.ticket), (Decision::Kept, first.ticket), "{from}");
            assert_eq!(desk.authors(first.ticket.unwrap()).await, ["person", "machine"], "{from}");
            let other = desk.take(&mail(from, &format!("o{number}@host.example"), problem, "", "Another one.")).await;
            assert_ne!(other.ticket, first.ticket, "{from}: a subject alone is no evidence");
        }
        assert_eq!(desk.posted().await, 0, "nobody thanks a machine");
    }

    async fn line_27_a_machine_never_reopens_and_a_new_alarm_is_never_hidden(db: Db, clock: Clock) {
        let desk = Desk::new(db, clock);
        let same = "X-Problem-ID: 4711\r\nAuto-Submitted: auto-generated\r\n";
        let watch = "Watch <watch@host.example>";
        let first = desk.take(&mail(watch, "1@h.example", "PROBLEM disk", same, "94 %")).await;
        let agent = desk.agent().await;
        let resolved = desk.answer(agent, first.ticket.unwrap(), "Cleaned up.", State::Resolved).await;
        let resolved = desk.ticket(resolved.id).await;
        let recovery = desk.take(&mail(watch, "2@h.example", "RECOVERY disk", same, "40 %")).await;
        assert_eq!((recovery.decision, recovery.ticket), (Decision::Kept, first.ticket));
        assert_eq!(desk.ticket(resolved.id).await, resolved, "nothing about it changed");
        // The same again, when nobody looks at that ticket any more.
        let alarm = desk.take(&mail(watch, "3@h.example", "PROBLEM disk", same, "97 %")).await;
        assert_eq!((alarm.decision, alarm.why), (Decision::Opened, Why::Again));
        assert_eq!(desk.ticket(resolved.id).await, resolved);
        assert_eq!(desk.ticket_of(alarm).await.state, State::New);
        assert_eq!(desk.count("SELECT COUNT(*) FROM ticket_successors").await, 1);
        assert_eq!(desk.posted().await, 1, "the agent's answer");
    }

    async fn line_27_an_auto_reply_that_came_first_joins_what_it_answers(db: Db, clock: Clock) {
        let desk = Desk::new(db, clock);
        let away = "Auto-Submitted: auto-replied\r\nIn-Reply-To: <1@x.example>\r\n";
        let first = desk.take(&mail(ANA, "2@x.example", "Out of office", away, "I am away until Monday.")).await;
        assert_eq!((first.decision, first.why, first.ticket), (Decision::Dropped, Why::AutoReply, None));
        let others = desk.take(&mail(BOB, "3@x.example", "Out of office", away, "So am I.")).await;
        let opened = desk.take(&mail(ANA, "1@x.example", "Door", "", "It is stuck.")).await;
        let ticket = opened.ticket.unwrap();
        assert_eq!(desk.texts(ticket).await, ["It is stuck.", "I am away until Monday."]);
        assert_eq!(desk.authors(ticket).await, ["person", "machine"]);
        assert_eq!(desk.count("SELECT COUNT(*) FROM mails WHERE decision = 'kept' AND why = 'waited'").await, 1);
        assert!(desk.take(&mail(BOB, "3@x.example", "Out of office", away, "So am I.")).await.mail != others.mail || others.ticket.is_none());
        assert_eq!(desk.ticket(ticket).await.state, State::New);
    }

    async fn line_28_our_own_letters_never_come_in_again(db: Db, clock: Clock) {
        let desk = Desk::new(db, clock);
        let ours = format!("X-TheDesk-Loop: {}\r\n", desk.room.mark());
        let round = desk.take(&mail(BOB, "1@x.example", "Fwd: Door", &ours, "Hello.")).await;
        assert_eq!((round.decision, round.why), (Decision::Dropped, Why::Loop));
        assert_eq!((desk.opened().await, desk.posted().await), (0, 0));
    }

    async fn line_28_a_desk_that_answers_and_hides_it_does_not_keep_us_talking(db: Db, clock: Clock) {
        let desk = Desk::new(db, clock);
        let service = "Service <service@other.example>";
        let mut heard = 0;
        let mut number = 0;
        // Whatever we write, it opens a request there, and says so in a mail without a trace of ours or of a program.
        desk.take(&mail(service, "0@other.example", "We have your request", "", "Somebody will look at it.")).await;
        loop {
            let letters = desk.letters("service@other.example").await.len();
            if letters == heard {
                break;
            }
            heard = letters;
            number += 1;
            assert!(number < 20, "it comes to rest");
            let subject = format!("We have your request (#{number})");
            desk.take(&mail(service, &format!("{number}@other.example"), &subject, "", "Somebody will look at it.")).await;
        }
        assert_eq!(heard, 3, "then nobody is told any more");
        assert_eq!(desk.opened().await, number + 1, "and every mail is there all the same");
    }

    async fn line_29_acknowledgements_are_few_for_a_sender_and_one_for_a_ticket(db: Db, clock: Clock) {
        let desk = Desk::new(db, clock);
        for number in 0..8 {
            let opened = desk.take(&mail(ANA, &format!("{number}@x.example"), &format!("Matter {number}"), "", "Please look.")).await;
            let more = mail(ANA, &format!("{number}b@x.example"), "Re", &format!("In-Reply-To: <{number}@x.example>\r\n"), "And this.");
            assert_eq!(desk.take(&more).await.ticket, opened.ticket);
        }
        assert_eq!(desk.opened().await, 8);
        assert_eq!(desk.letters("ana@lindenhof.example").await.len(), 3);
        assert_eq!(desk.count("SELECT COUNT(*) FROM mails WHERE evidence LIKE '%\"unanswered\":\"flood\"%'").await, 5, "and it says why");
        // Somebody else is told as ever.
        desk.take(&mail(BOB, "bob@x.example", "Key", "", "Lost.")).await;
        assert_eq!(desk.letters("bob@elsewhere.example").await.len(), 1);
    }

    async fn line_30_nobody_is_told_who_does_not_read_or_is_ourselves(db: Db, clock: Clock) {
        let desk = Desk::new(db, clock);
        let silent = [
            ("no-reply@shop.example", ""),
            ("mailer-daemon@mx.example", ""),
            ("postmaster@mx.example", ""),
            ("ana@lindenhof.example", "Return-Path: <>\r\n"),
            ("ana@lindenhof.example", "List-Id: <all.lindenhof.example>\r\n"),
            ("eve@x.example", "X-Spam-Flag: YES\r\n"),
            ("eve@x.example", "X-Spam-Status: Yes, score=9.1 required=5.0\r\n"),
            ("it@desk.example", ""),
            ("it+abc@desk.example", ""),
        ];
        for (number, (from, headers)) in silent.into_iter().enumerate() {
            desk.take(&mail(from, &format!("{number}@x.example"), &format!("Matter {number}"), headers, "Hello.")).await;
        }
        assert_eq!(desk.posted().await, 0);
        assert_eq!(desk.opened().await, 7, "what is not from ourselves is there");
        assert_eq!(desk.count("SELECT COUNT(*) FROM ticket_tags WHERE tag = 'spam?'").await, 2, "and what a filter took for spam says so");
        let clean = desk.take(&mail("eve@x.example", "ok@x.example", "Hello", "X-Spam-Status: No, score=0.1\r\n", "Hello.")).await;
        assert_eq!(desk.letters("eve@x.example").await.len(), 1);
        assert!(clean.ticket.is_some());
    }

    async fn line_35_a_first_contact_that_is_an_out_of_office_opens_nothing_and_asks_nothing(db: Db, clock: Clock) {
        let desk = Desk::new(db, clock);
        for (number, headers) in ["Auto-Submitted: auto-replied\r\n", "X-Autoreply: yes\r\n", "Precedence: auto_reply\r\n"].into_iter().enumerate() {
            let away = desk.take(&mail(ANA, &format!("{number}@x.example"), "Out of office", headers, "I am away.")).await;
            assert_eq!((away.decision, away.why), (Decision::Dropped, Why::AutoReply), "{headers}");
        }
        assert_eq!((desk.opened().await, desk.posted().await), (0, 0));
        assert_eq!(desk.count("SELECT COUNT(*) FROM touchpoints").await, 0, "so there is nothing to ask about");
    }
}

//! Lines 6 to 19: which conversation a mail belongs to.

use service::ticket::{State, merge};
use testkit::both_engines;

use super::super::{DESK, Desk, mail};
use super::{ANA, BOB, MX, desk_with};
use crate::mail::model::{Decision, Why};

both_engines! {
    async fn line_06_when_a_relay_takes_the_headers_the_quoted_address_leads_back(db: Db, clock: Clock) {
        let desk = Desk::new(db, clock);
        let opened = desk.take(&mail(ANA, "1@lindenhof.example", "Door", "", "It is stuck.")).await;
        let ticket = desk.ticket_of(opened).await;
        let quoting = format!("It still is.\r\n\r\n> Reply to it+{}@desk.example", ticket.reply_token);
        let back = desk.take(&mail(ANA, "2@lindenhof.example", "Door", "", &quoting)).await;
        assert_eq!((back.why, back.ticket), (Why::Quoted, Some(ticket.id)));
        // It was passed on to somebody: what stands in a text is no key.
        let stranger = desk.take(&mail(BOB, "3@elsewhere.example", "Door", "", &quoting)).await;
        assert_eq!((stranger.decision, stranger.why), (Decision::Opened, Why::Stranger));
        assert_ne!(stranger.ticket, Some(ticket.id));
    }

    async fn line_10_the_same_subject_from_two_people_is_two_tickets(db: Db, clock: Clock) {
        let desk = Desk::new(db, clock);
        let mut tickets = Vec::new();
        for (from, id) in [(ANA, "1@x.example"), (BOB, "2@x.example"), (ANA, "3@x.example"), (BOB, "4@x.example")] {
            let subject = if id.starts_with(['3', '4']) { "Re: Printer" } else { "Printer" };
            let outcome = desk.take(&mail(from, id, subject, "", "It does not print.")).await;
            assert_eq!((outcome.decision, outcome.why), (Decision::Opened, Why::New));
            tickets.extend(outcome.ticket);
        }
        tickets.sort();
        tickets.dedup();
        assert_eq!(tickets.len(), 4, "words alone never tell that two mails are about the same");
    }

    async fn line_11_a_reply_with_a_new_subject_stays_and_shows_it(db: Db, clock: Clock) {
        let desk = Desk::new(db, clock);
        let opened = desk.take(&mail(ANA, "1@x.example", "Door", "", "It is stuck.")).await;
        let ticket = desk.ticket_of(opened).await;
        let threaded = "In-Reply-To: <1@x.example>\r\n";
        let again = format!("AW: Door [{}]", ticket.label());
        for (id, subject) in [("2@x.example", "Window"), ("3@x.example", "Re: Window"), ("4@x.example", again.as_str()), ("5@x.example", "")] {
            let reply = desk.take(&mail(ANA, id, subject, threaded, "One more thing.")).await;
            assert_eq!((reply.decision, reply.ticket), (Decision::Written, Some(ticket.id)), "{subject}");
        }
        let shown: Vec<_> = desk.extras(ticket.id).await.iter().map(|extras| extras["subject"].clone()).collect();
        assert_eq!(shown, [serde_json::Value::Null, "Window".into(), serde_json::Value::Null, serde_json::Value::Null, serde_json::Value::Null]);
        assert_eq!(desk.ticket(ticket.id).await.subject, "Door");
    }

    async fn line_11_a_desk_may_open_a_ticket_for_each_subject(db: Db, clock: Clock) {
        let desk = desk_with(db, clock, "new_subject = \"new\"");
        let door = desk.take(&mail(ANA, "1@x.example", "Door", "", "It is stuck.")).await;
        let window = desk.take(&mail(ANA, "2@x.example", "Window", "In-Reply-To: <1@x.example>\r\n", "It is open.")).await;
        assert_eq!((window.decision, window.why), (Decision::Opened, Why::NewSubject));
        assert_ne!(window.ticket, door.ticket);
        let number = desk.ticket_of(door).await.number;
        assert_eq!(desk.extras(window.ticket.unwrap()).await[0]["after"]["number"], number, "it says what it answered");
        // From there on each goes on by itself, though mails name both.
        let both = "References: <1@x.example> <2@x.example>\r\n";
        let on_window = desk.take(&mail(ANA, "3@x.example", "Re: Window", both, "Still.")).await;
        let on_door = desk.take(&mail(ANA, "4@x.example", "Re: Door", both, "Still.")).await;
        assert_eq!((on_window.ticket, on_door.ticket), (window.ticket, door.ticket));
        assert_eq!(desk.opened().await, 2);
    }

    async fn line_13_a_reply_finds_its_ticket_whatever_it_answers(db: Db, clock: Clock) {
        let desk = Desk::new(db, clock);
        let opened = desk.take(&mail(ANA, "1@x.example", "Door", "", "It is stuck.")).await;
        let ticket = desk.ticket_of(opened).await;
        let ack = desk.issued(ticket.id).await.remove(0);
        let agent = desk.agent().await;
        desk.answer(agent, ticket.id, "Pull.", State::WaitingPerson).await;
        desk.answer(agent, ticket.id, "Or push.", State::WaitingPerson).await;
        let old = desk.issued(ticket.id).await.remove(1);
        for (id, answered) in [("2@x.example", "1@x.example".to_owned()), ("3@x.example", ack), ("4@x.example", old)] {
            let reply = desk.take(&mail(ANA, id, "Re: Door", &format!("In-Reply-To: <{answered}>\r\n"), "Hm.")).await;
            assert_eq!((reply.decision, reply.ticket), (Decision::Written, Some(ticket.id)), "{answered}");
        }
        // Closed a while ago: it is open again.
        desk.execute("UPDATE tickets SET state = 'closed', is_open = 0, waiting_since = NULL, closed_at = opened_at").await;
        let reply = desk.take(&mail(ANA, "5@x.example", "Re: Door", "In-Reply-To: <1@x.example>\r\n", "It is stuck again.")).await;
        assert_eq!(reply.ticket, Some(ticket.id));
        assert_eq!(desk.ticket(ticket.id).await.state, State::Open);
        // Merged into another of hers: there.
        let other = desk.take(&mail(ANA, "6@x.example", "The door", "", "Still the door.")).await;
        let (merged, kept, now) = (desk.ticket_of(opened).await, desk.ticket_of(other).await, desk.app.clock.now());
        desk.app.db.write(move |tx| merge::merge(tx, merged.clone(), kept.clone(), Some(agent), now)).await.unwrap();
        let reply = desk.take(&mail(ANA, "7@x.example", "Re: Door", "In-Reply-To: <2@x.example>\r\n", "And now?")).await;
        assert_eq!((reply.decision, reply.ticket), (Decision::Written, other.ticket));
    }

    async fn line_13_a_ticket_that_is_over_for_long_goes_on_in_a_new_one(db: Db, clock: Clock) {
        let desk = Desk::new(db, clock);
        let opened = desk.take(&mail(ANA, "1@x.example", "Door", "", "It is stuck.")).await;
        let old = desk.ticket_of(opened).await;
        desk.execute("UPDATE tickets SET state = 'closed', is_open = 0, waiting_since = NULL, closed_at = 1").await;
        let threaded = "In-Reply-To: <1@x.example>\r\n";
        let later = desk.take(&mail(ANA, "2@x.example", "Re: Door", threaded, "It is stuck again.")).await;
        assert_eq!((later.decision, later.why), (Decision::Opened, Why::Held));
        let new = desk.ticket_of(later).await;
        assert_ne!(new.id, old.id);
        assert_eq!(desk.count("SELECT COUNT(*) FROM ticket_successors").await, 1, "each says what the other is");
        assert_eq!(desk.letters("ana@lindenhof.example").await.len(), 2, "she is told its number");
        // What comes to the old one from then on lands in the new one, by whatever it is found.
        let by_id = desk.take(&mail(ANA, "3@x.example", "Re: Door", threaded, "And again.")).await;
        let to_token = mail(ANA, "4@x.example", "Re: Door", "", "And again.").replace(DESK, &format!("it+{}@desk.example", old.reply_token));
        let by_token = desk.take(&to_token).await;
        assert_eq!((by_id.ticket, by_token.ticket), (Some(new.id), Some(new.id)));
        assert_eq!(desk.opened().await, 2);
    }

    async fn line_13_a_reply_to_what_was_deleted_is_something_new(db: Db, clock: Clock) {
        let desk = Desk::new(db, clock);
        desk.take(&mail(ANA, "1@x.example", "Door", "", "It is stuck.")).await;
        for sql in [
            "UPDATE mails SET ticket_id = NULL, part_id = NULL",
            "DELETE FROM ticket_messages",
            "DELETE FROM tickets",
        ] {
            desk.execute(sql).await;
        }
        let reply = desk.take(&mail(ANA, "2@x.example", "Re: Door", "In-Reply-To: <1@x.example>\r\n", "Still.")).await;
        assert_eq!((reply.decision, reply.why), (Decision::Opened, Why::New));
        assert_eq!(desk.opened().await, 1);
    }

    async fn line_14_someone_in_copy_may_write_and_never_becomes_the_one_who_asked(db: Db, clock: Clock) {
        let desk = Desk::new(db, clock);
        let copied = mail(ANA, "1@x.example", "Door", "Cc: Bob <Bob@elsewhere.example>\r\n", "It is stuck.");
        let ticket = desk.ticket_of(desk.take(&copied).await).await;
        let reply = desk.take(&mail(BOB, "2@x.example", "Re: Door", "In-Reply-To: <1@x.example>\r\n", "I have the key.")).await;
        assert_eq!((reply.decision, reply.why, reply.ticket), (Decision::Written, Why::Held, Some(ticket.id)));
        assert_eq!(desk.ticket(ticket.id).await.person, ticket.person);
        // Answers go on to her.
        let agent = desk.agent().await;
        desk.answer(agent, ticket.id, "Thank you both.", State::WaitingPerson).await;
        assert_eq!(desk.letters("ana@lindenhof.example").await.len(), 2);
        // Who was in nobody's copy has no part.
        let other = desk.take(&mail("Eve <eve@elsewhere.example>", "3@x.example", "Re: Door", "In-Reply-To: <1@x.example>\r\n", "Me too.")).await;
        assert_eq!(other.why, Why::Stranger);
    }

    async fn line_15_another_address_of_the_same_person_is_the_same_person(db: Db, clock: Clock) {
        let desk = Desk::new(db, clock);
        let ticket = desk.ticket_of(desk.take(&mail(ANA, "1@x.example", "Door", "", "It is stuck.")).await).await;
        let home = desk.take(&mail("Ana <ana@home.example>", "2@x.example", "Bike", "", "Where may I leave it?")).await;
        let (kept, merged, now) = (ticket.person, desk.ticket_of(home).await.person, desk.app.clock.now());
        desk.app.db.write(move |tx| ledger::person::merge(tx, kept, merged, None, now)).await.unwrap();
        let reply = desk.take(&mail("Ana <ana@home.example>", "3@x.example", "Re: Door", "In-Reply-To: <1@x.example>\r\n", "Still.")).await;
        assert_eq!((reply.decision, reply.ticket), (Decision::Written, Some(ticket.id)));
        assert_eq!(desk.authors(ticket.id).await, ["person", "person"]);
    }

    async fn line_16_who_quotes_a_conversation_of_others_has_their_own_which_says_so(db: Db, clock: Clock) {
        let desk = Desk::new(db, clock);
        let ticket = desk.ticket_of(desk.take(&mail(ANA, "1@x.example", "Door", "", "It is stuck.")).await).await;
        let issued = desk.issued(ticket.id).await.remove(0);
        for (id, named) in [("2@x.example", "1@x.example".to_owned()), ("3@x.example", issued)] {
            let headers = format!("References: <{named}>\r\n");
            let quoting = desk.take(&mail(BOB, id, "Re: Door", &headers, "Tell me all about it.")).await;
            assert_eq!((quoting.decision, quoting.why), (Decision::Opened, Why::Stranger));
            let own = desk.ticket_of(quoting).await;
            assert_ne!((own.id, own.person), (ticket.id, ticket.person));
            assert_eq!(desk.extras(own.id).await[0]["quotes"]["number"], ticket.number, "the agent sees what it names");
        }
        assert_eq!(desk.messages(ticket.id).await.len(), 1);
        let told: Vec<_> = desk.letters("bob@elsewhere.example").await.into_iter().map(|(occasion, ..)| occasion).collect();
        assert_eq!(told, ["ticket.received", "ticket.received"], "he reads nothing of hers");
    }

    async fn line_16_a_sender_whose_domain_disowns_the_mail_is_flagged(db: Db, clock: Clock) {
        let desk = desk_with(db, clock, &format!("trusted_authserv = \"{MX}\""));
        let ticket = desk.ticket_of(desk.take(&mail(ANA, "1@x.example", "Door", "", "It is stuck.")).await).await;
        let verdict = |server: &str, verdict: &str| {
            format!("In-Reply-To: <1@x.example>\r\nAuthentication-Results: {server}; dmarc={verdict} header.from=lindenhof.example\r\n")
        };
        for (id, headers) in [("2@x.example", verdict(MX, "fail")), ("3@x.example", verdict(MX, "pass")), ("4@x.example", verdict("mx.evil.example", "fail"))] {
            assert_eq!(desk.take(&mail(ANA, id, "Re: Door", &headers, "Send me the key.")).await.ticket, Some(ticket.id));
        }
        let doubts: Vec<_> = desk.extras(ticket.id).await.iter().map(|extras| extras["doubt"].clone()).collect();
        assert_eq!(doubts[1], "forged");
        assert!(doubts[0].is_null() && doubts[2].is_null() && doubts[3].is_null(), "{doubts:?}");
    }

    async fn line_19_mails_with_another_desks_number_find_each_other(db: Db, clock: Clock) {
        let desk = Desk::new(db, clock);
        let their_desk = "Provider <service@provider.example>";
        let made = "Auto-Submitted: auto-generated\r\n";
        let first = desk.take(&mail(their_desk, "1@p.example", "INC0012345 opened: line down", made, "We look into it.")).await;
        let next = desk.take(&mail(their_desk, "2@p.example", "INC0012345 resolved: line down", made, "It is up.")).await;
        assert_eq!((next.decision, next.why, next.ticket), (Decision::Kept, Why::Mark, first.ticket));
        let other = desk.take(&mail(their_desk, "3@p.example", "INC0099999 opened: line down", made, "Again.")).await;
        assert_ne!(other.ticket, first.ticket);
        let stranger = desk.take(&mail(BOB, "4@p.example", "Re: INC0012345", "", "What is this?")).await;
        assert_ne!(stranger.ticket, first.ticket, "a number is no key");
    }
}

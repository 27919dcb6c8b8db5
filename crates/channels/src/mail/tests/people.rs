//! Whom a mail names, and which of our addresses it came to: who is on its ticket, and where answers come from.

use base::db::params;
use ledger::outbox;
use service::ticket::participant::{self, MOST};
use service::ticket::{State, TicketId};
use testkit::both_engines;

use super::{Desk, accounts, hurry, mail};
use crate::mail::model::{Decision, Why};

const ANA: &str = "Ana Silva <ana@lindenhof.example>";

/// Three addresses: two mailboxes and an alias of the first.
fn config() -> base::config::Config {
    accounts(
        "[[mail.accounts]]\naddress = \"it@desk.example\"\n[[mail.accounts]]\naddress = \"help@desk.example\"\n\
         [[mail.identities]]\naddress = \"billing@desk.example\"\nname = \"Billing\"\n",
    )
}

/// A mail from Ana with these other headers in place of the usual To.
fn to(id: &str, headers: &str, text: &str) -> String {
    mail(ANA, id, "Door", headers, text).replacen("To: it@desk.example\r\n", "", 1)
}

impl Desk {
    fn with_three(db: base::db::Db, clock: base::clock::Clock) -> Self {
        Self::with(db, clock, &config(), hurry())
    }

    /// Who is on a ticket besides the one who asked, by address.
    async fn others(&self, id: TicketId) -> Vec<String> {
        let found = self.app.db.read(move |tx| participant::participants(tx, id)).await.unwrap();
        let mut found: Vec<String> = found.into_iter().map(|known| known.address).collect();
        found.sort();
        found
    }

    async fn last_letter(&self, id: TicketId) -> outbox::Letter {
        self.app.db.read(move |tx| outbox::of_object(tx, "ticket", id.0)).await.unwrap().pop().unwrap()
    }
}

both_engines! {
    async fn line_25_an_answer_comes_from_the_address_that_the_person_wrote_to(db: Db, clock: Clock) {
        let desk = Desk::with_three(db, clock);
        let agent = desk.agent().await;
        for (id, headers, from) in [
            ("1@x", "To: billing@desk.example\r\n", "billing@desk.example"),
            ("2@x", "To: Friends <f@x.example>\r\nCc: Help <HELP@desk.example>, it@desk.example\r\n", "help@desk.example"),
            ("3@x", "To: undisclosed-recipients:;\r\nDelivered-To: billing@desk.example\r\n", "billing@desk.example"),
            ("4@x", "To: info@lindenhof.example\r\nX-Original-To: help@desk.example\r\n", "help@desk.example"),
            ("5@x", "To: nobody@elsewhere.example\r\n", "it@desk.example"),
        ] {
            // Each from somebody else: many tickets of one person at once are not acknowledged.
            let from_another = format!("Ana Silva <ana{}@", &id[..1]);
            let taken = desk.take(&to(id, headers, "It is stuck.").replace("Ana Silva <ana@", &from_another)).await;
            let ticket = taken.ticket.unwrap();
            let sender = |letter: outbox::Letter| letter.sender.unwrap().address;
            assert_eq!(sender(desk.last_letter(ticket).await), from, "the acknowledgement of {id}");
            desk.answer(agent, ticket, "Try the handle.", State::Open).await;
            assert_eq!(sender(desk.last_letter(ticket).await), from, "the answer to {id}");
        }
        // A token at an alias is a token.
        let ticket = desk.take(&to("6@x", "To: billing@desk.example\r\n", "One.")).await.ticket.unwrap();
        let token = desk.ticket(ticket).await.reply_token;
        let reply = to("7@x", &format!("To: billing+{token}@desk.example\r\n"), "Two.").replace("Subject: Door", "Subject: x");
        let taken = desk.take(&reply).await;
        assert_eq!((taken.ticket, taken.why), (Some(ticket), Why::Token));
    }

    async fn line_25_the_desks_own_addresses_robots_and_lists_are_nobody_on_a_ticket(db: Db, clock: Clock) {
        let desk = Desk::with_three(db, clock);
        let headers = "To: it@desk.example, Bea Costa <Bea@x.example>, help+0123456789abcdef0123456789abcdef@desk.example\r\n\
             Cc: billing@desk.example, noreply@shop.example, MAILER-DAEMON@x.example, chris@x.example, bea@x.example,\r\n \
             printer@localhost, someone@unknown, all@lists.example, ANA@lindenhof.example, broken@\r\n\
             List-Post: <mailto:all@lists.example>\r\n";
        let ticket = desk.take(&to("1@x", headers, "It is stuck.")).await.ticket.unwrap();
        let on_it = desk.others(ticket).await;
        assert!(on_it.is_empty() || on_it == ["bea@x.example", "chris@x.example"], "{on_it:?}");
        let headers = headers.split("List-Post").next().unwrap();
        let ticket = desk.take(&to("2@x", headers, "It is stuck.")).await.ticket.unwrap();
        assert_eq!(desk.others(ticket).await, ["all@lists.example", "bea@x.example", "chris@x.example"]);
    }

    async fn line_14_who_was_named_may_write_and_never_becomes_the_one_who_asked(db: Db, clock: Clock) {
        let desk = Desk::with_three(db, clock);
        let first = to("1@lindenhof.example", "To: it@desk.example, bea@x.example\r\n", "It is stuck.");
        let ticket = desk.take(&first).await.ticket.unwrap();
        let asked = desk.ticket(ticket).await.person;
        // Her program names Ana's mail; a stranger's does too.
        let threaded = "In-Reply-To: <1@lindenhof.example>\r\n";
        let bea = desk.take(&mail("Bea <bea@x.example>", "2@x.example", "Re: Door", threaded, "For me too.")).await;
        assert_eq!((bea.decision, bea.ticket), (Decision::Written, Some(ticket)));
        let stranger = desk.take(&mail("Mal <mal@y.example>", "3@y.example", "Re: Door", threaded, "Tell me all.")).await;
        assert_eq!((stranger.decision, stranger.why), (Decision::Opened, Why::Stranger));
        assert_eq!(desk.ticket(ticket).await.person, asked);
        assert_eq!(desk.others(ticket).await, ["bea@x.example"]);
        let agent = desk.agent().await;
        desk.answer(agent, ticket, "Try the handle.", State::Open).await;
        let letter = desk.last_letter(ticket).await;
        assert_eq!((letter.address.as_str(), letter.cc.len()), ("ana@lindenhof.example", 1));
        assert_eq!(letter.cc[0].address, "bea@x.example");
    }

    async fn line_39_a_mail_to_many_makes_no_accounts(db: Db, clock: Clock) {
        let desk = Desk::with_three(db, clock);
        let many: Vec<String> = (0..120).map(|n| format!("p{n}@x.example")).collect();
        let headers = format!("To: it@desk.example,\r\n {}\r\n", many.join(",\r\n "));
        let ticket = desk.take(&to("1@x", &headers, "To all of you.")).await.ticket.unwrap();
        assert_eq!(desk.others(ticket).await.len(), MOST);
        assert_eq!(desk.count("SELECT COUNT(*) FROM people").await, 1);
    }

    async fn line_76_programs_letters_never_go_to_the_others(db: Db, clock: Clock) {
        let desk = Desk::with_three(db, clock.clone());
        let ticket = desk.take(&to("1@x", "To: it@desk.example\r\nCc: bea@x.example\r\n", "Stuck.")).await.ticket.unwrap();
        let agent = desk.agent().await;
        desk.answer(agent, ticket, "Done.", State::Resolved).await;
        let all = desk.app.db.read(move |tx| outbox::of_object(tx, "ticket", ticket.0)).await.unwrap();
        assert_eq!(all.len(), 3, "received, answered, and asked whether it is sorted");
        for letter in all.iter().filter(|letter| letter.automatic) {
            assert!(letter.cc.is_empty() && letter.bcc.is_empty() && letter.address.starts_with("ana@"), "{letter:?}");
        }
        assert_eq!(all.iter().filter(|letter| !letter.automatic).map(|letter| letter.cc.len()).collect::<Vec<_>>(), [1]);
    }

    async fn line_31_a_mail_that_one_of_several_did_not_get_says_so_of_them_alone(db: Db, clock: Clock) {
        let desk = Desk::with_three(db, clock.clone());
        let ticket = desk.take(&to("1@x", "To: it@desk.example\r\nCc: bea@x.example\r\n", "Stuck.")).await.ticket.unwrap();
        let agent = desk.agent().await;
        desk.answer(agent, ticket, "Try the handle.", State::Open).await;
        let letter = desk.last_letter(ticket).await;
        let (id, now) = (letter.id, clock.now());
        desk.app.db.write(move |tx| outbox::sent(tx, id, now)).await.unwrap();
        let report = format!(
            "From: MAILER-DAEMON@x.example\r\nTo: it@desk.example\r\nSubject: Undelivered\r\nMessage-ID: <b@x.example>\r\n\
             Date: Mon, 2 Mar 2026 09:00:00 +0000\r\nContent-Type: multipart/report; report-type=delivery-status; boundary=b\r\n\r\n\
             --b\r\nContent-Type: text/plain\r\n\r\nGone.\r\n--b\r\nContent-Type: message/delivery-status\r\n\r\n\
             Reporting-MTA: dns; x.example\r\n\r\nFinal-Recipient: rfc822; bea@x.example\r\nAction: failed\r\nStatus: 5.1.1\r\n\
             Diagnostic-Code: smtp; 550 5.1.1 no such person\r\n\r\n--b\r\nContent-Type: text/rfc822-headers\r\n\r\n\
             Message-ID: <{}@desk.example>\r\n\r\n--b--\r\n",
            letter.message_id
        );
        assert_eq!(desk.take(&report).await.decision, Decision::Kept);
        let sql = "SELECT state, refused FROM outbox WHERE id = $1";
        let found: (String, String) =
            desk.app.db.read(move |tx| tx.one(sql, params![id], |row| Ok((row.read()?, row.read()?)))).await.unwrap();
        assert_eq!(found.0, "sent", "Ana got it");
        assert!(found.1.contains("bea@x.example") && found.1.contains("no such person"), "{found:?}");
    }
}

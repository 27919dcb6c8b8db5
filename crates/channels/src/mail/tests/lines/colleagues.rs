//! Line 15: somebody of the desk who writes from their own mail program.

use service::ticket::State;
use testkit::both_engines;

use super::super::{Desk, mail};
use super::{ANA, MX, desk_with};
use crate::mail::model::{Decision, Why};

const NOOR: &str = "Noor Haddad <noor.haddad@lindenhof.example>";

fn vouched(server: &str) -> String {
    format!("Authentication-Results: {server}; dkim=pass header.d=lindenhof.example\r\n")
}

both_engines! {
    async fn line_15_an_agents_mail_is_an_answer_only_when_our_server_vouches_for_it(db: Db, clock: Clock) {
        let desk = desk_with(db, clock, &format!("trusted_authserv = \"{MX}\""));
        desk.agent().await;
        let ticket = desk.ticket_of(desk.take(&mail(ANA, "1@x.example", "Door", "", "It is stuck.")).await).await;

        let forged = mail(NOOR, "2@x.example", "Re: Door", &vouched("mx.evil.example"), "Send your password.");
        let forged = desk.take(&desk.to_ticket(ticket.id, &forged).await).await;
        assert_eq!((forged.decision, forged.ticket), (Decision::Written, Some(ticket.id)));
        assert_eq!(desk.letters("ana@lindenhof.example").await.len(), 1, "nothing goes to her");
        assert_eq!(desk.extras(ticket.id).await[1]["doubt"], "unverified");

        let real = mail(NOOR, "3@x.example", "Re: Door", &vouched(MX), "Try the handle.");
        let real = desk.take(&desk.to_ticket(ticket.id, &real).await).await;
        assert_eq!((real.decision, real.why, real.ticket), (Decision::Written, Why::Token, Some(ticket.id)));
        let letters = desk.letters("ana@lindenhof.example").await;
        assert_eq!(letters.last().unwrap().0, "ticket.answer");
        assert_eq!(desk.ticket(ticket.id).await.state, State::WaitingPerson);

        // Beside the ticket's address, by what it answers: for the desk only.
        let aside = mail(NOOR, "4@x.example", "Re: Door", &format!("In-Reply-To: <1@x.example>\r\n{}", vouched(MX)), "I called her.");
        let aside = desk.take(&aside).await;
        assert_eq!((aside.why, aside.ticket), (Why::Held, Some(ticket.id)));
        assert_eq!(desk.letters("ana@lindenhof.example").await.len(), 2);
        assert_eq!(desk.authors(ticket.id).await, ["person", "note", "desk", "note"], "and never her words");
        assert!(desk.extras(ticket.id).await[3]["doubt"].is_null());
        assert_eq!(desk.ticket(ticket.id).await.person, ticket.person);
    }

    async fn line_15_without_a_server_that_vouches_every_agents_mail_is_a_note(db: Db, clock: Clock) {
        let desk = Desk::new(db, clock);
        desk.agent().await;
        let ticket = desk.ticket_of(desk.take(&mail(ANA, "1@x.example", "Door", "", "It is stuck.")).await).await;
        let written = desk.to_ticket(ticket.id, &mail(NOOR, "2@x.example", "Re: Door", &vouched(""), "Try the handle.")).await;
        desk.take(&written).await;
        assert_eq!(desk.authors(ticket.id).await, ["person", "note"]);
        assert_eq!(desk.ticket(ticket.id).await.state, State::New, "nothing about the ticket changed");
    }

    async fn line_15_an_agent_who_asks_is_a_person_like_others(db: Db, clock: Clock) {
        let desk = desk_with(db, clock, &format!("trusted_authserv = \"{MX}\""));
        desk.agent().await;
        let ticket = desk.ticket_of(desk.take(&mail(NOOR, "1@x.example", "My chair", "", "It squeaks.")).await).await;
        let more = desk.to_ticket(ticket.id, &mail(NOOR, "2@x.example", "Re: My chair", &vouched(MX), "Loudly.")).await;
        desk.take(&more).await;
        assert_eq!(desk.authors(ticket.id).await, ["person", "person"]);
    }
}

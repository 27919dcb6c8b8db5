//! Who gets what the desk says, as agents and the people of a ticket live it, on both engines.

use base::clock::{Clock, Moment};
use base::config::{Config, Overrides};
use base::db::Db;
use ledger::outbox::{self, Letter, Mailbox};
use ledger::person::PersonId;
use ledger::touchpoint::{self, Channel, Source};
use testkit::person::Person;
use web::actor::Role;
use web::senders::Senders;
use web::testing::TestApp;

use super::{Envelope, MOST, Role as On, participants, usual};
use crate::ticket::model::{State, Ticket};
use crate::ticket::work::{self, By, Request};
use crate::ticket::{TicketId, store};

/// A desk with two addresses that quotes everything.
fn house(db: Db, clock: Clock) -> TestApp {
    let toml = "[mail]\nquote = \"all\"\nsender_name = \"{agent} at {desk}\"\n\
         [[mail.accounts]]\naddress = \"it@desk.example\"\n[[mail.identities]]\naddress = \"billing@desk.example\"\n\
         name = \"Billing\"\nteam = \"Accounts\"\nsignature = \"{agent}, {desk}\"\n";
    let config = Config::read(toml, std::path::Path::new("."), [], &Overrides::default()).unwrap();
    let senders = Senders::of(&config.mail);
    TestApp::set_up(db, clock, &[crate::TEXTS], crate::KINDS, crate::NAV, |site| site.senders = senders)
}

fn says(person: PersonId, text: &str) -> Request<'_> {
    Request {
        person,
        channel: Channel::Email,
        subject: "Re: AW: VPN keeps dropping",
        text,
        quoted: "",
        html: None,
        mail_id: None,
        service: None,
        needed_by: None,
        files: &[],
        by_machine: false,
        source: Source::Lived,
        extras: Default::default(),
    }
}

fn mailbox(name: &str, address: &str) -> Mailbox {
    Mailbox { name: name.to_owned(), address: address.to_owned() }
}

/// Ana's mail to billing, which names Bea and Chris.
async fn opened(app: &TestApp, ana: PersonId) -> Ticket {
    let (voice, now) = (app.voice(), app.clock.now());
    app.db
        .write(move |tx| {
            let others = [mailbox("Bea Costa", "bea@x.example"), mailbox("", "chris@x.example")];
            let envelope = Envelope { to_us: Some("billing@desk.example"), others: &others };
            work::open_by_mail(tx, &voice, &says(ana, "Every ten minutes."), &envelope, now)
        })
        .await
        .unwrap()
}

async fn letters(app: &TestApp, id: TicketId) -> Vec<Letter> {
    app.db.read(move |tx| outbox::of_object(tx, "ticket", id.0)).await.unwrap()
}

async fn last_letter(app: &TestApp, id: TicketId) -> Letter {
    letters(app, id).await.pop().unwrap()
}

async fn kinds_of(app: &TestApp, id: TicketId) -> Vec<String> {
    let past = app.db.read(move |tx| touchpoint::of_object(tx, "ticket", id.0, 100)).await.unwrap();
    past.into_iter().map(|touchpoint| touchpoint.kind).collect()
}

/// The part of a page that shows the mail as it would be.
fn previewed(page: &str) -> String {
    let after = page.split_once("id=\"preview-mail\"").unwrap().1;
    after.split_once("</section>").unwrap().0.to_owned()
}

fn addresses(list: &[Mailbox]) -> Vec<&str> {
    list.iter().map(|one| one.address.as_str()).collect()
}

testkit::both_engines! {
    async fn line_76_an_agent_sees_and_says_who_gets_an_answer_before_it_goes(db: Db, clock: Clock) {
        let app = house(db, clock);
        let router = app.router(crate::routes());
        let (ana, _) = app.person("Ana Lima", &[]).await;
        let (_, cookie) = app.person("Noor Haddad", &[Role::Agent]).await;
        let mut noor = Person::with_cookie(&router, &cookie);
        let ticket = opened(&app, ana).await;
        let (desk, id) = (format!("/desk/tickets/{}", ticket.id), ticket.id);

        // What programs say goes to nobody else.
        let received = last_letter(&app, id).await;
        assert!(received.automatic && received.cc.is_empty() && received.address == "ana.lima@lindenhof.example");
        let page = noor.get(&desk).await.ok();
        assert!(page.contains("to Ana Lima, ana.lima@lindenhof.example"), "{page}");
        for box_ in ["value=\"bea@x.example\" checked", "value=\"chris@x.example\" checked"] {
            assert!(page.contains(box_), "{page}");
        }

        // Looked at first: nothing is sent, and what was typed stays.
        let answer = [
            ("text", "Try the other gate."), ("seen", "9223372036854775807"), ("recipients", "shown"), ("cc", "bea@x.example"),
            ("also_cc", "Dora Ek <dora@x.example>"), ("bcc", "eva@x.example"),
        ];
        let page = noor.post(&format!("{desk}/preview"), &answer).await.ok();
        for part in [
            "Noor Haddad at Billing &#60;billing@desk.example&#62;", "Ana Lima &#60;ana.lima@lindenhof.example&#62;",
            "Bea Costa &#60;bea@x.example&#62;, Dora Ek &#60;dora@x.example&#62;", "<dd>eva@x.example</dd>",
            "Re: VPN keeps dropping [D-1001]", "Noor Haddad, Billing", "Every ten minutes.", "Nothing has been sent",
        ] {
            assert!(page.contains(part), "{part}: {page}");
        }
        assert!(page.contains("value=\"chris@x.example\">") && page.contains("value=\"eva@x.example\""), "{page}");
        assert_eq!(letters(&app, id).await.len(), 1);

        noor.post(&format!("{desk}/messages"), &answer).await.ok();
        let sent = last_letter(&app, id).await;
        assert_eq!(addresses(&sent.cc), ["bea@x.example", "dora@x.example"]);
        assert_eq!(addresses(&sent.bcc), ["eva@x.example"]);
        assert_eq!(sent.sender, Some(mailbox("Noor Haddad at Billing", "billing@desk.example")));
        assert_eq!((sent.subject.as_str(), sent.name.as_str()), ("Re: VPN keeps dropping [D-1001]", "Ana Lima"));
        assert!(!sent.text.contains(&ticket.view_token), "the person's own link is nobody else's");
        assert!(sent.text.contains("> Every ten minutes."), "{}", sent.text);

        // Whoever was named once is not on the ticket, and who was left out is there again.
        let page = noor.get(&desk).await.ok();
        assert!(!page.contains("value=\"dora@x.example\"") && page.contains("value=\"chris@x.example\" checked"));
        assert!(page.contains("To Ana Lima, Cc Bea Costa, Dora Ek, eva@x.example"), "{page}");

        for (field, wrong, why) in [
            ("also_cc", "nobody", "not a whole mail address"), ("bcc", "it+x@desk.example", "our own address"),
        ] {
            let page = noor.post(&format!("{desk}/messages"), &[("text", "Kept words"), (field, wrong)]).await.refused(422);
            assert!(page.contains(why) && page.contains("Kept words") && page.contains(wrong), "{page}");
        }
        assert_eq!(letters(&app, id).await.len(), 2);
    }

    async fn line_76_who_is_sorted_is_asked_alone(db: Db, clock: Clock) {
        let app = house(db, clock);
        let router = app.router(crate::routes());
        let (ana, _) = app.person("Ana Lima", &[]).await;
        let (_, cookie) = app.person("Noor Haddad", &[Role::Agent]).await;
        let mut noor = Person::with_cookie(&router, &cookie);
        let ticket = opened(&app, ana).await;
        let done = [("text", "It holds now."), ("next", "resolved"), ("seen", "9223372036854775807")];
        noor.post(&format!("/desk/tickets/{}/messages", ticket.id), &done).await.ok();
        let sent = letters(&app, ticket.id).await;
        let [_, answer, asked] = sent.as_slice() else { panic!("{sent:?}") };
        assert_eq!(addresses(&answer.cc), ["bea@x.example", "chris@x.example"]);
        assert!(!answer.text.contains(&ticket.view_token) && asked.text.contains(&ticket.view_token));
        assert!(asked.cc.is_empty() && asked.bcc.is_empty() && asked.automatic);
        // A state set without a word is told to the person alone.
        noor.post(&format!("/desk/tickets/{}/state", ticket.id), &[("state", "open")]).await.ok();
        noor.post(&format!("/desk/tickets/{}/state", ticket.id), &[("state", "resolved")]).await.ok();
        assert!(letters(&app, ticket.id).await.iter().skip(2).all(|letter| letter.cc.is_empty()));
    }

    async fn line_14_whoever_answers_the_ticket_stays_with_who_asked(db: Db, clock: Clock) {
        let app = house(db, clock);
        let (ana, _) = app.person("Ana Lima", &[]).await;
        let (bob, _) = app.person("Bob Ortiz", &[]).await;
        let ticket = opened(&app, ana).await;
        let (voice, now) = (app.voice(), app.clock.now());
        let id = ticket.id;
        let (after, on_it) = app
            .db
            .write(move |tx| {
                let ticket = store::find(tx, id)?.unwrap();
                let more = [mailbox("", "ana.lima@lindenhof.example"), mailbox("", "fay@x.example"), mailbox("", "bea@x.example")];
                let envelope = Envelope { to_us: None, others: &more };
                let (ticket, _) = work::write_by_mail(tx, &voice, ticket, &says(bob, "Me too."), &envelope, false, now)?;
                Ok::<_, web::error::Error>((ticket, participants(tx, id)?))
            })
            .await
            .unwrap();
        assert_eq!(after.person, ana);
        let found: Vec<_> = on_it.iter().map(|known| (known.address.as_str(), known.role)).collect();
        for expected in [
            ("bea@x.example", On::Cc), ("chris@x.example", On::Cc), ("fay@x.example", On::Cc),
            ("bob.ortiz@lindenhof.example", On::Asked),
        ] {
            assert!(found.contains(&expected), "{found:?}");
        }
        assert_eq!(found.len(), 4);
        assert_eq!(kinds_of(&app, id).await.iter().filter(|kind| *kind == "ticket.joined").count(), 2);
        let answer = work::Answer { text: "We look at it.", files: &[], next: State::Open };
        let voice = app.voice();
        app.db.write(move |tx| {
            let ticket = store::find(tx, id)?.unwrap();
            work::answer(tx, &voice, ticket, By { person: bob, name: "Noor", team: None }, answer, now)
        }).await.unwrap();
        let sent = last_letter(&app, id).await;
        assert_eq!((sent.address.as_str(), sent.cc.len()), ("ana.lima@lindenhof.example", 4));
    }

    async fn line_76_an_agent_adds_mutes_and_removes_people(db: Db, clock: Clock) {
        let app = house(db, clock);
        let router = app.router(crate::routes());
        let (ana, _) = app.person("Ana Lima", &[]).await;
        let (_, cookie) = app.person("Noor Haddad", &[Role::Agent]).await;
        let mut noor = Person::with_cookie(&router, &cookie);
        let ticket = opened(&app, ana).await;
        let id = ticket.id;
        let people = format!("/desk/tickets/{id}/participants");
        let page = noor.post(&people, &[("participant", "Gus Oda <gus@x.example>")]).await.ok();
        assert!(page.contains("Gus Oda") && page.contains("Added."), "{page}");
        for (wrong, why) in [
            ("nobody", "not a whole mail address"), ("billing+x@desk.example", "our own address"),
            ("ana.lima@lindenhof.example", "They asked"),
        ] {
            let page = noor.post(&people, &[("participant", wrong)]).await.refused(422);
            assert!(page.contains(why), "{wrong}: {page}");
        }
        let change = format!("{people}/change");
        noor.post(&change, &[("address", "bea@x.example"), ("do", "mute")]).await.ok();
        noor.post(&change, &[("address", "chris@x.example"), ("do", "remove")]).await.ok();
        let page = noor.get(&format!("/desk/tickets/{id}")).await.ok();
        assert!(page.contains("value=\"bea@x.example\">"), "muted: her box is there and not ticked: {page}");
        let usual = app.db.read(move |tx| {
            let ticket = store::find(tx, id)?.unwrap();
            usual(tx, &ticket)
        }).await.unwrap();
        assert_eq!(addresses(&usual.cc), ["gus@x.example"]);
        noor.post(&change, &[("address", "bea@x.example"), ("do", "unmute")]).await.ok();
        noor.post(&change, &[("address", "bea@x.example"), ("do", "nonsense")]).await.refused(400);
        let kinds = kinds_of(&app, id).await;
        assert_eq!(kinds[2..], ["ticket.joined", "ticket.muted", "ticket.left", "ticket.unmuted"], "{kinds:?}");
        let mut visitor = Person::visits(&router);
        assert!(visitor.post(&people, &[("participant", "x@x.example")]).await.path.starts_with("/sign-in"));
    }

    async fn line_80_the_right_person_gets_it_after_a_change_and_after_a_merge(db: Db, clock: Clock) {
        let app = house(db, clock);
        let router = app.router(crate::routes());
        let (ana, _) = app.person("Ana Lima", &[]).await;
        let (_, cookie) = app.person("Noor Haddad", &[Role::Agent]).await;
        let mut noor = Person::with_cookie(&router, &cookie);
        let ticket = opened(&app, ana).await;
        let id = ticket.id;
        let give = [("address", "bea@x.example"), ("do", "give")];
        noor.post(&format!("/desk/tickets/{id}/participants/change"), &give).await.ok();
        let answer = [("text", "Bea, it is yours."), ("seen", "9223372036854775807")];
        noor.post(&format!("/desk/tickets/{id}/messages"), &answer).await.ok();
        let sent = last_letter(&app, id).await;
        assert_eq!((sent.name.as_str(), sent.address.as_str()), ("Bea Costa", "bea@x.example"));
        assert_eq!(addresses(&sent.cc), ["ana.lima@lindenhof.example", "chris@x.example"], "who asked before stays on it");
        noor.post(&format!("/desk/tickets/{id}/state"), &[("state", "resolved")]).await.ok();
        let told = last_letter(&app, id).await;
        assert!(told.address == "bea@x.example" && told.cc.is_empty() && told.text.contains("Hello Bea Costa"));
        assert!(kinds_of(&app, id).await.contains(&"ticket.given".to_owned()));
        // Her link is hers: the one that Ana got opens nothing any more.
        let mut visitor = Person::visits(&router);
        visitor.get(&format!("/requests/{}", ticket.view_token)).await.refused(404);

        // Two tickets of one person become one: everybody is on the kept one, and each mail names it.
        let (kept, merged) = (opened(&app, ana).await, opened(&app, ana).await);
        let more = [("participant", "gus@x.example")];
        noor.post(&format!("/desk/tickets/{}/participants", merged.id), &more).await.ok();
        noor.post(&format!("/desk/tickets/{}/merge", merged.id), &[("into", &kept.label())]).await.ok();
        noor.post(&format!("/desk/tickets/{}/messages", kept.id), &answer).await.ok();
        let sent = last_letter(&app, kept.id).await;
        assert_eq!(sent.address, "ana.lima@lindenhof.example");
        assert_eq!(addresses(&sent.cc), ["bea@x.example", "chris@x.example", "gus@x.example"]);
        assert!(sent.subject.ends_with(&format!("[{}]", kept.label())) && sent.subject.matches('[').count() == 1);
    }

    async fn line_80_a_note_is_in_no_letter_no_quote_and_no_preview(db: Db, clock: Clock) {
        let app = house(db, clock);
        let router = app.router(crate::routes());
        let (ana, _) = app.person("Ana Lima", &[]).await;
        let (_, cookie) = app.person("Noor Haddad", &[Role::Agent]).await;
        let mut noor = Person::with_cookie(&router, &cookie);
        let ticket = opened(&app, ana).await;
        let id = ticket.id;
        let (voice, now) = (app.voice(), app.clock.now());
        app.db.write(move |tx| {
            let ticket = store::find(tx, id)?.unwrap();
            let request = Request { by_machine: true, ..says(ana, "SECRET of a program") };
            work::keep_machine(tx, &ticket, &request, now)?;
            let request = says(ana, "And since Monday.");
            work::write_by_mail(tx, &voice, ticket, &request, &Envelope::default(), false, now)
        }).await.unwrap();
        let messages = format!("/desk/tickets/{id}/messages");
        noor.post(&messages, &[("kind", "note"), ("text", "SECRET: she is difficult."), ("bcc", "eva@x.example")]).await.ok();
        assert_eq!(letters(&app, id).await.len(), 1, "a note goes to nobody");
        let answer = [("text", "Here is how."), ("seen", "9223372036854775807")];
        let preview = previewed(&noor.post(&format!("/desk/tickets/{id}/preview"), &answer).await.ok());
        assert!(preview.contains("And since Monday.") && !preview.contains("SECRET"), "{preview}");
        noor.post(&messages, &answer).await.ok();
        noor.post(&messages, &[("text", "Sorted?"), ("next", "resolved"), ("seen", "9223372036854775807")]).await.ok();
        let all = letters(&app, id).await;
        assert!(all.len() >= 3);
        for letter in all {
            let whole = format!("{} {} {}", letter.subject, letter.text, letter.html.unwrap_or_default());
            assert!(!whole.contains("SECRET") && !whole.contains("difficult"), "{whole}");
        }
        let note = [("kind", "note"), ("text", "SECRET again")];
        let preview = previewed(&noor.post(&format!("/desk/tickets/{id}/preview"), &note).await.ok());
        assert!(preview.contains("A note stays with the desk") && !preview.contains("SECRET"));
    }

    async fn line_39_many_names_make_no_accounts_and_at_most_forty_are_on_a_ticket(db: Db, clock: Clock) {
        let app = house(db, clock);
        let (ana, _) = app.person("Ana Lima", &[]).await;
        let (voice, now) = (app.voice(), app.clock.now());
        let (before, after, on_it) = app.db.write(move |tx| {
            let people = "SELECT COUNT(*) FROM people";
            let before: i64 = tx.one(people, &[], |row| row.read())?;
            let others: Vec<Mailbox> = (0..60).map(|n| mailbox("", &format!("p{n}@x.example"))).collect();
            let envelope = Envelope { to_us: None, others: &others };
            let ticket = work::open_by_mail(tx, &voice, &says(ana, "Hello all"), &envelope, now)?;
            let after: i64 = tx.one(people, &[], |row| row.read())?;
            Ok::<_, web::error::Error>((before, after, participants(tx, ticket.id)?.len()))
        }).await.unwrap();
        assert_eq!((before, on_it), (after, MOST));
    }

    async fn line_77_what_became_of_a_letter_stands_beneath_it(db: Db, clock: Clock) {
        let app = house(db, clock);
        let router = app.router(crate::routes());
        let (ana, _) = app.person("Ana Lima", &[]).await;
        let (_, cookie) = app.person("Noor Haddad", &[Role::Agent]).await;
        let mut noor = Person::with_cookie(&router, &cookie);
        let id = opened(&app, ana).await.id;
        let desk = format!("/desk/tickets/{id}");
        let page = noor.post(&format!("{desk}/messages"), &[("text", "Here."), ("seen", "9223372036854775807")]).await.ok();
        assert!(page.contains("on its way") && page.contains("every 3s"), "{page}");
        let letter = last_letter(&app, id).await.id;
        let now = app.clock.now();
        app.db.write(move |tx| {
            let refused = vec![outbox::Refused { address: "chris@x.example".to_owned(), said: "550 no such person".to_owned() }];
            let taken = outbox::Taken { said: "250 OK id=1wXyZ".to_owned(), refused, ..outbox::Taken::default() };
            outbox::taken(tx, letter, &taken, now)
        }).await.unwrap();
        let received = letters(&app, id).await[0].id;
        app.db.write(move |tx| outbox::sent(tx, received, now)).await.unwrap();
        let page = noor.get(&desk).await.ok();
        assert!(page.contains("chris@x.example did not get this: 550 no such person"), "{page}");
        assert!(page.contains("250 OK id=1wXyZ") && !page.contains("every 3s"), "{page}");
        app.db.write(move |tx| outbox::failed(tx, letter, "the mail server refused it: 550 gone")).await.unwrap();
        let page = noor.get(&desk).await.ok();
        assert!(page.contains("550 gone") && page.contains("not sent"), "{page}");
    }
}

#[test]
fn line_80_the_subject_has_one_re_and_the_number_once() {
    let about = |subject: &str| {
        let ticket = Ticket { subject: subject.to_owned(), ..blank() };
        crate::ticket::words::subject(&ticket)
    };
    for subject in
        ["Door", "Re: Door", "AW: re:  Re: Door", "Re: Door [D-7]", "[D-7] Re: Door", "Re:Re:Re: Door [D-7] [D-7]"]
    {
        assert_eq!(about(subject), "Re: Door [D-7]", "{subject}");
    }
    assert_eq!(about("Ré: Türe [D-8]"), "Re: Ré: Türe [D-8] [D-7]", "another's number is part of the subject");
}

fn blank() -> Ticket {
    Ticket {
        id: TicketId(1),
        number: 7,
        subject: String::new(),
        state: State::Open,
        person: PersonId(1),
        channel: Channel::Email,
        service: None,
        team: None,
        agent: None,
        needed_by: None,
        view_token: String::new(),
        reply_token: String::new(),
        last_words: String::new(),
        opened_at: Moment(0),
        changed_at: Moment(0),
        waiting_since: None,
        answered_at: None,
        resolved_at: None,
        closed_at: None,
        source: Source::Lived,
    }
}

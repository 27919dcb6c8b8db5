//! A ticket's life, as its people live it: through pages, on both engines.

use base::clock::{Clock, DAY, HOUR, Moment};
use base::db::Db;
use ledger::outbox;
use ledger::person::PersonId;
use ledger::touchpoint::{self, Channel, Source};
use testkit::person::Person;
use web::actor::Role;
use web::testing::TestApp;

use super::model::{Heard, State, Ticket, first_words, number_of};
use super::work::{self, By, Request};
use super::{TicketId, store};

fn house(db: Db, clock: Clock) -> TestApp {
    TestApp::new(db, clock, &[crate::TEXTS], crate::KINDS, crate::NAV)
}

fn asks(person: PersonId) -> Request<'static> {
    Request {
        person,
        channel: Channel::Email,
        subject: "VPN keeps dropping",
        text: "Every ten minutes, since Monday.",
        quoted: "",
        html: None,
        mail_id: Some("first@lindenhof.example"),
        service: None,
        needed_by: None,
        files: &[],
        extras: None,
        by_machine: false,
        source: Source::Lived,
    }
}

async fn opened(app: &TestApp, person: PersonId) -> Ticket {
    let (voice, now) = (app.voice(), app.clock.now());
    app.db.write(move |tx| work::open(tx, &voice, &asks(person), now)).await.unwrap()
}

async fn kinds_of(app: &TestApp, id: TicketId) -> Vec<String> {
    let past = app.db.read(move |tx| touchpoint::of_object(tx, "ticket", id.0, 100)).await.unwrap();
    past.into_iter().map(|touchpoint| touchpoint.kind).collect()
}

async fn letters_of(app: &TestApp, id: TicketId) -> Vec<outbox::Letter> {
    app.db.read(move |tx| outbox::of_object(tx, "ticket", id.0)).await.unwrap()
}

testkit::both_engines! {
    async fn a_visitor_asks_on_the_portal_and_nothing_typed_is_lost(db: Db, clock: Clock) {
        let app = house(db, clock);
        let router = app.router(crate::routes());
        let mut ana = Person::visits(&router);
        let half = [("name", "Ana Lima"), ("email", "ana@"), ("subject", "Printer <b>3</b>"), ("text", "")];
        let again = ana.post("/requests", &half).await.refused(422);
        assert!(again.contains("Printer &#60;b&#62;3&#60;/b&#62;") && again.contains("value=\"ana@\""));
        assert!(again.contains("not a whole mail address") && again.contains("Please fill this in"));

        let whole = [("name", "Ana Lima"), ("email", "Ana@Lindenhof.example"), ("subject", "Printer"), ("text", "Twice."), ("needed_by", "today")];
        let page = ana.post_files("/requests", &whole, &[("files", "..\\plan.pdf", b"%PDF-1"), ("files", "", b"")]).await.ok();
        assert!(page.contains("We have it") && page.contains("Twice.") && page.contains("plan.pdf"));
        let ticket = app.db.read(|tx| store::find_by_number(tx, 1001)).await.unwrap().expect("the first number");
        assert_eq!((ticket.state, ticket.channel), (State::New, Channel::Portal));
        assert_eq!(kinds_of(&app, ticket.id).await, ["ticket.opened"]);
        let letters = letters_of(&app, ticket.id).await;
        assert_eq!(letters.len(), 1);
        assert_eq!(letters[0].address, "ana@lindenhof.example");
        assert!(letters[0].text.contains(&ticket.view_token) && letters[0].automatic);
    }

    async fn a_search_shows_where_the_words_stand(db: Db, clock: Clock) {
        let app = house(db, clock);
        let router = app.router(crate::routes());
        let (ana, _) = app.person("Ana Lima", &[]).await;
        let (_, cookie) = app.person("Noor Haddad", &[Role::Agent]).await;
        let mut noor = Person::with_cookie(&router, &cookie);
        let (voice, now) = (app.voice(), app.clock.now());
        let hostile = Request { subject: "VPN <b>drops</b>", text: "It drops & drops.", ..asks(ana) };
        let hostile = app.db.write(move |tx| Ok::<_, web::error::Error>(work::open(tx, &voice, &hostile, now)?.id)).await.unwrap();
        let document = app.db.read(move |tx| store::document(tx, hostile)).await.unwrap();
        app.index.update(document.as_slice(), &[], "1").unwrap();

        let page = noor.get("/desk/search?q=drops").await.ok();
        assert!(page.contains("VPN &#60;b&#62;<mark>drops</mark>&#60;/b&#62;"), "{page}");
        assert!(page.contains("It <mark>drops</mark> &#38; <mark>drops</mark>."), "{page}");
        let none = noor.get("/desk/search?q=cathedral").await.ok();
        assert!(!none.contains("<mark>"));
    }

    async fn two_tickets_of_one_person_become_one(db: Db, clock: Clock) {
        let app = house(db, clock.clone());
        let router = app.router(crate::routes());
        let (ana, _) = app.person("Ana Lima", &[]).await;
        let (bob, _) = app.person("Bob Ortiz", &[]).await;
        let (_, cookie) = app.person("Noor Haddad", &[Role::Agent]).await;
        let mut noor = Person::with_cookie(&router, &cookie);
        let (kept, merged, other) = (opened(&app, ana).await, opened(&app, ana).await, opened(&app, bob).await);
        let merge = format!("/desk/tickets/{}/merge", merged.id);

        let page = noor.post(&merge, &[("into", "D-99999")]).await.refused(422);
        assert!(page.contains("There is no ticket with this number.") && page.contains("value=\"D-99999\""));
        let page = noor.post(&merge, &[("into", &merged.label())]).await.refused(422);
        assert!(page.contains("This is the ticket itself."));
        let page = noor.post(&merge, &[("into", &other.label())]).await.refused(422);
        assert!(page.contains("Somebody else asked in that one."));
        let page = noor.post(&merge, &[("into", &kept.number.to_string())]).await.ok();
        assert!(page.contains("The two are one now.") && page.matches("Every ten minutes").count() >= 2, "{page}");

        assert_eq!(kinds_of(&app, merged.id).await, ["ticket.opened", "ticket.merged"]);
        assert_eq!(kinds_of(&app, kept.id).await, ["ticket.opened", "ticket.took-in"]);
        let found = app.db.read(move |tx| {
            let by_number = store::find_by_number(tx, merged.number)?;
            let by_token = store::find_by_reply_token(tx, &merged.reply_token)?;
            let document = store::document(tx, merged.id)?;
            let sorted = store::list(tx, store::View::Sorted, 0, 10)?;
            let theirs = store::list_of_person(tx, ana, 10)?;
            Ok::<_, web::error::Error>((by_number, by_token, document, sorted.len(), theirs.len()))
        });
        let (by_number, by_token, document, sorted, theirs) = found.await.unwrap();
        assert_eq!((by_number.unwrap().id, by_token.unwrap().id), (kept.id, kept.id), "its number and letters lead on");
        assert_eq!((document, sorted, theirs), (None, 0, 1), "it stands in no list");
        let page = noor.get(&format!("/desk/tickets/{}", merged.id)).await.ok();
        assert!(page.contains(&kept.label()));
        let mut visitor = Person::visits(&router);
        let page = visitor.get(&format!("/requests/{}", merged.view_token)).await.ok();
        assert!(page.contains(&format!("/requests/{}", kept.view_token)));
    }

    async fn a_file_too_large_is_a_mistake_of_the_form(db: Db, clock: Clock) {
        let app = house(db, clock);
        let router = app.router(crate::routes());
        let (_, cookie) = app.person("Ana Lima", &[]).await;
        let mut ana = Person::with_cookie(&router, &cookie);
        let large = vec![0_u8; 1_000_001];
        let fields = [("subject", "Scan"), ("text", "Here it is.")];
        let page = ana.post_files("/requests", &fields, &[("files", "scan.tif", &large)]).await.refused(422);
        assert!(page.contains("A file is too large") && page.contains("Here it is."));
    }

    async fn from_question_to_confirmed(db: Db, clock: Clock) {
        let app = house(db, clock.clone());
        let router = app.router(crate::routes());
        let (ana, _) = app.person("Ana Lima", &[]).await;
        let (_, cookie) = app.person("Noor Haddad", &[Role::Agent]).await;
        let mut noor = Person::with_cookie(&router, &cookie);
        let ticket = opened(&app, ana).await;
        let desk = format!("/desk/tickets/{}", ticket.id);

        assert!(noor.get("/desk?view=nobodys").await.ok().contains("VPN keeps dropping"));
        let page = noor.get(&desk).await.ok();
        assert!(page.contains("Every ten minutes") && page.contains("ana.lima@lindenhof.example"));
        clock.advance(HOUR);
        let seen = app.db.read(move |tx| store::newest_from_person(tx, ticket.id)).await.unwrap().unwrap().to_string();
        assert!(noor.post(&format!("{desk}/messages"), &[("text", " "), ("seen", &seen)]).await.refused(422).contains("field-error"));
        let answer = [("text", "Please try the new profile."), ("seen", seen.as_str()), ("next", "resolved")];
        noor.post(&format!("{desk}/messages"), &answer).await.ok();
        noor.post(&format!("{desk}/messages"), &[("kind", "note"), ("text", "Old driver <i>again</i>")]).await.ok();

        let answered = app.db.read(move |tx| store::find(tx, ticket.id)).await.unwrap().unwrap();
        assert_eq!((answered.state, answered.answered_at), (State::Resolved, Some(Moment(ticket.opened_at.0 + HOUR))));
        let letter = letters_of(&app, ticket.id).await.pop().unwrap();
        assert!(letter.text.starts_with("Please try the new profile.") && letter.text.contains("Is it?") && !letter.automatic);
        assert_eq!((letter.in_reply_to.as_slice(), letter.reply_token.as_deref()), (&["first@lindenhof.example".to_owned()][..], Some(ticket.reply_token.as_str())));

        // A scanner opens the link: nothing happens. The person presses the button, twice: it is confirmed once.
        let view = format!("/requests/{}", ticket.view_token);
        let mut anybody = Person::visits(&router);
        let page = anybody.get(&view).await.ok();
        assert!(page.contains("Is it sorted for you?") && !page.contains("Old driver"), "notes are for the desk");
        for _ in 0..2 {
            anybody.post(&format!("{view}/confirmation"), &[("sorted", "yes")]).await.ok();
        }
        let expected = ["ticket.opened", "ticket.answered", "ticket.resolved", "ticket.noted", "ticket.confirmed"];
        assert_eq!(kinds_of(&app, ticket.id).await, expected);
    }

    async fn thanks_does_not_reopen_but_a_word_more_does(db: Db, clock: Clock) {
        let app = house(db, clock.clone());
        let (ana, _) = app.person("Ana Lima", &[]).await;
        let (noor, _) = app.person("Noor Haddad", &[Role::Agent]).await;
        let ticket = opened(&app, ana).await;
        let (voice, now) = (app.voice(), clock.now());
        let by = By { person: noor, name: "Noor Haddad", team: None };
        let heard = app.db.write(move |tx| {
            let open = store::find(tx, ticket.id)?.unwrap();
            let sorted = work::answer(tx, &voice, open, by, work::Answer { text: "Done.", files: &[], next: State::Resolved }, now)?;
            let (after_thanks, thanks) = work::write(tx, &voice, sorted, &asks(ana), true, now)?;
            let state = after_thanks.state;
            let (reopened, word) = work::write(tx, &voice, after_thanks, &asks(ana), false, now)?;
            Ok::<_, web::error::Error>((thanks, state, word, reopened.state))
        }).await.unwrap();
        assert_eq!(heard, (Heard::Thanked, State::Resolved, Heard::Reopened, State::Open));
    }

    async fn an_answer_that_was_overtaken_is_kept_and_not_sent(db: Db, clock: Clock) {
        let app = house(db, clock);
        let router = app.router(crate::routes());
        let (ana, _) = app.person("Ana Lima", &[]).await;
        let (_, cookie) = app.person("Noor Haddad", &[Role::Agent]).await;
        let mut noor = Person::with_cookie(&router, &cookie);
        let ticket = opened(&app, ana).await;
        let letters = letters_of(&app, ticket.id).await.len();
        let stale = [("text", "My long answer"), ("seen", "1"), ("next", "waiting-person")];
        let page = noor.post(&format!("/desk/tickets/{}/messages", ticket.id), &stale).await.refused(409);
        assert!(page.contains("wrote while you were writing") && page.contains("My long answer"));
        assert_eq!(letters_of(&app, ticket.id).await.len(), letters);
    }

    async fn doors_hold(db: Db, clock: Clock) {
        let app = house(db, clock);
        let router = app.router(crate::routes());
        let (ana, cookie) = app.person("Ana Lima", &[]).await;
        let ticket = opened(&app, ana).await;
        let mut ana = Person::with_cookie(&router, &cookie);
        for path in ["/desk".to_owned(), format!("/desk/tickets/{}", ticket.id), "/desk/live".to_owned(), "/desk/search?q=vpn".to_owned()] {
            ana.get(&path).await.refused(403);
            assert!(Person::visits(&router).get(&path).await.ok().contains("sign-in"), "{path} asks to sign in");
        }
        for path in ["/desk/tickets/nonsense", "/requests/unknown", "/requests/..%2f..", "/desk/tickets/99"] {
            let (_, cookie) = ("", cookie.as_str());
            let status = Person::with_cookie(&router, cookie).get(path).await.status.as_u16();
            assert!([400, 403, 404].contains(&status), "{path}: {status}");
        }
        assert!(ana.get("/requests").await.ok().contains("VPN keeps dropping"));
    }

    async fn it_closes_by_itself_after_a_week(db: Db, clock: Clock) {
        let app = house(db, clock.clone());
        let (ana, _) = app.person("Ana Lima", &[]).await;
        let (noor, _) = app.person("Noor Haddad", &[Role::Agent]).await;
        let ticket = opened(&app, ana).await;
        let (voice, now) = (app.voice(), clock.now());
        let by = By { person: noor, name: "Noor Haddad", team: None };
        app.db.write(move |tx| {
            let ticket = store::find(tx, ticket.id)?.unwrap();
            work::set_state(tx, &voice, ticket, by, State::Resolved, now)
        }).await.unwrap();
        for (days, state) in [(6, State::Resolved), (2, State::Closed)] {
            clock.advance(days * DAY);
            let now = clock.now();
            let after = app.db.write(move |tx| {
                for id in store::overdue(tx, now.plus(-7 * DAY), 10)? {
                    work::close(tx, id, now)?;
                }
                Ok::<_, web::error::Error>(store::find(tx, ticket.id)?.unwrap().state)
            }).await.unwrap();
            assert_eq!(after, state);
        }
    }
}

#[test]
fn a_number_is_found_however_it_is_written() {
    for text in ["D-1042", "d1042", " [D-1042] ", "D 1042", "D\u{2011}1042"] {
        assert_eq!(number_of(text), Some(1042), "{text:?}");
    }
    for text in ["1042", "D-", "D-12x", "Dear 12", "D-9999999999999"] {
        assert_eq!(number_of(text), None, "{text:?}");
    }
}

#[test]
fn a_list_shows_how_a_message_begins() {
    assert_eq!(first_words("  One\n\n two  "), "One two");
    assert!(first_words(&"word ".repeat(100)).chars().count() <= 142);
    assert!(first_words(&"x".repeat(10_000)).len() < 200);
}

use base::clock::{DAY, HOUR, MINUTE, Moment};
use base::db::{Error, Tx, params};
use base::text::{Catalogue, Texts};
use ledger::person::{self, NewPerson, Person, Relation};
use ledger::touchpoint::{self, Channel, Source, Touchpoint};
use web::Voice;

use super::super::work::{self, Request};
use super::super::{State, Ticket, TicketId, store};
use super::{Beginning, By, Past, insert, reserve};

fn someone(tx: &mut Tx, name: &str, now: Moment) -> Person {
    let new = NewPerson {
        name: name.to_owned(),
        relation: Relation::Internal,
        language: "en".to_owned(),
        email: None,
        attributes: Default::default(),
        simulated: true,
    };
    person::insert(tx, &new, now).unwrap()
}

fn beginning(tx: &mut Tx, person: &Person, at: Moment) -> Beginning {
    Beginning {
        reserved: reserve(tx, 1).unwrap()[0],
        person: person.id,
        channel: Channel::Email,
        subject: "The badge opens nothing".to_owned(),
        text: "Since Monday no door knows me.".to_owned(),
        service: Some("Badges".to_owned()),
        needed_by: None,
        source: Source::Simulated,
        at,
    }
}

/// What is left of a ticket but for ids, numbers and tokens.
fn left(tx: &mut Tx, id: TicketId) -> (Ticket, Vec<String>, Vec<String>) {
    let ticket = store::find(tx, id).unwrap().unwrap();
    let told = |touchpoint: Touchpoint| {
        let mut detail = touchpoint.detail.clone();
        if let Some(detail) = detail.as_object_mut() {
            detail.retain(|key, _| key != "number" && key != "view");
        }
        let Touchpoint { at, channel, kind, service, team, person, .. } = touchpoint;
        format!("{at} {channel} {kind} {service:?} {team:?} {person:?} {detail}")
    };
    let happened = touchpoint::of_object(tx, "ticket", id.0, 100).unwrap().into_iter().map(told).collect();
    let said = store::messages(tx, id, true, 100).unwrap();
    let said = said.iter().map(|m| format!("{} {:?} {} {} {}", m.at, m.author_id, m.author, m.channel, m.text));
    let said = said.collect();
    let anonymous = Ticket {
        id: TicketId(0),
        number: 0,
        view_token: String::new(),
        reply_token: String::new(),
        source: Source::Lived,
        ..ticket
    };
    (anonymous, happened, said)
}

testkit::both_engines! {
    fn a_ticket_of_the_past_is_as_if_it_had_been_lived_here(db: Db, clock: Clock) {
        let start = clock.now().plus(-60 * DAY);
        db.write_now(move |tx| {
            let at = |minutes: i64| start.plus(minutes * MINUTE);
            let voice = Voice::new(Catalogue::new(&[] as &[Texts]).unwrap(), "http://desk.example", "Desk");
            let (ana, ben, eva) = (someone(tx, "Ana", start), someone(tx, "Ben", start), someone(tx, "Eva", start));
            let team = Some("First line");

            let first = beginning(tx, &ana, at(0));
            let request = |text: &'static str| Request {
                person: ana.id,
                channel: Channel::Email,
                subject: "The badge opens nothing",
                text,
                quoted: "",
                html: None,
                mail_id: None,
                service: Some("Badges"),
                needed_by: None,
                files: &[],
                extras: None,
                by_machine: false,
                source: Source::Lived,
            };
            let (by_ben, by_eva) = (work::By { person: ben.id, name: "Ben", team }, work::By { person: eva.id, name: "Eva", team });
            let mut lived = work::open(tx, &voice, &request("Since Monday no door knows me."), at(0)).unwrap();
            lived = work::assign(tx, lived, by_ben, Some((ben.id, Some("First line".to_owned()))), at(5)).unwrap();
            lived = work::answer(tx, &voice, lived, by_ben, work::Answer { text: "Which door?", files: &[], next: State::WaitingPerson }, at(9)).unwrap();
            lived = work::write(tx, &voice, lived, &request("The green one."), false, at(20)).unwrap().0;
            work::note(tx, &lived, by_ben, "Eva has the keys.", &[], at(21)).unwrap();
            lived = work::assign(tx, lived, by_ben, Some((eva.id, Some("Workplace".to_owned()))), at(22)).unwrap();
            lived = work::set_state(tx, &voice, lived, by_eva, State::WaitingOthers, at(30)).unwrap();
            lived = work::set_state(tx, &voice, lived, by_eva, State::Open, at(90)).unwrap();
            lived = work::answer(tx, &voice, lived, by_eva, work::Answer { text: "It knows you again.", files: &[], next: State::Resolved }, at(91)).unwrap();
            lived = work::write(tx, &voice, lived, &request("It does not."), false, at(95)).unwrap().0;
            lived = work::answer(tx, &voice, lived, by_eva, work::Answer { text: "Now it does.", files: &[], next: State::Resolved }, at(120)).unwrap();
            lived = work::write(tx, &voice, lived, &request("Thanks!"), true, at(125)).unwrap().0;
            lived = work::confirm(tx, lived, at(126)).unwrap();

            let (ben, eva) = (By { person: ben.id, team }, By { person: eva.id, team });
            let mut past = Past::open(first);
            past.assign(ben, ben, at(5));
            past.answer(ben, Channel::Email, "Which door?".to_owned(), State::WaitingPerson, at(9));
            past.write(Channel::Email, "The green one.".to_owned(), false, at(20));
            past.set_state(State::Open, at(20));
            past.note(ben, "Eva has the keys.".to_owned(), at(21));
            past.assign(ben, By { team: Some("Workplace"), ..eva }, at(22));
            past.set_state(State::WaitingOthers, at(30));
            past.set_state(State::Open, at(90));
            past.answer(eva, Channel::Email, "It knows you again.".to_owned(), State::Resolved, at(91));
            past.write(Channel::Email, "It does not.".to_owned(), false, at(95));
            past.answer(eva, Channel::Email, "Now it does.".to_owned(), State::Resolved, at(120));
            past.write(Channel::Email, "Thanks!".to_owned(), true, at(125));
            past.confirm(at(126));
            let drafts: Vec<_> = past.take_happened().into_iter().map(|(_, draft)| (draft, Some(ana.version))).collect();
            insert(tx, std::slice::from_ref(&past))?;
            touchpoint::record_many(tx, &drafts)?;

            let (mut expected, mut happened, said) = left(tx, lived.id);
            // In life the team of who set it aside is that of the agent; in bulk it is the ticket's.
            for line in &mut happened {
                if line.contains("ticket.paused") || line.contains("ticket.resumed") {
                    *line = line.replace("First line", "Workplace");
                }
            }
            expected.source = Source::Lived;
            let (found, found_happened, found_said) = left(tx, past.ticket().id);
            assert_eq!(found, expected);
            assert_eq!(found_happened, happened);
            assert_eq!(found_said, said);
            Ok::<_, Error>(())
        })
        .unwrap();
    }

    fn numbers_go_on_where_they_were(db: Db, clock: Clock) {
        let now = clock.now();
        db.write_now(move |tx| {
            let ana = someone(tx, "Ana", now);
            let before = tx.next_number("ticket")?;
            let reserved = reserve(tx, 500)?;
            assert!(reserve(tx, 0)?.is_empty());
            assert!(reserved.windows(2).all(|pair| pair[0].0 < pair[1].0 && pair[0].1 + 1 == pair[1].1));
            assert_eq!(reserved[0].1, before + 1);
            let mut all = Vec::new();
            for (index, reserved) in reserved.into_iter().enumerate() {
                let at = now.plus(-30 * DAY + index as i64 * HOUR);
                let mut past = Past::open(Beginning { reserved, ..beginning(tx, &ana, at) }).tag("outage").tag("outage");
                if index % 2 == 0 {
                    past.set_state(State::Resolved, at.plus(HOUR));
                    past.close(at.plus(5 * DAY));
                } else {
                    past.close(at);
                }
                all.push(past);
            }
            insert(tx, &all)?;
            let count = |tx: &mut Tx, sql: &str| tx.one(sql, params![], |row| row.read::<i64>());
            assert_eq!(count(tx, "SELECT COUNT(*) FROM tickets WHERE state = 'closed' AND is_open = 0")?, 250);
            assert_eq!(count(tx, "SELECT COUNT(*) FROM tickets WHERE state = 'new' AND is_open = 1")?, 250);
            assert_eq!(count(tx, "SELECT COUNT(*) FROM ticket_messages")?, 500);
            assert_eq!(count(tx, "SELECT COUNT(*) FROM ticket_tags")?, 500);
            let highest = count(tx, "SELECT MAX(number) FROM tickets")?;
            // Each beginning of these took a number too, which then stayed unused.
            assert!(tx.next_number("ticket")? > highest);
            Ok::<_, Error>(())
        })
        .unwrap();
    }
}

//! Asking, answering, and not being asked: as stories, on both engines.
#![allow(clippy::unwrap_used, reason = "a test ends where something is missing")]

use askama::Template;
use axum::http::StatusCode;
use base::clock::{DAY, Moment};
use base::db::{Tx, params};
use ledger::outbox;
use ledger::person::{PersonId, mark_failing};
use ledger::touchpoint::{self, Channel, Draft, Initiator, Kind, Source, Stage, Touchpoint};
use serde_json::json;
use web::form::{Errors, Input};

use super::model::{Answers, FirstChoice, Lost, Survey, Word, is_drawn, reads_best_first};
use super::offer::{Offer, Settings, offer};
use super::pages::{Asked, Panel, Show};
use super::store::{self, Response};
use super::{Outcome, PastSurvey, SurveyId, Withheld, import};
use crate::house::{House, pages, person, staff, voice};

const ALL: Settings = Settings { sample_share: 1.0, cooldown_days: 30, k: 5, pulse_weeks: 0 };

static CONFIRMED: Kind = Kind::new("ticket.confirmed", Stage::Use);

/// The touchpoint that a ticket of this person was confirmed.
fn confirmed(tx: &mut Tx, person: PersonId, ticket: i64, change: impl Fn(Draft) -> Draft, now: Moment) -> Touchpoint {
    let detail = json!({ "took": 1, "subject": "VPN drops", "view": format!("view{ticket}") });
    let draft = Draft::of(&CONFIRMED, now, Channel::Portal).person(person).object("ticket", ticket).detail(detail);
    touchpoint::record(tx, change(draft)).unwrap();
    touchpoint::of_object(tx, "ticket", ticket, 100).unwrap().pop().unwrap()
}

fn kinds_of(tx: &mut Tx, ticket: i64) -> Vec<String> {
    touchpoint::of_object(tx, "ticket", ticket, 100).unwrap().into_iter().skip(1).map(|found| found.kind).collect()
}

fn token_of(tx: &mut Tx, ticket: i64) -> String {
    tx.one("SELECT token FROM surveys WHERE object_id = $1", params![ticket], |row| row.read()).unwrap()
}

testkit::both_engines! {
    fn somebody_is_asked_once_by_one_letter(db: Db, clock: Clock) {
        let now = clock.now();
        db.write_now(move |tx| {
            staff(tx, "Noor", "agent", now);
            let ana = person(tx, "Ana", "ana@x.example", now);
            let seen = confirmed(tx, ana, 7, |draft| draft, now);
            assert_eq!(offer(tx, &voice(), &seen, &ALL, now).unwrap(), Offer::Invited);
            assert_eq!(offer(tx, &voice(), &seen, &ALL, now).unwrap(), Offer::Passed);
            assert_eq!(kinds_of(tx, 7), ["survey.invited"]);
            let letters = outbox::of_object(tx, "ticket", 7).unwrap();
            assert_eq!(letters.len(), 1);
            let (letter, token) = (&letters[0], token_of(tx, 7));
            assert_eq!(letter.occasion, "survey:ticket:7");
            assert!(letter.text.contains(&format!("https://desk.example/surveys/{token}")), "{}", letter.text);
            assert!(letter.text.contains("the one person who follows up"), "{}", letter.text);
            Ok::<_, base::db::Error>(())
        })
        .unwrap();
    }

    fn whoever_is_not_asked_is_recorded_with_the_reason(db: Db, clock: Clock) {
        let now = clock.now();
        db.write_now(move |tx| {
            let ask = |tx: &mut Tx, who: PersonId, ticket: i64, settings: &Settings, by: Initiator, at: Moment| {
                let seen = confirmed(tx, who, ticket, |draft| draft.initiator(by), at);
                offer(tx, &voice(), &seen, settings, at).unwrap()
            };
            let ana = person(tx, "Ana", "ana@x.example", now);
            let mute = person(tx, "Mute", "", now);
            let gone = person(tx, "Gone", "gone@x.example", now);
            mark_failing(tx, "gone@x.example", now).unwrap();
            let shy = person(tx, "Shy", "shy@x.example", now);
            store::refuse(tx, shy, now).unwrap();
            let none = Settings { sample_share: 0.0, ..ALL };
            let by = Initiator::Person;
            assert_eq!(ask(tx, ana, 1, &ALL, Initiator::Machine, now), Offer::Withheld(Withheld::Machine));
            assert_eq!(ask(tx, ana, 2, &none, by, now), Offer::Withheld(Withheld::SampledOut));
            assert_eq!(ask(tx, mute, 3, &ALL, by, now), Offer::Withheld(Withheld::NoAddress));
            assert_eq!(ask(tx, gone, 4, &ALL, by, now), Offer::Withheld(Withheld::NoAddress));
            assert_eq!(ask(tx, shy, 5, &ALL, by, now), Offer::Withheld(Withheld::OptedOut));
            assert_eq!(ask(tx, ana, 6, &ALL, by, now), Offer::Invited);
            assert_eq!(ask(tx, ana, 7, &ALL, by, now.plus(29 * DAY)), Offer::Withheld(Withheld::CoolDown));
            assert_eq!(ask(tx, ana, 8, &ALL, by, now.plus(31 * DAY)), Offer::Invited);
            // Her second record, merged with the first, is the same person.
            let again = person(tx, "Ana S", "ana.s@x.example", now);
            ledger::person::merge(tx, ana, again, None, now).unwrap();
            assert_eq!(ask(tx, again, 9, &ALL, by, now.plus(32 * DAY)), Offer::Withheld(Withheld::CoolDown));
            let reason = touchpoint::of_object(tx, "ticket", 2, 9).unwrap().pop().unwrap();
            assert_eq!(reason.kind, "survey.withheld");
            assert_eq!(reason.detail["reason"], "sampled-out");
            assert!(!reason.visible);
            let seen = confirmed(tx, ana, 10, |draft| draft.source(Source::Simulated), now);
            assert_eq!(offer(tx, &voice(), &seen, &ALL, now).unwrap(), Offer::Passed);
            assert_eq!(kinds_of(tx, 10), [""; 0]);
            Ok::<_, base::db::Error>(())
        })
        .unwrap();
    }

    async fn a_person_answers_in_two_taps_adds_a_word_and_is_recorded_once(db: Db, clock: Clock) {
        let house = House::new(db.clone(), clock.clone());
        let now = clock.now();
        let (ana, token) = db
            .write(move |tx| {
                let ana = person(tx, "Ana", "ana@x.example", now);
                let seen = confirmed(tx, ana, 7, |draft| draft, now);
                offer(tx, &voice(), &seen, &ALL, now)?;
                Ok::<_, base::db::Error>((ana, token_of(tx, 7)))
            })
            .await
            .unwrap();
        let path = format!("/surveys/{token}");
        // A scanner opens everything; a person then sees the question.
        let page = house.get(&path, "").await;
        assert_eq!(page.status, StatusCode::OK);
        assert!(page.body.contains("VPN drops") && page.body.contains("groups of 5"), "{}", page.body);
        let panel = house.get("/surveys/panel?ticket=view7", "").await;
        assert!(panel.body.contains(&path) && panel.body.contains("part"), "{}", panel.body);
        assert_eq!(house.get("/surveys/panel?ticket=other", "").await.body, "");
        assert_eq!(house.get("/surveys/panel", "").await.body, "");
        assert_eq!(db.read(store::count_responses).await.unwrap(), 0);

        // Nothing at all, and nonsense, are shown again with what was typed.
        let empty = house.post(&path, "", "comment=").await;
        assert_eq!(empty.status, StatusCode::UNPROCESSABLE_ENTITY);
        let hostile = "satisfaction=6&emotion=-1&effort=%00&word=%3Cscript%3E&lost=soon&comment=%3Cb%3Ekeep+me";
        let wrong = house.post(&path, "", hostile).await;
        assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(wrong.body.contains("&#60;b&#62;keep me") && !wrong.body.contains("<script>"), "{}", wrong.body);
        let long = format!("satisfaction=1&comment={}", "x".repeat(4_001));
        assert_eq!(house.post(&path, "", long).await.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert_eq!(db.read(store::count_responses).await.unwrap(), 0);

        // Two taps from the panel; sent twice.
        for _ in 0..2 {
            let sent = house.post(&path, "", "part=short&satisfaction=2&emotion=1").await;
            assert_eq!((sent.status, sent.location.as_str()), (StatusCode::SEE_OTHER, path.as_str()));
        }
        // Then the rest; then the panel's form again, which leaves the rest as it is.
        let rest = "satisfaction=2&emotion=1&effort=3&word=ignored&lost=hours&first=colleague&comment=Say+when&may_contact=yes";
        house.post(&path, "", rest).await;
        house.post(&path, "", "part=short&satisfaction=3").await;
        let kept = db
            .read(move |tx| {
                let survey = store::find_by_token(tx, &token)?.unwrap();
                assert_eq!(kinds_of(tx, 7), ["survey.invited", "survey.answered", "survey.amended", "survey.amended"]);
                let last = touchpoint::of_object(tx, "ticket", 7, 9)?.pop().unwrap();
                assert_eq!((&last.detail["lost"], &last.detail["first"]), (&json!(3), &json!(3)));
                assert_eq!(last.detail["items"]["effort"], 1);
                assert_eq!(last.detail["word"], "ignored");
                let felt = tx.one("SELECT felt FROM people WHERE id = $1", params![ana], |row| row.read::<i64>())?;
                assert_eq!(felt, 1);
                Ok::<_, base::db::Error>(store::find_response(tx, survey.id)?.unwrap().answers)
            })
            .await
            .unwrap();
        let expected = Answers {
            satisfaction: Some(3),
            effort: Some(3),
            emotion: Some(1),
            word: Some(Word::Ignored),
            lost: Some(Lost::Hours),
            first: Some(FirstChoice::Colleague),
            comment: "Say when".to_owned(),
            may_contact: true,
        };
        assert_eq!(kept, expected);
        let thanks = house.get(&path, "").await;
        let until = house.app.catalogue.words(Default::default()).date(now.plus(14 * DAY).0, &house.app.site.zone);
        assert!(thanks.body.contains("Say when") && thanks.body.contains(&until), "{until} {}", thanks.body);
        assert!(house.get("/surveys/panel?ticket=view7", "").await.body.contains("Thank you"));

        // After a fortnight it stays as it is.
        clock.advance(15 * DAY);
        assert_eq!(house.post(&path, "", "satisfaction=5").await.status, StatusCode::CONFLICT);
        assert!(house.get(&path, "").await.body.contains("closed"));
        assert_eq!(house.get("/surveys/panel?ticket=view7", "").await.body, "");
        assert_eq!(house.get("/surveys/nobody", "").await.status, StatusCode::NOT_FOUND);
        assert_eq!(house.post("/surveys/nobody", "", "satisfaction=5").await.status, StatusCode::NOT_FOUND);
    }

    async fn somebody_puts_it_aside_and_another_for_ever(db: Db, clock: Clock) {
        let house = House::new(db.clone(), clock.clone());
        let now = clock.now();
        let tokens = db
            .write(move |tx| {
                let mut tokens = Vec::new();
                for (ticket, name) in [(1, "ana"), (2, "bo")] {
                    let who = person(tx, name, &format!("{name}@x.example"), now);
                    let seen = confirmed(tx, who, ticket, |draft| draft, now);
                    offer(tx, &voice(), &seen, &ALL, now)?;
                    tokens.push(token_of(tx, ticket));
                }
                Ok::<_, base::db::Error>(tokens)
            })
            .await
            .unwrap();
        for _ in 0..2 {
            let sent = house.post(&format!("/surveys/{}/dismissal", tokens[0]), "", "").await;
            assert_eq!(sent.location, "/requests/view1");
            house.post(&format!("/surveys/{}/dismissal", tokens[1]), "", "forever=yes").await;
        }
        assert_eq!(house.get("/surveys/panel?ticket=view1", "").await.body, "");
        let later = now.plus(90 * DAY);
        db.write(move |tx| {
            assert_eq!(kinds_of(tx, 1), ["survey.invited", "survey.dismissed"]);
            assert_eq!(kinds_of(tx, 2), ["survey.invited", "survey.dismissed"]);
            for (ticket, expected) in [(1, Offer::Invited), (2, Offer::Withheld(Withheld::OptedOut))] {
                let who = touchpoint::of_object(tx, "ticket", ticket, 1)?[0].person.unwrap();
                let seen = confirmed(tx, who, ticket + 10, |draft| draft, later);
                assert_eq!(offer(tx, &voice(), &seen, &ALL, later)?, expected);
            }
            Ok::<_, base::db::Error>(())
        })
        .await
        .unwrap();
    }

    fn the_past_is_written_in_bulk_without_a_letter(db: Db, clock: Clock) {
        let now = clock.now();
        db.write_now(move |tx| {
            let ana = person(tx, "Ana", "ana@x.example", now);
            let past = |ticket: i64, outcome: Outcome| PastSurvey {
                person: ana,
                version: Some(1),
                object: ("ticket", ticket),
                subject: "VPN".to_owned(),
                service: Some("Network".to_owned()),
                view_token: None,
                share: 0.75,
                at: now.plus(ticket),
                outcome,
            };
            let answers = Answers { satisfaction: Some(4), emotion: Some(5), ..Answers::default() };
            let all = [
                past(1, Outcome::Withheld(Withheld::Outage)),
                past(2, Outcome::Asked(None)),
                past(3, Outcome::Asked(Some((now.plus(DAY), answers)))),
            ];
            assert_eq!(import(tx, &all, Source::Simulated)?.len(), 3);
            assert_eq!(store::count_responses(tx)?, 1);
            assert!(outbox::of_object(tx, "ticket", 3)?.is_empty());
            let seen = touchpoint::of_object(tx, "ticket", 3, 9)?;
            assert_eq!(seen[1].kind, "survey.answered");
            assert_eq!((seen[1].source, seen[1].person_version), (Source::Simulated, 1));
            assert_eq!(tx.one("SELECT felt FROM people WHERE id = $1", params![ana], |row| row.read::<i64>())?, 5);
            Ok::<_, base::db::Error>(())
        })
        .unwrap();
    }
}

fn sample(answers: Option<Answers>) -> Asked {
    let survey = Survey {
        id: SurveyId(1),
        object: ("ticket".to_owned(), 7),
        person: PersonId(2),
        subject: "VPN & \"tunnel\"".to_owned(),
        service: None,
        view_token: Some("view7".to_owned()),
        token: "token7".to_owned(),
        withheld: None,
        share: 1.0,
        best_first: true,
        decided_at: testkit::database::START,
        dismissed_at: None,
        source: Source::Lived,
    };
    let response = answers.map(|answers| Response { answers, answered_at: testkit::database::START });
    Asked { survey, response, readers: 0, k: 5 }
}

#[test]
fn every_page_can_be_drawn_in_every_language() {
    for page in pages() {
        for answers in [None, Some(Answers { comment: "<b>".to_owned(), ..Answers::default() })] {
            for is_open in [true, false] {
                let asked = sample(answers.clone());
                let (page, mut errors) = (page.clone(), Errors::default());
                errors.add("satisfaction", "survey-nothing");
                let html = Show { page, asked, is_open, input: Input::default(), errors }.render().unwrap();
                assert!(html.contains("VPN &#38; &#34;tunnel"), "{html}");
            }
            assert!(Panel { page: page.clone(), asked: sample(answers) }.render().unwrap().contains("/surveys/token7"));
        }
    }
}

#[test]
fn where_one_would_go_first_is_asked_now_and_then_with_the_desk_among_the_choices() {
    for page in pages() {
        for id in 1..20 {
            let mut asked = sample(None);
            asked.survey.id = SurveyId(id);
            let is_asked = asked.survey.asks_first_choice();
            let (page, errors) = (page.clone(), Errors::default());
            let html = Show { page, asked, is_open: true, input: Input::default(), errors }.render().unwrap();
            assert_eq!(html.matches("name=\"first\"").count(), if is_asked { 5 } else { 0 }, "{html}");
        }
    }
}

#[test]
fn what_looks_like_chance_is_even_and_stays() {
    let people = || (0..4_000).map(PersonId);
    let first = people().filter(|person| reads_best_first(*person)).count();
    assert!((1_800..2_200).contains(&first), "{first} of 4,000 read the best answer first");
    let drawn = people().filter(|person| is_drawn(*person, ("ticket", 1), 0.3)).count();
    assert!((1_080..1_320).contains(&drawn), "{drawn} of 4,000 were drawn, not 30%");
    let asked = |id: i64| Survey { id: SurveyId(id), ..sample(None).survey }.asks_first_choice();
    let asking = (0..4_000).filter(|id| asked(*id)).count();
    assert!((900..1_100).contains(&asking), "{asking} of 4,000 ask where one would go first, not a quarter");
    assert!(people().all(|person| is_drawn(person, ("ticket", 1), 1.0) && !is_drawn(person, ("ticket", 1), 0.0)));
}

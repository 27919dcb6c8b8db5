//! Turns, answers and not being asked: as stories, on both engines.

use axum::http::StatusCode;
use base::clock::{DAY, HOUR, Moment};
use base::db::{Db, Tx, params};
use jiff::tz::TimeZone;
use ledger::outbox;
use ledger::person::{PersonId, merge};
use ledger::touchpoint::{self, Channel, Draft, Kind, Source, Stage, Touchpoint};

use super::ask::{Round, Rounds, ask, day_of, decide};
use super::panel::number;
use super::*;
use crate::house::{House, pages, person, staff, voice};
use crate::survey::offer::{Offer, offer};
use crate::survey::{FirstChoice, Settings, Withheld, store as surveys};

const SETTINGS: Settings = Settings { sample_share: 1.0, cooldown_days: 30, k: 5, pulse_weeks: 12 };

static CONFIRMED: Kind = Kind::new("ticket.confirmed", Stage::Use);

fn panel() -> Panel {
    Panel::of(12).unwrap()
}

fn round() -> Round {
    Round { settings: SETTINGS, zone: TimeZone::UTC, simulated: false }
}

/// Nine in the morning of the person's next turn after `now`, and a bit.
fn turn_after(who: PersonId, now: Moment) -> Moment {
    let today = day_of(now, &TimeZone::UTC);
    let days = number(panel().next_turn(who, today)) - number(today);
    let midnight = now.0 - now.0.rem_euclid(DAY);
    Moment(midnight).plus(days * DAY + 9 * HOUR + HOUR / 2)
}

/// The kinds of what happened to a person, oldest first.
fn lived(tx: &mut Tx, who: PersonId) -> Vec<String> {
    let sql = "SELECT kind FROM touchpoints WHERE person_id = $1 ORDER BY at, id";
    tx.query(sql, params![who], |row| row.read()).unwrap()
}

fn confirmed(tx: &mut Tx, who: PersonId, ticket: i64, now: Moment) -> Touchpoint {
    let draft = Draft::of(&CONFIRMED, now, Channel::Portal).person(who).object("ticket", ticket);
    touchpoint::record(tx, draft).unwrap();
    touchpoint::of_object(tx, "ticket", ticket, 10).unwrap().pop().unwrap()
}

fn token_of(tx: &mut Tx, who: PersonId) -> String {
    let sql =
        "SELECT token FROM surveys WHERE person_id = $1 AND object_type = 'pulse' ORDER BY decided_at DESC LIMIT 1";
    tx.one(sql, params![who], |row| row.read()).unwrap()
}

/// Ana, and the token of the question that she was asked now.
async fn ana_is_asked(db: &Db, now: Moment) -> (PersonId, String) {
    let asked = db.write(move |tx| {
        let ana = person(tx, "Ana", "ana@x.example", now);
        decide(tx, &voice(), ana, panel(), &SETTINGS, now)?;
        Ok::<_, base::db::Error>((ana, token_of(tx, ana)))
    });
    asked.await.unwrap()
}

async fn asked_on(db: &Db, now: Moment) {
    ask(db, &voice(), &round(), &mut Rounds::default(), now).await.unwrap();
}

testkit::both_engines! {
    async fn each_is_asked_once_in_a_cycle_by_one_letter_whatever_runs_again(db: Db, clock: Clock) {
        let now = clock.now();
        let ana = db.write(move |tx| {
            // Of the desk, of another company: nobody's turn.
            staff(tx, "Noor", "agent", now);
            let guest = person(tx, "Guest", "guest@y.example", now);
            tx.execute("UPDATE people SET relation = 'external' WHERE id = $1", params![guest])?;
            Ok::<_, base::db::Error>(person(tx, "Ana", "ana@x.example", now))
        }).await.unwrap();
        let turn = turn_after(ana, now);
        let before = turn.plus(-HOUR);
        // Before nine it is the day before; after a week it is too late.
        for at in [before, turn, turn.plus(HOUR), turn.plus(6 * DAY), turn.plus(40 * DAY)] {
            asked_on(&db, at).await;
        }
        let (kinds, letters, all) = db.read(move |tx| {
            let token = token_of(tx, ana);
            let survey = surveys::find_by_token(tx, &token)?.unwrap();
            let letters = outbox::of_object(tx, PULSE, survey.id.0)?;
            let all: i64 = tx.one("SELECT COUNT(*) FROM surveys", &[], |row| row.read())?;
            Ok::<_, base::db::Error>((lived(tx, ana), letters, all))
        }).await.unwrap();
        assert_eq!((kinds.as_slice(), all, letters.len()), (["pulse.invited".to_owned()].as_slice(), 1, 1));
        let token = db.read(move |tx| Ok::<_, base::db::Error>(token_of(tx, ana))).await.unwrap();
        assert!(letters[0].text.contains(&format!("https://desk.example/pulse/{token}")), "{}", letters[0].text);
        assert!(letters[0].text.contains("the one person who follows up"), "{}", letters[0].text);
        // The next cycle is another turn, and one that was missed is made up for within a week.
        asked_on(&db, turn.plus((84 + 6) * DAY)).await;
        asked_on(&db, turn.plus(2 * 84 * DAY)).await;
        asked_on(&db, turn.plus((3 * 84 + 7) * DAY)).await;
        let kinds = db.read(move |tx| Ok::<_, base::db::Error>(lived(tx, ana))).await.unwrap();
        assert_eq!(kinds, ["pulse.invited"; 3]);
    }

    fn a_reason_not_to_ask_is_recorded_once_a_cycle(db: Db, clock: Clock) {
        let now = clock.now();
        db.write_now(move |tx| {
            let mute = person(tx, "Mute", "", now);
            let shy = person(tx, "Shy", "shy@x.example", now);
            surveys::refuse(tx, shy, now)?;
            for who in [mute, shy] {
                decide(tx, &voice(), who, panel(), &SETTINGS, now)?;
                decide(tx, &voice(), who, panel(), &SETTINGS, now.plus(3 * DAY))?;
                assert_eq!(lived(tx, who), ["pulse.withheld"]);
                decide(tx, &voice(), who, panel(), &SETTINGS, now.plus(84 * DAY))?;
                assert_eq!(lived(tx, who), ["pulse.withheld"; 2]);
            }
            let sql = "SELECT withheld FROM surveys WHERE person_id = $1 LIMIT 1";
            let why = |tx: &mut Tx, who: PersonId| tx.one(sql, params![who], |row| row.read::<Option<Withheld>>());
            assert_eq!((why(tx, mute)?, why(tx, shy)?), (Some(Withheld::NoAddress), Some(Withheld::OptedOut)));
            Ok::<_, base::db::Error>(())
        }).unwrap();
    }

    fn a_survey_waits_for_a_pulse_and_not_the_other_way_round(db: Db, clock: Clock) {
        let now = clock.now();
        db.write_now(move |tx| {
            let ana = person(tx, "Ana", "ana@x.example", now);
            let turn = turn_after(ana, now);
            let offered = |tx: &mut Tx, who: PersonId, ticket: i64, at: Moment| {
                let seen = confirmed(tx, who, ticket, at);
                offer(tx, &voice(), &seen, &SETTINGS, at)
            };
            assert_eq!(offered(tx, ana, 1, turn.plus(-29 * DAY))?, Offer::Withheld(Withheld::PulseDue));
            decide(tx, &voice(), ana, panel(), &SETTINGS, turn)?;
            assert_eq!(lived(tx, ana).last().unwrap(), "pulse.invited");
            assert_eq!(offered(tx, ana, 2, turn.plus(20 * DAY))?, Offer::Withheld(Withheld::CoolDown));
            assert_eq!(offered(tx, ana, 3, turn.plus(32 * DAY))?, Offer::Invited);
            // Her second record is the same person: it has no turn of its own, and none is asked twice.
            let again = person(tx, "Ana S", "ana.s@x.example", now);
            merge(tx, ana, again, None, now)?;
            assert_eq!(store::staff(tx, PersonId(0), false, 10)?, [ana]);
            decide(tx, &voice(), again, panel(), &SETTINGS, turn.plus(DAY))?;
            assert_eq!(lived(tx, again), [""; 0]);
            // Whoever was surveyed just before pulses were set up sits out one turn.
            let ben = person(tx, "Ben", "ben@x.example", now);
            let off = Settings { pulse_weeks: 0, ..SETTINGS };
            let seen = confirmed(tx, ben, 9, now);
            assert_eq!(offer(tx, &voice(), &seen, &off, now)?, Offer::Invited);
            decide(tx, &voice(), ben, panel(), &SETTINGS, now.plus(DAY))?;
            assert_eq!(lived(tx, ben).last().unwrap(), "pulse.withheld");
            Ok::<_, base::db::Error>(())
        }).unwrap();
    }

    async fn a_person_answers_changes_it_and_is_recorded(db: Db, clock: Clock) {
        let house = House::new(db.clone(), clock.clone());
        let now = clock.now();
        let (ana, token) = ana_is_asked(&db, now).await;
        let page = format!("/pulse/{token}");
        let seen = house.get(&page, "").await;
        assert_eq!(seen.status, StatusCode::OK);
        assert!(seen.body.contains("In the last two weeks") && seen.body.contains("groups of 5"), "{}", seen.body);
        // It is no survey about a thing.
        assert_eq!(house.get(&format!("/surveys/{token}"), "").await.status, StatusCode::NOT_FOUND);
        let wrong = house.post(&page, "", "trouble=yes&went=moon").await;
        assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(wrong.body.contains(r#"value="yes" checked"#), "what was chosen stays: {}", wrong.body);
        for form in ["trouble=yes&went=colleague&reported=no"; 2] {
            let done = house.post(&page, "", form).await;
            assert_eq!((done.status, done.location.as_str()), (StatusCode::SEE_OTHER, page.as_str()));
        }
        assert!(house.get(&page, "").await.body.contains("We have your answer"));
        house.post(&page, "", "trouble=no").await;
        let all = db.read(move |tx| {
            let sql = "SELECT kind, detail FROM touchpoints WHERE person_id = $1 ORDER BY id";
            let read = |row: &base::db::Row| Ok((row.read::<String>()?, row.read::<String>()?));
            tx.query(sql, params![ana], read)
        }).await.unwrap();
        let kinds: Vec<&str> = all.iter().map(|(kind, _)| kind.as_str()).collect();
        assert_eq!(kinds, ["pulse.invited", "pulse.answered", "pulse.amended"]);
        for part in [r#""trouble":1"#, r#""went":3"#, r#""reported":0"#] {
            assert!(all[1].1.contains(part), "{}", all[1].1);
        }
        assert!(all[2].1.contains(r#""trouble":0"#) && !all[2].1.contains("went"), "{}", all[2].1);
        clock.advance(15 * DAY);
        assert_eq!(house.post(&page, "", "trouble=yes").await.status, StatusCode::CONFLICT);
        assert!(house.get(&page, "").await.body.contains("This question is closed"));
    }

    async fn the_portal_shows_the_way_to_a_question_that_waits(db: Db, clock: Clock) {
        let house = House::new(db.clone(), clock.clone());
        let now = clock.now();
        let (ana, token) = ana_is_asked(&db, now).await;
        let cookie = house.sign_in(ana).await;
        assert!(house.get("/pulse/panel", &cookie).await.body.contains(&format!("/pulse/{token}")));
        assert_eq!(house.get("/pulse/panel", "").await.body, "");
        house.post(&format!("/pulse/{token}"), &cookie, "trouble=no").await;
        assert_eq!(house.get("/pulse/panel", &cookie).await.body, "");
    }

    async fn whoever_does_not_want_it_is_asked_nothing_again(db: Db, clock: Clock) {
        let house = House::new(db.clone(), clock.clone());
        let now = clock.now();
        let (ana, token) = ana_is_asked(&db, now).await;
        let done = house.post(&format!("/surveys/{token}/dismissal"), "", "forever=yes").await;
        assert_eq!(done.location, format!("/pulse/{token}"));
        let kinds = db.write(move |tx| {
            decide(tx, &voice(), ana, panel(), &SETTINGS, now.plus(84 * DAY))?;
            Ok::<_, base::db::Error>(lived(tx, ana))
        }).await.unwrap();
        assert_eq!(kinds, ["pulse.invited", "pulse.dismissed", "pulse.withheld"]);
    }

    fn pulses_of_the_past_are_as_lived(db: Db, clock: Clock) {
        let now = clock.now();
        db.write_now(move |tx| {
            let (ana, ben) = (person(tx, "Ana", "ana@x.example", now), person(tx, "Ben", "ben@x.example", now));
            let said = Said { trouble: Some(true), went: Some(FirstChoice::Bear), reported: Some(false) };
            let turn = |person, outcome| PastPulse { person, version: None, at: now.plus(-9 * DAY), weeks: 12, outcome };
            let past = [turn(ana, Ok(Some((now.plus(-8 * DAY), said)))), turn(ben, Err(Withheld::NoAddress))];
            import(tx, &past, Source::Simulated)?;
            assert_eq!((lived(tx, ana), lived(tx, ben)), (
                vec!["pulse.invited".to_owned(), "pulse.answered".to_owned()],
                vec!["pulse.withheld".to_owned()],
            ));
            let token = token_of(tx, ana);
            let id = surveys::find_by_token(tx, &token)?.unwrap().id;
            assert_eq!(store::find(tx, id)?, Some((said, now.plus(-8 * DAY))));
            // The panel goes on from there.
            decide(tx, &voice(), ana, panel(), &SETTINGS, now)?;
            assert_eq!(lived(tx, ana).len(), 2);
            Ok::<_, base::db::Error>(())
        }).unwrap();
    }
}

#[test]
fn the_page_has_words_in_every_language() {
    for page in pages() {
        for choice in FirstChoice::ALL {
            assert!(page.words.has(&format!("pulse-went-{choice}")), "{choice}");
        }
        for kind in KINDS {
            assert!(page.words.has(&format!("did-{}", kind.name.replace('.', "-"))), "{}", kind.name);
        }
    }
}

//! Refusing letters, as their readers and their mail programs do it, on both engines.
#![allow(clippy::unwrap_used, reason = "a test ends where something is missing")]

use axum::http::StatusCode;
use base::clock::Moment;
use base::db::{Db, Error};
use ledger::outbox;
use ledger::touchpoint::{self, Channel, Draft, Kind, Stage, Touchpoint};
use serde_json::json;

use crate::house::{House, person, voice};
use crate::survey::{Offer, Settings, Withheld, offer};

static CONFIRMED: Kind = Kind::new("ticket.confirmed", Stage::Use);
const ALWAYS: Settings = Settings { sample_share: 1.0, cooldown_days: 0, k: 5, pulse_weeks: 0 };

/// Somebody confirms a ticket; whether they are asked how it was.
async fn confirms(db: &Db, ticket: i64, now: Moment) -> Offer {
    db.write(move |tx| {
        let ana = match ledger::person::find_by_address(tx, ledger::person::AddressKind::Email, "ana@x.example")? {
            Some(ana) => ana.id,
            None => person(tx, "Ana", "ana@x.example", now),
        };
        let detail = json!({ "subject": "VPN drops", "view": format!("view{ticket}") });
        let draft = Draft::of(&CONFIRMED, now, Channel::Portal).person(ana).object("ticket", ticket).detail(detail);
        touchpoint::record(tx, draft)?;
        let mut past: Vec<Touchpoint> = touchpoint::of_object(tx, "ticket", ticket, 100)?;
        offer(tx, &voice(), &past.pop().unwrap(), &ALWAYS, now)
    })
    .await
    .unwrap()
}

async fn kinds_of(db: &Db) -> Vec<String> {
    db.read(|tx| tx.query("SELECT kind FROM touchpoints WHERE kind LIKE 'refusal%' ORDER BY id", &[], |row| row.read()))
        .await
        .unwrap()
}

testkit::both_engines! {
    async fn line_78_who_can_do_without_a_letter_says_so_and_is_left_alone(db: Db, clock: Clock) {
        let house = House::new(db.clone(), clock.clone());
        assert_eq!(confirms(&db, 1, clock.now()).await, Offer::Invited);
        let letter = db.read(|tx| Ok::<_, Error>(outbox::of_object(tx, "ticket", 1)?.remove(0))).await.unwrap();
        assert_eq!(letter.refusal_kind.as_deref(), Some("survey"));
        let link = format!("/refusals/{}", letter.refusal_token.unwrap());

        // A program that looks at links changes nothing; the mail program's own button does, without a session, at once
        // and without being led elsewhere. Said twice, it is recorded once.
        let page = house.get(&link, "").await;
        assert!(page.status == StatusCode::OK && page.body.contains("ana@x.example") && page.body.contains("No more of these"));
        assert_eq!(kinds_of(&db).await, [] as [&str; 0]);
        for _ in 0..2 {
            let said = house.post(&link, "", "List-Unsubscribe=One-Click").await;
            assert!(said.status == StatusCode::OK && said.body.contains("gets no more"), "{}", said.body);
        }
        assert_eq!(kinds_of(&db).await, ["refusal.made"]);
        assert_eq!(confirms(&db, 2, clock.now()).await, Offer::Withheld(Withheld::OptedOut));

        assert_eq!(house.post(&link, "", "again=yes").await.status, StatusCode::SEE_OTHER);
        assert_eq!(kinds_of(&db).await, ["refusal.made", "refusal.withdrawn"]);
        clock.advance(base::clock::DAY);
        assert_eq!(confirms(&db, 3, clock.now()).await, Offer::Invited);
        assert_eq!(house.get("/refusals/nobody", "").await.status, StatusCode::NOT_FOUND);
        assert_eq!(house.post("/refusals/nobody", "", "").await.status, StatusCode::NOT_FOUND);
    }
}

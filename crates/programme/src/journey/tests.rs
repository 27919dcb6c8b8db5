//! Journeys through their pages, on both engines.
#![allow(clippy::unwrap_used, reason = "a test ends where something is missing")]

use axum::Router;
use base::clock::{Clock, DAY, HOUR, Moment};
use base::db::Db;
use base::text::Texts;
use ledger::import::{How, look, run};
use ledger::person::{self, PersonId};
use ledger::touchpoint::{self, Channel, Draft, Kind, Stage};
use serde_json::json;
use testkit::person::Person;
use web::actor::Role;
use web::testing::TestApp;

static OPENED: Kind = Kind::new("ticket.opened", Stage::Use);
static ANSWERED: Kind = Kind::new("ticket.answered", Stage::Use).by_desk();
static NOTED: Kind = Kind::new("ticket.noted", Stage::Use).by_desk().backstage();

/// Sentences of kinds that another capability would declare.
const OTHERS: Texts = Texts {
    en: "did-ticket-opened = Asked: { $subject }\ndid-ticket-answered = Got an answer\ndid-ticket-noted = A note",
    de: "did-ticket-opened = Fragte: { $subject }\ndid-ticket-answered = Bekam Antwort\ndid-ticket-noted = Eine Notiz",
};

fn house(db: Db, clock: Clock) -> (TestApp, Router) {
    let app = TestApp::new(db, clock, &[crate::TEXTS, &[OTHERS]], crate::KINDS, crate::NAV);
    let router = app.router(super::routes());
    (app, router)
}

async fn record(app: &TestApp, drafts: Vec<Draft>) {
    let written = app.db.write(move |tx| {
        for draft in &drafts {
            touchpoint::record(tx, draft.clone())?;
        }
        Ok::<_, base::db::Error>(())
    });
    written.await.unwrap();
}

fn asked(person: PersonId, ticket: i64, at: Moment, subject: &str) -> Draft {
    let detail = json!({ "number": 1042, "subject": subject });
    Draft::of(&OPENED, at, Channel::Email).person(person).object("ticket", ticket).detail(detail)
}

fn of_ticket(kind: &'static Kind, person: PersonId, ticket: i64, at: Moment) -> Draft {
    Draft::of(kind, at, Channel::Email).person(person).object("ticket", ticket)
}

/// Where each of these stands on a page, in the order in which they must stand.
fn in_order(page: &str, parts: &[&str]) {
    let places: Vec<_> =
        parts.iter().map(|part| page.find(part).unwrap_or_else(|| panic!("{part} in {page}"))).collect();
    assert!(places.is_sorted(), "{parts:?} stand at {places:?}");
}

testkit::both_engines! {
    async fn a_timeline_is_told_newest_first_and_notes_stay_with_the_desk(db: Db, clock: Clock) {
        let now = clock.now();
        let (app, router) = house(db, clock);
        let (ana, cookie) = app.person("Ana Lima", &[]).await;
        let (_, agent) = app.person("Noor Haddad", &[Role::Agent]).await;
        let (_, lead) = app.person("Kim Lead", &[Role::Lead]).await;
        record(&app, vec![
            asked(ana, 7, now.plus(-40 * DAY), "VPN <b>drops</b>"),
            of_ticket(&NOTED, ana, 7, now.plus(-39 * DAY)),
            of_ticket(&ANSWERED, ana, 7, now.plus(-HOUR)).detail(json!({ "emotion": 2, "comment": "Took an age" })),
        ]).await;

        let mut noor = Person::with_cookie(&router, &agent);
        let page = noor.get(&format!("/programme/people/{ana}")).await.ok();
        in_order(&page, &["March 2026", "Got an answer", "VPN &#60;b&#62;drops", "January 2026", "A note", "Asked: VPN &#60;b&#62;"]);
        assert!(page.contains("timeline-unseen") && page.contains("face felt-2") && page.contains("/desk/tickets/7"));
        assert!(!page.contains("Took an age"), "only who follows up reads what was written");
        let panel = noor.get_part(&format!("/journeys/panel?person={ana}")).await.ok();
        assert!(panel.contains("Got an answer") && !panel.contains("A note") && !panel.contains("<html"), "{panel}");

        let page = Person::with_cookie(&router, &lead).get(&format!("/programme/people/{ana}")).await.ok();
        assert!(page.contains("Took an age") && !page.contains("/desk/tickets"), "a lead has no desk");

        let mut herself = Person::with_cookie(&router, &cookie);
        let page = herself.get("/journey").await.ok();
        in_order(&page, &["Got an answer", "Asked: VPN"]);
        assert!(!page.contains("A note") && !page.contains("timeline-unseen") && !page.contains("/desk/"), "{page}");
        herself.get(&format!("/programme/people/{ana}")).await.refused(403);
        herself.get("/programme/journeys/map").await.refused(403);
    }

    async fn merged_people_have_one_journey_and_hostile_ids_none(db: Db, clock: Clock) {
        let now = clock.now();
        let (app, router) = house(db, clock);
        let (ana, _) = app.person("Ana Lima", &[]).await;
        let (other, _) = app.person("A Lima", &[]).await;
        let (_, agent) = app.person("Noor Haddad", &[Role::Agent]).await;
        record(&app, vec![asked(ana, 7, now.plus(-DAY), "Printer"), asked(other, 8, now.plus(-2 * DAY), "Badge")]).await;
        app.db.write(move |tx| person::merge(tx, ana, other, None, now)).await.unwrap();

        let mut noor = Person::with_cookie(&router, &agent);
        let page = noor.get(&format!("/programme/people/{other}")).await;
        assert_eq!(page.path, format!("/programme/people/{ana}"));
        in_order(&page.ok(), &["Printer", "Badge"]);
        for hostile in ["0", "x", "-1", "9223372036854775808", "1%20OR%201=1", "%3Cscript%3E"] {
            noor.get(&format!("/programme/people/{hostile}")).await.refused(404);
            noor.get(&format!("/journeys/panel?person={hostile}")).await.refused(404);
            noor.get(&format!("/programme/journeys/map?of={hostile}")).await.refused(404);
        }
        noor.get("/programme/journeys/map?of=desk&days=x&detail=%00&all=7").await.ok();
    }

    async fn a_long_timeline_goes_on_page_by_page(db: Db, clock: Clock) {
        let now = clock.now();
        let (app, router) = house(db, clock);
        let (ana, cookie) = app.person("Ana Lima", &[]).await;
        // Some share an instant, across where a page ends.
        let drafts = (0..150).map(|n| asked(ana, n, now.plus(-DAY * (n / 7)), &format!("Matter {n}."))).collect();
        record(&app, drafts).await;
        let mut herself = Person::with_cookie(&router, &cookie);
        let (mut path, mut all, mut pages) = ("/journey".to_owned(), String::new(), 0);
        loop {
            let page = herself.get(&path).await.ok();
            let list = page.split("class=\"timeline\"").skip(1).collect::<String>();
            all.push_str(list.split("<aside").next().unwrap_or_default());
            pages += 1;
            match page.rsplit_once("/journey?before=") {
                Some((_, rest)) => path = format!("/journey?before={}", rest.split('"').next().unwrap_or_default()),
                None => break,
            }
            assert!(pages < 9, "it ends");
        }
        assert_eq!(pages, 3);
        for n in 0..150 {
            assert_eq!(all.matches(&format!("Asked: Matter {n}.")).count(), 1, "matter {n}");
        }
    }

    async fn the_map_shows_our_tickets_or_a_log(db: Db, clock: Clock) {
        let now = clock.now();
        let (app, router) = house(db.clone(), clock.clone());
        let (ana, _) = app.person("Ana Lima", &[]).await;
        let (_, owner) = app.person("Siv Owner", &[Role::Stakeholder]).await;
        let mut drafts = Vec::new();
        for ticket in 1..=5 {
            let begun = now.plus(-DAY * ticket);
            drafts.push(asked(ana, ticket, begun, "Printer"));
            drafts.push(of_ticket(&NOTED, ana, ticket, begun.plus(HOUR)));
            drafts.push(of_ticket(&ANSWERED, ana, ticket, begun.plus(2 * HOUR)));
        }
        drafts.push(asked(ana, 9, now.plus(-200 * DAY), "Old"));
        drafts.push(of_ticket(&ANSWERED, ana, 9, now.plus(-DAY)));
        record(&app, drafts).await;
        let mut siv = Person::with_cookie(&router, &owner);
        let page = siv.get("/programme/journeys/map").await.ok();
        for part in ["Asked · Email", "Got an answer · Email", "5 tickets · 100%", "All arcs are shown.", "id=\"map-tall-title\""] {
            assert!(page.contains(part), "{part}: {page}");
        }
        assert!(!page.contains("A note") && !page.contains("<style") && page.contains("2 h"));
        let page = siv.get("/programme/journeys/map?days=0&all=1").await.ok();
        assert!(page.contains("A note · Email") && page.contains("6 tickets · 100%"));

        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("shop <1>.csv");
        let log = "case,activity,timestamp\n1,ask,2025-01-01 10:00\n1,solve,2025-01-01 12:00\n2,ask,2024-01-03 10:00\n";
        std::fs::write(&path, log).unwrap();
        let importing = tokio::task::spawn_blocking(move || {
            let looked = look(&path, &How::default(), |_| {}).unwrap();
            run(&db, &clock, &path, &How::default(), &looked, |_| std::ops::ControlFlow::Continue(())).unwrap()
        });
        let done = importing.await.unwrap();
        let page = siv.get("/programme/imports").await.ok();
        assert!(page.contains("shop &#60;1&#62;.csv") && page.contains(&format!("map?of={}", done.id)), "{page}");
        let page = siv.get(&format!("/programme/journeys/map?of={}", done.id)).await.ok();
        assert!(page.contains("2 cases · 100%") && page.contains(">solve<") && !page.contains("Asked"), "{page}");
        let page = siv.get(&format!("/programme/journeys/map?of={}&days=30", done.id)).await.ok();
        assert!(page.contains("1 case · 100%"), "the period ends with the log, not today");
        let file = siv.get(&format!("/programme/journeys/map.svg?of={}", done.id)).await.ok();
        assert!(file.starts_with("<svg") && file.contains("<style>") && file.contains("shop &lt;1&gt;"), "{file}");
    }
}

#[test]
fn the_style_sheet_has_the_rules_of_the_drawing() {
    let ours = include_str!("../../../web/front/style/components/map.css");
    for rule in mining::map::STYLESHEET.split_inclusive('}') {
        assert!(ours.contains(rule), "map.css lacks {rule}");
    }
}

//! Measures by a projection and by evidence that followed the ledger step by step are those of what reads it from its
//! beginning: with people merged, told apart again and erased in between, things heard of late, snapshots and restarts.
#![allow(clippy::unwrap_used, reason = "a test ends where something is missing")]

#[path = "shared/asked.rs"]
mod asked;
#[path = "shared/people.rs"]
mod people;

use std::sync::atomic::{AtomicUsize, Ordering};

use base::clock::{HOUR, Moment};
use base::db::{Db, Result, params};
use ledger::measure::{Asked, Cuts, Evidence, Gate, KINDS_ASKED, MEASURES, Part, Release, Shown, Weeks};
use ledger::person::{self, PersonId};
use ledger::projection::Projection;
use ledger::segment::{self, Rule};
use ledger::touchpoint::{self, Channel, Draft, Kind, Kinds, Stage};
use proptest::prelude::*;
use proptest::test_runner::TestRunner;
use serde_json::json;

use asked::{KINDS, NAMES};
use people::someone;

fn kinds() -> Kinds {
    let all: Vec<&'static Kind> = KINDS.iter().collect();
    Kinds::gather(&[&all])
}

/// When something happened, of which we hear now.
#[derive(Debug, Clone, Copy)]
enum When {
    Now,
    /// It was written down late.
    Before,
    /// Its clock is wrong.
    Ahead,
}

/// What may happen in some hours.
#[derive(Debug, Clone)]
enum Step {
    /// Touchpoints: which kind, who, about what, a number from 0 to 7, and when.
    Happen(Vec<(usize, usize, i64, u8, When)>),
    Merge {
        kept: usize,
        merged: usize,
    },
    Unmerge {
        merged: usize,
    },
    Erase {
        who: usize,
    },
    CatchUp,
    Restart,
}

const PEOPLE: usize = 12;

fn step() -> impl Strategy<Value = Step> {
    let who = 0..PEOPLE;
    let when = prop_oneof![200 => Just(When::Now), 1 => Just(When::Before), 1 => Just(When::Ahead)];
    let happened = (0..NAMES.len(), who.clone(), 0..30i64, 0..8u8, when);
    prop_oneof![
        12 => prop::collection::vec(happened, 1..40).prop_map(Step::Happen),
        1 => (who.clone(), who.clone()).prop_map(|(kept, merged)| Step::Merge { kept, merged }),
        1 => who.clone().prop_map(|merged| Step::Unmerge { merged }),
        1 => who.prop_map(|who| Step::Erase { who }),
        4 => Just(Step::CatchUp),
        1 => Just(Step::Restart),
    ]
}

fn take(db: &Db, people: &[PersonId], now: Moment, step: &Step) {
    match step {
        Step::Happen(all) => {
            let all: Vec<(usize, PersonId, i64, u8, When)> =
                all.iter().map(|&(kind, who, thing, number, when)| (kind, people[who], thing, number, when)).collect();
            db.write_now(move |tx| -> Result<()> {
                for (place, &(kind, who, thing, number, when)) in all.iter().enumerate() {
                    let detail = json!({
                        "satisfaction": number, "effort": number, "lost": number, "need": 3_600,
                        "trouble": number % 2, "went": number, "reported": number / 4,
                    });
                    let hours = match when {
                        When::Now => 0,
                        When::Before => -300,
                        When::Ahead => 500,
                    };
                    let at = now.plus((place as i64 + hours) * HOUR);
                    let draft = Draft::of(&KINDS[kind], at, Channel::Email).person(who).object("ticket", thing);
                    touchpoint::record(tx, draft.service("Mail".to_owned()).detail(detail))?;
                }
                Ok(())
            })
            .unwrap();
        }
        &Step::Merge { kept, merged } => {
            let (kept, merged) = (people[kept], people[merged]);
            db.write_now(move |tx| person::merge(tx, kept, merged, None, now)).unwrap();
        }
        &Step::Unmerge { merged } => {
            let merged = people[merged];
            db.write_now(move |tx| person::unmerge(tx, merged, now)).unwrap();
        }
        &Step::Erase { who } => {
            let who = people[who];
            db.write_now(move |tx| -> Result<()> {
                tx.execute("UPDATE people SET erased_at = $1 WHERE id = $2", params![now, who])?;
                tx.execute("UPDATE touchpoints SET person_id = NULL WHERE person_id = $1", params![who])?;
                Ok(())
            })
            .unwrap();
        }
        Step::CatchUp | Step::Restart => {}
    }
}

/// Every measure for everybody, a segment and everybody else, over two spans: what is shown, to the sixth digit.
fn told(db: &Db, projection: &Projection, evidence: &Evidence, now: Moment) -> Vec<String> {
    let (view, gate) = (projection.view(), Gate::new(2));
    let segments = db.read_now(segment::list).unwrap();
    let cuts = Cuts::of(&view, segments.iter().map(|own| (own.id, &own.rule)));
    let release = Release::new(evidence, &gate, &cuts);
    let mut all = Vec::new();
    for measure in &MEASURES {
        let released = release.of(measure);
        for part in [Part::Everybody, Part::Within(segments[0].id), Part::Outside(segments[0].id)] {
            for weeks in [4, 52].map(|count| Weeks::until(now, count)) {
                let (present, before) = (released.sample(weeks, part), released.sample(weeks.previous(), part));
                let asked = Asked { before: Some(&before), ..Asked::of(&present) };
                let said = match gate.show(measure, asked) {
                    Shown::Number(finding) => {
                        let (low, high) = finding.interval();
                        format!(
                            "{:.6} {low:.6} {high:.6?} n {} people {} {:?}",
                            finding.value(),
                            finding.n(),
                            finding.people(),
                            finding.verdict()
                        )
                    }
                    Shown::Refused(why) => format!("{why:?}"),
                };
                all.push(format!("{} {part:?} {}: {said}", measure.key, weeks.period().length()));
            }
        }
    }
    all
}

#[test]
fn followed_is_what_is_read_from_the_beginning() {
    let config = ProptestConfig { cases: 100, failure_persistence: None, ..ProptestConfig::default() };
    let shown = AtomicUsize::new(0);
    let run = TestRunner::new(config).run(&prop::collection::vec(step(), 10..60), |steps| {
        let (database, folder) =
            (testkit::database::Database::sqlite(), testkit::folder::in_memory("measures").unwrap());
        let db = database.db();
        let people: Vec<PersonId> = (0..PEOPLE)
            .map(|number| someone(&db, &format!("Person {number}"), ["Lisbon", "Porto"][number % 2]))
            .collect();
        let lisbon = Rule::everybody().with("site", "Lisbon");
        db.write_now(move |tx| segment::insert(tx, "Lisbon", &lisbon, "", testkit::database::START)).unwrap();
        let mut followed = Projection::open(&db, folder.path(), &kinds()).unwrap();
        let mut now = testkit::database::START;
        let weeks = Weeks::until(now, 52);
        let mut kept = Evidence::since(&followed.view(), weeks, now);
        for step in &steps {
            take(&db, &people, now, step);
            match step {
                Step::CatchUp => {
                    followed.catch_up().unwrap();
                    kept.follow(&followed.view(), now);
                }
                Step::Restart => {
                    followed.snapshot().unwrap();
                    followed = Projection::open(&db, folder.path(), &kinds()).unwrap();
                }
                _ => now = now.plus(40 * HOUR),
            }
        }
        let elsewhere = testkit::folder::in_memory("measures").unwrap();
        let rebuilt = Projection::open(&db, elsewhere.path(), &kinds()).unwrap();
        for projection in [&followed, &rebuilt] {
            // Also asks anew who was erased.
            projection.digest().unwrap();
        }
        kept.follow(&followed.view(), now);
        let anew = Evidence::since(&rebuilt.view(), weeks, now);
        let (one, two) = (told(&db, &followed, &kept, now), told(&db, &rebuilt, &anew, now));
        shown.fetch_add(one.iter().filter(|said| said.contains(" people ")).count(), Ordering::Relaxed);
        prop_assert_eq!(one, two);
        Ok(())
    });
    run.unwrap();
    let shown = shown.into_inner();
    assert!(shown > 500, "there is something to compare: {shown}");
}

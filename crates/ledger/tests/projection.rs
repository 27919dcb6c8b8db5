//! The projection: however it came about, it is what the ledger says.
#![allow(clippy::unwrap_used, reason = "a test ends where something is missing")]

#[path = "shared/people.rs"]
mod people;

use std::collections::BTreeMap;
use std::path::Path;

use base::clock::{HOUR, Moment};
use base::db::{Db, Result, params};
use ledger::person::{self, PersonId};
use ledger::projection::Projection;
use ledger::touchpoint::{self, Channel, Draft, Kind, Kinds, Stage};
use proptest::prelude::*;
use serde_json::json;

use people::someone;

static ASKED: Kind = Kind::new("test.asked", Stage::Use);
static ANSWERED: Kind = Kind::new("test.answered", Stage::Improvement).with_numbers(&["satisfaction", "helped"]);

fn kinds() -> Kinds {
    Kinds::gather(&[&[&ASKED, &ANSWERED]])
}

/// What may happen between two looks.
#[derive(Debug, Clone)]
enum Step {
    Ask { who: usize, thing: i64, many: u8 },
    Answer { who: usize, satisfaction: u8 },
    Move { who: usize, site: u8 },
    Merge { kept: usize, merged: usize },
    Unmerge { merged: usize },
    Erase { who: usize },
    CatchUp,
    Snapshot,
    Restart,
    BreakSnapshot { at: usize },
}

fn step() -> impl Strategy<Value = Step> {
    let who = 0..4usize;
    prop_oneof![
        4 => (who.clone(), 0..6i64, 1..40u8).prop_map(|(who, thing, many)| Step::Ask { who, thing, many }),
        4 => (who.clone(), 1..6u8).prop_map(|(who, satisfaction)| Step::Answer { who, satisfaction }),
        2 => (who.clone(), 0..3u8).prop_map(|(who, site)| Step::Move { who, site }),
        1 => (who.clone(), who.clone()).prop_map(|(kept, merged)| Step::Merge { kept, merged }),
        1 => who.clone().prop_map(|merged| Step::Unmerge { merged }),
        1 => who.prop_map(|who| Step::Erase { who }),
        2 => Just(Step::CatchUp),
        2 => Just(Step::Snapshot),
        2 => Just(Step::Restart),
        1 => (0..4_000usize).prop_map(|at| Step::BreakSnapshot { at }),
    ]
}

fn take(db: &Db, people: &[PersonId], folder: &Path, projection: &mut Projection, number: i64, step: &Step) {
    let now = testkit::database::START.plus(number * HOUR);
    match *step {
        Step::Ask { who, thing, many } => {
            let who = people[who];
            db.write_now(move |tx| -> Result<()> {
                for _ in 0..many {
                    let draft = Draft::of(&ASKED, now, Channel::Portal).person(who).object("ticket", thing);
                    touchpoint::record(tx, draft.service("Mail".to_owned()).promise_until(now.plus(HOUR)))?;
                }
                Ok(())
            })
            .unwrap();
        }
        Step::Answer { who, satisfaction } => {
            let who = people[who];
            let detail = json!({ "satisfaction": satisfaction, "helped": satisfaction > 3, "word": "relieved" });
            db.write_now(move |tx| {
                touchpoint::record(tx, Draft::of(&ANSWERED, now, Channel::Survey).person(who).detail(detail.clone()))
            })
            .unwrap();
        }
        Step::Move { who, site } => {
            let (who, set) = (people[who], BTreeMap::from([("site".to_owned(), site.to_string())]));
            db.write_now(move |tx| person::set_attributes(tx, who, &set, now)).unwrap();
        }
        Step::Merge { kept, merged } => {
            let (kept, merged) = (people[kept], people[merged]);
            db.write_now(move |tx| person::merge(tx, kept, merged, None, now)).unwrap();
        }
        Step::Unmerge { merged } => {
            let merged = people[merged];
            db.write_now(move |tx| person::unmerge(tx, merged, now)).unwrap();
        }
        Step::Erase { who } => {
            let who = people[who];
            db.write_now(move |tx| -> Result<()> {
                tx.execute("UPDATE people SET erased_at = $1 WHERE id = $2", params![now, who])?;
                tx.execute("UPDATE touchpoints SET person_id = NULL WHERE person_id = $1", params![who])?;
                Ok(())
            })
            .unwrap();
        }
        Step::CatchUp => drop(projection.catch_up().unwrap()),
        Step::Snapshot => projection.snapshot().unwrap(),
        Step::Restart => *projection = Projection::open(db, folder, &kinds()).unwrap(),
        Step::BreakSnapshot { at } => {
            let path = folder.join("projection.columns");
            if let Ok(mut bytes) = std::fs::read(&path) {
                let at = at % bytes.len();
                bytes[at] ^= 0x55;
                std::fs::write(&path, bytes).unwrap();
            }
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 40, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_interleaving_equals_a_rebuild(steps in prop::collection::vec(step(), 1..40)) {
        let database = testkit::database::Database::sqlite();
        let (db, folder) = (database.db(), testkit::folder::in_memory("projection").unwrap());
        let people: Vec<PersonId> = ["Porto", "Lisbon", "Oslo", "Graz"].iter().map(|name| someone(&db, name, name)).collect();
        let mut projection = Projection::open(&db, folder.path(), &kinds()).unwrap();
        for (number, step) in steps.iter().enumerate() {
            take(&db, &people, folder.path(), &mut projection, number as i64, step);
        }
        let elsewhere = testkit::folder::in_memory("projection").unwrap();
        let rebuilt = Projection::open(&db, elsewhere.path(), &kinds()).unwrap();
        prop_assert_eq!(projection.digest().unwrap(), rebuilt.digest().unwrap());
        prop_assert_eq!(projection.view().rows(), rebuilt.view().rows());
    }
}

testkit::both_engines! {
    fn what_was_recorded_stands_in_the_columns(db: Db, clock: Clock) {
        let (ana, now, folder) = (someone(&db, "Porto", "Porto"), clock.now(), testkit::folder::in_memory("projection").unwrap());
        let projection = Projection::open(&db, folder.path(), &kinds()).unwrap();
        assert_eq!(projection.catch_up().unwrap(), 0);
        let before = projection.view();
        db.write_now(move |tx| -> Result<()> {
            touchpoint::record(tx, Draft::of(&ASKED, now, Channel::Phone).person(ana).object("ticket", 7))?;
            let detail = json!({ "satisfaction": 4, "helped": true, "comment": "fine" });
            touchpoint::record(tx, Draft::of(&ANSWERED, now.plus(HOUR), Channel::Survey).person(ana).detail(detail))?;
            Ok(())
        }).unwrap();
        // Another transaction on the same server may still be in flight: a follower waits for it.
        let patience = std::time::Instant::now();
        let mut new = projection.catch_up().unwrap();
        while new < 2 && patience.elapsed().as_secs() < 60 {
            std::thread::yield_now();
            new += projection.catch_up().unwrap();
        }
        assert_eq!(new, 2);
        assert_eq!((before.rows(), projection.view().rows()), (0, 2), "a view does not change");

        let view = projection.view();
        let chunk = view.chunks().next().unwrap();
        let (ticket, kind) = (view.object_types().code("ticket").unwrap(), view.kinds().code("test.asked").unwrap());
        assert_eq!((usize::from(chunk.object_type[0]), usize::from(chunk.kind[0])), (ticket, kind));
        assert_eq!((view.object(chunk.object[0]), view.person(chunk.person[1])), (Some(7), Some(ana)));
        assert_eq!((Moment(chunk.at[1]), Stage::ALL[usize::from(chunk.stage[1])]), (now.plus(HOUR), Stage::Improvement));
        let satisfaction = &chunk.numbers[view.number("satisfaction").unwrap()];
        assert_eq!((satisfaction.get(0), satisfaction.get(1)), (None, Some(4.0)));
        assert_eq!(chunk.numbers[view.number("helped").unwrap()].get(1), Some(1.0));
        let set = view.attributes().nth(chunk.attributes[1] as usize).unwrap();
        assert_eq!(set.get("site").map(String::as_str), Some("Porto"));

        let digest = projection.digest().unwrap();
        projection.snapshot().unwrap();
        let again = Projection::open(&db, folder.path(), &kinds()).unwrap();
        assert_eq!(again.view().rows(), 2, "the snapshot was read");
        assert_eq!(again.digest().unwrap(), digest);
    }

    fn a_snapshot_of_another_ledger_is_put_aside(db: Db, clock: Clock) {
        let (now, folder) = (clock.now(), testkit::folder::in_memory("projection").unwrap());
        let ask = move |tx: &mut base::db::Tx| touchpoint::record(tx, Draft::of(&ASKED, now, Channel::Portal));
        db.write_now(ask).unwrap();
        let projection = Projection::open(&db, folder.path(), &kinds()).unwrap();
        projection.catch_up().unwrap();
        projection.snapshot().unwrap();
        let other = testkit::database::Database::sqlite();
        let projection = Projection::open(&other.db(), folder.path(), &kinds()).unwrap();
        assert_eq!((projection.view().rows(), projection.catch_up().unwrap()), (0, 0));
    }
}

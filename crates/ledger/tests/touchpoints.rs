//! The ledger on both engines: recorded in order, followed exactly once, seen along people and things.
#![allow(clippy::unwrap_used, reason = "a test ends where something is missing")]

use std::collections::BTreeMap;

use base::clock::{DAY, HOUR};
use base::db::{Db, Error, Result};
use ledger::person::{self, NewPerson, PersonId, Relation};
use ledger::touchpoint::{self, Channel, Cursor, Draft, Kind, Stage};
use serde_json::json;

static ASKED: Kind = Kind::new("test.asked", Stage::Use);
static NOTED: Kind = Kind::new("test.noted", Stage::Use).backstage();

fn someone(db: &Db, clock: &base::clock::Clock, name: &str) -> PersonId {
    let new = NewPerson {
        name: name.to_owned(),
        relation: Relation::Internal,
        language: "en".to_owned(),
        email: None,
        attributes: BTreeMap::from([("site".to_owned(), name.to_owned())]),
        simulated: false,
    };
    let now = clock.now();
    db.write_now(move |tx| person::insert(tx, &new, now)).unwrap().id
}

/// Follows one batch as `name` does, counting each touchpoint in the transaction that moves the cursor.
fn follow(db: &Db, name: &'static str, limit: i64, refuse: bool) -> Result<usize> {
    db.write_now(move |tx| -> Result<usize> {
        let from = touchpoint::cursor(tx, name)?;
        let batch = touchpoint::after(tx, from, limit)?;
        for touchpoint in &batch {
            let count = "INSERT INTO touchpoint_objects (object_type, object_id, touchpoint_id) VALUES ('seen', 1, $1)";
            tx.execute(count, base::db::params![touchpoint.id])?;
        }
        if let Some(last) = batch.last() {
            touchpoint::advance(tx, name, Cursor::behind(last))?;
        }
        if refuse { Err(Error::Contended) } else { Ok(batch.len()) }
    })
}

testkit::both_engines! {
    fn what_is_recorded_comes_back_whole(db: Db, clock: Clock) {
        let (ana, now) = (someone(&db, &clock, "Porto"), clock.now());
        db.write_now(move |tx| -> Result<()> {
            let draft = Draft::of(&ASKED, now, Channel::Portal).person(ana).object("ticket", 7).service("Mail".to_owned())
                .team("First line".to_owned()).promise_until(now.plus(HOUR)).detail(json!({"words": 12}));
            let id = touchpoint::record(tx, draft)?;
            let found = touchpoint::of_object(tx, "ticket", 7, 10)?.remove(0);
            assert_eq!((found.id, found.at, found.person, found.person_version), (id, now, Some(ana), 1));
            assert_eq!((found.kind.as_str(), found.object("ticket"), found.object("article")), ("test.asked", Some(7), None));
            assert_eq!((found.service.as_deref(), found.team.as_deref()), (Some("Mail"), Some("First line")));
            assert_eq!((found.promise_until, found.detail), (Some(now.plus(HOUR)), json!({"words": 12})));
            assert_eq!(touchpoint::count(tx)?, 1);
            Ok(())
        }).unwrap();
    }

    fn a_touchpoint_keeps_the_attributes_of_then(db: Db, clock: Clock) {
        let (ana, now) = (someone(&db, &clock, "Porto"), clock.now());
        db.write_now(move |tx| -> Result<()> {
            touchpoint::record(tx, Draft::of(&ASKED, now, Channel::Portal).person(ana))?;
            person::set_attributes(tx, ana, &BTreeMap::from([("site".to_owned(), "Lisbon".to_owned())]), now.plus(DAY))?;
            touchpoint::record(tx, Draft::of(&ASKED, now.plus(DAY), Channel::Portal).person(ana))?;
            let versions: Vec<i64> =
                touchpoint::of_person(tx, ana, now.plus(2 * DAY), true, 10)?.iter().map(|t| t.person_version).collect();
            assert_eq!(versions, [2, 1], "newest first");
            Ok(())
        }).unwrap();
    }

    fn everything_is_followed_exactly_once(db: Db, clock: Clock) {
        let now = clock.now();
        for batch in 0..10_i64 {
            db.write_now(move |tx| -> Result<()> {
                let drafts: Vec<(Draft, Option<i64>)> = (0..7)
                    .map(|place| (Draft::of(&ASKED, now, Channel::Portal).object("place", batch * 7 + place), None))
                    .collect();
                touchpoint::record_many(tx, &drafts)
            }).unwrap();
        }
        let (mut followed, begun) = (0, std::time::Instant::now());
        // On a server that others use too, somebody's transaction in flight may hold followers back for a moment.
        while followed < 70 && begun.elapsed().as_secs() < 30 {
            // Neither a batch that ends within a transaction's rows nor a follower that failed breaks the count.
            assert!(follow(&db, "test", 5, true).is_err());
            followed += follow(&db, "test", 5, false).unwrap();
        }
        assert_eq!(followed, 70);
        assert_eq!(follow(&db, "test", 5, false).unwrap(), 0);
        let order: Vec<i64> = db.read_now(|tx| -> Result<_> {
            Ok(touchpoint::after(tx, Cursor::default(), 100)?.iter().filter_map(|t| t.object("place")).collect())
        }).unwrap();
        assert_eq!(order, (0..70).collect::<Vec<i64>>());
        let another = db.read_now(|tx| touchpoint::cursor(tx, "another")).unwrap();
        assert_eq!(another, Cursor::default(), "each follower has its own place");
    }

    fn a_refused_write_leaves_no_trace(db: Db, clock: Clock) {
        let now = clock.now();
        let refused = db.write_now(move |tx| -> Result<()> {
            touchpoint::record(tx, Draft::of(&ASKED, now, Channel::Portal))?;
            Err(Error::Contended)
        });
        assert!(refused.is_err());
        assert_eq!(db.read_now(touchpoint::count).unwrap(), 0);
    }

    fn a_persons_timeline_is_that_of_all_their_records(db: Db, clock: Clock) {
        let (ana, double, other) = (someone(&db, &clock, "a"), someone(&db, &clock, "b"), someone(&db, &clock, "c"));
        let now = clock.now();
        db.write_now(move |tx| -> Result<()> {
            for (place, who) in [ana, double, other].into_iter().enumerate() {
                touchpoint::record(tx, Draft::of(&ASKED, now.plus(place as i64), Channel::Portal).person(who))?;
                touchpoint::record(tx, Draft::of(&NOTED, now.plus(place as i64), Channel::Portal).person(who))?;
            }
            let seen = |tx: &mut base::db::Tx, who, all| -> Result<usize> {
                Ok(touchpoint::of_person(tx, who, now.plus(DAY), all, 100)?.len())
            };
            assert_eq!((seen(tx, ana, true)?, seen(tx, ana, false)?), (2, 1));
            person::merge(tx, ana, double, None, now)?;
            assert_eq!((seen(tx, ana, true)?, seen(tx, double, true)?, seen(tx, double, false)?), (4, 4, 2));
            assert_eq!(touchpoint::of_person(tx, ana, now.plus(1), true, 100)?.len(), 2, "before, not at");
            person::unmerge(tx, double, now)?;
            assert_eq!((seen(tx, ana, true)?, seen(tx, double, true)?), (2, 2));
            Ok(())
        }).unwrap();
    }
}

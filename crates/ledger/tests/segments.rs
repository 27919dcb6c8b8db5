//! Segments on both engines, and who belongs to them in a projection.
#![allow(clippy::unwrap_used, reason = "a test ends where something is missing")]

use std::collections::BTreeMap;

use base::clock::DAY;
use base::db::{Error, Result};
use ledger::person::{self, NewPerson, Relation};
use ledger::projection::Projection;
use ledger::segment::{self, Rule};
use ledger::touchpoint::{self, Channel, Draft, Kind, Kinds, Stage};

static ASKED: Kind = Kind::new("test.asked", Stage::Use);

testkit::both_engines! {
    fn a_segment_is_kept_and_found(db: Db, clock: Clock) {
        let now = clock.now();
        db.write_now(move |tx| -> Result<()> {
            let rule = Rule::everybody().with("site", "Lisbon").with("site", "Porto");
            let id = segment::insert(tx, " Atlantic ", &rule, "by phone", now)?;
            let found = segment::find(tx, id)?.unwrap();
            assert_eq!((found.name.as_str(), &found.rule, found.style.as_str()), ("Atlantic", &rule, "by phone"));
            assert_eq!(segment::list(tx)?, [found]);
            Ok(())
        }).unwrap();
        let again = db.write_now(move |tx| segment::insert(tx, "Atlantic", &Rule::everybody(), "", now));
        assert!(matches!(again, Err(Error::Taken(_))));
    }

    fn a_touchpoint_belongs_to_the_segment_of_then(db: Db, clock: Clock) {
        let now = clock.now();
        db.write_now(move |tx| -> Result<()> {
            let new = NewPerson {
                name: "Ana".to_owned(),
                relation: Relation::Internal,
                language: "en".to_owned(),
                email: None,
                attributes: BTreeMap::from([("site".to_owned(), "Porto".to_owned())]),
                simulated: false,
            };
            let ana = person::insert(tx, &new, now)?.id;
            touchpoint::record(tx, Draft::of(&ASKED, now, Channel::Portal).person(ana))?;
            person::set_attributes(tx, ana, &BTreeMap::from([("site".to_owned(), "Oslo".to_owned())]), now.plus(DAY))?;
            touchpoint::record(tx, Draft::of(&ASKED, now.plus(DAY), Channel::Portal).person(ana))?;
            touchpoint::record(tx, Draft::of(&ASKED, now.plus(DAY), Channel::Portal))?;
            Ok(())
        }).unwrap();
        let folder = testkit::folder::in_memory("segments").unwrap();
        let projection = Projection::open(&db, folder.path(), &Kinds::gather(&[&[&ASKED]])).unwrap();
        projection.catch_up().unwrap();
        let view = projection.view();
        let among = |rule: Rule| {
            let (inside, outside) = (rule.among(&view), rule.among(&view).others());
            let rows = view.chunks().flat_map(|chunk| chunk.attributes.iter());
            rows.map(|code| (inside.holds(*code), outside.holds(*code))).collect::<Vec<_>>()
        };
        let (here, there) = ((true, false), (false, true));
        assert_eq!(among(Rule::everybody().with("site", "Porto")), [here, there, there]);
        assert_eq!(among(Rule::everybody().with("site", "Oslo")), [there, here, there]);
        assert_eq!(among(Rule::everybody()), [here, here, here]);
    }
}

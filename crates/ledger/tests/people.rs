//! People on both engines: addresses, attributes over time, and merging that can be taken back exactly.
#![allow(clippy::unwrap_used, reason = "a test ends where something is missing")]

use std::collections::BTreeMap;

use base::clock::{DAY, Moment};
use base::db::{Db, Result, Tx};
use ledger::person::{self, AddressKind, NewPerson, PersonId, Relation};

fn someone(name: &str) -> NewPerson {
    NewPerson {
        name: name.to_owned(),
        relation: Relation::External,
        language: "en".to_owned(),
        email: Some(format!("{name}@lindenhof.example")),
        attributes: BTreeMap::new(),
        simulated: false,
    }
}

fn crowd(db: &Db, count: usize, now: Moment) -> Vec<PersonId> {
    db.write_now(move |tx| -> Result<Vec<PersonId>> {
        (0..count).map(|number| Ok(person::insert(tx, &someone(&format!("person{number}")), now)?.id)).collect()
    })
    .unwrap()
}

fn site(name: &str) -> BTreeMap<String, String> {
    BTreeMap::from([("site".to_owned(), name.to_owned())])
}

testkit::both_engines! {
    fn an_address_in_any_spelling_finds_its_person(db: Db, clock: Clock) {
        let now = clock.now();
        db.write_now(move |tx| -> Result<()> {
            let ana = person::insert(tx, &someone("ana"), now)?;
            let relation = |_: &str| Relation::External;
            let again = person::find_or_create_by_email(tx, " <ANA@lindenhof.example> ", None, "de", relation, now)?.unwrap();
            assert_eq!(again.id, ana.id);
            let new = person::find_or_create_by_email(tx, "jo.silva@x.example", None, "de", relation, now)?.unwrap();
            assert_eq!(new.language, "de");
            assert_eq!((new.name.as_str(), person::find(tx, new.id)?.unwrap() == new), ("Jo Silva", true));
            assert_eq!(person::find_or_create_by_email(tx, "nobody", None, "de", relation, now)?, None);
            Ok(())
        }).unwrap();
        let taken = db.write_now(move |tx| -> Result<()> {
            let other = person::insert(tx, &someone("other"), now)?;
            person::add_address(tx, other.id, AddressKind::Email, "ana@lindenhof.example", now)
        }).unwrap_err();
        assert!(taken.is_taken(), "{taken}");
    }

    fn attributes_keep_every_version(db: Db, clock: Clock) {
        let now = clock.now();
        db.write_now(move |tx| -> Result<()> {
            let ana = person::insert(tx, &NewPerson { attributes: site("Porto"), ..someone("ana") }, now)?;
            assert_eq!(ana.version, 1);
            assert_eq!(person::set_attributes(tx, ana.id, &site("Porto"), now.plus(DAY))?, 1, "nothing changed");
            assert_eq!(person::set_attributes(tx, ana.id, &site("Lisbon"), now.plus(DAY))?, 2);
            assert_eq!(person::attributes_at(tx, ana.id, 1)?, site("Porto"));
            assert_eq!(person::attributes_at(tx, ana.id, 2)?, site("Lisbon"));
            assert_eq!(person::attributes_at(tx, ana.id, 0)?, BTreeMap::new());
            assert_eq!(person::find(tx, ana.id)?.unwrap().version, 2);
            Ok(())
        }).unwrap();
    }

    fn a_merged_person_answers_for_all_addresses(db: Db, clock: Clock) {
        let now = clock.now();
        let all = crowd(&db, 3, now);
        let (kept, merged) = (all[0], all[1]);
        db.write_now(move |tx| -> Result<()> {
            person::merge(tx, kept, merged, None, now)?;
            let found = person::find_by_address(tx, AddressKind::Email, "person1@lindenhof.example")?.unwrap();
            assert_eq!(found.id, kept);
            assert_eq!(person::addresses(tx, merged)?.len(), 2);
            assert_eq!(person::address_of(tx, merged)?.as_deref(), Some("person0@lindenhof.example"));
            person::mark_failing(tx, "person0@lindenhof.example", now)?;
            assert_eq!(person::address_of(tx, merged)?.as_deref(), Some("person1@lindenhof.example"));
            assert_eq!(person::search(tx, "person1", 10)?.len(), 0, "the merged record is left out");
            assert!(person::unmerge(tx, merged, now)?);
            assert!(!person::unmerge(tx, merged, now)?, "there is nothing more to take back");
            let found = person::find_by_address(tx, AddressKind::Email, "person1@lindenhof.example")?.unwrap();
            assert_eq!(found.id, merged);
            Ok(())
        }).unwrap();
    }

    fn whoever_was_merged_stays_with_whom_they_were_merged_into(db: Db, clock: Clock) {
        let now = clock.now();
        let all = crowd(&db, 3, now);
        let (a, b, c) = (all[0], all[1], all[2]);
        db.write_now(move |tx| -> Result<()> {
            person::merge(tx, b, c, None, now)?;
            person::merge(tx, a, b, None, now)?;
            assert_eq!(person::canonical(tx, c)?, a);
            person::unmerge(tx, b, now)?;
            assert_eq!((person::canonical(tx, a)?, person::canonical(tx, b)?, person::canonical(tx, c)?), (a, b, b));
            Ok(())
        }).unwrap();
    }

    fn any_merges_taken_back_leave_everybody_themselves(db: Db, clock: Clock) {
        // A property, told over many random sequences; each starts from a crowd of its own.
        use proptest::strategy::{Strategy, ValueTree};
        const PEOPLE: usize = 7;
        let steps = proptest::collection::vec((0..PEOPLE, 0..PEOPLE, proptest::bool::weighted(0.3)), 1..25);
        let mut runner = proptest::test_runner::TestRunner::deterministic();
        let all = crowd(&db, PEOPLE, clock.now());
        for _ in 0..40 {
            let steps = steps.new_tree(&mut runner).unwrap().current();
            let (all, now) = (all.clone(), clock.now());
            db.write_now(move |tx| -> Result<()> {
                let mut expected = Model::new(&all);
                for &(one, other, back) in &steps {
                    if back {
                        assert_eq!(person::unmerge(tx, all[one], now)?, expected.unmerge(all[one]), "{steps:?}");
                    } else {
                        person::merge(tx, all[one], all[other], None, now)?;
                        expected.merge(all[one], all[other]);
                    }
                    expected.check(tx, &all, &steps)?;
                }
                for &who in &all {
                    person::unmerge(tx, who, now)?;
                }
                for &who in &all {
                    assert_eq!(person::canonical(tx, who)?, who, "{steps:?}");
                    assert_eq!(person::one_and_same(tx, who)?, [who], "{steps:?}");
                }
                Ok(())
            }).unwrap();
        }
    }
}

/// What merging means, in ten lines: who points at whom.
struct Model(BTreeMap<PersonId, PersonId>);

impl Model {
    fn new(all: &[PersonId]) -> Self {
        Self(all.iter().map(|&who| (who, who)).collect())
    }

    fn root(&self, who: PersonId) -> PersonId {
        if self.0[&who] == who { who } else { self.root(self.0[&who]) }
    }

    fn merge(&mut self, kept: PersonId, merged: PersonId) {
        let (kept, merged) = (self.root(kept), self.root(merged));
        self.0.insert(merged, kept);
    }

    fn unmerge(&mut self, merged: PersonId) -> bool {
        self.0.insert(merged, merged) != Some(merged)
    }

    fn check(&self, tx: &mut Tx, all: &[PersonId], steps: &[(usize, usize, bool)]) -> Result<()> {
        for &who in all {
            assert_eq!(person::canonical(tx, who)?, self.root(who), "{steps:?}");
        }
        Ok(())
    }
}

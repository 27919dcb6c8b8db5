//! For every measure: what is released of a week is the same a week later and a year later, whatever happens in between
//! to those it is about. Otherwise the page of then and the page of now could be subtracted.

use std::collections::BTreeSet;

use base::clock::{HOUR, Moment};
use proptest::prelude::*;

use super::*;
use crate::measure::week::week_of;
use crate::person::{Attributes, PersonId};
use crate::projection::{Entry, Person, of_entries};
use crate::segment::{Rule, SegmentId};
use crate::touchpoint::{Kind, Kinds, Stage};

#[path = "../../../tests/shared/asked.rs"]
pub(super) mod asked;

use asked::{KINDS, MANY, NAMES};

const START: Moment = Moment(1_772_442_000_000);

proptest! {
    #![proptest_config(ProptestConfig { cases: 250, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn what_is_released_stays_whatever_happens(
        happened in prop::collection::vec((0..9i64, 0..MANY, 0..16usize, 0..20i64, 0..8u8), 50..500),
        k in 2..6u64,
    ) {
        let site = |id: i64| Attributes::from([("site".to_owned(), ["Lisbon", "Porto"][id as usize % 2].to_owned())]);
        let people: Vec<Person> = (1..=16).map(|id| Person { id: PersonId(id), attributes: site(id) }).collect();
        let numbers: Vec<[(&str, f64); 5]> = happened
            .iter()
            // A question that was left out at first may be answered later.
            .map(|own| {
                let said = f64::from(own.4);
                let (effort, went) = if own.4 % 3 == 0 { ("none", "none") } else { ("effort", "went") };
                let trouble = ("trouble", f64::from(own.4 % 2));
                [("satisfaction", said), (effort, said), ("need", said * 90_000.0), trouble, (went, said)]
            })
            .collect();
        let mut at = START;
        let entries: Vec<Entry> = happened
            .iter()
            .zip(&numbers)
            .map(|(&(hours, kind, who, thing, _), numbers)| {
                at = at.plus(hours * HOUR);
                let object = Some(("ticket", thing + 100 * (who as i64 % 3)));
                Entry { numbers, object, service: Some("Mail"), ..Entry::of(NAMES[kind], at, &people[who]) }
            })
            .collect();
        let all: Vec<&'static Kind> = KINDS.iter().collect();
        let kinds = Kinds::gather(&[&all]);
        let (gate, rule) = (Gate::new(k), Rule::everybody().with("site", "Lisbon"));
        // The whole ledger, and the first half of it at that time.
        let half = entries[entries.len() / 2].at;
        let [early, late] = [half, at.plus(400 * 24 * HOUR)].map(|now| {
            let view = of_entries(&kinds, entries.iter().filter(|entry| entry.at <= now).cloned());
            let cuts = Cuts::of(&view, [(SegmentId(1), &rule)]);
            let evidence = Evidence::since(&view, Weeks::until(START, 1), now);
            let release = Release::new(&evidence, &gate, &cuts);
            MEASURES.iter().map(|measure| release.of(measure).before(week_of(half.0))).collect::<Vec<_>>()
        });
        for ((measure, early), late) in MEASURES.iter().zip(early).zip(late) {
            prop_assert_eq!(&early, &late, "{}", measure.key);
            for (_, members) in early {
                let people: BTreeSet<u64> = members.iter().map(|own| own.1).collect();
                prop_assert!(people.len() as u64 >= k, "{}", measure.key);
            }
        }
    }
}

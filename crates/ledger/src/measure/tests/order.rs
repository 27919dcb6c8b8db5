//! In whatever order the ledger heard of things, its measures are those of the order in which they happened.

use base::clock::{HOUR, MINUTE, Moment};
use proptest::prelude::*;

use super::stays::asked::{KINDS, MANY, NAMES};
use super::*;
use crate::person::{Attributes, PersonId};
use crate::projection::{Entry, Person, of_entries};
use crate::touchpoint::Kinds;

const START: Moment = Moment(1_772_442_000_000);

proptest! {
    #![proptest_config(ProptestConfig { cases: 100, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn what_was_heard_of_late_counts_as_of_its_time(
        happened in prop::collection::vec((0..9i64, 0..MANY, 0..12usize, 0..20i64, 0..8u8, 0..1000u32), 50..400),
    ) {
        let people: Vec<Person> = (1..=12).map(|id| Person { id: PersonId(id), attributes: Attributes::new() }).collect();
        let numbers: Vec<[(&str, f64); 5]> = happened
            .iter()
            .map(|own| ["satisfaction", "effort", "trouble", "went", "reported"].map(|name| (name, f64::from(own.4 % 6))))
            .collect();
        let mut at = START;
        let mut entries: Vec<(u32, Entry)> = Vec::new();
        for (&(hours, kind, who, thing, _, heard), numbers) in happened.iter().zip(&numbers) {
            // No two at once: of these the ledger's order decides.
            at = at.plus(hours * HOUR + MINUTE);
            let object = Some(("ticket", thing + 100 * (who as i64 % 3)));
            entries.push((heard, Entry { numbers, object, service: Some("Mail"), ..Entry::of(NAMES[kind], at, &people[who]) }));
        }
        let all: Vec<_> = KINDS.iter().collect();
        let kinds = Kinds::gather(&[&all]);
        let told = |entries: &[(u32, Entry)]| {
            let view = of_entries(&kinds, entries.iter().map(|(_, entry)| entry.clone()));
            let now = at.plus(400 * 24 * HOUR);
            let (evidence, cuts, gate) =
                (Evidence::since(&view, Weeks::until(START.plus(24 * 7 * HOUR), 1), now), Cuts::none(), Gate::new(2));
            let release = Release::new(&evidence, &gate, &cuts);
            let weeks = Weeks::until(now, 104);
            // To the ninth digit: people are added up in the order in which they were heard of.
            let shown = |measure| match gate.show(measure, Asked::of(&release.of(measure).sample(weeks, Part::Everybody))) {
                Shown::Number(found) => {
                    let (value, (low, high)) = (found.value(), found.interval());
                    format!("{value:.9} {low:.9} {high:.9?} n {} people {}", found.n(), found.people())
                }
                Shown::Refused(why) => format!("{why:?}"),
            };
            MEASURES.iter().map(|measure| (measure.key, shown(measure))).collect::<Vec<_>>()
        };
        let as_lived = told(&entries);
        entries.sort_by_key(|(heard, _)| *heard);
        let as_heard = told(&entries);
        for (lived, heard) in as_lived.iter().zip(&as_heard) {
            prop_assert_eq!(lived, heard);
        }
        let numbers = as_lived.iter().filter(|(_, shown)| shown.contains(" people ")).count();
        prop_assert!(happened.len() < 350 || numbers >= 10, "there is something to compare: {}", numbers);
    }
}

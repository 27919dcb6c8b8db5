//! Which groups of a split must not be shown.

use std::collections::BTreeSet;

/// Groups that must stay hidden, given how many people each has: those with some but fewer than `k`; and as long as that
/// is a single one, or all hidden ones together are fewer than `k`, the next smallest too, because otherwise they could be
/// found by subtracting the others from the total. Groups of nobody give nothing away.
pub fn hidden(people: &[u64], k: u64) -> Vec<bool> {
    let mut hide: Vec<bool> = people.iter().map(|&n| n > 0 && n < k).collect();
    loop {
        let count = hide.iter().filter(|hidden| **hidden).count();
        let within: u64 = people.iter().zip(&hide).filter(|(_, hide)| **hide).map(|(n, _)| n).sum();
        if count == 0 || (count > 1 && within >= k) {
            return hide;
        }
        let shown = (0..people.len()).filter(|&group| !hide[group] && people[group] > 0);
        let Some(next) = shown.min_by_key(|&group| people[group]) else { return hide };
        hide[next] = true;
    }
}

/// The same for groups of which it is known who is in them, so that a person who stands in several hidden groups counts
/// once: together the hidden ones must be `k` different people.
pub(super) fn hidden_of<'p>(people: &[&'p BTreeSet<u64>], k: u64) -> Vec<bool> {
    let counts: Vec<u64> = people.iter().map(|own| own.len() as u64).collect();
    let mut hide = hidden(&counts, k);
    loop {
        let within: BTreeSet<&'p u64> =
            people.iter().zip(&hide).filter(|(_, hide)| **hide).flat_map(|(own, _)| *own).collect();
        if within.is_empty() || within.len() as u64 >= k {
            return hide;
        }
        let shown = (0..people.len()).filter(|&group| !hide[group] && counts[group] > 0);
        let Some(next) = shown.min_by_key(|&group| counts[group]) else { return hide };
        hide[next] = true;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_single_hidden_group_takes_the_next_smallest_with_it() {
        assert_eq!(hidden(&[40, 3, 0, 12, 90], 5), [false, true, false, true, false]);
        assert_eq!(hidden(&[40, 3, 4, 12], 5), [false, true, true, false]);
        // Two people of two groups are still fewer than five.
        assert_eq!(hidden(&[40, 1, 1, 12], 5), [false, true, true, true]);
        assert_eq!(hidden(&[40, 12], 5), [false, false]);
        assert_eq!(hidden(&[3], 5), [true]);
    }

    #[test]
    fn the_same_three_people_in_two_hidden_groups_are_three() {
        let of = |people: std::ops::Range<u64>| people.collect::<BTreeSet<u64>>();
        let (three, others, many) = (of(0..3), of(10..18), of(20..60));
        assert_eq!(hidden_of(&[&three, &three, &others, &many], 5), [true, true, true, false]);
        assert_eq!(hidden_of(&[&three, &of(3..6), &others, &many], 5), [true, true, false, false]);
    }

    proptest! {
        #[test]
        fn no_group_below_k_can_be_shown_or_subtracted(people in prop::collection::vec(0..30u64, 0..12), k in 1..10u64) {
            let hide = hidden(&people, k);
            for (n, hide) in people.iter().zip(&hide) {
                prop_assert!(*n == 0 || *n >= k || *hide);
            }
            let unseen = hide.iter().filter(|hide| **hide).count();
            let shown = people.iter().zip(&hide).filter(|(n, hide)| **n > 0 && !**hide).count();
            prop_assert!(unseen != 1 || shown == 0);
            let within: u64 = people.iter().zip(&hide).filter(|(_, hide)| **hide).map(|(n, _)| n).sum();
            prop_assert!(unseen == 0 || within >= k || shown == 0);
        }
    }
}

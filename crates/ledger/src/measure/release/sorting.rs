//! Dividing the observations of a measure into groups.

use std::collections::BTreeMap;

use super::Cuts;
use crate::measure::evidence::Observation;
use crate::measure::sample::Who;
use crate::measure::week::{BLOCK, start_of, week_of, year_of};

/// Observations that are released together: at least k people.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Group {
    /// The week in which they count.
    pub week: i64,
    /// When all of it is known.
    pub ripe: i64,
    pub members: Vec<u32>,
    /// The segments that all are in.
    pub inside: u64,
    /// The segments that none is in.
    pub outside: u64,
    /// Where all of it happened, when it is one place.
    pub place: Option<u32>,
}

/// The observations of one measure, divided.
#[derive(Debug, Default)]
pub(super) struct Sorted {
    /// What is released, in the order of time.
    pub groups: Vec<Group>,
    /// What is in no group: it waits, or waited in vain until its year was over.
    pub left: Vec<u32>,
}

/// Dividing the observations of one measure.
pub(super) struct Sorting<'s> {
    pub observed: &'s [Observation],
    pub masks: &'s [u64],
    pub places: &'s [u32],
    pub cuts: &'s Cuts,
    pub k: u64,
}

/// A class: how many segments, oldest first, it is told apart by, those its people are in, and the place.
type Class = (usize, u64, Option<u32>);

/// Observations of a class that wait to be enough.
#[derive(Debug, Default)]
struct Waiting {
    members: Vec<u32>,
    /// Different people, as far as they are counted: up to k.
    people: Vec<Who>,
}

impl Waiting {
    fn add(&mut self, member: u32, who: Who, k: u64) {
        self.members.push(member);
        if (self.people.len() as u64) < k && !self.people.contains(&who) {
            self.people.push(who);
        }
    }
}

impl Sorting<'_> {
    /// All that was observed up to (without) the running week.
    pub(super) fn sorted(&self, running: i64) -> Sorted {
        let Some((first, weeks)) = self.by_week(running) else { return Sorted::default() };
        let (mut groups, mut left) = (Vec::new(), Vec::new());
        let mut waiting: BTreeMap<Class, Waiting> = BTreeMap::new();
        let mut force = 0;
        for (week, seen) in (first..running).zip(weeks) {
            if week == year_of(week) {
                left.extend(std::mem::take(&mut waiting).into_values().flat_map(|own| own.members));
            }
            let now_in_force = self.cuts.in_force(week);
            if now_in_force != force {
                force = now_in_force;
                let again = std::mem::take(&mut waiting);
                again.into_values().flat_map(|own| own.members).for_each(|own| self.wait(&mut waiting, force, own));
            }
            for own in seen {
                self.wait(&mut waiting, force, own);
            }
            self.release(&mut waiting, week, &mut groups);
            if (week + 1).rem_euclid(BLOCK) == 0 {
                self.put_together(&mut waiting, force, week, &mut groups);
            }
        }
        left.extend(waiting.into_values().flat_map(|own| own.members));
        Sorted { groups, left }
    }

    /// The first week, and the observations of each week from it on until the running one; `None` when there are none.
    fn by_week(&self, running: i64) -> Option<(i64, Vec<Vec<u32>>)> {
        let first = week_of(self.observed.iter().map(|seen| seen.at).min()?);
        let mut weeks = vec![Vec::new(); usize::try_from(running - first).unwrap_or(0)];
        for (own, seen) in self.observed.iter().enumerate() {
            if let Some(week) = usize::try_from(week_of(seen.at) - first).ok().and_then(|week| weeks.get_mut(week)) {
                week.push(own as u32);
            }
        }
        Some((first, weeks))
    }

    fn wait(&self, waiting: &mut BTreeMap<Class, Waiting>, depth: usize, member: u32) {
        let at = member as usize;
        let class = (depth, first_bits(self.masks[at], depth), Some(self.places[at]));
        waiting.entry(class).or_default().add(member, self.observed[at].who, self.k);
    }

    /// Lets every class go that has enough people.
    fn release(&self, waiting: &mut BTreeMap<Class, Waiting>, week: i64, groups: &mut Vec<Group>) {
        waiting.retain(|_, own| {
            let is_enough = own.people.len() as u64 >= self.k;
            if is_enough {
                self.divide(std::mem::take(&mut own.members), week, groups);
            }
            !is_enough
        });
    }

    /// Puts what is too little together: first without the place, then without the newest segment, and so on.
    fn put_together(&self, waiting: &mut BTreeMap<Class, Waiting>, force: usize, week: i64, groups: &mut Vec<Group>) {
        for depth in (0..=force).rev() {
            let mut wider: BTreeMap<Class, Waiting> = BTreeMap::new();
            for ((_, bits, _), own) in std::mem::take(waiting) {
                let to = wider.entry((depth, first_bits(bits, depth), None)).or_default();
                for member in own.members {
                    to.add(member, self.observed[member as usize].who, self.k);
                }
            }
            self.release(&mut wider, week, groups);
            *waiting = wider;
        }
        // The rest waits in its own classes again.
        let rest = std::mem::take(waiting);
        rest.into_values().flat_map(|own| own.members).for_each(|own| self.wait(waiting, force, own));
    }

    /// Divides a group by every segment, also those saved later, where both parts are enough.
    fn divide(&self, members: Vec<u32>, week: i64, groups: &mut Vec<Group>) {
        let mut parts = vec![(members, 0u64, 0u64)];
        for place in 0..self.cuts.0.len() {
            let bit = 1 << place;
            let mut divided = Vec::with_capacity(parts.len());
            for (members, inside, outside) in parts {
                let (yes, no): (Vec<u32>, Vec<u32>) =
                    members.iter().partition(|own| self.masks[**own as usize] & bit != 0);
                if no.is_empty() {
                    divided.push((members, inside | bit, outside));
                } else if yes.is_empty() {
                    divided.push((members, inside, outside | bit));
                } else if self.is_enough(&yes) && self.is_enough(&no) {
                    divided.push((yes, inside | bit, outside));
                    divided.push((no, inside, outside | bit));
                } else {
                    divided.push((members, inside, outside));
                }
            }
            parts = divided;
        }
        groups.extend(parts.into_iter().map(|(members, inside, outside)| {
            let mut places = members.iter().map(|own| self.places[*own as usize]);
            let first = places.next();
            let place = first.filter(|first| places.all(|other| other == *first));
            let known = members.iter().map(|own| self.observed[*own as usize].ripe.min(i64::MAX / 2)).max();
            // Whole weeks here too, so that every day of a week shows the same.
            let ripe = start_of(week_of(known.unwrap_or(0) - 1) + 1).max(start_of(week + 1));
            Group { week, ripe, members, inside, outside, place }
        }));
    }

    fn is_enough(&self, members: &[u32]) -> bool {
        let mut people: Vec<Who> = Vec::with_capacity(self.k as usize);
        for own in members {
            let who = self.observed[*own as usize].who;
            if !people.contains(&who) {
                people.push(who);
            }
            if people.len() as u64 >= self.k {
                return true;
            }
        }
        false
    }
}

/// The bits of the first `count` segments.
fn first_bits(mask: u64, count: usize) -> u64 {
    if count >= 64 { mask } else { mask & ((1 << count) - 1) }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use proptest::prelude::*;

    use super::*;
    use crate::measure::evidence::Value;
    use crate::measure::release::Cut;
    use crate::segment::{Among, SegmentId};

    const HOUR: i64 = 3_600_000;

    /// Hours since the last one, who, the segments they are in, and where.
    fn observed(seen: &[(i64, u64, u64, u32)]) -> (Vec<Observation>, Vec<u64>, Vec<u32>) {
        let mut at = start_of(2_900);
        let observations = seen.iter().map(|&(hours, who, ..)| {
            at += hours * HOUR;
            Observation { at, ripe: at, who, attributes: 0, service: 0, channel: 0, value: Value::Yes(true) }
        });
        (observations.collect(), seen.iter().map(|own| own.2).collect(), seen.iter().map(|own| own.3).collect())
    }

    fn cuts(since: &[i64]) -> Cuts {
        let cut = |(id, weeks): (usize, &i64)| Cut {
            id: SegmentId(id as i64),
            since: 2_900 + weeks,
            among: Among::everybody(),
        };
        Cuts(since.iter().enumerate().map(cut).collect())
    }

    fn seen() -> impl Strategy<Value = Vec<(i64, u64, u64, u32)>> {
        prop::collection::vec((0..60i64, 0..14u64, 0..8u64, 0..3u32), 0..250)
    }

    proptest! {
        #[test]
        fn groups_are_whole_apart_and_true(seen in seen(), since in prop::collection::vec(0..40i64, 3), k in 2..7u64) {
            let (observed, masks, places) = observed(&seen);
            let mut since = since;
            since.sort_unstable();
            let cuts = cuts(&since);
            let end = observed.last().map_or(2_900, |last| week_of(last.at) + 1);
            let sorting = Sorting { observed: &observed, masks: &masks, places: &places, cuts: &cuts, k };
            let Sorted { groups, left } = sorting.sorted(end);
            let mut all = BTreeSet::new();
            for group in &groups {
                let people: BTreeSet<u64> = group.members.iter().map(|own| observed[*own as usize].who).collect();
                prop_assert!(people.len() as u64 >= k, "{group:?}");
                prop_assert!(group.members.iter().all(|own| all.insert(*own)), "nobody is in two groups");
                for own in &group.members {
                    let at = *own as usize;
                    prop_assert!(masks[at] & group.inside == group.inside && masks[at] & group.outside == 0);
                    prop_assert!(group.place.is_none_or(|place| place == places[at]));
                    prop_assert!(week_of(observed[at].at) <= group.week && observed[at].ripe <= group.ripe);
                }
            }
            prop_assert!(left.iter().all(|own| all.insert(*own)), "nobody is in a group and left");
            prop_assert_eq!(all.len(), observed.len(), "nobody is forgotten");
        }

        /// What was released stays as it was when more happens: what grows with the ledger is what one computes from its
        /// beginning.
        #[test]
        fn what_is_released_stays(seen in seen(), until in 0..60i64, k in 2..7u64) {
            let (observed, masks, places) = observed(&seen);
            let cuts = cuts(&[0, 3, 9]);
            let running = 2_900 + until;
            let then = observed.partition_point(|own| own.at < start_of(running));
            let early = Sorting { observed: &observed[..then], masks: &masks, places: &places, cuts: &cuts, k };
            let late = Sorting { observed: &observed, ..early };
            let end = observed.last().map_or(running, |last| week_of(last.at) + 1).max(running);
            let released: Vec<Group> = late.sorted(end).groups.into_iter().filter(|group| group.week < running).collect();
            prop_assert_eq!(early.sorted(running).groups, released);
        }

        /// A segment that is saved in a later week divides what was released before, and puts nothing of it together anew.
        #[test]
        fn a_new_segment_only_divides(seen in seen(), saved in 0..40i64, k in 2..7u64) {
            let (observed, masks, places) = observed(&seen);
            let (few, more) = (cuts(&[0, 2]), cuts(&[0, 2, saved]));
            let running = (2_900 + saved).min(observed.last().map_or(2_900, |last| week_of(last.at) + 1));
            let before = Sorting { observed: &observed, masks: &masks, places: &places, cuts: &few, k };
            let after = Sorting { cuts: &more, ..before };
            let before = before.sorted(running).groups;
            for group in after.sorted(running).groups {
                let within = |old: &Group| group.members.iter().all(|own| old.members.contains(own));
                prop_assert!(before.iter().any(within), "{group:?}");
            }
        }
    }
}

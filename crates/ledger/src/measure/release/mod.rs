//! What may be shown at all: observations are released in groups of at least k people, and every number is about whole
//! groups.
//!
//! # The attack
//! A gate that looks at one number at a time can be undone by asking twice: the quarter until today and the quarter until
//! yesterday differ by the two people who answered on those days. Longer chains do the same with segments that overlap,
//! and no list of forbidden pairs is complete.
//!
//! # The defence
//! Here the sets come first, and the questions afterwards. All observations of a measure are divided once, by a rule that
//! looks at when and of whom they are and never at how they went, into *groups* of at least k different people. A number
//! is about a union of whole groups or it is not given. It follows, whatever is asked, however often, by whomever:
//!
//! - any sum or difference of shown sums has the same weight on all of a group, so none is about fewer than k people;
//! - whatever function of the answers is shown (median, interval, verdict), exchanging what two members of a group said
//!   changes nothing of it, so it cannot tell which of at least k people said what.
//!
//! Nothing has to be remembered of who asked what: the rule is a function of the ledger and of the saved segments, the
//! same for every role, node and restart.
//!
//! # The rule
//! Time is a fixed grid of whole weeks (Monday to Sunday, UTC), in blocks of four and years of 52. People fall into
//! classes by the saved segments that they are in, the oldest segment first. At the end of each week every class with at
//! least k people since its last release becomes a group. The others wait: their observations count in the week in which
//! they are released. At the end of a block, classes that are still too small are put together with those that differ by
//! the newest segment only, then by the second newest, and so on; such a group belongs to no segment that it is mixed in.
//! What is too little even all together is carried on to the next block, and at the end of a year no longer. Answers on
//! how it was are divided by service (or channel) below the classes, because what hurts is told by service.
//!
//! A group never changes once it is released, though what is known of its members does (`tests/stays.rs`, for every
//! measure). So who is in it follows from what was known in its week. A ticket that is merged or never sorted, or a notice
//! that nobody heeds, turns out later to be no observation of a measure; it stays in its group and is not counted. Of such
//! measures a difference can be about fewer than k that count, of at least k of whom nobody knows which those are. An
//! answer to a further question that is given after the week of the first one is left out.
//!
//! A new segment counts as a class from the week after it was saved. Groups that were released before are divided by it
//! only where both parts have at least k people, so that comparing a page from before with one from after gives no less
//! than a part. Deleting a segment would undo that; a segment can only be added.
//!
//! # What it costs
//! Numbers are up to a week old, those of small groups up to four. Small overlaps of segments are missing from the
//! segments (not from everybody). Beside a gate that only counts the people behind each number and its complement, with
//! six segments that overlap (`tests/attacker.rs` counts it): of a firm of 60 people with 8 answers a week 12% of the
//! numbers of everybody and 21% of those of segments are missing, and 2% of the answers are not released; of 400 people
//! with 35 answers a week 0%, 3% and 0%; of 2,000 people 0%, 1% and 0%. Telling satisfaction by service costs more: the
//! service is lost of 97%, 46% and 11% of the answers, so a small firm is rarely told what hurts by service.
//!
//! # What it does not do
//! - Where all of a group say the same, that is told (k-anonymity is no l-diversity).
//! - It does not guard counts of contacts and of people in stages beyond k, whole weeks and complements.
//! - Erasing or merging people, and entries that are recorded later with an earlier date, divide their year anew. Who kept
//!   a page from before can compare. Nothing short of keeping what was erased prevents that.
//! - Someone inside a group who knows what others of it said knows more than the rest of us.
//!
//! Sources: L. Sweeney, k-anonymity, International Journal of Uncertainty, Fuzziness and Knowledge-Based Systems 10
//! (2002), for groups of k; F. Chin and G. Ozsoyoglu, Auditing for secure statistical databases (1981), for sums that are
//! unions of atoms; releasing on the number of people alone avoids R. Wong et al., Minimality attack in privacy preserving
//! data publishing (VLDB 2007).

mod sorting;

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::rc::Rc;

use base::id::made_at;

use super::evidence::{Evidence, Observation, Value, sample_of};
use super::gate::Gate;
use super::registry::{Measure, Question};
use super::sample::Sample;
use super::week::{Weeks, week_of};
use crate::projection::View;
use crate::segment::{Among, Rule, SegmentId};
use sorting::{Group, Sorted, Sorting};

/// The segments by which numbers may be divided: all that were saved, oldest first.
#[derive(Debug, Clone)]
pub struct Cuts(Vec<Cut>);

#[derive(Debug, Clone)]
struct Cut {
    id: SegmentId,
    /// The first week in which it makes classes.
    since: i64,
    among: Among,
}

/// The most segments that numbers can be divided by.
const MOST: usize = 64;

impl Cuts {
    /// No segments: everybody or nobody.
    pub fn none() -> Self {
        Self(Vec::new())
    }

    /// All saved segments, against a view. Always all of them, whichever is asked for: they are what is divided by. The
    /// 64 oldest count.
    pub fn of<'r>(view: &View, segments: impl IntoIterator<Item = (SegmentId, &'r Rule)>) -> Self {
        let cut =
            |(id, rule): (SegmentId, &Rule)| Cut { id, since: week_of(made_at(id.0).0) + 1, among: rule.among(view) };
        let mut cuts: Vec<Cut> = segments.into_iter().map(cut).collect();
        cuts.sort_by_key(|cut| cut.id);
        cuts.truncate(MOST);
        Self(cuts)
    }

    /// Who is in a part. Only counts of people and of what they did may be taken of it, not what they said.
    pub fn among(&self, part: Part) -> Among {
        let of = |id| self.0.iter().find(|cut| cut.id == id).map(|cut| cut.among.clone());
        let nobody = || Among::everybody().others();
        match part {
            Part::Everybody => Among::everybody(),
            Part::Within(id) => of(id).unwrap_or_else(nobody),
            Part::Outside(id) => of(id).map_or_else(nobody, |among| among.others()),
        }
    }

    fn mask(&self, attributes: u32) -> u64 {
        let bit = |(place, cut): (usize, &Cut)| u64::from(cut.among.holds(attributes)) << place;
        self.0.iter().enumerate().map(bit).sum()
    }

    /// How many of them make classes in a week.
    fn in_force(&self, week: i64) -> usize {
        // By id they are in the order of time.
        self.0.iter().take_while(|cut| cut.since <= week).count()
    }
}

/// Of whom a number is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part {
    /// Everybody.
    Everybody,
    /// Those in a saved segment.
    Within(SegmentId),
    /// Everybody else.
    Outside(SegmentId),
}

/// Where something happened: the service, or the channel where there is none.
pub(super) fn place_of(service: u16, channel: u8) -> u32 {
    if service == 0 { 1 << 16 | u32::from(channel) } else { u32::from(service) }
}

/// Everything that measures may be shown of.
pub struct Release<'e> {
    evidence: &'e Evidence,
    cuts: &'e Cuts,
    k: u64,
    beside: RefCell<BTreeMap<Question, Rc<Released>>>,
}

impl<'e> Release<'e> {
    /// What a gate may see of the evidence, divided by these segments and no others.
    pub fn new(evidence: &'e Evidence, gate: &Gate, cuts: &'e Cuts) -> Self {
        Self { evidence, cuts, k: gate.k(), beside: RefCell::default() }
    }

    /// What is released of a measure.
    pub fn of(&self, measure: &Measure) -> Released {
        let question = measure.question;
        let beside = question.beside().map(|other| {
            let of = || Rc::new(self.question(other, None));
            self.beside.borrow_mut().entry(other).or_insert_with(of).clone()
        });
        self.question(question, beside)
    }

    fn question(&self, question: Question, beside: Option<Rc<Released>>) -> Released {
        let observed = self.evidence.observe(question, self.evidence.stretch());
        let masks: Vec<u64> = observed.iter().map(|seen| self.cuts.mask(seen.attributes)).collect();
        // Only satisfaction is told by place; dividing the others would make them wait for nothing.
        let by_place = question == Question::Satisfaction;
        let places: Vec<u32> =
            observed.iter().map(|o| if by_place { place_of(o.service, o.channel) } else { 0 }).collect();
        let sorting = Sorting { observed: &observed, masks: &masks, places: &places, cuts: self.cuts, k: self.k };
        let Sorted { groups, left } = sorting.sorted(week_of(self.evidence.now() - 1));
        let bits = self.cuts.0.iter().map(|cut| cut.id).collect();
        Released { question, now: self.evidence.now(), observed, masks, groups, left, segments: bits, beside }
    }
}

/// What is released of one measure.
pub struct Released {
    question: Question,
    now: i64,
    observed: Vec<Observation>,
    masks: Vec<u64>,
    groups: Vec<Group>,
    /// Observations that are in no group.
    left: Vec<u32>,
    segments: Vec<SegmentId>,
    beside: Option<Rc<Released>>,
}

impl Released {
    /// The sample of some weeks and a part of the people: whole groups that were released in these weeks. A segment that
    /// is not one of the cuts has nobody in it.
    pub fn sample(&self, weeks: Weeks, part: Part) -> Sample {
        let sample = self.counted(weeks, part);
        if self.is_waiting(weeks, part) { sample.waiting() } else { sample }
    }

    /// The samples of several stretches of weeks, without a word on what waits.
    pub fn samples(&self, slices: &[Weeks], part: Part) -> Vec<Sample> {
        slices.iter().map(|weeks| self.counted(*weeks, part)).collect()
    }

    fn counted(&self, weeks: Weeks, part: Part) -> Sample {
        let all = self.groups(weeks, part);
        let (ripe, young): (Vec<&Group>, Vec<&Group>) = all.into_iter().partition(|group| group.ripe <= self.now);
        let members = ripe.iter().flat_map(|group| &group.members).map(|own| &self.observed[*own as usize]);
        let counts = |own: &&u32| self.observed[**own as usize].value != Value::Uncounted;
        let young: usize = young.iter().map(|group| group.members.iter().filter(counts).count()).sum();
        let mut sample = sample_of(self.question, members).without_young(young as u64);
        if let Some(beside) = &self.beside {
            let others: usize = beside.groups(weeks, part).iter().map(|group| group.members.len()).sum();
            sample = sample.beside(others as u64);
        }
        sample
    }

    /// The observations of whole groups that happened at one place, by place.
    pub(super) fn by_place(&self, weeks: Weeks, part: Part) -> BTreeMap<u32, Sample> {
        let mut places: BTreeMap<u32, Vec<&Observation>> = BTreeMap::new();
        for group in self.groups(weeks, part).into_iter().filter(|group| group.ripe <= self.now) {
            if let Some(place) = group.place {
                let own = group.members.iter().map(|own| &self.observed[*own as usize]);
                places.entry(place).or_default().extend(own);
            }
        }
        places.into_iter().map(|(place, own)| (place, sample_of(self.question, own))).collect()
    }

    fn groups(&self, weeks: Weeks, part: Part) -> Vec<&Group> {
        self.groups.iter().filter(|group| weeks.holds(group.week) && self.is_of(group, part)).collect()
    }

    /// Whether all of a group are of a part.
    fn is_of(&self, group: &Group, part: Part) -> bool {
        match part {
            Part::Everybody => true,
            Part::Within(id) => group.inside & self.bit(id) != 0,
            Part::Outside(id) => group.outside & self.bit(id) != 0,
        }
    }

    fn bit(&self, id: SegmentId) -> u64 {
        self.segments.iter().position(|own| *own == id).map_or(0, |place| 1u64 << place)
    }

    /// Whether anything was observed of a part that is in none of its groups (yet).
    fn is_waiting(&self, weeks: Weeks, part: Part) -> bool {
        let period = weeks.period();
        let is_in = |mask: u64| match part {
            Part::Everybody => true,
            Part::Within(id) => mask & self.bit(id) != 0,
            Part::Outside(id) => mask & self.bit(id) == 0,
        };
        let counts = |own: &u32| {
            let (seen, mask) = (&self.observed[*own as usize], self.masks[*own as usize]);
            period.contains(seen.at) && seen.value != Value::Uncounted && is_in(mask)
        };
        // A group that a segment divides belongs neither to it nor to the others.
        let divided = |group: &&Group| match part {
            Part::Everybody => false,
            Part::Within(id) | Part::Outside(id) => (group.inside | group.outside) & self.bit(id) == 0,
        };
        let mut divided = self.groups.iter().filter(divided).flat_map(|group| &group.members);
        self.left.iter().any(counts) || divided.any(counts)
    }

    /// The groups of the weeks before one: in which week, and what they are of, for tests that look at what stays.
    #[cfg(test)]
    pub(super) fn before(&self, week: i64) -> Vec<(i64, Vec<(i64, u64)>)> {
        let of = |own: &u32| (self.observed[*own as usize].at, self.observed[*own as usize].who);
        let groups = self.groups.iter().filter(|group| group.week < week);
        groups.map(|group| (group.week, group.members.iter().map(of).collect())).collect()
    }

    /// The members of each group, for tests that look for what could be told apart.
    #[cfg(test)]
    pub(super) fn shares(&self) -> (usize, usize, usize) {
        let in_groups = |bit: fn(&Group) -> bool| self.groups.iter().filter(|g| bit(g)).map(|g| g.members.len()).sum();
        (self.observed.len(), in_groups(|_| true), in_groups(|group| group.place.is_some()))
    }
}

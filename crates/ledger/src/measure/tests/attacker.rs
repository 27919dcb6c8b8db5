//! An attacker who asks for everything that can be asked, keeps what is shown, and solves.
//!
//! The world is a small firm over half a year: 60 people, facts of them, saved segments that overlap, four services, some
//! 180 answers. Every day for four weeks the attacker opens the overview for every segment and span, and keeps value and
//! n of the period, of the one before, of every slice of the trend and of every service.
//!
//! They know more than anybody could: which answers stand behind which number. The test finds that out as a stranger
//! would, by turning one answer round and seeing which numbers change. From there on it is linear algebra: an answer is
//! recovered when its unit vector is a combination of what was shown.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use base::clock::{DAY, Moment};
use base::id::made_at;

use super::*;
use crate::measure::release::Released;
use crate::person::{Attributes, PersonId};
use crate::projection::{Entry, Person, View, of_entries};
use crate::segment::{Rule, SegmentId};
use crate::touchpoint::{Kind, Kinds, Stage};

static ANSWERED: Kind = Kind::new("survey.answered", Stage::Improvement).with_numbers(&["satisfaction"]);

const K: usize = 5;
const PEOPLE: i64 = 60;
/// Days of the world.
const DAYS: i64 = 182;
/// A Monday, 09:00 UTC.
const START: Moment = Moment(1_772_442_000_000);
const SERVICES: [&str; 4] = ["Laptops", "Mail", "Payroll", "Doors"];
/// Days on which the attacker looks: the last four weeks.
const LOOKS: std::ops::Range<i64> = 154..DAYS;
const SPANS: [i64; 3] = [4, 12, 52];

struct World {
    people: Vec<Person>,
    /// Who, when, on which service, and whether they are satisfied.
    answers: Vec<(usize, Moment, usize, bool)>,
    segments: Vec<(SegmentId, Rule)>,
}

/// SplitMix64: the same draws on every machine.
fn dice(seed: &mut u64) -> u64 {
    *seed = seed.wrapping_add(0x9E37_79B9_7F4A_7C15);
    let mut mixed = (*seed ^ (*seed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    mixed ^ (mixed >> 31)
}

impl World {
    fn new(seed: u64) -> Self {
        Self::of(seed, PEOPLE, &[0, 0, 1, 1, 1, 2, 2])
    }

    /// A world of so many people, in which one of these numbers of answers comes each day, and nine more on a rush.
    fn of(mut seed: u64, people: i64, a_day: &[u64]) -> Self {
        let mut draw = |below: u64| dice(&mut seed) % below;
        let people: Vec<Person> = (1..=people)
            .map(|id| {
                let site = ["Lisbon", "Lisbon", "Porto", "Porto", "Graz"][draw(5) as usize];
                let role = ["driver", "cook", "clerk"][draw(3) as usize];
                let tenure = if draw(10) == 0 { "new" } else { "old" };
                let facts = [("site", site), ("role", role), ("tenure", tenure)];
                let attributes: Attributes = facts.iter().map(|(k, v)| ((*k).to_owned(), (*v).to_owned())).collect();
                Person { id: PersonId(id), attributes }
            })
            .collect();
        let mut answers = Vec::new();
        for day in 0..DAYS {
            let rush = if day % 61 == 0 { 9 } else { 0 };
            for _ in 0..a_day[draw(a_day.len() as u64) as usize] + rush {
                let at = START.plus(day * DAY + (draw(8 * 60) * 60_000) as i64);
                answers.push((draw(people.len() as u64) as usize, at, draw(4) as usize, draw(4) != 0));
            }
        }
        answers.sort_by_key(|answer| answer.1);
        let rule = |facts: &[(&str, &str)]| {
            facts.iter().fold(Rule::everybody(), |rule, (attribute, value)| rule.with(attribute, value))
        };
        let rules = [
            rule(&[("site", "Lisbon")]),
            rule(&[("role", "driver")]),
            rule(&[("site", "Lisbon"), ("role", "driver")]),
            rule(&[("site", "Lisbon"), ("site", "Porto")]),
            rule(&[("tenure", "new")]),
            rule(&[("role", "cook"), ("role", "clerk"), ("tenure", "old")]),
        ];
        let segments = rules.into_iter().enumerate().map(|(id, rule)| (SegmentId(id as i64 + 1), rule)).collect();
        Self { people, answers, segments }
    }

    fn view(&self) -> View {
        let (good, bad) = ([("satisfaction", 5.0)], [("satisfaction", 2.0)]);
        let entries: Vec<Entry> = self
            .answers
            .iter()
            .enumerate()
            .map(|(number, (who, at, service, satisfied))| Entry {
                numbers: if *satisfied { &good } else { &bad },
                service: Some(SERVICES[*service]),
                object: Some(("ticket", number as i64 + 1)),
                ..Entry::of("survey.answered", *at, &self.people[*who])
            })
            .collect();
        of_entries(&Kinds::gather(&[&[&ANSWERED]]), entries)
    }

    fn turned(&self, answer: usize) -> Self {
        let mut answers = self.answers.clone();
        answers[answer].3 = !answers[answer].3;
        Self { people: self.people.clone(), answers, segments: self.segments.clone() }
    }
}

/// What was asked: the look (day or week), and which number of its page.
type Ask = (i64, u32);

/// What is shown: how many of how many.
type Shows = BTreeMap<Ask, (u64, u64)>;

fn keep(shows: &mut Shows, look: i64, number: u32, gate: Gate, sample: &Sample, others: Option<&Sample>) {
    if let Shown::Number(finding) = gate.show(measure("satisfaction"), Asked { others, ..Asked::of(sample) }) {
        shows.insert((look, number), ((finding.value() * finding.n() as f64).round() as u64, finding.n()));
    }
}

/// All that a gate shows that asks each sample alone whether it and its complement are k people: periods end today.
fn naive(world: &World) -> Shows {
    let (view, gate, measure) = (world.view(), Gate::default(), measure("satisfaction"));
    let whole = Period { from: START, to: START.plus(400 * DAY) };
    let evidence = Evidence::gather(&view, whole);
    let mut shows = Shows::new();
    let all = std::iter::once((SegmentId(0), Rule::everybody())).chain(world.segments.iter().cloned());
    for (place, (_, rule)) in all.enumerate() {
        let among = rule.among(&view);
        for day in LOOKS {
            let end = START.plus(day * DAY);
            for (span, weeks) in SPANS.into_iter().enumerate() {
                let now = Period::before(end, weeks * 7 * DAY);
                for (number, period) in [now, now.previous()].into_iter().enumerate() {
                    let others = (place > 0).then(|| evidence.sample(measure, period, &among.others()));
                    let sample = evidence.sample(measure, period, &among);
                    let number = (place * 100 + span * 10 + number) as u32;
                    keep(&mut shows, day, number, gate, &sample, others.as_ref());
                }
            }
        }
    }
    shows
}

/// All that the overview shows in the last four weeks.
fn shown(world: &World) -> Shows {
    shown_on(world, LOOKS)
}

/// All that the overview shows on some days, by the segments that had been saved by then.
fn shown_on(world: &World, looks: std::ops::Range<i64>) -> Shows {
    let (view, gate) = (world.view(), Gate::default());
    let mut shows = Shows::new();
    let mut seen = BTreeSet::new();
    for day in looks {
        let now = START.plus(day * DAY);
        // Every day of a week gives the same page (`week.rs` tests it).
        if !seen.insert(Weeks::until(now, 1).period().from.0) {
            continue;
        }
        let saved = || world.segments.iter().filter(|(id, _)| made_at(id.0) <= now);
        let cuts = Cuts::of(&view, saved().map(|(id, rule)| (*id, rule)));
        let evidence = Evidence::since(&view, Weeks::until(now, 52), now);
        let released = Release::new(&evidence, &gate, &cuts).of(measure("satisfaction"));
        let segments = saved().flat_map(|(id, _)| [Part::Within(*id), Part::Outside(*id)]);
        for (place, part) in std::iter::once(Part::Everybody).chain(segments).enumerate() {
            page(&mut shows, day, place as u32, &gate, &released, now, part);
        }
    }
    shows
}

fn page(shows: &mut Shows, day: i64, place: u32, gate: &Gate, released: &Released, now: Moment, part: Part) {
    for (span, weeks) in SPANS.into_iter().enumerate() {
        let ask = Weeks::until(now, weeks);
        let slice = [1, 4, 13][span];
        let periods: Vec<Weeks> = [ask, ask.previous()].into_iter().chain(ask.slices(slice, 12)).collect();
        for (number, period) in periods.into_iter().enumerate() {
            let number = place * 1_000 + span as u32 * 100 + number as u32;
            keep(shows, day, number, *gate, &released.sample(period, part), None);
        }
        for (service, sample) in released.by_place(ask, part) {
            keep(shows, day, place * 1_000 + span as u32 * 100 + 50 + service, *gate, &sample, None);
        }
    }
}

/// For each number that is shown, the answers behind it: those that change it when they are turned round.
fn sets(world: &World, show: fn(&World) -> Shows) -> (Shows, BTreeSet<BTreeSet<usize>>) {
    let told = show(world);
    let mut behind: HashMap<Ask, BTreeSet<usize>> = HashMap::new();
    for answer in 0..world.answers.len() {
        let other = show(&world.turned(answer));
        assert_eq!(told.len(), other.len(), "what is shown does not depend on how it was");
        for (ask, value) in &other {
            if told.get(ask) != Some(value) {
                behind.entry(*ask).or_default().insert(answer);
            }
        }
    }
    for (ask, (_, n)) in &told {
        assert_eq!(behind.get(ask).map_or(0, BTreeSet::len) as u64, *n, "every answer of a number moves it");
    }
    (told, behind.into_values().collect())
}

/// Arithmetic modulo a prime of 31 bits: exact, and a vector that is a combination over the rationals is one here.
const PRIME: u64 = 2_147_483_647;

fn inverse(number: u64) -> u64 {
    let (mut power, mut base, mut exponent) = (1, number, PRIME - 2);
    while exponent > 0 {
        if exponent & 1 == 1 {
            power = power * base % PRIME;
        }
        base = base * base % PRIME;
        exponent >>= 1;
    }
    power
}

/// The reduced row echelon form of the indicator vectors.
fn reduced(sets: &BTreeSet<BTreeSet<usize>>, columns: usize) -> Vec<Vec<u64>> {
    let mut rows: Vec<Vec<u64>> = Vec::new();
    for set in sets {
        let mut row: Vec<u64> = (0..columns).map(|column| u64::from(set.contains(&column))).collect();
        for known in &rows {
            let pivot = known.iter().position(|x| *x != 0).unwrap();
            let factor = row[pivot];
            if factor != 0 {
                row.iter_mut().zip(known).for_each(|(x, y)| *x = (*x + (PRIME - factor) * y) % PRIME);
            }
        }
        let Some(pivot) = row.iter().position(|x| *x != 0) else { continue };
        let scale = inverse(row[pivot]);
        for x in &mut row {
            *x = *x * scale % PRIME;
        }
        for known in &mut rows {
            let factor = known[pivot];
            if factor != 0 {
                known.iter_mut().zip(&row).for_each(|(x, y)| *x = (*x + (PRIME - factor) * y) % PRIME);
            }
        }
        rows.push(row);
    }
    rows
}

/// What an attacker gets out of sums over these sets.
#[derive(Debug, PartialEq, Eq)]
struct Loot {
    /// Answers that are known for certain.
    answers: usize,
    /// Pairs of sets whose difference is fewer than k people, one within the other.
    differences: usize,
    /// The fewest people of answers that no shown number tells apart.
    fewest: usize,
}

fn loot(world: &World, sets: &BTreeSet<BTreeSet<usize>>) -> Loot {
    let rows = reduced(sets, world.answers.len());
    let answers = rows.iter().filter(|row| row.iter().filter(|x| **x != 0).count() == 1).count();
    let people =
        |own: &mut dyn Iterator<Item = usize>| own.map(|answer| world.answers[answer].0).collect::<BTreeSet<_>>();
    let mut differences = 0;
    for large in sets {
        for small in sets.iter().filter(|small| small.len() < large.len() && small.is_subset(large)) {
            differences += usize::from(people(&mut large.difference(small).copied()).len() < K);
        }
    }
    // Answers that stand behind the same numbers have the same weight in every combination of them.
    let mut alike: HashMap<Vec<usize>, Vec<usize>> = HashMap::new();
    for answer in 0..world.answers.len() {
        let own: Vec<usize> =
            sets.iter().enumerate().filter(|(_, set)| set.contains(&answer)).map(|(at, _)| at).collect();
        if !own.is_empty() {
            alike.entry(own).or_default().push(answer);
        }
    }
    let fewest = alike.into_values().map(|own| people(&mut own.into_iter()).len()).min().unwrap_or(usize::MAX);
    Loot { answers, differences, fewest }
}

/// The attack works: without a release, nearly everything is recovered although no number has fewer than k people.
#[test]
fn a_gate_that_looks_at_one_number_at_a_time_is_undone() {
    let world = World::new(1);
    let (told, sets) = sets(&world, naive);
    let loot = loot(&world, &sets);
    assert!(told.values().all(|(_, n)| *n >= K as u64));
    assert!(loot.answers > 40 && loot.differences > 100 && loot.fewest == 1, "{loot:?} of {}", world.answers.len());
}

#[test]
fn whoever_asks_for_everything_recovers_nobody() {
    for seed in 1..=2 {
        let world = World::new(seed);
        let (told, sets) = sets(&world, shown);
        let loot = loot(&world, &sets);
        assert!(told.len() > 300 && sets.len() > 40, "there is something to attack: {} {}", told.len(), sets.len());
        assert_eq!((loot.answers, loot.differences), (0, 0), "seed {seed}");
        assert!(loot.fewest >= K, "seed {seed}: {loot:?}");
    }
}

/// Two segments are saved while the attacker looks on: the pages from before and those from after together.
#[test]
fn a_new_segment_gives_nobody_away_either() {
    fn from_the_first(world: &World) -> Shows {
        shown_on(world, 70..DAYS)
    }
    let mut world = World::new(4);
    world.segments.truncate(3);
    for (place, (id, _)) in world.segments.iter_mut().enumerate().skip(1) {
        let saved = START.plus((100 + 20 * place as i64) * DAY);
        *id = SegmentId(base::id::IdMaker::new(base::clock::Clock::fixed(saved), 1).make());
    }
    let (_, sets) = sets(&world, from_the_first);
    let loot = loot(&world, &sets);
    assert_eq!((loot.answers, loot.differences), (0, 0));
    assert!(loot.fewest >= K, "{loot:?}");
}

/// What the defence costs: of the numbers that a gate would show that only counts people, on the same weeks, how many are
/// missing, and how many of the answers stand behind none. The documentation of the release tells these figures.
#[test]
fn what_it_costs() {
    // Percent of the numbers of everybody, of those of segments, of the answers, and of their services.
    let firms: [(i64, &[u64], [i64; 4]); 3] = [
        (60, &[0, 0, 1, 1, 1, 2, 2], [12, 21, 2, 97]),
        (400, &[4, 5, 6], [0, 3, 0, 46]),
        (2_000, &[18, 20, 22], [0, 1, 0, 11]),
    ];
    for (people, a_day, told) in firms {
        let world = World::of(7, people, a_day);
        let (view, gate, measure) = (world.view(), Gate::default(), measure("satisfaction"));
        let now = START.plus(DAYS * DAY);
        let cuts = Cuts::of(&view, world.segments.iter().map(|(id, rule)| (*id, rule)));
        let evidence = Evidence::since(&view, Weeks::until(now, 52), now);
        let released = Release::new(&evidence, &gate, &cuts).of(measure);
        let mut lost = [(0u32, 0u32); 2];
        for (place, part) in
            std::iter::once(Part::Everybody).chain(world.segments.iter().map(|(id, _)| Part::Within(*id))).enumerate()
        {
            for (span, weeks) in SPANS.into_iter().enumerate() {
                let ask = Weeks::until(now, weeks);
                for weeks in [ask, ask.previous()].into_iter().chain(ask.slices([1, 4, 13][span], 6)) {
                    let among = cuts.among(part);
                    let sample = evidence.sample(measure, weeks.period(), &among);
                    let others = evidence.sample(measure, weeks.period(), &among.others());
                    let others = (place > 0).then_some(&others);
                    let is_shown = |asked| matches!(gate.show(measure, asked), Shown::Number(_));
                    if is_shown(Asked { others, ..Asked::of(&sample) }) {
                        let (all, missing) = &mut lost[usize::from(place > 0)];
                        *all += 1;
                        *missing += u32::from(!is_shown(Asked::of(&released.sample(weeks, part))));
                    }
                }
            }
        }
        let (all, in_groups, with_place) = released.shares();
        let share = |missing: u32, all: u32| f64::from(missing) / f64::from(all.max(1));
        let percent = |share: f64| (share * 100.0).round() as i64;
        let costs = [
            share(lost[0].1, lost[0].0),
            share(lost[1].1, lost[1].0),
            1.0 - in_groups as f64 / all as f64,
            1.0 - with_place as f64 / all as f64,
        ];
        assert_eq!(costs.map(percent), told, "{people} people");
    }
}

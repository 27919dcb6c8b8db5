//! What was counted for one measure, one period, one segment: closed to everybody but the gate.

use std::collections::BTreeSet;

use super::denominator::Denominator;

/// Who stands behind an observation: a person, or for somebody unknown the one thing that was observed of them.
pub(super) type Who = u64;

/// Counted, and not to be looked into: [`super::Gate`] is the only way to a number.
#[derive(Debug, Clone)]
pub struct Sample {
    pub(super) data: Data,
    /// Whoever is behind it.
    pub(super) people: u64,
    /// Of groups that stand against each other, how many are in the smaller one; else as many as [`Self::people`].
    pub(super) fewest: u64,
    pub(super) denominator: Denominator,
    /// How many were asked, where the observations are answers.
    pub(super) asked: Option<u64>,
    /// Observations of the period that are too young to count.
    pub(super) young: u64,
    /// Whether further observations wait for more people.
    pub(super) waits: bool,
}

#[derive(Debug, Clone)]
pub(super) enum Data {
    /// For each person, how many of how many.
    Share(Vec<(u32, u32)>),
    /// How long, whether it ended, and whose: people are numbered from 0. And the share of which the end is asked for.
    Spans(Vec<(f64, bool, u32)>, f64),
    /// How long and whose, of which the share of the longest tenth is asked for.
    Top(Vec<(f64, u32)>),
    /// A class and whose.
    Classes(Vec<(u8, u32)>),
    /// For each person, the sum of how many numbers.
    Mean(Vec<(f64, f64)>),
    /// For each person, how many events at how many things.
    Events(Vec<(f64, f64)>),
    /// For each person, how many pleased and displeased answers of how many.
    Net(Vec<[u32; 3]>),
    /// Two groups, for each person how many of how many: the share of the first minus that of the second.
    Difference(Vec<(u32, u32)>, Vec<(u32, u32)>),
    /// Of a list of things by person, how many of how many are in another list as well, and how long that one is.
    Lists(Vec<(u32, u32)>, u64),
}

/// Numbers people from 0 in the order of their codes; gives the observations with those numbers, and how many people.
fn numbered<T>(mut observed: Vec<(Who, T)>) -> (Vec<(u32, T)>, u64) {
    observed.sort_by_key(|(who, _)| *who);
    let mut last = None;
    let mut number = 0u32;
    let numbered = observed
        .into_iter()
        .map(|(who, value)| {
            if last.is_some_and(|last| last != who) {
                number += 1;
            }
            last = Some(who);
            (number, value)
        })
        .collect();
    (numbered, last.map_or(0, |_| u64::from(number) + 1))
}

/// Yes or no for each observation, counted by person.
fn by_person(observed: impl IntoIterator<Item = (Who, bool)>) -> Vec<(u32, u32)> {
    let (observed, people) = numbered(observed.into_iter().collect());
    let mut each = vec![(0, 0); people as usize];
    for (who, yes) in observed {
        let (part, whole) = &mut each[who as usize];
        *part += u32::from(yes);
        *whole += 1;
    }
    each
}

/// The sum and the number of each person's numbers.
fn summed(observed: impl IntoIterator<Item = (Who, f64)>) -> Vec<(f64, f64)> {
    let (observed, people) = numbered(observed.into_iter().collect());
    let mut each = vec![(0.0, 0.0); people as usize];
    for (who, value) in observed {
        let (sum, count) = &mut each[who as usize];
        *sum += value;
        *count += 1.0;
    }
    each
}

impl Sample {
    fn new(data: Data, people: u64, denominator: Denominator) -> Self {
        Self { data, people, fewest: people, denominator, asked: None, young: 0, waits: false }
    }

    /// Yes or no, and whose.
    pub fn share(denominator: Denominator, observed: impl IntoIterator<Item = (u64, bool)>) -> Self {
        let each = by_person(observed);
        let people = each.len() as u64;
        Self::new(Data::Share(each), people, denominator)
    }

    /// Two groups of yes or no, and whose: how much larger the share of the first is. Each of the two must be large
    /// enough.
    pub fn difference(
        denominator: Denominator,
        first: impl IntoIterator<Item = (u64, bool)>,
        second: impl IntoIterator<Item = (u64, bool)>,
    ) -> Self {
        let (first, second): (Vec<_>, Vec<_>) = (first.into_iter().collect(), second.into_iter().collect());
        let people: BTreeSet<Who> = first.iter().chain(&second).map(|(who, _)| *who).collect();
        let (first, second) = (by_person(first), by_person(second));
        let fewest = first.len().min(second.len()) as u64;
        Self { fewest, ..Self::new(Data::Difference(first, second), people.len() as u64, denominator) }
    }

    /// A list: whether each thing is in another list as well, and whose it is. How long that one is, is told by
    /// [`Self::beside`].
    pub fn lists(denominator: Denominator, observed: impl IntoIterator<Item = (u64, bool)>) -> Self {
        let each = by_person(observed);
        let people = each.len() as u64;
        Self::new(Data::Lists(each, 0), people, denominator)
    }

    /// How long it took (milliseconds), or has taken so far, whether it ended, and whose: how long half of them took.
    pub fn spans(denominator: Denominator, observed: impl IntoIterator<Item = (u64, i64, bool)>) -> Self {
        Self::spans_until(denominator, observed, 0.5)
    }

    /// The same: how long nine of ten took.
    pub fn slowest(denominator: Denominator, observed: impl IntoIterator<Item = (u64, i64, bool)>) -> Self {
        Self::spans_until(denominator, observed, 0.9)
    }

    fn spans_until(of: Denominator, observed: impl IntoIterator<Item = (u64, i64, bool)>, share: f64) -> Self {
        let observed = observed.into_iter().map(|(who, span, ended)| (who, (span.max(0) as f64, ended)));
        let (observed, people) = numbered(observed.collect());
        let waits = observed.into_iter().map(|(who, (span, ended))| (span, ended, who)).collect();
        Self::new(Data::Spans(waits, share), people, of)
    }

    /// How much there was of each thing, and whose it is: which part of all the largest tenth holds.
    pub fn top(denominator: Denominator, observed: impl IntoIterator<Item = (u64, f64)>) -> Self {
        let (observed, people) = numbered(observed.into_iter().collect());
        let each = observed.into_iter().map(|(who, much)| (much.max(0.0), who)).collect();
        Self::new(Data::Top(each), people, denominator)
    }

    /// An ordered class, and whose.
    pub fn classes(denominator: Denominator, observed: impl IntoIterator<Item = (u64, u8)>) -> Self {
        let (observed, people) = numbered(observed.into_iter().collect());
        Self::new(Data::Classes(observed.into_iter().map(|(who, class)| (class, who)).collect()), people, denominator)
    }

    /// A number for each thing, and whose the thing is: their mean.
    pub fn mean(denominator: Denominator, observed: impl IntoIterator<Item = (u64, f64)>) -> Self {
        let each = summed(observed);
        let people = each.len() as u64;
        Self::new(Data::Mean(each), people, denominator)
    }

    /// How many events there were at each thing, and whose the thing is: how many there are at one on average.
    pub fn events(denominator: Denominator, observed: impl IntoIterator<Item = (u64, f64)>) -> Self {
        let each = summed(observed);
        let people = each.len() as u64;
        Self::new(Data::Events(each), people, denominator)
    }

    /// Pleased (1), displeased (-1) or neither (0), and whose.
    pub fn net(denominator: Denominator, observed: impl IntoIterator<Item = (u64, i8)>) -> Self {
        let (observed, people) = numbered(observed.into_iter().collect());
        let mut each = vec![[0; 3]; people as usize];
        for (who, felt) in observed {
            let [pleased, displeased, all] = &mut each[who as usize];
            *pleased += u32::from(felt > 0);
            *displeased += u32::from(felt < 0);
            *all += 1;
        }
        Self::new(Data::Net(each), people, denominator)
    }

    /// The same sample of answers, with how many were asked for one.
    pub fn of_asked(mut self, asked: u64) -> Self {
        self.asked = Some(asked);
        self
    }

    /// The same sample, with how many observations there are of what stands beside it: those who were asked, or the other
    /// list.
    pub fn beside(mut self, others: u64) -> Self {
        if let Data::Lists(_, length) = &mut self.data {
            *length = others;
            return self;
        }
        self.of_asked(others)
    }

    /// The same sample, with how many observations of the period are too young to count.
    pub fn without_young(mut self, young: u64) -> Self {
        self.young = young;
        self
    }

    /// The same sample, beside which some observations wait for more people.
    pub(super) fn waiting(mut self) -> Self {
        self.waits = true;
        self
    }

    /// How many observations there are.
    pub(super) fn n(&self) -> u64 {
        match &self.data {
            Data::Share(each) | Data::Lists(each, _) => each.iter().map(|(_, whole)| u64::from(*whole)).sum(),
            Data::Spans(waits, _) => waits.len() as u64,
            Data::Top(each) => each.len() as u64,
            Data::Classes(classes) => classes.len() as u64,
            Data::Mean(each) | Data::Events(each) => each.iter().map(|(_, count)| *count as u64).sum(),
            Data::Difference(first, second) => first.iter().chain(second).map(|(_, whole)| u64::from(*whole)).sum(),
            Data::Net(each) => each.iter().map(|[.., all]| u64::from(*all)).sum(),
        }
    }
}

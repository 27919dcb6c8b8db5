//! Answers that stand in a table of somebody else's, through the same gate: so that anybody can check the arithmetic.

use std::collections::{BTreeMap, BTreeSet};

use super::denominator::Denominator;
use super::gate::{Asked, Gate, Shown};
use super::refusal::Refusal;
use super::registry::{Measure, Question, Unit};
use super::sample::Sample;
use super::suppress::hidden_of;

const fn measure(key: &'static str, unit: Unit) -> Measure {
    Measure { key, question: Question::Table, unit, better: None, smallest: 0.05 }
}

static SHARE: Measure = measure("share", Unit::Share);
static MEAN: Measure = measure("mean", Unit::Number);
static NET: Measure = measure("net", Unit::Net);

/// The answers of a group: who gave each (a number that is the same for the same person), and what.
#[derive(Debug, Clone, PartialEq)]
pub enum Table {
    /// Whether the answer is one of those counted.
    Share(Vec<(u64, bool)>),
    /// A number.
    Mean(Vec<(u64, f64)>),
    /// Pleased (1), displeased (-1) or neither (0).
    Net(Vec<(u64, i8)>),
}

impl Table {
    fn measure(&self) -> &'static Measure {
        match self {
            Self::Share(_) => &SHARE,
            Self::Mean(_) => &MEAN,
            Self::Net(_) => &NET,
        }
    }

    fn people(&self) -> BTreeSet<u64> {
        match self {
            Self::Share(answers) => answers.iter().map(|own| own.0).collect(),
            Self::Mean(answers) => answers.iter().map(|own| own.0).collect(),
            Self::Net(answers) => answers.iter().map(|own| own.0).collect(),
        }
    }

    fn sample(&self) -> Sample {
        let of = Denominator::Rows;
        match self {
            Self::Share(answers) => Sample::share(of, answers.iter().copied()),
            Self::Mean(answers) => Sample::mean(of, answers.iter().copied()),
            Self::Net(answers) => Sample::net(of, answers.iter().copied()),
        }
    }
}

/// A group of a table.
#[derive(Debug, Clone, PartialEq)]
pub struct Group {
    /// Its answers.
    pub answers: Table,
    /// Rows of the group, those without an answer among them.
    pub asked: u64,
}

/// The number of each group, by name, or why there is none. A group that could be found by subtracting the others from
/// the whole is refused with those that are too small.
pub fn of_table(gate: Gate, groups: &BTreeMap<String, Group>) -> Vec<(String, Shown)> {
    let samples: Vec<Sample> = groups.values().map(|group| group.answers.sample().of_asked(group.asked)).collect();
    let people: Vec<BTreeSet<u64>> = groups.values().map(|group| group.answers.people()).collect();
    let hide = hidden_of(&people.iter().collect::<Vec<_>>(), gate.k());
    let shown = groups.iter().zip(samples).zip(hide).map(|(((name, group), sample), hide)| {
        let measure = group.answers.measure();
        let shown = match gate.show(measure, Asked::of(&sample)) {
            Shown::Number(_) if hide => Shown::Refused(Refusal::FewOthers { k: gate.k() }),
            shown => shown,
        };
        (name.clone(), shown)
    });
    shown.collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn group(answers: Table) -> Group {
        let asked = match &answers {
            Table::Share(answers) => answers.len(),
            Table::Mean(answers) => answers.len(),
            Table::Net(answers) => answers.len(),
        };
        Group { answers, asked: asked as u64 }
    }

    fn one(answers: Table) -> Shown {
        of_table(Gate::default(), &BTreeMap::from([("all".to_owned(), group(answers))])).remove(0).1
    }

    fn points(shown: &Shown) -> (i64, i64, i64) {
        let Shown::Number(finding) = shown else { panic!("{shown:?}") };
        let (low, high) = finding.interval();
        let round = |value: f64| (value * 100.0).round() as i64;
        (round(low), round(finding.value()), round(high.unwrap()))
    }

    /// 16 of 20 is 58 to 92 by Wilson, and a net score of 60 of ten answers, 70/20/10, is 7 to 85 by adjusted Wald.
    #[test]
    fn known_figures_come_out() {
        let share = one(Table::Share((0..20).map(|who| (who, who < 16)).collect()));
        assert_eq!(points(&share), (58, 80, 92));
        let net = one(Table::Net(
            (0..10)
                .map(|who| {
                    (
                        who,
                        if who < 7 {
                            1
                        } else if who < 9 {
                            0
                        } else {
                            -1
                        },
                    )
                })
                .collect(),
        ));
        assert_eq!(points(&net), (7, 60, 85));
        // 1 to 9: mean 5, s = 2.7386, t(8) = 2.306, so 5 +- 2.105.
        let mean = one(Table::Mean((1..10).map(|who| (who, who as f64)).collect()));
        assert_eq!(points(&mean), (289, 500, 711));
        let below = one(Table::Mean((1..10).map(|who| (who, who as f64 - 5.0)).collect()));
        assert_eq!(points(&below), (-211, 0, 211));
    }

    #[test]
    fn one_person_who_answers_often_counts_as_one() {
        let six = |rows: u64| Table::Net((0..rows).map(|row| (row % 6, if row % 6 < 3 { 1 } else { -1 })).collect());
        // Six people, three of each, ten times over. By hand: 3.75 of 9 on each side, 1.96 * sqrt(0.8333 / 9) = 0.596.
        assert_eq!(points(&one(six(60))), (-60, 0, 60));
        assert_eq!(points(&one(six(60))), points(&one(six(6))));
        let four = Table::Share((0..40).map(|row| (row % 4, true)).collect());
        assert_eq!(one(four), Shown::Refused(Refusal::FewPeople { k: 5 }));
    }

    /// All are pleased, and one says so twice: that takes no doubt away. Nobody is displeased: a net score may still be
    /// below nought.
    #[test]
    fn one_answer_more_does_not_make_it_certain() {
        let pleased = |rows: u64| Table::Net((0..rows).map(|row| (row % 30, 1)).collect());
        assert_eq!(points(&one(pleased(31))), points(&one(pleased(30))));
        let calm = Table::Net((0..21).map(|row| (row % 20, i8::from(row == 5))).collect());
        let (low, value, high) = points(&one(calm));
        assert!(low < -5 && value == 5 && high > 10, "{low} {value} {high}");
    }

    /// By hand: 1, 1, 1, 1, 5 are 1.8 +- 2.776 * 0.8. How low the scale goes is not known.
    #[test]
    fn a_mean_ends_where_its_values_say_and_equal_ones_say_nothing() {
        let of = |values: &[f64]| Table::Mean((0..).zip(values.iter().copied()).collect());
        assert_eq!(points(&one(of(&[1.0, 1.0, 1.0, 1.0, 5.0]))), (-42, 180, 402));
        assert_eq!(one(of(&[4.0; 6])), Shown::Refused(Refusal::AllAlike { n: 6 }));
    }

    #[test]
    fn what_could_be_subtracted_is_refused_too() {
        let people = |n: u64| group(Table::Share((0..n).map(|who| (who, who % 2 == 0)).collect()));
        let groups =
            BTreeMap::from([("a".to_owned(), people(40)), ("b".to_owned(), people(3)), ("c".to_owned(), people(12))]);
        let shown = of_table(Gate::default(), &groups);
        assert!(matches!(shown[0].1, Shown::Number(_)));
        assert_eq!(shown[1].1, Shown::Refused(Refusal::FewPeople { k: 5 }));
        assert_eq!(shown[2].1, Shown::Refused(Refusal::FewOthers { k: 5 }));
    }
}

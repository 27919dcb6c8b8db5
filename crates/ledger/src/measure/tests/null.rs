//! A thousand pairs of periods between which nothing changed: at most one in twenty may be called better or worse, and no
//! more of the worlds in which somebody looks every week.

use statistics::verdict::Verdict;

use super::*;

/// SplitMix64: the same draws on every machine.
pub(super) struct Dice(pub(super) u64);

impl Dice {
    pub(super) fn share(&mut self) -> f64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        ((mixed ^ (mixed >> 31)) >> 11) as f64 / (1u64 << 53) as f64
    }

    fn normal(&mut self) -> f64 {
        (0..12).map(|_| self.share()).sum::<f64>() - 6.0
    }
}

/// How many of a thousand null pairs get a verdict that there was a change.
fn false_verdicts(key: &str, mut draw: impl FnMut(&mut Dice) -> Sample) -> usize {
    let mut dice = Dice(7);
    let gate = Gate::default();
    (0..1_000)
        .filter(|_| {
            let (before, now) = (draw(&mut dice), draw(&mut dice));
            match gate.show(measure(key), Asked { before: Some(&before), ..Asked::of(&now) }) {
                Shown::Number(finding) => matches!(finding.verdict(), Some(Verdict::Better | Verdict::Worse)),
                Shown::Refused(_) => false,
            }
        })
        .count()
}

#[test]
fn shares_of_independent_people() {
    for n in [12, 60, 300] {
        let found = false_verdicts("satisfaction", |dice| {
            Sample::share(Denominator::Answers, (0..n).map(|who| (who, dice.share() < 0.8)).collect::<Vec<_>>())
        });
        assert!(found <= 50, "{found} of 1,000 at n = {n}");
    }
}

/// Forty people, one to six answers each, each with a mood of their own.
#[test]
fn shares_of_people_who_answer_often() {
    let found = false_verdicts("satisfaction", |dice| {
        let mut given = Vec::new();
        for who in 0..40u64 {
            let own = (0.75 + dice.normal() * 0.2).clamp(0.02, 0.98);
            for _ in 0..=(dice.share() * 6.0) as u64 {
                given.push((who, dice.share() < own));
            }
        }
        Sample::share(Denominator::Answers, given)
    });
    assert!(found <= 50, "{found} of 1,000");
}

/// In how many of a thousand worlds without change somebody who looks every week for half a year, at a span of so many
/// weeks beside the equal one before it, ever reads that there was one. `draw` gives the sample of a week.
fn false_words_in_half_a_year(
    key: &str,
    weeks: usize,
    mut draw: impl FnMut(&mut Dice, u64) -> Vec<(u64, bool)>,
) -> usize {
    let (mut dice, gate) = (Dice(11), Gate::default());
    let of = |weeks: &[Vec<(u64, bool)>]| Sample::share(Denominator::Answers, weeks.iter().flatten().copied());
    (0..1_000)
        .filter(|_| {
            let all: Vec<Vec<(u64, bool)>> = (0..2 * weeks + 25).map(|week| draw(&mut dice, week as u64)).collect();
            (0..26).any(|look| {
                let (before, now) = (of(&all[look..look + weeks]), of(&all[look + weeks..look + 2 * weeks]));
                match gate.show(measure(key), Asked { before: Some(&before), ..Asked::of(&now) }) {
                    Shown::Number(finding) => matches!(finding.verdict(), Some(Verdict::Better | Verdict::Worse)),
                    Shown::Refused(_) => false,
                }
            })
        })
        .count()
}

/// New people every week, and the same forty people every week with a mood of their own.
#[test]
fn looking_every_week_for_half_a_year_does_not_raise_it() {
    for weeks in [4, 12] {
        let found = false_words_in_half_a_year("satisfaction", weeks, |dice, week| {
            (0..20).map(|who| (week * 20 + who, dice.share() < 0.8)).collect()
        });
        assert!(found <= 50, "{found} of 1,000 worlds in spans of {weeks} weeks");
        let found = false_words_in_half_a_year("satisfaction", weeks, |dice, _| {
            let mut answer = || {
                let who = (dice.share() * 40.0) as u64;
                (who, dice.share() < 0.6 + 0.01 * who as f64)
            };
            (0..20).map(|_| answer()).collect()
        });
        assert!(found <= 50, "{found} of 1,000 worlds of forty people in spans of {weeks} weeks");
    }
}

/// Long-tailed waits, of which some have not ended.
#[test]
fn waits_with_and_without_an_end() {
    for open in [0.0, 0.2] {
        let found = false_verdicts("first-answer", |dice| {
            let waits = (0..50u64).map(|who| {
                let span = (9.0 + dice.normal() * 1.2).exp() * 1_000.0;
                let followed = if dice.share() < open { span * dice.share() } else { span };
                (who, followed as i64, followed >= span)
            });
            Sample::spans(Denominator::Tickets, waits.collect::<Vec<_>>())
        });
        assert!(found <= 50, "{found} of 1,000 with {open} open");
    }
}

/// People whose tickets all take similarly long.
#[test]
fn waits_of_people_who_wait_often() {
    let found = false_verdicts("resolution", |dice| {
        let mut waits = Vec::new();
        for who in 0..40u64 {
            let own = dice.normal();
            for _ in 0..=(dice.share() * 5.0) as u64 {
                waits.push((who, ((9.0 + own + dice.normal() * 0.5).exp() * 1_000.0) as i64, true));
            }
        }
        Sample::spans(Denominator::Tickets, waits)
    });
    assert!(found <= 50, "{found} of 1,000");
}

#[test]
fn classes_of_lost_time() {
    let found = false_verdicts("lost-time", |dice| {
        let class = |share: f64| [0.3, 0.55, 0.75, 0.88, 0.95].iter().filter(|limit| share > **limit).count() as u8;
        let given = (0..60u64).map(|who| (who, class(dice.share())));
        Sample::classes(Denominator::Answers, given.collect::<Vec<_>>())
    });
    assert!(found <= 50, "{found} of 1,000");
}

#[test]
fn means_for_each_ticket() {
    let found = false_verdicts("hand-overs", |dice| {
        let mut passed = Vec::new();
        for who in 0..50u64 {
            for _ in 0..=(dice.share() * 3.0) as u64 {
                passed.push((who, (-(1.0 - dice.share()).ln() * 1.2).floor()));
            }
        }
        Sample::events(Denominator::Tickets, passed)
    });
    assert!(found <= 50, "{found} of 1,000");
}

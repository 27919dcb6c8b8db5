//! The gate: a number comes out with everything that keeps it honest, or not at all.

use statistics::chart::Xmr;
use statistics::response::worst_case;
use statistics::verdict::Verdict;

use super::change::{Change, change};
use super::denominator::Denominator;
use super::estimate::{Estimate, Without, estimate};
use super::refusal::Refusal;
use super::registry::{Measure, Unit};
use super::sample::Sample;

/// The level of every interval that is shown.
const LEVEL: f64 = 0.95;
/// The chance of a false word that all verdicts of a page may have together, looked at once.
const FALSE_WORD: f64 = 0.05;
/// The most that a single verdict may have of it: a page that is always there is looked at every week. Spans of four weeks
/// or more against the equal span before, looked at in 26 weeks, then give a false word in at most one of twenty worlds
/// without change (`tests/null.rs`; at the usual 0.05 it would be in twelve of twenty).
const FALSE_VERDICT: f64 = 0.002;
/// Fewer points than this make no trend.
const POINTS: usize = 8;
/// The latest points are judged by limits from those before them.
const JUDGED: usize = 3;

/// What a number must pass.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Gate {
    k: u64,
    family: u32,
}

impl Default for Gate {
    fn default() -> Self {
        Self::new(5)
    }
}

/// What is asked of the gate.
#[derive(Debug, Clone, Copy)]
pub struct Asked<'s> {
    /// The period in question.
    pub now: &'s Sample,
    /// The equal period before it.
    pub before: Option<&'s Sample>,
    /// Slices of time, oldest first, the last ending with the period.
    pub run: &'s [Sample],
    /// The same period without the segment that was asked for: everybody else.
    pub others: Option<&'s Sample>,
}

impl<'s> Asked<'s> {
    /// One number and nothing to compare it with.
    pub fn of(now: &'s Sample) -> Self {
        Self { now, before: None, run: &[], others: None }
    }
}

/// What came out.
#[derive(Debug, Clone, PartialEq)]
pub enum Shown {
    /// A number that may be shown.
    Number(Finding),
    /// Why there is none.
    Refused(Refusal),
}

/// A number that has passed. Only the gate makes one.
#[derive(Debug, Clone, PartialEq)]
pub struct Finding {
    measure: &'static Measure,
    estimate: Estimate,
    n: u64,
    people: u64,
    denominator: Denominator,
    young: u64,
    response: Option<f64>,
    bounds: Option<(f64, f64)>,
    waits: bool,
    change: Option<Change>,
    run: Option<Box<Run>>,
}

/// How a measure ran: each point rests on at least k people.
#[derive(Debug, Clone, PartialEq)]
pub struct Run {
    /// Oldest first.
    pub values: Vec<f64>,
    /// The mean of the baseline.
    pub centre: f64,
    /// The natural process limits of its XmR chart.
    pub limits: (f64, f64),
    /// Whether one of the latest points speaks.
    pub speaks: bool,
}

impl Gate {
    /// A gate that lets a number pass when at least `k` people stand behind it (never fewer than 2).
    pub fn new(k: u64) -> Self {
        Self { k: k.max(2), family: 1 }
    }

    /// The same gate for a page with this many verdicts: each is held to a level so high that the chance of one false
    /// word among all of them stays at one in twenty (Bonferroni).
    pub fn for_verdicts(self, count: usize) -> Self {
        Self { family: count.max(1) as u32, ..self }
    }

    /// The least number of people behind a number.
    pub fn k(&self) -> u64 {
        self.k
    }

    /// Lets a number pass, or says why not.
    pub fn show(&self, measure: &'static Measure, asked: Asked) -> Shown {
        self.pass(measure, asked).map_or_else(Shown::Refused, Shown::Number)
    }

    fn pass(&self, measure: &'static Measure, asked: Asked) -> Result<Finding, Refusal> {
        let now = asked.now;
        let n = now.n();
        if n == 0 {
            return Err(match (now.young, now.waits) {
                (0, true) => Refusal::FewPeople { k: self.k },
                (0, false) => Refusal::Nothing,
                (young, _) => Refusal::TooRecent { young },
            });
        }
        if !self.is_enough(now) {
            return Err(Refusal::FewPeople { k: self.k });
        }
        if asked.others.is_some_and(|others| others.people > 0 && !self.is_enough(others)) {
            return Err(Refusal::FewOthers { k: self.k });
        }
        let estimate = estimate(now, LEVEL).map_err(|without| match without {
            Without::TooFew { needed } => Refusal::FewAnswers { n, needed },
            Without::TooFewInBoth { needed } => Refusal::FewMatches { n, needed },
            Without::StillWaiting { pending } => Refusal::StillWaiting { n, pending },
            Without::AllAlike => Refusal::AllAlike { n },
        })?;
        let response = now.asked.filter(|&asked| asked >= n).map(|asked| n as f64 / asked as f64);
        let bounds = match (measure.unit, response) {
            (Unit::Share, Some(rate)) => worst_case(estimate.value, rate).ok().map(|bounds| (bounds.low, bounds.high)),
            _ => None,
        };
        let before = asked.before.filter(|before| self.is_enough(before));
        let level = 1.0 - (FALSE_WORD / f64::from(self.family)).min(FALSE_VERDICT);
        let change = before.and_then(|before| change(measure, now, before, level));
        let run = self.run(asked.run).map(Box::new);
        let Sample { people, denominator, young, waits, .. } = *now;
        Ok(Finding { measure, estimate, n, people, denominator, young, response, bounds, waits, change, run })
    }

    fn is_enough(&self, sample: &Sample) -> bool {
        sample.fewest >= self.k
    }

    /// The longest stretch of slices up to the last one that may all be shown. A gap would be found by subtraction.
    fn run(&self, slices: &[Sample]) -> Option<Run> {
        let mut values: Vec<f64> = slices
            .iter()
            .rev()
            .map_while(|slice| if self.is_enough(slice) { estimate(slice, LEVEL).ok() } else { None })
            .map(|estimate| estimate.value)
            .collect();
        values.reverse();
        if values.len() < POINTS {
            return None;
        }
        let chart = Xmr::from_baseline(&values[..(values.len() - JUDGED).max(6)]).ok()?;
        let signals = chart.signals(&values).ok()?;
        // Points that only rounding holds apart say nothing.
        let moves = values.iter().any(|value| (value - chart.centre).abs() > 1e-9 * chart.centre.abs().max(1.0));
        let speaks = moves && signals.iter().any(|signal| signal.at + JUDGED >= values.len());
        Some(Run { centre: chart.centre, limits: (chart.lower, chart.upper), speaks, values })
    }
}

impl Finding {
    /// What it is a number of.
    pub fn measure(&self) -> &'static Measure {
        self.measure
    }

    /// The number, in the measure's unit.
    pub fn value(&self) -> f64 {
        self.estimate.value
    }

    /// Its interval at 95%; a span whose upper end nobody knows yet has none.
    pub fn interval(&self) -> (f64, Option<f64>) {
        (self.estimate.range.low, self.estimate.range.high)
    }

    /// How the interval was computed.
    pub fn method(&self) -> &'static str {
        self.estimate.range.method
    }

    /// How many observations stand behind it.
    pub fn n(&self) -> u64 {
        self.n
    }

    /// How many people stand behind it: at least k.
    pub fn people(&self) -> u64 {
        self.people
    }

    /// What was counted.
    pub fn denominator(&self) -> Denominator {
        self.denominator
    }

    /// Waits that have not ended; they are in the number, as waits of at least so long.
    pub fn pending(&self) -> u64 {
        self.estimate.pending
    }

    /// Observations of the period that are too young to count, and are not in the number.
    pub fn young(&self) -> u64 {
        self.young
    }

    /// Whether further observations of the period are not in the number, because they wait for more people.
    pub fn is_partial(&self) -> bool {
        self.waits
    }

    /// Which share of those asked answered and are in the number: where it [is partial](Self::is_partial), at least that
    /// share answered.
    pub fn response(&self) -> Option<f64> {
        self.response
    }

    /// Between what a share lies whatever those think who are not in the number.
    pub fn bounds(&self) -> Option<(f64, f64)> {
        self.bounds
    }

    /// What the comparison with the period before came to; none of what is neither better high nor low.
    pub fn verdict(&self) -> Option<Verdict> {
        let word = self.change.map_or(Verdict::CannotTell, |change| change.verdict);
        self.measure.better.map(|_| word)
    }

    /// How it compares with the period before, where that says anything.
    pub fn change(&self) -> Option<Change> {
        self.change
    }

    /// How it ran, where it ran long enough.
    pub fn run(&self) -> Option<&Run> {
        self.run.as_deref()
    }
}

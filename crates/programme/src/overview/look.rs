//! What the overview finds out, without knowing of pages.

use base::clock::{DAY, Moment};
use ledger::measure::{Asked, Evidence, Flow, Gate, MEASURES, Measure, Pain, Period, Shown};
use ledger::projection::View;
use ledger::segment::Rule;
use statistics::verdict::Verdict;

/// How far back one looks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Span {
    Month,
    Quarter,
    Year,
}

impl Span {
    pub(super) const ALL: [Self; 3] = [Self::Month, Self::Quarter, Self::Year];

    /// The span of a number of days in a link; a quarter when it is none of ours.
    pub(super) fn of_days(days: &str) -> Self {
        Self::ALL.into_iter().find(|span| span.days().to_string() == days).unwrap_or(Self::Quarter)
    }

    pub(super) fn days(self) -> i64 {
        match self {
            Self::Month => 28,
            Self::Quarter => 90,
            Self::Year => 364,
        }
    }

    /// Slices of the trend that make up one span: a week, thirty days, a quarter.
    fn parts(self) -> i64 {
        match self {
            Self::Month | Self::Year => 4,
            Self::Quarter => 3,
        }
    }
}

/// Points of a trend.
const POINTS: i64 = 12;

/// What was found.
pub(super) struct Look {
    pub period: Period,
    /// Touchpoints in the whole ledger.
    pub rows: usize,
    /// Whether too few people are outside the segment (or in it) for anything to be told of it.
    pub is_closed: bool,
    /// The least number of people behind a number.
    pub k: u64,
    pub flow: Flow,
    pub shown: Vec<(&'static Measure, Shown)>,
    pub pains: Vec<Pain>,
}

impl Look {
    /// Looks at the ledger: one pass for the river, one for all measures.
    pub(super) fn of(view: &View, gate: Gate, now: Moment, span: Span, rule: &Rule) -> Self {
        let period = Period::before(now.plus(1), span.days() * DAY);
        let slices = period.slices(span.parts(), POINTS);
        let from = slices.first().map_or(period.from, |slice| slice.from).min(period.previous().from);
        let among = rule.among(view);
        let flow = gate.flow(view, period, &among);
        let gate = gate.for_verdicts(MEASURES.len());
        let others = (!rule.is_everybody()).then(|| among.others());
        // Nothing is told of a segment whose complement is so small that it could be found by subtraction.
        let is_closed = flow.people.is_none()
            || others.as_ref().is_some_and(|others| gate.flow(view, period, others).people.is_none());
        let evidence = Evidence::gather(view, Period { from, to: period.to });
        let shown = MEASURES.iter().map(|measure| {
            let now = evidence.sample(measure, period, &among);
            let before = evidence.sample(measure, period.previous(), &among);
            let run = evidence.samples(measure, &slices, &among);
            let others = others.as_ref().map(|others| evidence.sample(measure, period, others));
            let asked = Asked { now: &now, before: Some(&before), run: &run, others: others.as_ref() };
            (measure, gate.show(measure, asked))
        });
        let shown = if is_closed { Vec::new() } else { shown.collect() };
        let pains = if is_closed { Vec::new() } else { evidence.pains(&gate, view, period, &among) };
        Self { period, rows: view.rows(), is_closed, k: gate.k(), flow, shown, pains }
    }

    /// Measures that are better or worse than in the period before.
    pub(super) fn changed(&self) -> impl Iterator<Item = &(&'static Measure, Shown)> {
        self.shown.iter().filter(|(_, shown)| match shown {
            Shown::Number(finding) => matches!(finding.verdict(), Verdict::Better | Verdict::Worse),
            Shown::Refused(_) => false,
        })
    }

    /// The measure of this key, as it came out.
    pub(super) fn get(&self, key: &str) -> Option<&(&'static Measure, Shown)> {
        self.shown.iter().find(|(measure, _)| measure.key == key)
    }
}

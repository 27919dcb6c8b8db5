//! What the overview finds out, without knowing of pages.

use base::clock::Moment;
use ledger::measure::{
    Asked, Cuts, Evidence, Flow, Following, Gate, MEASURES, Measure, Pain, Part, Period, Release, Shown, Weeks,
};
use ledger::projection::View;
use ledger::segment::{Segment, SegmentId};
use statistics::verdict::Verdict;

/// How far back one looks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
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
        self.weeks() * 7
    }

    /// Whole weeks, as numbers are released by: blocks of four.
    fn weeks(self) -> i64 {
        match self {
            Self::Month => 4,
            Self::Quarter => 12,
            Self::Year => 52,
        }
    }

    /// The weeks of one slice of the trend.
    fn slice(self) -> i64 {
        match self {
            Self::Month => 1,
            Self::Quarter => 4,
            Self::Year => 13,
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
    /// Looks at the ledger, divided by the saved segments: one pass for the river, one for all measures.
    pub(super) fn of(
        view: &View,
        following: &Following,
        gate: Gate,
        now: Moment,
        span: Span,
        segments: &[Segment],
        chosen: Option<SegmentId>,
    ) -> Self {
        let weeks = Weeks::until(now, span.weeks());
        let slices = weeks.slices(span.slice(), POINTS);
        let first = slices.first().copied().unwrap_or(weeks);
        let cuts = Cuts::of(view, segments.iter().map(|own| (own.id, &own.rule)));
        let part = chosen.map_or(Part::Everybody, Part::Within);
        let others = chosen.map(Part::Outside);
        let period = weeks.period();
        let flow = gate.flow(view, period, &cuts.among(part));
        let gate = gate.for_verdicts(MEASURES.len());
        // Nothing is told of a segment whose complement is so small that it could be found by subtraction.
        let is_closed = flow.people.is_none()
            || others.is_some_and(|others| gate.flow(view, period, &cuts.among(others)).people.is_none());
        let find = |evidence: &Evidence| {
            let release = Release::new(evidence, &gate, &cuts);
            let shown = MEASURES.iter().map(|measure| {
                let released = release.of(measure);
                let now = released.sample(weeks, part);
                let before = released.sample(weeks.previous(), part);
                let run = released.samples(&slices, part);
                let others = others.map(|others| released.sample(weeks, others));
                let asked = Asked { now: &now, before: Some(&before), run: &run, others: others.as_ref() };
                (measure, gate.show(measure, asked))
            });
            (shown.collect(), evidence.pains(&gate, view, &cuts, weeks, part))
        };
        let since = if is_before(weeks, first) { weeks.previous() } else { first };
        let (shown, pains) = if is_closed { Default::default() } else { following.look(view, since, now, find) };
        Self { period, rows: view.rows(), is_closed, k: gate.k(), flow, shown, pains }
    }

    /// Measures that are better or worse than in the period before.
    pub(super) fn changed(&self) -> impl Iterator<Item = &(&'static Measure, Shown)> {
        self.shown.iter().filter(|(_, shown)| match shown {
            Shown::Number(finding) => matches!(finding.verdict(), Some(Verdict::Better | Verdict::Worse)),
            Shown::Refused(_) => false,
        })
    }

    /// The measure of this key, as it came out.
    pub(super) fn get(&self, key: &str) -> Option<&(&'static Measure, Shown)> {
        self.shown.iter().find(|(measure, _)| measure.key == key)
    }
}

/// Whether the period before these weeks begins earlier than the first slice.
fn is_before(weeks: Weeks, first: Weeks) -> bool {
    weeks.previous().period().from < first.period().from
}

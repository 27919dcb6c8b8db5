//! What deviates, by name, and how well the whole log fits.

use std::collections::BTreeMap;
use std::fmt;

use serde::Serialize;

use super::{Alignment, Fit, Move, NotComputed};
use crate::log::Log;

/// What kind of deviation.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// A step happened where the model has none.
    Extra,
    /// The same, but the step had happened before in this case, or happens again where it belongs.
    Repeated,
    /// The model wants the step and it did not happen.
    Missing,
}

/// One deviation of one case.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Named {
    /// What kind.
    pub kind: Kind,
    /// The step's name.
    pub step: String,
    /// How often in this case.
    pub count: u64,
}

/// A deviation, over all cases.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Deviation {
    /// What kind.
    pub kind: Kind,
    /// The step's name.
    pub step: String,
    /// Cases with at least one.
    pub cases: u64,
    /// Those as a share of all cases that were computed, 0 to 1.
    pub share: f64,
    /// How often in all.
    pub count: u64,
}

impl fmt::Display for Kind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Extra => "extra",
            Self::Repeated => "repeated",
            Self::Missing => "missing",
        })
    }
}

impl fmt::Display for Deviation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.kind, self.step)
    }
}

/// Cases that follow the model exactly.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Exact {
    /// How many.
    pub cases: u64,
    /// Those as a share of all cases that were computed, 0 to 1; `None` when none was.
    pub share: Option<f64>,
}

/// Cases that were not computed, for one reason.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Left {
    /// Why.
    pub why: NotComputed,
    /// Different ways in which those cases went.
    pub variants: u64,
    /// How many cases.
    pub cases: u64,
}

/// How well a log fits a model, as `thedesk log fit FILE --json` prints it.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Summary {
    /// All cases of the log.
    pub cases: u64,
    /// Cases with an alignment; all shares are of these.
    pub computed: u64,
    /// Cases without, by reason; empty when all were computed.
    pub not_computed: Vec<Left>,
    /// Different ways in which cases went.
    pub variants: usize,
    /// Visible steps of the shortest way through the model.
    pub shortest_path: u32,
    /// Mean fitness of the computed cases, 0 to 1; `None` when none was.
    pub mean_fitness: Option<f64>,
    /// Fitness of all computed cases taken together: 1 - cost of all / the worst cost of all.
    pub log_fitness: Option<f64>,
    /// Cost of all computed cases.
    pub cost: u64,
    /// Cases that follow the model exactly.
    pub exact: Exact,
    /// What deviates, in most cases first.
    pub deviations: Vec<Deviation>,
}

/// How well one case fits.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct CaseFit<'a> {
    /// The case's name.
    pub case: &'a str,
    /// Its cost; `None` when it was not computed.
    pub cost: Option<u32>,
    /// Its fitness, 0 to 1.
    pub fitness: Option<f64>,
    /// What deviates; ties in the order of names.
    pub deviations: Vec<Named>,
    /// Why it was not computed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub not_computed: Option<NotComputed>,
}

impl Fit<'_> {
    /// The fitness of so many events at such a cost.
    fn fitness(&self, events: usize, cost: u32) -> f64 {
        let worst = events as f64 + f64::from(self.shortest);
        // An empty case beside a model that may be passed in silence fits.
        if worst == 0.0 { 1.0 } else { 1.0 - f64::from(cost) / worst }
    }

    /// The deviations of an alignment, by kind and name.
    fn named(&self, log: &Log, example: usize, alignment: &Alignment) -> Vec<Named> {
        let activities = log.case(example).activities;
        let mut found: BTreeMap<(Kind, &str), u64> = BTreeMap::new();
        // Whether the same step came before, without looking back for each.
        let mut again = vec![false; activities.len()];
        let mut seen = hashbrown::HashSet::new();
        for (again, &code) in again.iter_mut().zip(activities) {
            *again = !seen.insert(code);
        }
        let placed: hashbrown::HashSet<u32> = alignment
            .moves
            .iter()
            .filter_map(|step| if let Move::Both { event, .. } = *step { Some(activities[event]) } else { None })
            .collect();
        for step in &alignment.moves {
            let deviation = match *step {
                Move::Both { .. } => None,
                Move::Log { event } => {
                    let repeated = again[event] || placed.contains(&activities[event]);
                    let kind = if repeated { Kind::Repeated } else { Kind::Extra };
                    Some((kind, log.activity_names().get(activities[event])))
                }
                Move::Model { transition } => {
                    self.net.transitions[transition].label.as_deref().map(|label| (Kind::Missing, label))
                }
            };
            if let Some(deviation) = deviation {
                *found.entry(deviation).or_default() += 1;
            }
        }
        found.into_iter().map(|((kind, step), count)| Named { kind, step: step.to_owned(), count }).collect()
    }

    /// The whole log in figures.
    pub fn summary(&self, log: &Log) -> Summary {
        let (mut computed, mut exact, mut cost, mut fitness, mut worst) = (0_u64, 0_u64, 0_u64, 0.0, 0_u64);
        let mut left: Vec<Left> = Vec::new();
        let mut found: BTreeMap<(Kind, String), (u64, u64)> = BTreeMap::new();
        for variant in &self.variants {
            let events = log.case(variant.example).activities.len();
            match &variant.outcome {
                Ok(alignment) => {
                    computed += variant.cases;
                    exact += if alignment.cost == 0 { variant.cases } else { 0 };
                    cost += u64::from(alignment.cost) * variant.cases;
                    worst += (events as u64 + u64::from(self.shortest)) * variant.cases;
                    fitness += self.fitness(events, alignment.cost) * variant.cases as f64;
                    for named in self.named(log, variant.example, alignment) {
                        let (cases, count) = found.entry((named.kind, named.step)).or_default();
                        *cases += variant.cases;
                        *count += named.count * variant.cases;
                    }
                }
                Err(why) => {
                    let place = left.iter().position(|left| left.why == *why).unwrap_or_else(|| {
                        left.push(Left { why: *why, variants: 0, cases: 0 });
                        left.len() - 1
                    });
                    left[place].variants += 1;
                    left[place].cases += variant.cases;
                }
            }
        }
        let of_computed = |count: f64| (computed > 0).then(|| count / computed as f64);
        let mut deviations: Vec<Deviation> = found
            .into_iter()
            .map(|((kind, step), (cases, count))| Deviation {
                kind,
                step,
                cases,
                share: cases as f64 / computed as f64,
                count,
            })
            .collect();
        // By name among equals: they come sorted, and this sort is stable.
        deviations.sort_by_key(|deviation| std::cmp::Reverse(deviation.cases));
        Summary {
            cases: log.cases() as u64,
            computed,
            not_computed: left,
            variants: self.variants.len(),
            shortest_path: self.shortest,
            mean_fitness: of_computed(fitness),
            log_fitness: (computed > 0).then(|| if worst == 0 { 1.0 } else { 1.0 - cost as f64 / worst as f64 }),
            cost,
            exact: Exact { cases: exact, share: of_computed(exact as f64) },
            deviations,
        }
    }

    /// Case by case, in the log's order.
    pub fn cases<'b>(&'b self, log: &'b Log) -> impl Iterator<Item = CaseFit<'b>> {
        self.of_case.iter().enumerate().map(move |(case, &variant)| {
            let variant = &self.variants[variant as usize];
            let name = log.case_names().get(case as u32);
            match &variant.outcome {
                Ok(alignment) => CaseFit {
                    case: name,
                    cost: Some(alignment.cost),
                    fitness: Some(self.fitness(log.case(variant.example).activities.len(), alignment.cost)),
                    deviations: self.named(log, variant.example, alignment),
                    not_computed: None,
                },
                Err(why) => {
                    CaseFit { case: name, cost: None, fitness: None, deviations: Vec::new(), not_computed: Some(*why) }
                }
            }
        })
    }
}

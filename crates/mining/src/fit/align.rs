//! Optimal alignments, one variant at a time.
//!
//! The search for the least cost is the `process_mining` crate's; this file is the only one that knows it. Of all
//! alignments of that cost one is chosen by a rule (see [`chosen`]), so that equal logs give equal names of deviations:
//! the crate's own choice among equals follows the order of a hash table.

use std::collections::HashMap;

use process_mining::PetriNet;
use process_mining::conformance::alignments::cost::CostFunction;
use process_mining::conformance::alignments::petri_net::AlignmentError;
use process_mining::conformance::alignments::{AlignmentMove, AlignmentOptions, AlignmentResult};
use process_mining::conformance::alignments::{align_empty_trace, align_trace};
use process_mining::core::process_models::petri_net::{ArcType, TransitionID};
use process_mining::utils::dijkstra_search::SearchError;

use super::net::Net;

/// The crate counts the events of a trace in 16 bits.
const LONGEST_TRACE: usize = u16::MAX as usize - 1;

/// Most memory that the states of one search may take.
const MOST_BYTES: usize = 128 << 20;

/// One step of an alignment.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Move {
    /// Log and model agree.
    Both {
        /// The transition of the net.
        transition: usize,
        /// The event of the trace, from 0.
        event: usize,
    },
    /// Only the log moved: something extra happened.
    Log {
        /// The event of the trace, from 0.
        event: usize,
    },
    /// Only the model moved: something is missing, or (a silent transition) nothing.
    Model {
        /// The transition of the net.
        transition: usize,
    },
}

/// Why there is no alignment.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "snake_case")]
pub enum NotComputed {
    /// The search would have taken more states than the limit.
    TooManyStates,
    /// The time was up.
    OutOfTime,
    /// The trace is longer than 65,534 events.
    TooLong,
    /// The model has no way from its beginning to its end.
    NoWayThrough,
}

/// A net made ready for alignments.
pub(super) struct Aligner<'a> {
    net: &'a Net,
    /// The net once for each of its ends: the crate looks at the first end only.
    each_end: Vec<(PetriNet, HashMap<TransitionID, usize>)>,
    options: AlignmentOptions,
    /// Transitions by label, in order.
    labelled: HashMap<&'a str, Vec<usize>>,
}

impl<'a> Aligner<'a> {
    pub(super) fn new(net: &'a Net, states: usize) -> Self {
        let each_end = net.finals.iter().map(|end| translated(net, end)).collect();
        let mut labelled: HashMap<&str, Vec<usize>> = HashMap::new();
        for (number, transition) in net.transitions.iter().enumerate() {
            if let Some(label) = &transition.label {
                labelled.entry(label).or_default().push(number);
            }
        }
        // A state holds a byte for each place; a net with many gets fewer states.
        let states = states.min(MOST_BYTES / (net.places + 64));
        let options = AlignmentOptions { cost_fn: CostFunction::standard(), max_states: Some(states) };
        Self { net, each_end, options, labelled }
    }

    /// The cost of the shortest way through the model.
    pub(super) fn shortest(&self) -> Result<u32, NotComputed> {
        self.best(|net| align_empty_trace(net, &self.options)).map(|(_, best)| best.cost)
    }

    /// An optimal alignment of a trace: cost and moves.
    pub(super) fn align(&self, trace: &[&str]) -> Result<(u32, Vec<Move>), NotComputed> {
        if trace.len() > LONGEST_TRACE {
            return Err(NotComputed::TooLong);
        }
        let (end, best) = self.best(|net| align_trace(net, trace, &self.options))?;
        let limit = self.options.max_states.unwrap_or(usize::MAX);
        let moves = chosen(self.net, &self.labelled, trace, best.cost, limit).unwrap_or_else(|| {
            let number = |id: &TransitionID| self.each_end[end].1[id];
            let known = |step: &AlignmentMove| match step {
                AlignmentMove::SyncMove { transition, trace_event_index } => {
                    Move::Both { transition: number(transition), event: *trace_event_index }
                }
                AlignmentMove::ModelMove { transition } => Move::Model { transition: number(transition) },
                AlignmentMove::LogMove { trace_event_index } => Move::Log { event: *trace_event_index },
            };
            best.moves.iter().map(known).collect()
        });
        Ok((best.cost, moves))
    }

    /// The cheapest over all ends, and which end.
    fn best(
        &self,
        align: impl Fn(&PetriNet) -> Result<AlignmentResult, AlignmentError>,
    ) -> Result<(usize, AlignmentResult), NotComputed> {
        let mut best: Option<(usize, AlignmentResult)> = None;
        let mut why = NotComputed::NoWayThrough;
        for (end, (net, _)) in self.each_end.iter().enumerate() {
            match align(net) {
                Ok(found) if best.as_ref().is_none_or(|(_, best)| found.cost < best.cost) => best = Some((end, found)),
                Ok(_) => {}
                // The other end might have been cheaper, so nothing is known.
                Err(AlignmentError::SearchError(SearchError::LimitReached)) => return Err(NotComputed::TooManyStates),
                Err(_) => why = NotComputed::NoWayThrough,
            }
        }
        best.ok_or(why)
    }
}

fn translated(net: &Net, end: &[u8]) -> (PetriNet, HashMap<TransitionID, usize>) {
    let mut copy = PetriNet::new();
    let places: Vec<_> = (0..net.places).map(|_| copy.add_place(None)).collect();
    let marking = |tokens: &[u8]| {
        let marked = places.iter().zip(tokens).filter(|(_, count)| **count > 0);
        marked.map(|(place, count)| (*place, u64::from(*count))).collect()
    };
    copy.initial_marking = Some(marking(&net.initial));
    copy.final_markings = Some(vec![marking(end)]);
    let mut numbers = HashMap::new();
    for (number, transition) in net.transitions.iter().enumerate() {
        let id = copy.add_transition(transition.label.clone(), None);
        numbers.insert(id, number);
        for &(place, weight) in &transition.inputs {
            copy.add_arc(ArcType::place_to_transition(places[place], id), Some(u32::from(weight)));
        }
        for &(place, weight) in &transition.outputs {
            copy.add_arc(ArcType::transition_to_place(id, places[place]), Some(u32::from(weight)));
        }
    }
    (copy, numbers)
}

/// A state of the search, and how far its moves were tried.
struct Frame {
    marking: Vec<u8>,
    event: usize,
    budget: u32,
    tried: usize,
}

/// Of all alignments of this cost, the first when at each point these are tried in turn: log and model together, then a
/// silent transition, then the log alone, then the model alone; transitions in their order. `None` when the search would
/// visit more states than `limit`.
///
/// Depth first. A state that failed with some budget fails with any smaller; one that is still open counts as failed,
/// because a way that comes back to it is no way it needs.
fn chosen(
    net: &Net,
    labelled: &HashMap<&str, Vec<usize>>,
    trace: &[&str],
    cost: u32,
    limit: usize,
) -> Option<Vec<Move>> {
    // What the model does not know at all must be moves of the log: so many from each event on.
    let mut unknown = vec![0_u32; trace.len() + 1];
    for event in (0..trace.len()).rev() {
        unknown[event] = unknown[event + 1] + u32::from(!labelled.contains_key(trace[event]));
    }
    let silent: Vec<usize> = (0..net.transitions.len()).filter(|&t| net.transitions[t].label.is_none()).collect();
    let visible: Vec<usize> = (0..net.transitions.len()).filter(|&t| net.transitions[t].label.is_some()).collect();
    let mut failed: HashMap<(Vec<u8>, usize), u32> = HashMap::new();
    let mut frames = vec![Frame { marking: net.initial.clone(), event: 0, budget: cost, tried: 0 }];
    let mut moves: Vec<Move> = Vec::new();
    let mut visited = 0;
    while let Some(frame) = frames.last_mut() {
        if frame.tried == 0 {
            if frame.event == trace.len() && net.finals.contains(&frame.marking) {
                return Some(moves);
            }
            visited += 1;
            if visited > limit {
                return None;
            }
        }
        let together = trace.get(frame.event).and_then(|label| labelled.get(label)).map_or(&[][..], Vec::as_slice);
        let at = frame.tried;
        frame.tried += 1;
        let (step, cost) = if let Some(&transition) = together.get(at) {
            (Move::Both { transition, event: frame.event }, 0)
        } else if let Some(&transition) = silent.get(at - together.len()) {
            (Move::Model { transition }, 0)
        } else if at == together.len() + silent.len() {
            (Move::Log { event: frame.event }, 1)
        } else if let Some(&transition) = visible.get(at - together.len() - silent.len() - 1) {
            (Move::Model { transition }, 1)
        } else {
            frames.pop();
            moves.pop();
            continue;
        };
        let Some(budget) = frame.budget.checked_sub(cost) else { continue };
        let (marking, event) = match step {
            Move::Log { event } if event == trace.len() => continue,
            Move::Log { event } => (frame.marking.clone(), event + 1),
            Move::Both { transition, event } => match net.fired(&frame.marking, transition) {
                Some(marking) => (marking, event + 1),
                None => continue,
            },
            Move::Model { transition } => match net.fired(&frame.marking, transition) {
                Some(marking) => (marking, frame.event),
                None => continue,
            },
        };
        if unknown[event] > budget {
            continue;
        }
        let state = (marking, event);
        if failed.get(&state).is_some_and(|known| *known >= budget) {
            continue;
        }
        let (marking, event) = state.clone();
        failed.insert(state, budget);
        moves.push(step);
        frames.push(Frame { marking, event, budget, tried: 0 });
    }
    None
}

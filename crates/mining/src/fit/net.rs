//! Workflow nets: what a model means, move by move.

use super::ModelError;
use super::model::{Block, Model};

/// Most transitions and arcs: what is larger was not drawn by people, and each variant would pay for it.
const MOST_TRANSITIONS: usize = 2000;
const MOST_ARCS: usize = 10_000;

/// A Petri net with one initial and at least one final marking, at most 255 tokens in a place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Net {
    /// Number of places.
    pub(super) places: usize,
    pub(super) transitions: Vec<Transition>,
    /// Tokens in each place at the beginning.
    pub(super) initial: Vec<u8>,
    /// Tokens in each place at an end; any of these ends will do.
    pub(super) finals: Vec<Vec<u8>>,
}

/// A transition; one without a label is silent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Transition {
    pub(super) label: Option<String>,
    /// Place and tokens taken; each place once, in order.
    pub(super) inputs: Vec<(usize, u8)>,
    /// Place and tokens put; each place once, in order.
    pub(super) outputs: Vec<(usize, u8)>,
}

impl Net {
    /// A net from its parts, checked.
    pub(super) fn checked(self) -> Result<Self, ModelError> {
        let arcs: usize = self.transitions.iter().map(|t| t.inputs.len() + t.outputs.len()).sum();
        if self.transitions.len() > MOST_TRANSITIONS || arcs > MOST_ARCS {
            return Err(ModelError::whole(format!(
                "it has {} transitions and {arcs} arcs, and at most {MOST_TRANSITIONS} and {MOST_ARCS} can be compared: \
                 leave out what is rare",
                self.transitions.len()
            )));
        }
        Ok(self)
    }

    /// The labels of its transitions, in order, without the silent ones.
    pub fn labels(&self) -> impl Iterator<Item = &str> {
        self.transitions.iter().filter_map(|transition| transition.label.as_deref())
    }

    /// The marking after a transition; `None` when it may not fire, or a place would overflow.
    pub(super) fn fired(&self, marking: &[u8], transition: usize) -> Option<Vec<u8>> {
        let Transition { inputs, outputs, .. } = &self.transitions[transition];
        // Most transitions may not fire at most markings, so that is looked at first.
        if inputs.iter().any(|&(place, tokens)| marking[place] < tokens) {
            return None;
        }
        let mut next = marking.to_vec();
        for &(place, tokens) in inputs {
            next[place] = next[place].checked_sub(tokens)?;
        }
        for &(place, tokens) in outputs {
            next[place] = next[place].checked_add(tokens)?;
        }
        Some(next)
    }
}

impl From<&Model> for Net {
    /// The block-structured workflow net: each block runs from one place to another, and takes its token with it.
    fn from(model: &Model) -> Self {
        let mut build = Build { places: 2, transitions: Vec::new() };
        build.block(&model.root, 0, 1);
        let marked = |place: usize| {
            let mut marking = vec![0; build.places];
            marking[place] = 1;
            marking
        };
        Self { initial: marked(0), finals: vec![marked(1)], places: build.places, transitions: build.transitions }
    }
}

struct Build {
    places: usize,
    transitions: Vec<Transition>,
}

impl Build {
    fn place(&mut self) -> usize {
        self.places += 1;
        self.places - 1
    }

    fn transition(&mut self, label: Option<&str>, inputs: &[usize], outputs: &[usize]) {
        let arcs = |places: &[usize]| places.iter().map(|&place| (place, 1)).collect();
        self.transitions.push(Transition {
            label: label.map(str::to_owned),
            inputs: arcs(inputs),
            outputs: arcs(outputs),
        });
    }

    fn block(&mut self, block: &Block, from: usize, to: usize) {
        match block {
            Block::Step(name) => self.transition(Some(name), &[from], &[to]),
            Block::Sequence(parts) => {
                let mut at = from;
                for (number, part) in parts.iter().enumerate() {
                    let next = if number + 1 == parts.len() { to } else { self.place() };
                    self.block(part, at, next);
                    at = next;
                }
            }
            Block::Choice(parts) => {
                for part in parts {
                    self.block(part, from, to);
                }
            }
            Block::Option(part) => {
                self.block(part, from, to);
                self.transition(None, &[from], &[to]);
            }
            Block::Loop(part) => {
                // Places of its own: the way back must not lead into what lies beside the loop.
                let (first, last) = (self.place(), self.place());
                self.transition(None, &[from], &[first]);
                self.block(part, first, last);
                self.transition(None, &[last], &[first]);
                self.transition(None, &[last], &[to]);
            }
            Block::Parallel(parts) => {
                let begins: Vec<usize> = parts.iter().map(|_| self.place()).collect();
                let ends: Vec<usize> = parts.iter().map(|_| self.place()).collect();
                self.transition(None, &[from], &begins);
                for (part, (&begin, &end)) in parts.iter().zip(begins.iter().zip(&ends)) {
                    self.block(part, begin, end);
                }
                self.transition(None, &ends, &[to]);
            }
        }
    }
}

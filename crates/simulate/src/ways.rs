//! What may be otherwise in a company than in Lindenhof, so that an estimator meets more truths than one.

use crate::survey::ANSWER_CHANCE;

/// The ways of a company's people. The default is Lindenhof, whose demo everybody knows.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Ways {
    /// The share of needs that are taken around the desk from the beginning, the same for everybody and whatever they
    /// lived through; `None` lets department, nature and memory decide. Some more turn away at the desk's door.
    pub around: Option<f64>,
    /// The chance to answer a survey by true satisfaction, 1 to 5.
    pub answer_chance: [f64; 5],
    /// Of a hundred needs that an improvement is about, how many no longer arise once it is done, the same for all;
    /// `None` leaves each its own. With 0 nothing ever gets better.
    pub effect: Option<f64>,
}

impl Default for Ways {
    fn default() -> Self {
        Self { around: None, answer_chance: ANSWER_CHANCE, effect: None }
    }
}

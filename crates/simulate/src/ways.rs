//! What may be otherwise in a company than in Lindenhof, so that an estimator meets more truths than one.

use crate::improvement::Story;
use crate::survey::ANSWER_CHANCE;

/// The ways of a company's people. The default is Lindenhof, whose demo everybody knows.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Ways {
    /// The share of needs that are taken around the desk from the beginning, the same for everybody and whatever they
    /// lived through; `None` lets department, nature and memory decide. Some more turn away at the desk's door.
    pub around: Option<f64>,
    /// The chance to answer a survey by true satisfaction, 1 to 5.
    pub answer_chance: [f64; 5],
    /// The key of the one improvement that has an effect, and of a hundred needs that it is about, how many no longer
    /// arise once it is done (as a fraction); `None` leaves each its own.
    pub effect: Option<(&'static str, f64)>,
}

impl Ways {
    pub(crate) fn effect_of(&self, story: &Story) -> f64 {
        match self.effect {
            None => story.effect,
            Some((key, effect)) if key == story.key => effect,
            Some(_) => 0.0,
        }
    }
}

impl Default for Ways {
    fn default() -> Self {
        Self { around: None, answer_chance: ANSWER_CHANCE, effect: None }
    }
}

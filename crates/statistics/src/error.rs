//! Why a figure is refused.

/// A request that has no honest answer, with what would give one.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
pub enum Error {
    /// Not enough to compute from.
    #[error("{have} observations are too few: this figure needs at least {needed}")]
    TooFew {
        /// How many observations there are.
        have: usize,
        /// The smallest number that gives an answer.
        needed: usize,
    },
    /// More positive answers than answers.
    #[error("{part} of {whole} cannot be a share: the part must not be larger than the whole")]
    PartExceedsWhole {
        /// The count in the numerator.
        part: u64,
        /// The count in the denominator.
        whole: u64,
    },
    /// A level, share or quantile that is not a fraction strictly inside its range.
    #[error("{name} is {value}, but must be a fraction between 0 and 1, such as 0.95")]
    NotAFraction {
        /// Which argument.
        name: &'static str,
        /// What was given.
        value: f64,
    },
    /// NaN or infinity among the values.
    #[error("value number {position} is not a finite number: leave out what was not measured")]
    NotFinite {
        /// Index of the first such value, from 0.
        position: usize,
    },
    /// A quantity that must not be negative, or must be larger than zero.
    #[error("{name} is {value}, which is out of range: {wanted}")]
    OutOfRange {
        /// Which argument.
        name: &'static str,
        /// What was given.
        value: f64,
        /// What would be right.
        wanted: &'static str,
    },
    /// Two series that belong together have different lengths, or a row has another number of columns.
    #[error("{name} has {have} entries, but {wanted} are needed, one for each")]
    Mismatch {
        /// Which argument.
        name: &'static str,
        /// How many it has.
        have: usize,
        /// How many it should have.
        wanted: usize,
    },
    /// All values are equal, so nothing can be learnt from how they vary.
    #[error("all values of {name} are equal: an interval needs values that differ")]
    NoSpread {
        /// Which argument.
        name: &'static str,
    },
    /// A column of a linear model is a combination of the columns before it.
    #[error("column {column} follows from the columns before it: leave it out")]
    Dependent {
        /// Index of the column, from 0 (the constant is 0 where there is one).
        column: usize,
    },
    /// Work arrives faster than it can be done, so the queue grows without end.
    #[error("{offered:.2} agents' worth of work needs more than {agents} agents: add agents, or let callers give up")]
    Overloaded {
        /// Offered load in agents: arrivals times handling time.
        offered: f64,
        /// How many agents there are.
        agents: u32,
    },
    /// Nobody in a category for which a share was wanted.
    #[error("nobody in category {category} of margin {margin}: merge it with a neighbour before weighting")]
    EmptyCategory {
        /// Index of the margin, from 0.
        margin: usize,
        /// Index of the category in that margin, from 0.
        category: usize,
    },
    /// A search that stopped before it was near enough.
    #[error("no answer after {rounds} rounds (still {gap:.4} away): {advice}")]
    NotConverged {
        /// How many rounds were tried.
        rounds: usize,
        /// How far from the goal it ended, in the unit of the goal.
        gap: f64,
        /// What would give an answer.
        advice: &'static str,
    },
}

/// What every function of this crate returns.
pub type Result<T> = std::result::Result<T, Error>;

pub(crate) fn fraction(name: &'static str, value: f64) -> Result<f64> {
    if value > 0.0 && value < 1.0 { Ok(value) } else { Err(Error::NotAFraction { name, value }) }
}

/// A rate, size or weight that must be a finite number above zero.
pub(crate) fn positive(name: &'static str, value: f64) -> Result<f64> {
    let wanted = "a finite number larger than 0";
    if value.is_finite() && value > 0.0 { Ok(value) } else { Err(Error::OutOfRange { name, value, wanted }) }
}

pub(crate) fn finite(values: &[f64], needed: usize) -> Result<()> {
    if values.len() < needed {
        return Err(Error::TooFew { have: values.len(), needed });
    }
    match values.iter().position(|value| !value.is_finite()) {
        Some(position) => Err(Error::NotFinite { position }),
        None => Ok(()),
    }
}

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
}

/// What every function of this crate returns.
pub type Result<T> = std::result::Result<T, Error>;

pub(crate) fn fraction(name: &'static str, value: f64) -> Result<f64> {
    if value > 0.0 && value < 1.0 { Ok(value) } else { Err(Error::NotAFraction { name, value }) }
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

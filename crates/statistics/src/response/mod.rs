//! Those who did not answer: what they could still do to a figure, and what weighting can and cannot mend.
//!
//! - [`worst_case`]: limits that hold whatever the silent think. Always true, usually wide; show them.
//! - [`weight::inverse_probability`]: when people were asked with known odds (small groups all, large ones one in ten).
//! - [`rake::rake`]: when the answers' mix of sites, roles or channels is not that of everybody who was asked.
//!
//! Trap: weighting mends what the weights know. If the displeased are silent within each site and role, the weighted
//! figure is as wrong as the raw one; asking thirty of the silent by phone is worth more than any formula. And weights
//! cost precision: say the effective number of answers.

pub mod rake;
pub mod weight;

use crate::error::{Error, Result};

/// The lowest and the highest share that all who were asked can have, given the share `x` among those who answered
/// and the response rate `rr`: rr x if all the silent say no, rr x + 1 - rr if all say yes.
///
/// No assumption is made, so nothing narrower can be promised without one.
/// Source: C. Manski, Partial Identification of Probability Distributions (2003), chapter 1.
///
/// ```
/// // At 15% response, 92% pleased is compatible with anything from 14% to 99% of all.
/// let bounds = statistics::response::worst_case(0.92, 0.15)?;
/// assert_eq!(((bounds.low * 100.0).round(), (bounds.high * 100.0).round()), (14.0, 99.0));
/// # Ok::<(), statistics::Error>(())
/// ```
///
/// # Errors
/// When either argument is outside 0 to 1.
pub fn worst_case(share: f64, response_rate: f64) -> Result<Bounds> {
    for (name, value) in [("share", share), ("response rate", response_rate)] {
        if !(0.0..=1.0).contains(&value) {
            return Err(Error::NotAFraction { name, value });
        }
    }
    let low = response_rate * share;
    Ok(Bounds { low, high: low + 1.0 - response_rate })
}

/// Limits that hold whatever the silent think. No confidence level: they are arithmetic.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Bounds {
    /// If all who did not answer were displeased.
    pub low: f64,
    /// If all who did not answer were pleased.
    pub high: f64,
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// MEASURES 0: at 15% response, 92% is compatible with anything from 14% to 99%.
    #[test]
    fn ninety_two_percent_at_fifteen_percent_response() {
        let bounds = worst_case(0.92, 0.15).unwrap();
        assert!((bounds.low - 0.138).abs() < 1e-12 && (bounds.high - 0.988).abs() < 1e-12);
        assert!(worst_case(92.0, 0.15).is_err());
    }

    proptest! {
        #[test]
        fn bounds_hold_the_share_and_stay_fractions(x in 0.0..=1.0f64, rr in 0.0..=1.0f64) {
            let bounds = worst_case(x, rr).unwrap();
            prop_assert!(0.0 <= bounds.low && bounds.low <= x + 1e-12);
            prop_assert!(x <= bounds.high + 1e-12 && bounds.high <= 1.0 + 1e-12);
        }
    }
}

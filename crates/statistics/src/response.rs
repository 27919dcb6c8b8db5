//! What those who did not answer could still do to a figure.

use crate::error::{Error, Result};

/// The lowest and the highest share that all who were asked can have, given the share `x` among those who answered
/// and the response rate `rr`: rr x if all the silent say no, rr x + 1 - rr if all say yes.
///
/// No assumption is made, so nothing narrower can be promised without one.
/// Source: C. Manski, Partial Identification of Probability Distributions (2003), chapter 1.
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

//! Many comparisons at once.
//!
//! Twenty segments without any change show a "significant" one 64 times of 100. Either one segment was named first and
//! the rest is exploration, or the share of false finds among all finds is kept small.

use crate::error::{Error, Result, fraction};

/// What is left of many p-values.
#[derive(Debug, Clone, PartialEq)]
pub struct Discoveries {
    /// In the order given: whether this one is a find.
    pub found: Vec<bool>,
    /// In the order given: the smallest q at which this one would be a find (never below its p-value).
    pub adjusted: Vec<f64>,
}

/// Of the comparisons that this calls finds, at most the share `q` is false on average (the false discovery rate).
///
/// For independent or positively related comparisons, such as segments of one survey. Trap: every comparison that was
/// looked at belongs in the list, not only the good-looking ones.
/// Source: Y. Benjamini and Y. Hochberg, Controlling the false discovery rate, Journal of the Royal Statistical Society
/// B 57 (1995).
///
/// # Errors
/// When there are no p-values, one is outside 0 to 1, or `q` is not between 0 and 1.
///
/// ```
/// let segments = [0.001, 0.20, 0.03, 0.74];
/// let found = statistics::test::multiple::benjamini_hochberg(&segments, 0.05)?;
/// assert_eq!(found.found, [true, false, false, false]);
/// # Ok::<(), statistics::Error>(())
/// ```
pub fn benjamini_hochberg(p_values: &[f64], q: f64) -> Result<Discoveries> {
    fraction("q", q)?;
    if p_values.is_empty() {
        return Err(Error::TooFew { have: 0, needed: 1 });
    }
    if let Some(&value) = p_values.iter().find(|p| !(0.0..=1.0).contains(*p)) {
        return Err(Error::OutOfRange { name: "p-value", value, wanted: "p-values lie between 0 and 1" });
    }
    let m = p_values.len();
    let mut order: Vec<usize> = (0..m).collect();
    order.sort_by(|&a, &b| p_values[a].total_cmp(&p_values[b]));
    let mut adjusted = vec![1.0; m];
    let mut least = 1.0f64;
    for (rank, &index) in order.iter().enumerate().rev() {
        least = least.min(p_values[index] * m as f64 / (rank + 1) as f64);
        adjusted[index] = least;
    }
    let found = adjusted.iter().map(|&value| value <= q).collect();
    Ok(Discoveries { found, adjusted })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// Benjamini and Hochberg (1995), section 4: fifteen end points of a trial of thrombolysis. At q = 0.05 the first
    /// four are finds, since 4 * 0.05 / 15 = 0.0133 >= 0.0095 and 5 * 0.05 / 15 = 0.0167 < 0.0201.
    const TRIAL: [f64; 15] = [
        0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344, 0.0459, 0.3240, 0.4262, 0.5719, 0.6528, 0.7590,
        1.000,
    ];

    #[test]
    fn the_trial_of_the_article_has_four_finds() {
        let found = benjamini_hochberg(&TRIAL, 0.05).unwrap();
        assert_eq!(found.found.iter().filter(|found| **found).count(), 4);
        assert!(found.found[..4].iter().all(|found| *found));
        assert!((found.adjusted[3] - 0.0095 * 15.0 / 4.0).abs() < 1e-12);
    }

    /// The fifth is no find by itself at 0.02, but becomes one through a neighbour: 0.04 * 2 / 2 <= 0.04.
    #[test]
    fn a_larger_p_value_may_carry_a_smaller_one() {
        assert_eq!(benjamini_hochberg(&[0.04, 0.03], 0.04).unwrap().found, [true, true]);
        assert_eq!(benjamini_hochberg(&[0.9, 0.03], 0.04).unwrap().found, [false, false]);
    }

    #[test]
    fn what_is_no_p_value_is_refused() {
        assert!(benjamini_hochberg(&[], 0.05).is_err());
        assert!(benjamini_hochberg(&[1.2], 0.05).is_err() && benjamini_hochberg(&[f64::NAN], 0.05).is_err());
    }

    proptest! {
        #[test]
        fn adjusting_keeps_the_order_and_never_flatters(p in prop::collection::vec(0.0..=1.0f64, 1..60)) {
            let found = benjamini_hochberg(&p, 0.05).unwrap();
            for i in 0..p.len() {
                prop_assert!(found.adjusted[i] >= p[i] - 1e-15 && found.adjusted[i] <= 1.0);
                for j in 0..p.len() {
                    prop_assert!(p[i] > p[j] || found.adjusted[i] <= found.adjusted[j] + 1e-15);
                }
            }
        }
    }
}

//! Net scores: the share of the pleased minus the share of the displeased (NPS and its relatives).

use super::{Interval, critical_normal};
use crate::error::{Error, Result, fraction};

/// The net score and its interval, both from -1 to +1.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct NetScore {
    /// Pleased minus displeased, as fractions of all answers.
    pub value: f64,
    /// Its adjusted-Wald interval.
    pub interval: Interval,
}

/// The adjusted-Wald interval of a net score: three answers are added to `n`, three quarters of one to the pleased
/// and three quarters to the displeased, then the usual standard error of a difference of shares is used.
///
/// The interval is centred on the adjusted score, so it is not symmetric around `value`, and is cut at -1 and +1.
/// Sources: B. Rocks, Interval estimation for the "Net Promoter Score", The American Statistician 70 (2016);
/// J. Sauro and J. Lewis, MeasuringU, on confidence intervals of net scores.
///
/// # Errors
/// When `n` is 0, when the two counts together exceed it, or when `level` is not between 0 and 1.
pub fn adjusted_wald(pleased: u64, displeased: u64, n: u64, level: f64) -> Result<NetScore> {
    fraction("level", level)?;
    if n == 0 {
        return Err(Error::TooFew { have: 0, needed: 1 });
    }
    let named = pleased.saturating_add(displeased);
    if named > n {
        return Err(Error::PartExceedsWhole { part: named, whole: n });
    }
    let value = (pleased as f64 - displeased as f64) / n as f64;
    let adjusted_n = n as f64 + 3.0;
    let (up, down) = ((pleased as f64 + 0.75) / adjusted_n, (displeased as f64 + 0.75) / adjusted_n);
    let centre = up - down;
    let half = critical_normal(level) * ((up + down - centre * centre) / adjusted_n).sqrt();
    // At +-1 the adjusted interval of few answers can stop short of the score itself.
    let interval = Interval {
        low: (centre - half).max(-1.0).min(value),
        high: (centre + half).min(1.0).max(value),
        level,
        method: "adjusted Wald",
    };
    Ok(NetScore { value, interval })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn seventy_twenty_ten_at_three_sizes() {
        for (n, low, high) in [(10, 7, 85), (50, 38, 75), (200, 50, 68)] {
            let net = adjusted_wald(n * 7 / 10, n / 10, n, 0.95).unwrap();
            assert!((net.value - 0.6).abs() < 1e-12);
            let points = ((net.interval.low * 100.0).round() as i64, (net.interval.high * 100.0).round() as i64);
            assert_eq!(points, (low, high), "n = {n}");
        }
    }

    #[test]
    fn counts_that_exceed_the_whole_are_refused() {
        assert_eq!(adjusted_wald(7, 4, 10, 0.95), Err(Error::PartExceedsWhole { part: 11, whole: 10 }));
        assert!(adjusted_wald(0, 0, 0, 0.95).is_err());
    }

    proptest! {
        #[test]
        fn the_score_lies_in_its_interval(up in 0u64..300, down in 0u64..300, rest in 1u64..300) {
            let net = adjusted_wald(up, down, up + down + rest, 0.95).unwrap();
            prop_assert!(net.interval.contains(net.value));
            prop_assert!(-1.0 <= net.interval.low && net.interval.high <= 1.0);
        }
    }
}

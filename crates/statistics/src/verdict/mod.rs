//! Better, worse, no visible change, or cannot tell.
//!
//! A verdict is a word for an interval of a difference, measured against the smallest change that matters, which
//! must be fixed before looking. "Cannot tell" is a finding, and with few answers the usual one.

use crate::error::{Error, Result};
use crate::interval::Interval;

/// Which way is up for this measure.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Good {
    /// Satisfaction, promises kept.
    Higher,
    /// Waiting, effort, hand-overs.
    Lower,
}

/// The word.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    /// The whole interval is on the good side of zero.
    Better,
    /// The whole interval is on the bad side of zero.
    Worse,
    /// The whole interval is smaller than the smallest change that matters, in both directions.
    NoVisibleChange,
    /// The interval holds both zero and a change that matters.
    CannotTell,
}

impl Verdict {
    /// The verdict in plain English.
    pub fn words(self) -> &'static str {
        match self {
            Self::Better => "better",
            Self::Worse => "worse",
            Self::NoVisibleChange => "no visible change",
            Self::CannotTell => "cannot tell",
        }
    }
}

/// Judges the interval of `after - before`.
///
/// A difference that is certain but too small to matter (inside +-`smallest`) is no visible change: a large group
/// must not turn a trifle into a success. The rest follows the two one-sided tests idea: D. Schuirmann, Journal of
/// Pharmacokinetics and Biopharmaceutics 15 (1987), with the interval used for both questions.
///
/// ```
/// use statistics::interval::Interval;
/// use statistics::verdict::{Good, Verdict, judge};
/// let change = Interval { low: 0.02, high: 0.12, level: 0.95, method: "Newcombe hybrid score" };
/// assert_eq!(judge(&change, 0.05, Good::Higher)?, Verdict::Better);
/// // The same for a share of complaints:
/// assert_eq!(judge(&change, 0.05, Good::Lower)?, Verdict::Worse);
/// # Ok::<(), statistics::Error>(())
/// ```
///
/// # Errors
/// When `smallest` is not a positive number, or the interval is not finite.
pub fn judge(difference: &Interval, smallest: f64, good: Good) -> Result<Verdict> {
    if !smallest.is_finite() || smallest <= 0.0 {
        let wanted = "name the smallest change that would matter, larger than 0, before looking";
        return Err(Error::OutOfRange { name: "smallest change that matters", value: smallest, wanted });
    }
    if let Some(position) = [difference.low, difference.high].iter().position(|limit| !limit.is_finite()) {
        return Err(Error::NotFinite { position });
    }
    let (up, down) = match good {
        Good::Higher => (Verdict::Better, Verdict::Worse),
        Good::Lower => (Verdict::Worse, Verdict::Better),
    };
    Ok(if -smallest < difference.low && difference.high < smallest {
        Verdict::NoVisibleChange
    } else if difference.low > 0.0 {
        up
    } else if difference.high < 0.0 {
        down
    } else {
        Verdict::CannotTell
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::interval::share::{Share, newcombe};

    fn verdict(low: f64, high: f64, good: Good) -> Verdict {
        judge(&Interval { low, high, level: 0.95, method: "by hand" }, 0.05, good).unwrap()
    }

    #[test]
    fn the_four_words() {
        assert_eq!(verdict(0.02, 0.12, Good::Higher), Verdict::Better);
        assert_eq!(verdict(0.02, 0.12, Good::Lower), Verdict::Worse);
        assert_eq!(verdict(-0.12, -0.02, Good::Higher), Verdict::Worse);
        assert_eq!(verdict(-0.02, 0.03, Good::Higher), Verdict::NoVisibleChange);
        assert_eq!(verdict(-0.02, 0.12, Good::Higher), Verdict::CannotTell);
    }

    #[test]
    fn a_certain_trifle_is_no_success() {
        assert_eq!(verdict(0.001, 0.004, Good::Higher), Verdict::NoVisibleChange);
    }

    #[test]
    fn without_a_smallest_change_there_is_no_verdict() {
        let interval = Interval { low: 0.1, high: 0.2, level: 0.95, method: "by hand" };
        assert!(judge(&interval, 0.0, Good::Higher).is_err());
        assert!(judge(&interval, f64::NAN, Good::Higher).is_err());
    }

    /// Twenty answers before and twenty after cannot show ten points; two thousand can.
    #[test]
    fn few_answers_cannot_tell() {
        let change = |n: u64| {
            let (after, before) = (Share::new(n * 9 / 10, n).unwrap(), Share::new(n * 8 / 10, n).unwrap());
            judge(&newcombe(after, before, 0.95).unwrap(), 0.05, Good::Higher).unwrap()
        };
        assert_eq!((change(20), change(2_000)), (Verdict::CannotTell, Verdict::Better));
    }
}

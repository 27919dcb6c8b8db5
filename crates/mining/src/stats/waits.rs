//! Exact medians without sorting and without keeping all values: waits are first counted in buckets of their size, then
//! only those of the bucket in which the median lies are collected.

/// Buckets of waits: one below zero, one for each of 0 to 7, then eight for each power of two.
pub(super) const BUCKETS: usize = 9 + 60 * 8;

/// The bucket of a wait in milliseconds. A longer wait is in the same or a later bucket.
#[inline]
pub(super) fn bucket(wait: i64) -> usize {
    if wait < 8 {
        return (wait.max(-1) + 1) as usize;
    }
    let power = wait.ilog2();
    let eighth = (wait >> (power - 3)) & 7;
    1 + (power as usize - 2) * 8 + eighth as usize
}

/// The shortest wait of a bucket.
fn shortest(bucket: usize) -> i64 {
    match bucket {
        0 => i64::MIN,
        1..9 => bucket as i64 - 1,
        _ => {
            let (power, eighth) = ((bucket - 1) / 8 + 2, (bucket - 1) % 8);
            (8 + eighth as i64) << (power - 3)
        }
    }
}

/// Where the middle of some waits lies, as far as buckets tell.
#[derive(Debug, Clone, Copy)]
pub(super) struct Middle {
    /// Waits in all, and how many are shorter than `low`.
    count: u64,
    below: u64,
    /// The middle is between these, both included; what lies between them must be collected, if anything can.
    pub(super) low: i64,
    pub(super) high: i64,
    /// How many must be collected.
    pub(super) wanted: u64,
}

impl Middle {
    /// Of so many waits, of which nothing else is known.
    pub(super) fn anywhere(count: u64) -> Self {
        Self { count, below: 0, low: i64::MIN, high: i64::MAX, wanted: count }
    }

    /// Of waits that were counted in buckets.
    pub(super) fn of(buckets: &[u32]) -> Self {
        let count: u64 = buckets.iter().map(|&count| u64::from(count)).sum();
        let (mut low, mut high, mut below, mut until) = (None, 0, 0, 0);
        for (bucket, &held) in buckets.iter().enumerate().filter(|(_, held)| **held > 0) {
            let before = until;
            until += u64::from(held);
            if low.is_none() && until > (count.max(1) - 1) / 2 {
                low = Some(bucket);
                below = before;
            }
            if until > count / 2 {
                high = bucket;
                break;
            }
        }
        let Some(low) = low else { return Self::anywhere(0) };
        let last = if high + 1 == BUCKETS { i64::MAX } else { shortest(high + 1) - 1 };
        let (low, wanted) = (shortest(low), until - below);
        Self { count, below, low, high: last, wanted: if low == last { 0 } else { wanted } }
    }

    /// Whether a wait must be collected.
    #[inline]
    pub(super) fn takes(&self, wait: i64) -> bool {
        self.wanted > 0 && wait >= self.low && wait <= self.high
    }

    /// The exact median (of an even number, the mean of the middle two); `None` of nothing. `collected` are all waits that
    /// it [takes](Self::takes), and are put in another order.
    pub(super) fn median(&self, collected: &mut [i64]) -> Option<f64> {
        if self.count == 0 {
            return None;
        }
        let at = (self.count / 2 - self.below) as usize;
        let (lower, upper) = if at < collected.len() {
            let (before, &mut upper, _) = collected.select_nth_unstable(at);
            let even = self.count.is_multiple_of(2);
            (if even { before.iter().copied().max().unwrap_or(upper) } else { upper }, upper)
        } else {
            // All of them are the same.
            (self.low, self.high)
        };
        Some(lower as f64 / 2.0 + upper as f64 / 2.0)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn buckets_are_in_the_order_of_waits_and_have_no_gaps() {
        assert_eq!((bucket(i64::MIN), bucket(-1), bucket(0), bucket(7), bucket(8)), (0, 0, 1, 8, 9));
        assert_eq!(bucket(i64::MAX), BUCKETS - 1);
        for at in 1..BUCKETS {
            assert_eq!((bucket(shortest(at)), bucket(shortest(at) - 1)), (at, at - 1), "{at}");
        }
    }

    fn median(values: &[i64]) -> (Option<f64>, Option<f64>) {
        let mut buckets = vec![0; BUCKETS];
        for &value in values {
            buckets[bucket(value)] += 1;
        }
        let of = |middle: Middle| {
            let mut collected: Vec<i64> = values.iter().copied().filter(|&value| middle.takes(value)).collect();
            assert_eq!(collected.len() as u64, middle.wanted);
            middle.median(&mut collected)
        };
        (of(Middle::of(&buckets)), of(Middle::anywhere(values.len() as u64)))
    }

    #[test]
    fn medians_are_exact() {
        for (values, expected) in [
            (&[][..], None),
            (&[7], Some(7.0)),
            (&[9, 1, 4], Some(4.0)),
            (&[9, 1, 4, 5], Some(4.5)),
            (&[5, 5, 1, 1], Some(3.0)),
            (&[1_000, 1_000_000], Some(500_500.0)),
            (&[-5, -7], Some(-6.0)),
        ] {
            assert_eq!(median(values), (expected, expected), "{values:?}");
        }
    }

    proptest! {
        #[test]
        fn medians_are_those_of_sorted_waits(
            mut values in prop::collection::vec(prop_oneof![-20..40_i64, 0..100_000_i64, any::<i64>()], 1..60),
        ) {
            let found = median(&values);
            values.sort_unstable();
            let (lower, upper) = (values[(values.len() - 1) / 2], values[values.len() / 2]);
            let expected = Some(lower as f64 / 2.0 + upper as f64 / 2.0);
            prop_assert_eq!(found, (expected, expected));
        }
    }
}

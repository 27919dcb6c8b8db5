//! Traces without a name are called by their number, and must not be taken for one that is really called so.

use hashbrown::HashSet;

/// Which traces had no name, and which names look like those that such traces are given.
#[derive(Default)]
pub(super) struct Numbers {
    /// First and last of each run of traces without a name.
    unnamed: Vec<(u64, u64)>,
    /// Numbers of traces still to come that are names of traces before them.
    ahead: HashSet<u64>,
}

impl Numbers {
    /// Whether a name of the present trace is what an earlier trace was called for want of one.
    pub(super) fn taken(&mut self, name: &str, trace: u64) -> bool {
        let Some(number) = name.strip_prefix("trace ").and_then(|digits| {
            let plain = digits.bytes().all(|byte| byte.is_ascii_digit()) && !digits.starts_with('0');
            digits.parse::<u64>().ok().filter(|_| plain)
        }) else {
            return false;
        };
        if number > trace {
            self.ahead.insert(number);
        }
        let run = self.unnamed.partition_point(|&(_, last)| last < number);
        self.unnamed.get(run).is_some_and(|&(first, _)| first <= number)
    }

    /// Whether what the present trace is called for want of a name is the name of an earlier one.
    pub(super) fn call(&mut self, trace: u64) -> bool {
        match self.unnamed.last_mut() {
            Some((_, last)) if *last + 1 == trace => *last = trace,
            _ => self.unnamed.push((trace, trace)),
        }
        self.ahead.contains(&trace)
    }
}

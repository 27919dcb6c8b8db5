//! Why there is no number.

/// Why a number is not shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Refusal {
    /// Nothing of the kind happened.
    Nothing,
    /// Fewer than k people stand behind it; how many is not told.
    FewPeople {
        /// The least number of people.
        k: u64,
    },
    /// Fewer than k people are left outside the segment: subtracting would show them.
    FewOthers {
        /// The least number of people.
        k: u64,
    },
    /// Too few observations for an interval.
    FewAnswers {
        /// How many there are.
        n: u64,
        /// How many are needed.
        needed: u64,
    },
    /// Too few of what people told of is known to the desk for two lists to say anything.
    FewMatches {
        /// How many people told of.
        n: u64,
        /// How many of them the desk must know.
        needed: u64,
    },
    /// All of it is too young to count.
    TooRecent {
        /// How many there are.
        young: u64,
    },
    /// All values are equal, so that nothing says how far off their mean may be.
    AllAlike {
        /// How many there are.
        n: u64,
    },
    /// So many still wait that nobody knows where the middle will be.
    StillWaiting {
        /// How many there are.
        n: u64,
        /// How many of them wait.
        pending: u64,
    },
}

impl Refusal {
    /// The key of the sentence, which takes `$k`, `$n`, `$needed` and `$pending`.
    pub fn key(self) -> &'static str {
        match self {
            Self::Nothing => "refusal-nothing",
            Self::FewPeople { .. } => "refusal-few-people",
            Self::FewOthers { .. } => "refusal-few-others",
            Self::FewAnswers { .. } => "refusal-few-answers",
            Self::FewMatches { .. } => "refusal-few-matches",
            Self::TooRecent { .. } => "refusal-too-recent",
            Self::AllAlike { .. } => "refusal-all-alike",
            Self::StillWaiting { .. } => "refusal-still-waiting",
        }
    }

    /// The numbers of the sentence, by name.
    pub fn numbers(self) -> Vec<(&'static str, u64)> {
        match self {
            Self::Nothing => Vec::new(),
            Self::FewPeople { k } | Self::FewOthers { k } => vec![("k", k)],
            Self::TooRecent { young: n } | Self::AllAlike { n } => vec![("n", n)],
            Self::FewAnswers { n, needed } | Self::FewMatches { n, needed } => vec![("n", n), ("needed", needed)],
            Self::StillWaiting { n, pending } => vec![("n", n), ("pending", pending)],
        }
    }
}

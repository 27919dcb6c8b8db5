//! What a number is a part of, said in words beside it.

/// The whole that was counted. Every sample names its own, in one place, because wrong denominators are how measures
/// lie most often.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Denominator {
    /// Answers to this question in the period.
    Answers,
    /// Invitations sent in the period.
    Invitations,
    /// Tickets opened in the period.
    Tickets,
    /// Tickets opened in the period and at least two weeks ago, of which it is known how they went.
    SettledTickets,
    /// Tickets opened in the period that were sorted at least once.
    SortedTickets,
    /// Contacts in the period that are at least a week old.
    SettledContacts,
    /// Searches in the period.
    Searches,
    /// People who raised something in the period.
    Raisers,
    /// Rows of a file.
    Rows,
}

impl Denominator {
    /// The key of the words, which take the number as `$n`.
    pub fn key(self) -> &'static str {
        match self {
            Self::Answers => "denominator-answers",
            Self::Invitations => "denominator-invitations",
            Self::Tickets => "denominator-tickets",
            Self::SettledTickets => "denominator-settled-tickets",
            Self::SortedTickets => "denominator-sorted-tickets",
            Self::SettledContacts => "denominator-settled-contacts",
            Self::Searches => "denominator-searches",
            Self::Raisers => "denominator-raisers",
            Self::Rows => "denominator-rows",
        }
    }

    /// All of them, for the test that each has words.
    pub const ALL: [Self; 9] = [
        Self::Answers,
        Self::Invitations,
        Self::Tickets,
        Self::SettledTickets,
        Self::SortedTickets,
        Self::SettledContacts,
        Self::Searches,
        Self::Raisers,
        Self::Rows,
    ];
}

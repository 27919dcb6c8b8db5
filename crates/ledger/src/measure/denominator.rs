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
    /// Tickets opened in the period and at least three weeks ago, of which it is known how they went.
    SettledTickets,
    /// Tickets opened in the period that were sorted at least once.
    SortedTickets,
    /// Contacts in the period that are at least a week old.
    SettledContacts,
    /// Searches in the period.
    Searches,
    /// Notices, once for each person they were sent to in the period, at least a week ago.
    SettledNotices,
    /// Times at which a suggestion was due in the period, shown or withheld by lot, at least a week ago.
    SettledSuggestions,
    /// Calls promised in the period of which it is known how they went.
    Promises,
    /// Times in line in the period that came to an end.
    Lines,
    /// Requests of the period that were needed by a time which has passed.
    Needs,
    /// Notices of the period, once for each person they were sent to, that were read or whose service the person came about.
    Heeded,
    /// Tickets opened in the period that were written down here, by whomever.
    Written,
    /// Answers to a pulse in the period.
    Pulses,
    /// Answers to a pulse in the period that tell of trouble.
    Troubles,
    /// Those of people who had been at the desk in the twelve weeks before.
    TroublesAfter,
    /// People who came to the desk for the first time in the period, at least twelve weeks ago.
    Newcomers,
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
            Self::SettledNotices => "denominator-settled-notices",
            Self::SettledSuggestions => "denominator-settled-suggestions",
            Self::Promises => "denominator-promises",
            Self::Lines => "denominator-lines",
            Self::Needs => "denominator-needs",
            Self::Heeded => "denominator-heeded",
            Self::Written => "denominator-written",
            Self::Pulses => "denominator-pulses",
            Self::Troubles => "denominator-troubles",
            Self::TroublesAfter => "denominator-troubles-after",
            Self::Newcomers => "denominator-newcomers",
            Self::Raisers => "denominator-raisers",
            Self::Rows => "denominator-rows",
        }
    }

    /// All of them, for the test that each has words.
    pub const ALL: [Self; 20] = [
        Self::Answers,
        Self::Invitations,
        Self::Tickets,
        Self::SettledTickets,
        Self::SortedTickets,
        Self::SettledContacts,
        Self::Searches,
        Self::SettledNotices,
        Self::SettledSuggestions,
        Self::Promises,
        Self::Lines,
        Self::Needs,
        Self::Heeded,
        Self::Written,
        Self::Pulses,
        Self::Troubles,
        Self::TroublesAfter,
        Self::Newcomers,
        Self::Raisers,
        Self::Rows,
    ];
}

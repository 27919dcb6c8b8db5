//! What kinds of touchpoint mean to measures. Kinds are known by their names here and nowhere else, so that a capability
//! that is not there (or another desk's log without it) leaves its measures without evidence, and nothing else.

/// What a kind of touchpoint means to measures.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Role {
    /// Nothing.
    None,
    Opened,
    Written,
    Answered,
    Assigned,
    Resolved,
    Confirmed,
    Reopened,
    /// It went on as another ticket.
    Merged,
    /// A contact that is no ticket: a call, a chat, a place in line.
    Came,
    Invited,
    Gave,
    Amended,
    Found,
    InVain,
    Raised,
    Told,
    Noticed,
    Read,
    Kept,
    Missed,
    Served,
    Left,
    Suggested,
    Withheld,
    Pulsed,
    Said,
    SaidAnew,
}

impl Role {
    /// Whether a person begins something at the desk.
    pub(super) fn begins(self) -> bool {
        matches!(self, Self::Opened | Self::Came)
    }
}

/// The names by which capabilities record what measures ask for.
const ROLES: [(&str, Role); 30] = [
    ("ticket.opened", Role::Opened),
    ("ticket.written", Role::Written),
    ("ticket.answered", Role::Answered),
    ("ticket.assigned", Role::Assigned),
    ("ticket.resolved", Role::Resolved),
    ("ticket.confirmed", Role::Confirmed),
    ("ticket.reopened", Role::Reopened),
    ("ticket.merged", Role::Merged),
    ("call.taken", Role::Came),
    ("chat.opened", Role::Came),
    ("visit.joined", Role::Came),
    ("survey.invited", Role::Invited),
    ("survey.answered", Role::Gave),
    ("survey.amended", Role::Amended),
    ("search.made", Role::Found),
    ("search.empty", Role::InVain),
    ("followup.opened", Role::Raised),
    ("improvement.joined", Role::Raised),
    ("improvement.told", Role::Told),
    ("notice.sent", Role::Noticed),
    ("notice.read", Role::Read),
    ("callback.kept", Role::Kept),
    ("callback.missed", Role::Missed),
    ("visit.served", Role::Served),
    ("visit.left", Role::Left),
    ("suggestion.shown", Role::Suggested),
    ("suggestion.withheld", Role::Withheld),
    ("pulse.invited", Role::Pulsed),
    ("pulse.answered", Role::Said),
    ("pulse.amended", Role::SaidAnew),
];

/// The names of all kinds of touchpoint that measures ask for.
pub const KINDS_ASKED: [&str; ROLES.len()] = {
    let mut names = [""; ROLES.len()];
    let mut at = 0;
    while at < names.len() {
        names[at] = ROLES[at].0;
        at += 1;
    }
    names
};

/// What a kind of this name means.
pub(super) fn role(kind: &str) -> Role {
    ROLES.iter().find(|(name, _)| *name == kind).map_or(Role::None, |(_, role)| *role)
}

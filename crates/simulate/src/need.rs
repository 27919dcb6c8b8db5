//! Needs: something does not work, or somebody wants something. Most never become a ticket.

use crate::person::PersonId;
use crate::services::Service;
use crate::situations::Situation;
use crate::ticket::TicketId;

/// Of a hundred forms that are begun, so many are left without any reason that the desk could learn.
pub const FORMS_LEFT: f64 = 0.06;

/// A position in [`crate::Company::journeys`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct NeedId(pub u32);

/// A need, and what became of it.
#[derive(Debug, Clone)]
pub struct Need {
    /// Index.
    pub id: NeedId,
    /// Whose.
    pub person: PersonId,
    /// With which service.
    pub service: Service,
    /// What happened.
    pub situation: &'static Situation,
    /// When it arose.
    pub at: i64,
    /// What the person did first. Only the person knows.
    pub first: First,
    /// How it ended. Only partly visible to the desk.
    pub outcome: Outcome,
    /// The ticket, if it became one (also when somebody who was asked directly logged it later).
    pub ticket: Option<TicketId>,
}

/// The first thing that a person did about a need.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum First {
    /// Searched in the portal.
    Searched,
    /// Opened a form in the portal.
    Portal,
    /// Wrote to the desk.
    Mailed,
    /// Called the desk.
    Called,
    /// Walked up to the desk.
    WalkedUp,
    /// Asked somebody at the next table: around the desk.
    AskedColleague,
    /// Wrote to a technician they know: around the desk.
    AskedTechnician,
    /// Lived with it: around the desk.
    Waited,
}

/// How a need ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Outcome {
    /// Became a ticket in the ordinary way.
    Desk,
    /// An article or a suggestion was enough.
    SelfService,
    /// An outage notice was: the person knew, and waited for its end.
    Notice,
    /// Taken elsewhere from the beginning.
    WentAround,
    /// Came to the desk's door (a form, a line) and turned away.
    TurnedAway,
}

impl Outcome {
    /// Whether the problem was taken elsewhere: the numerator of the go-around rate.
    pub fn is_around(self) -> bool {
        matches!(self, Self::WentAround | Self::TurnedAway)
    }
}

//! Tickets: what reached the desk, as a story of events in time order.

use crate::Text;
use crate::mood::Felt;
use crate::need::NeedId;
use crate::person::PersonId;
use crate::places::Team;
use crate::services::Service;
use crate::situations::Party;
use crate::survey::Survey;

/// A position in [`crate::Company::tickets`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct TicketId(pub u32);

/// One ticket.
#[derive(Debug, Clone)]
pub struct Ticket {
    /// Index; tickets are in the order of [`Ticket::opened`].
    pub id: TicketId,
    /// The need behind it.
    pub need: NeedId,
    /// Whose.
    pub person: PersonId,
    /// With which service.
    pub service: Service,
    /// How it came in.
    pub channel: Channel,
    /// In the person's language.
    pub subject: Text,
    /// In the person's language; for calls and visits, what the agent wrote down.
    pub body: Text,
    /// When it was opened.
    pub opened: i64,
    /// The agent who typed it in, for calls, visits and what was logged later.
    pub logged_by: Option<PersonId>,
    /// When the contact really was, if it was logged later than that.
    pub happened: Option<i64>,
    /// "I need this by".
    pub needed_by: NeededBy,
    /// The right form with the needed facts, the first time.
    pub proper: bool,
    /// After opening, in time order, cut at the end of the simulation.
    pub events: Vec<Event>,
    /// At the end of the simulation.
    pub state: State,
    /// Whether and how the person was asked afterwards.
    pub survey: Survey,
    /// How each event felt, in the order of `events`. Nobody in the company knows, unless they ask right then.
    pub felt: Vec<Felt>,
}

/// A channel by which tickets come.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Channel {
    /// Mail to the desk.
    Email,
    /// A form in the portal.
    Portal,
    /// A call.
    Phone,
    /// A visit to the walk-up desk.
    WalkUp,
}

/// The person's own wish.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum NeededBy {
    /// Cannot work.
    Now,
    /// Before the evening.
    Today,
    /// Before the weekend.
    ThisWeek,
    /// Whenever.
    NoHurry,
}

impl NeededBy {
    /// Hours until it hurts.
    pub fn hours(self) -> f64 {
        match self {
            Self::Now => 4.0,
            Self::Today => 10.0,
            Self::ThisWeek => 72.0,
            Self::NoHurry => 168.0,
        }
    }
}

/// A state of a ticket.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum State {
    /// Nobody has it.
    New,
    /// An agent has it.
    Open,
    /// The person was asked something.
    WaitingForPerson,
    /// Somebody else must act.
    WaitingForOthers,
    /// The desk thinks it is done.
    Resolved,
    /// It is.
    Closed,
}

/// One event.
#[derive(Debug, Clone, PartialEq)]
pub struct Event {
    /// When.
    pub at: i64,
    /// What.
    pub what: What,
}

/// What happened to a ticket.
#[derive(Debug, Clone, PartialEq)]
pub enum What {
    /// The first agent has it.
    Assigned {
        /// Who.
        agent: PersonId,
        /// As part of.
        team: Team,
    },
    /// From one agent to another.
    HandedOver {
        /// Who gives.
        from: PersonId,
        /// Who takes.
        to: PersonId,
        /// As part of.
        team: Team,
    },
    /// To the person, visible.
    Replied {
        /// Who.
        agent: PersonId,
        /// What.
        text: Text,
    },
    /// Between agents, invisible to the person.
    Noted {
        /// Who.
        agent: PersonId,
        /// What.
        text: Text,
    },
    /// From the person.
    Said {
        /// What.
        text: Text,
    },
    /// From the person: "any news?".
    Chased {
        /// What.
        text: Text,
    },
    /// The desk asked the person something; the clock is theirs.
    WaitsForPerson,
    /// The desk asked somebody else.
    WaitsForOthers(Party),
    /// Back with the agent.
    Resumed,
    /// The desk thinks it is done.
    Resolved {
        /// Who.
        agent: PersonId,
    },
    /// The person says it is.
    Confirmed,
    /// The person says it is not (the text came just before, as [`What::Said`]).
    Reopened,
    /// Over.
    Closed {
        /// Because nobody said anything for days.
        by_itself: bool,
    },
}

/// The state that events lead to.
pub(crate) fn state(events: &[Event]) -> State {
    events.iter().fold(State::New, |state, event| match event.what {
        What::Assigned { .. } | What::Resumed | What::Reopened => State::Open,
        What::WaitsForPerson => State::WaitingForPerson,
        What::WaitsForOthers(_) => State::WaitingForOthers,
        What::Resolved { .. } => State::Resolved,
        What::Closed { .. } => State::Closed,
        _ => state,
    })
}

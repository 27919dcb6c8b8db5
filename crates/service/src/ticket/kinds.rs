//! The touchpoints that tickets leave in the ledger.

use ledger::touchpoint::{Direction, Kind, Stage::Use};

/// A person asked for something: in how many seconds they `need` it, when they said so and it cannot wait.
pub(super) static OPENED: Kind = Kind::new("ticket.opened", Use).with_numbers(&["need"]);
/// A person wrote again.
pub(super) static WRITTEN: Kind = Kind::new("ticket.written", Use);
/// A person said thanks, and nothing else.
pub(super) static THANKED: Kind = Kind::new("ticket.thanked", Use);
/// The desk wrote to the person.
pub(super) static ANSWERED: Kind = Kind::new("ticket.answered", Use).by_desk();
/// Someone of the desk left a note for the others.
pub(super) static NOTED: Kind =
    Kind { direction: Direction::Between, ..Kind::new("ticket.noted", Use).by_desk().backstage() };
/// It was given to somebody, or to nobody.
pub(super) static ASSIGNED: Kind = Kind::new("ticket.assigned", Use).by_desk().backstage();
/// It waits for someone else than the person or the desk.
pub(super) static PAUSED: Kind = Kind::new("ticket.paused", Use).by_desk();
/// It is being worked on again.
pub(super) static RESUMED: Kind = Kind::new("ticket.resumed", Use).by_desk();
/// The desk thinks that it is sorted.
pub(super) static RESOLVED: Kind = Kind::new("ticket.resolved", Use).by_desk();
/// The person says that it is sorted.
pub(super) static CONFIRMED: Kind = Kind::new("ticket.confirmed", Use);
/// The person says that it is not.
pub(super) static REOPENED: Kind = Kind::new("ticket.reopened", Use);
/// Nobody said anything for a while after it was resolved.
pub(super) static CLOSED: Kind = Kind::new("ticket.closed", Use).by_machine();
/// It was merged into another ticket, and is over.
pub(super) static MERGED: Kind =
    Kind { direction: Direction::Between, ..Kind::new("ticket.merged", Use).by_desk().backstage() };
/// Another ticket was merged into it.
pub(super) static TOOK_IN: Kind =
    Kind { direction: Direction::Between, ..Kind::new("ticket.took-in", Use).by_desk().backstage() };
/// Somebody came to be on it, besides the one who asked.
pub(super) static JOINED: Kind =
    Kind { direction: Direction::Between, ..Kind::new("ticket.joined", Use).by_desk().backstage() };
/// Somebody is no longer on it.
pub(super) static LEFT: Kind =
    Kind { direction: Direction::Between, ..Kind::new("ticket.left", Use).by_desk().backstage() };
/// Somebody on it gets no more mails.
pub(super) static MUTED: Kind =
    Kind { direction: Direction::Between, ..Kind::new("ticket.muted", Use).by_desk().backstage() };
/// Somebody on it gets mails again.
pub(super) static UNMUTED: Kind =
    Kind { direction: Direction::Between, ..Kind::new("ticket.unmuted", Use).by_desk().backstage() };
/// It is another person's from now on.
pub(super) static GIVEN: Kind =
    Kind { direction: Direction::Between, ..Kind::new("ticket.given", Use).by_desk().backstage() };

/// One of its mails was moved to another ticket.
pub(super) static GAVE: Kind =
    Kind { direction: Direction::Between, ..Kind::new("ticket.gave-mail", Use).by_desk().backstage() };
/// A mail was moved to it from another ticket.
pub(super) static TOOK: Kind =
    Kind { direction: Direction::Between, ..Kind::new("ticket.took-mail", Use).by_desk().backstage() };

/// All of them.
pub const KINDS: &[&Kind] = &[
    &OPENED, &WRITTEN, &THANKED, &ANSWERED, &NOTED, &ASSIGNED, &PAUSED, &RESUMED, &RESOLVED, &CONFIRMED, &REOPENED,
    &CLOSED, &MERGED, &TOOK_IN, &GAVE, &TOOK, &JOINED, &LEFT, &MUTED, &UNMUTED, &GIVEN,
];

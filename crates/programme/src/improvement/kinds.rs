//! The touchpoints that follow-ups and improvements leave in the ledger.

use ledger::touchpoint::{Direction, Kind, Stage::Improvement};

const fn ours(name: &'static str) -> Kind {
    Kind { direction: Direction::Between, ..Kind::new(name, Improvement).by_desk().backstage() }
}

/// A bad answer was given to somebody to look after.
pub(super) static OPENED: Kind =
    Kind { direction: Direction::Between, ..Kind::new("followup.opened", Improvement).by_machine().backstage() };
/// Somebody wrote to the person about it.
pub(super) static CONTACTED: Kind = Kind::new("followup.contacted", Improvement).by_desk();
/// Nothing more is to be done about it.
pub(super) static CLOSED: Kind = ours("followup.closed");

/// Somebody wrote down what should be better.
pub(super) static PROPOSED: Kind = ours("improvement.proposed");
/// A person is one of those who asked for it.
pub(super) static JOINED: Kind = ours("improvement.joined");
/// It was decided to do it.
pub(super) static PLANNED: Kind = ours("improvement.planned");
/// Work began.
pub(super) static BEGUN: Kind = ours("improvement.begun");
/// It is done.
pub(super) static DONE: Kind = ours("improvement.done");
/// It will not be done, because.
pub(super) static DECLINED: Kind = ours("improvement.declined");
/// It was proposed again after it was planned or begun.
pub(super) static RETURNED: Kind = ours("improvement.returned");
/// A duplicate became part of another.
pub(super) static MERGED: Kind = ours("improvement.merged");
/// A person was told what came of it.
pub(super) static TOLD: Kind = Kind::new("improvement.told", Improvement).by_desk();
/// They say that it helped.
pub(super) static CONFIRMED: Kind = Kind::new("improvement.confirmed", Improvement);
/// They say that it did not.
pub(super) static REFUTED: Kind = Kind::new("improvement.refuted", Improvement);

/// All of them.
pub const KINDS: &[&Kind] = &[
    &OPENED, &CONTACTED, &CLOSED, &PROPOSED, &JOINED, &PLANNED, &BEGUN, &DONE, &DECLINED, &RETURNED, &MERGED, &TOLD,
    &CONFIRMED, &REFUTED,
];

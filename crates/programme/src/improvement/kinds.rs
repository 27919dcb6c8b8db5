//! The touchpoints that follow-ups and improvements leave in the ledger.

use ledger::touchpoint::{Direction, Kind, Stage::Improvement};

const fn ours(name: &'static str) -> Kind {
    Kind { direction: Direction::Between, ..Kind::new(name, Improvement).by_desk().backstage() }
}

/// A bad answer was given to somebody to look after.
pub static OPENED: Kind =
    Kind { direction: Direction::Between, ..Kind::new("followup.opened", Improvement).by_machine().backstage() };
/// Somebody wrote to the person about it.
pub static CONTACTED: Kind = Kind::new("followup.contacted", Improvement).by_desk();
/// Nothing more is to be done about it.
pub static CLOSED: Kind = ours("followup.closed");

/// Somebody wrote down what should be better.
pub static PROPOSED: Kind = ours("improvement.proposed");
/// A person is one of those who asked for it.
pub static JOINED: Kind = ours("improvement.joined");
/// It was decided to do it.
pub static PLANNED: Kind = ours("improvement.planned");
/// Work began.
pub static BEGUN: Kind = ours("improvement.begun");
/// It is done.
pub static DONE: Kind = ours("improvement.done");
/// It will not be done, because.
pub static DECLINED: Kind = ours("improvement.declined");
/// It was proposed again after it was planned or begun.
pub static RETURNED: Kind = ours("improvement.returned");
/// A duplicate became part of another.
pub static MERGED: Kind = ours("improvement.merged");
/// A person was told what came of it.
pub static TOLD: Kind = Kind::new("improvement.told", Improvement).by_desk();
/// They say that it helped.
pub static CONFIRMED: Kind = Kind::new("improvement.confirmed", Improvement);
/// They say that it did not.
pub static REFUTED: Kind = Kind::new("improvement.refuted", Improvement);

/// All of them.
pub const KINDS: &[&Kind] = &[
    &OPENED, &CONTACTED, &CLOSED, &PROPOSED, &JOINED, &PLANNED, &BEGUN, &DONE, &DECLINED, &RETURNED, &MERGED, &TOLD,
    &CONFIRMED, &REFUTED,
];

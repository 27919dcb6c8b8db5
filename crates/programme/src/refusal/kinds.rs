//! The touchpoints that refusals leave in the ledger.

use ledger::touchpoint::{Kind, Stage::Improvement};

/// A person wants no more letters of a kind.
pub(super) static MADE: Kind = Kind::new("refusal.made", Improvement);
/// They want them after all.
pub(super) static WITHDRAWN: Kind = Kind::new("refusal.withdrawn", Improvement);

/// All of them.
pub const KINDS: &[&Kind] = &[&MADE, &WITHDRAWN];

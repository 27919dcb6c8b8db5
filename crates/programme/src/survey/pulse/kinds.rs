//! The touchpoints that pulses leave in the ledger.

use ledger::touchpoint::{Kind, Stage::Improvement};

/// Numbers of an answer: trouble 0 or 1; where they went first with it, 1 (the desk) to 5; whether they reported it, 0 or 1.
const NUMBERS: &[&str] = &["trouble", "went", "reported"];

/// A person was asked.
pub(super) static INVITED: Kind = Kind::new("pulse.invited", Improvement).by_machine();
/// It was a person's turn, and they were not asked; `reason` says why.
pub(super) static WITHHELD: Kind = Kind::new("pulse.withheld", Improvement).by_machine().backstage();
/// They answered, for the first time.
pub(super) static ANSWERED: Kind = Kind::new("pulse.answered", Improvement).with_numbers(NUMBERS);
/// They changed their answer: this one holds from now on.
pub(super) static AMENDED: Kind = Kind::new("pulse.amended", Improvement).with_numbers(NUMBERS);
/// They do not want to answer; `forever` when they do not want to be asked again.
pub(in crate::survey) static DISMISSED: Kind = Kind::new("pulse.dismissed", Improvement);

/// All of them.
pub const KINDS: &[&Kind] = &[&INVITED, &WITHHELD, &ANSWERED, &AMENDED, &DISMISSED];

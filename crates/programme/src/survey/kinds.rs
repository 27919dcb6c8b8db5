//! The touchpoints that surveys leave in the ledger.

use ledger::touchpoint::{Kind, Stage::Improvement};

/// Numbers of an answer: satisfaction 1 to 5, effort 1 to 7, emotion 1 to 5, lost 0 to 5 (the class of working time),
/// first 1 to 5 (where they would go next time; 1 is the desk).
const NUMBERS: &[&str] = &["satisfaction", "effort", "emotion", "lost", "first"];

/// A person was asked.
pub(super) static INVITED: Kind = Kind::new("survey.invited", Improvement).by_machine();
/// A person was not asked; `reason` says why.
pub(super) static WITHHELD: Kind = Kind::new("survey.withheld", Improvement).by_machine().backstage();
/// They answered, for the first time.
pub(super) static ANSWERED: Kind = Kind::new("survey.answered", Improvement).with_numbers(NUMBERS);
/// They changed their answer: this one holds from now on.
pub(super) static AMENDED: Kind = Kind::new("survey.amended", Improvement).with_numbers(NUMBERS);
/// They do not want to answer; `forever` when they do not want to be asked again.
pub(super) static DISMISSED: Kind = Kind::new("survey.dismissed", Improvement);

/// All of them.
pub(super) const KINDS: &[&Kind] = &[&INVITED, &WITHHELD, &ANSWERED, &AMENDED, &DISMISSED];

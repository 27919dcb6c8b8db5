//! Small groups, and the luck in them.
//!
//! The best and the worst of many small groups are mostly the luckiest and the unluckiest. Two uses:
//!
//! - [`means`] and [`shares`] pull each group towards all others, the more the smaller it is (empirical Bayes). The
//!   figures are nearer to the truth on the whole than the raw ones, and a site with eight answers is no longer first
//!   or last by accident. Trap: a group that really differs is pulled as well; and the figures are for showing small
//!   groups beside each other, not for ranking people, which nothing makes fair.
//! - [`luck`] says how much the worst of k groups gains without any change (regression to the mean), and judges a group
//!   that was picked *because* it was the worst.

pub mod luck;
mod means;
mod shares;

pub use means::{Group, ShrunkMeans, means};
pub use shares::{ShrunkShares, shares};

/// Fewer groups than this do not show how much groups differ.
const FEWEST_GROUPS: usize = 4;

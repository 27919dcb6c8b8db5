//! Could this difference be luck?
//!
//! A test answers that with a p-value: how often chance alone would give a difference at least as large. It says
//! nothing about how large the difference is, so an interval belongs beside it.
//!
//! | data | use |
//! |---|---|
//! | different people before and after, ratings or durations, few or tied | functions of [`rank`] |
//! | different people or weeks, any statistic, even three a side | [`permutation::two_groups`] |
//! | the same people before and after | [`permutation::paired`] |
//! | a series of weeks with a known date of change | [`series::interrupted`] |
//! | many segments at once | [`multiple::benjamini_hochberg`] |
//! | looking again every week | [`crate::sequential`] |

pub mod multiple;
pub mod permutation;
pub mod rank;
pub mod series;

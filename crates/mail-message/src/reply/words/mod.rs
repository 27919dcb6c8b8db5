//! The words of each language, one table per purpose. All are lower case and as [`super::line::lowered`] gives them.

pub(super) mod attributions;
pub(super) mod footers;
pub(super) mod headers;
pub(super) mod markers;

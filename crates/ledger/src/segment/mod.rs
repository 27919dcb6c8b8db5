//! A segment: a rule over what was known of people, such as everybody in Lisbon who is new.
//!
//! A touchpoint belongs to the segment that its person was in *then*: the rule is read against the attributes that the
//! touchpoint keeps. Against a [`View`](crate::projection::View) it becomes one bit a set of attributes ([`Rule::among`]), so that asking whether
//! a row belongs is a look into an array.

mod model;
mod store;

pub use model::{Among, Rule};
pub use store::{Segment, find, insert, list};

base::id::define! {
    /// A segment.
    pub SegmentId;
}

//! A touchpoint: one contact, in one channel, at one time, in one stage of the lifecycle.
//!
//! Capabilities declare their kinds ([`Kind`]) and [`record`] touchpoints in the transaction that does the work.
//! Readers follow by position ([`after`], [`Cursor`]) or look along a person ([`of_person`]) or a thing ([`of_object`]).

mod follow;
mod kind;
mod model;
mod store;

pub use follow::{Cursor, advance, after, cursor, end};
pub use kind::{IMPORTED, Kind, Kinds, imported_step};
pub use model::{Channel, Direction, Draft, Initiator, Object, Source, Stage, Touchpoint};
pub use store::{count, of_object, of_person, record, record_many};

base::id::define! {
    /// A touchpoint.
    pub TouchpointId;
}

//! Who asks, and what they may: permissions as the types of a handler's arguments.
//!
//! The middleware [`arrive`] makes a [`Visit`] of each request. A handler that takes [`Agent`] can only run for an
//! agent; what a record allows beyond that is a pure function in the capability's `can.rs`.

mod guard;
mod role;
mod visit;

pub use guard::{Admin, Agent, Customer, Lead, Stakeholder, Visitor};
pub use role::{Role, Roles};
pub use visit::{Actor, Visit, arrive};

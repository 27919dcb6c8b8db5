//! A job: work that follows a write, put down in the transaction that causes it and done by whichever node is free.
//!
//! [`enqueue`] writes it, a [`Runner`] claims it under a lease, does it and deletes it. A job whose node died comes back
//! when its lease ends, so a handler may run twice: it must be able to. What fails is tried again, later each time, and
//! at last kept as failed for the operators' page ([`list`], [`retry`]).

mod model;
mod runner;
mod store;

pub use model::{Job, State};
pub use runner::Runner;
pub use store::{claim, discard, done, enqueue, fail, list, recover, renew, retry, tally};

crate::id::define! {
    /// A job.
    pub JobId;
}

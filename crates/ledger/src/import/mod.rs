//! Logs of other desks, read into the ledger: each event becomes a touchpoint, each case an object, so that a team sees
//! its journeys before it switches.
//!
//! [`look`] reads a file through without storing anything: whether it is whole, and what it holds. [`run`] streams it
//! into the ledger, some thousand events a transaction, and commits how far it came with them: cut off at any point and
//! started again it goes on from there, and a file that is in the ledger is refused. However often and however broken
//! off: each event is there once.

mod look;
mod model;
mod run;
mod store;
#[cfg(test)]
mod tests;

pub use look::{Looked, look};
pub use model::{Done, How, Import, ImportError};
pub use run::run;
pub use store::{find, list};

base::id::define! {
    /// A log that was read into the ledger; the object `log` of its touchpoints.
    pub ImportId;
}

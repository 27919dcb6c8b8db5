//! People, and what happened to them: the append-only ledger of touchpoints, its projection, measures and outbox.
//!
//! This is the heart of the house. Capabilities above write their work and their touchpoints in one transaction;
//! everything that understands experience reads only what is here.

pub mod calendar;
pub mod import;
pub mod measure;
pub mod outbox;
pub mod person;
pub mod projection;
pub mod segment;
pub mod touchpoint;

pub use base::db::{Error, Result};

//! The work of the desk: tickets, and later the catalogue, articles and promises.
//!
//! A folder here is a capability. It knows the ledger and how pages are made, and no other capability.

pub mod ticket;

use base::text::Texts;

/// The texts of this floor.
pub const TEXTS: &[Texts] = &[ticket::TEXTS];

/// The touchpoints of this floor.
pub const KINDS: &[&[&ledger::touchpoint::Kind]] = &[ticket::KINDS];

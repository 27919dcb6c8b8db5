//! The work of the desk: tickets, and later the catalogue, articles and promises.
//!
//! A folder here is a capability. It knows the ledger and how pages are made, and no other capability.

pub mod portal;
pub mod ticket;

use base::text::Texts;

/// The texts of this floor.
pub const TEXTS: &[Texts] = &[portal::TEXTS, ticket::TEXTS];

/// Where one can go on this floor.
pub const NAV: &[&[web::Nav]] = &[portal::NAV, ticket::NAV];

/// The touchpoints of this floor.
pub const KINDS: &[&[&ledger::touchpoint::Kind]] = &[ticket::KINDS];

/// The pages of this floor.
pub fn routes() -> axum::Router<web::App> {
    portal::routes().merge(ticket::routes())
}

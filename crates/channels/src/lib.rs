//! The ways in and out: mail, and later chat, calls, visits and the API.
//!
//! A channel knows the service floor's public functions and the outbox. It takes in what people say, with what speaks
//! for where it belongs, and delivers what the desk has to say; what a ticket is, it does not know.

pub mod mail;

use base::text::Texts;

/// The texts of this floor.
pub const TEXTS: &[Texts] = &[mail::TEXTS, mail::PROBE_TEXTS, mail::QUARANTINE_TEXTS, mail::ADMIN_TEXTS];

/// Where one can go on this floor.
pub const NAV: &[&[web::Nav]] = &[mail::NAV];

/// The touchpoints of this floor.
pub const KINDS: &[&[&ledger::touchpoint::Kind]] = &[mail::KINDS];

// What the fuzz targets share with the test of their corpus names this crate as they do.
#[cfg(test)]
extern crate self as channels;

#[cfg(test)]
mod corpus;

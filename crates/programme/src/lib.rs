//! The experience programme: surveys, journeys, improvements. Knows only the ledger, so it works the same on an imported log.

#[cfg(test)]
mod house;
pub mod improvement;
pub mod journey;
pub mod overview;
pub mod refusal;
pub mod survey;

use base::text::Texts;

/// The texts of this floor.
pub const TEXTS: &[Texts] = &[survey::TEXTS, improvement::TEXTS, journey::TEXTS, overview::TEXTS, refusal::TEXTS];

/// The touchpoints of this floor.
pub const KINDS: &[&[&ledger::touchpoint::Kind]] =
    &[survey::KINDS[0], survey::KINDS[1], improvement::KINDS, refusal::KINDS];

/// Where one can go on this floor.
pub const NAV: &[&[web::Nav]] = &[overview::NAV, improvement::NAV, journey::NAV];

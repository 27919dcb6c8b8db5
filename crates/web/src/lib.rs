//! How a page is made: sessions, permissions, layout, forms, errors, live updates, assets, brand.
//! Knows nothing of desks.

pub mod actor;
pub mod alert;
mod app;
pub mod asset;
pub mod brand;
pub mod compress;
pub mod error;
pub mod foreign;
pub mod form;
#[cfg(any(test, fuzzing))]
pub mod fuzzing;
pub mod guard;
pub mod live;
pub mod meter;
pub mod page;
pub mod senders;
pub mod session;
#[cfg(feature = "testing")]
pub mod testing;
mod voice;

pub use app::{App, Nav, Parts, Site};
pub use voice::Voice;

use base::text::Texts;

/// The texts of this floor.
pub const TEXTS: &[Texts] = &[page::TEXTS, session::TEXTS, foreign::TEXTS];

// What the fuzz targets share with the test of their corpus names this crate as they do.
#[cfg(test)]
extern crate self as web;

#[cfg(test)]
mod corpus;

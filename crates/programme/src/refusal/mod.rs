//! A refusal: somebody wants no more letters of a kind that people can do without: questions, and what became of an
//! improvement. Each such letter names an address where its reader says so; opening it changes nothing (programs that
//! look at links do), the button or the mail program's own does (RFC 8058).

mod kinds;
mod pages;
#[cfg(test)]
mod tests;

use base::text::Texts;

pub use kinds::KINDS;
pub use pages::routes;

/// The texts of refusals.
pub const TEXTS: Texts = Texts { en: include_str!("texts.en.ftl"), de: include_str!("texts.de.ftl") };

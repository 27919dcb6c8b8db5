//! Languages: every sentence that a person reads comes from a Fluent catalogue, in that person's language.
//!
//! Each capability carries its own texts (`texts.en.ftl`, `texts.de.ftl`) and names them once; the binary joins all of
//! them into one [`Catalogue`], which refuses a key that is missing in a language or defined twice. A page holds
//! [`Words`]: the catalogue in one language, cheap to clone. Dates, durations and numbers are in [`Words`] too
//! (see `spoken.rs`), because "3 May" and "3. Mai" are texts as much as any other.

mod catalogue;
mod lang;
mod spoken;

pub use catalogue::{Catalogue, TextError, Texts, Value, Words};
pub use lang::Lang;

#[cfg(test)]
mod tests;

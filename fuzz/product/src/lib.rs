//! What must hold for any bytes from outside that `base`, `ledger` and `web` read: one function for each fuzz target in
//! `targets/`. The pure crates have theirs in the package above.
//!
//! A module uses nothing but the crate that it is about and what that stands on: the crate's own tests replay the kept
//! corpus through it (`corpus` in `crates/{base,ledger,web}`).

pub mod config;
pub mod dom;
pub mod foreign;
pub mod form;
pub mod import;
pub mod search;
pub mod value;

//! What must hold for any bytes from outside, one function for each fuzz target in `targets/`.
//!
//! `mail`, `tree` and `log` use nothing but the crate that they are about: its own tests replay the kept corpus through
//! them (`crates/mail-message/tests/corpus.rs`, `crates/mining/tests/corpus.rs`).

pub mod log;
pub mod mail;
pub mod mbox;
pub mod repeated;
pub mod seal;
pub mod tree;

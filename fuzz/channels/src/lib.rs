//! What must hold whatever the servers say that mail comes from, goes to, or is unlocked by: one function for each fuzz
//! target in `targets/`. `crates/channels/src/corpus.rs` replays what they left, but for `endless`.

pub mod dialogue;
pub mod endless;

//! What a mail's seal says: who signed it and whether that holds; and what is inside when it is locked and we have the
//! key.
//!
//! Bytes and a [`Keyring`] in, an [`Opened`] out. Everything here is pure: no clock, no network, no storage. Every
//! function takes any input and never panics; the work is bounded by the length of the mail and by the keyring's limit
//! for what may come out of it, so a small mail that unpacks to a large one ends at that limit.
//!
//! | folder | question it answers |
//! |---|---|
//! | `open` | which parts of a mail are sealed, and what the mail looks like without the seals |
//! | `mime` | where the parts are, byte by byte: what was signed must be compared exactly as it was sent |
//! | `openpgp` | OpenPGP: signatures, locked messages, text in armour, keys that came along |
//! | `smime` | S/MIME: signatures with their chain of certificates, locked messages |
//! | `keyring` | what we have: our own keys, keys of people we know, authorities that we trust |
//!
//! What was locked never stands next to what was not: HTML of an unlocked part that surrounds a locked one is put aside
//! as an attachment, so that it cannot carry the opened text away. What fails its integrity check is not opened at all.

mod keyring;
mod mime;
mod open;
mod openpgp;
mod seal;
mod smime;

pub use keyring::{KeyError, Keyring};
pub use open::open;
pub use seal::{Kind, Note, Opened, Seal, Signature};

//! OpenPGP: signatures, locked messages, keys.
//!
//! The `pgp` crate reads packets and computes. What is said of the result is decided here: whose key it is, whether
//! that key was out of date or called back, and whether the way it was made can still be trusted.

mod key;
mod unlock;
mod verify;

use std::io::Cursor;

pub(crate) use key::{Known, Own, read_keys};
use memchr::memmem;
use pgp::composed::PublicOrSecret;
use pgp::types::KeyDetails as _;
pub(crate) use unlock::{Unlocked, unlock};
pub(crate) use verify::verify_detached;

use crate::mime::{base64, lines, trimmed};
use crate::seal::id_text;

/// The packets of what may be in armour.
fn without_armour(bytes: &[u8]) -> Vec<u8> {
    let begin = memmem::find(bytes, b"-----BEGIN PGP ").filter(|at| *at == 0 || bytes[at - 1] == b'\n');
    let Some(begin) = begin else { return bytes.to_vec() };
    let mut text = Vec::with_capacity(bytes.len() - begin);
    let mut in_headers = true;
    for line in lines(&bytes[begin..]).skip(1) {
        let line = trimmed(line);
        if line.starts_with(b"-----") {
            break;
        }
        if in_headers {
            // Some leave the empty line out; a header has a colon and base64 has none.
            in_headers = memchr::memchr(b':', line).is_some();
            if in_headers || line.is_empty() {
                continue;
            }
        }
        // The checksum says nothing that a signature or a lock would not say better.
        if line.starts_with(b"=") {
            break;
        }
        text.extend_from_slice(line);
    }
    base64(&text)
}

/// The tag of the first packet.
fn first_tag(bytes: &[u8]) -> Option<u8> {
    let packets = without_armour(&bytes[..bytes.len().min(4096)]);
    match packets.first()? {
        byte if byte & 0xC0 == 0xC0 => Some(byte & 0x3F),
        byte if byte & 0x80 == 0x80 => Some(byte >> 2 & 0x0F),
        _ => None,
    }
}

/// A locked message, or one that is signed as a whole.
pub(crate) fn is_message(bytes: &[u8]) -> bool {
    // Locked for a key or a passphrase, signed in one pass, compressed, locked (of four kinds).
    matches!(first_tag(bytes), Some(1 | 3 | 4 | 8 | 9 | 18 | 20)) || armour_says(bytes, "MESSAGE")
}

pub(crate) fn is_signature(bytes: &[u8]) -> bool {
    first_tag(bytes) == Some(2) && !armour_says(bytes, "MESSAGE")
}

pub(crate) fn is_key(bytes: &[u8]) -> bool {
    matches!(first_tag(bytes), Some(5 | 6))
}

/// Whether a type is for keys.
pub(crate) fn is_key_file(kind: &str) -> bool {
    kind == "application/pgp-keys"
}

fn armour_says(bytes: &[u8], what: &str) -> bool {
    bytes.trim_ascii_start().starts_with(format!("-----BEGIN PGP {what}-----").as_bytes())
}

/// Whose the keys are, as they say themselves, with their ids.
pub(crate) fn owners(bytes: &[u8]) -> Vec<String> {
    const MOST: usize = 10;
    let packets = without_armour(bytes);
    let Ok(keys) = PublicOrSecret::from_bytes_many(Cursor::new(packets)) else { return Vec::new() };
    let of = |key: PublicOrSecret| {
        let (id, users) = match &key {
            PublicOrSecret::Public(key) => (key.primary_key.legacy_key_id(), &key.details.users),
            PublicOrSecret::Secret(key) => (key.primary_key.legacy_key_id(), &key.details.users),
        };
        let name = users.first().map_or(String::new(), |user| String::from_utf8_lossy(user.id.id()).into_owned());
        format!("{name} {}", id_text(id.as_ref())).trim().to_owned()
    };
    keys.take(MOST).filter_map(Result::ok).map(of).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn armour_is_read_with_and_without_its_headers() {
        let with =
            b"-----BEGIN PGP MESSAGE-----\r\nVersion: x\r\n\r\nhQEM\r\nAA==\r\n=abcd\r\n-----END PGP MESSAGE-----";
        let bare = b"-----BEGIN PGP MESSAGE-----\nhQEMAA==\n-----END PGP MESSAGE-----\n";
        assert_eq!(without_armour(with), without_armour(bare));
        assert_eq!(without_armour(with), [0x85, 1, 12, 0]);
        assert!(is_message(bare) && !is_key(bare) && !is_signature(bare));
    }
}

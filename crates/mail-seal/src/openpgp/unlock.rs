//! What is in an OpenPGP message: unlocked with a key of ours, uncompressed, its signatures checked.

use std::io::{Cursor, Read};

use pgp::composed::{DecryptionOptions, Esk, Message, TheRing};
use pgp::errors::Error;
use pgp::types::{KeyDetails as _, Seipdv1ReadMode};

use super::verify::{best, judge, verifying};
use super::without_armour;
use crate::keyring::Keyring;
use crate::seal::{Finding, Kind, Note, id_text};

/// Most layers of locks and compression.
const MOST_LAYERS: usize = 6;

/// What came of opening a message.
#[derive(Debug)]
pub(crate) enum Unlocked {
    Plain {
        bytes: Vec<u8>,
        /// It was locked, and not only signed or compressed.
        was_locked: bool,
        /// What became of checking its signature, when it has any.
        signatures: Option<Finding>,
    },
    /// It stays closed, and why.
    Locked(Finding),
}

/// Opens a message. No more than `most` bytes come out of it; a message that holds more stays closed.
pub(crate) fn unlock(ring: &Keyring, message: &[u8], from: &[String], now: i64, most: usize) -> Unlocked {
    let packets = without_armour(message);
    let mut locked_for = Vec::new();
    match read(ring, &packets, from, now, most, &mut locked_for) {
        Ok(plain) => plain,
        Err(note) => Unlocked::Locked(Finding::locked(Kind::Pgp, note, locked_for)),
    }
}

fn read(
    ring: &Keyring,
    packets: &[u8],
    from: &[String],
    now: i64,
    most: usize,
    locked_for: &mut Vec<String>,
) -> Result<Unlocked, Note> {
    let mut message = Message::from_bytes(Cursor::new(packets)).map_err(|_| Note::Damaged)?;
    let mut was_locked = false;
    for _ in 0..MOST_LAYERS {
        message = match &message {
            Message::Encrypted { esk, .. } => {
                was_locked = true;
                *locked_for = recipients(esk);
                let refusal = refusal(ring, esk);
                // Nothing is given out before its integrity is checked: a change on the way could make what comes out
                // of it carry the rest away.
                let options = DecryptionOptions::new()
                    .enable_gnupg_aead()
                    .set_seipdv1_read_mode(Seipdv1ReadMode::CheckFirst { max_message_size: most });
                let keys = TheRing {
                    secret_keys: ring.own_pgp().iter().map(|own| &own.key).collect(),
                    decrypt_options: options,
                    ..TheRing::default()
                };
                let (message, _) = message.decrypt_the_ring(keys, true).map_err(|error| match error {
                    Error::MissingKey => refusal,
                    _ => Note::Damaged,
                })?;
                message
            }
            Message::Compressed { .. } => message.decompress().map_err(|_| Note::NotSupported)?,
            Message::Signed { reader, .. } if reader.get_ref().is_compressed() => {
                message.decompress().map_err(|_| Note::NotSupported)?
            }
            Message::Signed { .. } | Message::Literal { .. } => break,
        };
    }
    let is_plain = match &message {
        Message::Signed { reader, .. } => reader.get_ref().is_literal(),
        other => other.is_literal(),
    };
    if !is_plain {
        return Err(Note::NotSupported);
    }
    let mut bytes = Vec::new();
    let read = message.by_ref().take(most as u64 + 1).read_to_end(&mut bytes);
    if bytes.len() > most {
        return Err(Note::TooLarge);
    }
    read.map_err(|_| Note::Damaged)?;
    Ok(Unlocked::Plain { bytes, was_locked, signatures: signatures(ring, &message, from, now) })
}

fn signatures(ring: &Keyring, message: &Message<'_>, from: &[String], now: i64) -> Option<Finding> {
    let Message::Signed { reader, .. } = message else { return None };
    let found = (0..reader.num_signatures().min(10)).filter_map(|at| {
        let packet = reader.signature(at)?;
        Some(judge(ring, packet, from, now, |known, part| {
            message.verify_nested_explicit(at, verifying(known, part)).is_ok()
        }))
    });
    best(found)
}

/// The keys that a message is locked for.
fn recipients(esk: &[Esk]) -> Vec<String> {
    let ids = esk.iter().filter_map(|one| match one {
        Esk::PublicKeyEncryptedSessionKey(key) => match key.id() {
            Ok(id) => Some(id_text(id.as_ref())),
            Err(_) => key.fingerprint().ok().flatten().map(|print| id_text(print.as_bytes())),
        },
        Esk::SymKeyEncryptedSessionKey(_) => None,
    });
    ids.take(50).collect()
}

/// What to say when none of our keys opens it.
fn refusal(ring: &Keyring, esk: &[Esk]) -> Note {
    let ours = esk.iter().any(|one| match one {
        Esk::PublicKeyEncryptedSessionKey(esk) => {
            ring.locked_pgp().iter().any(|id| esk.id().is_ok_and(|own| id_text(own.as_ref()) == *id))
        }
        Esk::SymKeyEncryptedSessionKey(_) => false,
    });
    let damaged = esk.iter().any(|one| match one {
        Esk::PublicKeyEncryptedSessionKey(esk) => ring.own_pgp().iter().any(|own| {
            esk.id().is_ok_and(|id| own.key.secret_subkeys.iter().any(|part| part.key.legacy_key_id() == *id))
        }),
        Esk::SymKeyEncryptedSessionKey(_) => false,
    });
    match (ours, damaged) {
        (true, _) => Note::NoPassphrase,
        (_, true) => Note::Damaged,
        _ => Note::NoKey,
    }
}

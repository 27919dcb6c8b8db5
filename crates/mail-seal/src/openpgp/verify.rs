//! Whose a signature is, and whether it holds.

use std::io::Cursor;

use pgp::composed::{Deserializable as _, DetachedSignature};
use pgp::crypto::hash::HashAlgorithm;
use pgp::packet::{Signature as Packet, SignatureType};
use pgp::types::{KeyDetails as _, VerifyingKey};

use super::key::{Known, Signer};
use super::without_armour;
use crate::keyring::Keyring;
use crate::seal::{Finding, Kind, Note, Signature, id_text};

/// Most signatures over one text that are looked at.
const MOST: usize = 10;

/// A clock may go before ours by this much.
const AHEAD: i64 = 24 * 3600;

/// Checks a signature that stands beside what it signs.
pub(crate) fn verify_detached(ring: &Keyring, signature: &[u8], content: &[u8], from: &[String], now: i64) -> Finding {
    let packets = without_armour(signature);
    let signatures: Vec<_> = match DetachedSignature::from_bytes_many(Cursor::new(packets)) {
        Ok(found) => found.take(MOST).filter_map(Result::ok).collect(),
        Err(_) => Vec::new(),
    };
    let found = signatures.iter().map(|one| {
        judge(ring, &one.signature, from, now, |known, part| match part {
            None => one.signature.verify(&known.key.primary_key, content).is_ok(),
            Some(part) => one.signature.verify(&known.key.public_subkeys[part].key, content).is_ok(),
        })
    });
    best(found).unwrap_or_else(|| Finding::signed(Kind::Pgp, Signature::Invalid).note(Note::NotSupported))
}

/// Of several signatures over one text, the one that says most for it: a further one that we cannot check takes nothing
/// from one that holds.
pub(super) fn best(findings: impl Iterator<Item = Finding>) -> Option<Finding> {
    findings.min_by_key(|finding| match finding.signature {
        // Nothing known says less than something known to be wrong.
        Some(Signature::UnknownKey) | None => u8::MAX,
        Some(signature) => signature as u8,
    })
}

/// The key of this number in a message's own keys.
pub(super) fn verifying(known: &Known, part: Option<usize>) -> &dyn VerifyingKey {
    match part {
        None => &known.key.primary_key,
        Some(part) => &known.key.public_subkeys[part].key,
    }
}

/// Judges one signature; `holds` computes with a key, or a part of it.
pub(super) fn judge(
    ring: &Keyring,
    packet: &Packet,
    from: &[String],
    now: i64,
    holds: impl Fn(&Known, Option<usize>) -> bool,
) -> Finding {
    let candidates: Vec<(&Known, &Signer)> = candidates(ring, packet);
    let Some((first, _)) = candidates.first() else {
        let mut unknown = Finding::signed(Kind::Pgp, Signature::UnknownKey);
        unknown.key = issuer(packet);
        return unknown;
    };
    let is_of_content = matches!(packet.typ(), Some(SignatureType::Binary | SignatureType::Text));
    let holding = candidates.iter().find(|(known, signer)| is_of_content && holds(known, signer.part));
    let Some((known, signer)) = holding else {
        let mut invalid = Finding::signed(Kind::Pgp, Signature::Invalid);
        // Whose it claims to be, which nothing proves.
        invalid.key = issuer(packet);
        invalid.signer = first.users.first().cloned();
        return invalid;
    };
    let made = packet.created().map_or(0, |at| i64::from(at.as_secs()));
    let lasts = packet.signature_expiration_time().map_or(0, |lasts| i64::from(lasts.as_secs()));
    let is_past = |end: Option<i64>| end.is_some_and(|end| end <= now);
    let born = i64::from(known.key.primary_key.created_at().as_secs());
    let is_weak =
        matches!(packet.hash_alg(), None | Some(HashAlgorithm::Md5 | HashAlgorithm::Sha1 | HashAlgorithm::Ripemd160));
    let demands = packet.config().is_some_and(|config| {
        config.hashed_subpackets().any(|one| {
            one.is_critical
                && matches!(
                    one.data,
                    pgp::packet::SubpacketData::Other(..) | pgp::packet::SubpacketData::Experimental(..)
                )
        })
    });
    let (signature, note) = if known.is_revoked || signer.is_revoked {
        (Signature::Revoked, None)
    } else if is_past(known.ends) || is_past(signer.ends) || (lasts > 0 && made + lasts <= now) {
        (Signature::Expired, None)
    } else if made > now + AHEAD || made < born {
        // Made before its key was, or in the future.
        (Signature::Untrusted, None)
    } else if is_weak {
        (Signature::Untrusted, Some(Note::Weak))
    } else if demands {
        (Signature::Untrusted, Some(Note::NotSupported))
    } else if from.is_empty() || !from.iter().all(|address| known.is_of(address)) {
        (Signature::Mismatch, None)
    } else {
        (Signature::Valid, None)
    };
    let mut finding = Finding::signed(Kind::Pgp, signature);
    finding.notes.extend(note);
    finding.key = Some(id_text(signer.id.as_ref()));
    let own = known.users.iter().find(|user| from.iter().any(|address| user.to_lowercase().contains(address.as_str())));
    finding.signer = own.or(known.users.first()).cloned();
    finding
}

fn issuer(packet: &Packet) -> Option<String> {
    let by_id = packet.issuer_key_id().first().map(|id| id_text(id.as_ref()));
    by_id.or_else(|| packet.issuer_fingerprint().first().map(|print| id_text(print.as_bytes())))
}

/// Keys that may have made this signature, by what it says.
fn candidates<'r>(ring: &'r Keyring, packet: &Packet) -> Vec<(&'r Known, &'r Signer)> {
    let ids = packet.issuer_key_id();
    let prints = packet.issuer_fingerprint();
    let mut found = Vec::new();
    for known in ring.known() {
        for signer in &known.signers {
            let print = verifying(known, signer.part).fingerprint();
            if ids.contains(&&signer.id) || prints.contains(&&print) {
                found.push((known, signer));
            }
        }
    }
    found.truncate(MOST);
    found
}

//! What a mail's signature and lock say, as its message in the conversation keeps it.

use std::borrow::Cow;

use base::text::Words;
use mail_seal::{Kind, Note, Signature as Found};
use service::ticket::{Seal, SealKind, SealNote, Signature};

use super::arrival::{Arrival, clean};

/// Most keys of one mail that are named.
const KEYS: usize = 20;

/// What is kept of a seal.
pub(super) fn of(seal: mail_seal::Seal) -> Seal {
    let keys = |keys: Vec<String>| keys.iter().take(KEYS).map(|key| clean(key, 320)).collect();
    Seal {
        kind: match seal.kind {
            Kind::Pgp => SealKind::Pgp,
            Kind::Smime => SealKind::Smime,
        },
        encrypted: seal.encrypted,
        opened: seal.opened,
        signature: seal.signature.map(signature),
        signer: seal.signer.map(|signer| clean(&signer, 320)),
        key: seal.key.map(|key| clean(&key, 100)),
        locked_for: keys(seal.locked_for),
        came_along: keys(seal.came_along),
        notes: seal.notes.into_iter().map(note).collect(),
    }
}

fn signature(found: Found) -> Signature {
    match found {
        Found::Valid => Signature::Valid,
        Found::UnknownKey => Signature::UnknownKey,
        Found::Untrusted => Signature::Untrusted,
        Found::Mismatch => Signature::Mismatch,
        Found::Expired => Signature::Expired,
        Found::Revoked => Signature::Revoked,
        Found::Invalid => Signature::Invalid,
    }
}

fn note(note: Note) -> SealNote {
    match note {
        Note::Beside => SealNote::Beside,
        Note::AttachmentOnly => SealNote::AttachmentOnly,
        Note::Weak => SealNote::Weak,
        Note::NoAuthority => SealNote::NoAuthority,
        Note::NoKey => SealNote::NoKey,
        Note::NoPassphrase => SealNote::NoPassphrase,
        Note::Damaged => SealNote::Damaged,
        Note::TooLarge => SealNote::TooLarge,
        Note::NotSupported => SealNote::NotSupported,
    }
}

/// What stands in the conversation: the text that was read, or above it that the mail is locked, and for which keys.
pub(super) fn text<'a>(words: &Words, arrival: &Arrival, read: &'a str) -> Cow<'a, str> {
    let Some(seal) = arrival.extras.seal.as_ref().filter(|seal| seal.is_locked()) else {
        return Cow::Borrowed(read);
    };
    let mut text = words.t("mail-locked");
    if !seal.locked_for.is_empty() {
        text = format!("{text} {}", words.t1("mail-locked-for", "keys", seal.locked_for.join(", ").as_str()));
    }
    if !read.is_empty() {
        text = format!("{text}\n\n{read}");
    }
    Cow::Owned(text)
}

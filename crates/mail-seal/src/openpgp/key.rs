//! Keys as they are known here: whose, for which time, called back or not.

use std::io::Cursor;

use pgp::composed::{PublicOrSecret, SignedPublicKey, SignedSecretKey};
use pgp::packet::{Signature, SignatureType};
use pgp::types::{KeyDetails as _, KeyId, Password, Tag};

use super::without_armour;
use crate::keyring::KeyError;
use crate::seal::id_text;

/// A key of ours, with which we open what was locked for us.
#[derive(Debug)]
pub(crate) struct Own {
    pub(crate) key: SignedSecretKey,
}

impl Own {
    /// Opens the key with one of the passphrases. Parts of a key may have passphrases of their own.
    pub(crate) fn open(mut key: SignedSecretKey, passphrases: &[String]) -> Result<Self, KeyError> {
        let passwords: Vec<Password> = std::iter::once(Password::empty())
            .chain(passphrases.iter().map(|word| Password::from(word.as_str())))
            .collect();
        // A primary key that is kept elsewhere has nothing to open; its parts may have.
        let primary = passwords.iter().any(|password| key.primary_key.remove_password(password).is_ok());
        let mut opened = 0;
        for part in &mut key.secret_subkeys {
            opened += usize::from(passwords.iter().any(|password| part.key.remove_password(password).is_ok()));
        }
        if opened == 0 && !(primary && key.secret_subkeys.is_empty()) {
            return Err(KeyError::NoPassphrase(id_text(key.primary_key.legacy_key_id().as_ref())));
        }
        Ok(Self { key })
    }
}

/// A key whose owner we know.
#[derive(Debug)]
pub(crate) struct Known {
    pub(crate) key: SignedPublicKey,
    /// Its owner's names and addresses; the first is the one that is shown.
    pub(crate) users: Vec<String>,
    pub(crate) is_revoked: bool,
    /// When it ends, in seconds since 1970.
    pub(crate) ends: Option<i64>,
    /// What signs: the key itself, and parts of it.
    pub(crate) signers: Vec<Signer>,
}

/// A key or a part of one that may sign.
#[derive(Debug)]
pub(crate) struct Signer {
    /// Which part; the key itself when empty.
    pub(crate) part: Option<usize>,
    pub(crate) id: KeyId,
    pub(crate) is_revoked: bool,
    pub(crate) ends: Option<i64>,
}

/// Reads every key of a file.
pub(crate) fn read_keys(bytes: &[u8]) -> Result<Vec<PublicOrSecret>, KeyError> {
    let packets = without_armour(bytes);
    let keys = PublicOrSecret::from_bytes_many(Cursor::new(packets)).map_err(|_| KeyError::NotAKey)?;
    let keys: Vec<_> = keys.filter_map(Result::ok).take(10_000).collect();
    if keys.is_empty() { Err(KeyError::NotAKey) } else { Ok(keys) }
}

impl Known {
    /// What a key says of itself, as far as it signed it itself.
    pub(crate) fn of(key: SignedPublicKey) -> Result<Self, KeyError> {
        let primary = &key.primary_key;
        let holds = |user: &pgp::types::SignedUser, signature: &Signature| {
            signature.verify_certification(primary, Tag::UserId, &user.id).is_ok()
        };
        let mut own: Vec<&Signature> =
            key.details.direct_signatures.iter().filter(|signature| signature.verify_key(primary).is_ok()).collect();
        let mut users = Vec::new();
        for user in &key.details.users {
            let valid: Vec<&Signature> = user.signatures.iter().filter(|signature| holds(user, signature)).collect();
            let is_revoked = valid.iter().any(|one| one.typ() == Some(SignatureType::CertRevocation));
            if !valid.is_empty() && !is_revoked {
                users.push((user.is_primary(), String::from_utf8_lossy(user.id.id()).into_owned()));
                own.extend(valid);
            }
        }
        if own.is_empty() {
            return Err(KeyError::NotAKey);
        }
        users.sort_by_key(|(is_primary, _)| !is_primary);
        let latest = own.iter().max_by_key(|signature| signature.created().map(|at| at.as_secs()));
        let is_revoked = key.details.revocation_signatures.iter().any(|one| one.verify_key(primary).is_ok());
        let born = i64::from(primary.created_at().as_secs());
        let ends = latest.and_then(|signature| end(born, signature));
        let mut signers = Vec::new();
        if latest.is_none_or(|signature| may_sign(signature)) {
            signers.push(Signer { part: None, id: primary.legacy_key_id(), is_revoked: false, ends: None });
        }
        for (at, part) in key.public_subkeys.iter().enumerate() {
            let valid: Vec<&Signature> =
                part.signatures.iter().filter(|one| one.verify_subkey_binding(primary, &part.key).is_ok()).collect();
            let binding = valid.iter().filter(|one| one.typ() == Some(SignatureType::SubkeyBinding));
            let Some(binding) = binding.max_by_key(|one| one.created().map(|at| at.as_secs())) else { continue };
            // A part that signs says so itself, or anybody could adopt somebody else's.
            let adopted = binding
                .embedded_signature()
                .is_some_and(|back| back.verify_primary_key_binding(&part.key, primary).is_ok());
            if !binding.key_flags().sign() || !adopted {
                continue;
            }
            signers.push(Signer {
                part: Some(at),
                id: part.key.legacy_key_id(),
                is_revoked: valid.iter().any(|one| one.typ() == Some(SignatureType::SubkeyRevocation)),
                ends: end(i64::from(part.key.created_at().as_secs()), binding),
            });
        }
        Ok(Self { users: users.into_iter().map(|(_, user)| user).collect(), is_revoked, ends, signers, key })
    }

    /// Whether one of its owner's addresses is this one.
    pub(crate) fn is_of(&self, address: &str) -> bool {
        self.users.iter().any(|user| {
            let own = user.rsplit_once('<').map_or(user.as_str(), |(_, after)| after.trim_end().trim_end_matches('>'));
            own.trim().to_lowercase() == address
        })
    }
}

fn end(born: i64, signature: &Signature) -> Option<i64> {
    let lasts = i64::from(signature.key_expiration_time()?.as_secs());
    (lasts > 0).then_some(born + lasts)
}

fn may_sign(signature: &Signature) -> bool {
    let flags = signature.key_flags();
    // Keys from before there were flags do not say.
    flags.sign() || !(flags.certify() || flags.encrypt_comms() || flags.encrypt_storage() || flags.authentication())
}

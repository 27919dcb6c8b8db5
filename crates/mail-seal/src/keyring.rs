//! What we have to check and to open seals with.

use std::fmt;

use pgp::composed::PublicOrSecret;
use pgp::types::KeyDetails as _;

use crate::openpgp::{self, Known, Own};
use crate::smime::{self, Authority, Identity};

/// How many bytes may come out of one mail, unless set otherwise.
const MOST: usize = 50 << 20;

/// Our keys, keys of people whom we know, and authorities that we trust.
pub struct Keyring {
    most: usize,
    passphrases: Vec<String>,
    own_pgp: Vec<Own>,
    /// Ids of keys of ours, and their parts, that no passphrase opens.
    locked_pgp: Vec<String>,
    known: Vec<Known>,
    identities: Vec<Identity>,
    certificates: Vec<Vec<u8>>,
    authorities: Vec<Authority>,
    revocations: Vec<Vec<u8>>,
}

/// Why a key was not taken.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum KeyError {
    /// No key is in it, or none that its owner signed.
    NotAKey,
    /// None of the passphrases opens the key of this id.
    NoPassphrase(String),
    /// A private key without a certificate of its own in the same file.
    NoCertificate,
    /// A private key of a kind that is not read: locked with a passphrase, or neither RSA, P-256 nor P-384.
    NotSupported,
    /// No certificate of an authority is in it.
    NotACertificate,
    /// No list of revoked certificates is in it.
    NotARevocationList,
}

impl fmt::Display for KeyError {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NotAKey => out.write_str("there is no OpenPGP key in it that its owner signed"),
            Self::NoPassphrase(id) => write!(out, "none of the passphrases opens the key {id}"),
            Self::NoCertificate => out.write_str("the private key in it has no certificate in the same file"),
            Self::NotSupported => out.write_str(
                "the private key in it is of a kind that is not read: it must be RSA, P-256 or P-384, without a passphrase",
            ),
            Self::NotACertificate => out.write_str("there is no certificate in it"),
            Self::NotARevocationList => out.write_str("there is no list of revoked certificates in it"),
        }
    }
}

impl std::error::Error for KeyError {}

impl Default for Keyring {
    fn default() -> Self {
        Self {
            most: MOST,
            passphrases: Vec::new(),
            own_pgp: Vec::new(),
            locked_pgp: Vec::new(),
            known: Vec::new(),
            identities: Vec::new(),
            certificates: Vec::new(),
            authorities: Vec::new(),
            revocations: Vec::new(),
        }
    }
}

impl fmt::Debug for Keyring {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        // Keys and passphrases never reach a log.
        out.debug_struct("Keyring")
            .field("own", &(self.own_pgp.len() + self.identities.len()))
            .field("known", &self.known.len())
            .finish_non_exhaustive()
    }
}

impl Keyring {
    /// An empty keyring. With it, seals are recognised and nothing can be said about them.
    pub fn new() -> Self {
        Self::default()
    }

    /// Sets how many bytes may come out of one mail.
    pub fn set_most(&mut self, bytes: usize) {
        self.most = bytes;
    }

    /// Adds a passphrase for keys that are added after it.
    pub fn add_passphrase(&mut self, passphrase: &str) {
        self.passphrases.push(passphrase.to_owned());
    }

    /// Adds the OpenPGP keys of a file, ours or known ones, in armour or not. Gives the owners of the keys.
    ///
    /// # Errors
    /// When there is none in it, or when no passphrase opens one of ours: it is kept then, so that a mail that is locked
    /// for it says so.
    pub fn add_pgp(&mut self, bytes: &[u8]) -> Result<Vec<String>, KeyError> {
        let mut owners = Vec::new();
        let mut refused = None;
        for key in openpgp::read_keys(bytes)? {
            let public = match key {
                PublicOrSecret::Public(key) => key,
                PublicOrSecret::Secret(key) => {
                    let public = key.to_public_key();
                    let parts = key.secret_subkeys.iter().map(|part| part.key.legacy_key_id());
                    let ids: Vec<_> = parts.chain([key.primary_key.legacy_key_id()]).collect();
                    match Own::open(key, &self.passphrases) {
                        Ok(own) => self.own_pgp.push(own),
                        Err(error) => {
                            self.locked_pgp.extend(ids.iter().map(|id| id.to_string().to_ascii_uppercase()));
                            refused = Some(error);
                        }
                    }
                    public
                }
            };
            match Known::of(public) {
                Ok(known) => {
                    owners.extend(known.users.first().cloned());
                    self.known.push(known);
                }
                Err(error) => refused = refused.or(Some(error)),
            }
        }
        refused.map_or(Ok(owners), Err)
    }

    /// Adds a PEM file with certificates: with a private key it is one of ours, without one they are known ones of
    /// others, which help to find a chain. Gives the addresses of the first certificate.
    ///
    /// # Errors
    /// When no certificate is in it, or a key that does not belong to it or cannot be read.
    pub fn add_smime(&mut self, pem: &[u8]) -> Result<Vec<String>, KeyError> {
        let (identity, certificates) = smime::read_identity(pem)?;
        let first = certificates.first().ok_or(KeyError::NotACertificate)?;
        let addresses = smime::addresses(first);
        self.identities.extend(identity);
        self.certificates.extend(certificates);
        Ok(addresses)
    }

    /// Adds the certificates of authorities that are trusted.
    ///
    /// # Errors
    /// When none is in it.
    pub fn add_authorities(&mut self, pem: &[u8]) -> Result<(), KeyError> {
        self.authorities.extend(smime::read_authorities(pem)?);
        Ok(())
    }

    /// Adds lists of revoked certificates.
    ///
    /// # Errors
    /// When none is in it.
    pub fn add_revocations(&mut self, pem: &[u8]) -> Result<(), KeyError> {
        self.revocations.extend(smime::read_revocations(pem)?);
        Ok(())
    }

    /// Whether anything is in it.
    pub fn is_empty(&self) -> bool {
        self.known.is_empty() && self.certificates.is_empty() && self.authorities.is_empty()
    }

    pub(crate) fn most(&self) -> usize {
        self.most
    }

    pub(crate) fn own_pgp(&self) -> &[Own] {
        &self.own_pgp
    }

    pub(crate) fn locked_pgp(&self) -> &[String] {
        &self.locked_pgp
    }

    pub(crate) fn known(&self) -> &[Known] {
        &self.known
    }

    pub(crate) fn identities(&self) -> &[Identity] {
        &self.identities
    }

    pub(crate) fn certificates(&self) -> &[Vec<u8>] {
        &self.certificates
    }

    pub(crate) fn authorities(&self) -> &[Authority] {
        &self.authorities
    }

    pub(crate) fn revocations(&self) -> &[Vec<u8>] {
        &self.revocations
    }
}

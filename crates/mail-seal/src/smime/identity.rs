//! Certificates and keys from PEM files.

use rsa::pkcs1::DecodeRsaPrivateKey as _;
use rsa::pkcs8::DecodePrivateKey as _;
use rsa::traits::PublicKeyParts as _;

use super::certificate::{Authority, Certificate};
use super::sections;
use crate::keyring::KeyError;

/// A private key of ours, with the certificate that others lock mails with.
pub(crate) struct Identity {
    pub(crate) certificate: Vec<u8>,
    pub(crate) key: PrivateKey,
}

/// A private key.
pub(crate) enum PrivateKey {
    Rsa(Box<rsa::RsaPrivateKey>),
    P256(p256::SecretKey),
    P384(p384::SecretKey),
}

impl PrivateKey {
    fn read(label: &str, der: &[u8]) -> Option<Self> {
        match label {
            "RSA PRIVATE KEY" => rsa::RsaPrivateKey::from_pkcs1_der(der).ok().map(|key| Self::Rsa(Box::new(key))),
            "EC PRIVATE KEY" => p256::SecretKey::from_sec1_der(der)
                .map(Self::P256)
                .or_else(|_| p384::SecretKey::from_sec1_der(der).map(Self::P384))
                .ok(),
            "PRIVATE KEY" => rsa::RsaPrivateKey::from_pkcs8_der(der)
                .map(|key| Self::Rsa(Box::new(key)))
                .or_else(|_| p256::SecretKey::from_pkcs8_der(der).map(Self::P256))
                .or_else(|_| p384::SecretKey::from_pkcs8_der(der).map(Self::P384))
                .ok(),
            _ => None,
        }
    }

    /// Whether a certificate is of this key.
    fn is_of(&self, certificate: &Certificate<'_>) -> bool {
        let Some(bits) = certificate.key_bits() else { return false };
        match self {
            Self::Rsa(key) => {
                let modulus = key.n().to_bytes_be();
                memchr::memmem::find(bits, &modulus).is_some()
            }
            Self::P256(key) => key.public_key().to_sec1_bytes().as_ref() == bits,
            Self::P384(key) => key.public_key().to_sec1_bytes().as_ref() == bits,
        }
    }
}

/// The identity in a PEM file, if it has a private key, and the file's certificates.
pub(crate) fn read_identity(pem: &[u8]) -> Result<(Option<Identity>, Vec<Vec<u8>>), KeyError> {
    let sections = sections(pem);
    let certificates = certificates(&sections);
    let Some((label, der)) = sections.iter().find(|(label, _)| label.ends_with("PRIVATE KEY")) else {
        return Ok((None, certificates));
    };
    let key = PrivateKey::read(label, der).ok_or(KeyError::NotSupported)?;
    let own = certificates.iter().find(|der| Certificate::read(der).is_some_and(|certificate| key.is_of(&certificate)));
    let certificate = own.ok_or(KeyError::NoCertificate)?.clone();
    Ok((Some(Identity { certificate, key }), certificates))
}

fn certificates(sections: &[(String, Vec<u8>)]) -> Vec<Vec<u8>> {
    let is_one = |label: &str| matches!(label, "CERTIFICATE" | "TRUSTED CERTIFICATE" | "X509 CERTIFICATE");
    let read = sections.iter().filter(|(label, der)| is_one(label) && Certificate::read(der).is_some());
    read.map(|(_, der)| der.clone()).collect()
}

/// The authorities in a PEM file.
pub(crate) fn read_authorities(pem: &[u8]) -> Result<Vec<Authority>, KeyError> {
    let found: Vec<_> = certificates(&sections(pem)).iter().filter_map(|der| Authority::of(der)).collect();
    if found.is_empty() { Err(KeyError::NotACertificate) } else { Ok(found) }
}

/// The revocation lists in a PEM file.
pub(crate) fn read_revocations(pem: &[u8]) -> Result<Vec<Vec<u8>>, KeyError> {
    let lists = sections(pem).into_iter().filter(|(label, _)| label == "X509 CRL").map(|(_, der)| der);
    let found: Vec<_> = lists.filter(|der| webpki::OwnedCertRevocationList::from_der(der).is_ok()).collect();
    if found.is_empty() { Err(KeyError::NotARevocationList) } else { Ok(found) }
}

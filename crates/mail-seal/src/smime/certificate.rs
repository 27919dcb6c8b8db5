//! Certificates: whose they are, and whether someone whom we trust vouches for them.

use rustls_pki_types::{CertificateDer, TrustAnchor, UnixTime};
use webpki::{
    CertRevocationList, EndEntityCert, Error, ExpirationPolicy, KeyUsage, OwnedCertRevocationList,
    RevocationCheckDepth, RevocationOptionsBuilder, UnknownStatusPolicy,
};

use super::ber::{BIT_STRING, INTEGER, OCTETS, OID, SEQUENCE, Value};
use crate::keyring::Keyring;
use crate::seal::{Note, Signature, id_text};

/// id-kp-emailProtection, 1.3.6.1.5.5.7.3.4.
const FOR_MAIL: &[u8] = &[0x2B, 6, 1, 5, 5, 7, 3, 4];
const SUBJECT_KEY_ID: &[u8] = &[0x55, 0x1D, 0x0E];
const ALTERNATIVE_NAMES: &[u8] = &[0x55, 0x1D, 0x11];
const MAIL_ADDRESS: &[u8] = &[0x2A, 0x86, 0x48, 0x86, 0xF7, 0x0D, 1, 9, 1];
const COMMON_NAME: &[u8] = &[0x55, 4, 3];

/// Most certificates of a message that a chain is looked for in.
const MOST: usize = 20;

/// An authority that is trusted.
#[derive(Debug)]
pub(crate) struct Authority {
    anchor: TrustAnchor<'static>,
}

impl Authority {
    pub(crate) fn of(der: &[u8]) -> Option<Self> {
        let der = CertificateDer::from(der);
        webpki::anchor_from_trusted_cert(&der).ok().map(|anchor| Self { anchor: anchor.to_owned() })
    }
}

/// What a certificate says, piece by piece as it stands in it.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Certificate<'a> {
    pub(crate) der: &'a [u8],
    pub(crate) serial: &'a [u8],
    pub(crate) issuer: &'a [u8],
    subject: Value<'a>,
    /// The public key with its algorithm.
    pub(crate) key: &'a [u8],
    extensions: Option<Value<'a>>,
}

impl<'a> Certificate<'a> {
    pub(crate) fn read(der: &'a [u8]) -> Option<Self> {
        let whole = Value::of(der, SEQUENCE)?;
        let mut items = whole.items().next_of(SEQUENCE)?.items();
        items.next_of(0xA0);
        let serial = items.next_of(INTEGER)?.content;
        items.next_of(SEQUENCE)?;
        let issuer = items.next_of(SEQUENCE)?.whole;
        items.next_of(SEQUENCE)?;
        let subject = items.next_of(SEQUENCE)?;
        let key = items.next_of(SEQUENCE)?.whole;
        let extensions = items.find(|item| item.tag == 0xA3).and_then(|item| Value::of(item.content, SEQUENCE));
        Some(Self { der: whole.whole, serial, issuer, subject, key, extensions })
    }

    fn extension(&self, id: &[u8]) -> Option<&'a [u8]> {
        self.extensions?.items().find_map(|extension| {
            let mut items = extension.items();
            let is_it = items.next_of(OID)?.content == id;
            let value = items.find(|item| item.tag == OCTETS)?;
            is_it.then_some(value.content)
        })
    }

    pub(crate) fn key_id(&self) -> Option<&'a [u8]> {
        Some(Value::of(self.extension(SUBJECT_KEY_ID)?, OCTETS)?.content)
    }

    /// The bits of the public key, without its algorithm.
    pub(crate) fn key_bits(&self) -> Option<&'a [u8]> {
        let bits = Value::of(self.key, SEQUENCE)?.items().find(|item| item.tag == BIT_STRING)?;
        bits.content.get(1..)
    }

    /// Mail addresses of its owner, in lower case.
    pub(crate) fn addresses(&self) -> Vec<String> {
        let names = self.extension(ALTERNATIVE_NAMES).and_then(|names| Value::of(names, SEQUENCE));
        let alternative = names.into_iter().flat_map(|names| names.items().filter(|name| name.tag == 0x81));
        let mut found: Vec<String> = alternative.map(|name| text(name.content).to_lowercase()).collect();
        found.extend(self.named(MAIL_ADDRESS).map(|address| address.to_lowercase()));
        found.dedup();
        found
    }

    /// Its owner in words: a name and an address.
    pub(crate) fn owner(&self) -> Option<String> {
        let address = self.addresses().into_iter().next();
        match (self.named(COMMON_NAME), address) {
            (Some(name), Some(address)) if name.to_lowercase() != address => Some(format!("{name} <{address}>")),
            (name, address) => address.or(name),
        }
    }

    fn named(&self, id: &[u8]) -> Option<String> {
        self.subject.items().flat_map(|set| set.items()).find_map(|pair| {
            let mut items = pair.items();
            let is_it = items.next_of(OID)?.content == id;
            let value = items.next()?;
            // BMPString has two bytes for each letter.
            let value = if value.tag == 0x1E {
                value.content.iter().copied().filter(|byte| *byte != 0).collect()
            } else {
                value.content.to_vec()
            };
            is_it.then(|| text(&value))
        })
    }

    /// Its number as people read it.
    pub(crate) fn number(&self) -> String {
        number(self.serial)
    }
}

pub(crate) fn number(serial: &[u8]) -> String {
    let digits = serial.strip_prefix(&[0]).unwrap_or(serial);
    id_text(&digits[..digits.len().min(32)])
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).chars().filter(|char| !char.is_control()).collect()
}

/// What is wrong with a certificate whose signature holds; nothing when it is in order.
pub(crate) fn objection(
    ring: &Keyring,
    signer: &Certificate<'_>,
    others: &[&[u8]],
    revocations: &[&[u8]],
    now: i64,
) -> Option<(Signature, Option<Note>)> {
    let untrusted = Some((Signature::Untrusted, Some(Note::NoAuthority)));
    let der = CertificateDer::from(signer.der);
    let Ok(end) = EndEntityCert::try_from(&der) else { return untrusted };
    let known = ring.certificates().iter().map(Vec::as_slice);
    let between: Vec<CertificateDer<'_>> =
        others.iter().take(MOST).copied().chain(known).map(CertificateDer::from).collect();
    let anchors: Vec<TrustAnchor<'_>> = ring.authorities().iter().map(|authority| authority.anchor.clone()).collect();
    let own = ring.revocations().iter().map(Vec::as_slice);
    let lists: Vec<CertRevocationList<'_>> = revocations
        .iter()
        .take(MOST)
        .copied()
        .chain(own)
        .filter_map(|der| OwnedCertRevocationList::from_der(der).ok().map(CertRevocationList::from))
        .collect();
    let lists: Vec<&CertRevocationList<'_>> = lists.iter().collect();
    // Nobody fetches lists here, so one that is missing or old says nothing; one that names the certificate does.
    let revocation = RevocationOptionsBuilder::new(&lists).ok().map(|options| {
        options
            .with_depth(RevocationCheckDepth::Chain)
            .with_status_policy(UnknownStatusPolicy::Allow)
            .with_expiration_policy(ExpirationPolicy::Ignore)
            .build()
    });
    let time = UnixTime::since_unix_epoch(std::time::Duration::from_secs(u64::try_from(now).unwrap_or(0)));
    let path = end.verify_for_usage(
        webpki::ALL_VERIFICATION_ALGS,
        &anchors,
        &between,
        time,
        KeyUsage::required_if_present(FOR_MAIL),
        revocation,
        None,
    );
    match path {
        Ok(_) => None,
        Err(Error::CertExpired { .. } | Error::CertNotValidYet { .. }) => Some((Signature::Expired, None)),
        Err(Error::CertRevoked) => Some((Signature::Revoked, None)),
        Err(_) => untrusted,
    }
}

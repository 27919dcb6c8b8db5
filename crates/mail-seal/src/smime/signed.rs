//! Signed data: what is signed, by whom, and whether it holds.

use std::borrow::Cow;

use ring::digest;
use rustls_pki_types::{CertificateDer, SignatureVerificationAlgorithm};
use webpki::EndEntityCert;
use webpki::ring as algorithms;

use super::ber::{INTEGER, OCTETS, OID, SEQUENCE, SET, Value};
use super::certificate::{Certificate, number, objection};
use super::{inside, without_armour};
use crate::keyring::Keyring;
use crate::seal::{Finding, Kind, Note, Signature};

/// 1.2.840.113549.1.9.
const ATTRIBUTE: [u8; 8] = [0x2A, 0x86, 0x48, 0x86, 0xF7, 0x0D, 1, 9];
const SHA1: &[u8] = &[0x2B, 0x0E, 3, 2, 0x1A];
const MD5: &[u8] = &[0x2A, 0x86, 0x48, 0x86, 0xF7, 0x0D, 2, 5];
/// 2.16.840.1.101.3.4.2, below which are SHA-256, 384 and 512.
const SHA2: [u8; 8] = [0x60, 0x86, 0x48, 1, 0x65, 3, 4, 2];
const RSA: [u8; 8] = [0x2A, 0x86, 0x48, 0x86, 0xF7, 0x0D, 1, 1];
const ECDSA: [u8; 6] = [0x2A, 0x86, 0x48, 0xCE, 0x3D, 4];
const EC_KEY: &[u8] = &[0x2A, 0x86, 0x48, 0xCE, 0x3D, 2, 1];
const ED25519: &[u8] = &[0x2B, 0x65, 0x70];

/// What came of looking at signed data.
pub(crate) struct Verified {
    /// What was signed, when it is within.
    pub(crate) content: Option<Vec<u8>>,
    pub(crate) finding: Finding,
}

/// The pieces of signed data.
struct Signed<'a> {
    content_kind: &'a [u8],
    content: Option<Cow<'a, [u8]>>,
    certificates: Vec<&'a [u8]>,
    revocations: Vec<&'a [u8]>,
    signers: Vec<Signer<'a>>,
}

/// The pieces of one signature.
struct Signer<'a> {
    who: Value<'a>,
    digest: &'a [u8],
    attributes: Option<Value<'a>>,
    algorithm: &'a [u8],
    parameters: Option<Value<'a>>,
    signature: Cow<'a, [u8]>,
}

/// Checks signed data; `beside` is what it signs when that is not within it.
pub(crate) fn verify(ring: &Keyring, data: &[u8], beside: Option<&[u8]>, from: &[String], now: i64) -> Verified {
    let data = without_armour(data);
    let unread = || Finding::signed(Kind::Smime, Signature::Invalid).note(Note::Damaged);
    let Some(signed) = read(&data) else { return Verified { content: None, finding: unread() } };
    let content = match beside {
        Some(beside) => Cow::Borrowed(beside),
        None => signed.content.clone().unwrap_or_default(),
    };
    let found = signed.signers.iter().take(10).map(|signer| judge(ring, &signed, signer, &content, from, now));
    let best = found.min_by_key(|finding| match finding.signature {
        Some(Signature::UnknownKey) | None => u8::MAX,
        Some(signature) => signature as u8,
    });
    let within = if beside.is_none() { signed.content.as_deref().map(<[u8]>::to_vec) } else { None };
    let finding = best.unwrap_or_else(|| {
        let mut none = unread();
        // Certificates that were sent along, without a signature.
        none.signature = (beside.is_some() || within.is_some()).then_some(Signature::Invalid);
        none
    });
    Verified { content: within, finding }
}

fn read(data: &[u8]) -> Option<Signed<'_>> {
    let (_, whole) = inside(data)?;
    let mut items = whole.items();
    items.next_of(INTEGER)?;
    items.next_of(SET)?;
    let mut content = items.next_of(SEQUENCE)?.items();
    let content_kind = content.next_of(OID)?.content;
    let content = content.next_of(0xA0).and_then(|held| Value::read(held.content)).and_then(|(held, _)| held.bytes());
    let certificates = whole_items(items.next_of(0xA0));
    let revocations = whole_items(items.next_of(0xA1));
    let signers = items.next_of(SET)?.items().take(20).filter_map(|info| signer(&info)).collect();
    Some(Signed { content_kind, content, certificates, revocations, signers })
}

fn whole_items(set: Option<Value<'_>>) -> Vec<&[u8]> {
    set.into_iter().flat_map(|set| set.items()).map(|one| one.whole).take(100).collect()
}

fn signer<'a>(info: &Value<'a>) -> Option<Signer<'a>> {
    let mut items = info.items();
    items.next_of(INTEGER)?;
    let who = items.next()?;
    let digest = items.next_of(SEQUENCE)?.items().next_of(OID)?.content;
    let attributes = items.next_of(0xA0);
    let mut algorithm = items.next_of(SEQUENCE)?.items();
    let (algorithm, parameters) = (algorithm.next_of(OID)?.content, algorithm.next());
    let signature = items.next().filter(|value| value.tag & 0x1F == OCTETS)?.bytes()?;
    Some(Signer { who, digest, attributes, algorithm, parameters, signature })
}

impl Signer<'_> {
    fn is(&self, certificate: &Certificate<'_>) -> bool {
        match self.who.tag {
            SEQUENCE => {
                let mut items = self.who.items();
                let issuer = items.next_of(SEQUENCE).map(|issuer| issuer.whole);
                let serial = items.next_of(INTEGER).map(|serial| serial.content);
                issuer == Some(certificate.issuer) && serial == Some(certificate.serial)
            }
            _ => self.who.bytes().is_some_and(|id| certificate.key_id() == Some(&id)),
        }
    }

    /// The number of the certificate, when the signer is named by it.
    fn number(&self) -> Option<String> {
        let mut items = self.who.items();
        items.next_of(SEQUENCE)?;
        Some(number(items.next_of(INTEGER)?.content))
    }

    /// What the signature is over, when what it says of the content is so.
    fn signed_bytes<'c>(&self, content: &'c [u8], content_kind: &[u8]) -> Option<Cow<'c, [u8]>> {
        let Some(attributes) = &self.attributes else { return Some(Cow::Borrowed(content)) };
        let value = |last: u8| {
            attributes.items().find_map(|attribute| {
                let mut items = attribute.items();
                let id = items.next_of(OID)?.content;
                let values = items.next_of(SET)?;
                (id.len() == 9 && id[..8] == ATTRIBUTE && id[8] == last).then(|| values.items().next())?
            })
        };
        let kind = value(3)?;
        let told = value(4)?.bytes()?;
        if kind.content != content_kind || told != digest_of(self.digest, content)?.as_ref() {
            return None;
        }
        // The attributes are signed as the set that they are, and written under another tag.
        let mut set = attributes.whole.to_vec();
        *set.first_mut()? = SET;
        Some(Cow::Owned(set))
    }

    fn is_weak(&self) -> bool {
        // sha1WithRSAEncryption, md5WithRSAEncryption, ecdsa-with-SHA1.
        let by_algorithm = matches!(self.algorithm, [head @ .., 4 | 5] if *head == RSA)
            || self.algorithm == [&ECDSA[..], &[1]].concat();
        self.digest == SHA1 || self.digest == MD5 || by_algorithm
    }

    /// PSS with a salt as long as its digest, which is what programs write.
    fn salt_is_read(&self) -> bool {
        let told = self.parameters.and_then(|named| named.items().find(|item| item.tag == 0xA2));
        let length = told.and_then(|held| Value::of(held.content, INTEGER)).map(|length| length.content);
        let digest = digest_of(self.digest, &[]);
        matches!((length, digest), (Some([length]), Some(digest)) if usize::from(*length) == digest.as_ref().len())
    }

    /// The ways in which it may have been computed.
    fn algorithms(&self) -> Vec<&'static dyn SignatureVerificationAlgorithm> {
        let last = |head: &[u8], id: &[u8]| id.strip_prefix(head).filter(|rest| rest.len() == 1).map(|rest| rest[0]);
        let by_digest = last(&SHA2, self.digest);
        if self.algorithm == ED25519 {
            return vec![algorithms::ED25519];
        }
        if let Some(kind) = last(&RSA, self.algorithm) {
            return match (kind, by_digest) {
                (11, _) | (1, Some(1)) => vec![algorithms::RSA_PKCS1_2048_8192_SHA256],
                (12, _) | (1, Some(2)) => vec![algorithms::RSA_PKCS1_2048_8192_SHA384],
                (13, _) | (1, Some(3)) => vec![algorithms::RSA_PKCS1_2048_8192_SHA512],
                (10, Some(_)) if !self.salt_is_read() => Vec::new(),
                (10, Some(1)) => vec![algorithms::RSA_PSS_2048_8192_SHA256_LEGACY_KEY],
                (10, Some(2)) => vec![algorithms::RSA_PSS_2048_8192_SHA384_LEGACY_KEY],
                (10, Some(3)) => vec![algorithms::RSA_PSS_2048_8192_SHA512_LEGACY_KEY],
                _ => Vec::new(),
            };
        }
        let by_algorithm = self.algorithm.strip_prefix(&ECDSA).filter(|rest| rest.len() == 2 && rest[0] == 3);
        let digest = match by_algorithm {
            Some([_, 2]) => Some(1),
            Some([_, 3]) => Some(2),
            None if self.algorithm == EC_KEY => by_digest,
            _ => None,
        };
        match digest {
            Some(1) => vec![algorithms::ECDSA_P256_SHA256, algorithms::ECDSA_P384_SHA256],
            Some(2) => vec![algorithms::ECDSA_P384_SHA384, algorithms::ECDSA_P256_SHA384],
            _ => Vec::new(),
        }
    }
}

fn digest_of(id: &[u8], content: &[u8]) -> Option<digest::Digest> {
    let algorithm = match id {
        _ if id == SHA1 => &digest::SHA1_FOR_LEGACY_USE_ONLY,
        [head @ .., 1] if *head == SHA2 => &digest::SHA256,
        [head @ .., 2] if *head == SHA2 => &digest::SHA384,
        [head @ .., 3] if *head == SHA2 => &digest::SHA512,
        _ => return None,
    };
    Some(digest::digest(algorithm, content))
}

fn judge(
    ring: &Keyring,
    signed: &Signed<'_>,
    signer: &Signer<'_>,
    content: &[u8],
    from: &[String],
    now: i64,
) -> Finding {
    let all = signed.certificates.iter().copied().chain(ring.certificates().iter().map(Vec::as_slice));
    let Some(certificate) = all.filter_map(Certificate::read).find(|one| signer.is(one)) else {
        let mut unknown = Finding::signed(Kind::Smime, Signature::UnknownKey);
        unknown.key = signer.number();
        return unknown;
    };
    let told = |signature: Signature, note: Option<Note>| {
        let mut finding = Finding::signed(Kind::Smime, signature);
        finding.notes.extend(note);
        finding.key = Some(certificate.number());
        finding.signer = certificate.owner();
        finding
    };
    let is_known = digest_of(signer.digest, content).is_some();
    if !is_known {
        let note = if signer.is_weak() { Note::Weak } else { Note::NotSupported };
        return told(Signature::Untrusted, Some(note));
    }
    let Some(bytes) = signer.signed_bytes(content, signed.content_kind) else {
        return told(Signature::Invalid, None);
    };
    if signer.is_weak() {
        return told(Signature::Untrusted, Some(Note::Weak));
    }
    let der = CertificateDer::from(certificate.der);
    let Ok(end) = EndEntityCert::try_from(&der) else {
        return told(Signature::Untrusted, Some(Note::NotSupported));
    };
    let algorithms = signer.algorithms();
    if algorithms.is_empty() {
        return told(Signature::Untrusted, Some(Note::NotSupported));
    }
    if !algorithms.iter().any(|algorithm| end.verify_signature(*algorithm, &bytes, &signer.signature).is_ok()) {
        return told(Signature::Invalid, None);
    }
    let others: Vec<&[u8]> = signed.certificates.iter().copied().filter(|der| *der != certificate.der).collect();
    if let Some((signature, note)) = objection(ring, &certificate, &others, &signed.revocations, now) {
        return told(signature, note);
    }
    let addresses = certificate.addresses();
    let is_sender = !from.is_empty() && from.iter().all(|address| addresses.contains(address));
    told(if is_sender { Signature::Valid } else { Signature::Mismatch }, None)
}

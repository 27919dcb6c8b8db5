//! Locked data: opened with a private key of ours.

use std::borrow::Cow;

use ring::digest;
use rsa::rand_core::OsRng;
use rsa::traits::PrivateKeyParts as _;

use super::ber::{BIT_STRING, INTEGER, OCTETS, OID, SEQUENCE, SET, Value};
use super::certificate::{Certificate, number};
use super::identity::{Identity, PrivateKey};
use super::{AUTHENTICATED, inside};
use crate::keyring::Keyring;
use crate::seal::{Finding, Kind, Note};

/// Most recipients that are looked at.
const MOST: usize = 200;

/// 2.16.840.1.101.3.4.1, below which are AES in its modes and key lengths.
pub(super) const AES: [u8; 8] = [0x60, 0x86, 0x48, 1, 0x65, 3, 4, 1];
/// 1.2.840.113549.1.1: 1 is PKCS #1 v1.5, 7 is OAEP.
const RSA: [u8; 8] = [0x2A, 0x86, 0x48, 0x86, 0xF7, 0x0D, 1, 1];
/// 1.3.132.1.11: the agreement of a key on a curve, by the digest in it.
const AGREEMENT: [u8; 5] = [0x2B, 0x81, 4, 1, 0x0B];
const AGREEMENT_SHA1: &[u8] = &[0x2B, 0x81, 5, 0x10, 0x86, 0x48, 0x3F, 0, 2];

/// Opens locked data. No more than `most` bytes come out of it.
pub(crate) fn unlock(ring: &Keyring, data: &[u8], most: usize) -> Result<Vec<u8>, Box<Finding>> {
    let locked = |note, numbers| Box::new(Finding::locked(Kind::Smime, note, numbers));
    let envelope = read(data).ok_or_else(|| locked(Note::Damaged, Vec::new()))?;
    let numbers: Vec<String> = envelope.recipients.iter().filter_map(|one| one.number()).collect();
    if envelope.content.len() > most {
        return Err(locked(Note::TooLarge, numbers));
    }
    let mut note = Note::NoKey;
    for recipient in &envelope.recipients {
        for identity in ring.identities() {
            if !Certificate::read(&identity.certificate).is_some_and(|one| recipient.is(&one)) {
                continue;
            }
            let opened = recipient.key(identity, envelope.key_length()).and_then(|key| envelope.open(&key));
            match opened {
                Ok(content) => return Ok(content),
                Err(why) => note = why,
            }
        }
    }
    Err(locked(note, numbers))
}

pub(super) struct Envelope<'a> {
    recipients: Vec<Recipient<'a>>,
    pub(super) algorithm: &'a [u8],
    /// The first parameter of the algorithm: where a chain of blocks begins.
    pub(super) parameters: Option<Value<'a>>,
    pub(super) content: Cow<'a, [u8]>,
    /// Of data that proves its integrity: what else is covered, and the proof.
    pub(super) authenticated: Option<(Vec<u8>, Cow<'a, [u8]>)>,
}

/// One of those for whom it is locked.
struct Recipient<'a> {
    who: Value<'a>,
    algorithm: Value<'a>,
    key: Cow<'a, [u8]>,
    /// For a key that is agreed on: the sender's part of it, and what else went into it.
    agreement: Option<(Vec<u8>, Option<Value<'a>>)>,
}

fn read(data: &[u8]) -> Option<Envelope<'_>> {
    let (id, whole) = inside(data)?;
    let mut items = whole.items();
    items.next_of(INTEGER)?;
    items.next_of(0xA0);
    let recipients = items.next_of(SET)?.items().take(MOST).flat_map(|one| recipients(&one)).take(MOST).collect();
    let mut content = items.next_of(SEQUENCE)?.items();
    content.next_of(OID)?;
    let mut algorithm = content.next_of(SEQUENCE)?.items();
    let (algorithm, parameters) = (algorithm.next_of(OID)?.content, algorithm.next());
    let content = content.next().filter(|value| value.tag & 0xDF == 0x80)?.bytes()?;
    let authenticated = if id == AUTHENTICATED {
        let mut covered = items.next_of(0xA1).map_or_else(Vec::new, |attributes| attributes.whole.to_vec());
        if let Some(tag) = covered.first_mut() {
            *tag = SET;
        }
        Some((covered, items.next().filter(|value| value.tag & 0x1F == OCTETS)?.bytes()?))
    } else {
        None
    };
    Some(Envelope { recipients, algorithm, parameters, content, authenticated })
}

fn recipients<'a>(info: &Value<'a>) -> Vec<Recipient<'a>> {
    match info.tag {
        SEQUENCE => transported(info).into_iter().collect(),
        0xA1 => agreed(info).unwrap_or_default(),
        _ => Vec::new(),
    }
}

fn transported<'a>(info: &Value<'a>) -> Option<Recipient<'a>> {
    let mut items = info.items();
    items.next_of(INTEGER)?;
    let who = items.next()?;
    let algorithm = items.next_of(SEQUENCE)?;
    let key = items.next()?.bytes()?;
    Some(Recipient { who, algorithm, key, agreement: None })
}

fn agreed<'a>(info: &Value<'a>) -> Option<Vec<Recipient<'a>>> {
    let mut items = info.items();
    items.next_of(INTEGER)?;
    let sender = Value::read(items.next_of(0xA0)?.content)?.0;
    let bits = sender.items().find(|item| item.tag == BIT_STRING)?.content.get(1..)?;
    let further = items.next_of(0xA1).and_then(|held| Value::of(held.content, OCTETS));
    let algorithm = items.next_of(SEQUENCE)?;
    let each = items.next_of(SEQUENCE)?.items().take(MOST).filter_map(|one| {
        let mut items = one.items();
        let who = items.next()?;
        let key = items.next()?.bytes()?;
        Some(Recipient { who, algorithm, key, agreement: Some((bits.to_vec(), further)) })
    });
    Some(each.collect())
}

impl Recipient<'_> {
    fn is(&self, certificate: &Certificate<'_>) -> bool {
        match self.who.tag {
            SEQUENCE => {
                let mut items = self.who.items();
                let issuer = items.next_of(SEQUENCE).map(|issuer| issuer.whole);
                let serial = items.next_of(INTEGER).map(|serial| serial.content);
                issuer == Some(certificate.issuer) && serial == Some(certificate.serial)
            }
            // By the id of the key, alone or with a date.
            0xA0 => self.who.items().next_of(OCTETS).is_some_and(|id| certificate.key_id() == Some(id.content)),
            _ => certificate.key_id() == Some(self.who.content),
        }
    }

    fn number(&self) -> Option<String> {
        if self.who.tag != SEQUENCE {
            return Some(number(self.who.content));
        }
        let mut items = self.who.items();
        items.next_of(SEQUENCE)?;
        Some(number(items.next_of(INTEGER)?.content))
    }

    /// The key of the content, unlocked with ours.
    fn key(&self, identity: &Identity, length: usize) -> Result<Vec<u8>, Note> {
        let mut algorithm = self.algorithm.items();
        let id = algorithm.next_of(OID).ok_or(Note::Damaged)?.content;
        let parameters = algorithm.next();
        match (&identity.key, &self.agreement) {
            (PrivateKey::Rsa(key), None) => match id {
                [head @ .., 1] if *head == RSA => Ok(by_pkcs1(key, &self.key, length)),
                [head @ .., 7] if *head == RSA => by_oaep(key, &self.key, parameters),
                _ => Err(Note::NotSupported),
            },
            (PrivateKey::P256(key), Some((point, further))) => {
                let point = p256::PublicKey::from_sec1_bytes(point).map_err(|_| Note::Damaged)?;
                let shared = p256::ecdh::diffie_hellman(key.to_nonzero_scalar(), point.as_affine());
                unwrapped(shared.raw_secret_bytes(), id, parameters, further.as_ref(), &self.key)
            }
            (PrivateKey::P384(key), Some((point, further))) => {
                let point = p384::PublicKey::from_sec1_bytes(point).map_err(|_| Note::Damaged)?;
                let shared = p384::ecdh::diffie_hellman(key.to_nonzero_scalar(), point.as_affine());
                unwrapped(shared.raw_secret_bytes(), id, parameters, further.as_ref(), &self.key)
            }
            _ => Err(Note::NotSupported),
        }
    }
}

/// A key that was sent under RSA with PKCS #1 v1.5. When its padding is wrong, a key comes out that only we could
/// compute: nobody outside learns from what follows whether the padding was right (RFC 3218, 2.3.2).
fn by_pkcs1(key: &rsa::RsaPrivateKey, locked: &[u8], length: usize) -> Vec<u8> {
    let opened = key.decrypt_blinded(&mut OsRng, rsa::Pkcs1v15Encrypt, locked);
    let mut made_up = digest::Context::new(&digest::SHA512);
    made_up.update(&key.d().to_bytes_be());
    made_up.update(locked);
    let made_up = made_up.finish();
    match opened {
        Ok(opened) if opened.len() == length => opened,
        _ => made_up.as_ref()[..length.min(64)].to_vec(),
    }
}

fn by_oaep(key: &rsa::RsaPrivateKey, locked: &[u8], parameters: Option<Value<'_>>) -> Result<Vec<u8>, Note> {
    let mut named = parameters.filter(|value| value.tag == SEQUENCE).into_iter().flat_map(|value| value.items());
    let digest =
        named.find(|item| item.tag == 0xA0).and_then(|item| Value::of(item.content, SEQUENCE)?.items().next_of(OID));
    // The padding tells nothing here: it is checked with a digest over all of it.
    let opened = match digest.map(|id| id.content) {
        None => key.decrypt_blinded(&mut OsRng, rsa::Oaep::new::<sha1::Sha1>(), locked),
        Some([.., 3, 4, 2, 1]) => key.decrypt_blinded(&mut OsRng, rsa::Oaep::new::<rsa::sha2::Sha256>(), locked),
        Some([.., 3, 4, 2, 2]) => key.decrypt_blinded(&mut OsRng, rsa::Oaep::new::<rsa::sha2::Sha384>(), locked),
        Some([.., 3, 4, 2, 3]) => key.decrypt_blinded(&mut OsRng, rsa::Oaep::new::<rsa::sha2::Sha512>(), locked),
        Some(_) => return Err(Note::NotSupported),
    };
    opened.map_err(|_| Note::Damaged)
}

/// A key that both sides computed on a curve opens the key of the content (RFC 5753).
fn unwrapped(
    shared: &[u8],
    agreement: &[u8],
    wrap: Option<Value<'_>>,
    further: Option<&Value<'_>>,
    locked: &[u8],
) -> Result<Vec<u8>, Note> {
    let algorithm = match agreement {
        _ if agreement == AGREEMENT_SHA1 => &digest::SHA1_FOR_LEGACY_USE_ONLY,
        [head @ .., 1] if *head == AGREEMENT => &digest::SHA256,
        [head @ .., 2] if *head == AGREEMENT => &digest::SHA384,
        [head @ .., 3] if *head == AGREEMENT => &digest::SHA512,
        _ => return Err(Note::NotSupported),
    };
    let wrap = wrap.filter(|value| value.tag == SEQUENCE).ok_or(Note::Damaged)?;
    let id = wrap.items().next_of(OID).ok_or(Note::Damaged)?.content;
    let length: u8 = match id.strip_prefix(&AES) {
        Some([5]) => 16,
        Some([25]) => 24,
        Some([45]) => 32,
        _ => return Err(Note::NotSupported),
    };
    // ECC-CMS-SharedInfo: the wrapping algorithm, what else went in, the length of the key in bits.
    let mut shown = wrap.whole.to_vec();
    if let Some(further) = further {
        shown.extend(explicit(0xA0, further.whole)?);
    }
    shown.extend([0xA2, 6, OCTETS, 4, 0, 0]);
    shown.extend((u16::from(length) * 8).to_be_bytes());
    let about = explicit(SEQUENCE, &shown)?;
    let mut key = Vec::new();
    for counter in 1..=4_u32 {
        let mut context = digest::Context::new(algorithm);
        context.update(shared);
        context.update(&counter.to_be_bytes());
        context.update(&about);
        key.extend_from_slice(context.finish().as_ref());
    }
    key.truncate(usize::from(length));
    let opened = match length {
        16 => aes_kw::KekAes128::try_from(key.as_slice()).and_then(|kek| kek.unwrap_vec(locked)),
        24 => aes_kw::KekAes192::try_from(key.as_slice()).and_then(|kek| kek.unwrap_vec(locked)),
        _ => aes_kw::KekAes256::try_from(key.as_slice()).and_then(|kek| kek.unwrap_vec(locked)),
    };
    opened.map_err(|_| Note::Damaged)
}

/// A short value under a tag.
fn explicit(tag: u8, content: &[u8]) -> Result<Vec<u8>, Note> {
    match u8::try_from(content.len()) {
        Ok(length @ 0..0x80) => Ok([&[tag, length], content].concat()),
        Ok(length) => Ok([&[tag, 0x81, length], content].concat()),
        Err(_) => Err(Note::NotSupported),
    }
}

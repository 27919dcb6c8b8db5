//! S/MIME: signatures with their certificates, locked messages.
//!
//! The structures are read here, because mail programs write a form of them that strict readers refuse; `webpki` checks
//! signatures and chains, the RustCrypto crates open what is locked.

mod ber;
mod certificate;
mod cipher;
mod envelope;
mod identity;
mod signed;

use std::borrow::Cow;

use ber::{OID, SEQUENCE, Value};
pub(crate) use certificate::Authority;
use certificate::Certificate;
pub(crate) use envelope::unlock;
pub(crate) use identity::{Identity, read_authorities, read_identity, read_revocations};
pub(crate) use signed::verify;

use crate::mime::{base64, lines};

/// 1.2.840.113549.1.7.
const PKCS7: [u8; 8] = [0x2A, 0x86, 0x48, 0x86, 0xF7, 0x0D, 1, 7];
const AUTHENTICATED: [u8; 11] = [0x2A, 0x86, 0x48, 0x86, 0xF7, 0x0D, 1, 9, 16, 1, 23];

/// What an S/MIME part holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Content {
    Signed,
    Locked,
    /// Something that is not read here.
    Other,
}

/// Whether a part is sealed by S/MIME, by its type, or by its name when its type says nothing.
pub(crate) fn is_sealed(kind: &str, file_name: &str) -> bool {
    matches!(kind, "application/pkcs7-mime" | "application/x-pkcs7-mime")
        || (kind == "application/octet-stream" && file_name.rsplit_once('.').is_some_and(|(_, ending)| ending == "p7m"))
}

/// Whether a type is of a signature that stands beside what it signs.
pub(crate) fn is_signature(kind: &str) -> bool {
    matches!(kind, "application/pkcs7-signature" | "application/x-pkcs7-signature")
}

/// Some put the structure in PEM.
pub(crate) fn without_armour(bytes: &[u8]) -> Cow<'_, [u8]> {
    if bytes.starts_with(b"-----BEGIN ") {
        Cow::Owned(sections(bytes).into_iter().next().map_or_else(Vec::new, |(_, der)| der))
    } else {
        Cow::Borrowed(bytes)
    }
}

/// What kind of content it is; `None` when it cannot be read.
pub(crate) fn content_of(bytes: &[u8]) -> Option<Content> {
    let id = Value::of(bytes, SEQUENCE)?.items().next_of(OID)?.content;
    Some(match id {
        _ if id == AUTHENTICATED => Content::Locked,
        [head @ .., 2] if *head == PKCS7 => Content::Signed,
        [head @ .., 3] if *head == PKCS7 => Content::Locked,
        _ => Content::Other,
    })
}

/// What is in the structure, of which `content_of` told the kind.
fn inside(bytes: &[u8]) -> Option<(&[u8], Value<'_>)> {
    let mut items = Value::of(bytes, SEQUENCE)?.items();
    let id = items.next_of(OID)?.content;
    Some((id, Value::of(items.next_of(0xA0)?.content, SEQUENCE)?))
}

/// The mail addresses of a certificate's owner.
pub(crate) fn addresses(der: &[u8]) -> Vec<String> {
    Certificate::read(der).map(|certificate| certificate.addresses()).unwrap_or_default()
}

/// The sections of a PEM file, each with its label.
fn sections(pem: &[u8]) -> Vec<(String, Vec<u8>)> {
    let mut found = Vec::new();
    let mut current: Option<(String, Vec<u8>)> = None;
    for line in lines(pem) {
        let line = line.trim_ascii();
        let label = |begin: &[u8]| {
            let label = line.strip_prefix(begin)?.strip_suffix(b"-----")?;
            Some(String::from_utf8_lossy(label).into_owned())
        };
        if let Some(label) = label(b"-----BEGIN ") {
            current = Some((label, Vec::new()));
        } else if line.starts_with(b"-----END ") {
            found.extend(current.take().map(|(label, text)| (label, base64(&text))));
        } else if let Some((_, text)) = &mut current {
            text.extend_from_slice(line);
        }
    }
    found
}

//! A mail put together again from what was in its seals.

use memchr::memmem;

use super::Bare;
use crate::mime::{Entity, is_blank, to_base64};

/// Headers that belong to the body and not to the mail.
fn is_of_body(name: &str) -> bool {
    name.starts_with("content-") || name == "mime-version"
}

/// Headers that a sealed part may carry for the mail around it, so that no server reads or changes them. Who wrote it
/// is none of them: that would let anybody speak as somebody else.
const PROTECTED: [&str; 3] = ["subject", "in-reply-to", "references"];

/// The mail with `inner` as its body. When `trusted`, headers that `inner` protects stand for those of the mail.
pub(super) fn mail(root: &Entity<'_>, inner: &[u8], trusted: bool) -> Vec<u8> {
    let inner = without_copied_headers(inner);
    let inner = Entity::of(&inner);
    let kind = inner.kind();
    let protects = trusted && (kind.parameter("protected-headers").is_some() || kind.parameter("hp").is_some());
    let protected: Vec<_> = inner.fields().filter(|(name, _)| protects && PROTECTED.contains(&name.as_str())).collect();
    let mut out = Vec::with_capacity(root.head.len() + inner.whole.len() + 64);
    let kept = root.fields().filter(|(name, _)| !is_of_body(name) && !protected.iter().any(|(own, _)| own == name));
    let body = inner.fields().filter(|(name, _)| is_of_body(name) && name != "mime-version");
    for (_, field) in kept.chain(protected.iter().cloned()).chain(body) {
        out.extend_from_slice(field);
        if !field.ends_with(b"\n") {
            out.extend_from_slice(b"\r\n");
        }
    }
    out.extend_from_slice(b"MIME-Version: 1.0\r\n\r\n");
    out.extend_from_slice(inner.body);
    out
}

/// Clients that protect headers may copy them into a first part for those who cannot read them; we can.
fn without_copied_headers(inner: &[u8]) -> Vec<u8> {
    let entity = Entity::of(inner);
    let kind = entity.kind();
    if kind.name != "multipart/mixed" || kind.parameter("protected-headers").is_none() {
        return inner.to_vec();
    }
    let parts = entity.parts();
    let [first, rest @ ..] = parts.as_slice() else { return inner.to_vec() };
    let copy = first.kind();
    let is_copy = matches!(copy.name.as_str(), "text/plain" | "text/rfc822-headers")
        && copy.parameter("protected-headers").is_some()
        && first.fields().all(|(name, _)| is_of_body(&name));
    if !is_copy || rest.is_empty() {
        return inner.to_vec();
    }
    let mut out = Vec::with_capacity(inner.len());
    for (name, field) in entity.fields() {
        if name == "content-type" {
            out.extend_from_slice(b"X-");
        }
        out.extend_from_slice(field);
    }
    let parts = multipart(rest.iter().map(|part| part.whole.to_vec()).collect());
    let parts = Entity::of(&parts);
    let protects = b"; protected-headers=\"v1\"\r\n";
    out.extend_from_slice(parts.head.trim_ascii_end());
    out.extend_from_slice(protects);
    out.extend_from_slice(b"\r\n");
    out.extend_from_slice(parts.body);
    out
}

/// Parts under a boundary that none of them contains.
pub(super) fn multipart(parts: Vec<Vec<u8>>) -> Vec<u8> {
    let mut boundary = String::from("=_opened");
    let mut number = 0_u32;
    while number < 1000 && parts.iter().any(|part| memmem::find(part, boundary.as_bytes()).is_some()) {
        number += 1;
        boundary = format!("=_opened_{number}_");
    }
    let mut out = format!("Content-Type: multipart/mixed; boundary=\"{boundary}\"\r\n\r\n").into_bytes();
    for part in parts {
        out.extend_from_slice(format!("--{boundary}\r\n").as_bytes());
        out.extend_from_slice(&part);
        out.extend_from_slice(b"\r\n");
    }
    out.extend_from_slice(format!("--{boundary}--\r\n").as_bytes());
    out
}

/// What was sealed, with what stood beside it.
pub(super) fn beside(bare: Bare, rest: Vec<&Entity<'_>>) -> Bare {
    let mut parts = vec![bare.bytes];
    for (at, part) in rest.into_iter().enumerate() {
        parts.push(if bare.is_secret { put_aside(part, at + 1) } else { part.whole.to_vec() });
    }
    Bare { bytes: multipart(parts), is_secret: bare.is_secret }
}

/// A part that may stand beside what was locked: HTML becomes a file, so that it cannot reach around the opened text
/// and carry it away when it is shown.
pub(super) fn put_aside(part: &Entity<'_>, number: usize) -> Vec<u8> {
    let kind = part.kind();
    let is_harmless = !kind.is_multipart() && kind.name != "text/html" && kind.name != "application/xhtml+xml";
    if is_harmless || is_blank(part.body) {
        return part.whole.to_vec();
    }
    let (name, content) = if kind.is_multipart() {
        (format!("beside-{number}.eml"), part.whole.to_vec())
    } else {
        (format!("beside-{number}.html"), part.decoded().into_owned())
    };
    file(&name, to_base64(&content).as_bytes())
}

/// A file as a part, its content in base64.
pub(super) fn file(name: &str, base64: &[u8]) -> Vec<u8> {
    let name: String = name.chars().filter(|char| !char.is_control() && !matches!(char, '"' | '\\')).collect();
    let mut out = b"Content-Type: application/octet-stream\r\nContent-Transfer-Encoding: base64\r\n".to_vec();
    let shown = if name.is_empty() { "opened".to_owned() } else { name };
    out.extend_from_slice(format!("Content-Disposition: attachment; filename=\"{shown}\"\r\n\r\n").as_bytes());
    out.extend_from_slice(base64);
    out
}

/// A text as a part.
pub(super) fn text(content: &[u8], charset: &str) -> Vec<u8> {
    let charset: String =
        charset.chars().filter(|char| char.is_ascii_alphanumeric() || "-_.:".contains(*char)).collect();
    let head = format!("Content-Type: text/plain; charset=\"{charset}\"\r\nContent-Transfer-Encoding: 8bit\r\n\r\n");
    [head.as_bytes(), content].concat()
}

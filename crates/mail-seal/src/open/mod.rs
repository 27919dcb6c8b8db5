//! Which parts of a mail are sealed, and what the mail looks like without the seals.
//!
//! The parts are walked from the outside in. A sealed part is replaced by what was signed or locked in it, which may be
//! sealed again; everything else stays as it is. `build` puts the mail together from that.

mod build;
mod inline;
mod parts;

use std::panic::{AssertUnwindSafe, catch_unwind};

use crate::keyring::Keyring;
use crate::mime::{Entity, Kind as Type, canonical, is_blank, sender_addresses};
use crate::openpgp::{self, Unlocked};
use crate::seal::{Finding, Kind, Note, Opened, Seal, Signature};
use crate::smime;

/// Deepest nesting of parts and seals that is followed.
const DEEPEST: usize = 12;

/// Most sealed parts of one mail that are looked at; each may cost a computation with a key.
const MOST_SEALS: usize = 20;

/// Looks at the seals of a mail. `now` is in seconds since 1970, UTC.
pub fn open(mail: &[u8], ring: &Keyring, now: i64) -> Opened {
    // Our own code does not panic; what reads keys and packets beneath it is not ours.
    catch_unwind(AssertUnwindSafe(|| open_mail(mail, ring, now))).unwrap_or_default()
}

fn open_mail(mail: &[u8], ring: &Keyring, now: i64) -> Opened {
    let root = Entity::of(mail);
    let from = root.fields().filter(|(name, _)| name == "from");
    let from = from.flat_map(|(_, field)| sender_addresses(&crate::mime::unfolded(field))).collect();
    let mut walk = Walk { ring, now, from, findings: Vec::new(), is_beside: false, left: ring.most() };
    let inner = walk.entity(&root, 0, false);
    let Some(seal) = Seal::of(walk.findings, walk.is_beside) else { return Opened::default() };
    let trusted = seal.opened || seal.signature.is_some_and(|signature| signature != Signature::Invalid);
    Opened { bytes: inner.map(|inner| build::mail(&root, &inner.bytes, trusted)), seal: Some(seal) }
}

/// A part without its seal.
struct Bare {
    bytes: Vec<u8>,
    /// It was locked and holds text, so nothing unlocked may stand around it as HTML.
    is_secret: bool,
}

struct Walk<'k> {
    ring: &'k Keyring,
    now: i64,
    /// Who the mail says wrote it.
    from: Vec<String>,
    findings: Vec<Finding>,
    /// Something to read stands beside what is sealed.
    is_beside: bool,
    /// How many bytes may still come out of locked parts.
    left: usize,
}

impl Walk<'_> {
    fn is_full(&self) -> bool {
        self.findings.len() >= MOST_SEALS
    }

    /// A part without its seals; `None` when it has none. `covered` when a seal is around it.
    fn entity(&mut self, part: &Entity<'_>, depth: usize, covered: bool) -> Option<Bare> {
        if depth > DEEPEST || self.is_full() {
            self.is_beside |= !covered;
            return None;
        }
        let kind = part.kind();
        if kind.is_multipart() {
            return self.multipart(part, &kind, depth, covered);
        }
        let file_name = part.file_name().to_ascii_lowercase();
        if smime::is_sealed(&kind.name, &file_name) {
            return self.smime(part, depth, covered);
        }
        if !part.is_attachment() && matches!(kind.name.as_str(), "" | "text/plain" | "application/pgp" | "text/html") {
            return self.text(part, &kind, covered);
        }
        let bare = self.attachment(part, &kind.name, &file_name, depth);
        if bare.is_none() && kind.name != "message/rfc822" {
            self.is_beside |= !covered && !is_blank(part.body) && !openpgp::is_key_file(&kind.name);
        }
        bare
    }

    /// What came out of a sealed part, without the seals within it.
    fn within(&mut self, bytes: Vec<u8>, depth: usize, is_secret: bool) -> Bare {
        match self.entity(&Entity::of(&bytes), depth + 1, true) {
            Some(bare) => Bare { bytes: bare.bytes, is_secret: bare.is_secret || is_secret },
            None => Bare { bytes, is_secret },
        }
    }

    fn multipart(&mut self, part: &Entity<'_>, kind: &Type, depth: usize, covered: bool) -> Option<Bare> {
        let parts = part.parts();
        if kind.name == "multipart/signed" && parts.len() > 1 {
            return Some(self.signed(&parts, kind, depth, covered));
        }
        let is_version = |part: &Entity<'_>| part.kind().name == "application/pgp-encrypted";
        if kind.name == "multipart/encrypted" || parts.iter().any(is_version) {
            // Exchange makes `multipart/mixed` of it and adds an empty text.
            let locked = parts.iter().find(|part| !is_version(part) && openpgp::is_message(&part.decoded()));
            if let Some(locked) = locked {
                let rest = |one: &&Entity<'_>| {
                    one.whole.as_ptr() != locked.whole.as_ptr() && !is_version(one) && !is_blank(one.body)
                };
                let rest: Vec<_> = parts.iter().filter(rest).collect();
                self.is_beside |= !rest.is_empty() && !covered;
                let bare = self.unlock(&locked.decoded(), depth)?;
                return Some(if rest.is_empty() { bare } else { build::beside(bare, rest) });
            }
        }
        self.parts(kind, &parts, depth, covered)
    }

    /// `multipart/signed`: the first part is what the second one signs.
    fn signed(&mut self, parts: &[Entity<'_>], kind: &Type, depth: usize, covered: bool) -> Bare {
        let (content, signature) = (&parts[0], &parts[1]);
        let protocol = kind.parameter("protocol").unwrap_or_default().to_ascii_lowercase();
        let by_part = signature.kind().name;
        let is_smime = smime::is_signature(&by_part) || (smime::is_signature(&protocol) && !by_part.contains("pgp"));
        let as_sent = canonical(content.whole);
        let finding = if is_smime {
            smime::verify(self.ring, &signature.decoded(), Some(&as_sent), &self.from, self.now).finding
        } else {
            openpgp::verify_detached(self.ring, &signature.decoded(), &as_sent, &self.from, self.now)
        };
        self.findings.push(finding);
        let bare = self.within(content.whole.to_vec(), depth, false);
        let rest: Vec<_> = parts[2..].iter().filter(|part| !is_blank(part.body)).collect();
        self.is_beside |= !rest.is_empty() && !covered;
        if rest.is_empty() { bare } else { build::beside(bare, rest) }
    }

    /// Opens an OpenPGP message; what is in it is a whole part with headers.
    fn unlock(&mut self, message: &[u8], depth: usize) -> Option<Bare> {
        let plain = self.plain(message)?;
        let is_secret = plain.is_secret;
        Some(self.within(plain.bytes, depth, is_secret))
    }

    /// What is in an OpenPGP message.
    fn plain(&mut self, message: &[u8]) -> Option<Plain> {
        if self.is_full() {
            return None;
        }
        match openpgp::unlock(self.ring, message, &self.from, self.now, self.left) {
            Unlocked::Plain { bytes, was_locked, signatures } => {
                self.left = self.left.saturating_sub(bytes.len());
                if was_locked {
                    self.findings.push(Finding::opened(Kind::Pgp));
                }
                self.findings.extend(signatures);
                Some(Plain { bytes, is_secret: was_locked })
            }
            Unlocked::Locked(finding) => {
                self.findings.push(finding);
                None
            }
        }
    }

    fn smime(&mut self, part: &Entity<'_>, depth: usize, covered: bool) -> Option<Bare> {
        let sealed = part.decoded();
        let sealed = smime::without_armour(&sealed);
        match smime::content_of(&sealed) {
            Some(smime::Content::Signed) => {
                let verified = smime::verify(self.ring, &sealed, None, &self.from, self.now);
                let Some(content) = verified.content else {
                    // Certificates alone, or the signature of a part that is elsewhere.
                    self.is_beside |= !covered && verified.finding.signature.is_none();
                    return None;
                };
                self.findings.push(verified.finding);
                Some(self.within(content, depth, false))
            }
            Some(smime::Content::Locked) => match smime::unlock(self.ring, &sealed, self.left) {
                Ok(bytes) => {
                    self.left = self.left.saturating_sub(bytes.len());
                    self.findings.push(Finding::opened(Kind::Smime));
                    Some(self.within(bytes, depth, true))
                }
                Err(finding) => {
                    self.findings.push(*finding);
                    None
                }
            },
            Some(smime::Content::Other) | None => {
                self.findings.push(Finding::locked(Kind::Smime, Note::NotSupported, Vec::new()));
                None
            }
        }
    }
}

/// What was in an OpenPGP message.
struct Plain {
    bytes: Vec<u8>,
    is_secret: bool,
}

//! The parts of a multipart that is not itself a seal, and files that are signed or locked one by one.

use super::{Bare, Walk, build};
use crate::mime::{Entity, Kind as Type, is_blank, to_base64};
use crate::openpgp;
use crate::seal::{Finding, Kind, Note};

/// How the names of locked and signed files end.
const LOCKED: [&str; 3] = [".asc", ".pgp", ".gpg"];
const SIGNATURES: [&str; 2] = [".sig", ".asc"];

impl Walk<'_> {
    pub(super) fn parts(&mut self, kind: &Type, parts: &[Entity<'_>], depth: usize, covered: bool) -> Option<Bare> {
        let detached = self.detached(parts);
        if kind.name == "multipart/alternative" {
            return self.alternative(parts, depth, covered);
        }
        let is_checked = |at: usize| detached.iter().any(|(signature, file)| *signature == at || *file == at);
        let bare: Vec<Option<Bare>> = parts
            .iter()
            .enumerate()
            .map(|(at, part)| if is_checked(at) { None } else { self.entity(part, depth + 1, covered) })
            .collect();
        if bare.iter().all(Option::is_none) {
            return None;
        }
        let is_secret = bare.iter().flatten().any(|bare| bare.is_secret);
        let parts = parts.iter().zip(bare).enumerate().map(|(at, (part, bare))| match bare {
            Some(bare) => bare.bytes,
            None if is_secret => build::put_aside(part, at + 1),
            None => part.whole.to_vec(),
        });
        Some(Bare { bytes: build::multipart(parts.collect()), is_secret })
    }

    /// Of several forms of one text, the sealed one counts; the others are the same without its seal.
    fn alternative(&mut self, parts: &[Entity<'_>], depth: usize, covered: bool) -> Option<Bare> {
        let (mut sealed, mut is_beside) = (None, false);
        for part in parts {
            let before = self.is_beside;
            let bare = self.entity(part, depth + 1, covered);
            if bare.is_none() {
                is_beside |= self.is_beside;
                self.is_beside = before;
            }
            sealed = sealed.or(bare);
        }
        self.is_beside |= is_beside && sealed.is_none();
        sealed
    }

    /// Signatures beside the file that they sign, by the places of both; each is checked.
    fn detached(&mut self, parts: &[Entity<'_>]) -> Vec<(usize, usize)> {
        let names: Vec<String> = parts.iter().map(|part| part.file_name()).collect();
        let mut found = Vec::new();
        for (at, part) in parts.iter().enumerate() {
            let lower = names[at].to_ascii_lowercase();
            let Some(ending) = SIGNATURES.iter().find(|ending| lower.ends_with(**ending)) else { continue };
            let signed = &names[at][..names[at].len() - ending.len()];
            let Some(file) = names.iter().position(|name| name == signed).filter(|_| !signed.is_empty()) else {
                continue;
            };
            let signature = part.decoded();
            if !self.is_full() && openpgp::is_signature(&signature) {
                let content = parts[file].decoded();
                let finding = openpgp::verify_detached(self.ring, &signature, &content, &self.from, self.now);
                self.findings.push(finding.note(Note::AttachmentOnly));
                found.push((at, file));
            }
        }
        found
    }

    /// A file that is locked, or a key that came along.
    pub(super) fn attachment(&mut self, part: &Entity<'_>, kind: &str, file_name: &str, depth: usize) -> Option<Bare> {
        let ending = LOCKED.iter().find(|ending| file_name.ends_with(**ending));
        if ending.is_none() && !matches!(kind, "application/pgp-keys" | "application/pgp-encrypted" | "application/pgp")
        {
            return None;
        }
        let content = part.decoded();
        if openpgp::is_key(&content) || kind == "application/pgp-keys" {
            let owners = openpgp::owners(&content);
            if !owners.is_empty() {
                self.findings.push(Finding::key_came_along(Kind::Pgp, owners));
            }
            return None;
        }
        if !openpgp::is_message(&content) {
            return None;
        }
        let plain = self.plain(&content)?;
        if looks_like_a_part(&plain.bytes) {
            return Some(self.within(plain.bytes, depth, plain.is_secret));
        }
        let name = part.file_name();
        let name = ending.map_or("", |ending| &name[..name.len() - ending.len()]);
        // A file, and not the text of the mail: it may stand beside anything.
        Some(Bare { bytes: build::file(name, to_base64(&plain.bytes).as_bytes()), is_secret: false })
    }
}

/// Begins with headers of a part.
fn looks_like_a_part(bytes: &[u8]) -> bool {
    let part = Entity::of(bytes);
    !is_blank(part.head) && part.fields().any(|(name, _)| name == "content-type")
}

//! Text with armour in it: signed text, locked text, keys, among other text.
//!
//! Only a line that begins with the armour's first line counts, so a quoted `> -----BEGIN PGP` seals nothing.

use super::{Bare, Walk, build};
use crate::mime::{Entity, Kind as Type, is_blank, lines, to_base64, trimmed};
use crate::openpgp;
use crate::seal::{Finding, Kind};

/// Most pieces of one text that are looked at.
const MOST_PIECES: usize = 100;

/// One stretch of a text.
#[derive(Debug, PartialEq, Eq)]
enum Piece<'a> {
    Text(&'a [u8]),
    /// What is signed, still escaped, and the signature in its armour.
    Signed(&'a [u8], &'a [u8]),
    Message(&'a [u8]),
    Key(&'a [u8]),
}

fn pieces(text: &[u8]) -> Vec<Piece<'_>> {
    let mut found = Vec::new();
    let (mut plain_from, mut at) = (0, 0);
    while at < text.len() && found.len() < MOST_PIECES {
        let line = lines(&text[at..]).next().unwrap_or_default();
        let piece = match trimmed(line) {
            b"-----BEGIN PGP SIGNED MESSAGE-----" => signed(&text[at..]),
            b"-----BEGIN PGP MESSAGE-----" => {
                armour(&text[at..], b"-----END PGP MESSAGE-----").map(|armour| (Piece::Message(armour), armour.len()))
            }
            b"-----BEGIN PGP PUBLIC KEY BLOCK-----" => armour(&text[at..], b"-----END PGP PUBLIC KEY BLOCK-----")
                .map(|armour| (Piece::Key(armour), armour.len())),
            _ => None,
        };
        if let Some((piece, length)) = piece {
            found.push(Piece::Text(&text[plain_from..at]));
            found.push(piece);
            at += length;
            plain_from = at;
        } else {
            at += line.len();
        }
    }
    found.push(Piece::Text(&text[plain_from..]));
    found
}

/// From here to the end of the line that ends the armour. `None` when it does not end before the next one begins, so
/// that each line is looked at only a few times whatever stands in it.
fn armour<'a>(text: &'a [u8], end: &[u8]) -> Option<&'a [u8]> {
    let mut at = 0;
    for (number, line) in lines(text).enumerate() {
        if number > 0 && line.starts_with(b"-----BEGIN PGP") {
            return None;
        }
        at += line.len();
        if trimmed(line) == end {
            return Some(&text[..at]);
        }
    }
    None
}

fn signed(text: &[u8]) -> Option<(Piece<'_>, usize)> {
    let mut at = 0;
    for (number, line) in lines(text).enumerate() {
        if trimmed(line) == b"-----BEGIN PGP SIGNATURE-----" {
            let signature = armour(&text[at..], b"-----END PGP SIGNATURE-----")?;
            // Below the armour's own headers.
            let mut from = 0;
            for line in lines(&text[..at]) {
                from += line.len();
                if trimmed(line).is_empty() {
                    break;
                }
            }
            return Some((Piece::Signed(&text[from..at], signature), at + signature.len()));
        }
        if number > 0 && line.starts_with(b"-----BEGIN PGP") {
            return None;
        }
        at += line.len();
    }
    None
}

/// The text as it was signed: dashes not escaped, no blanks at the ends of lines, CR LF between them.
fn as_signed(escaped: &[u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(escaped.len());
    for (number, line) in lines(escaped).enumerate() {
        if number > 0 {
            out.extend_from_slice(b"\r\n");
        }
        out.extend_from_slice(trimmed(line.strip_prefix(b"- ").unwrap_or(line)));
    }
    out
}

/// The text as it is to be read.
fn as_written(escaped: &[u8]) -> Vec<u8> {
    lines(escaped).flat_map(|line| line.strip_prefix(b"- ").unwrap_or(line)).copied().collect()
}

impl Walk<'_> {
    /// A text without the seals of its pieces.
    pub(super) fn text(&mut self, part: &Entity<'_>, kind: &Type, covered: bool) -> Option<Bare> {
        let text = part.decoded();
        if kind.name == "text/html" {
            return self.html(&text, covered);
        }
        let pieces = pieces(&text);
        let is_sealed = |piece: &Piece<'_>| matches!(piece, Piece::Signed(..) | Piece::Message(_));
        let has_seal = pieces.iter().any(is_sealed);
        let (mut out, mut files) = (Vec::new(), Vec::new());
        let mut is_secret = false;
        for piece in pieces {
            match piece {
                Piece::Text(text) => {
                    self.is_beside |= !covered && !is_blank(text);
                    out.extend_from_slice(text);
                }
                Piece::Signed(text, _) if self.is_full() => {
                    self.is_beside = true;
                    out.extend(as_written(text));
                }
                Piece::Signed(text, signature) => {
                    let signed = as_signed(text);
                    let finding = openpgp::verify_detached(self.ring, signature, &signed, &self.from, self.now);
                    self.findings.push(finding);
                    out.extend(as_written(text));
                }
                Piece::Message(armour) => match self.plain(armour) {
                    Some(plain) => {
                        is_secret |= plain.is_secret;
                        out.extend(plain.bytes);
                    }
                    None => files.push(build::file("locked.asc", to_base64(armour).as_bytes())),
                },
                Piece::Key(armour) => {
                    let owners = openpgp::owners(armour);
                    if !owners.is_empty() {
                        self.findings.push(Finding::key_came_along(Kind::Pgp, owners));
                    }
                    out.extend_from_slice(armour);
                }
            }
        }
        if !has_seal {
            return None;
        }
        let bytes = shown(&out, kind, files);
        Some(Bare { bytes, is_secret })
    }

    /// Armour in HTML: what is locked is opened as plain text, and nothing of the HTML around it is kept with it.
    fn html(&mut self, html: &[u8], covered: bool) -> Option<Bare> {
        if memchr::memmem::find(html, b"-----BEGIN PGP MESSAGE-----").is_none() {
            self.is_beside |= !covered && !is_blank(html);
            return None;
        }
        let text = without_tags(html);
        let message = pieces(&text).into_iter().find_map(|piece| match piece {
            Piece::Message(armour) => Some(armour.to_vec()),
            _ => None,
        });
        self.is_beside |= !covered;
        let plain = self.plain(&message?)?;
        let kind = Type::parse("text/plain; charset=utf-8");
        Some(Bare { bytes: shown(&plain.bytes, &kind, Vec::new()), is_secret: plain.is_secret })
    }
}

/// A text, with what could not be opened as files beside it.
fn shown(text: &[u8], kind: &Type, files: Vec<Vec<u8>>) -> Vec<u8> {
    let charset =
        if std::str::from_utf8(text).is_ok() { "utf-8" } else { kind.parameter("charset").unwrap_or("utf-8") };
    let text = build::text(text, charset);
    if files.is_empty() {
        return text;
    }
    build::multipart(std::iter::once(text).chain(files).collect())
}

/// The text of HTML, each tag a line end, enough to find armour in it.
fn without_tags(html: &[u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(html.len());
    let mut in_tag = false;
    for &byte in html {
        match byte {
            b'<' => {
                in_tag = true;
                out.push(b'\n');
            }
            b'>' if in_tag => in_tag = false,
            _ if in_tag => {}
            _ => out.push(byte),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quoted_armour_is_text() {
        let text = b"> -----BEGIN PGP SIGNED MESSAGE-----\n> x\n> -----BEGIN PGP SIGNATURE-----\n> =\n> -----END PGP SIGNATURE-----\n";
        assert_eq!(pieces(text), [Piece::Text(text)]);
    }

    #[test]
    fn a_signed_text_stands_among_others() {
        let text = b"before\n-----BEGIN PGP SIGNED MESSAGE-----\nHash: SHA512\n\n- -- \nx \n-----BEGIN PGP SIGNATURE-----\n\nAA==\n-----END PGP SIGNATURE-----\nafter";
        let pieces = pieces(text);
        let [Piece::Text(b"before\n"), Piece::Signed(signed, _), Piece::Text(b"after")] = pieces.as_slice() else {
            panic!("{pieces:?}")
        };
        assert_eq!(as_signed(signed), b"--\r\nx");
        assert_eq!(as_written(signed), b"-- \nx \n");
    }
}

//! Signing letters for their domain (DKIM, RFC 6376 and 8463): relaxed, over what a reader sees and what programs act on.

use base::clock::Moment;
use base::config::Dkim;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use ring::rand::SystemRandom;
use ring::signature::{Ed25519KeyPair, RSA_PKCS1_SHA256, RsaKeyPair};
use sha2::{Digest, Sha256};
use tokio_rustls::rustls::pki_types::PrivateKeyDer;
use tokio_rustls::rustls::pki_types::pem::PemObject;

/// What is signed of the headers that a letter has. From twice: so nobody can add a second one.
const SIGNED: [&str; 17] = [
    "from",
    "from",
    "reply-to",
    "to",
    "cc",
    "subject",
    "date",
    "message-id",
    "in-reply-to",
    "references",
    "mime-version",
    "content-type",
    "content-transfer-encoding",
    "auto-submitted",
    "list-unsubscribe",
    "list-unsubscribe-post",
    "x-thedesk-loop",
];

/// A domain's key.
pub(in crate::mail) struct Signer {
    of: Dkim,
    key: Key,
}

enum Key {
    Rsa(Box<RsaKeyPair>),
    Ed25519(Box<Ed25519KeyPair>),
}

impl Signer {
    /// Reads the key. The error says what is wrong with it, and nothing of what stands in it.
    pub(in crate::mail) fn of(dkim: &Dkim) -> Result<Self, String> {
        let wrong = |why: &str| format!("mail.dkim {}: {} {why}", dkim.domain, dkim.key_file.display());
        let pem = PrivateKeyDer::from_pem_slice(dkim.key.expose().as_bytes())
            .map_err(|_| wrong("holds no private key as PEM"))?;
        let rsa = match &pem {
            PrivateKeyDer::Pkcs8(der) => {
                if let Ok(key) = Ed25519KeyPair::from_pkcs8_maybe_unchecked(der.secret_pkcs8_der()) {
                    return Ok(Self { of: dkim.clone(), key: Key::Ed25519(Box::new(key)) });
                }
                RsaKeyPair::from_pkcs8(der.secret_pkcs8_der())
            }
            PrivateKeyDer::Pkcs1(der) => RsaKeyPair::from_der(der.secret_pkcs1_der()),
            _ => return Err(wrong("holds a key that is neither RSA nor Ed25519")),
        };
        // Keys of less than 2048 bits are refused here.
        let key = rsa.map_err(|_| wrong("holds a key that is neither Ed25519 nor RSA of at least 2048 bits"))?;
        Ok(Self { of: dkim.clone(), key: Key::Rsa(Box::new(key)) })
    }

    /// Whether its signature counts for mail from this address.
    pub(in crate::mail) fn covers(&self, address: &str) -> bool {
        self.of.covers(address)
    }

    /// The mail with its signature before it.
    pub(in crate::mail) fn sign(&self, mail: &[u8], now: Moment) -> Result<Vec<u8>, String> {
        let (headers, body) = split(mail);
        let present: Vec<&str> = SIGNED
            .into_iter()
            .filter(|name| headers.iter().any(|(known, _)| known.eq_ignore_ascii_case(name.as_bytes())))
            .collect();
        let algorithm = match self.key {
            Key::Rsa(_) => "rsa-sha256",
            Key::Ed25519(_) => "ed25519-sha256",
        };
        let value = format!(
            " v=1; a={algorithm}; c=relaxed/relaxed; d={};\r\n\ts={}; t={};\r\n\th={};\r\n\tbh={};\r\n\tb=",
            self.of.domain,
            self.of.selector,
            now.0 / 1000,
            present.join(":\r\n\t "),
            STANDARD.encode(Sha256::digest(relaxed_body(body)))
        );
        let signed = to_be_signed(&headers, &present, value.as_bytes());
        let signature = match &self.key {
            Key::Rsa(key) => {
                let mut signature = vec![0; key.public().modulus_len()];
                key.sign(&RSA_PKCS1_SHA256, &SystemRandom::new(), &signed, &mut signature)
                    .map_err(|_| "signing it failed".to_owned())?;
                signature
            }
            // RFC 8463, 3: the hash of it is what is signed.
            Key::Ed25519(key) => key.sign(&Sha256::digest(&signed)).as_ref().to_vec(),
        };
        let mut whole = b"DKIM-Signature:".to_vec();
        whole.extend_from_slice(value.as_bytes());
        for (at, piece) in STANDARD.encode(signature).as_bytes().chunks(70).enumerate() {
            whole.extend_from_slice(if at == 0 { b"" } else { b"\r\n\t " });
            whole.extend_from_slice(piece);
        }
        whole.extend_from_slice(b"\r\n");
        whole.extend_from_slice(mail);
        Ok(whole)
    }
}

/// A header: its name, and its value with its folds.
type Header<'m> = (&'m [u8], &'m [u8]);

/// The headers and the body.
fn split(mail: &[u8]) -> (Vec<Header<'_>>, &[u8]) {
    let (mut headers, mut rest) = (Vec::new(), mail);
    while !rest.is_empty() {
        if let Some(body) = rest.strip_prefix(b"\r\n") {
            return (headers, body);
        }
        let mut end = line_end(rest);
        while matches!(rest.get(end), Some(b' ' | b'\t')) {
            end += line_end(&rest[end..]);
        }
        let (header, others) = rest.split_at(end);
        if let Some(colon) = header.iter().position(|byte| *byte == b':') {
            headers.push((&header[..colon], &header[colon + 1..]));
        }
        rest = others;
    }
    (headers, rest)
}

/// Where the first line ends, with its line break.
fn line_end(text: &[u8]) -> usize {
    text.windows(2).position(|two| two == b"\r\n").map_or(text.len(), |at| at + 2)
}

/// What is signed: each named header, the last of its name first, and the signature's own without the signature.
fn to_be_signed(headers: &[Header], names: &[&str], own: &[u8]) -> Vec<u8> {
    let mut used = vec![false; headers.len()];
    let mut signed = Vec::with_capacity(2_000);
    for name in names {
        let fits = |at: &usize| !used[*at] && headers[*at].0.trim_ascii().eq_ignore_ascii_case(name.as_bytes());
        let Some(at) = (0..headers.len()).rev().find(fits) else { continue };
        used[at] = true;
        push_relaxed(&mut signed, headers[at].0, headers[at].1);
        signed.extend_from_slice(b"\r\n");
    }
    push_relaxed(&mut signed, b"dkim-signature", own);
    signed
}

/// A header as RFC 6376, 3.4.2, has it.
fn push_relaxed(to: &mut Vec<u8>, name: &[u8], value: &[u8]) {
    to.extend(name.trim_ascii().to_ascii_lowercase());
    to.push(b':');
    let words = value.split(|byte| matches!(byte, b' ' | b'\t' | b'\r' | b'\n')).filter(|word| !word.is_empty());
    for (at, word) in words.enumerate() {
        if at > 0 {
            to.push(b' ');
        }
        to.extend_from_slice(word);
    }
}

/// The body as RFC 6376, 3.4.4, has it.
fn relaxed_body(body: &[u8]) -> Vec<u8> {
    let (mut relaxed, mut rest, mut empty) = (Vec::with_capacity(body.len()), body, 0);
    while !rest.is_empty() {
        let (line, others) = rest.split_at(line_end(rest));
        rest = others;
        let line = line.strip_suffix(b"\r\n").unwrap_or(line);
        let end = line.iter().rposition(|byte| !matches!(byte, b' ' | b'\t')).map_or(0, |at| at + 1);
        if end == 0 {
            empty += 1;
            continue;
        }
        for _ in 0..std::mem::take(&mut empty) {
            relaxed.extend_from_slice(b"\r\n");
        }
        let mut before = 0;
        for byte in &line[..end] {
            let blank = matches!(byte, b' ' | b'\t');
            if !blank {
                relaxed.push(*byte);
            } else if before == 0 {
                relaxed.push(b' ');
            }
            before = if blank { before + 1 } else { 0 };
        }
        relaxed.extend_from_slice(b"\r\n");
    }
    relaxed
}

#[cfg(test)]
pub(in crate::mail) use tests::signature_holds;

#[cfg(test)]
#[path = "dkim_tests.rs"]
mod tests;

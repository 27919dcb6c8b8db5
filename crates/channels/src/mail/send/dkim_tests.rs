//! Signatures, checked by a verifier of their own and by the example that RFC 8463 gives.

use base::clock::Moment;
use base::config::{Dkim, Secret};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use ring::signature::{ED25519, RSA_PKCS1_2048_8192_SHA256, UnparsedPublicKey};
use sha2::{Digest, Sha256};

use super::{Signer, relaxed_body, split, to_be_signed};

fn dkim(key: &str) -> Dkim {
    Dkim {
        domain: "desk.example".to_owned(),
        selector: "desk".to_owned(),
        key_file: "dkim.pem".into(),
        key: Secret::new(key),
    }
}

/// A tag of a signature, without the blanks that fold it.
fn tag<'v>(value: &'v str, name: &str) -> &'v str {
    let tags = value.split(';').filter_map(|tag| tag.split_once('='));
    tags.into_iter().find(|(known, _)| known.trim() == name).map_or("", |(_, value)| value)
}

fn solid(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace()).collect()
}

/// Whether the first signature of a mail holds, as RFC 6376, 6.1.3, says to check it.
fn holds(mail: &str, public: &[u8]) -> bool {
    let (headers, body) = split(mail.as_bytes());
    let (_, value) = headers.iter().find(|(name, _)| name.eq_ignore_ascii_case(b"dkim-signature")).unwrap();
    let value = std::str::from_utf8(value).unwrap();
    if solid(tag(value, "bh")) != STANDARD.encode(Sha256::digest(relaxed_body(body))) {
        return false;
    }
    let names = solid(tag(value, "h")).replace(':', " ");
    let names: Vec<&str> = names.split_whitespace().collect();
    let b = tag(value, "b");
    let own = value.replacen(b, "", 1);
    let others: Vec<_> =
        headers.iter().filter(|(name, _)| !name.eq_ignore_ascii_case(b"dkim-signature")).copied().collect();
    let signed = to_be_signed(&others, &names, own.as_bytes());
    let signature = STANDARD.decode(solid(b)).unwrap();
    if tag(value, "a").starts_with("ed25519") {
        UnparsedPublicKey::new(&ED25519, public).verify(&Sha256::digest(signed), &signature).is_ok()
    } else {
        UnparsedPublicKey::new(&RSA_PKCS1_2048_8192_SHA256, public).verify(&signed, &signature).is_ok()
    }
}

/// Whether the first signature of a mail holds, by this public key as it stands in the DNS.
pub(in crate::mail) fn signature_holds(mail: &str, public: &str) -> bool {
    holds(mail, &STANDARD.decode(public).unwrap())
}

#[test]
fn line_78_the_example_of_the_standard_holds() {
    // RFC 8463, appendix A.
    let mail = "DKIM-Signature: v=1; a=ed25519-sha256; c=relaxed/relaxed;\n d=football.example.com; \
                i=@football.example.com;\n q=dns/txt; s=brisbane; t=1528637909; h=from : to :\n subject : date : \
                message-id : from : subject : date;\n bh=2jUSOH9NhtVGCQWNr9BrIAPreKQjO6Sn7XIkfJVOzv8=;\n \
                b=/gCrinpcQOoIfuHNQIbq4pgh9kyIK3AQUdt9OdqQehSwhEIug4D11Bus\n \
                Fa3bT3FY5OsU7ZbnKELq+eXdp1Q1Dw==\nFrom: Joe SixPack <joe@football.example.com>\nTo: Suzie Q \
                <suzie@shopping.example.net>\nSubject: Is dinner ready?\nDate: Fri, 11 Jul 2003 21:00:37 -0700 \
                (PDT)\nMessage-ID: <20030712040037.46341.5F8J@football.example.com>\n\nHi.\n\nWe lost the game.  Are \
                you hungry yet?\n\nJoe.\n"
        .replace('\n', "\r\n");
    let public = STANDARD.decode("11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo=").unwrap();
    assert!(holds(&mail, &public));
    assert!(!holds(&mail.replace("dinner", "supper"), &public), "a header that was changed");
    assert!(!holds(&mail.replace("game", "gamble"), &public), "a body that was changed");
}

#[test]
fn line_78_what_we_sign_holds_and_nothing_can_be_changed_or_added() {
    use ring::signature::KeyPair;
    let key = ring::signature::Ed25519KeyPair::from_seed_unchecked(&[7; 32]).unwrap();
    // The seed in the frame that RFC 8410 puts around it.
    let mut der = vec![0x30, 0x2e, 2, 1, 0, 0x30, 5, 6, 3, 0x2b, 0x65, 0x70, 4, 0x22, 4, 0x20];
    der.extend([7; 32]);
    let pem = format!("-----BEGIN PRIVATE KEY-----\n{}\n-----END PRIVATE KEY-----\n", STANDARD.encode(der));
    let signer = Signer::of(&dkim(&pem)).unwrap_or_else(|why| panic!("{why}"));
    assert!(signer.covers("it@desk.example") && signer.covers("it@mail.desk.example"));
    assert!(!signer.covers("it@other-desk.example"));
    let mail = "From: IT <it@desk.example>\r\nTo: Ana <ana@x.example>\r\nSubject: A  long\r\n subject\r\nCc: b@x.example\r\n\
                \r\nOne  two \r\n\r\n\tthree\r\n\r\n\r\n";
    let signed = String::from_utf8(signer.sign(mail.as_bytes(), Moment(1_700_000_000_000)).unwrap()).unwrap();
    let public = key.public_key().as_ref();
    assert!(holds(&signed, public), "{signed}");
    assert!(signed.ends_with(mail) && signed.lines().all(|line| line.len() < 79), "{signed}");
    assert!(holds(&signed.replace("Subject: A  long\r\n subject", "subject:A long subject  "), public), "folded anew");
    for (from, to) in [("Ana", "Bea"), ("b@x", "c@x"), ("One", "Two"), ("IT <it@", "IT <him@")] {
        assert!(!holds(&signed.replacen(from, to, 1), public), "{from}");
    }
    let second = signed.replace("From: IT", "From: Boss <boss@desk.example>\r\nFrom: IT");
    assert!(!holds(&second, public), "a second From");
}

#[test]
fn line_78_a_file_without_a_key_says_so_and_shows_nothing_of_it() {
    for wrong in ["", "hunter2", "-----BEGIN PRIVATE KEY-----\naHVudGVyMg==\n-----END PRIVATE KEY-----\n"] {
        let why = Signer::of(&dkim(wrong)).err().unwrap();
        assert!(why.contains("dkim.pem") && why.contains("desk.example"), "{why}");
        assert!(!why.contains("hunter2") && !why.contains("aHVu"), "{why}");
    }
}

#[test]
fn line_78_a_body_of_nothing_and_of_empty_lines_is_the_same() {
    for body in ["", "\r\n", "\r\n\r\n", " \t\r\n"] {
        assert_eq!(relaxed_body(body.as_bytes()), b"", "{body:?}");
    }
    assert_eq!(relaxed_body(b"no end"), b"no end\r\n");
}

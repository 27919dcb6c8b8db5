//! Whatever comes, something is said of it: no panic, no wait, and never that changed words are as they were signed.
#![allow(clippy::unwrap_used, reason = "a test ends where something is missing")]

mod common;

use std::sync::LazyLock;
use std::time::{Duration, Instant};

use common::{NOW, folder, keyring, mails};
use mail_seal::{Keyring, Signature, open};
use proptest::prelude::*;

static RING: LazyLock<Keyring> = LazyLock::new(keyring);

fn mail(name: &str) -> Vec<u8> {
    std::fs::read(folder("conformance").join(format!("{name}.eml"))).unwrap()
}

/// The words of a mail: what a change of them would be noticed by.
fn body(mail: &[u8]) -> Vec<u8> {
    let at = memchr::memmem::find(mail, b"\r\n\r\n").map_or(mail.len(), |at| at + 4);
    // Blanks at the ends of lines are not signed in clear text; how parts are put together is ours.
    let lines = mail[at..].split(|byte| *byte == b'\n').map(<[u8]>::trim_ascii_end);
    let is_header = |line: &[u8]| {
        let name = line.split(|byte| *byte == b':').next().unwrap_or_default();
        line.contains(&b':') && name.iter().all(|byte| byte.is_ascii_alphanumeric() || *byte == b'-')
    };
    let words = lines.filter(|line| !(is_header(line) || line.starts_with(b"--") && line.len() > 2));
    words.flat_map(<[u8]>::to_vec).collect()
}

#[test]
fn line_71_no_damage_of_one_byte_makes_other_words_valid() {
    let (mut looked_at, mut said) = (0, 0);
    for path in mails() {
        let name = path.file_stem().unwrap().to_string_lossy().into_owned();
        let whole = std::fs::read(&path).unwrap();
        let original = open(&whole, &RING, NOW);
        let Some(seal) = &original.seal else { continue };
        // Text that nobody signed stands beside these, and it may say anything.
        if seal.signature != Some(Signature::Valid) || !seal.notes.is_empty() {
            continue;
        }
        let words = body(original.bytes.as_ref().unwrap());
        let head = memchr::memmem::find(&whole, b"\r\n\r\n").unwrap_or(400);
        for at in (head..whole.len()).step_by(23) {
            let mut damaged = whole.clone();
            damaged[at] ^= 1 << (at % 8);
            let opened = open(&damaged, &RING, NOW);
            looked_at += 1;
            match opened.seal {
                Some(seal) if seal.signature == Some(Signature::Valid) && seal.notes.is_empty() => {
                    let found = body(opened.bytes.as_ref().unwrap());
                    assert_eq!(String::from_utf8_lossy(&found), String::from_utf8_lossy(&words), "{name}, byte {at}");
                }
                _ => said += 1,
            }
        }
    }
    assert!(looked_at > 1_500 && said > looked_at / 3, "{said} of {looked_at}");
}

#[test]
fn line_69_a_locked_mail_that_was_damaged_gives_nothing_out() {
    let whole = mail("069-mime-encrypted");
    let opened = open(&whole, &RING, NOW).bytes.unwrap();
    let armour = memchr::memmem::find(&whole, b"BEGIN PGP MESSAGE").unwrap();
    for at in (armour..whole.len()).step_by(3) {
        let mut damaged = whole.clone();
        damaged[at] ^= 4;
        if let Some(bytes) = open(&damaged, &RING, NOW).bytes {
            assert_eq!(bytes, opened, "byte {at}: something else came out");
        }
    }
}

#[test]
fn mails_that_only_want_to_cost_time_are_done_soon() {
    let nested = |count: usize| {
        (0..count).fold(String::new(), |mail, at| {
            mail + &format!("Content-Type: multipart/mixed; boundary=b{at}\r\n\r\n--b{at}\r\n")
        })
    };
    let hostile = [
        "-----BEGIN PGP MESSAGE-----\n".repeat(200_000),
        "-----BEGIN PGP SIGNED MESSAGE-----\n\n".repeat(100_000),
        "-----BEGIN PGP SIGNED MESSAGE-----\n-----BEGIN PGP SIGNATURE-----\n".repeat(100_000),
        "-----BEGIN PGP MESSAGE-----\n\nhQEM\n-----END PGP MESSAGE-----\n".repeat(50_000),
        nested(20_000),
        format!("Content-Type: multipart/mixed; boundary=b\r\n\r\n{}", "--b\r\n\r\n".repeat(500_000)),
        format!("Content-Type: multipart/mixed; boundary={}\r\n\r\n{}", "-".repeat(50), "-".repeat(4_000_000)),
        format!("Content-Type: application/pkcs7-mime{}\r\n\r\n", ";a=\"(".repeat(500_000)),
        format!("From: {}\r\nContent-Type: text/plain\r\n\r\n", "\"(<a@b>,".repeat(500_000)),
    ];
    for mail in hostile {
        let start = Instant::now();
        open(mail.as_bytes(), &RING, NOW);
        assert!(start.elapsed() < Duration::from_secs(20), "{mail:.80}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn any_bytes(bytes in proptest::collection::vec(any::<u8>(), 0..2000)) {
        open(&bytes, &RING, NOW);
    }

    #[test]
    fn any_structure_in_a_part(bytes in proptest::collection::vec(any::<u8>(), 0..400), is_smime in any::<bool>()) {
        let (kind, head) = if is_smime {
            ("application/pkcs7-mime", vec![0x30, 0x80, 6, 9, 0x2A, 0x86, 0x48, 0x86, 0xF7, 0x0D, 1, 7, 2, 0xA0, 0x80])
        } else {
            ("application/octet-stream; name=a.pgp", vec![0xC1])
        };
        let head = [format!("Content-Type: {kind}\r\n\r\n").into_bytes(), head].concat();
        open(&[head, bytes].concat(), &RING, NOW);
    }

    #[test]
    fn pieces_of_sealed_mails_in_any_order(
        cuts in proptest::collection::vec((0_usize..200, 0_usize..8000, 0_usize..8000), 1..4),
        flips in proptest::collection::vec((0_usize..8000, any::<u8>()), 0..4),
    ) {
        let all = mails();
        let mut made = Vec::new();
        for (which, from, to) in cuts {
            let whole = std::fs::read(&all[which % all.len()]).unwrap();
            let (from, to) = (from.min(whole.len()), to.min(whole.len()));
            made.extend_from_slice(&whole[from.min(to)..from.max(to)]);
        }
        for (at, byte) in flips {
            if let Some(place) = made.get_mut(at) {
                *place = byte;
            }
        }
        open(&made, &RING, NOW);
        open(&[&mail("069-mime-encrypted")[..200], &made].concat(), &RING, NOW);
    }
}

/// What the mail must not do: give somebody else's words out under a name that did not write them.
#[test]
fn a_wrapped_signature_covers_only_what_it_signs() {
    let signed = mail("069-mime-signed");
    let at = memchr::memmem::find(&signed, b"Content-Type").unwrap();
    let forged = [
        &b"From: ada@example.org\r\nContent-Type: multipart/mixed; boundary=x\r\n\r\n--x\r\n\r\nPay Eve.\r\n--x\r\n"[..],
        &signed[at..],
        b"\r\n--x--\r\n",
    ];
    let opened = open(&forged.concat(), &RING, NOW);
    let seal = opened.seal.unwrap();
    assert_eq!(seal.signature, Some(Signature::Valid));
    assert_eq!(seal.notes, [mail_seal::Note::Beside], "it is said that somebody else's words stand beside it");
}

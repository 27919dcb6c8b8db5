//! What must hold for any sealed mail.

use std::sync::LazyLock;

use mail_seal::{Keyring, Signature, open};

/// The 15th of March 2024: some weeks after the mails of the list were signed.
const NOW: i64 = 1_710_500_000;
/// No more than this comes out of one mail.
const MOST: usize = 1 << 18;

/// The keys of the tests: of people who never were.
static RING: LazyLock<Keyring> = LazyLock::new(|| {
    let mut ring = Keyring::new();
    ring.set_most(MOST);
    ring.add_passphrase("first word");
    ring.add_passphrase("second word");
    let keys: [&[u8]; 3] = [
        include_bytes!("../../crates/mail-seal/tests/keys/desk.asc"),
        include_bytes!("../../crates/mail-seal/tests/keys/ada.asc"),
        include_bytes!("../../crates/mail-seal/tests/keys/bob.asc"),
    ];
    for key in keys {
        ring.add_pgp(key).expect("these keys are whole");
    }
    ring.add_smime(include_bytes!("../../crates/mail-seal/tests/keys/desk.pem")).expect("this key is whole");
    ring.add_authorities(include_bytes!("../../crates/mail-seal/tests/keys/ca/root.pem")).expect("this is whole");
    ring
});

/// A sealed mail: what comes out of it is bounded, and what is said of it agrees with itself.
pub fn seal(data: &[u8]) {
    let opened = open(data, &RING, NOW);
    if let Some(bytes) = &opened.bytes {
        assert!(bytes.len() <= 2 * (MOST + data.len()), "{} bytes gave {}", data.len(), bytes.len());
    }
    let Some(seal) = opened.seal else {
        assert!(opened.bytes.is_none(), "opened, but without a seal");
        return;
    };
    assert!(!seal.opened || seal.encrypted, "opened what was not locked");
    assert!(seal.signature != Some(Signature::Valid) || seal.signer.is_some(), "valid, but of nobody");
}

/// Keys and certificates that somebody gives us.
pub fn keys(data: &[u8]) {
    let mut ring = Keyring::new();
    let _ = ring.add_pgp(data);
    let _ = ring.add_smime(data);
    let _ = ring.add_authorities(data);
    let _ = ring.add_revocations(data);
}

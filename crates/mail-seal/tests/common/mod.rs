//! The keyring of the tests: a desk with several keys, some people whom it knows, one authority that it trusts.
#![allow(clippy::unwrap_used, reason = "a test ends where something is missing")]

use std::path::{Path, PathBuf};

use mail_seal::{KeyError, Keyring};

/// The 15th of March 2024: some weeks after the mails were signed, and after some keys went out of date.
pub(crate) const NOW: i64 = 1_710_500_000;

/// No more than this comes out of one mail.
pub(crate) const MOST: usize = 1 << 20;

pub(crate) fn folder(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests").join(name)
}

pub(crate) fn keyring() -> Keyring {
    let key = |name: &str| std::fs::read(folder("keys").join(name)).unwrap();
    let mut ring = Keyring::new();
    ring.set_most(MOST);
    ring.add_passphrase("first word");
    ring.add_passphrase("second word");
    for name in ["desk", "archive", "office", "ada", "dora", "rosa", "bob", "carol"] {
        assert_eq!(ring.add_pgp(&key(&format!("{name}.asc"))).map(|owners| owners.len()), Ok(1), "{name}");
    }
    assert!(matches!(ring.add_pgp(&key("vault.asc")), Err(KeyError::NoPassphrase(_))));
    for name in ["desk", "sales", "board"] {
        assert_eq!(ring.add_smime(&key(&format!("{name}.pem"))), Ok(vec![format!("{name}@help.example")]));
    }
    ring.add_authorities(&key("ca/root.pem")).unwrap();
    ring.add_revocations(&key("crl/between.pem")).unwrap();
    ring
}

/// Every mail of the conformance list.
pub(crate) fn mails() -> Vec<PathBuf> {
    let mut mails: Vec<PathBuf> = std::fs::read_dir(folder("conformance"))
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|ending| ending == "eml"))
        .collect();
    mails.sort();
    mails
}

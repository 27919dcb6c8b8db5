//! The keys in the data folder: the desk's own, those of people it knows, and authorities that it trusts.
//!
//! They are read once, at the start, and a file that cannot be used stops the start: a key that is silently missing
//! would only be noticed by the mails that stay locked.

use std::ffi::OsStr;
use std::path::{Path, PathBuf};

use base::config::Config;
use mail_seal::{KeyError, Keyring};

/// A key file that cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum KeysError {
    /// It cannot be read.
    #[error("cannot read {file} ({why}), which is in the folder of keys (mail.keys)")]
    Unreadable {
        /// The file or folder.
        file: String,
        /// The system's word.
        why: String,
    },
    /// It is read, and no use.
    #[error("{file} is in the folder of keys (mail.keys), but {why}: mend it or take it out of the folder")]
    Useless {
        /// The file.
        file: String,
        /// Why.
        why: KeyError,
    },
}

/// Reads every key file that the configuration's folder has.
pub(super) fn read(config: &Config) -> Result<Keyring, KeysError> {
    let mut ring = Keyring::new();
    ring.set_most(usize::try_from(config.limits.mail_bytes).unwrap_or(usize::MAX));
    for passphrase in &config.mail.passphrases {
        ring.add_passphrase(passphrase.expose());
    }
    let folder = config.data.join(&config.mail.keys);
    each(&folder, "asc", |bytes| ring.add_pgp(bytes).map(drop))?;
    each(&folder, "pem", |bytes| ring.add_smime(bytes).map(drop))?;
    each(&folder.join("ca"), "pem", |bytes| ring.add_authorities(bytes))?;
    each(&folder.join("crl"), "pem", |bytes| ring.add_revocations(bytes))?;
    Ok(ring)
}

/// Hands over each file with this ending, in the order of their names; none when there is no such folder.
fn each(folder: &Path, ending: &str, mut add: impl FnMut(&[u8]) -> Result<(), KeyError>) -> Result<(), KeysError> {
    let unreadable = |file: &Path, error: std::io::Error| KeysError::Unreadable {
        file: file.display().to_string(),
        why: error.to_string(),
    };
    let entries = match std::fs::read_dir(folder) {
        Ok(entries) => entries,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(()),
        Err(error) => return Err(unreadable(folder, error)),
    };
    let mut files: Vec<PathBuf> = Vec::new();
    for entry in entries {
        let path = entry.map_err(|error| unreadable(folder, error))?.path();
        if path.extension() == Some(OsStr::new(ending)) && path.is_file() {
            files.push(path);
        }
    }
    files.sort();
    for file in files {
        let bytes = std::fs::read(&file).map_err(|error| unreadable(&file, error))?;
        add(&bytes).map_err(|why| KeysError::Useless { file: file.display().to_string(), why })?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use base::config::Overrides;

    use super::*;

    fn config(folder: &Path, passphrases: &str) -> Config {
        std::fs::write(folder.join("words"), passphrases).unwrap();
        let toml = "[mail]\npassphrases_file = \"words\"\n";
        Config::read(toml, folder, std::iter::empty(), &Overrides::default()).unwrap()
    }

    fn keys(folder: &Path, names: &[&str]) {
        let from = concat!(env!("CARGO_MANIFEST_DIR"), "/../mail-seal/tests/keys");
        for name in names {
            let to = folder.join("keys").join(name);
            std::fs::create_dir_all(to.parent().unwrap()).unwrap();
            std::fs::copy(Path::new(from).join(name), to).unwrap();
        }
    }

    #[test]
    fn line_70_the_keys_of_several_teams_are_read_from_the_folder() {
        let folder = tempfile::tempdir().unwrap();
        assert!(read(&config(folder.path(), "")).unwrap().is_empty(), "no folder is no keys");
        keys(
            folder.path(),
            &["desk.asc", "archive.asc", "ada.asc", "desk.pem", "sales.pem", "ca/root.pem", "crl/between.pem"],
        );
        assert!(!read(&config(folder.path(), "first word\nsecond word\n")).unwrap().is_empty());
    }

    #[test]
    fn line_69_a_key_that_no_passphrase_opens_is_told_at_the_start() {
        let folder = tempfile::tempdir().unwrap();
        keys(folder.path(), &["archive.asc"]);
        let said = read(&config(folder.path(), "first word\n")).unwrap_err().to_string();
        assert!(said.contains("archive.asc") && said.contains("none of the passphrases opens the key"), "{said}");
        assert!(!said.contains("first word"), "a passphrase is not repeated");
        std::fs::write(folder.path().join("keys/notes.asc"), "not a key").unwrap();
        let said = read(&config(folder.path(), "second word\n")).unwrap_err().to_string();
        assert!(said.contains("notes.asc"), "{said}");
    }
}

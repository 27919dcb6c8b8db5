//! Whose name letters go out under, and how they are signed.

use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use super::part::Mail;
use super::value::{self, Secret};
use super::{ConfigError, FILE};

/// An address of ours that letters come from, besides those of the accounts.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Identity {
    /// The address, in lower case.
    #[serde(deserialize_with = "value::address")]
    pub address: String,
    /// The name beside it; the brand's when empty.
    #[serde(default)]
    pub name: String,
    /// The team that writes under it; none in particular when empty.
    #[serde(default)]
    pub team: String,
    /// What stands beneath an answer, with `{agent}`, `{team}` and `{desk}`; agent and desk when empty.
    #[serde(default)]
    pub signature: String,
    /// The address of the account whose server sends it; see [`Mail::server_of`].
    #[serde(default)]
    pub account: String,
}

/// How much of the conversation stands beneath an answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Quote {
    /// Nothing.
    #[default]
    None,
    /// What was said last.
    Last,
    /// All of it, up to a bound.
    All,
}

/// A key that letters of a domain are signed with (DKIM).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Dkim {
    /// The domain that signs: that of our addresses or one above it.
    #[serde(deserialize_with = "value::domain")]
    pub domain: String,
    /// Under which name its public key stands in the DNS.
    #[serde(deserialize_with = "value::domain")]
    pub selector: String,
    /// The private key, RSA or Ed25519 as PEM, relative to the data folder.
    pub key_file: PathBuf,
    /// What stands in that file.
    #[serde(skip)]
    pub key: Secret,
}

impl Dkim {
    /// Whether a signature of this domain counts for mail from an address: its domain is this one or below it.
    pub fn covers(&self, address: &str) -> bool {
        let domain = address.rsplit('@').next().unwrap_or_default();
        domain == self.domain || domain.strip_suffix(&self.domain).is_some_and(|rest| rest.ends_with('.'))
    }
}

impl Mail {
    /// Every address that letters may come from: identities as they are written, then the accounts that are not named
    /// among them.
    pub fn addresses(&self) -> Vec<&str> {
        let mut all: Vec<&str> = self.identities.iter().map(|identity| identity.address.as_str()).collect();
        for account in &self.accounts {
            if !all.contains(&account.address.as_str()) {
                all.push(&account.address);
            }
        }
        all
    }

    /// The place among the accounts of the one whose server sends letters from an address: the account that its identity
    /// names, else the one of this address, else the first that has a server.
    pub fn server_of(&self, address: &str) -> Option<usize> {
        let identity = self.identities.iter().find(|identity| identity.address == address);
        let named = identity.map_or(address, |own| if own.account.is_empty() { address } else { &own.account });
        let sends = |place: &usize| self.accounts[*place].smtp.is_some();
        let found = self.accounts.iter().position(|account| account.address == named).filter(sends);
        found.or_else(|| (0..self.accounts.len()).find(sends))
    }

    /// Reads the keys, and refuses what cannot work together.
    pub(super) fn read_sending(&mut self, data: &Path) -> Result<(), ConfigError> {
        let wrong = |place: String, what: String| Err(ConfigError::Wrong { place, what });
        for identity in self.identities.iter().filter(|identity| !identity.account.is_empty()) {
            let known = self.accounts.iter().any(|own| own.address == identity.account && own.smtp.is_some());
            if !known {
                let place = format!("{FILE}, mail.identities {}, account", identity.address);
                return wrong(place, format!("found {:?}, expected an account with smtp", identity.account));
            }
        }
        for account in &self.accounts {
            if account.sent_folder.is_some() && account.imap.is_none() {
                let place = format!("{FILE}, mail.accounts {}, sent_folder", account.address);
                return wrong(place, "found a folder, expected an account with imap to keep it in".to_owned());
            }
        }
        for dkim in &mut self.dkim {
            let path = data.join(&dkim.key_file);
            let text = std::fs::read_to_string(&path).map_err(|error| ConfigError::Unreadable {
                file: format!("{} (named by {FILE}, mail.dkim {}, key_file)", path.display(), dkim.domain),
                why: error.to_string(),
            })?;
            dkim.key = Secret::new(text);
        }
        // A signature of another domain than the sender's proves nothing to whoever checks it.
        let uncovered = |address: &&str| !self.dkim.iter().any(|dkim| dkim.covers(address));
        if !self.dkim.is_empty()
            && let Some(address) = self.addresses().into_iter().find(uncovered)
        {
            let what = format!(
                "{address} is not of any domain that is signed: add a mail.dkim whose domain is that of the address or \
                 one above it"
            );
            return wrong(format!("{FILE}, mail.dkim"), what);
        }
        Ok(())
    }
}

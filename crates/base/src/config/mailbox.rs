//! What a mailbox can have besides IMAP and a password: POP3, tokens, what becomes of a mail that was taken in.

use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use super::part::a_minute;
use super::value::{self, Secret, Tls};
use super::{Account, ConfigError, FILE};

/// A mailbox to read by POP3.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Pop3 {
    /// Name or address of the server.
    pub host: String,
    /// As given; see [`Pop3::port`].
    pub port: Option<u16>,
    /// How the connection is encrypted.
    #[serde(default)]
    pub tls: Tls,
    /// Who signs in.
    pub user: String,
    /// With what; read from `password_file` when that is given.
    #[serde(default)]
    pub password: Secret,
    /// A file with the password in its first line, relative to the data folder.
    pub password_file: Option<PathBuf>,
    /// A file with certificates (PEM) of authorities that are trusted besides the public ones, relative to the data
    /// folder.
    pub ca_file: Option<PathBuf>,
    /// How often to look.
    #[serde(default = "a_minute", deserialize_with = "value::seconds")]
    pub poll_seconds: u32,
    /// Delete a mail from the mailbox this many days after it was taken in; without it, never.
    #[serde(default, deserialize_with = "value::days_or_never")]
    pub delete_after_days: Option<u32>,
}

impl Pop3 {
    /// The port: as given, else 995 with TLS from the first byte, 110 without.
    pub fn port(&self) -> u16 {
        self.port.unwrap_or(if self.tls == Tls::Implicit { 995 } else { 110 })
    }
}

/// How the desk signs in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Auth {
    /// With user and password.
    #[default]
    Password,
    /// With a token that the provider gives out for some time.
    Oauth2,
}

/// What becomes of a mail in the mailbox once it is stored.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum After {
    /// It stays, flagged as seen.
    #[default]
    Keep,
    /// It is moved to another folder.
    Move,
    /// It is deleted.
    Delete,
}

/// Where tokens come from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Oauth {
    /// Where a refresh token is exchanged for an access token.
    pub token_url: String,
    /// Where somebody consents, for `thedesk mail authorize`.
    #[serde(default)]
    pub authorize_url: String,
    /// By which the provider knows the desk.
    pub client_id: String,
    /// Goes with it where the provider gives one out.
    #[serde(default)]
    pub client_secret: Secret,
    /// A file with the secret in its first line, relative to the data folder.
    pub client_secret_file: Option<PathBuf>,
    /// The first refresh token; later ones are kept in the database.
    #[serde(default)]
    pub refresh_token: Secret,
    /// A file with it in its first line, relative to the data folder.
    pub refresh_token_file: Option<PathBuf>,
    /// What the token is good for.
    #[serde(default)]
    pub scope: String,
    /// After how many days consent ends at this provider, when it does not say so itself.
    #[serde(default, deserialize_with = "value::days_or_never")]
    pub consent_days: Option<u32>,
    /// A file with certificates (PEM) of authorities that are trusted besides the public ones, relative to the data
    /// folder.
    pub ca_file: Option<PathBuf>,
}

/// Fills in what stands in files, and checks what must go together.
pub(super) fn complete(account: &mut Account, data: &Path) -> Result<(), ConfigError> {
    let whose = format!("{FILE}, mail.accounts {}", account.address);
    if let Some(imap) = &mut account.imap {
        fill(data, &mut imap.password, imap.password_file.as_ref(), &whose, "imap.password")?;
        below(data, &mut imap.ca_file);
        for folder in imap.folders.iter().chain([&imap.folder, &imap.done_folder]) {
            if folder.contains(char::is_control) {
                return wrong(&whose, "imap", "a folder's name has a control character, which no server takes");
            }
        }
        let reads = imap.all_folders().contains(&imap.done_folder.as_str());
        if imap.after == After::Move && (imap.done_folder.is_empty() || reads) {
            let what = "after = \"move\" needs a done_folder, which is none of the folders that are read";
            return wrong(&whose, "imap", what);
        }
    }
    if let Some(pop3) = &mut account.pop3 {
        fill(data, &mut pop3.password, pop3.password_file.as_ref(), &whose, "pop3.password")?;
        below(data, &mut pop3.ca_file);
        if account.imap.is_some() {
            return wrong(&whose, "pop3", "found both imap and pop3, expected one of them");
        }
    }
    if let Some(smtp) = &mut account.smtp {
        fill(data, &mut smtp.password, smtp.password_file.as_ref(), &whose, "smtp.password")?;
        below(data, &mut smtp.ca_file);
    }
    if let Some(oauth) = &mut account.oauth {
        fill(data, &mut oauth.client_secret, oauth.client_secret_file.as_ref(), &whose, "oauth.client_secret")?;
        fill(data, &mut oauth.refresh_token, oauth.refresh_token_file.as_ref(), &whose, "oauth.refresh_token")?;
        below(data, &mut oauth.ca_file);
        for (key, url) in [("token_url", &oauth.token_url), ("authorize_url", &oauth.authorize_url)] {
            let own = url.starts_with("http://127.0.0.1:") || url.starts_with("http://localhost:");
            if !(url.starts_with("https://") || own || url.is_empty() && key == "authorize_url") {
                return wrong(&whose, &format!("oauth.{key}"), "expected a URL that begins with https://");
            }
        }
    } else if account.auth == Auth::Oauth2 {
        return wrong(&whose, "auth", "auth = \"oauth2\" needs a section [mail.accounts.oauth]");
    }
    Ok(())
}

fn wrong(whose: &str, key: &str, what: &str) -> Result<(), ConfigError> {
    Err(ConfigError::Wrong { place: format!("{whose}, {key}"), what: what.to_owned() })
}

/// A secret from the file that is named in its place.
fn fill(data: &Path, secret: &mut Secret, file: Option<&PathBuf>, whose: &str, key: &str) -> Result<(), ConfigError> {
    let Some(file) = file else { return Ok(()) };
    let place = format!("{whose}, {key}_file");
    if !secret.is_empty() {
        let name = key.rsplit('.').next().unwrap_or(key);
        let what = format!("found both a {name} and a {name}_file, expected one of them");
        return Err(ConfigError::Wrong { place, what });
    }
    let path = data.join(file);
    let text = std::fs::read_to_string(&path).map_err(|error| ConfigError::Unreadable {
        file: format!("{} (named by {place})", path.display()),
        why: error.to_string(),
    })?;
    *secret = Secret::new(text.lines().next().unwrap_or_default());
    Ok(())
}

fn below(data: &Path, file: &mut Option<PathBuf>) {
    *file = file.take().map(|file| data.join(file));
}

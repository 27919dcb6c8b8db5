//! The configuration: one TOML with every key and its default, the environment over it, flags over that.
//!
//! It is read once at the start and passed down, never global. A key nobody knows or a value that cannot be is an error
//! that names the key, the line, what was found and what is allowed.

mod incoming;
mod mailbox;
mod overlay;
mod part;
mod sending;
mod value;

use std::net::SocketAddr;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};
use thiserror::Error;

pub use incoming::{Incoming, NewSubject};
pub use mailbox::{After, Auth, Oauth, Pop3};
pub use overlay::Overrides;
pub use part::{Account, Brand, Desk, Imap, Limits, Mail, Privacy, Smtp, Survey};
pub use sending::{Dkim, Identity, Quote};
pub use value::{Secret, Tls};

/// The file's name in the data folder.
pub const FILE: &str = "thedesk.toml";

/// Everything that can be set.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Config {
    /// The folder with the database, files and index; given on the command line, not in the file.
    #[serde(skip)]
    pub data: PathBuf,
    /// Where the desk listens.
    #[serde(deserialize_with = "value::listen")]
    pub listen: SocketAddr,
    /// As given; see [`Config::database`].
    pub database_url: Secret,
    /// How people reach the desk, without a slash at the end.
    #[serde(deserialize_with = "value::base_url")]
    pub base_url: String,
    /// Who knows it may read `/metrics`; nobody may when it is empty.
    #[serde(deserialize_with = "value::token")]
    pub metrics_token: Secret,
    /// Mailboxes and addresses.
    pub mail: Mail,
    /// What becomes of mail that comes in.
    pub incoming: Incoming,
    /// Sizes.
    pub limits: Limits,
    /// Name and looks.
    pub brand: Brand,
    /// The organisation.
    pub desk: Desk,
    /// Asking people.
    pub survey: Survey,
    /// How many people a number needs.
    pub privacy: Privacy,
}

/// What is wrong with the configuration.
#[derive(Debug, Error, PartialEq, Eq)]
pub enum ConfigError {
    /// A file is there and cannot be read.
    #[error("cannot read {file} ({why})")]
    Unreadable {
        /// Its path.
        file: String,
        /// The system's word.
        why: String,
    },
    /// A key or value is not allowed.
    #[error("{place}: {what}")]
    Wrong {
        /// File and line, environment variable or flag.
        place: String,
        /// What was found and what is allowed.
        what: String,
    },
}

impl Default for Config {
    fn default() -> Self {
        Self {
            data: PathBuf::new(),
            listen: SocketAddr::from(([127, 0, 0, 1], 7300)),
            database_url: Secret::default(),
            base_url: "http://127.0.0.1:7300".to_owned(),
            metrics_token: Secret::default(),
            mail: Mail::default(),
            incoming: Incoming::default(),
            limits: Limits::default(),
            brand: Brand::default(),
            desk: Desk::default(),
            survey: Survey::default(),
            privacy: Privacy::default(),
        }
    }
}

impl Config {
    /// Reads `thedesk.toml` in `data` (every default when there is none), the environment's `THEDESK_*`, and `flags`.
    ///
    /// # Errors
    /// At the first thing that is wrong.
    pub fn load(data: &Path, flags: &Overrides) -> Result<Self, ConfigError> {
        let file = data.join(FILE);
        let text = match std::fs::read_to_string(&file) {
            Ok(text) => text,
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => String::new(),
            Err(error) => {
                return Err(ConfigError::Unreadable { file: file.display().to_string(), why: error.to_string() });
            }
        };
        Self::read(
            &text,
            data,
            std::env::vars_os().filter_map(|(k, v)| Some((k.into_string().ok()?, v.into_string().ok()?))),
            flags,
        )
    }

    /// [`Config::load`] of a text and an environment that are at hand.
    ///
    /// # Errors
    /// At the first thing that is wrong.
    pub fn read(
        text: &str,
        data: &Path,
        environment: impl IntoIterator<Item = (String, String)>,
        flags: &Overrides,
    ) -> Result<Self, ConfigError> {
        let file = data.join(FILE).display().to_string();
        let mut config: Self = toml::from_str(text).map_err(|error| wrong_line(&file, text, &error))?;
        let mut table: toml::Table = toml::from_str(text).map_err(|error| wrong_line(&file, text, &error))?;
        for change in overlay::from_environment(environment)?.into_iter().chain(flags.changes()?) {
            change.apply(&mut table);
            config = table.clone().try_into().map_err(|error: toml::de::Error| ConfigError::Wrong {
                place: change.place.clone(),
                what: error.message().to_owned(),
            })?;
        }
        data.clone_into(&mut config.data);
        config.mail.complete(data)?;
        config.mail.check_operator()?;
        config.survey.check()?;
        config.mail.read_sending(data)?;
        Ok(config)
    }

    /// Every setting with its default and a comment, as `thedesk config reference` prints it.
    pub fn reference() -> String {
        include_str!("reference.toml").replace("#: ", "# ")
    }

    /// The database to open: the URL given, or the SQLite file in the data folder.
    pub fn database(&self) -> String {
        match self.database_url.expose() {
            "" => format!("sqlite:{}", self.data.join("desk.db").display()),
            url => url.to_owned(),
        }
    }

    /// Whether this mail address belongs to the organisation.
    pub fn is_own(&self, address: &str) -> bool {
        let domain = address.rsplit('@').next().unwrap_or_default();
        self.desk.own_domains.iter().any(|own| own.eq_ignore_ascii_case(domain))
    }
}

/// The file's line, what stands there, and what is wrong with it.
fn wrong_line(file: &str, text: &str, error: &toml::de::Error) -> ConfigError {
    let start = error.span().map_or(0, |span| span.start).min(text.len());
    let number = text.bytes().take(start).filter(|byte| *byte == b'\n').count();
    let line = text.lines().nth(number).unwrap_or_default().trim();
    // The log is read by more people than the file: what may be a secret is not repeated. That may be what is within a
    // text of several lines too, so of a line that sets nothing its number must do.
    let key = line.split_once('=').map(|(key, _)| key.trim()).filter(|key| is_key(key));
    let secret = ["password", "database_url", "secret", "token"].iter().any(|word| line.contains(word));
    let is_section = line.starts_with('[') && line.ends_with(']') && is_key(line.trim_matches(['[', ']']));
    let shown = match key {
        Some(key) if secret => format!(", `{key}`"),
        None if !is_section => String::new(),
        _ => format!(", `{line}`"),
    };
    ConfigError::Wrong { place: format!("{file}, line {}{shown}", number + 1), what: error.message().to_owned() }
}

/// Whether it can stand before an equals sign.
fn is_key(key: &str) -> bool {
    !key.is_empty() && key.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-' | b'.'))
}

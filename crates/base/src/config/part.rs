//! The sections of the file.

use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use super::mailbox::{After, Auth, Oauth, Pop3};
use super::sending::{Dkim, Identity, Quote};
use super::value::{self, Secret, Tls};
use super::{ConfigError, FILE};

/// Mailboxes and addresses.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Mail {
    /// As given; see [`Mail::domain`].
    pub domain: String,
    /// Between the address and the token in a reply address.
    pub reply_separator: String,
    /// The folder with the keys that open and check mails, relative to the data folder.
    pub keys: PathBuf,
    /// A file with the passphrases of those keys, one in each line, relative to the data folder; none when empty.
    pub passphrases_file: PathBuf,
    /// What stands in that file.
    #[serde(skip)]
    pub passphrases: Vec<Secret>,
    /// Who is written to when mail stops flowing; nobody when empty.
    #[serde(deserialize_with = "value::address_or_none")]
    pub operator_address: String,
    /// The name that answers come from, with `{agent}`, `{team}` and `{desk}`.
    pub sender_name: String,
    /// How much of the conversation stands beneath an answer.
    pub quote: Quote,
    /// Mailboxes that the desk reads and answers from.
    pub accounts: Vec<Account>,
    /// Further addresses that answers come from.
    pub identities: Vec<Identity>,
    /// Keys that letters are signed with.
    pub dkim: Vec<Dkim>,
}

/// One mailbox.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Account {
    /// What people write to, in lower case.
    #[serde(deserialize_with = "value::address")]
    pub address: String,
    /// Where its mail is read by IMAP; nowhere when it is piped in.
    pub imap: Option<Imap>,
    /// Where its mail is read by POP3, in place of IMAP.
    pub pop3: Option<Pop3>,
    /// Where its answers go out.
    pub smtp: Option<Smtp>,
    /// How the desk signs in, for reading and for sending.
    #[serde(default)]
    pub auth: Auth,
    /// Where tokens come from, with `auth = "oauth2"`.
    pub oauth: Option<Oauth>,
    /// The folder of its mailbox that keeps a copy of what went out; none when it keeps none.
    pub sent_folder: Option<String>,
}

/// A mailbox to read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Imap {
    /// Name or address of the server.
    pub host: String,
    /// As given; see [`Imap::port`].
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
    /// Which folder is read.
    #[serde(default = "inbox")]
    pub folder: String,
    /// Further folders that are read.
    #[serde(default)]
    pub folders: Vec<String>,
    /// The day from which on mail is taken in when a folder is read for the first time, as 2026-01-31; when it is
    /// empty, that is what is unread.
    #[serde(default, deserialize_with = "value::date")]
    pub since: String,
    /// What becomes of a mail in the mailbox once it is stored.
    #[serde(default)]
    pub after: After,
    /// Where it is moved to, with `after = "move"`.
    #[serde(default)]
    pub done_folder: String,
    /// How often to look when the server does not tell of new mail by itself.
    #[serde(default = "a_minute", deserialize_with = "value::seconds")]
    pub poll_seconds: u32,
}

/// A server that takes mail.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Smtp {
    /// Name or address of the server.
    pub host: String,
    /// As given; see [`Smtp::port`].
    pub port: Option<u16>,
    /// How the connection is encrypted.
    #[serde(default = "starttls")]
    pub tls: Tls,
    /// Who signs in; nobody when empty.
    #[serde(default)]
    pub user: String,
    /// With what; read from `password_file` when that is given.
    #[serde(default)]
    pub password: Secret,
    /// A file with the password in its first line, relative to the data folder.
    pub password_file: Option<PathBuf>,
    /// A file with certificates (PEM) of authorities that are trusted besides the public ones, relative to the data
    /// folder.
    pub ca_file: Option<PathBuf>,
    /// How many letters it takes within 24 hours; as many as there are when empty.
    #[serde(default, deserialize_with = "value::letters")]
    pub letters_a_day: Option<u32>,
}

/// Sizes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Limits {
    /// The largest file that somebody may send by the web, in bytes.
    #[serde(deserialize_with = "value::bytes")]
    pub upload_bytes: u64,
    /// The largest mail that is taken in, in bytes.
    #[serde(deserialize_with = "value::bytes")]
    pub mail_bytes: u64,
}

/// Name and looks.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Brand {
    /// What the desk is called.
    pub name: String,
    /// The hue of its colour, 0 to 360.
    #[serde(deserialize_with = "value::hue")]
    pub hue: u16,
    /// One line below the name.
    pub tagline: String,
}

/// The organisation.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Desk {
    /// Mail domains of internal customers.
    pub own_domains: Vec<String>,
    /// The language of people of whom nothing else is known.
    #[serde(deserialize_with = "value::language")]
    pub language: String,
    /// The IANA name of the desk's time zone.
    #[serde(deserialize_with = "value::time_zone")]
    pub time_zone: String,
}

/// Asking people.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Survey {
    /// Which share of the contacts that may be asked is asked, 0 to 1.
    #[serde(deserialize_with = "value::share")]
    pub sample_share: f64,
    /// For how many days somebody who was asked is left alone.
    #[serde(deserialize_with = "value::days")]
    pub cooldown_days: u32,
    /// In how many weeks everybody of the staff is asked a pulse once; 0 when nobody is.
    #[serde(deserialize_with = "value::pulse_weeks")]
    pub pulse_weeks: u32,
}

/// How many people a number needs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Privacy {
    /// To show a number about a group.
    #[serde(deserialize_with = "value::people")]
    pub k_numbers: u32,
    /// To show comments of a group.
    #[serde(deserialize_with = "value::people")]
    pub k_comments: u32,
}

impl Mail {
    /// The domain of Message-IDs: the one given, else that of the first account, else `localhost`.
    pub fn domain(&self) -> &str {
        let first = self.accounts.first().and_then(|account| account.address.rsplit('@').next());
        if self.domain.is_empty() { first.unwrap_or("localhost") } else { &self.domain }
    }

    /// A warning that mail stopped must not go to where mail stopped.
    pub(super) fn check_operator(&self) -> Result<(), ConfigError> {
        let operator = &self.operator_address;
        if operator.is_empty() || self.accounts.iter().all(|account| account.address != *operator) {
            return Ok(());
        }
        let place = format!("{FILE}, mail.operator_address");
        let what = format!("found {operator:?}, which the desk reads itself; expected a mailbox that it does not read");
        Err(ConfigError::Wrong { place, what })
    }

    /// Fills in what stands in files, and checks what must go together.
    pub(super) fn complete(&mut self, data: &Path) -> Result<(), ConfigError> {
        self.accounts.iter_mut().try_for_each(|account| super::mailbox::complete(account, data))?;
        self.read_passphrases(data)
    }

    fn read_passphrases(&mut self, data: &Path) -> Result<(), ConfigError> {
        if self.passphrases_file.as_os_str().is_empty() {
            return Ok(());
        }
        let path = data.join(&self.passphrases_file);
        let text = std::fs::read_to_string(&path).map_err(|error| ConfigError::Unreadable {
            file: format!("{} (named by {FILE}, mail.passphrases_file)", path.display()),
            why: error.to_string(),
        })?;
        self.passphrases = text.lines().filter(|line| !line.is_empty()).map(Secret::new).collect();
        Ok(())
    }
}

impl Account {
    /// Its lines as they stand, or could stand, in the file; without what is a secret, and without what is empty.
    pub fn lines(&self) -> String {
        let (mut mail, mut file) = (toml::Table::new(), toml::Table::new());
        if let Ok(accounts) = toml::Value::try_from([self]) {
            mail.insert("accounts".to_owned(), accounts);
        }
        file.insert("mail".to_owned(), toml::Value::Table(mail));
        let text = toml::to_string(&file).unwrap_or_default();
        let told = |line: &&str| !line.ends_with("= \"\"") && !line.ends_with("= []");
        let line = |line: &str| match line.split_once(" = \"(hidden)\"") {
            Some((key, _)) => format!("# {key} is not shown\n"),
            None => format!("{line}\n"),
        };
        text.lines().filter(told).map(line).collect()
    }
}

impl Imap {
    /// The port: as given, else 993 with TLS from the first byte, 143 without.
    pub fn port(&self) -> u16 {
        self.port.unwrap_or(if self.tls == Tls::Implicit { 993 } else { 143 })
    }

    /// Every folder that is read, each once.
    pub fn all_folders(&self) -> Vec<&str> {
        let mut all = vec![self.folder.as_str()];
        for further in &self.folders {
            if !all.contains(&further.as_str()) {
                all.push(further);
            }
        }
        all
    }
}

impl Smtp {
    /// The port: as given, else 465 with TLS from the first byte, 587 with STARTTLS, 25 without.
    pub fn port(&self) -> u16 {
        self.port.unwrap_or(match self.tls {
            Tls::Implicit => 465,
            Tls::Starttls => 587,
            Tls::None => 25,
        })
    }
}

impl Default for Mail {
    fn default() -> Self {
        Self {
            domain: String::new(),
            reply_separator: "+".to_owned(),
            keys: "keys".into(),
            passphrases_file: PathBuf::new(),
            passphrases: Vec::new(),
            operator_address: String::new(),
            sender_name: "{desk}".to_owned(),
            quote: Quote::None,
            accounts: Vec::new(),
            identities: Vec::new(),
            dkim: Vec::new(),
        }
    }
}

impl Default for Limits {
    fn default() -> Self {
        Self { upload_bytes: 25_000_000, mail_bytes: 35_000_000 }
    }
}

impl Default for Brand {
    fn default() -> Self {
        Self { name: "The Desk".to_owned(), hue: 265, tagline: String::new() }
    }
}

impl Default for Desk {
    fn default() -> Self {
        Self { own_domains: Vec::new(), language: "en".to_owned(), time_zone: "UTC".to_owned() }
    }
}

impl Survey {
    /// Who is due for a pulse within the cool-down is not surveyed: a cycle that is no longer would leave nobody.
    pub(super) fn check(&self) -> Result<(), ConfigError> {
        if self.pulse_weeks == 0 || self.pulse_weeks * 7 > self.cooldown_days {
            return Ok(());
        }
        let place = format!("{FILE}, survey.pulse_weeks");
        let (weeks, days) = (self.pulse_weeks, self.cooldown_days);
        let what =
            format!("found {weeks} weeks with survey.cooldown_days at {days}; expected more weeks or fewer days");
        Err(ConfigError::Wrong { place, what })
    }
}

impl Default for Survey {
    fn default() -> Self {
        Self { sample_share: 0.3, cooldown_days: 30, pulse_weeks: 0 }
    }
}

impl Default for Privacy {
    fn default() -> Self {
        Self { k_numbers: 5, k_comments: 8 }
    }
}

fn inbox() -> String {
    "INBOX".to_owned()
}

pub(super) fn a_minute() -> u32 {
    60
}

fn starttls() -> Tls {
    Tls::Starttls
}

//! Values that are checked as they are read, so that an error knows its line.

use std::net::SocketAddr;

use serde::de::{Deserializer, Error as _};
use serde::{Deserialize, Serialize, Serializer};

/// A password or the like: read as text, never shown. Its Debug and its JSON say only whether there is one.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Secret(String);

impl Secret {
    /// A secret of this text.
    pub fn new(text: impl Into<String>) -> Self {
        Self(text.into())
    }

    /// The text itself, for the one who needs it.
    pub fn expose(&self) -> &str {
        &self.0
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    fn shown(&self) -> &'static str {
        if self.0.is_empty() { "" } else { "(hidden)" }
    }
}

impl std::fmt::Debug for Secret {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{:?}", self.shown())
    }
}

impl Serialize for Secret {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.serialize_str(self.shown())
    }
}

impl<'de> Deserialize<'de> for Secret {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        // The original error would quote what was found.
        String::deserialize(from).map(Self).map_err(|_| D::Error::custom("expected a text in quotes"))
    }
}

/// How a connection to a mail server is encrypted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Tls {
    /// From the first byte on.
    #[default]
    Implicit,
    /// From the server's word on; a server without it is refused.
    Starttls,
    /// Not at all: for a server on this machine.
    None,
}

pub(super) fn listen<'de, D: Deserializer<'de>>(from: D) -> Result<SocketAddr, D::Error> {
    let found = String::deserialize(from)?;
    found.parse().map_err(|_| {
        D::Error::custom(format!("found {found:?}, expected an address and a port such as \"127.0.0.1:7300\""))
    })
}

pub(super) fn base_url<'de, D: Deserializer<'de>>(from: D) -> Result<String, D::Error> {
    let found = String::deserialize(from)?;
    let host = found.strip_prefix("https://").or_else(|| found.strip_prefix("http://")).unwrap_or_default();
    if host.is_empty() || host.starts_with('/') || host.contains(char::is_whitespace) {
        let expected = "expected a URL such as \"https://desk.example.org\"";
        return Err(D::Error::custom(format!("found {found:?}, {expected}")));
    }
    Ok(found.trim_end_matches('/').to_owned())
}

pub(super) fn address<'de, D: Deserializer<'de>>(from: D) -> Result<String, D::Error> {
    let found = String::deserialize(from)?;
    match found.split_once('@') {
        Some((name, domain)) if !name.is_empty() && !domain.is_empty() && !found.contains(char::is_whitespace) => {
            Ok(found.to_lowercase())
        }
        _ => Err(D::Error::custom(format!("found {found:?}, expected a mail address such as \"help@example.org\""))),
    }
}

/// A mail address, or none.
pub(super) fn address_or_none<'de, D: Deserializer<'de>>(from: D) -> Result<String, D::Error> {
    let found = String::deserialize(from)?;
    if found.is_empty() { Ok(found) } else { address(serde::de::value::StringDeserializer::new(found)) }
}

/// A secret that opens something by itself, or none: long enough not to be guessed.
pub(super) fn token<'de, D: Deserializer<'de>>(from: D) -> Result<Secret, D::Error> {
    let found = Secret::deserialize(from)?;
    let sound = found.expose().chars().count() >= 16 && found.expose().chars().all(|c| c.is_ascii_graphic());
    if found.is_empty() || sound {
        return Ok(found);
    }
    Err(D::Error::custom("expected at least 16 letters, digits or signs without blanks, or nothing"))
}

pub(super) fn domain<'de, D: Deserializer<'de>>(from: D) -> Result<String, D::Error> {
    let found = String::deserialize(from)?;
    let allowed = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '_');
    if found.is_empty() || !found.chars().all(allowed) || found.starts_with('.') || found.ends_with('.') {
        return Err(D::Error::custom(format!("found {found:?}, expected letters, digits, dots and hyphens")));
    }
    Ok(found.to_lowercase())
}

pub(super) fn language<'de, D: Deserializer<'de>>(from: D) -> Result<String, D::Error> {
    let found = String::deserialize(from)?;
    if ["en", "de"].contains(&found.as_str()) {
        return Ok(found);
    }
    Err(D::Error::custom(format!("found {found:?}, expected \"en\" or \"de\"")))
}

pub(super) fn time_zone<'de, D: Deserializer<'de>>(from: D) -> Result<String, D::Error> {
    let found = String::deserialize(from)?;
    match jiff::tz::TimeZone::get(&found) {
        Ok(_) => Ok(found),
        Err(_) => Err(D::Error::custom(format!("found {found:?}, expected a time zone such as \"Europe/Lisbon\""))),
    }
}

pub(super) fn hue<'de, D: Deserializer<'de>>(from: D) -> Result<u16, D::Error> {
    whole(from, 0, 360)
}

pub(super) fn share<'de, D: Deserializer<'de>>(from: D) -> Result<f64, D::Error> {
    let found = f64::deserialize(from)?;
    if (0.0..=1.0).contains(&found) {
        return Ok(found);
    }
    Err(D::Error::custom(format!("found {found}, expected a share from 0 to 1")))
}

pub(super) fn bytes<'de, D: Deserializer<'de>>(from: D) -> Result<u64, D::Error> {
    whole(from, 1_000, 10_000_000_000)
}

pub(super) fn days<'de, D: Deserializer<'de>>(from: D) -> Result<u32, D::Error> {
    whole(from, 0, 3_650)
}

pub(super) fn pulse_weeks<'de, D: Deserializer<'de>>(from: D) -> Result<u32, D::Error> {
    let found = i64::deserialize(from)?;
    let weeks = u32::try_from(found).ok().filter(|weeks| *weeks == 0 || (6..=52).contains(weeks));
    weeks.ok_or_else(|| D::Error::custom(format!("found {found}, expected 0 (nobody is asked) or 6 to 52 weeks")))
}

pub(super) fn days_or_never<'de, D: Deserializer<'de>>(from: D) -> Result<Option<u32>, D::Error> {
    whole(from, 0, 3_650).map(Some)
}

pub(super) fn date<'de, D: Deserializer<'de>>(from: D) -> Result<String, D::Error> {
    let found = String::deserialize(from)?;
    if found.is_empty() || found.parse::<jiff::civil::Date>().is_ok() {
        return Ok(found);
    }
    Err(D::Error::custom(format!("found {found:?}, expected a day such as \"2026-01-31\"")))
}

pub(super) fn people<'de, D: Deserializer<'de>>(from: D) -> Result<u32, D::Error> {
    whole(from, 2, 1_000)
}

pub(super) fn letters<'de, D: Deserializer<'de>>(from: D) -> Result<Option<u32>, D::Error> {
    whole(from, 1, 10_000_000).map(Some)
}

pub(super) fn seconds<'de, D: Deserializer<'de>>(from: D) -> Result<u32, D::Error> {
    whole(from, 5, 86_400)
}

fn whole<'de, D: Deserializer<'de>, T: TryFrom<i64>>(from: D, least: i64, most: i64) -> Result<T, D::Error> {
    let found = i64::deserialize(from)?;
    let within = (least..=most).contains(&found).then(|| T::try_from(found).ok()).flatten();
    within.ok_or_else(|| D::Error::custom(format!("found {found}, expected a whole number from {least} to {most}")))
}

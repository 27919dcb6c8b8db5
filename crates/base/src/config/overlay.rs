//! What the environment and the flags change.

use toml::{Table, Value};

use super::{Config, ConfigError};

const PREFIX: &str = "THEDESK_";
/// Variables of ours that are no settings: where the data is, and what tests use.
const OTHERS: [&str; 3] = ["THEDESK_DATA", "THEDESK_LOG", "THEDESK_ROLES"];

/// What flags of the command line set, by the key's name in the file.
#[derive(Debug, Clone, Default)]
pub struct Overrides(Vec<(String, String)>);

impl Overrides {
    /// Sets a key, such as `listen` or `limits.upload_bytes`, as a flag gave it; nothing when the flag was not given.
    pub fn set(mut self, key: &str, value: Option<impl ToString>) -> Self {
        self.0.extend(value.map(|value| (key.to_owned(), value.to_string())));
        self
    }

    pub(super) fn changes(&self) -> Result<Vec<Change>, ConfigError> {
        let known = known();
        let change = |(key, text): &(String, String)| {
            let place = format!("--{}", key.replace(['.', '_'], "-"));
            let kind = known.iter().find(|(name, _)| name == key).map(|(_, kind)| kind);
            kind.map(|kind| Change { place: place.clone(), key: key.clone(), value: typed(text, kind) })
                .ok_or_else(|| ConfigError::Wrong { place, what: format!("there is no setting {key}") })
        };
        self.0.iter().map(change).collect()
    }
}

/// One key set from outside the file.
pub(super) struct Change {
    /// The variable or flag.
    pub(super) place: String,
    key: String,
    value: Value,
}

impl Change {
    pub(super) fn apply(&self, table: &mut Table) {
        match self.key.split_once('.') {
            None => {
                table.insert(self.key.clone(), self.value.clone());
            }
            Some((section, key)) => {
                let section = table.entry(section).or_insert_with(|| Value::Table(Table::new()));
                if let Value::Table(section) = section {
                    section.insert(key.to_owned(), self.value.clone());
                }
            }
        }
    }
}

/// The settings among the variables, in the order of their names.
pub(super) fn from_environment(
    variables: impl IntoIterator<Item = (String, String)>,
) -> Result<Vec<Change>, ConfigError> {
    let known = known();
    let mut changes = Vec::new();
    for (name, text) in variables {
        let settings =
            name.starts_with(PREFIX) && !name.starts_with("THEDESK_TEST_") && !OTHERS.contains(&name.as_str());
        if !settings {
            continue;
        }
        let Some((key, kind)) = known.iter().find(|(key, _)| variable(key) == name) else {
            let all: Vec<String> = known.iter().map(|(key, _)| variable(key)).collect();
            let what = format!("no setting is called so; there are {}", all.join(", "));
            return Err(ConfigError::Wrong { place: format!("environment variable {name}"), what });
        };
        let place = format!("environment variable {name}");
        changes.push(Change { place, key: key.clone(), value: typed(&text, kind) });
    }
    changes.sort_by(|one, other| one.place.cmp(&other.place));
    Ok(changes)
}

fn variable(key: &str) -> String {
    format!("{PREFIX}{}", key.replace('.', "_").to_uppercase())
}

/// Every key with its default, which tells its type.
pub(super) fn known() -> Vec<(String, Value)> {
    let table = Table::try_from(Config::default()).unwrap_or_default();
    let mut all = Vec::new();
    for (name, value) in table {
        match value {
            Value::Table(section) => {
                all.extend(section.into_iter().map(|(key, value)| (format!("{name}.{key}"), value)));
            }
            other => all.push((name, other)),
        }
    }
    all
}

/// A text as the type that the key has; as text when it is not of that type, so that the check names both.
fn typed(text: &str, kind: &Value) -> Value {
    let plain = || Value::String(text.to_owned());
    let parsed =
        || toml::from_str::<Table>(&format!("value = {text}")).ok().and_then(|mut table| table.remove("value"));
    match kind {
        Value::String(_) => plain(),
        Value::Array(_) if !text.trim_start().starts_with('[') => {
            let items = text.split(',').map(str::trim).filter(|item| !item.is_empty());
            Value::Array(items.map(|item| Value::String(item.to_owned())).collect())
        }
        _ => parsed().unwrap_or_else(plain),
    }
}

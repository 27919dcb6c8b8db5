//! What a person is, and the normal forms by which they are recognised.

use std::collections::BTreeMap;

use base::clock::Moment;

use super::PersonId;

base::code::define! {
    /// How a person relates to the organisation that runs the desk.
    pub enum Relation {
        /// An employee.
        Internal = "internal",
        /// A customer of the company.
        External = "external",
    }
}

base::code::define! {
    /// By what a person is recognised.
    pub enum AddressKind {
        /// A mail address, lower case.
        Email = "email",
        /// A phone number, digits with a leading plus when international.
        Phone = "phone",
        /// A name in another system, as `system:name`.
        Handle = "handle",
    }
}

/// What is known of a person at one time: site, department, role, tenure and whatever a directory says.
pub type Attributes = BTreeMap<String, String>;

/// A person as stored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Person {
    /// Who; for a merged record this is the record's own id, see `canonical`.
    pub id: PersonId,
    /// Who stands for this record: itself unless it was merged.
    pub canonical: PersonId,
    /// As they want to be called.
    pub name: String,
    /// Internal or external.
    pub relation: Relation,
    /// Two-letter code of the language they read.
    pub language: String,
    /// Which version of their attributes is the newest.
    pub version: i64,
    /// Made by the simulation, not by life.
    pub simulated: bool,
    /// When the record was made.
    pub created_at: Moment,
}

/// A person to be stored.
#[derive(Debug, Clone)]
pub struct NewPerson {
    /// As they want to be called.
    pub name: String,
    /// Internal or external.
    pub relation: Relation,
    /// Two-letter code of the language they read.
    pub language: String,
    /// Their mail address, if known.
    pub email: Option<String>,
    /// What is known of them from now on.
    pub attributes: Attributes,
    /// Made by the simulation.
    pub simulated: bool,
}

/// A mail address in its normal form: trimmed, lower case. `None` when it cannot be one.
pub fn normal_email(raw: &str) -> Option<String> {
    let address = raw.trim().trim_matches(['<', '>']).to_lowercase();
    let (local, domain) = address.rsplit_once('@')?;
    let plausible = !local.is_empty()
        && !domain.is_empty()
        && address.len() <= 254
        && !address.contains(|c: char| c.is_whitespace() || c.is_control() || matches!(c, ',' | ';' | '<' | '>'))
        && !domain.starts_with('.')
        && !domain.ends_with('.');
    plausible.then_some(address)
}

/// A phone number in its normal form: digits, with a leading plus when it had one. `None` below five digits.
pub fn normal_phone(raw: &str) -> Option<String> {
    let digits: String = raw.chars().filter(char::is_ascii_digit).collect();
    let plus = if raw.trim_start().starts_with('+') { "+" } else { "" };
    (digits.len() >= 5 && digits.len() <= 18).then(|| format!("{plus}{digits}"))
}

/// A name for someone of whom only an address is known: `ana.silva@x.example` is "Ana Silva".
pub(super) fn name_from_email(email: &str) -> String {
    let local = email.split('@').next().unwrap_or(email);
    let local = local.split('+').next().unwrap_or(local);
    let words = local.split(['.', '_', '-']).filter(|word| !word.is_empty()).map(|word| {
        let mut letters = word.chars();
        letters.next().map(|first| first.to_uppercase().chain(letters).collect::<String>()).unwrap_or_default()
    });
    let name = words.collect::<Vec<_>>().join(" ");
    if name.is_empty() { email.to_owned() } else { name }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_have_one_normal_form() {
        assert_eq!(normal_email(" <Ana.Silva@Example.ORG> ").as_deref(), Some("ana.silva@example.org"));
        for broken in ["", "ana", "@example.org", "ana@", "a b@c.d", "a@b,c@d", "a@.b", "a\n@b.c"] {
            assert_eq!(normal_email(broken), None, "{broken:?}");
        }
        assert_eq!(normal_phone("+351 21 555-0101").as_deref(), Some("+351215550101"));
        assert_eq!(normal_phone("ext. 12"), None);
    }

    #[test]
    fn a_name_is_guessed_from_an_address() {
        assert_eq!(name_from_email("ana.silva+desk@example.org"), "Ana Silva");
        assert_eq!(name_from_email("@"), "@");
    }
}

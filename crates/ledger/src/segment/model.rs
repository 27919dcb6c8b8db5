//! The rule, and what it comes to in a view.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use crate::person::Attributes;
use crate::projection::View;

/// Attributes and the values that they may have: all of the attributes must fit, each with one of its values.
/// `{"site": ["Lisbon"], "role": ["driver", "mechanic"]}`. The empty rule is everybody.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Rule(BTreeMap<String, BTreeSet<String>>);

impl Rule {
    /// Everybody.
    pub fn everybody() -> Self {
        Self::default()
    }

    /// The same rule, with one more value that this attribute may have.
    pub fn with(mut self, attribute: &str, value: &str) -> Self {
        self.0.entry(attribute.to_owned()).or_default().insert(value.to_owned());
        self
    }

    /// Reads a rule from JSON.
    ///
    /// # Errors
    /// When it is no object of lists of words.
    pub fn parse(text: &str) -> Result<Self, serde_json::Error> {
        serde_json::from_str(text)
    }

    /// Whether it leaves nobody out.
    pub fn is_everybody(&self) -> bool {
        self.0.is_empty()
    }

    /// Whether someone with these attributes belongs.
    pub fn holds(&self, attributes: &Attributes) -> bool {
        self.0.iter().all(|(name, values)| attributes.get(name).is_some_and(|value| values.contains(value)))
    }

    /// Which sets of attributes of a view belong.
    pub fn among(&self, view: &View) -> Among {
        if self.is_everybody() {
            return Among(None);
        }
        let mut bits = Vec::new();
        for (code, set) in view.attributes().enumerate() {
            if code % 64 == 0 {
                bits.push(0u64);
            }
            if self.holds(set) {
                bits[code / 64] |= 1 << (code % 64);
            }
        }
        Among(Some(bits))
    }
}

/// A rule as one bit for each set of attributes.
#[derive(Debug, Clone)]
pub struct Among(Option<Vec<u64>>);

impl Among {
    /// Everybody, whatever the attributes.
    pub fn everybody() -> Self {
        Self(None)
    }

    /// Everybody else; nobody, when this is everybody.
    pub fn others(&self) -> Self {
        Self(Some(self.0.as_ref().map_or_else(Vec::new, |bits| bits.iter().map(|word| !word).collect())))
    }

    /// Whether rows with this code of attributes belong.
    #[inline]
    pub fn holds(&self, attributes: u32) -> bool {
        match &self.0 {
            None => true,
            Some(bits) => bits.get(attributes as usize / 64).is_some_and(|word| word >> (attributes % 64) & 1 == 1),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_attributes_must_fit_each_with_one_of_its_values() {
        let rule = Rule::parse(r#"{"site": ["Lisbon", "Porto"], "role": ["driver"]}"#).unwrap();
        let who = |site: &str, role: &str| {
            rule.holds(&Attributes::from([("site".into(), site.into()), ("role".into(), role.into())]))
        };
        assert!(who("Porto", "driver") && !who("Porto", "cook") && !who("Oslo", "driver"));
        assert!(!rule.holds(&Attributes::new()) && Rule::everybody().holds(&Attributes::new()));
        assert_eq!(Rule::everybody().with("site", "Porto").with("site", "Lisbon").with("role", "driver"), rule);
        assert!(Rule::parse("[1]").is_err());
    }
}

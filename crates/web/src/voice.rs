//! How the desk speaks to people outside its pages: in their language, with whole addresses, under its name.

use std::sync::Arc;

use base::text::{Catalogue, Lang, Words};
use jiff::tz::TimeZone;

use crate::senders::Senders;

/// What a letter needs besides its occasion. Cloning copies pointers, so that a write may take it along.
#[derive(Clone)]
pub struct Voice {
    catalogue: Catalogue,
    base_url: Arc<str>,
    brand: Arc<str>,
    senders: Senders,
    zone: TimeZone,
}

impl Voice {
    /// A voice with these texts, this public address (without a slash at the end) and this name.
    pub fn new(catalogue: Catalogue, base_url: &str, brand: &str) -> Self {
        let (senders, zone) = (Senders::default(), TimeZone::UTC);
        Self { catalogue, base_url: base_url.into(), brand: brand.into(), senders, zone }
    }

    /// The same, with addresses to speak from, and in this time zone.
    pub fn from(self, senders: Senders, zone: TimeZone) -> Self {
        Self { senders, zone, ..self }
    }

    /// Whom letters come from.
    pub fn senders(&self) -> &Senders {
        &self.senders
    }

    /// The desk's time zone.
    pub fn zone(&self) -> &TimeZone {
        &self.zone
    }

    /// The texts for somebody who reads the language of this code; English when we do not speak it.
    pub fn words(&self, language: &str) -> Words {
        self.catalogue.words(Lang::from_code(language).unwrap_or_default())
    }

    /// The whole address of a path of ours.
    pub fn url(&self, path: &str) -> String {
        format!("{}{path}", self.base_url)
    }

    /// The desk's name.
    pub fn brand(&self) -> &str {
        &self.brand
    }
}

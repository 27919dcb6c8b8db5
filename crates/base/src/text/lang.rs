//! The languages that The Desk speaks.

use unic_langid::LanguageIdentifier;

/// A language that every text exists in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Lang {
    /// English (British spelling).
    #[default]
    En,
    /// German.
    De,
}

impl Lang {
    /// Every language, in the order in which a choice offers them.
    pub const ALL: [Self; 2] = [Self::En, Self::De];

    /// The code stored with a person and written into `<html lang>`: `en`, `de`.
    pub fn code(self) -> &'static str {
        match self {
            Self::En => "en",
            Self::De => "de",
        }
    }

    /// The language's own name for itself.
    pub fn own_name(self) -> &'static str {
        match self {
            Self::En => "English",
            Self::De => "Deutsch",
        }
    }

    /// Reads a stored code or a language tag: `de`, `de-AT` and `DE_ch` are all German; `None` for a language that
    /// we do not speak.
    pub fn from_code(code: &str) -> Option<Self> {
        let primary = code.trim().split(['-', '_']).next().unwrap_or_default();
        Self::ALL.into_iter().find(|lang| primary.eq_ignore_ascii_case(lang.code()))
    }

    /// The best language for a browser's `Accept-Language` header (RFC 9110, 12.5.4): the highest weight among those
    /// that we speak, the first one where weights are equal, English when none fits.
    pub fn from_accept_language(header: &str) -> Self {
        let mut best = (Self::default(), 0.0_f32);
        for range in header.split(',') {
            let mut parts = range.split(';');
            let tag = parts.next().unwrap_or_default();
            let weight =
                parts.find_map(|part| part.trim().strip_prefix("q=")).map_or(1.0, |q| q.trim().parse().unwrap_or(0.0));
            if let Some(lang) = Self::from_code(tag)
                && weight > best.1
            {
                best = (lang, weight);
            }
        }
        best.0
    }

    pub(super) fn identifier(self) -> LanguageIdentifier {
        // `und` (no language) would only cost the plural rules; the test of plurals fails first.
        self.code().parse().unwrap_or_default()
    }

    pub(super) fn index(self) -> usize {
        match self {
            Self::En => 0,
            Self::De => 1,
        }
    }
}

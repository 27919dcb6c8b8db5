//! A page: the frame that every page shares (`layout.html`), what it must know to draw it ([`Page`]), and the parts
//! that pages are made of ([`ui`]), all shown together on `/admin/components`.
//!
//! A capability's page is a struct with a field `page: Page` and a template beside it that begins with
//! `{% extends "page/layout.html" %}` and fills the block `content`.

pub mod components;
pub mod ui;

use crate::brand::Brand;
use base::text::{Texts, Value, Words};
use jiff::tz::TimeZone;
use std::sync::Arc;
use ui::Given;

/// The texts of the frame and of the parts.
pub const TEXTS: Texts = Texts { en: include_str!("texts.en.ftl"), de: include_str!("texts.de.ftl") };

/// The `Content-Security-Policy` that every page is written for: no inline script, no inline style, no other host.
pub const CONTENT_SECURITY_POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; \
     img-src 'self' data:; font-src 'self'; connect-src 'self'; manifest-src 'self'; frame-src 'self'; form-action 'self'; \
     base-uri 'none'; frame-ancestors 'none'";

/// Everything that the frame of a page knows. Template code says `page.t("key")`, `page.when(row.at)` and so on.
#[derive(Clone)]
pub struct Page {
    /// What the page is, for the browser's tab; the brand's name follows it.
    pub title: String,
    /// Which part of the house the page belongs to.
    pub section: Section,
    /// The texts, in the reader's language.
    pub words: Words,
    /// Who reads, or `None` for a visitor.
    pub actor: Option<ActorView>,
    /// How this desk presents itself.
    pub brand: Arc<Brand>,
    /// Whether everything shown comes from a simulated organisation, which every page then says.
    pub simulated: bool,
    /// What the last action came to, said once.
    pub flash: Option<Flash>,
    /// What is wrong now, as sentences, each with where to see to it, if the reader may.
    pub alerts: Vec<(String, Option<&'static str>)>,
    /// The path of the request, without the query.
    pub path: String,
    /// The places of this section: its side on a wide screen, the bar under the thumb on a phone (the first five).
    pub places: Vec<Place>,
    /// The theme a person chose, or `None` to follow the system.
    pub theme: Option<Theme>,
    /// The reader's time zone.
    pub zone: TimeZone,
    /// The instant at which the page was made, UTC milliseconds.
    pub now: i64,
}

/// The parts of the house.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Section {
    /// What a person who needs help sees.
    Portal,
    /// Where agents work.
    Desk,
    /// Where the experience is understood and changed.
    Programme,
    /// Where the desk is set up.
    Admin,
    /// A person's own settings, and signing in.
    Account,
}

impl Section {
    /// The first page of the section.
    pub fn href(&self) -> &'static str {
        match self {
            Self::Portal => "/",
            Self::Desk => "/desk",
            Self::Programme => "/programme",
            Self::Admin => "/admin",
            Self::Account => "/account",
        }
    }

    /// The key of the section's name.
    pub fn key(&self) -> &'static str {
        match self {
            Self::Portal => "section-portal",
            Self::Desk => "section-desk",
            Self::Programme => "section-programme",
            Self::Admin => "section-admin",
            Self::Account => "section-account",
        }
    }

    /// The icon of the section.
    pub fn icon(&self) -> &'static str {
        match self {
            Self::Portal => "home",
            Self::Desk => "inbox",
            Self::Programme => "journey",
            Self::Admin => "settings",
            Self::Account => "person",
        }
    }
}

/// The reader, as far as the frame shows them.
#[derive(Debug, Clone)]
pub struct ActorView {
    /// The name as the person writes it.
    pub name: String,
    /// The parts of the house that this person may enter, in order.
    pub sections: Vec<Section>,
}

/// What an action came to.
#[derive(Debug, Clone)]
pub struct Flash {
    /// Whether it was done (drafts of it are then let go) or not.
    pub done: bool,
    /// The sentence.
    pub text: String,
}

/// A place within a section.
#[derive(Debug, Clone)]
pub struct Place {
    /// Where it is.
    pub href: String,
    /// What it is called; on a phone one short word is best.
    pub label: String,
    /// Its icon, by the names of `front/icons.txt`.
    pub icon: &'static str,
    /// How much waits there; nothing is shown for `None` and 0.
    pub count: Option<i64>,
    /// Whether this is where the reader is.
    pub current: bool,
}

/// A theme chosen instead of the system's.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Theme {
    /// Paper.
    Light,
    /// Deep neutral.
    Dark,
}

impl Theme {
    /// The value of `data-theme`, and of the stored choice.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Light => "light",
            Self::Dark => "dark",
        }
    }
}

impl Page {
    /// A page for a visitor of the portal, to be filled in: `Page { title, actor, ..Page::new(words, brand, zone, now) }`.
    pub fn new(words: Words, brand: Arc<Brand>, zone: TimeZone, now: i64) -> Self {
        Self {
            title: String::new(),
            section: Section::Portal,
            words,
            actor: None,
            brand,
            simulated: false,
            flash: None,
            alerts: Vec::new(),
            path: "/".to_owned(),
            places: Vec::new(),
            theme: None,
            zone,
            now,
        }
    }

    /// The text of `key`.
    pub fn t(&self, key: impl AsRef<str>) -> String {
        self.words.t(key.as_ref())
    }

    /// The text of `key` with one value.
    pub fn t1<'a>(&self, key: &str, name: &str, value: impl Into<Value<'a>>) -> String {
        self.words.tn(key, &[(name, value.into())])
    }

    /// The text of `key` with two values.
    pub fn t2<'a>(
        &self,
        key: &str,
        name: &str,
        value: impl Into<Value<'a>>,
        other: &str,
        other_value: impl Into<Value<'a>>,
    ) -> String {
        self.words.tn(key, &[(name, value.into()), (other, other_value.into())])
    }

    /// An instant as `<time>`: short beside now, in full on hover and for machines.
    pub fn when(&self, at: impl Given<i64>) -> ui::When {
        ui::When::new(self, at.given())
    }

    /// A span of milliseconds in words: "2 h 10 min".
    pub fn duration(&self, span: impl Given<i64>) -> String {
        self.words.duration(span.given())
    }

    /// A share of one as percent: "87%".
    pub fn share(&self, share: impl Given<f64>) -> String {
        self.words.share(share.given())
    }

    /// A count: "12,345".
    pub fn count(&self, count: impl Given<i64>) -> String {
        self.words.count(count.given())
    }

    /// The address of a file of the front. The layout is compiled into other crates, so it asks the page for what is ours.
    pub fn asset(&self, name: &str) -> &'static str {
        crate::asset::url(name)
    }

    /// An icon without a meaning of its own.
    pub fn icon(&self, name: &'static str) -> ui::Icon {
        ui::icon(name)
    }

    /// A sentence that something is wrong.
    pub fn alert(&self, sentence: &str, href: impl ui::Maybe) -> ui::Banner {
        let banner = ui::banner("warning", sentence);
        match href.text() {
            Some(href) => banner.link(href, self.t("alert-see-to-it")),
            None => banner,
        }
    }

    /// A person by name, with initials.
    pub fn person(&self, name: &str) -> ui::Person {
        ui::person(name)
    }

    /// Whether the places stand at the side on a wide screen.
    pub fn has_side(&self) -> bool {
        !self.places.is_empty() && !self.is_open_house()
    }

    /// The portal and the account have their places in the header; the working sections have a side.
    pub fn is_open_house(&self) -> bool {
        matches!(self.section, Section::Portal | Section::Account)
    }
}

#[cfg(test)]
mod tests;

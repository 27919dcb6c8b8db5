//! What every handler is given: the desk's parts, each cheap to clone.

use std::ops::Deref;
use std::sync::Arc;

use base::clock::Clock;
use base::db::Db;
use base::file::Files;
use base::index::{Found, Index, Query};
use base::text::Catalogue;
use jiff::tz::TimeZone;
use ledger::touchpoint::Kinds;
use tokio::sync::Semaphore;

use crate::Voice;
use crate::actor::Roles;
use crate::alert::Alerts;
use crate::brand::Brand;
use crate::error::Error;
use crate::live::Hub;
use crate::page::Section;
use crate::senders::Senders;

/// The state of every router.
#[derive(Clone)]
pub struct App(Arc<Parts>);

/// What there is.
pub struct Parts {
    /// The database.
    pub db: Db,
    /// The time.
    pub clock: Clock,
    /// Uploads and enclosures.
    pub files: Files,
    /// Full-text search.
    pub index: Index,
    /// Texts in every language.
    pub catalogue: Catalogue,
    /// All kinds of touchpoint.
    pub kinds: Kinds,
    /// How this desk presents itself.
    pub brand: Arc<Brand>,
    /// What happens now, for open pages.
    pub live: Hub,
    /// What is wrong now, for those who work here.
    pub alerts: Alerts,
    /// Where one can go within each section.
    pub nav: Vec<Nav>,
    /// What the operator set.
    pub site: Site,
}

/// A place that a capability offers within a section, for whoever may go there.
#[derive(Debug, Clone, Copy)]
pub struct Nav {
    /// The section it belongs to.
    pub section: Section,
    /// Where it is.
    pub href: &'static str,
    /// The key of its name, one short word.
    pub key: &'static str,
    /// Its icon.
    pub icon: &'static str,
    /// Who may go there; visitors are asked with no roles at all.
    pub may: fn(Option<Roles>) -> bool,
}

/// What the operator set, as far as pages need it.
#[derive(Debug, Clone)]
pub struct Site {
    /// The public address, without a slash at the end: `https://desk.example.org`.
    pub base_url: String,
    /// The desk's time zone.
    pub zone: TimeZone,
    /// Everything here comes from a simulated organisation: every page says so, and one may sign in by a click.
    pub simulated: bool,
    /// The largest file that a form takes, bytes.
    pub upload_bytes: usize,
    /// Mail domains whose people are internal.
    pub own_domains: Vec<String>,
    /// Whom letters come from.
    pub senders: Senders,
}

impl Site {
    /// Whether cookies can be bound to TLS.
    pub fn is_https(&self) -> bool {
        self.base_url.starts_with("https://")
    }

    /// Whether an address belongs to one of our own people.
    pub fn relation_of(&self, email: &str) -> ledger::person::Relation {
        let domain = email.rsplit('@').next().unwrap_or_default();
        if self.own_domains.iter().any(|own| own.eq_ignore_ascii_case(domain)) {
            ledger::person::Relation::Internal
        } else {
            ledger::person::Relation::External
        }
    }
}

impl App {
    /// The state, from its parts.
    pub fn new(parts: Parts) -> Self {
        Self(Arc::new(parts))
    }
}

impl App {
    /// How the desk speaks outside its pages.
    pub fn voice(&self) -> Voice {
        let voice = Voice::new(self.catalogue.clone(), &self.site.base_url, &self.brand.name);
        voice.from(self.site.senders.clone(), self.site.zone.clone())
    }

    /// Asks the full-text index.
    ///
    /// # Errors
    /// [`Error::Internal`] when it cannot be read.
    pub async fn search(&self, query: Query) -> Result<Found, Error> {
        // A search keeps a core busy: more at once would only wait for each other, each holding its memory.
        static AT_ONCE: Semaphore = Semaphore::const_new(2);
        let _turn = AT_ONCE.acquire().await.map_err(Error::internal)?;
        let app = self.clone();
        let found = tokio::task::spawn_blocking(move || app.index.search(&query)).await.map_err(Error::internal)?;
        found.map_err(Error::internal)
    }
}

impl Deref for App {
    type Target = Parts;

    fn deref(&self) -> &Parts {
        &self.0
    }
}

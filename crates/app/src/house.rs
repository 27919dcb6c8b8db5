//! The house, put together: what every floor needs, from the configuration.

use std::sync::Arc;

use base::clock::Clock;
use base::config::{Config, Secret};
use base::db::{Db, Size};
use base::file::Files;
use base::index::Index;
use base::text::{Catalogue, Texts};
use channels::mail::Mailroom;
use ledger::projection::Projection;
use ledger::touchpoint::{IMPORTED, Kind, Kinds};
use programme::survey;
use programme::survey::pulse::Round;
use web::alert::Alerts;
use web::brand::Brand;
use web::live::Hub;
use web::{App, Nav, Parts, Site};

use crate::{admin, demo};

/// The texts of all floors.
pub(crate) const TEXTS: &[&[Texts]] =
    &[web::TEXTS, service::TEXTS, programme::TEXTS, channels::TEXTS, &[demo::TEXTS, admin::TEXTS]];

/// The touchpoints of all floors.
const KINDS: &[&[&[&Kind]]] = &[service::KINDS, programme::KINDS, channels::KINDS, &[demo::KINDS], &[&[&IMPORTED]]];

/// Where one can go, floor by floor.
const NAV: &[&[&[Nav]]] = &[&[admin::NAV], service::NAV, channels::NAV, programme::NAV, &[admin::LAST]];

/// Everything that a running desk holds.
#[derive(Clone)]
pub(crate) struct House {
    pub(crate) app: App,
    /// The ledger as columns, for everything that measures.
    pub(crate) projection: Arc<Projection>,
    /// The mailboxes.
    pub(crate) room: Mailroom,
    /// When people are asked how it was.
    pub(crate) asking: survey::Settings,
    /// Whom a pulse asks.
    pub(crate) round: Round,
    /// From how many people on a number about a group is shown.
    pub(crate) k: u32,
    /// Who shows it may read the figures; nobody when it is empty.
    pub(crate) metrics_token: Secret,
}

/// Why a house could not be put together. Each says what to do.
#[derive(Debug, thiserror::Error)]
pub(crate) enum Fault {
    #[error(transparent)]
    Database(#[from] base::db::Error),
    #[error(transparent)]
    Files(#[from] base::file::FileError),
    #[error(transparent)]
    Index(#[from] base::index::IndexError),
    #[error(transparent)]
    Texts(#[from] base::text::TextError),
    #[error(transparent)]
    Projection(#[from] ledger::projection::Error),
    #[error(transparent)]
    Keys(#[from] channels::mail::KeysError),
    #[error("desk.time_zone is {0:?}, which is no time zone that this machine knows: give one such as Europe/Lisbon")]
    Zone(String),
    #[error("{0}")]
    Mail(String),
}

impl House {
    /// Opens and reads what the configuration names.
    pub(crate) fn build(config: &Config, clock: Clock, simulated: bool) -> Result<Self, Fault> {
        let texts: Vec<Texts> = TEXTS.iter().copied().flatten().copied().collect();
        let kinds: Vec<&[&'static Kind]> = KINDS.iter().copied().flatten().copied().collect();
        let zone = jiff::tz::TimeZone::get(&config.desk.time_zone);
        let parts = Parts {
            db: Db::open(&config.database(), clock.clone(), Size::default())?,
            clock,
            // Mails are kept whole, too.
            files: Files::in_folder(
                &config.data.join("files"),
                config.limits.upload_bytes.max(config.limits.mail_bytes),
            )?,
            index: Index::open(&config.data.join("index"))?,
            catalogue: Catalogue::new(&texts)?,
            kinds: Kinds::gather(&kinds),
            brand: Arc::new(Brand { name: config.brand.name.clone(), hue: config.brand.hue, ..Brand::default() }),
            live: Hub::default(),
            alerts: Alerts::default(),
            nav: NAV.iter().copied().flatten().copied().flatten().copied().collect(),
            site: Site {
                base_url: config.base_url.clone(),
                zone: zone.map_err(|_| Fault::Zone(config.desk.time_zone.clone()))?,
                simulated,
                upload_bytes: config.limits.upload_bytes as usize,
                own_domains: config.desk.own_domains.clone(),
                senders: web::senders::Senders::of(&config.mail),
            },
        };
        let k = config.privacy.k_numbers;
        Mailroom::check(config).map_err(Fault::Mail)?;
        let asking = survey::Settings {
            sample_share: config.survey.sample_share,
            cooldown_days: config.survey.cooldown_days,
            pulse_weeks: config.survey.pulse_weeks,
            k,
        };
        Ok(Self {
            round: Round { settings: asking, zone: parts.site.zone.clone(), simulated },
            projection: Arc::new(Projection::open(&parts.db, &config.data, &parts.kinds)?),
            app: App::new(parts),
            room: Mailroom::of(config)?,
            asking,
            k,
            metrics_token: config.metrics_token.clone(),
        })
    }

    /// The token with which the first administrator sets the desk up; `None` when there is one.
    pub(crate) fn set_up_link(&self) -> base::db::Result<Option<String>> {
        let now = self.app.clock.now();
        self.app.db.write_now(move |tx| web::session::set_up_link(tx, now))
    }
}

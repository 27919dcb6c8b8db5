//! The overview of the programme: the five stages of the lifecycle as one river, what changed beyond noise, what hurts
//! most, and the first measures, each a finding that has passed the gate; and the list of all measures.
//!
//! Nothing has to be set up before it says something: with no data it says what it waits for.

mod cards;
mod kept;
mod look;
mod measures;
mod river;
mod show;

#[cfg(test)]
mod tests;

use std::sync::Arc;

use axum::routing::get;
use axum::{Extension, Router};
use base::text::Texts;
pub use cards::{card, refusal, value};
use ledger::measure::{Following, Gate};
use ledger::projection::Projection;
use web::actor::Roles;
use web::page::Section;
use web::{App, Nav};

/// The texts of the overview, and of measures, denominators and refusals wherever they are shown.
pub const TEXTS: Texts = Texts { en: include_str!("texts.en.ftl"), de: include_str!("texts.de.ftl") };

/// Where one finds it.
pub const NAV: &[Nav] = &[
    Nav { section: Section::Programme, href: "/programme", key: "overview", icon: "journey", may: sees },
    Nav { section: Section::Programme, href: "/programme/measures", key: "measures", icon: "measure", may: sees },
];

fn sees(roles: Option<Roles>) -> bool {
    roles.is_some_and(Roles::sees_programme)
}

/// What the pages read from: the ledger's columns, and the gate that every number passes.
#[derive(Clone)]
pub struct Source {
    /// The ledger's columns, which one task follows.
    pub projection: Arc<Projection>,
    /// What measures need of them, kept between looks.
    pub following: Arc<Following>,
    /// The gate, with the k of the configuration.
    pub gate: Gate,
}

/// The overview and the list of measures, read from this source.
pub fn routes(source: Source) -> Router<App> {
    Router::new()
        .route("/programme", get(show::index))
        .route("/programme/measures", get(measures::index))
        .layer(Extension(source))
        .layer(Extension(Arc::new(kept::Kept::default())))
}

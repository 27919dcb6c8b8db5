//! A journey: what a person went through with the desk, and how many went which way.
//!
//! One person's is a timeline of all channels (`/programme/people/{id}` for agents and leads, `/journey` for the person
//! about themselves, `/journeys/panel` as a part of other pages). Everybody's is the measured map (`/programme/journeys/map`),
//! drawn from our own ledger or from a log that was imported (`/programme/imports`).

mod can;
mod imports;
mod map;
mod store;
#[cfg(test)]
mod tests;
mod timeline;
mod told;

use axum::Router;
use axum::routing::get;
use base::text::Texts;
use web::actor::Roles;
use web::page::Section;
use web::{App, Nav};

/// The texts of journeys.
pub const TEXTS: Texts = Texts { en: include_str!("texts.en.ftl"), de: include_str!("texts.de.ftl") };

/// Where one finds journeys.
pub const NAV: &[Nav] = &[
    Nav {
        section: Section::Portal,
        href: "/journey",
        key: "my-journey",
        icon: "journey",
        may: |roles| roles.is_some(),
    },
    Nav {
        section: Section::Programme,
        href: "/programme/journeys/map",
        key: "journey-map",
        icon: "journey",
        may: sees,
    },
    Nav { section: Section::Programme, href: "/programme/imports", key: "imports", icon: "download", may: sees },
];

fn sees(roles: Option<Roles>) -> bool {
    roles.is_some_and(Roles::sees_programme)
}

/// The pages of journeys.
pub fn routes() -> Router<App> {
    Router::new()
        .route("/journey", get(timeline::mine))
        .route("/journeys/panel", get(timeline::panel))
        .route("/programme/people/{id}", get(timeline::show))
        .route("/programme/journeys/map", get(map::show))
        .route("/programme/journeys/map.svg", get(map::download))
        .route("/programme/imports", get(imports::index))
}

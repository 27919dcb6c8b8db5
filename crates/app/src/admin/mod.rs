//! `/admin`: what there is to set up and to look after.

use askama::Template;
use axum::extract::State;
use axum::response::{Html, IntoResponse};
use axum::routing::get;
use axum::{Extension, Router};
use base::text::Texts;
use web::actor::{Admin, Role};
use web::error::Result;
use web::page::{Page, Section, components, ui};
use web::{App, Nav};

use crate::house::House;

/// Its texts.
pub(crate) const TEXTS: Texts = Texts { en: include_str!("texts.en.ftl"), de: include_str!("texts.de.ftl") };

/// Its places; capabilities add theirs between them.
pub(crate) const NAV: &[Nav] =
    &[Nav { section: Section::Admin, href: "/admin", key: "admin-all", icon: "settings", may: is_admin }];
/// The places that stand last.
pub(crate) const LAST: &[Nav] = &[Nav {
    section: Section::Admin,
    href: "/admin/components",
    key: "parts-title",
    icon: "channel-portal",
    may: is_admin,
}];

fn is_admin(roles: Option<web::actor::Roles>) -> bool {
    roles.is_some_and(|roles| roles.has(Role::Admin))
}

/// Whether somebody may read `/metrics`.
#[derive(Clone, Copy)]
struct Metrics(bool);

/// The pages.
pub(crate) fn routes(house: &House) -> Router<App> {
    Router::new()
        .route("/admin", get(index))
        .route("/admin/components", get(show_components))
        .layer(Extension(Metrics(!house.metrics_token.is_empty())))
}

#[derive(Template)]
#[template(path = "admin/index.html")]
struct Index {
    page: Page,
    metrics: bool,
    version: &'static str,
}

impl Index {
    /// Everywhere one can go from here.
    fn places(&self) -> impl Iterator<Item = &web::page::Place> {
        self.page.places.iter().filter(|place| place.href != "/admin")
    }

    /// The key of what a place is for.
    fn words_key(place: &web::page::Place) -> String {
        format!("{}-words", place.href.trim_start_matches('/').replace('/', "-"))
    }
}

async fn index(admin: Admin, State(app): State<App>, Extension(Metrics(metrics)): Extension<Metrics>) -> Result {
    let page = admin.visit.page(&app, &admin.visit.words.t("section-admin"), Section::Admin);
    Ok(Html(Index { page, metrics, version: env!("CARGO_PKG_VERSION") }.render()?).into_response())
}

async fn show_components(admin: Admin, State(app): State<App>) -> Html<String> {
    let title = admin.visit.words.t("parts-title");
    Html(components::render(admin.visit.page(&app, &title, Section::Admin)))
}

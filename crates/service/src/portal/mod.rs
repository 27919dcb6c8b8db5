//! The portal's first page: ask, follow what you asked, see what came of what people said.
//!
//! What other capabilities have to say here they say through URLs: each panel is fetched from its owner.

use askama::Template;
use axum::Router;
use axum::extract::State;
use axum::response::{Html, IntoResponse};
use axum::routing::get;
use base::text::Texts;
use web::actor::Visitor;
use web::error::Result;
use web::page::{Page, Section, ui};
use web::{App, Nav};

/// The texts of the first page.
pub const TEXTS: Texts = Texts { en: include_str!("texts.en.ftl"), de: include_str!("texts.de.ftl") };

/// The way back to it is the desk's name.
pub const NAV: &[Nav] = &[];

/// The first page.
pub fn routes() -> Router<App> {
    Router::new().route("/", get(index))
}

#[derive(Template)]
#[template(path = "portal/index.html")]
struct Index {
    page: Page,
    hello: Option<String>,
}

/// GET /
async fn index(visitor: Visitor, State(app): State<App>) -> Result {
    let page = visitor.page(&app, "", Section::Portal);
    let first_name = |name: &str| name.split_whitespace().next().unwrap_or_default().to_owned();
    let hello = visitor.actor.as_ref().map(|actor| first_name(&actor.name));
    Ok(Html(Index { page, hello }.render()?).into_response())
}

//! The logs that were read into the ledger.

use askama::Template;
use axum::extract::State;
use axum::response::{Html, IntoResponse};
use ledger::import::{self, Import};
use web::App;
use web::actor::Stakeholder;
use web::error::Result;
use web::page::{Page, Section, ui};

/// Imports on the page.
const MOST: i64 = 200;

#[derive(Template)]
#[template(path = "journey/imports.html")]
struct Index {
    page: Page,
    imports: Vec<Import>,
}

/// GET /programme/imports
pub(super) async fn index(reader: Stakeholder, State(app): State<App>) -> Result {
    let imports = app.db.read(|tx| import::list(tx, MOST)).await?;
    let page = reader.visit.page(&app, &reader.visit.words.t("imports"), Section::Programme);
    Ok(Html(Index { page, imports }.render()?).into_response())
}

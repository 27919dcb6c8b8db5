//! The page that a letter's "no more of these" leads to.

use askama::Template;
use axum::Router;
use axum::extract::{Path, State};
use axum::response::{Html, IntoResponse};
use axum::routing::get;
use ledger::outbox::{self, Letter};
use ledger::touchpoint::{self, Channel, Draft};
use serde_json::json;
use web::App;
use web::actor::Visitor;
use web::error::{Error, Result};
use web::form::{Done, Input};
use web::page::{Page, Section, ui};

use super::kinds;

/// Nobody needs to sign in: whoever has the letter may say so.
pub fn routes() -> Router<App> {
    Router::new().route("/refusals/{token}", get(show).post(create))
}

#[derive(Template)]
#[template(path = "refusal/show.html")]
struct Show {
    page: Page,
    token: String,
    address: String,
    kind: String,
    is_refused: bool,
}

impl Show {
    /// What these letters are.
    fn letters(&self) -> String {
        self.page.t(format!("refusal-kind-{}", self.kind).as_str())
    }
}

/// GET /refusals/{token}. Opening it records nothing.
async fn show(visitor: Visitor, State(app): State<App>, Path(token): Path<String>) -> Result {
    let wanted = token.clone();
    let (letter, is_refused) = app
        .db
        .read(move |tx| {
            let letter = find(tx, &wanted)?;
            let kind = letter.refusal_kind.clone().unwrap_or_default();
            let is_refused = outbox::refuses(tx, &letter.address, &kind)?;
            Ok::<_, Error>((letter, is_refused))
        })
        .await?;
    let page = visitor.page(&app, &visitor.words.t("refusal-title"), Section::Portal);
    let kind = letter.refusal_kind.unwrap_or_default();
    Ok(Html(Show { page, token, address: letter.address, kind, is_refused }.render()?).into_response())
}

fn find(tx: &mut base::db::Tx, token: &str) -> Result<Letter> {
    outbox::find_by_refusal_token(tx, token)?.ok_or(Error::NotFound)
}

/// POST /refusals/{token}: no more of these, or with `again` these after all. A mail program that says it for its reader
/// is answered without being led elsewhere (RFC 8058, 3.1).
async fn create(visitor: Visitor, State(app): State<App>, Path(token): Path<String>, input: Input) -> Result {
    let (again, by_program) = (input.get("again") == "yes", !input.get("List-Unsubscribe").is_empty());
    let (now, wanted) = (app.clock.now(), token.clone());
    app.db
        .write(move |tx| {
            let letter = find(tx, &wanted)?;
            let changed = if again { outbox::accept_again(tx, &letter)? } else { outbox::refuse(tx, &letter, now)? };
            if changed {
                let kind = if again { &kinds::WITHDRAWN } else { &kinds::MADE };
                let detail = json!({ "letters": letter.refusal_kind, "address": letter.address });
                touchpoint::record(tx, Draft::of(kind, now, Channel::Email).person(letter.person).detail(detail))?;
            }
            Ok::<_, Error>(())
        })
        .await?;
    if by_program {
        return show(visitor, State(app), Path(token)).await;
    }
    let said = if again { "done-refusal-withdrawn" } else { "done-refusal-made" };
    Ok(Done::to(format!("/refusals/{token}")).saying(said).into_response())
}

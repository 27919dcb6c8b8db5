//! "You said, we did": for everybody, on the portal's home, and from the letter that told a raiser.

use askama::Template;
use axum::extract::{Path, State};
use axum::response::{Html, IntoResponse};
use web::App;
use web::actor::Visitor;
use web::error::{Error, Result};
use web::form::{Done, Input};
use web::page::{Page, Section, ui};

use super::Smallest;
use crate::improvement::model::State as Step;
use crate::improvement::store::{self, Line, Telling};
use crate::improvement::work;

/// How many people said it, when they are enough not to be known by it.
pub(super) fn how_many(page: &Page, line: &Line, k: u32) -> String {
    if line.raisers >= i64::from(k) { page.t1("said-by", "n", line.raisers) } else { page.t("said-by-some") }
}

#[derive(Template)]
#[template(path = "improvement/pages/said.html")]
pub(in crate::improvement) struct Index {
    pub(in crate::improvement) page: Page,
    pub(in crate::improvement) done: Vec<Line>,
    pub(in crate::improvement) declined: Vec<Line>,
    pub(in crate::improvement) k: u32,
}

/// GET /said-and-done
pub(super) async fn index(visitor: Visitor, State(app): State<App>, k: Smallest) -> Result {
    let (done, declined) = app
        .db
        .read(move |tx| {
            let done = store::lines(tx, &[Step::Done, Step::Told], 60, k.0)?;
            Ok::<_, Error>((done, store::lines(tx, &[Step::Declined], 20, k.0)?))
        })
        .await?;
    let page = visitor.page(&app, &visitor.words.t("said-title"), Section::Portal);
    Ok(Html(Index { page, done, declined, k: k.0 }.render()?).into_response())
}

#[derive(Template)]
#[template(path = "improvement/pages/said_panel.html")]
pub(in crate::improvement) struct Panel {
    pub(in crate::improvement) page: Page,
    pub(in crate::improvement) done: Vec<Line>,
    pub(in crate::improvement) k: u32,
}

/// GET /said-and-done/panel: the newest three, as a part of another page; nothing when there is none.
pub(super) async fn panel(visitor: Visitor, State(app): State<App>, k: Smallest) -> Result {
    let done = app.db.read(move |tx| store::lines(tx, &[Step::Done, Step::Told], 3, k.0)).await.map_err(Error::from)?;
    if done.is_empty() {
        return Ok(Html(String::new()).into_response());
    }
    let page = visitor.page(&app, "", Section::Portal);
    Ok(Html(Panel { page, done, k: k.0 }.render()?).into_response())
}

#[derive(Template)]
#[template(path = "improvement/pages/told.html")]
pub(in crate::improvement) struct Told {
    pub(in crate::improvement) page: Page,
    pub(in crate::improvement) token: String,
    pub(in crate::improvement) telling: Telling,
}

/// GET /said-and-done/{token}: did it help? Opening it records nothing.
pub(super) async fn show(visitor: Visitor, State(app): State<App>, Path(token): Path<String>) -> Result {
    let wanted = token.clone();
    let telling = app.db.read(move |tx| store::find_telling(tx, &wanted)?.ok_or(Error::NotFound)).await?;
    let page = visitor.page(&app, &visitor.words.t("said-title"), Section::Portal);
    Ok(Html(Told { page, token, telling }.render()?).into_response())
}

/// POST /said-and-done/{token}: `helped` is yes or no.
pub(super) async fn create(State(app): State<App>, Path(token): Path<String>, input: Input) -> Result {
    let helped = match input.get("helped") {
        "yes" => true,
        "no" => false,
        _ => return Err(Error::Refused("helped is yes or no")),
    };
    let now = app.clock.now();
    let to = format!("/said-and-done/{token}");
    app.db.write(move |tx| work::judge(tx, &token, helped, now)).await?;
    Ok(Done::to(to).saying("done-said-judged").into_response())
}

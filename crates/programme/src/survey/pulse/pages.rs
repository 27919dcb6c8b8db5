//! The pulse as a page.

use askama::Template;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{Html, IntoResponse};
use axum::routing::get;
use axum::{Extension, Router};
use base::clock::Moment;
use base::db::Tx;
use ledger::touchpoint::{self, Channel, Draft};
use web::App;
use web::actor::Visitor;
use web::error::{Error, Result};
use web::form::{Done, Errors, Input};
use web::page::ui::{self, Opt};
use web::page::{Page, Section};

use super::{PULSE, Said, kinds, store};
use crate::survey::Settings;
use crate::survey::model::{FirstChoice, OPEN_FOR, Survey};
use crate::survey::offer::about;
use crate::survey::store as surveys;

/// The person's page.
pub(in crate::survey) fn routes() -> Router<App> {
    Router::new().route("/pulse/panel", get(panel)).route("/pulse/{token}", get(show).post(create))
}

/// What the page knows.
pub(super) struct Asked {
    pub survey: Survey,
    /// What was answered, and when first.
    pub said: Option<(Said, Moment)>,
    /// How many people see the name beside the answer.
    pub readers: i64,
    pub k: u32,
}

impl Asked {
    fn answered_at(&self) -> Option<Moment> {
        self.said.map(|(_, at)| at)
    }

    fn until(&self) -> i64 {
        self.survey.open_until(self.answered_at()).0
    }

    fn privacy(&self, page: &Page) -> String {
        page.t2("survey-privacy", "readers", self.readers, "k", self.k)
    }
}

#[derive(Template)]
#[template(path = "survey/pulse/show.html")]
pub(super) struct Show {
    pub page: Page,
    pub asked: Asked,
    pub is_open: bool,
    pub input: Input,
    pub errors: Errors,
}

impl Show {
    fn is_answered(&self) -> bool {
        self.asked.said.is_some()
    }

    fn yes_or_no(&self) -> Vec<Opt> {
        ["yes", "no"].map(|word| Opt::new(word, self.page.t(format!("pulse-{word}")))).into()
    }

    fn ways(&self) -> Vec<Opt> {
        let brand = self.page.brand.name.as_str();
        let way = |choice: &FirstChoice| self.page.t1(&format!("pulse-went-{choice}"), "brand", brand);
        FirstChoice::ALL.iter().map(|choice| Opt::new(choice, way(choice))).collect()
    }
}

fn find(tx: &mut Tx, token: &str, k: u32) -> Result<Asked> {
    let survey = surveys::find_by_token(tx, token)?.filter(|survey| survey.object.0 == PULSE).ok_or(Error::NotFound)?;
    let said = store::find(tx, survey.id)?;
    Ok(Asked { survey, said, readers: surveys::count_readers(tx)?, k })
}

/// GET /pulse/{token}. Opening it records nothing: mail scanners open links.
async fn show(
    visitor: Visitor,
    State(app): State<App>,
    Extension(settings): Extension<Settings>,
    Path(token): Path<String>,
) -> Result {
    let asked = app.db.read(move |tx| find(tx, &token, settings.k)).await?;
    let input = asked.said.map(|(said, _)| said.filled()).unwrap_or_default();
    draw(&app, &visitor, asked, input, Errors::default())
}

fn draw(app: &App, visitor: &Visitor, asked: Asked, input: Input, errors: Errors) -> Result {
    let is_open = asked.survey.is_open(asked.answered_at(), app.clock.now());
    let title = if asked.said.is_some() { "survey-thanks" } else { "pulse-title" };
    let page = visitor.page(app, &visitor.words.t(title), Section::Portal);
    let status = if errors.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    Ok((status, Html(Show { page, asked, is_open, input, errors }.render()?)).into_response())
}

#[derive(Template)]
#[template(path = "survey/pulse/panel.html")]
struct Panel {
    page: Page,
    token: String,
}

/// GET /pulse/panel: the way to the question that waits for whoever is signed in, or nothing.
async fn panel(visitor: Visitor, State(app): State<App>) -> Result {
    let Some(person) = visitor.actor.as_ref().map(|actor| actor.person) else {
        return Ok(Html(String::new()).into_response());
    };
    let since = app.clock.now().plus(-OPEN_FOR);
    let waits = app.db.read(move |tx| {
        let asked = surveys::find_newest(tx, person, PULSE, since)?;
        let Some(survey) = asked else { return Ok(None) };
        Ok::<_, Error>(store::find(tx, survey.id)?.is_none().then_some(survey.token))
    });
    let Some(token) = waits.await? else { return Ok(Html(String::new()).into_response()) };
    Ok(Html(Panel { page: visitor.page(&app, "", Section::Portal), token }.render()?).into_response())
}

/// POST /pulse/{token}: the answer, or another one in its place.
async fn create(
    visitor: Visitor,
    State(app): State<App>,
    Extension(settings): Extension<Settings>,
    Path(token): Path<String>,
    input: Input,
) -> Result {
    let said = match Said::parse(&input) {
        Ok(said) => said,
        Err(errors) => {
            let asked = app.db.read(move |tx| find(tx, &token, settings.k)).await?;
            return draw(&app, &visitor, asked, input, errors);
        }
    };
    let (now, to) = (app.clock.now(), format!("/pulse/{token}"));
    app.db.write(move |tx| answer(tx, &token, said, now)).await?;
    Ok(Done::to(to).saying("done-survey-answered").into_response())
}

/// Keeps an answer and records it. Sent twice, it is recorded once; too late, it is a conflict.
fn answer(tx: &mut Tx, token: &str, said: Said, now: Moment) -> Result<()> {
    let Asked { survey, said: before, .. } = find(tx, token, 0)?;
    let answered_at = before.map(|(_, at)| at);
    if !survey.is_open(answered_at, now) {
        return Err(Error::Conflict);
    }
    if before.is_some_and(|(before, _)| before == said) {
        return Ok(());
    }
    let kind = if before.is_some() { &kinds::AMENDED } else { &kinds::ANSWERED };
    store::save(tx, survey.id, said, answered_at.unwrap_or(now), now, survey.source)?;
    let draft = Draft::of(kind, now, Channel::Survey).detail(said.detail());
    touchpoint::record(tx, about(&survey, draft))?;
    Ok(())
}

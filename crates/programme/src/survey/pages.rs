//! The form as a page of its own, and its first part on the person's page of their ticket.

use askama::Template;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{Html, IntoResponse};
use axum::routing::{get, post};
use axum::{Extension, Router};
use axum_extra::extract::Query;
use base::clock::Moment;
use ledger::touchpoint::{self, Channel, Draft};
use serde::Deserialize;
use serde_json::json;
use web::App;
use web::actor::Visitor;
use web::error::{Error, Result};
use web::form::{Done, Errors, Input};
use web::page::ui::{self, Opt};
use web::page::{Page, Section};

use super::form::{Sent, filled};
use super::kinds;
use super::model::{FirstChoice, Lost, Survey, Word};
use super::offer::{Settings, about};
use super::pulse;
use super::store::{self, Response};

/// The person's pages. `settings` say what the sentence about privacy promises.
pub fn routes(settings: Settings) -> Router<App> {
    Router::new()
        .route("/surveys/panel", get(panel))
        .route("/surveys/{token}", get(show).post(create))
        .route("/surveys/{token}/dismissal", post(create_dismissal))
        .merge(pulse::routes())
        .layer(Extension(settings))
}

/// What both the page and the panel know.
pub(super) struct Asked {
    pub(super) survey: Survey,
    pub(super) response: Option<Response>,
    /// How many people see the name beside the answer.
    pub(super) readers: i64,
    pub(super) k: u32,
}

impl Asked {
    fn answered_at(&self) -> Option<Moment> {
        self.response.as_ref().map(|response| response.answered_at)
    }

    fn until(&self) -> i64 {
        self.survey.open_until(self.answered_at()).0
    }

    /// Who sees the name, and from how many answers on anything is shown: said before the first tap.
    fn privacy(&self, page: &Page) -> String {
        page.t2("survey-privacy", "readers", self.readers, "k", self.k)
    }

    /// The five answers, in the order that is this person's.
    fn satisfactions(&self, page: &Page) -> Vec<Opt> {
        let mut steps: Vec<u8> = (1..=5).collect();
        if self.survey.best_first {
            steps.reverse();
        }
        steps.into_iter().map(|step| Opt::new(step, page.t(format!("survey-satisfaction-{step}")))).collect()
    }

    /// The page of the thing that this is about, which the person knows.
    fn view_path(&self) -> Option<String> {
        self.survey.view_token.as_ref().map(|token| format!("/requests/{token}"))
    }
}

#[derive(Template)]
#[template(path = "survey/show.html")]
pub(super) struct Show {
    pub(super) page: Page,
    pub(super) asked: Asked,
    pub(super) is_open: bool,
    pub(super) input: Input,
    pub(super) errors: Errors,
}

impl Show {
    fn is_answered(&self) -> bool {
        self.asked.response.is_some()
    }

    fn words(&self) -> Vec<Opt> {
        let blank = Opt::new("", self.page.t("survey-word-none"));
        let words = Word::ALL.iter().map(|word| Opt::new(word, self.page.t(format!("survey-word-{word}"))));
        std::iter::once(blank).chain(words).collect()
    }

    fn losses(&self) -> Vec<Opt> {
        Lost::ALL.iter().map(|lost| Opt::new(lost, self.page.t(format!("survey-lost-{lost}")))).collect()
    }

    fn first_choices(&self) -> Vec<Opt> {
        let brand = self.page.brand.name.as_str();
        let said = |choice: &FirstChoice| self.page.t1(&format!("survey-first-{choice}"), "brand", brand);
        FirstChoice::ALL.iter().map(|choice| Opt::new(choice, said(choice))).collect()
    }

    fn consent(&self) -> Vec<Opt> {
        vec![Opt::new("yes", self.page.t("survey-consent-yes")).hint(self.page.t("survey-consent-hint"))]
    }
}

#[derive(Template)]
#[template(path = "survey/panel.html")]
pub(super) struct Panel {
    pub(super) page: Page,
    pub(super) asked: Asked,
}

async fn find(app: &App, settings: Settings, token: String) -> Result<Asked> {
    app.db
        .read(move |tx| {
            let survey = on_a_thing(store::find_by_token(tx, &token)?)?;
            let response = store::find_response(tx, survey.id)?;
            Ok(Asked { survey, response, readers: store::count_readers(tx)?, k: settings.k })
        })
        .await
}

/// The survey that was found, when it is about a thing: a pulse has its own page.
fn on_a_thing(found: Option<Survey>) -> Result<Survey> {
    found.filter(|survey| survey.object.0 != pulse::PULSE).ok_or(Error::NotFound)
}

/// GET /surveys/{token}. Opening it records nothing: mail scanners open links.
async fn show(
    visitor: Visitor,
    State(app): State<App>,
    Extension(settings): Extension<Settings>,
    Path(token): Path<String>,
) -> Result {
    let asked = find(&app, settings, token).await?;
    let input = asked.response.as_ref().map(|response| filled(&response.answers)).unwrap_or_default();
    draw(&app, &visitor, asked, input, Errors::default())
}

fn draw(app: &App, visitor: &Visitor, asked: Asked, input: Input, errors: Errors) -> Result {
    let is_open = asked.survey.is_open(asked.answered_at(), app.clock.now());
    let title = if asked.response.is_some() { "survey-thanks" } else { "survey-title" };
    let page = visitor.page(app, &visitor.words.t(title), Section::Portal);
    let status = if errors.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    Ok((status, Html(Show { page, asked, is_open, input, errors }.render()?)).into_response())
}

/// POST /surveys/{token}: the answer, or another one in its place.
async fn create(
    visitor: Visitor,
    State(app): State<App>,
    Extension(settings): Extension<Settings>,
    Path(token): Path<String>,
    input: Input,
) -> Result {
    let sent = match Sent::parse(&input) {
        Ok(sent) => sent,
        Err(errors) => {
            let asked = find(&app, settings, token).await?;
            return draw(&app, &visitor, asked, input, errors);
        }
    };
    let now = app.clock.now();
    let to = format!("/surveys/{token}");
    app.db.write(move |tx| answer(tx, &token, sent.clone(), now)).await?;
    Ok(Done::to(to).saying("done-survey-answered").into_response())
}

/// Keeps an answer and records it. Sent twice, it is recorded once; too late, it is a conflict.
fn answer(tx: &mut base::db::Tx, token: &str, sent: Sent, now: Moment) -> Result<()> {
    let survey = on_a_thing(store::find_by_token(tx, token)?)?;
    let before = store::find_response(tx, survey.id)?;
    let answered_at = before.as_ref().map(|before| before.answered_at);
    if !survey.is_open(answered_at, now) {
        return Err(Error::Conflict);
    }
    let kind = if before.is_some() { &kinds::AMENDED } else { &kinds::ANSWERED };
    let old = before.map(|before| before.answers);
    let answers = sent.over(old.clone());
    if old.as_ref() == Some(&answers) {
        return Ok(());
    }
    store::save_response(tx, &survey, &answers, answered_at.unwrap_or(now), now)?;
    let draft = Draft::of(kind, now, Channel::Survey).detail(answers.detail(&survey.subject));
    touchpoint::record(tx, about(&survey, draft))?;
    Ok(())
}

/// POST /surveys/{token}/dismissal: not now, or with `forever` never again.
async fn create_dismissal(State(app): State<App>, Path(token): Path<String>, input: Input) -> Result {
    let (now, forever) = (app.clock.now(), input.get("forever") == "yes");
    let to = app
        .db
        .write(move |tx| {
            let survey = store::find_by_token(tx, &token)?.ok_or(Error::NotFound)?;
            let is_pulse = survey.object.0 == pulse::PULSE;
            let known = if forever { store::has_refused(tx, survey.person)? } else { survey.dismissed_at.is_some() };
            if !known {
                store::dismiss(tx, survey.id, now)?;
                if forever {
                    store::refuse(tx, survey.person, now)?;
                }
                let kind = if is_pulse { &pulse::kinds::DISMISSED } else { &kinds::DISMISSED };
                let draft = Draft::of(kind, now, Channel::Survey).detail(json!({ "forever": forever }));
                touchpoint::record(tx, about(&survey, draft))?;
            }
            let back = survey.view_token.map(|view| format!("/requests/{view}"));
            let page = if is_pulse { "pulse" } else { "surveys" };
            Ok::<_, Error>(back.unwrap_or_else(|| format!("/{page}/{token}")))
        })
        .await?;
    let said = if forever { "done-survey-refused" } else { "done-survey-dismissed" };
    Ok(Done::to(to).saying(said).into_response())
}

/// Of which thing the panel is asked for.
#[derive(Deserialize)]
struct Which {
    #[serde(default)]
    ticket: String,
}

/// GET /surveys/panel?ticket=TOKEN: the short form for the page that this token opens, or nothing.
async fn panel(
    visitor: Visitor,
    State(app): State<App>,
    Extension(settings): Extension<Settings>,
    Query(which): Query<Which>,
) -> Result {
    let now = app.clock.now();
    let asked = app
        .db
        .read(move |tx| {
            let Some(survey) = store::find_by_view_token(tx, &which.ticket)? else { return Ok(None) };
            let response = store::find_response(tx, survey.id)?;
            let asked = Asked { survey, response, readers: store::count_readers(tx)?, k: settings.k };
            let waits = asked.survey.dismissed_at.is_none() || asked.response.is_some();
            Ok::<_, Error>((waits && asked.survey.is_open(asked.answered_at(), now)).then_some(asked))
        })
        .await?;
    let Some(asked) = asked else { return Ok(Html(String::new()).into_response()) };
    let page = visitor.page(&app, "", Section::Portal);
    Ok(Html(Panel { page, asked }.render()?).into_response())
}

//! The board: what is proposed, planned, being done, done and told; and what was declined.

use askama::Template;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{Html, IntoResponse};
use web::App;
use web::actor::Stakeholder;
use web::error::{Error, Result};
use web::form::{Check, Done, Errors, Input};
use web::page::ui::{self};
use web::page::{Page, Section};

use super::Smallest;
use crate::improvement::State as Step;
use crate::improvement::can;
use crate::improvement::store::{self, Line};
use crate::improvement::work;

/// How many of what is over stand on the board; the rest is on "you said, we did".
const OVER: i64 = 12;

#[derive(Template)]
#[template(path = "improvement/pages/board.html")]
pub(in crate::improvement) struct Index {
    pub(in crate::improvement) page: Page,
    pub(in crate::improvement) columns: Vec<(Step, Vec<Line>)>,
    pub(in crate::improvement) k: u32,
    /// How many bad answers wait.
    pub(in crate::improvement) waiting: Option<i64>,
}

impl Index {
    fn is_empty(&self) -> bool {
        self.columns.iter().all(|(_, lines)| lines.is_empty())
    }
}

/// GET /programme/improvements
pub(super) async fn index(reader: Stakeholder, State(app): State<App>, k: Smallest) -> Result {
    let (me, sees_names) = (reader.person, can::see_names(&reader));
    let (columns, waiting) = app
        .db
        .read(move |tx| {
            let mut columns = Vec::new();
            for step in Step::ALL {
                let limit = if step.is_over() { OVER } else { 100 };
                columns.push((*step, store::lines(tx, &[*step], limit, k.0)?));
            }
            Ok::<_, Error>((columns, if sees_names { Some(store::count_open(tx, me)?.0) } else { None }))
        })
        .await?;
    let page = reader.visit.page(&app, &reader.visit.words.t("improvements"), Section::Programme);
    Ok(Html(Index { page, columns, k: k.0, waiting }.render()?).into_response())
}

#[derive(Template)]
#[template(path = "improvement/pages/new.html")]
pub(in crate::improvement) struct New {
    pub(in crate::improvement) page: Page,
    pub(in crate::improvement) input: Input,
    pub(in crate::improvement) errors: Errors,
}

/// GET /programme/improvements/new
pub(super) async fn new(reader: Stakeholder, State(app): State<App>) -> Result {
    draw_new(&app, &reader, Input::default(), Errors::default())
}

fn draw_new(app: &App, reader: &Stakeholder, input: Input, errors: Errors) -> Result {
    let page = reader.visit.page(app, &reader.visit.words.t("improvement-new"), Section::Programme);
    let status = if errors.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    Ok((status, Html(New { page, input, errors }.render()?)).into_response())
}

/// POST /programme/improvements
pub(super) async fn create(reader: Stakeholder, State(app): State<App>, input: Input) -> Result {
    let mut check = Check::of(&input);
    let (title, plan) = (check.required("title", 200), check.optional("plan", 5_000));
    if let Err(errors) = check.finish(()) {
        return draw_new(&app, &reader, input, errors);
    }
    let (me, now) = (reader.person, app.clock.now());
    let made = app.db.write(move |tx| work::propose(tx, &title, &plan, Some(me), now)).await?;
    Ok(Done::to(format!("/programme/improvements/{}", made.id)).saying("done-improvement-proposed").into_response())
}

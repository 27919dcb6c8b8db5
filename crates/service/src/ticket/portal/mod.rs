//! The person's side: asking, and following what becomes of it, in plain words. A page opens by the token in a mail,
//! or for whoever is signed in as the person who asked.

mod new;
mod show;

use askama::Template;
use axum::Router;
use axum::extract::State;
use axum::response::{Html, IntoResponse};
use axum::routing::{get, post};
use web::App;
use web::actor::Customer;
use web::error::{Error, Result};
use web::page::{Page, Section, ui};

use super::model::{State as Standing, Ticket};
use super::{portal, store};

pub(super) fn routes() -> Router<App> {
    Router::new()
        .route("/requests", get(index).post(new::create))
        .route("/requests/new", get(new::new))
        .route("/requests/{token}", get(show::show))
        .route("/requests/{token}/live", get(show::live))
        .route("/requests/{token}/messages", post(show::create_message))
        .route("/requests/{token}/confirmation", post(show::create_confirmation))
        .route("/requests/{token}/files/{file}/{name}", get(show::show_file))
}

#[derive(Template)]
#[template(path = "ticket/portal/index.html")]
struct Index {
    page: Page,
    tickets: Vec<Ticket>,
}

/// What the person reads of a state.
fn plain_key(state: &Standing) -> String {
    format!("request-state-{state}")
}

/// The tone of a state's chip.
fn tone(state: &Standing) -> &'static str {
    match state {
        Standing::New => "new",
        Standing::Open | Standing::WaitingOthers => "open",
        Standing::WaitingPerson => "waiting",
        Standing::Resolved | Standing::Closed => "solved",
    }
}

/// GET /requests: mine.
async fn index(customer: Customer, State(app): State<App>) -> Result {
    let person = customer.person;
    let tickets = app.db.read(move |tx| Ok::<_, Error>(store::list_of_person(tx, person, 200)?)).await?;
    let page = customer.visit.page(&app, &customer.visit.words.t("my-requests"), Section::Portal);
    Ok(Html(Index { page, tickets }.render()?).into_response())
}

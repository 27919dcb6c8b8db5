//! The agents' side: the inbox, a ticket, search, live updates.

mod act;
mod attached;
mod delivery;
mod inbox;
mod letter;
mod participants;
mod preview;
mod recipients;
mod seal;
mod show;

use axum::Router;
use axum::extract::{Path, State};
use axum::routing::{get, post};
use axum_extra::extract::Query;
use ledger::touchpoint::Touchpoint;
use web::App;
use web::actor::Agent;
use web::error::{Error, Result};
use web::live::Since;

use super::model::State as Standing;
use super::{TicketId, file, store};

pub(super) fn routes() -> Router<App> {
    Router::new()
        .route("/desk", get(inbox::index))
        .route("/desk/live", get(live))
        .route("/desk/search", get(inbox::search))
        .route("/desk/tickets/{id}", get(show::show))
        .route("/desk/tickets/{id}/messages", post(act::create_message))
        .route("/desk/tickets/{id}/messages/{message}/body", get(letter::body))
        .route("/desk/tickets/{id}/messages/{message}/text", get(letter::text))
        .route("/desk/tickets/{id}/files/{file}/message", get(attached::show))
        .route("/desk/tickets/{id}/preview", post(preview::preview))
        .route("/desk/tickets/{id}/participants", post(participants::create))
        .route("/desk/tickets/{id}/participants/change", post(participants::update))
        .route("/desk/tickets/{id}/assignment", post(act::update_assignment))
        .route("/desk/tickets/{id}/state", post(act::update_state))
        .route("/desk/tickets/{id}/tags", post(act::update_tags))
        .route("/desk/tickets/{id}/merge", post(act::merge_into))
        .route("/desk/tickets/{id}/address", post(act::mend_address))
        .route("/desk/tickets/{id}/files/{file}/{name}", get(show_file))
}

/// The tone of a state's chip.
fn tone(state: &Standing) -> &'static str {
    match state {
        Standing::New => "new",
        Standing::Open => "open",
        Standing::WaitingPerson | Standing::WaitingOthers => "waiting",
        Standing::Resolved => "solved",
        Standing::Closed => "closed",
    }
}

/// The key of a state's name.
fn state_key(state: &Standing) -> String {
    format!("ticket-state-{state}")
}

/// GET /desk/live: that something happened to tickets, and to which.
async fn live(_: Agent, State(app): State<App>, Query(since): Query<Since>) -> axum::response::Response {
    web::live::stream(&app.live, since, told)
}

fn told(touchpoint: &Touchpoint) -> Vec<String> {
    match touchpoint.object("ticket") {
        Some(id) => vec!["tickets".to_owned(), format!("ticket-{id}")],
        None => Vec::new(),
    }
}

async fn show_file(_: Agent, State(app): State<App>, Path((id, wanted, _)): Path<(TicketId, i64, String)>) -> Result {
    let files = app.db.read(move |tx| store::files(tx, id)).await?;
    let found = files.into_iter().find(|file| file.id == wanted).ok_or(Error::NotFound)?;
    file::give(&app.files, &found).await
}

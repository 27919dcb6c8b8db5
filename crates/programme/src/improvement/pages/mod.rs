//! The pages: what waits for an answer from us, the board of improvements, one of them, and "you said, we did".

mod act;
mod board;
mod follow_up;
mod follow_ups;
mod said;
mod show;

use axum::extract::FromRequestParts;
use axum::routing::{get, post};
use axum::{Extension, Router};
use web::App;
use web::page::{Page, ui};

use super::State;

#[cfg(test)]
pub(super) use {
    board::{Index as Board, New},
    follow_up::{Show as FollowUpShow, Whole as FollowUpWhole},
    follow_ups::{Index as FollowUps, Place},
    said::{Index as Said, Panel as SaidPanel, Told},
    show::{Show, Whole},
};

/// From how many people on a number about a group is shown.
#[derive(Debug, Clone, Copy, FromRequestParts)]
#[from_request(via(Extension))]
pub(super) struct Smallest(pub(super) u32);

/// All pages; `k` is from how many people on a number about a group is shown.
pub fn routes(k: u32) -> Router<App> {
    Router::new()
        .route("/programme/follow-ups", get(follow_ups::index))
        .route("/programme/follow-ups/{id}", get(follow_up::show))
        .route("/programme/follow-ups/{id}/owner", post(act::update_owner))
        .route("/programme/follow-ups/{id}/notes", post(act::create_note))
        .route("/programme/follow-ups/{id}/letters", post(act::create_letter))
        .route("/programme/follow-ups/{id}/improvement", post(act::update_improvement))
        .route("/programme/follow-ups/{id}/closure", post(act::create_closure))
        .route("/programme/improvements", get(board::index).post(board::create))
        .route("/programme/improvements/new", get(board::new))
        .route("/programme/improvements/{id}", get(show::show).post(show::update))
        .route("/programme/improvements/{id}/state", post(show::update_state))
        .route("/programme/improvements/{id}/merge", post(show::create_merge))
        .route("/programme/improvements/{id}/tellings", post(show::create_tellings))
        .route("/said-and-done", get(said::index))
        .route("/said-and-done/panel", get(said::panel))
        .route("/said-and-done/{token}", get(said::show).post(said::create))
        .layer(Extension(Smallest(k)))
}

/// The tone of a state's chip.
fn tone(state: State) -> &'static str {
    match state {
        State::Proposed => "new",
        State::Planned => "waiting",
        State::Doing => "open",
        State::Done | State::Told => "solved",
        State::Declined => "closed",
    }
}

/// The chip of a state.
#[expect(clippy::trivially_copy_pass_by_ref, reason = "templates pass fields by reference")]
fn chip(page: &Page, state: &State) -> ui::Chip {
    ui::chip(tone(*state), page.t(format!("improvement-state-{state}")))
}

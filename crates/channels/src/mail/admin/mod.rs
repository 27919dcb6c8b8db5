//! Mail as the operator sees it: how each mailbox fares, what waits and what failed, since when and why, a test of each
//! connection, and the lines of `thedesk.toml` to change. Settings live in that file alone, so there is one place to look, to back up and to compare.

mod check;
mod show;
mod store;

use axum::routing::{get, post};
use axum::{Extension, Router};
use base::text::Texts;
use web::App;

use super::mailroom::Mailroom;

pub(super) use store::held;

/// The texts of these pages, and of the warnings.
pub const TEXTS: Texts = Texts { en: include_str!("texts.en.ftl"), de: include_str!("texts.de.ftl") };

/// The operator's pages.
pub(super) fn routes(room: &Mailroom) -> Router<App> {
    Router::new()
        .route("/admin/mail", get(show::index))
        .route("/admin/mail/check", post(check::create))
        .route("/admin/mail/new", get(check::new).post(check::create_new))
        .layer(Extension(room.clone()))
}

//! Signing in: a password for staff, a link by mail for customers, one click in a simulated desk. Sessions are kept on
//! the server; the cookie holds a token of which only the digest is stored.

mod accounts;
mod limit;
mod links;
mod pages;
mod store;

use axum::Router;
use axum_extra::extract::CookieJar;
use base::clock::DAY;

/// The texts of signing in, of forms and of errors.
pub const TEXTS: base::text::Texts =
    base::text::Texts { en: include_str!("texts.en.ftl"), de: include_str!("texts.de.ftl") };

pub use accounts::{Account, password_hash, save_account, set_up_link};
pub use links::{Purpose, make_link};

use crate::App;
use crate::actor::Actor;

/// A session ends when it was not used for this long, milliseconds.
const LIFETIME: i64 = 30 * DAY;

/// Begins a session for somebody, for a test; gives the cookie's token.
#[cfg(feature = "testing")]
pub(crate) async fn begin_for_test(app: &App, person: ledger::person::PersonId) -> String {
    let (token, now) = (base::id::token(), app.clock.now());
    let digest = base::id::digest(&token);
    let begun = app.db.write(move |tx| store::insert_session(tx, &digest, person, now, now.plus(LIFETIME)));
    begun.await.expect("a session is stored");
    token
}

/// The pages of signing in and out.
pub fn routes() -> Router<App> {
    pages::routes()
}

/// The name of the session's cookie; bound to this host where TLS is.
fn cookie_name(app: &App) -> &'static str {
    if app.site.is_https() { "__Host-session" } else { "session" }
}

/// The token that a request carries.
pub(crate) fn token_of(app: &App, jar: &CookieJar) -> Option<String> {
    jar.get(cookie_name(app)).map(|cookie| cookie.value().to_owned())
}

/// Who the bearer of this token is; nobody when the session ended or the database cannot say.
pub(crate) async fn actor_of(app: &App, token: String) -> Option<Actor> {
    let now = app.clock.now();
    let digest = base::id::digest(&token);
    let found = app.db.read(move |tx| store::find_actor(tx, &digest, now)).await;
    found.unwrap_or_else(|error| {
        tracing::error!("cannot tell who asks: {error}");
        None
    })
}

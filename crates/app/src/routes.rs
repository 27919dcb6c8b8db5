//! The route table: every path of the house and whose it is. Read from the inside out: a request passes the layers from
//! the last to the first, and what a layer refuses goes no further.

use std::sync::Arc;

use axum::Router;
use axum::extract::{DefaultBodyLimit, State};
use axum::http::{HeaderMap, StatusCode};
use axum::middleware::{from_fn, from_fn_with_state};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use ledger::measure::Gate;
use programme::{improvement, journey, overview, refusal, survey};
use tower_http::catch_panic::CatchPanicLayer;
use web::meter::{self, Meter};
use web::{App, actor, asset, brand, compress, error, guard, session};

use crate::house::House;
use crate::{admin, metrics};

/// The whole router.
pub(crate) fn all(house: &House) -> Router {
    let (app, meter) = (house.app.clone(), Meter::default());
    let source = overview::Source {
        projection: Arc::clone(&house.projection),
        following: Arc::default(),
        gate: Gate::new(u64::from(house.k)),
    };
    let pages = Router::new()
        .merge(service::routes())
        .merge(overview::routes(source))
        .merge(survey::routes(house.asking))
        .merge(refusal::routes())
        .merge(improvement::routes(house.k))
        .merge(journey::routes())
        .merge(channels::mail::routes(&house.room))
        .merge(session::routes())
        .merge(admin::routes(house))
        .fallback(|| async { error::Error::NotFound })
        .layer(CatchPanicLayer::new())
        .layer(from_fn_with_state(app.clone(), error::pages))
        .layer(from_fn_with_state(app.clone(), actor::arrive))
        .layer(from_fn(guard::same_site))
        // Each field and file has its own bound; see web::form.
        .layer(DefaultBodyLimit::disable())
        .layer(from_fn(compress::pages));
    Router::new()
        .merge(pages)
        .merge(asset::routes())
        .route("/brand.css", get(show_brand))
        .route("/healthz", get(|| async { "ok" }))
        .route("/readyz", get(ready))
        .merge(metrics::routes(house, &meter))
        .layer(from_fn_with_state(app.clone(), guard::headers))
        .layer(from_fn_with_state(meter, meter::count))
        .with_state(app)
}

async fn show_brand(State(app): State<App>, headers: HeaderMap) -> Response {
    brand::show(&app.brand, &headers)
}

/// Whether requests can be served: the database answers.
async fn ready(State(app): State<App>) -> Response {
    match app.db.read(|tx| tx.one("SELECT 1", &[], |row| row.read::<i64>())).await {
        Ok(_) => "ready".into_response(),
        Err(error) => {
            tracing::warn!("not ready: the database does not answer: {error}");
            (StatusCode::SERVICE_UNAVAILABLE, "not ready: the database does not answer").into_response()
        }
    }
}

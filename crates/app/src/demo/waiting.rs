//! The page that waits: while the company is being written, every path shows how far it is and asks again by itself.

use std::net::TcpListener;
use std::time::Duration;

use askama::Template;
use axum::Router;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode, header};
use axum::middleware::from_fn_with_state;
use axum::response::{Html, IntoResponse, Response};
use axum::routing::get;
use base::text::Lang;
use tokio::sync::oneshot;
use web::error::Result;
use web::page::Page;
use web::{App, asset, brand, guard};

use super::Progress;

/// Requests that are still being answered when the work is done get this long.
const LAST: Duration = Duration::from_millis(500);

/// Does `work` on this thread and gives its result; meanwhile answers on the socket with the page that waits. The socket
/// stays the caller's: who comes in between waits in its queue. That nobody could be answered is only logged.
pub(crate) fn serve_while<T>(socket: &TcpListener, app: &App, progress: &Progress, work: impl FnOnce() -> T) -> T {
    let (done, finished) = oneshot::channel::<()>();
    let router = routes(app, progress);
    std::thread::scope(|scope| {
        scope.spawn(move || {
            if let Err(error) = serve(socket, router, finished) {
                tracing::warn!("nobody is answered until the demo is written: {error}");
            }
        });
        let result = work();
        // The other side is gone when it could not serve.
        let _ = done.send(());
        result
    })
}

fn serve(socket: &TcpListener, router: Router, finished: oneshot::Receiver<()>) -> std::io::Result<()> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    runtime.block_on(async {
        let listener = tokio::net::TcpListener::from_std(socket.try_clone()?)?;
        let (close, closing) = oneshot::channel::<()>();
        let served = axum::serve(listener, router).with_graceful_shutdown(async {
            let _ = closing.await;
        });
        let last = async {
            let _ = finished.await;
            let _ = close.send(());
            tokio::time::sleep(LAST).await;
        };
        tokio::select! {
            served = served => served,
            () = last => Ok(()),
        }
    })
}

fn routes(app: &App, progress: &Progress) -> Router {
    Router::new()
        .merge(asset::routes())
        .route("/brand.css", get(show_brand))
        .route("/healthz", get(|| async { "ok" }))
        .route("/readyz", get(ready))
        .fallback(show)
        .layer(from_fn_with_state(app.clone(), guard::headers))
        .with_state((app.clone(), progress.clone()))
}

type Waiting = State<(App, Progress)>;

async fn show_brand(State((app, _)): Waiting, headers: HeaderMap) -> Response {
    brand::show(&app.brand, &headers)
}

async fn ready(State((_, progress)): Waiting) -> Response {
    let (done, total) = progress.now();
    let said = format!("the company is being made up: {done} of {total}");
    (StatusCode::SERVICE_UNAVAILABLE, [(header::RETRY_AFTER, "1")], said).into_response()
}

#[derive(Template)]
#[template(path = "demo/waiting.html")]
struct Show {
    page: Page,
    done: usize,
    total: usize,
    count: String,
}

async fn show(State((app, progress)): Waiting, headers: HeaderMap) -> Result {
    let accepted = headers.get(header::ACCEPT_LANGUAGE).and_then(|value| value.to_str().ok());
    let words = app.catalogue.words(Lang::from_accept_language(accepted.unwrap_or_default()));
    let (done, total) = progress.now();
    let said = |count: usize| words.count(count as i64);
    let (said_done, said_total) = (said(done), said(total));
    let count =
        words.tn("demo-waiting-count", &[("done", said_done.as_str().into()), ("total", said_total.as_str().into())]);
    let title = words.t("demo-waiting");
    let blank = Page::new(words, app.brand.clone(), app.site.zone.clone(), app.clock.now().0);
    let page = Page { title, simulated: true, ..blank };
    let html = Html(Show { page, done, total, count }.render()?);
    Ok((StatusCode::SERVICE_UNAVAILABLE, [(header::RETRY_AFTER, "1")], html).into_response())
}

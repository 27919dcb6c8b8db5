//! `/metrics`: how the desk fares, in figures that Prometheus reads.
//!
//! Closed unless the operator set a token. An address of this machine opens nothing: behind a proxy that runs beside the
//! desk, the whole world comes from there.

use std::time::Instant;

use axum::extract::State;
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use axum::{Extension, Router};
use base::job;
use base::metric::{Exposition, Kind};
use web::App;
use web::error::{Error, Result};
use web::meter::Meter;

use crate::house::House;

/// What the answer is made of.
#[derive(Clone)]
struct Source {
    house: House,
    meter: Meter,
    since: Instant,
}

/// The route.
pub(crate) fn routes(house: &House, meter: &Meter) -> Router<App> {
    let source = Source { house: house.clone(), meter: meter.clone(), since: Instant::now() };
    Router::new().route("/metrics", get(show)).layer(Extension(source))
}

async fn show(State(app): State<App>, Extension(source): Extension<Source>, headers: HeaderMap) -> Response {
    let token = source.house.metrics_token.expose();
    if token.is_empty() {
        return StatusCode::NOT_FOUND.into_response();
    }
    let shown = headers.get(header::AUTHORIZATION).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let shown = shown.strip_prefix("Bearer ").unwrap_or_default();
    // Digests are compared, so that how long it takes says nothing about the token.
    if base::id::digest(shown) != base::id::digest(token) {
        return StatusCode::FORBIDDEN.into_response();
    }
    match figures(&app, &source).await {
        Ok(text) => ([(header::CONTENT_TYPE, "text/plain; version=0.0.4; charset=utf-8")], text).into_response(),
        Err(error) => {
            tracing::error!("the figures cannot be told: {error}");
            StatusCode::SERVICE_UNAVAILABLE.into_response()
        }
    }
}

async fn figures(app: &App, source: &Source) -> Result<String> {
    let mut out = Exposition::new();
    let info = "thedesk_build_info";
    out.family(info, Kind::Gauge, "The version that runs.");
    out.value(info, &[("version", env!("CARGO_PKG_VERSION"))], 1.0);
    let up = source.since.elapsed().as_secs_f64();
    out.single("thedesk_uptime_seconds", Kind::Gauge, "For how long it has been running.", up);
    if let Some(bytes) = resident_bytes() {
        out.single("process_resident_memory_bytes", Kind::Gauge, "Resident memory size in bytes.", bytes);
    }
    source.meter.expose(&mut out);
    let (doors, inside) = ("thedesk_db_transaction_duration_seconds", "thedesk_db_transactions_inside");
    let meter = app.db.meter();
    out.family(doors, Kind::Histogram, "Transactions from asking to the answer, waiting included.");
    out.histogram(doors, &[("door", "read")], &meter.reads.took);
    out.histogram(doors, &[("door", "write")], &meter.writes.took);
    out.family(inside, Kind::Gauge, "Transactions that wait or run.");
    out.value(inside, &[("door", "read")], meter.reads.inside() as f64);
    out.value(inside, &[("door", "write")], meter.writes.inside() as f64);
    let (waiting, failed) = app.db.read(|tx| job::tally(tx).map_err(Error::from)).await?;
    let jobs = "thedesk_jobs";
    out.family(jobs, Kind::Gauge, "Jobs that wait or run, and those that failed for good.");
    out.value(jobs, &[("state", "waiting")], waiting as f64);
    out.value(jobs, &[("state", "failed")], failed as f64);
    channels::mail::expose(app, &source.house.room, &mut out).await?;
    Ok(out.into_text())
}

/// What the process holds in memory, where the system tells.
fn resident_bytes() -> Option<f64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"))?;
    let kilobytes: f64 = line.trim().trim_end_matches("kB").trim().parse().ok()?;
    Some(kilobytes * 1024.0)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use axum::body::Body;
    use axum::http::{Request, StatusCode, header};
    use base::clock::Clock;
    use base::config::{Config, Overrides};
    use http_body_util::BodyExt;
    use tower::ServiceExt;

    use crate::house::House;
    use crate::routes;

    const TOKEN: &str = "a-token-of-the-test";

    fn house(folder: &std::path::Path, toml: &str) -> House {
        let config = Config::read(toml, folder, [], &Overrides::default()).unwrap();
        House::build(&config, Clock::default(), false).unwrap()
    }

    async fn ask(router: &axum::Router, path: &str, token: Option<&str>) -> (StatusCode, String) {
        let mut request = Request::get(path).header(header::HOST, "desk.test");
        if let Some(token) = token {
            request = request.header(header::AUTHORIZATION, format!("Bearer {token}"));
        }
        let answer = router.clone().oneshot(request.body(Body::empty()).unwrap()).await.unwrap();
        let status = answer.status();
        let body = answer.into_body().collect().await.unwrap().to_bytes();
        (status, String::from_utf8(body.to_vec()).unwrap())
    }

    /// Reads the text as Prometheus does, and gives every figure's name with its labels.
    fn figures(text: &str) -> BTreeSet<String> {
        let (mut families, mut seen) = (BTreeSet::new(), BTreeSet::new());
        let mut family = String::new();
        for line in text.lines() {
            if let Some(said) = line.strip_prefix("# HELP ") {
                family = said.split(' ').next().unwrap().to_owned();
                assert!(families.insert(family.clone()), "the family {family} begins twice");
            } else if let Some(said) = line.strip_prefix("# TYPE ") {
                let (name, kind) = said.split_once(' ').unwrap();
                assert_eq!(name, family);
                assert!(["counter", "gauge", "histogram"].contains(&kind), "{line}");
            } else {
                let (figure, value) = line.rsplit_once(' ').unwrap();
                assert!(value.parse::<f64>().is_ok_and(f64::is_finite), "{line}");
                let name = figure.split('{').next().unwrap();
                assert!(name.chars().all(|c| c.is_ascii_alphanumeric() || c == '_'), "{line}");
                let ends = ["", "_bucket", "_sum", "_count"].map(|end| format!("{family}{end}"));
                assert!(ends.iter().any(|end| end == name), "{line} is not of {family}");
                assert!(!figure.contains('{') || figure.ends_with("\"}"), "{line}");
                assert!(seen.insert(figure.to_owned()), "{figure} stands there twice");
            }
        }
        assert!(families.len() > 15, "{families:?}");
        seen
    }

    #[tokio::test(flavor = "multi_thread")]
    async fn figures_are_told_to_whoever_shows_the_token_and_name_nobody() {
        let folder = tempfile::tempdir().unwrap();
        let house = house(folder.path(), &format!("metrics_token = \"{TOKEN}\"\n"));
        let router = routes::all(&house);
        assert_eq!(ask(&router, "/metrics", None).await.0, StatusCode::FORBIDDEN);
        assert_eq!(ask(&router, "/metrics", Some("a-token-of-the-tes")).await.0, StatusCode::FORBIDDEN);
        ask(&router, "/requests/secret-of-ana", None).await;
        ask(&router, "/desk/search?q=ana%40lindenhof.example", None).await;
        ask(&router, "/nowhere/ana", None).await;
        let (status, text) = ask(&router, "/metrics", Some(TOKEN)).await;
        assert_eq!(status, StatusCode::OK);
        let seen = figures(&text);
        for figure in [
            "thedesk_build_info{version=\"0.1.0\"}",
            "thedesk_http_requests_total{route=\"/metrics\",status=\"4xx\"}",
            "thedesk_http_request_duration_seconds_count{route=\"/desk/search\"}",
            "thedesk_db_transaction_duration_seconds_bucket{door=\"read\",le=\"+Inf\"}",
            "thedesk_db_transactions_inside{door=\"write\"}",
            "thedesk_jobs{state=\"failed\"}",
            "thedesk_outbox_letters{state=\"waiting\"}",
            "thedesk_mails_quarantined",
        ] {
            assert!(seen.contains(figure), "{figure} is missing: {text}");
        }
        assert!(!text.contains("ana"), "{text}");
    }

    #[tokio::test(flavor = "multi_thread")]
    async fn without_a_token_nobody_is_told_anything() {
        let folder = tempfile::tempdir().unwrap();
        let router = routes::all(&house(folder.path(), ""));
        assert_eq!(ask(&router, "/metrics", None).await, (StatusCode::NOT_FOUND, String::new()));
        assert_eq!(ask(&router, "/metrics", Some("")).await.0, StatusCode::NOT_FOUND);
        assert_eq!(ask(&router, "/healthz", None).await.0, StatusCode::OK);
        assert_eq!(ask(&router, "/readyz", None).await.0, StatusCode::OK);
    }
}

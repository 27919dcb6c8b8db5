//! How requests fare: counted by the path as the route table writes it (`/desk/tickets/{id}`), never by the path that
//! was asked for, so that no id, token or search ever becomes a figure's name.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};

use axum::extract::{MatchedPath, Request, State};
use axum::middleware::Next;
use axum::response::Response;
use base::metric::{Exposition, Histogram, Kind};

/// Answers of one route.
#[derive(Default)]
struct Route {
    took: Histogram,
    /// 1xx to 5xx.
    classes: [u64; 5],
}

/// What was answered since the start. Cloning gives another handle to the same figures.
#[derive(Clone, Default)]
pub struct Meter(Arc<Mutex<BTreeMap<String, Route>>>);

impl Meter {
    /// Writes the figures down.
    pub fn expose(&self, out: &mut Exposition) {
        let routes = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let requests = "thedesk_http_requests_total";
        out.family(requests, Kind::Counter, "Requests answered, by route and class of status.");
        for (route, seen) in routes.iter() {
            for (class, count) in (1..).zip(&seen.classes).filter(|(_, count)| **count > 0) {
                let class = format!("{class}xx");
                out.value(requests, &[("route", route), ("status", &class)], *count as f64);
            }
        }
        let took = "thedesk_http_request_duration_seconds";
        out.family(took, Kind::Histogram, "From a request's arrival to the head of its answer, by route.");
        for (route, seen) in routes.iter() {
            out.histogram(took, &[("route", route)], &seen.took);
        }
    }
}

/// Middleware: counts each answer.
pub async fn count(State(meter): State<Meter>, request: Request, next: Next) -> Response {
    let route = request.extensions().get::<MatchedPath>().map_or("other", MatchedPath::as_str).to_owned();
    let since = std::time::Instant::now();
    let response = next.run(request).await;
    let class = usize::from(response.status().as_u16() / 100).clamp(1, 5) - 1;
    let mut routes = meter.0.lock().unwrap_or_else(PoisonError::into_inner);
    let seen = routes.entry(route).or_default();
    seen.took.observe(since.elapsed());
    seen.classes[class] += 1;
    drop(routes);
    response
}

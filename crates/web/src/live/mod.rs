//! What happens now, for pages that are open: server-sent events, fed by the ledger's tail on every node.
//!
//! A capability that shows live pages has a route of its own, behind its own door, and hands its filter to [`stream`]:
//! the filter says which touchpoints matter to this reader, and what the page is told. Pages are told *that* something
//! changed, never what: they fetch the part again through a route that asks for permission.

use std::convert::Infallible;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::Duration;

use axum::response::IntoResponse;
use axum::response::Response;
use axum::response::sse::{Event, KeepAlive, Sse};
use futures::StreamExt;
use ledger::touchpoint::Touchpoint;
use serde::Deserialize;
use tokio::sync::broadcast;
use tokio_stream::wrappers::BroadcastStream;
use tokio_stream::wrappers::errors::BroadcastStreamRecvError;

/// Passes new touchpoints on to whoever listens. Cloning gives another handle to the same hub.
#[derive(Clone)]
pub struct Hub {
    sender: broadcast::Sender<Arc<Touchpoint>>,
    /// When the newest touchpoint that was passed on was recorded.
    newest: Arc<AtomicI64>,
}

impl Default for Hub {
    fn default() -> Self {
        Self { sender: broadcast::Sender::new(1024), newest: Arc::default() }
    }
}

/// When the page that listens was made: whatever happened since then it has missed, and is told so.
#[derive(Debug, Clone, Copy, Deserialize)]
pub struct Since {
    /// UTC milliseconds.
    #[serde(default)]
    at: i64,
}

impl Hub {
    /// Passes on a touchpoint that is durable.
    pub fn publish(&self, touchpoint: Touchpoint) {
        self.newest.fetch_max(base::id::made_at(touchpoint.id.0).0, Ordering::AcqRel);
        // Nobody listening is no fault.
        let _ = self.sender.send(Arc::new(touchpoint));
    }
}

/// Answers with a stream of events: for each touchpoint, the names that `told` gives for this reader. A reader who fell
/// behind, or whose page is older than the newest touchpoint, is told `behind`, and looks at everything again.
pub fn stream(hub: &Hub, since: Since, told: impl Fn(&Touchpoint) -> Vec<String> + Send + Sync + 'static) -> Response {
    let received = hub.sender.subscribe();
    let is_behind = hub.newest.load(Ordering::Acquire) >= since.at;
    let first = futures::stream::iter(is_behind.then(|| Ok::<_, Infallible>(event("behind"))));
    let events = BroadcastStream::new(received).flat_map(move |received| {
        let names = match received {
            Ok(touchpoint) => told(&touchpoint),
            Err(BroadcastStreamRecvError::Lagged(_)) => vec!["behind".to_owned()],
        };
        futures::stream::iter(names.into_iter().map(|name| Ok::<_, Infallible>(event(&name))))
    });
    let alive = KeepAlive::new().interval(Duration::from_secs(20));
    let mut response = Sse::new(first.chain(events)).keep_alive(alive).into_response();
    let headers = response.headers_mut();
    headers.insert("x-accel-buffering", axum::http::HeaderValue::from_static("no"));
    response
}

/// An event that says nothing but its name.
fn event(name: &str) -> Event {
    Event::default().event(name).data("1")
}

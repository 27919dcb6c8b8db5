//! What happens now, for pages that are open: server-sent events, fed by the ledger's tail on every node.
//!
//! A capability that shows live pages has a route of its own, behind its own door, and hands its filter to [`stream`]:
//! the filter says which touchpoints matter to this reader, and what the page is told. Pages are told *that* something
//! changed, never what: they fetch the part again through a route that asks for permission.

use std::convert::Infallible;
use std::sync::Arc;
use std::time::Duration;

use axum::response::IntoResponse;
use axum::response::Response;
use axum::response::sse::{Event, KeepAlive, Sse};
use futures::StreamExt;
use ledger::touchpoint::Touchpoint;
use tokio::sync::broadcast;
use tokio_stream::wrappers::BroadcastStream;
use tokio_stream::wrappers::errors::BroadcastStreamRecvError;

/// Passes new touchpoints on to whoever listens. Cloning gives another handle to the same hub.
#[derive(Clone)]
pub struct Hub {
    sender: broadcast::Sender<Arc<Touchpoint>>,
}

impl Default for Hub {
    fn default() -> Self {
        Self { sender: broadcast::Sender::new(1024) }
    }
}

impl Hub {
    /// Passes on a touchpoint that is durable.
    pub fn publish(&self, touchpoint: Touchpoint) {
        // Nobody listening is no fault.
        let _ = self.sender.send(Arc::new(touchpoint));
    }
}

/// Answers with a stream of events: for each touchpoint, the names that `told` gives for this reader. A reader who fell
/// behind is told `behind`, and then looks at everything again.
pub fn stream(hub: &Hub, told: impl Fn(&Touchpoint) -> Vec<String> + Send + Sync + 'static) -> Response {
    let events = BroadcastStream::new(hub.sender.subscribe()).flat_map(move |received| {
        let names = match received {
            Ok(touchpoint) => told(&touchpoint),
            Err(BroadcastStreamRecvError::Lagged(_)) => vec!["behind".to_owned()],
        };
        futures::stream::iter(names.into_iter().map(|name| Ok::<_, Infallible>(Event::default().event(name).data("1"))))
    });
    let alive = KeepAlive::new().interval(Duration::from_secs(20));
    let mut response = Sse::new(events).keep_alive(alive).into_response();
    let headers = response.headers_mut();
    headers.insert("x-accel-buffering", axum::http::HeaderValue::from_static("no"));
    response
}

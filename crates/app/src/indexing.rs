//! Full-text search follows the ledger: whatever a touchpoint says has changed is read and indexed again. The cursor is
//! kept in the index itself, so that the two never disagree, and a new index fills itself from the beginning.

use std::collections::BTreeSet;
use std::time::Duration;

use base::index::Document;
use ledger::touchpoint::{self, Cursor};
use service::ticket::{self, TicketId};
use tokio::sync::watch;
use web::App;
use web::error::Error;

use crate::follow::news;

/// How many touchpoints are read before the index is written.
const BATCH: i64 = 5_000;
/// What comes within this time is indexed together.
const GATHER: Duration = Duration::from_millis(100);

/// Follows the ledger and indexes, until the end.
pub(crate) async fn run(app: App, mut stopping: watch::Receiver<bool>) {
    let mut commits = app.db.commits();
    loop {
        match step(&app).await {
            Ok(true) if !*stopping.borrow() => continue,
            Ok(_) => {}
            Err(error) => tracing::error!("the search index is held up: {error}"),
        }
        if !news(&mut commits, &mut stopping).await {
            return;
        }
        // Each commit of the index costs milliseconds and a segment: what comes within a moment goes into one.
        tokio::time::sleep(GATHER).await;
    }
}

fn cursor_of(text: Option<String>) -> Cursor {
    let parsed = text.as_deref().and_then(|text| {
        let (position, id) = text.split_once(':')?;
        Some(Cursor { position: position.parse().ok()?, id: id.parse().ok()? })
    });
    parsed.unwrap_or_default()
}

/// Indexes what the next touchpoints concern; gives whether there may be more.
async fn step(app: &App) -> Result<bool, Error> {
    let cursor = cursor_of(app.index.cursor().map_err(|error| Error::Internal(error.to_string()))?);
    let (changed, next, more) = app
        .db
        .read(move |tx| {
            let fresh = touchpoint::after(tx, cursor, BATCH)?;
            let tickets: BTreeSet<i64> = fresh.iter().filter_map(|touchpoint| touchpoint.object("ticket")).collect();
            let mut changed: Vec<Document> = Vec::with_capacity(tickets.len());
            for id in tickets {
                changed.extend(ticket::document(tx, TicketId(id))?);
            }
            let next = fresh.last().map_or(cursor, Cursor::behind);
            Ok::<_, Error>((changed, next, fresh.len() as i64 == BATCH))
        })
        .await?;
    if next == cursor {
        return Ok(false);
    }
    let writing = app.clone();
    tokio::task::spawn_blocking(move || writing.index.update(&changed, &[], &format!("{}:{}", next.position, next.id)))
        .await
        .map_err(|error| Error::Internal(error.to_string()))?
        .map_err(|error| Error::Internal(error.to_string()))?;
    Ok(more)
}

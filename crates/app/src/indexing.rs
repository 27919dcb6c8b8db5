//! Full-text search follows the ledger: whatever a touchpoint says has changed is read and indexed again. The cursor is
//! kept in the index itself, so that the two never disagree, and a new index fills itself from the beginning.

use std::collections::BTreeSet;
use std::time::{Duration, Instant};

use base::index::Document;
use ledger::touchpoint::{self, Cursor};
use service::ticket::{self, TicketId};
use tokio::sync::watch;
use web::App;
use web::error::Error;

use crate::follow::news;

/// How many touchpoints are read before the index is written.
const BATCH: i64 = 5_000;
/// What comes within this time is indexed together: each commit of the index costs milliseconds and a segment.
const GATHER: Duration = Duration::from_millis(100);
/// Nobody waits longer than this for what is new to be found.
const LONGEST: Duration = Duration::from_secs(1);

/// Follows the ledger until the end. Blocks while the index is written, so it wants a thread of its own; the threads of
/// the index's writer are begun from there and inherit its place.
pub(crate) async fn run(app: App, mut stopping: watch::Receiver<bool>) {
    let mut commits = app.db.commits();
    loop {
        let begun = Instant::now();
        match step(&app).await {
            Ok(true) if !*stopping.borrow() => continue,
            Ok(_) => {}
            Err(error) => tracing::error!("the search index is held up: {error}"),
        }
        let took = begun.elapsed();
        if !news(&mut commits, &mut stopping).await {
            return;
        }
        // The more there is to do, the more is gathered, so that indexing never takes more than a third of the time.
        tokio::time::sleep((2 * took).clamp(GATHER, LONGEST)).await;
    }
}

fn cursor_of(text: Option<String>) -> Cursor {
    let parsed = text.as_deref().and_then(|text| {
        let (position, id) = text.split_once(':')?;
        Some(Cursor { position: position.parse().ok()?, id: id.parse().ok()? })
    });
    parsed.unwrap_or_default()
}

/// Indexes what the next touchpoints concern; gives whether there may be more. Blocks while the index is written.
async fn step(app: &App) -> Result<bool, Error> {
    let cursor = cursor_of(app.index.cursor().map_err(Error::internal)?);
    let (changed, gone, next, more) = app
        .db
        .read(move |tx| {
            let fresh = touchpoint::after(tx, cursor, BATCH)?;
            let tickets: BTreeSet<i64> = fresh.iter().filter_map(|touchpoint| touchpoint.object("ticket")).collect();
            let mut changed: Vec<Document> = Vec::with_capacity(tickets.len());
            let mut gone = Vec::new();
            for id in tickets {
                match ticket::document(tx, TicketId(id))? {
                    Some(document) => changed.push(document),
                    None => gone.push(("ticket", id)),
                }
            }
            let next = fresh.last().map_or(cursor, Cursor::behind);
            Ok::<_, Error>((changed, gone, next, fresh.len() as i64 == BATCH))
        })
        .await?;
    if next == cursor {
        return Ok(false);
    }
    let cursor = format!("{}:{}", next.position, next.id);
    app.index.update(&changed, &gone, &cursor).map_err(Error::internal)?;
    Ok(more)
}

//! The one list: when X happens, do Y.
//!
//! Capabilities do not know each other. What one does because of another stands here, and nowhere else. Each reaction
//! runs in the transaction that moves the cursor, so that it happens exactly once; one that fails is set aside as a job,
//! tried again, and holds up nothing.

use base::db::Tx;
use base::job;
use ledger::touchpoint::{self, Cursor, Source, Touchpoint};
use serde::{Deserialize, Serialize};
use tokio::sync::watch;
use web::App;
use web::error::Error;

use crate::follow::{BATCH, news};

/// The name of the cursor, and of the jobs of reactions that failed at first.
pub(crate) const NAME: &str = "reactions";
const LATER: &str = "reaction";

/// When this happens, do that.
fn react(_tx: &mut Tx, _app: &App, touchpoint: &Touchpoint) -> Result<(), Error> {
    // What was imported or simulated already had its consequences.
    if touchpoint.source == Source::Imported || touchpoint.source == Source::Simulated {
        return Ok(());
    }
    match touchpoint.kind.as_str() {
        _ => Ok(()),
    }
}

/// A reaction that is tried again.
#[derive(Serialize, Deserialize)]
struct Later {
    position: i64,
    id: i64,
}

/// Follows the ledger and reacts, until the end.
pub(crate) async fn run(app: App, mut stopping: watch::Receiver<bool>) {
    let mut commits = app.db.commits();
    loop {
        match step(&app).await {
            Ok(true) => continue,
            Ok(false) => {}
            Err(error) => tracing::error!("reactions are held up: {error}"),
        }
        if !news(&mut commits, &mut stopping).await {
            return;
        }
    }
}

/// Reacts to the next touchpoints; gives whether there may be more.
async fn step(app: &App) -> Result<bool, Error> {
    let fresh = app
        .db
        .read(|tx| {
            let cursor = touchpoint::cursor(tx, NAME)?;
            touchpoint::after(tx, cursor, BATCH)
        })
        .await?;
    let more = fresh.len() as i64 == BATCH;
    for touchpoint in fresh {
        let (app_here, app_there) = (app.clone(), app.clone());
        let (here, there) = (touchpoint.clone(), touchpoint.clone());
        let reacted = app
            .db
            .write(move |tx| {
                react(tx, &app_here, &here)?;
                Ok::<_, Error>(touchpoint::advance(tx, NAME, Cursor::behind(&here))?)
            })
            .await;
        if let Err(error) = reacted {
            tracing::error!("the reaction to {} failed and is tried again later: {error}", touchpoint.kind);
            app.db
                .write(move |tx| {
                    let later = Later { position: there.position, id: there.id.0 };
                    job::enqueue(tx, LATER, &later, app_there.clock.now())?;
                    Ok::<_, Error>(touchpoint::advance(tx, NAME, Cursor::behind(&there))?)
                })
                .await?;
        }
    }
    Ok(more)
}

/// Tries a reaction again that failed at first.
async fn again(app: App, later: Later) -> Result<(), String> {
    let here = app.clone();
    let outcome = app.db.write(move |tx| {
        let before = Cursor { position: later.position, id: later.id - 1 };
        let found = touchpoint::after(tx, before, 1)?.into_iter().next();
        match found {
            Some(touchpoint) if touchpoint.id.0 == later.id => react(tx, &here, &touchpoint),
            _ => Ok(()),
        }
    });
    outcome.await.map_err(|error| error.to_string())
}

/// The handlers of the jobs that this file enqueues.
pub(crate) fn jobs(runner: job::Runner, app: &App) -> job::Runner {
    let app = app.clone();
    runner.on(LATER, move |later: Later| again(app.clone(), later))
}

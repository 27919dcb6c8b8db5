//! The one list: when X happens, do Y.
//!
//! Capabilities do not know each other. What one does because of another stands here, and nowhere else. Each reaction
//! runs in the transaction that moves the cursor, so that it happens exactly once; one that fails is set aside as a job,
//! tried again, and holds up nothing.

use base::db::Tx;
use base::job;
use ledger::touchpoint::{self, Cursor, Source, Touchpoint};
use programme::{improvement, survey};
use serde::{Deserialize, Serialize};
use tokio::sync::watch;
use web::error::Error;

use crate::follow::{BATCH, news};
use crate::house::House;

/// The name of the cursor, and of the jobs of reactions that failed at first.
pub(crate) const NAME: &str = "reactions";
const LATER: &str = "reaction";

/// What is done about a touchpoint, in the transaction that moves on behind it.
type Reaction = fn(&mut Tx, &House, &Touchpoint) -> Result<(), Error>;

/// When this happens, do that.
fn reaction(touchpoint: &Touchpoint) -> Option<Reaction> {
    // What was imported or simulated already had its consequences.
    if touchpoint.source == Source::Imported || touchpoint.source == Source::Simulated {
        return None;
    }
    match touchpoint.kind.as_str() {
        // It is sorted, says the person: ask how it was, or note why not.
        "ticket.confirmed" => Some(|tx, house, touchpoint| {
            let now = house.app.clock.now();
            survey::offer(tx, &house.app.voice(), touchpoint, &house.asking, now)?;
            Ok(())
        }),
        // A bad answer is looked after by somebody.
        "survey.answered" | "survey.amended" => Some(|tx, house, touchpoint| {
            improvement::follow_up(tx, touchpoint, house.app.clock.now())?;
            Ok(())
        }),
        _ => None,
    }
}

/// A reaction that is tried again.
#[derive(Serialize, Deserialize)]
struct Later {
    position: i64,
    id: i64,
}

/// Follows the ledger and reacts, until the end.
pub(crate) async fn run(house: House, mut stopping: watch::Receiver<bool>) {
    let mut commits = house.app.db.commits();
    loop {
        match step(&house).await {
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
async fn step(house: &House) -> Result<bool, Error> {
    let app = &house.app;
    let fresh = app
        .db
        .read(|tx| {
            let cursor = touchpoint::cursor(tx, NAME)?;
            touchpoint::after(tx, cursor, BATCH)
        })
        .await?;
    let more = fresh.len() as i64 == BATCH;
    // What nothing follows from is passed over together: a write for each would cost more than the work itself.
    let mut passed = None;
    for touchpoint in fresh {
        let Some(react) = reaction(&touchpoint) else {
            passed = Some(Cursor::behind(&touchpoint));
            continue;
        };
        passed = None;
        let (house_here, app_there) = (house.clone(), app.clone());
        let (here, there) = (touchpoint.clone(), touchpoint.clone());
        let reacted = app
            .db
            .write(move |tx| {
                react(tx, &house_here, &here)?;
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
    if let Some(passed) = passed {
        app.db.write(move |tx| touchpoint::advance(tx, NAME, passed)).await?;
    }
    Ok(more)
}

/// Tries a reaction again that failed at first.
async fn again(house: House, later: Later) -> Result<(), String> {
    let here = house.clone();
    let outcome = house.app.db.write(move |tx| {
        let before = Cursor { position: later.position, id: later.id - 1 };
        let found = touchpoint::after(tx, before, 1)?.into_iter().next();
        match found {
            Some(touchpoint) if touchpoint.id.0 == later.id => {
                reaction(&touchpoint).map_or(Ok(()), |react| react(tx, &here, &touchpoint))
            }
            _ => Ok(()),
        }
    });
    outcome.await.map_err(|error| error.to_string())
}

/// The handlers of the jobs that this file enqueues.
pub(crate) fn jobs(runner: job::Runner, house: &House) -> job::Runner {
    let house = house.clone();
    runner.on(LATER, move |later: Later| again(house.clone(), later))
}

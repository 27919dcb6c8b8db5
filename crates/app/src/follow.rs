//! Following the ledger: the rhythm that all followers share, and the one that tells open pages.

use std::time::Duration;

use base::db::Result;
use ledger::touchpoint::{self, Cursor};
use tokio::runtime::Handle;
use tokio::sync::{oneshot, watch};
use tokio::task::JoinHandle;
use web::App;

/// A follower looks at least this often, should a wake-up get lost.
const LOOK: Duration = Duration::from_secs(1);
/// What comes within this time is looked at together: under load a look for each commit would cost more than the work.
const GATHER: Duration = Duration::from_millis(10);
/// How many touchpoints a follower takes at once.
pub(crate) const BATCH: i64 = 500;

/// What the system gives a follower when others want the processor: a tenth of an equal share.
const NICE: i32 = 10;

/// Runs a follower that blocks on a thread of its own, behind everything that somebody waits for. On threads that take
/// turns each would keep memory of its own for the work.
///
/// # Errors
/// When the system gives no thread.
pub(crate) fn behind<F: Future<Output = ()>>(
    name: &str,
    follower: impl FnOnce() -> F + Send + 'static,
) -> std::io::Result<JoinHandle<()>> {
    let (end, ended) = oneshot::channel::<()>();
    let runtime = Handle::current();
    std::thread::Builder::new().name(name.to_owned()).spawn(move || {
        #[cfg(target_os = "linux")]
        let _ = rustix::process::setpriority_process(Some(rustix::thread::gettid()), NICE);
        runtime.block_on(follower());
        let _ = end.send(());
    })?;
    Ok(tokio::spawn(async {
        let _ = ended.await;
    }))
}

/// Waits for news: a commit that was announced, a while, or the end. `false` when it is the end.
pub(crate) async fn news(commits: &mut watch::Receiver<u64>, stopping: &mut watch::Receiver<bool>) -> bool {
    let gathered = async {
        if let Ok(Ok(())) = tokio::time::timeout(LOOK, commits.changed()).await {
            tokio::time::sleep(GATHER).await;
        }
    };
    tokio::select! {
        () = gathered => {}
        told = stopping.changed() => if told.is_err() {
            return false;
        },
    }
    !*stopping.borrow()
}

/// Tells open pages of this node what happens, from now on.
pub(crate) async fn publish(app: App, mut stopping: watch::Receiver<bool>) {
    let mut commits = app.db.commits();
    let mut cursor: Option<Cursor> = None;
    loop {
        match step(&app, cursor).await {
            Ok((next, more)) => {
                cursor = Some(next);
                if more {
                    continue;
                }
            }
            Err(error) => tracing::warn!("cannot follow the ledger for open pages: {error}"),
        }
        if !news(&mut commits, &mut stopping).await {
            return;
        }
    }
}

/// Passes on what is new behind `cursor`; at first only finds out where the end is.
async fn step(app: &App, cursor: Option<Cursor>) -> Result<(Cursor, bool)> {
    let Some(cursor) = cursor else {
        return Ok((app.db.read(touchpoint::end).await?, false));
    };
    let fresh = app.db.read(move |tx| touchpoint::after(tx, cursor, BATCH)).await?;
    let more = fresh.len() as i64 == BATCH;
    let next = fresh.last().map_or(cursor, Cursor::behind);
    for touchpoint in fresh {
        app.live.publish(touchpoint);
    }
    Ok((next, more))
}

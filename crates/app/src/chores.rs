//! What has to be done without anybody asking: jobs that are due, and tickets that close by themselves.

use std::time::Duration;

use base::clock::DAY;
use base::job::Runner;
use service::ticket;
use tokio::sync::watch;
use web::App;
use web::error::Error;

use crate::house::House;
use crate::reactions;

/// How often the desk looks for tickets that nobody answered.
const LOOK: Duration = Duration::from_mins(10);
/// As many are closed in one transaction.
const AT_ONCE: i64 = 200;

/// Does the chores until the end.
pub(crate) async fn run(house: House, stopping: watch::Receiver<bool>) {
    let app = &house.app;
    let runner = reactions::jobs(Runner::new(app.db.clone(), app.clock.clone()), &house);
    let mut asked = stopping.clone();
    let jobs = runner.run(async move {
        let _ = asked.wait_for(|stop| *stop).await;
    });
    tokio::join!(jobs, close_what_is_over(app, stopping));
}

async fn close_what_is_over(app: &App, mut stopping: watch::Receiver<bool>) {
    loop {
        while let Ok(closed) = close_some(app).await
            && closed == AT_ONCE as usize
        {}
        tokio::select! {
            () = tokio::time::sleep(LOOK) => {}
            _ = stopping.wait_for(|stop| *stop) => return,
        }
    }
}

async fn close_some(app: &App) -> Result<usize, Error> {
    let now = app.clock.now();
    app.db
        .write(move |tx| {
            let over = ticket::overdue(tx, now.plus(-7 * DAY), AT_ONCE)?;
            for id in &over {
                ticket::work::close(tx, *id, now)?;
            }
            Ok(over.len())
        })
        .await
}

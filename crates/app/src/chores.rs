//! What has to be done without anybody asking: jobs that are due, tickets that close by themselves, and asking those whose
//! turn it is.

use std::time::Duration;

use base::clock::DAY;
use base::job::Runner;
use programme::survey::pulse::{self, Rounds};
use service::ticket;
use tokio::sync::watch;
use web::App;
use web::error::Error;

use crate::house::House;
use crate::reactions;

/// How often the desk looks for tickets that nobody answered, and for people whose turn it is.
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
    tokio::join!(jobs, close_what_is_over(app, stopping.clone()), ask_in_turn(&house, stopping));
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

async fn ask_in_turn(house: &House, mut stopping: watch::Receiver<bool>) {
    let (app, mut rounds) = (&house.app, Rounds::default());
    loop {
        let asked = pulse::ask(&app.db, &app.voice(), &house.round, &mut rounds, app.clock.now()).await;
        if let Err(error) = asked {
            tracing::error!("people whose turn it is could not be asked and are asked later: {error}");
        }
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

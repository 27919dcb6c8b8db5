//! After an upgrade: what an older version could not read or store is tried again by itself, once by each version.

use tokio::sync::watch;
use web::App;

use super::super::mailroom::Mailroom;
use super::super::receive::{self, Again};
use super::super::{MailId, stopped};
use super::store;
use crate::mail::model::Decision;

/// As many are looked up at a time.
const BATCH: i64 = 50;

/// Tries again what failed under another version, oldest first, until all were tried or `stop`. Whatever one of them
/// does wrong stays with it.
pub(in crate::mail) async fn after_upgrade(app: App, room: Mailroom, mut stop: watch::Receiver<bool>) {
    tokio::select! {
        () = stopped(&mut stop) => {}
        () = try_all(&app, &room) => {}
    }
}

async fn try_all(app: &App, room: &Mailroom) {
    let (mut last, mut taken_in, mut tried) = (MailId(0), 0, 0);
    loop {
        let version = room.version().to_owned();
        let next = app.db.read(move |tx| store::failed_before(tx, &version, last, BATCH)).await;
        let ids = match next {
            Ok(ids) => ids,
            Err(error) => {
                tracing::error!("the quarantine cannot be read, so nothing in it is tried again: {error}");
                return;
            }
        };
        let Some(end) = ids.last() else { break };
        last = *end;
        for id in ids {
            tried += 1;
            match receive::receive_again(app, room, Again { mail: id, by: None }).await {
                Ok(outcome) if outcome.decision == Decision::Quarantined => {}
                Ok(_) => taken_in += 1,
                Err(error) => tracing::error!(mail = %id, "a held mail could not be tried again: {error}"),
            }
        }
    }
    if tried > 0 {
        tracing::info!(tried, taken_in, "mails that an older version could not take in were tried again");
    }
}

//! Watches whether mail flows. When it does not for some minutes, an alarm begins: every page of those who work here says
//! so, `/metrics` says so, the operator gets one letter, and the record stays when it is over.
//!
//! What fares how is in memory ([`super::health`]); the alarms are in the database, so that they outlive a restart, are
//! the same on every node, and nobody is written to twice about one trouble.

mod model;
mod store;

use base::clock::Moment;
use base::db::{Result, Tx};
use ledger::outbox::{self, NewLetter};
use tokio::sync::watch;
use web::App;
use web::alert::Alert;

use super::mailroom::Mailroom;
use super::stopped;
use model::AlarmId;
pub(super) use model::{Alarm, Place, State, Way, judge};
pub(super) use store::lately;

/// Who says what is wrong, among all watchers of the desk.
const WATCHER: &str = "mail";
/// Where an administrator sees to it.
const PAGE: &str = "/admin/mail";

/// Looks every now and then until `stop`.
pub(super) async fn run(app: App, room: Mailroom, mut stop: watch::Receiver<bool>) {
    loop {
        if let Err(error) = look(&app, &room).await {
            tracing::error!("whether mail flows cannot be told: {error}");
        }
        tokio::select! {
            () = stopped(&mut stop) => return,
            () = tokio::time::sleep(room.pace().watch) => {}
        }
    }
}

/// Compares how everything fares with the alarms that stand, and begins and ends what is due.
pub(super) async fn look(app: &App, room: &Mailroom) -> Result<()> {
    let now = app.clock.now();
    let (alarms, tally) =
        app.db.read(move |tx| Ok::<_, base::db::Error>((store::standing(tx)?, outbox::tally(tx, now)?))).await?;
    let states = model::judge(room, &tally, room.alarm_after(), now);
    let changes = model::changes(&states, &alarms);
    let standing = if changes.is_empty() {
        alarms
    } else {
        for change in &changes {
            change.log();
        }
        let (within, voice) = (room.clone(), app.voice());
        let alarms = app.db.write(move |tx| {
            for change in &changes {
                settle(tx, &within, &voice, change, now)?;
            }
            store::standing(tx)
        });
        alarms.await?
    };
    app.alerts.set(WATCHER, standing.iter().map(alert).collect());
    Ok(())
}

fn alert(alarm: &Alarm) -> Alert {
    Alert {
        key: format!("alarm-{}", alarm.way),
        what: alarm.place.clone(),
        since: alarm.since,
        why: format!("alarm-why-{}", alarm.cause),
        href: PAGE,
    }
}

fn settle(tx: &mut Tx, room: &Mailroom, voice: &web::Voice, change: &model::Change, now: Moment) -> Result<()> {
    match change {
        model::Change::Begin { way, place, cause, said, since } => {
            let new = store::NewAlarm { way: *way, place, cause: *cause, said, since: *since };
            let Some(id) = store::begin(tx, &new, now)? else { return Ok(()) };
            // A letter about letters that do not go out would wait with them.
            if *way != Way::Sending && room.sends() && !room.operator().is_empty() {
                let letter = letter(room, voice, id, &new);
                outbox::post(tx, &letter, now)?;
                store::told(tx, id, now)?;
            }
            Ok(())
        }
        model::Change::End(alarm) => store::end(tx, alarm.id, now),
    }
}

fn letter(room: &Mailroom, voice: &web::Voice, id: AlarmId, alarm: &store::NewAlarm) -> NewLetter {
    let words = voice.words(room.language());
    let why = words.t(&format!("alarm-why-{}", alarm.cause));
    let values = |key: &str| {
        words.tn(
            key,
            &[
                ("what", alarm.place.into()),
                ("why", why.as_str().into()),
                ("said", alarm.said.into()),
                ("url", voice.url(PAGE).into()),
            ],
        )
    };
    NewLetter {
        person: None,
        address: room.operator().to_owned(),
        occasion: format!("alarm:{id}"),
        subject: values(if alarm.way == Way::Consent { "alarm-letter-consent" } else { "alarm-letter-subject" }),
        text: values(if alarm.way == Way::Consent { "alarm-letter-consent-text" } else { "alarm-letter" }),
        html: None,
        reply_token: None,
        in_reply_to: Vec::new(),
        files: Vec::new(),
        automatic: true,
        object: None,
        ..NewLetter::default()
    }
}

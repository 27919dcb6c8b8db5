//! How mail fares, in figures for whoever watches from outside. No figure names a person: mailboxes and servers are the
//! operator's own.

use base::db::Result;
use base::metric::{Exposition, Kind};
use ledger::outbox;
use web::App;

use super::admin::held;
use super::alarm::{self, State, Way};
use super::health::Fares;
use super::mailroom::Mailroom;

/// Writes them down.
///
/// # Errors
/// When the database cannot be read.
pub async fn expose(app: &App, room: &Mailroom, out: &mut Exposition) -> Result<()> {
    let now = app.clock.now();
    let (tally, held) = app.db.read(move |tx| Ok::<_, base::db::Error>((outbox::tally(tx, now)?, held(tx)?))).await?;
    let seconds = |millis: i64| millis.max(0) as f64 / 1e3;
    let received = "thedesk_mails_received_total";
    out.family(received, Kind::Counter, "Mails that came, by what was decided about them.");
    for (decision, count) in room.health().decided() {
        out.value(received, &[("decision", decision)], count as f64);
    }
    out.single("thedesk_mails_quarantined", Kind::Gauge, "Mails that are held back for an agent.", held as f64);
    let letters = "thedesk_outbox_letters";
    out.family(letters, Kind::Gauge, "Letters in the outbox, by state.");
    out.value(letters, &[("state", "waiting")], tally.waiting as f64);
    out.value(letters, &[("state", "sending")], tally.sending as f64);
    let failed = "thedesk_outbox_failed_day";
    out.single(
        failed,
        Kind::Gauge,
        "Letters of the last 24 hours that will not be sent.",
        tally.failed_in_a_day as f64,
    );
    let oldest = tally.oldest_waiting.map_or(0.0, |at| seconds(now.since(at)));
    out.single("thedesk_outbox_oldest_seconds", Kind::Gauge, "Age of the oldest letter that waits.", oldest);
    let flowing = "thedesk_mail_flowing";
    out.family(flowing, Kind::Gauge, "1 when mail flows this way, 0 when it does not; left out while that is unknown.");
    let flows = |place: &alarm::Place| place.way != Way::Consent;
    for place in alarm::judge(room, &tally, room.alarm_after(), now).into_iter().filter(flows) {
        let flows = match place.state {
            State::Well => 1.0,
            State::Trouble { .. } => 0.0,
            State::Unsure => continue,
        };
        out.value(flowing, &[("mailbox", &place.name), ("way", place.way.as_str())], flows);
    }
    let reports = room.reports();
    let mut each = |name: &str, kind: Kind, help: &str, figure: &dyn Fn(&super::Report) -> Option<f64>| {
        out.family(name, kind, help);
        for report in &reports {
            if let Some(figure) = figure(report) {
                out.value(name, &[("connection", &report.name)], figure);
            }
        }
    };
    each("thedesk_mail_done_total", Kind::Counter, "Mails or letters that went through, by connection.", &|report| {
        Some(report.done as f64)
    });
    each("thedesk_mail_failures_total", Kind::Counter, "Failures, by connection.", &|report| {
        Some(report.failed as f64)
    });
    each("thedesk_mail_failing", Kind::Gauge, "Failures in a row, by connection.", &|report| match report.fares {
        Fares::Failing { times, .. } => Some(f64::from(times)),
        Fares::Starting | Fares::Well => Some(0.0),
    });
    each("thedesk_mail_last_success_seconds", Kind::Gauge, "Since the last success, by connection.", &|report| {
        report.last_ok.map(|at| seconds(now.since(at)))
    });
    Ok(())
}

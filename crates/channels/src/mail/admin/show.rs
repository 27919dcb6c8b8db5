//! The page: each mailbox with how it fares, the letters, and the times in which mail did not flow.

use askama::Template;
use axum::Extension;
use axum::extract::State as AppState;
use axum::response::{Html, IntoResponse};
use base::clock::{DAY, Moment};
use base::config::{Account, Tls};
use ledger::outbox::{self, Tally};
use web::App;
use web::actor::Admin;
use web::error::{Error, Result};
use web::page::{Page, Section, ui};

use super::super::alarm::{self, Alarm, State, Way};
use super::super::mailroom::Mailroom;
use super::store::{self, Taken};

/// Alarms and reasons that are shown.
const SHOWN: i64 = 10;

/// One mailbox.
struct Mailbox {
    account: Account,
    read: Taken,
    reading: Option<State>,
    /// When it was last looked into.
    looked: Option<Moment>,
    sending: Option<State>,
    lines: String,
}

#[derive(Template)]
#[template(path = "mail/admin/index.html")]
struct Index {
    page: Page,
    mailboxes: Vec<Mailbox>,
    tally: Tally,
    held: i64,
    failures: Vec<(String, i64)>,
    alarms: Vec<Alarm>,
    operator: String,
}

impl Index {
    /// The chip: its tone, and the key of its word.
    fn fares(state: &State) -> (&'static str, &'static str) {
        match state {
            State::Well => ("better", "mailbox-well"),
            State::Unsure => ("unknown", "mailbox-unsure"),
            State::Trouble { .. } => ("worse", "mailbox-trouble"),
        }
    }

    /// Why, in plain words, and what the server said.
    fn trouble(&self, state: &State) -> Option<(String, String)> {
        let State::Trouble { cause, said, since } = state else { return None };
        let why = self.page.t(format!("alarm-why-{cause}"));
        let since = self.page.words.when(since.0, self.page.now, &self.page.zone);
        Some((self.page.t2("mailbox-failing", "since", since, "why", why), said.clone()))
    }

    fn tls_key(tls: &Tls) -> &'static str {
        match tls {
            Tls::Implicit => "tls-implicit",
            Tls::Starttls => "tls-starttls",
            Tls::None => "tls-none",
        }
    }

    /// What an alarm tells, in one sentence.
    fn told(&self, alarm: &Alarm) -> String {
        let (words, zone) = (&self.page.words, &self.page.zone);
        let why = self.page.t(format!("alarm-why-{}", alarm.cause));
        let since = words.when(alarm.since.0, self.page.now, zone);
        let args = [("what", alarm.place.as_str().into()), ("since", since.into()), ("why", why.into())];
        words.tn(&format!("alarm-{}", alarm.way), &args)
    }

    fn ended(&self, alarm: &Alarm) -> String {
        match alarm.ended_at {
            Some(at) => {
                let after = self.page.duration(at.since(alarm.since));
                self.page.t1("alarm-ended", "after", after)
            }
            None => self.page.t("alarm-stands"),
        }
    }

    fn oldest(&self) -> Option<i64> {
        self.tally.oldest_waiting.map(|at| self.page.now - at.0)
    }
}

/// GET /admin/mail
pub(super) async fn index(admin: Admin, AppState(app): AppState<App>, Extension(room): Extension<Mailroom>) -> Result {
    let now = app.clock.now();
    let names: Vec<Vec<String>> = room.accounts().iter().map(Mailroom::names_of).collect();
    let (tally, read, held, failures, alarms) = app
        .db
        .read(move |tx| {
            let mut read = Vec::with_capacity(names.len());
            for folders in &names {
                let mut all = Taken::default();
                for name in folders {
                    let one = store::taken(tx, name)?;
                    all = Taken { last: all.last.max(one.last), held: all.held + one.held };
                }
                read.push(all);
            }
            let failures = store::failures(tx, now.plus(-DAY), SHOWN)?;
            Ok::<_, Error>((outbox::tally(tx, now)?, read, store::held(tx)?, failures, alarm::lately(tx, SHOWN)?))
        })
        .await?;
    // Whoever looks here wants to know at once.
    let places = alarm::judge(&room, &tally, -1, now);
    let state = |way: Way, name: &str| {
        places.iter().find(|place| place.way == way && place.name == name).map(|place| place.state.clone())
    };
    let mailboxes = room.accounts().iter().zip(read).map(|(account, read)| Mailbox {
        read,
        reading: state(Way::Reading, &account.address),
        looked: room.reports_of_reading(&account.address).iter().filter_map(|report| report.last_ok).max(),
        sending: account.smtp.as_ref().and_then(|smtp| state(Way::Sending, &format!("{}:{}", smtp.host, smtp.port()))),
        lines: account.lines(),
        account: account.clone(),
    });
    let mailboxes = mailboxes.collect();
    let page = admin.visit.page(&app, &admin.visit.words.t("admin-mail"), Section::Admin);
    let operator = room.operator().to_owned();
    Ok(Html(Index { page, mailboxes, tally, held, failures, alarms, operator }.render()?).into_response())
}

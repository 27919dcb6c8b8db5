//! When it counts as trouble that mail does not flow, and when it counts as over. No I/O.

use base::clock::{HOUR, MINUTE, Moment};
use ledger::outbox::Tally;

use super::super::health::{Fares, Report};
use super::super::mailroom::Mailroom;

base::id::define! {
    /// A time in which mail did not flow.
    pub AlarmId;
}

base::code::define! {
    /// Which way mail does not flow.
    pub enum Way {
        /// Into the desk.
        Reading = "reading",
        /// Out of it.
        Sending = "sending",
        /// Either, before long: the consent to use the mailbox ends.
        Consent = "consent",
    }
}

base::code::define! {
    /// Why, as far as can be told.
    pub enum Cause {
        /// The server does not accept user and password.
        Password = "password",
        /// The server is not there.
        Unreachable = "unreachable",
        /// The server does not answer.
        Silent = "silent",
        /// The connection could not be encrypted.
        Encryption = "encryption",
        /// Whoever consented to our using the mailbox has to do so again.
        Consent = "consent",
        /// Nothing fails, and nothing happens.
        Stale = "stale",
        /// Letters wait.
        Waiting = "waiting",
        /// There is no server to send by.
        NoServer = "no-server",
        /// Most letters are refused.
        Refused = "refused",
        /// Something else.
        Other = "other",
    }
}

/// What stands for the outbox as a whole, whichever server its letters would go by.
const OUTBOX: &str = "outbox";
/// A mailbox that is well says so at least this often, whatever it waits for.
const QUIET: i64 = 15 * MINUTE;
/// For so long a letter that is due may lie about.
const OVERDUE: i64 = 10 * MINUTE;
/// So many letters of the last hour must have failed before their share says something.
const FEWEST: i64 = 5;

/// How one way fares.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::mail) enum State {
    /// It works.
    Well,
    /// It is too early to say.
    Unsure,
    /// It does not work.
    Trouble { cause: Cause, said: String, since: Moment },
}

/// One way in or out, and how it fares.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::mail) struct Place {
    pub way: Way,
    pub name: String,
    pub state: State,
}

/// A time in which mail did not flow, as recorded.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::mail) struct Alarm {
    pub id: AlarmId,
    pub way: Way,
    pub place: String,
    pub cause: Cause,
    pub said: String,
    /// When mail last flowed, as far as we know.
    pub since: Moment,
    pub began_at: Moment,
    pub ended_at: Option<Moment>,
    pub told_at: Option<Moment>,
}

/// How every way in and out fares; for `patience` milliseconds a failure is not yet trouble.
pub(in crate::mail) fn judge(room: &Mailroom, tally: &Tally, patience: i64, now: Moment) -> Vec<Place> {
    let mut places = Vec::new();
    for account in room.accounts() {
        let poll = account.imap.as_ref().map(|imap| imap.poll_seconds);
        if let Some(poll) = poll.or(account.pop3.as_ref().map(|pop3| pop3.poll_seconds)) {
            let quiet = QUIET.max(3 * i64::from(poll) * 1_000) + patience;
            let reports = room.reports_of_reading(&account.address);
            let state = worst(reports.iter().map(|report| reading(report, quiet, patience, now)));
            places.push(Place { way: Way::Reading, name: account.address.clone(), state });
        }
    }
    for report in room.reports() {
        if let Some(address) = report.name.strip_prefix("consent ") {
            // It is told early, and there is nothing to wait for.
            let state = failing(&report, -1, now).unwrap_or(well_or_unsure(&report));
            places.push(Place { way: Way::Consent, name: address.to_owned(), state });
        }
        if let Some(server) = report.name.strip_prefix("sending ") {
            places.push(Place {
                way: Way::Sending,
                name: server.to_owned(),
                state: failing(&report, patience, now).unwrap_or(well_or_unsure(&report)),
            });
        }
    }
    let state = outbox(room.sends(), tally, now);
    places.push(Place { way: Way::Sending, name: OUTBOX.to_owned(), state });
    places
}

/// A mailbox of several folders fares as the worst of them.
fn worst(states: impl Iterator<Item = State>) -> State {
    let rank = |state: &State| match state {
        State::Well => 0,
        State::Unsure => 1,
        State::Trouble { .. } => 2,
    };
    states.max_by_key(rank).unwrap_or(State::Unsure)
}

fn well_or_unsure(report: &Report) -> State {
    if report.fares == Fares::Well { State::Well } else { State::Unsure }
}

fn failing(report: &Report, patience: i64, now: Moment) -> Option<State> {
    match &report.fares {
        Fares::Failing { why, .. } if now.since(report.since) > patience => Some(State::Trouble {
            cause: cause_of(why),
            said: why.chars().take(500).collect(),
            since: report.last_ok.unwrap_or(report.since),
        }),
        _ => None,
    }
}

fn reading(report: &Report, quiet: i64, patience: i64, now: Moment) -> State {
    if let Some(trouble) = failing(report, patience, now) {
        return trouble;
    }
    let last = report.last_ok.unwrap_or(report.since);
    let stale = !matches!(report.fares, Fares::Failing { .. }) && now.since(last) > quiet;
    if stale {
        return State::Trouble { cause: Cause::Stale, said: String::new(), since: last };
    }
    well_or_unsure(report)
}

/// The outbox: letters that should have gone, and letters that do not arrive.
fn outbox(sends: bool, tally: &Tally, now: Moment) -> State {
    if let Some(due) = tally.oldest_due
        && now.since(due) > OVERDUE
    {
        let cause = if sends { Cause::Waiting } else { Cause::NoServer };
        return State::Trouble { cause, said: String::new(), since: due };
    }
    if tally.failed_in_an_hour >= FEWEST && tally.failed_in_an_hour > tally.sent_in_an_hour {
        let said = tally.last_error.clone().unwrap_or_default();
        return State::Trouble { cause: Cause::Refused, said, since: now.plus(-HOUR) };
    }
    State::Well
}

/// Why, from the words of whoever said so. What is not known is told in those words.
fn cause_of(why: &str) -> Cause {
    let why = why.to_lowercase();
    let says = |words: &[&str]| words.iter().any(|word| why.contains(word));
    if says(&["consent"]) {
        Cause::Consent
    } else if says(&["user and password", "password for", "passwords", "token", "authentic", "credentials", " 535"]) {
        Cause::Password
    } else if says(&["certificate", "tls failed", "starttls", "ca_file", "speak tls", "in the clear", "handshake"]) {
        Cause::Encryption
    } else if says(&["did not answer", "no answer", "timed out", "timeout"]) {
        Cause::Silent
    } else if says(&["connect", "refused", "name is unknown", "nobody listens", "no way to", "lookup", "closed"]) {
        Cause::Unreachable
    } else {
        Cause::Other
    }
}

/// What is to be recorded.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Change {
    Begin { way: Way, place: String, cause: Cause, said: String, since: Moment },
    End(Alarm),
}

impl Change {
    pub(super) fn log(&self) {
        match self {
            Self::Begin { way, place, cause, said, .. } => {
                tracing::error!(way = way.as_str(), place, cause = cause.as_str(), "mail does not flow: {said}");
            }
            Self::End(alarm) => {
                tracing::info!(way = alarm.way.as_str(), place = alarm.place, "mail flows again");
            }
        }
    }
}

/// What has to change. An alarm ends only when it is seen that mail flows, or when nobody waits for it any more: not
/// because the desk was started anew and cannot tell yet.
pub(super) fn changes(places: &[Place], alarms: &[Alarm]) -> Vec<Change> {
    let mut changes = Vec::new();
    for place in places {
        let stands = alarms.iter().any(|alarm| alarm.way == place.way && alarm.place == place.name);
        if let State::Trouble { cause, said, since } = &place.state
            && !stands
        {
            let (cause, said, since) = (*cause, said.clone(), *since);
            changes.push(Change::Begin { way: place.way, place: place.name.clone(), cause, said, since });
        }
    }
    for alarm in alarms {
        let place = places.iter().find(|place| place.way == alarm.way && place.name == alarm.place);
        if place.is_none_or(|place| place.state == State::Well) {
            changes.push(Change::End(alarm.clone()));
        }
    }
    changes
}

#[cfg(test)]
mod tests {
    use super::*;

    fn report(fares: Fares, since: i64, last_ok: Option<i64>) -> Report {
        let (since, last_ok) = (Moment(since), last_ok.map(Moment));
        Report { name: "inbox it@desk.example (INBOX)".to_owned(), fares, since, last_ok, done: 0, failed: 0 }
    }

    fn refused() -> Fares {
        let why = "the server refused user and password (NO): check user and password of this mailbox";
        Fares::Failing { why: why.to_owned(), times: 3 }
    }

    #[test]
    fn a_failure_is_trouble_only_after_a_while_and_since_mail_last_flowed() {
        let failing = report(refused(), 10 * MINUTE, Some(9 * MINUTE));
        let look = |minute: i64| reading(&failing, 20 * MINUTE, 5 * MINUTE, Moment(minute * MINUTE));
        assert_eq!(look(15), State::Unsure);
        let State::Trouble { cause, since, .. } = look(16) else { panic!("six minutes of failures are trouble") };
        assert_eq!((cause, since), (Cause::Password, Moment(9 * MINUTE)));
    }

    #[test]
    fn silence_of_a_mailbox_that_does_not_fail_is_trouble_too() {
        let well = report(Fares::Well, 0, Some(MINUTE));
        assert_eq!(reading(&well, 20 * MINUTE, 5 * MINUTE, Moment(20 * MINUTE)), State::Well);
        let State::Trouble { cause, .. } = reading(&well, 20 * MINUTE, 5 * MINUTE, Moment(22 * MINUTE)) else {
            panic!("nothing for twenty-one minutes is trouble")
        };
        assert_eq!(cause, Cause::Stale);
        let starting = report(Fares::Starting, 0, None);
        assert_eq!(reading(&starting, 20 * MINUTE, 5 * MINUTE, Moment(MINUTE)), State::Unsure);
    }

    #[test]
    fn letters_that_lie_about_and_letters_that_are_refused_are_trouble() {
        let tally = Tally { oldest_due: Some(Moment(0)), ..Tally::default() };
        assert_eq!(outbox(true, &tally, Moment(10 * MINUTE)), State::Well);
        let cause = |state: State| if let State::Trouble { cause, .. } = state { Some(cause) } else { None };
        assert_eq!(cause(outbox(true, &tally, Moment(11 * MINUTE))), Some(Cause::Waiting));
        assert_eq!(cause(outbox(false, &tally, Moment(11 * MINUTE))), Some(Cause::NoServer));
        let tally = Tally { failed_in_an_hour: 5, sent_in_an_hour: 5, ..Tally::default() };
        assert_eq!(outbox(true, &tally, Moment(0)), State::Well);
        let tally = Tally { failed_in_an_hour: 6, sent_in_an_hour: 5, ..Tally::default() };
        assert_eq!(cause(outbox(true, &tally, Moment(HOUR))), Some(Cause::Refused));
    }

    #[test]
    fn what_servers_say_is_told_apart() {
        for (why, cause) in [
            ("the server refused user and password (x): check user and password of this mailbox", Cause::Password),
            ("smtp.example.org:587: 535 5.7.8 Authentication failed", Cause::Password),
            (
                "cannot connect (Connection refused (os error 111)): check host, port and tls of this mailbox",
                Cause::Unreachable,
            ),
            ("cannot connect (invalid peer certificate: UnknownIssuer)", Cause::Encryption),
            ("the server did not answer within 120 s", Cause::Silent),
            ("smtp.example.org:25 did not answer in time", Cause::Silent),
            (
                "consent ends at 2026-03-02T00:00:00Z: run thedesk mail authorize for this address before",
                Cause::Consent,
            ),
            ("the host's name is unknown: check host", Cause::Unreachable),
            ("the certificate is for another name: check host", Cause::Encryption),
            ("the database is locked", Cause::Other),
        ] {
            assert_eq!(cause_of(why), cause, "{why}");
        }
    }

    #[test]
    fn an_alarm_begins_once_and_ends_when_mail_is_seen_to_flow() {
        let place = |state| Place { way: Way::Reading, name: "it@desk.example".to_owned(), state };
        let trouble = State::Trouble { cause: Cause::Silent, said: String::new(), since: Moment(0) };
        let alarm = Alarm {
            id: AlarmId(1),
            way: Way::Reading,
            place: "it@desk.example".to_owned(),
            cause: Cause::Silent,
            said: String::new(),
            since: Moment(0),
            began_at: Moment(0),
            ended_at: None,
            told_at: None,
        };
        let standing = std::slice::from_ref(&alarm);
        assert_eq!(changes(&[place(trouble.clone())], &[]).len(), 1);
        assert_eq!(changes(&[place(trouble)], standing), []);
        assert_eq!(changes(&[place(State::Unsure)], standing), [], "the desk was only started anew");
        assert_eq!(changes(&[place(State::Well)], standing), [Change::End(alarm.clone())]);
        assert_eq!(changes(&[], standing), [Change::End(alarm.clone())], "the mailbox is gone");
    }
}

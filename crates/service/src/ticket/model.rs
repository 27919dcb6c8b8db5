//! What a ticket is, and what can become of it. No I/O.

use base::clock::{DAY, HOUR, Moment, SECOND};
use jiff::tz::TimeZone;
use ledger::person::PersonId;
use ledger::touchpoint::{Channel, Source};

use super::extras::Extras;
use super::{MessageId, TicketId};

/// After a ticket was closed for this long, somebody who writes opens a new one.
const REOPEN_WITHIN: i64 = 14 * DAY;
/// A ticket that was resolved closes by itself after this long.
pub(super) const CLOSE_AFTER: i64 = 7 * DAY;

base::code::define! {
    /// Where a ticket stands.
    pub enum State {
        /// Nobody of the desk has looked at it.
        New = "new",
        /// The desk is on it.
        Open = "open",
        /// The desk asked the person something.
        WaitingPerson = "waiting-person",
        /// It depends on somebody else.
        WaitingOthers = "waiting-others",
        /// The desk thinks that it is sorted.
        Resolved = "resolved",
        /// It is over.
        Closed = "closed",
    }
}

impl State {
    /// Whether the desk still has something to do with it.
    pub fn is_open(self) -> bool {
        !matches!(self, Self::Resolved | Self::Closed)
    }
}

base::code::define! {
    /// When a person needs it, in their own words.
    pub enum NeededBy {
        /// Right now.
        Now = "now",
        /// Today.
        Today = "today",
        /// This week.
        Week = "week",
        /// It can wait.
        NoHurry = "no-hurry",
    }
}

impl NeededBy {
    /// Until when a person needs it who says so at `at`: within the hour, before the day ends in `zone`, within a week.
    /// What can wait has no end.
    pub fn until(self, at: Moment, zone: &TimeZone) -> Option<Moment> {
        match self {
            Self::Now => Some(at.plus(HOUR)),
            Self::Today => {
                let said = jiff::Timestamp::from_millisecond(at.0).ok()?.to_zoned(zone.clone());
                let midnight = said.date().tomorrow().ok()?.to_zoned(zone.clone()).ok()?;
                // Who says "today" shortly before midnight means this night.
                Some(Moment(midnight.timestamp().as_millisecond()).max(at.plus(HOUR)))
            }
            Self::Week => Some(at.plus(7 * DAY)),
            Self::NoHurry => None,
        }
    }
}

/// When a person needs it, and until when that is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Need {
    /// In their words.
    pub by: NeededBy,
    /// By the clock; what can wait has no end.
    pub until: Option<Moment>,
}

impl Need {
    /// What somebody means who says this at `at`, in `zone`.
    pub fn said(by: NeededBy, at: Moment, zone: &TimeZone) -> Self {
        Self { by, until: by.until(at, zone) }
    }

    /// Seconds from `at` until then, as a touchpoint tells them.
    pub(super) fn seconds(self, at: Moment) -> Option<i64> {
        self.until.map(|until| until.since(at).max(0) / SECOND)
    }
}

base::code::define! {
    /// Who wrote a message, and for whom.
    pub enum Author {
        /// The person who asked, or someone who wrote for them.
        Person = "person",
        /// Someone of the desk, to the person.
        Desk = "desk",
        /// Someone of the desk, for the desk only.
        Note = "note",
        /// A program: a bounce, an auto-reply, a line that says what happened. For the desk only.
        Machine = "machine",
    }
}

/// A ticket as stored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ticket {
    /// Which one.
    pub id: TicketId,
    /// The number that people say.
    pub number: i64,
    /// What it is about.
    pub subject: String,
    /// Where it stands.
    pub state: State,
    /// Who asked.
    pub person: PersonId,
    /// In which channel.
    pub channel: Channel,
    /// For which service.
    pub service: Option<String>,
    /// Which team has it.
    pub team: Option<String>,
    /// Who has it.
    pub agent: Option<PersonId>,
    /// When the person needs it.
    pub needed_by: Option<NeededBy>,
    /// Opens the person's page of it without signing in.
    pub view_token: String,
    /// Stands in the address that answers go to.
    pub reply_token: String,
    /// How the last message begins.
    pub last_words: String,
    /// When it was opened.
    pub opened_at: Moment,
    /// When something last happened.
    pub changed_at: Moment,
    /// Since when the person waits for us.
    pub waiting_since: Option<Moment>,
    /// When the desk first answered.
    pub answered_at: Option<Moment>,
    /// When the desk thought it sorted.
    pub resolved_at: Option<Moment>,
    /// When it was over.
    pub closed_at: Option<Moment>,
    /// Lived here, or imported, or simulated.
    pub source: Source,
}

/// A message of the conversation.
#[derive(Debug, Clone)]
pub struct Message {
    /// Which one.
    pub id: MessageId,
    /// When.
    pub at: Moment,
    /// Who, when known.
    pub author_id: Option<PersonId>,
    /// Their name; empty for a program.
    pub name: String,
    /// In which part.
    pub author: Author,
    /// In which channel.
    pub channel: Channel,
    /// What was said, without what it quotes.
    pub text: String,
    /// What it quotes, kept for "show all".
    pub quoted: String,
    /// It came as HTML, which is shown in a frame of its own.
    pub has_html: bool,
    /// What it carries besides its words.
    pub extras: Extras,
    /// Why its letter did not go out, when it did not.
    pub failed: Option<String>,
}

/// What came of a person's message.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Heard {
    /// It was added to the conversation.
    Added,
    /// It brought the ticket back to the desk.
    Reopened,
    /// It said thanks, and nothing changed.
    Thanked,
}

/// Why something cannot be done with a ticket now.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// It is over, or in another state than this needs.
    #[error("the ticket is {0}: this cannot be done now")]
    Not(State),
}

impl Ticket {
    /// The number as people write it: `D-1042`.
    pub fn label(&self) -> String {
        label(self.number)
    }

    /// Someone of the desk writes to the person, after which it stands as `next`.
    pub fn answer(self, agent: PersonId, next: State, now: Moment) -> Result<Self, Refusal> {
        if matches!(next, State::New | State::Closed) {
            return Err(Refusal::Not(self.state));
        }
        Ok(Self {
            state: next,
            agent: self.agent.or(Some(agent)),
            answered_at: self.answered_at.or(Some(now)),
            waiting_since: None,
            resolved_at: if next == State::Resolved { Some(now) } else { None },
            closed_at: None,
            changed_at: now,
            ..self
        })
    }

    /// The person writes. Thanks alone change nothing about a ticket that is resolved or over. `None` when it was over
    /// for so long that this is a new matter.
    pub fn hear(self, is_thanks: bool, now: Moment) -> Option<(Self, Heard)> {
        if self.closed_at.is_some_and(|closed| now.since(closed) > REOPEN_WITHIN) {
            return None;
        }
        if is_thanks && !self.state.is_open() {
            return Some((self, Heard::Thanked));
        }
        let heard = if self.state.is_open() { Heard::Added } else { Heard::Reopened };
        let state = if self.state == State::New { State::New } else { State::Open };
        let waiting_since = self.waiting_since.or(Some(now));
        Some((Self { state, waiting_since, resolved_at: None, closed_at: None, changed_at: now, ..self }, heard))
    }

    /// It is given to somebody, or back to everybody.
    pub fn assign(self, agent: Option<PersonId>, team: Option<String>, now: Moment) -> Self {
        let state = if self.state == State::New && agent.is_some() { State::Open } else { self.state };
        Self { agent, team: team.or(self.team), state, changed_at: now, ..self }
    }

    /// The desk sets it aside for someone else, takes it up again, or resolves it without a word.
    pub fn set(self, next: State, now: Moment) -> Result<Self, Refusal> {
        let allowed = match next {
            State::Open | State::WaitingOthers | State::WaitingPerson | State::Resolved => next != self.state,
            State::New | State::Closed => false,
        };
        if !allowed {
            return Err(Refusal::Not(self.state));
        }
        let resolved_at = if next == State::Resolved { Some(now) } else { None };
        let waiting_since = if next == State::Resolved { None } else { self.waiting_since };
        Ok(Self { state: next, resolved_at, waiting_since, closed_at: None, changed_at: now, ..self })
    }

    /// The person says that it is sorted.
    pub fn confirm(self, now: Moment) -> Result<Self, Refusal> {
        match self.state {
            State::Closed => Err(Refusal::Not(self.state)),
            _ => Ok(Self {
                state: State::Closed,
                resolved_at: self.resolved_at.or(Some(now)),
                closed_at: Some(now),
                waiting_since: None,
                changed_at: now,
                ..self
            }),
        }
    }

    /// Nobody said anything since it was resolved.
    pub fn close(self, now: Moment) -> Result<Self, Refusal> {
        match (self.state, self.resolved_at) {
            (State::Resolved, Some(resolved)) if now.since(resolved) >= CLOSE_AFTER => {
                Ok(Self { state: State::Closed, closed_at: Some(now), changed_at: now, ..self })
            }
            _ => Err(Refusal::Not(self.state)),
        }
    }
}

/// A number as people write it.
pub(super) fn label(number: i64) -> String {
    format!("D-{number}")
}

/// The number in what somebody typed or wrote into a subject: `D-1042`, `d 1042`, `[D-1042]`.
pub fn number_of(text: &str) -> Option<i64> {
    let rest = text.trim().trim_start_matches('[').strip_prefix(['D', 'd'])?;
    let digits = rest.trim_start_matches(['-', ' ', '\u{2011}', '\u{2013}']).trim_end_matches(']');
    (!digits.is_empty() && digits.len() <= 12 && digits.bytes().all(|byte| byte.is_ascii_digit()))
        .then(|| digits.parse().ok())
        .flatten()
}

/// The beginning of a message, on one line, for lists.
pub(super) fn first_words(text: &str) -> String {
    let mut words = String::new();
    for word in text.split_whitespace() {
        if words.chars().count() + word.chars().count() > 140 {
            words.push('…');
            break;
        }
        if !words.is_empty() {
            words.push(' ');
        }
        words.extend(word.chars().take(140));
    }
    words
}

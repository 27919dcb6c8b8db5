//! Tickets of the past, written many at a time: for the demo, and for moves from another desk.
//!
//! A [`Past`] is lived through event by event under the rules of a ticket, as [`super::work`] does it, and gathers what
//! each event leaves: the conversation, and the touchpoints. No letter is posted. [`insert`] writes the rows; the
//! touchpoints are the caller's to record, in the order of time with whatever else happened meanwhile.

mod store;
#[cfg(test)]
mod tests;

use base::clock::Moment;
use ledger::person::PersonId;
use ledger::touchpoint::{Channel, Draft, Source};
use serde_json::json;

use super::model::{Author, Heard, Need, State, Ticket, first_words};
use super::{TicketId, kinds, work};

pub use store::{insert, reserve};

/// How a ticket of the past began.
#[derive(Debug, Clone)]
pub struct Beginning {
    /// As [`reserve`] gave them.
    pub reserved: (TicketId, i64),
    /// Who asked.
    pub person: PersonId,
    /// Where.
    pub channel: Channel,
    /// What about.
    pub subject: String,
    /// In their words.
    pub text: String,
    /// For which service.
    pub service: Option<String>,
    /// When they needed it.
    pub needed_by: Option<Need>,
    /// How we know of it.
    pub source: Source,
    /// When.
    pub at: Moment,
}

/// Someone of the desk, and the team they worked in then.
#[derive(Debug, Clone, Copy)]
pub struct By<'b> {
    /// Who.
    pub person: PersonId,
    /// As part of.
    pub team: Option<&'b str>,
}

/// A ticket of the past, as far as it has been told. Events are told in the order of time; one that the ticket's rules
/// refuse (taking up again what is being worked on) leaves nothing.
#[derive(Debug, Clone)]
pub struct Past {
    ticket: Ticket,
    messages: Vec<Said>,
    tags: Vec<String>,
    happened: Vec<(Moment, Draft)>,
}

#[derive(Debug, Clone)]
struct Said {
    at: Moment,
    author_id: Option<PersonId>,
    author: Author,
    channel: Channel,
    text: String,
}

impl Past {
    /// A person asked.
    pub fn open(beginning: Beginning) -> Self {
        let Beginning { reserved: (id, number), person, channel, subject, text, service, needed_by, source, at } =
            beginning;
        let ticket = Ticket {
            id,
            number,
            subject,
            state: State::New,
            person,
            channel,
            service,
            team: None,
            agent: None,
            needed_by: needed_by.map(|need| need.by),
            view_token: base::id::token(),
            reply_token: base::id::token(),
            last_words: String::new(),
            opened_at: at,
            changed_at: at,
            waiting_since: Some(at),
            answered_at: None,
            resolved_at: None,
            closed_at: None,
            source,
        };
        let mut past = Self { ticket, messages: Vec::new(), tags: Vec::new(), happened: Vec::new() };
        past.say(Author::Person, Some(person), channel, text, at);
        let detail = work::opened_detail(&past.ticket, needed_by);
        past.happen(at, Draft::of(&kinds::OPENED, at, channel).detail(detail));
        past
    }

    /// Labels it.
    pub fn tag(mut self, tag: &str) -> Self {
        if !self.tags.iter().any(|given| given == tag) {
            self.tags.push(tag.to_owned());
        }
        self
    }

    /// The person wrote, or only said thanks. Nothing when it had been over for too long.
    pub fn write(&mut self, channel: Channel, text: String, is_thanks: bool, at: Moment) {
        let Some((ticket, heard)) = self.ticket.clone().hear(is_thanks, at) else { return };
        self.ticket = ticket;
        self.say(Author::Person, Some(self.ticket.person), channel, text, at);
        let kind = match heard {
            Heard::Added => &kinds::WRITTEN,
            Heard::Reopened => &kinds::REOPENED,
            Heard::Thanked => &kinds::THANKED,
        };
        self.happen(at, Draft::of(kind, at, channel));
    }

    /// Someone of the desk wrote to the person, after which it stood as `next`.
    pub fn answer(&mut self, by: By, channel: Channel, text: String, next: State, at: Moment) {
        let detail = json!({
            "first": self.ticket.answered_at.is_none(),
            "waited": self.ticket.waiting_since.map(|since| at.since(since)),
        });
        let Ok(ticket) = self.ticket.clone().answer(by.person, next, at) else { return };
        self.ticket = ticket;
        self.say(Author::Desk, Some(by.person), channel, text, at);
        let team = self.team_of(by);
        self.happen(at, Draft::of(&kinds::ANSWERED, at, channel).team(team.clone()).detail(detail));
        if next == State::Resolved {
            self.happen(at, Draft::of(&kinds::RESOLVED, at, channel).team(team));
        }
    }

    /// Someone of the desk left a note for the others.
    pub fn note(&mut self, by: By, text: String, at: Moment) {
        self.say(Author::Note, Some(by.person), Channel::Portal, text, at);
        let team = self.team_of(by);
        self.happen(at, Draft::of(&kinds::NOTED, at, Channel::Portal).team(team));
    }

    /// It was given to somebody of a team.
    pub fn assign(&mut self, by: By, to: By, at: Moment) {
        let before = self.ticket.agent;
        if before == Some(to.person) {
            return;
        }
        self.ticket = self.ticket.clone().assign(Some(to.person), to.team.map(str::to_owned), at);
        let team = self.team_of(by);
        let detail = json!({ "to": to.person, "from": before });
        self.happen(at, Draft::of(&kinds::ASSIGNED, at, Channel::Portal).team(team).detail(detail));
    }

    /// The desk set it aside, took it up again or resolved it without a word.
    pub fn set_state(&mut self, next: State, at: Moment) {
        let Ok(ticket) = self.ticket.clone().set(next, at) else { return };
        self.ticket = ticket;
        let kind = match next {
            State::Resolved => &kinds::RESOLVED,
            State::WaitingOthers | State::WaitingPerson => &kinds::PAUSED,
            State::New | State::Open | State::Closed => &kinds::RESUMED,
        };
        let team = self.ticket.team.clone();
        self.happen(at, Draft::of(kind, at, Channel::Portal).team(team));
    }

    /// The person said that it is sorted.
    pub fn confirm(&mut self, at: Moment) {
        let Ok(ticket) = self.ticket.clone().confirm(at) else { return };
        self.ticket = ticket;
        let Ticket { opened_at, subject, view_token, .. } = &self.ticket;
        let detail = json!({ "took": at.since(*opened_at), "subject": subject, "view": view_token });
        self.happen(at, Draft::of(&kinds::CONFIRMED, at, Channel::Portal).detail(detail));
    }

    /// It ended because nobody said anything any more, after however long that desk waited.
    pub fn close(&mut self, at: Moment) {
        if self.ticket.state != State::Resolved {
            return;
        }
        self.ticket = Ticket { state: State::Closed, closed_at: Some(at), changed_at: at, ..self.ticket.clone() };
        self.happen(at, Draft::of(&kinds::CLOSED, at, Channel::Portal));
    }

    /// The ticket as it stands.
    pub fn ticket(&self) -> &Ticket {
        &self.ticket
    }

    /// How many messages the conversation has.
    pub fn messages(&self) -> usize {
        self.messages.len()
    }

    /// Takes out what happened and when, in the order in which it was told: the caller records it.
    pub fn take_happened(&mut self) -> Vec<(Moment, Draft)> {
        std::mem::take(&mut self.happened)
    }

    fn say(&mut self, author: Author, author_id: Option<PersonId>, channel: Channel, text: String, at: Moment) {
        self.ticket.last_words = first_words(&text);
        self.messages.push(Said { at, author_id, author, channel, text });
    }

    fn happen(&mut self, at: Moment, draft: Draft) {
        let Ticket { id, person, service, source, .. } = &self.ticket;
        let draft = draft.person(*person).object("ticket", id.0).service(service.clone()).source(*source);
        self.happened.push((at, draft));
    }

    fn team_of(&self, by: By) -> Option<String> {
        by.team.map(str::to_owned).or_else(|| self.ticket.team.clone())
    }
}

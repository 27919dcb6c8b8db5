//! The tickets of the company, event by event.

use base::clock::Moment;
use ledger::touchpoint::{Channel, Source};
use service::ticket::bulk::{Beginning, By, Past};
use service::ticket::{Need, NeededBy, State, TicketId};
use simulate::person::PersonId;
use simulate::places::central_zone;
use simulate::survey::{Survey, Withheld};
use simulate::ticket::{self, Event, Ticket, What};

use super::people::Cast;

/// Lives through a ticket.
pub(super) fn lived(ticket: &Ticket, reserved: (TicketId, i64), cast: &Cast) -> Past {
    let channel = channel(ticket.channel);
    let mut past = Past::open(Beginning {
        reserved,
        person: cast.id(ticket.person),
        channel,
        subject: ticket.subject.to_string(),
        text: ticket.body.to_string(),
        service: Some(ticket.service.info().name_en.to_owned()),
        needed_by: Some(Need::said(needed_by(ticket.needed_by), Moment(ticket.opened), &central_zone())),
        source: Source::Simulated,
        at: Moment(ticket.opened),
    });
    if ticket.happened.is_some() {
        past = past.tag("logged later");
    }
    if matches!(ticket.survey, Survey::Withheld { why: Withheld::Outage, .. }) {
        past = past.tag("outage");
    }
    // Where words between the two go: by mail where there is a mailbox, else as it began.
    let words = match ticket.channel {
        ticket::Channel::Portal => Channel::Portal,
        _ if cast.has_mailbox(ticket.person) => Channel::Email,
        ticket::Channel::Email | ticket::Channel::Phone | ticket::Channel::WalkUp => channel,
    };
    let answers = if cast.has_mailbox(ticket.person) { Channel::Email } else { words };
    let by = |agent: PersonId| By { person: cast.id(agent), team: cast.team(agent) };
    for (index, event) in ticket.events.iter().enumerate() {
        let at = Moment(event.at);
        let next = ticket.events.get(index + 1);
        match &event.what {
            What::Assigned { agent, .. } => past.assign(by(*agent), by(*agent), at),
            What::HandedOver { from, to, .. } => past.assign(by(*from), by(*to), at),
            What::Replied { agent, text } => {
                past.answer(by(*agent), answers, text.to_string(), after(event, next), at);
            }
            What::Noted { agent, text } => past.note(by(*agent), text.to_string(), at),
            What::Said { text } | What::Chased { text } => {
                let thanks = next.is_some_and(|next| next.what == What::Confirmed);
                past.write(words, text.to_string(), thanks, at);
            }
            // What the reply just before said already leaves nothing here: it stands so by then.
            What::WaitsForPerson => past.set_state(State::WaitingPerson, at),
            What::WaitsForOthers(_) => past.set_state(State::WaitingOthers, at),
            What::Resumed | What::Reopened => past.set_state(State::Open, at),
            What::Resolved { .. } => past.set_state(State::Resolved, at),
            What::Confirmed => past.confirm(at),
            What::Closed { .. } => past.close(at),
        }
    }
    past
}

/// How a ticket stands after this reply: the agent says it with the same button.
fn after(reply: &Event, next: Option<&Event>) -> State {
    match next {
        Some(next) if next.at == reply.at => match next.what {
            What::WaitsForPerson => State::WaitingPerson,
            What::Resolved { .. } => State::Resolved,
            _ => State::Open,
        },
        _ => State::Open,
    }
}

fn channel(channel: ticket::Channel) -> Channel {
    match channel {
        ticket::Channel::Email => Channel::Email,
        ticket::Channel::Portal => Channel::Portal,
        ticket::Channel::Phone => Channel::Phone,
        ticket::Channel::WalkUp => Channel::WalkUp,
    }
}

fn needed_by(needed_by: ticket::NeededBy) -> NeededBy {
    match needed_by {
        ticket::NeededBy::Now => NeededBy::Now,
        ticket::NeededBy::Today => NeededBy::Today,
        ticket::NeededBy::ThisWeek => NeededBy::Week,
        ticket::NeededBy::NoHurry => NeededBy::NoHurry,
    }
}

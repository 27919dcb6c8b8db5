//! One message of a conversation is somewhere else than it belongs: an agent moves it, with its files, to another ticket
//! or to one of its own. Both tickets record it. The contact of the person who wrote was counted when it came.

mod store;

use base::clock::Moment;
use base::db::Tx;
use ledger::person::{PersonId, one_and_same};
use ledger::touchpoint::{self, Channel, Draft, Kind, Source};
use serde_json::json;
use web::error::Result;

use super::model::{Author, State, Ticket, first_words};
use super::{MessageId, TicketId, kinds, merge, succession};

/// Why a message stays where it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stays {
    /// There is no such message.
    Unknown,
    /// Someone of the desk wrote it: what was said to a person cannot have been said to another.
    Ours,
    /// It is in that ticket.
    There,
    /// It is all that its ticket has.
    Alone,
}

/// Moves a message to another ticket, whoever asked there: an agent knows what belongs together. Gives that ticket as it
/// stands then.
///
/// # Errors
/// When the database refuses.
pub fn to_ticket(
    tx: &mut Tx,
    message: MessageId,
    to: TicketId,
    by: PersonId,
    now: Moment,
) -> Result<Result<Ticket, Stays>> {
    let Some(moved) = store::find(tx, message)? else { return Ok(Err(Stays::Unknown)) };
    let (Some(from), Some(to)) = (super::find(tx, moved.ticket)?, super::find(tx, to)?) else {
        return Ok(Err(Stays::Unknown));
    };
    if !matches!(moved.author, Author::Person | Author::Machine) {
        return Ok(Err(Stays::Ours));
    }
    if from.id == to.id {
        return Ok(Err(Stays::There));
    }
    let alone = !store::has_others(tx, from.id, message)?;
    if alone && one_and_same(tx, from.person)?.contains(&to.person) {
        // Nothing would be left of it: then it is a part of the other, with its number and all that names it.
        return Ok(Ok(merge::merge(tx, from, to, Some(by), now)?));
    }
    let (from, to) = change(tx, &moved, from, to, by, now)?;
    if alone {
        let ended = Ticket { state: State::Closed, waiting_since: None, closed_at: Some(now), ..from };
        super::store::update(tx, &ended)?;
        succession::record(tx, ended.id, to.id, now)?;
    }
    Ok(Ok(to))
}

/// Makes a ticket of its own of a message, for whoever wrote it. `subject` is what it is about.
///
/// # Errors
/// When the database refuses.
pub fn to_own(
    tx: &mut Tx,
    message: MessageId,
    subject: &str,
    by: PersonId,
    now: Moment,
) -> Result<Result<Ticket, Stays>> {
    let Some(moved) = store::find(tx, message)? else { return Ok(Err(Stays::Unknown)) };
    let Some(from) = super::find(tx, moved.ticket)? else { return Ok(Err(Stays::Unknown)) };
    if !matches!(moved.author, Author::Person | Author::Machine) {
        return Ok(Err(Stays::Ours));
    }
    if !store::has_others(tx, from.id, message)? {
        return Ok(Err(Stays::Alone));
    }
    let subject = match subject.trim() {
        "" => first_words(&moved.text),
        given => given.chars().take(300).collect(),
    };
    let opened = Ticket {
        id: tx.new_id(),
        number: tx.next_number("ticket")?,
        subject: if subject.is_empty() { "…".to_owned() } else { subject },
        state: State::Open,
        person: moved.author_id.unwrap_or(from.person),
        channel: moved.channel,
        service: None,
        team: from.team.clone(),
        agent: None,
        needed_by: None,
        view_token: base::id::token(),
        reply_token: base::id::token(),
        last_words: first_words(&moved.text),
        opened_at: moved.at,
        changed_at: now,
        waiting_since: None,
        answered_at: None,
        resolved_at: None,
        closed_at: None,
        source: Source::Lived,
    };
    super::store::insert(tx, &opened)?;
    Ok(Ok(change(tx, &moved, from, opened, by, now)?.1))
}

/// Moves it, and brings both tickets to what their conversations say then. An agent has looked at both, so neither is new:
/// mails that name both do not make them one again.
fn change(
    tx: &mut Tx,
    moved: &store::Moved,
    from: Ticket,
    to: Ticket,
    by: PersonId,
    now: Moment,
) -> Result<(Ticket, Ticket)> {
    store::set_ticket(tx, moved.id, to.id)?;
    let looked_at = |state: State| if state == State::New { State::Open } else { state };
    let waits = store::newest_author(tx, from.id)? == Some(Author::Person);
    let from = Ticket {
        state: looked_at(from.state),
        waiting_since: from.waiting_since.filter(|_| waits),
        changed_at: now,
        ..from
    };
    let asks = moved.author == Author::Person && !store::answered_after(tx, to.id, moved.id)?;
    let since = if asks { to.waiting_since.into_iter().chain([moved.at]).min() } else { to.waiting_since };
    let over = !to.state.is_open() && !asks;
    let to = Ticket {
        state: if over {
            to.state
        } else if to.state.is_open() {
            looked_at(to.state)
        } else {
            State::Open
        },
        waiting_since: since,
        resolved_at: to.resolved_at.filter(|_| over),
        closed_at: to.closed_at.filter(|_| over),
        changed_at: now,
        ..to
    };
    for ticket in [&from, &to] {
        super::store::update(tx, ticket)?;
        store::refresh_last_words(tx, ticket.id)?;
    }
    record(tx, &kinds::GAVE, &from, &to, by, now)?;
    record(tx, &kinds::TOOK, &to, &from, by, now)?;
    Ok((from, to))
}

fn record(tx: &mut Tx, kind: &'static Kind, of: &Ticket, other: &Ticket, by: PersonId, now: Moment) -> Result<()> {
    let draft = Draft::of(kind, now, Channel::Email).person(of.person).object("ticket", of.id.0);
    let draft = draft.service(of.service.clone()).detail(json!({ "ticket": other.label(), "by": by }));
    touchpoint::record(tx, draft)?;
    Ok(())
}

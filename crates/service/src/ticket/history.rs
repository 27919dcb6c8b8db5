//! Conversations that took place before this desk had them: what its people wrote then, and the end of what is long over.
//!
//! What persons wrote goes through [`super::work`] like everything else they write; being [`Source::Imported`], it is
//! not acknowledged. Each function runs in its caller's transaction and records its touchpoint there, at the time it
//! happened.

use base::clock::Moment;
use base::db::Tx;
use ledger::person::PersonId;
use ledger::touchpoint::{Draft, Initiator, Source};
use serde_json::json;

use super::kinds;
use super::model::{Author, State, Ticket};
use super::store::{self, NewMessage};
use super::work::{Request, Result, new_ticket, record};

/// Someone of the desk wrote first: a ticket of the person they wrote to, which waits for that person. `agent` is who
/// wrote, when that is known.
pub fn open_by_desk(tx: &mut Tx, request: &Request, agent: Option<PersonId>, at: Moment) -> Result<Ticket> {
    let ticket = Ticket { state: State::WaitingPerson, waiting_since: None, agent, ..new_ticket(tx, request, at)? };
    store::insert(tx, &ticket)?;
    store::insert_message(tx, &said(&ticket, request, agent, at), request.files)?;
    let detail = json!({ "number": ticket.number, "subject": ticket.subject, "needed_by": null, "need": null });
    let draft = Draft::of(&kinds::OPENED, at, request.channel).initiator(Initiator::Desk).source(request.source);
    record(tx, draft.detail(detail), &ticket)?;
    Ok(ticket)
}

/// Someone of the desk answered.
pub fn answer(tx: &mut Tx, ticket: Ticket, request: &Request, agent: Option<PersonId>, at: Moment) -> Result<Ticket> {
    let detail = json!({
        "first": ticket.answered_at.is_none(),
        "waited": ticket.waiting_since.map(|since| at.since(since)),
    });
    let ticket = Ticket {
        state: State::WaitingPerson,
        agent: ticket.agent.or(agent),
        answered_at: ticket.answered_at.or(Some(at)),
        waiting_since: None,
        resolved_at: None,
        closed_at: None,
        changed_at: ticket.changed_at.max(at),
        ..ticket
    };
    store::update(tx, &ticket)?;
    store::add_message(tx, &said(&ticket, request, agent, at), request.files)?;
    let draft = Draft::of(&kinds::ANSWERED, at, request.channel).source(request.source).team(ticket.team.clone());
    record(tx, draft.detail(detail), &ticket)?;
    Ok(ticket)
}

/// Ends imported tickets in which nothing was said since `before`, at most `limit`: what is long over is not work that
/// waits. Gives how many.
pub fn close_silent(tx: &mut Tx, before: Moment, limit: i64) -> Result<usize> {
    let silent = store::silent(tx, before, limit)?;
    for ticket in silent.iter().cloned() {
        let at = ticket.changed_at;
        let ticket = Ticket { state: State::Closed, waiting_since: None, closed_at: Some(at), ..ticket };
        store::update(tx, &ticket)?;
        record(tx, Draft::of(&kinds::CLOSED, at, ticket.channel).source(Source::Imported), &ticket)?;
    }
    Ok(silent.len())
}

fn said<'r>(ticket: &Ticket, request: &Request<'r>, agent: Option<PersonId>, at: Moment) -> NewMessage<'r> {
    NewMessage { author_id: agent, author: Author::Desk, ..super::work::message(ticket.id, request, Author::Desk, at) }
}

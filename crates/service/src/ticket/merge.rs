//! Two tickets about one matter become one: an agent says so, or mails show it.
//!
//! The conversation moves to the ticket that is kept; the other is over. Its number, its links and the address that its
//! letters named lead to the kept one from then on.

use base::clock::Moment;
use base::db::Tx;
use ledger::person::{PersonId, one_and_same};
use ledger::touchpoint::{self, Draft};
use serde_json::json;
use web::error::Result;

use super::model::{State, Ticket};
use super::{kinds, participant, store};

/// Why two tickets cannot become one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unlike {
    /// They are one already.
    Same,
    /// Different people asked: each has their own conversation with the desk.
    OtherPerson,
}

/// Whether one of these can be merged into the other.
///
/// # Errors
/// When the database refuses.
pub fn unlike(tx: &mut Tx, merged: &Ticket, kept: &Ticket) -> Result<Option<Unlike>> {
    if merged.id == kept.id {
        return Ok(Some(Unlike::Same));
    }
    Ok((!one_and_same(tx, merged.person)?.contains(&kept.person)).then_some(Unlike::OtherPerson))
}

/// Merges a ticket into another of the same person; `by` is the agent, or nobody when mails show that they are one.
/// Gives the kept ticket as it stands then.
///
/// # Errors
/// When the database refuses.
pub fn merge(tx: &mut Tx, merged: Ticket, kept: Ticket, by: Option<PersonId>, now: Moment) -> Result<Ticket> {
    store::move_conversation(tx, merged.id, kept.id)?;
    participant::move_to(tx, merged.id, kept.id)?;
    store::links::merge(tx, merged.id, kept.id, by, now)?;
    let waits = [merged.waiting_since, kept.waiting_since].into_iter().flatten().min();
    // What waits is not over, whichever of the two it was.
    let state = match kept.state {
        State::Resolved | State::Closed if waits.is_some() => State::Open,
        state => state,
    };
    let over = !state.is_open();
    let kept = Ticket {
        state,
        agent: kept.agent.or(merged.agent),
        team: kept.team.clone().or_else(|| merged.team.clone()),
        waiting_since: waits,
        resolved_at: kept.resolved_at.filter(|_| over),
        closed_at: kept.closed_at.filter(|_| over),
        changed_at: now,
        ..kept
    };
    let ended =
        Ticket { state: State::Closed, waiting_since: None, closed_at: Some(now), changed_at: now, ..merged.clone() };
    store::update(tx, &ended)?;
    store::update(tx, &kept)?;
    for (kind, ticket, other) in [(&kinds::MERGED, &merged, &kept), (&kinds::TOOK_IN, &kept, &merged)] {
        let draft = Draft::of(kind, now, ticket.channel).person(ticket.person).source(ticket.source);
        let draft = draft.object("ticket", ticket.id.0).service(ticket.service.clone());
        touchpoint::record(tx, draft.detail(json!({ "ticket": other.label(), "by": by })))?;
    }
    Ok(kept)
}

/// Whether nobody of the desk has touched a ticket: mails that show where it belongs may move it by themselves.
///
/// # Errors
/// When the database refuses.
pub fn is_untouched(tx: &mut Tx, ticket: &Ticket) -> Result<bool> {
    let fresh = ticket.state == State::New && ticket.agent.is_none() && ticket.answered_at.is_none();
    Ok(fresh && !store::desk_wrote(tx, ticket.id)?)
}

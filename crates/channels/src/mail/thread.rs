//! Which ticket a mail belongs to: by evidence, the strongest first, and only for who has a part in it.
//!
//! 1. The token in the address that it came to: nobody can guess it, so whoever has it may write.
//! 2. The Message-IDs that it answers, newest first: issued by us, or held by a ticket.
//! 3. Mails that came before it though they answer it, or the same unknown mail as it does.
//! 4. The number in its subject.
//!
//! When 2 and 3 name several tickets of the sender's, they are one conversation of which the middle came last: those
//! that nobody of the desk touched become part of the one that was, or of the oldest. So mails end in the same tickets
//! whichever order they come in.
//!
//! From 2 on the sender must be on the ticket. A subject alone never counts. Who quotes a conversation without having
//! part in it begins a new one, and the record says so.

use std::collections::BTreeSet;

use base::db::Tx;
use ledger::outbox::{self, Letter};
use ledger::person::{PersonId, one_and_same};
use service::ticket::{self, Ticket, TicketId, merge, work};
use web::error::Result;

use super::arrival::Arrival;
use super::model::Why;
use super::store;

/// Where a mail belongs.
#[derive(Debug)]
pub(super) struct Place {
    pub ticket: Option<Ticket>,
    pub why: Why,
    /// Untouched tickets that this mail shows to be the same conversation.
    pub same: Vec<Ticket>,
}

impl Place {
    fn of(ticket: Option<Ticket>, why: Why) -> Self {
        Self { ticket, why, same: Vec::new() }
    }
}

/// Who asks to be let into a conversation.
pub(super) struct Sender {
    /// Their address in its normal form.
    pub address: String,
    /// Who they are; nobody that we know when empty.
    pub person: Option<PersonId>,
}

/// The place of a mail. `sender` is empty when it does not say who wrote it.
pub(super) fn place(tx: &mut Tx, arrival: &Arrival, sender: Option<&Sender>) -> Result<Place> {
    if let Some(ticket) = by_token(tx, arrival)? {
        return Ok(Place::of(Some(ticket), Why::Token));
    }
    let mut quoted = false;
    let mut found: Vec<(Ticket, Why)> = Vec::new();
    let mut looked_at = BTreeSet::new();
    for candidate in candidates(tx, arrival)? {
        // The strongest word for a ticket comes first; weaker ones for the same add nothing.
        if !looked_at.insert((candidate.ticket, candidate.written_to.clone())) {
            continue;
        }
        let Some(ticket) = ticket::find(tx, candidate.ticket)? else { continue };
        if found.iter().any(|(known, _)| known.id == ticket.id) || (candidate.why == Why::Number && !found.is_empty()) {
            continue;
        }
        if has_part(tx, &ticket, candidate.written_to.as_deref(), sender)? {
            found.push((ticket, candidate.why));
        } else {
            // That someone shares an ancestor or picks a number says little; who names our mail quotes it.
            quoted |= matches!(candidate.why, Why::Issued | Why::Held);
        }
    }
    match found.as_slice() {
        [] => Ok(Place::of(None, if quoted { Why::Stranger } else { Why::New })),
        [(ticket, why)] => Ok(Place::of(Some(ticket.clone()), *why)),
        _ => one_of(tx, found),
    }
}

/// The place of a mail that the desk wrote: the first ticket by the same evidence of which one of its recipients is.
pub(super) fn place_of_ours(tx: &mut Tx, arrival: &Arrival, recipients: &[PersonId]) -> Result<Option<(Ticket, Why)>> {
    for candidate in candidates(tx, arrival)? {
        let Some(ticket) = ticket::find(tx, candidate.ticket)? else { continue };
        for person in recipients {
            let sender = Sender { address: String::new(), person: Some(*person) };
            if has_part(tx, &ticket, None, Some(&sender))? {
                return Ok(Some((ticket, candidate.why)));
            }
        }
    }
    Ok(None)
}

/// Of several tickets that a mail belongs to, the one where it goes: the first that the desk touched, by the strength of
/// the evidence, or else the oldest. The untouched others of the same person are to become part of it.
fn one_of(tx: &mut Tx, found: Vec<(Ticket, Why)>) -> Result<Place> {
    let mut untouched = Vec::with_capacity(found.len());
    for (ticket, _) in &found {
        untouched.push(merge::is_untouched(tx, ticket)?);
    }
    let oldest = (0..found.len()).min_by_key(|&place| found[place].0.id).unwrap_or(0);
    let kept = untouched.iter().position(|untouched| !untouched).unwrap_or(oldest);
    let mut place = Place::of(Some(found[kept].0.clone()), found[kept].1);
    for (at, (ticket, _)) in found.iter().enumerate() {
        if at != kept && untouched[at] && merge::unlike(tx, ticket, &found[kept].0)?.is_none() {
            place.same.push(ticket.clone());
        }
    }
    Ok(place)
}

fn by_token(tx: &mut Tx, arrival: &Arrival) -> Result<Option<Ticket>> {
    // Addresses lose their case on the way; tokens have none.
    let Some(token) = arrival.parsed.evidence.token.as_deref().map(str::to_lowercase) else { return Ok(None) };
    if let Some(ticket) = ticket::find_by_reply_token(tx, &token)? {
        return Ok(Some(ticket));
    }
    match outbox::find_by_reply_token(tx, &token)?.as_ref().and_then(ticket_of_letter) {
        Some(id) => Ok(ticket::find(tx, id)?),
        None => Ok(None),
    }
}

/// The ticket that a letter concerns.
pub(super) fn ticket_of_letter(letter: &Letter) -> Option<TicketId> {
    letter.object_type.as_deref().filter(|kind| *kind == "ticket").and(letter.object_id).map(TicketId)
}

/// The letter with this Message-ID, which is ours whatever a server made of the domain.
pub(super) fn letter_of(tx: &mut Tx, message_id: &str) -> Result<Option<Letter>> {
    let local = message_id.rsplit_once('@').map_or(message_id, |(local, _)| local).to_lowercase();
    // Ours are tokens; others are not worth a look.
    let ours = local.len() == 32 && local.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit());
    if ours { Ok(outbox::find_by_message_id(tx, &local)?) } else { Ok(None) }
}

struct Candidate {
    ticket: TicketId,
    why: Why,
    /// To whom the letter went that is being answered.
    written_to: Option<String>,
}

impl Candidate {
    fn new(ticket: TicketId, why: Why) -> Self {
        Self { ticket, why, written_to: None }
    }
}

fn candidates(tx: &mut Tx, arrival: &Arrival) -> Result<Vec<Candidate>> {
    let references = arrival.references();
    let mut found = Vec::new();
    for id in &references {
        if let Some(letter) = letter_of(tx, id)?
            && let Some(ticket) = ticket_of_letter(&letter)
        {
            found.push(Candidate { written_to: Some(letter.address), ..Candidate::new(ticket, Why::Issued) });
        } else if let Some(ticket) = held(tx, id)? {
            found.push(Candidate::new(ticket, Why::Held));
        }
    }
    if let Some(id) = arrival.message_id() {
        for ticket in store::tickets_answering(tx, &id)? {
            found.push(Candidate::new(ticket, Why::Answered));
        }
    }
    for id in &references {
        for ticket in store::tickets_answering(tx, id)? {
            found.push(Candidate::new(ticket, Why::Sibling));
        }
    }
    let number = arrival.parsed.evidence.subject_number.as_deref().and_then(|digits| digits.parse().ok());
    if let Some(number) = number
        && let Some(ticket) = ticket::find_by_number(tx, number)?
    {
        found.push(Candidate::new(ticket.id, Why::Number));
    }
    Ok(found)
}

/// The ticket that holds the mail with this Message-ID, by our record or by the conversation's.
fn held(tx: &mut Tx, id: &str) -> Result<Option<TicketId>> {
    if let Some(ticket) = store::ticket_of(tx, id)? {
        return Ok(Some(ticket));
    }
    // The conversation also holds mails that came another way.
    work::find_by_mail_id(tx, id)
}

/// Whether somebody is on a ticket: they asked, they wrote in it before, or the letter that they answer went to them.
fn has_part(tx: &mut Tx, ticket: &Ticket, written_to: Option<&str>, sender: Option<&Sender>) -> Result<bool> {
    let Some(sender) = sender else { return Ok(false) };
    if written_to.is_some_and(|address| address.eq_ignore_ascii_case(&sender.address)) {
        return Ok(true);
    }
    let Some(person) = sender.person else { return Ok(false) };
    let same = one_and_same(tx, person)?;
    if same.contains(&ticket.person) {
        return Ok(true);
    }
    Ok(ticket::people_of(tx, ticket.id)?.iter().any(|other| same.contains(other)))
}

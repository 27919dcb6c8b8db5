//! Which ticket a mail belongs to: by evidence, the strongest first, and only for who has a part in it.
//!
//! 1. The token in the address that it came to: nobody can guess it, so whoever has it may write.
//! 2. The Message-IDs that it answers, newest first: issued by us, or held by a ticket; then the token in what it quotes.
//! 3. Mails that came before it though they answer it, or the same unknown mail as it does, or that have the same number
//!    of another desk or of a machine.
//! 4. The number in its subject.
//!
//! When 2 and 3 name several tickets of the sender's, they are one conversation of which the middle came last: those
//! that nobody of the desk touched become part of the one that was, or of the oldest. So mails end in the same tickets
//! whichever order they come in.
//!
//! From 2 on the sender must be on the ticket: they asked, wrote in it, were written to, or are of the desk. A subject alone
//! never counts. Who quotes a conversation without having part in it begins a new one, and the record says so.

use std::collections::BTreeSet;

use base::db::Tx;
use ledger::outbox::{self, Letter};
use ledger::person::{PersonId, one_and_same};
use mail_message::Kind;
use mail_message::thread::plain_subject;
use service::ticket::{self, Quoted, Ticket, TicketId, merge, participant, succession, work};
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
    /// The Message-ID by which it was found.
    pub by: Option<String>,
    /// A ticket that it names though its sender has no part in it, or though it begins something new.
    pub names: Option<Quoted>,
}

impl Place {
    fn of(ticket: Option<Ticket>, why: Why) -> Self {
        Self { ticket, why, same: Vec::new(), by: None, names: None }
    }
}

/// Who asks to be let into a conversation.
#[derive(Debug, Clone)]
pub(super) struct Sender {
    /// Their address in its normal form.
    pub address: String,
    /// Who they are; nobody that we know when empty.
    pub person: Option<PersonId>,
    /// Whether they are of the desk, who may write notes everywhere.
    pub is_agent: bool,
}

/// The place of a mail. `sender` is empty when it does not say who wrote it; `splits` is whether a reply with a new
/// subject opens a ticket of its own.
pub(super) fn place(tx: &mut Tx, arrival: &Arrival, sender: Option<&Sender>, splits: bool) -> Result<Place> {
    let by_token = by_token(tx, arrival)?;
    let found = if let Some(ticket) = by_token {
        vec![Found { ticket, why: Why::Token, named: None }]
    } else {
        let (found, quoted) = by_evidence(tx, arrival, sender)?;
        if found.is_empty() {
            let why = if quoted.is_some() { Why::Stranger } else { Why::New };
            return Ok(Place { names: quoted, ..Place::of(None, why) });
        }
        found
    };
    let (about_it, others): (Vec<_>, Vec<_>) = if splits {
        let mut about_it = Vec::new();
        let mut others = Vec::new();
        for one in found {
            let kept = !gives_new_subject(tx, arrival, &one.ticket)?;
            if kept { about_it.push(one) } else { others.push(one) }
        }
        (about_it, others)
    } else {
        (found, Vec::new())
    };
    match (about_it.len(), others.first()) {
        (0, Some(other)) => Ok(Place { names: Some(name(&other.ticket)), ..Place::of(None, Why::NewSubject) }),
        (0, None) => Ok(Place::of(None, Why::New)),
        _ => one_of(tx, about_it),
    }
}

/// Whether a mail gives a conversation a subject that it never had. One that says nothing gives none.
pub(super) fn gives_new_subject(tx: &mut Tx, arrival: &Arrival, ticket: &Ticket) -> Result<bool> {
    let subject = plain_subject(&arrival.subject);
    if subject.is_empty() || subject == plain_subject(&ticket.subject) || subject == plain_subject(&ticket.label()) {
        return Ok(false);
    }
    let mut known = store::subjects_in(tx, ticket.id)?;
    known.extend(outbox::of_object(tx, "ticket", ticket.id.0)?.into_iter().map(|letter| letter.subject));
    Ok(!known.iter().any(|known| plain_subject(known) == subject))
}

/// A ticket that a mail belongs to, and what says so.
struct Found {
    ticket: Ticket,
    why: Why,
    named: Option<String>,
}

/// What the evidence leads to, strongest first; and what it names though the sender has no part in it.
fn by_evidence(tx: &mut Tx, arrival: &Arrival, sender: Option<&Sender>) -> Result<(Vec<Found>, Option<Quoted>)> {
    let mut quoted = None;
    let mut found: Vec<Found> = Vec::new();
    let mut looked_at = BTreeSet::new();
    for candidate in candidates(tx, arrival)? {
        // The strongest word for a ticket comes first; weaker ones for the same add nothing.
        if !looked_at.insert((candidate.ticket, candidate.written_to.clone())) {
            continue;
        }
        let Some(ticket) = ticket::find(tx, candidate.ticket)? else { continue };
        let ticket = succession::latest(tx, ticket)?;
        let weak = candidate.why == Why::Number;
        if found.iter().any(|known| known.ticket.id == ticket.id) || (weak && !found.is_empty()) {
            continue;
        }
        // That someone shares an ancestor or picks a number says little; who names our mail quotes it.
        let names = matches!(candidate.why, Why::Issued | Why::Held | Why::Quoted);
        // Nobody can guess the id of a letter of ours: what a program answers to it belongs with it, whoever it serves.
        let program = candidate.why == Why::Issued && arrival.kind() == Kind::AutoReply && !arrival.is_guess();
        if program || has_part(tx, &ticket, &candidate, sender)? {
            found.push(Found { ticket, why: candidate.why, named: candidate.named });
        } else if names && quoted.is_none() {
            quoted = Some(name(&ticket));
        }
    }
    Ok((found, quoted))
}

/// The place of a mail that the desk wrote: the first ticket by the same evidence of which one of its recipients is.
pub(super) fn place_of_ours(tx: &mut Tx, arrival: &Arrival, recipients: &[PersonId]) -> Result<Option<(Ticket, Why)>> {
    for candidate in candidates(tx, arrival)? {
        let Some(ticket) = ticket::find(tx, candidate.ticket)? else { continue };
        for person in recipients {
            let sender = Sender { address: String::new(), person: Some(*person), is_agent: false };
            if wrote_in(tx, &ticket, &sender)? {
                return Ok(Some((ticket, candidate.why)));
            }
        }
    }
    Ok(None)
}

fn name(ticket: &Ticket) -> Quoted {
    Quoted { id: ticket.id.0, number: ticket.number }
}

/// Of the tickets that a mail belongs to, the one where it goes: the first that the desk touched, by the strength of the
/// evidence, or else the oldest. The untouched others of the same person are to become part of it.
fn one_of(tx: &mut Tx, found: Vec<Found>) -> Result<Place> {
    if let [only] = found.as_slice() {
        return Ok(Place { by: only.named.clone(), ..Place::of(Some(only.ticket.clone()), only.why) });
    }
    let mut untouched = Vec::with_capacity(found.len());
    for one in &found {
        untouched.push(merge::is_untouched(tx, &one.ticket)?);
    }
    let oldest = (0..found.len()).min_by_key(|&place| found[place].ticket.id).unwrap_or(0);
    let kept = untouched.iter().position(|untouched| !untouched).unwrap_or(oldest);
    let mut place = Place::of(Some(found[kept].ticket.clone()), found[kept].why);
    place.by.clone_from(&found[kept].named);
    for (at, one) in found.iter().enumerate() {
        if at != kept && untouched[at] && merge::unlike(tx, &one.ticket, &found[kept].ticket)?.is_none() {
            place.same.push(one.ticket.clone());
        }
    }
    Ok(place)
}

fn by_token(tx: &mut Tx, arrival: &Arrival) -> Result<Option<Ticket>> {
    match arrival.parsed.evidence.token.as_deref() {
        Some(token) => Ok(of_token(tx, token)?.map(|(ticket, _)| ticket)),
        None => Ok(None),
    }
}

/// The ticket that this token stands for, and to whom its letter went when it is a letter's own.
fn of_token(tx: &mut Tx, token: &str) -> Result<Option<(Ticket, Option<String>)>> {
    // Addresses lose their case on the way; tokens have none.
    let token = token.to_lowercase();
    let (ticket, written_to) = match ticket::find_by_reply_token(tx, &token)? {
        Some(ticket) => (Some(ticket), None),
        None => match outbox::find_by_reply_token(tx, &token)? {
            Some(letter) => match ticket_of_letter(&letter) {
                Some(id) => (ticket::find(tx, id)?, Some(letter.address)),
                None => (None, None),
            },
            None => (None, None),
        },
    };
    match ticket {
        Some(ticket) => Ok(Some((succession::latest(tx, ticket)?, written_to))),
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
    /// The Message-ID that led to it.
    named: Option<String>,
}

impl Candidate {
    fn new(ticket: TicketId, why: Why, named: Option<&str>) -> Self {
        Self { ticket, why, written_to: None, named: named.map(str::to_owned) }
    }
}

fn candidates(tx: &mut Tx, arrival: &Arrival) -> Result<Vec<Candidate>> {
    let references = arrival.references();
    let mut found = Vec::new();
    for id in &references {
        if let Some(letter) = letter_of(tx, id)?
            && let Some(ticket) = ticket_of_letter(&letter)
        {
            found.push(Candidate { written_to: Some(letter.address), ..Candidate::new(ticket, Why::Issued, Some(id)) });
        } else if let Some(ticket) = held(tx, id)? {
            found.push(Candidate::new(ticket, Why::Held, Some(id)));
        }
    }
    // What is left when a relay takes the headers away. Who forwards our mail passes it on: no key, only a hint.
    if let Some(token) = &arrival.parsed.evidence.quoted_token
        && let Some((ticket, written_to)) = of_token(tx, token)?
    {
        found.push(Candidate { written_to, ..Candidate::new(ticket.id, Why::Quoted, None) });
    }
    if let Some(id) = arrival.message_id() {
        for ticket in store::tickets_answering(tx, &id)? {
            found.push(Candidate::new(ticket, Why::Answered, Some(&id)));
        }
    }
    for id in &references {
        for ticket in store::tickets_answering(tx, id)? {
            found.push(Candidate::new(ticket, Why::Sibling, Some(id)));
        }
    }
    for mark in arrival.marks() {
        for ticket in store::tickets_answering(tx, &mark)? {
            found.push(Candidate::new(ticket, Why::Mark, None));
        }
    }
    let number = arrival.parsed.evidence.subject_number.as_deref().and_then(|digits| digits.parse().ok());
    if let Some(number) = number
        && let Some(ticket) = ticket::find_by_number(tx, number)?
    {
        found.push(Candidate::new(ticket.id, Why::Number, None));
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

/// Whether somebody is on a ticket: the letter that they answer went to them, they asked or wrote in it, a mail in it is
/// addressed to them as well, a mail or an agent put them on it, or they are of the desk.
fn has_part(tx: &mut Tx, ticket: &Ticket, candidate: &Candidate, sender: Option<&Sender>) -> Result<bool> {
    let Some(sender) = sender else { return Ok(false) };
    if candidate.written_to.as_ref().is_some_and(|address| address.eq_ignore_ascii_case(&sender.address)) {
        return Ok(true);
    }
    // Who only shares an ancestor with a conversation is in it because of their own words, or not at all.
    let named = matches!(candidate.why, Why::Issued | Why::Held | Why::Quoted | Why::Number);
    if wrote_in(tx, ticket, sender)? || (named && sender.is_agent) {
        return Ok(true);
    }
    let same = match sender.person {
        Some(person) => one_and_same(tx, person)?,
        None => Vec::new(),
    };
    if participant::has_part(tx, ticket.id, &sender.address, &same)? {
        return Ok(true);
    }
    Ok(named && candidate.why != Why::Number && store::is_addressed_in(tx, ticket.id, &sender.address)?)
}

/// Whether somebody speaks for themself in a ticket: they asked, or wrote in it before.
pub(super) fn wrote_in(tx: &mut Tx, ticket: &Ticket, sender: &Sender) -> Result<bool> {
    let Some(person) = sender.person else { return Ok(false) };
    let same = one_and_same(tx, person)?;
    if same.contains(&ticket.person) {
        return Ok(true);
    }
    Ok(ticket::people_of(tx, ticket.id)?.iter().any(|other| same.contains(other)))
}

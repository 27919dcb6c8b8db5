//! Who else is on a ticket: whom a mail named beside us, a colleague who wrote in it, whom an agent added.
//!
//! They get what the desk answers, unless they are muted or the agent leaves them out, and may write. Nobody of them ever
//! takes the place of the one who asked: only an agent gives a ticket to another person. Letters that programs write
//! never go to them.

mod store;
#[cfg(test)]
mod tests;

use base::clock::Moment;
use base::db::Tx;
use ledger::outbox::Mailbox;
use ledger::person::{AddressKind, PersonId, Relation, addresses, find, find_or_create_by_email, normal_email};
use ledger::touchpoint::{self, Channel, Draft, Initiator};
use serde_json::json;
use web::error::{Error, Result};

use super::model::Ticket;
use super::work::By;
use super::{TicketId, kinds};

pub(super) use store::{move_to, sender_of};

/// As many people as can be on a ticket besides the one who asked.
pub const MOST: usize = 40;

base::code::define! {
    /// How somebody came to be on a ticket.
    pub enum Role {
        /// A mail named them, or an agent did.
        Cc = "cc",
        /// They wrote in it, or asked before it was given to another.
        Asked = "asked",
    }
}

/// Somebody on a ticket.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Participant {
    /// Their address in its normal form.
    pub address: String,
    /// What they are called; the address when we do not know.
    pub name: String,
    /// Who they are, when we know.
    pub person: Option<PersonId>,
    /// How they came to be here.
    pub role: Role,
    /// They stay, and get no mails.
    pub is_muted: bool,
}

impl Participant {
    /// Where mail to them goes.
    pub fn mailbox(&self) -> Mailbox {
        let name = if self.name == self.address { String::new() } else { self.name.clone() };
        Mailbox { name, address: self.address.clone() }
    }
}

/// What a mail says besides its words: to which of our addresses it came, and who else got it.
#[derive(Debug, Clone, Copy, Default)]
pub struct Envelope<'e> {
    /// Our address, without a token.
    pub to_us: Option<&'e str>,
    /// Everybody else whom it names, without us, robots and lists.
    pub others: &'e [Mailbox],
}

/// Who gets an answer besides the person who asked, and whom it comes from.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Recipients {
    /// Everybody sees them.
    pub cc: Vec<Mailbox>,
    /// Nobody sees them.
    pub bcc: Vec<Mailbox>,
    /// Our address that it comes from; as the ticket has it when empty.
    pub from: Option<String>,
}

impl Recipients {
    /// Whether nobody but the person gets it.
    pub fn is_alone(&self) -> bool {
        self.cc.is_empty() && self.bcc.is_empty()
    }
}

/// Everybody on a ticket besides the one who asked, by name.
pub fn participants(tx: &mut Tx, id: TicketId) -> base::db::Result<Vec<Participant>> {
    store::list(tx, id)
}

/// Whether somebody of this address, or one of these people, is on a ticket besides the one who asked.
pub fn has_part(tx: &mut Tx, id: TicketId, address: &str, same: &[PersonId]) -> base::db::Result<bool> {
    let is =
        |known: &Participant| known.address == address || known.person.is_some_and(|person| same.contains(&person));
    Ok(store::list(tx, id)?.iter().any(is))
}

/// Who gets an answer when nobody says otherwise: everybody who is not muted.
pub(super) fn usual(tx: &mut Tx, ticket: &Ticket) -> base::db::Result<Recipients> {
    let hearing = store::list(tx, ticket.id)?.into_iter().filter(|known| !known.is_muted);
    Ok(Recipients { cc: hearing.map(|known| known.mailbox()).collect(), ..Recipients::default() })
}

/// A person's mail came: whom it names joins, so does its writer when somebody else asked, and answers come from where it
/// went.
pub fn take_in(
    tx: &mut Tx,
    ticket: &Ticket,
    writer: PersonId,
    envelope: &Envelope,
    now: Moment,
) -> base::db::Result<()> {
    if let Some(address) = envelope.to_us {
        store::set_sender(tx, ticket.id, address)?;
    }
    let asker = emails(tx, ticket.person)?;
    let mut room = MOST.saturating_sub(store::list(tx, ticket.id)?.len());
    let mut joined = Vec::new();
    let writers = emails(tx, writer)?;
    if let Some(address) = writers.first().filter(|_| !writers.iter().any(|address| asker.contains(address))) {
        let name = find(tx, writer)?.map(|person| person.name).unwrap_or_default();
        let mailbox = Mailbox { name, address: address.clone() };
        if room > 0 && store::insert(tx, ticket.id, &mailbox, Role::Asked, None, now)? {
            joined.push(mailbox.address);
            room -= 1;
        }
    }
    for other in envelope.others.iter().take(MOST) {
        if room == 0 {
            break;
        }
        let Some(address) = normal_email(&other.address) else { continue };
        if asker.contains(&address) || writers.contains(&address) {
            continue;
        }
        let mailbox = Mailbox { name: other.name.clone(), address };
        if store::insert(tx, ticket.id, &mailbox, Role::Cc, None, now)? {
            joined.push(mailbox.address);
            room -= 1;
        }
    }
    if !joined.is_empty() {
        let draft = Draft::of(&kinds::JOINED, now, Channel::Email).initiator(Initiator::Person);
        record(tx, draft.detail(json!({ "who": joined.join(", ") })), ticket)?;
    }
    Ok(())
}

/// What an agent does about somebody on a ticket.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Change {
    /// They get no more mails.
    Mute,
    /// They get them again.
    Unmute,
    /// They are no longer on it.
    Remove,
}

/// An agent adds somebody.
pub(super) fn add(tx: &mut Tx, ticket: &Ticket, by: By, mailbox: &Mailbox, now: Moment) -> Result<Added> {
    if emails(tx, ticket.person)?.contains(&mailbox.address) {
        return Ok(Added::Asker);
    }
    if store::list(tx, ticket.id)?.len() >= MOST {
        return Ok(Added::Full);
    }
    if store::insert(tx, ticket.id, mailbox, Role::Cc, Some(by.person), now)? {
        let draft = Draft::of(&kinds::JOINED, now, Channel::Portal);
        record(tx, draft.detail(json!({ "who": mailbox.address, "by": by.person })), ticket)?;
    }
    Ok(Added::Done)
}

/// What came of adding somebody.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Added {
    /// They are on it.
    Done,
    /// They asked themselves.
    Asker,
    /// No more can be on it.
    Full,
}

/// An agent changes what somebody gets.
pub(super) fn change(tx: &mut Tx, ticket: &Ticket, by: By, address: &str, change: Change, now: Moment) -> Result<()> {
    let (changed, kind) = match change {
        Change::Mute => (store::set_muted(tx, ticket.id, address, Some(now))?, &kinds::MUTED),
        Change::Unmute => (store::set_muted(tx, ticket.id, address, None)?, &kinds::UNMUTED),
        Change::Remove => (store::remove(tx, ticket.id, address)?, &kinds::LEFT),
    };
    if changed {
        let draft = Draft::of(kind, now, Channel::Portal);
        record(tx, draft.detail(json!({ "who": address, "by": by.person })), ticket)?;
    }
    Ok(())
}

/// An agent gives the ticket to somebody on it: from now on they are the one who asked. Who asked before stays on it, and
/// their link no longer opens its page.
pub(super) fn give_to(
    tx: &mut Tx,
    ticket: &Ticket,
    by: By,
    address: &str,
    relation: impl Fn(&str) -> Relation,
    now: Moment,
) -> Result<()> {
    let known = store::list(tx, ticket.id)?.into_iter().find(|known| known.address == address);
    let known = known.ok_or(Error::Conflict)?;
    let before = find(tx, ticket.person)?.ok_or(Error::NotFound)?;
    let name = (known.name != known.address).then_some(known.name.as_str());
    let person = find_or_create_by_email(tx, address, name, &before.language, relation, now)?.ok_or(Error::Conflict)?;
    if person.id == before.canonical {
        return Err(Error::Conflict);
    }
    let theirs = emails(tx, person.id)?;
    store::set_person(tx, ticket.id, person.id, &base::id::token())?;
    for address in &theirs {
        store::remove(tx, ticket.id, address)?;
    }
    if let Some(address) = emails(tx, ticket.person)?.first() {
        let mailbox = Mailbox { name: before.name, address: address.clone() };
        store::insert(tx, ticket.id, &mailbox, Role::Asked, Some(by.person), now)?;
    }
    let draft = Draft::of(&kinds::GIVEN, now, Channel::Portal).person(person.id);
    record(tx, draft.detail(json!({ "who": address, "from": ticket.person, "by": by.person })), ticket)?;
    Ok(())
}

/// All mail addresses of a person.
fn emails(tx: &mut Tx, person: PersonId) -> base::db::Result<Vec<String>> {
    let all = addresses(tx, person)?.into_iter();
    Ok(all.filter(|(kind, _)| *kind == AddressKind::Email).map(|(_, address)| address).collect())
}

fn record(tx: &mut Tx, draft: Draft, ticket: &Ticket) -> base::db::Result<()> {
    let draft = if draft.has_person() { draft } else { draft.person(ticket.person) };
    touchpoint::record(tx, draft.object("ticket", ticket.id.0).service(ticket.service.clone()).source(ticket.source))
        .map(drop)
}

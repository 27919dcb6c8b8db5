//! Who speaks in a mail: the one who sent it, somebody of the desk, or a customer whose mail somebody of the desk passed on.

use base::db::Tx;
use ledger::person::{AddressKind, PersonId, find_by_address, normal_email};
use mail_message::reply::{Reply, split};
use mail_message::{Address, Kind};
use service::ticket;
use web::error::Result;

use super::arrival::{Arrival, TEXT, clean};
use super::mailroom::Mailroom;
use super::thread::Sender;

/// Longest words above a mail that is attached for them to count as words about it.
const ABOVE: usize = 20_000;

/// Somebody of the desk.
#[derive(Debug, Clone)]
pub(super) struct Colleague {
    pub person: PersonId,
    pub name: String,
    pub team: Option<String>,
}

/// Who speaks.
pub(super) struct Origin {
    pub sender: Sender,
    /// As they call themselves.
    pub name: Option<String>,
    /// The agent that the sender is.
    pub agent: Option<Colleague>,
    /// What somebody passed on; then `sender` is who wrote that.
    pub passed_on: Option<PassedOn>,
}

/// A mail that somebody passed on to the desk for who wrote it.
pub(super) struct PassedOn {
    /// Who did, as they are to be named.
    pub by: String,
    /// Their address in its normal form.
    pub by_address: String,
    /// Their own words above it.
    pub above: String,
    pub subject: String,
    pub reply: Reply,
}

/// Who speaks in a mail that names its sender as `from`; `None` when that is no address.
pub(super) fn of(tx: &mut Tx, room: &Mailroom, arrival: &Arrival, from: &Address) -> Result<Option<Origin>> {
    let Some((sender, agent)) = known(tx, &from.address)? else { return Ok(None) };
    let name = from.name.as_deref().map(|name| clean(name, 200));
    // To a ticket's own address they write about that ticket.
    let may = (agent.is_some() || room.passes_on(&sender.address)) && arrival.parsed.evidence.token.is_none();
    let passed_on = if may && arrival.kind() == Kind::Human { forwarded(arrival) } else { None };
    if let Some((author, mut passed_on)) = passed_on
        && !room.is_ours(&author.address)
        && let Some((original, _)) = known(tx, &clean(&author.address, 320))?
        && original.address != sender.address
    {
        passed_on.by = agent.map(|agent| agent.name).or(name).unwrap_or_else(|| sender.address.clone());
        passed_on.by_address = sender.address;
        let name = author.name.as_deref().map(|name| clean(name, 200));
        let sender = Sender { is_agent: false, ..original };
        return Ok(Some(Origin { sender, name, agent: None, passed_on: Some(passed_on) }));
    }
    Ok(Some(Origin { sender, name, agent, passed_on: None }))
}

fn known(tx: &mut Tx, address: &str) -> Result<Option<(Sender, Option<Colleague>)>> {
    let Some(address) = normal_email(&clean(address, 320)) else { return Ok(None) };
    let person = find_by_address(tx, AddressKind::Email, &address)?.map(|person| person.id);
    let agent = match person {
        Some(person) => ticket::agent_of(tx, person)?.map(|(person, name, team)| Colleague { person, name, team }),
        None => None,
    };
    Ok(Some((Sender { address, person, is_agent: agent.is_some() }, agent)))
}

/// The mail that is passed on in this one, in its text or attached, and who wrote it.
fn forwarded(arrival: &Arrival) -> Option<(Address, PassedOn)> {
    let message = &arrival.parsed.message;
    let passed_on = |above: &str, subject: &str, reply: Reply| PassedOn {
        by: String::new(),
        by_address: String::new(),
        above: clean(above.trim(), TEXT),
        subject: clean(subject.trim(), 1_000),
        reply,
    };
    if let Some(inline) = &message.forwarded {
        let author = inline.from.clone().filter(|from| from.address.contains('@'))?;
        let subject = inline.subject.as_deref().unwrap_or(&message.subject);
        return Some((author, passed_on(&inline.above, subject, split(&inline.text))));
    }
    let mut attached = message.attachments.iter().filter_map(mail_message::Attachment::message);
    let (inner, None) = (attached.next()?, attached.next()) else { return None };
    let author = inner.from.clone().filter(|from| from.address.contains('@'))?;
    if message.reply.visible.len() > ABOVE {
        return None;
    }
    Some((author, passed_on(&message.reply.visible, &inner.subject, inner.reply)))
}

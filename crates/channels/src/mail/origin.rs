//! Who speaks in a mail: the one who sent it, somebody of the desk, or a customer whose mail somebody of the desk passed on.

use base::db::Tx;
use ledger::person::{AddressKind, PersonId, find_by_address, normal_email};
use mail_message::reply::{Reply, split};
use mail_message::{Address, Message};
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
    pub mail: Forwarded,
}

/// A mail within another one, as it was passed on.
#[derive(Clone)]
pub(super) struct Forwarded {
    /// Who wrote it.
    pub author: Address,
    /// The words above it, of who passed it on.
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
    let forwarded = if may { arrival.parsed.forwarded.as_ref() } else { None };
    if let Some(mail) = forwarded
        && !room.is_ours(&mail.author.address)
        && let Some((original, _)) = known(tx, &clean(&mail.author.address, 320))?
        && original.address != sender.address
    {
        let by = agent.map(|agent| agent.name).or(name).unwrap_or_else(|| sender.address.clone());
        let passed_on = PassedOn { by, by_address: sender.address, mail: mail.clone() };
        let name = mail.author.name.as_deref().map(|name| clean(name, 200));
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

/// The mail that is passed on in this one, in its text or attached. Pure; it may read a whole mail again.
pub(super) fn forwarded(message: &Message) -> Option<Forwarded> {
    let mail = |author: Address, above: &str, subject: &str, reply: Reply| Forwarded {
        author,
        above: clean(above.trim(), TEXT),
        subject: clean(subject.trim(), 1_000),
        reply,
    };
    if let Some(inline) = &message.forwarded {
        let author = inline.from.clone().filter(|from| from.address.contains('@'))?;
        let subject = inline.subject.as_deref().unwrap_or(&message.subject);
        return Some(mail(author, &inline.above, subject, split(&inline.text)));
    }
    if message.reply.visible.len() > ABOVE {
        return None;
    }
    let mut attached = message.attachments.iter().filter_map(mail_message::Attachment::message);
    let (inner, None) = (attached.next()?, attached.next()) else { return None };
    let author = inner.from.clone().filter(|from| from.address.contains('@'))?;
    Some(mail(author, &message.reply.visible, &inner.subject, inner.reply))
}

//! What our own people wrote in the past: answers in a conversation, or the beginning of one with somebody.

use base::clock::Moment;
use base::db::Tx;
use ledger::person::{AddressKind, PersonId, find_by_address, find_or_create_by_email, normal_email};
use ledger::touchpoint::Channel;
use service::ticket::history;
use service::ticket::work::Request;
use web::App;
use web::error::Result;

use crate::mail::arrival::{Arrival, clean};
use crate::mail::mailroom::Mailroom;
use crate::mail::model::{Decision, Verdict, Why};
use crate::mail::thread;

/// Most people of a mail's To and Cc among whom the one who asked is looked for.
const RECIPIENTS: usize = 20;

/// Who of the desk.
pub(super) struct Speaker {
    /// The agent, when the address is theirs and not only one of the desk's.
    agent: Option<PersonId>,
}

/// Who of the desk wrote a mail; `None` when somebody else did, or a program.
pub(super) fn spoken_by(tx: &mut Tx, room: &Mailroom, arrival: &Arrival) -> Result<Option<Speaker>> {
    if arrival.parsed.class.bounce.is_some() {
        return Ok(None);
    }
    let Some(address) = arrival.parsed.sender().and_then(|from| normal_email(&clean(&from.address, 320))) else {
        return Ok(None);
    };
    if room.is_ours(&address) {
        return Ok(Some(Speaker { agent: None }));
    }
    let Some(person) = find_by_address(tx, AddressKind::Email, &address)? else { return Ok(None) };
    let agent = service::ticket::agent_of(tx, person.id)?;
    Ok(agent.map(|(person, ..)| Speaker { agent: Some(person) }))
}

/// Puts it where it belongs: into the ticket of one of those it was written to, or into a new one of the first of them.
pub(super) fn said(
    tx: &mut Tx,
    app: &App,
    room: &Mailroom,
    arrival: &Arrival,
    speaker: Speaker,
    at: Moment,
) -> Result<Verdict> {
    let message = &arrival.parsed.message;
    let to = message.to.iter().chain(&message.cc).filter(|to| !room.is_ours(&to.address)).take(RECIPIENTS);
    let mut recipients = Vec::new();
    for to in to {
        let Some(address) = normal_email(&clean(&to.address, 320)) else { continue };
        let relation = |email: &str| app.site.relation_of(email);
        let name = to.name.as_deref().map(|name| clean(name, 200));
        // Only the first is made known: the others may have nothing to do with the desk.
        let person = if recipients.is_empty() {
            find_or_create_by_email(tx, &address, name.as_deref(), room.language(), relation, at)?
        } else {
            find_by_address(tx, AddressKind::Email, &address)?
        };
        recipients.extend(person.map(|person| person.id));
    }
    let Some(first) = recipients.first().copied() else { return Ok(Verdict::dropped(Why::Ourselves)) };
    let mail_id = arrival.message_id();
    let request = Request {
        person: first,
        channel: Channel::Email,
        subject: &arrival.subject,
        text: &arrival.text,
        quoted: &arrival.quoted,
        html: arrival.html.as_deref(),
        mail_id: mail_id.as_deref(),
        service: None,
        needed_by: None,
        files: &arrival.enclosures,
        by_machine: false,
        source: arrival.source,
        extras: Some(&arrival.extras),
    };
    if let Some((ticket, why)) = thread::place_of_ours(tx, arrival, &recipients)? {
        let ticket = history::answer(tx, ticket, &request, speaker.agent, at)?;
        return Ok(Verdict::new(Decision::Written, why, ticket.id));
    }
    let ticket = history::open_by_desk(tx, &request, speaker.agent, at)?;
    Ok(Verdict::new(Decision::Opened, Why::New, ticket.id))
}

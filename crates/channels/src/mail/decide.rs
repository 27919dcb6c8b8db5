//! What becomes of a mail that was read: the decision, and the work that follows from it, in the caller's write.

use base::clock::Moment;
use base::db::Tx;
use ledger::person::{AddressKind, find_by_address, find_or_create_by_email, normal_email};
use ledger::touchpoint::Channel;
use mail_message::Kind;
use service::ticket::work::{self, Request};
use service::ticket::{self, Ticket, merge};
use web::App;
use web::error::{Error, Result};

use super::arrival::{Arrival, clean};
use super::bounce::{self, as_message};
use super::mailroom::Mailroom;
use super::model::{Decision, Verdict, Why};
use super::thread::{self, Sender};

/// What becomes of a mail.
pub(super) fn decide(tx: &mut Tx, app: &App, room: &Mailroom, arrival: &Arrival, now: Moment) -> Result<Verdict> {
    let message = &arrival.parsed.message;
    if message.headers.all(super::send::LOOP_HEADER).any(|mark| mark.trim() == room.mark()) {
        return Ok(Verdict::dropped(Why::Loop));
    }
    if let Some(bounce) = &arrival.parsed.class.bounce {
        return bounce::take(tx, arrival, bounce, now);
    }
    let from = arrival.parsed.sender();
    if from.is_some_and(|from| room.is_ours(&from.address)) {
        return Ok(Verdict::dropped(Why::Ourselves));
    }
    let address = from.and_then(|from| normal_email(&clean(&from.address, 320)));
    let sender = match address {
        Some(address) => {
            let person = find_by_address(tx, AddressKind::Email, &address)?;
            Some(Sender { address, person: person.map(|person| person.id) })
        }
        None => None,
    };
    let place = thread::place(tx, arrival, sender.as_ref())?;
    let receipt = message.machine_parts.iter().any(|part| part.content_type.ends_with("disposition-notification"));
    match (place.ticket, arrival.kind()) {
        (Some(ticket), Kind::AutoReply | Kind::Machine | Kind::Bounce | Kind::FeedbackReport) => {
            work::keep_machine(tx, &ticket, &as_message(arrival, ticket.person), now)?;
            Ok(Verdict::new(Decision::Kept, place.why, ticket.id))
        }
        (None, _) if receipt => Ok(Verdict::dropped(Why::Receipt)),
        (None, Kind::AutoReply) if !arrival.is_guess() => Ok(Verdict::dropped(Why::AutoReply)),
        (ticket, _) => match (&sender, from) {
            (Some(sender), Some(from)) => {
                let name = from.name.as_deref().map(|name| clean(name, 200));
                let verdict = say(tx, app, room, arrival, sender, name.as_deref(), ticket, place.why, now)?;
                fold(tx, place.same, &verdict, now)?;
                Ok(verdict)
            }
            _ => Ok(Verdict::new(Decision::Quarantined, Why::NoSender, None)),
        },
    }
}

/// What this mail showed to be the same conversation becomes one with where it went.
fn fold(tx: &mut Tx, same: Vec<Ticket>, verdict: &Verdict, now: Moment) -> Result<()> {
    let Some(id) = verdict.ticket else { return Ok(()) };
    for other in same {
        let Some(kept) = ticket::find(tx, id)? else { continue };
        if other.id != kept.id {
            merge::merge(tx, other, kept, None, now)?;
        }
    }
    Ok(())
}

/// The person says it: to their ticket, or in a new one.
#[allow(clippy::too_many_arguments, reason = "one place calls it, with everything that was found out")]
fn say(
    tx: &mut Tx,
    app: &App,
    room: &Mailroom,
    arrival: &Arrival,
    sender: &Sender,
    name: Option<&str>,
    ticket: Option<Ticket>,
    why: Why,
    now: Moment,
) -> Result<Verdict> {
    let relation = |email: &str| app.site.relation_of(email);
    let person = find_or_create_by_email(tx, &sender.address, name, room.language(), relation, now)?;
    let person = person.ok_or_else(|| Error::Internal("an address in normal form is no address".to_owned()))?;
    let mail_id = arrival.message_id();
    let request = Request {
        person: person.id,
        channel: Channel::Email,
        subject: &arrival.subject,
        text: &arrival.text,
        quoted: &arrival.quoted,
        html: arrival.html.as_deref(),
        mail_id: mail_id.as_deref(),
        service: None,
        needed_by: None,
        files: &arrival.enclosures,
        extras: Some(&arrival.extras),
        by_machine: arrival.parsed.class.must_not_be_answered(),
        source: arrival.source,
    };
    let voice = app.voice();
    let Some(ticket) = ticket else {
        let opened = work::open(tx, &voice, &request, now)?;
        return Ok(Verdict::new(Decision::Opened, why, opened.id));
    };
    let before = ticket.id;
    let (ticket, _) = work::write(tx, &voice, ticket, &request, arrival.parsed.is_thanks, now)?;
    let decision = if ticket.id == before { Decision::Written } else { Decision::Opened };
    Ok(Verdict::new(decision, why, ticket.id))
}

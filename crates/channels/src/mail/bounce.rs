//! A mail of ours that came back, or that somebody complained about: what it does to the letter and to the address.
//!
//! Anyone can write what looks like a bounce. So it counts only when it names a letter that we sent, by its Message-ID or
//! by the token of the address it came to; and an address is marked only when that letter went to it.

use base::clock::Moment;
use base::db::Tx;
use ledger::outbox::{self, Letter, Refused, State};
use ledger::person::{PersonId, mark_failing, normal_email};
use ledger::touchpoint::{self, Channel, Draft, Source};
use mail_message::{Bounce, Failure};
use serde_json::json;
use service::ticket::work::{self, Request};
use service::ticket::{self, Ticket};
use web::error::Result;

use super::arrival::Arrival;
use super::kinds;
use super::model::{Decision, Verdict, Why};
use super::thread::{letter_of, ticket_of_letter};

/// Takes in a bounce. It is never answered, and never changes where a ticket stands.
pub(super) fn take(tx: &mut Tx, arrival: &Arrival, bounce: &Bounce, now: Moment) -> Result<Verdict> {
    let (letter, why) = origin(tx, arrival, bounce)?;
    let token = arrival.parsed.evidence.token.as_deref().map(str::to_lowercase);
    let ticket = match letter.as_ref().and_then(ticket_of_letter) {
        Some(id) => ticket::find(tx, id)?,
        None => match token {
            Some(token) => ticket::find_by_reply_token(tx, &token)?,
            None => None,
        },
    };
    if letter.is_none() && ticket.is_none() {
        return Ok(Verdict::dropped(Why::UnknownBounce));
    }
    if let Some(letter) = &letter {
        returned(tx, letter, ticket.as_ref(), bounce, now)?;
    }
    if let Some(ticket) = &ticket {
        let part = work::keep_machine(tx, ticket, &as_message(arrival, ticket.person), now)?;
        return Ok(Verdict::new(Decision::Kept, why, ticket.id).with_part(Some(part)));
    }
    Ok(Verdict::new(Decision::Kept, why, None))
}

/// The letter that came back: by the Message-ID that is quoted, else the latest that named this reply address and went to
/// an address that failed.
fn origin(tx: &mut Tx, arrival: &Arrival, bounce: &Bounce) -> Result<(Option<Letter>, Why)> {
    if let Some(id) = &bounce.message_id
        && let Some(letter) = letter_of(tx, id)?
    {
        return Ok((Some(letter), Why::Issued));
    }
    let Some(token) = &arrival.parsed.evidence.token else { return Ok((None, Why::UnknownBounce)) };
    let letter = outbox::find_by_reply_token(tx, &token.to_lowercase())?;
    let is_theirs = |letter: &Letter| {
        let named = |failure: &Failure| {
            let all = [&failure.recipient, &failure.original_recipient].into_iter().flatten();
            all.filter_map(|address| normal_email(address)).any(|address| letter.recipients().any(|one| one == address))
        };
        bounce.failures.iter().any(|failure| is_about(failure, letter) || named(failure))
    };
    let letter = letter.filter(is_theirs);
    Ok((letter, Why::Token))
}

/// Whether a failure is that of the letter's address; one that names nobody is.
fn is_about(failure: &Failure, letter: &Letter) -> bool {
    let named = [&failure.recipient, &failure.original_recipient];
    let mut named = named.into_iter().flatten().filter_map(|address| normal_email(address)).peekable();
    let to = normal_email(&letter.address);
    named.peek().is_none() || named.any(|address| Some(address) == to)
}

/// The letter did not arrive: it says so where it is shown, and its address gets no more when it is gone for good.
fn returned(tx: &mut Tx, letter: &Letter, ticket: Option<&Ticket>, bounce: &Bounce, now: Moment) -> Result<()> {
    returned_by_others(tx, letter, bounce, now)?;
    let about: Vec<&Failure> = bounce.failures.iter().filter(|failure| is_about(failure, letter)).collect();
    let Some(failure) = about.iter().find(|failure| failure.hard).or_else(|| about.first()) else { return Ok(()) };
    let final_word = bounce.feedback.is_none() && !failure.delayed;
    // A quick server's bounce may be here before it is noted that the letter went out.
    if final_word && matches!(letter.state, State::Sent | State::Sending) {
        outbox::failed(tx, letter.id, &words(failure))?;
    }
    if final_word && failure.hard {
        mark_failing(tx, &letter.address.to_lowercase(), now)?;
    }
    let detail = json!({
        "address": letter.address,
        "reason": failure.reason.as_str(),
        "status": failure.status,
        "hard": failure.hard,
        "delayed": failure.delayed,
        "feedback": bounce.feedback,
    });
    let draft = Draft::of(&kinds::BOUNCED, now, Channel::Email).detail(detail).person(letter.person);
    let draft = match ticket {
        Some(ticket) => draft.object("ticket", ticket.id.0),
        None => draft,
    };
    touchpoint::record(tx, draft)?;
    Ok(())
}

/// Those who got the same mail besides its person, and did not: it says so of each.
fn returned_by_others(tx: &mut Tx, letter: &Letter, bounce: &Bounce, now: Moment) -> Result<()> {
    let mut letter = letter.clone();
    for failure in bounce.failures.iter().filter(|failure| bounce.feedback.is_none() && !failure.delayed) {
        let named = [&failure.recipient, &failure.original_recipient].into_iter().flatten();
        let Some(address) = named
            .filter_map(|address| normal_email(address))
            .find(|address| *address != letter.address.to_lowercase() && letter.recipients().any(|one| one == address))
        else {
            continue;
        };
        let refused = Refused { address: address.clone(), said: words(failure) };
        outbox::add_refused(tx, &letter, refused.clone())?;
        letter.refused.push(refused);
        if failure.hard {
            mark_failing(tx, &address, now)?;
        }
        tx.announce();
    }
    Ok(())
}

/// What an agent reads beside the letter.
fn words(failure: &Failure) -> String {
    let said = failure.diagnostic.as_deref().unwrap_or_else(|| failure.reason.as_str());
    let said: String = said.chars().take(300).collect();
    match failure.status.as_deref().filter(|_| !failure.inferred) {
        Some(status) => format!("it came back ({status}): {said}"),
        None => format!("it came back: {said}"),
    }
}

/// A machine's mail as it is kept in a ticket: whole, and without an id that our answers would refer to.
pub(super) fn as_message(arrival: &Arrival, person: PersonId) -> Request<'_> {
    Request {
        person,
        channel: Channel::Email,
        subject: &arrival.subject,
        text: &arrival.whole,
        quoted: "",
        html: None,
        mail_id: None,
        service: None,
        needed_by: None,
        files: &arrival.enclosures,
        extras: Some(&arrival.extras),
        by_machine: true,
        source: Source::Lived,
    }
}

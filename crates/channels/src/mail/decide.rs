//! What becomes of a mail that was read: the decision, and the work that follows from it, in the caller's write.

use base::clock::Moment;
use base::db::Tx;
use ledger::person::{Person, find_or_create_by_email, mark_working};
use ledger::touchpoint::{Channel, Source};
use mail_message::{Authenticity, Kind};
use serde_json::json;
use service::ticket::participant::{self, Envelope};
use service::ticket::work::{self, Answer, By, Request};
use service::ticket::{self, Doubt, Extras, State, Ticket, merge};
use web::App;
use web::error::{Error, Result};

use super::MailId;
use super::arrival::{Arrival, TEXT, clean};
use super::bounce::{self, as_message};
use super::mailroom::Mailroom;
use super::model::{Decision, Verdict, Why};
use super::origin::{self, Colleague, Origin, PassedOn};
use super::others::{others, to_us};
use super::quiet;
use super::seal;
use super::signature;
use super::thread::{self, Place};
use super::waiting;

/// The tag of tickets that a filter took for spam.
const SPAM: &str = "spam?";

/// What becomes of the mail `id`.
pub(super) fn decide(
    tx: &mut Tx,
    app: &App,
    room: &Mailroom,
    arrival: &Arrival,
    id: MailId,
    now: Moment,
) -> Result<Verdict> {
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
    let origin = match from {
        Some(from) => origin::of(tx, room, arrival, from)?,
        None => None,
    };
    let sender = origin.as_ref().map(|origin| &origin.sender);
    let place = thread::place(tx, arrival, sender, room.new_subject_opens())?;
    if let Some(sender) = sender.filter(|_| arrival.source == Source::Lived) {
        // Somebody is there again.
        mark_working(tx, &sender.address)?;
    }
    let receipt = message.machine_parts.iter().any(|part| part.content_type.ends_with("disposition-notification"));
    let (same, led_by, names) = (place.same.clone(), place.by.clone(), place.names);
    let mut verdict = match (&place.ticket, arrival.kind(), &origin) {
        (Some(ticket), Kind::Machine, Some(origin)) if !receipt && is_alarm(arrival, ticket) => {
            again(tx, app, room, arrival, origin, ticket, now)?
        }
        (Some(ticket), Kind::AutoReply | Kind::Machine | Kind::Bounce | Kind::FeedbackReport, _) => {
            let part = work::keep_machine(tx, ticket, &as_message(arrival, ticket.person), now)?;
            Verdict::new(Decision::Kept, place.why, ticket.id).with_part(Some(part))
        }
        (None, _, _) if receipt => Verdict::dropped(Why::Receipt),
        (None, Kind::AutoReply, origin) if !arrival.is_guess() => {
            if let Some(origin) = origin {
                waiting::wait(tx, id, &origin.sender, arrival, now)?;
            }
            Verdict::dropped(Why::AutoReply)
        }
        (_, _, Some(origin)) => say(tx, app, room, arrival, origin, place, now)?,
        (_, _, None) => Verdict::new(Decision::Quarantined, Why::NoSender, None),
    };
    if let (Some(origin), Some(ticket)) = (&origin, verdict.ticket)
        && let Some(ticket) = ticket::find(tx, ticket)?
    {
        if origin.agent.is_none() {
            fold(tx, same, &ticket, now)?;
        }
        if let Some(ticket) = ticket::find(tx, ticket.id)? {
            waiting::join(tx, arrival, origin.sender.person, &origin.sender.address, &ticket, now)?;
        }
    }
    if let Some(id) = led_by {
        verdict.notes.push(("led_by", json!(id)));
    }
    if let Some(names) = names {
        verdict.notes.push(("names", json!(names)));
    }
    Ok(verdict)
}

/// What this mail showed to be the same conversation becomes one with where it went.
fn fold(tx: &mut Tx, same: Vec<Ticket>, went_to: &Ticket, now: Moment) -> Result<()> {
    for other in same {
        let Some(kept) = ticket::find(tx, went_to.id)? else { continue };
        if other.id != kept.id {
            merge::merge(tx, other, kept, None, now)?;
        }
    }
    Ok(())
}

/// Whether a machine tells of trouble, again, about something that is over: nobody would see it there.
fn is_alarm(arrival: &Arrival, ticket: &Ticket) -> bool {
    const OVER: [&str; 12] = [
        "recovery",
        "recovered",
        "resolved",
        "ok",
        "up",
        "cleared",
        "normal",
        "closed",
        "restored",
        "behoben",
        "gelöst",
        "entwarnung",
    ];
    let subject = arrival.subject.to_lowercase();
    !ticket.state.is_open() && !subject.split(|c: char| !c.is_alphanumeric()).any(|word| OVER.contains(&word))
}

/// A machine's alarm about something that is over opens a ticket in which that one goes on.
fn again(
    tx: &mut Tx,
    app: &App,
    room: &Mailroom,
    arrival: &Arrival,
    origin: &Origin,
    ended: &Ticket,
    now: Moment,
) -> Result<Verdict> {
    let person = person_of(tx, app, room, origin, now)?;
    let request = Request { person: person.id, ..as_message(arrival, person.id) };
    let opened = work::open_after(tx, &app.voice(), ended.id, &request, now)?;
    let part = ticket::newest_message(tx, opened.id)?;
    Ok(Verdict::new(Decision::Opened, Why::Again, opened.id).with_part(part))
}

fn person_of(tx: &mut Tx, app: &App, room: &Mailroom, origin: &Origin, now: Moment) -> Result<Person> {
    let relation = |email: &str| app.site.relation_of(email);
    let person =
        find_or_create_by_email(tx, &origin.sender.address, origin.name.as_deref(), room.language(), relation, now)?;
    person.ok_or_else(|| Error::Internal("an address in normal form is no address".to_owned()))
}

/// Somebody says something: to their ticket, or in a new one; or of the desk, about a ticket.
fn say(
    tx: &mut Tx,
    app: &App,
    room: &Mailroom,
    arrival: &Arrival,
    origin: &Origin,
    place: Place,
    now: Moment,
) -> Result<Verdict> {
    let person = person_of(tx, app, room, origin, now)?;
    if let (Some(ticket), Some(agent)) = (&place.ticket, &origin.agent)
        && !thread::wrote_in(tx, ticket, &origin.sender)?
    {
        return of_the_desk(tx, app, arrival, agent, ticket, place.why, now);
    }
    let mut extras = arrival.extras.clone();
    let is_new_subject = match &place.ticket {
        Some(ticket) if !arrival.subject.is_empty() => thread::gives_new_subject(tx, arrival, ticket)?,
        _ => false,
    };
    extras.subject = is_new_subject.then(|| clean(arrival.subject.trim(), 300));
    match place.why {
        Why::Stranger => extras.quotes = place.names,
        Why::NewSubject => extras.after = place.names,
        _ => {}
    }
    extras.doubt = (arrival.parsed.authenticity == Authenticity::Failed).then_some(Doubt::Forged);
    let reply = signature::folded(tx, &origin.sender.address, person.id, &arrival.parsed.message.reply, now)?;
    let reply = reply.as_ref().map(|reply| (clean(&reply.visible, TEXT), clean(&quoted(reply), TEXT)));
    let (text, hidden) = reply.as_ref().map_or((&arrival.text, &arrival.quoted), |(text, hidden)| (text, hidden));
    let mail_id = arrival.message_id();
    let voice = app.voice();
    let text = seal::text(&voice.words(room.language()), arrival, text);
    let request = Request {
        person: person.id,
        channel: Channel::Email,
        subject: &arrival.subject,
        text: &text,
        quoted: hidden,
        html: arrival.html.as_deref(),
        mail_id: mail_id.as_deref(),
        service: None,
        needed_by: None,
        files: &arrival.enclosures,
        extras: Some(&extras),
        by_machine: arrival.parsed.class.must_not_be_answered(),
        source: arrival.source,
    };
    if let Some(passed_on) = &origin.passed_on {
        return pass_on(tx, app, room, &request, passed_on, place, now);
    }
    let named = others(room, arrival, &origin.sender.address);
    let envelope = Envelope { to_us: to_us(room, &arrival.parsed.message), others: &named };
    tell(tx, app, arrival, &request, &envelope, place, now)
}

/// What a mail hides beneath its words: the signature, then the quote.
fn quoted(reply: &mail_message::Reply) -> String {
    let parts = [reply.signature.as_str(), reply.quoted.as_str()];
    parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join("\n\n")
}

/// The person says it: to their ticket, or in a new one.
fn tell(
    tx: &mut Tx,
    app: &App,
    arrival: &Arrival,
    request: &Request,
    envelope: &Envelope,
    place: Place,
    now: Moment,
) -> Result<Verdict> {
    let voice = app.voice();
    let Some(ticket) = place.ticket else {
        let lived = request.source == Source::Lived;
        let unanswered = if lived { quiet::reason(tx, request.person, &arrival.subject, now)? } else { None };
        let opened = match unanswered {
            Some(_) => {
                let opened = work::open_quietly(tx, request, now)?;
                participant::take_in(tx, &opened, request.person, envelope, now)?;
                opened
            }
            None => work::open_by_mail(tx, &voice, request, envelope, now)?,
        };
        let part = ticket::newest_message(tx, opened.id)?;
        let mut verdict = Verdict::new(Decision::Opened, place.why, opened.id).with_part(part);
        verdict.notes.extend(unanswered.map(|why| ("unanswered", json!(why))));
        if arrival.parsed.class.is_spam() {
            work::tag(tx, opened.id, SPAM)?;
        }
        return Ok(verdict);
    };
    let before = ticket.id;
    let thanks = arrival.parsed.is_thanks;
    let (ticket, _) = work::write_by_mail(tx, &voice, ticket, request, envelope, thanks, now)?;
    let decision = if ticket.id == before { Decision::Written } else { Decision::Opened };
    let part = ticket::newest_message(tx, ticket.id)?;
    Ok(Verdict::new(decision, place.why, ticket.id).with_part(part))
}

/// What a customer wrote to somebody who passed it on: the customer asks, and the words above it are a note.
fn pass_on(
    tx: &mut Tx,
    app: &App,
    room: &Mailroom,
    request: &Request,
    passed_on: &PassedOn,
    place: Place,
    now: Moment,
) -> Result<Verdict> {
    let relation = |email: &str| app.site.relation_of(email);
    let by = find_or_create_by_email(tx, &passed_on.by_address, Some(&passed_on.by), room.language(), relation, now)?;
    let mail = &passed_on.mail;
    let mut extras = request.extras.cloned().unwrap_or_default();
    extras.forwarded_by = Some(clean(&passed_on.by, 200));
    extras.subject = None;
    let (text, hidden) = (clean(&mail.reply.visible, TEXT), clean(&quoted(&mail.reply), TEXT));
    let theirs = Request {
        subject: &mail.subject,
        text: &text,
        quoted: &hidden,
        // The HTML and the Message-ID are of the one who passed it on.
        html: None,
        mail_id: None,
        extras: Some(&extras),
        ..request.clone()
    };
    let (ticket, decision) = match place.ticket {
        None if room.acknowledges_forwards() => (work::open(tx, &app.voice(), &theirs, now)?, Decision::Opened),
        None => (work::open_quietly(tx, &theirs, now)?, Decision::Opened),
        Some(ticket) => {
            let before = ticket.id;
            let (ticket, _) = work::write(tx, &app.voice(), ticket, &theirs, false, now)?;
            let decision = if ticket.id == before { Decision::Written } else { Decision::Opened };
            (ticket, decision)
        }
    };
    let part = ticket::newest_message(tx, ticket.id)?;
    if let Some(by) = by.filter(|_| !mail.above.is_empty()) {
        let note = Request { person: by.id, text: &mail.above, quoted: "", files: &[], extras: None, ..theirs };
        work::keep_note(tx, &ticket, &note, now)?;
    }
    let mut verdict = Verdict::new(decision, place.why, ticket.id).with_part(part);
    verdict.notes.push(("forwarded_by", json!(passed_on.by)));
    Ok(verdict)
}

/// Somebody of the desk writes about a ticket from their own mail program. To the ticket's address, and vouched for, that
/// is an answer, which goes on to the person; anything else is a note. It is never taken for the person's words.
fn of_the_desk(
    tx: &mut Tx,
    app: &App,
    arrival: &Arrival,
    agent: &Colleague,
    ticket: &Ticket,
    why: Why,
    now: Moment,
) -> Result<Verdict> {
    let verified = arrival.parsed.authenticity == Authenticity::Passed;
    let is_human = matches!(arrival.kind(), Kind::Human | Kind::Calendar);
    if why == Why::Token && verified && is_human && !arrival.text.trim().is_empty() {
        let by = By { person: agent.person, name: &agent.name, team: agent.team.as_deref() };
        let answer = Answer { text: &arrival.text, files: &arrival.enclosures, next: State::WaitingPerson };
        let ticket = work::answer(tx, &app.voice(), ticket.clone(), by, answer, now)?;
        let part = ticket::newest_message(tx, ticket.id)?;
        let mut verdict = Verdict::new(Decision::Written, why, ticket.id).with_part(part);
        verdict.notes.push(("of_the_desk", json!("answer")));
        return Ok(verdict);
    }
    let extras = Extras { doubt: (!verified).then_some(Doubt::Unverified), ..arrival.extras.clone() };
    let request = Request {
        text: &arrival.text,
        quoted: &arrival.quoted,
        html: arrival.html.as_deref(),
        extras: Some(&extras),
        ..as_message(arrival, agent.person)
    };
    let part = work::keep_note(tx, ticket, &request, now)?;
    let mut verdict = Verdict::new(Decision::Written, why, ticket.id).with_part(Some(part));
    verdict.notes.push(("of_the_desk", json!("note")));
    Ok(verdict)
}

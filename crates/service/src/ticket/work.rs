//! What can be done with a ticket. Each function runs in its caller's transaction and records its touchpoint there;
//! pages, mail and every other channel come through here.

use base::clock::Moment;
use base::db::Tx;
use ledger::person::PersonId;
use ledger::touchpoint::{self, Channel, Draft, Initiator, Source};
use serde_json::{Value, json};
use web::Voice;
use web::error::Error;

use super::extras::Extras;
use super::file::Enclosure;
use super::model::{Author, Heard, Need, Refusal, State, Ticket, first_words};
use super::participant::{self, Envelope, Recipients};
use super::store::{self, NewMessage};
use super::words::{Say, write_to_person};
use super::{MessageId, TicketId, kinds, succession};

/// The result of a piece of work.
pub type Result<T> = std::result::Result<T, Error>;

impl From<Refusal> for Error {
    fn from(_: Refusal) -> Self {
        Self::Conflict
    }
}

/// A request, from whichever channel.
#[derive(Debug, Clone)]
pub struct Request<'r> {
    /// Who asks.
    pub person: PersonId,
    /// Where.
    pub channel: Channel,
    /// What about.
    pub subject: &'r str,
    /// In their words.
    pub text: &'r str,
    /// What a mail quotes beneath them.
    pub quoted: &'r str,
    /// The mail as HTML, not yet made safe.
    pub html: Option<&'r str>,
    /// The mail's Message-ID.
    pub mail_id: Option<&'r str>,
    /// For which service.
    pub service: Option<&'r str>,
    /// When they need it.
    pub needed_by: Option<Need>,
    /// What they enclosed.
    pub files: &'r [Enclosure],
    /// What it carries besides its words.
    pub extras: Option<&'r Extras>,
    /// A program wrote it: it is kept, and never answered by us without a person's doing.
    pub by_machine: bool,
    /// Lived here, or noted on behalf.
    pub source: Source,
}

/// Opens a ticket, and says so to the person unless a program wrote, or it was long ago.
pub fn open(tx: &mut Tx, voice: &Voice, request: &Request, now: Moment) -> Result<Ticket> {
    open_by_mail(tx, voice, request, &Envelope::default(), now)
}

/// The same by a mail, which may name others and came to one of our addresses.
pub fn open_by_mail(tx: &mut Tx, voice: &Voice, request: &Request, envelope: &Envelope, now: Moment) -> Result<Ticket> {
    let ticket = open_quietly(tx, request, now)?;
    participant::take_in(tx, &ticket, request.person, envelope, now)?;
    if !request.by_machine && request.source == Source::Lived {
        let occasion = format!("ticket.received:{}", ticket.id);
        write_to_person(tx, voice, &ticket, &occasion, &Say::Received { mail_id: request.mail_id }, now)?;
    }
    Ok(ticket)
}

/// Opens a ticket in which an ended one goes on: what is written to that one lands here from now on.
pub fn open_after(tx: &mut Tx, voice: &Voice, ended: TicketId, request: &Request, now: Moment) -> Result<Ticket> {
    let opened = open(tx, voice, request, now)?;
    succession::record(tx, ended, opened.id, now)?;
    Ok(opened)
}

/// What the touchpoint of an opened ticket tells, with the seconds until it was needed.
pub(super) fn opened_detail(ticket: &Ticket, need: Option<Need>) -> Value {
    let until = need.and_then(|need| need.seconds(ticket.opened_at));
    json!({ "number": ticket.number, "subject": ticket.subject, "needed_by": ticket.needed_by, "need": until })
}

/// Opens a ticket and says nothing to anybody.
pub fn open_quietly(tx: &mut Tx, request: &Request, now: Moment) -> Result<Ticket> {
    let ticket = new_ticket(tx, request, now)?;
    store::insert(tx, &ticket)?;
    store::insert_message(tx, &message(ticket.id, request, Author::Person, now), request.files)?;
    let initiator = if request.by_machine { Initiator::Machine } else { Initiator::Person };
    let draft = Draft::of(&kinds::OPENED, now, request.channel)
        .initiator(initiator)
        .source(request.source)
        .detail(opened_detail(&ticket, request.needed_by));
    record(tx, draft, &ticket)?;
    Ok(ticket)
}

/// The person writes to their ticket. When it was over for long, this opens a new one in which it goes on, which is
/// given back.
pub fn write(
    tx: &mut Tx,
    voice: &Voice,
    ticket: Ticket,
    request: &Request,
    is_thanks: bool,
    now: Moment,
) -> Result<(Ticket, Heard)> {
    write_by_mail(tx, voice, ticket, request, &Envelope::default(), is_thanks, now)
}

/// The same by a mail. Whoever wrote it, the ticket stays with the one who asked.
pub fn write_by_mail(
    tx: &mut Tx,
    voice: &Voice,
    ticket: Ticket,
    request: &Request,
    envelope: &Envelope,
    is_thanks: bool,
    now: Moment,
) -> Result<(Ticket, Heard)> {
    let ticket = succession::of_same_person(tx, ticket)?;
    let before = ticket.id;
    let Some((heard_ticket, heard)) = ticket.hear(is_thanks, now) else {
        let opened = open_by_mail(tx, voice, request, envelope, now)?;
        succession::record(tx, before, opened.id, now)?;
        return Ok((opened, Heard::Reopened));
    };
    let ticket = heard_ticket;
    store::update(tx, &ticket)?;
    store::add_message(tx, &message(ticket.id, request, Author::Person, now), request.files)?;
    let kind = match heard {
        Heard::Added => &kinds::WRITTEN,
        Heard::Reopened => &kinds::REOPENED,
        Heard::Thanked => &kinds::THANKED,
    };
    record(tx, Draft::of(kind, now, request.channel).person(request.person).source(request.source), &ticket)?;
    if request.channel == Channel::Email && !request.by_machine {
        participant::take_in(tx, &ticket, request.person, envelope, now)?;
    }
    Ok((ticket, heard))
}

/// Keeps something a program wrote (a bounce, an auto-reply) in the conversation. Nothing about the ticket changes.
pub fn keep_machine(tx: &mut Tx, ticket: &Ticket, request: &Request, now: Moment) -> Result<MessageId> {
    let id = store::add_message(tx, &message(ticket.id, request, Author::Machine, now), request.files)?;
    tx.announce();
    Ok(id)
}

/// Keeps what came by mail as a note for the desk. Nothing about the ticket changes.
pub fn keep_note(tx: &mut Tx, ticket: &Ticket, request: &Request, now: Moment) -> Result<MessageId> {
    let id = store::add_message(tx, &message(ticket.id, request, Author::Note, now), request.files)?;
    record(tx, Draft::of(&kinds::NOTED, now, request.channel).team(ticket.team.clone()), ticket)?;
    Ok(id)
}

/// Adds a tag to a ticket.
pub fn tag(tx: &mut Tx, ticket: TicketId, tag: &str) -> Result<()> {
    Ok(store::add_tag(tx, ticket, tag)?)
}

/// Someone of the desk.
#[derive(Debug, Clone, Copy)]
pub struct By<'b> {
    /// Who.
    pub person: PersonId,
    /// Their name, as the person reads it.
    pub name: &'b str,
    /// The team they work in.
    pub team: Option<&'b str>,
}

/// What an agent writes to the person, and how the ticket stands afterwards.
#[derive(Debug, Clone, Copy)]
pub struct Answer<'a> {
    /// The words.
    pub text: &'a str,
    /// What is enclosed.
    pub files: &'a [Enclosure],
    /// Waiting for the person, still open, or resolved.
    pub next: State,
}

/// An agent writes to the person by mail, and to everybody on the ticket who is not muted.
pub fn answer(tx: &mut Tx, voice: &Voice, ticket: Ticket, by: By, answer: Answer, now: Moment) -> Result<Ticket> {
    let recipients = participant::usual(tx, &ticket)?;
    answer_to(tx, voice, ticket, by, answer, &recipients, now)
}

/// An agent writes to the person by mail, and to these.
pub fn answer_to(
    tx: &mut Tx,
    voice: &Voice,
    ticket: Ticket,
    by: By,
    answer: Answer,
    recipients: &Recipients,
    now: Moment,
) -> Result<Ticket> {
    let Answer { text, files, next } = answer;
    let first = ticket.answered_at.is_none();
    let waited = ticket.waiting_since.map(|since| now.since(since));
    let ticket = ticket.answer(by.person, next, now)?;
    store::update(tx, &ticket)?;
    let message = tx.new_id::<i64>();
    let asks = next == State::Resolved;
    let say = Say::Answer { text, by, asks, files, recipients };
    let letter = write_to_person(tx, voice, &ticket, &format!("ticket.answer:{message}"), &say, now)?;
    if asks && !recipients.is_alone() {
        // What others read cannot ask whether it is sorted: the person's link is nobody else's.
        let occasion = format!("ticket.resolved:{}:{message}", ticket.id);
        write_to_person(tx, voice, &ticket, &occasion, &Say::Resolved, now)?;
    }
    let new = NewMessage {
        ticket: ticket.id,
        at: now,
        author_id: Some(by.person),
        author: Author::Desk,
        channel: Channel::Email,
        text,
        quoted: "",
        html: None,
        mail_id: None,
        letter,
        extras: None,
    };
    store::add_message(tx, &new, files)?;
    let detail = json!({ "first": first, "waited": waited });
    let draft = Draft::of(&kinds::ANSWERED, now, Channel::Email).team(team_of(&ticket, by)).detail(detail);
    record(tx, draft, &ticket)?;
    if asks {
        record(tx, Draft::of(&kinds::RESOLVED, now, Channel::Email).team(team_of(&ticket, by)), &ticket)?;
    }
    Ok(ticket)
}

/// An agent leaves a note for the others.
pub fn note(tx: &mut Tx, ticket: &Ticket, by: By, text: &str, files: &[Enclosure], now: Moment) -> Result<()> {
    let new = NewMessage {
        ticket: ticket.id,
        at: now,
        author_id: Some(by.person),
        author: Author::Note,
        channel: Channel::Portal,
        text,
        quoted: "",
        html: None,
        mail_id: None,
        letter: None,
        extras: None,
    };
    store::add_message(tx, &new, files)?;
    record(tx, Draft::of(&kinds::NOTED, now, Channel::Portal).team(team_of(ticket, by)), ticket)
}

/// The ticket is given to somebody, or back to everybody.
pub fn assign(
    tx: &mut Tx,
    ticket: Ticket,
    by: By,
    to: Option<(PersonId, Option<String>)>,
    now: Moment,
) -> Result<Ticket> {
    let before = ticket.agent;
    let (agent, team) = to.map_or((None, None), |(agent, team)| (Some(agent), team));
    if before == agent {
        return Ok(ticket);
    }
    let ticket = ticket.assign(agent, team, now);
    store::update(tx, &ticket)?;
    let detail = json!({ "to": agent, "from": before });
    record(tx, Draft::of(&kinds::ASSIGNED, now, Channel::Portal).team(team_of(&ticket, by)).detail(detail), &ticket)?;
    Ok(ticket)
}

/// The desk sets it aside, takes it up again or resolves it without a word; the person is told of the last.
pub fn set_state(tx: &mut Tx, voice: &Voice, ticket: Ticket, by: By, next: State, now: Moment) -> Result<Ticket> {
    let ticket = ticket.set(next, now)?;
    store::update(tx, &ticket)?;
    let kind = match next {
        State::Resolved => &kinds::RESOLVED,
        State::WaitingOthers | State::WaitingPerson => &kinds::PAUSED,
        State::New | State::Open | State::Closed => &kinds::RESUMED,
    };
    record(tx, Draft::of(kind, now, Channel::Portal).team(team_of(&ticket, by)), &ticket)?;
    if next == State::Resolved {
        let occasion = format!("ticket.resolved:{}:{}", ticket.id, now.0);
        write_to_person(tx, voice, &ticket, &occasion, &Say::Resolved, now)?;
    }
    Ok(ticket)
}

/// The person says that it is sorted.
pub fn confirm(tx: &mut Tx, ticket: Ticket, now: Moment) -> Result<Ticket> {
    let took = now.since(ticket.opened_at);
    let ticket = ticket.confirm(now)?;
    store::update(tx, &ticket)?;
    let detail = json!({ "took": took, "subject": ticket.subject, "view": ticket.view_token });
    record(tx, Draft::of(&kinds::CONFIRMED, now, Channel::Portal).detail(detail), &ticket)?;
    Ok(ticket)
}

/// Closes a ticket that was resolved and that nobody answered for a week.
pub fn close(tx: &mut Tx, id: TicketId, now: Moment) -> Result<()> {
    let Some(ticket) = store::find(tx, id)? else { return Ok(()) };
    let Ok(ticket) = ticket.close(now) else { return Ok(()) };
    store::update(tx, &ticket)?;
    record(tx, Draft::of(&kinds::CLOSED, now, Channel::Portal), &ticket)
}

/// A mail of this Message-ID is part of this ticket.
pub fn find_by_mail_id(tx: &mut Tx, mail_id: &str) -> Result<Option<TicketId>> {
    Ok(store::find_by_mail_id(tx, mail_id)?)
}

/// A ticket as it begins with a request.
pub(super) fn new_ticket(tx: &mut Tx, request: &Request, now: Moment) -> Result<Ticket> {
    let subject = match request.subject.trim() {
        "" => first_words(request.text),
        given => given.chars().take(300).collect(),
    };
    Ok(Ticket {
        id: tx.new_id(),
        number: tx.next_number("ticket")?,
        subject: if subject.is_empty() { "…".to_owned() } else { subject },
        state: State::New,
        person: request.person,
        channel: request.channel,
        service: request.service.map(str::to_owned),
        team: None,
        agent: None,
        needed_by: request.needed_by.map(|need| need.by),
        view_token: base::id::token(),
        reply_token: base::id::token(),
        last_words: first_words(request.text),
        opened_at: now,
        changed_at: now,
        waiting_since: Some(now),
        answered_at: None,
        resolved_at: None,
        closed_at: None,
        source: request.source,
    })
}

/// What a request says, as a message of its ticket.
pub(super) fn message<'r>(ticket: TicketId, request: &Request<'r>, author: Author, now: Moment) -> NewMessage<'r> {
    NewMessage {
        ticket,
        at: now,
        author_id: Some(request.person),
        author,
        channel: request.channel,
        text: request.text,
        quoted: request.quoted,
        html: request.html,
        mail_id: request.mail_id,
        letter: None,
        extras: request.extras,
    }
}

fn team_of(ticket: &Ticket, by: By) -> Option<String> {
    by.team.map(str::to_owned).or_else(|| ticket.team.clone())
}

/// Records what happened to a ticket, for its person unless the draft says otherwise.
pub(super) fn record(tx: &mut Tx, draft: Draft, ticket: &Ticket) -> Result<()> {
    let draft = if draft.has_person() { draft } else { draft.person(ticket.person) };
    touchpoint::record(tx, draft.object("ticket", ticket.id.0).service(ticket.service.clone()))?;
    Ok(())
}

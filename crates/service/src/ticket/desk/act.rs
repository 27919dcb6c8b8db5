//! What an agent does with a ticket: answer, note, assign, set aside, tag.

use axum::extract::{Path, State};
use axum::response::{IntoResponse, Response};
use base::db::Tx;
use ledger::person::PersonId;
use web::App;
use web::actor::Agent;
use web::error::{Error, Result};
use web::form::{Check, Done, Errors, Input};
use web::senders::Senders;

use super::inbox::Place;
use super::recipients::Chosen;
use super::show::show_again;
use crate::ticket::file::Enclosure;
use crate::ticket::merge::{self, Unlike};
use crate::ticket::model::{State as Standing, Ticket, number_of};
use crate::ticket::work::{self, By};
use crate::ticket::{MessageId, TicketId, store};

/// What the composer sends.
pub(super) struct Written {
    pub text: String,
    pub is_note: bool,
    pub next: Standing,
    pub chosen: Chosen,
    seen: MessageId,
}

impl Written {
    pub(super) fn parse(input: &Input, senders: &Senders) -> Result<(Self, Vec<web::form::Upload>), Errors> {
        let mut check = Check::of(input);
        let text = check.required("text", 100_000);
        let files = check.files("files", 20);
        let next =
            check.choice("next", Standing::parse).filter(|state| state.is_open() || *state == Standing::Resolved);
        let chosen = Chosen::parse(&mut check, input, senders);
        let written = Self {
            text,
            chosen,
            is_note: input.get("kind") == "note",
            next: next.unwrap_or(Standing::WaitingPerson),
            seen: MessageId(input.get("seen").parse().unwrap_or(0)),
        };
        check.finish((written, files))
    }
}

pub(super) fn place_of(input: &Input) -> Place {
    Place { view: input.get("view").to_owned(), skip: input.get("skip").parse().unwrap_or(0), current: 0 }
}

pub(super) fn back(id: TicketId, input: &Input) -> String {
    format!("/desk/tickets/{id}{}", place_of(input).query())
}

pub(super) fn by<'a>(person: PersonId, name: &'a str, team: Option<&'a str>) -> By<'a> {
    By { person, name, team }
}

/// The ticket, in the transaction that will change it.
pub(super) fn find(tx: &mut Tx, id: TicketId) -> Result<Ticket> {
    store::find(tx, id)?.ok_or(Error::NotFound)
}

enum Outcome {
    Sent,
    Noted,
    Overtaken,
}

/// POST /desk/tickets/{id}/messages: an answer to the person, or a note for the desk.
pub(super) async fn create_message(
    agent: Agent,
    State(app): State<App>,
    Path(id): Path<TicketId>,
    input: Input,
) -> Result {
    let (written, uploads) = match Written::parse(&input, &app.site.senders) {
        Ok(parsed) => parsed,
        Err(errors) => return show_again(&app, &agent, id, place_of(&input), input, errors, false).await,
    };
    let files = Enclosure::keep(&app.files, &uploads).await?;
    let (actor, voice, now) = (agent.actor.clone(), app.voice(), app.clock.now());
    let outcome = app
        .db
        .write(move |tx| {
            let ticket = find(tx, id)?;
            let by = by(actor.person, &actor.name, actor.team.as_deref());
            if written.is_note {
                work::note(tx, &ticket, by, &written.text, &files, now)?;
                return Ok(Outcome::Noted);
            }
            // An answer to what one has not read helps nobody: show it first.
            if store::newest_from_person(tx, id)?.is_some_and(|newest| newest > written.seen) {
                return Ok(Outcome::Overtaken);
            }
            let answer = work::Answer { text: &written.text, files: &files, next: written.next };
            let recipients = written.chosen.recipients(tx, ticket.id)?;
            work::answer_to(tx, &voice, ticket, by, answer, &recipients, now)?;
            Ok::<_, Error>(Outcome::Sent)
        })
        .await?;
    let done = Done::to(back(id, &input));
    match outcome {
        Outcome::Sent => Ok(done.saying("done-answered").into_response()),
        Outcome::Noted => Ok(done.saying("done-noted").into_response()),
        Outcome::Overtaken => show_again(&app, &agent, id, place_of(&input), input, Errors::default(), true).await,
    }
}

/// POST /desk/tickets/{id}/assignment: `agent` is an id, or empty for nobody.
pub(super) async fn update_assignment(
    agent: Agent,
    State(app): State<App>,
    Path(id): Path<TicketId>,
    input: Input,
) -> Result<Response> {
    let wanted = input.get("agent").parse::<PersonId>().ok();
    let (actor, now) = (agent.actor.clone(), app.clock.now());
    app.db
        .write(move |tx| {
            let to = match wanted {
                Some(wanted) => {
                    let found = store::agents(tx)?.into_iter().find(|(id, ..)| *id == wanted);
                    let (id, _, team) = found.ok_or(Error::Conflict)?;
                    Some((id, team))
                }
                None => None,
            };
            let ticket = find(tx, id)?;
            work::assign(tx, ticket, by(actor.person, &actor.name, actor.team.as_deref()), to, now)
        })
        .await?;
    Ok(Done::to(back(id, &input)).saying("done-assigned").into_response())
}

/// POST /desk/tickets/{id}/state
pub(super) async fn update_state(
    agent: Agent,
    State(app): State<App>,
    Path(id): Path<TicketId>,
    input: Input,
) -> Result<Response> {
    let next = Standing::parse(input.get("state")).ok_or(Error::Refused("no such state"))?;
    let (actor, voice, now) = (agent.actor.clone(), app.voice(), app.clock.now());
    app.db
        .write(move |tx| {
            let ticket = find(tx, id)?;
            let by = by(actor.person, &actor.name, actor.team.as_deref());
            work::set_state(tx, &voice, ticket, by, next, now)
        })
        .await?;
    Ok(Done::to(back(id, &input)).saying("done-state").into_response())
}

/// POST /desk/tickets/{id}/tags: words with commas between them.
pub(super) async fn update_tags(
    _: Agent,
    State(app): State<App>,
    Path(id): Path<TicketId>,
    input: Input,
) -> Result<Response> {
    let mut tags: Vec<String> = input
        .get("tags")
        .split(',')
        .map(|tag| tag.trim().to_lowercase().chars().filter(|c| !c.is_control()).take(40).collect::<String>())
        .filter(|tag| !tag.is_empty())
        .take(20)
        .collect();
    tags.sort();
    tags.dedup();
    app.db
        .write(move |tx| {
            find(tx, id)?;
            Ok::<_, Error>(store::set_tags(tx, id, &tags)?)
        })
        .await?;
    Ok(Done::to(back(id, &input)).saying("done-tagged").into_response())
}

/// POST /desk/tickets/{id}/address: mail to this address of the person's is tried again, though it came back.
pub(super) async fn mend_address(
    _: Agent,
    State(app): State<App>,
    Path(id): Path<TicketId>,
    input: Input,
) -> Result<Response> {
    let address = input.get("address").to_owned();
    app.db
        .write(move |tx| {
            let ticket = find(tx, id)?;
            let theirs = ledger::person::failing(tx, ticket.person)?;
            if theirs.iter().any(|(failing, _)| *failing == address) {
                ledger::person::mark_working(tx, &address)?;
            }
            Ok::<_, Error>(())
        })
        .await?;
    Ok(Done::to(back(id, &input)).saying("done-address").into_response())
}

/// POST /desk/tickets/{id}/merge: into the ticket whose number is in `into`, of the same person.
pub(super) async fn merge_into(agent: Agent, State(app): State<App>, Path(id): Path<TicketId>, input: Input) -> Result {
    let mut check = Check::of(&input);
    let typed = check.required("into", 20);
    let number = number_of(&typed).or_else(|| typed.trim().parse().ok());
    if let Err(errors) = check.finish(()) {
        return show_again(&app, &agent, id, place_of(&input), input, errors, false).await;
    }
    let (by, now) = (agent.person, app.clock.now());
    let merged = app
        .db
        .write(move |tx| {
            let ticket = find(tx, id)?;
            let kept = match number {
                Some(number) => store::find_by_number(tx, number)?,
                None => None,
            };
            let Some(kept) = kept else { return Ok(Err("merge-unknown")) };
            match merge::unlike(tx, &ticket, &kept)? {
                Some(Unlike::Same) => Ok(Err("merge-same")),
                Some(Unlike::OtherPerson) => Ok(Err("merge-other-person")),
                None => Ok::<_, Error>(Ok(merge::merge(tx, ticket, kept, Some(by), now)?.id)),
            }
        })
        .await?;
    match merged {
        Ok(kept) => Ok(Done::to(back(kept, &input)).saying("done-merged").into_response()),
        Err(why) => {
            let mut errors = Errors::default();
            errors.add("into", why);
            show_again(&app, &agent, id, place_of(&input), input, errors, false).await
        }
    }
}

//! Who is on a ticket, as an agent sets it: added, muted, removed, or made the one who asks.

use axum::extract::{Path, State};
use axum::response::IntoResponse;
use web::App;
use web::actor::Agent;
use web::error::{Error, Result};
use web::form::{Check, Done, Input};

use super::act::{back, by, find, place_of};
use super::recipients::mailbox;
use super::show::show_again;
use crate::ticket::TicketId;
use crate::ticket::participant::{self, Added, Change};

/// POST /desk/tickets/{id}/participants: whoever is in `participant`, an address alone or behind a name.
pub(super) async fn create(agent: Agent, State(app): State<App>, Path(id): Path<TicketId>, input: Input) -> Result {
    let mut check = Check::of(&input);
    let typed = check.required("participant", 400);
    let mailbox = mailbox(&typed);
    match &mailbox {
        Some(mailbox) if app.site.senders.find(&mailbox.address).is_some() => {
            check.refuse("participant", "recipient-ours");
        }
        Some(_) => {}
        None => check.refuse("participant", "form-email"),
    }
    let mut errors = match check.finish(()) {
        Ok(()) => Default::default(),
        Err(errors) => errors,
    };
    if let Some(mailbox) = mailbox.filter(|_| errors.is_empty()) {
        let (actor, now) = (agent.actor.clone(), app.clock.now());
        let added = app
            .db
            .write(move |tx| {
                let ticket = find(tx, id)?;
                participant::add(tx, &ticket, by(actor.person, &actor.name, actor.team.as_deref()), &mailbox, now)
            })
            .await?;
        match added {
            Added::Done => return Ok(Done::to(back(id, &input)).saying("done-joined").into_response()),
            Added::Asker => errors.add("participant", "participant-asked"),
            Added::Full => errors.add("participant", "participant-full"),
        }
    }
    show_again(&app, &agent, id, place_of(&input), input, errors, false).await
}

/// POST /desk/tickets/{id}/participants/change: `do` is what is to become of whoever has this `address`.
pub(super) async fn update(agent: Agent, State(app): State<App>, Path(id): Path<TicketId>, input: Input) -> Result {
    let (address, wanted) = (input.get("address").to_owned(), input.get("do").to_owned());
    let (change, said) = match wanted.as_str() {
        "mute" => (Some(Change::Mute), "done-muted"),
        "unmute" => (Some(Change::Unmute), "done-unmuted"),
        "remove" => (Some(Change::Remove), "done-left"),
        "give" => (None, "done-given"),
        _ => return Err(Error::Refused("nothing of that kind can be done")),
    };
    let (actor, site, now) = (agent.actor.clone(), app.site.clone(), app.clock.now());
    app.db
        .write(move |tx| {
            let ticket = find(tx, id)?;
            let by = by(actor.person, &actor.name, actor.team.as_deref());
            match change {
                Some(change) => participant::change(tx, &ticket, by, &address, change, now),
                None => participant::give_to(tx, &ticket, by, &address, |email| site.relation_of(email), now),
            }
        })
        .await?;
    Ok(Done::to(back(id, &input)).saying(said).into_response())
}

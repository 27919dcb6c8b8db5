//! What somebody does with a follow-up: take it over, note, write to the person, join it to an improvement, close it.

use axum::extract::{Path, State};
use axum::response::IntoResponse;
use base::db::Tx;
use web::App;
use web::actor::{Actor, Stakeholder};
use web::error::{Error, Result};
use web::form::{Check, Done, Errors, Input};

use super::follow_up::draw;
use crate::improvement::follow_up::{FollowUp, Standing};
use crate::improvement::model::Came;
use crate::improvement::{FollowUpId, ImprovementId, can, store, work};

fn back(id: FollowUpId) -> String {
    format!("/programme/follow-ups/{id}")
}

/// The follow-up, in the transaction that will change it, for somebody who looks after it.
fn find(tx: &mut Tx, actor: &Actor, id: FollowUpId) -> Result<FollowUp> {
    let follow_up = store::find_follow_up(tx, id)?.ok_or(Error::NotFound)?;
    if !can::look_after(actor, follow_up.owner) {
        return Err(Error::Forbidden);
    }
    if follow_up.state == Standing::Closed { Err(Error::Conflict) } else { Ok(follow_up) }
}

/// POST /programme/follow-ups/{id}/owner: it is mine now.
pub(super) async fn update_owner(reader: Stakeholder, State(app): State<App>, Path(id): Path<FollowUpId>) -> Result {
    let actor = reader.actor;
    app.db
        .write(move |tx| {
            let follow_up = store::find_follow_up(tx, id)?.ok_or(Error::NotFound)?;
            if !can::see_names(&actor) {
                return Err(Error::Forbidden);
            }
            Ok::<_, Error>(store::update_follow_up(tx, &FollowUp { owner: Some(actor.person), ..follow_up })?)
        })
        .await?;
    Ok(Done::to(back(id)).saying("done-followup-taken").into_response())
}

/// POST /programme/follow-ups/{id}/notes
pub(super) async fn create_note(
    reader: Stakeholder,
    State(app): State<App>,
    Path(id): Path<FollowUpId>,
    input: Input,
) -> Result {
    let mut check = Check::of(&input);
    let text = check.required("note", 10_000);
    if let Err(errors) = check.finish(()) {
        return draw(&app, &reader, id, input, errors).await;
    }
    let (actor, now) = (reader.actor, app.clock.now());
    app.db
        .write(move |tx| {
            find(tx, &actor, id)?;
            store::insert_note(tx, id, now, actor.person, false, &text)?;
            Ok::<_, Error>(())
        })
        .await?;
    Ok(Done::to(back(id)).saying("done-followup-noted").into_response())
}

/// POST /programme/follow-ups/{id}/letters: to the person, by mail.
pub(super) async fn create_letter(
    reader: Stakeholder,
    State(app): State<App>,
    Path(id): Path<FollowUpId>,
    input: Input,
) -> Result {
    let mut check = Check::of(&input);
    let text = check.required("letter", 20_000);
    if let Err(errors) = check.finish(()) {
        return draw(&app, &reader, id, input, errors).await;
    }
    let (actor, voice, now) = (reader.actor.clone(), app.voice(), app.clock.now());
    let sent = app
        .db
        .write(move |tx| {
            let follow_up = find(tx, &actor, id)?;
            work::contact(tx, &voice, follow_up, (actor.person, &actor.name), &text, now)
        })
        .await?;
    if !sent {
        let mut errors = Errors::default();
        errors.add("letter", "followup-no-address");
        return draw(&app, &reader, id, input, errors).await;
    }
    Ok(Done::to(back(id)).saying("done-followup-sent").into_response())
}

/// POST /programme/follow-ups/{id}/improvement: to one that is there (`improvement`), or a new one (`title`).
pub(super) async fn update_improvement(
    reader: Stakeholder,
    State(app): State<App>,
    Path(id): Path<FollowUpId>,
    input: Input,
) -> Result {
    let mut check = Check::of(&input);
    let known = check.choice("improvement", |id| id.parse::<ImprovementId>().ok());
    let title = if known.is_some() { String::new() } else { check.required("title", 200) };
    if let Err(errors) = check.finish(()) {
        return draw(&app, &reader, id, input, errors).await;
    }
    let (actor, voice, now) = (reader.actor, app.voice(), app.clock.now());
    app.db
        .write(move |tx| {
            let follow_up = find(tx, &actor, id)?;
            let improvement = match known {
                Some(known) => known,
                None => work::propose(tx, &title, "", Some(actor.person), now)?.id,
            };
            let joined = work::join(tx, &voice, improvement, follow_up.person, Came::FollowUp, now)?;
            store::update_follow_up(tx, &FollowUp { improvement: Some(joined.id), ..follow_up })?;
            Ok::<_, Error>(())
        })
        .await?;
    Ok(Done::to(back(id)).saying("done-followup-joined").into_response())
}

/// POST /programme/follow-ups/{id}/closure
pub(super) async fn create_closure(reader: Stakeholder, State(app): State<App>, Path(id): Path<FollowUpId>) -> Result {
    let (actor, now) = (reader.actor, app.clock.now());
    app.db
        .write(move |tx| {
            let follow_up = find(tx, &actor, id)?;
            work::close(tx, follow_up, now)
        })
        .await?;
    Ok(Done::to("/programme/follow-ups").saying("done-followup-closed").into_response())
}

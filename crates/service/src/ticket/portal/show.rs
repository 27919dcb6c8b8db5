//! A request as the person sees it: what was said, where it stands, whether it is sorted.

use askama::Template;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{Html, IntoResponse, Redirect, Response};
use axum_extra::extract::Query;
use ledger::person::one_and_same;
use ledger::touchpoint::{Channel, Source};
use web::App;
use web::actor::Visitor;
use web::error::{Error, Result};
use web::foreign;
use web::form::{Check, Done, Errors, Input};
use web::live::Since;
use web::page::{Page, Section, ui};

use crate::ticket::file::{self, Enclosure, File};
use crate::ticket::model::{Author, Heard, Message, State as Standing, Ticket};
use crate::ticket::portal;
use crate::ticket::work::{self, Request};
use crate::ticket::{MessageId, can, store};

#[derive(Template)]
#[template(path = "ticket/portal/show.html", blocks = ["conversation"])]
struct Show {
    page: Page,
    ticket: Ticket,
    messages: Vec<Message>,
    files: Vec<File>,
    agent: Option<String>,
    input: Input,
    errors: Errors,
    can_write: bool,
}

impl Show {
    fn base(&self) -> String {
        format!("/requests/{}", self.ticket.view_token)
    }

    fn asks(&self) -> bool {
        can::confirm(&self.ticket) && self.ticket.answered_at.is_some()
    }

    fn files_of(&self, message: &MessageId) -> Vec<&File> {
        self.files.iter().filter(|file| file.message == *message).collect()
    }

    fn file_path(&self, file: &File) -> String {
        format!("{}/files/{}/{}", self.base(), file.id, web::form::url_encoded(&file.name).replace('/', "_"))
    }

    /// Where a question about this request would be asked, if there is one.
    fn survey_path(&self) -> String {
        format!("/surveys/panel?ticket={}", self.ticket.view_token)
    }
}

/// The ticket that this token opens: a page's own token, or nothing.
async fn find(app: &App, token: &str) -> Result<Ticket> {
    let token = token.to_owned();
    app.db.read(move |tx| store::find_by_view_token(tx, &token)?.ok_or(Error::NotFound)).await
}

/// GET /requests/{token}. Opening the page changes nothing: mail scanners open links.
pub(super) async fn show(visitor: Visitor, State(app): State<App>, Path(token): Path<String>) -> Result {
    let ticket = find(&app, &token).await?;
    if ticket.view_token != token {
        return Ok(Redirect::to(&format!("/requests/{}", ticket.view_token)).into_response());
    }
    show_again(&app, &visitor, ticket, Input::default(), Errors::default()).await
}

async fn show_again(app: &App, visitor: &Visitor, ticket: Ticket, input: Input, errors: Errors) -> Result {
    let (id, agent) = (ticket.id, ticket.agent);
    let (messages, files, agent) = app
        .db
        .read(move |tx| {
            let agent = match agent {
                Some(agent) => ledger::person::find(tx, agent)?.map(|person| person.name),
                None => None,
            };
            Ok::<_, Error>((store::messages(tx, id, false, 200)?, store::files(tx, id)?, agent))
        })
        .await?;
    let page = visitor.page(app, &ticket.subject, Section::Portal);
    let status = if errors.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    let can_write = can::write(&ticket, app.clock.now());
    let show = Show { page, ticket, messages, files, agent, input, errors, can_write };
    let html = if visitor.is_part { show.as_conversation().render()? } else { show.render()? };
    Ok((status, Html(html)).into_response())
}

/// GET /requests/{token}/live: that something happened to this request which the person sees.
pub(super) async fn live(
    State(app): State<App>,
    Path(token): Path<String>,
    Query(since): Query<Since>,
) -> Result<Response> {
    let id = find(&app, &token).await?.id.0;
    Ok(web::live::stream(&app.live, since, move |touchpoint| {
        let ours = touchpoint.visible && touchpoint.object("ticket") == Some(id);
        if ours { vec!["request".to_owned()] } else { Vec::new() }
    }))
}

/// POST /requests/{token}/messages
pub(super) async fn create_message(
    visitor: Visitor,
    State(app): State<App>,
    Path(token): Path<String>,
    input: Input,
) -> Result {
    let mut check = Check::of(&input);
    let (text, uploads) = (check.required("text", 100_000), check.files("files", 20));
    if let Err(errors) = check.finish(()) {
        let ticket = find(&app, &token).await?;
        return show_again(&app, &visitor, ticket, input, errors).await;
    }
    let files = Enclosure::keep(&app.files, &uploads).await?;
    let (voice, now, actor) = (app.voice(), app.clock.now(), visitor.actor.clone());
    let ticket = app
        .db
        .write(move |tx| {
            let ticket = store::find_by_view_token(tx, &token)?.ok_or(Error::NotFound)?;
            let same = one_and_same(tx, ticket.person)?;
            // Whoever holds the link writes for the person, unless they are signed in as somebody else.
            let person = match &actor {
                Some(actor) if !can::follow(actor, &ticket, &same) => actor.person,
                _ => ticket.person,
            };
            let request = Request {
                person,
                channel: Channel::Portal,
                subject: &ticket.subject.clone(),
                text: &text,
                quoted: "",
                html: None,
                mail_id: None,
                service: None,
                needed_by: None,
                files: &files,
                extras: None,
                by_machine: false,
                source: Source::Lived,
            };
            let is_thanks = false;
            work::write(tx, &voice, ticket, &request, is_thanks, now)
        })
        .await?;
    let said = if ticket.1 == Heard::Reopened { "done-reopened" } else { "done-written" };
    Ok(Done::to(format!("/requests/{}", ticket.0.view_token)).saying(said).into_response())
}

/// POST /requests/{token}/confirmation: is it sorted? `sorted` is yes or no; no needs a word of what is missing.
pub(super) async fn create_confirmation(
    visitor: Visitor,
    State(app): State<App>,
    Path(token): Path<String>,
    input: Input,
) -> Result {
    if input.get("sorted") != "yes" {
        return create_message(visitor, State(app), Path(token), input).await;
    }
    let now = app.clock.now();
    let view = token.clone();
    app.db
        .write(move |tx| {
            let ticket = store::find_by_view_token(tx, &token)?.ok_or(Error::NotFound)?;
            // Pressed twice, or in two windows: it is sorted, and was said once.
            if ticket.state == Standing::Closed {
                return Ok(());
            }
            work::confirm(tx, ticket, now).map(drop)
        })
        .await?;
    Ok(Done::to(format!("/requests/{view}")).saying("done-confirmed").into_response())
}

/// GET /requests/{token}/files/{file}/{name}
pub(super) async fn show_file(State(app): State<App>, Path((token, wanted, _)): Path<(String, i64, String)>) -> Result {
    let id = find(&app, &token).await?.id;
    let visible = app
        .db
        .read(move |tx| {
            let shown: Vec<MessageId> = store::messages(tx, id, false, 1_000)?.iter().map(|m| m.id).collect();
            let files = store::files(tx, id)?;
            Ok::<_, Error>(files.into_iter().find(|file| file.id == wanted && shown.contains(&file.message)))
        })
        .await?;
    file::give(&app.files, &visible.ok_or(Error::NotFound)?).await
}

//! Why a mail landed where it did, for the agent who reads it: in plain words, with all that was weighed; and the way to
//! have it elsewhere. The ticket's page asks for it by address.

use askama::Template;
use axum::Router;
use axum::extract::State;
use axum::response::{Html, IntoResponse};
use axum::routing::{get, post};
use axum_extra::extract::Query;
use base::clock::Moment;
use base::db::Tx;
use ledger::person::PersonId;
use serde::Deserialize;
use serde_json::Value;
use service::ticket::moving::{self, Stays};
use service::ticket::{self, MessageId, Ticket};
use web::App;
use web::actor::Agent;
use web::error::{Error, Result};
use web::form::{Check, Done, Errors, Input};
use web::page::{Page, Section, ui};

use super::model::{Mail, Why};
use super::{store, thread};

pub(super) fn routes() -> Router<App> {
    Router::new()
        .route("/desk/mails/of", get(show))
        .route("/desk/mails/move", post(create_move))
        .route("/desk/mails/split", post(create_split))
}

#[derive(Deserialize)]
struct Asked {
    message: MessageId,
}

/// What led a mail to its ticket: a letter of ours, or another mail.
struct Led {
    at: Moment,
    ours: bool,
    sender: String,
}

/// A mail in a ticket, and all that an agent may ask about it.
struct Known {
    message: MessageId,
    mail: Mail,
    ticket: Ticket,
    led: Option<Led>,
    names: Option<Ticket>,
    moved_by: Option<String>,
    evidence: Value,
}

#[derive(Template)]
#[template(path = "mail/why/show.html", blocks = ["why"])]
struct Show {
    page: Page,
    known: Known,
    input: Input,
    errors: Errors,
}

impl Show {
    /// The sentence that says why, as exactly as is known.
    fn why(&self) -> String {
        let key = match (&self.known.led, self.known.mail.why) {
            (Some(led), Why::Issued) if led.ours => "why-issued".to_owned(),
            (Some(_), Why::Held) => "why-held".to_owned(),
            _ => return self.page.t(self.known.mail.why_key().as_str()),
        };
        let sender = self.known.led.as_ref().map_or("", |led| led.sender.as_str());
        self.page.t1(&key, "sender", sender)
    }

    fn kind(&self) -> String {
        let key = format!("why-kind-{}", self.known.mail.kind.replace('_', "-"));
        if self.page.words.has(&key) { self.page.t(key.as_str()) } else { self.page.t("why-kind-human") }
    }

    /// What was seen that speaks for its kind: where, and what.
    fn signs(&self) -> Vec<(String, String)> {
        let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
        let signs = self.known.evidence["signs"].as_array().into_iter().flatten();
        signs.map(|sign| (text(&sign["source"]), text(&sign["value"]))).collect()
    }

    fn list(&self, name: &str) -> Vec<&str> {
        self.known.evidence[name].as_array().into_iter().flatten().filter_map(Value::as_str).collect()
    }

    fn mailboxes(&self) -> String {
        let mail = &self.known.mail;
        if mail.also_in.is_empty() { mail.mailbox.clone() } else { format!("{}, {}", mail.mailbox, mail.also_in) }
    }

    /// What our own mail server found out about the sender, when it said something.
    fn authenticity(&self) -> Option<String> {
        match self.known.evidence["authenticity"].as_str() {
            Some("passed") => Some(self.page.t("why-authentic")),
            Some("failed") => Some(self.page.t("why-forged")),
            _ => None,
        }
    }

    fn unanswered(&self) -> Option<String> {
        let why = self.known.evidence["unanswered"].as_str()?;
        Some(self.page.t(if why == "loop" { "why-quiet-loop" } else { "why-quiet-flood" }))
    }

    /// The number to which it most likely belongs.
    fn likely(&self) -> String {
        let typed = self.input.get("into");
        match &self.known.names {
            Some(named) if typed.is_empty() => named.label(),
            _ => typed.to_owned(),
        }
    }
}

fn known(tx: &mut Tx, message: MessageId) -> Result<Option<Known>> {
    let Some(mail) = store::find_by_part(tx, message)? else { return Ok(None) };
    let Some(ticket) = (match mail.ticket {
        Some(id) => ticket::find(tx, id)?,
        None => None,
    }) else {
        return Ok(None);
    };
    let evidence: Value = serde_json::from_str(&mail.evidence).unwrap_or_default();
    let led = match evidence["led_by"].as_str() {
        Some(id) => led_by(tx, id)?,
        None => None,
    };
    let names = match evidence["names"]["id"].as_i64() {
        Some(id) => ticket::find(tx, ticket::TicketId(id))?,
        None => None,
    };
    let moved_by = match mail.moved_by {
        Some(by) => ledger::person::find(tx, by)?.map(|person| person.name),
        None => None,
    };
    Ok(Some(Known { message, mail, ticket, led, names, moved_by, evidence }))
}

fn led_by(tx: &mut Tx, id: &str) -> Result<Option<Led>> {
    if let Some(letter) = thread::letter_of(tx, id)? {
        return Ok(Some(Led { at: letter.created_at, ours: true, sender: String::new() }));
    }
    let mail = store::find_by_message_id(tx, id)?;
    Ok(mail.map(|mail| Led { at: mail.written_at.unwrap_or(mail.at), ours: false, sender: mail.sender }))
}

/// GET /desk/mails/of?message=: as a part of the ticket's page, or as a page.
async fn show(agent: Agent, State(app): State<App>, Query(asked): Query<Asked>) -> Result {
    show_again(&app, &agent, asked.message, Input::default(), Errors::default()).await
}

async fn show_again(app: &App, agent: &Agent, message: MessageId, input: Input, errors: Errors) -> Result {
    let known = app.db.read(move |tx| known(tx, message)).await?.ok_or(Error::NotFound)?;
    let page = agent.visit.page(app, &agent.visit.words.t("why-title"), Section::Desk);
    let status =
        if errors.is_empty() { axum::http::StatusCode::OK } else { axum::http::StatusCode::UNPROCESSABLE_ENTITY };
    let show = Show { page, known, input, errors };
    let html = if agent.visit.is_part { show.as_why().render()? } else { show.render()? };
    Ok((status, Html(html)).into_response())
}

fn message_of(input: &Input) -> Result<MessageId> {
    input.get("message").parse().map_err(|_| Error::Refused("no such message"))
}

/// POST /desk/mails/move: into the ticket whose number is in `into`, whoever asked there.
async fn create_move(agent: Agent, State(app): State<App>, input: Input) -> Result {
    let message = message_of(&input)?;
    let mut check = Check::of(&input);
    let typed = check.required("into", 20);
    if let Err(errors) = check.finish(()) {
        return show_again(&app, &agent, message, input, errors).await;
    }
    let number = ticket::number_of(&typed).or_else(|| typed.trim().parse().ok());
    let (by, now) = (agent.person, app.clock.now());
    let moved = app
        .db
        .write(move |tx| {
            let to = match number {
                Some(number) => ticket::find_by_number(tx, number)?,
                None => None,
            };
            let Some(to) = to else { return Ok(Err("why-no-ticket")) };
            let moved = moving::to_ticket(tx, message, to.id, by, now)?;
            noted(tx, message, moved, by, now)
        })
        .await?;
    settle(&app, &agent, message, input, moved).await
}

/// POST /desk/mails/split: a ticket of its own, for whoever wrote it.
async fn create_split(agent: Agent, State(app): State<App>, input: Input) -> Result {
    let message = message_of(&input)?;
    let (by, now) = (agent.person, app.clock.now());
    let moved = app
        .db
        .write(move |tx| {
            let subject = store::find_by_part(tx, message)?.map(|mail| mail.subject).unwrap_or_default();
            let moved = moving::to_own(tx, message, &subject, by, now)?;
            noted(tx, message, moved, by, now)
        })
        .await?;
    settle(&app, &agent, message, input, moved).await
}

/// Notes with the mail where it is now, so that what answers it goes there too.
fn noted(
    tx: &mut Tx,
    message: MessageId,
    moved: Result<Ticket, Stays>,
    by: PersonId,
    now: Moment,
) -> Result<Result<Ticket, &'static str>> {
    match moved {
        Ok(ticket) => {
            if let Some(mail) = store::find_by_part(tx, message)? {
                store::set_moved(tx, mail.id, ticket.id, by, now)?;
            }
            Ok(Ok(ticket))
        }
        Err(Stays::Unknown) => Err(Error::NotFound),
        Err(Stays::Ours) => Ok(Err("why-ours")),
        Err(Stays::There) => Ok(Err("why-there")),
        Err(Stays::Alone) => Ok(Err("why-alone")),
    }
}

async fn settle(
    app: &App,
    agent: &Agent,
    message: MessageId,
    input: Input,
    moved: Result<Ticket, &'static str>,
) -> Result {
    match moved {
        Ok(ticket) => {
            Ok(Done::to(format!("/desk/tickets/{}#m{message}", ticket.id)).saying("done-mail-moved").into_response())
        }
        Err(why) => {
            let mut errors = Errors::default();
            errors.add("into", why);
            show_again(app, agent, message, input, errors).await
        }
    }
}

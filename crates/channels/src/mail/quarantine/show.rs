//! One mail: what it is, what was made of it, what was done about it, and its raw form, which acts on nothing.

use askama::Template;
use axum::extract::{Path, State};
use axum::http::{HeaderValue, header};
use axum::response::{Html, IntoResponse};
use ledger::person::{self, PersonId};
use ledger::touchpoint;
use serde_json::Value;
use web::App;
use web::actor::Agent;
use web::error::{Error, Result};
use web::form::{Errors, Input};
use web::page::{Page, Section, ui};

use super::super::MailId;
use super::super::model::{Decision, Mail, Why};
use super::super::receive::raw_of;
use super::super::store::find;
use super::raw::visible;
use super::{size, store};

/// As much of a mail's history is shown.
const STEPS: i64 = 100;

#[derive(Template)]
#[template(path = "mail/quarantine/show.html")]
struct Show {
    page: Page,
    mail: Mail,
    tries: i64,
    version: Option<String>,
    warnings: Vec<String>,
    evidence: String,
    history: Vec<Step>,
    raw: String,
    cut: bool,
    input: Input,
    errors: Errors,
}

/// What was done about a mail.
struct Step {
    at: i64,
    what: String,
    who: String,
    words: String,
}

impl Show {
    fn waits(&self) -> bool {
        self.mail.decision == Decision::Quarantined
    }

    /// Whether there is enough of it to be taken in.
    fn is_whole(&self) -> bool {
        !matches!(self.mail.why, Why::TooLarge | Why::Unfetchable)
    }

    /// Trying again what names nobody changes nothing; somebody has to say who it is from.
    fn can_be_tried(&self) -> bool {
        self.waits() && self.is_whole() && self.mail.why != Why::NoSender
    }

    fn can_be_a_ticket(&self) -> bool {
        matches!(self.mail.decision, Decision::Quarantined | Decision::Dropped) && self.mail.why != Why::Unfetchable
    }

    fn can_be_restored(&self) -> bool {
        self.mail.decision == Decision::Discarded && self.mail.ticket.is_none()
    }

    fn subject(&self) -> String {
        if self.mail.subject.is_empty() { self.page.t("mail-no-subject") } else { self.mail.subject.clone() }
    }

    fn size(&self) -> String {
        size(&self.page, self.mail.bytes)
    }

    /// What can be done that is not a button here.
    fn advice_key(&self) -> Option<&'static str> {
        match self.mail.why {
            _ if !self.waits() => None,
            Why::TooLarge => Some("mail-advice-too-large"),
            Why::Unfetchable => Some("mail-advice-unfetchable"),
            Why::Unreadable | Why::Unstorable => Some("mail-advice-unreadable"),
            Why::NoSender => Some("mail-advice-no-sender"),
            _ => None,
        }
    }

    /// From whom the ticket would be.
    fn from(&self) -> String {
        match self.input.get("email") {
            "" => self.mail.sender.clone(),
            typed => typed.to_owned(),
        }
    }

    fn came_from(&self) -> &'static str {
        if self.waits() { "/desk/quarantine" } else { "/desk/mails" }
    }

    fn came_from_key(&self) -> &'static str {
        if self.waits() { "quarantine" } else { "mails-all" }
    }
}

/// GET /desk/quarantine/{id}: the raw mail as text, which a browser cannot take for anything else.
pub(super) async fn show(agent: Agent, State(app): State<App>, Path(id): Path<MailId>) -> Result {
    page(&agent, &app, id, Input::default(), Errors::default()).await
}

/// The page, again when something was wrong with its form.
pub(super) async fn page(agent: &Agent, app: &App, id: MailId, input: Input, errors: Errors) -> Result {
    let (mail, (tries, version), done, people) = app
        .db
        .read(move |tx| {
            let mail = find(tx, id)?.ok_or(Error::NotFound)?;
            let done = touchpoint::of_object(tx, "mail", id.0, STEPS)?;
            let by: Vec<PersonId> = done.iter().filter_map(|step| by(&step.detail)).collect();
            Ok::<_, Error>((mail, store::tries(tx, id)?, done, person::find_all(tx, &by)?))
        })
        .await?;
    let bytes = if mail.raw.is_empty() { bytes::Bytes::new() } else { raw_of(app, &mail).await? };
    let (raw, cut) = visible(&bytes);
    let evidence: Value = serde_json::from_str(&mail.evidence).unwrap_or_default();
    let said = evidence.get("warnings").and_then(Value::as_array).into_iter().flatten();
    let warnings = said.filter_map(Value::as_str).map(str::to_owned).collect();
    let words = &agent.visit.words;
    let step = |done: touchpoint::Touchpoint| {
        let who = by(&done.detail).and_then(|id| people.iter().find(|person| person.id == id));
        Step {
            at: done.at.0,
            what: words.t(&done.text_key()),
            who: who.map_or_else(|| words.t("mail-by-the-desk"), |person| person.name.clone()),
            words: done.detail.get("words").and_then(Value::as_str).unwrap_or_default().to_owned(),
        }
    };
    let show = Show {
        page: agent.visit.page(app, &words.t("mail-one"), Section::Desk),
        tries,
        version,
        warnings,
        evidence: if evidence.as_object().is_none_or(serde_json::Map::is_empty) {
            String::new()
        } else {
            serde_json::to_string_pretty(&evidence).unwrap_or_default()
        },
        history: done.into_iter().map(step).collect(),
        raw,
        cut,
        input,
        mail,
        errors,
    };
    let status =
        if show.errors.is_empty() { axum::http::StatusCode::OK } else { axum::http::StatusCode::UNPROCESSABLE_ENTITY };
    Ok((status, Html(show.render()?)).into_response())
}

/// Who did it, if somebody of the desk did.
fn by(detail: &Value) -> Option<PersonId> {
    let by = detail.get("by")?;
    by.as_str().and_then(|id| id.parse().ok()).or_else(|| by.as_i64()).map(PersonId)
}

/// GET /desk/quarantine/{id}/raw: the mail as it came, to be saved; nothing opens it here.
pub(super) async fn raw(_: Agent, State(app): State<App>, Path(id): Path<MailId>) -> Result {
    let mail = app.db.read(move |tx| find(tx, id)).await?.ok_or(Error::NotFound)?;
    let mut response = raw_of(&app, &mail).await?.into_response();
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("application/octet-stream"));
    let name = format!("attachment; filename=\"mail-{id}.eml\"");
    if let Ok(value) = HeaderValue::from_str(&name) {
        headers.insert(header::CONTENT_DISPOSITION, value);
    }
    headers.insert(header::CONTENT_SECURITY_POLICY, HeaderValue::from_static("default-src 'none'; sandbox"));
    headers.insert(header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    Ok(response)
}

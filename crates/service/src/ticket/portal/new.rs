//! Asking: one form, with or without an account.

use askama::Template;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{Html, IntoResponse};
use axum_extra::extract::Query;
use ledger::person::find_or_create_by_email;
use ledger::touchpoint::{Channel, Source};
use serde::Deserialize;
use web::App;
use web::actor::{Visit, Visitor};
use web::error::{Error, Result};
use web::form::{Check, Done, Errors, Input, Upload};
use web::page::{Page, Section, ui};

use crate::ticket::file::Enclosure;
use crate::ticket::model::{Need, NeededBy};
use crate::ticket::work::{self, Request};

#[derive(Template)]
#[template(path = "ticket/portal/new.html")]
struct New {
    page: Page,
    input: Input,
    errors: Errors,
    is_known: bool,
    upload_bytes: u64,
}

impl New {
    fn needed_by(&self) -> Vec<ui::Opt> {
        NeededBy::ALL.iter().map(|need| ui::Opt::new(need, self.page.t(format!("needed-{need}")))).collect()
    }

    fn megabytes(&self) -> i64 {
        (self.upload_bytes / 1_000_000) as i64
    }
}

/// What was asked, if it can be taken.
struct Asked {
    /// Who, when not signed in: name and address.
    from: Option<(String, String)>,
    subject: String,
    text: String,
    needed_by: Option<NeededBy>,
    files: Vec<Upload>,
}

impl Asked {
    fn parse(input: &Input, is_known: bool) -> Result<Self, Errors> {
        let mut check = Check::of(input);
        let from = if is_known { None } else { Some((check.required("name", 200), check.email("email"))) };
        let asked = Self {
            from,
            subject: check.required("subject", 300),
            text: check.required("text", 100_000),
            needed_by: check.choice("needed_by", NeededBy::parse),
            files: check.files("files", 20),
        };
        check.finish(asked)
    }
}

#[derive(Deserialize)]
pub(super) struct Begun {
    #[serde(default)]
    subject: String,
}

/// GET /requests/new
pub(super) async fn new(visitor: Visitor, State(app): State<App>, Query(begun): Query<Begun>) -> Result {
    let input = Input::with(&[("subject", &begun.subject)]);
    show(&app, &visitor, input, Errors::default())
}

fn show(app: &App, visit: &Visit, input: Input, errors: Errors) -> Result {
    let status = if errors.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    let page = visit.page(app, &visit.words.t("ask-us"), Section::Portal);
    let upload_bytes = app.site.upload_bytes as u64;
    let html = New { page, input, errors, is_known: visit.actor.is_some(), upload_bytes }.render()?;
    Ok((status, Html(html)).into_response())
}

/// POST /requests
pub(super) async fn create(visitor: Visitor, State(app): State<App>, input: Input) -> Result {
    let asked = match Asked::parse(&input, visitor.actor.is_some()) {
        Ok(asked) => asked,
        Err(errors) => return show(&app, &visitor, input, errors),
    };
    let files = Enclosure::keep(&app.files, &asked.files).await?;
    let known = visitor.actor.as_ref().map(|actor| actor.person);
    let (site, voice, now, lang) = (app.site.clone(), app.voice(), app.clock.now(), visitor.lang);
    let ticket = app
        .db
        .write(move |tx| {
            let person = match (known, &asked.from) {
                (Some(person), _) => person,
                (None, Some((name, email))) => {
                    let relation = |email: &str| site.relation_of(email);
                    let found = find_or_create_by_email(tx, email, Some(name), lang.code(), relation, now)?;
                    found.ok_or(Error::Refused("no address"))?.id
                }
                (None, None) => return Err(Error::SignIn),
            };
            let request = Request {
                person,
                channel: Channel::Portal,
                subject: &asked.subject,
                text: &asked.text,
                quoted: "",
                html: None,
                mail_id: None,
                service: None,
                needed_by: asked.needed_by.map(|by| Need::said(by, now, &site.zone)),
                files: &files,
                extras: None,
                by_machine: false,
                source: Source::Lived,
            };
            work::open(tx, &voice, &request, now)
        })
        .await?;
    // The token opens the page to its bearer, so only someone signed in, or who just wrote this, is led there.
    Ok(Done::to(format!("/requests/{}", ticket.view_token)).saying("done-asked").into_response())
}

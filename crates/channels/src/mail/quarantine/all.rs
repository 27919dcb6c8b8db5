//! Any mail that ever came, whatever was decided about it.

use askama::Template;
use axum::extract::State;
use axum::response::{Html, IntoResponse};
use axum_extra::extract::Query;
use serde::Deserialize;
use web::App;
use web::actor::Agent;
use web::error::Result;
use web::page::{Page, Section, ui};

use super::super::MailId;
use super::super::model::{Decision, Mail};
use super::store::{self, Found, Question};
use super::{LATEST, LINES};

#[derive(Deserialize)]
pub(super) struct Place {
    #[serde(default)]
    q: String,
    before: Option<i64>,
}

#[derive(Template)]
#[template(path = "mail/quarantine/all.html")]
struct All {
    page: Page,
    q: String,
    found: Found,
    first: bool,
}

impl All {
    fn newer(&self) -> Option<String> {
        (!self.first).then(|| self.at(None))
    }

    fn older(&self) -> Option<String> {
        self.found.onward.map(|id| self.at(Some(id)))
    }

    fn at(&self, before: Option<MailId>) -> String {
        let before = before.map(|id| format!("&before={id}")).unwrap_or_default();
        format!("/desk/mails?q={}{before}", web::form::url_encoded(&self.q))
    }

    /// How far back it was looked, when not at all mails.
    fn looked_until(&self) -> Option<String> {
        let last = self.found.onward.filter(|_| self.found.broke_off)?;
        let day = self.page.words.date(base::id::made_at(last.0).0, &self.page.zone);
        Some(self.page.t1("mails-looked-until", "when", day))
    }

    fn subject(&self, mail: &Mail) -> String {
        if mail.subject.is_empty() { self.page.t("mail-no-subject") } else { mail.subject.clone() }
    }

    fn tone(mail: &Mail) -> &'static str {
        match mail.decision {
            Decision::Opened => "new",
            Decision::Written => "open",
            Decision::Kept => "solved",
            Decision::Quarantined => "waiting",
            Decision::Dropped | Decision::Discarded => "closed",
        }
    }
}

/// GET /desk/mails
pub(super) async fn index(agent: Agent, State(app): State<App>, Query(place): Query<Place>) -> Result {
    let q: String = place.q.trim().chars().take(200).collect();
    let (question, before) = (Question::parse(&q), place.before.map_or(LATEST, MailId));
    let found = app.db.read(move |tx| store::search(tx, &question, before, LINES)).await?;
    let page = agent.visit.page(&app, &agent.visit.words.t("mails-all"), Section::Desk);
    Ok(Html(All { page, q, found, first: before == LATEST }.render()?).into_response())
}

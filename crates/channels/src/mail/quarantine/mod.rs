//! The quarantine: mails that could not be taken in, and why; and what was dropped, so that nobody has to believe it.
//! An agent looks at the raw mail as text, has it taken in again, or puts it aside. All of that is recorded.

use askama::Template;
use axum::extract::{Path, State};
use axum::response::{Html, IntoResponse};
use axum::routing::{get, post};
use axum::{Extension, Router};
use axum_extra::extract::Query;
use base::file::Key;
use ledger::touchpoint::{self, Channel, Draft, Kind};
use serde::Deserialize;
use serde_json::json;
use web::App;
use web::actor::Agent;
use web::error::{Error, Result};
use web::form::Done;
use web::page::{Page, Section, ui};

use super::mailroom::Mailroom;
use super::model::{Decision, Mail, Verdict, Why};
use super::{MailId, kinds, receive, store};

/// Lines on a page.
const LINES: i64 = 40;
/// How much of a raw mail is shown, bytes.
const SHOWN: usize = 100_000;

/// The pages of the quarantine, which take mails in again through this mailroom.
pub fn routes(room: &Mailroom) -> Router<App> {
    Router::new()
        .route("/desk/quarantine", get(index))
        .route("/desk/quarantine/{id}", get(show))
        .route("/desk/quarantine/{id}/admission", post(create_admission))
        .route("/desk/quarantine/{id}/discard", post(create_discard))
        .layer(Extension(room.clone()))
        .merge(super::why::routes())
}

#[derive(Deserialize)]
struct Place {
    #[serde(default)]
    view: String,
    #[serde(default)]
    skip: i64,
}

const VIEWS: [(&str, Decision); 3] =
    [("waiting", Decision::Quarantined), ("dropped", Decision::Dropped), ("discarded", Decision::Discarded)];

#[derive(Template)]
#[template(path = "mail/quarantine/index.html")]
struct Index {
    page: Page,
    view: &'static str,
    skip: i64,
    waiting: i64,
    mails: Vec<Mail>,
    more: bool,
}

impl Index {
    fn newer(&self) -> Option<String> {
        (self.skip > 0).then(|| self.at((self.skip - LINES).max(0)))
    }

    fn older(&self) -> Option<String> {
        self.more.then(|| self.at(self.skip + LINES))
    }

    fn at(&self, skip: i64) -> String {
        format!("/desk/quarantine?view={}&skip={skip}", self.view)
    }

    fn none_key(&self) -> String {
        format!("mails-none-{}", self.view)
    }

    fn views() -> impl Iterator<Item = &'static str> {
        VIEWS.iter().map(|(name, _)| *name)
    }
}

/// GET /desk/quarantine
async fn index(agent: Agent, State(app): State<App>, Query(place): Query<Place>) -> Result {
    let (view, decision) = *VIEWS.iter().find(|(name, _)| *name == place.view).unwrap_or(&VIEWS[0]);
    let skip = place.skip.clamp(0, 1_000_000);
    let (mut mails, waiting) = app
        .db
        .read(move |tx| {
            let mails = store::list(tx, decision, skip, LINES + 1)?;
            Ok::<_, Error>((mails, store::count(tx, Decision::Quarantined)?))
        })
        .await?;
    let more = mails.len() as i64 > LINES;
    mails.truncate(LINES as usize);
    let page = agent.visit.page(&app, &agent.visit.words.t("quarantine"), Section::Desk);
    Ok(Html(Index { page, view, skip, waiting, mails, more }.render()?).into_response())
}

#[derive(Template)]
#[template(path = "mail/quarantine/show.html")]
struct Show {
    page: Page,
    mail: Mail,
    evidence: String,
    raw: String,
    cut: bool,
}

impl Show {
    fn waits(&self) -> bool {
        self.mail.decision == Decision::Quarantined
    }

    /// Whether there is enough of it to be taken in.
    fn is_whole(&self) -> bool {
        !matches!(self.mail.why, Why::TooLarge | Why::Unfetchable)
    }

    fn subject(&self) -> String {
        if self.mail.subject.is_empty() { self.page.t("mail-no-subject") } else { self.mail.subject.clone() }
    }
}

/// GET /desk/quarantine/{id}: the raw mail as text, which a browser cannot take for anything else.
async fn show(agent: Agent, State(app): State<App>, Path(id): Path<MailId>) -> Result {
    let mail = app.db.read(move |tx| store::find(tx, id)).await?.ok_or(Error::NotFound)?;
    let bytes = match Key::parse(&mail.raw) {
        Some(key) => app.files.get(&key).await.map_err(Error::internal)?,
        None => bytes::Bytes::new(),
    };
    let cut = bytes.len() > SHOWN;
    let raw: String = String::from_utf8_lossy(&bytes[..bytes.len().min(SHOWN)])
        .chars()
        .map(|c| if c.is_control() && c != '\n' && c != '\t' { '\u{b7}' } else { c })
        .filter(|c| *c != '\r')
        .collect();
    let raw = raw.replace("\u{b7}\n", "\n");
    let evidence: serde_json::Value = serde_json::from_str(&mail.evidence).unwrap_or_default();
    let evidence = serde_json::to_string_pretty(&evidence).unwrap_or_default();
    let page = agent.visit.page(&app, &agent.visit.words.t("quarantine"), Section::Desk);
    Ok(Html(Show { page, mail, evidence, raw, cut }.render()?).into_response())
}

/// POST /desk/quarantine/{id}/admission: it is taken in again, as if it came now.
async fn create_admission(
    agent: Agent,
    State(app): State<App>,
    Extension(room): Extension<Mailroom>,
    Path(id): Path<MailId>,
) -> Result {
    let outcome = receive::receive_again(&app, &room, id).await?;
    if outcome.decision == Decision::Quarantined {
        return Ok(Done::to(format!("/desk/quarantine/{id}")).saying("done-mail-still").into_response());
    }
    let (by, now) = (agent.person, app.clock.now());
    let detail = json!({ "mail": id, "became": outcome.decision, "by": by });
    app.db
        .write(move |tx| {
            store::set_decided_by(tx, id, by)?;
            let draft = draft(&kinds::ADMITTED, now, detail.clone());
            let draft = match outcome.ticket {
                Some(ticket) => draft.object("ticket", ticket.0),
                None => draft,
            };
            touchpoint::record(tx, draft)
        })
        .await?;
    let to = match outcome.ticket {
        Some(ticket) => format!("/desk/tickets/{ticket}"),
        None => "/desk/quarantine".to_owned(),
    };
    Ok(Done::to(to).saying("done-mail-admitted").into_response())
}

/// POST /desk/quarantine/{id}/discard: it is put aside; the record and the raw mail stay.
async fn create_discard(agent: Agent, State(app): State<App>, Path(id): Path<MailId>) -> Result {
    let (by, now) = (agent.person, app.clock.now());
    app.db
        .write(move |tx| {
            let mail = store::find(tx, id)?.ok_or(Error::NotFound)?;
            if mail.decision != Decision::Quarantined {
                return Err(Error::Conflict);
            }
            let verdict = Verdict::new(Decision::Discarded, mail.why, None);
            store::decide(tx, id, &verdict, mail.error.as_deref(), now)?;
            store::set_decided_by(tx, id, by)?;
            let detail = json!({ "mail": id, "why": mail.why, "by": by });
            touchpoint::record(tx, draft(&kinds::DISCARDED, now, detail))?;
            Ok(())
        })
        .await?;
    Ok(Done::to("/desk/quarantine").saying("done-mail-discarded").into_response())
}

fn draft(kind: &'static Kind, now: base::clock::Moment, detail: serde_json::Value) -> Draft {
    Draft::of(kind, now, Channel::Email).detail(detail)
}

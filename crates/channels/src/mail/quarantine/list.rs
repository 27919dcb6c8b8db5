//! What is held back, left out or put aside; several of them at once.

use std::time::{Duration, Instant};

use askama::Template;
use axum::Extension;
use axum::extract::State;
use axum::response::{Html, IntoResponse};
use axum_extra::extract::Query;
use serde::Deserialize;
use web::App;
use web::actor::Agent;
use web::error::{Error, Result};
use web::form::{Done, Input};
use web::page::{Page, Section, ui};

use super::super::MailId;
use super::super::mailroom::Mailroom;
use super::super::model::{Decision, Mail, Why};
use super::super::receive::{self, Again};
use super::{LATEST, LINES, act, size, store};

/// As many mails can be chosen at once.
const AT_ONCE: usize = 200;
/// For so long they are tried while somebody waits for the answer; the others stay where they are.
const PATIENCE: Duration = Duration::from_secs(20);

#[derive(Deserialize)]
pub(super) struct Place {
    #[serde(default)]
    view: String,
    #[serde(default)]
    why: String,
    before: Option<i64>,
}

const VIEWS: [(&str, Decision); 3] =
    [("waiting", Decision::Quarantined), ("dropped", Decision::Dropped), ("discarded", Decision::Discarded)];

#[derive(Template)]
#[template(path = "mail/quarantine/index.html")]
struct Index {
    page: Page,
    view: &'static str,
    why: Option<Why>,
    /// How many are held back, by reason.
    reasons: Vec<(Why, i64)>,
    mails: Vec<Mail>,
    first: bool,
    more: bool,
}

impl Index {
    fn waiting(&self) -> i64 {
        self.reasons.iter().map(|(_, count)| count).sum()
    }

    /// Back to the newest: pages are told apart by where they begin, and nothing is left out when more comes.
    fn newer(&self) -> Option<String> {
        (!self.first).then(|| self.at(self.why, None))
    }

    fn older(&self) -> Option<String> {
        self.mails.last().filter(|_| self.more).map(|mail| self.at(self.why, Some(mail.id)))
    }

    fn at(&self, why: Option<Why>, before: Option<MailId>) -> String {
        let why = why.map(|why| format!("&why={why}")).unwrap_or_default();
        let before = before.map(|id| format!("&before={id}")).unwrap_or_default();
        format!("/desk/quarantine?view={}{why}{before}", self.view)
    }

    fn is_chosen(&self, why: &Why) -> bool {
        self.why == Some(*why)
    }

    fn filters(&self) -> bool {
        self.view == "waiting" && (self.reasons.len() > 1 || self.why.is_some())
    }

    /// Whether something on this page can be tried again.
    fn can_be_tried(&self) -> bool {
        self.mails.iter().any(|mail| !matches!(mail.why, Why::TooLarge | Why::Unfetchable))
    }

    fn size(&self, mail: &Mail) -> String {
        size(&self.page, mail.bytes)
    }

    fn subject(&self, mail: &Mail) -> String {
        if mail.subject.is_empty() { self.page.t("mail-no-subject") } else { mail.subject.clone() }
    }

    fn none_key(&self) -> String {
        format!("mails-none-{}", self.view)
    }

    fn views() -> impl Iterator<Item = &'static str> {
        VIEWS.iter().map(|(name, _)| *name)
    }
}

/// GET /desk/quarantine
pub(super) async fn index(agent: Agent, State(app): State<App>, Query(place): Query<Place>) -> Result {
    let (view, decision) = *VIEWS.iter().find(|(name, _)| *name == place.view).unwrap_or(&VIEWS[0]);
    let why = Why::parse(&place.why).filter(|_| view == "waiting");
    let before = place.before.map_or(LATEST, MailId);
    let (mut mails, reasons) = app
        .db
        .read(move |tx| {
            let mails = store::list(tx, decision, why, before, LINES as i64 + 1)?;
            Ok::<_, Error>((mails, store::waiting(tx)?))
        })
        .await?;
    let more = mails.len() > LINES;
    mails.truncate(LINES);
    let page = agent.visit.page(&app, &agent.visit.words.t("quarantine"), Section::Desk);
    let first = before == LATEST;
    Ok(Html(Index { page, view, why, reasons, mails, first, more }.render()?).into_response())
}

/// The mails that were chosen, or those of one reason.
async fn chosen(app: &App, input: &Input) -> Result<Vec<MailId>> {
    if let Some(why) = Why::parse(input.get("all")) {
        let all = app.db.read(move |tx| store::list(tx, Decision::Quarantined, Some(why), LATEST, AT_ONCE as i64));
        return Ok(all.await?.into_iter().map(|mail| mail.id).collect());
    }
    Ok(input.all("mail").filter_map(|id| id.parse().ok()).take(AT_ONCE).collect())
}

/// POST /desk/quarantine/admissions: those chosen are taken in again, as if they came now.
pub(super) async fn create_admissions(
    agent: Agent,
    State(app): State<App>,
    Extension(room): Extension<Mailroom>,
    input: Input,
) -> Result {
    let ids = chosen(&app, &input).await?;
    let (begun, mut all) = (Instant::now(), true);
    for id in &ids {
        if begun.elapsed() > PATIENCE {
            all = false;
            break;
        }
        match receive::receive_again(&app, &room, Again { mail: *id, by: Some(agent.person) }).await {
            Ok(outcome) => all &= outcome.decision != Decision::Quarantined,
            // Somebody else was quicker, or it is not whole.
            Err(Error::Conflict | Error::NotFound) => all = false,
            Err(error) => return Err(error),
        }
    }
    let said = match (ids.is_empty(), all) {
        (true, _) => "done-mails-none-chosen",
        (false, true) => "done-mails-admitted",
        (false, false) => "done-mails-some",
    };
    Ok(Done::to("/desk/quarantine").saying(said).into_response())
}

/// POST /desk/quarantine/discards: those chosen are put aside.
pub(super) async fn create_discards(agent: Agent, State(app): State<App>, input: Input) -> Result {
    let ids = chosen(&app, &input).await?;
    let (by, now, words) = (agent.person, app.clock.now(), act::words_of(&input));
    let said = if ids.is_empty() { "done-mails-none-chosen" } else { "done-mail-discarded" };
    app.db
        .write(move |tx| {
            for id in &ids {
                // Somebody else was quicker: then it is as they left it.
                match act::discard(tx, *id, by, &words, now) {
                    Err(Error::Conflict | Error::NotFound) => {}
                    other => other?,
                }
            }
            Ok::<_, Error>(())
        })
        .await?;
    Ok(Done::to("/desk/quarantine").saying(said).into_response())
}

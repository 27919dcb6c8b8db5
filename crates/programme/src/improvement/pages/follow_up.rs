//! One follow-up: what the person said, what was done about it, and what can be.

use askama::Template;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{Html, IntoResponse};
use ledger::person::address_of;
use web::App;
use web::actor::Stakeholder;
use web::error::{Error, Result};
use web::form::{Errors, Input};
use web::page::ui::{self, Opt};
use web::page::{Page, Section};

use crate::improvement::follow_up::{FollowUp, Standing};
use crate::improvement::store::{self, Note};
use crate::improvement::{FollowUpId, State as Step, can};

/// Everything that stands on the page.
#[derive(Debug, Clone)]
pub(in crate::improvement) struct Whole {
    pub(in crate::improvement) follow_up: FollowUp,
    pub(in crate::improvement) name: String,
    pub(in crate::improvement) owner: Option<String>,
    pub(in crate::improvement) address: Option<String>,
    pub(in crate::improvement) notes: Vec<Note>,
    /// What it became part of: id and title.
    pub(in crate::improvement) improvement: Option<(String, String)>,
    /// What it can become part of.
    pub(in crate::improvement) choices: Vec<(String, String)>,
}

#[derive(Template)]
#[template(path = "improvement/pages/follow_up.html")]
pub(in crate::improvement) struct Show {
    pub(in crate::improvement) page: Page,
    pub(in crate::improvement) whole: Whole,
    pub(in crate::improvement) input: Input,
    pub(in crate::improvement) errors: Errors,
    pub(in crate::improvement) may_take: bool,
    pub(in crate::improvement) may_work: bool,
}

impl Show {
    fn base(&self) -> String {
        format!("/programme/follow-ups/{}", self.whole.follow_up.id)
    }

    fn improvements(&self) -> Vec<Opt> {
        let new = Opt::new("", self.page.t("followup-join-new"));
        let known = self.whole.choices.iter().map(|(id, title)| Opt::new(id, title));
        std::iter::once(new).chain(known).collect()
    }

    /// The desk's page of what the answer was about.
    fn object_path(&self) -> Option<String> {
        let (kind, id) = self.whole.follow_up.object.as_ref()?;
        (kind == "ticket").then(|| format!("/desk/tickets/{id}"))
    }
}

/// The tone of a standing's chip.
#[expect(clippy::trivially_copy_pass_by_ref, reason = "templates pass fields by reference")]
pub(super) fn tone(state: &Standing) -> &'static str {
    match state {
        Standing::Open => "new",
        Standing::Contacted => "waiting",
        Standing::Closed => "solved",
    }
}

/// GET /programme/follow-ups/{id}
pub(super) async fn show(reader: Stakeholder, State(app): State<App>, Path(id): Path<FollowUpId>) -> Result {
    draw(&app, &reader, id, Input::default(), Errors::default()).await
}

/// The page, again with what was typed when something is wrong with it.
pub(super) async fn draw(app: &App, reader: &Stakeholder, id: FollowUpId, input: Input, errors: Errors) -> Result {
    if !can::see_names(reader) {
        return Err(Error::Forbidden);
    }
    let whole = app
        .db
        .read(move |tx| {
            let follow_up = store::find_follow_up(tx, id)?.ok_or(Error::NotFound)?;
            let open = [Step::Proposed, Step::Planned, Step::Doing, Step::Done, Step::Told];
            let lines = store::lines(tx, &open, 200, 1)?;
            let improvement = match follow_up.improvement {
                Some(id) => store::root_of(tx, id)?.map(|found| (found.id.to_string(), found.title)),
                None => None,
            };
            let name = ledger::person::find(tx, follow_up.person)?.map(|person| person.name).unwrap_or_default();
            let owner = match follow_up.owner {
                Some(owner) => ledger::person::find(tx, owner)?.map(|person| person.name),
                None => None,
            };
            Ok::<_, Error>(Whole {
                name,
                owner,
                address: address_of(tx, follow_up.person)?,
                notes: store::notes(tx, id)?,
                improvement,
                choices: lines
                    .into_iter()
                    .map(|line| (line.improvement.id.to_string(), line.improvement.title))
                    .collect(),
                follow_up,
            })
        })
        .await?;
    let title = reader.visit.words.t1("followup-title", "name", whole.name.clone());
    let page = reader.visit.page(app, &title, Section::Programme);
    let owner = whole.follow_up.owner;
    let (may_take, may_work) = (can::take_over(reader, owner), can::look_after(reader, owner));
    let status = if errors.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    let html = Show { page, whole, input, errors, may_take, may_work }.render()?;
    Ok((status, Html(html)).into_response())
}

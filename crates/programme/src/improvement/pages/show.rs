//! One improvement: as people said it, what we will do or did, who asked, who was told.

use askama::Template;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{Html, IntoResponse};
use ledger::person::PersonId;
use web::App;
use web::actor::{Actor, Stakeholder};
use web::error::{Error, Result};
use web::form::{Check, Done, Errors, Input};
use web::page::ui::{self, Opt};
use web::page::{Page, Section};

use super::Smallest;
use crate::improvement::model::{Improvement, State as Step};
use crate::improvement::store::{self, Change, Raiser};
use crate::improvement::tell::{tell_rest, told_in_person};
use crate::improvement::{ImprovementId, can, work};

/// Everything that stands on the page.
#[derive(Debug, Clone)]
pub(in crate::improvement) struct Whole {
    pub(in crate::improvement) improvement: Improvement,
    pub(in crate::improvement) raisers: Vec<Raiser>,
    pub(in crate::improvement) changes: Vec<Change>,
    pub(in crate::improvement) duplicates: Vec<Improvement>,
    /// How many said whether it helped, and how many that it did, in whole groups of k.
    pub(in crate::improvement) judged: (i64, i64),
    pub(in crate::improvement) owners: Vec<(PersonId, String)>,
    /// What this one could be a duplicate of.
    pub(in crate::improvement) others: Vec<(ImprovementId, String)>,
}

#[derive(Template)]
#[template(path = "improvement/pages/show.html")]
pub(in crate::improvement) struct Show {
    pub(in crate::improvement) page: Page,
    pub(in crate::improvement) whole: Whole,
    pub(in crate::improvement) input: Input,
    pub(in crate::improvement) errors: Errors,
    pub(in crate::improvement) sees_names: bool,
    pub(in crate::improvement) decides: bool,
    pub(in crate::improvement) k: u32,
}

impl Show {
    fn base(&self) -> String {
        format!("/programme/improvements/{}", self.whole.improvement.id)
    }

    fn owner(&self) -> Option<&str> {
        let owner = self.whole.improvement.owner?;
        self.whole.owners.iter().find(|(id, _)| *id == owner).map(|(_, name)| name.as_str())
    }

    fn owners(&self) -> Vec<Opt> {
        let nobody = Opt::new("", self.page.t("followup-nobody"));
        std::iter::once(nobody).chain(self.whole.owners.iter().map(|(id, name)| Opt::new(id, name))).collect()
    }

    /// What the field shows: as typed, or as it is.
    fn value(&self, field: &str) -> String {
        let typed = self.input.get(field);
        let improvement = &self.whole.improvement;
        match field {
            _ if !typed.is_empty() || !self.errors.is_empty() => typed.to_owned(),
            "title" => improvement.title.clone(),
            "plan" => improvement.plan.clone(),
            "owner" => improvement.owner.map(|owner| owner.to_string()).unwrap_or_default(),
            _ => String::new(),
        }
    }

    fn others(&self) -> Vec<Opt> {
        let blank = Opt::new("", self.page.t("improvement-merge-choose"));
        std::iter::once(blank).chain(self.whole.others.iter().map(|(id, title)| Opt::new(id, title))).collect()
    }

    /// The states that follow without telling anybody, and those that end it.
    fn steps(&self, over: bool) -> Vec<Step> {
        self.whole.improvement.next().into_iter().filter(|step| step.is_over() == over).collect()
    }

    fn endings(&self) -> Vec<Opt> {
        let label = |step: &Step| self.page.t(format!("improvement-go-{step}"));
        self.steps(true).iter().map(|step| Opt::new(step, label(step))).collect()
    }

    /// What a step of the history says.
    fn sentence(&self, change: &Change) -> String {
        self.page.t(format!("improvement-was-{}", change.what))
    }

    /// The words of then, and whose they were.
    fn detail(change: &Change) -> Option<String> {
        let by = change.by.as_deref().unwrap_or_default();
        let both = [by, change.words.as_str()].into_iter().filter(|part| !part.is_empty());
        Some(both.collect::<Vec<_>>().join(": ")).filter(|text| !text.is_empty())
    }

    /// A few are known by their number.
    fn tells_how_many(&self) -> bool {
        self.sees_names || self.whole.raisers.len() as u64 >= u64::from(self.k)
    }

    fn told(&self) -> usize {
        self.whole.raisers.iter().filter(|raiser| raiser.told_at.is_some()).count()
    }

    fn untold(&self) -> usize {
        self.whole.raisers.len() - self.told()
    }
}

/// GET /programme/improvements/{id}: a duplicate leads to what it was merged into.
pub(super) async fn show(
    reader: Stakeholder,
    State(app): State<App>,
    k: Smallest,
    Path(id): Path<ImprovementId>,
) -> Result {
    draw(&app, &reader, k, id, Input::default(), Errors::default()).await
}

async fn draw(app: &App, reader: &Stakeholder, k: Smallest, id: ImprovementId, input: Input, errors: Errors) -> Result {
    let whole = app
        .db
        .read(move |tx| {
            let improvement = store::root_of(tx, id)?.ok_or(Error::NotFound)?;
            let lines = store::lines(tx, Step::ALL, 300, k.0)?;
            let others = lines.into_iter().map(|line| (line.improvement.id, line.improvement.title));
            Ok::<_, Error>(Whole {
                raisers: store::raisers(tx, improvement.id)?,
                changes: store::changes(tx, improvement.id)?,
                duplicates: store::duplicates(tx, improvement.id)?,
                owners: store::possible_owners(tx)?,
                judged: store::judged(tx, improvement.id, k.0)?,
                others: others.filter(|(other, _)| *other != improvement.id).collect(),
                improvement,
            })
        })
        .await?;
    if whole.improvement.id != id {
        return Ok(Done::to(format!("/programme/improvements/{}", whole.improvement.id)).into_response());
    }
    let page = reader.visit.page(app, &whole.improvement.title, Section::Programme);
    let (sees_names, decides) = (can::see_names(reader), can::decide(reader, whole.improvement.owner));
    let status = if errors.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    let html = Show { page, whole, input, errors, sees_names, decides, k: k.0 }.render()?;
    Ok((status, Html(html)).into_response())
}

/// The improvement, in the transaction that will change it, for somebody who decides about it.
fn find(tx: &mut base::db::Tx, actor: &Actor, id: ImprovementId) -> Result<Improvement> {
    let improvement = store::find(tx, id)?.ok_or(Error::NotFound)?;
    if can::decide(actor, improvement.owner) { Ok(improvement) } else { Err(Error::Forbidden) }
}

fn back(id: ImprovementId) -> Done {
    Done::to(format!("/programme/improvements/{id}"))
}

/// POST /programme/improvements/{id}: title, plan and owner.
pub(super) async fn update(
    reader: Stakeholder,
    State(app): State<App>,
    k: Smallest,
    Path(id): Path<ImprovementId>,
    input: Input,
) -> Result {
    let mut check = Check::of(&input);
    let (title, plan) = (check.required("title", 200), check.optional("plan", 5_000));
    let owner = check.choice("owner", |id| id.parse::<PersonId>().ok());
    if let Err(errors) = check.finish(()) {
        return draw(&app, &reader, k, id, input, errors).await;
    }
    let (actor, now) = (reader.actor, app.clock.now());
    app.db
        .write(move |tx| {
            let improvement = find(tx, &actor, id)?;
            let can_own = |owner: &PersonId| improvement.owner == Some(*owner);
            if let Some(owner) = owner.filter(|owner| !can_own(owner))
                && !store::possible_owners(tx)?.iter().any(|(id, _)| *id == owner)
            {
                return Err(Error::Conflict);
            }
            let (title, plan) = (title.clone(), plan.clone());
            let changed = Improvement { title, plan, owner, changed_at: now, ..improvement };
            Ok::<_, Error>(store::update(tx, &changed)?)
        })
        .await?;
    Ok(back(id).saying("done-improvement-saved").into_response())
}

/// POST /programme/improvements/{id}/state: `state`, and for done and declined `outcome`, which everybody who asked is
/// told in the same transaction.
pub(super) async fn update_state(
    reader: Stakeholder,
    State(app): State<App>,
    k: Smallest,
    Path(id): Path<ImprovementId>,
    input: Input,
) -> Result {
    let mut check = Check::of(&input);
    let next = check.required_choice("state", |word| Step::parse(word).filter(|step| *step != Step::Told));
    let over = next.is_some_and(Step::is_over);
    let outcome = if over { check.required("outcome", 5_000) } else { String::new() };
    let next = match check.finish(next) {
        Ok(Some(next)) => next,
        Ok(None) => return Err(Error::Conflict),
        Err(errors) => return draw(&app, &reader, k, id, input, errors).await,
    };
    let (actor, voice, now) = (reader.actor, app.voice(), app.clock.now());
    app.db
        .write(move |tx| {
            let improvement = find(tx, &actor, id)?;
            work::go(tx, &voice, improvement, next, &outcome, actor.person, now)
        })
        .await?;
    Ok(back(id).saying(if over { "done-improvement-told" } else { "done-improvement-saved" }).into_response())
}

/// POST /programme/improvements/{id}/merge: this one is a duplicate of `into`, which then carries its people.
pub(super) async fn create_merge(
    reader: Stakeholder,
    State(app): State<App>,
    k: Smallest,
    Path(id): Path<ImprovementId>,
    input: Input,
) -> Result {
    let mut check = Check::of(&input);
    let into = check.required_choice("into", |id| id.parse::<ImprovementId>().ok());
    let into = match check.finish(into) {
        Ok(Some(into)) => into,
        Ok(None) => return Err(Error::Conflict),
        Err(errors) => return draw(&app, &reader, k, id, input, errors).await,
    };
    let (actor, voice, now) = (reader.actor, app.voice(), app.clock.now());
    let root = app
        .db
        .write(move |tx| {
            let improvement = find(tx, &actor, id)?;
            work::merge(tx, &voice, improvement, into, actor.person, now)
        })
        .await?;
    Ok(back(root.id).saying("done-improvement-merged").into_response())
}

/// POST /programme/improvements/{id}/tellings: tries those again whom no letter reached; with `in_person=yes`, somebody
/// told them.
pub(super) async fn create_tellings(
    reader: Stakeholder,
    State(app): State<App>,
    Path(id): Path<ImprovementId>,
    input: Input,
) -> Result {
    let in_person = input.get("in_person") == "yes";
    let (actor, voice, now) = (reader.actor, app.voice(), app.clock.now());
    app.db
        .write(move |tx| {
            let improvement = find(tx, &actor, id)?;
            let improvement = tell_rest(tx, &voice, improvement, now)?;
            if in_person {
                told_in_person(tx, improvement, now)?;
            }
            Ok::<_, Error>(())
        })
        .await?;
    Ok(back(id).saying("done-improvement-saved").into_response())
}

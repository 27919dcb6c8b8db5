//! One person's journey: for those who work with them, for themselves, and as a part of other pages.

use std::collections::BTreeMap;

use askama::Template;
use axum::extract::{Path, State};
use axum::response::{Html, IntoResponse, Redirect};
use axum_extra::extract::Query;
use base::clock::Moment;
use ledger::person::{self, Attributes, Person, PersonId};
use ledger::touchpoint::{self, Touchpoint};
use serde::Deserialize;
use web::App;
use web::actor::{Customer, Stakeholder};
use web::error::{Error, Result};
use web::page::{Page, Section, ui};

use super::can;
use super::store::{self, Matter};
use super::told::{self, Month, Reader};

/// Touchpoints on a page.
const LINES: i64 = 60;
/// Touchpoints on a panel.
const FEW: i64 = 5;
/// Dots on a ribbon.
const DOTS: i64 = 12;
/// What is shown beside the timeline of what was said and what came of it.
const SAID: i64 = 6;

/// Where on a timeline one is.
#[derive(Deserialize, Default)]
pub(super) struct Place {
    /// Only what was before this, UTC milliseconds; from the newest on when it is no number.
    #[serde(default)]
    before: String,
}

impl Place {
    fn before(&self, now: Moment) -> Moment {
        self.before.parse().map_or(Moment(now.0.saturating_add(1)), Moment)
    }
}

/// A person and a page of their journey.
struct Whole {
    person: Person,
    attributes: Attributes,
    lines: Vec<Touchpoint>,
    next: Option<Moment>,
    recent: Vec<Touchpoint>,
    said: Vec<Touchpoint>,
    matters: BTreeMap<i64, Matter>,
}

impl Whole {
    /// Reads what `id` stands for; nothing when nobody has it. `all` with what the person does not see.
    async fn read(app: &App, id: PersonId, before: Moment, all: bool, limit: i64) -> Result<Self> {
        let now = app.clock.now().plus(1);
        app.db
            .read(move |tx| {
                let person = person::find(tx, id)?.ok_or(Error::NotFound)?;
                let (lines, next) = store::page(tx, id, before, all, limit)?;
                let recent = touchpoint::of_person(tx, id, now, false, DOTS)?;
                let said = store::said_and_told(tx, id, SAID)?;
                let matters = store::matters(tx, &told::tickets(&[lines.as_slice(), said.as_slice()].concat()))?;
                let attributes = person::attributes_at(tx, person.id, person.version)?;
                Ok(Self { person, attributes, lines, next, recent, said, matters })
            })
            .await
    }
}

#[derive(Template)]
#[template(path = "journey/timeline.html")]
struct Timeline {
    page: Page,
    name: String,
    mine: bool,
    mood: u8,
    facts: Vec<(String, String)>,
    dots: Vec<ui::Dot>,
    months: Vec<Month>,
    said: Vec<ui::Event>,
    has_unseen: bool,
    newer: Option<String>,
    older: Option<String>,
}

impl Timeline {
    fn of(page: Page, whole: Whole, reader: Reader, base: &str, place: &Place) -> Self {
        let dots = told::dots(&whole.recent);
        let event = |touchpoint: &Touchpoint| told::event(&page, touchpoint, &whole.matters, reader);
        Self {
            name: whole.person.name,
            mine: reader == Reader::Themself,
            mood: told::mood(&dots),
            facts: whole.attributes.into_iter().collect(),
            months: told::months(&page, &whole.lines, &whole.matters, reader),
            said: whole.said.iter().map(event).collect(),
            has_unseen: whole.lines.iter().any(|touchpoint| !touchpoint.visible),
            newer: (!place.before.is_empty()).then(|| base.to_owned()),
            older: whole.next.map(|next| format!("{base}?before={}", next.0)),
            dots,
            page,
        }
    }
}

/// Who is meant by an id in a path; whatever is no id belongs to nobody.
fn person_of(raw: &str) -> Result<PersonId> {
    raw.parse().map_err(|_| Error::NotFound)
}

/// GET /programme/people/{id}
pub(super) async fn show(
    reader: Stakeholder,
    State(app): State<App>,
    Path(id): Path<String>,
    Query(place): Query<Place>,
) -> Result {
    if !can::see(reader.roles) {
        return Err(Error::Forbidden);
    }
    let id = person_of(&id)?;
    let whole = Whole::read(&app, id, place.before(app.clock.now()), true, LINES).await?;
    let base = format!("/programme/people/{}", whole.person.canonical);
    if whole.person.canonical != id {
        return Ok(Redirect::to(&base).into_response());
    }
    let page = reader.visit.page(&app, &whole.person.name, Section::Programme);
    let timeline = Timeline::of(page, whole, Reader::Staff(reader.roles), &base, &place);
    Ok(Html(timeline.render()?).into_response())
}

/// GET /journey: the same about oneself, without what the desk says among itself.
pub(super) async fn mine(customer: Customer, State(app): State<App>, Query(place): Query<Place>) -> Result {
    let whole = Whole::read(&app, customer.person, place.before(app.clock.now()), false, LINES).await?;
    let page = customer.visit.page(&app, &customer.visit.words.t("my-journey"), Section::Portal);
    let timeline = Timeline::of(page, whole, Reader::Themself, "/journey", &place);
    Ok(Html(timeline.render()?).into_response())
}

/// Whose panel.
#[derive(Deserialize, Default)]
pub(super) struct Whose {
    #[serde(default)]
    person: String,
}

#[derive(Template)]
#[template(path = "journey/panel.html")]
struct Panel {
    page: Page,
    dots: Vec<ui::Dot>,
    events: Vec<ui::Event>,
    more: String,
}

/// GET /journeys/panel?person=ID: ribbon and last contacts, as a part of another page.
pub(super) async fn panel(reader: Stakeholder, State(app): State<App>, Query(whose): Query<Whose>) -> Result {
    if !can::see(reader.roles) {
        return Err(Error::Forbidden);
    }
    let id = person_of(&whose.person)?;
    let now = app.clock.now().plus(1);
    let whole = Whole::read(&app, id, now, false, FEW).await?;
    let page = reader.visit.page(&app, &whole.person.name, Section::Programme);
    let staff = Reader::Staff(reader.roles);
    let events = whole.lines.iter().map(|line| told::event(&page, line, &whole.matters, staff)).collect();
    let more = format!("/programme/people/{}", whole.person.canonical);
    Ok(Html(Panel { page, dots: told::dots(&whole.recent), events, more }.render()?).into_response())
}

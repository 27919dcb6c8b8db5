//! The inbox: views of what there is to do, and search.

use std::collections::HashMap;

use askama::Template;
use axum::extract::State;
use axum::response::{Html, IntoResponse};
use axum_extra::extract::Query;
use base::index::{Hit, Query as Words, Reader};
use ledger::person::PersonId;
use serde::Deserialize;
use web::App;
use web::actor::Agent;
use web::error::{Error, Result};
use web::page::{Page, Section, ui};

use crate::ticket::desk;
use crate::ticket::model::number_of;
use crate::ticket::store::{self, Line, View};

/// Lines on a page of the list.
pub(super) const LINES: i64 = 40;

/// A view and where in it one is; kept in links so that the list stays as it was beside an open ticket.
#[derive(Debug, Clone, Deserialize, Default)]
pub(super) struct Place {
    #[serde(default)]
    pub view: String,
    #[serde(default)]
    pub skip: i64,
    /// The ticket that is open beside the list, when only the list is asked for.
    #[serde(default)]
    pub current: i64,
}

const VIEWS: [&str; 5] = ["mine", "nobodys", "longest", "feels-bad", "sorted"];
/// The icons of the views, in the same order.
const ICONS: [&str; 5] = ["person", "inbox", "clock", "heart", "done"];

impl Place {
    /// The name of the view; an agent's own tickets when none is named.
    pub(super) fn name(&self) -> &'static str {
        VIEWS.into_iter().find(|name| *name == self.view).unwrap_or("mine")
    }

    fn view(&self, me: PersonId) -> View {
        match self.name() {
            "nobodys" => View::Nobodys,
            "longest" => View::Longest,
            "feels-bad" => View::FeelsBad,
            "sorted" => View::Sorted,
            _ => View::Mine(me),
        }
    }

    fn skip(&self) -> i64 {
        self.skip.clamp(0, 1_000_000)
    }

    /// The query that leads back here.
    pub(super) fn query(&self) -> String {
        match self.skip() {
            0 => format!("?view={}", self.name()),
            skip => format!("?view={}&skip={skip}", self.name()),
        }
    }
}

/// The list beside a ticket, and alone on the inbox.
#[derive(Template)]
#[template(path = "ticket/desk/list.html")]
pub(super) struct List {
    pub page: Page,
    pub place: Place,
    pub lines: Vec<Line>,
    pub counts: [i64; 4],
    pub more: bool,
    /// The ticket that is open beside the list.
    pub current: i64,
}

impl List {
    /// No list: for when only a ticket's conversation is asked for.
    pub(super) fn none(page: Page, place: Place) -> Self {
        Self { page, place, lines: Vec::new(), counts: [0; 4], more: false, current: 0 }
    }

    pub(super) async fn read(app: &App, page: Page, me: PersonId, place: Place, current: i64) -> Result<Self> {
        let (view, skip) = (place.view(me), place.skip());
        let (mut lines, counts) = app
            .db
            .read(move |tx| Ok::<_, Error>((store::list(tx, view, skip, LINES + 1)?, store::counts(tx, me)?)))
            .await?;
        let more = lines.len() as i64 > LINES;
        lines.truncate(LINES as usize);
        Ok(Self { page, place, lines, counts, more, current })
    }

    /// The page with the views in its side, each with how much is in it.
    pub(super) fn with_views(&self, mut page: Page) -> Page {
        let views = VIEWS.into_iter().enumerate().map(|(index, name)| web::page::Place {
            href: format!("/desk?view={name}"),
            label: page.t(format!("view-{name}")),
            icon: ICONS[index],
            count: self.counts.get(index).copied(),
            current: name == self.place.name(),
        });
        let others = page.places.iter().filter(|place| place.href != "/desk").cloned();
        page.places = views.chain(others).collect();
        page
    }

    fn title_key(&self) -> String {
        format!("view-{}-title", self.place.name())
    }

    fn newer(&self) -> Option<String> {
        let skip = self.place.skip();
        (skip > 0).then(|| format!("/desk?view={}&skip={}", self.place.name(), (skip - LINES).max(0)))
    }

    fn older(&self) -> Option<String> {
        self.more.then(|| format!("/desk?view={}&skip={}", self.place.name(), self.place.skip() + LINES))
    }

    fn empty_key(&self) -> String {
        format!("inbox-empty-{}", self.place.name())
    }
}

#[derive(Template)]
#[template(path = "ticket/desk/index.html")]
struct Index {
    page: Page,
    list: List,
}

/// GET /desk
pub(super) async fn index(agent: Agent, State(app): State<App>, Query(place): Query<Place>) -> Result {
    let page = agent.visit.page(&app, &agent.visit.words.t("inbox"), Section::Desk);
    let current = place.current;
    let list = List::read(&app, page.clone(), agent.person, place, current).await?;
    let page = list.with_views(page);
    let html = if agent.visit.is_part { list.render()? } else { Index { page, list }.render()? };
    Ok(Html(html).into_response())
}

#[derive(Deserialize)]
pub(super) struct Asked {
    #[serde(default)]
    q: String,
    #[serde(default)]
    skip: usize,
}

#[derive(Template)]
#[template(path = "ticket/desk/search.html")]
struct Search {
    page: Page,
    q: String,
    lines: Vec<(Line, Hit)>,
    total: usize,
    skip: usize,
}

impl Search {
    fn newer(&self) -> Option<String> {
        (self.skip > 0).then(|| self.at(self.skip.saturating_sub(LINES as usize)))
    }

    fn older(&self) -> Option<String> {
        let next = self.skip + LINES as usize;
        (next < self.total).then(|| self.at(next))
    }

    fn at(&self, skip: usize) -> String {
        format!("/desk/search?q={}&skip={skip}", web::form::url_encoded(&self.q))
    }
}

/// GET /desk/search: a number leads straight to its ticket.
pub(super) async fn search(agent: Agent, State(app): State<App>, Query(asked): Query<Asked>) -> Result {
    let q: String = asked.q.trim().chars().take(300).collect();
    if let Some(number) = number_of(&q)
        && let Some(ticket) = app.db.read(move |tx| store::find_by_number(tx, number)).await?
    {
        return Ok(axum::response::Redirect::to(&format!("/desk/tickets/{}", ticket.id)).into_response());
    }
    let (skip, limit) = (asked.skip.min(10_000), LINES as usize);
    let query = Words {
        words: q.clone(),
        kind: Some("ticket".to_owned()),
        tag: None,
        reader: Reader::Desk,
        now: app.clock.now(),
        limit,
        offset: skip,
    };
    let found = app.search(query).await?;
    let ids: Vec<i64> = found.hits.iter().map(|hit| hit.id).collect();
    let lines = app.db.read(move |tx| store::list_of(tx, &ids)).await?;
    let mut hits: HashMap<i64, Hit> = found.hits.into_iter().map(|hit| (hit.id, hit)).collect();
    let lines = lines.into_iter().filter_map(|line| hits.remove(&line.ticket.id.0).map(|hit| (line, hit))).collect();
    let page = agent.visit.page(&app, &agent.visit.words.t("search"), Section::Desk);
    Ok(Html(Search { page, q, lines, total: found.total, skip }.render()?).into_response())
}

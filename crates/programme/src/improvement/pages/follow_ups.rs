//! What waits for an answer from us.

use askama::Template;
use axum::extract::State;
use axum::response::{Html, IntoResponse};
use axum_extra::extract::Query;
use serde::Deserialize;
use web::App;
use web::actor::Stakeholder;
use web::error::{Error, Result};
use web::page::{Page, Section, ui};

use super::follow_up;
use crate::improvement::can;
use crate::improvement::follow_up::Standing;
use crate::improvement::store::{self, FollowUpLine, View};

const PER_PAGE: i64 = 50;

/// Which list, and from which line on.
#[derive(Debug, Clone, Default, Deserialize)]
pub(in crate::improvement) struct Place {
    #[serde(default)]
    pub(in crate::improvement) view: String,
    #[serde(default)]
    pub(in crate::improvement) skip: i64,
}

#[derive(Template)]
#[template(path = "improvement/pages/follow_ups.html")]
pub(in crate::improvement) struct Index {
    pub(in crate::improvement) page: Page,
    pub(in crate::improvement) place: Place,
    pub(in crate::improvement) lines: Vec<FollowUpLine>,
    /// All that wait, and those of the reader.
    pub(in crate::improvement) open: (i64, i64),
    pub(in crate::improvement) has_more: bool,
}

impl Index {
    /// The lists, each with how many wait there.
    fn views(&self) -> [(&'static str, Option<i64>); 3] {
        [("waiting", Some(self.open.0)), ("mine", Some(self.open.1)), ("over", None)]
    }

    fn view(&self) -> &str {
        match self.place.view.as_str() {
            view @ ("mine" | "over") => view,
            _ => "waiting",
        }
    }

    fn newer(&self) -> Option<String> {
        let skip = (self.place.skip - PER_PAGE).max(0);
        (self.place.skip > 0).then(|| format!("?view={}&skip={skip}", self.view()))
    }

    fn older(&self) -> Option<String> {
        self.has_more.then(|| format!("?view={}&skip={}", self.view(), self.place.skip + PER_PAGE))
    }
}

/// GET /programme/follow-ups
pub(super) async fn index(reader: Stakeholder, State(app): State<App>, Query(place): Query<Place>) -> Result {
    if !can::see_names(&reader) {
        return Err(Error::Forbidden);
    }
    let view = match place.view.as_str() {
        "mine" => View::Mine(reader.person),
        "over" => View::Over,
        _ => View::Waiting,
    };
    let place = Place { skip: place.skip.clamp(0, 1_000_000), ..place };
    let (me, skip) = (reader.person, place.skip);
    let (mut lines, open) = app
        .db
        .read(move |tx| {
            Ok::<_, Error>((store::follow_up_lines(tx, view, skip, PER_PAGE + 1)?, store::count_open(tx, me)?))
        })
        .await?;
    let has_more = lines.len() as i64 > PER_PAGE;
    lines.truncate(PER_PAGE as usize);
    let page = reader.visit.page(&app, &reader.visit.words.t("followups"), Section::Programme);
    Ok(Html(Index { page, place, lines, open, has_more }.render()?).into_response())
}

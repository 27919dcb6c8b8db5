//! GET /programme/measures: every measure, what it asks and how it is computed.

use askama::Template;
use axum::Extension;
use axum::extract::State;
use axum::response::{Html, IntoResponse};
use ledger::measure::{MEASURES, Measure};
use statistics::verdict::Good;
use web::App;
use web::actor::Stakeholder;
use web::error::Result;
use web::page::{Page, Section};

use super::{Source, cards};

#[derive(Template)]
#[template(path = "overview/measures.html")]
pub(super) struct Measures {
    pub page: Page,
    pub k: u64,
    pub all: &'static [Measure],
}

impl Measures {
    fn better(&self, measure: &Measure) -> String {
        self.page.t(match measure.better {
            Some(Good::Higher) => "measure-higher",
            Some(Good::Lower) => "measure-lower",
            None => "measure-neither",
        })
    }

    fn smallest(&self, measure: &Measure) -> String {
        cards::smallest(&self.page, measure)
    }
}

/// GET /programme/measures
pub(super) async fn index(
    stakeholder: Stakeholder,
    State(app): State<App>,
    Extension(source): Extension<Source>,
) -> Result {
    let page = stakeholder.visit.page(&app, &stakeholder.visit.words.t("measures"), Section::Programme);
    Ok(Html(Measures { page, k: source.gate.k(), all: &MEASURES }.render()?).into_response())
}

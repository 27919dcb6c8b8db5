//! GET /programme

use std::sync::Arc;

use askama::Template;
use axum::Extension;
use axum::extract::State;
use axum::response::{Html, IntoResponse};
use axum_extra::extract::Query;
use jiff::tz::TimeZone;
use ledger::measure::{Place, StageFlow};
use ledger::segment::{self, Segment};
use serde::Deserialize;
use web::App;
use web::actor::Stakeholder;
use web::error::{Error, Result};
use web::page::{Page, Section, ui};

use super::kept::Kept;
use super::look::{Look, Span};
use super::river::{Reach, reaches};
use super::{Source, cards};

/// What is asked to be shown.
#[derive(Debug, Clone, Default, Deserialize)]
pub(super) struct Wanted {
    #[serde(default)]
    segment: String,
    #[serde(default)]
    days: String,
}

#[derive(Template)]
#[template(path = "overview/index.html")]
pub(super) struct Index {
    pub page: Page,
    pub look: Arc<Look>,
    pub segments: Vec<Segment>,
    /// The segment that is looked at; empty for everybody.
    pub segment: String,
    pub span: Span,
}

/// One row of what hurts.
struct Hurt {
    place: String,
    contacts: i64,
    satisfied: (String, String),
    displeased: (String, String),
    n: i64,
}

/// Which measures stand with which stage.
const OF_STAGE: [&[&str]; 5] = [
    &["troubled", "around-said", "around-found", "silent", "returned", "search-in-vain"],
    &["notice-read", "warned"],
    &[],
    &[
        "avoided",
        "abandoned",
        "promise-kept",
        "first-answer",
        "resolution",
        "nine-of-ten",
        "slowest-share",
        "need-met",
        "first-contact",
        "repeat-contact",
        "reopened",
        "hand-overs",
        "proper",
        "on-behalf",
        "second-use",
    ],
    &["satisfaction", "effort", "emotion", "lost-time", "first-choice", "response-rate", "told"],
];

/// Kinds of touchpoint that are named with each stage.
const KINDS: usize = 6;

impl Index {
    fn is_empty(&self) -> bool {
        self.look.rows == 0
    }

    fn stages(&self) -> Vec<(&StageFlow, Reach, Vec<ui::Finding>)> {
        let stages = self.look.flow.stages.iter().zip(reaches(&self.look.flow)).zip(OF_STAGE);
        stages.map(|((stage, reach), keys)| (stage, reach, self.cards(keys))).collect()
    }

    fn cards(&self, keys: &[&str]) -> Vec<ui::Finding> {
        let shown = keys.iter().filter_map(|key| self.look.get(key));
        shown.map(|(measure, shown)| cards::card(&self.page, measure, shown)).collect()
    }

    fn changed(&self) -> Vec<ui::Finding> {
        self.look.changed().map(|(measure, shown)| cards::card(&self.page, measure, shown)).collect()
    }

    fn people(&self, stage: &StageFlow) -> String {
        match stage.people {
            Some(people) => self.page.t1("overview-people", "n", people as f64),
            None => self.page.t("overview-few-people"),
        }
    }

    fn kinds(&self, stage: &StageFlow) -> Vec<(String, String)> {
        let said = |(kind, count, _): &(String, u64, u64)| (self.kind(kind), self.page.count(*count));
        stage.kinds.iter().take(KINDS).map(said).collect()
    }

    fn more_kinds(&self, stage: &StageFlow) -> Option<String> {
        let more = stage.kinds.len().saturating_sub(KINDS) + stage.kinds_hidden;
        (more > 0).then(|| self.page.t1("overview-more-kinds", "n", more as f64))
    }

    /// A kind in words: `kind-ticket-opened` where we have a name, else its own.
    fn kind(&self, kind: &str) -> String {
        if let Some(step) = ledger::touchpoint::imported_step(kind) {
            return step.to_owned();
        }
        let key = format!("kind-{}", kind.replace(['.', '_'], "-"));
        if self.page.words.has(&key) { self.page.t(key) } else { kind.to_owned() }
    }

    fn hurts(&self) -> Vec<Hurt> {
        let pains = self.look.pains.iter().take(5);
        pains
            .map(|pain| {
                let (low, high) = pain.satisfaction.interval();
                let displeased = pain.displeased();
                Hurt {
                    place: match &pain.place {
                        Place::Service(name) => name.clone(),
                        Place::Channel(channel) => self.page.t(format!("channel-{channel}")),
                    },
                    contacts: pain.contacts as i64,
                    satisfied: (self.page.share(low), self.page.share(high.unwrap_or(1.0))),
                    displeased: (
                        self.page.count(displeased.0.floor() as i64),
                        self.page.count(displeased.1.ceil() as i64),
                    ),
                    n: pain.satisfaction.n() as i64,
                }
            })
            .collect()
    }

    fn segment_options(&self) -> Vec<ui::Opt> {
        let everybody = ui::Opt::new("", self.page.t("overview-everybody"));
        std::iter::once(everybody).chain(self.segments.iter().map(|own| ui::Opt::new(own.id, &own.name))).collect()
    }

    fn span_options(&self) -> Vec<ui::Opt> {
        Span::ALL
            .iter()
            .map(|span| ui::Opt::new(span.days(), self.page.t1("overview-days", "n", span.days())))
            .collect()
    }

    fn dates(&self) -> (String, String) {
        // Whole weeks, which end at midnight UTC wherever one looks from.
        let date = |at: i64| self.page.words.date(at, &TimeZone::UTC);
        (date(self.look.period.from.0), date(self.look.period.to.0 - 1))
    }
}

/// GET /programme
pub(super) async fn index(
    stakeholder: Stakeholder,
    State(app): State<App>,
    Extension(source): Extension<Source>,
    Extension(kept): Extension<Arc<Kept>>,
    Query(wanted): Query<Wanted>,
) -> Result {
    let segments = app.db.read(|tx| Ok::<_, Error>(segment::list(tx)?)).await?;
    let chosen = segments.iter().find(|own| own.id.to_string() == wanted.segment).map(|own| own.id);
    let segment = chosen.map(|own| own.to_string()).unwrap_or_default();
    let (span, now) = (Span::of_days(&wanted.days), app.clock.now());
    let (view, gate) = (source.projection.view(), source.gate);
    let all = segments.clone();
    let asked = (span, chosen, segments.iter().map(|own| own.id).collect());
    let following = Arc::clone(&source.following);
    let find = move || Look::of(&view, &following, gate, now, span, &all, chosen);
    let look = tokio::task::spawn_blocking(move || kept.look(asked, find));
    let look = look.await.map_err(Error::internal)?;
    let page = stakeholder.visit.page(&app, &stakeholder.visit.words.t("overview"), Section::Programme);
    Ok(Html(Index { page, look, segments, segment, span }.render()?).into_response())
}

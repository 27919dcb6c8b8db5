//! The measured map: how many went which way, and after how long, of our own ledger or of an imported log.

mod chosen;
mod drawn;
mod speech;

use askama::Template;
use axum::extract::State;
use axum::http::header;
use axum::response::{Html, IntoResponse};
use axum_extra::extract::Query;
use ledger::import::{self, Import};
use mining::map::{Direction, Row, rows, svg};
use web::App;
use web::actor::Stakeholder;
use web::error::{Error, Result};
use web::page::{Page, Section, ui};

use super::store;
use chosen::{Chosen, DETAILS, Of, PERIODS, Wish};
use drawn::Drawn;

/// Logs to choose from.
const LOGS: i64 = 100;
/// Rows of the table; the rarest of a log like ServiceNow's would be thousands.
const ROWS: usize = 200;

#[derive(Template)]
#[template(path = "journey/map/show.html")]
struct Show {
    page: Page,
    chosen: Chosen,
    logs: Vec<Import>,
    drawn: Drawn,
    /// The picture for wide screens, and the one for phones.
    wide: String,
    tall: String,
    table: Vec<Row>,
    /// Rows that the table leaves out.
    rest: usize,
    period: Option<(String, String)>,
}

impl Show {
    fn sources(&self) -> Vec<ui::Opt> {
        let mut all = vec![ui::Opt::new("desk", self.page.t("map-of-desk"))];
        all.extend(self.logs.iter().map(|log| ui::Opt::new(log.id, &log.name)));
        all
    }

    fn periods(&self) -> Vec<ui::Opt> {
        PERIODS.iter().map(|days| ui::Opt::new(days, self.page.t(format!("map-period-{days}")))).collect()
    }

    fn details(&self) -> Vec<ui::Opt> {
        DETAILS.iter().map(|detail| ui::Opt::new(detail, self.page.t(format!("map-detail-{detail}")))).collect()
    }

    fn rest_in_words(&self) -> Option<String> {
        (self.rest > 0).then(|| self.page.t1("map-table-rest", "n", self.rest))
    }

    /// A wait of the table in the reader's words.
    fn wait(&self, row: &Row) -> String {
        row.wait_seconds.map(|seconds| self.page.duration((seconds * 1000.0) as i64)).unwrap_or_default()
    }
}

/// Reads what is to be drawn, off the threads that serve.
async fn read(app: &App, reader: &Stakeholder, wish: &Wish) -> Result<(Chosen, Vec<Import>, Drawn)> {
    let logs = app.db.read(|tx| import::list(tx, LOGS)).await?;
    let chosen = wish.chosen(&logs).ok_or(Error::NotFound)?;
    let gathered = drawn::gather(app, &chosen, reader.visit.words.clone()).await?;
    let drawing = tokio::task::spawn_blocking(move || gathered.drawn());
    let drawn = drawing.await.map_err(Error::internal)?;
    Ok((chosen, logs, drawn))
}

/// GET /programme/journeys/map
pub(super) async fn show(reader: Stakeholder, State(app): State<App>, Query(wish): Query<Wish>) -> Result {
    let (chosen, logs, drawn) = read(&app, &reader, &wish).await?;
    let page = reader.visit.page(&app, &reader.visit.words.t("map-title"), Section::Programme);
    let words = speech::words(&page.words, chosen.of == Of::Desk);
    let picture = |direction, id: &str| {
        let options = chosen.options(&words, direction, id, page.t1("map-spoken", "name", name(&page, &chosen)));
        svg(&drawn.flow, &options)
    };
    let (wide, tall) = if drawn.flow.nodes.is_empty() {
        (String::new(), String::new())
    } else {
        (picture(Direction::Right, "map-wide"), picture(Direction::Down, "map-tall"))
    };
    let mut table = rows(&drawn.flow);
    let rest = table.len().saturating_sub(ROWS);
    table.truncate(ROWS);
    let day = |at| page.words.date(at, &page.zone);
    let period = drawn.span.map(|(first, last)| (day(first), day(last)));
    Ok(Html(Show { page, chosen, logs, drawn, wide, tall, table, rest, period }.render()?).into_response())
}

/// GET /programme/journeys/map.svg: the same picture as a file of its own.
pub(super) async fn download(reader: Stakeholder, State(app): State<App>, Query(wish): Query<Wish>) -> Result {
    let (chosen, _, drawn) = read(&app, &reader, &wish).await?;
    let page = reader.visit.page(&app, "", Section::Programme);
    let words = speech::words(&page.words, chosen.of == Of::Desk);
    let name = name(&page, &chosen);
    let mut options = chosen.options(&words, Direction::Right, "map", page.t1("map-spoken", "name", name));
    options.standalone = true;
    if let Some((first, last)) = drawn.span {
        let (first, last) = (page.words.date(first, &page.zone), page.words.date(last, &page.zone));
        options.note = page.t2("map-note", "first", first, "last", last);
    }
    let headers = [
        (header::CONTENT_TYPE, "image/svg+xml"),
        (header::CONTENT_DISPOSITION, "attachment; filename=\"journey.svg\""),
    ];
    Ok((headers, svg(&drawn.flow, &options)).into_response())
}

/// What is drawn, as people call it.
fn name(page: &Page, chosen: &Chosen) -> String {
    match &chosen.of {
        Of::Desk => page.brand.name.clone(),
        Of::Log(log) => log.name.clone(),
    }
}

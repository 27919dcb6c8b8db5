//! Serves the page of all parts on http://127.0.0.1:7399/, for looking at it while changing `front/`; the same in the
//! frame of the portal, in German, stands at /portal.

use axum::Router;
use axum::response::Html;
use axum::routing::get;
use base::text::{Catalogue, Lang};
use std::sync::Arc;
use web::brand::Brand;
use web::page::{ActorView, Page, Place, Section, TEXTS, components};

#[tokio::main]
async fn main() -> std::io::Result<()> {
    let brand = Brand::default();
    let app = Router::new()
        .route("/", get(components::index))
        .route("/portal", get(portal))
        .route("/brand.css", get(async move |headers: axum::http::HeaderMap| web::brand::show(&brand, &headers)))
        .merge(web::asset::routes());
    let listener = tokio::net::TcpListener::bind("127.0.0.1:7399").await?;
    axum::serve(listener, app).await
}

async fn portal() -> Html<String> {
    let words = match Catalogue::new(&[TEXTS]) {
        Ok(catalogue) => catalogue.words(Lang::De),
        Err(error) => return Html(error.to_string()),
    };
    let mut page = Page::new(words, Arc::new(Brand::default()), jiff::tz::TimeZone::UTC, 1_777_982_400_000);
    page.title = page.t("parts-title");
    page.actor = Some(ActorView { name: "Ana López".to_owned(), sections: vec![Section::Portal] });
    let place = |href: &str, label: &str, icon, count, current| Place {
        href: href.to_owned(),
        label: label.to_owned(),
        icon,
        count,
        current,
    };
    page.places = vec![
        place("/portal", "Hilfe", "home", None, true),
        place("#requests", "Meine Anfragen", "inbox", Some(2), false),
        place("#answers", "Antworten", "channel-knowledge", None, false),
    ];
    Html(components::render(page))
}

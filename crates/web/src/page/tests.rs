#![allow(clippy::unwrap_used, reason = "a test ends where something is missing")]

use super::*;
use askama::Template;
use base::text::{Catalogue, Lang};

fn page(lang: Lang) -> Page {
    let words = Catalogue::new(&[TEXTS]).unwrap().words(lang);
    let mut page = Page::new(words, Arc::new(Brand::default()), TimeZone::UTC, 1_777_982_400_000);
    page.title = "A <page>".to_owned();
    page
}

#[derive(Template)]
#[template(
    ext = "html",
    source = r#"{% extends "page/layout.html" %}{% block content %}<p>{{ page.when(at) }}</p>{{ ui::text("subject", page.t("close")).value(typed).error(wrong) }}{% endblock %}"#
)]
struct Sample<'a> {
    page: Page,
    at: i64,
    typed: &'a str,
    wrong: Option<&'a str>,
}

#[test]
fn a_page_speaks_its_language_and_escapes_what_was_typed() {
    let html =
        Sample { page: page(Lang::De), at: 1_777_982_400_000, typed: "\"><script>x</script>", wrong: Some("Zu kurz.") }
            .render()
            .unwrap();
    assert!(html.starts_with("<!doctype html>"));
    assert!(html.contains("<html lang=\"de\">"));
    assert!(html.contains("heute 12:00"), "{html}");
    assert!(html.contains("aria-invalid=\"true\"") && html.contains("aria-describedby=\"subject-error\""), "{html}");
    assert!(!html.contains("<script>x") && html.contains("A &#60;page&#62;"), "{html}");
    assert!(html.contains("/sign-in") && !html.contains("/sign-out"), "a visitor can sign in");
}

#[tokio::test]
async fn the_page_of_all_parts_keeps_to_the_policy() {
    use axum::response::IntoResponse;
    let response = components::index(axum::http::HeaderMap::new()).await.into_response();
    let body = axum::body::to_bytes(response.into_body(), usize::MAX).await.unwrap();
    let html = String::from_utf8(body.to_vec()).unwrap();
    assert!(html.contains("class=\"finding finding-unknown\""), "{html}");
    for forbidden in [" style=", " onclick=", "javascript:", "hx-on", "<script>"] {
        assert!(!html.contains(forbidden), "{forbidden} is outside of the policy");
    }
    let mut ids: Vec<&str> = html.split(" id=\"").skip(1).filter_map(|rest| rest.split('"').next()).collect();
    let all = ids.len();
    ids.sort_unstable();
    ids.dedup();
    assert_eq!(ids.len(), all, "an id stands twice");
}

#[test]
fn a_name_of_any_kind_and_a_number_out_of_range_do_no_harm() {
    let page = page(Lang::En);
    for (elapsed, promised) in [(i64::MIN, Some(0)), (i64::MAX, Some(1)), (0, Some(i64::MAX)), (5, None)] {
        ui::wait(&page, elapsed, promised).to_string();
    }
    assert!(ui::ribbon(&page, &[]).to_string().contains("<svg"));
    let flat = ui::Finding::new("x", 1.0, "1").run(&page, &[1.0, 1.0], 1.0, (1.0, 1.0), Default::default()).to_string();
    assert!(!flat.contains("NaN"), "{flat}");
}

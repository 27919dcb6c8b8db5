//! `/admin/components`: every part with each of its states, in both themes, so that a change is seen everywhere at once
//! and nobody builds a second chip. It needs no database and no session.

use super::ui::{self, Dot, Finding, Opt, Verdict};
use super::{ActorView, Flash, Page, Place, Section, TEXTS};
use crate::brand::Brand;
use askama::Template;
use axum::http::HeaderMap;
use axum::http::header::{ACCEPT_LANGUAGE, CONTENT_SECURITY_POLICY};
use axum::response::{Html, IntoResponse};
use base::text::{Catalogue, Lang};
use jiff::tz::TimeZone;
use std::sync::{Arc, LazyLock};

/// The whole page.
#[derive(Template)]
#[template(path = "page/components.html")]
pub struct Components {
    page: Page,
    options: Vec<Opt>,
    looks: [Look; 2],
}

/// One of the two themes; names of fields end in its code, so that ids stay single.
struct Look {
    theme: &'static str,
    findings: Vec<Finding>,
    ribbon: Vec<Dot>,
}

impl Look {
    fn id(&self, name: &str) -> String {
        format!("{name}-{}", self.theme)
    }
}

const HOUR: i64 = 3_600_000;

/// The texts of this page alone; inside the product the page speaks with the joined catalogue.
static CATALOGUE: LazyLock<Result<Catalogue, base::text::TextError>> = LazyLock::new(|| Catalogue::new(&[TEXTS]));

/// `GET /admin/components`, in the language of the browser.
#[allow(clippy::unused_async, reason = "the router takes async functions")]
pub async fn index(headers: HeaderMap) -> impl IntoResponse {
    let accepted = headers.get(ACCEPT_LANGUAGE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let html = match CATALOGUE.as_ref() {
        Ok(catalogue) => render(sample(catalogue, Lang::from_accept_language(accepted))),
        Err(error) => error.to_string(),
    };
    ([(CONTENT_SECURITY_POLICY, super::CONTENT_SECURITY_POLICY)], Html(html))
}

/// The page as it is for a reader.
pub fn render(page: Page) -> String {
    let looks = ["light", "dark"].map(|theme| Look { theme, findings: findings(&page), ribbon: contacts() });
    let options = vec![
        Opt::new("laptop", "Laptop or phone").hint("Something you hold in your hands"),
        Opt::new("access", "Sign-in and access"),
        Opt::new("travel", "Reisekostenabrechnungssystem"),
    ];
    Components { page, options, looks }.render().unwrap_or_else(|error| error.to_string())
}

fn sample(catalogue: &Catalogue, lang: Lang) -> Page {
    // A fixed instant, 2026-05-05 12:00 UTC, so that the page reads the same on each day.
    let mut page = Page::new(catalogue.words(lang), Arc::new(Brand::default()), TimeZone::UTC, 1_777_982_400_000);
    page.title = page.t("parts-title");
    page.section = Section::Admin;
    page.simulated = true;
    page.flash = Some(Flash { done: true, text: "Saved. Ana has been told.".to_owned() });
    let sections = vec![Section::Portal, Section::Desk, Section::Programme, Section::Admin];
    page.actor = Some(ActorView { name: "Noor Haddad".to_owned(), sections });
    let place = |href: &str, label: &str, icon, count, current| Place {
        href: href.to_owned(),
        label: label.to_owned(),
        icon,
        count,
        current,
    };
    page.places = vec![
        place("#parts", "Parts", "measure", None, true),
        place("#inbox", "Inbox", "inbox", Some(12), false),
        place("#people", "People", "people", None, false),
        place("#answers", "Answers", "channel-knowledge", Some(3), false),
    ];
    page
}

fn contacts() -> Vec<Dot> {
    [
        ("portal", 4),
        ("knowledge", 0),
        ("email", 3),
        ("chat", 2),
        ("phone", 1),
        ("walk-up", 2),
        ("notice", 0),
        ("forum", 3),
        ("social", 4),
        ("survey", 5),
        ("api", 0),
        ("email", 5),
    ]
    .map(|(channel, felt)| Dot { channel: channel.to_owned(), felt })
    .to_vec()
}

fn findings(page: &Page) -> Vec<Finding> {
    let share = |value: f64| page.share(value);
    let between = |low: f64, high: f64| (share(low), share(high));
    let number = |value: f64| page.words.number(value, 1);
    vec![
        Finding::new("Solved at the first contact", 0.71, share(0.71))
            .interval(page, (0.66, 0.757), between(0.66, 0.757), (0.0, 1.0))
            .n(page, 412)
            .response(page, 0.34, false)
            .run(page, &[0.61, 0.63, 0.6, 0.64, 0.62, 0.66, 0.69, 0.7, 0.71], 0.64, (0.56, 0.72), between(0.61, 0.71))
            .verdict(page, Verdict::Better)
            .how(page, ["Of the people who answered, the share who said that it was solved by the first answer. Wilson interval, 95 percent."])
            .href("#finding"),
        Finding::new("Hours lost for one request", 3.4, number(3.4))
            .interval(page, (2.6, 4.3), (number(2.6), number(4.3)), (0.0, 8.0))
            .n(page, 96)
            .run(page, &[2.1, 2.4, 2.2, 2.0, 2.6, 2.3, 3.1, 3.4], 2.5, (1.6, 3.3), (number(2.1), number(3.4)))
            .verdict(page, Verdict::Worse)
            .how(page, ["The mean of what people said they lost, bootstrapped."]),
        Finding::new("Felt good or very good", 0.58, share(0.58))
            .interval(page, (0.51, 0.65), between(0.51, 0.65), (0.0, 1.0))
            .n(page, 188)
            .verdict(page, Verdict::Same),
        Finding::refused(page, "Lisbon, night shift", "Four people answered. Fewer than eight would let them be known by their answers.")
            .how(page, ["Groups under eight people are never shown."]),
    ]
}

//! What a page says about itself: a banner, an empty place, more pages.

use super::chip::{Icon, icon};
use crate::page::Page;
use askama::Template;

/// A sentence at the top of what it concerns.
#[derive(Template, Debug, Clone)]
#[template(
    source = r#"<div class="banner{% if kind != "info" %} banner-{{ kind }}{% endif %}"{% if kind == "error" %} role="alert"{% endif %}>{{ icon }}<p>{{ text }}{% if let Some((href, label)) = link %} <a href="{{ href }}">{{ label }}</a>{% endif %}</p></div>"#,
    ext = "html"
)]
pub struct Banner {
    kind: String,
    text: String,
    icon: Icon,
    link: Option<(String, String)>,
}

/// A banner: `info`, `warning` (something hurts), `error` (what was asked for was not done).
pub fn banner(kind: &str, text: impl ToString) -> Banner {
    let icon = icon(match kind {
        "error" => "alert",
        "warning" => "warning",
        _ => "info",
    });
    Banner { kind: kind.to_owned(), text: text.to_string(), icon, link: None }
}

impl Banner {
    /// The way onward.
    pub fn link(mut self, href: impl ToString, label: impl ToString) -> Self {
        self.link = Some((href.to_string(), label.to_string()));
        self
    }
}

/// A place with nothing in it yet: what will be here, and the one thing to do.
#[derive(Template, Debug, Clone)]
#[template(
    source = r##"<div class="empty"><svg class="drawing" aria-hidden="true"><use href="{{ crate::asset::url("icons.svg") }}#drawn-{{ drawing }}"/></svg><h2>{{ title }}</h2><p>{{ text }}</p>{% if let Some((href, label)) = action %}<a class="button" href="{{ href }}">{{ label }}</a>{% endif %}</div>"##,
    ext = "html"
)]
pub struct Empty {
    drawing: String,
    title: String,
    text: String,
    action: Option<(String, String)>,
}

/// An empty place. Drawings: `inbox`, `search`, `people`, `measure`, `done`, `lost`.
pub fn empty(drawing: &str, title: impl ToString, text: impl ToString) -> Empty {
    debug_assert!(
        crate::asset::ICONS.contains(&format!("drawn-{drawing}").as_str()),
        "there is no drawing {drawing:?}"
    );
    Empty { drawing: drawing.to_owned(), title: title.to_string(), text: text.to_string(), action: None }
}

impl Empty {
    /// The one thing to do.
    pub fn action(mut self, href: impl ToString, label: impl ToString) -> Self {
        self.action = Some((href.to_string(), label.to_string()));
        self
    }
}

/// The way to newer and older rows.
#[derive(Template, Debug, Clone)]
#[template(
    source = r#"<nav class="pages" aria-label="{{ words.0 }}">{% if let Some(href) = newer %}<a class="button button-quiet" rel="prev" href="{{ href }}">{{ super::icon("left") }}{{ words.1 }}</a>{% else %}<span></span>{% endif %}{% if let Some(href) = older %}<a class="button button-quiet" rel="next" href="{{ href }}">{{ words.2 }}{{ super::icon("right") }}</a>{% endif %}</nav>"#,
    ext = "html"
)]
pub struct Pager {
    words: (String, String, String),
    newer: Option<String>,
    older: Option<String>,
}

/// Links to the neighbouring pages of a list that follows a cursor.
pub fn pager(page: &Page, newer: impl super::Maybe, older: impl super::Maybe) -> Pager {
    let words = (page.t("pages"), page.t("page-newer"), page.t("page-older"));
    Pager { words, newer: newer.text(), older: older.text() }
}

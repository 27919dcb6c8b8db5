//! Icons, chips, and the names of channels and stages.

use crate::asset::ICONS;
use crate::page::Page;
use askama::Template;

/// An icon of the sprite.
#[derive(Template, Debug, Clone)]
#[template(
    source = r##"<svg class="icon"{% if let Some(label) = label %} role="img" aria-label="{{ label }}"{% else %} aria-hidden="true"{% endif %}><use href="{{ crate::asset::url("icons.svg") }}#{{ name }}"/></svg>"##,
    ext = "html"
)]
pub struct Icon {
    name: String,
    label: Option<String>,
}

/// An icon beside words that say the same: readers of screens pass over it. Names are those of `front/icons.txt`.
pub fn icon(name: &str) -> Icon {
    debug_assert!(ICONS.contains(&name), "the sprite has no icon {name:?}; add it to front/icons.txt");
    Icon { name: name.to_owned(), label: None }
}

/// An icon that stands alone and has a meaning.
pub fn named_icon(name: &str, label: impl ToString) -> Icon {
    Icon { label: Some(label.to_string()), ..icon(name) }
}

/// A short label with a shape of its own.
#[derive(Template, Debug, Clone)]
#[template(
    source = r#"<span class="chip chip-{{ kind }}">{% if let Some(icon) = icon %}{{ icon }}{% endif %}<span>{{ text }}</span></span>"#,
    ext = "html"
)]
pub struct Chip {
    kind: String,
    text: String,
    icon: Option<Icon>,
}

/// A chip. The kind is a state (`new`, `open`, `waiting`, `solved`, `closed`), `segment`, a verdict (`better`, `worse`,
/// `same`, `unknown`), or `plain`.
pub fn chip(kind: &str, text: impl ToString) -> Chip {
    debug_assert!(
        ["new", "open", "waiting", "solved", "closed", "segment", "better", "worse", "same", "unknown", "plain"]
            .contains(&kind),
        "there is no chip {kind:?}"
    );
    Chip { kind: kind.to_owned(), text: text.to_string(), icon: None }
}

impl Chip {
    /// With an icon before the words.
    pub fn icon(mut self, name: &str) -> Self {
        self.icon = Some(icon(name));
        self
    }
}

/// The chip of a verdict: `better`, `worse`, `same`, `unknown` (cannot tell).
pub fn verdict(page: &Page, kind: &str) -> Chip {
    chip(kind, page.t(format!("verdict-{kind}"))).icon(match kind {
        "better" => "better",
        "worse" => "worse",
        "same" => "same",
        _ => "unknown",
    })
}

/// A channel or a stage: its icon and its name.
#[derive(Template, Debug, Clone)]
#[template(source = r#"<span class="place">{{ icon }}{{ name }}</span>"#, ext = "html")]
pub struct Named {
    icon: Icon,
    name: String,
}

/// A channel with its name: `portal`, `email`, `chat`, `phone`, `walk-up`, `knowledge`, `forum`, `social`, `notice`,
/// `survey`, `api`.
pub fn channel(page: &Page, code: &str) -> Named {
    let key = format!("channel-{code}");
    Named { icon: icon(&key), name: page.t(&key) }
}

/// A channel's icon alone; its name is read out and shown on hover.
pub fn channel_icon(page: &Page, code: &str) -> Icon {
    let key = format!("channel-{code}");
    named_icon(&key, page.t(&key))
}

/// A stage of the lifecycle with its name: `evaluation`, `awareness`, `investigation`, `use`, `improvement`.
pub fn stage(page: &Page, code: &str) -> Named {
    let key = format!("stage-{code}");
    Named { icon: icon(&key), name: page.t(&key) }
}

//! Text in which a search found its words.

use askama::Template;
use base::index::Marked;

/// The text, with the words that were found marked.
#[derive(Template, Debug, Clone)]
#[template(
    source = "{% for (piece, marked) in text.pieces() %}{% if marked %}<mark>{{ piece }}</mark>{% else %}{{ piece }}{% endif %}{% endfor %}",
    ext = "html"
)]
pub struct Found {
    text: Marked,
}

/// A piece of a document as the search gives it.
pub fn found(text: &Marked) -> Found {
    Found { text: text.clone() }
}

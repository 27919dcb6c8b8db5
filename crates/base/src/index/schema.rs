//! The fields of the index, and how a document fills them.

use tantivy::schema::{
    FAST, Field, INDEXED, IndexRecordOption, STORED, STRING, Schema, TextFieldIndexing, TextOptions, Value,
};
use tantivy::{TantivyDocument, Term};

use super::model::Document;
use super::words;

#[derive(Debug, Clone, Copy)]
pub(super) struct Fields {
    pub(super) key: Field,
    pub(super) kind: Field,
    pub(super) id: Field,
    pub(super) title: Field,
    pub(super) body: Field,
    pub(super) labels: Field,
    pub(super) exact: Field,
    pub(super) tag: Field,
    pub(super) readers: Field,
    pub(super) at: Field,
}

/// The name of the field that recency is read from.
pub(super) const AT: &str = "at";

pub(super) fn schema() -> (Schema, Fields) {
    let mut schema = Schema::builder();
    let indexing =
        TextFieldIndexing::default().set_tokenizer(words::NAME).set_index_option(IndexRecordOption::WithFreqs);
    let text = TextOptions::default().set_indexing_options(indexing);
    let fields = Fields {
        key: schema.add_text_field("key", STRING),
        kind: schema.add_text_field("kind", STRING | STORED),
        id: schema.add_i64_field("id", STORED),
        title: schema.add_text_field("title", text.clone() | STORED),
        body: schema.add_text_field("body", text.clone() | STORED),
        labels: schema.add_text_field("labels", text),
        exact: schema.add_text_field("exact", STRING),
        tag: schema.add_text_field("tag", STRING),
        readers: schema.add_i64_field("readers", INDEXED),
        at: schema.add_i64_field(AT, FAST | STORED),
    };
    (schema.build(), fields)
}

impl Fields {
    pub(super) fn key_term(&self, kind: &str, id: i64) -> Term {
        Term::from_field_text(self.key, &format!("{kind}:{id}"))
    }

    pub(super) fn stored(&self, document: &Document) -> TantivyDocument {
        let mut stored = TantivyDocument::default();
        stored.add_text(self.key, format!("{}:{}", document.kind, document.id));
        stored.add_text(self.kind, &document.kind);
        stored.add_i64(self.id, document.id);
        stored.add_text(self.title, &document.title);
        stored.add_text(self.body, &document.body);
        stored.add_i64(self.at, document.at.0);
        for name in &document.exact {
            for form in exact_forms(name) {
                stored.add_text(self.exact, form);
            }
        }
        for tag in &document.tags {
            stored.add_text(self.labels, tag);
            stored.add_text(self.tag, tag.to_lowercase());
        }
        for reader in &document.readers {
            stored.add_i64(self.readers, *reader);
        }
        stored
    }
}

/// The text that a stored document has in this field.
pub(super) fn text(stored: &TantivyDocument, field: Field) -> String {
    stored.get_first(field).and_then(|value| value.as_str()).unwrap_or_default().to_owned()
}

/// The number that a stored document has in this field.
pub(super) fn number(stored: &TantivyDocument, field: Field) -> i64 {
    stored.get_first(field).and_then(|value| value.as_i64()).unwrap_or_default()
}

/// The forms of a number or code: `D-1042` is also called `1042`.
fn exact_forms(name: &str) -> Vec<String> {
    let whole = name.trim().to_lowercase();
    let digits = whole.rsplit(|c: char| !c.is_ascii_digit()).next().unwrap_or_default().to_owned();
    if digits.is_empty() || digits == whole { vec![whole] } else { vec![whole, digits] }
}

/// What somebody may have meant as a number or code: each run without spaces, without a hash or punctuation around it.
pub(super) fn exact_words(words: &str) -> Vec<String> {
    let trimmed = words.split_whitespace().map(|word| word.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase());
    trimmed.filter(|word| word.contains(|c: char| c.is_ascii_digit())).take(8).collect()
}

//! What goes into the index and what comes out.

use super::mark::Marked;
use crate::clock::Moment;

/// Among a document's readers: every agent of the desk.
pub const AGENTS: i64 = 0;
/// Among a document's readers: whoever comes, signed in or not.
pub const EVERYONE: i64 = -1;

/// What can be found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Document {
    /// What it is: `ticket`, `article`. Together with `id` its key.
    pub kind: String,
    /// Which one of its kind.
    pub id: i64,
    /// Counts more than the body.
    pub title: String,
    /// Plain text, as it may be shown in a hit.
    pub body: String,
    /// Numbers and codes by which it is called, such as `D-1042`: found first, with or without the letters.
    pub exact: Vec<String>,
    /// When it last changed: of two that fit alike, the newer comes first.
    pub at: Moment,
    /// Who may find it: ids of people, [`AGENTS`], [`EVERYONE`]. Nobody when empty.
    pub readers: Vec<i64>,
    /// Words it is filed under, found like its text, and by [`Query::tag`] alone.
    pub tags: Vec<String>,
}

/// Who is asking.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reader {
    /// An agent: what [`AGENTS`] and [`EVERYONE`] may see.
    Desk,
    /// A person: what they themselves and [`EVERYONE`] may see.
    Person(i64),
    /// Somebody who is not signed in: what [`EVERYONE`] may see.
    Anyone,
}

/// A question.
#[derive(Debug, Clone)]
pub struct Query {
    /// As typed.
    pub words: String,
    /// Only documents of this kind.
    pub kind: Option<String>,
    /// Only documents filed under this.
    pub tag: Option<String>,
    /// Who is asking.
    pub reader: Reader,
    /// The present, from which the age of documents is counted.
    pub now: Moment,
    /// How many hits to give.
    pub limit: usize,
    /// How many to leave out before them.
    pub offset: usize,
}

/// What was found.
#[derive(Debug, Clone, Default)]
pub struct Found {
    /// The best ones, best first.
    pub hits: Vec<Hit>,
    /// How many there are in all.
    pub total: usize,
}

/// One document found.
#[derive(Debug, Clone)]
pub struct Hit {
    /// What it is.
    pub kind: String,
    /// Which one.
    pub id: i64,
    /// Its title, with the words that were found marked.
    pub title: Marked,
    /// The part of its body that fits best, with the words marked; empty when the body is.
    pub snippet: Marked,
    /// When it last changed.
    pub at: Moment,
    /// How well it fits: comparable within one search only.
    pub score: f32,
}

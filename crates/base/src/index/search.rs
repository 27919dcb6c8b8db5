//! From words as typed to documents in order.
//!
//! score = (sum over words of BM25 in the title x 3, in the body, in the tags; 0.3 for a word that only begins like the
//! last one typed, 0.2 for one that is a letter off, where few documents have the word itself; 1,000 for an exact number) x (1 + 0.5 x 2^(-age / 180 days)).

use tantivy::collector::{Count, TopDocs};
use tantivy::query::{
    BooleanQuery, BoostQuery, ConstScoreQuery, EmptyQuery, FuzzyTermQuery, Occur, Query as Engine, TermQuery,
};
use tantivy::schema::{Field, IndexRecordOption};
use tantivy::{DocId, Score, Searcher, SegmentReader, TantivyDocument, Term};

use super::mark::Wanted;
use super::model::{AGENTS, EVERYONE, Found, Hit, Query, Reader};
use super::schema::{AT, Fields, exact_words, number, text};
use super::{IndexError, words};
use crate::clock::{DAY, Moment};

const TITLE: Score = 3.0;
const BEGINS: Score = 0.3;
const ALMOST: Score = 0.2;
const EXACT: Score = 1_000.0;
/// What a document of today counts more than one of long ago.
const FRESH: f64 = 0.5;
/// In how many milliseconds that advantage halves.
const HALF_LIFE: f64 = 180.0 * DAY as f64;
/// Shorter words have too many neighbours to be forgiven a letter.
const FORGIVEN_FROM: usize = 5;
/// A word that as many documents have is spelt as it is meant; its neighbours are other words.
const COMMON: u64 = 100;
/// More words than these are not looked for.
const MOST_WORDS: usize = 24;

type Part = (Occur, Box<dyn Engine>);

pub(super) fn search(searcher: &Searcher, fields: &Fields, query: &Query) -> Result<Found, IndexError> {
    let mut wanted: Vec<String> = words::of(&query.words);
    wanted.truncate(MOST_WORDS);
    if wanted.is_empty() {
        return Ok(Found::default());
    }
    let engine = BooleanQuery::new(vec![
        (Occur::Must, text_query(searcher, fields, &query.words, &wanted)?),
        (Occur::Must, filter(fields, query)),
    ]);
    if query.limit == 0 {
        return Ok(Found { hits: Vec::new(), total: searcher.search(&engine, &Count)? });
    }
    let now = query.now.0;
    let ranking =
        TopDocs::with_limit(query.limit).and_offset(query.offset).tweak_score(move |segment: &SegmentReader| {
            let at = segment.fast_fields().i64(AT).map(|column| column.first_or_default_col(0)).ok();
            move |doc: DocId, score: Score| {
                let age = at.as_ref().map_or(f64::MAX, |at| (now - at.get_val(doc)).max(0) as f64);
                score * (1.0 + FRESH * (-age / HALF_LIFE).exp2()) as Score
            }
        });
    let (best, total) = searcher.search(&engine, &(ranking, Count))?;
    let marks = Wanted::new(&wanted);
    let mut hits = Vec::with_capacity(best.len());
    for (score, address) in best {
        let stored: TantivyDocument = searcher.doc(address)?;
        hits.push(Hit {
            kind: text(&stored, fields.kind),
            id: number(&stored, fields.id),
            title: marks.marked(text(&stored, fields.title)),
            snippet: marks.best_part(&text(&stored, fields.body)),
            at: Moment(number(&stored, fields.at)),
            score,
        });
    }
    Ok(Found { hits, total })
}

/// Up to three words must all be there; of more, three quarters: long questions hold words that no answer has.
fn text_query(
    searcher: &Searcher,
    fields: &Fields,
    typed: &str,
    wanted: &[String],
) -> Result<Box<dyn Engine>, IndexError> {
    let last = wanted.len() - 1;
    let mut each: Vec<Part> = Vec::with_capacity(wanted.len());
    for (place, word) in wanted.iter().enumerate() {
        let forgive = forgiven(word) && is_rare(searcher, fields, word)?;
        each.push((Occur::Should, word_query(fields, word, place == last, forgive)));
    }
    let least = if each.len() <= 3 { each.len() } else { (each.len() * 3).div_ceil(4) };
    let by_words: Box<dyn Engine> = Box::new(BooleanQuery::with_minimum_required_clauses(each, least));
    let mut ways: Vec<Part> = vec![(Occur::Should, by_words)];
    for exact in exact_words(typed) {
        let term = term(fields.exact, &exact);
        ways.push((Occur::Should, Box::new(ConstScoreQuery::new(term, EXACT))));
    }
    Ok(Box::new(BooleanQuery::new(ways)))
}

/// Whether so few documents have this very word that it may be misspelt, or they may be.
fn is_rare(searcher: &Searcher, fields: &Fields, word: &str) -> Result<bool, IndexError> {
    let mut documents = 0;
    for field in [fields.title, fields.body, fields.labels] {
        documents += searcher.doc_freq(&Term::from_field_text(field, word))?;
    }
    Ok(documents < COMMON)
}

fn word_query(fields: &Fields, word: &str, last: bool, forgive: bool) -> Box<dyn Engine> {
    let mut ways: Vec<Part> = Vec::new();
    for (field, weight) in [(fields.title, TITLE), (fields.body, 1.0), (fields.labels, TITLE)] {
        ways.push((Occur::Should, Box::new(BoostQuery::new(term(field, word), weight))));
        let whole = Term::from_field_text(field, word);
        // One letter begins too many words to be of use.
        if last && word.len() >= 2 {
            let begins = FuzzyTermQuery::new_prefix(whole.clone(), 0, true);
            ways.push((Occur::Should, Box::new(BoostQuery::new(Box::new(begins), BEGINS * weight))));
        }
        if forgive {
            let almost = FuzzyTermQuery::new(whole, 1, true);
            ways.push((Occur::Should, Box::new(BoostQuery::new(Box::new(almost), ALMOST * weight))));
        }
    }
    Box::new(BooleanQuery::new(ways))
}

/// Whether a word may be a letter off. Numbers may not: the neighbour of an order number is another order.
pub(super) fn forgiven(word: &str) -> bool {
    word.chars().count() >= FORGIVEN_FROM && !word.contains(|c: char| c.is_ascii_digit())
}

/// Who may see it, of what kind, filed under what: part of the query, so that counts and pages are right too.
fn filter(fields: &Fields, query: &Query) -> Box<dyn Engine> {
    let readers: &[i64] = match query.reader {
        Reader::Desk => &[AGENTS, EVERYONE],
        // The marks are no people: whoever asks with one gets nothing.
        Reader::Person(id) if id <= 0 => return Box::new(EmptyQuery),
        Reader::Person(id) => &[id, EVERYONE],
        Reader::Anyone => &[EVERYONE],
    };
    let may_see: Vec<Part> = readers
        .iter()
        .map(|&reader| {
            let term = Term::from_field_i64(fields.readers, reader);
            let one: Box<dyn Engine> = Box::new(TermQuery::new(term, IndexRecordOption::Basic));
            (Occur::Should, one)
        })
        .collect();
    let mut all: Vec<Part> = vec![(Occur::Must, Box::new(BooleanQuery::new(may_see)))];
    if let Some(kind) = &query.kind {
        all.push((Occur::Must, term(fields.kind, kind)));
    }
    if let Some(tag) = &query.tag {
        all.push((Occur::Must, term(fields.tag, &tag.to_lowercase())));
    }
    Box::new(ConstScoreQuery::new(Box::new(BooleanQuery::new(all)), 0.0))
}

fn term(field: Field, text: &str) -> Box<dyn Engine> {
    Box::new(TermQuery::new(Term::from_field_text(field, text), IndexRecordOption::WithFreqs))
}

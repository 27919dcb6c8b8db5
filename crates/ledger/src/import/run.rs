//! Streaming a file into the ledger, chunk by chunk, each with how far it came.

use std::collections::HashMap;
use std::fs::File;
use std::ops::ControlFlow;
use std::path::Path;
use std::sync::Arc;

use base::clock::{Clock, Moment};
use base::db::{Db, Result, Tx};
use mining::read::{Event, open};
use serde_json::{Map, Value};

use super::look::Looked;
use super::model::{Done, How, Import, ImportError};
use super::{ImportId, store};
use crate::touchpoint::{Channel, Draft, IMPORTED, Source, record_many};

/// Events in one transaction: few enough that nobody else waits long, many enough that commits cost little.
const CHUNK: usize = 4_000;
/// A step's name is kept up to this many characters.
const NAME: usize = 300;

/// Streams a file that was looked at into the ledger. After each commit `progress` is told how many of its events are
/// stored; it may stop the import there, which can be gone on with later.
///
/// # Errors
/// When the file is in the ledger already, was begun otherwise, cannot be read, or the database refuses. What was
/// stored until then stays, and the next try goes on from there.
pub fn run(
    db: &Db,
    clock: &Clock,
    path: &Path,
    how: &How,
    looked: &Looked,
    progress: impl FnMut(u64) -> ControlFlow<()>,
) -> Result<Done, ImportError> {
    run_in(db, clock, path, how, looked, progress, CHUNK)
}

pub(super) fn run_in(
    db: &Db,
    clock: &Clock,
    path: &Path,
    how: &How,
    looked: &Looked,
    mut progress: impl FnMut(u64) -> ControlFlow<()>,
    chunk_size: usize,
) -> Result<Done, ImportError> {
    let here = || path.display().to_string();
    let Some(first) = looked.first else { return Err(ImportError::NoTimes { path: here() }) };
    let import = begin(db, clock, path, how, looked)?;
    let (id, before) = (import.id, import.events);
    let mut cases = Cases { ids: db.read_now(move |tx| store::cases(tx, id))?, last: HashMap::new(), first };

    let source = File::open(path).map_err(|why| ImportError::File { path: here(), why })?;
    let midway = |why, events| ImportError::Midway { path: here(), why, events };
    let mut reader = open(source, how.options()).map_err(|why| midway(why, before))?;
    let (mut seen, mut stored) = (0, before);
    let mut chunk = Chunk::default();
    loop {
        let event = reader.next_event().map_err(|why| midway(why, stored))?;
        let ended = event.is_none();
        if let Some(event) = event {
            seen += 1;
            let at = cases.time_of(&event);
            // What an earlier try stored is read again only to know the time each case stood at.
            if seen > before {
                chunk.push(&event, at, &cases);
            }
        }
        if chunk.steps.len() >= chunk_size || (ended && !chunk.steps.is_empty()) {
            let full = Arc::new(std::mem::take(&mut chunk));
            let ids = write(db, id, stored, &full)?.ok_or_else(|| ImportError::Elsewhere { path: here() })?;
            stored += full.steps.len() as i64;
            cases.ids.extend(full.cases.iter().map(|case| case.name.clone()).zip(ids));
            if progress(stored as u64).is_break() {
                return Err(ImportError::Stopped { path: here(), events: stored });
            }
        }
        if ended {
            break;
        }
    }
    if seen != looked.report.events as i64 || stored != seen {
        return Err(ImportError::Changed { path: here(), events: stored });
    }
    let now = clock.now();
    db.write_now(move |tx| store::finish(tx, id, now))?;
    Ok(Done { id, before, events: stored, cases: cases.ids.len() as i64 })
}

/// Stores that the import begins, or finds where an earlier one was cut off.
fn begin(db: &Db, clock: &Clock, path: &Path, how: &How, looked: &Looked) -> Result<Import, ImportError> {
    let name = path.file_name().map_or_else(|| path.display().to_string(), |name| name.to_string_lossy().into_owned());
    let kind = format!("{} {}", looked.format, how.layout()).trim_end().to_owned();
    let (digest, now, wanted) = (looked.digest.clone(), clock.now(), kind.clone());
    let import = db.write_now(move |tx| match store::find_by_digest(tx, &digest)? {
        Some(known) => Ok(known),
        None => store::insert(tx, &name, &digest, &wanted, now),
    })?;
    let path = path.display().to_string();
    if let Some(at) = import.finished_at {
        return Err(ImportError::Already { path, name: import.name, at, cases: import.cases, events: import.events });
    }
    if import.kind != kind {
        return Err(ImportError::Otherwise { path, begun: import.kind, now: kind, events: import.events });
    }
    Ok(import)
}

/// The cases so far: their ids, and the time at which each stood last.
struct Cases {
    ids: HashMap<String, i64>,
    last: HashMap<String, i64>,
    /// The log's first time.
    first: i64,
}

impl Cases {
    /// When an event happened. One without a time took place when the one before it in its case did; without such a
    /// one, at the beginning of the log.
    fn time_of(&mut self, event: &Event<'_>) -> i64 {
        match (event.time, self.last.get_mut(event.case)) {
            (Some(at), Some(last)) => {
                *last = at;
                at
            }
            (Some(at), None) => {
                self.last.insert(event.case.to_owned(), at);
                at
            }
            (None, last) => last.copied().unwrap_or(self.first),
        }
    }
}

/// Events that are stored in one transaction.
#[derive(Default)]
struct Chunk {
    steps: Vec<Step>,
    /// The cases that the steps belong to.
    cases: Vec<Case>,
    places: HashMap<String, usize>,
}

struct Case {
    name: String,
    /// Its id, when it is stored already.
    id: Option<i64>,
}

struct Step {
    case: usize,
    at: Moment,
    name: String,
    detail: Value,
}

impl Chunk {
    fn push(&mut self, event: &Event<'_>, at: i64, cases: &Cases) {
        let case = if let Some(&place) = self.places.get(event.case) {
            place
        } else {
            self.cases.push(Case { name: event.case.to_owned(), id: cases.ids.get(event.case).copied() });
            self.places.insert(event.case.to_owned(), self.cases.len() - 1);
            self.cases.len() - 1
        };
        let name = event.activity.chars().take(NAME).collect();
        self.steps.push(Step { case, at: Moment(at), name, detail: detail(event) });
    }
}

fn detail(event: &Event<'_>) -> Value {
    let mut fields = Map::new();
    let mut keep = |name: &str, value: Option<&str>| {
        if let Some(value) = value.filter(|value| !value.is_empty()) {
            fields.insert(name.to_owned(), value.into());
        }
    };
    keep("by", event.resource);
    // Nearly every log says `complete` of every event: only another word tells something.
    keep("lifecycle", event.lifecycle.filter(|word| !word.eq_ignore_ascii_case("complete")));
    if fields.is_empty() { Value::Null } else { Value::Object(fields) }
}

/// Stores a chunk and how far the import came; gives the ids of its cases, or nothing when somebody else went on.
fn write(db: &Db, import: ImportId, stored: i64, chunk: &Arc<Chunk>) -> Result<Option<Vec<i64>>> {
    let chunk = Arc::clone(chunk);
    db.write_now(move |tx| {
        let new = chunk.cases.iter().filter(|case| case.id.is_none()).count();
        if !store::advance(tx, import, stored, stored + chunk.steps.len() as i64, new as i64)? {
            return Ok(None);
        }
        append(tx, import, &chunk).map(Some)
    })
}

fn append(tx: &mut Tx, import: ImportId, chunk: &Chunk) -> Result<Vec<i64>> {
    let ids: Vec<i64> = chunk.cases.iter().map(|case| case.id.unwrap_or_else(|| tx.new_id())).collect();
    let new = chunk.cases.iter().zip(&ids).filter(|(case, _)| case.id.is_none());
    let new: Vec<(&str, i64)> = new.map(|(case, id)| (case.name.as_str(), *id)).collect();
    store::insert_cases(tx, import, &new)?;
    let drafts: Vec<(Draft, Option<i64>)> = chunk
        .steps
        .iter()
        .map(|step| {
            let draft = Draft::of(&IMPORTED, step.at, Channel::Api)
                .step(&step.name)
                .source(Source::Imported)
                .object("case", ids[step.case])
                .object("log", import.0)
                .detail(step.detail.clone());
            (draft, None)
        })
        .collect();
    record_many(tx, &drafts)?;
    Ok(ids)
}

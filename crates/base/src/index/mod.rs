//! The full-text index: finds documents by words, forgives typing, and shows each reader only what they may see.
//!
//! It knows nothing of what a document is. It is a copy that can always be made anew: a follower writes to it and keeps
//! its own cursor inside the index's commit, so that documents and cursor never disagree; an index of an older shape or
//! a damaged one starts empty with no cursor, and the follower fills it from the beginning.
//!
//! Everything here blocks: call it from a blocking thread.

mod mark;
mod model;
mod schema;
mod search;
mod words;

use std::path::{Path, PathBuf};
use std::sync::Mutex;

use tantivy::indexer::IndexWriterOptions;
use tantivy::{IndexReader, IndexWriter, ReloadPolicy, TantivyError};
use thiserror::Error;

pub use mark::Marked;
pub use model::{AGENTS, Document, EVERYONE, Found, Hit, Query, Reader};

use schema::Fields;

/// The shape of what is kept; raised whenever fields or the treatment of words change.
const SHAPE: u32 = 1;
/// What the writer may hold in memory before it writes a segment.
const WRITER_BYTES: usize = 20_000_000;

/// Why the index could not be opened, written or searched.
#[derive(Debug, Error)]
pub enum IndexError {
    /// The folder cannot be used.
    #[error("the folder {folder} for the search index cannot be used ({why}): make it writable for the desk's user")]
    Folder {
        /// Its path.
        folder: String,
        /// The system's word.
        why: String,
    },
    /// Somebody else is writing to it.
    #[error(
        "another process is writing to the search index: stop the other `thedesk`, or give this one its own folder"
    )]
    Busy,
    /// The index itself failed.
    #[error(
        "the search index failed ({0}): when it happens again, stop the desk, delete its folder and start; it fills itself anew"
    )]
    Engine(TantivyError),
}

impl From<TantivyError> for IndexError {
    fn from(error: TantivyError) -> Self {
        match error {
            TantivyError::LockFailure(..) => Self::Busy,
            other => Self::Engine(other),
        }
    }
}

/// An open index.
pub struct Index {
    engine: tantivy::Index,
    fields: Fields,
    reader: IndexReader,
    /// Made by the first update: whoever only searches takes no lock and no memory for it.
    writer: Mutex<Option<IndexWriter>>,
}

impl Index {
    /// Opens the index in `folder`, making it when it is not there. One of an older shape is deleted; one that is
    /// damaged too, with a warning in the log. Both come back empty, with no [`Index::cursor`].
    ///
    /// # Errors
    /// When the folder cannot be used.
    pub fn open(folder: &Path) -> Result<Self, IndexError> {
        let here = folder.join(format!("shape-{SHAPE}"));
        let refused =
            |error: std::io::Error| IndexError::Folder { folder: folder.display().to_string(), why: error.to_string() };
        std::fs::create_dir_all(&here).map_err(refused)?;
        for other in others(folder, &here).map_err(refused)? {
            tracing::info!("the search index has a new shape and is made anew; deleting {}", other.display());
            std::fs::remove_dir_all(&other).map_err(refused)?;
        }
        match Self::open_here(&here) {
            Ok(index) => Ok(index),
            Err(error) => {
                tracing::warn!("the search index in {} is damaged ({error}) and is made anew", here.display());
                std::fs::remove_dir_all(&here).and_then(|()| std::fs::create_dir_all(&here)).map_err(refused)?;
                Self::open_here(&here)
            }
        }
    }

    fn open_here(here: &Path) -> Result<Self, IndexError> {
        let (schema, fields) = schema::schema();
        let directory = tantivy::directory::MmapDirectory::open(here).map_err(TantivyError::from)?;
        // Fails when the index there has another schema, or its list of segments cannot be read.
        let engine = tantivy::Index::open_or_create(directory, schema)?;
        engine.tokenizers().register(words::NAME, words::analyzer());
        let reader = engine.reader_builder().reload_policy(ReloadPolicy::Manual).try_into()?;
        Ok(Self { engine, fields, reader, writer: Mutex::new(None) })
    }

    /// What the last update said the index had followed up to; `None` when it is new.
    ///
    /// # Errors
    /// When the index cannot be read.
    pub fn cursor(&self) -> Result<Option<String>, IndexError> {
        Ok(self.engine.load_metas()?.payload)
    }

    /// Puts `documents` in (in the place of those with the same key), takes `gone` out, and notes `cursor`: all of it
    /// durable and visible to searches when this returns, or nothing.
    ///
    /// A commit costs milliseconds and a segment: gather what comes within some 100 ms into one update.
    ///
    /// # Errors
    /// When the disk or the index refuses; the index is then as it was.
    pub fn update(&self, documents: &[Document], gone: &[(&str, i64)], cursor: &str) -> Result<(), IndexError> {
        let mut writer = self.writer.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        let open = match writer.take() {
            Some(open) => open,
            None => self.new_writer()?,
        };
        let mut open = open;
        self.write(&mut open, documents, gone, cursor)?;
        // On an error above the writer was dropped with all it had not committed, and the next update makes another.
        *writer = Some(open);
        self.reader.reload()?;
        Ok(())
    }

    /// A writer, with its first operation spent on a document that nobody has: a new writer gives that operation the
    /// number that the last commit ended with, and a merge that starts before the next commit takes it for part of
    /// that commit. A real deletion would then be done early in some segments and never in others.
    fn new_writer(&self) -> Result<IndexWriter, IndexError> {
        let writer = self.engine.writer_with_options(options())?;
        writer.delete_term(self.fields.key_term("", 0));
        Ok(writer)
    }

    fn write(
        &self,
        writer: &mut IndexWriter,
        documents: &[Document],
        gone: &[(&str, i64)],
        cursor: &str,
    ) -> Result<(), IndexError> {
        for (kind, id) in gone {
            writer.delete_term(self.fields.key_term(kind, *id));
        }
        for document in documents {
            writer.delete_term(self.fields.key_term(&document.kind, document.id));
            writer.add_document(self.fields.stored(document))?;
        }
        let mut commit = writer.prepare_commit()?;
        commit.set_payload(cursor);
        commit.commit()?;
        Ok(())
    }

    /// Finds documents by their words, best first. No words find nothing.
    ///
    /// # Errors
    /// When the index cannot be read.
    pub fn search(&self, query: &Query) -> Result<Found, IndexError> {
        search::search(&self.reader.searcher(), &self.fields, query)
    }

    /// How many documents there are, for the operators' page.
    pub fn count(&self) -> u64 {
        self.reader.searcher().num_docs()
    }
}

/// A text as a title and as a body are shown to who asked for these words.
#[cfg(any(test, fuzzing))]
pub(crate) fn marked(asked: &str, text: &str) -> (Marked, Marked) {
    let words = words::of(asked);
    let wanted = mark::Wanted::new(&words);
    (wanted.marked(text.to_owned()), wanted.best_part(text))
}

fn options() -> IndexWriterOptions {
    IndexWriterOptions::builder()
        .num_worker_threads(1)
        .num_merge_threads(1)
        .memory_budget_per_thread(WRITER_BYTES)
        .build()
}

/// Folders of other shapes.
fn others(folder: &Path, here: &Path) -> std::io::Result<Vec<PathBuf>> {
    let mut all = Vec::new();
    for entry in std::fs::read_dir(folder)? {
        let path = entry?.path();
        let ours = path.file_name().is_some_and(|name| name.to_string_lossy().starts_with("shape-"));
        if ours && path != here {
            all.push(path);
        }
    }
    Ok(all)
}

#[cfg(test)]
mod tests;

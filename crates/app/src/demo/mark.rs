//! What a data folder says of the demo in it: a small file beside the database, written before the database is made and
//! once more when the demo is whole. It keeps a demo from being written twice, and a desk from being taken for one.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use super::Wanted;

/// The file's name in the data folder.
const FILE: &str = "demo.toml";

/// The mark of one data folder.
#[derive(Debug)]
pub(crate) struct Mark {
    folder: PathBuf,
    database: String,
}

/// What the folder holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Found {
    /// Nothing yet, or the rest of a demo that was cut off, which is gone now.
    Nothing,
    /// A whole demo, made with these wishes.
    Demo(Wanted),
}

/// Why the folder cannot be used. Each says what to do.
#[derive(Debug, thiserror::Error)]
pub(crate) enum MarkError {
    /// There is a desk, and it is none of ours to change.
    #[error("{0} holds a desk that is not a demo, which is left as it is: give another folder with --data")]
    NotDemo(String),
    /// We never delete from a server.
    #[error(
        "the demo in the PostgreSQL database was not written to its end, and is not deleted from here: \
         give an empty database, or none"
    )]
    CutOff,
    /// The folder does not do as it should.
    #[error(
        "cannot read or write the demo's mark in {folder} ({why}): see to its permissions, or give another folder with --data"
    )]
    Folder { folder: String, why: io::Error },
}

#[derive(Serialize, Deserialize)]
struct Written {
    people: u32,
    months: u32,
    seed: u64,
    finished: bool,
}

impl Mark {
    /// The mark of this folder, whose desk uses the database of this URL.
    pub(crate) fn of(folder: &Path, database: &str) -> Self {
        Self { folder: folder.to_owned(), database: database.to_owned() }
    }

    /// Looks at what is there, and clears the rest of a demo that was cut off away. When nothing is left, it notes that a
    /// demo is being made.
    ///
    /// # Errors
    /// When there is something that is not a demo of ours.
    pub(crate) fn look(&self, wanted: Wanted) -> Result<Found, MarkError> {
        let file = self.folder.join("desk.db");
        let in_folder = self.database == format!("sqlite:{}", file.display());
        match self.read()? {
            Some(Written { people, months, seed, finished: true }) => {
                return Ok(Found::Demo(Wanted { people, months, seed }));
            }
            Some(_) if !in_folder => return Err(MarkError::CutOff),
            Some(_) => self.clear(&file)?,
            None if in_folder && file.exists() => return Err(MarkError::NotDemo(self.folder.display().to_string())),
            None => {}
        }
        self.write(wanted, false)?;
        Ok(Found::Nothing)
    }

    /// Notes that the demo is whole.
    ///
    /// # Errors
    /// When the folder takes nothing.
    pub(crate) fn finish(&self, wanted: Wanted) -> Result<(), MarkError> {
        self.write(wanted, true)
    }

    fn read(&self) -> Result<Option<Written>, MarkError> {
        match fs::read_to_string(self.folder.join(FILE)) {
            // One that was cut off while being written is as good as unfinished.
            Ok(text) => {
                let unfinished = Written { people: 0, months: 0, seed: 0, finished: false };
                Ok(Some(toml::from_str(&text).unwrap_or(unfinished)))
            }
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
            Err(error) => Err(self.fault(error)),
        }
    }

    fn write(&self, Wanted { people, months, seed }: Wanted, finished: bool) -> Result<(), MarkError> {
        let written = toml::to_string(&Written { people, months, seed, finished }).unwrap_or_default();
        let text = format!("# The desk in this folder is a simulated organisation, made by `thedesk demo`.\n{written}");
        fs::write(self.folder.join(FILE), text).map_err(|error| self.fault(error))
    }

    /// Deletes the database and what was made from it.
    fn clear(&self, file: &Path) -> Result<(), MarkError> {
        let beside = |suffix: &str| PathBuf::from(format!("{}{suffix}", file.display()));
        for path in [file.to_owned(), beside("-wal"), beside("-shm")] {
            gone(fs::remove_file(path)).map_err(|error| self.fault(error))?;
        }
        gone(fs::remove_dir_all(self.folder.join("index"))).map_err(|error| self.fault(error))
    }

    fn fault(&self, why: io::Error) -> MarkError {
        MarkError::Folder { folder: self.folder.display().to_string(), why }
    }
}

/// What was never there need not be deleted.
fn gone(deleted: io::Result<()>) -> io::Result<()> {
    match deleted {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
        _ => Ok(()),
    }
}

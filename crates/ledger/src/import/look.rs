//! Looking at a file before anything is stored: its digest, whether it is whole, and what it holds.

use std::fs::File;
use std::io::{self, Read};
use std::path::Path;

use mining::Stats;
use mining::read::{CsvPlan, EventReader, Report, open};
use sha2::{Digest, Sha256};

use super::model::{How, ImportError};

/// What a file holds, read through to its end.
#[derive(Debug, Clone)]
pub struct Looked {
    /// SHA-256 of the file, in hex: the same file is the same log, whatever its name.
    pub digest: String,
    /// `csv` or `xes`.
    pub format: &'static str,
    /// What was understood of a CSV file's columns.
    pub plan: Option<CsvPlan>,
    /// What was read, and what was not.
    pub report: Report,
    /// Cases, events, activities, variants.
    pub stats: Stats,
    /// The first time in it, UTC milliseconds, for events that have none.
    pub(super) first: Option<i64>,
}

/// Reads a file through and stores nothing. `progress` is told how many bytes were taken, of the file's length.
///
/// # Errors
/// When it cannot be read, or is no log, or was cut off and `how` does not say that a part is welcome.
pub fn look(path: &Path, how: &How, progress: impl FnMut(u64) + Send) -> Result<Looked, ImportError> {
    let failed = |why| ImportError::File { path: path.display().to_string(), why };
    let unreadable = |why| ImportError::Log { path: path.display().to_string(), why };
    let digest = File::open(path).and_then(digest_of).map_err(failed)?;
    let source = File::open(path).map_err(failed)?;
    let mut options = how.options();
    options.progress = Some(Box::new(progress));
    let mut reader = open(source, options).map_err(unreadable)?;
    let log = reader.collect_log().map_err(unreadable)?;
    let format = match reader {
        EventReader::Csv(_) => "csv",
        EventReader::Xes(_) => "xes",
    };
    Ok(Looked {
        digest,
        format,
        plan: reader.plan().cloned(),
        first: log.span().map(|(first, _)| first),
        stats: Stats::of(&log),
        report: reader.into_report(),
    })
}

fn digest_of(mut file: File) -> io::Result<String> {
    use std::fmt::Write;
    let mut hash = Sha256::new();
    let mut part = vec![0; 1 << 18];
    loop {
        match file.read(&mut part)? {
            0 => break,
            count => hash.update(&part[..count]),
        }
    }
    Ok(hash.finalize().iter().fold(String::with_capacity(64), |mut text, byte| {
        // Writing to a string cannot fail.
        let _ = write!(text, "{byte:02x}");
        text
    }))
}

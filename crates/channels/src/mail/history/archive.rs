//! Where the mails of an archive lie, in the order of time.

use std::fs::File;
use std::io::{BufReader, Read};
use std::ops::Range;
use std::os::unix::fs::FileExt;
use std::path::{Path, PathBuf};

use base::clock::Moment;
use mail_message::{Message, mbox};
use sha2::{Digest, Sha256};

use crate::mail::receive::hex;

/// Most mails and bytes of a batch: what is in memory at a time, and in one transaction.
const MAILS: usize = 100;
const BYTES: u64 = 16 * 1024 * 1024;
/// As much of a mail file as tells its date.
const HEAD: u64 = 32 * 1024;

/// Why an archive cannot be read. Each says what to do.
#[derive(Debug, thiserror::Error)]
pub enum ArchiveError {
    /// A file cannot be read.
    #[error("cannot read {file} ({why})")]
    Unreadable {
        /// Its path.
        file: String,
        /// The system's word.
        why: String,
    },
    /// There is no mail.
    #[error("{0} holds no mail: give an mbox, a mail (.eml), or a folder of mails")]
    Empty(String),
}

/// One mail.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Entry {
    /// When it was written; where it does not say, when the one before it was.
    pub written: i64,
    file: u32,
    /// Which of its file's mails it is, from 1 on.
    number: u32,
    at: u64,
    pub length: u64,
}

/// The mails of some files, in the order of time: 32 bytes each in memory.
#[derive(Debug)]
pub struct Archive {
    files: Vec<(PathBuf, bool)>,
    entries: Vec<Entry>,
    digest: String,
}

impl Archive {
    /// Finds all mails: those of mbox files, single mails, and all files below folders. `progress` is told how many
    /// bytes were looked at.
    ///
    /// # Errors
    /// When a file cannot be read, or there is no mail.
    pub fn look(paths: &[PathBuf], progress: impl Fn(u64)) -> Result<Self, ArchiveError> {
        let mut files = Vec::new();
        for path in paths {
            gather(path, &mut files)?;
        }
        let (mut entries, mut looked, mut hash) = (Vec::new(), 0, Sha256::new());
        let mut kinds = Vec::with_capacity(files.len());
        for (number, path) in files.iter().enumerate() {
            let refused = |error: std::io::Error| unreadable(path, &error);
            let (is_mbox, size) =
                scan(path, number as u32, &mut entries, |at| progress(looked + at)).map_err(refused)?;
            looked += size;
            progress(looked);
            kinds.push(is_mbox);
        }
        // Equal times keep the order of the files.
        entries.sort_by_key(|entry| (entry.written, entry.file, entry.at));
        for entry in &entries {
            hash.update(entry.written.to_be_bytes());
            hash.update(entry.length.to_be_bytes());
        }
        if entries.is_empty() {
            let named = paths.iter().map(|path| path.display().to_string()).collect::<Vec<_>>().join(", ");
            return Err(ArchiveError::Empty(named));
        }
        let digest = hex(&hash.finalize());
        Ok(Self { files: files.into_iter().zip(kinds).collect(), entries, digest })
    }

    /// How many mails there are.
    #[expect(clippy::len_without_is_empty, reason = "an archive without mails is refused")]
    pub fn len(&self) -> usize {
        self.entries.len()
    }

    /// When the first and the last of them were written.
    pub fn span(&self) -> (Moment, Moment) {
        let written = |entry: Option<&Entry>| Moment(entry.map_or(0, |entry| entry.written));
        (written(self.entries.first()), written(self.entries.last()))
    }

    /// How large they are together, bytes.
    pub fn bytes(&self) -> u64 {
        self.entries.iter().map(|entry| entry.length).sum()
    }

    /// One of the mails, counted from 0 in the order of time: its file, which of the file's mails it is (from 1 on), and
    /// at most the first `most` bytes of it.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn mail(&self, at: usize, most: u64) -> Result<(&Path, u32, Vec<u8>), ArchiveError> {
        let entry = &self.entries[at];
        Ok((&self.files[entry.file as usize].0, entry.number, self.read(entry, most)?))
    }

    /// By which the archive is known again, wherever it lies then.
    pub(super) fn name(&self) -> String {
        format!("history {}", &self.digest[..32])
    }

    /// The mails from `begin` on, in batches that fit memory.
    pub(super) fn batches(&self, begin: usize) -> Vec<Range<usize>> {
        let (mut batches, mut from, mut bytes) = (Vec::new(), begin, 0);
        for at in begin..self.entries.len() {
            let length = self.entries[at].length;
            if at > from && (at - from == MAILS || bytes + length > BYTES) {
                batches.push(from..at);
                (from, bytes) = (at, 0);
            }
            bytes += length;
        }
        if from < self.entries.len() {
            batches.push(from..self.entries.len());
        }
        batches
    }

    pub(super) fn entries(&self, range: Range<usize>) -> &[Entry] {
        &self.entries[range]
    }

    /// A mail as it was before it was put into the archive; of one that is longer than `most` bytes, its beginning.
    pub(super) fn read(&self, entry: &Entry, most: u64) -> Result<Vec<u8>, ArchiveError> {
        let (path, is_mbox) = &self.files[entry.file as usize];
        let read = || {
            let mut bytes = vec![0; entry.length.min(most) as usize];
            File::open(path)?.read_exact_at(&mut bytes, entry.at)?;
            Ok(bytes)
        };
        let bytes = read().map_err(|error| unreadable(path, &error))?;
        Ok(if *is_mbox { mbox::unmarked(bytes) } else { bytes })
    }
}

fn unreadable(path: &Path, error: &std::io::Error) -> ArchiveError {
    ArchiveError::Unreadable { file: path.display().to_string(), why: error.to_string() }
}

/// Every file below a path, in the order of names; what begins with a dot is a program's own.
fn gather(path: &Path, files: &mut Vec<PathBuf>) -> Result<(), ArchiveError> {
    if !path.is_dir() {
        files.push(path.to_path_buf());
        return Ok(());
    }
    let entries = std::fs::read_dir(path).map_err(|error| unreadable(path, &error))?;
    let mut inside: Vec<PathBuf> = entries.flatten().map(|entry| entry.path()).collect();
    inside.retain(|path| path.file_name().is_some_and(|name| !name.as_encoded_bytes().starts_with(b".")));
    inside.sort();
    inside.iter().try_for_each(|path| gather(path, files))
}

/// Finds the mails of one file; whether it is an mbox, and its size.
fn scan(path: &Path, file: u32, entries: &mut Vec<Entry>, progress: impl Fn(u64)) -> std::io::Result<(bool, u64)> {
    let mut open = File::open(path)?;
    let size = open.metadata()?.len();
    let mut head = Vec::new();
    Read::by_ref(&mut open).take(HEAD).read_to_end(&mut head)?;
    let mut last = i64::MIN;
    let mut number = 0;
    let mut add = |at, length, head: &[u8]| {
        let written = Message::date_of(head).unwrap_or(last);
        last = written;
        if length > 0 {
            number += 1;
            entries.push(Entry { written, file, number, at, length });
        }
    };
    if !mbox::is_mbox(&head) {
        add(0, size, &head);
        return Ok((false, size));
    }
    for found in mbox::mails(BufReader::with_capacity(1 << 20, File::open(path)?)) {
        let found = found?;
        add(found.at, found.length, &found.head);
        progress(found.at + found.length);
    }
    Ok((true, size))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn mail(day: u8, text: &str) -> String {
        format!("From: ana@lindenhof.example\nDate: {day} Mar 2026 09:00:00 +0000\nSubject: Door\n\n{text}\n")
    }

    #[test]
    fn mails_come_in_the_order_of_time_from_all_files() {
        let home = tempfile::tempdir().unwrap();
        let line = "From ana@lindenhof.example Mon Mar  2 09:00:00 2026\n";
        let mbox =
            format!("{line}{}\n{line}{}\n{line}Subject: no date\n\n>From here\n", mail(7, "late"), mail(3, "early"));
        std::fs::write(home.path().join("old.mbox"), mbox).unwrap();
        std::fs::create_dir(home.path().join("cur")).unwrap();
        std::fs::write(home.path().join("cur/1.eml"), mail(5, "between")).unwrap();
        std::fs::write(home.path().join("cur/.index"), "not a mail").unwrap();
        let archive = Archive::look(&[home.path().to_path_buf()], |_| {}).unwrap();
        let texts: Vec<String> = archive
            .entries(0..archive.len())
            .iter()
            .map(|entry| String::from_utf8(archive.read(entry, 10_000).unwrap()).unwrap())
            .collect();
        assert_eq!(texts.len(), 4);
        assert!(texts[0].ends_with("early\n") && texts[2].ends_with("between\n") && texts[3].ends_with("late\n"));
        assert_eq!(texts[1], "Subject: no date\n\nFrom here\n", "it stays behind its neighbour, without its mark");
        assert_eq!(archive.batches(1), vec![1..4; 1]);
        assert!(Archive::look(&[home.path().join("cur/2.eml")], |_| {}).is_err());
    }
}

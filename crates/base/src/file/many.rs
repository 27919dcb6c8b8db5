//! Many files at once, for imports: what one file costs to be safe on disk, hundreds cost together.

use std::fs::{self, File};
use std::io::{self, Write};
use std::path::Path;

use bytes::Bytes;
use object_store::Error as StoreError;
use sha2::{Digest, Sha256};

use super::{FileError, Files, Key, Stored, hex};

impl Files {
    /// Stores many contents; when it returns, all are on disk. When it fails, some may be left that nothing names.
    ///
    /// # Errors
    /// When one is too large, or the store refuses.
    pub async fn put_all(&self, contents: Vec<Bytes>) -> Result<Vec<Stored>, FileError> {
        if contents.iter().any(|content| content.len() as u64 > self.limit) {
            return Err(FileError::TooLarge { limit: self.limit });
        }
        let folder = self.folder.clone();
        let written = tokio::task::spawn_blocking(move || write_all(&folder, &contents)).await;
        let written = written.unwrap_or_else(|panicked| Err(io::Error::other(panicked)));
        written.map_err(|error| FileError::Store(StoreError::Generic { store: "files", source: error.into() }))
    }
}

/// Writes all, and waits once until the disk has them.
fn write_all(folder: &Path, contents: &[Bytes]) -> io::Result<Vec<Stored>> {
    let mut stored = Vec::with_capacity(contents.len());
    let mut files = Vec::new();
    for content in contents {
        let key = Key::random();
        let path = folder.join(key.place().as_ref());
        if let Some(parent) = path.parent() {
            fs::create_dir_all(parent)?;
        }
        let mut file = File::create_new(&path)?;
        file.write_all(content)?;
        files.push(file);
        stored.push(Stored { key, size: content.len() as u64, digest: hex(&Sha256::digest(content)) });
    }
    settle(folder, &files)?;
    Ok(stored)
}

/// One call for the whole file system: contents, names and new folders.
#[cfg(target_os = "linux")]
fn settle(folder: &Path, files: &[File]) -> io::Result<()> {
    if files.is_empty() {
        return Ok(());
    }
    Ok(rustix::fs::syncfs(File::open(folder)?)?)
}

#[cfg(not(target_os = "linux"))]
fn settle(folder: &Path, files: &[File]) -> io::Result<()> {
    files.iter().try_for_each(File::sync_all)?;
    File::open(folder)?.sync_all()
}

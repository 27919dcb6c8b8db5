//! Files that people sent or made: attachments, pictures, exports. Kept beside the database, under keys that it holds.
//!
//! A key is random, not a digest of the content: two people may send the same picture, and erasing the one's must not
//! take the other's, and a key that leaks must not tell what is behind it. The digest comes back beside the key, for
//! whoever wants to compare. A key is given out only when the file is on disk, so that a row never names a file that
//! a power cut took; a file that no row names (the transaction was refused after it) is the sweep's business.

mod many;

use std::path::Path;
use std::sync::Arc;

use bytes::Bytes;
use futures::{Stream, StreamExt};
use object_store::local::LocalFileSystem;
use object_store::path::Path as Place;
use object_store::{MultipartUpload, ObjectStore, ObjectStoreExt, PutPayload};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use thiserror::Error;

use crate::db::{Column, FromColumn, Param, ToParam};

/// How much is written at a time.
const PIECE: usize = 5 * 1024 * 1024;

/// Where files are kept; clones share it.
#[derive(Debug, Clone)]
pub struct Files {
    store: Arc<dyn ObjectStore>,
    /// Where the local folder is.
    folder: Arc<Path>,
    limit: u64,
}

/// Names one file, for ever. Kept in the database as text.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Key(String);

/// What was stored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stored {
    /// By which it is found again.
    pub key: Key,
    /// In bytes.
    pub size: u64,
    /// SHA-256 of the content, in hex.
    pub digest: String,
}

/// Why a file could not be stored or read.
#[derive(Debug, Error)]
pub enum FileError {
    /// More than the limit.
    #[error(
        "this file has more than {limit} bytes, which is the most that is kept. Send a smaller one, \
         or ask whoever runs the desk to raise limits.upload_bytes"
    )]
    TooLarge {
        /// In bytes.
        limit: u64,
    },
    /// Nothing is kept under this key.
    #[error("the file {0} is not here: it was deleted, or the folder of files was not restored with the database")]
    Missing(Key),
    /// The sender broke off.
    #[error("the file did not arrive whole ({0}): nothing was kept, please send it again")]
    Interrupted(String),
    /// The folder or the store refused.
    #[error("the store of files refused ({0}): check that it can be reached, is not full, and may be written")]
    Store(#[source] object_store::Error),
    /// The folder could not be made.
    #[error("the folder {folder} for files cannot be used ({why}): make it writable for the desk's user")]
    Folder {
        /// Its path.
        folder: String,
        /// The system's word.
        why: String,
    },
}

impl Files {
    /// Files in a local folder, made when it is not there, none larger than `limit` bytes.
    ///
    /// # Errors
    /// When the folder cannot be made.
    pub fn in_folder(folder: &Path, limit: u64) -> Result<Self, FileError> {
        let refused = |why: String| FileError::Folder { folder: folder.display().to_string(), why };
        std::fs::create_dir_all(folder).map_err(|error| refused(error.to_string()))?;
        // With fsync a put returns when the content, the name and every new folder above it are on disk.
        let store =
            LocalFileSystem::new_with_prefix(folder).map_err(|error| refused(error.to_string()))?.with_fsync(true);
        Ok(Self { store: Arc::new(store), folder: folder.into(), limit })
    }

    /// The most bytes that one file may have.
    pub fn limit(&self) -> u64 {
        self.limit
    }

    /// Stores content that is at hand.
    ///
    /// # Errors
    /// When it is too large, or the store refuses; then nothing is kept.
    pub async fn put(&self, content: impl Into<Bytes>) -> Result<Stored, FileError> {
        let content = content.into();
        let size = content.len() as u64;
        if size > self.limit {
            return Err(FileError::TooLarge { limit: self.limit });
        }
        let key = Key::random();
        let digest = hex(&Sha256::digest(&content));
        self.store.put(&key.place(), PutPayload::from_bytes(content)).await.map_err(FileError::Store)?;
        Ok(Stored { key, size, digest })
    }

    /// Stores content as it arrives, holding at most a few megabytes of it.
    ///
    /// # Errors
    /// When it turns out too large, breaks off, or the store refuses; then nothing is kept.
    pub async fn put_stream<E: std::fmt::Display>(
        &self,
        content: impl Stream<Item = Result<Bytes, E>> + Send,
    ) -> Result<Stored, FileError> {
        let key = Key::random();
        let mut upload = self.store.put_multipart(&key.place()).await.map_err(FileError::Store)?;
        match self.take_in(upload.as_mut(), content).await {
            Ok((size, digest)) => Ok(Stored { key, size, digest }),
            Err(error) => {
                if let Err(left) = upload.abort().await {
                    tracing::warn!("an unfinished file was left behind: {left}");
                }
                Err(error)
            }
        }
    }

    async fn take_in<E: std::fmt::Display>(
        &self,
        upload: &mut dyn MultipartUpload,
        content: impl Stream<Item = Result<Bytes, E>> + Send,
    ) -> Result<(u64, String), FileError> {
        let (mut size, mut digest) = (0, Sha256::new());
        let mut piece: Vec<u8> = Vec::new();
        let mut content = std::pin::pin!(content);
        while let Some(bytes) = content.next().await {
            let bytes = bytes.map_err(|error| FileError::Interrupted(error.to_string()))?;
            size += bytes.len() as u64;
            if size > self.limit {
                return Err(FileError::TooLarge { limit: self.limit });
            }
            digest.update(&bytes);
            piece.extend_from_slice(&bytes);
            if piece.len() >= PIECE {
                upload.put_part(std::mem::take(&mut piece).into()).await.map_err(FileError::Store)?;
            }
        }
        upload.put_part(piece.into()).await.map_err(FileError::Store)?;
        upload.complete().await.map_err(FileError::Store)?;
        Ok((size, hex(&digest.finalize())))
    }

    /// The whole content.
    ///
    /// # Errors
    /// When there is none, or it cannot be read.
    pub async fn get(&self, key: &Key) -> Result<Bytes, FileError> {
        let found = self.store.get(&key.place()).await.map_err(|error| about(key, error))?;
        found.bytes().await.map_err(|error| about(key, error))
    }

    /// The content piece by piece, and how many bytes it has.
    ///
    /// # Errors
    /// When there is none, or it cannot be read.
    pub async fn stream(
        &self,
        key: &Key,
    ) -> Result<(u64, impl Stream<Item = Result<Bytes, FileError>> + Send + 'static), FileError> {
        let found = self.store.get(&key.place()).await.map_err(|error| about(key, error))?;
        let size = found.meta.size;
        Ok((size, found.into_stream().map(|piece| piece.map_err(FileError::Store))))
    }

    /// Deletes a file. One that is not there is as good as deleted.
    ///
    /// # Errors
    /// When the store refuses.
    pub async fn delete(&self, key: &Key) -> Result<(), FileError> {
        match self.store.delete(&key.place()).await {
            Ok(()) | Err(object_store::Error::NotFound { .. }) => Ok(()),
            Err(error) => Err(FileError::Store(error)),
        }
    }
}

fn about(key: &Key, error: object_store::Error) -> FileError {
    match error {
        object_store::Error::NotFound { .. } => FileError::Missing(key.clone()),
        other => FileError::Store(other),
    }
}

fn hex(bytes: &[u8]) -> String {
    use std::fmt::Write;
    bytes.iter().fold(String::with_capacity(bytes.len() * 2), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    })
}

impl Key {
    fn random() -> Self {
        Self(crate::id::random())
    }

    /// The key of this text; `None` when it cannot be one. So a key never leads out of the folder.
    pub fn parse(text: &str) -> Option<Self> {
        let plain = text.len() == 32 && text.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit());
        plain.then(|| Self(text.to_owned()))
    }

    /// As it is kept.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Two folders deep, so that no folder grows too long to look into.
    fn place(&self) -> Place {
        Place::from_iter([&self.0[..2], &self.0[2..4], &self.0[4..]])
    }
}

impl std::fmt::Display for Key {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}

impl TryFrom<String> for Key {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        Self::parse(&text).ok_or_else(|| format!("{text:?} is no key of a file"))
    }
}

impl From<Key> for String {
    fn from(key: Key) -> Self {
        key.0
    }
}

impl ToParam for Key {
    fn to_param(&self) -> Param<'_> {
        Param::Text(&self.0)
    }
}

impl FromColumn for Key {
    fn from_column(column: Column<'_>) -> Option<Self> {
        match column {
            Column::Text(text) => Self::parse(text),
            _ => None,
        }
    }
}

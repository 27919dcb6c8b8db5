//! Files in a conversation: kept before the write that names them, shown only as downloads unless they are safe pictures.

use axum::http::{HeaderValue, header};
use axum::response::{IntoResponse, Response};
use base::file::{Files, Key};
use web::error::{Error, Result};
use web::form::Upload;

use super::MessageId;

/// A file that was kept and is to be named by a message.
#[derive(Debug, Clone)]
pub struct Enclosure {
    /// Where it is kept.
    pub key: String,
    /// What it is called.
    pub name: String,
    /// What it says it is.
    pub kind: String,
    /// How large it is.
    pub bytes: i64,
    /// The Content-ID by which the mail's HTML names it.
    pub cid: Option<String>,
    /// Shown in the text rather than listed beneath it.
    pub is_inline: bool,
}

/// A file of a conversation.
#[derive(Debug, Clone)]
pub(super) struct File {
    pub id: i64,
    pub message: MessageId,
    pub key: String,
    pub name: String,
    pub kind: String,
    pub bytes: i64,
    #[expect(dead_code, reason = "HTML that is shown in a frame will name it")]
    pub cid: Option<String>,
    #[expect(dead_code, reason = "HTML that is shown in a frame will name it")]
    pub is_inline: bool,
}

impl File {
    /// Its size as people read it.
    pub(super) fn size(&self) -> String {
        match self.bytes {
            bytes if bytes < 1_000 => format!("{bytes} B"),
            bytes if bytes < 1_000_000 => format!("{} kB", bytes / 1_000),
            bytes => format!("{}.{} MB", bytes / 1_000_000, bytes % 1_000_000 / 100_000),
        }
    }
}

impl Enclosure {
    /// Keeps uploads; what they are called is theirs, where they lie is ours.
    pub(super) async fn keep(files: &Files, uploads: &[Upload]) -> Result<Vec<Self>> {
        let mut kept = Vec::with_capacity(uploads.len());
        for upload in uploads {
            let stored = files.put(upload.bytes.clone()).await.map_err(Error::internal)?;
            kept.push(Self {
                key: stored.key.as_str().to_owned(),
                name: upload.name.clone(),
                kind: upload.content_type.clone(),
                bytes: upload.bytes.len() as i64,
                cid: None,
                is_inline: false,
            });
        }
        Ok(kept)
    }
}

/// Pictures that a browser may show in the page; everything else is saved, never opened.
const SAFE: [&str; 4] = ["image/png", "image/jpeg", "image/gif", "image/webp"];

/// The answer that gives a file to whoever may have it.
pub(super) async fn give(files: &Files, file: &File) -> Result<Response> {
    let key = Key::parse(&file.key).ok_or(Error::NotFound)?;
    let bytes = files.get(&key).await.map_err(Error::internal)?;
    let safe = SAFE.contains(&file.kind.as_str());
    let kind = if safe { file.kind.as_str() } else { "application/octet-stream" };
    let how = if safe { "inline" } else { "attachment" };
    let disposition =
        format!("{how}; filename*=UTF-8''{}", web::form::url_encoded(&file.name).replace(['/', '~'], "_"));
    let mut response = bytes.into_response();
    let headers = response.headers_mut();
    headers.insert(
        header::CONTENT_TYPE,
        HeaderValue::from_str(kind).unwrap_or(HeaderValue::from_static("application/octet-stream")),
    );
    if let Ok(value) = HeaderValue::from_str(&disposition) {
        headers.insert(header::CONTENT_DISPOSITION, value);
    }
    headers.insert(header::CONTENT_SECURITY_POLICY, HeaderValue::from_static("default-src 'none'; sandbox"));
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("private, max-age=3600"));
    Ok(response)
}

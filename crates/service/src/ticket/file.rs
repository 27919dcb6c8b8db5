//! Files in a conversation: kept before the write that names them, shown only as downloads unless they are safe pictures.

use axum::http::{HeaderValue, header};
use axum::response::{IntoResponse, Response};
use base::file::{Files, Key};
use bytes::Bytes;
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
    pub cid: Option<String>,
    pub is_inline: bool,
}

impl File {
    /// Its size as people read it.
    pub(super) fn size(&self) -> String {
        size(self.bytes)
    }

    /// What it is, for whoever looks at the list.
    pub(super) fn sort(&self) -> Sort {
        Sort::of(&self.kind, &self.name)
    }
}

/// A size as people read it.
pub(super) fn size(bytes: i64) -> String {
    match bytes {
        bytes if bytes < 1_000 => format!("{bytes} B"),
        bytes if bytes < 1_000_000 => format!("{} kB", bytes / 1_000),
        bytes => format!("{}.{} MB", bytes / 1_000_000, bytes % 1_000_000 / 100_000),
    }
}

/// What a file is to people.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Sort {
    /// A mail, with what is in it.
    Mail,
    /// A meeting.
    Meeting,
    /// Somebody's address.
    Contact,
    /// A voice message, or other sound.
    Sound,
    /// A fax.
    Fax,
    /// A picture.
    Picture,
    /// Any other file.
    Other,
}

impl Sort {
    /// What a file of this type and name is.
    pub(super) fn of(kind: &str, name: &str) -> Self {
        let name = name.to_ascii_lowercase();
        let ending = name.rsplit_once('.').map_or("", |(_, ending)| ending);
        match (kind, ending) {
            ("message/rfc822" | "message/global", _) | (_, "eml") => Self::Mail,
            ("text/calendar" | "application/ics", _) | (_, "ics") => Self::Meeting,
            ("text/vcard" | "text/x-vcard" | "text/directory", _) | (_, "vcf") => Self::Contact,
            _ if kind.starts_with("audio/") || matches!(ending, "wav" | "mp3" | "m4a" | "ogg" | "amr") => Self::Sound,
            ("image/tiff" | "application/pdf", _) if name.starts_with("fax") || kind == "image/tiff" => Self::Fax,
            _ if kind.starts_with("image/") => Self::Picture,
            _ => Self::Other,
        }
    }

    /// The key of its name.
    pub(super) fn key(self) -> &'static str {
        match self {
            Self::Mail => "file-mail",
            Self::Meeting => "file-meeting",
            Self::Contact => "file-contact",
            Self::Sound => "file-sound",
            Self::Fax => "file-fax",
            Self::Picture => "file-picture",
            Self::Other => "file-other",
        }
    }

    /// Its icon.
    pub(super) fn icon(self) -> &'static str {
        match self {
            Self::Mail => "channel-email",
            Self::Meeting => "calendar",
            Self::Contact => "person",
            Self::Sound => "sound",
            Self::Fax => "print",
            Self::Picture => "picture",
            Self::Other => "file",
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

/// What a browser may show in the page: pictures of pixels, by what they are and not by what they say they are.
/// Everything else is saved, never opened.
fn picture(bytes: &[u8]) -> Option<&'static str> {
    match bytes {
        [0x89, b'P', b'N', b'G', ..] => Some("image/png"),
        [0xff, 0xd8, 0xff, ..] => Some("image/jpeg"),
        [b'G', b'I', b'F', b'8', ..] => Some("image/gif"),
        [b'R', b'I', b'F', b'F', _, _, _, _, b'W', b'E', b'B', b'P', ..] => Some("image/webp"),
        _ => None,
    }
}

/// The bytes of a file.
pub(super) async fn read(files: &Files, file: &File) -> Result<Bytes> {
    let key = Key::parse(&file.key).ok_or(Error::NotFound)?;
    files.get(&key).await.map_err(Error::internal)
}

/// The answer that gives a file to whoever may have it.
pub(super) async fn give(files: &Files, file: &File) -> Result<Response> {
    let bytes = read(files, file).await?;
    let shown = picture(&bytes);
    let (kind, safe) = (shown.unwrap_or("application/octet-stream"), shown.is_some());
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn line_62_a_picture_is_known_by_its_bytes() {
        assert_eq!(picture(b"\x89PNG\r\n\x1a\n"), Some("image/png"));
        assert_eq!(picture(b"RIFF\x00\x00\x00\x00WEBPVP8 "), Some("image/webp"));
        for other in [&b"<svg xmlns='x'>"[..], b"GIF7", b"", b"RIFF1234AVI ", b"%PDF-1"] {
            assert_eq!(picture(other), None);
        }
    }

    #[test]
    fn line_66_files_say_what_they_are() {
        for (kind, name, expected) in [
            ("text/x-vcard", "ana.vcf", Sort::Contact),
            ("application/octet-stream", "Ana Lima.VCF", Sort::Contact),
            ("audio/x-wav", "msg_0042.wav", Sort::Sound),
            ("application/pdf", "Fax_20260302.pdf", Sort::Fax),
            ("image/tiff", "page.tif", Sort::Fax),
            ("application/pdf", "invoice.pdf", Sort::Other),
            ("application/octet-stream", "invite.ics", Sort::Meeting),
            ("message/rfc822", "x", Sort::Mail),
            ("image/png", "x.png", Sort::Picture),
        ] {
            assert_eq!(Sort::of(kind, name), expected, "{kind} {name}");
        }
    }
}

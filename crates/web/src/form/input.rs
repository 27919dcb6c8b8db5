//! What was sent: fields in order, and files.

use std::sync::Arc;

use axum::extract::{DefaultBodyLimit, FromRequest, Multipart, Request};
use axum::http::{StatusCode, header};
use bytes::Bytes;

use crate::App;
use crate::error::Error;

/// All text fields together may be this long.
const TEXT_BYTES: usize = 2 * 1024 * 1024;
/// More fields than any form of ours has.
const FIELDS: usize = 500;
/// All files of a form together may be as large as this many of the largest; what is beyond is passed over.
const FILES: usize = 4;
/// So many times as much is read of a form at all. What reads a form piece by piece holds what it cannot read yet, such
/// as a header that never ends.
const READ: usize = 2 * FILES;

/// A file that was sent.
#[derive(Debug, Clone)]
pub struct Upload {
    /// The field it came in.
    pub field: String,
    /// Its name, without folders.
    pub name: String,
    /// What the browser says it is; not to be trusted.
    pub content_type: String,
    /// Its content; empty when it was too large.
    pub bytes: Bytes,
    /// It was larger than the operator allows, alone or with the files before it; its content was passed over.
    pub too_large: bool,
}

/// The fields of a form. Cloning copies a pointer.
#[derive(Debug, Clone, Default)]
pub struct Input {
    fields: Arc<Vec<(String, String)>>,
    uploads: Arc<Vec<Upload>>,
}

impl Input {
    /// An empty form, or one with fields filled in by us.
    pub fn with(fields: &[(&str, &str)]) -> Self {
        let fields = fields.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
        Self { fields: Arc::new(fields), uploads: Arc::default() }
    }

    /// The field's first value; empty when it is missing.
    pub fn get(&self, name: &str) -> &str {
        self.fields.iter().find(|(field, _)| field == name).map_or("", |(_, value)| value)
    }

    /// All values of a field, as of a list of check boxes.
    pub fn all<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a str> {
        self.fields.iter().filter(move |(field, _)| field == name).map(|(_, value)| value.as_str())
    }

    /// The files that were sent, empty ones left out.
    pub fn uploads(&self) -> &[Upload] {
        &self.uploads
    }
}

impl FromRequest<App> for Input {
    type Rejection = Error;

    async fn from_request(request: Request, app: &App) -> Result<Self, Error> {
        read(request, app.site.upload_bytes).await
    }
}

/// Reads a form of either kind; no file in it may be larger than `upload_bytes`.
pub(crate) async fn read(mut request: Request, upload_bytes: usize) -> Result<Input, Error> {
    let kind = request.headers().get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok());
    if kind.is_some_and(|kind| kind.starts_with("multipart/form-data")) {
        DefaultBodyLimit::max(upload_bytes.saturating_mul(READ).saturating_add(TEXT_BYTES)).apply(&mut request);
        let multipart = Multipart::from_request(request, &()).await.map_err(|_| Error::Refused("broken form"))?;
        return read_multipart(multipart, upload_bytes).await;
    }
    let body = axum::body::to_bytes(request.into_body(), TEXT_BYTES).await.map_err(|_| Error::TooLarge)?;
    let fields = decoded(&body);
    Ok(Input { fields: Arc::new(fields), uploads: Arc::default() })
}

/// `application/x-www-form-urlencoded`, forgiving: what is not UTF-8 becomes replacement characters.
fn decoded(body: &[u8]) -> Vec<(String, String)> {
    let pairs = body.split(|byte| *byte == b'&').filter(|pair| !pair.is_empty()).take(FIELDS);
    pairs
        .map(|pair| {
            let mut halves = pair.splitn(2, |byte| *byte == b'=');
            (percent_decoded(halves.next().unwrap_or_default()), percent_decoded(halves.next().unwrap_or_default()))
        })
        .collect()
}

fn percent_decoded(text: &[u8]) -> String {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text;
    while let [first, tail @ ..] = rest {
        rest = tail;
        match first {
            b'+' => bytes.push(b' '),
            b'%' => match tail {
                [high, low, after @ ..] if high.is_ascii_hexdigit() && low.is_ascii_hexdigit() => {
                    let digit = |byte: u8| char::from(byte).to_digit(16).unwrap_or(0) as u8;
                    bytes.push(digit(*high) << 4 | digit(*low));
                    rest = after;
                }
                _ => bytes.push(b'%'),
            },
            other => bytes.push(*other),
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

async fn read_multipart(mut multipart: Multipart, upload_bytes: usize) -> Result<Input, Error> {
    let (mut fields, mut uploads, mut text_bytes) = (Vec::new(), Vec::new(), 0);
    let mut room = upload_bytes.saturating_mul(FILES);
    while let Some(mut field) = multipart.next_field().await.map_err(|error| refused(&error))? {
        if fields.len() + uploads.len() >= FIELDS {
            return Err(Error::TooLarge);
        }
        let name = field.name().unwrap_or_default().to_owned();
        let file_name = field.file_name().map(clean_name);
        let content_type = field.content_type().unwrap_or("application/octet-stream").to_owned();
        let limit = if file_name.is_some() { upload_bytes.min(room) } else { TEXT_BYTES };
        let (mut bytes, mut too_large) = (Vec::new(), false);
        while let Some(chunk) = field.chunk().await.map_err(|error| refused(&error))? {
            too_large |= bytes.len() + chunk.len() > limit;
            if too_large {
                bytes = Vec::new();
            } else {
                bytes.extend_from_slice(&chunk);
            }
        }
        match file_name {
            None => {
                text_bytes += bytes.len();
                if too_large || text_bytes > TEXT_BYTES {
                    return Err(Error::TooLarge);
                }
                fields.push((name, String::from_utf8_lossy(&bytes).into_owned()));
            }
            // A file field left empty is sent as a file without a name.
            Some(file) if file.is_empty() && bytes.is_empty() && !too_large => {}
            Some(file) => {
                let bytes = Bytes::from(bytes);
                room -= bytes.len();
                uploads.push(Upload { field: name, name: file, content_type, bytes, too_large });
            }
        }
    }
    Ok(Input { fields: Arc::new(fields), uploads: Arc::new(uploads) })
}

fn refused(error: &axum::extract::multipart::MultipartError) -> Error {
    match error.status() {
        StatusCode::PAYLOAD_TOO_LARGE => Error::TooLarge,
        _ => Error::Refused("broken form"),
    }
}

/// A file's name without folders and control characters.
fn clean_name(raw: &str) -> String {
    let last = raw.rsplit(['/', '\\']).next().unwrap_or_default();
    last.chars().filter(|letter| !letter.is_control()).take(200).collect::<String>().trim().to_owned()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test ends where something is missing")]

    use super::*;

    #[test]
    fn anything_is_decoded() {
        let fields = decoded(b"a=1&b=x+y%21&a=2&=&%zz=%4&c");
        let expected = [("a", "1"), ("b", "x y!"), ("a", "2"), ("", ""), ("%zz", "%4"), ("c", "")];
        let expected: Vec<_> = expected.iter().map(|(n, v)| ((*n).to_owned(), (*v).to_owned())).collect();
        assert_eq!(fields, expected);
        assert_eq!(percent_decoded(b"%ff"), "\u{fffd}");
    }

    fn form(body: axum::body::Body) -> Request {
        Request::post("/").header(header::CONTENT_TYPE, "multipart/form-data; boundary=b").body(body).unwrap()
    }

    #[tokio::test]
    async fn many_files_take_no_more_memory_than_a_few() {
        let part = |n: usize| {
            let head = format!("--b\r\nContent-Disposition: form-data; name=f; filename=\"{n}.bin\"\r\n\r\n");
            [head.as_bytes(), &[b'x'; 600], b"\r\n"].concat()
        };
        let body = [(0..7).flat_map(part).collect(), b"--b--\r\n".to_vec()].concat();
        let input = read(form(body.into()), 1_000).await.unwrap();
        let too_large: Vec<bool> = input.uploads().iter().map(|upload| upload.too_large).collect();
        assert_eq!(too_large, [false, false, false, false, false, false, true], "4,000 bytes of files are held");
    }

    #[tokio::test]
    async fn a_header_that_never_ends_is_not_waited_for() {
        let head: &[u8] = b"--b\r\nContent-Disposition: form-data; name=";
        let first = futures::stream::once(async { Ok::<_, std::io::Error>(Bytes::from_static(head)) });
        let endless = futures::stream::repeat_with(|| Ok(Bytes::from_static(&[b'x'; 4_096])));
        let body = axum::body::Body::from_stream(futures::StreamExt::chain(first, endless));
        assert!(matches!(read(form(body), 1_000).await, Err(Error::TooLarge)));
    }

    #[test]
    fn a_file_name_has_no_folders() {
        assert_eq!(clean_name("..\\..\\C:\\x/plan\u{7}.pdf"), "plan.pdf");
    }
}

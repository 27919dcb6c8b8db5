//! Doors for the fuzz targets in `fuzz/`, and for the test that replays what they left: how requests are read is no
//! business of other crates, but it is to hold for any bytes. Only there in tests and in builds for fuzzing.

use axum::extract::Request;
use axum::http::HeaderMap;

use crate::error::Result;
use crate::form::Input;

/// Reads a form of either kind; no file in it may be larger than `upload_bytes`.
///
/// # Errors
/// When it is too large, or is none.
pub async fn read_form(request: Request, upload_bytes: usize) -> Result<Input> {
    crate::form::read(request, upload_bytes).await
}

/// Whether a request that changes something comes from a page of ours.
pub fn from_own_page(headers: &HeaderMap) -> bool {
    crate::guard::from_own_page(headers)
}

/// The name of the way in which an answer is compressed.
pub fn coding(headers: &HeaderMap) -> Option<&'static str> {
    crate::compress::Coding::accepted(headers).map(crate::compress::Coding::name)
}

/// The theme, the flash and the session of a request's cookies.
pub fn cookies(headers: &HeaderMap) -> Vec<(String, String)> {
    let jar = axum_extra::extract::CookieJar::from_headers(headers);
    jar.iter().map(|cookie| (cookie.name().to_owned(), cookie.value().to_owned())).collect()
}

//! Style sheet, scripts and icons: built by `build.rs` from `front/`, held in the binary, served under a name that
//! changes with the content, so that a browser keeps each for a year and asks again only for what changed.

use axum::Router;
use axum::extract::Path;
use axum::http::header::{CACHE_CONTROL, CONTENT_ENCODING, CONTENT_TYPE, VARY};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use axum::routing::get;

use crate::compress::Coding;

/// One file of the front.
#[derive(Debug)]
pub struct Asset {
    /// What a page calls it: `style.css`.
    pub name: &'static str,
    /// Where it is served: `/assets/style-0123456789.css`.
    pub url: &'static str,
    plain: &'static [u8],
    brotli: &'static [u8],
    gzip: &'static [u8],
}

/// Every file of the front.
pub const ASSETS: &[Asset] = include!(concat!(env!("OUT_DIR"), "/assets.rs"));

/// The names of all icons in the sprite.
pub const ICONS: &[&str] = include!(concat!(env!("OUT_DIR"), "/icons.rs"));

/// The address of an asset: `url("style.css")` is `/assets/style-HASH.css`. A name that the front does not have is a
/// mistake in our code: it panics in a debug build, and answers an address that is not found in a release build.
pub fn url(name: &str) -> &'static str {
    let asset = ASSETS.iter().find(|asset| asset.name == name);
    debug_assert!(asset.is_some(), "the front has no {name:?}; name it among the entries of front/build.mjs");
    asset.map_or("/assets/unknown", |asset| asset.url)
}

/// `GET /assets/{file}`.
pub fn routes<S: Clone + Send + Sync + 'static>() -> Router<S> {
    Router::new().route("/assets/{file}", get(show))
}

async fn show(Path(file): Path<String>, headers: HeaderMap) -> Response {
    let named = |asset: &&Asset| asset.url.strip_prefix("/assets/") == Some(file.as_str());
    let Some(asset) = ASSETS.iter().find(named) else {
        return StatusCode::NOT_FOUND.into_response();
    };
    let coding = Coding::accepted(&headers);
    let bytes = match coding {
        Some(Coding::Brotli) => asset.brotli,
        Some(Coding::Gzip) => asset.gzip,
        None => asset.plain,
    };
    let mut response = (
        [
            (CONTENT_TYPE, content_type(asset.name)),
            (CACHE_CONTROL, "public, max-age=31536000, immutable"),
            (VARY, "accept-encoding"),
        ],
        bytes,
    )
        .into_response();
    if let Some(coding) = coding {
        response.headers_mut().insert(CONTENT_ENCODING, axum::http::HeaderValue::from_static(coding.name()));
    }
    response
}

fn content_type(name: &str) -> &'static str {
    match name.rsplit('.').next() {
        Some("css") => "text/css; charset=utf-8",
        Some("js") => "text/javascript; charset=utf-8",
        Some("svg") => "image/svg+xml",
        _ => "application/octet-stream",
    }
}

#[cfg(test)]
mod tests;

//! The brand of a desk: its name, its hue, its logo. One hue makes the whole palette (`front/style/tokens.css`), with
//! contrast that holds for each of the 360; so a brand can be chosen by anyone, and cannot be made illegible.

use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE, ETAG, IF_NONE_MATCH};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};

/// How a desk presents itself on every page, mail and flyer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Brand {
    /// The name on the door.
    pub name: String,
    /// Hue of the accent in degrees of OKLCH, 0 to 359: 30 brick, 90 ochre, 145 leaf, 178 sea green, 250 blue, 320 plum.
    pub hue: u16,
    /// Address of a logo on this desk; the name is written beside it. Without one our own mark is shown.
    pub logo: Option<String>,
}

impl Default for Brand {
    fn default() -> Self {
        Self { name: "The Desk".to_owned(), hue: 178, logo: None }
    }
}

impl Brand {
    /// The whole of `/brand.css`. Only a number goes into it, so nothing that an administrator types can become style.
    pub fn stylesheet(&self) -> String {
        format!(":root{{--brand-h:{}}}", self.hue % 360)
    }

    /// The address of the brand's style sheet, which changes with the brand.
    pub fn url(&self) -> String {
        format!("/brand.css?h={}", self.hue % 360)
    }
}

/// `GET /brand.css`: the brand as a style sheet. Browsers ask again after an hour and are told when nothing changed.
pub fn show(brand: &Brand, headers: &HeaderMap) -> Response {
    let tag = format!("\"h{}\"", brand.hue % 360);
    let known = headers.get(IF_NONE_MATCH).and_then(|value| value.to_str().ok());
    let headers = [(CACHE_CONTROL, "public, max-age=3600".to_owned()), (ETAG, tag.clone())];
    if known.is_some_and(|known| known.split(',').any(|one| one.trim().trim_start_matches("W/") == tag)) {
        return (StatusCode::NOT_MODIFIED, headers).into_response();
    }
    (headers, [(CONTENT_TYPE, "text/css; charset=utf-8")], brand.stylesheet()).into_response()
}

#[cfg(test)]
mod contrast;

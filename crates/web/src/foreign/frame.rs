//! The page within the frame: foreign HTML, under a policy of its own.

use askama::Template;
use axum::http::{HeaderValue, header};
use axum::response::{Html, IntoResponse, Response};
use base::text::Words;

use super::Clean;
use crate::actor::Visit;
use crate::error::Result;

/// No script, no form, nothing from elsewhere, no window but those that a link opens. Being of one origin with the page
/// around it, the page can measure it; with no script in it, that lets nothing out.
const POLICY: &str = "default-src 'none'; img-src 'self' data:; style-src 'unsafe-inline'; base-uri 'none'; \
     form-action 'none'; frame-ancestors 'self'; sandbox allow-same-origin allow-popups allow-popups-to-escape-sandbox";
/// The same, and pictures from elsewhere.
const POLICY_REMOTE: &str = "default-src 'none'; img-src 'self' data: https:; style-src 'unsafe-inline'; \
     base-uri 'none'; form-action 'none'; frame-ancestors 'self'; \
     sandbox allow-same-origin allow-popups allow-popups-to-escape-sandbox";

/// A page that shows a document within a frame of another page.
#[derive(Template)]
#[template(path = "foreign/frame.html")]
pub struct Frame {
    clean: Clean,
    title: String,
    remote: bool,
    lang: &'static str,
    theme: Option<&'static str>,
    words: Words,
}

impl Frame {
    const BASE: &str = include_str!("frame.css");
    const LAST: &str = include_str!("last.css");

    /// The page of a document; `remote` says that pictures from elsewhere were asked for.
    pub fn new(clean: Clean, title: &str, remote: bool, visit: &Visit) -> Self {
        Self {
            clean,
            title: title.to_owned(),
            remote,
            lang: visit.lang.code(),
            theme: visit.theme.map(|theme| theme.code()),
            words: visit.words.clone(),
        }
    }

    fn blocked(&self, key: &str) -> String {
        self.words.tn(key, &[("count", (self.clean.blocked as i64).into())])
    }

    /// The answer, with the headers that a frame needs.
    ///
    /// # Errors
    /// When the page cannot be written.
    pub fn response(&self) -> Result<Response> {
        let mut response = Html(self.render()?).into_response();
        let headers = response.headers_mut();
        let policy = if self.remote { POLICY_REMOTE } else { POLICY };
        headers.insert(header::CONTENT_SECURITY_POLICY, HeaderValue::from_static(policy));
        headers.insert(header::X_FRAME_OPTIONS, HeaderValue::from_static("SAMEORIGIN"));
        headers.insert(header::REFERRER_POLICY, HeaderValue::from_static("no-referrer"));
        Ok(response)
    }
}

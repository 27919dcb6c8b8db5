//! Errors as pages: what happened in plain words, what is safe, and a way onward.
//!
//! Handlers return [`Error`]; the middleware [`pages`] turns it into a page in the reader's language, or into a toast
//! for a part of a page. The inside of `Internal` is logged once, under the reference that the page shows.

use std::sync::Arc;

use askama::Template;
use axum::extract::{Request, State};
use axum::http::{HeaderValue, StatusCode, header};
use axum::middleware::Next;
use axum::response::{Html, IntoResponse, Response};

use crate::App;
use crate::actor::Visit;
use crate::page::Page;

/// The result of a handler.
pub type Result<T = Response, E = Error> = std::result::Result<T, E>;

/// Why a request was not answered as asked. Mistakes in a form are not errors: the form is shown again.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// There is no such thing, or the reader may not know of it.
    #[error("not found")]
    NotFound,
    /// The reader must sign in first.
    #[error("sign in first")]
    SignIn,
    /// The reader may not do this.
    #[error("not allowed")]
    Forbidden,
    /// Someone else changed it meanwhile, or it is in a state in which this cannot be done.
    #[error("conflict")]
    Conflict,
    /// The request as a whole is too large.
    #[error("too large")]
    TooLarge,
    /// Too many tries.
    #[error("too many tries")]
    TooMany,
    /// The request came from another site's page, or is broken in a way that no form of ours can be.
    #[error("refused: {0}")]
    Refused(&'static str),
    /// A fault of ours.
    #[error("{0}")]
    Internal(String),
}

impl From<base::db::Error> for Error {
    fn from(error: base::db::Error) -> Self {
        match error {
            base::db::Error::Contended => Self::Conflict,
            other => Self::Internal(other.to_string()),
        }
    }
}

impl From<askama::Error> for Error {
    fn from(error: askama::Error) -> Self {
        Self::Internal(format!("a template failed: {error}"))
    }
}

impl Error {
    /// Something of ours that failed, in its own words.
    pub fn internal(why: impl std::fmt::Display) -> Self {
        Self::Internal(why.to_string())
    }

    fn status(&self) -> StatusCode {
        match self {
            Self::NotFound => StatusCode::NOT_FOUND,
            Self::SignIn => StatusCode::UNAUTHORIZED,
            Self::Forbidden => StatusCode::FORBIDDEN,
            Self::Conflict => StatusCode::CONFLICT,
            Self::TooLarge => StatusCode::PAYLOAD_TOO_LARGE,
            Self::TooMany => StatusCode::TOO_MANY_REQUESTS,
            Self::Refused(_) => StatusCode::BAD_REQUEST,
            Self::Internal(_) => StatusCode::INTERNAL_SERVER_ERROR,
        }
    }

    /// The key of its name; what it says is the same with `-words`, its heading with `-title`.
    fn key(&self) -> &'static str {
        match self {
            Self::NotFound => "error-not-found",
            Self::SignIn => "error-sign-in",
            Self::Forbidden => "error-forbidden",
            Self::Conflict => "error-conflict",
            Self::TooLarge => "error-too-large",
            Self::TooMany => "error-too-many",
            Self::Refused(_) => "error-refused",
            Self::Internal(_) => "error-internal",
        }
    }
}

/// What the middleware needs to draw the page; travels in the response's extensions.
#[derive(Clone)]
struct Shown {
    key: &'static str,
    reference: Option<String>,
}

impl IntoResponse for Error {
    fn into_response(self) -> Response {
        let reference = matches!(self, Self::Internal(_)).then(|| base::id::token()[24..].to_uppercase());
        if let (Self::Internal(why), Some(reference)) = (&self, &reference) {
            tracing::error!(reference, "{why}");
        }
        let mut response = self.status().into_response();
        response.extensions_mut().insert(Shown { key: self.key(), reference });
        response
    }
}

#[derive(Template)]
#[template(path = "error/show.html", blocks = ["toast"])]
struct Show {
    page: Page,
    key: &'static str,
    reference: Option<String>,
}

impl Show {
    fn words_key(&self) -> String {
        format!("{}-words", self.key)
    }
}

/// Draws the page of an error; also of those that the router itself answers with (no such path, wrong method).
pub async fn pages(State(app): State<App>, request: Request, next: Next) -> Response {
    let visit = request.extensions().get::<Arc<Visit>>().cloned();
    let mut response = next.run(request).await;
    let shown = response.extensions_mut().remove::<Shown>().or_else(|| bare(&response));
    let (Some(shown), Some(visit)) = (shown, visit) else { return response };
    if response.status() == StatusCode::UNAUTHORIZED && !visit.is_part {
        return axum::response::Redirect::to(&visit.sign_in_path()).into_response();
    }
    let page = visit.page(&app, &visit.words.t(&format!("{}-title", shown.key)), visit.section());
    let show = Show { page, key: shown.key, reference: shown.reference };
    let drawn = if visit.is_part { show.as_toast().render() } else { show.render() };
    let Ok(html) = drawn else { return response };
    let mut drawn = (response.status(), Html(html)).into_response();
    drawn.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    drawn
}

/// An answer without a body that is an error: the router's own.
fn bare(response: &Response) -> Option<Shown> {
    use http_body::Body;
    let empty = response.body().size_hint().exact() == Some(0);
    let key = match response.status() {
        StatusCode::NOT_FOUND => "error-not-found",
        StatusCode::METHOD_NOT_ALLOWED | StatusCode::BAD_REQUEST => "error-refused",
        StatusCode::PAYLOAD_TOO_LARGE => "error-too-large",
        StatusCode::INTERNAL_SERVER_ERROR => "error-internal",
        _ => return None,
    };
    empty.then_some(Shown { key, reference: None })
}

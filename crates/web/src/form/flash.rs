//! Going on after a form was done, and saying so once on the next page.

use axum::http::{HeaderValue, header};
use axum::response::{IntoResponse, Redirect, Response};
use axum_extra::extract::CookieJar;
use base::text::Words;

use crate::page::Flash;

const COOKIE: &str = "flash";

/// The answer to a form that was done: on to another page, which says what came of it.
pub struct Done {
    to: String,
    say: Option<&'static str>,
}

impl Done {
    /// On to this path.
    pub fn to(path: impl Into<String>) -> Self {
        Self { to: path.into(), say: None }
    }

    /// The next page says the text of this key, which begins with `done-`.
    pub fn saying(self, key: &'static str) -> Self {
        Self { say: Some(key), ..self }
    }
}

impl IntoResponse for Done {
    fn into_response(self) -> Response {
        let mut response = Redirect::to(&self.to).into_response();
        if let Some(key) = self.say {
            set(&mut response, &format!("{COOKIE}={key}; Path=/; Max-Age=60; SameSite=Lax; HttpOnly"));
        }
        response
    }
}

/// What the last action came to, in words.
pub fn flash_of(jar: &CookieJar, words: &Words) -> Option<Flash> {
    let key = jar.get(COOKIE)?.value();
    let ours = key.starts_with("done-") && words.has(key);
    ours.then(|| Flash { done: true, text: words.t(key) })
}

/// It was said.
pub fn forget_flash(response: &mut Response) {
    let already = response.headers().get_all(header::SET_COOKIE).iter();
    let renewed = already.filter_map(|value| value.to_str().ok()).any(|value| value.starts_with(COOKIE));
    if !renewed {
        set(response, &format!("{COOKIE}=; Path=/; Max-Age=0; SameSite=Lax; HttpOnly"));
    }
}

fn set(response: &mut Response, cookie: &str) {
    if let Ok(value) = HeaderValue::from_str(cookie) {
        response.headers_mut().append(header::SET_COOKIE, value);
    }
}

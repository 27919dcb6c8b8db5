//! A person as a client: keeps cookies, follows where a form leads, and reads pages. In process, through the router of
//! whatever is tested; no socket.

use axum::Router;
use axum::body::Body;
use axum::http::{Method, Request, StatusCode, header};
use http_body_util::BodyExt;
use tower::ServiceExt;

/// Somebody with a browser.
pub struct Person {
    router: Router,
    cookies: Vec<(String, String)>,
}

/// What came back.
#[derive(Debug)]
pub struct Answer {
    /// The status of the last answer.
    pub status: StatusCode,
    /// Where it is: the path that was asked for last.
    pub path: String,
    /// The page.
    pub text: String,
}

impl Answer {
    /// The page, which must be there.
    ///
    /// # Panics
    /// When the status is not 200.
    #[track_caller]
    pub fn ok(self) -> String {
        assert_eq!(self.status, StatusCode::OK, "{} answered {}:\n{}", self.path, self.status, self.text);
        self.text
    }

    /// The page, which must be this error.
    ///
    /// # Panics
    /// When the status is another.
    #[track_caller]
    pub fn refused(self, status: u16) -> String {
        assert_eq!(self.status.as_u16(), status, "{} answered {}:\n{}", self.path, self.status, self.text);
        self.text
    }
}

impl Person {
    /// A visitor of these pages.
    pub fn visits(router: &Router) -> Self {
        Self { router: router.clone(), cookies: Vec::new() }
    }

    /// Somebody who brings a cookie, as `name=value`.
    pub fn with_cookie(router: &Router, cookie: &str) -> Self {
        let mut person = Self::visits(router);
        person.keep(cookie);
        person
    }

    /// Opens a page, and goes where it leads.
    ///
    /// # Panics
    /// When it leads nowhere in ten steps.
    pub async fn get(&mut self, path: &str) -> Answer {
        self.go(Request::builder().method(Method::GET).uri(path), Body::empty()).await
    }

    /// Opens a page as htmx does: a part of it is wanted.
    ///
    /// # Panics
    /// As [`Person::get`].
    pub async fn get_part(&mut self, path: &str) -> Answer {
        self.go(Request::builder().method(Method::GET).uri(path).header("hx-request", "true"), Body::empty()).await
    }

    /// Sends a form, and goes where it leads.
    ///
    /// # Panics
    /// As [`Person::get`].
    pub async fn post(&mut self, path: &str, fields: &[(&str, &str)]) -> Answer {
        let body: Vec<String> =
            fields.iter().map(|(name, value)| format!("{}={}", encoded(name), encoded(value))).collect();
        let kind = "application/x-www-form-urlencoded";
        self.go(
            Request::builder().method(Method::POST).uri(path).header(header::CONTENT_TYPE, kind),
            body.join("&").into(),
        )
        .await
    }

    /// Sends a form with files: field, file name, content.
    ///
    /// # Panics
    /// As [`Person::get`].
    pub async fn post_files(&mut self, path: &str, fields: &[(&str, &str)], files: &[(&str, &str, &[u8])]) -> Answer {
        let mut body = Vec::new();
        for (name, value) in fields {
            body.extend(
                format!("--edge\r\ncontent-disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n").bytes(),
            );
        }
        for (name, file, content) in files {
            body.extend(
                format!("--edge\r\ncontent-disposition: form-data; name=\"{name}\"; filename=\"{file}\"\r\n\r\n")
                    .bytes(),
            );
            body.extend_from_slice(content);
            body.extend(b"\r\n");
        }
        body.extend(b"--edge--\r\n");
        let kind = "multipart/form-data; boundary=edge";
        self.go(Request::builder().method(Method::POST).uri(path).header(header::CONTENT_TYPE, kind), body.into()).await
    }

    async fn go(&mut self, request: axum::http::request::Builder, body: Body) -> Answer {
        let (mut answer, mut next) = self.step(request, body).await;
        for _ in 0..10 {
            let Some(path) = next else { return answer };
            (answer, next) = self.step(Request::builder().method(Method::GET).uri(path), Body::empty()).await;
        }
        panic!("{} leads in a circle", answer.path);
    }

    async fn step(&mut self, request: axum::http::request::Builder, body: Body) -> (Answer, Option<String>) {
        let cookies: Vec<String> = self.cookies.iter().map(|(name, value)| format!("{name}={value}")).collect();
        let request = request.header(header::HOST, "desk.test").header(header::COOKIE, cookies.join("; "));
        let request = request.body(body).unwrap_or_else(|error| panic!("not a request: {error}"));
        let path = request.uri().to_string();
        let response = match self.router.clone().oneshot(request).await {
            Ok(response) => response,
            Err(never) => match never {},
        };
        let status = response.status();
        for cookie in response.headers().get_all(header::SET_COOKIE) {
            self.keep(cookie.to_str().unwrap_or_default());
        }
        let location = response.headers().get(header::LOCATION).and_then(|value| value.to_str().ok());
        let next = location.filter(|_| status.is_redirection()).map(str::to_owned);
        let body = response.into_body().collect().await.unwrap_or_else(|error| panic!("no whole answer: {error}"));
        let text = String::from_utf8_lossy(&body.to_bytes()).into_owned();
        (Answer { status, path, text }, next)
    }

    fn keep(&mut self, cookie: &str) {
        let Some((name, value)) = cookie.split(';').next().and_then(|pair| pair.split_once('=')) else { return };
        self.cookies.retain(|(known, _)| known != name);
        if !value.is_empty() {
            self.cookies.push((name.to_owned(), value.to_owned()));
        }
    }
}

fn encoded(text: &str) -> String {
    text.bytes()
        .map(|byte| if byte.is_ascii_alphanumeric() { char::from(byte).to_string() } else { format!("%{byte:02X}") })
        .collect()
}

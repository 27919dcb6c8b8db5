//! What must hold for any form and any header of a request.

use axum::body::{Body, Bytes};
use axum::extract::Request;
use axum::http::header::{ACCEPT_ENCODING, ACCEPT_LANGUAGE, CONTENT_TYPE, COOKIE, HOST, IF_NONE_MATCH, ORIGIN};
use axum::http::{HeaderMap, HeaderName, HeaderValue, StatusCode};
use base::text::Lang;
use futures::executor::block_on;
use futures::stream;
use web::brand::{Brand, show};
use web::form::{Check, Input, own_path, url_encoded};
use web::fuzzing::{coding, cookies, from_own_page, read_form};

/// No file may be larger.
const FILE: usize = 200;

/// A body; its first byte says what it is.
pub fn form(data: &[u8]) {
    let Some((&kind, data)) = data.split_first() else { return };
    match kind % 4 {
        0 => plain(data),
        1 => parts(data),
        2 => written(data),
        _ => fields(data),
    }
}

fn request(kind: &str, body: Body) -> Request {
    Request::post("/").header(CONTENT_TYPE, kind).body(body).expect("a request")
}

fn read(kind: &str, body: &[u8]) -> Option<Input> {
    block_on(read_form(request(kind, Body::from(body.to_vec())), FILE)).ok()
}

/// Any bytes are a form of the plain kind.
fn plain(data: &[u8]) {
    let input = read("application/x-www-form-urlencoded", data).expect("no such form is refused");
    checked(&input);
    assert!(input.uploads().is_empty());
}

const PARTS: &str = "multipart/form-data; boundary=b";

/// In one go or byte by byte it is the same form, and no file is larger than it may be.
fn parts(data: &[u8]) {
    let data = &data[..data.len().min(2_000)];
    let whole = read(PARTS, data);
    let bytes = data.iter().map(|byte| Ok::<_, std::convert::Infallible>(Bytes::copy_from_slice(&[*byte])));
    let slow = Body::from_stream(stream::iter(bytes.collect::<Vec<_>>()));
    let slow = block_on(read_form(request(PARTS, slow), FILE)).ok();
    let shown = |input: &Option<Input>| format!("{input:?}");
    assert_eq!(shown(&whole), shown(&slow), "byte by byte, another form");
    let Some(input) = whole else { return };
    checked(&input);
    let mut all = 0;
    for file in input.uploads() {
        let bad = |c: char| c.is_control() || matches!(c, '/' | '\\');
        assert!(!file.name.contains(bad) && file.name.chars().count() <= 200, "file name {:?}", file.name);
        assert!(file.bytes.len() <= FILE && (!file.too_large || file.bytes.is_empty()));
        all += file.bytes.len();
    }
    assert!(all <= 4 * FILE, "{all} bytes of files");
}

/// What is written is read again: `data` cut into names and values at the byte 255.
fn written(data: &[u8]) {
    let pieces: Vec<String> =
        data.split(|byte| *byte == 255).map(|piece| String::from_utf8_lossy(piece).into_owned()).collect();
    let pairs: Vec<(&str, &str)> = pieces
        .chunks(2)
        .map(|pair| (pair[0].as_str(), pair.get(1).map_or("", String::as_str)))
        .filter(|(name, _)| !name.is_empty())
        .take(500)
        .collect();
    let body: Vec<String> =
        pairs.iter().map(|(name, value)| format!("{}={}", url_encoded(name), url_encoded(value))).collect();
    let input = read("application/x-www-form-urlencoded", body.join("&").as_bytes()).expect("a form");
    for (name, _) in &pairs {
        let wanted: Vec<&str> = pairs.iter().filter(|(other, _)| other == name).map(|(_, value)| *value).collect();
        assert_eq!(input.all(name).collect::<Vec<_>>(), wanted, "{name:?}");
    }
    // The same in parts, but for names that a header cannot hold and values that hold the border.
    let fits = |(name, value): &&(&str, &str)| {
        name.bytes().all(|byte| byte.is_ascii_alphanumeric()) && !value.contains("--b") && value.len() < 1_000
    };
    let pairs: Vec<&(&str, &str)> = pairs.iter().filter(fits).collect();
    let part = |(name, value): &&(&str, &str)| {
        format!("--b\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n")
    };
    let body = pairs.iter().map(part).collect::<String>() + "--b--\r\n";
    let input = read(PARTS, body.as_bytes()).expect("a form");
    for (name, _) in &pairs {
        let wanted: Vec<&str> = pairs.iter().filter(|(other, _)| other == name).map(|(_, value)| *value).collect();
        assert_eq!(input.all(name).collect::<Vec<_>>(), wanted, "{name:?} in parts");
    }
}

/// What is typed into one field, and where one is sent on to.
fn fields(data: &[u8]) {
    let text = String::from_utf8_lossy(data);
    checked(&Input::with(&[("text", &text), ("email", &text)]));
    let target = own_path(&text, "/");
    let base = url::Url::parse("https://desk.example/a/b?c").expect("a URL");
    let there = base.join(target).unwrap_or_else(|error| panic!("{target:?}: {error}"));
    assert_eq!((there.scheme(), there.host_str()), ("https", Some("desk.example")), "sent on to {target:?}");
    assert!(HeaderValue::from_str(target).is_ok(), "{target:?} cannot be sent on to");
}

fn checked(input: &Input) {
    let mut check = Check::of(input);
    let text = check.optional("text", 300);
    let bad = |c: char| c.is_control() && !matches!(c, '\n' | '\t');
    assert!(!text.contains(bad) && text.trim() == text, "{text:?}");
    let is_long = text.chars().count() > 300;
    let email = check.email("email");
    assert_eq!(ledger::person::normal_email(&email).unwrap_or_default(), email, "no normal form");
    let errors = check.finish(()).err().unwrap_or_default();
    assert_eq!(errors.get("text").is_some(), is_long);
    assert_eq!(errors.get("email").is_some(), email.is_empty());
}

/// Headers of a request: `data` cut into values at line ends, the first byte of each says of which header.
pub fn headers(data: &[u8]) {
    const NAMES: [HeaderName; 7] = [
        HOST,
        ORIGIN,
        COOKIE,
        ACCEPT_LANGUAGE,
        ACCEPT_ENCODING,
        IF_NONE_MATCH,
        HeaderName::from_static("sec-fetch-site"),
    ];
    let mut headers = HeaderMap::new();
    for line in data.split(|byte| *byte == b'\n').take(20) {
        let Some((&which, value)) = line.split_first() else { continue };
        let Ok(value) = HeaderValue::from_bytes(value) else { continue };
        headers.append(NAMES[usize::from(which) % NAMES.len()].clone(), value);
    }
    let text = |name: HeaderName| headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default();
    if from_own_page(&headers) && headers.contains_key(ORIGIN) && !headers.contains_key("sec-fetch-site") {
        let (origin, host) = (text(ORIGIN), text(HOST));
        // What no browser sends as an origin is no page of anybody.
        assert!(origin.ends_with(host) || origin.is_empty(), "{origin:?} at {host:?}");
    }
    if let Some(coding) = coding(&headers) {
        assert!(text(ACCEPT_ENCODING).contains(coding));
    }
    cookies(&headers);
    Lang::from_accept_language(text(ACCEPT_LANGUAGE));
    let answer = show(&Brand::default(), &headers);
    assert!(matches!(answer.status(), StatusCode::OK | StatusCode::NOT_MODIFIED));
    if answer.status() == StatusCode::NOT_MODIFIED {
        assert!(text(IF_NONE_MATCH).contains('"'));
    }
}

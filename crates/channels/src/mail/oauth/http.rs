//! One question to a provider of tokens: a form is posted, an object of JSON comes back. HTTP/1.1 over the same
//! connection and certificates as mail; no redirects, no compression, nothing kept open, and no more than fits here.

use std::path::Path;
use std::time::Duration;

use axum::http::Uri;
use base::config::Tls;
use serde_json::Value;

use crate::mail::link::{Cause, Link, Place, Trouble, shown};

/// The largest answer, bytes.
const MOST: usize = 128 * 1024;
/// Lines before the answer's body.
const MOST_HEADERS: usize = 100;
const LINE: usize = 16 * 1024;

/// Posts a form. The status, and what came back: `Value::Null` when it is no JSON.
pub(super) async fn post(
    url: &str,
    form: &[(&str, &str)],
    ca_file: Option<&Path>,
    patience: Duration,
) -> Result<(u16, Value), Trouble> {
    match tokio::time::timeout(patience, post_patiently(url, form, ca_file, patience)).await {
        Ok(ended) => ended,
        Err(_) => Err(Trouble::silent(patience)),
    }
}

async fn post_patiently(
    url: &str,
    form: &[(&str, &str)],
    ca_file: Option<&Path>,
    patience: Duration,
) -> Result<(u16, Value), Trouble> {
    let wrong = || Trouble::new(Cause::NoToken, format!("{url} is no address of a provider"));
    let uri: Uri = url.parse().map_err(|_| wrong())?;
    let host = uri.host().ok_or_else(wrong)?;
    let plain = uri.scheme_str() == Some("http");
    let (tls, usual) = if plain { (Tls::None, 80) } else { (Tls::Implicit, 443) };
    let place = Place { host, port: uri.port_u16().unwrap_or(usual), tls, ca_file };
    let mut link = Link::open(place, patience).await?;
    let body = encode(form);
    let path = uri.path_and_query().map_or("/", |path| path.as_str());
    let authority = uri.authority().map_or(host, |authority| authority.as_str());
    let request = format!(
        "POST {path} HTTP/1.1\r\nHost: {authority}\r\nContent-Type: application/x-www-form-urlencoded\r\n\
         Content-Length: {}\r\nAccept: application/json\r\nAccept-Encoding: identity\r\nUser-Agent: thedesk\r\n\
         Connection: close\r\n\r\n{body}",
        body.len()
    );
    link.send(request.as_bytes()).await?;
    let (status, body) = answer(&mut link).await?;
    Ok((status, serde_json::from_slice(&body).unwrap_or_default()))
}

pub(super) async fn answer(link: &mut Link) -> Result<(u16, Vec<u8>), Trouble> {
    let mut headers = 0;
    loop {
        let status = link.line(LINE).await?;
        let code = status.strip_prefix(b"HTTP/1.").and_then(|rest| rest.get(2..5));
        let code = code.and_then(|code| std::str::from_utf8(code).ok()).and_then(|code| code.parse::<u16>().ok());
        let Some(code) = code else { return Err(Trouble::new(Cause::Garbled, shown(&status))) };
        let (mut length, mut chunked) = (None, false);
        loop {
            let line = link.line(LINE).await?;
            headers += 1;
            if headers > MOST_HEADERS {
                return Err(Trouble::new(Cause::Garbled, "headers without end"));
            }
            if line.is_empty() {
                break;
            }
            let line = String::from_utf8_lossy(&line).to_ascii_lowercase();
            match line.split_once(':') {
                Some(("content-length", value)) => length = value.trim().parse::<usize>().ok(),
                Some(("transfer-encoding", value)) => chunked = value.contains("chunked"),
                _ => {}
            }
        }
        if (100..200).contains(&code) {
            continue;
        }
        let body = match length {
            _ if chunked => chunks(link).await?,
            Some(length) if length <= MOST => link.exactly(length).await?,
            Some(length) => return Err(Trouble::new(Cause::Garbled, format!("an answer of {length} bytes"))),
            None => rest(link).await?,
        };
        return Ok((code, body));
    }
}

async fn chunks(link: &mut Link) -> Result<Vec<u8>, Trouble> {
    let garbled = || Trouble::new(Cause::Garbled, "an answer in pieces that do not fit");
    let mut body = Vec::new();
    loop {
        let line = link.line(LINE).await?;
        let digits = line.split(|byte| *byte == b';').next().unwrap_or_default();
        let size = std::str::from_utf8(digits).ok().and_then(|text| usize::from_str_radix(text.trim(), 16).ok());
        let size = size.filter(|size| body.len().saturating_add(*size) <= MOST).ok_or_else(garbled)?;
        if size == 0 {
            return Ok(body);
        }
        body.extend(link.exactly(size).await?);
        if !link.line(LINE).await?.is_empty() {
            return Err(garbled());
        }
    }
}

/// Everything until the server hangs up.
async fn rest(link: &mut Link) -> Result<Vec<u8>, Trouble> {
    let mut body = Vec::new();
    loop {
        match link.exactly(1).await {
            Ok(byte) => body.extend(byte),
            Err(Trouble { cause: Cause::Closed, .. }) => return Ok(body),
            Err(trouble) => return Err(trouble),
        }
        if body.len() > MOST {
            return Err(Trouble::new(Cause::Garbled, "an answer without end"));
        }
    }
}

/// A form as it is posted, or a query as it stands in an address.
pub(super) fn encode(form: &[(&str, &str)]) -> String {
    let mut written = String::new();
    for (name, value) in form {
        if !written.is_empty() {
            written.push('&');
        }
        escape(name, &mut written);
        written.push('=');
        escape(value, &mut written);
    }
    written
}

fn escape(text: &str, written: &mut String) {
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
            written.push(char::from(byte));
        } else {
            written.push_str(&format!("%{byte:02X}"));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    async fn read(said: &'static [u8]) -> Result<(u16, Vec<u8>), Trouble> {
        let stream = tokio::io::join(std::io::Cursor::new(said), tokio::io::sink());
        answer(&mut Link::over(Box::new(stream), Duration::from_secs(5))).await
    }

    #[tokio::test]
    async fn line_73_an_answer_is_read_in_each_of_its_forms_and_no_further() {
        let whole = b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}more".as_slice();
        let pieces = b"HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 400 Bad\r\nTransfer-Encoding: chunked\r\n\r\n1\r\n{\r\n1;x=y\r\n}\r\n0\r\n\r\n";
        let closed = b"HTTP/1.0 200 OK\r\n\r\n{}";
        assert_eq!(read(whole).await.unwrap(), (200, b"{}".to_vec()));
        assert_eq!(read(pieces).await.unwrap(), (400, b"{}".to_vec()));
        assert_eq!(read(closed).await.unwrap(), (200, b"{}".to_vec()));
        for wrong in [
            b"220 mail.example ESMTP\r\n".as_slice(),
            b"HTTP/1.1 200 OK\r\nContent-Length: 99999999999\r\n\r\n",
            b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nfffffffffffffff\r\n",
            b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\n{}",
            b"",
        ] {
            assert!(read(wrong).await.is_err(), "{}", String::from_utf8_lossy(wrong));
        }
    }

    #[test]
    fn a_form_is_written_so_that_nothing_in_it_is_taken_for_its_structure() {
        assert_eq!(encode(&[("a b", "c&d=é"), ("e", "~._-")]), "a%20b=c%26d%3D%C3%A9&e=~._-");
    }
}

//! Has somebody consent in a browser, and keeps what comes of it: the code flow with PKCE (RFC 7636), answered to a port
//! of this machine (RFC 8252).

use base::clock::MINUTE;
use base::config::{Account, Secret};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use sha2::{Digest, Sha256};
use tokio::net::TcpListener;
use web::App;

use super::{http, ours, renew, store};
use crate::mail::link::{Cause, Link, Trouble};

/// How long somebody may take to consent, milliseconds.
const LONGEST: i64 = 15 * MINUTE;
/// Visits to the port that are none of the provider's.
const MOST_VISITS: usize = 100;
/// Lines that a visitor's request may have before its answer.
const MOST_HEADERS: usize = 200;

/// Gives the address to open to `show`, waits for the consent, and stores the tokens.
pub(in crate::mail) async fn authorize(app: &App, account: &Account, show: impl FnOnce(&str)) -> Result<(), Trouble> {
    let missing = |what: &str| Trouble::new(Cause::NoToken, format!("{what} is not set for this mailbox"));
    let oauth = account.oauth.as_ref().ok_or_else(|| missing("mail.accounts.oauth"))?;
    if oauth.authorize_url.is_empty() {
        return Err(missing("oauth.authorize_url"));
    }
    let broken = |error: std::io::Error| Trouble::new(Cause::NoToken, error);
    let door = TcpListener::bind(("127.0.0.1", 0)).await.map_err(broken)?;
    let back = format!("http://127.0.0.1:{}", door.local_addr().map_err(broken)?.port());
    // A verifier has at least 43 letters.
    let (state, verifier) = (base::id::random(), base::id::random() + &base::id::random());
    let challenge = URL_SAFE_NO_PAD.encode(Sha256::digest(verifier.as_bytes()));
    let query = http::encode(&[
        ("response_type", "code"),
        ("client_id", &oauth.client_id),
        ("redirect_uri", &back),
        ("scope", &oauth.scope),
        ("state", &state),
        ("code_challenge", &challenge),
        ("code_challenge_method", "S256"),
        ("login_hint", &account.address),
        // Without these two, Google gives no refresh token to who consented before.
        ("access_type", "offline"),
        ("prompt", "consent"),
    ]);
    let separator = if oauth.authorize_url.contains('?') { '&' } else { '?' };
    show(&format!("{}{separator}{query}", oauth.authorize_url));
    let patience = std::time::Duration::from_millis(LONGEST as u64);
    let waiting = tokio::time::timeout(patience, consent(&door, &state)).await;
    let code = waiting.map_err(|_| Trouble::new(Cause::NoToken, "nobody consented in time"))??;
    let form = vec![
        ("grant_type", "authorization_code"),
        ("code", code.expose()),
        ("redirect_uri", &back),
        ("code_verifier", &verifier),
    ];
    let answer = renew::ask(oauth, form).await?;
    let Some(refresh) = answer.refresh().cloned() else {
        return Err(Trouble::new(Cause::NoToken, "the provider gave no refresh token: check scope"));
    };
    let given = match oauth.refresh_token.expose() {
        "" => String::new(),
        token => base::id::digest(token),
    };
    let (address, oauth, now) = (account.address.clone(), oauth.clone(), app.clock.now());
    let storing = app.db.write(move |tx| {
        store::begin(tx, &address, &refresh, &given, now)?;
        let given = answer.given(&oauth, &refresh, (now, None), now);
        store::renewed(tx, &address, &refresh, &given).map(drop)
    });
    storing.await.map_err(ours)
}

/// The code with which the provider sends the browser back.
async fn consent(door: &TcpListener, state: &str) -> Result<Secret, Trouble> {
    for _ in 0..MOST_VISITS {
        let Ok((stream, _)) = door.accept().await else { continue };
        let link = Link::over(Box::new(stream), std::time::Duration::from_secs(10));
        if let Some(told) = visit(link, state).await {
            return told;
        }
    }
    Err(Trouble::new(Cause::NoToken, "too many visits that were none of the provider's"))
}

/// Answers a visitor: the code, or that there was no consent; nothing when it is not from the provider, who knows the
/// state.
pub(in crate::mail) async fn visit(mut link: Link, state: &str) -> Option<Result<Secret, Trouble>> {
    let line = link.line(16 * 1024).await.ok()?;
    for _ in 0..MOST_HEADERS {
        if link.line(16 * 1024).await.is_ok_and(|header| !header.is_empty()) {
            continue;
        }
        break;
    }
    let line = String::from_utf8_lossy(&line).into_owned();
    let query = line.split(' ').nth(1).and_then(|path| path.split_once('?')).map_or("", |(_, query)| query);
    let said = |key: &str| {
        let found = query.split('&').find_map(|pair| pair.strip_prefix(key)?.strip_prefix('='));
        found.map(unescape).unwrap_or_default()
    };
    let (known, code) = (said("state") == state, said("code"));
    let (status, words) = match (known, code.is_empty()) {
        (true, false) => ("200 OK", "Thank you. The desk has what it needs; this page can be closed."),
        (true, true) => ("200 OK", "There was no consent. The desk says what it was told."),
        _ => ("404 Not Found", "Nothing is here."),
    };
    let page = format!(
        "HTTP/1.1 {status}\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Length: {}\r\n\
         Connection: close\r\n\r\n{words}",
        words.len()
    );
    // Whoever asked may be gone; what they brought counts.
    let _ = link.send(page.as_bytes()).await;
    known.then(|| {
        if code.is_empty() {
            let told = format!("{} {}", said("error"), said("error_description"));
            return Err(Trouble::new(Cause::ConsentEnded, told));
        }
        Ok(Secret::new(code))
    })
}

fn unescape(text: &str) -> String {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.bytes();
    while let Some(byte) = rest.next() {
        match byte {
            b'+' => bytes.push(b' '),
            b'%' => {
                let digits = [rest.next().unwrap_or(b'0'), rest.next().unwrap_or(b'0')];
                let digits = std::str::from_utf8(&digits).unwrap_or("20");
                bytes.push(u8::from_str_radix(digits, 16).unwrap_or(b' '));
            }
            _ => bytes.push(byte),
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

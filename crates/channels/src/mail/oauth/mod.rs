//! Signing in with tokens that a provider gives out for an hour at a time (OAuth 2).
//!
//! Tokens are in the database, for all nodes and tasks that use a mailbox. One of them renews, under a lease; the others
//! wait for what it gets. What a provider gave out is stored before it is used: a refresh token that was replaced is the
//! only one that still works, and to lose it is to lose the mailbox. When consent has ended, nobody asks again until
//! somebody consented.
//!
//! | file | what it does |
//! |---|---|
//! | `renew` | asks the provider |
//! | `http` | one question over HTTPS |
//! | `authorize` | has somebody consent in a browser |

mod authorize;
mod http;
mod renew;
mod store;
#[cfg(test)]
mod tests;

use std::time::Duration;

use base::clock::{DAY, HOUR, Moment, SECOND};
use base::config::{Account, Auth, Oauth, Secret, Smtp};
use web::App;

use super::link::{Cause, Proof, Trouble};
use super::mailroom::Mailroom;

pub(in crate::mail) use authorize::authorize;
#[cfg(any(test, fuzzing))]
pub(in crate::mail) use authorize::visit;

/// An access token is renewed this long before it ends, milliseconds: clocks differ, and a session takes its time.
const MARGIN: i64 = 3 * 60 * SECOND;
/// How long one may take to renew, milliseconds; more than asking the provider can take.
const LEASE: i64 = 90 * SECOND;
/// How long the provider may take.
const PATIENCE: Duration = Duration::from_secs(30);
/// The first pause after a failure; each further one is twice as long, up to the longest.
const FIRST: i64 = 30 * SECOND;
const LONGEST: i64 = HOUR;
/// How long before consent ends it is said, milliseconds.
const WARNING: i64 = 14 * DAY;

/// What a provider says over a connection on which it was asked: the token, and for how many milliseconds it is good.
#[cfg(any(test, fuzzing))]
pub(in crate::mail) async fn answered(
    link: &mut super::link::Link,
    oauth: &Oauth,
) -> Result<(Secret, Secret, i64), Trouble> {
    let (status, body) = http::answer(link).await?;
    let answer = renew::read(status, &serde_json::from_slice(&body).unwrap_or_default())?;
    let given = answer.given(oauth, &Secret::new("before"), (Moment(0), None), Moment(0));
    Ok((given.access, given.refresh, given.expires_at.0))
}

/// What proves who signs in to this account's servers now.
pub(in crate::mail) async fn proof(
    app: &App,
    room: &Mailroom,
    account: &Account,
    password: &Secret,
) -> Result<Proof, Trouble> {
    match (account.auth, &account.oauth) {
        (Auth::Oauth2, Some(oauth)) => token(app, room, &account.address, oauth).await.map(Proof::Token),
        (Auth::Oauth2, None) => Err(Trouble::new(Cause::NoToken, "")),
        (Auth::Password, _) => Ok(Proof::Password(password.clone())),
    }
}

/// The same for the account that sends by this server.
pub(in crate::mail) async fn proof_to_send(app: &App, room: &Mailroom, server: &Smtp) -> Result<Proof, Trouble> {
    let password = || Ok(Proof::Password(server.password.clone()));
    match room.accounts().iter().find(|account| account.smtp.as_ref() == Some(server)) {
        Some(account) if !server.user.is_empty() => proof(app, room, account, &server.password).await,
        _ => password(),
    }
}

/// A server refused this proof: a token is not used again.
pub(in crate::mail) async fn refused(app: &App, account: &Account, proof: &Proof) -> base::db::Result<()> {
    let Proof::Token(token) = proof else { return Ok(()) };
    let (address, token) = (account.address.clone(), token.clone());
    app.db.write(move |tx| store::expire(tx, &address, &token)).await
}

/// What is to be done about a token.
enum Next {
    Use(Secret),
    Renew(Secret),
    Wait,
    /// Nothing now.
    Leave(Trouble),
}

/// The access token to use now.
async fn token(app: &App, room: &Mailroom, address: &str, oauth: &Oauth) -> Result<Secret, Trouble> {
    let begun = std::time::Instant::now();
    loop {
        match next(app, address, oauth).await? {
            Next::Use(token) => {
                consent_ends(app, room, address).await;
                return Ok(token);
            }
            Next::Leave(trouble) => {
                if trouble.cause == Cause::ConsentEnded {
                    room.health().failing(&report(address), app.clock.now(), trouble.to_string());
                }
                return Err(trouble);
            }
            Next::Wait if begun.elapsed() > PATIENCE * 4 => {
                return Err(Trouble::new(Cause::NoToken, "somebody else renews it, and takes too long"));
            }
            Next::Wait => tokio::time::sleep(Duration::from_millis(100)).await,
            Next::Renew(refresh) => {
                // Whoever asked may go; what the provider gives out is stored all the same.
                let (app, address, oauth) = (app.clone(), address.to_owned(), oauth.clone());
                let renewing = tokio::spawn(async move { renew::renew(&app, &address, &oauth, refresh).await });
                renewing.await.map_err(|_| Trouble::new(Cause::NoToken, "renewing it was broken off"))??;
            }
        }
    }
}

fn ours(error: base::db::Error) -> Trouble {
    Trouble::new(Cause::NoToken, format!("the database refused: {error}"))
}

async fn next(app: &App, address: &str, oauth: &Oauth) -> Result<Next, Trouble> {
    let now = app.clock.now();
    let wanted = address.to_owned();
    let found = app.db.read(move |tx| store::find(tx, &wanted)).await.map_err(ours)?;
    let given = match oauth.refresh_token.expose() {
        "" => String::new(),
        token => base::id::digest(token),
    };
    let replaced = |tokens: &store::Tokens| !given.is_empty() && tokens.given != given;
    if let Some(tokens) = found.filter(|tokens| !replaced(tokens) && tokens.expires_at.plus(-MARGIN) > now) {
        return Ok(Next::Use(tokens.access));
    }
    let (address, refresh) = (address.to_owned(), oauth.refresh_token.clone());
    let deciding = app.db.write(move |tx| {
        let mut found = store::find(tx, &address)?;
        if found.as_ref().is_none_or(|tokens| !given.is_empty() && tokens.given != given) && !refresh.is_empty() {
            store::begin(tx, &address, &refresh, &given, now)?;
            found = store::find(tx, &address)?;
        }
        let next = decide(found, now);
        if matches!(next, Next::Renew(_)) {
            store::set_renewing(tx, &address, now.plus(LEASE))?;
        }
        Ok(next)
    });
    deciding.await.map_err(ours)
}

fn decide(found: Option<store::Tokens>, now: Moment) -> Next {
    let Some(tokens) = found else {
        return Next::Leave(Trouble::new(Cause::ConsentEnded, "nobody has consented yet"));
    };
    let said = tokens.error.unwrap_or_default();
    if !tokens.access.is_empty() && tokens.expires_at.plus(-MARGIN) > now {
        Next::Use(tokens.access)
    } else if tokens.consent_ended {
        Next::Leave(Trouble::new(Cause::ConsentEnded, said))
    } else if tokens.retry_at > now {
        let at = tokens.retry_at;
        Next::Leave(Trouble::new(Cause::NoToken, format!("{said}; the provider is asked again at {at}")))
    } else if tokens.renewing_until > now {
        Next::Wait
    } else {
        Next::Renew(tokens.refresh)
    }
}

fn report(address: &str) -> String {
    format!("consent {address}")
}

/// Says in the reports when consent ends soon.
async fn consent_ends(app: &App, room: &Mailroom, address: &str) {
    let (wanted, now) = (address.to_owned(), app.clock.now());
    let Ok(Some(tokens)) = app.db.read(move |tx| store::find(tx, &wanted)).await else { return };
    let name = report(address);
    let Some(until) = tokens.consent_until.filter(|until| until.since(now) <= WARNING) else {
        // Somebody consented since it was said that consent ends.
        if room.reports().iter().any(|report| report.name == name) {
            room.health().well(&name, now);
        }
        return;
    };
    let why = format!("consent ends at {until}: run thedesk mail authorize for this address before");
    tracing::warn!(address, "{why}");
    room.health().failing(&name, now, why);
}

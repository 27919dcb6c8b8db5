//! Exchanging a refresh token, or a code, for an access token.

use std::sync::Arc;
use std::time::Duration;

use base::clock::{DAY, Moment, SECOND};
use base::config::{Oauth, Secret};
use serde_json::Value;
use web::App;

use super::store::{self, Given};
use super::{FIRST, LONGEST, PATIENCE, http, ours};
use crate::mail::link::{Cause, Trouble, shown};

/// How long a token is good for when the provider does not say.
const USUAL: i64 = 3_600;
/// How often it is tried to store a token again.
const TRIES: u32 = 20;

/// Asks the provider, and stores what it says.
pub(super) async fn renew(app: &App, address: &str, oauth: &Oauth, used: Secret) -> Result<(), Trouble> {
    let mut form = vec![("grant_type", "refresh_token"), ("refresh_token", used.expose())];
    if !oauth.scope.is_empty() {
        form.push(("scope", &oauth.scope));
    }
    let asked = ask(oauth, form).await;
    let (address, now) = (address.to_owned(), app.clock.now());
    match asked {
        Ok(answer) => {
            let told = Arc::new(Renewal { address, oauth: oauth.clone(), used, answer });
            let mut tries = 0;
            loop {
                let told = Arc::clone(&told);
                let storing = app.db.write(move |tx| {
                    let Renewal { address, oauth, used, answer } = &*told;
                    let Some(known) = store::find(tx, address)? else { return Ok(false) };
                    let given = answer.given(oauth, used, (known.consented_at, known.consent_until), now);
                    store::renewed(tx, address, used, &given)
                });
                match storing.await {
                    Ok(_) => return Ok(()),
                    // The provider may not know the old token any more: the new one is worth some patience.
                    Err(_) if tries < TRIES => {
                        tries += 1;
                        tokio::time::sleep(Duration::from_secs(1)).await;
                    }
                    Err(error) => return Err(ours(error)),
                }
            }
        }
        Err(trouble) => {
            let ended = trouble.cause == Cause::ConsentEnded;
            tracing::warn!(address, "{trouble}");
            let words = trouble.words;
            let storing = app.db.write(move |tx| {
                let failures = store::find(tx, &address)?.map_or(0, |known| known.failures);
                let pause = FIRST.saturating_mul(1 << failures.clamp(0, 16)).min(LONGEST);
                store::failed(tx, &address, &used, (ended, now.plus(pause), &words))
            });
            storing.await.map_err(ours)
        }
    }
}

/// What is to be stored, however often it takes.
struct Renewal {
    address: String,
    oauth: Oauth,
    used: Secret,
    answer: Answer,
}

/// What a provider answered.
pub(super) struct Answer {
    access: Secret,
    expires_in: i64,
    refresh: Option<Secret>,
    consent_in: Option<i64>,
}

impl Answer {
    /// As it is kept. A provider that gives no new refresh token means that the old one stays.
    pub(super) fn given(
        &self,
        oauth: &Oauth,
        used: &Secret,
        (consented_at, known): (Moment, Option<Moment>),
        now: Moment,
    ) -> Given {
        let days = oauth.consent_days.map(|days| consented_at.plus(i64::from(days) * DAY));
        let said = self.consent_in.map(|seconds| now.plus(seconds.saturating_mul(SECOND)));
        Given {
            access: self.access.clone(),
            expires_at: now.plus(self.expires_in.saturating_mul(SECOND)),
            refresh: self.refresh.clone().unwrap_or_else(|| used.clone()),
            consent_until: said.or(days).or(known),
        }
    }

    /// The refresh token that came with it.
    pub(super) fn refresh(&self) -> Option<&Secret> {
        self.refresh.as_ref()
    }
}

/// Asks the provider for a token with this form.
pub(super) async fn ask(oauth: &Oauth, mut form: Vec<(&str, &str)>) -> Result<Answer, Trouble> {
    form.push(("client_id", &oauth.client_id));
    if !oauth.client_secret.is_empty() {
        form.push(("client_secret", oauth.client_secret.expose()));
    }
    let (status, answer) = http::post(&oauth.token_url, &form, oauth.ca_file.as_deref(), PATIENCE).await?;
    read(status, &answer)
}

/// What it says.
pub(super) fn read(status: u16, answer: &Value) -> Result<Answer, Trouble> {
    let text = |key: &str| answer.get(key).and_then(Value::as_str).filter(|text| !text.is_empty());
    // Some providers write numbers as texts.
    let number = |key: &str| {
        let found = answer.get(key)?;
        found.as_i64().or_else(|| found.as_str()?.parse().ok()).filter(|seconds| *seconds >= 0)
    };
    if let (200..300, Some(access)) = (status, text("access_token")) {
        // It goes into a line of its own, where a control character would end it.
        if access.chars().any(char::is_control) {
            return Err(Trouble::new(Cause::Garbled, "a token with control characters"));
        }
        return Ok(Answer {
            access: Secret::new(access),
            expires_in: number("expires_in").unwrap_or(USUAL),
            refresh: text("refresh_token").map(Secret::new),
            consent_in: number("refresh_token_expires_in").filter(|seconds| *seconds > 0),
        });
    }
    let error = text("error").unwrap_or_default();
    let told = [error, text("error_description").unwrap_or_default()].join(" ");
    let words = shown(format!("{status} {told}").as_bytes());
    // The words of RFC 6749 for: this refresh token is over.
    let ended = error == "invalid_grant" || error == "interaction_required" || error == "consent_required";
    Err(Trouble::new(if ended { Cause::ConsentEnded } else { Cause::NoToken }, words))
}

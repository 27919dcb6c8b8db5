//! The pages of signing in and out.

use askama::Template;
use axum::Router;
use axum::extract::{ConnectInfo, Path, State};
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{Html, IntoResponse, Redirect};
use axum::routing::{get, post};
use axum_extra::extract::{CookieJar, Query};
use base::clock::HOUR;
use ledger::outbox::{self, NewLetter};
use ledger::person::{AddressKind, PersonId, find, find_by_address, find_or_create_by_email};
use serde::Deserialize;

use super::accounts::{Account, is_password, password_hash};
use super::links::{Purpose, make_link};
use super::{LIFETIME, cookie_name, limit, store, token_of};
use crate::App;
use crate::actor::{Role, Roles, Visit, Visitor};
use crate::error::{Error, Result};
use crate::form::{Check, Done, Errors, Input, own_path};
use crate::page::{Page, Section, ui};

pub(super) fn routes() -> Router<App> {
    Router::new()
        .route("/sign-in", get(new).post(create))
        .route("/sign-in/link", post(create_link))
        .route("/sign-in/link/{token}", get(show_link).post(use_link))
        .route("/sign-in/as/{person}", post(create_simulated))
        .route("/sign-out", post(destroy))
        .route("/set-up/{token}", get(show_set_up).post(create_admin))
}

/// Where to go on to after signing in.
#[derive(Deserialize, Default)]
struct Next {
    #[serde(default)]
    next: String,
}

#[derive(Template)]
#[template(path = "session/new.html")]
struct New {
    page: Page,
    next: String,
    input: Input,
    errors: Errors,
    link_sent: bool,
    /// In a simulated desk: people to sign in as, by role.
    people: People,
}

async fn new(visitor: Visitor, State(app): State<App>, Query(next): Query<Next>) -> Result {
    show_new(&app, &visitor, &next.next, Input::default(), Errors::default(), false).await
}

async fn show_new(app: &App, visit: &Visit, next: &str, input: Input, errors: Errors, link_sent: bool) -> Result {
    let people = if app.site.simulated { simulated_people(app).await? } else { Vec::new() };
    let status = if errors.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    let page = visit.page(app, &visit.words.t("sign-in"), Section::Account);
    let html = New { page, next: next.to_owned(), input, errors, link_sent, people }.render()?;
    Ok((status, Html(html)).into_response())
}

/// People by role: id, name, team.
type People = Vec<(Role, Vec<(PersonId, String, Option<String>)>)>;

async fn simulated_people(app: &App) -> Result<People> {
    app.db
        .read(|tx| {
            let mut all = vec![(Role::Customer, store::list_customers(tx, 4)?)];
            for role in [Role::Agent, Role::Lead, Role::Stakeholder, Role::Admin] {
                all.push((role, store::list_staff(tx, role.as_str(), if role == Role::Agent { 4 } else { 2 })?));
            }
            Ok(all)
        })
        .await
}

/// POST /sign-in: a password.
async fn create(visitor: Visitor, State(app): State<App>, input: Input) -> Result {
    let next = input.get("next").to_owned();
    let mut check = Check::of(&input);
    let email = check.email("email");
    let password = check.required("password", 1_000);
    let mut errors = match check.finish(()) {
        Ok(()) => Errors::default(),
        Err(errors) => return show_new(&app, &visitor, &next, input, errors, false).await,
    };
    if !limit::may_try(&email, app.clock.now()) {
        return Err(Error::TooMany);
    }
    let account = app.db.read(move |tx| store::find_account(tx, &email)).await?;
    let (person, hash) = account.map_or((None, None), |account| (Some(account.person), account.password_hash));
    let right = is_password(password, hash).await;
    if let (Some(person), true) = (person, right) {
        begin(&app, person, own_path(&next, "/desk")).await
    } else {
        errors.add("password", "sign-in-wrong");
        show_new(&app, &visitor, &next, input, errors, false).await
    }
}

/// POST /sign-in/link: a link by mail. The answer is the same whether the address is known or not.
async fn create_link(visitor: Visitor, State(app): State<App>, peer: Peer, input: Input) -> Result {
    let next = own_path(input.get("next"), "/").to_owned();
    let mut check = Check::of(&input);
    let email = check.email("email");
    if let Err(errors) = check.finish(()) {
        return show_new(&app, &visitor, &next, input, errors, false).await;
    }
    let now = app.clock.now();
    if !limit::may_try(&format!("link {email}"), now) || !limit::may_try(&format!("links from {}", peer.0), now) {
        return Err(Error::TooMany);
    }
    let (site, catalogue, brand) = (app.site.clone(), app.catalogue.clone(), app.brand.name.clone());
    let (visitor_lang, target) = (visitor.lang, next.clone());
    app.db
        .write(move |tx| {
            let known = find_by_address(tx, AddressKind::Email, &email)?;
            let person = match known {
                Some(person) => Some(person),
                None => find_or_create_by_email(
                    tx,
                    &email,
                    None,
                    visitor_lang.code(),
                    |email| site.relation_of(email),
                    now,
                )?,
            };
            let Some(person) = person else { return Ok(()) };
            let token = make_link(tx, Purpose::SignIn, Some(person.id), &target, now, HOUR)?;
            let words = catalogue.words(base::text::Lang::from_code(&person.language).unwrap_or(visitor_lang));
            let link = format!("{}/sign-in/link/{token}", site.base_url);
            let letter = NewLetter {
                person: Some(person.id),
                address: email.clone(),
                occasion: format!("sign-in:{}", base::id::digest(&token)),
                subject: words.t1("sign-in-mail-subject", "brand", brand.as_str()),
                text: words.tn(
                    "sign-in-mail-text",
                    &[
                        ("name", person.name.as_str().into()),
                        ("link", link.as_str().into()),
                        ("brand", brand.as_str().into()),
                    ],
                ),
                html: None,
                reply_token: None,
                in_reply_to: Vec::new(),
                files: Vec::new(),
                automatic: true,
                object: None,
                name: person.name.clone(),
                ..NewLetter::default()
            };
            outbox::post(tx, &letter, now)?;
            Ok::<_, Error>(())
        })
        .await?;
    show_new(&app, &visitor, &next, input, Errors::default(), true).await
}

#[derive(Template)]
#[template(path = "session/link.html")]
struct Link {
    page: Page,
    name: String,
    path: String,
}

/// GET shows a button and changes nothing: a scanner that opens the link signs nobody in.
async fn show_link(visitor: Visitor, State(app): State<App>, Path(token): Path<String>) -> Result {
    let (digest, now) = (base::id::digest(&token), app.clock.now());
    let person = app
        .db
        .read(move |tx| match store::find_link(tx, &digest, Purpose::SignIn.as_str(), now)? {
            Some((Some(person), _)) => find(tx, person),
            _ => Ok(None),
        })
        .await?;
    let Some(person) = person else { return Ok(Done::to("/sign-in").saying("done-link-used").into_response()) };
    let page = visitor.page(&app, &visitor.words.t("sign-in"), Section::Account);
    Ok(Html(Link { page, name: person.name, path: format!("/sign-in/link/{token}") }.render()?).into_response())
}

async fn use_link(State(app): State<App>, Path(token): Path<String>) -> Result {
    let (digest, now) = (base::id::digest(&token), app.clock.now());
    let used = app
        .db
        .write(move |tx| {
            let link = store::find_link(tx, &digest, Purpose::SignIn.as_str(), now)?;
            let fresh = store::use_link(tx, &digest, now)?;
            Ok::<_, Error>(link.filter(|_| fresh))
        })
        .await?;
    match used {
        Some((Some(person), target)) => begin(&app, person, own_path(&target, "/")).await,
        _ => Ok(Done::to("/sign-in").saying("done-link-used").into_response()),
    }
}

/// POST /sign-in/as/{person}: one click, in a simulated desk only.
async fn create_simulated(State(app): State<App>, Path(person): Path<PersonId>, input: Input) -> Result {
    if !app.site.simulated {
        return Err(Error::NotFound);
    }
    begin(&app, person, own_path(input.get("next"), "/")).await
}

/// Begins a session and goes on.
async fn begin(app: &App, person: PersonId, target: &str) -> Result {
    let (token, now) = (base::id::token(), app.clock.now());
    let digest = base::id::digest(&token);
    app.db
        .write(move |tx| {
            find(tx, person)?.ok_or(Error::NotFound)?;
            store::insert_session(tx, &digest, person, now, now.plus(LIFETIME))?;
            Ok::<_, Error>(())
        })
        .await?;
    let secure = if app.site.is_https() { "; Secure" } else { "" };
    let (name, seconds) = (cookie_name(app), LIFETIME / 1_000);
    let cookie = format!("{name}={token}; Path=/; Max-Age={seconds}; HttpOnly; SameSite=Lax{secure}");
    let mut response = Redirect::to(target).into_response();
    if let Ok(value) = HeaderValue::from_str(&cookie) {
        response.headers_mut().append(header::SET_COOKIE, value);
    }
    Ok(response)
}

/// POST /sign-out
async fn destroy(State(app): State<App>, jar: CookieJar) -> Result {
    if let Some(token) = token_of(&app, &jar) {
        let digest = base::id::digest(&token);
        app.db.write(move |tx| store::delete_session(tx, &digest)).await?;
    }
    let mut response = Done::to("/").saying("done-signed-out").into_response();
    if let Ok(value) =
        HeaderValue::from_str(&format!("{}=; Path=/; Max-Age=0; HttpOnly; SameSite=Lax", cookie_name(&app)))
    {
        response.headers_mut().append(header::SET_COOKIE, value);
    }
    Ok(response)
}

#[derive(Template)]
#[template(path = "session/set_up.html")]
struct SetUp {
    page: Page,
    path: String,
    input: Input,
    errors: Errors,
}

async fn show_set_up(visitor: Visitor, State(app): State<App>, Path(token): Path<String>) -> Result {
    let (digest, now) = (base::id::digest(&token), app.clock.now());
    let link = app.db.read(move |tx| store::find_link(tx, &digest, Purpose::SetUp.as_str(), now)).await?;
    if link.is_none() {
        return Ok(Done::to("/sign-in").saying("done-link-used").into_response());
    }
    show_set_up_form(&app, &visitor, &token, Input::default(), Errors::default())
}

fn show_set_up_form(app: &App, visit: &Visit, token: &str, input: Input, errors: Errors) -> Result {
    let status = if errors.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    let page = visit.page(app, &visit.words.t("set-up"), Section::Account);
    let html = SetUp { page, path: format!("/set-up/{token}"), input, errors }.render()?;
    Ok((status, Html(html)).into_response())
}

/// POST /set-up/{token}: the first administrator, who is an agent and a lead too until there are others.
async fn create_admin(visitor: Visitor, State(app): State<App>, Path(token): Path<String>, input: Input) -> Result {
    let mut check = Check::of(&input);
    let (name, email, password) =
        (check.required("name", 200), check.email("email"), check.required("password", 1_000));
    if !password.is_empty() && password.chars().count() < 12 {
        check.refuse("password", "form-password-short");
    }
    if let Err(errors) = check.finish(()) {
        return show_set_up_form(&app, &visitor, &token, input, errors);
    }
    let hash = tokio::task::spawn_blocking(move || password_hash(&password)).await;
    let hash = hash.map_err(|error| error.to_string()).and_then(|hash| hash).map_err(Error::Internal)?;
    let (digest, now, site, lang) = (base::id::digest(&token), app.clock.now(), app.site.clone(), visitor.lang);
    let person = app
        .db
        .write(move |tx| {
            let open = store::find_link(tx, &digest, Purpose::SetUp.as_str(), now)?.is_some();
            if !open || !store::use_link(tx, &digest, now)? {
                return Err(Error::Conflict);
            }
            let found =
                find_or_create_by_email(tx, &email, Some(&name), lang.code(), |email| site.relation_of(email), now)?;
            let person = found.ok_or(Error::Refused("no address"))?.id;
            let roles = Roles::CUSTOMER.with(Role::Admin).with(Role::Agent).with(Role::Lead);
            store::save_account(tx, &Account { person, roles, password_hash: Some(hash.clone()), team: None })?;
            Ok(person)
        })
        .await?;
    begin(&app, person, "/desk").await
}

/// The address that a request came from, for the brake; "unknown" in tests that have no socket.
struct Peer(String);

impl<S: Sync> axum::extract::FromRequestParts<S> for Peer {
    type Rejection = std::convert::Infallible;

    async fn from_request_parts(
        parts: &mut axum::http::request::Parts,
        _: &S,
    ) -> std::result::Result<Self, Self::Rejection> {
        let socket = parts.extensions.get::<ConnectInfo<std::net::SocketAddr>>();
        Ok(Self(socket.map_or_else(|| "unknown".to_owned(), |info| info.0.ip().to_string())))
    }
}

impl New {
    fn role_key(role: &Role) -> String {
        format!("role-{role}")
    }

    fn target(&self, role: &Role) -> String {
        let home = match role {
            Role::Customer => "/",
            Role::Agent => "/desk",
            Role::Lead | Role::Stakeholder => "/programme",
            Role::Admin => "/admin",
        };
        own_path(&self.next, home).to_owned()
    }
}

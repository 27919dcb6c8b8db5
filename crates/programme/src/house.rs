//! A desk in process, for the tests of this floor: its pages as somebody with a cookie sees them.
#![allow(clippy::unwrap_used, reason = "a test ends where something is missing")]

use std::sync::Arc;

use axum::Router;
use axum::body::Body;
use axum::http::{Request, Response, StatusCode, header};
use axum::middleware::from_fn_with_state;
use base::clock::{Clock, DAY, Moment};
use base::db::{Db, Tx, params};
use base::text::{Catalogue, Lang, Words};
use http_body_util::BodyExt;
use jiff::tz::TimeZone;
use ledger::person::{self, NewPerson, PersonId, Relation};
use ledger::touchpoint::Kinds;
use tower::ServiceExt;
use web::page::{ActorView, Page, Section};
use web::{App, Parts, Site, Voice};

/// All texts that a page of this floor may need.
pub(crate) fn catalogue() -> Catalogue {
    Catalogue::new(&[web::TEXTS, crate::TEXTS].concat()).unwrap()
}

/// A voice for letters.
pub(crate) fn voice() -> Voice {
    Voice::new(catalogue(), "https://desk.example", "The Desk")
}

/// A page for a template's sample, in each language.
pub(crate) fn pages() -> Vec<Page> {
    let page = |words: Words| Page {
        title: "A page".to_owned(),
        section: Section::Programme,
        actor: Some(ActorView { name: "Noor Haddad".to_owned(), sections: vec![Section::Portal] }),
        ..Page::new(words, Arc::default(), TimeZone::UTC, testkit::database::START.0)
    };
    Lang::ALL.iter().map(|lang| page(catalogue().words(*lang))).collect()
}

/// Somebody with this name and, unless empty, this address.
pub(crate) fn person(tx: &mut Tx, name: &str, email: &str, now: Moment) -> PersonId {
    let new = NewPerson {
        name: name.to_owned(),
        relation: Relation::Internal,
        language: "en".to_owned(),
        email: Some(email.to_owned()).filter(|email| !email.is_empty()),
        attributes: Default::default(),
        simulated: false,
    };
    person::insert(tx, &new, now).unwrap().id
}

/// Somebody of the desk, with these roles.
pub(crate) fn staff(tx: &mut Tx, name: &str, roles: &str, now: Moment) -> PersonId {
    let id = person(tx, name, &format!("{}@desk.example", name.to_lowercase()), now);
    let sql = "INSERT INTO accounts (person_id, roles) VALUES ($1, $2)";
    tx.execute(sql, params![id, roles]).unwrap();
    id
}

/// The desk.
pub(crate) struct House {
    pub(crate) app: App,
    router: Router,
    _folder: tempfile::TempDir,
}

/// What came back.
pub(crate) struct Answer {
    pub(crate) status: StatusCode,
    pub(crate) location: String,
    pub(crate) body: String,
}

impl House {
    pub(crate) fn new(db: Db, clock: Clock) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let app = App::new(Parts {
            db,
            clock,
            files: base::file::Files::in_folder(&folder.path().join("files"), 1 << 20).unwrap(),
            index: base::index::Index::open(&folder.path().join("index")).unwrap(),
            catalogue: catalogue(),
            kinds: Kinds::gather(crate::KINDS),
            brand: Arc::default(),
            live: Default::default(),
            alerts: Default::default(),
            nav: Vec::new(),
            site: Site {
                base_url: "http://desk.example".to_owned(),
                zone: TimeZone::UTC,
                simulated: false,
                upload_bytes: 1 << 20,
                own_domains: Vec::new(),
                senders: Default::default(),
            },
        });
        let settings = crate::survey::Settings { sample_share: 1.0, cooldown_days: 30, k: 5, pulse_weeks: 12 };
        let router = crate::survey::routes(settings)
            .merge(crate::improvement::routes(5))
            .merge(crate::refusal::routes())
            .layer(from_fn_with_state(app.clone(), web::error::pages))
            .layer(from_fn_with_state(app.clone(), web::actor::arrive))
            .with_state(app.clone());
        Self { app, router, _folder: folder }
    }

    /// A cookie with which this person is signed in.
    pub(crate) async fn sign_in(&self, person: PersonId) -> String {
        let token = base::id::token();
        let (digest, now) = (base::id::digest(&token), self.app.clock.now());
        let sql = "INSERT INTO sessions (digest, person_id, created_at, expires_at) VALUES ($1, $2, $3, $4)";
        let done = self.app.db.write(move |tx| tx.execute(sql, params![digest, person, now, now.plus(30 * DAY)])).await;
        done.unwrap();
        format!("session={token}")
    }

    pub(crate) async fn get(&self, path: &str, cookie: &str) -> Answer {
        self.send(Request::get(path).header(header::COOKIE, cookie).body(Body::empty()).unwrap()).await
    }

    /// Sends a form; `fields` as in a query.
    pub(crate) async fn post(&self, path: &str, cookie: &str, fields: impl Into<Body>) -> Answer {
        let request = Request::post(path)
            .header(header::COOKIE, cookie)
            .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded");
        self.send(request.body(fields.into()).unwrap()).await
    }

    async fn send(&self, request: Request<Body>) -> Answer {
        let response: Response<Body> = self.router.clone().oneshot(request).await.unwrap();
        let status = response.status();
        let location = response.headers().get(header::LOCATION).map(|to| to.to_str().unwrap().to_owned());
        let body = response.into_body().collect().await.unwrap().to_bytes();
        Answer { status, location: location.unwrap_or_default(), body: String::from_utf8(body.to_vec()).unwrap() }
    }
}

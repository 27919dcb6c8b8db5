//! An app for tests of the floors above: a database of theirs, the rest in a folder that goes with it.
//! Only there with the feature `testing`, which only dev-dependencies ask for.

use std::ops::Deref;
use std::sync::Arc;

use axum::Router;
use base::clock::Clock;
use base::db::Db;
use base::file::Files;
use base::index::Index;
use base::text::{Catalogue, Texts};
use ledger::touchpoint::{Kind, Kinds};
use tempfile::TempDir;

use crate::actor::{Role, Roles};
use crate::brand::Brand;
use crate::live::Hub;
use crate::session::Account;
use crate::{App, Nav, Parts, Site};

/// An app and the folder it lives in.
pub struct TestApp {
    app: App,
    _folder: TempDir,
}

impl Deref for TestApp {
    type Target = App;

    fn deref(&self) -> &App {
        &self.app
    }
}

impl TestApp {
    /// An app of these floors' texts, kinds and places, over this database.
    ///
    /// # Panics
    /// When the folder cannot be made: the test cannot go on.
    pub fn new(db: Db, clock: Clock, texts: &[&[Texts]], kinds: &[&[&'static Kind]], nav: &[&[Nav]]) -> Self {
        Self::set_up(db, clock, texts, kinds, nav, |_| {})
    }

    /// The same, with something set as the test needs it.
    ///
    /// # Panics
    /// As [`TestApp::new`].
    pub fn set_up(
        db: Db,
        clock: Clock,
        texts: &[&[Texts]],
        kinds: &[&[&'static Kind]],
        nav: &[&[Nav]],
        change: impl FnOnce(&mut Site),
    ) -> Self {
        let folder = tempfile::tempdir().expect("a folder for the test");
        let all: Vec<Texts> = crate::TEXTS.iter().chain(texts.iter().copied().flatten()).copied().collect();
        let mut parts = Parts {
            db,
            clock,
            files: Files::in_folder(&folder.path().join("files"), 1_000_000).expect("a folder for files"),
            index: Index::open(&folder.path().join("index")).expect("a folder for the index"),
            catalogue: Catalogue::new(&all).unwrap_or_else(|error| panic!("{error}")),
            kinds: Kinds::gather(kinds),
            brand: Arc::new(Brand::default()),
            live: Hub::default(),
            alerts: crate::alert::Alerts::default(),
            nav: nav.iter().copied().flatten().copied().collect(),
            site: Site {
                base_url: "http://desk.test".to_owned(),
                zone: jiff::tz::TimeZone::UTC,
                simulated: false,
                upload_bytes: 1_000_000,
                own_domains: vec!["lindenhof.example".to_owned()],
                senders: crate::senders::Senders::default(),
            },
        };
        change(&mut parts.site);
        Self { app: App::new(parts), _folder: folder }
    }

    /// These routes with the layers that a running desk has around them.
    pub fn router(&self, routes: Router<App>) -> Router {
        use axum::middleware::{from_fn, from_fn_with_state};
        routes
            .merge(crate::session::routes())
            .layer(from_fn_with_state(self.app.clone(), crate::error::pages))
            .layer(from_fn_with_state(self.app.clone(), crate::actor::arrive))
            .layer(from_fn(crate::guard::same_site))
            .with_state(self.app.clone())
    }

    /// Somebody with these roles and this name, and the cookie that signs them in.
    ///
    /// # Panics
    /// When the database refuses.
    pub async fn person(&self, name: &'static str, roles: &'static [Role]) -> (ledger::person::PersonId, String) {
        use ledger::person::{NewPerson, Relation, insert};
        let now = self.app.clock.now();
        let person = self
            .app
            .db
            .write(move |tx| {
                let email = format!("{}@lindenhof.example", name.to_lowercase().replace(' ', "."));
                let new = NewPerson {
                    name: name.to_owned(),
                    relation: Relation::Internal,
                    language: "en".to_owned(),
                    email: Some(email),
                    attributes: [("site".to_owned(), "Lisbon".to_owned())].into(),
                    simulated: false,
                };
                let person = insert(tx, &new, now)?.id;
                if !roles.is_empty() {
                    let roles = roles.iter().fold(Roles::CUSTOMER, |all, role| all.with(*role));
                    let account = Account { person, roles, password_hash: None, team: Some("First line".to_owned()) };
                    crate::session::save_account(tx, &account)?;
                }
                Ok::<_, base::db::Error>(person)
            })
            .await
            .expect("a person is stored");
        let token = crate::session::begin_for_test(&self.app, person).await;
        (person, format!("session={token}"))
    }
}

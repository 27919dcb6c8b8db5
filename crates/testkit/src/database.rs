//! A fresh, migrated database of either engine for one test, in milliseconds, gone when the test ends.
//!
//! SQLite: a file in memory (`/dev/shm`), copied from a template that each test process makes once. PostgreSQL: a copy
//! of a template database on the server that all tests share; the template's name holds the schema's fingerprint.
//!
//! [`both_engines!`](crate::both_engines) tells one story to both: `name::sqlite` and `name::on_postgres`.

use std::path::PathBuf;
use std::sync::OnceLock;

use base::clock::{Clock, Moment};
use base::db::{Db, Size};
use tempfile::TempDir;

use crate::postgres::Server;
use crate::{folder, postgres};

/// Where a test's clock stands at first: Monday, 2 March 2026, 09:00 UTC.
pub const START: Moment = Moment(1_772_442_000_000);

/// Threads and connections enough for a test, few enough for many tests at once.
const SIZE: Size = Size { readers: 2, connections: 6 };

/// A database of one test, dropped with it.
pub struct Database {
    // Order matters: the database closes before its file or the server's copy goes.
    db: Option<Db>,
    url: String,
    clock: Clock,
    home: Home,
}

enum Home {
    Folder(TempDir),
    Server(&'static Server),
}

impl Database {
    /// A fresh SQLite file.
    ///
    /// # Panics
    /// When there is none to be had: the test cannot go on, and the message says why.
    pub fn sqlite() -> Self {
        let home = folder::in_memory("sqlite").unwrap_or_else(|error| panic!("{error}"));
        let file = home.path().join("desk.db");
        std::fs::write(&file, sqlite_template()).unwrap_or_else(|error| panic!("cannot copy the template: {error}"));
        Self::open(format!("sqlite:{}", file.display()), Home::Folder(home))
    }

    /// A fresh PostgreSQL database on the server that all tests share.
    ///
    /// # Panics
    /// When there is none to be had: the test cannot go on, and the message says why.
    pub fn postgres() -> Self {
        let server = postgres::shared().unwrap_or_else(|error| panic!("{error}"));
        let name = format!("thedesk_{}", &base::db::schema_fingerprint()[..16]);
        let url = server
            .template(&name, base::db::migrate)
            .and_then(|template| server.create_database(Some(&template)))
            .unwrap_or_else(|error| panic!("{error}"));
        Self::open(url, Home::Server(server))
    }

    fn open(url: String, home: Home) -> Self {
        let clock = Clock::fixed(START);
        let db = Db::open(&url, clock.clone(), SIZE).unwrap_or_else(|error| panic!("{error}"));
        Self { db: Some(db), url, clock, home }
    }

    /// The open database.
    ///
    /// # Panics
    /// After [`Database::close`].
    pub fn db(&self) -> Db {
        self.db.clone().unwrap_or_else(|| panic!("the test closed this database"))
    }

    /// Its address, for whoever opens it once more.
    pub fn url(&self) -> &str {
        &self.url
    }

    /// The clock that its ids come from; it stands still at [`START`] until moved.
    pub fn clock(&self) -> Clock {
        self.clock.clone()
    }

    /// Closes our own handle; the data stays until the test ends.
    pub fn close(&mut self) {
        self.db = None;
    }

    /// The folder of a SQLite file, to put other things of the test into.
    pub fn folder(&self) -> Option<PathBuf> {
        match &self.home {
            Home::Folder(folder) => Some(folder.path().to_owned()),
            Home::Server(_) => None,
        }
    }
}

impl Drop for Database {
    fn drop(&mut self) {
        self.db = None;
        if let Home::Server(server) = &self.home {
            // A server of our own ends with the process anyway; a shared one keeps what it could not drop.
            let _ = server.drop_database(&self.url);
        }
    }
}

/// The migrated file that every SQLite database of this process is a copy of, as bytes: a static's folder would stay.
fn sqlite_template() -> &'static [u8] {
    static TEMPLATE: OnceLock<Vec<u8>> = OnceLock::new();
    TEMPLATE.get_or_init(|| {
        let home = folder::in_memory("template").unwrap_or_else(|error| panic!("{error}"));
        let file = home.path().join("template.db");
        base::db::migrate(&file.display().to_string()).unwrap_or_else(|error| panic!("{error}"));
        std::fs::read(&file).unwrap_or_else(|error| panic!("cannot read the template: {error}"))
    })
}

/// Runs an asynchronous story to its end.
///
/// # Panics
/// When no runtime can be started.
pub fn block_on<F: Future>(story: F) -> F::Output {
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build();
    runtime.unwrap_or_else(|error| panic!("cannot start a runtime: {error}")).block_on(story)
}

/// Tells one story to both engines, as two tests: `name::sqlite` and `name::on_postgres`.
///
/// ```ignore
/// testkit::both_engines! {
///     fn a_name_is_kept(db: Db, clock: Clock) { .. }
///     async fn an_asynchronous_one(db: Db, clock: Clock) { .. }
/// }
/// ```
#[macro_export]
macro_rules! both_engines {
    () => {};
    ($(#[$meta:meta])* async fn $name:ident($db:ident: Db, $clock:ident: Clock) $body:block $($rest:tt)*) => {
        $crate::both_engines! {
            $(#[$meta])* fn $name($db: Db, $clock: Clock) { $crate::database::block_on(async move $body) }
            $($rest)*
        }
    };
    ($(#[$meta:meta])* fn $name:ident($db:ident: Db, $clock:ident: Clock) $body:block $($rest:tt)*) => {
        mod $name {
            #[allow(unused_imports, reason = "a story may need nothing from around it")]
            use super::*;

            $(#[$meta])*
            #[allow(unused_variables, reason = "a story may need no clock")]
            fn story($db: ::base::db::Db, $clock: ::base::clock::Clock) $body

            #[test]
            fn sqlite() {
                let database = $crate::database::Database::sqlite();
                story(database.db(), database.clock());
            }

            #[test]
            fn on_postgres() {
                let database = $crate::database::Database::postgres();
                story(database.db(), database.clock());
            }
        }
        $crate::both_engines! { $($rest)* }
    };
}

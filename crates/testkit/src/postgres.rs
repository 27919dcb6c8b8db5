//! A private PostgreSQL on loopback, from Debian's package, and databases on it in milliseconds.
//!
//! `bin/test` starts one server for the whole run and names it in `THEDESK_TEST_POSTGRES`; without that variable,
//! [`shared`] starts one for this test process.

use std::path::PathBuf;
use std::process::Command;
use std::sync::OnceLock;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Instant;

use postgres::{Client, NoTls};
use tempfile::TempDir;

use crate::Error;
use crate::error::io;
use crate::folder::{self, User};
use crate::port::Port;
use crate::process::{Background, PAUSE, START, tail};

/// Names the server that tests use instead of starting their own: `postgres://user@host:port`, no database.
pub const VARIABLE: &str = "THEDESK_TEST_POSTGRES";

/// What kind of server to start.
#[derive(Debug, Clone, Copy, Default)]
pub struct Options {
    /// `fsync` and `synchronous_commit` on and the data on disk, for tests that kill it; otherwise it is as fast as
    /// it can be, in memory where possible.
    pub durable: bool,
}

/// A server to make databases on: one that we run, or one that was named to us.
#[derive(Debug)]
pub struct Server {
    /// `postgres://desk@127.0.0.1:PORT`, no database.
    base: String,
    own: Option<Own>,
}

#[derive(Debug)]
struct Own {
    // Order matters: the server ends before its folder goes.
    running: Background,
    folder: TempDir,
    port: Port,
    options: Options,
}

/// The server that all tests of this process share: the one that `THEDESK_TEST_POSTGRES` names, else one of our own,
/// started by the first who asks. Databases on it are the caller's to drop.
pub fn shared() -> Result<&'static Server, &'static Error> {
    static SHARED: OnceLock<Result<Server, Error>> = OnceLock::new();
    let found = SHARED.get_or_init(|| match std::env::var(VARIABLE) {
        Ok(url) if !url.is_empty() => Ok(Server::at(&url)),
        _ => Server::start(),
    });
    found.as_ref()
}

impl Server {
    /// Starts a fast server.
    pub fn start() -> Result<Server, Error> {
        Server::start_with(Options::default())
    }

    /// Starts a server of the kind wanted, and waits until it answers.
    pub fn start_with(options: Options) -> Result<Server, Error> {
        let user = User::for_servers()?;
        let folder = if options.durable { folder::on_disk("postgres")? } else { folder::in_memory("postgres")? };
        user.owns(folder.path())?;
        let data = folder.path().join("data");
        let initdb = user
            .runs(&mut Command::new(programs()?.join("initdb")))
            .args(["--username=desk", "--auth=trust", "--encoding=UTF8", "--locale=C.UTF-8", "--no-sync"])
            .args(["--no-instructions", "--pgdata"])
            .arg(&data)
            .current_dir(folder.path())
            .output()
            .map_err(io("run initdb"))?;
        if !initdb.status.success() {
            return Err(Error::DidNotStart {
                name: "PostgreSQL".into(),
                why: format!("initdb ended with {}", initdb.status),
                log: data,
                tail: String::from_utf8_lossy(&initdb.stderr).into_owned(),
            });
        }
        let port = Port::reserve()?;
        let base = format!("postgres://desk@127.0.0.1:{}", port.number());
        let running = launch(&folder, &port, options)?;
        Ok(Server { base, own: Some(Own { running, folder, port, options }) })
    }

    /// A server that runs already, by its address without a database: `postgres://user@host:port`.
    pub fn at(url: &str) -> Server {
        Server { base: url.trim_end_matches('/').into(), own: None }
    }

    /// Its address without a database.
    pub fn address(&self) -> &str {
        &self.base
    }

    /// The address of one of its databases.
    pub fn url(&self, database: &str) -> String {
        format!("{}/{database}", self.base)
    }

    /// Makes a database of a name that nobody else has, empty or as a copy of `template` (to which nobody may be
    /// connected), and returns its address.
    pub fn create_database(&self, template: Option<&str>) -> Result<String, Error> {
        static NEXT: AtomicU64 = AtomicU64::new(0);
        let nanoseconds = std::time::UNIX_EPOCH.elapsed().map_or(0, |since| since.as_nanos() % 1_000_000_000_000);
        let number = NEXT.fetch_add(1, Ordering::Relaxed);
        let name = format!("test_{}_{nanoseconds}_{number}", std::process::id());
        let template = template.unwrap_or("template0");
        let statement = format!("create database {} template {}", quoted(&name), quoted(template));
        self.administer("create a database", |client| client.batch_execute(&statement))?;
        Ok(self.url(&name))
    }

    /// Drops a database by the address that [`Server::create_database`] gave, ending whoever is connected to it.
    pub fn drop_database(&self, url: &str) -> Result<(), Error> {
        let name = url.rsplit('/').next().unwrap_or_default();
        let name = name.split('?').next().unwrap_or_default();
        let statement = format!("drop database if exists {} with (force)", quoted(name));
        self.administer("drop a database", |client| client.batch_execute(&statement))
    }

    /// Makes sure that a template called `name` exists, and returns the name for [`Server::create_database`].
    /// `build` gets the address of an empty database and fills it; it must have closed its connections when it
    /// returns. Built once for all test processes that use this server: put a hash of what `build` does (the
    /// migrations) into the name.
    pub fn template<E: ToString>(
        &self,
        name: &str,
        build: impl FnOnce(&str) -> Result<(), E>,
    ) -> Result<String, Error> {
        // Two processes may ask at once: the lock lets one of them build. It is held by this connection.
        let mut lock = self.connect("lock the templates")?;
        let doing = || "look for a template database".to_string();
        let refused = |source| Error::Postgres { doing: doing(), source };
        on_own_thread(|| lock.batch_execute("select pg_advisory_lock(7300)")).map_err(refused)?;
        let exists = "select 1 from pg_database where datname = $1";
        let found = on_own_thread(|| lock.query_opt(exists, &[&name])).map_err(refused)?;
        if found.is_none() {
            let url = self.create_database(None)?;
            let built = build(&url).map_err(|why| Error::Template { name: name.into(), why: why.to_string() });
            if let Err(error) = built {
                self.drop_database(&url)?;
                return Err(error);
            }
            let draft = url.rsplit('/').next().unwrap_or_default();
            // Whoever is still connected would block the renaming, as it would block every copy later.
            let end = "select pg_terminate_backend(pid, 5000) from pg_stat_activity where datname = $1";
            on_own_thread(|| lock.query(end, &[&draft])).map_err(refused)?;
            let rename = format!(
                "alter database {0} rename to {1}; alter database {1} allow_connections false",
                quoted(draft),
                quoted(name)
            );
            on_own_thread(|| lock.simple_query(&rename)).map_err(refused)?;
        }
        on_own_thread(|| drop(lock));
        Ok(name.into())
    }

    /// `kill -9` of the postmaster, as a crash of the machine's process would. Only a server that we started.
    pub fn kill9(&mut self) {
        if let Some(own) = &mut self.own {
            own.running.kill9();
        }
    }

    /// Starts a killed server again, on its data and port, and waits until it has recovered.
    pub fn start_again(&mut self) -> Result<(), Error> {
        let Some(own) = &mut self.own else { return Ok(()) };
        own.running.stop();
        let begun = Instant::now();
        loop {
            // Backends of a killed postmaster need a moment to notice; until then the new one refuses to start.
            match launch(&own.folder, &own.port, own.options) {
                Ok(running) => {
                    own.running = running;
                    return Ok(());
                }
                Err(error) if begun.elapsed() > START => return Err(error),
                Err(_) => std::thread::sleep(PAUSE * 5),
            }
        }
    }

    /// What the server has logged, the last `count` lines.
    pub fn log(&self, count: usize) -> String {
        self.own.as_ref().map_or_else(String::new, |own| tail(own.running.log(), count))
    }

    fn administer<T: Send>(
        &self,
        doing: &str,
        work: impl FnOnce(&mut Client) -> Result<T, postgres::Error> + Send,
    ) -> Result<T, Error> {
        let mut client = self.connect(doing)?;
        let done = on_own_thread(move || {
            let done = work(&mut client);
            drop(client);
            done
        });
        done.map_err(|source| Error::Postgres { doing: doing.into(), source })
    }

    fn connect(&self, doing: &str) -> Result<Client, Error> {
        let url = self.url("postgres");
        on_own_thread(|| Client::connect(&url, NoTls)).map_err(|source| Error::Postgres { doing: doing.into(), source })
    }
}

/// The blocking client brings a runtime of its own, which must not run inside the runtime of an asynchronous test.
fn on_own_thread<T: Send>(work: impl FnOnce() -> T + Send) -> T {
    std::thread::scope(|scope| match scope.spawn(work).join() {
        Ok(value) => value,
        Err(panic) => std::panic::resume_unwind(panic),
    })
}

fn launch(folder: &TempDir, port: &Port, options: Options) -> Result<Background, Error> {
    let mut settings = vec![
        "listen_addresses=127.0.0.1".to_string(),
        format!("port={}", port.number()),
        "unix_socket_directories=".into(),
        "max_connections=300".into(),
        "shared_buffers=128MB".into(),
        "timezone=UTC".into(),
        "log_timezone=UTC".into(),
    ];
    if !options.durable {
        settings.extend(["fsync=off", "synchronous_commit=off", "full_page_writes=off"].map(String::from));
        // A fast server is a small one: many short-lived databases, each far smaller than one default log segment.
        settings.extend(["max_wal_size=256MB", "autovacuum=off"].map(String::from));
    }
    let mut command = Command::new(programs()?.join("postgres"));
    User::for_servers()?.runs(&mut command).arg("-D").arg(folder.path().join("data")).current_dir(folder.path());
    for setting in &settings {
        command.args(["-c", setting]);
    }
    let log = folder.path().join("postgres.log");
    // QUIT is the immediate shutdown: nobody needs this server's memory on disk.
    let mut running = Background::start("PostgreSQL", &mut command, "QUIT", &log, Some(folder.path()))?;
    let url = format!("postgres://desk@127.0.0.1:{}/postgres?connect_timeout=5", port.number());
    running.wait_until(|| on_own_thread(|| Client::connect(&url, NoTls).is_ok()))?;
    Ok(running)
}

/// The folder of PostgreSQL's programs: Debian keeps one a version; the newest counts.
fn programs() -> Result<PathBuf, Error> {
    let versions = std::fs::read_dir("/usr/lib/postgresql").into_iter().flatten().flatten();
    let newest = versions
        .filter_map(|entry| Some((entry.file_name().to_str()?.parse::<u32>().ok()?, entry.path().join("bin"))))
        .filter(|(_, bin)| bin.join("initdb").is_file())
        .max();
    newest.map(|(_, bin)| bin).ok_or_else(|| Error::Missing {
        program: "PostgreSQL (/usr/lib/postgresql/*/bin/initdb)".into(),
        package: "postgresql",
    })
}

fn quoted(name: &str) -> String {
    format!("\"{}\"", name.replace('"', "\"\""))
}

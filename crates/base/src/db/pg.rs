//! PostgreSQL: threads that each own a connection, serializable writes that are retried, and a keeper that
//! holds this node's number and listens for the commits of other nodes.

use std::str::FromStr;
use std::sync::Arc;
use std::time::Duration;

use crossbeam_channel::{Receiver, Sender, bounded, unbounded};
use postgres::fallible_iterator::FallibleIterator;
use postgres::{Client, Config};
use tokio::sync::watch;

use super::error::{Error, Result};
use super::tx::{Conn, Statements, Tx};
use super::work::Work;
use crate::id::{IdMaker, NODES};

/// How often a transaction is run again before the conflict is reported.
const TRIES: u32 = 40;
/// Advisory locks from this number on hold node numbers.
const NODE_LOCKS: i64 = 7_300_000;
const CHANNEL: &str = "thedesk_commits";

/// The queue that the connections' threads serve.
pub(super) struct Postgres {
    queue: Sender<Job>,
}

struct Job {
    work: Box<dyn Work>,
    writes: bool,
}

impl Postgres {
    /// Connects `connections` times and starts the threads.
    pub(super) fn start(
        url: &str,
        ids: &Arc<IdMaker>,
        commits: watch::Sender<u64>,
        connections: usize,
    ) -> Result<Self> {
        let config = config(url)?;
        let (queue, jobs) = unbounded();
        let first = connect(&config, url)?;
        make_sequences(&config, url)?;
        let mut session = Some(first);
        for number in 0..connections {
            let server = Server {
                config: config.clone(),
                url: url.to_owned(),
                ids: Arc::clone(ids),
                commits: commits.clone(),
                client: session.take(),
                statements: Statements::new(),
            };
            let jobs = jobs.clone();
            thread(&format!("db-{number}"), move || server.run(&jobs))?;
        }
        let (numbered, wait_numbered) = bounded(1);
        let (config, ids, keeper_url) = (config, Arc::clone(ids), url.to_owned());
        thread("db-keeper", move || keep(&config, &keeper_url, &ids, &commits, &numbered))?;
        // Two nodes that start together must not make ids with the same number, not even for a moment.
        let waited = wait_numbered.recv_timeout(Duration::from_secs(30));
        waited.map_err(|_| open_error(url, &"this node could not get a number of its own within 30 seconds"))?;
        Ok(Self { queue })
    }

    pub(super) fn send(&self, work: Box<dyn Work>, writes: bool) -> Result<(), Box<dyn Work>> {
        self.queue.send(Job { work, writes }).map_err(|refused| refused.0.work)
    }
}

fn config(url: &str) -> Result<Config> {
    let mut config = Config::from_str(url).map_err(|error| open_error(url, &error))?;
    config.connect_timeout(Duration::from_secs(10)).application_name("thedesk");
    Ok(config)
}

fn open_error(url: &str, why: &dyn std::fmt::Display) -> Error {
    Error::Open { url: without_password(url), why: why.to_string() }
}

/// The URL as it may appear in a log.
fn without_password(url: &str) -> String {
    match (url.find("://"), url.rfind('@')) {
        (Some(scheme), Some(at)) if at > scheme => format!("{}://…{}", &url[..scheme], &url[at..]),
        _ => url.to_owned(),
    }
}

/// A connection, with TLS when the server asks for it.
pub(super) fn connect_url(url: &str) -> Result<Client> {
    connect(&config(url)?, url)
}

fn connect(config: &Config, url: &str) -> Result<Client> {
    let roots = rustls::RootCertStore { roots: webpki_roots::TLS_SERVER_ROOTS.to_vec() };
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let tls = rustls::ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .map_err(|error| open_error(url, &error))?
        .with_root_certificates(roots)
        .with_no_client_auth();
    config.connect(tokio_postgres_rustls::MakeRustlsConnect::new(tls)).map_err(|error| {
        use std::error::Error as _;
        let why = error.source().map_or_else(|| error.to_string(), |source| format!("{error}: {source}"));
        open_error(url, &why)
    })
}

/// Every series in `counters` is a sequence here, so that two writers never wait for each other's number.
fn make_sequences(config: &Config, url: &str) -> Result<()> {
    let mut client = connect(config, url)?;
    for row in client.query("SELECT name, value FROM counters WHERE name <> 'transaction'", &[])? {
        let (name, value): (String, i64) = (row.get(0), row.get(1));
        client.batch_execute(&format!("CREATE SEQUENCE IF NOT EXISTS counter_{name} START WITH {}", value + 1))?;
    }
    Ok(())
}

fn thread(name: &str, body: impl FnOnce() + Send + 'static) -> Result<()> {
    let spawned = std::thread::Builder::new().name(name.to_owned()).spawn(body);
    spawned.map(drop).map_err(|error| open_error(name, &error))
}

/// One thread with one connection, which it makes anew when it broke.
struct Server {
    config: Config,
    url: String,
    ids: Arc<IdMaker>,
    commits: watch::Sender<u64>,
    client: Option<Client>,
    statements: Statements,
}

impl Server {
    fn run(mut self, jobs: &Receiver<Job>) {
        while let Ok(Job { mut work, writes }) = jobs.recv() {
            let outcome = self.serve(work.as_mut(), writes);
            work.answer(outcome);
        }
    }

    fn serve(&mut self, work: &mut dyn Work, writes: bool) -> Result<()> {
        let mut pause = 1;
        for attempt in 1.. {
            match self.attempt(work, writes) {
                Err(error) if error.is_serialization() && attempt < TRIES => {
                    // Ids are as good as random here: they keep two rivals from meeting again in step.
                    let spread = self.ids.make() % pause;
                    std::thread::sleep(Duration::from_millis((pause + spread) as u64));
                    pause = (pause * 2).min(64);
                }
                other => return other,
            }
        }
        Ok(())
    }

    fn attempt(&mut self, work: &mut dyn Work, writes: bool) -> Result<()> {
        if self.client.as_ref().is_none_or(Client::is_closed) {
            self.statements.clear();
            self.client = Some(connect(&self.config, &self.url)?);
        }
        let Some(client) = self.client.as_mut() else { return Err(Error::Closed) };
        client.batch_execute(if writes {
            "BEGIN ISOLATION LEVEL SERIALIZABLE"
        } else {
            "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY"
        })?;
        let mut tx = Tx {
            conn: Conn::Postgres(client, &mut self.statements),
            ids: &self.ids,
            number: 0,
            must_retry: false,
            failed: false,
            announced: false,
        };
        let keep = work.run(&mut tx);
        let (must_retry, announced) = (tx.must_retry, tx.announced && keep);
        if !keep || must_retry {
            client.batch_execute("ROLLBACK")?;
            return if must_retry { Err(Error::Contended) } else { Ok(()) };
        }
        if announced {
            client.batch_execute(&format!("NOTIFY {CHANNEL}"))?;
        }
        client.batch_execute("COMMIT")?;
        if announced {
            self.commits.send_modify(|count| *count += 1);
        }
        Ok(())
    }
}

/// Holds an advisory lock that is this node's number, and passes on what other nodes announce.
fn keep(config: &Config, url: &str, ids: &IdMaker, commits: &watch::Sender<u64>, numbered: &Sender<()>) {
    loop {
        if let Err(error) = keep_once(config, url, ids, commits, numbered) {
            tracing::warn!("lost the connection that holds this node's number, trying again: {error}");
        }
        if commits.is_closed() {
            return;
        }
        std::thread::sleep(Duration::from_secs(1));
    }
}

fn keep_once(
    config: &Config,
    url: &str,
    ids: &IdMaker,
    commits: &watch::Sender<u64>,
    numbered: &Sender<()>,
) -> Result<()> {
    let mut client = connect(config, url)?;
    for number in 0..NODES {
        let got: bool = client.query_one("SELECT pg_try_advisory_lock($1)", &[&(NODE_LOCKS + number)])?.get(0);
        if got {
            ids.set_node(number);
            // Full when it was numbered before: only the start waits for this.
            let _ = numbered.try_send(());
            break;
        }
    }
    client.batch_execute(&format!("LISTEN {CHANNEL}"))?;
    while !commits.is_closed() {
        let heard = client.notifications().timeout_iter(Duration::from_secs(2)).next()?.is_some();
        if heard {
            commits.send_modify(|count| *count += 1);
        } else {
            client.simple_query("SELECT 1")?;
        }
    }
    Ok(())
}

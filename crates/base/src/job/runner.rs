//! Doing jobs: claims what is due, runs its handler, and settles how it went.

use std::collections::BTreeMap;
use std::panic::AssertUnwindSafe;
use std::sync::Arc;
use std::time::Duration;

use futures::FutureExt;
use futures::future::{BoxFuture, join_all};
use serde::de::DeserializeOwned;
use tokio::sync::watch;

use super::model::{Job, payload};
use super::store;
use crate::clock::{Clock, HOUR, MINUTE, SECOND};
use crate::db::{Db, Error};

/// How long a claim lasts; a handler that takes longer keeps it by a renewal at a third of it.
const LEASE: i64 = 2 * MINUTE;
/// The wait after the first failure; it doubles with each.
const FIRST_PAUSE: i64 = 30 * SECOND;
/// The longest wait between two tries.
const LONGEST_PAUSE: i64 = 6 * HOUR;
/// How often a job is tried before it is left to the operators: with the waits above, for about a day.
const TRIES: i64 = 12;

type Handler = Arc<dyn Fn(String) -> BoxFuture<'static, Result<(), String>> + Send + Sync>;

/// Does the jobs of the kinds it has handlers for.
///
/// ```no_run
/// # async fn run(db: base::db::Db, clock: base::clock::Clock) -> Result<(), base::db::Error> {
/// let runner = base::job::Runner::new(db, clock)
///     .on("deliver_reply", async |letter: i64| { println!("{letter}"); Ok(()) });
/// runner.run(async { let _ = tokio::signal::ctrl_c().await; }).await;
/// # Ok(()) }
/// ```
#[derive(Clone)]
pub struct Runner {
    db: Db,
    clock: Clock,
    handlers: BTreeMap<&'static str, Handler>,
    lanes: usize,
    poll: Duration,
}

impl Runner {
    /// A runner without handlers, doing two jobs at a time and looking for work every five seconds and whenever
    /// something was announced.
    pub fn new(db: Db, clock: Clock) -> Self {
        Self { db, clock, handlers: BTreeMap::new(), lanes: 2, poll: Duration::from_secs(5) }
    }

    /// Does jobs of this kind with `handler`, which gets the payload and may run twice for one job. What it refuses
    /// with is kept with the job.
    pub fn on<P, F>(mut self, kind: &'static str, handler: impl Fn(P) -> F + Send + Sync + 'static) -> Self
    where
        P: DeserializeOwned,
        F: Future<Output = Result<(), String>> + Send + 'static,
    {
        let run = move |text: String| -> BoxFuture<'static, Result<(), String>> {
            match payload(kind, &text) {
                Ok(payload) => handler(payload).boxed(),
                Err(why) => futures::future::ready(Err(why)).boxed(),
            }
        };
        self.handlers.insert(kind, Arc::new(run));
        self
    }

    /// How many jobs are done at a time.
    pub fn lanes(mut self, lanes: usize) -> Self {
        self.lanes = lanes.max(1);
        self
    }

    /// How often to look for work that nobody announced: what became due, what another node left behind.
    pub fn poll(mut self, every: Duration) -> Self {
        self.poll = every;
        self
    }

    /// Does jobs until `stop` is ready; then finishes those in hand, begins no more, and returns.
    pub async fn run(&self, stop: impl Future<Output = ()>) {
        let (stopping, stopped) = watch::channel(false);
        let lanes = join_all((0..self.lanes).map(|_| self.lane(stopped.clone())));
        let end = async {
            stop.await;
            stopping.send_replace(true);
        };
        tokio::join!(end, lanes);
    }

    /// Does everything that is due now, one after the other, and gives how many jobs that were. For tests, and for
    /// commands that end.
    ///
    /// # Errors
    /// When the database fails; a handler's failure is the job's own.
    pub async fn run_due(&self) -> Result<usize, Error> {
        self.recover().await?;
        let mut count = 0;
        while let Some(job) = self.claim().await? {
            self.work(job).await?;
            count += 1;
        }
        Ok(count)
    }

    async fn lane(&self, mut stopped: watch::Receiver<bool>) {
        let mut commits = self.db.commits();
        loop {
            // Before looking: what is announced while we look wakes us again.
            commits.mark_unchanged();
            if let Err(error) = self.drain(&stopped).await {
                tracing::warn!("jobs wait until the database answers again: {error}");
            }
            tokio::select! {
                () = stopped.wait_for(|stopped| *stopped).map(drop) => return,
                () = tokio::time::sleep(self.poll) => {}
                changed = commits.changed() => if changed.is_err() {
                    // The database is closed for good: there is nothing to wake us but the order to stop.
                    tokio::time::sleep(self.poll).await;
                }
            }
        }
    }

    async fn drain(&self, stopped: &watch::Receiver<bool>) -> Result<(), Error> {
        self.recover().await?;
        while !*stopped.borrow() {
            let Some(job) = self.claim().await? else { break };
            self.work(job).await?;
        }
        Ok(())
    }

    async fn recover(&self) -> Result<(), Error> {
        let now = self.clock.now();
        let abandoned = self.db.read(move |tx| {
            let sql = "SELECT COUNT(*) FROM jobs WHERE state = 'running' AND leased_until <= $1";
            tx.one(sql, crate::db::params![now], |row| Ok(row.read::<i64>()? > 0))
        });
        // Hardly ever any: look without keeping the writer busy.
        if abandoned.await? {
            let count = self.db.write(move |tx| store::recover(tx, now)).await?;
            tracing::warn!("{count} jobs are tried again: whoever had them in hand did not come back");
        }
        Ok(())
    }

    async fn claim(&self) -> Result<Option<Job>, Error> {
        let now = self.clock.now();
        let kinds: Vec<&'static str> = self.handlers.keys().copied().collect();
        if kinds.is_empty() {
            return Ok(None);
        }
        let (reading, among) = (kinds.clone(), crate::db::placeholders(2, kinds.len()));
        let waiting = self.db.read(move |tx| {
            use crate::db::ToParam;
            let sql =
                format!("SELECT 1 FROM jobs WHERE state = 'ready' AND run_at <= $1 AND kind IN ({among}) LIMIT 1");
            let mut params = vec![now.to_param()];
            params.extend(reading.iter().map(ToParam::to_param));
            tx.first(&sql, &params, |_| Ok(()))
        });
        if waiting.await?.is_none() {
            return Ok(None);
        }
        self.db.write(move |tx| store::claim(tx, now, LEASE, &kinds)).await
    }

    async fn work(&self, job: Job) -> Result<(), Error> {
        let Some(handler) = self.handlers.get(job.kind.as_str()) else { return Ok(()) };
        let running = AssertUnwindSafe(handler(job.payload.clone())).catch_unwind();
        tokio::pin!(running);
        let third = Duration::from_millis((LEASE / 3) as u64);
        let outcome = loop {
            tokio::select! {
                outcome = &mut running => break outcome,
                () = tokio::time::sleep(third) => self.renew(&job).await,
            }
        };
        let outcome = outcome.unwrap_or_else(|_| Err("its handler panicked; the log says where".to_owned()));
        let ours = match outcome {
            Ok(()) => {
                let job = job.clone();
                self.db.write(move |tx| store::done(tx, &job)).await?
            }
            Err(why) => self.failed(&job, why).await?,
        };
        if !ours {
            tracing::warn!("the job {} {} took longer than its lease and was begun again elsewhere", job.kind, job.id);
        }
        Ok(())
    }

    async fn renew(&self, job: &Job) {
        let (job, until) = (job.clone(), self.clock.now().plus(LEASE));
        if let Err(error) = self.db.write(move |tx| store::renew(tx, &job, until)).await {
            tracing::warn!("a job's lease could not be renewed: {error}");
        }
    }

    async fn failed(&self, job: &Job, why: String) -> Result<bool, Error> {
        let next = (job.attempts < TRIES).then(|| self.clock.now().plus(pause(job.attempts)));
        tracing::warn!("the job {} {} failed (try {} of {TRIES}): {why}", job.kind, job.id, job.attempts);
        let job = job.clone();
        self.db.write(move |tx| store::fail(tx, &job, &why, next)).await
    }
}

/// How long to wait after this many tries, in milliseconds.
fn pause(attempts: i64) -> i64 {
    let doublings = (attempts - 1).clamp(0, 20);
    (FIRST_PAUSE << doublings).min(LONGEST_PAUSE)
}

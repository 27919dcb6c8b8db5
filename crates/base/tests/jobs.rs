//! Jobs on both engines: done once, tried again, given up, recovered, stopped in good order.
#![allow(clippy::unwrap_used, reason = "a test ends where something is missing")]

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use base::clock::{DAY, MINUTE, SECOND};
use base::db::{Db, Error, Result};
use base::job::{self, Job, Runner, State};

const LEASE: i64 = 2 * MINUTE;

fn all(db: &Db) -> Vec<Job> {
    db.read_now(|tx| job::list(tx, 1_000)).unwrap()
}

async fn jobs(db: &Db) -> Vec<Job> {
    db.read(|tx| job::list(tx, 1_000)).await.unwrap()
}

testkit::both_engines! {
    fn what_is_due_is_claimed_in_order_and_each_once(db: Db, clock: Clock) {
        let now = clock.now();
        db.write_now(move |tx| -> Result<()> {
            job::enqueue(tx, "later", &"c", now.plus(1))?;
            job::enqueue(tx, "due", &"b", now)?;
            job::enqueue(tx, "due", &"a", now.plus(-1))?;
            Ok(())
        }).unwrap();
        let claim = || db.write_now(move |tx| job::claim(tx, now, LEASE, &[])).unwrap();
        let (first, second) = (claim().unwrap(), claim().unwrap());
        assert_eq!(first.payload::<String>().unwrap(), "a");
        assert_eq!((second.payload.as_str(), second.state, second.attempts), ("\"b\"", State::Running, 1));
        assert_eq!(claim(), None);
    }

    fn only_the_kinds_asked_for_are_claimed(db: Db, clock: Clock) {
        let now = clock.now();
        db.write_now(move |tx| job::enqueue(tx, "paint", &(), now)).unwrap();
        let claim = |kinds: &'static [&'static str]| db.write_now(move |tx| job::claim(tx, now, LEASE, kinds)).unwrap();
        assert_eq!(claim(&["sweep", "dust"]), None);
        assert_eq!(claim(&["sweep", "paint"]).unwrap().kind, "paint");
    }

    fn four_workers_do_each_of_two_hundred_jobs_once(db: Db, clock: Clock) {
        let now = clock.now();
        db.write_now(move |tx| -> Result<()> {
            for number in 0..200 {
                job::enqueue(tx, "count", &number, now)?;
            }
            Ok(())
        }).unwrap();
        let seen = Mutex::new(Vec::new());
        std::thread::scope(|scope| {
            for _ in 0..4 {
                scope.spawn(|| {
                    while let Some(job) = db.write_now(move |tx| job::claim(tx, now, LEASE, &[])).unwrap() {
                        seen.lock().unwrap().push(job.payload::<i64>().unwrap());
                        assert!(db.write_now(move |tx| job::done(tx, &job)).unwrap());
                    }
                });
            }
        });
        let mut seen = seen.into_inner().unwrap();
        seen.sort_unstable();
        assert_eq!(seen, (0..200).collect::<Vec<i64>>());
        assert_eq!(all(&db), []);
    }

    fn a_job_of_a_refused_write_never_was(db: Db, clock: Clock) {
        let now = clock.now();
        let refused = db.write_now(move |tx| -> Result<()> {
            job::enqueue(tx, "count", &1, now)?;
            Err(Error::Contended)
        });
        assert!(refused.is_err());
        assert_eq!(all(&db), []);
    }

    fn an_ended_lease_gives_the_job_to_another_and_the_first_has_no_say(db: Db, clock: Clock) {
        let now = clock.now();
        db.write_now(move |tx| job::enqueue(tx, "count", &1, now)).unwrap();
        let first = db.write_now(move |tx| job::claim(tx, now, LEASE, &[])).unwrap().unwrap();
        assert_eq!(db.write_now(move |tx| job::recover(tx, now.plus(LEASE - 1))).unwrap(), 0);
        let kept = first.clone();
        assert!(db.write_now(move |tx| job::renew(tx, &kept, now.plus(LEASE + MINUTE))).unwrap());
        assert_eq!(db.write_now(move |tx| job::recover(tx, now.plus(LEASE))).unwrap(), 0);
        let later = now.plus(LEASE + MINUTE);
        assert_eq!(db.write_now(move |tx| job::recover(tx, later)).unwrap(), 1);
        let second = db.write_now(move |tx| job::claim(tx, later, LEASE, &[])).unwrap().unwrap();
        assert_eq!((second.id, second.attempts), (first.id, 2));
        let stale = first.clone();
        assert!(!db.write_now(move |tx| job::done(tx, &stale)).unwrap());
        assert!(!db.write_now(move |tx| job::fail(tx, &first, "too late", None)).unwrap());
        assert!(db.write_now(move |tx| job::done(tx, &second)).unwrap());
        assert_eq!(all(&db), []);
    }

    async fn a_runner_does_what_is_due_and_gives_the_payload(db: Db, clock: Clock) {
        let now = clock.now();
        db.write(move |tx| -> Result<()> {
            job::enqueue(tx, "greet", &("Zoë", 3), now)?;
            job::enqueue(tx, "greet", &("Ana", 4), now.plus(MINUTE))?;
            job::enqueue(tx, "nobody_knows_how", &(), now)?;
            Ok(())
        }).await.unwrap();
        let greeted = Arc::new(Mutex::new(Vec::new()));
        let seen = Arc::clone(&greeted);
        let runner = Runner::new(db.clone(), clock.clone()).on("greet", move |who: (String, i64)| {
            seen.lock().unwrap().push(who);
            async { Ok(()) }
        });
        assert_eq!(runner.run_due().await.unwrap(), 1);
        clock.advance(MINUTE);
        assert_eq!(runner.run_due().await.unwrap(), 1);
        assert_eq!(*greeted.lock().unwrap(), [("Zoë".to_owned(), 3), ("Ana".to_owned(), 4)]);
        assert_eq!(jobs(&db).await.len(), 1);
    }

    async fn what_fails_is_tried_again_later_each_time_and_at_last_kept(db: Db, clock: Clock) {
        let now = clock.now();
        let id = db.write(move |tx| job::enqueue(tx, "fetch", &(), now)).await.unwrap();
        let runner = Runner::new(db.clone(), clock.clone())
            .on("fetch", |()| async { Err("the server is not there".to_owned()) });
        runner.run_due().await.unwrap();
        let waiting = &jobs(&db).await[0];
        assert_eq!((waiting.state, waiting.run_at, waiting.attempts), (State::Ready, now.plus(30 * SECOND), 1));
        assert_eq!(waiting.error.as_deref(), Some("the server is not there"));
        assert_eq!(runner.run_due().await.unwrap(), 0, "not before its time");
        let mut tries = 1;
        for _ in 0..40 {
            clock.advance(DAY);
            tries += runner.run_due().await.unwrap();
        }
        assert_eq!((tries, jobs(&db).await[0].state), (12, State::Failed));
        let now = clock.now();
        assert!(db.write(move |tx| job::retry(tx, id, now)).await.unwrap());
        assert_eq!(runner.run_due().await.unwrap(), 1);
        assert!(!db.write(move |tx| job::discard(tx, id)).await.unwrap(), "only failed ones are discarded");
    }

    async fn a_panic_and_a_strange_payload_are_failures_with_reasons(db: Db, clock: Clock) {
        let now = clock.now();
        db.write(move |tx| -> Result<()> {
            job::enqueue(tx, "stumble", &1, now)?;
            job::enqueue(tx, "stumble", &"no number", now)?;
            Ok(())
        }).await.unwrap();
        let runner = Runner::new(db.clone(), clock.clone()).on("stumble", |number: i64| async move {
            assert!(number != 1, "as ordered by the test");
            Ok(())
        });
        assert_eq!(runner.run_due().await.unwrap(), 2);
        let reasons: Vec<String> = jobs(&db).await.into_iter().filter_map(|job| job.error).collect();
        assert!(reasons[0].contains("panicked"), "{reasons:?}");
        assert!(reasons[1].contains("stumble cannot read its payload"), "{reasons:?}");
    }

    async fn a_running_runner_is_woken_and_stops_when_its_job_is_done(db: Db, clock: Clock) {
        let (begun, done) = (Arc::new(tokio::sync::Notify::new()), Arc::new(AtomicUsize::new(0)));
        let (say, count) = (Arc::clone(&begun), Arc::clone(&done));
        // So rare a look that only the announcement can be what wakes it.
        let runner = Runner::new(db.clone(), clock.clone()).poll(Duration::from_hours(1)).on("slow", move |()| {
            let (say, count) = (Arc::clone(&say), Arc::clone(&count));
            async move {
                say.notify_one();
                tokio::time::sleep(Duration::from_millis(200)).await;
                count.fetch_add(1, Ordering::SeqCst);
                Ok(())
            }
        });
        let stop = Arc::new(tokio::sync::Notify::new());
        let stopped = Arc::clone(&stop);
        let running = tokio::spawn(async move { runner.run(stopped.notified()).await });
        tokio::time::sleep(Duration::from_millis(100)).await;
        let now = clock.now();
        db.write(move |tx| job::enqueue(tx, "slow", &(), now)).await.unwrap();
        tokio::time::timeout(Duration::from_secs(20), begun.notified()).await.unwrap();
        stop.notify_one();
        tokio::time::timeout(Duration::from_secs(20), running).await.unwrap().unwrap();
        assert_eq!(done.load(Ordering::SeqCst), 1);
        assert_eq!(jobs(&db).await, []);
    }
}

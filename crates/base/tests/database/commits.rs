//! What one transaction does to another that shares its commit, and to those who wait for it.

use std::sync::{Arc, Mutex, mpsc};

use base::db::{Error, Result};

use crate::{Refused, get, put};

testkit::both_engines! {
    fn a_refusing_closure_is_undone_alone(db: Db, clock: Clock) {
        // The first write holds the writer until all others wait behind it, so that on SQLite they share its commit.
        let (hold, held) = mpsc::channel::<()>();
        let held = Mutex::new(held);
        std::thread::scope(|scope| {
            let first = db.clone();
            scope.spawn(move || {
                first.write_now(move |tx| -> Result<()> {
                    // Run again after a conflict, it finds the channel closed and goes on at once.
                    let _ = held.lock().unwrap().recv();
                    put(tx, "first", 0)
                }).unwrap();
            });
            for number in 0..20_i64 {
                let db = db.clone();
                scope.spawn(move || {
                    let done = db.write_now(move |tx| -> Result<(), Refused> {
                        put(tx, &format!("row {number}"), number)?;
                        if number % 2 == 1 { Err(Refused::ByUs) } else { Ok(()) }
                    });
                    assert_eq!(matches!(done, Err(Refused::ByUs)), number % 2 == 1, "{done:?}");
                });
            }
            std::thread::sleep(std::time::Duration::from_millis(50));
            drop(hold);
        });
        for number in 0..20 {
            let found = db.read_now(move |tx| get(tx, &format!("row {number}"))).unwrap();
            assert_eq!(found.is_some(), number % 2 == 0, "{number}");
        }
    }

    fn a_panicking_closure_is_undone_and_the_next_goes_on(db: Db, clock: Clock) {
        let panicked = db.write_now(|tx| -> Result<()> {
            put(tx, "a", 1)?;
            panic!("as ordered by the test");
        }).unwrap_err();
        assert!(matches!(panicked, Error::Panicked), "{panicked}");
        let (before, after) = db.write_now(|tx| -> Result<_> {
            let before = get(tx, "a")?;
            put(tx, "a", 2)?;
            Ok((before, get(tx, "a")?))
        }).unwrap();
        assert_eq!((before, after), (None, Some(2)));
    }

    fn a_statement_that_failed_is_not_passed_over(db: Db, clock: Clock) {
        // PostgreSQL undoes the whole transaction; to call it done would be to lose an acknowledged write.
        let done = db.write_now(|tx| -> Result<()> {
            put(tx, "a", 1)?;
            let _ = put(tx, "a", 2);
            Ok(())
        });
        assert!(done.is_err(), "the write was acknowledged");
        assert_eq!(db.read_now(|tx| get(tx, "a")).unwrap(), None);
    }

    fn the_answer_is_the_closures_own(db: Db, clock: Clock) {
        let taken = db.write_now(|tx| -> Result<(), Refused> {
            put(tx, "a", 1)?;
            Ok(put(tx, "a", 2)?)
        });
        assert!(matches!(taken, Err(Refused::ByDatabase(Error::Taken(_)))), "{taken:?}");
    }

    async fn followers_are_woken_by_what_was_announced(db: Db, clock: Clock) {
        let mut commits = db.commits();
        commits.mark_unchanged();
        db.write(|tx| put(tx, "quiet", 1)).await.unwrap();
        let refused = db.write(|tx| -> Result<(), Refused> {
            tx.announce();
            put(tx, "refused", 1)?;
            Err(Refused::ByUs)
        });
        assert!(refused.await.is_err());
        assert!(!commits.has_changed().unwrap());
        db.write(|tx| -> Result<()> {
            tx.announce();
            put(tx, "loud", 1)
        }).await.unwrap();
        tokio::time::timeout(std::time::Duration::from_secs(10), commits.changed()).await.unwrap().unwrap();
    }

    fn a_read_may_share_what_a_write_gave(db: Db, clock: Clock) {
        let seen = Arc::new(Mutex::new(Vec::new()));
        std::thread::scope(|scope| {
            for number in 0..8_i64 {
                let (db, seen) = (db.clone(), Arc::clone(&seen));
                scope.spawn(move || {
                    db.write_now(move |tx| put(tx, &number.to_string(), number)).unwrap();
                    // Whoever got the answer sees the write, on whatever connection.
                    let found = db.read_now(move |tx| get(tx, &number.to_string())).unwrap();
                    seen.lock().unwrap().push(found == Some(number));
                });
            }
        });
        assert_eq!(*seen.lock().unwrap(), [true; 8]);
    }
}

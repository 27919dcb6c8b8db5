//! `Tx::number` and `Tx::settled_before`: a follower goes through what happened once, in order, missing nothing.

use std::collections::BTreeSet;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, mpsc};

use base::db::{Db, Result, Tx, params};

use crate::put;

/// Writes a row that a follower can find: its position is the transaction's number.
fn record(tx: &mut Tx, name: &str) -> Result<i64> {
    let number = tx.number()?;
    put(tx, name, number)?;
    Ok(number)
}

/// The names behind `cursor` that are settled, and the new cursor.
fn follow(db: &Db, cursor: i64) -> (Vec<String>, i64) {
    let found = db.read_now(move |tx| -> Result<Vec<(String, i64)>> {
        let settled = tx.settled_before()?;
        let sql = "SELECT name, position FROM cursors WHERE position > $1 AND position < $2 ORDER BY position, name";
        tx.query(sql, params![cursor, settled], |row| Ok((row.read()?, row.read()?)))
    });
    let found = found.unwrap();
    let cursor = found.last().map_or(cursor, |(_, position)| *position);
    (found.into_iter().map(|(name, _)| name).collect(), cursor)
}

/// Follows until `wanted` names were seen or it takes too long: other databases of the server may hold back for a while.
fn follow_all(db: &Db, mut cursor: i64, wanted: usize) -> Vec<String> {
    let mut all = Vec::new();
    let begun = std::time::Instant::now();
    while all.len() < wanted && begun.elapsed().as_secs() < 30 {
        let (names, next) = follow(db, cursor);
        all.extend(names);
        cursor = next;
    }
    all
}

testkit::both_engines! {
    fn numbers_grow_and_stay_within_a_transaction(db: Db, clock: Clock) {
        let mut last = 0;
        for _ in 0..5 {
            let (one, two) = db.write_now(|tx| -> Result<_> { Ok((tx.number()?, tx.number()?)) }).unwrap();
            assert!(one > last && one == two, "{last} {one} {two}");
            last = one;
        }
    }

    fn a_follower_beside_many_writers_sees_everything_once(db: Db, clock: Clock) {
        let writing = Arc::new(AtomicBool::new(true));
        let follower = {
            let (db, writing) = (db.clone(), Arc::clone(&writing));
            std::thread::spawn(move || {
                let (mut all, mut cursor) = (Vec::new(), 0);
                while writing.load(Ordering::Acquire) {
                    let (names, next) = follow(&db, cursor);
                    all.extend(names);
                    cursor = next;
                }
                all.extend(follow_all(&db, cursor, 200 - all.len()));
                all
            })
        };
        std::thread::scope(|scope| {
            for writer in 0..4 {
                let db = db.clone();
                scope.spawn(move || {
                    for number in 0..50 {
                        db.write_now(move |tx| record(tx, &format!("{writer}/{number}"))).unwrap();
                    }
                });
            }
        });
        writing.store(false, Ordering::Release);
        let all = follower.join().unwrap();
        let once: BTreeSet<&String> = all.iter().collect();
        assert_eq!((all.len(), once.len()), (200, 200));
    }
}

mod on_postgres {
    use super::*;

    #[test]
    fn a_follower_waits_for_a_transaction_in_flight_and_never_skips_it() {
        let database = testkit::database::Database::postgres();
        let db = database.db();
        let (begun, wait_begun) = mpsc::channel();
        let (go, wait_go) = mpsc::channel::<()>();
        let wait_go = Mutex::new(wait_go);
        let late = {
            let db = db.clone();
            std::thread::spawn(move || {
                db.write_now(move |tx| -> Result<i64> {
                    let number = record(tx, "late")?;
                    let _ = begun.send(number);
                    let _ = wait_go.lock().unwrap().recv();
                    Ok(number)
                })
            })
        };
        let earlier = wait_begun.recv().unwrap();
        let later = db.write_now(|tx| record(tx, "early")).unwrap();
        assert!(later > earlier);
        // "early" is committed and visible, yet "late" with its smaller number may still come: nobody passes.
        assert_eq!(follow(&db, 0), (vec![], 0));
        drop(go);
        late.join().unwrap().unwrap();
        assert_eq!(follow_all(&db, 0, 2), ["late", "early"]);
    }
}

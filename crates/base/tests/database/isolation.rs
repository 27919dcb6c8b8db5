//! Many at once: nothing is lost, nothing is given twice, and a reader sees one state.

use std::sync::mpsc;
use std::sync::{Arc, Mutex};

use base::db::{Result, params};

use crate::{get, put};

const THREADS: usize = 8;
const ROUNDS: usize = 25;

testkit::both_engines! {
    fn counters_that_are_read_and_then_written_lose_nothing(db: Db, clock: Clock) {
        db.write_now(|tx| put(tx, "counter", 0)).unwrap();
        std::thread::scope(|scope| {
            for _ in 0..THREADS {
                let db = db.clone();
                scope.spawn(move || {
                    for _ in 0..ROUNDS {
                        db.write_now(|tx| -> Result<()> {
                            let value = get(tx, "counter")?.unwrap();
                            tx.execute("UPDATE cursors SET position = $1 WHERE name = 'counter'", params![value + 1])?;
                            Ok(())
                        }).unwrap();
                    }
                });
            }
        });
        let counted = db.read_now(|tx| get(tx, "counter")).unwrap();
        assert_eq!(counted, Some((THREADS * ROUNDS) as i64));
    }

    fn short_numbers_and_ids_are_given_once(db: Db, clock: Clock) {
        let given = Mutex::new(Vec::new());
        std::thread::scope(|scope| {
            for _ in 0..THREADS {
                scope.spawn(|| {
                    for _ in 0..ROUNDS {
                        let pair = db.write_now(|tx| -> Result<(i64, i64)> { Ok((tx.next_number("ticket")?, tx.new_id())) });
                        given.lock().unwrap().push(pair.unwrap());
                    }
                });
            }
        });
        let given = given.into_inner().unwrap();
        let numbers: std::collections::HashSet<i64> = given.iter().map(|(number, _)| *number).collect();
        let ids: std::collections::HashSet<i64> = given.iter().map(|(_, id)| *id).collect();
        assert_eq!((numbers.len(), ids.len()), (THREADS * ROUNDS, THREADS * ROUNDS));
        assert_eq!(numbers.iter().min(), Some(&1001));
    }

    fn a_reader_sees_one_state_throughout(db: Db, clock: Clock) {
        let (begun, wait_begun) = mpsc::channel::<()>();
        let (changed, wait_changed) = mpsc::channel::<()>();
        let wait_changed = Arc::new(Mutex::new(wait_changed));
        let reader = db.clone();
        let read = std::thread::spawn(move || {
            reader.read_now(move |tx| -> Result<_> {
                let before = get(tx, "a")?;
                let _ = begun.send(());
                let _ = wait_changed.lock().unwrap().recv();
                Ok((before, get(tx, "a")?))
            })
        });
        wait_begun.recv().unwrap();
        db.write_now(|tx| put(tx, "a", 1)).unwrap();
        drop(changed);
        assert_eq!(read.join().unwrap().unwrap(), (None, None));
        assert_eq!(db.read_now(|tx| get(tx, "a")).unwrap(), Some(1));
    }
}

//! Closing, crashing and opening again.

use std::io::{BufRead, BufReader, Write};
use std::process::{Command, Stdio};

use base::clock::Clock;
use base::db::{Db, Error, Result, Size, params};
use testkit::database::Database;

use crate::{get, put};

const SMALL: Size = Size { readers: 1, connections: 2 };
/// Set for the child that writes until it is killed: the URL of its database.
const CHILD: &str = "THEDESK_TEST_WRITES_TO";

fn refuses_a_newer_schema(database: &Database) {
    let db = database.db();
    db.write_now(|tx| -> Result<()> {
        let sql = "INSERT INTO refinery_schema_history (version, name, applied_on, checksum) VALUES (9999, 'later', '2026-01-01T00:00:00Z', '0')";
        tx.execute(sql, &[]).map(drop)
    }).unwrap();
    let Err(refused) = Db::open(database.url(), Clock::System, SMALL) else { panic!("it was opened") };
    assert!(matches!(refused, Error::Newer { found: 9999, .. }), "{refused}");
    assert!(refused.to_string().contains("Nothing was changed"), "{refused}");
}

fn keeps_data_and_order_over_a_restart(database: &mut Database) {
    let before = database
        .db()
        .write_now(|tx| -> Result<_> {
            put(tx, "a", 1)?;
            Ok((tx.number()?, tx.next_number("ticket")?))
        })
        .unwrap();
    database.close();
    let db = Db::open(database.url(), Clock::System, SMALL).unwrap();
    let (kept, after) =
        db.write_now(|tx| -> Result<_> { Ok((get(tx, "a")?, (tx.number()?, tx.next_number("ticket")?))) }).unwrap();
    assert_eq!(kept, Some(1));
    assert!(after.0 > before.0 && after.1 > before.1, "{before:?} {after:?}");
}

#[test]
fn sqlite_refuses_a_newer_schema() {
    refuses_a_newer_schema(&Database::sqlite());
}

#[test]
fn sqlite_keeps_data_and_order_over_a_restart() {
    keeps_data_and_order_over_a_restart(&mut Database::sqlite());
}

#[test]
fn what_is_no_database_is_refused_with_its_name() {
    let home = tempfile::tempdir().unwrap();
    let file = home.path().join("desk.db");
    std::fs::write(&file, "this is a letter, not a database, and long enough to be looked at".repeat(20)).unwrap();
    let Err(refused) = Db::open(&file.display().to_string(), Clock::System, SMALL) else { panic!("it was opened") };
    assert!(refused.to_string().contains("desk.db"), "{refused}");
}

#[test]
fn a_password_is_not_told() {
    let url = "postgres://desk:hush@127.0.0.1:1/desk?connect_timeout=1";
    let Err(refused) = Db::open(url, Clock::System, SMALL) else { panic!("it was opened") };
    assert!(!refused.to_string().contains("hush"), "{refused}");
}

mod on_postgres {
    use super::*;

    #[test]
    fn a_newer_schema_is_refused() {
        refuses_a_newer_schema(&Database::postgres());
    }

    #[test]
    fn two_nodes_that_start_together_never_make_the_same_id() {
        let database = Database::postgres();
        // The clock stands still: only the nodes' numbers keep their ids apart.
        let other = Db::open(database.url(), database.clock(), SMALL).unwrap();
        let one = database.db().read_now(|tx| -> Result<i64> { Ok(tx.new_id()) }).unwrap();
        let two = other.read_now(|tx| -> Result<i64> { Ok(tx.new_id()) }).unwrap();
        assert_ne!(one, two);
    }

    #[test]
    fn data_and_order_outlive_a_restart() {
        keeps_data_and_order_over_a_restart(&mut Database::postgres());
    }
}

mod under_faults {
    use super::*;

    #[test]
    fn every_acknowledged_write_outlives_kill_9() {
        let home = testkit::folder::on_disk("killed").unwrap();
        let url = home.path().join("desk.db").display().to_string();
        let mut acknowledged = 0;
        for round in 1..=5 {
            let mut child = Command::new(std::env::current_exe().unwrap())
                .args(["--exact", "restart::under_faults::writes_until_killed", "--nocapture", "--ignored"])
                .env(CHILD, &url)
                .stdout(Stdio::piped())
                .stderr(Stdio::null())
                .spawn()
                .unwrap();
            let lines = BufReader::new(child.stdout.take().unwrap()).lines().map_while(Result::ok);
            // Also read what was said between our decision and the kill: all of it was acknowledged.
            let mut said = 0;
            for line in lines {
                let Some(number) = line.strip_prefix("written ") else { continue };
                acknowledged = acknowledged.max(number.parse::<i64>().unwrap());
                said += 1;
                if said == 150 * round {
                    child.kill().unwrap();
                }
            }
            child.wait().unwrap();
            assert!(said >= 150, "the child wrote only {said} times");
            let db = Db::open(&url, Clock::System, SMALL).unwrap();
            let (rows, highest) = db
                .read_now(|tx| -> Result<(i64, i64)> {
                    tx.one("SELECT COUNT(*), COALESCE(MAX(position), 0) FROM cursors", &[], |row| {
                        Ok((row.read()?, row.read()?))
                    })
                })
                .unwrap();
            assert!(highest >= acknowledged, "write {acknowledged} was acknowledged, the last one there is {highest}");
            // Four threads count together, so what was in flight may leave a gap, but never below what was answered.
            let missing = db
                .read_now(move |tx| -> Result<Vec<i64>> {
                    let sql = "SELECT c.position FROM cursors c WHERE c.position > 1 AND c.position <= $1
                           AND NOT EXISTS (SELECT 1 FROM cursors b WHERE b.position = c.position - 1)";
                    tx.query(sql, params![acknowledged], |row| row.read())
                })
                .unwrap();
            assert!(missing.is_empty(), "of {rows} writes these lack the one before: {missing:?}");
        }
    }

    #[test]
    #[ignore = "the child of every_acknowledged_write_outlives_kill_9"]
    fn writes_until_killed() {
        let Ok(url) = std::env::var(CHILD) else { return };
        let db = Db::open(&url, Clock::System, SMALL).unwrap();
        std::thread::scope(|scope| {
            for _ in 0..4 {
                let db = db.clone();
                scope.spawn(move || {
                    loop {
                        let number = db
                            .write_now(|tx| -> Result<i64> {
                                let sql = "SELECT COALESCE(MAX(position), 0) + 1 FROM cursors";
                                let number: i64 = tx.one(sql, &[], |row| row.read())?;
                                put(tx, &format!("write {number}"), number)?;
                                Ok(number)
                            })
                            .unwrap();
                        let mut out = std::io::stdout().lock();
                        let _ = writeln!(out, "written {number}");
                        let _ = out.flush();
                    }
                });
            }
        });
    }
}

//! One SQL text, two engines: parameters, rows, conflicts, bulk inserts.

use base::db::{Error, Param, Result, ToParam, params, placeholders};

use crate::{get, put};

testkit::both_engines! {
    fn parameters_come_in_any_order_and_more_than_once(db: Db, clock: Clock) {
        let read: (i64, i64, String, i64) = db.read_now(|tx| -> Result<_> {
            tx.one(
                "SELECT CAST($3 AS BIGINT), CAST($1 AS BIGINT), CAST($2 AS TEXT), CAST($1 AS BIGINT) + CAST($3 AS BIGINT)",
                params![7_i64, "seven", 30_i64],
                |row| Ok((row.read()?, row.read()?, row.read()?, row.read()?)),
            )
        }).unwrap();
        assert_eq!(read, (30, 7, "seven".to_owned(), 37));
    }

    fn what_is_stored_comes_back(db: Db, clock: Clock) {
        let text = "Grüße an Zoë: 100 % \u{1f384} 'quoted' $1 \\";
        db.write_now(move |tx| -> Result<()> {
            tx.execute(
                "INSERT INTO people (id, canonical_id, name, relation, language, version, simulated, created_at, erased_at)
                 VALUES ($1, $1, $2, '', '', 0, $3, $4, $5)",
                params![i64::MAX, text, true, i64::MIN, None::<i64>],
            )?;
            Ok(())
        }).unwrap();
        let read = db.read_now(|tx| -> Result<_> {
            let sql = "SELECT id, name, simulated, created_at, erased_at, CAST(0.25 AS DOUBLE PRECISION) FROM people";
            tx.one(sql, &[], |row| {
                Ok((row.read::<i64>()?, row.read::<String>()?, row.read::<bool>()?, row.read::<i64>()?,
                    row.read::<Option<i64>>()?, row.read::<f64>()?))
            })
        }).unwrap();
        assert_eq!(read, (i64::MAX, text.to_owned(), true, i64::MIN, None, 0.25));
    }

    fn null_is_a_value_only_where_it_is_expected(db: Db, clock: Clock) {
        let refused = db.read_now(|tx| -> Result<i64> {
            tx.one("SELECT CAST($1 AS BIGINT)", params![None::<i64>], |row| row.read())
        }).unwrap_err();
        assert!(matches!(refused, Error::Column { index: 0, .. }), "{refused}");
        let empty: Option<String> = db.read_now(|tx| -> Result<_> {
            tx.one("SELECT CAST($1 AS TEXT)", params![Param::Null], |row| row.read())
        }).unwrap();
        assert_eq!(empty, None);
    }

    fn a_missing_parameter_is_named(db: Db, clock: Clock) {
        let refused = db.read_now(|tx| -> Result<Vec<i64>> {
            tx.query("SELECT position FROM cursors WHERE position > $2 AND position < $1", params![1_i64], |row| row.read())
        }).unwrap_err();
        assert!(matches!(refused, Error::Params { wanted: 2, given: 1 }), "{refused}");
    }

    fn returning_gives_the_rows_that_changed(db: Db, clock: Clock) {
        let names: Vec<String> = db.write_now(|tx| -> Result<_> {
            for (name, position) in [("a", 1), ("b", 2), ("c", 3)] {
                put(tx, name, position)?;
            }
            let sql = "UPDATE cursors SET position = position * 10 WHERE position >= $1 RETURNING name, position";
            tx.query(sql, params![2_i64], |row| Ok(format!("{}{}", row.read::<String>()?, row.read::<i64>()?)))
        }).unwrap();
        let mut names = names;
        names.sort();
        assert_eq!(names, ["b20", "c30"]);
    }

    fn on_conflict_updates_or_does_nothing(db: Db, clock: Clock) {
        let (changed, kept) = db.write_now(|tx| -> Result<_> {
            put(tx, "a", 1)?;
            let upsert = "INSERT INTO cursors (name, position, touchpoint_id) VALUES ($1, $2, 0)
                          ON CONFLICT (name) DO UPDATE SET position = cursors.position + excluded.position
                          RETURNING position";
            let changed: i64 = tx.one(upsert, params!["a", 41_i64], |row| row.read())?;
            let nothing = "INSERT INTO cursors (name, position, touchpoint_id) VALUES ($1, $2, 0)
                           ON CONFLICT (name) DO NOTHING";
            Ok((changed, tx.execute(nothing, params!["a", 0_i64])?))
        }).unwrap();
        assert_eq!((changed, kept), (42, 0));
    }

    fn a_taken_key_is_told_apart(db: Db, clock: Clock) {
        let refused = db.write_now(|tx| -> Result<()> {
            put(tx, "a", 1)?;
            put(tx, "a", 2)
        }).unwrap_err();
        assert!(matches!(refused, Error::Taken(_)), "{refused}");
        assert_eq!(db.read_now(|tx| get(tx, "a")).unwrap(), None);
    }

    fn five_thousand_rows_go_in_at_once(db: Db, clock: Clock) {
        let names: Vec<String> = (0..5_000).map(|number| format!("row {number}")).collect();
        let inserted = db.write_now(move |tx| -> Result<u64> {
            let mut rows = Vec::new();
            for (number, name) in names.iter().enumerate() {
                rows.extend_from_slice(&[name.to_param(), Param::Int(number as i64), Param::Int(0)]);
            }
            tx.insert_rows("INSERT INTO cursors (name, position, touchpoint_id)", 3, &rows)
        }).unwrap();
        let (count, sum) = db.read_now(|tx| -> Result<(i64, i64)> {
            let sql = "SELECT COUNT(*), CAST(SUM(position) AS BIGINT) FROM cursors";
            tx.one(sql, &[], |row| Ok((row.read()?, row.read()?)))
        }).unwrap();
        assert_eq!((inserted, count, sum), (5_000, 5_000, 4_999 * 2_500));
    }

    fn a_list_of_values_is_an_in(db: Db, clock: Clock) {
        let found: Vec<i64> = db.write_now(|tx| -> Result<_> {
            for (name, position) in [("a", 1), ("b", 2), ("c", 3)] {
                put(tx, name, position)?;
            }
            let sql = format!("SELECT position FROM cursors WHERE position < $1 AND name IN ({}) ORDER BY 1", placeholders(2, 2));
            tx.query(&sql, params![3_i64, "c", "b"], |row| row.read())
        }).unwrap();
        assert_eq!(found, [2]);
    }

    fn a_reader_may_not_write(db: Db, clock: Clock) {
        assert!(db.read_now(|tx| put(tx, "a", 1)).is_err());
        assert_eq!(db.read_now(|tx| get(tx, "a")).unwrap(), None);
    }
}

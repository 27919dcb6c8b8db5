//! A transaction, its rows, and the one place that speaks to a driver.

use std::cell::Cell;
use std::collections::HashMap;

use postgres::types::{IsNull, ToSql, Type};

use super::error::{Error, Result};
use super::value::{Column, FromColumn, Param};
use crate::id::IdMaker;

/// An open transaction. Store functions take `&mut Tx` and are plain code: no `await`, no driver.
///
/// Statements are one text for both engines: `$1`, `$2` ... may come in any order and more than once.
pub struct Tx<'c> {
    pub(super) conn: Conn<'c>,
    pub(super) ids: &'c IdMaker,
    /// What orders this transaction among all others; see [`Tx::number`].
    pub(super) number: i64,
    /// Set when PostgreSQL asked for the whole transaction to be run again.
    pub(super) must_retry: bool,
    /// Set when a statement failed: PostgreSQL keeps nothing of such a transaction, so a commit must not be claimed.
    pub(super) failed: bool,
    /// Set by [`Tx::announce`].
    pub(super) announced: bool,
}

pub(super) enum Conn<'c> {
    Sqlite(&'c rusqlite::Connection),
    Postgres(&'c mut postgres::Client, &'c mut Statements),
}

/// Prepared statements of one PostgreSQL connection, by their text.
pub(super) type Statements = HashMap<String, postgres::Statement>;

impl Tx<'_> {
    /// A new id of this node.
    pub fn new_id<T: From<i64>>(&self) -> T {
        T::from(self.ids.make())
    }

    /// Which engine is below, for the few things that only one of them can do.
    pub fn is_postgres(&self) -> bool {
        matches!(self.conn, Conn::Postgres(..))
    }

    /// A number that grows from transaction to transaction: the place of its rows in anything that is followed.
    ///
    /// On SQLite the writer counts them; on PostgreSQL it is the transaction's own id. See [`Tx::settled_before`].
    pub fn number(&mut self) -> Result<i64> {
        if self.number == 0 {
            let sql = "SELECT CAST(CAST(pg_current_xact_id() AS TEXT) AS BIGINT)";
            self.number = self.one(sql, &[], |row| row.read())?;
        }
        Ok(self.number)
    }

    /// Rows of transactions with a smaller [`Tx::number`] than this are all visible now: none can still commit late.
    pub fn settled_before(&mut self) -> Result<i64> {
        match self.conn {
            Conn::Sqlite(_) => Ok(i64::MAX),
            Conn::Postgres(..) => {
                let sql = "SELECT CAST(CAST(pg_snapshot_xmin(pg_current_snapshot()) AS TEXT) AS BIGINT)";
                self.one(sql, &[], |row| row.read())
            }
        }
    }

    /// Wakes everyone who waits on `Db::commits` once this transaction is durable.
    pub fn announce(&mut self) {
        self.announced = true;
    }

    /// The next short number of a series that `counters` holds, such as tickets.
    ///
    /// Numbers grow and never repeat; on PostgreSQL they come from a sequence, so a failed write leaves a gap.
    pub fn next_number(&mut self, series: &'static str) -> Result<i64> {
        match self.conn {
            Conn::Sqlite(_) => {
                let sql = "UPDATE counters SET value = value + 1 WHERE name = $1 RETURNING value";
                self.one(sql, &[Param::Text(series)], |row| row.read())
            }
            Conn::Postgres(..) => self.one(&format!("SELECT nextval('counter_{series}')"), &[], |row| row.read()),
        }
    }

    /// Runs a statement that returns no rows; gives how many rows it changed.
    pub fn execute(&mut self, sql: &str, params: &[Param]) -> Result<u64> {
        let changed = match &mut self.conn {
            Conn::Sqlite(conn) => sqlite_execute(conn, sql, params),
            Conn::Postgres(client, statements) => postgres_execute(client, statements, sql, params),
        };
        self.checked(changed)
    }

    /// Runs a statement and reads each row with `read`.
    pub fn query<T>(&mut self, sql: &str, params: &[Param], mut read: impl FnMut(&Row) -> Result<T>) -> Result<Vec<T>> {
        let mut all = Vec::new();
        self.each(sql, params, |row| {
            all.push(read(row)?);
            Ok(())
        })?;
        Ok(all)
    }

    /// Runs a statement and hands each row to `visit`, keeping none: for results too long to hold.
    pub fn each(&mut self, sql: &str, params: &[Param], visit: impl FnMut(&Row) -> Result<()>) -> Result<()> {
        let done = match &mut self.conn {
            Conn::Sqlite(conn) => sqlite_each(conn, sql, params, visit),
            Conn::Postgres(client, statements) => postgres_each(client, statements, sql, params, visit),
        };
        self.checked(done)
    }

    /// The first row, if there is one.
    pub fn first<T>(&mut self, sql: &str, params: &[Param], read: impl FnMut(&Row) -> Result<T>) -> Result<Option<T>> {
        Ok(self.query(sql, params, read)?.into_iter().next())
    }

    /// The one row that such a statement always has (an aggregate, a RETURNING).
    pub fn one<T>(&mut self, sql: &str, params: &[Param], read: impl FnMut(&Row) -> Result<T>) -> Result<T> {
        self.first(sql, params, read)?.ok_or(Error::Sqlite(rusqlite::Error::QueryReturnedNoRows))
    }

    /// Inserts many rows: one prepared statement on SQLite, multi-row statements on PostgreSQL.
    ///
    /// `insert` is the text up to VALUES, such as `INSERT INTO tags (ticket, tag)`; `rows` are flat, `width` values each.
    pub fn insert_rows(&mut self, insert: &str, width: usize, rows: &[Param]) -> Result<u64> {
        let per_statement = if self.is_postgres() { (30_000 / width).min(1_000) } else { 1 };
        let mut inserted = 0;
        let mut text = String::new();
        let mut text_rows = 0;
        for chunk in rows.chunks(per_statement * width) {
            let count = chunk.len() / width;
            if count != text_rows {
                text = format!("{insert} VALUES {}", tuples(count, width));
                text_rows = count;
            }
            inserted += self.execute(&text, chunk)?;
        }
        Ok(inserted)
    }

    fn checked<T>(&mut self, result: Result<T>) -> Result<T> {
        if let Err(error) = &result {
            self.must_retry |= error.is_serialization();
            self.failed |= matches!(error, Error::Taken(_) | Error::Sqlite(_) | Error::Postgres(_));
        }
        result
    }
}

/// `($1, $2), ($3, $4)`: `count` tuples of `width`, numbered through.
fn tuples(count: usize, width: usize) -> String {
    use std::fmt::Write;
    let mut text = String::with_capacity(count * width * 6);
    for row in 0..count {
        text.push_str(if row == 0 { "(" } else { ", (" });
        for column in 0..width {
            let _ = write!(text, "{}${}", if column == 0 { "" } else { ", " }, row * width + column + 1);
        }
        text.push(')');
    }
    text
}

/// `$first, ... ` for an IN list of `count` values: `WHERE id IN ({})`.
pub fn placeholders(first: usize, count: usize) -> String {
    let numbers: Vec<String> = (first..first + count).map(|n| format!("${n}")).collect();
    numbers.join(", ")
}

/// One row of a result, read from left to right with [`Row::read`].
pub struct Row<'r> {
    source: Source<'r>,
    next: Cell<usize>,
}

enum Source<'r> {
    Sqlite(&'r rusqlite::Row<'r>),
    Postgres(&'r postgres::Row),
}

impl Row<'_> {
    /// The next column. Rust fills a struct's fields in the order they are written, so that
    /// `Ok(Tag { id: row.read()?, name: row.read()? })` reads as the SELECT does.
    pub fn read<T: FromColumn>(&self) -> Result<T> {
        let index = self.next.replace(self.next.get() + 1);
        let column = match self.source {
            Source::Sqlite(row) => sqlite_column(row, index)?,
            Source::Postgres(row) => postgres_column(row, index)?,
        };
        T::from_column(column).ok_or_else(|| Error::Column {
            index,
            found: format!("{column:?}"),
            wanted: std::any::type_name::<T>(),
        })
    }
}

fn sqlite_execute(conn: &rusqlite::Connection, sql: &str, params: &[Param]) -> Result<u64> {
    let mut statement = conn.prepare_cached(sql)?;
    sqlite_bind(&mut statement, sql, params)?;
    Ok(statement.raw_execute()? as u64)
}

fn sqlite_each(
    conn: &rusqlite::Connection,
    sql: &str,
    params: &[Param],
    mut visit: impl FnMut(&Row) -> Result<()>,
) -> Result<()> {
    let mut statement = conn.prepare_cached(sql)?;
    sqlite_bind(&mut statement, sql, params)?;
    let mut rows = statement.raw_query();
    while let Some(row) = rows.next()? {
        visit(&Row { source: Source::Sqlite(row), next: Cell::new(0) })?;
    }
    Ok(())
}

/// SQLite takes `$1` for a name, and gives its own numbers in order of appearance: bind each by what its name says.
fn sqlite_bind(statement: &mut rusqlite::Statement, sql: &str, params: &[Param]) -> Result<()> {
    let count = statement.parameter_count();
    // Asking for a name walks through all of them, so most statements are spared that.
    let in_order = numbered_in_order(sql) == Some(count);
    for place in 1..=count {
        let name = if in_order { None } else { statement.parameter_name(place) };
        let number = name.and_then(|name| name[1..].parse::<usize>().ok()).unwrap_or(place);
        let param = params.get(number - 1).ok_or(Error::Params { wanted: number, given: params.len() })?;
        match param {
            Param::Null => statement.raw_bind_parameter(place, rusqlite::types::Null)?,
            Param::Int(value) => statement.raw_bind_parameter(place, value)?,
            Param::Real(value) => statement.raw_bind_parameter(place, value)?,
            Param::Text(value) => statement.raw_bind_parameter(place, value)?,
        }
    }
    Ok(())
}

/// How many parameters a text has when each is first met in the order of their numbers; `None` when they are not.
fn numbered_in_order(sql: &str) -> Option<usize> {
    let mut most = 0;
    for (place, _) in sql.match_indices('$') {
        let digits = sql[place + 1..].bytes().take_while(u8::is_ascii_digit);
        let number = digits.fold(0, |number, digit| number * 10 + usize::from(digit - b'0'));
        match number {
            new if new == most + 1 => most = new,
            known if (1..=most).contains(&known) => {}
            _ => return None,
        }
    }
    Some(most)
}

fn sqlite_column<'r>(row: &'r rusqlite::Row<'r>, index: usize) -> Result<Column<'r>> {
    use rusqlite::types::ValueRef;
    Ok(match row.get_ref(index)? {
        ValueRef::Null => Column::Null,
        ValueRef::Integer(value) => Column::Int(value),
        ValueRef::Real(value) => Column::Real(value),
        ValueRef::Text(bytes) | ValueRef::Blob(bytes) => match std::str::from_utf8(bytes) {
            Ok(text) => Column::Text(text),
            Err(_) => Column::Null,
        },
    })
}

fn postgres_execute(
    client: &mut postgres::Client,
    statements: &mut Statements,
    sql: &str,
    params: &[Param],
) -> Result<u64> {
    let statement = postgres_prepare(client, statements, sql)?;
    let bound = postgres_bind(&statement, params)?;
    Ok(client.execute(&statement, &bound)?)
}

fn postgres_each(
    client: &mut postgres::Client,
    statements: &mut Statements,
    sql: &str,
    params: &[Param],
    mut visit: impl FnMut(&Row) -> Result<()>,
) -> Result<()> {
    use postgres::fallible_iterator::FallibleIterator;
    let statement = postgres_prepare(client, statements, sql)?;
    let bound = postgres_bind(&statement, params)?;
    let mut rows = client.query_raw(&statement, bound)?;
    while let Some(row) = rows.next()? {
        visit(&Row { source: Source::Postgres(&row), next: Cell::new(0) })?;
    }
    Ok(())
}

fn postgres_prepare(
    client: &mut postgres::Client,
    statements: &mut Statements,
    sql: &str,
) -> Result<postgres::Statement> {
    if let Some(statement) = statements.get(sql) {
        return Ok(statement.clone());
    }
    let statement = client.prepare(sql)?;
    statements.insert(sql.to_owned(), statement.clone());
    Ok(statement)
}

fn postgres_bind<'p>(statement: &postgres::Statement, params: &'p [Param<'p>]) -> Result<Vec<&'p (dyn ToSql + Sync)>> {
    let wanted = statement.params().len();
    if wanted > params.len() {
        return Err(Error::Params { wanted, given: params.len() });
    }
    Ok(params[..wanted].iter().map(|param| param as &(dyn ToSql + Sync)).collect())
}

fn postgres_column(row: &postgres::Row, index: usize) -> Result<Column<'_>> {
    let kind = row.columns().get(index).map_or(Type::UNKNOWN, |column| column.type_().clone());
    Ok(match kind {
        Type::INT8 => row.try_get::<_, Option<i64>>(index)?.map_or(Column::Null, Column::Int),
        Type::INT4 => row.try_get::<_, Option<i32>>(index)?.map_or(Column::Null, |v| Column::Int(v.into())),
        Type::INT2 => row.try_get::<_, Option<i16>>(index)?.map_or(Column::Null, |v| Column::Int(v.into())),
        Type::BOOL => row.try_get::<_, Option<bool>>(index)?.map_or(Column::Null, |v| Column::Int(v.into())),
        Type::FLOAT8 => row.try_get::<_, Option<f64>>(index)?.map_or(Column::Null, Column::Real),
        Type::FLOAT4 => row.try_get::<_, Option<f32>>(index)?.map_or(Column::Null, |v| Column::Real(v.into())),
        _ => row.try_get::<_, Option<&str>>(index)?.map_or(Column::Null, Column::Text),
    })
}

impl ToSql for Param<'_> {
    fn to_sql(
        &self,
        kind: &Type,
        out: &mut postgres::types::private::BytesMut,
    ) -> Result<IsNull, Box<dyn std::error::Error + Sync + Send>> {
        match (*self, kind) {
            (Param::Null, _) => Ok(IsNull::Yes),
            (Param::Int(value), &Type::INT4) => i32::try_from(value)?.to_sql(kind, out),
            (Param::Int(value), &Type::BOOL) => (value != 0).to_sql(kind, out),
            (Param::Int(value), &Type::FLOAT8) => (value as f64).to_sql(kind, out),
            (Param::Int(value), &Type::TEXT) => value.to_string().to_sql(kind, out),
            (Param::Int(value), _) => value.to_sql(kind, out),
            (Param::Real(value), _) => value.to_sql(kind, out),
            // PostgreSQL has no NUL in text; a mail may carry one.
            (Param::Text(value), _) if value.contains('\0') => value.replace('\0', "").to_sql(kind, out),
            (Param::Text(value), _) => value.to_sql(kind, out),
        }
    }

    fn accepts(_: &Type) -> bool {
        true
    }

    fn to_sql_checked(
        &self,
        kind: &Type,
        out: &mut postgres::types::private::BytesMut,
    ) -> Result<IsNull, Box<dyn std::error::Error + Sync + Send>> {
        self.to_sql(kind, out)
    }
}

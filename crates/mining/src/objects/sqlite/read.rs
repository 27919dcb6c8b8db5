//! Reading an OCEL 2.0 database.

use std::collections::HashMap;
use std::fmt::Write as _;
use std::io::Read as _;
use std::path::Path;

use rusqlite::types::ValueRef;
use rusqlite::{Connection, OpenFlags};

use super::super::{ObjectLog, ObjectLogBuilder, Type, Value, ValueType};
use super::quoted;
use crate::read::{DateStyle, ReadError, Report, TimeZone, parse_date};

/// Reads an OCEL 2.0 database; it is opened for reading only, and nothing is left beside it.
///
/// # Errors
/// When the file is no such database, is packed, or SQLite finds it broken.
pub fn read(path: &Path, zone: Option<&TimeZone>) -> Result<(ObjectLog, Report), ReadError> {
    let mut begins = [0; 20];
    let length = std::fs::File::open(path).and_then(|mut file| file.read(&mut begins))?;
    if begins[..length].starts_with(b"\x1f\x8b") {
        return Err(ReadError::PackedDatabase);
    }
    let database = opened(path, &begins).map_err(failed)?;
    // Nothing in the file may call what it likes.
    database.pragma_update(None, "trusted_schema", false).map_err(failed)?;
    let mut builder = ObjectLogBuilder::default();
    for table in ["event", "object", "event_map_type", "object_map_type", "event_object", "object_object"] {
        let known = database.prepare(&format!("SELECT * FROM {table} LIMIT 0")).is_ok();
        if !known {
            return Err(ReadError::NotObjects {
                reason: format!("the database has no table {table} that can be read"),
            });
        }
    }
    objects(&database, zone, &mut builder)?;
    events(&database, zone, &mut builder)?;
    Ok(builder.finish())
}

/// A database that was last written with a log ahead of it (WAL) would have that log's files made beside it, even for
/// reading. Where none is there, nothing is in it that the file itself lacks, and the file can be taken as it is.
fn opened(path: &Path, begins: &[u8; 20]) -> rusqlite::Result<Connection> {
    let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    // Bytes 18 and 19 of the header: 2 is WAL. Source: "Database File Format", section 1.3.3, sqlite.org.
    let ahead = begins[18] == 2 || begins[19] == 2;
    let beside = |end: &str| {
        let mut name = path.as_os_str().to_owned();
        name.push(end);
        Path::new(&name).exists()
    };
    match path.to_str().filter(|_| ahead && !beside("-wal") && !beside("-shm")) {
        Some(path) => {
            let escaped = path.replace('%', "%25").replace('?', "%3f").replace('#', "%23");
            let address = format!("file:{escaped}?mode=ro&immutable=1");
            Connection::open_with_flags(address, flags | OpenFlags::SQLITE_OPEN_URI)
        }
        None => Connection::open_with_flags(path, flags),
    }
}

fn failed(error: rusqlite::Error) -> ReadError {
    ReadError::Database { reason: error.to_string() }
}

/// A type and its table.
struct Table {
    kind: Type,
    /// Its name, quoted.
    name: String,
    /// The columns of time and of what changed, which some programs leave out of tables without attributes.
    time: &'static str,
    changed: &'static str,
}

/// The tables of a kind's types.
fn typed(database: &Connection, of: &str) -> Result<Vec<Table>, ReadError> {
    let mut types = Vec::new();
    let mut rows = database.prepare(&format!("SELECT ocel_type, ocel_type_map FROM {of}_map_type")).map_err(failed)?;
    let rows = rows.query_map([], |row| Ok((text(row.get_ref(0)?), text(row.get_ref(1)?)))).map_err(failed)?;
    for row in rows {
        let (name, map) = row.map_err(failed)?;
        let table = quoted(&format!("{of}_{map}"));
        let mut attributes = Vec::new();
        let (mut time, mut changed) = ("NULL", "NULL");
        let mut columns = database.prepare(&format!("PRAGMA table_info({table})")).map_err(failed)?;
        let columns =
            columns.query_map([], |row| Ok((text(row.get_ref(1)?), text(row.get_ref(2)?)))).map_err(failed)?;
        for column in columns {
            let (column, kind) = column.map_err(failed)?;
            match column.as_str() {
                "ocel_id" => {}
                "ocel_time" => time = "ocel_time",
                "ocel_changed_field" => changed = "ocel_changed_field",
                // pm4py says once more what the tables `event` and `object` say: `ocel:activity`, `ocel:type`.
                own if own.starts_with("ocel:") => {}
                _ => attributes.push((column, ValueType::of(&kind))),
            }
        }
        types.push(Table { kind: Type { name, attributes }, name: table, time, changed });
    }
    Ok(types)
}

fn objects(database: &Connection, zone: Option<&TimeZone>, into: &mut ObjectLogBuilder) -> Result<(), ReadError> {
    let types = typed(database, "object")?;
    for Table { kind, .. } in &types {
        into.object_type(&kind.name, kind.attributes.clone());
    }
    let mut numbers: HashMap<String, u32> = HashMap::new();
    each(database, "SELECT ocel_id, ocel_type FROM object ORDER BY rowid", |row| {
        let id = text(row.get_ref(0)?);
        if let Some(number) = into.object(&id, &text(row.get_ref(1)?)) {
            numbers.insert(id, number);
        }
        Ok(())
    })?;
    for Table { kind, name: table, time, changed } in &types {
        let columns: String = kind.attributes.iter().fold(String::new(), |mut list, (name, _)| {
            // Writing to a string cannot fail.
            let _ = write!(list, ", {}", quoted(name));
            list
        });
        let query = format!("SELECT ocel_id, {time}, {changed}{columns} FROM {table} ORDER BY rowid");
        each(database, &query, |row| {
            let id = text(row.get_ref(0)?);
            let Some(&number) = numbers.get(&id) else {
                into.report.incomplete(format!("table {table}"), format!("object \"{id}\" is not in table object"));
                return Ok(());
            };
            let time = text(row.get_ref(1)?);
            let since = if time.is_empty() { Some(0) } else { instant(&time, zone) };
            let Some(since) = since else {
                let reason = format!("the time \"{time}\" is not an ISO 8601 time");
                into.report.incomplete(format!("object \"{id}\""), reason);
                return Ok(());
            };
            let changed = text(row.get_ref(2)?);
            for (at, (name, _)) in kind.attributes.iter().enumerate() {
                if (changed.is_empty() || changed == *name)
                    && let Some(value) = value(row.get_ref(at + 3)?)
                {
                    into.object_value(number, name, since, value);
                }
            }
            Ok(())
        })?;
    }
    each(database, "SELECT ocel_source_id, ocel_target_id, ocel_qualifier FROM object_object ORDER BY rowid", |row| {
        let id = text(row.get_ref(0)?);
        match numbers.get(&id) {
            Some(&number) => into.relate_objects(number, &text(row.get_ref(1)?), &text(row.get_ref(2)?)),
            None => into.report.incomplete("table object_object".into(), format!("no object has the id \"{id}\"")),
        }
        Ok(())
    })
}

fn events(database: &Connection, zone: Option<&TimeZone>, into: &mut ObjectLogBuilder) -> Result<(), ReadError> {
    let types = typed(database, "event")?;
    for Table { kind, .. } in &types {
        into.event_type(&kind.name, kind.attributes.clone());
    }
    // In the order of table event, so that ties in time stay as they were.
    let mut times: HashMap<String, i64> = HashMap::new();
    for Table { name: table, time, .. } in &types {
        each(database, &format!("SELECT ocel_id, {time} FROM {table}"), |row| {
            let (id, time) = (text(row.get_ref(0)?), text(row.get_ref(1)?));
            match instant(&time, zone) {
                Some(millis) => drop(times.insert(id, millis)),
                None => into
                    .report
                    .refuse(format!("event \"{id}\""), format!("the time \"{time}\" is not an ISO 8601 time")),
            }
            Ok(())
        })?;
    }
    each(database, "SELECT ocel_id, ocel_type FROM event ORDER BY rowid", |row| {
        let id = text(row.get_ref(0)?);
        match times.get(&id) {
            Some(&time) => drop(into.event(&id, &text(row.get_ref(1)?), time)),
            None => into.report.refuse(format!("event \"{id}\""), "no table of its type has its time".into()),
        }
        Ok(())
    })?;
    for Table { kind, name: table, .. } in types.iter().filter(|table| !table.kind.attributes.is_empty()) {
        let columns: Vec<String> = kind.attributes.iter().map(|(name, _)| quoted(name)).collect();
        each(database, &format!("SELECT ocel_id, {} FROM {table} ORDER BY rowid", columns.join(", ")), |row| {
            let Some(number) = into.event_number(&text(row.get_ref(0)?)) else { return Ok(()) };
            for (at, (name, _)) in kind.attributes.iter().enumerate() {
                if let Some(value) = value(row.get_ref(at + 1)?) {
                    into.event_value(number, name, value);
                }
            }
            Ok(())
        })?;
    }
    let query = "SELECT ocel_event_id, ocel_object_id, ocel_qualifier FROM event_object ORDER BY rowid";
    each(database, query, |row| {
        let id = text(row.get_ref(0)?);
        match into.event_number(&id) {
            Some(number) => into.relate(number, &text(row.get_ref(1)?), &text(row.get_ref(2)?)),
            None => into.report.incomplete("table event_object".into(), format!("no event has the id \"{id}\"")),
        }
        Ok(())
    })
}

fn each(
    database: &Connection,
    query: &str,
    mut take: impl FnMut(&rusqlite::Row<'_>) -> rusqlite::Result<()>,
) -> Result<(), ReadError> {
    // A table without rowid has no such column to sort by.
    let prepared = database.prepare(query).or_else(|_| database.prepare(&query.replace(" ORDER BY rowid", "")));
    let mut statement = prepared.map_err(failed)?;
    let mut rows = statement.query([]).map_err(failed)?;
    while let Some(row) = rows.next().map_err(failed)? {
        take(row).map_err(failed)?;
    }
    Ok(())
}

/// Any value as text; nothing is empty.
fn text(value: ValueRef<'_>) -> String {
    match value {
        ValueRef::Null => String::new(),
        ValueRef::Integer(number) => number.to_string(),
        ValueRef::Real(number) => number.to_string(),
        ValueRef::Text(bytes) | ValueRef::Blob(bytes) => String::from_utf8_lossy(bytes).into_owned(),
    }
}

fn value(value: ValueRef<'_>) -> Option<Value<'_>> {
    match value {
        ValueRef::Integer(number) => Some(Value::Integer(number)),
        ValueRef::Real(number) => Some(Value::Float(number)),
        ValueRef::Text(bytes) => std::str::from_utf8(bytes).ok().map(Value::Text),
        ValueRef::Null | ValueRef::Blob(_) => None,
    }
}

fn instant(time: &str, zone: Option<&TimeZone>) -> Option<i64> {
    parse_date(time.trim(), DateStyle::YearFirst, zone)
}

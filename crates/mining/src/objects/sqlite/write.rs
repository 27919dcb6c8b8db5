//! Writing an OCEL 2.0 database.

use std::collections::HashSet;
use std::fmt::Write as _;
use std::path::Path;

use rusqlite::types::ToSqlOutput;
use rusqlite::{Connection, ToSql, params, params_from_iter};

use super::super::{ObjectLog, Type, Value, ValueType};
use super::quoted;
use crate::time::iso;

impl ToSql for Value<'_> {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        Ok(match self {
            Self::Text(text) => (*text).into(),
            Self::Time(millis) => iso(*millis).into(),
            Self::Integer(number) => (*number).into(),
            Self::Float(number) => (*number).into(),
            Self::Boolean(truth) => truth.to_string().into(),
        })
    }
}

/// Writes an OCEL 2.0 database to a new file. Where an object has an attribute twice at one time, both are kept as rows.
/// What had to be called otherwise is told: SQLite does not tell upper from lower case in names of columns, and some the
/// format has for itself.
///
/// An object's first row has what it had from the beginning, at 1970-01-01T00:00:00 as the standard has it. An object
/// that had nothing from the beginning has its earliest values in the first row, at their own time: programs take a row
/// that names no changed field as the object itself, and an object without one as empty.
///
/// # Errors
/// When the file is there already, or cannot be written.
pub fn write(log: &ObjectLog, path: &Path) -> std::io::Result<Vec<String>> {
    if path.exists() {
        let reason = format!("{} is there already: give another name, or remove it", path.display());
        return Err(std::io::Error::new(std::io::ErrorKind::AlreadyExists, reason));
    }
    let written = Connection::open(path).and_then(|mut database| fill(log, &mut database));
    written.map_err(std::io::Error::other)
}

fn fill(log: &ObjectLog, database: &mut Connection) -> rusqlite::Result<Vec<String>> {
    let mut notes = Vec::new();
    // The columns of each type of objects, in the order of its attributes.
    let mut object_columns: Vec<Vec<String>> = Vec::new();
    let database = database.transaction()?;
    database.execute_batch(
        "CREATE TABLE event_map_type (ocel_type TEXT PRIMARY KEY, ocel_type_map TEXT);
         CREATE TABLE object_map_type (ocel_type TEXT PRIMARY KEY, ocel_type_map TEXT);
         CREATE TABLE event (ocel_id TEXT PRIMARY KEY, ocel_type TEXT);
         CREATE TABLE object (ocel_id TEXT PRIMARY KEY, ocel_type TEXT);
         CREATE TABLE event_object (ocel_event_id TEXT, ocel_object_id TEXT, ocel_qualifier TEXT,
             PRIMARY KEY (ocel_event_id, ocel_object_id, ocel_qualifier));
         CREATE TABLE object_object (ocel_source_id TEXT, ocel_target_id TEXT, ocel_qualifier TEXT,
             PRIMARY KEY (ocel_source_id, ocel_target_id, ocel_qualifier));",
    )?;
    let mut inserts = [Vec::new(), Vec::new()];
    for ((of, types), inserts) in
        [("event", &log.event_types), ("object", &log.object_types)].into_iter().zip(&mut inserts)
    {
        let mut taken: Vec<String> = Vec::new();
        for kind in types {
            let table = table_name(&kind.name, &mut taken);
            let insert = format!("INSERT INTO {of}_map_type VALUES (?1, ?2)");
            database.execute(&insert, params![kind.name, table])?;
            let fixed = if of == "event" { "" } else { ", ocel_changed_field TEXT" };
            let names = column_names(kind, of, &mut notes);
            let columns = kind.attributes.iter().zip(&names).fold(String::new(), |mut list, ((_, kind), name)| {
                // Writing to a string cannot fail.
                let _ = write!(list, ", {} {}", quoted(name), column_type(*kind));
                list
            });
            if of == "object" {
                object_columns.push(names);
            }
            let table = quoted(&format!("{of}_{table}"));
            // SQLite takes no key over columns that may be the same at one time.
            database
                .execute(&format!("CREATE TABLE {table} (ocel_id TEXT, ocel_time TIMESTAMP{fixed}{columns})"), [])?;
            let places = vec!["?"; kind.attributes.len() + if of == "event" { 2 } else { 3 }].join(", ");
            inserts.push(format!("INSERT INTO {table} VALUES ({places})"));
        }
    }
    for object in 0..log.objects() {
        let id = log.object_id(object);
        let kind = log.object_type(object);
        database.prepare_cached("INSERT INTO object VALUES (?1, ?2)")?.execute(params![id, kind.name])?;
        let mut insert = database.prepare_cached(&inserts[1][log.object_type[object] as usize])?;
        for (since, changed, row) in rows_of(log, object, kind, &object_columns[log.object_type[object] as usize]) {
            let time = iso(since);
            let fixed: [Box<dyn ToSql + '_>; 3] = [Box::new(id), Box::new(time), Box::new(changed)];
            let values = row.into_iter().map(|value| Box::new(value) as Box<dyn ToSql + '_>);
            insert.execute(params_from_iter(fixed.into_iter().chain(values)))?;
        }
        for (other, qualifier) in log.object_objects(object) {
            let insert = "INSERT OR IGNORE INTO object_object VALUES (?1, ?2, ?3)";
            database.prepare_cached(insert)?.execute(params![id, log.object_id(other), qualifier])?;
        }
    }
    for event in 0..log.events() {
        let (id, kind) = (log.event_id(event), log.event_type(event));
        database.prepare_cached("INSERT INTO event VALUES (?1, ?2)")?.execute(params![id, kind.name])?;
        let mut row: Vec<Option<Value<'_>>> = vec![None; kind.attributes.len()];
        for (name, value) in log.event_values(event) {
            if let Some(at) = kind.attributes.iter().position(|(known, _)| known == name) {
                row[at] = Some(value);
            }
        }
        let fixed: [Box<dyn ToSql + '_>; 2] = [Box::new(id), Box::new(iso(log.event_time(event)))];
        let values = row.into_iter().map(|value| Box::new(value) as Box<dyn ToSql + '_>);
        let mut insert = database.prepare_cached(&inserts[0][log.event_type[event] as usize])?;
        insert.execute(params_from_iter(fixed.into_iter().chain(values)))?;
        for (object, qualifier) in log.event_objects(event) {
            let insert = "INSERT OR IGNORE INTO event_object VALUES (?1, ?2, ?3)";
            database.prepare_cached(insert)?.execute(params![id, log.object_id(object), qualifier])?;
        }
    }
    database.commit()?;
    Ok(notes)
}

type Row<'a> = (i64, Option<String>, Vec<Option<Value<'a>>>);

/// An object's rows: the first with all that it had from the beginning (or else at the earliest time), then one for each
/// change.
fn rows_of<'a>(log: &'a ObjectLog, object: usize, kind: &Type, columns: &[String]) -> Vec<Row<'a>> {
    let empty = || vec![None; kind.attributes.len()];
    let begins = log.object_values(object).map(|(_, since, _)| since).min().unwrap_or(0);
    let mut rows: Vec<Row<'_>> = vec![(begins, None, empty())];
    for (name, since, value) in log.object_values(object) {
        let Some(at) = kind.attributes.iter().position(|(known, _)| known == name) else { continue };
        if since == begins && rows[0].2[at].is_none() {
            rows[0].2[at] = Some(value);
            continue;
        }
        let mut row = empty();
        row[at] = Some(value);
        rows.push((since, Some(columns[at].clone()), row));
    }
    rows
}

/// The columns of a type's attributes: their names, where these are not taken.
fn column_names(kind: &Type, of: &str, notes: &mut Vec<String>) -> Vec<String> {
    let mut taken: HashSet<String> =
        ["ocel_id", "ocel_time", "ocel_changed_field"].into_iter().map(str::to_owned).collect();
    let mut names = Vec::new();
    for (name, _) in &kind.attributes {
        // What begins so is the format's own, and readers pass over it.
        let plain = match name.strip_prefix("ocel:") {
            Some(rest) => format!("ocel {rest}"),
            None => name.clone(),
        };
        let (mut column, mut number) = (plain.clone(), 1);
        while !taken.insert(column.to_ascii_lowercase()) {
            number += 1;
            column = format!("{plain} ({number})");
        }
        if column != *name {
            notes.push(format!(
                "attribute \"{name}\" of the {of} type \"{}\" is called \"{column}\", because SQLite has its \
                 name for another column",
                kind.name
            ));
        }
        names.push(column);
    }
    names
}

/// A table name of letters and digits that no other type has.
fn table_name(kind: &str, taken: &mut Vec<String>) -> String {
    let plain: String = kind.chars().filter(char::is_ascii_alphanumeric).collect();
    let plain = if plain.is_empty() { "Type".to_owned() } else { plain };
    let mut name = plain.clone();
    let mut number = 1;
    // SQLite does not tell upper from lower case in names; `event_object` is a table of the format itself.
    while taken.iter().any(|known| known.eq_ignore_ascii_case(&name)) || name.eq_ignore_ascii_case("object") {
        number += 1;
        name = format!("{plain}{number}");
    }
    taken.push(name.clone());
    name
}

fn column_type(kind: ValueType) -> &'static str {
    match kind {
        ValueType::String => "TEXT",
        ValueType::Time => "TIMESTAMP",
        ValueType::Integer => "INTEGER",
        ValueType::Float => "REAL",
        ValueType::Boolean => "BOOLEAN",
    }
}

//! CSV (RFC 4180, with `\n` line ends).

use std::io::{self, Write};

use super::{FIELDS, Written, renamed};
use crate::log::{AttributeTable, Log, NO_TIME};
use crate::read::{Kind, MOST_COLUMNS};
use crate::time::iso;

/// Writes `case,activity,timestamp[,resource][,lifecycle]`, one row an event, in the log's order.
///
/// The header's names are those of XES (`case:concept:name`, `concept:name`, `time:timestamp`, ...), which every process
/// mining program knows. An event without a time is left out, because CSV readers need one; how many were is returned.
///
/// # Errors
/// When `into` fails.
pub fn csv(log: &Log, into: impl Write) -> io::Result<u64> {
    csv_with(log, &AttributeTable::default(), into).map(|written| written.left_out)
}

/// The same with the other attributes, a column for each key; those of a case on each of its events.
///
/// An attribute that is called as one of the log's own columns is written under another name. That, and what CSV has no
/// place for, is noted: an attribute that an event has several times, the order of events where it is not that of time,
/// and what a XES log says of itself.
///
/// # Errors
/// When `into` fails, or there are more keys than a table can have columns (16,384).
pub fn csv_with(log: &Log, attributes: &AttributeTable, into: impl Write) -> io::Result<Written> {
    let mut into = io::BufWriter::with_capacity(1 << 17, into);
    let events = 0..log.events();
    let resources = events.clone().any(|event| log.resource(event).is_some());
    let lifecycles = events.clone().any(|event| log.lifecycle(event).is_some());
    let mut header = FIELDS[..3].to_vec();
    header.extend(resources.then_some(FIELDS[3]));
    header.extend(lifecycles.then_some(FIELDS[4]));
    let first = header.len();
    // A key of the same name as a field would make two columns of one name.
    let (names, mut notes) = renamed(attributes);
    let keys: Vec<&str> = attributes.keys().collect();
    let column: hashbrown::HashMap<&str, usize> =
        keys.iter().enumerate().map(|(number, key)| (*key, first + number)).collect();
    header.extend(keys.iter().map(|key| names.get(key).map_or(*key, String::as_str)));
    if header.len() > MOST_COLUMNS {
        let more = format!("it would have {} columns, and no program reads as many: write XES", header.len());
        return Err(io::Error::other(more));
    }
    row(&mut into, &header)?;
    let mut left_out = 0;
    let mut of_case = vec![""; header.len()];
    // In which row each column was last filled, and columns that were filled twice in one.
    let mut filled = vec![(usize::MAX, false); header.len()];
    for case in 0..log.cases() {
        let name = log.case_names().get(case as u32);
        of_case.fill("");
        for attribute in attributes.of_case(case) {
            if let Some(&at) = column.get(attribute.key) {
                of_case[at] = attribute.value;
                note_twice(&mut filled[at], log.range(case).start, attribute.kind);
            }
        }
        for event in log.range(case) {
            let time = log.time_column()[event];
            if time == NO_TIME {
                left_out += 1;
                continue;
            }
            let time = iso(time);
            let mut cells = of_case.clone();
            cells[..3].copy_from_slice(&[name, log.activity_names().get(log.activity_column()[event]), &time]);
            if resources {
                cells[3] = log.resource(event).unwrap_or_default();
            }
            if lifecycles {
                cells[first - 1] = log.lifecycle(event).unwrap_or_default();
            }
            for attribute in attributes.of_event(log, event) {
                if let Some(&at) = column.get(attribute.key) {
                    cells[at] = attribute.value;
                    note_twice(&mut filled[at], event, attribute.kind);
                }
            }
            row(&mut into, &cells)?;
        }
    }
    into.flush()?;
    let twice: Vec<&str> = header.iter().zip(&filled).filter(|(_, filled)| filled.1).map(|(key, _)| *key).collect();
    if !twice.is_empty() {
        let more = twice.len().saturating_sub(MOST_NAMED);
        let named = twice[..twice.len() - more].join(", ");
        let more = if more > 0 { format!(" and {more} more") } else { String::new() };
        notes.push(format!("several values of one event under one key, of which CSV holds the last: {named}{more}"));
    }
    if !log.is_in_time()
        && (0..log.cases()).any(|case| !log.times(case).contains(&NO_TIME) && !log.times(case).is_sorted())
    {
        notes.push("cases that are not in the order of time: programs sort CSV by time, so their order is lost".into());
    }
    if !attributes.header().is_empty() {
        notes.push(
            "attributes, globals and classifiers of the log itself are left out: CSV has no place for them".into(),
        );
    }
    Ok(Written { left_out, notes })
}

/// As many columns are named in a note.
const MOST_NAMED: usize = 10;

/// Notes that a column has a value in a row, which it may have already.
fn note_twice(filled: &mut (usize, bool), row: usize, kind: Kind) {
    filled.1 |= filled.0 == row && kind != Kind::List;
    filled.0 = row;
}

/// Writes one row, quoting where needed (RFC 4180, with `\n` line ends).
pub fn row(into: &mut impl Write, cells: &[&str]) -> io::Result<()> {
    for (number, cell) in cells.iter().enumerate() {
        if number > 0 {
            into.write_all(b",")?;
        }
        // Any other separator is quoted too, so that a reader that sniffs is not led astray.
        if cell.bytes().any(|byte| matches!(byte, b',' | b'"' | b'\n' | b'\r' | b';' | b'\t' | b'|')) {
            write!(into, "\"{}\"", cell.replace('"', "\"\""))?;
        } else {
            into.write_all(cell.as_bytes())?;
        }
    }
    into.write_all(b"\n")
}

//! CSV (RFC 4180, with `\n` line ends).

use std::io::{self, Write};

use crate::log::{AttributeTable, Log, NO_TIME};
use crate::time::iso;

/// The columns of an event's own fields, as XES calls them, which every process mining program knows.
const FIELDS: [&str; 5] =
    ["case:concept:name", "concept:name", "time:timestamp", "org:resource", "lifecycle:transition"];

/// Writes `case,activity,timestamp[,resource][,lifecycle]`, one row an event, in the log's order.
///
/// The header's names are those of XES (`case:concept:name`, `concept:name`, `time:timestamp`, ...), which every process
/// mining program knows. An event without a time is left out, because CSV readers need one; how many were is returned.
///
/// # Errors
/// When `into` fails.
pub fn csv(log: &Log, into: impl Write) -> io::Result<u64> {
    csv_with(log, &AttributeTable::default(), into)
}

/// The same with the other attributes, a column for each key; those of a case on each of its events.
///
/// # Errors
/// When `into` fails.
pub fn csv_with(log: &Log, attributes: &AttributeTable, into: impl Write) -> io::Result<u64> {
    let mut into = io::BufWriter::with_capacity(1 << 17, into);
    let events = 0..log.events();
    let resources = events.clone().any(|event| log.resource(event).is_some());
    let lifecycles = events.clone().any(|event| log.lifecycle(event).is_some());
    let mut header = FIELDS[..3].to_vec();
    header.extend(resources.then_some(FIELDS[3]));
    header.extend(lifecycles.then_some(FIELDS[4]));
    let first = header.len();
    // A key of the same name as a field would make two columns of one name.
    let keys: Vec<&str> = attributes.keys().filter(|key| !FIELDS.contains(key)).collect();
    let column: hashbrown::HashMap<&str, usize> =
        keys.iter().enumerate().map(|(number, key)| (*key, first + number)).collect();
    header.extend(&keys);
    row(&mut into, &header)?;
    let mut left_out = 0;
    let mut of_case = vec![""; header.len()];
    for case in 0..log.cases() {
        let name = log.case_names().get(case as u32);
        of_case.fill("");
        for attribute in attributes.of_case(case) {
            if let Some(&at) = column.get(attribute.key) {
                of_case[at] = attribute.value;
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
                }
            }
            row(&mut into, &cells)?;
        }
    }
    into.flush()?;
    Ok(left_out)
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

//! Writing logs. CSV as this crate reads it, and any other program.

use std::io::{self, Write};

use crate::log::{Log, NO_TIME};
use crate::time::iso;

/// Writes `case,activity,timestamp[,resource][,lifecycle]`, one row an event, in the log's order.
///
/// The header's names are those of XES (`case:concept:name`, `concept:name`, `time:timestamp`, ...), which every process
/// mining program knows. An event without a time is left out, because CSV readers need one; how many were is returned.
pub fn csv(log: &Log, into: impl Write) -> io::Result<u64> {
    let mut into = io::BufWriter::with_capacity(1 << 17, into);
    let events = 0..log.events();
    let resources = events.clone().any(|event| log.resource(event).is_some());
    let lifecycles = events.clone().any(|event| log.lifecycle(event).is_some());
    let mut header = vec!["case:concept:name", "concept:name", "time:timestamp"];
    header.extend(resources.then_some("org:resource"));
    header.extend(lifecycles.then_some("lifecycle:transition"));
    row(&mut into, &header)?;
    let mut left_out = 0;
    for case in 0..log.cases() {
        let name = log.case_names().get(case as u32);
        for event in log.range(case) {
            let time = log.time_column()[event];
            if time == NO_TIME {
                left_out += 1;
                continue;
            }
            let time = iso(time);
            let mut cells = vec![name, log.activity_names().get(log.activity_column()[event]), &time];
            cells.extend(resources.then(|| log.resource(event).unwrap_or_default()));
            cells.extend(lifecycles.then(|| log.lifecycle(event).unwrap_or_default()));
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

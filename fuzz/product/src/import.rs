//! What must hold for any file that is looked at before it is imported.

use std::io::Write;

use ledger::import::{How, ImportError, look};
use mining::read::{DateOrder, Mapping, TimeZone};

/// A file; its first line says which columns are meant, its first byte how it is read.
pub fn import(data: &[u8]) {
    let Some((&how, data)) = data.split_first() else { return };
    let (columns, file) = match data.iter().position(|byte| *byte == b'\n') {
        Some(end) => (String::from_utf8_lossy(&data[..end]).into_owned(), &data[end + 1..]),
        None => return,
    };
    let mut names = columns.split('|').map(|name| (!name.is_empty()).then(|| name.to_owned()));
    let mut next = || names.next().flatten();
    let mapping = Mapping { case: next(), activity: next(), time: next(), resource: next(), lifecycle: next() };
    let how = How {
        mapping,
        zone: (how & 1 == 1).then(|| TimeZone::get("Europe/Berlin").unwrap_or(TimeZone::UTC)),
        date_order: match how >> 1 & 3 {
            1 => Some(DateOrder::DayFirst),
            2 => Some(DateOrder::MonthFirst),
            _ => None,
        },
        partial: how & 8 == 8,
    };
    let mut kept = tempfile::NamedTempFile::new().expect("a file");
    kept.write_all(file).expect("a file is written");
    match look(kept.path(), &how, |taken| assert!(taken <= file.len() as u64 * 2 + 100)) {
        Ok(looked) => {
            assert_eq!(looked.digest.len(), 64);
            assert!(matches!(looked.format, "csv" | "xes"));
            assert_eq!(looked.stats.events as u64, looked.report.events);
        }
        Err(error) => {
            assert!(matches!(error, ImportError::Log { .. } | ImportError::NoTimes { .. }), "{error}");
            assert!(error.to_string().len() < 10_000, "{error}");
        }
    }
}

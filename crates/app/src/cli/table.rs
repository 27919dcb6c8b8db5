//! Tables that people bring: CSV files, read row by row.

use std::fs::File;
use std::io::{BufRead, BufReader, Read};
use std::path::Path;

use super::Failure;

/// A CSV file with its head read. Separators are found by looking: comma, semicolon or tab.
pub(super) struct Table {
    reader: csv::Reader<Box<dyn Read>>,
    head: Vec<String>,
    name: String,
}

impl Table {
    /// Opens a file; `-` is what comes on stdin.
    pub(super) fn open(file: &Path) -> Result<Self, Failure> {
        let name = file.display().to_string();
        let source: Box<dyn Read> = if name == "-" {
            Box::new(std::io::stdin())
        } else {
            Box::new(
                File::open(file)
                    .map_err(|error| format!("{name} cannot be read ({error}). Check its name"))
                    .map_err(Failure::Failed)?,
            )
        };
        Self::read(source, name)
    }

    fn read(source: Box<dyn Read>, name: String) -> Result<Self, Failure> {
        let failed = |why: &dyn std::fmt::Display| Failure::Failed(format!("{name}: {why}"));
        let mut source = BufReader::with_capacity(1 << 16, source);
        let seen = source.fill_buf().map_err(|error| failed(&error))?;
        let bom = if seen.starts_with(b"\xef\xbb\xbf") { 3 } else { 0 };
        let first = seen[bom..].split(|byte| *byte == b'\n').next().unwrap_or_default();
        let count = |separator: u8| first.split(|byte| *byte == separator).count();
        let separator = [b',', b';', b'\t']
            .into_iter()
            .max_by_key(|separator| (count(*separator), *separator == b','))
            .unwrap_or(b',');
        source.consume(bom);
        let mut builder = csv::ReaderBuilder::new();
        let mut reader = builder.delimiter(separator).flexible(true).from_reader(Box::new(source) as Box<dyn Read>);
        let head = reader.byte_headers().map_err(|error| failed(&error))?;
        let head: Vec<String> = head.iter().map(|name| String::from_utf8_lossy(name).trim().to_owned()).collect();
        if head.iter().all(String::is_empty) {
            return Err(failed(&"it is empty. A table has a line of column names, and rows below it"));
        }
        Ok(Self { reader, head, name })
    }

    /// The place of a column, by name or by number from 1.
    pub(super) fn column(&self, wanted: &str) -> Result<usize, Failure> {
        let named = || self.head.iter().position(|name| name.eq_ignore_ascii_case(wanted.trim()));
        let numbered =
            || wanted.trim().parse::<usize>().ok().filter(|at| (1..=self.head.len()).contains(at)).map(|at| at - 1);
        named().or_else(numbered).ok_or_else(|| {
            Failure::Failed(format!("{} has no column {wanted:?}; it has: {}", self.name, self.head.join(", ")))
        })
    }

    /// Calls `each` with the number of every row below the head, from 1, and its cells; empty rows are not counted.
    pub(super) fn rows(mut self, mut each: impl FnMut(u64, &[String]) -> Result<(), Failure>) -> Result<(), Failure> {
        let mut record = csv::ByteRecord::new();
        let (mut cells, mut row): (Vec<String>, u64) = (Vec::new(), 0);
        loop {
            let more = self.reader.read_byte_record(&mut record);
            if !more.map_err(|error| Failure::Failed(format!("{}: {error}", self.name)))? {
                return Ok(());
            }
            cells.clear();
            cells.extend(record.iter().map(|cell| String::from_utf8_lossy(cell).trim().to_owned()));
            cells.resize(cells.len().max(self.head.len()), String::new());
            if cells.iter().any(|cell| !cell.is_empty()) {
                row += 1;
                each(row, &cells)?;
            }
        }
    }
}

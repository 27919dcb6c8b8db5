//! Tables that people bring: CSV files, read row by row, as UTF-8 or as Windows-1252.

use std::fs::File;
use std::io::{BufRead, BufReader, Read};
use std::path::Path;

use encoding_rs::WINDOWS_1252;
use unicode_normalization::UnicodeNormalization;

use super::{Failure, complain};

/// A CSV file with its head read. Separators are found by looking: comma, semicolon or tab.
pub(super) struct Table {
    reader: csv::Reader<Box<dyn Read>>,
    head: Vec<String>,
    name: String,
    letters: Letters,
}

/// How the letters beyond ASCII are written, as far as any were seen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Letters {
    NoneYet,
    Utf8,
    Windows1252,
}

impl Letters {
    /// What bytes say, each letter with its accent as one (NFC): programs write both, and they look the same. `None` when
    /// they are of another kind than those before.
    fn read(&mut self, bytes: &[u8]) -> Option<String> {
        match (std::str::from_utf8(bytes), *self) {
            (Ok(text), _) if text.is_ascii() => Some(text.to_owned()),
            (Ok(text), Self::NoneYet | Self::Utf8) => {
                *self = Self::Utf8;
                Some(text.nfc().collect())
            }
            (Err(_), Self::Utf8) => None,
            _ => {
                *self = Self::Windows1252;
                Some(WINDOWS_1252.decode(bytes).0.into_owned())
            }
        }
    }
}

const MIXED: &str = "it holds letters in UTF-8 and letters that are not; save it as CSV in UTF-8";

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
        if seen.starts_with(b"\xff\xfe") || seen.starts_with(b"\xfe\xff") {
            return Err(failed(&"it is written in UTF-16; save it as CSV in UTF-8"));
        }
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
        let mut letters = Letters::NoneYet;
        let named = |name: &[u8]| letters.read(name).map(|name| name.trim().to_owned());
        let head: Option<Vec<String>> = head.iter().map(named).collect();
        let head = head.ok_or_else(|| failed(&MIXED))?;
        if head.iter().all(String::is_empty) {
            return Err(failed(&"it is empty. A table has a line of column names, and rows below it"));
        }
        Ok(Self { reader, head, name, letters })
    }

    /// The place of a column, by name or by number from 1.
    pub(super) fn column(&self, wanted: &str) -> Result<usize, Failure> {
        let one = |name: &str| name.trim().nfc().collect::<String>().to_lowercase();
        let (is, wanted) = (one(wanted), wanted.trim());
        let is_wanted = |name: &String| one(name) == is;
        if self.head.iter().filter(|name| is_wanted(name)).count() > 1 {
            let which =
                format!("{} has several columns {wanted:?}: name one by its number, from 1 on the left", self.name);
            return Err(Failure::Failed(which));
        }
        let named = || self.head.iter().position(is_wanted);
        let numbered = || wanted.parse::<usize>().ok().filter(|at| (1..=self.head.len()).contains(at)).map(|at| at - 1);
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
                if self.letters == Letters::Windows1252 {
                    complain(&format!("{} is not UTF-8 and was read as Windows-1252", self.name));
                }
                return Ok(());
            }
            cells.clear();
            for cell in &record {
                let read = self.letters.read(cell);
                let read = read.ok_or_else(|| Failure::Failed(format!("{} row {}: {MIXED}", self.name, row + 1)))?;
                cells.push(read.trim().to_owned());
            }
            if let Some(more) = cells.iter().skip(self.head.len()).find(|cell| !cell.is_empty()) {
                let (row, columns, name) = (row + 1, self.head.len(), &self.name);
                return Err(Failure::Failed(format!(
                    "{name} row {row} has {} cells under {columns} column names, the last {more:?}: put cells that hold a \
                     separator, such as a decimal comma, between quotation marks",
                    cells.len()
                )));
            }
            cells.resize(self.head.len(), String::new());
            if cells.iter().any(|cell| !cell.is_empty()) {
                row += 1;
                each(row, &cells)?;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(bytes: &'static [u8]) -> Result<Vec<Vec<String>>, String> {
        let mut rows = Vec::new();
        let table = Table::read(Box::new(bytes), "table".to_owned()).map_err(Failure::into_words)?;
        let each = |_, cells: &[String]| {
            rows.push(cells.to_vec());
            Ok(())
        };
        table.rows(each).map_err(Failure::into_words)?;
        Ok(rows)
    }

    #[test]
    fn letters_are_never_lost() {
        assert_eq!(read("site\nS\u{fc}d\nS\u{f6}d\n".as_bytes()).unwrap(), [["S\u{fc}d"], ["S\u{f6}d"]]);
        assert_eq!(read(b"site\nNord\nS\xfcd\nS\xf6d\n").unwrap(), [["Nord"], ["S\u{fc}d"], ["S\u{f6}d"]]);
        assert_eq!(read("site\nSu\u{308}d\nS\u{fc}d\n".as_bytes()).unwrap(), [["S\u{fc}d"], ["S\u{fc}d"]]);
        let mixed = read(b"site\nS\xc3\xbcd\nS\xf6d\n").unwrap_err();
        assert!(mixed.contains("row 2") && mixed.contains("UTF-8"), "{mixed}");
        assert!(read(b"\xff\xfes\0i\0").unwrap_err().contains("UTF-16"));
    }

    #[test]
    fn a_row_with_too_many_cells_is_refused() {
        let unquoted = read(b"who,score\np1,1,9\n").unwrap_err();
        assert!(unquoted.contains("row 1 has 3 cells under 2") && unquoted.contains("decimal comma"), "{unquoted}");
        assert_eq!(read(b"who,score\np1,1,,\np2\n").unwrap(), [["p1", "1"], ["p2", ""]]);
    }

    #[test]
    fn a_column_is_named_or_numbered_and_never_guessed() {
        let table = Table::read(Box::new(&b"Note,\xdcbel,note\n"[..]), "t".to_owned()).unwrap();
        assert_eq!(table.column("\u{fc}bel").unwrap(), 1);
        assert!(table.column("note").unwrap_err().into_words().contains("number"));
        assert_eq!(table.column("3").unwrap(), 2);
    }
}

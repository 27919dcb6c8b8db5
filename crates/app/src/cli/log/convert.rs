//! `thedesk log convert`: a log in another format, by the name of the file to write.

use std::fs::File;
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};

use flate2::Compression;
use flate2::write::GzEncoder;
use mining::Log;
use mining::log::AttributeTable;
use mining::objects::{ObjectLog, sqlite, write_json, write_xml};
use mining::write::{self, Written};

use super::read::{self, Loaded};
use super::{Failure, Input, Outcome, complain, counted, say};

#[derive(clap::Args)]
pub(in crate::cli) struct Arguments {
    #[command(flatten)]
    input: Input,
    /// The file to write: .xes, .csv, .jsonocel or .json, .xmlocel or .xml (each also .gz), .sqlite
    out: PathBuf,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Format {
    Xes,
    Csv,
    ObjectsJson,
    ObjectsXml,
    ObjectsSqlite,
}

/// The format that a file's name asks for, and whether it is packed.
fn format_of(file: &Path) -> Option<(Format, bool)> {
    let name = file.file_name()?.to_string_lossy().to_lowercase();
    let (name, packed) = name.strip_suffix(".gz").map_or((name.as_str(), false), |name| (name, true));
    let format = match name.rsplit_once('.')?.1 {
        "xes" => Format::Xes,
        "csv" => Format::Csv,
        "jsonocel" | "json" => Format::ObjectsJson,
        "xmlocel" | "xml" => Format::ObjectsXml,
        "sqlite" | "db" if !packed => Format::ObjectsSqlite,
        _ => return None,
    };
    Some((format, packed))
}

pub(super) fn run(arguments: &Arguments) -> Outcome {
    let Arguments { input, out } = arguments;
    let Some((format, packed)) = format_of(out) else {
        return Err(Failure::Failed(format!(
            "{}: the name does not say what to write: let it end with .xes, .csv, .jsonocel, .xmlocel (each also .gz) \
             or .sqlite",
            out.display()
        )));
    };
    if out.exists() && std::fs::canonicalize(out).ok() == std::fs::canonicalize(&input.file).ok() {
        return Err(Failure::Failed(format!("{} is the file that is read: give another name", out.display())));
    }
    let failed = |error: &dyn std::fmt::Display| {
        Failure::Failed(format!("cannot write {} ({error}): give another place", out.display()))
    };
    let loaded = read::any(input, true)?;
    // Beside the place and then into it, so that a failure leaves no half of a file.
    let folder = out.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let beside = folder.join(format!(".{}.part", out.file_name().unwrap_or_default().to_string_lossy()));
    if beside.exists() {
        std::fs::remove_file(&beside).map_err(|error| failed(&error))?;
    }
    let written = match (format, loaded) {
        (Format::Xes | Format::Csv, Loaded::Plain(log, table)) => plain(&log, &table, format, packed, &beside),
        (Format::Xes | Format::Csv, Loaded::Objects(log)) => {
            let (log, table) = read::flat_with(&log, input)?;
            plain(&log, &table, format, packed, &beside)
        }
        (_, Loaded::Objects(log)) => objects(&log, format, packed, &beside),
        (_, Loaded::Plain(log, table)) => {
            let kind = input.object_type.as_deref().unwrap_or("case");
            let (log, left_out) = ObjectLog::from_log_with(&log, &table, kind);
            objects(&log, format, packed, &beside).map(|said| (said.0, Written { left_out, ..said.1 }))
        }
    };
    let written = written.and_then(|written| std::fs::rename(&beside, out).map(|()| written));
    match written {
        Ok((said, Written { left_out, notes })) => {
            for note in notes {
                complain(&format!("{}: {note}", out.display()));
            }
            if left_out > 0 {
                let events = counted(left_out as usize, "event", "events");
                complain(&format!("{events} without a time left out: this format needs one"));
            }
            say(format!("{}: {said}", out.display()));
            Ok(())
        }
        Err(error) => {
            // It may not be there; the failure is told either way.
            let _ = std::fs::remove_file(&beside);
            Err(failed(&error))
        }
    }
}

/// What was written, in words, and what of it is not as it was.
type Said = io::Result<(String, Written)>;

fn plain(log: &Log, table: &AttributeTable, format: Format, packed: bool, file: &Path) -> Said {
    let written = to_file(file, packed, |into| match format {
        Format::Csv => write::csv_with(log, table, into),
        _ => write::xes_with(log, table, into),
    })?;
    let (cases, events) = (log.cases(), log.events() - written.left_out as usize);
    Ok((format!("{}, {}", counted(cases, "case", "cases"), counted(events, "event", "events")), written))
}

fn objects(log: &ObjectLog, format: Format, packed: bool, file: &Path) -> Said {
    match format {
        Format::ObjectsSqlite => sqlite::write(log, file)?.iter().for_each(|note| complain(note)),
        Format::ObjectsXml => to_file(file, packed, |into| write_xml(log, into))?,
        _ => to_file(file, packed, |into| write_json(log, into))?,
    }
    let (events, objects) = (log.events(), log.objects());
    Ok((
        format!("{}, {}", counted(events, "event", "events"), counted(objects, "object", "objects")),
        Written::default(),
    ))
}

fn to_file<T>(file: &Path, packed: bool, write: impl FnOnce(&mut dyn Write) -> io::Result<T>) -> io::Result<T> {
    let into = BufWriter::new(File::create(file)?);
    if packed {
        let mut into = GzEncoder::new(into, Compression::default());
        let done = write(&mut into)?;
        into.finish()?.flush()?;
        Ok(done)
    } else {
        let mut into = into;
        let done = write(&mut into)?;
        into.flush()?;
        Ok(done)
    }
}

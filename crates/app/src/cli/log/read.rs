//! Reading the log that a command is about, with a bar on a terminal, and saying what could not be read.

use std::fs::File;
use std::path::Path;

use indicatif::ProgressBar;
use mining::Log;
use mining::log::AttributeTable;
use mining::objects::{self, ObjectLog};
use mining::read::{ActivityFrom, Options, ReadError, Report, open};

use super::{Failure, Input, bytes_bar, complain};

/// A log of either world.
pub(super) enum Loaded {
    /// Cases with events.
    Plain(Box<Log>, Box<AttributeTable>),
    /// Events with objects.
    Objects(Box<ObjectLog>),
}

/// Reads the log; other attributes come along when they are wanted.
pub(super) fn any(input: &Input, attributes: bool) -> Result<Loaded, Failure> {
    let file = &input.file;
    let bar = bytes_bar(file, "reading");
    let options = Options { attributes, ..options(input, &bar) };
    let read = open(source(file)?, options).and_then(|mut reader| {
        let (log, table) = if attributes {
            reader.collect_with_attributes()?
        } else {
            (reader.collect_log()?, AttributeTable::default())
        };
        Ok((log, table, reader.into_report()))
    });
    let loaded = match read {
        Ok((log, table, report)) => {
            tell(file, &report);
            Loaded::Plain(Box::new(log), Box::new(table))
        }
        Err(ReadError::IsObjects) => {
            let (log, report) = objects(input, &bar)?;
            tell(file, &report);
            Loaded::Objects(Box::new(log))
        }
        Err(error) => return Err(failed(file, &error)),
    };
    bar.finish_and_clear();
    Ok(loaded)
}

/// How the log is to be read; the bar shows how far that is.
pub(super) fn options<'a>(input: &Input, bar: &ProgressBar) -> Options<'a> {
    let activity = match input.classifier.as_deref() {
        None => ActivityFrom::Name,
        Some("") => ActivityFrom::FirstClassifier,
        Some(name) => ActivityFrom::Classifier(name.to_owned()),
    };
    Options { activity, progress: Some(told(bar)), ..input.columns.how().options() }
}

/// Reads an object-centric log of any format.
pub(super) fn objects(input: &Input, bar: &ProgressBar) -> Result<(ObjectLog, Report), Failure> {
    let (file, how) = (&input.file, input.columns.how());
    let options = objects::Options { zone: how.zone.clone(), partial: how.partial, progress: Some(told(bar)) };
    let read = match objects::read(source(file)?, options) {
        Err(ReadError::IsDatabase) => objects::sqlite::read(file, how.zone.as_ref()),
        other => other,
    };
    read.map_err(|error| failed(file, &error))
}

/// The file, opened.
pub(super) fn source(file: &Path) -> Result<File, Failure> {
    File::open(file).map_err(|error| failed(file, &format!("cannot be read ({error}). Check its name")))
}

/// A failure with the file's name before it.
pub(super) fn failed(file: &Path, why: &dyn std::fmt::Display) -> Failure {
    Failure::Failed(format!("{}: {why}", file.display()))
}

fn told(bar: &ProgressBar) -> Box<dyn FnMut(u64) + Send> {
    let told = bar.clone();
    Box::new(move |bytes| told.set_position(bytes))
}

/// Reads a log with cases; an object-centric one from the side of the type that was named, or of its only one.
pub(super) fn plain(input: &Input) -> Result<Log, Failure> {
    match any(input, false)? {
        Loaded::Plain(log, _) => Ok(*log),
        Loaded::Objects(log) => flat(&log, input),
    }
}

/// An object-centric log from the side of one type, and a word on what that bends.
pub(super) fn flat(log: &ObjectLog, input: &Input) -> Result<Log, Failure> {
    let types = || {
        let names: Vec<_> = log.object_types().iter().map(|kind| format!("\"{}\"", kind.name)).collect();
        format!("It has: {}", names.join(", "))
    };
    let wanted = match (&input.object_type, log.object_types()) {
        (Some(wanted), _) => wanted,
        (None, [only]) => &only.name,
        (None, _) => {
            let file = input.file.display();
            return Err(Failure::Failed(format!(
                "{file}: this log has several types of objects: say with --object-type which are the cases. {}",
                types()
            )));
        }
    };
    let (flat, bent) = log.flatten(wanted).ok_or_else(|| {
        Failure::Failed(format!("{}: no type of objects is called \"{wanted}\". {}", input.file.display(), types()))
    })?;
    if bent.left_out + bent.converging_events + bent.diverging_objects > 0 {
        complain(&format!(
            "{}: seen from {wanted}, {} events are left out, {} count more than once, and {} cases may show loops \
             that are none",
            input.file.display(),
            bent.left_out,
            bent.converging_events,
            bent.diverging_objects
        ));
    }
    Ok(flat)
}

fn tell(file: &Path, report: &Report) {
    if !report.is_clean() || !report.notes.is_empty() {
        complain(&format!("{}: {}", file.display(), report.to_string().trim_end()));
    }
}

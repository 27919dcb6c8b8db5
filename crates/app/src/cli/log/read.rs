//! Reading the log that a command is about, with a bar on a terminal, and saying what could not be read.

use std::fs::File;
use std::path::Path;

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
    let failed = |why: &dyn std::fmt::Display| Failure::Failed(format!("{}: {why}", file.display()));
    let source = || File::open(file).map_err(|error| failed(&format!("cannot be read ({error}). Check its name")));
    let bar = bytes_bar(file, "reading");
    let how = input.columns.how();
    let told = bar.clone();
    let activity = match input.classifier.as_deref() {
        None => ActivityFrom::Name,
        Some("") => ActivityFrom::FirstClassifier,
        Some(name) => ActivityFrom::Classifier(name.to_owned()),
    };
    let progress = Box::new(move |bytes| told.set_position(bytes));
    let options = Options { attributes, activity, progress: Some(progress), ..how.options() };
    let read = open(source()?, options).and_then(|mut reader| {
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
            let told = bar.clone();
            let progress: Box<dyn FnMut(u64) + Send> = Box::new(move |bytes| told.set_position(bytes));
            let options = objects::Options { zone: how.zone.clone(), partial: how.partial, progress: Some(progress) };
            let read = match objects::read(source()?, options) {
                Err(ReadError::IsDatabase) => objects::sqlite::read(file, how.zone.as_ref()),
                other => other,
            };
            let (log, report) = read.map_err(|error| failed(&error))?;
            tell(file, &report);
            Loaded::Objects(Box::new(log))
        }
        Err(error) => return Err(failed(&error)),
    };
    bar.finish_and_clear();
    Ok(loaded)
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

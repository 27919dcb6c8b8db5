//! Reading the log that a command is about, with a bar on a terminal, and saying what could not be read.

use std::fs::File;
use std::path::Path;

use indicatif::ProgressBar;
use mining::Log;
use mining::log::AttributeTable;
use mining::objects::{self, Flattened, ObjectLog};
use mining::read::{ActivityFrom, DateOrder, EventReader, Options, ReadError, Report, open};

use super::{Failure, Input, bytes_bar, complain, counted};

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
    let read = |date_order: Option<DateOrder>| {
        let options = options(input, &bar);
        let options = Options { attributes, date_order: options.date_order.or(date_order), ..options };
        let mut reader = open(source(file)?, options).map_err(Unread::Log)?;
        applies(input, &reader)?;
        let (log, table) = if attributes {
            reader.collect_with_attributes()?
        } else {
            (reader.collect_log()?, AttributeTable::default())
        };
        Ok((log, table, reader.into_report()))
    };
    let read = match read(None) {
        // The guess was wrong, and that is certain: a later row cannot be read so.
        Err(Unread::Log(wrong @ ReadError::DateOrder { .. })) => again(file, &wrong, read),
        other => other,
    };
    let loaded = match read {
        Ok((log, table, report)) => {
            tell(file, &report);
            Loaded::Plain(Box::new(log), Box::new(table))
        }
        Err(Unread::Log(ReadError::IsObjects)) => {
            let (log, report) = objects(input, &bar)?;
            tell(file, &report);
            Loaded::Objects(Box::new(log))
        }
        Err(Unread::Log(error)) => return Err(failed(file, &error)),
        Err(Unread::File(failure)) => return Err(failure),
    };
    bar.finish_and_clear();
    Ok(loaded)
}

/// An option that means nothing for this file would be believed to have worked.
fn applies(input: &Input, reader: &EventReader<'_>) -> Result<(), Failure> {
    let why = match reader {
        EventReader::Csv(_) if input.classifier.is_some() => "--classifier is for XES, and this is CSV: say --activity",
        EventReader::Xes(_) if input.columns.how().date_order.is_some() => {
            "--dates is for CSV, and this is XES, whose times begin with the year: leave it out"
        }
        _ => return Ok(()),
    };
    Err(failed(&input.file, &why))
}

/// Why there is nothing: the file, or the log in it.
enum Unread {
    File(Failure),
    Log(ReadError),
}

impl From<Failure> for Unread {
    fn from(failure: Failure) -> Self {
        Self::File(failure)
    }
}

impl From<ReadError> for Unread {
    fn from(error: ReadError) -> Self {
        Self::Log(error)
    }
}

type Read = Result<(Log, AttributeTable, Report), Unread>;

/// Reads with the other order of day and month, and says so. When that is contradicted too, dates come in both orders.
fn again(file: &Path, wrong: &ReadError, read: impl Fn(Option<DateOrder>) -> Read) -> Read {
    let ReadError::DateOrder { row, time, other } = wrong else { return read(None) };
    let (log, table, report) = read(Some(*other))?;
    if report.other_order > 0 {
        let why = "dates come in both orders of day and month. Say which is meant with --dates day-first or --dates \
                   month-first; rows of the other order are then left out and counted";
        return Err(failed(file, &why).into());
    }
    let order = order_name(*other);
    complain(&format!(
        "{}: dates are {order}: row {row} says \"{time}\". The file was read again so; --dates {order} settles it",
        file.display()
    ));
    Ok((log, table, report))
}

/// The order as the option names it.
pub(super) fn order_name(order: DateOrder) -> &'static str {
    match order {
        DateOrder::DayFirst => "day-first",
        DateOrder::MonthFirst => "month-first",
    }
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

/// Why `--object-type` is refused.
pub(super) const NO_TYPES: &str = "--object-type is for object-centric logs, and this one has cases: leave it out";

/// Reads a log with cases; an object-centric one from the side of the type that was named, or of its only one.
pub(super) fn plain(input: &Input) -> Result<Log, Failure> {
    match any(input, false)? {
        Loaded::Plain(..) if input.object_type.is_some() => Err(failed(&input.file, &NO_TYPES)),
        Loaded::Plain(log, _) => Ok(*log),
        Loaded::Objects(log) => flat(&log, input),
    }
}

/// An object-centric log from the side of one type, and a word on what that bends.
pub(super) fn flat(log: &ObjectLog, input: &Input) -> Result<Log, Failure> {
    let wanted = wanted(log, input)?;
    let (flat, bent) = log.flatten(wanted).ok_or_else(|| unknown(log, input, wanted))?;
    tell_bent(input, wanted, &bent);
    Ok(flat)
}

/// The same with attributes.
pub(super) fn flat_with(log: &ObjectLog, input: &Input) -> Result<(Log, AttributeTable), Failure> {
    let wanted = wanted(log, input)?;
    let flat = log.flatten_with(wanted).ok_or_else(|| unknown(log, input, wanted))?;
    tell_bent(input, wanted, &flat.bent);
    if flat.changes > 0 {
        let changes = counted(flat.changes as usize, "later value", "later values");
        complain(&format!(
            "{}: {changes} of its objects' attributes left out: a case has one value of each, the first",
            input.file.display()
        ));
    }
    Ok((flat.log, flat.attributes))
}

/// The type whose objects are the cases: the one that was named, or the only one.
fn wanted<'a>(log: &'a ObjectLog, input: &'a Input) -> Result<&'a str, Failure> {
    match (&input.object_type, log.object_types()) {
        (Some(wanted), _) => Ok(wanted),
        (None, [only]) => Ok(&only.name),
        (None, _) => Err(Failure::Failed(format!(
            "{}: this log has several types of objects: say with --object-type which are the cases. {}",
            input.file.display(),
            types(log)
        ))),
    }
}

fn unknown(log: &ObjectLog, input: &Input, wanted: &str) -> Failure {
    Failure::Failed(format!("{}: no type of objects is called \"{wanted}\". {}", input.file.display(), types(log)))
}

fn types(log: &ObjectLog) -> String {
    let names: Vec<_> = log.object_types().iter().map(|kind| format!("\"{}\"", kind.name)).collect();
    format!("It has: {}", names.join(", "))
}

fn tell_bent(input: &Input, wanted: &str, bent: &Flattened) {
    if bent.left_out + bent.converging_events + bent.diverging_objects > 0 {
        let events = |count: u64| counted(count as usize, "event", "events");
        complain(&format!(
            "{}: seen from {wanted}, {} left out, {} counted more than once, and {} may show loops that are none",
            input.file.display(),
            events(bent.left_out),
            events(bent.converging_events),
            counted(bent.diverging_objects as usize, "case", "cases"),
        ));
    }
}

fn tell(file: &Path, report: &Report) {
    if !report.is_clean() || !report.notes.is_empty() {
        complain(&format!("{}: {}", file.display(), report.to_string().trim_end()));
    }
}

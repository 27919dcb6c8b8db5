//! `thedesk import`: logs of other desks into the ledger, and mails of the past into conversations.

mod mail;

use std::fs::{File, TryLockError};
use std::io::Read;
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};

use base::clock::Clock;
use base::config::{Config, Overrides};
use base::db::{Db, Size};
use clap::ValueEnum;
use indicatif::ProgressBar;
use ledger::import::{Done, How, Looked, look, run as stream};
use serde_json::json;

use super::log::{Columns, bytes_bar, styled, summary};
use super::{Failure, Outcome, complain, data_folder, say};

#[derive(clap::Args)]
pub(super) struct Arguments {
    /// Logs (XES or CSV, plain or gzipped); or mails (mbox, .eml, folders of mails)
    #[arg(required = true)]
    files: Vec<PathBuf>,
    /// The folder with the desk's database
    #[arg(long, env = "THEDESK_DATA", required_unless_present = "dry_run")]
    data: Option<PathBuf>,
    /// A PostgreSQL database instead of the SQLite file in the data folder: postgres://user:password@host/name
    #[arg(long)]
    database_url: Option<String>,
    /// What the files are, where their names and first bytes do not tell
    #[arg(long = "as", value_name = "KIND")]
    kind: Option<Kind>,
    /// Say what would be imported, and how it was understood; store nothing
    #[arg(long)]
    dry_run: bool,
    /// One JSON object a file
    #[arg(long)]
    json: bool,
    /// Mails: tickets in which nothing was said for so many days are closed at the end
    #[arg(long, value_name = "DAYS", default_value_t = 14)]
    open_days: u32,
    #[command(flatten)]
    columns: Columns,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Kind {
    /// IEEE 1849 event log
    Xes,
    /// Table with a case, an activity and a time
    Csv,
    /// One mail
    Eml,
    /// Mails in a row
    Mbox,
}

impl Kind {
    /// What a file is by its name, or by how it begins, when that tells.
    fn of(file: &Path) -> Option<Self> {
        if file.is_dir() {
            return Some(Self::Mbox);
        }
        let name = file.file_name()?.to_string_lossy().to_lowercase();
        let name = name.strip_suffix(".gz").unwrap_or(&name);
        match name.rsplit_once('.').map(|(_, end)| end) {
            Some("eml") => Some(Self::Eml),
            Some("mbox" | "mbx") => Some(Self::Mbox),
            // Mail programs give their folders' files no ending.
            _ => begins_as_mbox(file).then_some(Self::Mbox),
        }
    }

    fn is_mail(self) -> bool {
        matches!(self, Self::Eml | Self::Mbox)
    }

    fn name(self) -> &'static str {
        match self {
            Self::Xes => "xes",
            Self::Csv => "csv",
            Self::Eml => "eml",
            Self::Mbox => "mbox",
        }
    }
}

pub(super) fn run(arguments: &Arguments) -> Outcome {
    let how = arguments.columns.how();
    let is_mail = |file: &&PathBuf| arguments.kind.or_else(|| Kind::of(file)).is_some_and(Kind::is_mail);
    let (mails, logs): (Vec<&PathBuf>, Vec<&PathBuf>) = arguments.files.iter().partition(is_mail);
    if let Some(packed) = mails.iter().find(|file| file.extension().is_some_and(|end| end == "gz")) {
        let packed = packed.display();
        return Err(Failure::Failed(format!(
            "{packed} is packed, and mails are read in the order of time: gunzip it first"
        )));
    }
    if !mails.is_empty() {
        let mails: Vec<PathBuf> = mails.into_iter().cloned().collect();
        mail::run(&mails, arguments)?;
    }
    let mut store = None;
    let mut refused = 0;
    for file in logs {
        if let Err(why) = one(file, arguments, &how, &mut store) {
            match why {
                Failure::Failed(why) if arguments.files.len() > 1 => complain(&why),
                other => return Err(other),
            }
            refused += 1;
        }
    }
    if refused > 0 {
        return Err(Failure::Failed(format!(
            "{refused} of {} files were not imported; the others were",
            arguments.files.len()
        )));
    }
    Ok(())
}

fn begins_as_mbox(file: &Path) -> bool {
    let mut beginning = Vec::new();
    let read = File::open(file).and_then(|file| file.take(300).read_to_end(&mut beginning));
    read.is_ok() && mail_message::mbox::is_mbox(&beginning)
}

/// The open database, and what keeps other processes out of its folder meanwhile.
struct Store {
    db: Db,
    _alone: Option<File>,
}

fn one(file: &Path, arguments: &Arguments, how: &How, store: &mut Option<Store>) -> Outcome {
    let bar = bytes_bar(file, "reading");
    let told = bar.clone();
    let looked = look(file, how, move |bytes| told.set_position(bytes))?;
    bar.finish_and_clear();
    if let Some(kind) = arguments.kind
        && kind.name() != looked.format
    {
        let (path, found) = (file.display(), looked.format);
        let said = kind.name();
        return Err(Failure::Failed(format!("{path} is {found} by its first bytes, not {said}: leave out --as")));
    }
    if !arguments.json && (arguments.dry_run || !looked.report.is_clean()) {
        explain(file, &looked, arguments.dry_run);
    }
    if arguments.dry_run {
        return tell(file, arguments, &looked, None);
    }
    let store = match store {
        Some(open) => open,
        None => store.insert(open(arguments)?),
    };
    let bar = ProgressBar::new(looked.report.events).with_message("storing");
    bar.set_style(styled("{msg:>10} {wide_bar} {human_pos} of {human_len} events"));
    let told = bar.clone();
    let progress = move |events| {
        told.set_position(events);
        ControlFlow::Continue(())
    };
    let done = stream(&store.db, &Clock::default(), file, how, &looked, progress)?;
    bar.finish_and_clear();
    tell(file, arguments, &looked, Some(done))
}

fn open(arguments: &Arguments) -> Result<Store, Failure> {
    let Some(data) = &arguments.data else {
        return Err(Failure::Failed("say with --data where the desk's folder is".to_owned()));
    };
    let data = data_folder(data)?;
    let flags = Overrides::default().set("database_url", arguments.database_url.as_ref());
    let config = Config::load(&data, &flags)?;
    let url = config.database();
    let postgres = url.starts_with("postgres");
    let alone = if postgres { None } else { Some(alone(&data)?) };
    Ok(Store { db: Db::open(&url, Clock::default(), Size::default())?, _alone: alone })
}

/// Takes the data folder for this import: two of them at once would both resume what one had begun.
///
/// # Errors
/// When another import holds it, or the folder cannot be written to.
pub(super) fn alone(data: &Path) -> Result<File, Failure> {
    let path = data.join("thedesk.lock");
    let file =
        File::create(&path).map_err(|error| Failure::Failed(format!("cannot write {} ({error})", path.display())))?;
    match file.try_lock() {
        Ok(()) => Ok(file),
        Err(TryLockError::WouldBlock) => Err(Failure::Failed(format!(
            "another import into {} is running: wait for it to end, then try again",
            data.display()
        ))),
        Err(TryLockError::Error(error)) => Err(Failure::Failed(format!("cannot lock {} ({error})", path.display()))),
    }
}

/// Says how a file was understood.
fn explain(file: &Path, looked: &Looked, whole: bool) {
    say(format!("{} ({})", file.display(), looked.format));
    if let Some(plan) = looked.plan.as_ref().filter(|_| whole) {
        say(plan.to_string().trim_end());
    }
    say(looked.report.to_string().trim_end());
}

/// Says what became of a file.
fn tell(file: &Path, arguments: &Arguments, looked: &Looked, done: Option<Done>) -> Outcome {
    let stats = &looked.stats;
    if arguments.json {
        let line = json!({
            "file": file.display().to_string(),
            "format": looked.format,
            "import": done.map(|done| done.id),
            "cases": stats.cases,
            "events": stats.events,
            "activities": stats.activities.len(),
            "variants": stats.variants.count,
            "first": stats.first,
            "last": stats.last,
            "refused": looked.report.refused,
            "stored_before": done.map(|done| done.before),
        });
        say(serde_json::to_string(&line)?);
        return Ok(());
    }
    let what = summary(stats);
    match done {
        None => say(format!("{what}; nothing was stored")),
        Some(done) if done.before > 0 => {
            say(format!("{what}; {} events had been stored by an earlier try", done.before));
        }
        Some(_) => say(what),
    }
    Ok(())
}

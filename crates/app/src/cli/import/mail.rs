//! `thedesk import` of mails: an mbox, single mails, folders of mails. They become conversations of the past: nobody is
//! written to.

use std::path::PathBuf;
use std::sync::Arc;

use base::clock::{Clock, Moment};
use base::config::{Config, Overrides};
use channels::mail::history::{Archive, Done, take_in};
use indicatif::ProgressBar;
use serde_json::json;

use super::super::log::styled;
use super::super::{Failure, Outcome, data_folder, say};
use super::{Arguments, alone};
use crate::house::House;

/// Takes in all `files` as one archive.
pub(super) fn run(files: &[PathBuf], arguments: &Arguments) -> Outcome {
    let bar = bar("reading", "{msg:>10} {wide_bar} {bytes} of {total_bytes}", sizes(files));
    let told = bar.clone();
    let archive = Arc::new(Archive::look(files, move |bytes| told.set_position(bytes))?);
    bar.finish_and_clear();
    let done = if arguments.dry_run { None } else { Some(store(&archive, arguments)?) };
    tell(&archive, arguments, done)
}

fn store(archive: &Arc<Archive>, arguments: &Arguments) -> Result<Done, Failure> {
    let Some(data) = &arguments.data else {
        return Err(Failure::Failed("say with --data where the desk's folder is".to_owned()));
    };
    let data = data_folder(data)?;
    let flags = Overrides::default().set("database_url", arguments.database_url.as_ref());
    let config = Config::load(&data, &flags)?;
    let _alone = alone(&data)?;
    let house = House::build(&config, Clock::default(), false)?;
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
    let bar = bar("storing", "{msg:>10} {wide_bar} {human_pos} of {human_len} mails, {per_sec}", archive.len() as u64);
    let told = bar.clone();
    let progress = move |mails| told.set_position(mails);
    let taking = take_in(&house.app, &house.room, Arc::clone(archive), i64::from(arguments.open_days), progress);
    let done = runtime.block_on(taking)?;
    bar.finish_and_clear();
    Ok(done)
}

fn bar(message: &'static str, style: &str, of: u64) -> ProgressBar {
    let bar = ProgressBar::new(of).with_message(message);
    bar.set_style(styled(style));
    bar
}

/// How large the files are that are named themselves; those in folders are found on the way.
fn sizes(files: &[PathBuf]) -> u64 {
    files.iter().filter_map(|file| Some(file.metadata().ok()?.len())).sum()
}

/// Says what became of the archive.
fn tell(archive: &Archive, arguments: &Arguments, done: Option<Done>) -> Outcome {
    let day = |at: Moment| jiff::Timestamp::from_millisecond(at.0).unwrap_or_default().strftime("%Y-%m-%d").to_string();
    let (first, last) = archive.span();
    let known = first.0 > i64::MIN;
    if arguments.json {
        let done = done.map(|done| {
            json!({
                "opened": done.opened, "written": done.written, "kept": done.kept, "dropped": done.dropped,
                "quarantined": done.quarantined, "known": done.known, "before": done.before, "closed": done.closed,
            })
        });
        let line = json!({
            "mails": archive.len(), "bytes": archive.bytes(), "first": known.then(|| day(first)), "last": day(last),
            "done": done,
        });
        say(serde_json::to_string(&line)?);
        return Ok(());
    }
    let from = if known { format!(", written from {} to {}", day(first), day(last)) } else { String::new() };
    say(format!("{} mails{from}", archive.len()));
    let Some(done) = done else {
        say("nothing was stored");
        return Ok(());
    };
    let Done { opened, written, kept, dropped, quarantined, known, before, closed } = done;
    say(format!("{opened} tickets begun, {written} mails added to them, {kept} of programs kept with them"));
    say(format!("{closed} of the tickets were silent for {} days and are closed", arguments.open_days));
    if known + before > 0 {
        say(format!("{known} mails the desk had already, {before} were through in an earlier try"));
    }
    if dropped > 0 {
        say(format!("{dropped} belong to no conversation; they are recorded under \"Not taken in\""));
    }
    if quarantined > 0 {
        say(format!("{quarantined} lie in the quarantine for somebody to look at"));
    }
    Ok(())
}

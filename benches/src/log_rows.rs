//! Event logs: from a file to directly-follows with times and variants, end to end; ours, the `process_mining` crate and
//! pm4py in one run, each in a process of its own so that its peak of memory is its own.

use std::fs::File;
use std::io::{BufWriter, Write};
use std::path::{Path, PathBuf};
use std::process::{Command, id};
use std::time::{Duration, Instant};

use mining::read::Options;
use mining::stats::TOP;
use mining::{Stats, read_log, time};
use serde_json::{Value, json};

use crate::load::{span, thousands};
use crate::machine::memory_of;
use crate::prose::Dice;
use crate::row::Row;
use crate::{Result, note, print};

/// What pm4py does with a log, as a script.
const PM4PY: &str = include_str!("log_pm4py.py");

/// What one program took.
struct Taken {
    seconds: f64,
    peak_mb: u64,
    figures: Value,
}

/// The rows about a million and ten million events, and about the Helpdesk log where it is.
pub(crate) fn measure() -> Result<Vec<Row>> {
    let mut rows = Vec::new();
    let mut seconds_of_a_million = None;
    for events in [1_000_000_u64, 10_000_000] {
        let passing = tempfile::Builder::new().suffix(".csv").tempfile()?;
        write(events, passing.reopen()?)?;
        let many = events > 1_000_000;
        note(format!("event logs: {} events", thousands(events as f64)));
        // It took 5.1 GB for ten million where the design was written.
        let room = !many || free_mb()? > 7_000;
        // In turns, so that both have the machine's better and worse moments; of the longer log a single run of the crate.
        let (mut ours, mut theirs) = (Vec::new(), Vec::new());
        for turn in 0..RUNS {
            ours.push(taken("log-stats", passing.path())?);
            if room && (!many || turn == 0) {
                theirs.push(taken("log-crate", passing.path())?);
            }
        }
        let (ours, theirs) = (middle(ours).ok_or("nothing was run")?, middle(theirs));
        if ours.figures["events"].as_u64() != Some(events) {
            return Err(format!("of {events} events {} were read", ours.figures["events"]).into());
        }
        let again = |what: &str| ours.figures[what].as_f64().unwrap_or(f64::MAX);
        let again = again("again_seconds").max(again("part_seconds"));
        let met = if many {
            let linear = seconds_of_a_million.is_none_or(|one: f64| ours.seconds <= 12.0 * one);
            Some(linear && ours.peak_mb <= 500 && again <= 0.1)
        } else {
            seconds_of_a_million = Some(ours.seconds);
            theirs.as_ref().map(|theirs| theirs.seconds >= 10.0 * ours.seconds)
        };
        rows.push(Row {
            work: format!("event log, {} events, CSV to directly-follows and variants", thousands(events as f64)),
            measured: said(&ours, theirs.as_ref(), pm4py(passing.path())?.as_ref()),
            bar: if many { "linear; <= 500 MB; again <= 100 ms" } else { ">= 10 x the crate" },
            yardstick: if many {
                "crate 12.9 s, 5.1 GB, again 2.8 s; pm4py 57 s"
            } else {
                "crate 1.9 s, 514 MB; pm4py 5.9 s"
            },
            met,
        });
    }
    match helpdesk() {
        Some(file) => {
            let ours = (0..RUNS).map(|_| taken("log-stats", &file)).collect::<Result<Vec<_>>>()?;
            let (ours, theirs) = (middle(ours).ok_or("nothing was run")?, taken("log-crate", &file)?);
            rows.push(Row::figure(
                "event log, the Helpdesk's 21,348 events, XES (gz) to the same",
                said(&ours, Some(&theirs), pm4py(&file)?.as_ref()),
            ));
        }
        None => note("the Helpdesk log is not here (THEDESK_SHARED_DATA names the folder of real logs)"),
    }
    Ok(rows)
}

/// `155 ms, 37 MB at most; ...; the crate 1.9 s, 514 MB (12.3 x); pm4py 5.9 s, 900 MB (38.1 x)`
fn said(ours: &Taken, theirs: Option<&Taken>, pm4py: Option<&Taken>) -> String {
    let time = |seconds: f64| span(Duration::from_secs_f64(seconds));
    let beside = |name: &str, other: Option<&Taken>| {
        other.map_or_else(
            || format!("; {name} not measured"),
            |other| {
                let (took, times) = (time(other.seconds), other.seconds / ours.seconds);
                format!("; {name} {took}, {} MB ({times:.1} x)", other.peak_mb)
            },
        )
    };
    format!(
        "{}, {} MB at most; summarised again in {}, half of its time in {} ({} cases, {} variants){}{}",
        time(ours.seconds),
        ours.peak_mb,
        time(ours.figures["again_seconds"].as_f64().unwrap_or_default()),
        time(ours.figures["part_seconds"].as_f64().unwrap_or_default()),
        ours.figures["cases"],
        ours.figures["variants"],
        beside("the crate", theirs),
        beside("pm4py", pm4py),
    )
}

/// How often what is short is run.
const RUNS: usize = 3;

/// The middle one of some runs.
fn middle(mut all: Vec<Taken>) -> Option<Taken> {
    all.sort_by(|one, other| one.seconds.total_cmp(&other.seconds));
    let at = all.len() / 2;
    (at < all.len()).then(|| all.swap_remove(at))
}

/// A part of this binary on a file, in a process of its own.
fn taken(part: &str, file: &Path) -> Result<Taken> {
    ran(Command::new(std::env::current_exe()?).arg(part).arg(file))
}

/// pm4py on a file; nothing where no Python has it.
fn pm4py(file: &Path) -> Result<Option<Taken>> {
    let beside = crate::machine::beside_the_binary()?.join("../pm4py/bin/python");
    let python = std::env::var_os("THEDESK_TEST_PYTHON").map_or(beside, PathBuf::from);
    if !python.exists() {
        note("pm4py is not here (bin/test pm4py installs it, or THEDESK_TEST_PYTHON names a Python that has it)");
        return Ok(None);
    }
    ran(Command::new(python).args(["-c", PM4PY]).arg(file)).map(Some)
}

fn ran(command: &mut Command) -> Result<Taken> {
    let run = command.output()?;
    if !run.status.success() {
        return Err(format!("{command:?} ended with {}: {}", run.status, String::from_utf8_lossy(&run.stderr)).into());
    }
    // A greeting may stand before the figures.
    let text = String::from_utf8(run.stdout)?;
    let figures: Value = serde_json::from_str(text.lines().last().unwrap_or_default())?;
    let seconds = figures["seconds"].as_f64().unwrap_or(f64::MAX);
    Ok(Taken { seconds, peak_mb: figures["peak_mb"].as_u64().unwrap_or_default(), figures })
}

fn free_mb() -> Result<u64> {
    let memory = std::fs::read_to_string("/proc/meminfo")?;
    let free = memory.lines().find_map(|line| line.strip_prefix("MemAvailable:"));
    let kilobytes = free.and_then(|line| line.trim().strip_suffix("kB")?.trim().parse::<u64>().ok());
    Ok(kilobytes.unwrap_or_default() / 1000)
}

fn helpdesk() -> Option<PathBuf> {
    let folder = std::env::var_os("THEDESK_SHARED_DATA")
        .map_or_else(|| Path::new(env!("CARGO_MANIFEST_DIR")).join("../../shared/data"), PathBuf::from);
    Some(folder.join("log-helpdesk/helpdesk.xes.gz")).filter(|file| file.exists())
}

/// Reads and summarises a log, twice, and then the cases that began in the first half of its time; prints the figures.
pub(crate) fn alone(file: &Path) -> Result<()> {
    let begun = Instant::now();
    let (log, _) = read_log(File::open(file)?, Options::default())?;
    let stats = Stats::of(&log);
    let seconds = begun.elapsed().as_secs_f64();
    let begun = Instant::now();
    let same = Stats::of(&log) == stats;
    let again = begun.elapsed().as_secs_f64();
    let middle = log.span().map_or(0, |(first, last)| first.midpoint(last));
    let begun = Instant::now();
    let part = Stats::of_part(&log, TOP, |case| log.time_column()[log.range(case).start] < middle);
    let part_seconds = begun.elapsed().as_secs_f64();
    if part.events >= stats.events {
        return Err("half of a log is all of it".into());
    }
    if !same {
        return Err("summarised again, a log gave other figures".into());
    }
    print(json!({
        "events": stats.events,
        "cases": stats.cases,
        "variants": stats.variants.count,
        "seconds": seconds,
        "again_seconds": again,
        "part_seconds": part_seconds,
        "peak_mb": memory_of(id(), "VmHWM")? / 1000,
    }));
    Ok(())
}

/// A log in the order of time: cases of about five events, a thousand of them open at once, twelve activities.
fn write(events: u64, file: File) -> Result<()> {
    const STEPS: [&str; 12] = [
        "Opened",
        "Assigned",
        "Looked into",
        "Asked back",
        "Answered",
        "Handed over",
        "Waiting for parts",
        "Tried out",
        "Solved",
        "Confirmed",
        "Closed",
        "Opened again",
    ];
    let mut into = BufWriter::with_capacity(1 << 18, file);
    writeln!(into, "Case ID,Activity,Complete Timestamp,Resource")?;
    let mut dice = Dice::new(3);
    let mut open: Vec<(u64, usize)> = (0..1_000).map(|case| (case, 0)).collect();
    let (mut cases, mut now) = (1_000, 1_700_000_000_000);
    for _ in 0..events {
        now += dice.below(60_000) as i64;
        let slot = dice.below(open.len());
        let (case, step) = open[slot];
        writeln!(into, "Ticket {case},{},{},agent {}", STEPS[step], time::iso(now), dice.below(40))?;
        open[slot] = match step {
            10 if dice.below(10) > 0 => (cases, 0),
            11 => (case, 2),
            _ => (case, (step + 1 + dice.below(4)).min(if step < 8 { 10 } else { 11 })),
        };
        if open[slot].1 == 0 {
            cases += 1;
        }
    }
    // Or the system writes it out while it is being read.
    Ok(into.into_inner()?.sync_all()?)
}

//! Event logs: from CSV to directly-follows with times and variants, end to end, in a process of its own.

use std::fs::File;
use std::io::{BufWriter, Write};
use std::process::{Command, id};
use std::time::{Duration, Instant};

use mining::read::Options;
use mining::{Stats, read_log, time};
use serde_json::{Value, json};

use crate::load::{span, thousands};
use crate::machine::memory_of;
use crate::prose::Dice;
use crate::row::Row;
use crate::{Result, print};

const EVENTS: u64 = 1_000_000;
/// What the `process_mining` crate took for as many on such a machine, in seconds; to be ten times as fast.
const CRATE: f64 = 1.9;

/// The row about a million events: the middle of three runs.
pub(crate) fn measure() -> Result<Row> {
    let mut runs = Vec::new();
    for _ in 0..3 {
        let run = Command::new(std::env::current_exe()?).args(["log-stats", &EVENTS.to_string()]).output()?;
        if !run.status.success() {
            return Err(format!("log-stats ended with {}: {}", run.status, String::from_utf8_lossy(&run.stderr)).into());
        }
        let figures: Value = serde_json::from_slice(&run.stdout)?;
        runs.push((figures["seconds"].as_f64().unwrap_or(f64::MAX), figures));
    }
    runs.sort_by(|one, other| one.0.total_cmp(&other.0));
    let (seconds, figures) = &runs[1];
    let again = Duration::from_secs_f64(figures["again_seconds"].as_f64().unwrap_or_default());
    Ok(Row {
        work: format!("event log, {} events, CSV to directly-follows and variants", thousands(EVENTS as f64)),
        measured: format!(
            "{}, {} MB at most; summarised again in {} ({} cases, {} variants)",
            span(Duration::from_secs_f64(*seconds)),
            figures["peak_mb"],
            span(again),
            figures["cases"],
            figures["variants"]
        ),
        bar: ">= 10 x the crate: 0.19 s",
        yardstick: "process_mining 0.6: 1.9 s, 514 MB; pm4py 5.9 s",
        met: Some(*seconds <= CRATE / 10.0),
    })
}

/// Writes a log of so many events to a passing file, reads and summarises it, and prints the figures.
pub(crate) fn alone(events: u64) -> Result<()> {
    let passing = tempfile::NamedTempFile::new()?;
    write(events, passing.reopen()?)?;
    let begun = Instant::now();
    let (log, _) = read_log(File::open(passing.path())?, Options::default())?;
    let stats = Stats::of(&log);
    let seconds = begun.elapsed().as_secs_f64();
    let begun = Instant::now();
    let same = Stats::of(&log) == stats;
    let again = begun.elapsed().as_secs_f64();
    if stats.events as u64 != events || !same {
        return Err(format!("of {events} events {} were read", stats.events).into());
    }
    print(json!({
        "events": stats.events,
        "cases": stats.cases,
        "variants": stats.variants.count,
        "seconds": seconds,
        "again_seconds": again,
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
    Ok(into.flush()?)
}

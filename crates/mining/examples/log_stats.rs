//! Times a log from CSV to its summary: `cargo run --release -p mining --example log_stats -- [EVENTS] [FILE]`.
//!
//! Without FILE a log of EVENTS (1,000,000) events is written to a temporary file first: cases of about five events,
//! twelve activities, cases interleaved as they are in a desk's export. With FILE that file is read, and EVENTS ignored.
//! Prints one line of JSON with the time and the peak memory of reading and summarising.

#![allow(clippy::print_stdout, reason = "an example prints its result")]

use std::fs::File;
use std::io::{BufWriter, Write};
use std::time::Instant;

use mining::read::Options;
use mining::{Stats, read_log, time, write};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut arguments = std::env::args().skip(1);
    let events: u64 = arguments.next().map_or(Ok(1_000_000), |text| text.parse())?;
    let temporary = tempfile::NamedTempFile::new()?;
    let path = if let Some(path) = arguments.next() {
        path.into()
    } else {
        generate(events, File::create(temporary.path())?)?;
        temporary.path().to_owned()
    };

    let before = memory("VmRSS");
    let start = Instant::now();
    let (log, report) = read_log(File::open(&path)?, Options::default())?;
    let read = start.elapsed();
    let stats = Stats::of(&log);
    let whole = start.elapsed();
    let again = Instant::now();
    let same = Stats::of(&log) == stats;
    println!(
        "{{\"events\": {}, \"cases\": {}, \"variants\": {}, \"edges\": {}, \"refused\": {}, \"read_seconds\": {:.3}, \
         \"seconds\": {:.3}, \"again_seconds\": {:.3}, \"repeatable\": {same}, \"start_mb\": {:.0}, \"peak_mb\": {:.0}}}",
        stats.events,
        stats.cases,
        stats.variants.count,
        stats.directly_follows.len(),
        report.refused,
        read.as_secs_f64(),
        whole.as_secs_f64(),
        again.elapsed().as_secs_f64(),
        before,
        memory("VmHWM"),
    );
    Ok(())
}

/// Writes a log in the order of time, with up to a thousand cases open at once.
fn generate(events: u64, file: File) -> std::io::Result<()> {
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
    write::row(&mut into, &["Case ID", "Activity", "Complete Timestamp", "Resource"])?;
    // A xorshift generator is enough here, and the same everywhere.
    let mut state = 0x2545_F491_4F6C_DD1D_u64;
    let mut random = move |below: u64| {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        state % below
    };
    let mut open: Vec<(u64, usize)> = (0..1000).map(|case| (case, 0)).collect();
    let mut cases = 1000;
    let mut now = 1_700_000_000_000;
    for _ in 0..events {
        now += random(60_000) as i64;
        let slot = &mut open[random(1000) as usize];
        let (case, step) = *slot;
        let stamp = time::iso(now);
        let person = format!("agent {}", random(40));
        write::row(&mut into, &[&format!("Ticket {case}"), STEPS[step], &stamp, &person])?;
        *slot = match step {
            10 if random(10) > 0 => (cases, 0),
            11 => (case, 2),
            _ => (case, (step + 1 + random(4) as usize).min(if step < 8 { 10 } else { 11 })),
        };
        if slot.1 == 0 {
            cases += 1;
        }
    }
    into.flush()
}

/// A figure of this process in megabytes, where the system tells (Linux).
fn memory(field: &str) -> f64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find(|line| line.starts_with(field));
    let number = line.and_then(|line| line.split_whitespace().nth(1)).and_then(|number| number.parse::<f64>().ok());
    number.unwrap_or(0.0) / 1024.0
}

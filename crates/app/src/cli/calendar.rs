//! `thedesk calendar`: what a business calendar makes of times, so that anybody can check the clock against their old
//! system's figures.

use std::io::Write;
use std::path::{Path, PathBuf};

use base::clock::{Moment, SECOND};
use clap::Subcommand;
use jiff::civil::DateTime;
use ledger::calendar::Calendar;
use serde::Serialize;

use super::table::Table;
use super::{Failure, Outcome, complain};

/// What a calendar looks like.
const EXAMPLE: &str = r#"A calendar:
  zone = "Europe/Lisbon"
  holidays = ["2026-04-03", "12-25", "2026-12-28..2026-12-31"]
  [hours]                     # or: hours = "always"
  monday-thursday = ["08:00-12:00", "13:00-17:30"]
  friday = ["08:00-14:00"]
  [days]                      # days with hours of their own
  "2026-12-24" = ["08:00-12:00"]"#;

#[derive(Subcommand)]
pub(super) enum Command {
    /// Working seconds between the start and the end of each row
    #[command(after_help = EXAMPLE)]
    Between {
        /// A CSV file with the columns id, start and end; - reads it from stdin
        file: PathBuf,
        /// The calendar, a TOML file
        #[arg(long, value_name = "TOML")]
        calendar: PathBuf,
        /// As JSON
        #[arg(long)]
        json: bool,
    },
}

/// A row and its working time.
#[derive(Serialize)]
struct Answer {
    id: String,
    seconds: f64,
}

/// A row that has none.
#[derive(Serialize)]
struct Skipped {
    row: u64,
    id: String,
    why: String,
}

#[derive(Serialize)]
struct Answers {
    zone: String,
    rows: Vec<Answer>,
    skipped: Vec<Skipped>,
}

pub(super) fn run(command: &Command) -> Outcome {
    let Command::Between { file, calendar, json } = command;
    let calendar = read(calendar)?;
    let answers = between(file, &calendar)?;
    for skipped in &answers.skipped {
        complain(&format!("{} row {}: {}", file.display(), skipped.row, skipped.why));
    }
    let mut out = std::io::BufWriter::new(std::io::stdout().lock());
    if *json {
        serde_json::to_writer(&mut out, &answers)?;
        writeln!(out)?;
    } else {
        let mut table = csv::Writer::from_writer(&mut out);
        table.write_record(["id", "seconds"])?;
        for Answer { id, seconds } in &answers.rows {
            table.write_record([id.as_str(), seconds.to_string().as_str()])?;
        }
        table.flush()?;
    }
    Ok(out.flush()?)
}

fn read(file: &Path) -> Result<Calendar, Failure> {
    let failed = |why: &dyn std::fmt::Display| Failure::Failed(format!("{}: {why}", file.display()));
    let text =
        std::fs::read_to_string(file).map_err(|error| failed(&format!("cannot be read ({error}). Check its name")))?;
    Calendar::read(&text).map_err(|error| failed(&error))
}

fn between(file: &Path, calendar: &Calendar) -> Result<Answers, Failure> {
    let table = Table::open(file)?;
    let (id, start, end) = (table.column("id")?, table.column("start")?, table.column("end")?);
    let zone = calendar.zone().iana_name().unwrap_or("UTC").to_owned();
    let mut answers = Answers { zone, rows: Vec::new(), skipped: Vec::new() };
    table.rows(|row, cells| {
        let time = |at: usize| {
            instant(&cells[at], calendar).ok_or_else(|| {
                format!(
                    "{:?} is no time; write 2026-03-02T09:00:00+01:00, or 2026-03-02 09:00:00 in the calendar's zone",
                    cells[at]
                )
            })
        };
        let id = cells[id].clone();
        match time(start).and_then(|start| Ok((start, time(end)?))) {
            Ok((start, end)) => {
                let seconds = calendar.between(start, end) as f64 / SECOND as f64;
                answers.rows.push(Answer { id, seconds });
            }
            Err(why) => answers.skipped.push(Skipped { row, id, why }),
        }
        Ok(())
    })?;
    Ok(answers)
}

/// A time with its offset, or one that a clock of the calendar's zone shows (the earlier one when it shows it twice).
fn instant(text: &str, calendar: &Calendar) -> Option<Moment> {
    if let Ok(at) = text.parse::<jiff::Timestamp>() {
        return Some(Moment(at.as_millisecond()));
    }
    let local = text.parse::<DateTime>().or_else(|_| DateTime::strptime("%Y/%m/%d %H:%M:%S%.f", text));
    let at = calendar.zone().to_ambiguous_timestamp(local.ok()?).compatible().ok()?;
    Some(Moment(at.as_millisecond()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_have_working_seconds_or_a_reason() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("times.csv");
        std::fs::write(
            &file,
            "\u{feff}ID;Start;End\na;2026-03-06T12:00:00Z;2026-03-09T10:00:00+00:00\nb;2026-03-02 08:00;2026-03-02 08:00:01.5\n\n\
             c;2026-03-02 09:00;yesterday\nd;2026/03/02 09:00:00.000;2026/03/02 08:30:00\n",
        )
        .unwrap();
        let calendar =
            Calendar::read("zone = 'Europe/Lisbon'\nhours.monday-friday = ['08:00-12:00', '13:00-17:00']").unwrap();
        let answers = between(&file, &calendar).unwrap();
        let told: Vec<(&str, f64)> = answers.rows.iter().map(|row| (row.id.as_str(), row.seconds)).collect();
        assert_eq!(told, [("a", 6.0 * 3_600.0), ("b", 1.5), ("d", -1_800.0)]);
        let skipped = &answers.skipped[0];
        assert_eq!((skipped.row, skipped.id.as_str()), (3, "c"));
        assert!(skipped.why.contains("yesterday"));
    }
}

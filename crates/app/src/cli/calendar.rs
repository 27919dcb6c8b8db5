//! `thedesk calendar`: what a business calendar makes of times, so that anybody can check the clock against their old
//! system's figures.

use std::collections::{HashMap, HashSet};
use std::path::{Path, PathBuf};

use base::clock::{Moment, SECOND};
use clap::Subcommand;
use ledger::calendar::Calendar;
use serde::Serialize;

use super::table::Table;
use super::{Failure, Outcome, complain, instant, put};

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
    Between(Between),
}

#[derive(clap::Args)]
pub(super) struct Between {
    /// A CSV file with the columns id, start and end; - reads it from stdin
    file: PathBuf,
    /// The calendar, a TOML file
    #[arg(long, value_name = "TOML")]
    calendar: PathBuf,
    /// A CSV file with the columns id, start and end: when the clock of an id stood, whatever overlaps
    #[arg(long, value_name = "FILE")]
    pauses: Option<PathBuf>,
    /// Rows and pauses without an end last until this time
    #[arg(long, value_name = "TIME")]
    now: Option<String>,
    /// The column that names the row, by name or number
    #[arg(long, value_name = "COLUMN", default_value = "id")]
    id: String,
    /// The column with the start
    #[arg(long, value_name = "COLUMN", default_value = "start")]
    start: String,
    /// The column with the end
    #[arg(long, value_name = "COLUMN", default_value = "end")]
    end: String,
    /// As JSON
    #[arg(long)]
    json: bool,
}

/// A row and its working time.
#[derive(Serialize)]
struct Answer {
    id: String,
    seconds: f64,
}

/// A row that has none.
#[derive(Debug, Serialize)]
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

/// A row with its times.
struct Row {
    id: String,
    start: Moment,
    end: Moment,
}

/// When the clock of each id stood.
type Pauses = HashMap<String, Vec<(Moment, Moment)>>;

pub(super) fn run(command: &Command) -> Outcome {
    let Command::Between(asked) = command;
    let calendar = read(&asked.calendar)?;
    let answers = between(asked, &calendar)?;
    for skipped in &answers.skipped {
        complain(&format!("{} row {}: {}", asked.file.display(), skipped.row, skipped.why));
    }
    let mut out = Vec::new();
    if asked.json {
        serde_json::to_writer(&mut out, &answers)?;
        out.push(b'\n');
    } else {
        let mut table = csv::Writer::from_writer(&mut out);
        table.write_record(["id", "seconds"])?;
        for Answer { id, seconds } in &answers.rows {
            table.write_record([id.as_str(), seconds.to_string().as_str()])?;
        }
        table.flush()?;
    }
    put(&out);
    if answers.rows.is_empty() && !answers.skipped.is_empty() {
        return Err(Failure::Failed(format!("no row of {} could be read", asked.file.display())));
    }
    Ok(())
}

fn read(file: &Path) -> Result<Calendar, Failure> {
    let failed = |why: &dyn std::fmt::Display| Failure::Failed(format!("{}: {why}", file.display()));
    let text =
        std::fs::read_to_string(file).map_err(|error| failed(&format!("cannot be read ({error}). Check its name")))?;
    Calendar::read(&text).map_err(|error| failed(&error))
}

fn between(asked: &Between, calendar: &Calendar) -> Result<Answers, Failure> {
    let pauses = pauses(asked, calendar)?;
    let zone = calendar.zone().iana_name().unwrap_or("UTC").to_owned();
    let mut answers = Answers { zone, rows: Vec::new(), skipped: Vec::new() };
    let mut unheard: HashSet<&String> = pauses.keys().collect();
    rows(asked, &asked.file, calendar, |row| match row {
        Ok(Row { id, start, end }) => {
            let stood = pauses.get_key_value(&id);
            if let Some((known, _)) = stood {
                unheard.remove(known);
            }
            let worked = match stood {
                Some((_, stood)) if start <= end => calendar.spent(running(stood, start), end),
                _ => calendar.between(start, end),
            };
            answers.rows.push(Answer { id, seconds: worked as f64 / SECOND as f64 });
        }
        Err(skipped) => answers.skipped.push(skipped),
    })?;
    if let Some(first) = unheard.iter().min() {
        complain(&format!("pauses of {} ids have no row; the first is {first:?}", unheard.len()));
    }
    Ok(answers)
}

/// When a clock that starts at `start` runs and stands, in the order of time; where pauses overlap it stands once.
fn running(stood: &[(Moment, Moment)], start: Moment) -> Vec<(Moment, bool)> {
    let mut pauses: Vec<(Moment, Moment)> = Vec::new();
    for &(from, to) in stood.iter().filter(|(_, to)| *to > start) {
        match pauses.last_mut() {
            Some(last) if last.1 >= from => last.1 = last.1.max(to),
            _ => pauses.push((from.max(start), to)),
        }
    }
    let changes = pauses.into_iter().flat_map(|(from, to)| [(from, false), (to, true)]);
    std::iter::once((start, true)).chain(changes).collect()
}

fn pauses(asked: &Between, calendar: &Calendar) -> Result<Pauses, Failure> {
    let mut pauses = Pauses::new();
    let Some(file) = &asked.pauses else { return Ok(pauses) };
    let mut wrong = None;
    rows(asked, file, calendar, |row| match row {
        Ok(Row { id, start, end }) => pauses.entry(id).or_default().push((start, end)),
        Err(skipped) => wrong = wrong.take().or(Some(skipped)),
    })?;
    // A pause left out would make times longer without a word.
    if let Some(Skipped { row, why, .. }) = wrong {
        return Err(Failure::Failed(format!("{} row {row}: {why}", file.display())));
    }
    for stood in pauses.values_mut() {
        stood.retain(|(start, end)| start < end);
        stood.sort_unstable();
    }
    Ok(pauses)
}

/// Calls `each` with every row of a table that has an id, a start and an end.
fn rows(
    asked: &Between,
    file: &Path,
    calendar: &Calendar,
    mut each: impl FnMut(Result<Row, Skipped>),
) -> Result<(), Failure> {
    let table = Table::open(file)?;
    let column = |name: &str| table.column(name);
    let (id, start, end) = (column(&asked.id)?, column(&asked.start)?, column(&asked.end)?);
    let time = |text: &str| instant::read(text, calendar.zone());
    let now = asked.now.as_deref().map(time).transpose().map_err(|why| Failure::Failed(format!("--now: {why}")))?;
    table.rows(|row, cells| {
        let ended = || match now {
            Some(now) if cells[end].is_empty() => Ok(now),
            _ => time(&cells[end]),
        };
        let id = cells[id].clone();
        let times = time(&cells[start]).and_then(|start| Ok((start, ended()?)));
        each(match times {
            Ok((start, end)) => Ok(Row { id, start, end }),
            Err(why) => Err(Skipped { row, id, why }),
        });
        Ok(())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn asked(file: &str) -> Between {
        Between {
            file: file.into(),
            calendar: PathBuf::new(),
            pauses: None,
            now: None,
            id: "id".to_owned(),
            start: "start".to_owned(),
            end: "end".to_owned(),
            json: true,
        }
    }

    fn told(asked: &Between) -> Result<Answers, String> {
        let calendar = "zone = 'Europe/Lisbon'\nhours.monday-friday = ['08:00-12:00', '13:00-17:00']";
        between(asked, &Calendar::read(calendar).unwrap()).map_err(Failure::into_words)
    }

    fn written(rows: &str) -> (tempfile::TempDir, String) {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("times.csv");
        std::fs::write(&file, rows).unwrap();
        let name = file.display().to_string();
        (folder, name)
    }

    #[test]
    fn rows_have_working_seconds_or_a_reason() {
        let (_folder, file) = written(
            "\u{feff}ID;Start;End\na;2026-03-06T12:00:00Z;2026-03-09T10:00:00+00:00\nb;2026-03-02 08:00;2026-03-02 08:00:01.5\n\n\
             c;2026-03-02 09:00;yesterday\nd;2026/03/02 09:00:00.000;2026/03/02 08:30:00\n",
        );
        let Answers { rows, skipped, .. } = told(&asked(&file)).unwrap();
        let rows: Vec<(&str, f64)> = rows.iter().map(|row| (row.id.as_str(), row.seconds)).collect();
        assert_eq!(rows, [("a", 6.0 * 3_600.0), ("b", 1.5), ("d", -1_800.0)]);
        assert_eq!((skipped[0].row, skipped[0].id.as_str()), (3, "c"));
        assert!(skipped[0].why.contains("yesterday"));
    }

    #[test]
    fn the_clock_stands_in_pauses_and_runs_until_now() {
        let (_rows, file) = written(
            "nr,from,to\na,2026-03-02 09:00,2026-03-02 15:00\nb,2026-03-02 16:00,\nc,2026-03-02 09:00,2026-03-02 10:00\n",
        );
        // Of a's five hours: 9:30 to 11 by two that overlap, the lunch hour for nothing, and what lies outside.
        let (_pauses, pauses) = written(
            "nr,from,to\na,2026-03-02 10:00,2026-03-02 11:00\na,2026-03-02 09:30,2026-03-02 10:30\n\
             a,2026-03-02 12:00,2026-03-02 13:00\na,2026-03-01 10:00,2026-03-02 09:15\na,2026-03-02 14:30,\n",
        );
        let named = |name: &str| name.to_owned();
        let open = Between { id: named("nr"), start: named("from"), end: named("to"), ..asked(&file) };
        assert!(told(&open).unwrap().skipped[0].why.contains("--now"));
        let now = Some("2026-03-02 17:30".to_owned());
        let paused = Between { pauses: Some(pauses.into()), now, ..open };
        let hours: Vec<f64> = told(&paused).unwrap().rows.iter().map(|row| row.seconds / 3_600.0).collect();
        assert_eq!(hours, [5.0 - 0.25 - 1.5 - 0.5, 1.0, 1.0]);
        let unknown = Between { now: None, ..paused };
        assert!(told(&unknown).is_err_and(|why| why.contains("row 5")));
    }
}

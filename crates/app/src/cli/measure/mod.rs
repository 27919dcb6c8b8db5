//! `thedesk measure`: figures from answers in a CSV file, so that anybody can check the arithmetic. They go through the
//! gate that every number of a desk goes through: an interval, the number of answers, and small groups held back.

mod number;
mod told;

#[cfg(test)]
mod tests;

use std::collections::{BTreeMap, HashMap};
use std::path::PathBuf;

use clap::Subcommand;
use ledger::measure::{Gate, Group, Refusal, Shown, Table as Answers, of_table};
use unicode_normalization::UnicodeNormalization;

use self::number::Decimal;
use self::told::{Figures, Skipped, figure, print};
use super::table::Table;
use super::{Failure, Outcome, say};

/// What the gate can do for a file, and what it cannot.
const GATE: &str = "Groups of few people are held back, and with them any that could be found by subtracting. That holds \
for each call by itself: figures of one file by different columns can be subtracted from each other, and who has the file \
answers for what is passed on. The pages of a desk are built against this.";

#[derive(Subcommand)]
pub(super) enum Command {
    /// How many of all: answers that count, as a share of all answers
    #[command(after_help = GATE)]
    Share {
        #[command(flatten)]
        table: Columns,
        /// Numbers from this one on count, such as 4 for the top two of five
        #[arg(long, value_name = "NUMBER", value_parser = finite, allow_negative_numbers = true)]
        at_least: Option<f64>,
        /// This answer counts; may be given more than once
        #[arg(long, value_name = "ANSWER", conflicts_with = "at_least")]
        answer: Vec<String>,
    },
    /// The mean of numbers
    #[command(after_help = GATE)]
    Mean {
        #[command(flatten)]
        table: Columns,
    },
    /// The share of the pleased minus the share of the displeased
    #[command(after_help = GATE)]
    Net {
        #[command(flatten)]
        table: Columns,
        /// From this number on somebody is pleased
        #[arg(long, value_name = "NUMBER", default_value_t = 9.0, value_parser = finite, allow_negative_numbers = true)]
        pleased_from: f64,
        /// Up to this number somebody is displeased
        #[arg(long, value_name = "NUMBER", default_value_t = 6.0, value_parser = finite, allow_negative_numbers = true)]
        displeased_to: f64,
    },
}

#[derive(clap::Args)]
pub(super) struct Columns {
    /// A CSV file with a line of column names; - reads it from stdin
    file: PathBuf,
    /// The column with the answers, by name or number; an empty cell is no answer
    #[arg(long)]
    column: String,
    /// The column to split by
    #[arg(long)]
    by: Option<String>,
    /// The column that says who answered; without it every row is somebody else
    #[arg(long)]
    person: Option<String>,
    /// Groups of fewer people are not shown
    #[arg(long, value_name = "PEOPLE", default_value_t = 5, value_parser = clap::value_parser!(u64).range(2..))]
    k: u64,
    /// The least and the largest number that is an answer, such as 1-5; others are left out and told
    #[arg(long, value_name = "LOW-HIGH", value_parser = scale, allow_hyphen_values = true)]
    scale: Option<(f64, f64)>,
    /// What stands for no answer, such as 99,n/a
    #[arg(long, value_name = "CELLS", value_delimiter = ',')]
    missing: Vec<String>,
    /// How numbers are written, where that cannot be seen
    #[arg(long)]
    decimal: Option<Decimal>,
    /// As JSON
    #[arg(long)]
    json: bool,
}

fn finite(text: &str) -> Result<f64, String> {
    text.parse().ok().filter(|number: &f64| number.is_finite()).ok_or_else(|| "a number, such as 4".to_owned())
}

fn scale(text: &str) -> Result<(f64, f64), String> {
    let ends = text.split_once("..").or_else(|| {
        // The hyphen between, not that of a negative number.
        let at = text.get(1..)?.find('-')? + 1;
        Some((&text[..at], &text[at + 1..]))
    });
    let ends = ends.and_then(|(low, high)| Some((finite(low).ok()?, finite(high).ok()?)));
    ends.filter(|(low, high)| low < high).ok_or_else(|| "the ends of a scale, such as 1-5 or -3..3".to_owned())
}

/// What is asked of the column.
enum Ask<'a> {
    AtLeast(f64),
    Among(&'a [String]),
    YesOrNo,
    Mean,
    Net { pleased_from: f64, displeased_to: f64 },
}

impl Ask<'_> {
    /// Whether it is asked of numbers.
    fn is_of_numbers(&self) -> bool {
        matches!(self, Self::AtLeast(_) | Self::Mean | Self::Net { .. })
    }
}

pub(super) fn run(command: &Command) -> Outcome {
    let (name, columns, ask) = match command {
        Command::Share { table, at_least: Some(least), .. } => ("share", table, Ask::AtLeast(*least)),
        Command::Share { table, answer, .. } if !answer.is_empty() => ("share", table, Ask::Among(answer)),
        Command::Share { table, .. } => ("share", table, Ask::YesOrNo),
        Command::Mean { table } => ("mean", table, Ask::Mean),
        Command::Net { table, pleased_from, displeased_to } => {
            if displeased_to >= pleased_from {
                return Err(Failure::Failed("--displeased-to must be below --pleased-from".to_owned()));
            }
            ("net", table, Ask::Net { pleased_from: *pleased_from, displeased_to: *displeased_to })
        }
    };
    let told = figures(name, columns, &ask)?;
    if columns.json {
        say(serde_json::to_string_pretty(&told)?);
    } else {
        print(&told);
    }
    Ok(())
}

/// A row of the table: whose, of which group, and what it says.
struct Said {
    row: u64,
    who: u64,
    group: String,
    cell: String,
}

fn rows(columns: &Columns) -> Result<Vec<Said>, Failure> {
    let table = Table::open(&columns.file)?;
    let answer = table.column(&columns.column)?;
    let by = columns.by.as_deref().map(|name| table.column(name)).transpose()?;
    let person = columns.person.as_deref().map(|name| table.column(name)).transpose()?;
    let is_missing = |cell: &str| columns.missing.iter().any(|missing| is_same(missing.trim(), cell));
    let mut people: HashMap<String, u64> = HashMap::new();
    let mut rows = Vec::new();
    table.rows(|row, cells| {
        let next = people.len() as u64;
        // A row that does not say whose it is, is somebody else's.
        let key = person.map(|at| cells[at].clone()).filter(|name| !name.is_empty());
        let who = *people.entry(key.unwrap_or_else(|| format!("\n{row}"))).or_insert(next);
        let cell = if is_missing(&cells[answer]) { String::new() } else { cells[answer].clone() };
        rows.push(Said { row, who, group: by.map(|by| cells[by].clone()).unwrap_or_default(), cell });
        Ok(())
    })?;
    Ok(rows)
}

fn figures(measure: &'static str, columns: &Columns, ask: &Ask) -> Result<Figures, Failure> {
    let rows = rows(columns)?;
    let said = || rows.iter().filter(|row| !row.cell.is_empty());
    if let Ask::Among(wanted) = ask {
        known(wanted, said(), columns)?;
    }
    let decimal = match columns.decimal {
        Some(decimal) => decimal,
        None if ask.is_of_numbers() => Decimal::of(said().map(|row| (row.row, row.cell.as_str())))
            .map_err(|why| Failure::Failed(format!("{} column {}: {why}", columns.file.display(), columns.column)))?,
        None => Decimal::Point,
    };
    let reader = Reader { ask, decimal, scale: columns.scale };
    let (mut all, mut groups, mut skipped) = (empty(ask), BTreeMap::<String, Group>::new(), Vec::new());
    for Said { row, who, group, cell } in &rows {
        let mut into = vec![&mut all];
        if columns.by.is_some() {
            into.push(groups.entry(group.clone()).or_insert_with(|| empty(ask)));
        }
        // What cannot be understood was asked for all the same.
        let is_understood = cell.is_empty() || into.iter_mut().all(|group| reader.add(&mut group.answers, *who, cell));
        if !is_understood {
            skipped.push(Skipped { row: *row, cell: cell.clone() });
        }
        for group in into {
            group.asked += 1;
        }
    }
    // A column that is no yes or no needs a cut, and one that nobody chose would lie.
    let is_cut_unknown = matches!(ask, Ask::YesOrNo) && !skipped.is_empty();
    if is_cut_unknown || (!rows.is_empty() && skipped.len() == rows.len()) {
        return Err(Failure::Failed(not_understood(&skipped[0], columns, ask)));
    }
    let gate = Gate::new(columns.k);
    let whole = of_table(gate, &BTreeMap::from([(String::new(), all)])).into_iter().next();
    let all = whole.map_or_else(|| figure(None, &Shown::Refused(Refusal::Nothing)), |(_, shown)| figure(None, &shown));
    let groups = of_table(gate, &groups).into_iter().map(|(name, shown)| figure(Some(name), &shown)).collect();
    let (column, by, rows) = (columns.column.clone(), columns.by.clone(), rows.len() as u64);
    Ok(Figures { measure, column, by, level: 0.95, k: columns.k, rows, all, groups, skipped })
}

fn empty(ask: &Ask) -> Group {
    let answers = match ask {
        Ask::Mean => Answers::Mean(Vec::new()),
        Ask::Net { .. } => Answers::Net(Vec::new()),
        _ => Answers::Share(Vec::new()),
    };
    Group { answers, asked: 0 }
}

/// Whether what was asked for is an answer, but for capitals and how accents are put.
fn is_same(asked: &str, cell: &str) -> bool {
    asked == cell || asked.nfc().collect::<String>().to_lowercase() == cell.to_lowercase()
}

/// A misspelt answer would count as one that nobody gave.
fn known<'r>(wanted: &[String], said: impl Iterator<Item = &'r Said>, columns: &Columns) -> Result<(), Failure> {
    let mut counts: BTreeMap<&str, u64> = BTreeMap::new();
    for row in said {
        *counts.entry(&row.cell).or_default() += 1;
    }
    let is_there = |wanted: &&String| counts.keys().any(|cell| is_same(wanted, cell));
    let Some(unknown) = wanted.iter().find(|wanted| !is_there(wanted)) else { return Ok(()) };
    // Only what many rows hold is named: a rare answer may be somebody's own words.
    let often = counts.iter().filter(|(_, count)| **count >= columns.k).map(|(cell, _)| format!("{cell:?}"));
    let often: Vec<String> = often.take(10).collect();
    let holds = if often.is_empty() { String::new() } else { format!("; often it holds {}", often.join(", ")) };
    let (file, column) = (columns.file.display(), &columns.column);
    Err(Failure::Failed(format!("{file}: no row of column {column} says {unknown:?}{holds}")))
}

/// How the cells of the column are read.
struct Reader<'a> {
    ask: &'a Ask<'a>,
    decimal: Decimal,
    scale: Option<(f64, f64)>,
}

impl Reader<'_> {
    /// Puts a cell to the answers; whether it could be understood.
    fn add(&self, answers: &mut Answers, who: u64, cell: &str) -> bool {
        let is_on_scale = |number: &f64| self.scale.is_none_or(|(low, high)| low <= *number && *number <= high);
        let number = || self.decimal.read(cell).filter(is_on_scale);
        match (answers, self.ask) {
            (Answers::Mean(all), _) => number().map(|number| all.push((who, number))).is_some(),
            (Answers::Net(all), Ask::Net { pleased_from, displeased_to }) => number()
                .map(|number| {
                    let felt = i8::from(number >= *pleased_from) - i8::from(number <= *displeased_to);
                    all.push((who, felt));
                })
                .is_some(),
            (Answers::Share(all), ask) => {
                let counts = match ask {
                    Ask::AtLeast(least) => number().map(|number| number >= *least),
                    Ask::Among(wanted) => Some(wanted.iter().any(|wanted| is_same(wanted, cell))),
                    _ => yes_or_no(cell),
                };
                counts.map(|counts| all.push((who, counts))).is_some()
            }
            _ => false,
        }
    }
}

fn yes_or_no(cell: &str) -> Option<bool> {
    match cell.to_lowercase().as_str() {
        "1" | "yes" | "y" | "true" | "ja" | "j" | "wahr" => Some(true),
        "0" | "no" | "n" | "false" | "nein" | "falsch" => Some(false),
        _ => None,
    }
}

fn not_understood(first: &Skipped, columns: &Columns, ask: &Ask) -> String {
    let (column, cell) = (&columns.column, &first.cell);
    match ask {
        Ask::YesOrNo => format!(
            "column {column} holds {cell:?}, which is neither yes nor no: say what counts, with --at-least 4 or --answer WORD"
        ),
        _ => format!("column {column} holds {cell:?}, which is no number"),
    }
}

//! `thedesk measure`: figures from answers in a CSV file, so that anybody can check the arithmetic. They go through the
//! gate that every number of a desk goes through: an interval, the number of answers, and small groups held back.

use std::collections::{BTreeMap, HashMap};
use std::path::PathBuf;

use clap::Subcommand;
use ledger::measure::{Gate, Group, Shown, Table as Answers, of_table};
use serde::Serialize;

use super::table::Table;
use super::{Failure, Outcome, say};

#[derive(Subcommand)]
pub(super) enum Command {
    /// How many of all: answers that count, as a share of all answers
    Share {
        #[command(flatten)]
        table: Columns,
        /// Numbers from this one on count, such as 4 for the top two of five
        #[arg(long, value_name = "NUMBER")]
        at_least: Option<f64>,
        /// This answer counts; may be given more than once
        #[arg(long, value_name = "ANSWER", conflicts_with = "at_least")]
        answer: Vec<String>,
    },
    /// The mean of numbers
    Mean {
        #[command(flatten)]
        table: Columns,
    },
    /// The share of the pleased minus the share of the displeased
    Net {
        #[command(flatten)]
        table: Columns,
        /// From this number on somebody is pleased
        #[arg(long, value_name = "NUMBER", default_value_t = 9.0)]
        pleased_from: f64,
        /// Up to this number somebody is displeased
        #[arg(long, value_name = "NUMBER", default_value_t = 6.0)]
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
    /// As JSON
    #[arg(long)]
    json: bool,
}

/// What is asked of the column.
enum Ask<'a> {
    AtLeast(f64),
    Among(&'a [String]),
    YesOrNo,
    Mean,
    Net { pleased_from: f64, displeased_to: f64 },
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

/// A figure, or why there is none.
#[derive(Debug, Serialize)]
#[serde(untagged)]
enum Figure {
    Shown {
        group: Option<String>,
        n: u64,
        people: u64,
        value: f64,
        low: f64,
        high: Option<f64>,
        interval: &'static str,
        /// Answers as a share of the rows.
        response: Option<f64>,
        /// Between what a share lies whatever those think who did not answer.
        bounds: Option<(f64, f64)>,
    },
    Refused {
        group: Option<String>,
        refused: &'static str,
        why: String,
    },
}

#[derive(Debug, Serialize)]
struct Figures {
    measure: &'static str,
    column: String,
    by: Option<String>,
    level: f64,
    k: u64,
    rows: u64,
    all: Figure,
    groups: Vec<Figure>,
    /// Cells that could not be understood, and are left out.
    skipped: Vec<Skipped>,
}

#[derive(Debug, Serialize)]
struct Skipped {
    row: u64,
    cell: String,
}

fn figures(measure: &'static str, columns: &Columns, ask: &Ask) -> Result<Figures, Failure> {
    let table = Table::open(&columns.file)?;
    let answer = table.column(&columns.column)?;
    let by = columns.by.as_deref().map(|name| table.column(name)).transpose()?;
    let person = columns.person.as_deref().map(|name| table.column(name)).transpose()?;
    let mut people: HashMap<String, u64> = HashMap::new();
    let (mut all, mut groups) = (empty(ask), BTreeMap::<String, Group>::new());
    let (mut rows, mut skipped) = (0, Vec::new());
    table.rows(|row, cells| {
        rows += 1;
        let next = people.len() as u64;
        // A row that does not say whose it is, is somebody else's.
        let key = person.map(|at| cells[at].clone()).filter(|name| !name.is_empty());
        let who = *people.entry(key.unwrap_or_else(|| format!("\n{row}"))).or_insert(next);
        let cell = &cells[answer];
        let mut into = vec![&mut all];
        if let Some(by) = by {
            into.push(groups.entry(cells[by].clone()).or_insert_with(|| empty(ask)));
        }
        let is_understood = cell.is_empty() || into.iter_mut().all(|group| add(&mut group.answers, who, cell, ask));
        if is_understood {
            for group in into {
                group.asked += 1;
            }
        } else {
            skipped.push(Skipped { row, cell: cell.clone() });
        }
        Ok(())
    })?;
    // A column that is no yes or no needs a cut, and one that nobody chose would lie.
    let is_cut_unknown = matches!(ask, Ask::YesOrNo) && !skipped.is_empty();
    if is_cut_unknown || (rows > 0 && skipped.len() as u64 == rows) {
        return Err(Failure::Failed(not_understood(&skipped[0], columns, ask)));
    }
    let gate = Gate::new(columns.k);
    let whole = of_table(gate, &BTreeMap::from([(String::new(), all)])).into_iter().next();
    let all = whole.map_or_else(
        || figure(None, &Shown::Refused(ledger::measure::Refusal::Nothing)),
        |(_, shown)| figure(None, &shown),
    );
    let groups = of_table(gate, &groups).into_iter().map(|(name, shown)| figure(Some(name), &shown)).collect();
    let (column, by) = (columns.column.clone(), columns.by.clone());
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

/// Puts a cell to the answers; whether it could be understood.
fn add(answers: &mut Answers, who: u64, cell: &str, ask: &Ask) -> bool {
    let number = || cell.replace(',', ".").parse::<f64>().ok().filter(|number| number.is_finite());
    match (answers, ask) {
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
                Ask::Among(wanted) => Some(wanted.iter().any(|wanted| wanted.eq_ignore_ascii_case(cell))),
                _ => yes_or_no(cell),
            };
            counts.map(|counts| all.push((who, counts))).is_some()
        }
        _ => false,
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

fn figure(group: Option<String>, shown: &Shown) -> Figure {
    match shown {
        Shown::Number(finding) => {
            let (low, high) = finding.interval();
            Figure::Shown {
                group,
                n: finding.n(),
                people: finding.people(),
                value: finding.value(),
                low,
                high,
                interval: finding.method(),
                response: finding.response(),
                bounds: finding.bounds(),
            }
        }
        Shown::Refused(why) => {
            let numbers = why.numbers();
            let number = |name: &str| numbers.iter().find(|(key, _)| *key == name).map_or(0, |(_, value)| *value);
            let (refused, words) = match why.key() {
                "refusal-few-people" => ("few-people", format!("fewer than {} people answered", number("k"))),
                "refusal-few-others" => (
                    "few-others",
                    format!("subtracting it from the whole would show a group of fewer than {} people", number("k")),
                ),
                "refusal-few-answers" => {
                    ("few-answers", format!("{} answers are too few; {} are needed", number("n"), number("needed")))
                }
                "refusal-nothing" => ("nothing", "nobody answered".to_owned()),
                _ => ("cannot-tell", "it cannot be told".to_owned()),
            };
            Figure::Refused { group, refused, why: words }
        }
    }
}

fn print(told: &Figures) {
    let percent = told.measure != "mean";
    let value = |number: f64| if percent { format!("{:.1}%", number * 100.0) } else { format!("{number:.3}") };
    for figure in std::iter::once(&told.all).chain(&told.groups) {
        match figure {
            Figure::Shown { group, n, value: number, low, high, interval, .. } => say(format!(
                "{:<24} {:>9}  {} to {}  n = {n}  ({interval})",
                group.as_deref().unwrap_or("all"),
                value(*number),
                value(*low),
                high.map_or_else(|| "?".to_owned(), value),
            )),
            Figure::Refused { group, why, .. } => {
                say(format!("{:<24} cannot tell: {why}", group.as_deref().unwrap_or("all")));
            }
        }
    }
    if !told.skipped.is_empty() {
        say(format!("{} cells were not understood and are left out (--json lists them)", told.skipped.len()));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn columns(file: PathBuf, by: Option<&str>, person: Option<&str>) -> Columns {
        let (by, person) = (by.map(str::to_owned), person.map(str::to_owned));
        Columns { file, column: "rating".to_owned(), by, person, k: 5, json: true }
    }

    fn told(rows: &str, ask: &Ask, by: Option<&str>, person: Option<&str>) -> Result<serde_json::Value, String> {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("answers.csv");
        std::fs::write(&file, rows).unwrap();
        let figures = figures("share", &columns(file, by, person), ask).map_err(Failure::into_words)?;
        Ok(serde_json::to_value(figures).unwrap())
    }

    /// 16 of 20 at 4 or 5 is 80%, 58 to 92 by Wilson; four rows without an answer make the response 20 of 24.
    #[test]
    fn a_share_has_its_interval_and_its_response() {
        let rows = format!("rating,x\n{}{}{}", "5,1\n".repeat(16), "1,1\n".repeat(4), ",1\n".repeat(4));
        let told = told(&rows, &Ask::AtLeast(4.0), None, None).unwrap();
        let all = &told["all"];
        assert_eq!((all["n"].as_u64(), all["value"].as_f64()), (Some(20), Some(0.8)));
        assert_eq!(all["interval"], "Wilson score");
        assert!(
            (all["low"].as_f64().unwrap() - 0.584).abs() < 5e-4 && (all["high"].as_f64().unwrap() - 0.919).abs() < 5e-4
        );
        assert_eq!((told["rows"].as_u64(), all["response"].as_f64()), (Some(24), Some(20.0 / 24.0)));
    }

    #[test]
    fn groups_that_are_too_small_say_so_and_take_the_next_with_them() {
        let mut rows = String::from("site;who;rating\n");
        for (site, count) in [("A", 30), ("B", 3), ("C", 8)] {
            for row in 0..count {
                rows += &format!("{site};{site}{row};{}\n", 5 + row % 6);
            }
        }
        let ask = Ask::Net { pleased_from: 9.0, displeased_to: 6.0 };
        let told = told(&rows, &ask, Some("site"), Some("who")).unwrap();
        let of = |at: usize| told["groups"][at].clone();
        assert_eq!((of(0)["n"].as_u64(), of(0)["interval"].as_str()), (Some(30), Some("adjusted Wald")));
        assert_eq!((of(1)["refused"].as_str(), of(2)["refused"].as_str()), (Some("few-people"), Some("few-others")));
        assert!(of(1).get("n").is_none());
    }

    #[test]
    fn a_cut_is_never_silent() {
        for rows in ["rating\n1\n3\n5\n", "rating\n3\n5\n"] {
            let error = told(rows, &Ask::YesOrNo, None, None).unwrap_err();
            assert!(error.contains("\"3\"") && error.contains("--at-least"), "{error}");
        }
        let told = told("rating\nyes\nno\nYES\nja\n1\n0\n", &Ask::YesOrNo, None, None).unwrap();
        assert_eq!((told["all"]["n"].as_u64(), told["all"]["value"].as_f64()), (Some(6), Some(4.0 / 6.0)));
    }
}

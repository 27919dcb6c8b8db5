//! What of a table may be meant otherwise than it is taken.

use hashbrown::HashSet;

use super::dates::is_time;
use super::is_nothing;

/// What is taken for what, for [`doubts`].
pub(super) struct Doubt<'a> {
    pub(super) case: usize,
    pub(super) activity: usize,
    pub(super) time: usize,
    /// Whether somebody said which column the time is.
    pub(super) asked: bool,
    /// All columns that are taken but for the activity.
    pub(super) taken: &'a [usize],
}

/// What a sample of more than a few rows has that should make somebody look twice.
pub(super) fn doubts(sample: &[Vec<String>], names: &[String], of: Doubt<'_>) -> Vec<String> {
    let mut notes = Vec::new();
    let cells = |column: usize| sample.iter().filter_map(move |row| row.get(column)).map(String::as_str);
    let Doubt { case, activity, time, asked, taken } = of;
    let is_other = |column: &usize| {
        let mut full = cells(*column).take(50).filter(|cell| !is_nothing(cell.trim())).peekable();
        full.peek().is_some() && full.all(is_time) && cells(*column).take(50).any(|cell| cell.contains(':'))
    };
    let others: Vec<&str> = (0..names.len())
        .filter(|column| !taken.contains(column) && *column != activity)
        .filter(is_other)
        .map(|column| names[column].as_str())
        .collect();
    if !asked && !others.is_empty() {
        let (time, others) = (&names[time], others.join("\", \""));
        notes
            .push(format!("\"{time}\" is taken as the time; \"{others}\" could be it: say with --time which is meant"));
    }
    if sample.len() >= MANY && is_constant(sample, time) {
        notes.push(format!("all times of the sample are the same: is \"{}\" when it happened?", names[time]));
    }
    let different: HashSet<&str> = cells(case).collect();
    if sample.len() >= MANY && different.len() == sample.len() {
        notes.push(format!(
            "no two rows of the sample have the same \"{}\": this may be a list of cases, not of what happened to them",
            names[case]
        ));
    }
    for column in [case, activity] {
        let padded = cells(column).filter(|cell| cell.trim_matches(' ').len() < cell.len()).count();
        if padded > 0 {
            notes.push(format!(
                "some cells of \"{}\" have spaces around them, which count as part of it",
                names[column]
            ));
        }
    }
    notes
}

/// So many rows are more than a few.
const MANY: usize = 20;

/// Whether all cells of a column are the same, in more than one row.
pub(super) fn is_constant(sample: &[Vec<String>], column: usize) -> bool {
    let mut cells = sample.iter().filter_map(|row| row.get(column));
    let first = cells.next();
    sample.len() > 1 && cells.all(|cell| Some(cell) == first)
}

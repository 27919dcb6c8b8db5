//! What is odd about rows that are read all the same, and about some that are not: counted, with the first of each.

use super::super::Report;
use super::super::report::plural;
use super::CsvPlan;
use super::rows::Rows;

/// How many rows, and which was the first.
#[derive(Debug, Clone, Copy, Default)]
struct Tally {
    rows: u64,
    first: u64,
}

impl Tally {
    fn add(&mut self, row: u64) {
        if self.rows == 0 {
            self.first = row;
        }
        self.rows += 1;
    }

    fn append(&mut self, later: Self, offset: u64) {
        if self.rows == 0 {
            self.first = offset + later.first;
        }
        self.rows += later.rows;
    }
}

/// Rows with something odd about them.
#[derive(Debug, Default)]
pub(super) struct Oddities {
    longer: Tally,
    shorter: Tally,
    /// The first row whose time fits only with day and month the other way round, and that time.
    pub(super) other_order: Option<(u64, String)>,
}

impl Oddities {
    /// Takes a row with another number of cells than the header has; empty cells too many count for nothing.
    #[cold]
    pub(super) fn cells(&mut self, rows: &Rows<'_>, plan: &CsvPlan) {
        if rows.count() < plan.least {
            self.shorter.add(rows.row);
        } else if !rows.is_empty_from(plan.columns.len()) {
            self.longer.add(rows.row);
        }
    }

    /// Adds those of later rows, which are numbered from after `offset`.
    pub(super) fn append(&mut self, later: &mut Self, offset: u64) {
        let Self { longer, shorter, other_order } = std::mem::take(later);
        self.longer.append(longer, offset);
        self.shorter.append(shorter, offset);
        if let Some((row, time)) = other_order {
            self.other_order.get_or_insert((offset + row, time));
        }
    }

    /// Notes them in the report, at the end.
    pub(super) fn tell(&self, plan: &CsvPlan, report: &mut Report) {
        let columns = plural(plan.columns.len() as u64, "column");
        let mut say = |Tally { rows, first }: Tally, what: &str, so: &str| {
            if rows > 0 {
                let have = if rows == 1 { "has" } else { "have" };
                report.note(&format!(
                    "{} {have} {what} than the {columns} of the header, the first is row {first}: {so}",
                    plural(rows, "row")
                ));
            }
        };
        say(self.longer, "more cells", "what is too much is left out. Check separator and quotation marks");
        say(self.shorter, "fewer cells", "what is missing is taken as empty");
        if let Some((row, time)) = &self.other_order {
            report.note(&format!(
                "{} fit only with day and month the other way round, the first is \"{time}\" in row {row}: if times are \
                 not {}, say --dates day-first or --dates month-first",
                plural(report.other_order, "time"),
                plan.date_style
            ));
        }
    }
}

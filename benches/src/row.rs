//! A row of the results, and the table and the file that rows make.

use crate::fill::Filled;
use crate::machine::Shape;

/// One piece of work: what was measured, what was to be reached, and what others take.
#[derive(Debug)]
pub(crate) struct Row {
    /// What was done.
    pub work: String,
    /// What it took.
    pub measured: String,
    /// What it should take, as the design says.
    pub bar: &'static str,
    /// What others were measured at, as the design says.
    pub yardstick: &'static str,
    /// Whether the bar is met; `None` where there is none.
    pub met: Option<bool>,
}

impl Row {
    /// A figure without a bar, to understand another by.
    pub(crate) fn figure(work: impl Into<String>, measured: impl Into<String>) -> Self {
        Self { work: work.into(), measured: measured.into(), bar: "", yardstick: "", met: None }
    }

    fn cells(&self) -> [&str; 5] {
        let met = match self.met {
            Some(true) => "yes",
            Some(false) => "**no**",
            None => "",
        };
        [&self.work, &self.measured, self.bar, self.yardstick, met]
    }
}

/// The rows as a table in Markdown, its columns aligned for who reads it as it is.
pub(crate) fn table(rows: &[Row]) -> String {
    let head = ["work", "measured", "bar", "yardstick (DESIGN 6)", "met"];
    let mut widths = head.map(str::len);
    for row in rows {
        for (width, cell) in widths.iter_mut().zip(row.cells()) {
            *width = (*width).max(cell.chars().count());
        }
    }
    let line = |cells: [&str; 5]| {
        let padded = cells.iter().zip(widths).map(|(cell, width)| format!("{cell:width$}"));
        format!("| {} |\n", padded.collect::<Vec<_>>().join(" | "))
    };
    let rule = widths.map(|width| "-".repeat(width));
    let mut text = line(head) + &line(rule.each_ref().map(String::as_str));
    for row in rows {
        text.push_str(&line(row.cells()));
    }
    text
}

/// The whole of `RESULTS.md`.
pub(crate) fn results(rows: &[Row], shape: &Shape, filled: &Filled) -> String {
    let met = rows.iter().filter(|row| row.met == Some(true)).count();
    let missed = rows.iter().filter(|row| row.met == Some(false)).count();
    format!(
        "# How fast, how small\n\n\
         Written by `bin/bench` on {date}; do not edit. {met} bars are met, {missed} are missed.\n\n\
         - Machine: {cores} cores, {memory} GB of memory; a durable write of 4 kB (`fdatasync`) takes {sync} in the\n  \
           middle and {slow_sync} at the 99th percentile.\n\
         - Desk: the release binary on SQLite (`synchronous=FULL`), a folder of {tickets} tickets with {messages}\n  \
           messages and {touchpoints} touchpoints of {people} people, {open} of the tickets open.\n\
         - Clients run on the same cores as the desk, over HTTP/1.1 on loopback, each waiting for its answer before it\n  \
           asks again. Pages are asked for as a browser does, compressed with Brotli.\n\
         - Yardsticks are those of DESIGN section 6, measured there on such a machine, not in this run.\n\n\
         {table}\n\
         Queries for each page are not counted here: the database has no counter for them yet.\n\n\
         To repeat: `bin/bench` (`--only creation,pages,search,mail,ledger,logs,start,ten-million` for parts,\n\
         `--tickets N` for another size, `--help` for the rest). The folder is filled once, in about a minute, and kept beside the binaries.\n",
        date = shape.date,
        cores = shape.cores,
        memory = shape.gigabytes,
        sync = shape.sync.0,
        slow_sync = shape.sync.1,
        tickets = filled.tickets,
        messages = filled.messages,
        touchpoints = filled.touchpoints,
        people = filled.people,
        open = filled.open,
        table = table(rows),
    )
}

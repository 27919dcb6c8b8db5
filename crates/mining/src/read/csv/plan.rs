//! What was understood of a CSV file before it is read: separator, columns, dates. Print it for a dry run.

use std::fmt;

use super::super::attributes::Kind;
use super::super::{DateOrder, DateStyle, ReadError, TimeZone, date, zone_name};
use super::columns::{Role, unique, wanted};
use super::dates::{Settled, clock_beside, could_be_time, is_time, settle};
use super::doubts::{Doubt, doubts, is_constant};

/// Which columns mean what, by header name or by number from 1; `None` finds them by the usual names. In XES, which keys.
#[derive(Debug, Clone, Default)]
pub struct Mapping {
    /// The case.
    pub case: Option<String>,
    /// The activity.
    pub activity: Option<String>,
    /// The time; of a date and a time of day in two columns `DATE+TIME`.
    pub time: Option<String>,
    /// Who did it.
    pub resource: Option<String>,
    /// `start`, `complete`, ...
    pub lifecycle: Option<String>,
}

/// What was understood of a CSV file's layout. `Display` prints it for people.
#[derive(Debug, Clone)]
pub struct CsvPlan {
    /// The byte between cells.
    pub separator: char,
    /// All columns, in order.
    pub columns: Vec<Column>,
    /// How times are written.
    pub date_style: DateStyle,
    /// How the date style was settled, in words.
    pub date_reason: String,
    /// Whether that is certain; `false` when it was guessed, or the sample contradicts itself.
    pub date_sure: bool,
    /// The zone for times without an offset, in words.
    pub zone: String,
    /// Other things worth knowing.
    pub notes: Vec<String>,
    /// Whether nothing in the sample settles the order of day and month.
    pub(in super::super) order_open: bool,
    pub(super) at: Roles,
    /// How many cells a row has at least: trailing columns without a name may be missing.
    pub(super) least: usize,
}

/// A column of the file.
#[derive(Debug, Clone)]
pub struct Column {
    /// Its name; a repeated one has its count behind it: `Variant (2)`.
    pub name: String,
    /// What it is taken for; `None` is an attribute.
    pub role: Option<Role>,
    /// What its values are, going by the sample; numbers with a comma before decimals are [`Kind::Float`] too.
    pub kind: Kind,
    /// Up to three different values from the beginning of the file.
    pub samples: Vec<String>,
}

/// Column numbers, from 0.
#[derive(Debug, Clone, Copy)]
pub(super) struct Roles {
    pub(super) case: usize,
    pub(super) activity: usize,
    pub(super) time: usize,
    /// The time of day, where `time` holds dates only.
    pub(super) clock: Option<usize>,
    pub(super) resource: Option<usize>,
    pub(super) lifecycle: Option<usize>,
}

/// How many columns a plan lists before it says "and so on".
const LISTED: usize = 40;
/// How many rows may stand above the header.
const ABOVE: usize = 30;

impl CsvPlan {
    /// Makes a plan from the first rows; also how many of them stand above the header. Where the first row names no
    /// columns that we know, a later one may, if it is fuller than all above it.
    pub(super) fn found(
        separator: u8,
        rows: &[Vec<String>],
        mapping: &Mapping,
        order: Option<DateOrder>,
        zone: Option<&TimeZone>,
    ) -> Result<(usize, Self), ReadError> {
        let plan = |above: usize| Self::new(separator, &rows[above], &rows[above + 1..], mapping, order, zone);
        let error = match plan(0) {
            Err(error @ (ReadError::ColumnUnknown { .. } | ReadError::ColumnMissing { .. })) => error,
            other => return other.map(|plan| (0, plan)),
        };
        let full = |row: &[String]| row.iter().filter(|cell| !cell.trim().is_empty()).count();
        let mut most = full(&rows[0]);
        for above in 1..rows.len().min(ABOVE) {
            let cells = full(&rows[above]);
            if cells > most.max(2)
                && let Ok(mut plan) = plan(above)
            {
                let first: String = rows[0].join(" ").trim().chars().take(40).collect();
                let rows = if above == 1 { "a row".to_owned() } else { format!("{above} rows") };
                plan.notes.push(format!("{rows} above the header passed over; the first says \"{first}\""));
                return Ok((above, plan));
            }
            most = most.max(cells);
        }
        Err(error)
    }

    /// Makes a plan from the header and the sample's rows.
    fn new(
        separator: u8,
        header: &[String],
        sample: &[Vec<String>],
        mapping: &Mapping,
        order: Option<DateOrder>,
        zone: Option<&TimeZone>,
    ) -> Result<Self, ReadError> {
        let (names, mut notes) = unique(header);
        let share = |column: usize, parts: usize, fits: fn(&str) -> bool, counts: fn(&str) -> bool| {
            let cells =
                || sample.iter().filter_map(|row| row.get(column)).map(|cell| cell.trim()).filter(|c| counts(c));
            let full = cells().count();
            full > 0 && cells().filter(|cell| fits(cell)).count() * 10 >= full * parts
        };
        // A column of a usual name is taken unless it surely holds something else.
        let full = |cell: &str| !super::is_nothing(cell);
        let may_be_times = |column: usize| {
            sample.iter().filter_map(|row| row.get(column)).all(|cell| !full(cell.trim()))
                || share(column, 5, could_be_time, full)
        };
        let times = |column: usize| share(column, 9, is_time, |cell| cell.len() > 5);
        let any = |_| true;
        let none = |_| false;
        let case = wanted(Role::Case, mapping.case.as_deref(), &names, &[], any, none)?;
        let case = case.ok_or_else(|| unknown("case", &names))?;
        let asked = mapping.time.as_deref();
        let pair = asked.and_then(|asked| pair(asked, &names));
        let (time, mut clock) = if let Some((date, clock)) = pair {
            (date, Some(clock))
        } else {
            // A time that never changes is when the file was written, if there is another.
            let moves = |column: usize| may_be_times(column) && !is_constant(sample, column);
            let time = match asked {
                None => wanted(Role::Time, None, &names, &[case], moves, |_| false)?.filter(|column| moves(*column)),
                Some(_) => None,
            };
            let time = match time {
                None => wanted(Role::Time, asked, &names, &[case], may_be_times, times)?,
                found => found,
            };
            (time.ok_or_else(|| unknown("time", &names))?, None)
        };
        if time == case {
            let name = names[case].clone();
            return Err(ReadError::ColumnTwice { name, one: Role::Case.name(), other: Role::Time.name() });
        }
        let Settled { style: date_style, reason: date_reason, sure: date_sure, open: order_open } =
            settle(sample, case, time, order);
        let mut taken = vec![case, time];
        taken.extend(clock);
        if clock.is_none()
            && let Some(beside) = clock_beside(sample, &names, &taken, date_style)
        {
            let (date, day) = (&names[time], &names[beside]);
            if asked.is_none() {
                clock = Some(beside);
                taken.push(beside);
            } else {
                notes.push(format!(
                    "\"{date}\" has no times of day, but \"{day}\" has: --time \"{date}+{day}\" takes both"
                ));
            }
        }
        if let Some(clock) = clock {
            notes.push(format!(
                "the time is the date in \"{}\" and the time of day in \"{}\"",
                names[time], names[clock]
            ));
        }
        let activity = wanted(Role::Activity, mapping.activity.as_deref(), &names, &taken, any, none)?;
        let activity = activity.ok_or_else(|| twice_or_unknown(&names, case, time))?;
        taken.push(activity);
        let resource = wanted(Role::Resource, mapping.resource.as_deref(), &names, &taken, any, none)?;
        let lifecycle = wanted(Role::Lifecycle, mapping.lifecycle.as_deref(), &names, &taken, any, none)?;
        let at = Roles { case, activity, time, clock, resource, lifecycle };
        if order_open && !date_sure {
            notes.push(format!(
                "that dates are {date_style} is a guess: say which it is with --dates day-first or --dates month-first"
            ));
        }
        notes.extend(doubts(sample, &names, Doubt { case, activity, time, asked: asked.is_some(), taken: &taken }));
        if date_style == DateStyle::Unknown {
            notes.push(format!("the times in \"{}\" are not understood: {date_reason}", names[time]));
        }
        if sample.is_empty() {
            notes.push("there are no rows below the header".into());
        }
        let least = header.iter().rposition(|name| !name.trim().is_empty()).map_or(0, |last| last + 1);
        let columns = names
            .into_iter()
            .enumerate()
            .map(|(number, name)| Column {
                name,
                role: at.role(number),
                kind: kind(sample, number),
                samples: samples(sample, number),
            })
            .collect();
        let zone = zone_name(zone).to_owned();
        let separator = char::from(separator);
        Ok(Self { separator, columns, date_style, date_reason, date_sure, zone, notes, order_open, at, least })
    }
}

impl Roles {
    fn role(&self, column: usize) -> Option<Role> {
        match Some(column) {
            c if c == Some(self.case) => Some(Role::Case),
            c if c == Some(self.activity) => Some(Role::Activity),
            c if c == Some(self.time) || c == self.clock => Some(Role::Time),
            c if c == self.resource => Some(Role::Resource),
            c if c == self.lifecycle => Some(Role::Lifecycle),
            _ => None,
        }
    }

    /// How many columns must be split to have all of these.
    pub(super) fn needed(&self) -> usize {
        let optional = self.resource.max(self.lifecycle).max(self.clock).unwrap_or(0);
        self.case.max(self.activity).max(self.time).max(optional) + 1
    }
}

impl fmt::Display for CsvPlan {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let separator = match self.separator {
            '\t' => "tab".to_owned(),
            other => format!("`{other}`"),
        };
        writeln!(f, "{} columns, separated by {separator}", self.columns.len())?;
        for column in self
            .columns
            .iter()
            .filter(|column| column.role.is_some())
            .chain(self.columns.iter().filter(|column| column.role.is_none()))
            .take(LISTED)
        {
            let role = column.role.map_or("", Role::name);
            writeln!(f, "  {role:<9} \"{}\"  {}", column.name, column.samples.join(" | "))?;
        }
        if self.columns.len() > LISTED {
            writeln!(f, "            and {} more", self.columns.len() - LISTED)?;
        }
        writeln!(f, "times are {}: {}", self.date_style, self.date_reason)?;
        writeln!(f, "times without an offset are taken as {}", self.zone)?;
        for note in &self.notes {
            writeln!(f, "note: {note}")?;
        }
        Ok(())
    }
}

/// The two columns that `DATE+TIME` names, unless one column is called so.
fn pair(asked: &str, names: &[String]) -> Option<(usize, usize)> {
    let column = |name: &str| wanted(Role::Time, Some(name), names, &[], |_| true, |_| false).ok().flatten();
    if column(asked).is_some() {
        return None;
    }
    let pairs = asked.match_indices('+').map(|(at, _)| (&asked[..at], &asked[at + 1..]));
    pairs.filter_map(|(date, clock)| column(date).zip(column(clock))).find(|(date, clock)| date != clock)
}

/// Why there is no activity: what its name says is taken already, or there is no such name.
fn twice_or_unknown(names: &[String], case: usize, time: usize) -> ReadError {
    let is_usual = |column: usize| {
        let only = std::slice::from_ref(&names[column]);
        matches!(wanted(Role::Activity, None, only, &[], |_| true, |_| false), Ok(Some(_)))
    };
    for (column, role) in [(case, Role::Case), (time, Role::Time)] {
        if is_usual(column) {
            let name = names[column].clone();
            return ReadError::ColumnTwice { name, one: role.name(), other: Role::Activity.name() };
        }
    }
    unknown("activity", names)
}

fn unknown(role: &'static str, columns: &[String]) -> ReadError {
    ReadError::ColumnUnknown { role, columns: columns.to_vec() }
}

fn samples(rows: &[Vec<String>], column: usize) -> Vec<String> {
    let mut seen: Vec<String> = Vec::new();
    for cell in rows.iter().take(200).filter_map(|row| row.get(column)).filter(|cell| !cell.trim().is_empty()) {
        if !seen.contains(cell) {
            seen.push(cell.clone());
        }
        if seen.len() == 3 {
            break;
        }
    }
    seen
}

/// What all full cells of a column are; text when they differ, or none is full.
fn kind(rows: &[Vec<String>], column: usize) -> Kind {
    let mut found: Option<Kind> = None;
    for cell in rows.iter().filter_map(|row| row.get(column)).map(|cell| cell.trim()).filter(|cell| !cell.is_empty()) {
        let kind = kind_of(cell);
        found = match (found, kind) {
            (None, kind) => Some(kind),
            (Some(known), kind) if known == kind => found,
            (Some(Kind::Int | Kind::Float), Kind::Int | Kind::Float) => Some(Kind::Float),
            _ => return Kind::Text,
        };
    }
    found.unwrap_or(Kind::Text)
}

fn kind_of(cell: &str) -> Kind {
    let digits = cell.strip_prefix('-').unwrap_or(cell);
    // What begins with a needless zero is a number of a telephone or a house, not one to count with.
    let number =
        digits.len() < 19 && (digits.len() == 1 || !digits.starts_with('0') || digits[1..].starts_with(['.', ',']));
    match cell {
        "true" | "false" => Kind::Boolean,
        _ if number && !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit()) => Kind::Int,
        _ if number
            && digits.split_once(['.', ',']).is_some_and(|(whole, part)| {
                let all = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
                all(whole) && all(part)
            }) =>
        {
            Kind::Float
        }
        _ if cell.len() > 7 && date::parse(cell, DateStyle::YearFirst, None).is_some() => Kind::Date,
        _ => Kind::Text,
    }
}

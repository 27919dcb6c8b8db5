//! What was understood of a CSV file before it is read: separator, columns, dates. Print it for a dry run.

use std::fmt;

use super::super::attributes::Kind;
use super::super::{DateOrder, DateStyle, ReadError, TimeZone, date};
use super::columns::{Role, unique, wanted};

/// Which columns mean what, by header name or by number from 1; `None` finds them by the usual names.
#[derive(Debug, Clone, Default)]
pub struct Mapping {
    /// The case.
    pub case: Option<String>,
    /// The activity.
    pub activity: Option<String>,
    /// The time.
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
    pub(super) at: Roles,
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
    pub(super) resource: Option<usize>,
    pub(super) lifecycle: Option<usize>,
}

/// How many columns a plan lists before it says "and so on".
const LISTED: usize = 40;

impl CsvPlan {
    /// Makes a plan from the header and the sample's rows.
    pub(super) fn new(
        separator: u8,
        header: &[String],
        sample: &[Vec<String>],
        mapping: &Mapping,
        order: Option<DateOrder>,
        zone: Option<&TimeZone>,
    ) -> Result<Self, ReadError> {
        let (names, mut notes) = unique(header);
        let times = |column: usize| {
            let cells = || sample.iter().filter_map(|row| row.get(column)).map(|cell| cell.trim());
            let full = cells().filter(|cell| cell.len() > 5).count();
            full > 0 && cells().filter(|cell| is_time(cell)).count() * 10 >= full * 9
        };
        let case = wanted(Role::Case, mapping.case.as_deref(), &names, &[], |_| false)?;
        let case = case.ok_or_else(|| unknown("case", &names))?;
        let time = wanted(Role::Time, mapping.time.as_deref(), &names, &[case], times)?;
        let time = time.ok_or_else(|| unknown("time", &names))?;
        let activity = wanted(Role::Activity, mapping.activity.as_deref(), &names, &[case, time], |_| false)?;
        let activity = activity.ok_or_else(|| unknown("activity", &names))?;
        let taken = [case, activity, time];
        let resource = wanted(Role::Resource, mapping.resource.as_deref(), &names, &taken, |_| false)?;
        let lifecycle = wanted(Role::Lifecycle, mapping.lifecycle.as_deref(), &names, &taken, |_| false)?;
        let at = Roles { case, activity, time, resource, lifecycle };

        let (date_style, date_reason, date_sure) = settle(sample, case, time, order);
        if sample.is_empty() {
            notes.push("there are no rows below the header".into());
        }
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
        let zone = zone.map_or_else(|| "UTC".to_owned(), |zone| zone.iana_name().unwrap_or("as given").to_owned());
        Ok(Self { separator: char::from(separator), columns, date_style, date_reason, date_sure, zone, notes, at })
    }
}

impl Roles {
    fn role(&self, column: usize) -> Option<Role> {
        match Some(column) {
            c if c == Some(self.case) => Some(Role::Case),
            c if c == Some(self.activity) => Some(Role::Activity),
            c if c == Some(self.time) => Some(Role::Time),
            c if c == self.resource => Some(Role::Resource),
            c if c == self.lifecycle => Some(Role::Lifecycle),
            _ => None,
        }
    }

    /// How many columns must be split to have all of these.
    pub(super) fn needed(&self) -> usize {
        let optional = self.resource.max(self.lifecycle).unwrap_or(0);
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

fn is_time(cell: &str) -> bool {
    [DateStyle::YearFirst, DateStyle::YearLast(DateOrder::DayFirst), DateStyle::YearLast(DateOrder::MonthFirst)]
        .into_iter()
        .any(|style| date::parse(cell, style, None).is_some())
}

/// Which style the time column is written in, and why we think so.
fn settle(sample: &[Vec<String>], case: usize, time: usize, order: Option<DateOrder>) -> (DateStyle, String, bool) {
    let cells: Vec<&str> = sample
        .iter()
        .filter_map(|row| row.get(time))
        .map(|cell| cell.trim())
        .filter(|cell| cell.bytes().any(|byte| byte.is_ascii_digit()))
        .collect();
    let of = |style| cells.iter().filter(|cell| date::parse(cell, style, None).is_some()).count();
    let numbers =
        cells.iter().filter(|cell| cell.bytes().all(|b| b.is_ascii_digit() || matches!(b, b'.' | b','))).count();
    if !cells.is_empty() && numbers * 10 >= cells.len() * 9 {
        let whole = |cell: &&str| cell.bytes().take_while(u8::is_ascii_digit).count();
        match cells.iter().map(whole).max() {
            Some(9 | 10) => return (DateStyle::EpochSeconds, "they are numbers of ten digits".into(), true),
            Some(12 | 13) => return (DateStyle::EpochMillis, "they are numbers of thirteen digits".into(), true),
            _ => {}
        }
    }
    let pairs: Vec<(i64, i64)> = cells.iter().filter_map(|cell| date::year_last(cell)).collect();
    if pairs.len() * 2 < cells.len() || cells.is_empty() {
        let named = of(DateStyle::YearFirst) < of(DateStyle::YearLast(DateOrder::DayFirst));
        return if named {
            (DateStyle::YearLast(order.unwrap_or(DateOrder::DayFirst)), "the month is written as a word".into(), true)
        } else {
            (DateStyle::YearFirst, "they begin with the year".into(), !cells.is_empty())
        };
    }
    if let Some(order) = order {
        return (DateStyle::YearLast(order), "as you said".into(), true);
    }
    let day_first = pairs.iter().find(|(first, _)| *first > 12);
    let month_first = pairs.iter().find(|(_, second)| *second > 12);
    let (order, reason, sure) = match (day_first, month_first) {
        (Some((first, _)), None) => (DateOrder::DayFirst, format!("the sample has {first} in first place"), true),
        (None, Some((_, second))) => (DateOrder::MonthFirst, format!("the sample has {second} in second place"), true),
        (Some(_), Some(_)) => {
            (DateOrder::DayFirst, "the sample has both orders; rows of the other order will be refused".into(), false)
        }
        (None, None) => by_order_of_time(sample, case, time),
    };
    (DateStyle::YearLast(order), reason, sure)
}

/// No number above 12 anywhere: the right order is the one in which cases run forward more often.
fn by_order_of_time(sample: &[Vec<String>], case: usize, time: usize) -> (DateOrder, String, bool) {
    let backward = |order| {
        let mut last: hashbrown::HashMap<&str, i64> = hashbrown::HashMap::new();
        let mut steps = 0;
        for row in sample {
            let (Some(case), Some(time)) = (row.get(case), row.get(time)) else { continue };
            let Some(time) = date::parse(time.trim(), DateStyle::YearLast(order), None) else { continue };
            if last.insert(case, time).is_some_and(|before| before > time) {
                steps += 1;
            }
        }
        steps
    };
    let (day_first, month_first) = (backward(DateOrder::DayFirst), backward(DateOrder::MonthFirst));
    let why = "no day above 12 in the sample";
    match day_first.cmp(&month_first) {
        std::cmp::Ordering::Less => (DateOrder::DayFirst, format!("{why}, but so cases run forward in time"), true),
        std::cmp::Ordering::Greater => {
            (DateOrder::MonthFirst, format!("{why}, but so cases run forward in time"), true)
        }
        std::cmp::Ordering::Equal => (
            DateOrder::DayFirst,
            format!("{why}, so this is a guess: say the order of day and month if it is wrong"),
            false,
        ),
    }
}

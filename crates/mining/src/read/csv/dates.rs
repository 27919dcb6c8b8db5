//! How a sample's times are written, and where the time of day is when they have none.

use super::super::report::printable;
use super::super::{DateOrder, DateStyle, date};
use super::columns::plain;

/// What was settled of the times in a column.
pub(super) struct Settled {
    pub(super) style: DateStyle,
    /// Why, in words.
    pub(super) reason: String,
    pub(super) sure: bool,
    /// Whether no date of the sample alone settles the order of day and month, and nobody gave it.
    pub(super) open: bool,
}

impl Settled {
    fn surely(style: DateStyle, reason: impl Into<String>) -> Self {
        Self { style, reason: reason.into(), sure: true, open: false }
    }
}

/// Whether a text is a date or a time in itself, not only a number that may be one.
pub(super) fn is_time(cell: &str) -> bool {
    [DateStyle::YearFirst, DateStyle::YearLast(DateOrder::DayFirst), DateStyle::YearLast(DateOrder::MonthFirst)]
        .into_iter()
        .any(|style| date::parse(cell, style, None).is_some())
}

/// Whether it is a time, or a number of seconds or days that may be one.
pub(super) fn could_be_time(cell: &str) -> bool {
    is_time(cell) || number(cell).is_some_and(|number| counted(number).is_some())
}

/// A plain number, also with a comma or as `1.4E+09`.
fn number(cell: &str) -> Option<f64> {
    let plain = |byte: u8| byte.is_ascii_digit() || matches!(byte, b'.' | b',' | b'e' | b'E' | b'+' | b'-');
    (cell.as_bytes().first()?.is_ascii_digit() && cell.bytes().all(plain))
        .then(|| cell.replace(',', ".").parse().ok())?
}

/// What a number of this size counts, going by the years in which logs are written (1973 to 2286; days 1954 to 2118).
fn counted(number: f64) -> Option<(DateStyle, &'static str)> {
    Some(match number {
        2e4..8e4 => (DateStyle::SerialDays, "they are numbers of days, as spreadsheets count them"),
        1e8..1e10 => (DateStyle::EpochSeconds, "they are numbers of ten digits"),
        1e11..1e13 => (DateStyle::EpochMillis, "they are numbers of thirteen digits"),
        1e14..1e16 => (DateStyle::EpochMicros, "they are numbers of sixteen digits"),
        // Fewer digits would be from before 2001; other programs count other things with eighteen.
        1e18..9.2e18 => (DateStyle::EpochNanos, "they are numbers of nineteen digits"),
        _ => return None,
    })
}

/// Which style the time column is written in, and why we think so.
pub(super) fn settle(sample: &[Vec<String>], case: usize, time: usize, order: Option<DateOrder>) -> Settled {
    let cells: Vec<&str> = sample
        .iter()
        .filter_map(|row| row.get(time))
        .map(|cell| cell.trim())
        .filter(|cell| cell.bytes().any(|byte| byte.is_ascii_digit()))
        .collect();
    let Some(first) = cells.first() else {
        let reason = "that is what there is without an example".to_owned();
        let style = order.map_or(DateStyle::YearFirst, DateStyle::YearLast);
        return Settled { style, reason, sure: false, open: false };
    };
    let most = |count: usize| count * 10 >= cells.len() * 9;
    let of = |style| cells.iter().filter(|cell| date::parse(cell, style, None).is_some()).count();
    let numbers: Vec<f64> = cells.iter().filter_map(|cell| number(cell)).collect();
    if most(numbers.len()) {
        if most(of(DateStyle::YearFirst)) {
            return Settled::surely(DateStyle::YearFirst, "they are the digits of year, month and day");
        }
        if let Some((style, reason)) = counted(numbers.iter().copied().fold(0.0, f64::max)) {
            return Settled::surely(style, reason);
        }
    }
    if cells.iter().filter(|cell| is_time(cell)).count() * 2 < cells.len() {
        let reason = format!("the first is \"{}\"", printable(&first.chars().take(40).collect::<String>()));
        return Settled { style: DateStyle::Unknown, reason, sure: false, open: false };
    }
    let pairs: Vec<(i64, i64)> = cells.iter().filter_map(|cell| date::year_last(cell)).collect();
    if pairs.len() * 2 < cells.len() {
        let named = cells.iter().filter(|cell| date::names_month(cell)).count();
        return if named * 2 > cells.len() {
            Settled::surely(DateStyle::MonthByName, "the month is written as a word")
        } else {
            Settled::surely(DateStyle::YearFirst, "they begin with the year")
        };
    }
    if let Some(order) = order {
        return Settled::surely(DateStyle::YearLast(order), "as you said");
    }
    if let Some(settled) = may_begin_with_year(&cells) {
        return settled;
    }
    let day_first = || pairs.iter().filter(|(first, second)| *first > 12 && *second <= 12);
    let month_first = || pairs.iter().filter(|(first, second)| *second > 12 && *first <= 12);
    let (days, months) = (day_first().count(), month_first().count());
    // A few slips do not unsettle a whole column.
    let (order, reason) = match (day_first().next(), month_first().next()) {
        (Some((first, _)), _) if days >= months * 20 => {
            (DateOrder::DayFirst, format!("the sample has {first} in first place"))
        }
        (_, Some((_, second))) if months >= days * 20 => {
            (DateOrder::MonthFirst, format!("the sample has {second} in second place"))
        }
        (Some(_), Some(_)) => {
            let order = if months > days { DateOrder::MonthFirst } else { DateOrder::DayFirst };
            let reason = "the sample has both orders; rows of the other order will be refused".into();
            return Settled { style: DateStyle::YearLast(order), reason, sure: false, open: true };
        }
        _ => return by_order_of_time(sample, case, time),
    };
    Settled::surely(DateStyle::YearLast(order), reason)
}

/// What is settled of dates with a year of two digits where the first number could be that year: it never changes, and is
/// no month.
fn may_begin_with_year(cells: &[&str]) -> Option<Settled> {
    let numbers = |cell: &&str| {
        let mut parts = cell.split(['/', '.', '-']);
        let two = |part: &str| part.get(..2.min(part.len())).and_then(|part| part.parse::<u8>().ok());
        let (first, _, third) = (parts.next()?, parts.next()?, parts.next()?);
        // Not the two first digits of a longer year.
        let short = third.bytes().take_while(u8::is_ascii_digit).count() <= 2;
        Some((two(first)?, two(third)?)).filter(|_| short)
    };
    let mut dates = cells.iter().filter_map(numbers);
    let (first, third) = dates.next().filter(|(first, _)| *first > 12)?;
    let mut varies = false;
    for (other, last) in dates {
        if other != first {
            return None;
        }
        varies |= last != third;
    }
    let why = format!("they all have {first} in first place, which may be the day or the year");
    Some(if varies {
        let reason = format!("{why}: write years with four digits, or say --dates day-first");
        Settled { style: DateStyle::Unknown, reason, sure: false, open: false }
    } else {
        Settled { style: DateStyle::YearLast(DateOrder::DayFirst), reason: why, sure: false, open: true }
    })
}

/// No number above 12 anywhere: the right order is the one in which cases run forward more often.
fn by_order_of_time(sample: &[Vec<String>], case: usize, time: usize) -> Settled {
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
    let forward = || format!("{why}, but so cases run forward in time");
    let (order, reason, sure) = match day_first.cmp(&month_first) {
        std::cmp::Ordering::Less => (DateOrder::DayFirst, forward(), true),
        std::cmp::Ordering::Greater => (DateOrder::MonthFirst, forward(), true),
        std::cmp::Ordering::Equal => (
            DateOrder::DayFirst,
            format!("{why}, so this is a guess: say the order of day and month if it is wrong"),
            false,
        ),
    };
    Settled { style: DateStyle::YearLast(order), reason, sure, open: true }
}

/// What columns with a time of day are called, best first, as [`plain`] has it.
const CLOCKS: &[&str] = &[
    "timeofday",
    "uhrzeit",
    "time",
    "zeit",
    "clocktime",
    "eventtime",
    "entrytime",
    "changetime",
    "changedtime",
    "creationtime",
    "createdtime",
    "utime",
    "uzeit",
    "aezet",
    "erzet",
    "cputm",
    "tijd",
    "heure",
    "hora",
    "ora",
    "timestamp",
    "starttime",
    "endtime",
];

/// Parts of the names of columns that say how long, not when.
const DURATIONS: &[&str] = &["dur", "elapsed", "wait", "effort", "spent", "hours", "dauer", "total", "took"];

/// The column of the times of day that go with the dates in the last of the taken columns, when those have none: by its
/// name, else next to it.
pub(super) fn clock_beside(
    sample: &[Vec<String>],
    names: &[String],
    taken: &[usize],
    style: DateStyle,
) -> Option<usize> {
    let &date_column = taken.last()?;
    let cells = |column: usize| {
        sample.iter().filter_map(move |row| row.get(column)).map(|cell| cell.trim()).filter(|cell| !cell.is_empty())
    };
    let mut dates = cells(date_column).filter_map(|cell| date::parse(cell, style, None)).peekable();
    if dates.peek().is_none() || dates.any(|millis| millis.rem_euclid(86_400_000) != 0) {
        return None;
    }
    let clocks = |column: usize, colon: bool| {
        let fits = |cell: &&str| date::time_of_day(cell).is_some() && (!colon || cell.contains(':'));
        let full = cells(column).count();
        full > 0 && cells(column).filter(fits).count() * 10 >= full * 9
    };
    let free = |column: &usize| *column < names.len() && !taken.contains(column);
    let plain: Vec<String> = names.iter().map(|name| plain(name)).collect();
    let own = &plain[date_column];
    let alike = [own.replace("date", "time"), own.replace("datum", "uhrzeit"), own.replace("datum", "zeit")];
    let usual = alike.iter().filter(|name| *name != own).map(String::as_str).chain(CLOCKS.iter().copied());
    let by_name = usual
        .filter_map(|usual| plain.iter().position(|name| name == usual))
        .find(|column| free(column) && clocks(*column, false));
    let next_to = || {
        [Some(date_column + 1), date_column.checked_sub(1)].into_iter().flatten().find(|column| {
            free(column) && !DURATIONS.iter().any(|part| plain[*column].contains(part)) && clocks(*column, true)
        })
    };
    by_name.or_else(next_to)
}

//! A calendar as people write it down: TOML.
//!
//! ```toml
//! zone = "Europe/Lisbon"
//! holidays = ["2026-04-03", "12-25", "2026-12-28..2026-12-31"]  # a day, a day of every year, days from .. to
//!
//! [hours]                                                       # or: hours = "always"
//! monday-thursday = ["08:00-12:00", "13:00-17:30"]
//! friday = ["08:00-14:00"]
//!
//! [days]                                                        # days with hours of their own
//! "2026-12-24" = ["08:00-12:00"]
//! ```
//!
//! Of several lines that name a day, the one that names the fewest days counts: `friday` before `monday-friday`; a day of
//! one year before the same of every year, and that before a run of days.

use std::collections::BTreeMap;

use jiff::civil::Date;
use jiff::tz::TimeZone;
use serde::Deserialize;

use super::Calendar;
use super::days::{DAY, Hours};

/// What is wrong with a calendar that somebody wrote.
#[derive(Debug, thiserror::Error)]
pub enum CalendarError {
    /// It is no TOML, or not of this shape.
    #[error("{0}A calendar has zone, hours, holidays and days, such as hours.monday-friday = [\"08:00-17:00\"].")]
    Shape(String),
    /// No such time zone.
    #[error("{0:?} is no time zone that this machine knows; one is \"Europe/Lisbon\"")]
    Zone(String),
    /// No day of the week.
    #[error("{0:?} is no weekday; write monday, or monday-friday")]
    Weekday(String),
    /// No span of a day.
    #[error("{0:?} are no hours; write \"08:00-17:30\", and \"22:00-24:00\" with \"00:00-06:00\" on the next day")]
    Hours(String),
    /// Two lines of equally many days that say something different of one.
    #[error("{0:?} and {1:?} both give hours to a day of both: let one of them leave it out, or be shorter")]
    Twice(String, String),
    /// No zone, though the hours are those of a clock.
    #[error("a calendar with hours needs the time zone that they are in: zone = \"Europe/Lisbon\"")]
    NoZone,
    /// Nothing is open, ever.
    #[error("this calendar never opens: write hours.monday-friday = [\"08:00-17:00\"], or hours = \"always\"")]
    Never,
    /// No day.
    #[error("{0:?} is no day; write \"2026-12-24\", \"12-25\" for every year, or \"2026-12-28..2026-12-31\"")]
    Day(String),
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    zone: Option<String>,
    #[serde(default)]
    hours: Week,
    #[serde(default)]
    holidays: Vec<String>,
    #[serde(default)]
    days: BTreeMap<String, Spans>,
}

/// Hours, and for one span without brackets, too.
#[derive(Deserialize)]
#[serde(untagged, expecting = "hours are a list of spans, such as [\"08:00-12:00\", \"13:00-17:30\"]")]
enum Spans {
    One(String),
    Many(Vec<String>),
}

impl Spans {
    fn hours(&self) -> Result<Hours, CalendarError> {
        match self {
            Self::One(span) => hours(std::slice::from_ref(span)),
            Self::Many(spans) => hours(spans),
        }
    }
}

#[derive(Deserialize)]
#[serde(untagged, expecting = "hours are \"always\", or spans for weekdays, such as monday-friday = [\"08:00-17:00\"]")]
enum Week {
    Word(String),
    Days(BTreeMap<String, Spans>),
}

impl Default for Week {
    fn default() -> Self {
        Self::Days(BTreeMap::new())
    }
}

/// The longest run of days that one line may name.
const LONGEST: usize = 3_660;

impl Calendar {
    /// Reads a calendar from TOML, in the form that this module's text shows.
    ///
    /// # Errors
    /// When it cannot be understood; the error names the words that are wrong.
    pub fn read(text: &str) -> Result<Self, CalendarError> {
        let file: File = toml::from_str(text).map_err(|error| CalendarError::Shape(error.to_string()))?;
        let is_always = matches!(&file.hours, Week::Word(word) if word == "always");
        let zone = match file.zone.as_deref() {
            None if is_always && file.holidays.is_empty() && file.days.is_empty() => TimeZone::UTC,
            None => return Err(CalendarError::NoZone),
            Some(name) => TimeZone::get(name).map_err(|_| CalendarError::Zone(name.to_owned()))?,
        };
        let mut week: [Hours; 7] = Default::default();
        match &file.hours {
            Week::Word(_) if is_always => week = std::array::from_fn(|_| Hours::all_day()),
            Week::Word(word) => return Err(CalendarError::Hours(word.clone())),
            Week::Days(days) => {
                let lines = days.iter().map(|(name, spans)| Ok((name, weekdays(name)?, spans.hours()?)));
                for (_, days, hours) in the_shorter_wins(lines.collect::<Result<_, CalendarError>>()?)? {
                    for day in days {
                        week[day].clone_from(&hours);
                    }
                }
            }
        }
        let mut calendar = Self::new(zone, week);
        let (mut lines, mut yearly) = (Vec::new(), Vec::new());
        let holidays = file.holidays.iter().map(|name| (name, Ok(Hours::none())));
        for (name, hours) in holidays.chain(file.days.iter().map(|(name, spans)| (name, spans.hours()))) {
            match days(name)? {
                Days::Dates(dates) => lines.push((name, dates, hours?)),
                Days::Yearly(month, day) => yearly.push((name, vec![(month, day)], hours?)),
            }
        }
        for (_, days, hours) in the_shorter_wins(yearly)? {
            for (month, day) in days {
                calendar = calendar.with_yearly(month, day, hours.clone());
            }
        }
        for (_, days, hours) in the_shorter_wins(lines)? {
            let is_one = days.len() == 1;
            for day in days {
                if is_one || !calendar.yearly.contains_key(&(day.month(), day.day())) {
                    calendar = calendar.with_day(day, hours.clone());
                }
            }
        }
        if calendar.never_opens() { Err(CalendarError::Never) } else { Ok(calendar) }
    }
}

/// What a line says of some days: its name, the days, their hours.
type Line<'n, D> = (&'n String, Vec<D>, Hours);

/// The lines in the order in which each replaces those before: the fewer days one names, the later. Lines of equally many
/// days must not contradict each other.
fn the_shorter_wins<D: PartialEq>(mut lines: Vec<Line<'_, D>>) -> Result<Vec<Line<'_, D>>, CalendarError> {
    lines.sort_by_key(|(_, days, _)| std::cmp::Reverse(days.len()));
    for (at, (name, days, hours)) in lines.iter().enumerate() {
        let alike = lines[at + 1..].iter().take_while(|(_, others, _)| others.len() == days.len());
        for (other, others, other_hours) in alike {
            if hours != other_hours && days.iter().any(|day| others.contains(day)) {
                return Err(CalendarError::Twice((*name).clone(), (*other).clone()));
            }
        }
    }
    Ok(lines)
}

/// Which days a line names.
enum Days {
    Dates(Vec<Date>),
    Yearly(i8, i8),
}

fn days(name: &str) -> Result<Days, CalendarError> {
    let wrong = || CalendarError::Day(name.to_owned());
    let day = |text: &str| text.trim().parse::<Date>().map_err(|_| wrong());
    if let Some((first, last)) = name.split_once("..") {
        let (first, last) = (day(first)?, day(last)?);
        let all = first.series(jiff::Span::new().days(1)).take_while(|day| *day <= last);
        let days: Vec<Date> = all.take(LONGEST + 1).collect();
        return if days.is_empty() || days.len() > LONGEST { Err(wrong()) } else { Ok(Days::Dates(days)) };
    }
    if let Ok(day) = day(name) {
        return Ok(Days::Dates(vec![day]));
    }
    let (month, date) = name.trim().split_once('-').ok_or_else(wrong)?;
    let (month, date) = (month.parse().map_err(|_| wrong())?, date.parse().map_err(|_| wrong())?);
    // Of a leap year, so that 29 February can be named.
    Date::new(2024, month, date).map_err(|_| wrong())?;
    Ok(Days::Yearly(month, date))
}

fn weekdays(name: &str) -> Result<Vec<usize>, CalendarError> {
    let wrong = || CalendarError::Weekday(name.to_owned());
    let one = |name: &str| {
        let name = name.trim().to_ascii_lowercase();
        let names = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];
        names.iter().position(|full| name.len() >= 3 && full.starts_with(&name)).ok_or_else(wrong)
    };
    let Some((first, last)) = name.split_once('-') else { return Ok(vec![one(name)?]) };
    let (first, last) = (one(first)?, one(last)?);
    let days = if first <= last { last - first } else { last + 7 - first };
    Ok((first..=first + days).map(|day| day % 7).collect())
}

fn hours(spans: &[String]) -> Result<Hours, CalendarError> {
    let mut of = Vec::with_capacity(spans.len());
    for text in spans {
        let wrong = || CalendarError::Hours(text.clone());
        let (start, end) = text.split_once('-').ok_or_else(wrong)?;
        of.push((second(start).ok_or_else(wrong)?, second(end).ok_or_else(wrong)?));
    }
    Hours::of(of).ok_or_else(|| CalendarError::Hours(spans.join(", ")))
}

/// `8:00`, `08:00` or `08:00:30` as seconds since midnight; 24:00 ends a day.
fn second(text: &str) -> Option<u32> {
    let mut parts = text.trim().split(':');
    let (hour, minute): (u32, u32) = (parts.next()?.parse().ok()?, parts.next()?.parse().ok()?);
    let second: u32 = parts.next().map_or(Some(0), |second| second.parse().ok())?;
    let all = hour.checked_mul(3_600)? + minute * 60 + second;
    (parts.next().is_none() && minute < 60 && second < 60 && all <= DAY).then_some(all)
}

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
    days: BTreeMap<String, Vec<String>>,
}

#[derive(Deserialize)]
#[serde(untagged)]
enum Week {
    Word(String),
    Days(BTreeMap<String, Vec<String>>),
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
        let zone = match file.zone.as_deref() {
            None => TimeZone::UTC,
            Some(name) => TimeZone::get(name).map_err(|_| CalendarError::Zone(name.to_owned()))?,
        };
        let mut week: [Hours; 7] = Default::default();
        match &file.hours {
            Week::Word(word) if word == "always" => week = std::array::from_fn(|_| Hours::all_day()),
            Week::Word(word) => return Err(CalendarError::Hours(word.clone())),
            Week::Days(days) => {
                for (name, spans) in days {
                    let hours = hours(spans)?;
                    for day in weekdays(name)? {
                        week[day].clone_from(&hours);
                    }
                }
            }
        }
        let mut calendar = Self::new(zone, week);
        for name in &file.holidays {
            calendar = on(calendar, name, &Hours::none())?;
        }
        for (name, spans) in &file.days {
            calendar = on(calendar, name, &hours(spans)?)?;
        }
        Ok(calendar)
    }
}

fn on(calendar: Calendar, name: &str, hours: &Hours) -> Result<Calendar, CalendarError> {
    let wrong = || CalendarError::Day(name.to_owned());
    let day = |text: &str| text.trim().parse::<Date>().map_err(|_| wrong());
    if let Some((first, last)) = name.split_once("..") {
        let (first, last) = (day(first)?, day(last)?);
        if first > last || first.series(jiff::Span::new().days(1)).take_while(|day| *day <= last).count() > LONGEST {
            return Err(wrong());
        }
        let days = first.series(jiff::Span::new().days(1)).take_while(|day| *day <= last);
        return Ok(days.fold(calendar, |calendar, day| calendar.with_day(day, hours.clone())));
    }
    if let Ok(day) = day(name) {
        return Ok(calendar.with_day(day, hours.clone()));
    }
    let (month, date) = name.trim().split_once('-').ok_or_else(wrong)?;
    let (month, date) = (month.parse().map_err(|_| wrong())?, date.parse().map_err(|_| wrong())?);
    // Of a leap year, so that 29 February can be named.
    Date::new(2024, month, date).map_err(|_| wrong())?;
    Ok(calendar.with_yearly(month, date, hours.clone()))
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

//! Dates and times as logs write them.

mod scan;
#[cfg(test)]
mod tests;
mod words;

use std::fmt;
use std::ops::Range;

use jiff::tz::TimeZone;

use scan::Scan;

use crate::time::{days, month_length};

/// Spaces that keep a line together.
const NO_BREAK: [char; 2] = ['\u{a0}', '\u{202f}'];

/// Which comes first where a date is written with the year last.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DateOrder {
    /// `31/12/2026`
    DayFirst,
    /// `12/31/2026`
    MonthFirst,
}

/// How a column's times are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DateStyle {
    /// ISO 8601 and its relatives: `2026-12-31T23:59:59.000+01:00`, `2026/12/31 23:59`, `2026-12-31`, `20261231235959`.
    YearFirst,
    /// Year last, all in numbers: `31/12/2026 23:59`, `12/31/26 11:59 PM`.
    YearLast(DateOrder),
    /// A month by its name: `31-Dec-2026`, `Dec 31, 2026`, `Thu Dec 31 23:59:59 CET 2026`, `31. März 2026`.
    MonthByName,
    /// Seconds since 1970, with or without a fraction.
    EpochSeconds,
    /// Milliseconds since 1970.
    EpochMillis,
    /// Microseconds since 1970.
    EpochMicros,
    /// Nanoseconds since 1970.
    EpochNanos,
    /// Days as spreadsheets count them, 1 being 1 January 1900 and 25,569 being 1 January 1970; the fraction is the time
    /// of day, and what is within a millisecond of a whole second is taken as that.
    SerialDays,
    /// None of these in most rows; what can be read is read as with the year first.
    Unknown,
}

impl fmt::Display for DateStyle {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::YearFirst => "year-month-day",
            Self::YearLast(DateOrder::DayFirst) => "day/month/year",
            Self::YearLast(DateOrder::MonthFirst) => "month/day/year",
            Self::MonthByName => "month-by-name",
            Self::EpochSeconds => "seconds since 1970",
            Self::EpochMillis => "milliseconds since 1970",
            Self::EpochMicros => "microseconds since 1970",
            Self::EpochNanos => "nanoseconds since 1970",
            Self::SerialDays => "days since 1900",
            Self::Unknown => "not understood",
        })
    }
}

impl DateStyle {
    /// Says of a text that it is no time of this style.
    pub(super) fn refuses(self, text: &str) -> String {
        match self {
            Self::YearFirst | Self::YearLast(_) | Self::MonthByName => {
                format!("the time \"{text}\" is not a {self} time")
            }
            Self::Unknown => format!("the time \"{text}\" is not understood"),
            _ => format!("the time \"{text}\" is not a number of {self}"),
        }
    }
}

/// A written time in UTC milliseconds since 1970. A time without offset is taken in `zone`, or as UTC without one.
#[inline]
pub(crate) fn parse(text: &str, style: DateStyle, zone: Option<&TimeZone>) -> Option<i64> {
    let bytes = text.as_bytes();
    match style {
        DateStyle::YearFirst | DateStyle::Unknown => match common(bytes) {
            Some((millis, [])) => in_zone(millis, zone),
            Some((millis, b"Z")) => Some(millis),
            Some((millis, rest)) if let Some(minutes) = usual_offset(rest) => Some(millis - minutes * 60_000),
            _ => general(bytes, None, zone),
        },
        DateStyle::YearLast(order) => general(bytes, Some(order), zone),
        DateStyle::MonthByName => general(bytes, None, zone),
        DateStyle::EpochSeconds => epoch(bytes, 1000, 1, SECONDS),
        DateStyle::EpochMillis => epoch(bytes, 1, 1, MILLIS),
        DateStyle::EpochMicros => epoch(bytes, 1, 1000, MICROS),
        DateStyle::EpochNanos => epoch(bytes, 1, 1_000_000, NANOS),
        DateStyle::SerialDays => in_zone(serial(bytes)?, zone),
    }
}

/// Numbers since 1970 that are of each unit, going by the years in which logs are written. Smaller ones than any of these
/// are of whatever unit is expected; one of another unit is no time.
const SECONDS: Range<f64> = 1e8..1e11;
const MILLIS: Range<f64> = 1e11..1e14;
const MICROS: Range<f64> = 1e14..1e17;
const NANOS: Range<f64> = 1e17..1e19;

/// Whether a time, as ISO 8601 has it, says how far it is from UTC.
pub(super) fn has_offset(text: &str) -> bool {
    let bytes = text.trim_ascii_end().as_bytes();
    let usual = matches!(bytes, [.., b'Z'] | [.., b'+' | b'-', _, _, b':', _, _]);
    // The signs before are those of the date.
    usual
        || bytes.iter().skip(10).any(|byte| byte.is_ascii_alphabetic() && *byte != b'T' || matches!(byte, b'+' | b'-'))
}

/// A date and a time of day from two cells; `None` also when the date has a time of its own.
pub(super) fn joined(date: &str, clock: &str, style: DateStyle, zone: Option<&TimeZone>) -> Option<i64> {
    let midnight = parse(date, style, None).filter(|millis| millis.rem_euclid(86_400_000) == 0)?;
    in_zone(midnight + time_of_day(clock)?, zone)
}

/// Milliseconds since midnight of a time of day alone: `18:59`, `6:59:00 PM`, `18.59.00 Uhr`, `185900`.
pub(super) fn time_of_day(text: &str) -> Option<i64> {
    let mut scan = Scan(text.trim().as_bytes());
    let (hour, minute, second, fraction) = scan.clock()?;
    let millis = instant(1970, 1, 1, hour, minute, second)? + fraction;
    scan.0.is_empty().then_some(millis)
}

/// Whether a month is written as a word in this date.
pub(super) fn names_month(text: &str) -> bool {
    text.split(|letter: char| !letter.is_alphabetic()).any(|word| words::month(word).is_some())
}

/// First and second number of a date with the year last, where both are numbers; used to settle their order.
pub(super) fn year_last(text: &str) -> Option<(i64, i64)> {
    let mut scan = Scan(text.trim().as_bytes());
    let (first, digits) = scan.number()?;
    scan.one_of(b"/.-")?;
    let (second, _) = scan.number()?;
    scan.one_of(b"/.-")?;
    (digits <= 2).then_some((first, second))
}

/// The usual shape, `yyyy?mm?dd?HH:MM:SS` with or without a fraction; gives back what follows it.
#[inline]
fn common(b: &[u8]) -> Option<(i64, &[u8])> {
    let (head, mut rest) = b.split_at_checked(19)?;
    let date = matches!(head[4], b'-' | b'/') && head[7] == head[4] && matches!(head[10], b' ' | b'T');
    if !date || head[13] != b':' || head[16] != b':' {
        return None;
    }
    let mut bad = 0;
    let mut two = |at: usize| {
        let (tens, ones) = (head[at].wrapping_sub(b'0'), head[at + 1].wrapping_sub(b'0'));
        bad |= u8::from(tens > 9) | u8::from(ones > 9);
        i64::from(tens) * 10 + i64::from(ones)
    };
    let (year, month, day) = (two(0) * 100 + two(2), two(5), two(8));
    let (hour, minute, second) = (two(11), two(14), two(17));
    if bad != 0 {
        return None;
    }
    let mut millis = instant(year, month, day, hour, minute, second)?;
    if let [b'.' | b',', a @ b'0'..=b'9', b @ b'0'..=b'9', c @ b'0'..=b'9', tail @ ..] = rest
        && !tail.first().is_some_and(u8::is_ascii_digit)
    {
        millis += i64::from(a - b'0') * 100 + i64::from(b - b'0') * 10 + i64::from(c - b'0');
        rest = tail;
    } else if let [b'.' | b',', b'0'..=b'9', ..] = rest {
        let mut scan = Scan(&rest[1..]);
        millis += scan.fraction()?;
        rest = scan.0;
    }
    Some((millis, rest))
}

/// Minutes east of UTC, written as `+02:00`.
#[inline]
fn usual_offset(text: &[u8]) -> Option<i64> {
    let &[sign @ (b'+' | b'-'), a @ b'0'..=b'1', b @ b'0'..=b'9', b':', c @ b'0'..=b'5', d @ b'0'..=b'9'] = text else {
        return None;
    };
    let two = |tens: u8, ones: u8| i64::from(tens - b'0') * 10 + i64::from(ones - b'0');
    let (hours, minutes) = (two(a, b), two(c, d));
    let east = hours * 60 + minutes;
    (hours <= 18).then_some(if sign == b'-' { -east } else { east })
}

#[inline]
fn instant(year: i64, month: i64, day: i64, hour: i64, minute: i64, second: i64) -> Option<i64> {
    // Second 60 is a leap second; it is told as the next minute's first.
    let valid = (1..=12).contains(&month)
        && (1..=month_length(year, month)).contains(&day)
        && hour <= 24
        && minute < 60
        && second <= 60
        && (hour < 24 || (minute == 0 && second == 0));
    valid.then(|| (((days(year, month, day) * 24 + hour) * 60 + minute) * 60 + second) * 1000)
}

fn in_zone(millis: i64, zone: Option<&TimeZone>) -> Option<i64> {
    let Some(zone) = zone else { return Some(millis) };
    let civil = TimeZone::UTC.to_datetime(jiff::Timestamp::from_millisecond(millis).ok()?);
    Some(zone.to_timestamp(civil).ok()?.as_millisecond())
}

/// Milliseconds of a number of units that are `times / parts` milliseconds each; none of one that is of another unit.
fn epoch(bytes: &[u8], times: i64, parts: i64, usual: Range<f64>) -> Option<i64> {
    let text = std::str::from_utf8(bytes.trim_ascii()).ok()?;
    let is_other = |value: f64| value.abs() >= SECONDS.start && !usual.contains(&value.abs());
    if let Ok(whole) = text.parse::<i64>() {
        return if is_other(whole as f64) { None } else { Some(whole.checked_mul(times)?.div_euclid(parts)) };
    }
    let value = text.replace(',', ".").parse::<f64>().ok().filter(|value| !is_other(*value))?;
    let value = value * times as f64 / parts as f64;
    (value.abs() < 1e15).then(|| value.round() as i64)
}

/// Milliseconds since 1970 of a spreadsheet's day number.
fn serial(bytes: &[u8]) -> Option<i64> {
    let text = std::str::from_utf8(bytes.trim_ascii()).ok()?;
    let days = text.replace(',', ".").parse::<f64>().ok().filter(|days| (1.0..2_958_466.0).contains(days))?;
    let millis = ((days - 25_569.0) * 86_400_000.0).round() as i64;
    // Eight decimals of a day are a little less than a millisecond.
    let second = (millis + 500).div_euclid(1000) * 1000;
    Some(if (millis - second).abs() <= 1 { second } else { millis })
}

/// Everything else, slowly. A date all in numbers with the year last needs an order.
fn general(bytes: &[u8], order: Option<DateOrder>, zone: Option<&TimeZone>) -> Option<i64> {
    let mut bytes = bytes.trim_ascii();
    // Spaces that do not break are spaces.
    if let Ok(text) = std::str::from_utf8(bytes)
        && text.contains(NO_BREAK)
    {
        return general(text.replace(NO_BREAK, " ").as_bytes(), order, zone);
    }
    // Java puts the zone's name behind its offset, `+02:00[Europe/Berlin]`, or in its place.
    let mut named = None;
    if let [rest @ .., b']'] = bytes {
        let begin = memchr::memrchr(b'[', rest)?;
        named = std::str::from_utf8(&rest[begin + 1..]).ok();
        bytes = rest[..begin].trim_ascii_end();
    }
    // JavaScript does the same in other brackets.
    if let [rest @ .., b')'] = bytes {
        bytes = rest[..memchr::memrchr(b'(', rest)?].trim_ascii_end();
    }
    let mut scan = Scan(bytes);
    let word = !bytes.first()?.is_ascii_digit();
    if word {
        scan.day_of_week();
        if let Some((millis, minutes)) = Scan(scan.0).year_at_end() {
            return minutes.map_or_else(|| in_zone(millis, zone), |minutes| Some(millis - minutes * 60_000));
        }
    }
    let (date, clock) = if let Some(written) = scan.digits() {
        written
    } else {
        let date = scan.date(order)?;
        (date, if scan.separator() { scan.clock()? } else { (0, 0, 0, 0) })
    };
    let ((year, month, day), (hour, minute, second, fraction)) = (date, clock);
    let millis = instant(year, month, day, hour, minute, second)? + fraction;
    scan.spaces();
    match named {
        _ if !scan.0.is_empty() => Some(millis - scan.offset()? * 60_000),
        Some(name) => match words::zone(name.as_bytes()) {
            Some(minutes) => Some(millis - minutes * 60_000),
            None => in_zone(millis, Some(&TimeZone::get(name).ok()?)),
        },
        None => in_zone(millis, zone),
    }
}

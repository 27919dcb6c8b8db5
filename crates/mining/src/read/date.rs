//! Dates and times as logs write them.

use std::fmt;

use jiff::tz::TimeZone;

use crate::time::{days, month_length};

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
    /// ISO 8601 and its relatives: `2026-12-31T23:59:59.000+01:00`, `2026/12/31 23:59`, `2026-12-31`.
    YearFirst,
    /// Year last, or a month by name: `31/12/2026 23:59`, `12/31/26 11:59 PM`, `31-Dec-2026`.
    YearLast(DateOrder),
    /// Seconds since 1970, with or without a fraction.
    EpochSeconds,
    /// Milliseconds since 1970.
    EpochMillis,
}

impl fmt::Display for DateStyle {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::YearFirst => "year-month-day",
            Self::YearLast(DateOrder::DayFirst) => "day/month/year",
            Self::YearLast(DateOrder::MonthFirst) => "month/day/year",
            Self::EpochSeconds => "seconds since 1970",
            Self::EpochMillis => "milliseconds since 1970",
        })
    }
}

/// A written time in UTC milliseconds since 1970. A time without offset is taken in `zone`, or as UTC without one.
#[inline]
pub(crate) fn parse(text: &str, style: DateStyle, zone: Option<&TimeZone>) -> Option<i64> {
    let bytes = text.as_bytes();
    match style {
        DateStyle::YearFirst => match common(bytes) {
            Some((millis, [])) => in_zone(millis, zone),
            Some((millis, b"Z")) => Some(millis),
            Some((millis, rest)) if let Some(minutes) = usual_offset(rest) => Some(millis - minutes * 60_000),
            _ => general(bytes, DateOrder::DayFirst, zone),
        },
        DateStyle::YearLast(order) => general(bytes, order, zone),
        DateStyle::EpochSeconds => epoch(bytes, 1000.0),
        DateStyle::EpochMillis => epoch(bytes, 1.0),
    }
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

fn epoch(bytes: &[u8], scale: f64) -> Option<i64> {
    let text = std::str::from_utf8(bytes.trim_ascii()).ok()?;
    if let Ok(whole) = text.parse::<i64>() {
        return whole.checked_mul(scale as i64);
    }
    let value = text.replace(',', ".").parse::<f64>().ok()? * scale;
    (value.abs() < 1e15).then(|| value.round() as i64)
}

/// Everything else, slowly.
fn general(bytes: &[u8], order: DateOrder, zone: Option<&TimeZone>) -> Option<i64> {
    let mut scan = Scan(bytes.trim_ascii());
    let (year, month, day) = scan.date(order)?;
    let (mut hour, mut minute, mut second, mut fraction) = (0, 0, 0, 0);
    if scan.separator() {
        hour = scan.number()?.0;
        scan.one_of(b":.h")?;
        minute = scan.number()?.0;
        if scan.one_of(b":").is_some() {
            second = scan.number()?.0;
            if scan.one_of(b".,:").is_some() {
                fraction = scan.fraction()?;
            }
        }
        scan.spaces();
        if let Some(half) = scan.half_of_day() {
            if !(1..=12).contains(&hour) {
                return None;
            }
            hour = hour % 12 + half * 12;
        }
    }
    let millis = instant(year, month, day, hour, minute, second)? + fraction;
    scan.spaces();
    if scan.0.is_empty() {
        return in_zone(millis, zone);
    }
    Some(millis - scan.offset()? * 60_000)
}

const MONTHS: [&[u8; 3]; 12] =
    [b"jan", b"feb", b"mar", b"apr", b"may", b"jun", b"jul", b"aug", b"sep", b"oct", b"nov", b"dec"];

struct Scan<'a>(&'a [u8]);

impl Scan<'_> {
    /// A number of at most nine digits, and how many digits it has.
    fn number(&mut self) -> Option<(i64, usize)> {
        let digits = self.0.iter().take_while(|byte| byte.is_ascii_digit()).count();
        if digits == 0 || digits > 9 {
            return None;
        }
        let value = self.0[..digits].iter().fold(0, |value, byte| value * 10 + i64::from(byte - b'0'));
        self.0 = &self.0[digits..];
        Some((value, digits))
    }

    /// Milliseconds from any number of decimals.
    fn fraction(&mut self) -> Option<i64> {
        let digits = self.0.iter().take_while(|byte| byte.is_ascii_digit()).count();
        let millis =
            (0..3).fold(0, |value, at| value * 10 + if at < digits { i64::from(self.0[at] - b'0') } else { 0 });
        self.0 = &self.0[digits..];
        (digits > 0).then_some(millis)
    }

    fn one_of(&mut self, bytes: &[u8]) -> Option<u8> {
        let first = *self.0.first().filter(|byte| bytes.contains(byte))?;
        self.0 = &self.0[1..];
        Some(first)
    }

    fn spaces(&mut self) {
        self.0 = self.0.trim_ascii_start();
    }

    /// What stands between date and time; whether a time follows.
    fn separator(&mut self) -> bool {
        let before = self.0.len();
        self.one_of(b",");
        self.one_of(b"T");
        self.spaces();
        before != self.0.len() && self.0.first().is_some_and(u8::is_ascii_digit)
    }

    fn date(&mut self, order: DateOrder) -> Option<(i64, i64, i64)> {
        if let Some(month) = self.month_name() {
            self.spaces();
            let day = self.number()?.0;
            self.one_of(b",");
            self.spaces();
            return Some((self.year()?, month, day));
        }
        let (first, digits) = self.number()?;
        if digits == 8 {
            return Some((first / 10_000, first / 100 % 100, first % 100));
        }
        let between = self.one_of(b"-/. ")?;
        self.spaces();
        if let Some(month) = self.month_name() {
            self.one_of(b"-/., ")?;
            self.spaces();
            return Some((self.year()?, month, first));
        }
        let second = self.number()?.0;
        self.one_of(&[between])?;
        if digits == 4 {
            return Some((first, second, self.number()?.0));
        }
        let year = self.year()?;
        Some(match order {
            DateOrder::DayFirst => (year, second, first),
            DateOrder::MonthFirst => (year, first, second),
        })
    }

    fn year(&mut self) -> Option<i64> {
        match self.number()? {
            (year, 4) => Some(year),
            // Two digits as POSIX strptime reads them: 69 to 99 are 1969 to 1999.
            (year, 2) => Some(if year < 69 { 2000 + year } else { 1900 + year }),
            _ => None,
        }
    }

    fn month_name(&mut self) -> Option<i64> {
        let letters = self.0.iter().take_while(|byte| byte.is_ascii_alphabetic()).count();
        let start = self.0.get(..3)?.to_ascii_lowercase();
        let at = MONTHS.iter().position(|month| month[..] == start[..])?;
        self.0 = &self.0[letters.max(3)..];
        Some(at as i64 + 1)
    }

    /// 0 for AM, 1 for PM.
    fn half_of_day(&mut self) -> Option<i64> {
        let word = self.0.get(..2)?.to_ascii_lowercase();
        let half = match word.as_slice() {
            b"am" => 0,
            b"pm" => 1,
            _ => return None,
        };
        self.0 = &self.0[2..];
        Some(half)
    }

    /// Minutes east of UTC, which must be the end of the text.
    fn offset(&mut self) -> Option<i64> {
        if matches!(self.0, b"Z" | b"z" | b"UTC" | b"GMT") {
            return Some(0);
        }
        let sign = if self.one_of(b"+-")? == b'-' { -1 } else { 1 };
        let (value, digits) = self.number()?;
        let (hours, minutes) = match digits {
            4 => (value / 100, value % 100),
            1 | 2 if self.one_of(b":").is_some() => (value, self.number()?.0),
            1 | 2 => (value, 0),
            _ => return None,
        };
        (self.0.is_empty() && hours <= 18 && minutes < 60).then_some(sign * (hours * 60 + minutes))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::time::iso;

    fn read(text: &str, style: DateStyle) -> Option<String> {
        parse(text, style, None).map(iso)
    }

    #[test]
    fn year_first_in_all_its_dialects() {
        for (text, expected) in [
            ("2012/10/09 14:50:17.000", "2012-10-09T14:50:17Z"),
            ("2012-10-09T14:50:17", "2012-10-09T14:50:17Z"),
            ("2012-10-09T14:50:17Z", "2012-10-09T14:50:17Z"),
            ("2012-10-09T14:50:17.5+02:00", "2012-10-09T12:50:17.500Z"),
            ("2012-10-09 14:50:17,123456 -0330", "2012-10-09T18:20:17.123Z"),
            ("2012-10-09T14:50:17.123456-03:30", "2012-10-09T18:20:17.123Z"),
            ("2012-10-09T14:50:17.000+02:00", "2012-10-09T12:50:17Z"),
            ("2012-10-09T14:50:17+18:59", "2012-10-08T19:51:17Z"),
            ("2012-10-09T14:50:17+19:00", "x"),
            ("2012-10-09T14:50:17+02:60", "x"),
            ("2012-10-09T14:50:17.+02:00", "x"),
            ("2012-10-09T14:50:17.123456789Z", "2012-10-09T14:50:17.123Z"),
            ("2012-10-09 14:50", "2012-10-09T14:50:00Z"),
            (" 2012-10-09 ", "2012-10-09T00:00:00Z"),
            ("2012-1-9 4:05", "2012-01-09T04:05:00Z"),
            ("20121009T1450", "x"),
            ("20121009 14:50", "2012-10-09T14:50:00Z"),
            ("2012-10-09 14:50:17 UTC", "2012-10-09T14:50:17Z"),
            ("2016-02-30 10:00:00", "x"),
            ("2012-10-09 25:00:00", "x"),
            ("2012-10-09 24:00:00", "2012-10-10T00:00:00Z"),
            ("2012-10-09 14:50:17 tomorrow", "x"),
            ("", "x"),
            ("?", "x"),
        ] {
            assert_eq!(read(text, DateStyle::YearFirst).as_deref().unwrap_or("x"), expected, "{text}");
        }
    }

    #[test]
    fn year_last_in_both_orders_and_with_names() {
        let day = DateStyle::YearLast(DateOrder::DayFirst);
        let month = DateStyle::YearLast(DateOrder::MonthFirst);
        assert_eq!(read("29/2/2016 01:16", day).as_deref(), Some("2016-02-29T01:16:00Z"));
        assert_eq!(read("29.02.2016, 01:16:05", day).as_deref(), Some("2016-02-29T01:16:05Z"));
        assert_eq!(read("29/2/2016 01:16", month), None);
        assert_eq!(read("2/29/16 1:16:00 PM", month).as_deref(), Some("2016-02-29T13:16:00Z"));
        assert_eq!(read("12/1/2016 12:05 am", month).as_deref(), Some("2016-12-01T00:05:00Z"));
        assert_eq!(read("05-Mar-16 10:12", month).as_deref(), Some("2016-03-05T10:12:00Z"));
        assert_eq!(read("March 5, 2016 10:12", day).as_deref(), Some("2016-03-05T10:12:00Z"));
        assert_eq!(read("5 March 2016", day).as_deref(), Some("2016-03-05T00:00:00Z"));
    }

    #[test]
    fn epochs_and_zones() {
        assert_eq!(read("951782400", DateStyle::EpochSeconds).as_deref(), Some("2000-02-29T00:00:00Z"));
        assert_eq!(read("951782400,25", DateStyle::EpochSeconds).as_deref(), Some("2000-02-29T00:00:00.250Z"));
        assert_eq!(read("951782400250", DateStyle::EpochMillis).as_deref(), Some("2000-02-29T00:00:00.250Z"));
        let rome = TimeZone::get("Europe/Rome").unwrap();
        let summer = parse("2026-07-01 12:00:00", DateStyle::YearFirst, Some(&rome)).map(iso);
        assert_eq!(summer.as_deref(), Some("2026-07-01T10:00:00Z"));
        let offset_wins = parse("2026-07-01 12:00:00Z", DateStyle::YearFirst, Some(&rome)).map(iso);
        assert_eq!(offset_wins.as_deref(), Some("2026-07-01T12:00:00Z"));
    }
}

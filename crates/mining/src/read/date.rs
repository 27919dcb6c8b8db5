//! Dates and times as logs write them.

use std::fmt;

use jiff::tz::TimeZone;

use super::words;
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
            _ => general(bytes, DateOrder::DayFirst, zone),
        },
        DateStyle::YearLast(order) => general(bytes, order, zone),
        DateStyle::MonthByName => general(bytes, DateOrder::DayFirst, zone),
        DateStyle::EpochSeconds => epoch(bytes, 1000, 1),
        DateStyle::EpochMillis => epoch(bytes, 1, 1),
        DateStyle::EpochMicros => epoch(bytes, 1, 1000),
        DateStyle::EpochNanos => epoch(bytes, 1, 1_000_000),
        DateStyle::SerialDays => in_zone(serial(bytes)?, zone),
    }
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

/// Milliseconds of a number of units that are `times / parts` milliseconds each.
fn epoch(bytes: &[u8], times: i64, parts: i64) -> Option<i64> {
    let text = std::str::from_utf8(bytes.trim_ascii()).ok()?;
    if let Ok(whole) = text.parse::<i64>() {
        return Some(whole.checked_mul(times)?.div_euclid(parts));
    }
    let value = text.replace(',', ".").parse::<f64>().ok()? * times as f64 / parts as f64;
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

/// Everything else, slowly.
fn general(bytes: &[u8], order: DateOrder, zone: Option<&TimeZone>) -> Option<i64> {
    let mut bytes = bytes.trim_ascii();
    // Java adds the zone's name to its offset: `+02:00[Europe/Berlin]`.
    if let [rest @ .., b']'] = bytes {
        bytes = &rest[..memchr::memrchr(b'[', rest)?];
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
    if scan.0.is_empty() {
        return in_zone(millis, zone);
    }
    Some(millis - scan.offset()? * 60_000)
}

#[derive(Clone, Copy)]
struct Scan<'a>(&'a [u8]);

/// Year, month, day; and hour, minute, second, milliseconds.
type Date = (i64, i64, i64);
type Clock = (i64, i64, i64, i64);

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

    /// The letters that come next; they stay.
    fn word(&self) -> &str {
        let letters = self.0.iter().take_while(|byte| byte.is_ascii_alphabetic() || !byte.is_ascii()).count();
        std::str::from_utf8(&self.0[..letters]).unwrap_or_default()
    }

    /// Passes over a word of which there is one in any case.
    fn skip(&mut self, words: &[&str]) {
        let word = self.word();
        if words.iter().any(|known| known.eq_ignore_ascii_case(word)) {
            self.0 = &self.0[word.len()..];
            self.spaces();
        }
    }

    fn day_of_week(&mut self) {
        let word = self.word();
        if words::is_day(word) {
            self.0 = &self.0[word.len()..];
            self.one_of(b".");
            self.one_of(b",");
            self.spaces();
        }
    }

    /// What stands between date and time; whether a time follows.
    fn separator(&mut self) -> bool {
        let before = self.0.len();
        self.one_of(b",");
        self.one_of(b"T");
        self.spaces();
        before != self.0.len() && self.0.first().is_some_and(u8::is_ascii_digit)
    }

    /// Nothing but digits: year to minute (12), to second (14, maybe with a fraction) or to millisecond (17).
    fn digits(&mut self) -> Option<(Date, Clock)> {
        let digits = self.0.iter().take_while(|byte| byte.is_ascii_digit()).count();
        if !matches!(digits, 12 | 14 | 17) {
            return None;
        }
        let part = |from: usize, to: usize| {
            self.0[from..to.min(digits)].iter().fold(0, |value, byte| value * 10 + i64::from(byte - b'0'))
        };
        let second = if digits > 12 { part(12, 14) } else { 0 };
        let date = (part(0, 4), part(4, 6), part(6, 8));
        let mut fraction = if digits == 17 { part(14, 17) } else { 0 };
        let (hour, minute) = (part(8, 10), part(10, 12));
        if !(1900..2200).contains(&date.0) {
            return None;
        }
        self.0 = &self.0[digits..];
        if digits == 14 && self.one_of(b".,").is_some() {
            fraction = self.fraction()?;
        }
        Some((date, (hour, minute, second, fraction)))
    }

    /// A time of day, with its half of the day.
    fn clock(&mut self) -> Option<Clock> {
        let (mut hour, digits) = self.number()?;
        let (minute, mut second, mut fraction);
        if digits >= 3 {
            // Nothing between them: `1859`, `185900`, and `91500` where a leading zero was lost.
            (hour, minute, second) = match digits {
                3 | 4 => (hour / 100, hour % 100, 0),
                5 | 6 => (hour / 10_000, hour / 100 % 100, hour % 100),
                _ => return None,
            };
            fraction = 0;
            if digits > 4 && self.one_of(b".,").is_some() {
                fraction = self.fraction()?;
            }
        } else {
            let between = self.one_of(b":.h")?;
            minute = self.number()?.0;
            (second, fraction) = (0, 0);
            if between != b'h' && self.one_of(&[between]).is_some() {
                second = self.number()?.0;
                if self.one_of(b".,:").is_some() {
                    fraction = self.fraction()?;
                }
            }
        }
        self.spaces();
        if let Some(half) = self.half_of_day() {
            if !(1..=12).contains(&hour) {
                return None;
            }
            hour = hour % 12 + half * 12;
        }
        self.spaces();
        self.skip(&["Uhr"]);
        Some((hour, minute, second, fraction))
    }

    fn date(&mut self, order: DateOrder) -> Option<Date> {
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
        self.skip(&["de"]);
        if let Some(month) = self.month_name() {
            self.one_of(b"-/., ")?;
            self.spaces();
            self.skip(&["de"]);
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

    /// `Aug 15 18:59:00 CEST 2014`, as Java and C write times, to the end: milliseconds and minutes east of UTC.
    fn year_at_end(mut self) -> Option<(i64, Option<i64>)> {
        let month = self.month_name()?;
        self.spaces();
        let day = self.number()?.0;
        self.spaces();
        let (hour, minute, second, fraction) = self.clock()?;
        self.spaces();
        let at = self.0.len().checked_sub(4)?;
        let (zone, year) = self.0.split_at(at);
        let mut year = Scan(year);
        let millis = instant(year.year()?, month, day, hour, minute, second)? + fraction;
        let zone = zone.trim_ascii();
        if zone.is_empty() {
            return Some((millis, None));
        }
        Some((millis, Some(Scan(zone).offset()?)))
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
        let word = self.word();
        let month = words::month(word)?;
        self.0 = &self.0[word.len()..];
        self.one_of(b".");
        Some(month)
    }

    /// 0 for AM, 1 for PM, also as `a.m.` and `p. m.`.
    fn half_of_day(&mut self) -> Option<i64> {
        let mut rest = Scan(self.0);
        let half = match rest.one_of(b"aApP")? {
            b'a' | b'A' => 0,
            _ => 1,
        };
        let dotted = rest.one_of(b".").is_some();
        rest.spaces();
        rest.one_of(b"mM")?;
        if dotted {
            rest.one_of(b".");
        }
        if rest.0.first().is_some_and(u8::is_ascii_alphabetic) {
            return None;
        }
        self.0 = rest.0;
        Some(half)
    }

    /// Minutes east of UTC, which must be the end of the text.
    fn offset(&mut self) -> Option<i64> {
        let word = self.word();
        if !word.is_empty() {
            let minutes = words::zone(word.as_bytes())?;
            self.0 = &self.0[word.len()..];
            if self.0.is_empty() {
                return Some(minutes);
            }
            // `UTC+2` is two hours east; behind any other name there is nothing.
            if minutes != 0 {
                return None;
            }
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
            ("20121009T1450", "2012-10-09T14:50:00Z"),
            ("20121009T145017", "2012-10-09T14:50:17Z"),
            ("20121009 145017.25Z", "2012-10-09T14:50:17.250Z"),
            ("20121009145017", "2012-10-09T14:50:17Z"),
            ("20121009145017,5", "2012-10-09T14:50:17.500Z"),
            ("20121009145017123", "2012-10-09T14:50:17.123Z"),
            ("201210091450", "2012-10-09T14:50:00Z"),
            ("20121309145017", "x"),
            ("2012-10-09 14.50.17", "2012-10-09T14:50:17Z"),
            ("2012-10-09 14:50:17 CET", "2012-10-09T13:50:17Z"),
            ("2012-10-09 14:50:17 CEST", "2012-10-09T12:50:17Z"),
            ("2012-10-09 14:50:17 GMT+2", "2012-10-09T12:50:17Z"),
            ("2012-10-09T14:50:17+02:00[Europe/Berlin]", "2012-10-09T12:50:17Z"),
            ("2012-10-09 14:50:17 CEST+2", "x"),
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
        assert_eq!(read("05.03.2016, 10:12:00 Uhr", day).as_deref(), Some("2016-03-05T10:12:00Z"));
        assert_eq!(read("5-3-2016 10.12.30", day).as_deref(), Some("2016-03-05T10:12:30Z"));
        assert_eq!(read("5/3/2016 10:12 p. m.", day).as_deref(), Some("2016-03-05T22:12:00Z"));
    }

    #[test]
    fn months_by_name_in_many_makes() {
        for (text, expected) in [
            ("05-MAR-16 06.59.00.000000000 PM", "2016-03-05T18:59:00Z"),
            ("5/Mar/16 06:59 PM", "2016-03-05T18:59:00Z"),
            ("Sat Mar 05 18:59:00 UTC 2016", "2016-03-05T18:59:00Z"),
            ("Fri Aug 15 18:59:00 CEST 2014", "2014-08-15T16:59:00Z"),
            ("Fri Aug 15 18:59:00 2014", "2014-08-15T18:59:00Z"),
            ("Fri, 15 Aug 2014 18:59:00 +0200", "2014-08-15T16:59:00Z"),
            ("Friday, August 15, 2014 6:59:00 PM", "2014-08-15T18:59:00Z"),
            ("Fr. 15. August 2014 18:59 Uhr", "2014-08-15T18:59:00Z"),
            ("2 maart 2014 14:45", "2014-03-02T14:45:00Z"),
            ("02. Mär 2014 14:45:00", "2014-03-02T14:45:00Z"),
            ("2. März 2014", "2014-03-02T00:00:00Z"),
            ("3 févr. 2014 14h45", "2014-02-03T14:45:00Z"),
            ("15 août 2014 14:45", "2014-08-15T14:45:00Z"),
            ("15 de agosto de 2014 14:45", "2014-08-15T14:45:00Z"),
            ("15 gen 2014", "2014-01-15T00:00:00Z"),
            ("15 dezembro 2014", "2014-12-15T00:00:00Z"),
            ("15 jui 2014", "x"),
            ("Room 15 Aug 2014", "x"),
            ("Fri Aug 15 18:59:00 SOON 2014", "x"),
        ] {
            assert_eq!(read(text, DateStyle::MonthByName).as_deref().unwrap_or("x"), expected, "{text}");
        }
    }

    #[test]
    fn times_of_day_alone_and_beside_a_date() {
        for (text, expected) in [
            ("18:59", Some(68_340_000)),
            ("6:59:00.5 PM", Some(68_340_500)),
            ("18.59 Uhr", Some(68_340_000)),
            ("185900", Some(68_340_000)),
            ("91500", Some(33_300_000)),
            ("24:00", Some(86_400_000)),
            ("25:00", None),
            ("18:60", None),
            ("7", None),
            ("18:59 on", None),
            ("", None),
        ] {
            assert_eq!(time_of_day(text), expected, "{text}");
        }
        let lisbon = TimeZone::get("Europe/Lisbon").unwrap();
        let both = |date, clock| joined(date, clock, DateStyle::YearFirst, Some(&lisbon)).map(iso);
        assert_eq!(both("2026-07-01", "12:30").as_deref(), Some("2026-07-01T11:30:00Z"));
        assert_eq!(both("2026-07-01 00:00:00", "12:30").as_deref(), Some("2026-07-01T11:30:00Z"));
        assert_eq!(both("2026-07-01 08:00:00", "12:30"), None);
    }

    #[test]
    fn epochs_and_zones() {
        assert_eq!(read("951782400", DateStyle::EpochSeconds).as_deref(), Some("2000-02-29T00:00:00Z"));
        assert_eq!(read("951782400,25", DateStyle::EpochSeconds).as_deref(), Some("2000-02-29T00:00:00.250Z"));
        assert_eq!(read("951782400250", DateStyle::EpochMillis).as_deref(), Some("2000-02-29T00:00:00.250Z"));
        assert_eq!(read("951782400250999", DateStyle::EpochMicros).as_deref(), Some("2000-02-29T00:00:00.250Z"));
        assert_eq!(read("951782400250999999", DateStyle::EpochNanos).as_deref(), Some("2000-02-29T00:00:00.250Z"));
        assert_eq!(read("9.517824E+08", DateStyle::EpochSeconds).as_deref(), Some("2000-02-29T00:00:00Z"));
        assert_eq!(read("36585.5", DateStyle::SerialDays).as_deref(), Some("2000-02-29T12:00:00Z"));
        assert_eq!(read("41866,79097222", DateStyle::SerialDays).as_deref(), Some("2014-08-15T18:59:00Z"));
        assert_eq!(read("0", DateStyle::SerialDays), None);
        let rome = TimeZone::get("Europe/Rome").unwrap();
        let summer = parse("2026-07-01 12:00:00", DateStyle::YearFirst, Some(&rome)).map(iso);
        assert_eq!(summer.as_deref(), Some("2026-07-01T10:00:00Z"));
        let offset_wins = parse("2026-07-01 12:00:00Z", DateStyle::YearFirst, Some(&rome)).map(iso);
        assert_eq!(offset_wins.as_deref(), Some("2026-07-01T12:00:00Z"));
    }
}

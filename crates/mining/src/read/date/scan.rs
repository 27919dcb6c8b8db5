//! A date's text, taken from the left.

use super::{DateOrder, instant, words};

#[derive(Clone, Copy)]
pub(super) struct Scan<'a>(pub(super) &'a [u8]);

/// Year, month, day; and hour, minute, second, milliseconds.
pub(super) type Date = (i64, i64, i64);
pub(super) type Clock = (i64, i64, i64, i64);

impl Scan<'_> {
    /// A number of at most nine digits, and how many digits it has.
    pub(super) fn number(&mut self) -> Option<(i64, usize)> {
        let digits = self.0.iter().take_while(|byte| byte.is_ascii_digit()).count();
        if digits == 0 || digits > 9 {
            return None;
        }
        let value = self.0[..digits].iter().fold(0, |value, byte| value * 10 + i64::from(byte - b'0'));
        self.0 = &self.0[digits..];
        Some((value, digits))
    }

    /// Milliseconds from any number of decimals.
    pub(super) fn fraction(&mut self) -> Option<i64> {
        let digits = self.0.iter().take_while(|byte| byte.is_ascii_digit()).count();
        let millis =
            (0..3).fold(0, |value, at| value * 10 + if at < digits { i64::from(self.0[at] - b'0') } else { 0 });
        self.0 = &self.0[digits..];
        (digits > 0).then_some(millis)
    }

    pub(super) fn one_of(&mut self, bytes: &[u8]) -> Option<u8> {
        let first = *self.0.first().filter(|byte| bytes.contains(byte))?;
        self.0 = &self.0[1..];
        Some(first)
    }

    pub(super) fn spaces(&mut self) {
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

    pub(super) fn day_of_week(&mut self) {
        let word = self.word();
        if words::is_day(word) {
            self.0 = &self.0[word.len()..];
            self.one_of(b".");
            self.one_of(b",");
            self.spaces();
        }
    }

    /// What stands between date and time; whether a time follows.
    pub(super) fn separator(&mut self) -> bool {
        let before = self.0.len();
        self.one_of(b",");
        // `T` as ISO 8601 has it, `:` as web servers and SAS do, `-` as DB2 does.
        self.one_of(b"T:-");
        self.spaces();
        before != self.0.len() && self.0.first().is_some_and(u8::is_ascii_digit)
    }

    /// Nothing but digits: year to minute (12), to second (14, maybe with a fraction) or to millisecond (17).
    pub(super) fn digits(&mut self) -> Option<(Date, Clock)> {
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
    pub(super) fn clock(&mut self) -> Option<Clock> {
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

    pub(super) fn date(&mut self, order: Option<DateOrder>) -> Option<Date> {
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
        // SAS has nothing between them: `04APR2018`.
        if let Some(month) = self.month_name().filter(|_| digits <= 2) {
            return Some((self.year()?, month, first));
        }
        let between = self.one_of(b"-/. ")?;
        self.spaces();
        self.skip(&["de"]);
        if let Some(month) = self.month_name() {
            self.one_of(b"-/., ")?;
            self.spaces();
            self.skip(&["de"]);
            return Some(if digits == 4 { (first, month, self.number()?.0) } else { (self.year()?, month, first) });
        }
        let second = self.number()?.0;
        self.one_of(&[between])?;
        if digits == 4 {
            return Some((first, second, self.number()?.0));
        }
        let year = self.year()?;
        Some(match order? {
            DateOrder::DayFirst => (year, second, first),
            DateOrder::MonthFirst => (year, first, second),
        })
    }

    /// `Aug 15 18:59:00 CEST 2014`, as Java and C write times, to the end: milliseconds and minutes east of UTC.
    pub(super) fn year_at_end(mut self) -> Option<(i64, Option<i64>)> {
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
    pub(super) fn offset(&mut self) -> Option<i64> {
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
        // Go says the zone's name as well.
        let named = self.0.first() == Some(&b' ') && self.0[1..].iter().all(u8::is_ascii_alphabetic);
        ((self.0.is_empty() || named) && hours <= 18 && minutes < 60).then_some(sign * (hours * 60 + minutes))
    }
}
